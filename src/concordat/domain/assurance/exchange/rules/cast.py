"""The cast of an example world: who may be entered as, and what waits for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time, timedelta
from typing import Any, TypeVar

import yaml

from concordat.domain.assurance.exchange.rules.cast_reviews import (
    Came,
    Disputed,
    Follows,
    Joint,
    ReviewDeed,
    Reviewed,
    Shared,
)
from concordat.domain.assurance.exchange.rules.cast_rows import (
    Action,
    Alarm,
    Answered,
    Arrangement,
    Caseload,
    Convened,
    Deed,
    Feared,
    Grounded,
    Habit,
    Holiday,
    LearningGroup,
    Member,
    Opinion,
    Paper,
    PlanDeed,
    Policed,
    Polled,
    RecommendationDeed,
    Recommended,
    Referred,
    Registered,
    Request,
    Requested,
    RiskDeed,
    Routed,
    Running,
    Suiting,
    Talked,
    Weighed,
    Worked,
)
from concordat.kernel.errors import Invalid

__all__ = [
    "Action",
    "Alarm",
    "Answered",
    "Arrangement",
    "Came",
    "Caseload",
    "Cast",
    "Convened",
    "Deed",
    "Disputed",
    "Feared",
    "Follows",
    "Grounded",
    "Habit",
    "Holiday",
    "Joint",
    "LearningGroup",
    "Member",
    "Opinion",
    "Paper",
    "PlanDeed",
    "Policed",
    "Polled",
    "RecommendationDeed",
    "Recommended",
    "Referred",
    "Registered",
    "Request",
    "Requested",
    "ReviewDeed",
    "Reviewed",
    "RiskDeed",
    "Routed",
    "Running",
    "Shared",
    "Suiting",
    "Talked",
    "Weighed",
    "Worked",
    "dated",
    "day",
    "read_cast",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who is in a world and what waits. A day given as a number counts from the day of loading."""

    world: str
    practice_date: date | None
    partnership: str
    people: tuple[Member, ...]
    acting_for: tuple[Arrangement, ...] = ()
    asks: tuple[Request, ...] = ()
    documents: tuple[Paper, ...] = ()
    clocks: tuple[Running, ...] = ()
    actions: tuple[Action, ...] = ()
    habits: tuple[Habit, ...] = ()
    school_holidays: tuple[Holiday, ...] = ()
    meetings: tuple[Convened, ...] = ()
    polls: tuple[Polled, ...] = ()
    registers: tuple[Registered, ...] = ()
    risks: tuple[Feared, ...] = ()
    work: tuple[Worked, ...] = ()
    plans: tuple[PlanDeed, ...] = ()
    recommendations: tuple[Recommended, ...] = ()
    caseloads: tuple[Caseload, ...] = ()
    grounds: tuple[Grounded, ...] = ()
    incidents: tuple[Alarm, ...] = ()
    requests: tuple[Requested, ...] = ()
    referrals: tuple[Referred, ...] = ()
    learning_groups: tuple[LearningGroup, ...] = ()
    routes: tuple[Routed, ...] = ()
    escalation_policies: tuple[Policed, ...] = ()
    escalations: tuple[Disputed, ...] = ()
    local_reviews: tuple[Reviewed, ...] = ()
    before_groups: tuple[Shared, ...] = ()
    joint_events: tuple[Joint, ...] = ()


def day(told: date | int | None, on: date) -> date | None:
    """A day as the cast gives it: a date, days from `on` (before it if negative), or none."""
    return on + timedelta(days=told) if isinstance(told, int) else told


_TODAY = re.compile(r"(?<=: )today(?:([+-])(\d{1,4}))?(?=\s*(?:[,}]|$))", re.M)


def dated(text: str, on: date) -> str:
    """A file of a world with its days counted from `on`: today, today-200, today+14."""

    def counted(found: re.Match[str]) -> str:
        days = int(f"{found[1]}{found[2]}") if found[2] else 0
        return (on + timedelta(days=days)).isoformat()

    return _TODAY.sub(counted, text)


_PARTS: Mapping[str, type[Any]] = {
    "people": Member,
    "acting_for": Arrangement,
    "asks": Request,
    "documents": Paper,
    "clocks": Running,
    "actions": Action,
    "habits": Habit,
    "school_holidays": Holiday,
    "meetings": Convened,
    "polls": Polled,
    "registers": Registered,
    "risks": Feared,
    "work": Worked,
    "plans": PlanDeed,
    "recommendations": Recommended,
    "caseloads": Caseload,
    "grounds": Grounded,
    "incidents": Alarm,
    "requests": Requested,
    "referrals": Referred,
    "learning_groups": LearningGroup,
    "routes": Routed,
    "escalation_policies": Policed,
    "escalations": Disputed,
    "local_reviews": Reviewed,
    "before_groups": Shared,
    "joint_events": Joint,
}
_WITHIN: Mapping[type[Any], Mapping[str, type[Any]]] = {
    Action: {"then": Deed},
    Convened: {"items": Talked, "answers": Answered},
    Feared: {"then": RiskDeed},
    Polled: {"answered": Suiting},
    Recommended: {"then": RecommendationDeed},
    Alarm: {"views": Opinion, "weighings": Weighed},
    Reviewed: {"then": ReviewDeed},
    Joint: {"came": Came, "follows": Follows},
}
"""Parts that hold rows of their own."""


def read_cast(text: str, name: str) -> Cast:
    """A cast from its YAML text. Raises `Invalid` naming the part and field that is wrong."""
    given = yaml.safe_load(text)
    if not isinstance(given, dict):
        raise Invalid(f"{name} is not a cast.", mend="Begin with “world:”.")
    parts = {
        part: tuple(_made(shape, row, f"{name}, {part}") for row in given.get(part) or ())
        for part, shape in _PARTS.items()
    }
    heads = {key: value for key, value in given.items() if key not in _PARTS}
    return _made(Cast, {"practice_date": None, **heads, **parts}, name)


def _clock(told: Any, place: str) -> time:
    try:
        return time.fromisoformat(str(told))
    except ValueError:
        raise Invalid(f"{place}: “{told}” is no time such as “14:00”.") from None


def _made(shape: type[T], row: Mapping[str, Any], place: str) -> T:
    known = {each.name for each in fields(shape)}  # type: ignore[arg-type]
    strange = sorted(set(map(str, row)) - known)
    if strange:
        raise Invalid(f"{place}: “{strange[0]}” is not known here.", field=strange[0])
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    for name, inner in _WITHIN.get(shape, {}).items():
        values[name] = tuple(_made(inner, each, place) for each in row.get(name) or ())
    if shape is Convened:
        values |= {name: _clock(values.get(name), place) for name in ("starts", "ends")}
    try:
        return shape(**values)
    except TypeError as error:
        raise Invalid(f"{place}: something is missing ({error}).") from None
