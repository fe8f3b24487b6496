"""Children by label, one child with the family, and keeping either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Area
from concordat.domain.base.people import queries as people
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.practice.children import operations, queries
from concordat.domain.practice.children.queries import Child
from concordat.kernel.errors import Refused
from concordat.web.children import facing
from concordat.web.children.forms import KeepForm, LabelForm, RelativeForm
from concordat.web.ui.doors import Request
from concordat.web.ui.paging import page_of
from concordat.web.ui.sending import act_from


@require_safe
def children(request: Request) -> HttpResponse:
    """The children whom the actor may open, by label."""
    page = page_of(queries.children(request.actor), request.GET.get("page"))
    told = {
        "page": page,
        "parts": facing.parts("children"),
        "may_keep": bool(queries.areas_to_keep_in(request.actor)),
    }
    return render(request, "children/children.html", told)


@require_safe
def child(request: Request, reference: str) -> HttpResponse:
    """One child by label, the family, and what else hangs on it."""
    row = queries.child(request.actor, reference)
    look(request.actor, record=row.record)
    may_change = bool(can(request.actor, Verb.CHANGE, row.record))
    key = queries.opens_key(request.actor, row)
    told = {
        "child": row,
        "record": row.record,
        "family": queries.family(request.actor, row),
        "may_store": queries.may_store(request.actor, row.area),
        "may_change": may_change,
        "key": key,
        "links": facing.links(row, "child", key=key),
    }
    return render(request, "children/child.html", told)


_KEEPING = "Everybody who works on a case reads the label. Names stand apart, on the key."
_LACKING = (
    "No child can be kept here yet: an area first needs its controller, sharing agreement and "
    "impact assessment on record. “Grounds by area” says what is lacking."
)


def keep(request: Request) -> HttpResponse:
    """Keep a child by label, with a key of its own."""
    areas = {str(area.pk): area for area in queries.areas_to_keep_in(request.actor)}
    if not areas:
        raise Refused("The secretariat of a partnership keeps children.")
    known = {row.record.reference: row.record for row in people.people(request.actor)}
    owners = _owners(request, {area.partnership_id for area in areas.values()})
    form = KeepForm(
        request.POST or None,
        areas=[(pk, area.name) for pk, area in areas.items()],
        people=[(ref, row.title) for ref, row in known.items()],
        owners=[(ref, row.title) for ref, row in owners.items()],
    )
    return act_from(
        request, ("children:children",), form, lambda: _keep(request, form, areas, known, owners),
        words="Kept by label. Tell names only on the key.",
        to=lambda row: ("children:child", row.record.reference),
        heading="Keep a child by label",
        explain=_KEEPING if any(queries.may_store(request.actor, area) for area in areas.values())
        else _LACKING,
        button="Keep the child",
    )  # fmt: skip


def _keep(
    request: Request,
    form: KeepForm,
    areas: Mapping[str, Area],
    known: Mapping[str, Record],
    owners: Mapping[str, Record],
) -> Child:
    told = form.answers()
    return operations.keep_child(
        request.actor,
        area=areas[told["area"]],
        label=told["label"],
        keepers=[known[ref] for ref in told["keepers"]],
        owner=owners.get(told["owner"]),
    )


def _owners(request: Request, here: set[Any]) -> dict[str, Any]:
    rows = [
        *seats.bodies(request.actor).filter(partnership__in=here).select_related("record"),
        *seats.seats(request.actor).filter(partnership__in=here, to_text=""),
    ]
    return {row.record.reference: row.record for row in rows}


def add_relative(request: Request, reference: str) -> HttpResponse:
    """Add somebody of the family or household, by label."""
    row = queries.child(request.actor, reference)
    can(request.actor, Verb.CHANGE, row.record).require()
    form = RelativeForm(request.POST or None, seen_version=row.record.version)
    return act_from(
        request, ("children:child", reference), form,
        lambda: operations.add_relative(
            request.actor, child=row, seen_version=form.seen, **form.answers()
        ),
        words="Added to the family.",
        record=row.record,
        heading=f"Add to the family of {row.label}",
        button="Add them",
    )  # fmt: skip


def relabel(request: Request, reference: str, pk: int) -> HttpResponse:
    """Give somebody of the family another label."""
    row = queries.child(request.actor, reference)
    can(request.actor, Verb.CHANGE, row.record).require()
    relative = queries.family(request.actor, row).get(pk=pk)
    initial = {"label": relative.label}
    form = LabelForm(request.POST or None, initial=initial, seen_version=row.record.version)
    return act_from(
        request, ("children:child", reference), form,
        lambda: operations.relabel(
            request.actor, relative=relative, seen_version=form.seen, **form.answers()
        ),
        words="The label is changed wherever names are replaced.",
        record=row.record,
        heading=f"Change the label of {relative.label}",
        button="Change the label",
    )  # fmt: skip
