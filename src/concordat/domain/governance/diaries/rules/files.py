"""A search, or a year, written in a small file: seats, who sits in them, and when they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.governance.diaries.rules.patterns import NOON, Pattern, Strength, spans
from concordat.domain.governance.diaries.rules.rhythms import Rhythm, from_words
from concordat.domain.governance.diaries.rules.search import School, Window
from concordat.domain.governance.diaries.rules.sitting import (
    Chair,
    Need,
    Quorum,
    Sitter,
    Taken,
    Why,
    default_quorum,
)
from concordat.domain.governance.diaries.rules.times import (
    DAY,
    Span,
    days,
    exact,
    minutes_of,
)
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import WEEKDAYS, near

KEYS = (
    *("length", "from", "to", "between", "step", "avoid", "closed", "school", "school_holidays"),
    *("deputies", "quorum", "seats", "rhythm", "tolerance", "least", "papers", "fairness"),
)
SEAT = ("title", "class", "agency", "need", "group", "voting", "holder", "deputy", "job_share")
PERSON = ("name", "who", "busy", "never", "rather_not", "calendar")
_BUSY = re.compile(r"(\d{4}-\d{2}-\d{2}) (\S+?)-(\S+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file asks: a date, or with a `rhythm` a year of them."""

    chairs: tuple[Chair, ...]
    quorum: Quorum
    window: Window
    rhythm: Rhythm | None = None
    tolerance: int = 10
    least: int = 14
    papers: int = 0
    fairness: int = 0


Calendars = Mapping[str, Sequence[Span]]
"""By the path that a file names, the busy times of that calendar."""


def calendars_named(told: Mapping[str, Any]) -> list[str]:
    """The calendar files that a file of a search names."""
    people = [
        seat[key]
        for seat in _rows(told, "seats")
        for key in ("holder", "deputy", "job_share")
        if isinstance(seat.get(key), Mapping)
    ]
    return [str(each["calendar"]) for each in people if each.get("calendar")]


def check_keys(told: Any) -> None:
    """Raises `Invalid` for what is no mapping, or has a key that is not known."""
    if not isinstance(told, Mapping):
        raise Invalid("This is no search: it has no keys.", mend="Begin with “length: 120”.")
    _known(told, KEYS, "")


def days_named(told: Mapping[str, Any]) -> tuple[date, date]:
    """The first and the last day that a file of a search names."""
    first, last = _day(told, "from"), _day(told, "to")
    if last < first:
        raise Invalid("The last day is before the first.", field="to")
    return first, last


def read_search(told: Any, *, closed: Mapping[date, str], calendars: Calendars) -> Asked:
    """A search from a file's plain values. Raises `Invalid` naming the key that is wrong."""
    check_keys(told)
    first, last = days_named(told)
    window = _window(told, first, last, closed)
    chairs = tuple(_chairs(told, first, last, calendars))
    if not chairs:
        raise Invalid("No seat is asked.", field="seats", mend="Name at least one.")
    rhythm = from_words(str(told["rhythm"])) if "rhythm" in told else None
    return Asked(
        chairs=chairs,
        quorum=_quorum(told, chairs),
        window=window,
        rhythm=rhythm,
        tolerance=_number(told, "tolerance", 10),
        least=_number(told, "least", 14),
        papers=_number(told, "papers", 0),
        fairness=_number(told, "fairness", 0),
    )


def _window(told: Mapping[str, Any], first: date, last: date, closed: Mapping[date, str]) -> Window:
    begins, _, ends = str(told.get("between", "09:00-17:00")).partition("-")
    own = {_as_day(each, "closed"): "closed" for each in told.get("closed") or ()}
    return Window(
        first=first,
        last=last,
        length=_number(told, "length", 0, least=5),
        begins=minutes_of(begins),
        ends=minutes_of(ends),
        step=_number(told, "step", 15, least=5),
        avoid=frozenset(_avoided(each) for each in told.get("avoid") or ()),
        closed={**closed, **own},
        school=_school(told, first, last),
        school_rule=_one_of(School, told.get("school", School.RATHER_NOT), "school"),
    )


def _school(told: Mapping[str, Any], first: date, last: date) -> Mapping[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for row in _rows(told, "school_holidays"):
        begins, ends = _day(row, "from"), _day(row, "to")
        for day in days(max(first, begins), min(last, ends)):
            found[day] = (*found.get(day, ()), str(row.get("area", "")))
    return found


def _quorum(told: Mapping[str, Any], chairs: Sequence[Chair]) -> Quorum:
    deputies = _yes(told, "deputies", True)
    given = told.get("quorum")
    if given is None:
        return default_quorum(chairs, deputies=deputies)
    if not isinstance(given, Mapping):
        raise Invalid("A quorum has classes, members or seats.", field="quorum")
    _known(given, ("classes", "members", "seats"), "quorum")
    titles = {each.title: each.key for each in chairs}
    seats = tuple(titles.get(str(each), "") for each in given.get("seats") or ())
    if "" in seats:
        raise Invalid("The quorum names a seat that is not asked.", field="quorum")
    return Quorum(
        classes=tuple(str(each) for each in given.get("classes") or ()),
        members=_number(given, "members", 0),
        seats=seats,
        deputies=deputies,
    )


def _chairs(
    told: Mapping[str, Any], first: date, last: date, calendars: Calendars
) -> Iterator[Chair]:
    for number, seat in enumerate(_rows(told, "seats"), start=1):
        place = f"seat {number}"
        _known(seat, SEAT, place)
        need = _one_of(Need, seat.get("need", Need.REQUIRED), "need")
        title = str(seat.get("title") or f"Seat {number}")
        seat_class = str(seat.get("class") or "")
        holdings = (("holder", "holder"), ("job_share", "job share"), ("deputy", "deputy"))
        sitters = [
            _sitter(seat[key], f"{place}, {key}", title, holding, (first, last), calendars)
            for key, holding in holdings
            if seat.get(key) is not None or key == "holder"
            if key in seat
        ]
        yield Chair(
            key=f"seat-{number}",
            title=title,
            seat_class=seat_class,
            agency=str(seat.get("agency") or ""),
            need=need,
            group=str(seat.get("group") or seat_class or title),
            voting=_yes(seat, "voting", True),
            sitters=tuple(sitters),
        )


def _sitter(
    told: Any,
    place: str,
    title: str,
    holding: str,
    window: tuple[date, date],
    calendars: Calendars,
) -> Sitter:
    given = told if isinstance(told, Mapping) else {"name": told} if told else {}
    _known(given, PERSON, place)
    name = str(given.get("name") or (f"{title} (deputy)" if holding == "deputy" else title))
    taken = [Taken(span, Why.BUSY) for each in given.get("busy") or () for span in _busy(each)]
    taken += [Taken(span, Why.BUSY) for span in calendars.get(str(given.get("calendar") or ""), ())]
    taken += _patterns(given, "never", Strength.NEVER, window)
    softly = _patterns(given, "rather_not", Strength.RATHER_NOT, window)
    who = str(given.get("who") or f"{place} {name}")
    return Sitter(who, name, holding, tuple(taken), tuple(softly))


def _patterns(
    told: Mapping[str, Any], key: str, strength: Strength, window: tuple[date, date]
) -> list[Taken]:
    why = Why.PATTERN if strength is Strength.NEVER else Why.RATHER_NOT
    found = []
    for each in told.get(key) or ():
        weekday, part = _avoided(each)
        edges = {"morning": (0, NOON), "afternoon": (NOON, DAY)}.get(part, (0, DAY))
        pattern = Pattern(strength, weekday, *edges, first=window[0])
        found += [Taken(span, why, str(pattern)) for span in spans(pattern, *window)]
    return found


def _busy(told: Any) -> Iterator[Span]:
    """ "2026-03-09 10:00-11:00" as a span."""
    found = _BUSY.fullmatch(str(told).strip())
    if not found:
        raise Invalid(
            f"“{told}” is no busy time.", field="busy", mend="Write it like 2026-03-09 10:00-11:00."
        )
    day = _as_day(found[1], "busy")
    start, end = (exact(day, minutes_of(each)) for each in (found[2], found[3]))
    if end <= start:
        raise Invalid(f"“{told}” ends before it begins.", field="busy")
    yield Span(start, end)


def _avoided(told: Any) -> tuple[int, str]:
    """ "Tuesday morning" as a weekday and a part of the day."""
    day, _, part = str(told).strip().partition(" ")
    known = [each.casefold() for each in WEEKDAYS]
    if day.casefold() not in known or part not in ("", "morning", "afternoon"):
        raise Invalid(f"“{told}” is no part of a week.", mend="Write it like Tuesday morning.")
    return known.index(day.casefold()), part or "all day"


def _rows(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = told.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
        raise Invalid(f"“{key}” is a list of rows with keys.", field=key)
    return rows


def _known(told: Mapping[str, Any], keys: Sequence[str], place: str) -> None:
    faults = [
        Fault(f"“{key}” is not known here.", str(key), place, _like(str(key), keys))
        for key in told
        if key not in keys
    ]
    if faults:
        raise Invalid(faults)


def _like(said: str, keys: Sequence[str]) -> str:
    close = near(said, keys)
    return f"Did you mean {' or '.join(close)}?" if close else f"There is {', '.join(keys)}."


def _day(told: Mapping[str, Any], key: str) -> date:
    return _as_day(told.get(key), key)


def _as_day(value: Any, field: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Invalid(f"“{value}” is no day.", field=field, mend="Write 2026-03-09.") from None


def _number(told: Mapping[str, Any], key: str, usual: int, *, least: int = 0) -> int:
    value = told.get(key, usual)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Invalid(f"“{key}” must be a whole number from {least} on.", field=key)
    return value


def _yes(told: Mapping[str, Any], key: str, usual: bool) -> bool:
    value = told.get(key, usual)
    if not isinstance(value, bool):
        raise Invalid(f"“{key}” is yes or no.", field=key)
    return value


def _one_of(kind: Any, value: Any, field: str) -> Any:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(each.value for each in kind)
        raise Invalid(f"“{value}” is not known.", field=field, mend=f"Use {known}.") from None
