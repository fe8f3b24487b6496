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
from concordat.domain.governance.programme.queries import Contract, Need
from concordat.domain.governance.programme.rules import capacity as days
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.kernel.money import in_pounds
from concordat.web.programme import claiming, facing, forms
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
        (may and claiming.may_move(found, "order"), "Order it", "order"),
        (claiming.may_claim(actor, found), "Claim days", "claim"),
        (may and claiming.may_move(found, "renew"), "Renew it", "renew"),
        (may and claiming.may_move(found, "end"), "End it", "end_contract"),
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
        "claims": claiming.newest(actor, found, may),
        "worked_by": queries.name_of(actor, found.partnership_id, found.worked_by),
        "may_change": may,
        "acts": facing.acts(pairs, found.record.reference),
    }


def order(request: Request, reference: str) -> HttpResponse:
    found = queries.contract(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.OrderForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        number = form.answers()["number"]
        return operations.order(
            request.actor, contract=found, number=number, seen_version=form.seen
        )

    return claiming.page(request, found, form, act, words="It is ordered. Days can be claimed.",
                 heading=f"Order {found.title}", button="Order it")  # fmt: skip


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
    return claiming.page(request, found, form, act, words="The contract goes on.", rows=rows,
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

    return claiming.page(request, found, form, act, words="The contract has ended.",
                 heading=f"End {found.title}", button="End it")  # fmt: skip
