"""One act on many actions chosen in the list: shown first, then done to all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.queries import Action
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.actions import facing
from concordat.web.actions.forms import (
    AskTogether,
    CloseTogether,
    ExtendTogether,
    ReassignTogether,
)
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import PageForm
from concordat.web.ui.sending import done, form_page, send

MOST = 100


class Act(NamedTuple):
    """One act on many: its heading, its button, what is said once it is done, its form."""

    heading: str
    button: str
    done: str
    form: type[PageForm]
    operation: Callable[..., int]


ACTS = {
    "close": Act("Close them", "Close them all", "closed", CloseTogether, operations.close_all),
    "extend": Act(
        "Move their day", "Move the day of all", "moved on", ExtendTogether, operations.extend_all
    ),
    "reassign": Act(
        "Give them to another",
        "Give them all to this owner",
        "given to another",
        ReassignTogether,
        operations.reassign_all,
    ),
    "ask": Act(
        "Ask for updates",
        "Ask for an update of all",
        "asked about",
        AskTogether,
        operations.ask_all,
    ),
}


def together(request: Request) -> HttpResponse:
    """The confirm page for what was ticked. Nothing is done before its button."""
    act = ACTS.get(request.GET.get("act", ""))
    if act is None:
        raise Http404
    rows = _chosen(request.actor, request.GET.getlist("on"))
    form = _form(request, act, rows)
    sent = send(request, form, lambda: _do(request, act, form.answers()))
    if sent.done:
        return done(request, f"{count(sent.result, 'action')} {act.done}.", "actions:actions")
    told = {
        "heading": act.heading,
        "button": act.button,
        "lines": facing.lines(rows, request.actor.on),
        "back_href": reverse("actions:actions"),
    }
    return form_page(request, "actions/together.html", form, sent, **told)


def _form(request: Request, act: Act, rows: list[Action]) -> PageForm:
    seen = ",".join(f"{row.record.reference}:{row.record.version}" for row in rows)
    form = act.form(request.POST or None, initial={"chosen": seen})
    if "owner" in form.fields:
        owners = queries.owner_choices(request.actor, *{row.partnership_id for row in rows})
        form.fields["owner"].choices = owners  # type: ignore[attr-defined]
    return form


def _chosen(actor: Actor, references: list[str]) -> list[Action]:
    """The actions that were ticked and that the actor may open."""
    rows = queries.actions(actor).filter(record__reference__in=references[:MOST])
    return list(rows.order_by("comes_up", "record__reference"))


def _do(request: Request, act: Act, answers: dict[str, Any]) -> int:
    actor = request.actor
    seen = dict(_seen(answers.pop("chosen")))
    rows = _chosen(actor, list(seen))
    if len(rows) != len(seen):
        raise Invalid("One of them is no longer there.", mend="Choose them again.")
    chosen = [(row, seen[row.record.reference]) for row in rows]
    if "owner" in answers:
        answers["owner"] = queries.owner(actor, rows[0].partnership_id, answers["owner"])
        answers |= {"door": facing.door(request), "now": timezone.now()}
    return act.operation(actor, chosen=chosen, **answers)


def _seen(told: str) -> list[tuple[str, int]]:
    pairs = [each.partition(":") for each in told.split(",") if each]
    if not pairs or not all(version.isdecimal() for _, _, version in pairs):
        raise Invalid("Choose at least one action.", mend="Tick it in the list.")
    return [(reference, int(version)) for reference, _, version in pairs]
