"""Moves of a policy: consulted on, put forward, approved, in force, reviewed, ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse

from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.policies import operations, queries
from concordat.domain.governance.policies.queries import Policy
from concordat.domain.governance.policies.rules import State
from concordat.kernel.labels import day_in_words
from concordat.web.policies import facing
from concordat.web.policies.facing import Request
from concordat.web.policies.forms import (
    AdoptForm,
    ApproveForm,
    BeginForm,
    ForwardForm,
    PublishForm,
    ReviewForm,
    SupersedeForm,
)
from concordat.web.ui import sending
from concordat.web.ui.consulting import OpenForm
from concordat.web.ui.forms import PageForm, ReasonForm


def _mine(request: Request, reference: str) -> Policy:
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _written(request: Request, reference: str) -> Policy:
    """A policy with a text, for whoever changes it; without one there is nothing to decide."""
    found = _mine(request, reference)
    if found.text is None:
        raise Http404
    return found


def _page(
    request: Request,
    found: Policy,
    form: PageForm,
    act: Callable[[], Any],
    words: str,
    *,
    shown: Record | None = None,
    to: tuple[str, ...] = (),
    **told: Any,
) -> HttpResponse:
    """One act on a policy, and on to its page or to the route `to`. `shown` is the record whose
    version the form carries, where it is not the policy's own."""
    version = documents.latest(request.actor, found.text) if found.text else None
    told = {"rows": facing.facts(found, version), "back_href": facing.up(found)} | told
    to = to or ("policies:policy", found.record.reference)
    return sending.act_page(
        request, form, act, words=words, to=to, record=shown or found.record, **told
    )


def consult(request: Request, reference: str) -> HttpResponse:
    found = _written(request, reference)
    assert found.text is not None  # noqa: S101 - asked for above
    rows = documents.commenting_seats(request.actor, found.text)
    form = OpenForm(request.POST or None, rows=rows, seen_version=found.record.version)

    def send_out() -> Any:
        told = form.rest() | {"seats": form.chosen(rows), "seen_version": form.seen}
        return operations.consult(request.actor, policy=found, **told)

    told = {
        "heading": "Send the draft out for comment",
        "explain": "It stands in the work of everybody who is asked. Every comment is answered "
        "before a body decides.",
        "button": "Send it out for comment",
        "to": ("documents:comments", found.text.record.reference),
    }
    words = "The draft is out for comment. Guests can be invited now."
    return _page(request, found, form, send_out, words, **told)


def put_forward(request: Request, reference: str) -> HttpResponse:
    found = _written(request, reference)
    bodies = queries.approving_bodies(request.actor, found)
    form = ForwardForm(
        request.POST or None,
        bodies=[(each.record.reference, each.name) for each in bodies],
        seen_version=found.record.version,
    )

    def put() -> Any:
        answers = form.answers()
        body = _chosen(bodies, answers.pop("body"))
        return operations.put_forward(
            request.actor, policy=found, body=body, seen_version=form.seen, **answers
        )

    told = {
        "heading": "Put it to a body",
        "explain": "Whoever chairs the body has it in their work.",
        "button": "Put it forward",
    }
    return _page(request, found, form, put, "It waits for the body’s decision.", **told)


def _chosen(bodies: list[Body], reference: str) -> Body:
    return next(each for each in bodies if each.record.reference == reference)


def send_back(request: Request, reference: str) -> HttpResponse:
    found = _written(request, reference)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    told = {"heading": "Send it back to be changed", "button": "Send it back"}
    return _page(
        request,
        found,
        form,
        lambda: operations.send_back(
            request.actor, policy=found, seen_version=form.seen, **form.answers()
        ),
        "It is a draft again.",
        **told,
    )


def approve(request: Request, reference: str) -> HttpResponse:
    """The check page: which version, by its digest, which body, and on which day."""
    found = queries.policy(request.actor, reference)
    bodies = queries.approving_bodies(request.actor, found)
    if found.text is None or not bodies:
        can(request.actor, Verb.CHANGE, found.record).require()
        raise Http404
    newest = documents.latest(request.actor, found.text)
    choices = [(each.record.reference, each.name) for each in bodies]
    held = {"digest": newest.digest}
    form = ApproveForm(request.POST or None, bodies=choices, initial=held)
    sent = sending.send(request, form, lambda: _approve(request, found, form.answers()))
    if sent.done:
        words = f"Version {newest.number} is approved. Say from which day it is in force."
        return sending.done(request, words, "policies:policy", reference)
    if sent.stale:
        typed = {name: form.data.get(name, "") for name in ("body", "minute")}
        form = ApproveForm(bodies=choices, initial=typed | held)
    told = {"policy": found, "latest": newest, "rows": facing.facts(found, newest)}
    told |= {
        "back_href": facing.up(found),
        "seal": f"Record the approval of version {newest.number}",
    }
    return sending.form_page(request, "policies/approve.html", form, sent, **told)


def _approve(request: Request, found: Policy, answers: dict[str, Any]) -> Any:
    body = _chosen(queries.approving_bodies(request.actor, found), answers.pop("body"))
    return operations.approve(request.actor, policy=found, body=body, **answers)


def begin(request: Request, reference: str) -> HttpResponse:
    found = _written(request, reference)
    form = BeginForm(request.POST or None, seen_version=found.record.version)
    told = {
        "heading": "Bring it into force",
        "explain": "The version before it, if there is one, is in force until the day before. "
        "Agencies that acknowledged that one are asked again.",
        "button": "Bring it into force",
    }
    return _page(
        request,
        found,
        form,
        lambda: operations.bring_into_force(
            request.actor, policy=found, seen_version=form.seen, **form.answers()
        ),
        "Its first day is set.",
        **told,
    )


def publish(request: Request, reference: str) -> HttpResponse:
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.PUBLISH, found.record).require()
    if found.text is None:
        raise Http404
    form = PublishForm(request.POST or None, seen_version=found.text.record.version)
    told = {
        "heading": "Publish the version in force",
        "explain": "Anybody can read a published policy. You can withdraw it, but not what "
        "somebody has copied.",
        "button": "Publish it",
    }
    return _page(
        request,
        found,
        form,
        lambda: operations.publish(request.actor, policy=found, seen_version=form.seen or 0),
        "The policy is published. Anybody can read it now.",
        shown=found.text.record,
        **told,
    )


def review(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    form = ReviewForm(request.POST or None, seen_version=found.record.version)
    told = {
        "heading": "Record a review",
        "explain": "It stays as it is until the next review day. If it must change, replace its "
        "text and have the new version approved.",
        "button": "Record the review",
    }
    return _page(
        request,
        found,
        form,
        lambda: operations.review(
            request.actor, policy=found, seen_version=form.seen, **form.answers()
        ),
        "The review is recorded.",
        **told,
    )


def adopt(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    form = AdoptForm(request.POST or None, seen_version=found.record.version)
    told = {
        "heading": "Make the prototype business as usual",
        "button": "Make it business as usual",
    }
    return _page(
        request,
        found,
        form,
        lambda: operations.adopt(
            request.actor, policy=found, seen_version=form.seen, **form.answers()
        ),
        "It is business as usual now.",
        **told,
    )


def supersede(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    others = queries.policies(request.actor, found.partnership).exclude(pk=found.pk)
    others = others.filter(state=State.IN_FORCE.value)
    choices = [(each.record.reference, each.title) for each in others]
    form = SupersedeForm(request.POST or None, policies=choices, seen_version=found.record.version)

    def end() -> Any:
        successor = others.get(record__reference=form.answers()["successor"])
        return operations.supersede(
            request.actor, policy=found, successor=successor, seen_version=form.seen
        )

    told = {
        "heading": "Say what took its place",
        "explain": "It holds until yesterday, and the public is served it no more.",
        "button": "Put the other in its place",
    }
    return _page(request, found, form, end, "Another policy has its place now.", **told)


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    told = {
        "heading": "Withdraw this policy",
        "explain": f"It holds no more from {day_in_words(request.actor.on)}. The reason stays on "
        "record, and the public is served it no more.",
        "button": "Withdraw it",
    }
    return _page(
        request,
        found,
        form,
        lambda: operations.withdraw(
            request.actor, policy=found, seen_version=form.seen, **form.answers()
        ),
        "The policy is withdrawn.",
        **told,
    )
