"""The shape of a row of law: what a file of the law holds once it has been read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    DEADLINE = "deadline"
    CHECKLIST = "checklist"
    DEFINITION = "definition"


class Unit(StrEnum):
    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "cd"
    WEEKS = "weeks"
    MONTHS = "mo"
    HOURS = "hours"
    FIXED = "fixed"
    YEARLY = "yearly"


class Direction(StrEnum):
    FORWARD = "forward"
    BACKWARD = "backward"


class DayCounting(StrEnum):
    """Whether the day of the trigger is day 0 or already day 1 of the count."""

    DAY0 = "day0"
    DAY1 = "day1"


class Bound(StrEnum):
    """Whether the date is the last on which to act, or the first."""

    LATEST = "latest"
    EARLIEST = "earliest"


class Force(StrEnum):
    """What stands behind a rule, strongest first."""

    STATUTE = "statute"
    REGULATIONS = "regs"
    GUIDANCE_MUST = "wt-must"
    GUIDANCE_SHOULD = "wt-should"
    PANEL = "panel"
    OTHER_GUIDANCE = "guidance"
    LOCAL = "local"

    @property
    def words(self) -> str:
        return _FORCE_WORDS[self]


_FORCE_WORDS = {
    Force.STATUTE: "statute",
    Force.REGULATIONS: "regulations",
    Force.GUIDANCE_MUST: "Working Together, a requirement",
    Force.GUIDANCE_SHOULD: "Working Together, an expectation",
    Force.PANEL: "guidance of the Panel",
    Force.OTHER_GUIDANCE: "national guidance",
    Force.LOCAL: "local practice",
}


class Confidence(StrEnum):
    """How the rule is known: S read in the primary text, S2 in a text restating it,
    K from memory, I inferred."""

    PRIMARY = "S"
    SECONDARY = "S2"
    SURE = "K+"
    MEMORY = "K"
    SHAKY = "K-"
    INFERRED = "I"

    @property
    def is_read(self) -> bool:
        return self in (Confidence.PRIMARY, Confidence.SECONDARY)


class Area(StrEnum):
    """Whose areas a rule is for: any, those still with the old board, those gone live."""

    ANY = "any"
    OLD = "old"
    NEW = "new"


class Arrangements(StrEnum):
    """Which go-live decides between the old and the new rules."""

    SAFEGUARDING = "safeguarding"
    CHILD_DEATHS = "child deaths"


class Status(StrEnum):
    COMMENCED = "commenced"
    AWAITING = "awaiting commencement"


@dataclass(frozen=True, slots=True)
class Regime:
    id: str
    title: str
    begins: date | None
    ends: date | None
    conf: Confidence
    source: str
    status: Status = Status.COMMENCED
    edition: bool = False
    note: str = ""

    def in_force(self, on: date) -> bool:
        return self.status is Status.COMMENCED and _within(on, self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An open question; from `begins` on (None: always) it keeps a rule "not verified"."""

    id: str
    text: str
    begins: date | None = None

    def stands(self, on: date) -> bool:
        return self.begins is None or on >= self.begins


@dataclass(frozen=True, slots=True)
class Deadline:
    """How far, in which unit and direction, and the last date allowed if there is one.

    `window_from` opens a window that `value` closes. `day` is for a fixed date,
    `yearly` the month and day of a yearly one. `month_only`: the source names no day,
    and `day` is the last of that month. `force` is set where the time limit has less
    force than the duty. `earlier_of` and `later_of` name the events to choose from.
    """

    unit: Unit
    value: int = 0
    direction: Direction = Direction.FORWARD
    day_counting: DayCounting = DayCounting.DAY0
    bound: Bound = Bound.LATEST
    window_from: int | None = None
    latest: date | None = None
    day: date | None = None
    month_only: bool = False
    yearly: tuple[int, int] | None = None
    force: Force | None = None
    earlier_of: tuple[str, ...] = ()
    later_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Somebody compared a row with the primary text: who, against what, when, and the outcome."""

    rule: str
    version: int
    digest: str
    by: str
    against: str
    on: date
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line of a checklist. `trigger` and `deadline` only where a line has its own clock."""

    id: str
    text: str
    force: Force
    regime: Regime
    conf: Confidence
    doubts: tuple[Doubt, ...] = ()
    trigger: str = ""
    deadline: Deadline | None = None
    checked: Verification | None = None

    def verified(self, on: date) -> bool:
        """As `Rule.verified`; a check of the row covers its lines."""
        if self.checked is not None:
            return self.checked.confirmed
        return _read_without_doubt(self.conf, self.doubts, on)


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated row of law. `in_force_from` None: the start is not known, or has not come."""

    id: str
    version: int
    title: str
    duty: str
    kind: Kind
    who: str
    force: Force
    source: str
    regime: Regime
    in_force_from: date | None
    in_force_to: date | None
    conf: Confidence
    subject: str
    arrangements: Arrangements = Arrangements.SAFEGUARDING
    status: Status = Status.COMMENCED
    area: Area = Area.ANY
    trigger: str = ""
    deadline: Deadline | None = None
    items: tuple[ChecklistItem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pauses: tuple[str, ...] = ()
    tightens: str = ""
    adds_to: str = ""
    key: str = ""
    evidence: str = ""
    note: str = ""
    checked: Verification | None = None

    def in_force(self, on: date) -> bool:
        if self.status is Status.AWAITING:
            return False
        return _within(on, self.in_force_from, self.in_force_to)

    def verified(self, on: date) -> bool:
        """Whether the row may be worded as law for a trigger on that day.

        Read in a text and free of doubt; a recorded check against the primary text
        overrules both, either way. What is only remembered or inferred never is.
        """
        if self.checked is not None:
            return self.checked.confirmed
        return _read_without_doubt(self.conf, self.doubts, on)

    def standing(self, on: date) -> str:
        """The words to show beside the rule: "verified" or "not verified"."""
        return "verified" if self.verified(on) else "not verified"

    def force_in_words(self, on: date) -> str:
        """What stands behind the rule, never without the warning where that is not verified."""
        return self.force.words if self.verified(on) else f"{self.force.words} (not verified)"

    def open_doubts(self, on: date) -> tuple[Doubt, ...]:
        if self.checked is not None and self.checked.confirmed:
            return ()
        return tuple(doubt for doubt in self.doubts if doubt.stands(on))


def line_as_rule(rule: Rule, item: ChecklistItem) -> Rule:
    """A line that has its own time limit, as the row of law that its clock is pinned to.

    It counts from its own trigger, or from that of its checklist, which it `adds_to`.
    """
    return replace(
        rule,
        id=item.id,
        title=item.text[:1].upper() + item.text[1:],
        duty=item.text,
        kind=Kind.DEADLINE,
        force=item.force,
        regime=item.regime,
        conf=item.conf,
        trigger=item.trigger or rule.trigger,
        deadline=item.deadline,
        items=(),
        doubts=item.doubts,
        pauses=(),
        tightens="",
        adds_to=rule.id,
        note=f"A line of {rule.id}: {rule.title}.",
        checked=item.checked,
    )


def canonical(rule: Rule) -> str:
    """The row as JSON, always the same text for the same row, without who checked it."""
    return json.dumps(
        _plain_fields(rule), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def digest(rule: Rule) -> str:
    """SHA-256 of the row as canonical JSON, so that a clock can pin what it was started by.

    Covers every field of the row but the record of who checked it.
    """
    return hashlib.sha256(canonical(rule).encode()).hexdigest()


def pinned_title(pinned: str) -> str:
    """The title of the canonical text of a row."""
    return str(json.loads(pinned)["title"])


def is_statutory(pinned: str) -> bool:
    """Whether a row, by its canonical text, rests on statute, regulations or national guidance."""
    return str(json.loads(pinned)["force"]) != Force.LOCAL


def same_limit(pinned: str, rule: Rule) -> bool:
    """Whether a row still sets the time limit and the trigger of the canonical text of one."""
    then, now = json.loads(pinned), json.loads(canonical(rule))
    return all(then.get(name) == now[name] for name in ("deadline", "trigger"))


def reworded(pinned: str, rule: Rule) -> bool:
    """Whether a row says something else than the canonical text of one; its end apart."""
    then, now = json.loads(pinned), json.loads(canonical(rule))
    return {**then, "in_force_to": None} != {**now, "in_force_to": None}


def _plain_fields(row: object) -> dict[str, object]:
    if not is_dataclass(row):
        raise TypeError(f"{row!r} is not a row of law.")
    names = [field.name for field in fields(row) if field.name != "checked"]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Regime, Doubt)):
        return value.id
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _plain_fields(value) if is_dataclass(value) else value


def _within(on: date, begins: date | None, ends: date | None) -> bool:
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _read_without_doubt(conf: Confidence, doubts: tuple[Doubt, ...], on: date) -> bool:
    return conf.is_read and not any(doubt.stands(on) for doubt in doubts)
