"""`diary`: finds a date, or plans a year, from a small file or for a body that is on record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from concordat.cli.arrangements import partnership_of
from concordat.cli.days import Day
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.operations import planning
from concordat.domain.governance.diaries.rules import Found, School, Slot, Span, years
from concordat.domain.governance.diaries.rules.files import (
    Asked,
    calendars_named,
    check_keys,
    days_named,
    read_search,
)
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, near

SEED = 1


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--partnership", help="Find a date for a body of this partnership.")
@click.option("--body", help="The key of the body.")
@click.option("--from", "first", type=Day(), help="The first day to look at.")
@click.option("--to", "last", type=Day(), help="The last day to look at.")
@click.option("--length", type=click.IntRange(5, 1440), default=120, show_default=True,
              help="Minutes it lasts.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=10.0,
              show_default=True, help="For the solver.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def diary(
    file: Path | None,
    partnership: str | None,
    body: str | None,
    first: date | None,
    last: date | None,
    length: int,
    seconds: float,
    as_json: bool,
) -> int:
    """Find a date on which everybody who is needed can come, or say who would have to move what.

    FILE is a search in YAML (docs/formats/diary.md). With a rhythm in it a whole year is planned.
    Exit code 1 where no date works.
    """
    if file is not None:
        asked = _read(file)
        if asked.rhythm:
            return _tell(_year(asked, seconds), as_json, _year_in_words)
        found = rules.search(asked.chairs, asked.quorum, asked.window)
    else:
        found = _for_body(partnership, body, first, last, length)
    return _tell(_as_json(found), as_json, _in_words)


def _read(file: Path) -> Asked:
    import yaml

    from concordat.craft.holidays import england_working_days

    if not file.is_file():
        raise Invalid(f"There is no file {file}.", field="file")
    try:
        told = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Invalid(f"{file.name} is no YAML: {problem}", field="file") from None
    working = england_working_days()
    closed = dict.fromkeys(working.closed, "bank holiday")
    try:
        check_keys(told)
        return read_search(told, closed=closed, calendars=_calendars(file, told))
    except Invalid as problem:
        raise Invalid([_placed(fault, file) for fault in problem.faults]) from None


def _placed(fault: Any, file: Path) -> Any:
    from dataclasses import replace

    return replace(fault, place=", ".join(filter(None, (file.name, fault.place))))


def _calendars(file: Path, told: Any) -> Mapping[str, list[Span]]:
    """The busy times of every calendar that the file names, beside it."""
    from concordat.craft import ics

    found = {}
    first, last = days_named(told)
    for name in calendars_named(told):
        path = file.parent / name
        if not path.is_file():
            raise Invalid(f"There is no calendar {name} beside {file.name}.", field="calendar")
        busy = ics.read(path.read_bytes(), first=first, last=last).busy
        found[name] = [rules.span_of(each.start, each.end) for each in busy]
    return found


def _for_body(
    partnership: str | None, key: str | None, first: date | None, last: date | None, length: int
) -> Found:
    from django.utils import timezone

    from concordat.domain.base.seats.queries import bodies

    if not (partnership and key and first and last):
        raise Invalid("Give a FILE, or --partnership, --body, --from and --to.")
    if last < first:
        raise Invalid("The last day is before the first.", field="to", mend="Swap them.")
    actor = process("command line", min(first, timezone.localdate()))
    home = partnership_of(actor, partnership)
    rows = {each.key: each for each in bodies(actor).filter(partnership=home.pk)}
    if key not in rows:
        close = near(key, rows) or list(rows)
        raise Invalid(f"There is no body “{key}”.", field="body", mend=f"There is {close[0]}.")
    body = rows[key]
    window = queries.window_for(
        actor, body, first=first, last=last, length=length, school=School.RATHER_NOT
    )
    return queries.dates_for(actor, body, seats=queries.seats_of(actor, body), window=window)


def _year(asked: Asked, seconds: float) -> dict[str, Any]:
    from concordat.craft.holidays import england_working_days
    from concordat.domain.governance.diaries.rules.rhythms import wanted

    assert asked.rhythm is not None  # noqa: S101 - asked before
    series = years.Series(
        key="year",
        name="Meeting",
        rhythm=asked.rhythm,
        targets=tuple(wanted(asked.rhythm, asked.window.first, asked.window.last)),
        chairs=asked.chairs,
        quorum=asked.quorum,
        window=asked.window,
        tolerance=asked.tolerance,
        least=asked.least,
        papers=asked.papers,
    )
    year = years.year_of([series], working=england_working_days(), fairness=asked.fairness)
    found = planning.solve_year(year, seed=SEED, seconds=seconds)
    if found is None:
        raise Invalid("No plan was found in the time.", mend="Give more --seconds.")
    return _plan_as_json(year, found)


def _plan_as_json(year: years.Year, found: years.Plan) -> dict[str, Any]:
    meetings = []
    for meeting, place in zip(year.meetings, found.choice, strict=True):
        option = None if place is None else meeting.options[place]
        meetings.append(
            {
                "wanted": meeting.target.isoformat(),
                **(_span_as_json(option.span) if option else {"start": None, "end": None}),
                "quorum": option.words if option else "No day near has a quorum",
                "papers_due": _iso(option.papers_due) if option else None,
                "price": option.price if option else years.NONE,
                "prices": [list(each) for each in option.prices] if option else [],
            }
        )
    return {
        "meetings": meetings,
        "price": found.price,
        "bound": found.bound,
        "gap": round(found.gap, 4),
        "proven": found.bound >= found.price,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _span_as_json(span: Span) -> dict[str, str]:
    return {
        "start": rules.local(span.start).isoformat(timespec="minutes"),
        "end": rules.local(span.end).isoformat(timespec="minutes"),
    }


def _as_json(found: Found) -> dict[str, Any]:
    return {
        "looked": found.looked,
        "slots": [_slot(each) for each in found.slots],
        "misses": [
            {**_span_as_json(each.span), "price": each.price, "words": str(each)}
            for each in found.misses
        ],
        "left_out": dict(found.left_out),
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        **_span_as_json(slot.span),
        "quorum": slot.quorate.words,
        "deputies": slot.quorate.deputies,
        "price": slot.price,
        "prices": [list(each) for each in slot.prices],
        "away": [str(each) for each in slot.away],
    }


def _tell(told: dict[str, Any], as_json: bool, in_words: Any) -> int:
    words = json.dumps(told, ensure_ascii=False, indent=2) if as_json else in_words(told)
    click.echo(words)
    dated = told.get("slots", [each["start"] for each in told.get("meetings", []) if each["start"]])
    return 0 if dated else 1


def _in_words(told: dict[str, Any]) -> str:
    lines = [f"{count(told['looked'], 'start')} looked at."]
    for each in told["slots"]:
        lines += [_when(each), f"  {each['quorum']}", *(f"  {away}" for away in each["away"])]
        lines += [f"  costs {price}: {words}" for words, price in each["prices"]]
    if not told["slots"]:
        lines.append("No date works. The nearest:")
        lines += [f"  {each['words']}" for each in told["misses"]]
    return "\n".join(lines)


def _when(each: dict[str, Any]) -> str:
    day = date.fromisoformat(each["start"][:10])
    return f"{day:%A} {day.day} {day:%B %Y}, {each['start'][11:16]} to {each['end'][11:16]}"


def _year_in_words(told: dict[str, Any]) -> str:
    lines = [
        f"{_when(each) if each['start'] else 'No date'} "
        f"(wanted {each['wanted']}, price {each['price']}): {each['quorum']}"
        for each in told["meetings"]
    ]
    proof = "proven" if told["proven"] else f"gap {100 * told['gap']:.1f} %"
    return "\n".join([*lines, f"Price {told['price']}, none under {told['bound']}: {proof}."])
