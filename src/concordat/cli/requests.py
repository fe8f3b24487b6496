"""`requests`: what was asked of whom, by when, and what is late."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from concordat.cli.arrangements import Day, partnership_of
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words, join_words, near

if TYPE_CHECKING:
    from concordat.domain.base.requests.queries import Request


@click.command()
@click.argument("partnership")
@click.option("--state", default="", help="Only those in one state, such as sent or refused.")
@click.option("--agency", default="", help="Only those of one agency, by its name.")
@click.option("--due-by", type=Day(), help="Only what is owed by a day, such as 2019-04-05.")
@click.option("--late", is_flag=True, help="Only those whose answer is late.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def requests(
    partnership: str, state: str, agency: str, due_by: date | None, late: bool, as_json: bool
) -> None:
    """What PARTNERSHIP has asked agencies for, late ones first, then by the day they are due.

    What is asked and why stands on the page of each: neither is told here.
    """
    from django.utils import timezone

    from concordat.domain.base.people.queries import world
    from concordat.domain.base.requests import queries

    here = world()
    today = (here.practice_date if here else None) or timezone.localdate()
    actor = process("command line", today)
    home = partnership_of(actor, partnership)
    every = list(queries.requests(actor).filter(partnership=home.pk))
    wanted = _state(state), _agency(agency, every)
    rows = [row for row in every if _is_wanted(row, *wanted, due_by)]
    found = [_told(row, today) for row in rows if not late or row.is_late(today)]
    told = {
        "partnership": home.slug,
        "as_at": today.isoformat(),
        **_counted(found),
        "requests": found,
    }
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if as_json else _table(home.name, told)
    )


def _state(typed: str) -> str:
    from concordat.domain.base.requests.rules import Stage

    names = [stage.value for stage in Stage]
    if typed and typed.lower() not in names:
        raise Invalid(
            f"“{typed}” is no state of a request.",
            field="state",
            mend=f"Give one of: {join_words(names)}.",
        )
    return typed.lower()


def _agency(typed: str, rows: Iterable[Request]) -> str:
    """The agency that is meant, among those that were asked."""
    names = sorted({name for row in rows if (name := _asked_agency(row))})
    match = next((name for name in names if name.lower() == typed.lower()), "")
    if typed and not match:
        told = near(typed, names) or names
        mend = f"Give one of: {join_words(told)}." if told else "No agency was asked."
        raise Invalid(f"No request was made to “{typed}”.", field="agency", mend=mend)
    return match


def _asked_agency(row: Request) -> str:
    agency = row.agency or (row.seat.agency if row.seat else None)
    return agency.name if agency else ""


def _is_wanted(row: Request, state: str, agency: str, due_by: date | None) -> bool:
    from concordat.domain.base.requests.rules import WAITING

    if due_by and (row.stage not in WAITING or row.due > due_by):
        return False
    return (not state or row.stage == state) and (not agency or _asked_agency(row) == agency)


def _told(row: Request, today: date) -> dict[str, Any]:
    from concordat.domain.base.requests.rules import LADDER, form_of

    form = form_of(row.form)
    return {
        "reference": row.record.reference,
        "about": row.about.reference if row.about else None,
        "form": form.title if form else row.form,
        "asked_by": row.requester.role,
        "asked_of": row.seat.role if row.seat else "a person without an account",
        "agency": _asked_agency(row) or None,
        "state": row.stage,
        "due": row.due.isoformat(),
        "late": row.is_late(today),
        "sent": row.sent_on.isoformat() if row.sent_on else None,
        "answered": row.answered_on.isoformat() if row.answered_on else None,
        "reminded": row.chased,
        "told_when_late": [rung.whom for rung in LADDER[: row.rung]],
    }


def _counted(found: Iterable[dict[str, Any]]) -> dict[str, int]:
    from concordat.domain.base.requests.rules import WAITING, Stage

    rows = list(found)
    return {
        "waiting": sum(row["state"] in WAITING for row in rows),
        "late": sum(row["late"] for row in rows),
        "to_check": sum(row["state"] == Stage.ANSWERED for row in rows),
        "refused": sum(row["state"] == Stage.REFUSED for row in rows),
    }


HEADS = ("Reference", "Due", "State", "Reminded", "Agency", "Asked of", "About")


def _table(name: str, told: dict[str, Any]) -> str:
    on = day_in_words(date.fromisoformat(told["as_at"]))
    head = (
        f"{name} as at {on}\n{told['waiting']} wait for an answer, {told['late']} late; "
        f"{told['to_check']} to check, {told['refused']} refused"
    )
    if not told["requests"]:
        return f"{head}\nNo request is like that."
    rows = [HEADS, *(_cells(row) for row in told["requests"])]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([head, "", *lines])


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    state = "late" if row["late"] else row["state"]
    return (
        row["reference"],
        row["due"],
        state,
        str(row["reminded"]),
        row["agency"] or "-",
        row["asked_of"],
        row["about"] or "-",
    )
