"""The key to the labels, for those who are named on it; absent for everybody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.practice.children import operations, queries
from concordat.domain.practice.children.queries import Child
from concordat.domain.practice.children.rules import Checked, What
from concordat.web.children import facing
from concordat.web.children.forms import TellForm
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import act_from


def _keyed(request: Request, reference: str) -> Child:
    return queries.child_with_key(request.actor, reference)


@require_safe
def key(request: Request, reference: str) -> HttpResponse:
    """The names behind the labels. Whoever opens it is noted on the key's record."""
    row = _keyed(request, reference)
    look(request.actor, record=row.key, what="opened the key")
    every = queries.names(request.actor, row, ended=True)
    told = {
        "child": row,
        "record": row.key,
        "lines": [facing.known_line(each) for each in every if not each.row.ended_on],
        "before": [facing.known_line(each) for each in every if each.row.ended_on],
        "keepers": queries.keepers(request.actor, row),
        "links": facing.links(row, "key", key=True),
    }
    return render(request, "children/key.html", told)


def tell(request: Request, reference: str) -> HttpResponse:
    """Tell what identifies somebody who has a label."""
    row = _keyed(request, reference)
    family = {str(each.pk): each for each in queries.family_by_key(request.actor, row)}
    form = TellForm(
        request.POST or None,
        people=[("child", row.label), *((pk, each.label) for pk, each in family.items())],
        initial={"checked": Checked.TOLD.value},
        seen_version=row.key.version,
    )

    def put() -> object:
        told: dict[str, Any] = form.answers()
        told["relative"] = family.get(told.pop("who"))
        told["what"], told["checked"] = What(told["what"]), Checked(told["checked"])
        return operations.tell_identity(request.actor, child=row, seen_version=form.seen, **told)

    return act_from(
        request, ("children:key", reference), form, put,
        words="It is on the key, encrypted.",
        record=row.key,
        heading="Tell something for the key",
        explain="It is encrypted, and shown only to those who are named on the key.",
        button="Keep it on the key",
    )  # fmt: skip
