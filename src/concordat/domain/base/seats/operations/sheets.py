"""Many seats at once, from a sheet whose rows were looked at before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.operations.setting_down import add
from concordat.domain.base.seats.rules.sheet import Line
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid


@operation
def bring_in(actor: Actor, *, partnership: Record, lines: Sequence[Line]) -> list[Seat]:
    """Add every seat of a sheet with its holder and deputy, all or nothing.

    Posts that are not on record yet are added. Raises `Invalid` for a line with a problem.
    """
    records.can(actor, Verb.CHANGE, partnership).require()
    faults = [Fault(told, place=f"row {line.row}") for line in lines for told in line.problems]
    if faults or not lines:
        raise Invalid(faults or "The sheet holds no seat.")
    take(partnership.pk)
    bodies = {row.name.casefold(): row for row in Body.objects.filter(partnership=partnership)}
    agencies = {row.name.casefold(): row for row in Agency.objects.filter(partnership=partnership)}
    made = []
    for line in lines:
        body = bodies[line.body.casefold()]
        agency = agencies.get(line.agency.casefold())
        made.append(_seat(actor, partnership, line, body, agency))
    happened(actor, "seats brought in", partnership, after={"seats": len(made)})
    return made


def _seat(actor: Actor, partnership: Record, line: Line, body: Body, agency: Agency | None) -> Seat:
    seat = add(
        actor,
        partnership=partnership,
        kind="seats",
        name=f"{body.key}-{line.role}",
        values={
            "body": body,
            "role": line.role,
            "capacity": line.capacity,
            "office": line.office,
            "agency": agency,
            "speaks_for": line.speaks_for,
        },
    )
    assert isinstance(seat, Seat)  # noqa: S101 - narrows the type for the reader
    for holding, title in (("holder", line.holder), ("deputy", line.deputy)):
        if title:
            post = _post(actor, partnership, title, agency)
            values: dict[str, Any] = {"seat": seat, "holding": holding, "post": post}
            values["from_text"] = line.from_text
            name = f"{seat.key}-{holding}"
            add(actor, partnership=partnership, kind="holders", name=name, values=values)
    return seat


def _post(actor: Actor, partnership: Record, title: str, agency: Agency | None) -> Post:
    known = Post.objects.filter(partnership=partnership, title__iexact=title).first()
    if known is not None:
        return known
    values = {"title": title, "agency": agency}
    post = add(actor, partnership=partnership, kind="posts", name=title, values=values)
    assert isinstance(post, Post)  # noqa: S101 - narrows the type for the reader
    return post
