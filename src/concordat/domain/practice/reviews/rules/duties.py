"""Which duties a telling and a notification start, from which day, under which rules.

The rapid review's 15 working days ran from the day on which the partners became aware until the
Panel's guidance of June 2025, and run from the notification since. An area that has not gone live
follows its old board: its chair decides within a month of the notification. Which row is in
force, and whether it binds the area, is the law's to say; here is only which moment it runs from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from concordat.domain.base.clocks.rules import LAST_GO_LIVE, Law, Rule, day_in_london
from concordat.kernel.calendar import WorkingDays

Moment = date | datetime
NOTIFY, RAPID_REVIEW = "SIN-CRIT", "RR-DO"
OLD_DECIDE, OLD_TELL = "OLD-SCR-DECIDE", "OLD-SCR-TELL"
CRITERIA, OLD_CRITERIA = "LC-CRIT", "OLD-SCR-CRIT"
CONTENT = "RR-CONTENT"
DEATHS = ("SIN-LAC", "SIN-CARELEAVER", "CDR-NOTIFY")
AWARE = "the partners becoming aware"


@dataclass(frozen=True, slots=True)
class Duty:
    """A clock to be started: its rule, what started it, and when; `on` None is not known yet."""

    rule: str
    started_by: str
    on: Moment | None


def row_on(law: Law, rule: str, on: date) -> Rule | None:
    """The row of a rule on a day, or None where it was not in force."""
    return next((row for row in law.rules if row.id == rule and row.in_force(on)), None)


def is_with_the_old_board(law: Law, go_live: date | None, on: date) -> bool:
    """Whether an area follows its old board on a day: before its own go-live, while the rules of
    the old boards last."""
    row = row_on(law, OLD_DECIDE, on)
    return row is not None and (go_live is None or on < go_live)


def goes_live(known: date | None) -> date:
    """The day from which the new rules bind an area; where nobody has stated its own, the day
    after the transition's last (row TR-IMPLEMENT)."""
    return known or LAST_GO_LIVE + timedelta(days=1)


def telling_starts(known: Moment) -> Duty:
    return Duty(NOTIFY, "The council became aware of the incident", known)


def notification_starts(
    law: Law, *, old: bool, known: date, sent: date, go_live: date | None
) -> Duty:
    """The clock that a notification starts. A rapid review that ran from awareness never runs
    from before the area's own arrangements."""
    if old:
        return Duty(OLD_DECIDE, "The incident was notified", sent)
    row = row_on(law, RAPID_REVIEW, sent)
    if row is not None and row.trigger.startswith(AWARE):
        live = goes_live(go_live)
        begun = max(known, live) if live <= sent else known
        return Duty(RAPID_REVIEW, "The partners became aware of the incident", begun)
    return Duty(RAPID_REVIEW, "The incident was notified", sent)


def death_starts(rule: str, *, known: Moment, died: Moment | None) -> Duty:
    """A notice of a death runs from the council's knowledge; the child death review's own from
    the death, which may not be known yet."""
    if rule == "CDR-NOTIFY":
        return Duty(rule, "The child died", died)
    return Duty(rule, "The council became aware of the death", known)


def in_force(law: Law, rule: str, on: Moment) -> bool:
    return row_on(law, rule, day_in_london(on)) is not None


# --- a pace for the days of a rapid review


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the day plan. `by` is its last working day, counted from the day after the
    start; None is the day on which the review is due."""

    key: str
    text: str
    by: int | None


PACE = (
    Step("ask", "Ask the agencies for what they knew, and secure the records", 1),
    Step("safe", "See that the child, brothers and sisters are safe", 1),
    Step("answers", "Have the agencies’ answers in", 8),
    Step("read", "Send the answers out to be read before the panel", 10),
    Step("panel", "Hold the panel and weigh each criterion", 12),
    Step("sign", "Have the decision signed by each partner", 14),
    Step("send", "Send it to the national body", None),
)
"""Local, and only advice: no law sets a day within the fifteen."""
OLD_PACE = (
    Step("ask", "Ask the agencies for what they knew, and secure the records", 1),
    Step("safe", "See that the child, brothers and sisters are safe", 1),
    Step("answers", "Have the agencies’ answers in", 10),
    Step("panel", "Hold the old board’s case panel", 15),
    Step("decide", "Have the chair of the old board decide", None),
)


@dataclass(frozen=True, slots=True)
class Planned:
    step: Step
    on: date


def plan(start: date, due: date, days: WorkingDays, *, old: bool = False) -> list[Planned]:
    """The steps with their days, none after the due day."""
    steps = OLD_PACE if old else PACE
    return [
        Planned(step, due if step.by is None else min(due, days.add(start, step.by)))
        for step in steps
    ]
