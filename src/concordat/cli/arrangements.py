"""`structure` and `authority`: who sat where, and who might decide what, on any day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from concordat.cli.days import Day
from concordat.cli.exchange import unknown_partnership
from concordat.cli.outputs import write
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.governance.arrangements import queries, rules
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.money import parse_pounds

_AMOUNT = "Write it like £1,234.56."


class Pounds(click.ParamType):
    """Pounds, as people write them, in pence."""

    name = "pounds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            pence = value if isinstance(value, int) else parse_pounds(value)
        except Invalid as problem:
            raise Invalid([replace(each, field="amount") for each in problem.faults]) from None
        if pence < 0:
            raise Invalid(f"“{value}” is less than nothing.", field="amount", mend=_AMOUNT)
        return pence


def asker() -> Actor:
    from django.utils import timezone

    return process("command line", timezone.localdate())


def partnership_of(actor: Actor, slug: str) -> Partnership:
    try:
        return agencies.partnership(actor, slug)
    except Partnership.DoesNotExist:
        raise unknown_partnership(slug) from None


@click.command()
@click.argument("partnership")
@click.option("--as-at", type=Day(), required=True, help="The day, such as 2019-03-29.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw it to a file.")
def structure(partnership: str, as_at: date, as_json: bool, svg: Path | None) -> None:
    """Who sat where with what authority on a day, as known by that day."""
    actor = asker()
    found = queries.structure(actor, partnership_of(actor, partnership), as_at)
    if svg:
        write(svg, _drawn(found).encode(), field="svg")
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _outline(found))


def _drawn(found: dict[str, Any]) -> str:
    from concordat.craft.org_chart import Node, org_chart

    nodes, edges = rules.chart(found)
    day = day_in_words(date.fromisoformat(found["as_at"]))
    return org_chart([Node(**node) for node in nodes], edges, title=f"Structure as at {day}")


def _outline(found: dict[str, Any]) -> str:
    lines = [f"{found['partnership']} as at {day_in_words(date.fromisoformat(found['as_at']))}"]
    for body in found["bodies"]:
        under = f", answers to {', '.join(body['parents'])}" if body["parents"] else ""
        lines.append(f"\n{body['name']} ({body['state']}){under}")
        for label, field in (("meets", "rhythm"), ("chair", "chair_role"), ("quorum", "quorum")):
            if body[field]:
                lines.append(f"  {label}: {body[field]}")
        lines += [line for seat in body["seats"] for line in _seat(seat)]
    if found["findings"]:
        lines.append("\nFindings")
        lines += [_finding(each) for each in found["findings"]]
    return "\n".join(lines)


def _seat(seat: dict[str, Any]) -> list[str]:
    who = "vacant" if seat["vacant"] else seat["holder"] or "holder not stated"
    deputy = f", deputy {seat['deputy']}" if seat["deputy"] else ""
    capacity = f" ({seat['capacity']})" if seat["capacity"] else ""
    lines = [f"  - {seat['role']}{capacity}: {who}{deputy}"]
    for each in seat["delegations"]:
        what = ", ".join(each["limbs"]) or "authority"
        span = " to ".join(part for part in (each["from"], each["to"]) if part)
        lines.append(f"      {what} {span} by {each['instrument'] or 'an instrument not stated'}")
    return lines


def _finding(each: dict[str, Any]) -> str:
    source = f" [{each['source']}]" if each["source"] else ""
    return f"  - {each['subject'] or 'in general'}: {each['finding']}{source}"


@click.command()
@click.argument("partnership")
@click.option("--matter", required=True, help="The key of the matter.")
@click.option("--on", type=Day(), required=True, help="The day, such as 2019-03-26.")
@click.option(
    "--present",
    multiple=True,
    metavar="SEAT",
    help="A seat whose holder speaks; SEAT:deputy for its deputy. May be repeated.",
)
@click.option("--amount", type=Pounds(), help="Pounds that the decision would commit.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def authority(
    partnership: str,
    matter: str,
    on: date,
    present: tuple[str, ...],
    amount: int | None,
    as_json: bool,
) -> None:
    """Who may decide a matter on a day. Without --present, every holder speaks."""
    actor = asker()
    home = partnership_of(actor, partnership)
    seats = [key.strip() for each in present for key in each.split(",") if key.strip()]
    told = seats if present else None
    found = queries.authority(actor, home, matter, on, told, amount=amount)
    click.echo(_authority_json(found) if as_json else _authority_text(found))


def _authority_json(found: rules.Authority) -> str:
    bodies = [
        {"agency": each.agency or each.name, "class": each.class_, "verdict": each.answer.value,
         "reason": each.reason, "source": each.source, "needs": each.needs or None}
        for each in found.opinions
    ]  # fmt: skip
    told = {
        "matter": found.matter.key,
        "on": found.on.isoformat(),
        "overall": "yes" if found.overall else "no",
        "bodies": bodies,
        "reason": found.reason,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _authority_text(found: rules.Authority) -> str:
    lines = [
        f"{found.matter.title}, on {day_in_words(found.on)}: {'yes' if found.overall else 'no'}"
    ]
    for each in found.opinions:
        source = f" [{each.source}]" if each.source else ""
        lines.append(f"  {each.name} ({each.class_}): {each.answer.value}. {each.reason}{source}")
    return "\n".join([*lines, found.reason])
