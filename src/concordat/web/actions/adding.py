"""Raising an action from a record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.queries import Action
from concordat.domain.base.actions.rules import Priority
from concordat.domain.base.records.queries import Record, can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.kernel.errors import Invalid, Refused
from concordat.web.actions import facing
from concordat.web.actions.forms import AddForm
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import done, form_page, send


def add(request: Request) -> HttpResponse:
    """One dense page: it is filled in while the meeting goes on."""
    actor = request.actor
    came = request.GET.get("from", "")
    if not queries.may_raise(actor) and not _works_on(request, came):
        raise Refused("Only the chair of a body and the secretariat raise actions.")
    bodies = list(queries.bodies_that_set(actor))
    choices = [(row.record.reference, row.name) for row in bodies]
    form = AddForm(
        request.POST or None,
        owners=queries.owner_choices(actor, *actor.partnerships),
        bodies=choices,
        initial={"source": came},
    )
    sent = send(request, form, lambda: _add(request, form.answers()))
    if sent.done:
        words = "The action is raised. Its owner is asked."
        return done(request, words, "actions:action", sent.result.record.reference)
    told = {"back_href": _back(came)}
    return form_page(request, "actions/add.html", form, sent, **told)


def _works_on(request: Request, reference: str) -> bool:
    found = fetch_record(request.actor, reference) if reference else None
    return bool(found and can(request.actor, Verb.CHANGE, found))


def _back(came: str) -> str:
    return (
        reverse("actions:on", args=[came])
        if came.replace("-", "").isalnum()
        else reverse("actions:actions")
    )


def _add(request: Request, answers: dict[str, Any]) -> Action:
    actor = request.actor
    source = _source(request, answers.pop("source"))
    home = source.partnership_id or source.pk
    set_by = queries.bodies_that_set(actor).get(record__reference=answers.pop("set_by"))
    return operations.add(
        actor,
        source=source,
        set_by=set_by,
        owner=queries.owner(actor, home, answers.pop("owner")),
        priority=Priority(answers.pop("priority")),
        door=facing.door(request),
        now=timezone.now(),
        **answers,
    )


def _source(request: Request, reference: str) -> Record:
    try:
        return fetch_record(request.actor, reference.strip().upper())
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {reference.strip()}.",
            field="source",
            mend="Check the reference.",
        ) from None
