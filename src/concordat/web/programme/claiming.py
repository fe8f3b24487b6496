"""Days that are claimed on a contract: listed, claimed, approved, refused, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Claim, Contract
from concordat.domain.governance.programme.rules import CONTRACTS
from concordat.domain.governance.programme.rules import capacity as days
from concordat.kernel.actor import Actor
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.forms import PageForm
from concordat.web.ui.paging import Page, page_of
from concordat.web.ui.parts import Fact

NEWEST = 5
"""So many claims stand on the page of their contract; the rest on a list of their own."""


def newest(actor: Actor, found: Contract, may: bool) -> dict[str, Any]:
    """The claims that the page of a contract shows, and how many there are."""
    return _shown(actor, page_of(queries.claims(actor, found), None, per_page=NEWEST), may)


def _shown(actor: Actor, page: Page, may: bool) -> dict[str, Any]:
    return {"page": page, "lines": [_claim(actor, row, may) for row in page.rows]}


@require_safe
def claims(request: Request, reference: str) -> HttpResponse:
    """Every claim of days on a contract, the newest first."""
    found = queries.contract(request.actor, reference)
    look(request.actor, record=found.record)
    page = page_of(queries.claims(request.actor, found), request.GET.get("page"))
    (engaged,) = queries.engagements(request.actor, [found])
    told = {
        "contract": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Contract", "programme:contract"),
        "sentence": engaged.says,
        "claims": _shown(request.actor, page, facing.may_change(request.actor, found.record)),
    }
    return render(request, "programme/claims.html", told)


def may_claim(actor: Actor, found: Contract) -> bool:
    is_open = found.record.closed is None and may_move(found, "claim")
    return is_open and bool(queries.may_claim(actor, found.record, found))


def _claim(actor: Actor, row: Claim, may: bool) -> dict[str, Any]:
    """A claim with what may still be done with it: approved and refused by others, withdrawn by
    whoever made it."""
    waits = row.approved_on is None and not row.void
    theirs = waits and queries.is_theirs(actor, row)
    return {
        "row": row,
        "days": days.in_days(row.halves),
        "may_settle": waits and may and not theirs,
        "may_withdraw": theirs,
    }


def may_move(found: Contract, verb: str) -> bool:
    return bool(CONTRACTS.verdict(found.stage, verb))


def page(request: Request, found: Contract, form: Any, act: Any, **told: Any) -> HttpResponse:
    back = reverse("programme:contract", args=[found.record.reference])
    place = ("programme:contract", found.record.reference)
    return sending.act_page(
        request, form, act, to=place, record=found.record, back_href=back, **told
    )


def claim(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    queries.may_claim(request.actor, found.record, found).require()
    (engaged,) = queries.engagements(request.actor, [found])
    form = forms.ClaimForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        told = form.answers()
        return operations.claim(
            request.actor, contract=found, worked=told["worked"], halves=told["days"],
            what=told["what"], seen_version=form.seen,
        )  # fmt: skip

    return page(request, found, form, act, words="The days are claimed. Somebody else approves.",
                 heading=f"Claim days: {found.title}", button="Claim the days",
                 rows=[Fact("So far", engaged.says)])  # fmt: skip


def _one_claim(request: Request, found: Contract, pk: int) -> Claim:
    row = queries.claims(request.actor, found).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _of_claim(row: Claim) -> list[Fact]:
    return [Fact("Days", days.in_days(row.halves)), Fact("Claimed by", row.claimed_by),
            Fact("What was done", row.what)]  # fmt: skip


def approve(request: Request, reference: str, pk: int) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    row = _one_claim(request, found, pk)
    form = PageForm(request.POST or None)
    return page(request, found, form,
                 lambda: operations.approve_claim(request.actor, claim=row),
                 words="The days are approved.", heading="Approve these days",
                 rows=_of_claim(row), button="Approve the days")  # fmt: skip


def refuse(request: Request, reference: str, pk: int) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    row = _one_claim(request, found, pk)
    form = forms.ReasonForm(request.POST or None)

    def act() -> Claim:
        reason = form.answers()["reason"]
        return operations.refuse_claim(request.actor, claim=row, reason=reason)

    return page(request, found, form, act, words="The claim is refused.",
                 heading="Refuse these days", rows=_of_claim(row),
                 explain="They use none of the agreed days then. The claim and the reason stay.",
                 button="Refuse the claim")  # fmt: skip


def withdraw(request: Request, reference: str, pk: int) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    queries.may_claim(request.actor, found.record, found).require()
    row = _one_claim(request, found, pk)
    form = forms.ReasonForm(request.POST or None)

    def act() -> Claim:
        reason = form.answers()["reason"]
        return operations.withdraw_claim(request.actor, claim=row, reason=reason)

    return page(request, found, form, act, words="The claim is withdrawn.",
                 heading="Withdraw your claim", rows=_of_claim(row),
                 button="Withdraw the claim")  # fmt: skip
