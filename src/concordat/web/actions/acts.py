"""What an owner and the secretariat do with an action: one form and one operation each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils import timezone

from concordat.domain.base.actions import operations, queries, rules
from concordat.domain.base.actions.queries import Action
from concordat.domain.base.actions.rules import Part, Stage, Standing
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict
from concordat.web.actions import facing
from concordat.web.actions.forms import (
    AskForm,
    ExtendForm,
    ReassignForm,
    UpdateForm,
)
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.evidence import DoneForm, EvidenceForm, with_file
from concordat.web.ui.forms import ActForm, PageForm
from concordat.web.ui.sending import act_page, done, form_page, send


class Words(NamedTuple):
    """What a page of one act says: above the form, on its button, and once it is done."""

    heading: str
    explain: str
    button: str
    done: str


def found_for(
    request: Request, reference: str, verb: str, may: Callable[[Part], Verdict]
) -> Action:
    """The action, if the actor may do this with it now. Raises `Refused` with the reason."""
    found = queries.action(request.actor, reference)
    may(queries.part_in(request.actor, found)).require()
    rules.STATES.verdict(Stage(found.stage), verb).require()
    return found


def act(
    request: Request,
    action: Action,
    form: PageForm,
    words: Words,
    operation: Callable[..., object],
    **more: Any,
) -> HttpResponse:
    """Send the form to its operation, or show it with the action that it is about."""

    def do() -> object:
        answers = form.answers() | more
        return operation(request.actor, action=action, seen_version=form.seen, **answers)

    told = {**words._asdict(), "rows": facing.about(action), "back_href": facing.up(action)}
    to = ("actions:action", action.record.reference)
    return act_page(request, form, do, words=words.done, to=to, record=action.record, **told)


@also_by_link
def update(request: Request, reference: str) -> HttpResponse:
    """Say how it stands. The form is on the action's own page; here it comes back with errors."""
    found = found_for(request, reference, "update", rules.may_update)
    form = UpdateForm(request.POST or None, seen_version=found.record.version)
    words = Words(
        "How does it stand?", "", "Save the update", "Saved. It is the last word on this action."
    )
    return act(request, found, form, words, _update)


def _update(actor: Any, *, standing: str, **told: Any) -> Action:
    return operations.update(actor, standing=Standing(standing), **told)


@also_by_link
def extend(request: Request, reference: str) -> HttpResponse:
    found = queries.action(request.actor, reference)
    found = found_for(
        request, reference, "extend", lambda part: rules.may_extend(part, found.priority)
    )
    form = ExtendForm(request.POST or None, seen_version=found.record.version)
    had = f"It is due on {day_in_words(found.due)}. That day stays on file." if found.due else ""
    words = Words(
        "Move its day", had, "Move the day", "The day is moved. The old one stays on file."
    )
    return act(request, found, form, words, operations.extend)


@also_by_link
def close(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "close", rules.may_update)
    form = DoneForm(request.POST or None, request.FILES or None, seen_version=found.record.version)
    asked = f"What good looks like: {found.evidence_wanted}" if found.evidence_wanted else ""
    words = Words(
        "Close it",
        asked,
        "Close the action",
        f"Closed. It waits until {found.set_by.name} accepts it.",
    )
    return act(request, found, form, words, with_file(operations.close))


@also_by_link
def add_evidence(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "update", rules.may_update)
    form = EvidenceForm(
        request.POST or None, request.FILES or None, seen_version=found.record.version
    )
    words = Words("Add evidence", "", "Add the evidence", "The evidence is on file.")
    return act(request, found, form, words, with_file(operations.add_evidence))


def reassign(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "reassign", rules.may_reassign)
    owners = queries.owner_choices(request.actor, found.partnership_id)
    form = ReassignForm(request.POST or None, owners=owners, seen_version=found.record.version)
    words = Words(
        "Give it to another",
        "Both are told by what they are asked.",
        "Give it to them",
        "It has a new owner. Both are told.",
    )
    return act(request, found, form, words, _reassign, door=facing.door(request))


def _reassign(actor: Any, *, action: Action, owner: str, **told: Any) -> Action:
    new = queries.owner(actor, action.partnership_id, owner)
    return operations.reassign(actor, action=action, owner=new, now=timezone.now(), **told)


def ask(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "update", rules.may_ask)
    form = AskForm(request.POST or None, seen_version=found.record.version)
    whom = found.asked.record.title if found.asked else "the secretariat, since it has no seat"
    words = Words(
        "Ask for an update",
        f"It stands in the work of {whom}, and in the weekly letter.",
        "Ask for an update",
        "They are asked how it stands.",
    )
    return act(request, found, form, words, operations.ask_for_update)


def send_link(request: Request, reference: str) -> HttpResponse:
    """The page that sends an agency's contact a link, which needs no account."""
    found = found_for(request, reference, "update", rules.may_ask)
    contact = queries.contact(request.actor, found.owner_agency) if found.owner_agency else None
    form = ActForm(request.POST or None)
    sent = send(request, form, lambda: _send(request, found))
    if sent.done:
        return done(request, "The link is on its way.", "actions:action", reference)
    told = {
        "contact": contact if contact and contact.email else None,
        "action": found,
        "back_href": facing.up(found),
    }
    return form_page(request, "actions/link.html", form, sent, **told)


def _send(request: Request, action: Action) -> object:
    door = facing.door(request)
    return operations.send_link(request.actor, action=action, door=door, now=timezone.now())


def acknowledge(request: Request, reference: str) -> HttpResponse:
    """Say that one knows whose the action is now."""
    found = queries.action(request.actor, reference)
    form = ActForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.acknowledge(request.actor, action=found),
        words="Noted. It is no longer in your work.",
        to=("home",),
        heading="Whose it is now",
        rows=facing.about(found),
        button="I have read this",
        back_href=facing.up(found),
    )
