"""What the body that set an action does with it: accepts it or not, and lets it go."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from concordat.domain.base.actions import operations, queries, rules
from concordat.domain.base.actions.queries import Action
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.web.actions import facing
from concordat.web.actions.acts import Words, act, found_for
from concordat.web.actions.forms import AcceptForm, InadequateForm, SupersedeForm
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send


def accept(request: Request, reference: str) -> HttpResponse:
    """The check page: what was done, what shows it, and for which body it is accepted."""
    found = found_for(request, reference, "accept", rules.may_judge)
    form = AcceptForm(request.POST or None, seen_version=found.record.version)
    sent = send(
        request,
        form,
        lambda: operations.accept(
            request.actor, action=found, seen_version=form.seen, **form.answers()
        ),
        record=found.record,
    )
    if sent.done:
        return done(request, "Accepted as adequate.", "actions:action", reference)
    told = {
        "rows": _closing(request, found),
        "seal": "Accept it as adequate",
        "lasting": f"It is accepted for {found.set_by.name}. Your name stays on record.",
        "back_href": facing.up(found),
    }
    return form_page(request, "actions/accept.html", form, sent, **told)


def _closing(request: Request, action: Action) -> list[Fact]:
    shown = [
        row.document.record.title if row.document else f"{row.statement} ({row.place})"
        for row in queries.evidence(request.actor, action)
    ]
    closed = day_in_words(action.closed_on) if action.closed_on else ""
    return [
        Fact("Action", f"{action.record.reference} {action.record.title}"),
        Fact("What good looks like", action.evidence_wanted or "Nothing was asked for"),
        Fact("What was done", action.done),
        Fact("Closed by", f"{action.closed_by}, {closed}"),
        Fact("Evidence", "; ".join(shown) or "None"),
        Fact("Accepted for", action.set_by.name),
    ]


def find_inadequate(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "find inadequate", rules.may_judge)
    form = InadequateForm(request.POST or None, seen_version=found.record.version)
    words = Words(
        "Find it inadequate",
        "The action is open again, with a new day. Its owner is told what is missing.",
        "Open it again",
        "It is open again. Its owner is told what is missing.",
    )
    return act(request, found, form, words, operations.find_inadequate)


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "withdraw", rules.may_end)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    words = Words(
        "Withdraw it",
        "Nothing more is owed on it. It stays on record with your reason.",
        "Withdraw the action",
        "The action is withdrawn. The reason is kept.",
    )
    return act(request, found, form, words, operations.withdraw)


def supersede(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "supersede", rules.may_end)
    form = SupersedeForm(request.POST or None, seen_version=found.record.version)
    words = Words(
        "Let another take its place",
        "Nothing more is owed on this one. It names the other.",
        "Let it take its place",
        "Another action has taken its place.",
    )
    return act(request, found, form, words, _supersede)


def _supersede(actor: Any, *, action: Action, by: str, **told: Any) -> Action:
    other = queries.others(actor, action).filter(record__reference=by.strip().upper()).first()
    if other is None:
        raise Invalid(
            f"There is no other open action {by.strip()} here.",
            field="by",
            mend="Check the reference.",
        )
    return operations.supersede(actor, action=action, by=other, **told)
