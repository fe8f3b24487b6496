"""`meetings`: what a partnership's bodies met for or will, and what their rhythm leaves open."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.cli.days import Day
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words, near


@click.command()
@click.argument("partnership")
@click.option("--from", "first", type=Day(), help="The first day; today if left out.")
@click.option("--to", "last", type=Day(), help="The last day; a year on if left out.")
@click.option("--body", help="The key of one body.")
@click.option("--as-at", type=Day(), help="The day on which rhythms are judged; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def meetings(
    partnership: str,
    first: date | None,
    last: date | None,
    body: str | None,
    as_at: date | None,
    as_json: bool,
) -> None:
    """The meetings of PARTNERSHIP in some days, and how each body's rhythm stands.

    A meeting of which only the month or year is known is told where any of it lies in those
    days. What was wanted by a rhythm and is not on record is told by body.
    """
    from django.utils import timezone

    from concordat.domain.base.people.queries import world

    here = world()
    today = as_at or (here.practice_date if here else None) or timezone.localdate()
    actor = process("command line", today)
    home = partnership_of(actor, partnership)
    begins = first or today
    ends = last or date(begins.year + 1, begins.month, min(begins.day, 28))
    if ends < begins:
        raise Invalid("The last day is before the first.", field="to", mend="Swap them.")
    told = _told(actor, home, _body(actor, home, body), begins, ends)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _words(told))


def _body(actor: Actor, home: Any, key: str | None) -> Any:
    from concordat.domain.base.seats.queries import bodies

    if key is None:
        return None
    rows = {each.key: each for each in bodies(actor).filter(partnership=home.pk)}
    if key not in rows:
        close = near(key, rows) or list(rows)
        mend = f"There is {close[0]}." if close else "No body is on record."
        raise Invalid(f"There is no body “{key}”.", field="body", mend=mend)
    return rows[key]


def _told(actor: Actor, home: Any, body: Any, first: date, last: date) -> dict[str, Any]:
    from concordat.domain.governance.meetings import queries

    rows = queries.between(actor, home.record, first, last)
    found = queries.all_series(actor, partnership=home.record)
    if body is not None:
        rows = [each for each in rows if each.body_id == body.pk]
        found = [each for each in found if each.body.pk == body.pk]
    return {
        "partnership": home.slug,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "meetings": [_meeting(each) for each in rows],
        "series": [_series(each) for each in found],
    }


def _meeting(row: Any) -> dict[str, Any]:
    return {
        "reference": row.record.reference,
        "key": row.key,
        "body": row.body.key if row.body else None,
        "title": row.title or (row.body.name if row.body else "Meeting"),
        "date": row.date or None,
        "starts": _moment(row.starts_at),
        "ends": _moment(row.ends_at),
        "place": row.place or None,
        "stage": row.stage,
        "called_off_because": row.stage_reason or None,
        "wanted": _iso(row.wanted),
        "replaces": row.replaces.record.reference if row.replaces else None,
        "agenda_closes": _iso(row.closes_on),
        "papers_due": _iso(row.papers_on),
        "pack_sent": _iso(row.sends_on),
        "source": row.source or None,
    }


def _series(row: Any) -> dict[str, Any]:
    reach = row.next
    return {
        "body": row.body.key,
        "name": row.body.name,
        "rhythm": str(row.stated) if row.stated else None,
        "stated_in": row.source if row.stated else None,
        "last": row.last.iso() if row.last else None,
        "ahead": [_iso(each.day) for each in row.ahead],
        "wanted_next": [reach.earliest.isoformat(), reach.latest.isoformat()] if reach else None,
        "missed_least": row.missed.least,
        "missed_most": row.missed.most,
        "open_question": row.why_no_days or None,
        "words": row.sentence,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: Any) -> str | None:
    from concordat.domain.governance.meetings.rules import moments

    return moments.local(at).isoformat(timespec="minutes") if at else None


def _words(told: dict[str, Any]) -> str:
    first, last = (day_in_words(date.fromisoformat(told[name])) for name in ("from", "to"))
    lines = [f"{count(len(told['meetings']), 'meeting')} from {first} to {last}"]
    lines += [_line(each) for each in told["meetings"]]
    if told["series"]:
        lines.append("\nBy body")
    lines += [
        f"  {each['name']}: {each['rhythm'] or 'no rhythm stated'}. "
        f"{each['open_question'] or each['words']}"
        for each in told["series"]
    ]
    return "\n".join(lines)


def _line(each: dict[str, Any]) -> str:
    from concordat.kernel.dates import UncertainDate

    when = str(UncertainDate.parse(each["date"])) if each["date"] else "no day yet"
    times = f", {each['starts'][11:16]} to {each['ends'][11:16]}" if each["starts"] else ""
    state = "called off" if each["stage"] == "cancelled" else each["stage"]
    why = f": {each['called_off_because']}" if each["called_off_because"] else ""
    papers = f"; papers due {each['papers_due']}" if each["papers_due"] else ""
    return f"\n{each['reference']}  {each['title']}\n  {when}{times}; {state}{why}{papers}"
