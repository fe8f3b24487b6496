"""`due` reckons any rule of law and asks no database; `clocks` tells how clocks stood on a day."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.cli.days import Day, one_day
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.rules import Due, Rule
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words, weekday_in_words

_MEND = "Write it like 2019-03-29, or 2019-03-29T16:10 where the time of day counts."


class DayOrMoment(click.ParamType):
    """A whole day as people write it, or a day with its time on London's clocks."""

    name = "day[Thh:mm]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | datetime:
        if isinstance(value, date):
            return value
        return _moment(value) if "T" in value and ":" in value else one_day(value, "on", _MEND)


def _moment(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise Invalid(f"“{value}” is not a day and a time.", field="on", mend=_MEND) from None


@click.command()
@click.argument("rule")
@click.option("--on", type=DayOrMoment(), required=True, help="The trigger: a day, or a moment.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def due(rule: str, on: date | datetime, as_json: bool) -> None:
    """When RULE falls due, counted from its trigger (or back from it), with the sum in words.

    RULE is an id of docs/law.md, such as SIN-CRIT. The trigger's day picks the dated row.
    """
    from concordat.craft.holidays import england_working_days, proclaimed_days

    row = rules.rule(rule, on=on.date() if isinstance(on, datetime) else on)
    names = {each.day: each.name for each in proclaimed_days()}
    reckoned = rules.due_on(on, row, england_working_days(), closed_names=names)
    told = json.dumps(reckoned.as_json(), ensure_ascii=False, indent=2)
    click.echo(told if as_json else _told(row, reckoned))


def _told(row: Rule, reckoned: Due) -> str:
    first = "Not before" if reckoned.bound is rules.Bound.EARLIEST else "Due"
    when = weekday_in_words(reckoned.due)
    at = f" at {reckoned.due_at:%H:%M}" if reckoned.due_at else ""
    lines = [f"{row.id}: {row.title}", f"{first} {when}{at}", reckoned.sum]
    lines += [f"Source: {row.source}", f"Force: {_force(row, reckoned.start)}"]
    if not reckoned.verified:
        lines.append("Not verified: it was not read in its source, or a doubt stands against it.")
    return "\n".join([*lines, *(f"Note: {caveat}" for caveat in reckoned.caveats)])


def _force(row: Rule, on: date) -> str:
    limit = row.deadline.force if row.deadline else None
    told = row.force_in_words(on)
    return f"{told}; the time limit itself: {limit.words}" if limit else told


@click.command()
@click.argument("partnership")
@click.option("--as-at", type=Day(), required=True, help="The day, such as 2019-03-29.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def clocks(partnership: str, as_at: date, as_json: bool) -> None:
    """Statutory and local clocks as they stood on a day, by what was known by then."""
    from django.utils import timezone

    from concordat.domain.base.clocks import queries

    actor = process("command line", timezone.localdate())
    home = partnership_of(actor, partnership)
    found = queries.clocks_as_at(actor, home, as_at)
    told = {
        "partnership": home.slug,
        "as_at": as_at.isoformat(),
        "clocks": [each.as_json() for each in found],
    }
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if as_json else _list(home.name, as_at, told)
    )


def _list(name: str, as_at: date, told: dict[str, Any]) -> str:
    lines = [f"{name} as at {day_in_words(as_at)}"]
    lines += [_line(each) for each in told["clocks"]]
    return "\n".join(lines if told["clocks"] else [*lines, "No clock was known by then."])


def _line(clock: dict[str, Any]) -> str:
    title = f"{clock['title']}: {clock['part']}" if clock["part"] else clock["title"]
    standing = "" if clock["verified"] else ", not verified"
    kind = "local" if clock["local"] else "of law"
    begun = clock["started_on"]
    started = f"{clock['started_by']}, {_words(begun)}" if begun else "start date needed"
    due = f"due {_words(clock['due'])}" if clock["due"] else "due date not known"
    left = clock["working_days_left"]
    count_left = f", {count(left, 'working day')} left" if left is not None else ""
    return (
        f"\n{clock['record']}  {title} ({clock['rule']}, {kind}{standing})\n"
        f"  started by: {started}\n  {due}{count_left}; {clock['state']}"
    )


def _words(day: str) -> str:
    return day_in_words(date.fromisoformat(day))
