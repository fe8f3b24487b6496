"""`recommendations`: what is open, what came back, and what is like a text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.kernel.actor import process
from concordat.kernel.labels import join_words

if TYPE_CHECKING:
    from concordat.domain.base.recommendations.queries import Alike, Recommendation


@click.command()
@click.argument("partnership")
@click.option("--like", "text", default="", help="Only what says something like this text.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def recommendations(partnership: str, text: str, as_json: bool) -> None:
    """What was recommended to PARTNERSHIP: how far each is, who owes it, and how often it was told.

    With --like: have we been told this before? The words that both say are shown.
    """
    from django.utils import timezone

    from concordat.domain.base.people.queries import world
    from concordat.domain.base.recommendations import queries

    here = world()
    today = (here.practice_date if here else None) or timezone.localdate()
    actor = process("command line", today)
    home = partnership_of(actor, partnership)
    if text:
        alike = [a for a in queries.like(actor, text) if a.recommendation.partnership_id == home.pk]
        found = [_alike(each, today) for each in alike]
    else:
        rows = queries.listed(actor).filter(partnership=home.pk)
        found = [_told(row, today) for row in rows]
    told = {
        "partnership": home.slug,
        "as_at": today.isoformat(),
        **_counted(found),
        "recommendations": found,
    }
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if as_json else _list(home.name, told)
    )


def _told(row: Recommendation, today: date) -> dict[str, Any]:
    return {
        "reference": row.record.reference,
        "what": row.title,
        "from": row.came_from,
        "state": row.stage,
        "addressee": row.addressee or None,
        "owner": row.owner.title if row.owner else None,
        "due": row.due or None,
        "overdue": row.is_overdue(today),
        "nature": row.nature or None,
        "told_times": getattr(row, "others", 0) + 1,
    }


def _alike(each: Alike, today: date) -> dict[str, Any]:
    shared = {"score": each.likeness.score, "shared_words": list(each.likeness.words)}
    return {**_told(each.recommendation, today), **shared}


def _counted(found: Iterable[dict[str, Any]]) -> dict[str, int]:
    from concordat.domain.base.recommendations.rules import OPEN

    rows = [row for row in found if row["state"] in OPEN]
    return {
        "open": len(rows),
        "overdue": sum(row["overdue"] for row in rows),
        "without_owner": sum(row["owner"] is None for row in rows),
    }


def _list(name: str, told: dict[str, Any]) -> str:
    head = f"{told['open']} open, {told['overdue']} overdue, {told['without_owner']} without owner"
    return "\n".join([name, head, *(_line(row) for row in told["recommendations"])])


def _line(row: dict[str, Any]) -> str:
    times = f"; told {row['told_times']} times" if row["told_times"] > 1 else ""
    shared = f"\n  both say: {join_words(row['shared_words'])}" if "shared_words" in row else ""
    due = f"due {row['due']}" if row["due"] else "no day"
    state = "overdue" if row["overdue"] else row["state"]
    return (
        f"\n{row['reference']}  {row['what']}\n"
        f"  {row['owner'] or 'nobody owns it'}; {due}; {state}{times}; from {row['from']}{shared}"
    )
