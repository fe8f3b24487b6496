"""What the body of a register decides: to accept, to close, to keep open, to take up again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.queries import Acceptance, Risk
from concordat.domain.governance.risks.rules import life
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Restricted
from concordat.web.risks.acts import Words, act, found_for
from concordat.web.risks.facing import Request
from concordat.web.risks.forms import AcceptForm, ReasonForm
from concordat.web.ui.parts import Fact


def accept(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "accept", life.may_judge)
    able = queries.approvers(request.actor, found.register) if found.register else []
    seats = [(each.record.reference, f"{each.role} ({each.body.name})") for each in able]
    form = AcceptForm(request.POST or None, seats=seats, seen_version=found.record.version)
    words = Words(
        "Accept this risk for a time",
        "The body lives with it until the day that you give. Then whoever owns it is asked again.",
        "Record the acceptance",
        "The acceptance is recorded, with who approved it and until when.",
    )

    def do(actor: Actor, *, approver: str, decision: str, **told: Any) -> Acceptance:
        seat = next(each for each in able if each.record.reference == approver)
        return operations.accept(
            actor, approver=seat, decision=typed_record(actor, "decision", decision), **told
        )

    return act(request, found, form, words, do)


def typed_record(actor: Actor, field: str, reference: str) -> Record | None:
    """The record of a typed reference. What may not be opened is as unknown as what is not."""
    if not reference.strip():
        return None
    try:
        return fetch_record(actor, reference.strip().upper())
    except (Record.DoesNotExist, Restricted):
        raise Invalid(
            f"There is no “{reference.strip()}” that you may open.",
            field=field,
            mend="Check the reference on its page.",
        ) from None


def end_acceptance(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "end the acceptance", life.may_judge)
    words = Words("End its acceptance", "", "End the acceptance", "The risk is no longer accepted.")
    return _with_reason(request, found, words, operations.end_acceptance)


def _with_reason(
    request: Request, found: Risk, words: Words, operation: Any, rows: list[Fact] | None = None
) -> HttpResponse:
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    return act(request, found, form, words, operation, rows=rows)


def propose(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "propose to close", life.may_work)
    words = Words(
        "Propose to close it",
        "Whoever chairs the body of its register is asked, and closes it or keeps it open.",
        "Propose to close it",
        "It is proposed. The body of its register decides.",
    )
    return _with_reason(request, found, words, operations.propose_to_close)


def close(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "close", life.may_judge)
    words = Words(
        "Close this risk",
        "Today is the last day on which it is open. Its history stays, and it can be reopened.",
        "Close the risk",
        "The risk is closed.",
    )
    return _with_reason(request, found, words, operations.close, _proposed(found))


def _proposed(found: Risk) -> list[Fact]:
    return [Fact("Why it may close", found.stage_reason)] if found.stage_reason else []


def keep_open(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "keep open", life.may_judge)
    words = Words("Keep it open", "", "Keep it open", "It is kept open. Its owner is told.")
    return _with_reason(request, found, words, operations.keep_open, _proposed(found))


def reopen(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "reopen", life.may_keep)
    words = Words(
        "Reopen this risk",
        "Its scores and its history go on from where they ended.",
        "Reopen the risk",
        "The risk is open again. Whoever owns it is asked to look at it.",
    )
    return _with_reason(request, found, words, operations.reopen)
