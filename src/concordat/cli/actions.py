"""`actions`: what was owed on a day, what was late, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.cli.days import Day
from concordat.kernel.actor import process
from concordat.kernel.labels import count, day_in_words


@click.command()
@click.argument("partnership")
@click.option("--as-at", type=Day(), help="The day, such as 2019-03-29; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def actions(partnership: str, as_at: date | None, as_json: bool) -> None:
    """What was open or waited for acceptance in PARTNERSHIP at the end of a day, and by whom.

    Days and owners are those that each action had then.
    """
    from django.utils import timezone

    from concordat.domain.base.actions import queries
    from concordat.domain.base.people.queries import world

    here = world()
    today = (here.practice_date if here else None) or timezone.localdate()
    actor = process("command line", today)
    home = partnership_of(actor, partnership)
    on = as_at or today
    found = [each.as_json() for each in queries.as_at(actor, home, on)]
    told = {"partnership": home.slug, "as_at": on.isoformat(), **_counted(found)}
    shown = json.dumps(told, ensure_ascii=False, indent=2) if as_json else _list(home.name, told)
    click.echo(shown)


def _counted(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "open": sum(each["state"] == "open" for each in found),
        "waiting": sum(each["state"] == "closed" for each in found),
        "overdue": sum(each["overdue"] for each in found),
        "by_owner": list(_by_owner(found)),
        "actions": found,
    }


def _by_owner(found: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    owners: dict[str, dict[str, Any]] = {}
    for each in found:
        row = owners.setdefault(each["owner"], {"owner": each["owner"], "open": 0, "overdue": 0})
        row["open"] += each["state"] == "open"
        row["overdue"] += each["overdue"]
    return [owners[name] for name in sorted(owners)]


def _list(name: str, told: dict[str, Any]) -> str:
    on = day_in_words(date.fromisoformat(told["as_at"]))
    lines = [
        f"{name} as at {on}",
        f"{told['open']} open, {told['overdue']} overdue; {told['waiting']} waiting for acceptance",
    ]
    lines += [_line(each) for each in told["actions"]]
    if told["by_owner"]:
        lines.append("\nBy owner")
    lines += [
        f"  {row['owner']}: {row['open']} open, {row['overdue']} overdue"
        for row in told["by_owner"]
    ]
    return "\n".join(lines)


def _line(each: dict[str, Any]) -> str:
    due = (
        f"due {day_in_words(date.fromisoformat(each['due']))}"
        if each["due"]
        else (f"no end date, looked at every {count(each['look_every_months'] or 1, 'month')}")
    )
    state = "overdue" if each["overdue"] else each["state"]
    often = f", extended {count(each['extended'], 'time')}" if each["extended"] else ""
    return (
        f"\n{each['reference']}  {each['what']}\n"
        f"  {each['owner']}; {due}{often}; {state}; from {each['source']}"
    )
