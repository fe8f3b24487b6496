"""Products handed over, accepted and sent back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact


def hand_over(request: Request, reference: str) -> HttpResponse:
    found = queries.product(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.WordsForm(
        request.POST or None, label="What is handed over, and where is it?", required=False,
        seen_version=found.record.version,
    )  # fmt: skip

    def act() -> Any:
        return operations.hand_over(
            request.actor, product=found, note=form.answers()["words"], seen_version=form.seen
        )

    acceptor = queries.name_of(request.actor, found.partnership_id, found.accepted_by)
    return sending.act_page(
        request, form, act, words="It is handed over, and whoever accepts it is asked.",
        to=facing.place(found), record=found.record, heading=f"Hand over {found.title}",
        rows=[Fact("Accepted by", acceptor or "Nobody is named yet")],
        button="Hand it over", back_href=facing.up(found),
    )  # fmt: skip


def accept(request: Request, reference: str) -> HttpResponse:
    found = queries.product(request.actor, reference)
    queries.may_accept(request.actor, found.record, found.accepted_by).require()
    form = forms.WordsForm(
        request.POST or None, label="Anything to say about it?", required=False,
        seen_version=found.record.version,
    )  # fmt: skip

    def act() -> Any:
        return operations.accept(
            request.actor, product=found, words=form.answers()["words"], seen_version=form.seen
        )

    return sending.act_page(
        request, form, act, words="The product is accepted.", to=facing.place(found),
        record=found.record, heading=f"Accept {found.title}",
        explain="Your name and the day stand beside it.",
        rows=[Fact("It holds", ", ".join(found.contents) or "Not stated")],
        button="Accept it", back_href=facing.up(found),
    )  # fmt: skip


def send_back(request: Request, reference: str) -> HttpResponse:
    found = queries.product(request.actor, reference)
    queries.may_accept(request.actor, found.record, found.accepted_by).require()
    form = forms.ReasonForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        return operations.send_back(
            request.actor, product=found, reason=form.answers()["reason"], seen_version=form.seen
        )

    return sending.act_page(
        request, form, act, words="The product is sent back.", to=facing.place(found),
        record=found.record, heading=f"Send back {found.title}",
        explain="Say what is missing, so that it can be put right.",
        button="Send it back", back_href=facing.up(found),
    )  # fmt: skip
