"""What posts have time for, and contracts with the days that are claimed on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Claim, Contract, Need
from concordat.domain.governance.programme.rules import CONTRACTS
from concordat.domain.governance.programme.rules import capacity as days
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.kernel.money import in_pounds
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request, Tag
from concordat.web.ui import sending
from concordat.web.ui.forms import PageForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact

STANDS = {
    "draft": Tag("Draft", "Not ordered"),
    "runs": Tag("Open", "Runs"),
    "ends soon": Tag("Due soon", "Ends soon"),
    "over": Tag("Overdue", "Past its end"),
    "ended": Tag("Closed", "Ended"),
}


@require_safe
def capacity(request: Request, slug: str) -> HttpResponse:
    """Days needed against days free, by quarter and post, a year a page."""
    actor, home = request.actor, agencies.partnership(request.actor, slug)
    years = queries.years(actor, home)
    year = _year(request.GET.get("year", ""), years, actor.on.year)
    loads = queries.loads(actor, home, year=year)
    names = queries.milestones_named(actor, [row for each in loads for row in each.needs])
    told = {
        "home": home,
        "part": "programme",
        "year": year,
        "years": years,
        "loads": [_load(each, names) for each in loads],
        "sentence": (days.overfull(queries.overfull(actor, home)) if years else NOBODY),
        "may_change": bool(can(actor, Verb.CHANGE, home.record)),
    }
    return render(request, "programme/capacity.html", told)


NOBODY = "Nobody has said yet what is asked of whom, or what they are free for."


def _year(said: str, years: list[int], today: int) -> int:
    """The year that the address names, else that of today, or the newest with anything in it."""
    if said.isdecimal() and int(said) in years:
        return int(said)
    return today if today in years or not years else years[-1]


def _load(load: queries.Load, names: Mapping[Any, str]) -> dict[str, Any]:
    fits = load.fit
    return {
        "load": load,
        "of": f"{load.post.title}, {load.quarter}",
        "free": days.in_days(fits.free) if fits.free is not None else "Not stated",
        "must": days.in_days(fits.must),
        "should": days.in_days(fits.should),
        "can_wait": days.in_days(fits.can_wait),
        "needs": [
            (row, days.in_days(row.halves), names.get(row.milestone_id, "")) for row in load.needs
        ],
        "tag": Tag("Overdue", "Too little time") if fits.short else None,
    }


def set_aside(request: Request, slug: str, key: str) -> HttpResponse:
    """Set a piece of work aside to make room."""
    need = _need(request, slug, key)
    form = forms.ReasonForm(request.POST or None, seen_version=need.fingerprint)

    def act() -> Any:
        reason = form.answers()["reason"]
        return operations.set_aside(request.actor, need=need, reason=reason, seen=form.seen)

    sent = sending.send(request, form, act, row=need)
    if sent.done:
        return sending.done(request, "It is set aside.", "programme:capacity", slug)
    told = _of_need(slug, need, "Set it aside", "Say what it makes room for: that stays on file.")
    return sending.form_page(request, "act.html", form, sent, **told)


def take_up(request: Request, slug: str, key: str) -> HttpResponse:
    """Take up again what was set aside."""
    need = _need(request, slug, key)
    form = PageForm(request.POST or None, seen_version=need.fingerprint)

    def act() -> Any:
        return operations.take_up(request.actor, need=need, seen=form.seen)

    sent = sending.send(request, form, act, row=need)
    if sent.done:
        return sending.done(request, "It is taken up again.", "programme:capacity", slug)
    told = _of_need(slug, need, "Take it up again", "")
    return sending.form_page(request, "act.html", form, sent, **told)


def _need(request: Request, slug: str, key: str) -> Need:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    need = queries.needs(request.actor, home).filter(key=key).first()
    if need is None:
        raise Http404
    return need


def _of_need(slug: str, need: Need, verb: str, explain: str) -> dict[str, Any]:
    rows = [Fact("Asked", days.in_days(need.halves)), Fact("Worth", need.get_worth_display())]
    return {"heading": f"{verb}: {need.title}", "button": verb, "rows": rows, "explain": explain,
            "back_href": reverse("programme:capacity", args=[slug])}  # fmt: skip


@require_safe
def contracts(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    page = page_of(queries.contracts(request.actor, home), request.GET.get("page"))
    lines = queries.engagements(request.actor, page.rows)
    told = {
        "home": home,
        "part": "programme",
        "page": page,
        "lines": [(each, STANDS[each.stands]) for each in lines],
        "sentence": _of_contracts(page.total, queries.to_decide(request.actor, home)),
        "may_change": bool(can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "programme/contracts.html", told)


def _of_contracts(total: int, soon: int) -> str:
    if not total:
        return "No contract is on record."
    told = count(total, "contract")
    return (
        f"{told}; decide soon whether {soon} goes on."
        if soon == 1
        else (f"{told}; decide soon whether {soon} go on." if soon else f"{told}. None ends soon.")
    )


@require_safe
def contract(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "programme/contract.html", _contract(request.actor, found))


def _contract(actor: Actor, found: Contract) -> dict[str, Any]:
    (engaged,) = queries.engagements(actor, [found])
    spent, may = engaged.account.spent, facing.may_change(actor, found.record)
    pairs = [
        (may and _may(found, "order"), "Order it", "order"),
        (_may_claim(actor, found), "Claim days", "claim"),
        (may and _may(found, "renew"), "Renew it", "renew"),
        (may and _may(found, "end"), "End it", "end_contract"),
    ]  # fmt: skip
    return {
        "contract": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Contract", "programme:contract"),
        "engaged": engaged,
        "tag": STANDS[engaged.stands],
        "spent": in_pounds(spent) if spent is not None else "",
        "agreed": days.in_days(found.agreed) if found.agreed is not None else "Not stated",
        "claims": [_claim(actor, row, may) for row in queries.claims(actor, found)],
        "worked_by": queries.name_of(actor, found.partnership_id, found.worked_by),
        "may_change": may,
        "acts": facing.acts(pairs, found.record.reference),
    }


def _may_claim(actor: Actor, found: Contract) -> bool:
    is_open = found.record.closed is None and _may(found, "claim")
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


def _may(found: Contract, verb: str) -> bool:
    return bool(CONTRACTS.verdict(found.stage, verb))


def _page(request: Request, found: Contract, form: Any, act: Any, **told: Any) -> HttpResponse:
    back = reverse("programme:contract", args=[found.record.reference])
    place = ("programme:contract", found.record.reference)
    return sending.act_page(
        request, form, act, to=place, record=found.record, back_href=back, **told
    )


def order(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.OrderForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        number = form.answers()["number"]
        return operations.order(
            request.actor, contract=found, number=number, seen_version=form.seen
        )

    return _page(request, found, form, act, words="It is ordered. Days can be claimed.",
                 heading=f"Order {found.title}", button="Order it")  # fmt: skip


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

    return _page(request, found, form, act, words="The days are claimed. Somebody else approves.",
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
    return _page(request, found, form,
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

    return _page(request, found, form, act, words="The claim is refused.",
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

    return _page(request, found, form, act, words="The claim is withdrawn.",
                 heading="Withdraw your claim", rows=_of_claim(row),
                 button="Withdraw the claim")  # fmt: skip


def renew(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    (engaged,) = queries.engagements(request.actor, [found])
    form = forms.RenewForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        return operations.renew(
            request.actor, contract=found, seen_version=form.seen, **form.answers()
        )

    rows = [Fact("Ends", str(found.period.end or "Not stated")), Fact("So far", engaged.says)]
    return _page(request, found, form, act, words="The contract goes on.", rows=rows,
                 heading=f"Renew {found.title}", button="Renew it")  # fmt: skip


def end(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.ReasonForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        reason = form.answers()["reason"]
        return operations.end_contract(
            request.actor, contract=found, reason=reason, seen_version=form.seen
        )

    return _page(request, found, form, act, words="The contract has ended.",
                 heading=f"End {found.title}", button="End it")  # fmt: skip
