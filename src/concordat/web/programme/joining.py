"""Sharing a programme with another partnership: asked for, answered, withdrawn, left."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Joining
from concordat.kernel.labels import day_in_words
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact


def propose(request: Request, reference: str) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.SHARE, found.record).require()
    others = {row.reference: row for row in queries.may_be_asked(request.actor, found)}
    form = forms.ProposeForm(
        request.POST or None,
        partnerships=[(key, row.title) for key, row in others.items()],
        seen_version=found.record.version,
    )

    def act() -> Any:
        told = form.answers() | {"partnership": others[form.answers()["partnership"]]}
        return operations.propose(request.actor, programme=found, seen_version=form.seen, **told)

    return sending.act_page(
        request, form, act, words="It is asked. It sees the programme once it agrees.",
        to=facing.place(found), record=found.record, explain=EXPLAINED,
        heading=f"Ask a partnership to share in {found.title}",
        button="Ask it", back_href=facing.up(found),
    )  # fmt: skip


EXPLAINED = (
    "As a joint bidder, or from now on. Nobody stands above those who share: each sees the same "
    "rows, and each may leave."
)


def joining(request: Request, slug: str, pk: int) -> HttpResponse:
    """The proposal, for the partnership that is asked: it agrees or declines."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.SHARE, home.record).require()
    row = queries.asked_to_join(request.actor, home).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = forms.JoinForm(request.POST or None)

    def act() -> Any:
        told = form.answers()
        said = operations.agree if told["say"] == "agree" else operations.decline
        return said(request.actor, joining=row, words=told["words"])

    return sending.act_page(
        request, form, act, words=_said, to=("programme:overview", slug),
        names={"reason": "words"}, heading=f"Share in {row.programme.title}",
        explain="You see the programme and all it holds, and what you run for it is seen by those "
        "who share. You may leave it on any day.",
        rows=_about(row), button="Answer", back_href=reverse("programme:overview", args=[slug]),
    )  # fmt: skip


def _said(row: Joining) -> str:
    agreed = row.state == "agreed"
    return "Your partnership shares in it." if agreed else "It is declined, with your reason."


def _about(row: Joining) -> list[Fact]:
    """What a partnership is told before it agrees: nothing of the programme itself."""
    when = day_in_words(row.proposed_on)
    return [
        Fact("Who leads it", row.programme.partnership.title),
        Fact("Asked by", f"{row.proposed_by}, {when}"),
        Fact("Why", row.reason),
    ]


def withdraw(request: Request, reference: str, pk: int) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.SHARE, found.record).require()
    row = queries.joinings(request.actor, found).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = forms.MaybeReasonForm(request.POST or None)
    return sending.act_page(
        request, form, lambda: operations.withdraw(request.actor, joining=row),
        words="The proposal is withdrawn.", to=facing.place(found),
        heading=f"Withdraw the proposal to {row.partnership.title}",
        button="Withdraw it", back_href=facing.up(found),
    )  # fmt: skip


def leave(request: Request, reference: str, slug: str) -> HttpResponse:
    """A partnership leaves: by its own strategy manager, or by whoever leads the programme."""
    found = queries.programme(request.actor, reference)
    row = queries.sharer(request.actor, found, slug)
    if row is None:
        raise Http404
    queries.may_leave(request.actor, found, row.record).require()
    form = forms.LeaveForm(request.POST or None)

    def act() -> Any:
        return operations.leave(
            request.actor, programme=found, partnership=row.record, **form.answers()
        )

    home = ("programme:overview", slug) if row.pk in request.actor.partnerships else None
    return sending.act_page(
        request, form, act,
        words=lambda done: f"It shares in the programme until {day_in_words(done.left_on)}.",
        to=home or facing.place(found), heading=f"{row.name} leaves {found.title}",
        explain="After that day it sees nothing of the programme, and the others nothing of what "
        "it runs for it. What was done stays with whoever did it.",
        button="Let it leave", back_href=facing.up(found),
    )  # fmt: skip
