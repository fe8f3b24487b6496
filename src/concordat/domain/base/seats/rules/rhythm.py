"""How often a body meets, in words that cannot be read two ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count

UNITS = ("days", "weeks", "months", "years")
MEND = (
    "Write for example {every: {months: 2}}, {times_a_year: 2}, {cycle: {months: 4}}, "
    "{dates: [2019-05-01]}, {as_needed: what starts it}, {standing: yes} or "
    "{unsettled: the source's words}."
)


class Form(StrEnum):
    EVERY = "every"
    TIMES_A_YEAR = "times_a_year"
    CYCLE = "cycle"
    DATES = "dates"
    AS_NEEDED = "as_needed"
    STANDING = "standing"
    UNSETTLED = "unsettled"


FORMS = tuple(form.value for form in Form)
MODIFIERS = ("at_least", "question")
_ONE_WORD = {
    "daily": (1, "days"),
    "weekly": (1, "weeks"),
    "fortnightly": (2, "weeks"),
    "monthly": (1, "months"),
    "quarterly": (3, "months"),
    "yearly": (1, "years"),
    "annually": (1, "years"),
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One rhythm. `form` says which of the other fields speak.

    EVERY and CYCLE use `times` (and `up_to` for "every 4 to 6 weeks") with `unit`;
    TIMES_A_YEAR uses `times`; DATES uses `dates`; `words` holds the trigger of AS_NEEDED, which
    may also stand beside EVERY, CYCLE, TIMES_A_YEAR or DATES for extra meetings, and the
    source's own words when UNSETTLED, with `question`.
    """

    form: Form
    times: int = 0
    up_to: int = 0
    unit: str = ""
    dates: tuple[UncertainDate, ...] = ()
    words: str = ""
    question: str = ""
    at_least: bool = False

    def __str__(self) -> str:
        told = _WORDS[self.form](self)
        if self.at_least:
            told = f"at least {told}"
        extra = self.words and self.form not in (Form.AS_NEEDED, Form.UNSETTLED)
        told = f"{told}; also as needed: {self.words}" if extra else told
        return f"{told} | question: {self.question}" if self.question else told


def _span(rhythm: Rhythm) -> str:
    if rhythm.up_to:
        return f"{rhythm.times} to {count(rhythm.up_to, rhythm.unit[:-1])}"
    return count(rhythm.times, rhythm.unit[:-1])


_WORDS: Mapping[Form, Callable[[Rhythm], str]] = {
    Form.EVERY: lambda r: f"every {_span(r)}",
    Form.CYCLE: lambda r: f"in cycles of {_span(r)}",
    Form.TIMES_A_YEAR: lambda r: f"{count(r.times, 'time')} a year",
    Form.DATES: lambda r: "on " + ", ".join(each.iso() for each in r.dates),
    Form.AS_NEEDED: lambda r: f"as needed: {r.words}",
    Form.STANDING: lambda r: "standing",
    Form.UNSETTLED: lambda r: f"unsettled: {r.words}",
}

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_FIGURES = {word: str(at) for at, word in enumerate(_NUMBERS.split(" "), start=1)}
_SPAN = r"(\d{1,3})(?: to (\d{1,3}))? (day|week|month|year)s?"


def from_words(told: str) -> Rhythm:
    """A rhythm from a cell or a plain text. Words that can be read two ways stay unsettled."""
    told, _, question = (part.strip() for part in told.partition("| question:"))
    settled = _settled_with_extra(told)
    if settled:
        return replace(settled, question=question)
    words = re.sub("^unsettled: *", "", told)
    if not words or words == "unsettled:":
        raise Invalid("The rhythm is empty.", mend=MEND)
    return Rhythm(Form.UNSETTLED, words=words, question=question)


def _settled_with_extra(told: str) -> Rhythm | None:
    if told.startswith("unsettled:"):
        return None
    if needed := re.fullmatch(r"as needed: *(.+)", told, re.S | re.I):
        return Rhythm(Form.AS_NEEDED, words=needed[1])
    main, _, extra = (part.strip() for part in told.partition("; also as needed:"))
    main, at_least = re.subn(r"^at least ", "", main, flags=re.I)
    rhythm = _settled(_in_figures(main.lower()))
    return _with(rhythm, extra, "", bool(at_least)) if rhythm else None


def _in_figures(told: str) -> str:
    """ "twice a year" and "every two months" with their numbers as figures."""
    told = re.sub(r"^once (?=a year)", "1 time ", told)
    told = re.sub(r"^twice (?=a year)", "2 times ", told)
    return re.sub(r"\b[a-z]+\b", lambda word: _FIGURES.get(word[0], word[0]), told)


def _with(rhythm: Rhythm, extra: str, question: str, at_least: bool) -> Rhythm:
    if at_least and rhythm.form not in (Form.EVERY, Form.TIMES_A_YEAR):
        raise Invalid("Only a frequency can be “at least”.", mend=MEND)
    if extra and rhythm.form in (Form.AS_NEEDED, Form.STANDING):
        raise Invalid("“As needed” can be added only to a frequency, a cycle or dates.", mend=MEND)
    return replace(rhythm, words=extra or rhythm.words, question=question, at_least=at_least)


def _settled(low: str) -> Rhythm | None:
    if low in _ONE_WORD:
        times, unit = _ONE_WORD[low]
        return Rhythm(Form.EVERY, times, unit=unit)
    if low == "standing":
        return Rhythm(Form.STANDING)
    if weekly := re.fullmatch(r"(\d{1,3})[- ]?weekly", low):
        return Rhythm(Form.EVERY, _positive(weekly[1]), unit="weeks")
    if spans := re.fullmatch(rf"(every|in cycles of) {_SPAN}", low):
        form = Form.EVERY if spans[1] == "every" else Form.CYCLE
        return _spanned(form, spans[2], spans[3] or "", f"{spans[4]}s")
    if often := re.fullmatch(r"(\d{1,3}) times? a year", low):
        return Rhythm(Form.TIMES_A_YEAR, _positive(often[1]))
    return _on_days(low[3:].split(",")) if low.startswith("on ") else None


def _positive(told: object) -> int:
    if re.fullmatch(r"[1-9]\d{0,2}", str(told)):
        return int(str(told))
    raise Invalid(f"“{told}” is not a whole number from 1 to 999.", mend=MEND)


def _spanned(form: Form, low: str, high: str, unit: str) -> Rhythm:
    times, up_to = _positive(low), _positive(high) if high else 0
    if up_to and up_to <= times:
        raise Invalid(f"“{low} to {high}” runs backwards.", mend=MEND)
    return Rhythm(form, times, up_to, unit)


def _on_days(told: list[str]) -> Rhythm:
    dates = tuple(UncertainDate.parse(each.strip()) for each in told)
    if not dates or any(each.earliest is None for each in dates):
        raise Invalid("Every date of a rhythm must be a date.", mend=MEND)
    return Rhythm(Form.DATES, dates=dates)


def from_mapping(given: Mapping[str, object]) -> Rhythm:
    """A rhythm from its structure in a YAML file: plain texts, lists and mappings."""
    unknown = [name for name in given if name not in (*FORMS, *MODIFIERS)]
    forms = [name for name in given if name in FORMS]
    main = [name for name in forms if name != Form.AS_NEEDED] or forms
    if unknown or len(main) != 1:
        told = f"“{unknown[0]}” is not part of a rhythm." if unknown else "A rhythm is one thing."
        raise Invalid(told, mend=MEND)
    rhythm = _read_form(Form(main[0]), given[main[0]])
    extra = _told(given["as_needed"]) if len(forms) == 2 else ""
    if rhythm.form is Form.UNSETTLED and (extra or "at_least" in given):
        raise Invalid("What is unsettled cannot be settled beside it.", mend=MEND)
    at_least = _yes(given["at_least"]) if "at_least" in given else False
    return _with(rhythm, extra, _told(given["question"]) if "question" in given else "", at_least)


def _read_form(form: Form, value: object) -> Rhythm:
    if form in (Form.EVERY, Form.CYCLE):
        return _read_span(form, value)
    if form is Form.TIMES_A_YEAR:
        return Rhythm(form, _positive(value))
    if form is Form.DATES:
        return _on_days([_told(each) for each in value] if isinstance(value, list) else [])
    if form is Form.STANDING:
        if not _yes(value):
            raise Invalid("“standing” can only be yes.", mend=MEND)
        return Rhythm(form)
    return Rhythm(form, words=_told(value))


def _read_span(form: Form, value: object) -> Rhythm:
    if not isinstance(value, Mapping) or len(value) != 1:
        raise Invalid(f"“{form}” needs one unit and its number.", mend=MEND)
    unit, told = next(iter(value.items()))
    if unit not in UNITS:
        raise Invalid(f"“{unit}” is not a unit of a rhythm.", mend=f"Use {', '.join(UNITS)}.")
    low, _, high = _told(told).partition(" to ")
    return _spanned(form, low, high, unit)


def _told(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Invalid("A part of the rhythm is empty or not a text.", mend=MEND)
    if "| question:" in value:
        raise Invalid("“| question:” may not stand inside a text.", mend="Use “question” for it.")
    return value.strip()


def _yes(value: object) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False}
    if not isinstance(value, str) or value.lower() not in words:
        raise Invalid(f"“{value}” is neither yes nor no.", mend="Write yes or no.")
    return words[value.lower()]


def to_mapping(rhythm: Rhythm) -> dict[str, object]:
    """The structure that `from_mapping` reads back to the same rhythm."""
    span = f"{rhythm.times} to {rhythm.up_to}" if rhythm.up_to else str(rhythm.times)
    value: object = {
        Form.EVERY: {rhythm.unit: span},
        Form.CYCLE: {rhythm.unit: span},
        Form.TIMES_A_YEAR: str(rhythm.times),
        Form.DATES: [each.iso() for each in rhythm.dates],
        Form.STANDING: "yes",
    }.get(rhythm.form, rhythm.words)
    made: dict[str, object] = {rhythm.form.value: value}
    if rhythm.words and rhythm.form not in (Form.AS_NEEDED, Form.UNSETTLED):
        made["as_needed"] = rhythm.words
    if rhythm.at_least:
        made["at_least"] = "yes"
    return made | ({"question": rhythm.question} if rhythm.question else {})


def open_question(rhythm: Rhythm) -> str:
    """What somebody must still say about an unsettled rhythm; empty when it is settled."""
    if rhythm.form is not Form.UNSETTLED:
        return rhythm.question
    if rhythm.question:
        return rhythm.question
    if twice := re.search(r"\bbi-?(month|week|annual)", rhythm.words, re.I):
        unit = {"annual": "year"}.get(twice[1].lower(), twice[1].lower())
        return f"Does “{rhythm.words}” mean once in 2 {unit}s or twice in 1 {unit}?"
    return f"How often is “{rhythm.words}”?"


def words_of(mapping: Mapping[str, object]) -> str:
    """A kept rhythm in words that cannot be read two ways."""
    return str(from_mapping(mapping))
