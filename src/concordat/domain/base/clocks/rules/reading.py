"""Files of law read into rows of law. Raises `Invalid` with every fault at once."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from concordat.domain.base.clocks.rules.file_rows import (
    Row,
    in_order,
    listed_in,
    mapping_in,
    rows_of,
    stop_at,
    twice,
)
from concordat.domain.base.clocks.rules.rows import (
    Area,
    Arrangements,
    Bound,
    ChecklistItem,
    Confidence,
    DayCounting,
    Deadline,
    Direction,
    Doubt,
    Force,
    Kind,
    Regime,
    Rule,
    Status,
    Unit,
)
from concordat.kernel.errors import Fault
from concordat.kernel.labels import join_words

_YEARLY = re.compile(r"^(\d{2})-(\d{2})$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_COUNTED = {Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.HOURS}

_FILE_KEYS = {"subject", "arrangements", "rules"}
_REGIME_KEYS = {"id", "title", "from", "to", "conf", "source", "status", "edition", "note"}
_DOUBT_KEYS = {"id", "from", "text"}
_RULE_KEYS = {
    "id", "version", "title", "duty", "kind", "who", "trigger", "deadline", "items", "force",
    "source", "regime", "in_force_from", "in_force_to", "status", "conf", "doubts", "area",
    "pauses", "tightens", "adds_to", "key", "evidence", "note",
}  # fmt: skip
_ITEM_KEYS = {"id", "text", "force", "regime", "conf", "doubts", "trigger", "deadline"}
_DEADLINE_KEYS = {
    "value", "unit", "direction", "day_counting", "bound", "window_from", "latest", "day",
    "yearly", "force", "earlier_of", "later_of",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """The regimes and doubts that rows may name."""

    regimes: Mapping[str, Regime]
    doubts: Mapping[str, Doubt]


def read_terms(regime_file: str, doubt_file: str) -> Terms:
    """The texts of regimes.yaml and doubts.yaml. Raises `Invalid` with every fault."""
    faults: list[Fault] = []
    regimes = [
        _regime(row)
        for row in listed_in("regimes.yaml", regime_file, "regimes", _REGIME_KEYS, faults)
    ]
    doubts = [
        _doubt(row) for row in listed_in("doubts.yaml", doubt_file, "doubts", _DOUBT_KEYS, faults)
    ]
    faults.extend(twice("regimes.yaml", [each.id for each in regimes]))
    faults.extend(twice("doubts.yaml", [each.id for each in doubts]))
    stop_at(faults)
    return Terms({each.id: each for each in regimes}, {each.id: each for each in doubts})


def read_rules(name: str, text: str, terms: Terms) -> tuple[Rule, ...]:
    """The rules in one file's text. Raises `Invalid` with every fault of the file."""
    faults: list[Fault] = []
    head = Row(name, mapping_in(name, text), faults)
    head.only(_FILE_KEYS)
    subject = head.text("subject")
    arrangements = head.code("arrangements", Arrangements, Arrangements.SAFEGUARDING)
    rules = [
        replace(_rule(row, terms), subject=subject, arrangements=arrangements)
        for row in rows_of(head, "rules", _RULE_KEYS)
    ]
    stop_at(faults)
    return tuple(rules)


def _regime(row: Row) -> Regime:
    regime = Regime(
        id=row.text("id"),
        title=row.text("title"),
        begins=row.day("from"),
        ends=row.day("to"),
        conf=row.code("conf", Confidence, Confidence.INFERRED, needed=True),
        source=row.text("source"),
        status=row.code("status", Status, Status.COMMENCED),
        edition=row.told.get("edition") is True,
        note=row.text("note", needed=False),
    )
    in_order(row, "to", regime.begins, regime.ends)
    return regime


def _doubt(row: Row) -> Doubt:
    return Doubt(row.text("id"), row.text("text"), row.day("from"))


def _rule(row: Row, terms: Terms) -> Rule:
    rule = Rule(
        id=row.named("id"),
        version=row.whole("version", 1, least=1),
        title=row.text("title"),
        duty=row.text("duty"),
        kind=row.code("kind", Kind, Kind.DEFINITION, needed=True),
        who=row.text("who"),
        force=row.code("force", Force, Force.LOCAL, needed=True),
        source=row.text("source"),
        regime=_named_regime(row, terms),
        in_force_from=row.day("in_force_from"),
        in_force_to=row.day("in_force_to"),
        conf=row.code("conf", Confidence, Confidence.INFERRED, needed=True),
        subject="",
        status=row.code("status", Status, Status.COMMENCED),
        area=row.code("area", Area, Area.ANY),
        trigger=row.text("trigger", needed=row.told.get("kind") == Kind.DEADLINE),
        deadline=_deadline(row),
        doubts=_named_doubts(row, terms),
        pauses=row.texts("pauses"),
        tightens=row.text("tightens", needed=False),
        adds_to=row.text("adds_to", needed=False),
        key=row.text("key", needed=False),
        evidence=row.text("evidence", needed=False),
        note=row.text("note", needed=False),
    )
    rule = replace(rule, items=tuple(_items(row, rule, terms)))
    _check(row, rule)
    return rule


def _check(row: Row, rule: Rule) -> None:
    in_order(row, "in_force_to", rule.in_force_from, rule.in_force_to)
    if "in_force_from" not in row.told:
        mend = "Write the day, or null where it is not known."
        row.wrong("in_force_from", "The in_force_from is missing.", mend)
    if rule.status is Status.AWAITING and rule.in_force_from:
        row.wrong("status", "A rule with a first day is not awaiting commencement.")
    if rule.kind is Kind.DEADLINE and rule.deadline is None:
        row.wrong("deadline", "A rule of kind deadline needs one.", "Write value and unit.")
    if rule.kind is not Kind.DEADLINE and rule.deadline is not None:
        row.wrong("kind", f"A {rule.kind.value} has no deadline.", "Call it a deadline.")
    if (rule.kind is Kind.CHECKLIST) is not bool(rule.items):
        row.wrong("items", "A checklist, and nothing else, has items.")


def _items(row: Row, rule: Rule, terms: Terms) -> Iterator[ChecklistItem]:
    for told in row.rows("items"):
        within = f"items.{told.get('id', '?')}."
        item = Row(row.place, told, row.faults, within)
        item.only(_ITEM_KEYS)
        yield ChecklistItem(
            id=item.named("id"),
            text=item.text("text"),
            force=item.code("force", Force, rule.force),
            regime=_named_regime(item, terms) if "regime" in told else rule.regime,
            conf=item.code("conf", Confidence, rule.conf),
            doubts=_named_doubts(item, terms) if "doubts" in told else rule.doubts,
            trigger=item.text("trigger", needed=False) or rule.trigger,
            deadline=_deadline(item),
        )
    row.faults.extend(twice(row.place, [item["id"] for item in row.rows("items") if "id" in item]))


def _deadline(row: Row) -> Deadline | None:
    told = row.told.get("deadline")
    if told is None:
        return None
    if not isinstance(told, dict):
        row.wrong("deadline", "The deadline is a mapping.", "Write {value: 5, unit: wd}.")
        return None
    part = Row(row.place, told, row.faults, f"{row.within}deadline.")
    part.only(_DEADLINE_KEYS)
    day, month_only = _day_or_month(part)
    deadline = Deadline(
        unit=part.code("unit", Unit, Unit.CALENDAR_DAYS, needed=True),
        value=part.whole("value", 0),
        direction=part.code("direction", Direction, Direction.FORWARD),
        day_counting=part.code("day_counting", DayCounting, DayCounting.DAY0),
        bound=part.code("bound", Bound, Bound.LATEST),
        window_from=part.whole("window_from", 0) if "window_from" in told else None,
        latest=part.day("latest"),
        day=day,
        month_only=month_only,
        yearly=_yearly(part),
        force=part.code("force", Force, Force.LOCAL) if "force" in told else None,
        earlier_of=part.texts("earlier_of"),
        later_of=part.texts("later_of"),
    )
    _check_deadline(part, deadline)
    return deadline


def _check_deadline(row: Row, deadline: Deadline) -> None:
    unit, days = deadline.unit, (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
    if unit in _COUNTED and "value" not in row.told:
        row.wrong("value", "The value is missing.", "Say how many.")
    if (unit is Unit.FIXED) is not (deadline.day is not None):
        row.wrong("day", "A fixed date, and nothing else, has a day.")
    if (unit is Unit.YEARLY) is not (deadline.yearly is not None):
        row.wrong("yearly", "A yearly date, and nothing else, has a month and day.")
    if deadline.day_counting is DayCounting.DAY1 and (unit not in days or deadline.value < 1):
        row.wrong("day_counting", "Only one or more days can count the trigger as day 1.")
    if deadline.window_from is not None and deadline.window_from > deadline.value:
        row.wrong("window_from", "The window opens after it closes.")
    if deadline.earlier_of and deadline.later_of:
        row.wrong("later_of", "Choose the earlier or the later event, not both.")
    if deadline.latest and (deadline.bound, deadline.direction) != (
        Bound.LATEST,
        Direction.FORWARD,
    ):
        row.wrong("latest", "Only a forward deadline by which to act has a last date.")


def _day_or_month(row: Row) -> tuple[date | None, bool]:
    value = row.told.get("day")
    month = _MONTH.match(value) if isinstance(value, str) else None
    if month is None or not 1 <= int(month[2]) <= 12:
        return row.day("day"), False
    year, number = int(month[1]), int(month[2])
    return date(year, number, monthrange(year, number)[1]), True


def _yearly(row: Row) -> tuple[int, int] | None:
    value = row.told.get("yearly")
    if value is None:
        return None
    found = _YEARLY.match(str(value))
    try:
        month, day = (int(found[1]), int(found[2])) if found else (0, 0)
        date(2019, month, day)
    except ValueError:
        row.wrong("yearly", f"{value!r} is not a day of every year.", 'Write it as "09-30".')
        return None
    return month, day


def _named_regime(row: Row, terms: Terms) -> Regime:
    name = row.text("regime")
    if name and name not in terms.regimes:
        mend = f"Use one of {join_words(terms.regimes)}."
        row.wrong("regime", f"{name!r} is not a known regime.", mend)
    fallback = Regime(name, "", None, None, Confidence.INFERRED, "")
    return terms.regimes.get(name, fallback)


def _named_doubts(row: Row, terms: Terms) -> tuple[Doubt, ...]:
    names = row.texts("doubts")
    for name in names:
        if name not in terms.doubts:
            row.wrong("doubts", f"{name!r} is not a known doubt.", "Add it to doubts.yaml.")
    return tuple(terms.doubts[name] for name in names if name in terms.doubts)
