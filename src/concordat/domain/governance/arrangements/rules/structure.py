"""How a partnership was built on a day: what stood, who sat, and what is not certain.

A row counts when it is certainly in force that day and was known by then. Where a partial
date leaves both answers possible, the row is shown and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from concordat.domain.base.seats.rules.rhythm import from_words, open_question
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.labels import join_words
from concordat.kernel.money import Pence, in_pounds

T = TypeVar("T")
UNSTATED = "in force"
"""A body that no source gives a state: it is spoken of as being there."""
VACANT = "The seat is vacant."
NO_INSTRUMENT = "It rests on no instrument on record."
EXPIRED = "Its delegation ended on"
LAPSED = "It was given by name, and whoever it was given to sits no longer: it has lapsed."
UNSEATED = (
    "Whether anybody holds it is not certain: it was given to somebody whose seat is not known."
)

AT_RISK = "Independence at risk:"


def at_risk(scrutineer: str, manager: str, agency: str, state: str) -> str:
    """Why a line of management touches scrutiny, which the guidance wants objective and
    independent of those whom it looks at (Working Together 2023 chapter 2)."""
    manages = "would be" if state in ("proposed", "shadow") else "is"
    told = f"{AT_RISK} {scrutineer} {manages} line managed by {manager}"
    told += f" of {agency}, a statutory partner that it scrutinises."
    return f"{told} This is a proposal." if state == "proposed" else told


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value that holds for a time."""

    value: T
    period: Period


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, stated by a source or worked out here: `subject` is kind:key."""

    subject: str
    finding: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A holder row of a seat: who, as what, and for how long."""

    who: str
    holding: str
    period: Period


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Who holds a seat on a day. `vacant` says that a source, or the end of a holding, says so."""

    holder: str
    deputy: str
    vacant: bool
    unclear: tuple[str, ...] = ()


def standing_on(rows: Sequence[Stated[str]], on: date) -> tuple[str, bool]:
    """The state of a body on a day and whether it is certain; empty before its first state.

    The latest certain state counts; without one, the latest that may hold. Between two
    states the earlier is taken to go on, and after the last the body to have ended; neither
    is certain.
    """
    if not rows:
        return UNSTATED, True
    for wanted in ("yes", "uncertain"):
        found = [row for row in rows if row.period.in_force(on) == wanted]
        if found:
            return max(found, key=_began).value, wanted == "yes"
    past = [r for r in rows if not (r.period.start and r.period.start.certainly_after(on))]
    if not past:
        return "", True
    last = max(past, key=_began).value
    return (last, last == "ended") if len(past) < len(rows) else ("ended", last == "ended")


def _began(row: Stated[T]) -> tuple[object, ...]:
    start = row.period.start
    return (1, *start.sort_key) if start else (0,)


def latest(rows: Iterable[Stated[T]], on: date) -> T | None:
    """The one certainly in force that began last, such as the terms of reference of the day."""
    standing = [row for row in rows if row.period.in_force(on) == "yes"]
    return max(standing, key=_began).value if standing else None


def occupancy(rows: Sequence[Place], on: date) -> Occupancy:
    """Who sits in a seat on a day; job shares are named together."""
    there = [row for row in rows if row.period.in_force(on) == "yes"]
    maybe = [row for row in rows if row.period.in_force(on) == "uncertain"]
    main = [r.who for r in there if r.holding in ("holder", "interim", "job share") and r.who]
    deputies = [row.who for row in there if row.holding == "deputy" and row.who]
    vacant = not main and any(row.holding == "vacant" for row in there)
    over = not main and not maybe and any(_held_before(row, on) for row in rows)
    return Occupancy(
        holder=join_words(main) if main else "",
        deputy=join_words(deputies) if deputies else "",
        vacant=vacant or over,
        unclear=tuple(_unclear(row) for row in maybe),
    )


def _unclear(row: Place) -> str:
    who = f"{row.who} sat" if row.who else "the seat was vacant"
    return f"Whether {who} that day is not certain ({_span(row.period)})."


def _held_before(row: Place, on: date) -> bool:
    end = row.period.end
    return row.holding != "deputy" and end is not None and end.certainly_before(on)


def vacant_since(rows: Sequence[Place], on: date) -> str:
    """From when nobody has sat, as a source states it; for a holding that ended, its last day."""
    told = [
        r.period.start for r in rows if r.holding == "vacant" and r.period.in_force(on) == "yes"
    ]
    if told:
        return str(told[0] or "")
    ends = [r.period.end for r in rows if r.who and r.period.end]
    return str(max(ends, key=lambda end: end.sort_key)) if ends else ""


def _span(period: Period) -> str:
    return " to ".join(str(side) for side in (period.start, period.end) if side)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same on two days."""

    subject: str
    what: str
    before: str
    after: str


_TOLD = ("state", "name", "rhythm", "parents", "chair_role", "quorum")
_SEAT_TOLD = ("role", "capacity", "holder", "deputy", "vacant", "delegations")


def differences(before: dict[str, object], after: dict[str, object]) -> list[Difference]:
    """What changed between two structures as `structure --json` gives them."""
    return [*_bodies(before, after)]


def _bodies(before: dict[str, object], after: dict[str, object]) -> list[Difference]:
    old, new = _by_key(before["bodies"]), _by_key(after["bodies"])
    found: list[Difference] = []
    for key in sorted({*old, *new}):
        one, other = old.get(key, {}), new.get(key, {})
        name = str((other or one).get("name", key))
        if not one or not other:
            found.append(Difference(name, "Body", *(_there(each) for each in (one, other))))
        else:
            found += _changed(name, one, other, _TOLD)
        found += _seats(name, one, other)
    return found


def _seats(body: str, one: dict[str, object], other: dict[str, object]) -> list[Difference]:
    old, new = _by_key(one.get("seats", [])), _by_key(other.get("seats", []))
    found: list[Difference] = []
    for key in sorted({*old, *new}):
        was, now = old.get(key, {}), new.get(key, {})
        title = f"{(now or was).get('role', key)}, {body}"
        if not was or not now:
            found.append(Difference(title, "Seat", *(_there(each) for each in (was, now))))
        else:
            found += _changed(title, was, now, _SEAT_TOLD)
    return found


def _changed(
    subject: str, was: dict[str, object], now: dict[str, object], fields: Sequence[str]
) -> list[Difference]:
    return [
        Difference(
            subject, field.replace("_", " ").capitalize(), _say(was[field]), _say(now[field])
        )
        for field in fields
        if was.get(field) != now.get(field)
    ]


def _by_key(rows: object) -> dict[str, dict[str, object]]:
    return {row["key"]: row for row in rows} if isinstance(rows, list) else {}


def _there(row: dict[str, object]) -> str:
    return "There" if row else "Not there"


def _say(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(_say(each) for each in value) or "None"
    if isinstance(value, dict):
        return power_in_words(value)
    return str(value) if value else "None"


def power_in_words(held: Mapping[str, Any]) -> str:
    """A delegation as `structure --json` gives it: what, up to how much, since when, by what."""
    limbs = [limb.removeprefix("commit on ") for limb in held["limbs"] if limb.startswith("commit")]
    what = f"May commit on {join_words(limbs)}" if limbs else "May speak for the agency"
    if not held["limbs"]:
        what = "May decide for the agency"
    limit = (
        f" up to {in_pounds(Pence(round(held['limit'] * 100)))}"
        if held["limit"] is not None
        else ""
    )
    start = f" since {UncertainDate.parse(held['from'])}" if held["from"] else ""
    end = f" until {UncertainDate.parse(held['to'])}" if held["to"] else ""
    rest = f", by {held['instrument']}" if held["instrument"] else ", instrument not stated"
    return f"{what}{limit}{start}{end}{rest}"


QUESTION = " | question: "
UNSETTLED = "unsettled: "


def settled(rhythm: str | None) -> tuple[str, str]:
    """A rhythm's words, and the open question if it is unsettled; the words alone if not."""
    if not rhythm:
        return "", ""
    words = rhythm.partition(QUESTION)[0].removeprefix(UNSETTLED)
    return words, open_question(from_words(rhythm))


def _in_short(rhythm: str | None) -> str:
    """A rhythm in the few words that a box has room for."""
    words, question = settled(rhythm)
    return "how often is not settled" if question else words.partition(": ")[0]


_LINES = {"in force": "solid", "shadow": "dashed", "proposed": "dotted", "ended": "dotted"}
Drawing = tuple[list[dict[str, str]], list[tuple[str, str]]]


def chart(found: dict[str, Any]) -> Drawing:
    """Boxes and lines of a structure: bodies that have not ended, and who answers to whom."""
    bodies = [each for each in found["bodies"] if each["state"] != "ended"]
    keys = {each["key"] for each in bodies}
    nodes = [
        {
            "key": each["key"],
            "label": each["name"],
            "detail": _in_short(each["rhythm"]),
            "state": each["state"],
            "line": _LINES[each["state"]],
        }
        for each in bodies
    ]
    edges = [
        (parent, each["key"]) for each in bodies for parent in each["parents"] if parent in keys
    ]
    return nodes, edges
