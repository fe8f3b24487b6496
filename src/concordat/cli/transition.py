"""`transition`: how far each area of a partnership is on its way from its old board."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.cli.days import Day
from concordat.kernel.actor import process
from concordat.kernel.labels import day_in_words


@click.command()
@click.argument("partnership")
@click.option("--as-at", type=Day(), required=True, help="The day, such as 2019-03-29.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def transition(partnership: str, as_at: date, as_json: bool) -> None:
    """Timeline, clocks, findings, handover and check list of each area, as known by a day.

    The check list is told as it was last looked at by that day; run-due looks every day.
    """
    from django.utils import timezone

    from concordat.domain.governance.arrangements.queries import transition as queries

    actor = process("command line", timezone.localdate())
    home = partnership_of(actor, partnership)
    areas = queries.areas(actor, home) or [None]
    told = {
        "partnership": home.slug,
        "as_at": as_at.isoformat(),
        "in_transition": queries.is_in_transition(actor, home),
        "areas": [queries.as_json(actor, home, area, as_at) for area in areas],
    }
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2)
        if as_json
        else "\n".join(_lines(home.name, as_at, told))
    )


def _lines(name: str, as_at: date, told: dict[str, Any]) -> Iterator[str]:
    yield f"{name} as at {day_in_words(as_at)}"
    if not told["in_transition"]:
        yield "No old board and no step on the way from one is on record."
        return
    for area in told["areas"]:
        yield f"\n{area['area'] or 'No area on record'}: {area['message']}"
        yield from _part("Timeline", (_step(each) for each in area["timeline"]))
        yield from _part("Clocks", (_clock(each) for each in area["clocks"]))
        yield from _part("Findings", (_finding(each) for each in area["findings"]))
        yield from _part("Handover", (_handing(each) for each in area["handover"]))
        yield from _part("Check list", (_point(each) for each in area["check_list"]))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield f"  {title}{'' if found else ': nothing on record'}"
    yield from (f"    - {each}" for each in found)


def _step(each: dict[str, Any]) -> str:
    source = f" [{each['source']}]" if each["source"] else ""
    when = each["when_in_words"] or "no day stated"
    return f"{each['title']}: {'done' if each['done'] else 'planned'}, {when}{source}"


def _clock(each: dict[str, Any]) -> str:
    standing = "" if each["verified"] else ", not verified"
    due = f"due {day_in_words(date.fromisoformat(each['due']))}" if each["due"] else "start needed"
    return f"{each['title']} ({each['rule']}{standing}): {due}; {each['state']}. {each['sum']}"


def _finding(each: dict[str, Any]) -> str:
    sure = "" if each["certain"] else "Not certain: "
    return f"{sure}{each['finding']} [{each['source']}; {each['law']}]"


def _handing(each: dict[str, Any]) -> str:
    who = f", to {each['receiver']}" if each.get("receiver") else ""
    return f"{each['text']}: {each['state']}{who}"


def _point(each: dict[str, Any]) -> str:
    return f"{each['question']}: {each['state']}. {each['words']}"
