"""The forms under which somebody may stand in a text: what a leak scan looks for and labels
replace. Forms are read against a text made plain: small letters without accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import MONTHS, PLAIN


class Kind(StrEnum):
    NAME = "name"
    NICKNAME = "nickname"
    BIRTH = "date of birth"
    NHS = "NHS number"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Sought:
    """What must not stand in the file, and the label that may stand in its place."""

    kind: Kind
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form of it. `whole` is false for a word that may be an everyday one; a form that must
    begin with a `capital` where it is written, its last name too, is otherwise something else. One
    that may be `cut` has words that may stand in cells beside each other. Without its `needle` it
    stands nowhere.
    """

    pattern: re.Pattern[str]
    needle: str = ""
    whole: bool = True
    capital: bool = False
    cut: bool = False


_SHORT = 2
"""Letters of a word that is too often an everyday one to be told without its capital."""
_LONG = 5
"""Letters of a word that no code of letters and figures holds by chance."""
_EVERYDAY = 6
_GAP = r"[\W_]*"
_NOUGHTS = (date(1899, 12, 30), date(1904, 1, 1))


def plain(text: str) -> str:
    """Without accents, capitals and the signs that nobody sees."""
    if text.isascii():
        return " ".join(folded(text).split())
    parts = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(folded(seen).split())


def folded(text: str) -> str:
    return text.casefold().replace("\u2019", "'").translate(PLAIN)


def forms(sought: Sought) -> list[Form]:
    """Each form under which it may stand, once."""
    told = plain(sought.text)
    match sought.kind:
        case Kind.NHS:
            found = iter([_figures(re.sub(r"\D", "", told), "0-9")])
        case Kind.POSTCODE:
            found = iter([_figures(re.sub(r"\W", "", told), "a-z0-9")])
        case Kind.BIRTH:
            found = _days(sought.text)
        case _:
            found = _named(told)
    return list({form.pattern: form for form in reversed([*found])}.values())[::-1]


def standing(asked: Iterable[Form], bare: str) -> frozenset[str]:
    """The needles of forms that a plain text holds: a quick look, since most hold none."""
    return frozenset(needle for needle in {form.needle for form in asked} if needle in bare)


def serials(sought: Sought) -> list[Form]:
    """A date of birth as a workbook holds it: a number of days, in either of its systems."""
    day = _day(sought.text) if sought.kind is Kind.BIRTH else None
    counted = [str((day - nought).days) for nought in _NOUGHTS] if day else []
    return [_number(each, each) for each in counted]


def _named(told: str) -> Iterator[Form]:
    """A name as it is told, without the middle ones, turned round and with an initial; then each
    of its words, and its initials."""
    words = [_joined(_letters(word)) for word in told.split() if _letters(word)]
    if not words:
        return
    alone = len(words) == 1 and len(words[0]) < _LONG
    yield _words(_between(words).join(words), several=not alone, cut=len(words) > 1)
    if len(words) > 1:
        first, *middle, last = words
        for surname in dict.fromkeys([last, *_pieces(told.rsplit(maxsplit=1)[-1])]):
            gap = _between([first, surname])
            yield _words(f"{first}{gap}{surname}", cut=True)
            rest = "".join(f"(?:{_GAP}{each})?" for each in middle)
            yield _words(f"{surname}{gap}(?P<last>{first}){rest}", capital=True, cut=True)
            others = "".join(f"(?:{each[0]}{_GAP})?" for each in middle)
            yield _words(f"{first[0]}[\\W_]+{others}(?P<last>{surname})", capital=True)
        initials = [each[0] for each in words]
        dotted = r"\. ?".join(initials)
        dots = re.compile(rf"(?<![^\W_]){dotted}\.?(?![^\W_])")
        yield Form(dots, f"{initials[0]}.", whole=False, capital=True)
    pieces = [piece for word in told.split() for piece in (_joined(_letters(word)), *_pieces(word))]
    for piece in pieces if len(words) > 1 or len(pieces) > 2 else ():
        if len(piece) >= _SHORT:
            yield _words(piece, whole=False, capital=len(piece) <= _SHORT)


def _between(words: Sequence[str]) -> str:
    """What may stand between the words: nothing only where together they are too long to be an
    everyday word, as "joking" is."""
    return _GAP if sum(map(len, words)) > _EVERYDAY else r"[\W_]+"


def _letters(word: str) -> list[str]:
    return re.findall(r"[^\W_]+", word)


def _joined(parts: Sequence[str]) -> str:
    return _GAP.join(map(re.escape, parts))


def _pieces(word: str) -> list[str]:
    """The names that a double-barrelled one holds: of "o'brien-smith" these two; and each word."""
    letters = _letters(word)
    if len(letters) < 2:
        return []
    told = [_joined(parts) for each in word.split("-") if (parts := _letters(each))]
    return [each for each in (*told, *map(re.escape, letters)) if len(each) > _SHORT]


def _words(form: str, *, several: bool = True, **more: bool) -> Form:
    """As words of their own, or of several of the name; a long one may stand beside figures."""
    bare = re.sub(r"\(\?:[^()]*\)\?|\(\?P<last>|\[[^\]]*\]|\\.", " ", form)
    edge = r"[^\W\d_]" if len(bare.replace(" ", "")) >= _LONG else r"[^\W_]"
    ending = "(?:e?s)?" if several and len(bare.strip()) > _SHORT else ""
    pattern = re.compile(rf"(?<!{edge}){form}{ending}(?!{edge})")
    return Form(pattern, max(re.findall(r"[^\W_]+", bare), key=len, default=""), **more)


def _figures(text: str, letters: str) -> Form:
    spaced = r"[\W_]{0,2}".join(map(re.escape, text))
    figure = next((each for each in text if each.isdigit()), "")
    return Form(re.compile(rf"(?<![{letters}]){spaced}(?![{letters}])"), figure)


def _number(form: str, needle: str) -> Form:
    return Form(re.compile(rf"(?<![0-9]){form}(?![0-9])"), needle)


def _day(text: str) -> date | None:
    try:
        read = UncertainDate.parse(text)
    except Invalid:
        return None
    return read.earliest if read.precision is Precision.DAY else None


def _days(text: str) -> Iterator[Form]:
    """A day in the forms that people write; for a date that is no day, the words as typed."""
    day = _day(text)
    if day is None:
        yield Form(re.compile(rf"(?<![^\W_]){re.escape(plain(text))}(?![^\W_])"))
        return
    month = MONTHS[day.month - 1].lower()
    named = rf"(?:{month}|{month[:3]}|{month[:4]})\.?"
    short = f"{day.year % 100:02d}"
    year, nth = rf"(?:{day.year}|'?{short})", rf"0?{day.day}(?:st|nd|rd|th)?"
    between = r"(?: ?[/.\-\u2010-\u2015] ?| )"
    for form in (
        rf"0?{day.day}{between}0?{day.month}{between}{year}",
        rf"{day.year}[/.\-]?0?{day.month}[/.\-]?0?{day.day}",
        rf"{nth}(?:(?: day)? of)?[ \-/.]?{named},?[ \-/.]?{year}",
        rf"{day.day:02d}{day.month:02d}{day.year}",
    ):
        yield _number(form, short)
    yield Form(re.compile(rf"(?<![^\W\d_]){named} {nth},? {year}(?![0-9])"), short)
