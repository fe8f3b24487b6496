"""One page for every act on a referral or a disagreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.queries import Record
from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.queries import referrals as queries
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.transitions import States
from concordat.kernel.verdict import Verdict
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.forms import PageForm
from concordat.web.ui.parts import Fact, Link
from concordat.web.ui.sending import done, form_page, send


def _nothing(_actor: Actor, _row: Any) -> dict[str, Any]:
    return {}


class Act(NamedTuple):
    """One thing that may be done. `offers` gives the form its choices, `reads` makes of what was
    typed what the operation takes; `wants` is the time, the guests' door with the time, or the
    guest's link."""

    slug: str
    verb: str
    may: Callable[[Any], Verdict]
    form: type[PageForm]
    operation: Callable[..., object]
    link: str
    button: str
    done: str
    explain: str = ""
    wants: str = ""
    by_link: bool = False
    offers: Callable[[Actor, Any], dict[str, Any]] = _nothing
    reads: Callable[[Actor, Any, dict[str, Any]], dict[str, Any]] | None = None


class Of(NamedTuple):
    """Of what the acts are: how it is found, who has which part, and where it stands."""

    name: str
    find: Callable[[Actor, str], Any]
    part: Callable[[Actor, Any], Any]
    states: States
    state: Callable[[Any], str]
    about: Callable[[Any], list[Fact]]


def view_of(act: Act, of: Of) -> Callable[..., HttpResponse]:
    """The page of one act."""

    def page(request: Request, reference: str) -> HttpResponse:
        row = of.find(request.actor, reference)
        act.may(of.part(request.actor, row)).require()
        if request.method != "POST":  # what was typed meets the conflict page, not a refusal
            of.states.verdict(of.state(row), act.verb).require()
        more = {"seen_version": row.record.version, **act.offers(request.actor, row)}
        form = act.form(request.POST or None, **more)
        sent = send(request, form, lambda: _do(request, act, of, row, form), record=row.record)
        if sent.done and request.actor.kind is Kind.GUEST:
            return form_page(request, "requests/thanks.html", form, sent, words=act.done)
        if sent.done:
            return done(request, act.done, f"reviews:{of.name}", reference)
        return form_page(request, "act.html", form, sent, **_around(act, of, row))

    return also_by_link(page) if act.by_link else page


def _do(request: Request, act: Act, of: Of, row: Any, form: PageForm) -> object:
    told = form.answers()
    if act.reads:
        told = act.reads(request.actor, row, told)
    if act.wants == "now":
        told["now"] = timezone.now()
    if act.wants == "door":
        told |= {"door": door(request), "now": timezone.now()}
    if act.wants == "link" and request.actor.kind is Kind.GUEST:
        told |= {"link": request.guest_link, "now": timezone.now()}
    return act.operation(request.actor, **{of.name: row}, seen_version=form.seen, **told)


def _around(act: Act, of: Of, row: Any) -> dict[str, Any]:
    return {
        "heading": act.link,
        "explain": act.explain,
        "rows": of.about(row),
        "button": act.button,
        "back_href": reverse(f"reviews:{of.name}", args=[row.record.reference]),
    }


def offered(
    acts: tuple[Act, ...], of: Of, row: Any, part: Any, *, guest: bool = False
) -> list[Link]:
    """What may be done with it now; a guest does only what there is a page for by link."""
    return [
        Link(act.link, reverse(f"reviews:{of.name}_{act.slug}", args=[row.record.reference]))
        for act in acts
        if act.may(part)
        and (act.by_link or not guest)
        and of.states.verdict(of.state(row), act.verb)
    ]


def own_seats(actor: Actor, homes: Iterable[Record]) -> list[Seat]:
    """The actor's seats that speak for agencies, where in one partnership they speak for several:
    then somebody says for which they speak."""
    found = [list(queries.refers_for(actor, home)) for home in homes]
    several = any(len({seat.agency_id for seat in seats}) > 1 for seats in found)
    return [seat for seats in found for seat in seats] if several else []


def door(request: HttpRequest) -> str:
    """The whole address of the guests' page, with the place of the token."""
    return request.build_absolute_uri(reverse("mail:door", args=[TOKEN]))


def parts(current: str) -> list[Link]:
    pages = {
        "referrals": "Near misses and good practice",
        "routes": "How reviews begin",
        "escalations": "Disagreements",
        "escalation_figures": "Figures",
    }
    return [
        Link(text, reverse(f"reviews:{name}"), current=name == current)
        for name, text in pages.items()
    ]


def around(reference: str, first: str, href: str, *, guest: bool = False) -> list[Link]:
    """The pages of one record."""
    here = Link(first, href, current=True)
    if guest:
        return [here]
    return [
        here,
        Link("Documents", reverse("documents:on", args=[reference])),
        Link("Actions", reverse("actions:on", args=[reference])),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]
