"""A seat and those who have sat in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.asks.queries import open_asks
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations, queries
from concordat.domain.base.seats.queries import Seat
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.queries import (
    authority_of_seats,
    found_on,
    given_by_name_to,
    independence,
    names,
)
from concordat.kernel.actor import Actor
from concordat.web.seats import facing
from concordat.web.seats.facing import Request
from concordat.web.seats.forms import AppointForm, EndHoldingForm, SeatForm, VacateForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, done, form_page, send

FIELDS = (
    "role", "capacity", "office", "seat_class", "speaks_for", "chosen_how", "reports_back",
    "how_many", "term",
)  # fmt: skip


@require_safe
def seat(request: Request, reference: str) -> HttpResponse:
    found = queries.seat(request.actor, reference)
    actor, home = request.actor, facing.home_of(request.actor, found.record)
    rows = [facing.sitting(actor, row) for row in queries.holders_of(actor, found)]
    now = [each for each in rows if each["words"] in ("Sits now", "Vacant")]
    told = {
        "seat": found,
        "home": home,
        "part": "structure",
        "rows": rows,
        "now": now,
        "lines": facing.lines(actor, home, [f"seats:{found.key}"], names(actor, home, facing.ENDS)),
        "risks": [
            each.finding
            for each in independence(actor, home, actor.on)
            if each.subject == f"seats:{found.key}"
        ],
        "found": found_on(actor, home).get(f"seats:{found.key}", []),
        "held": authority_of_seats(actor, home, [found.pk], actor.on),
        "asks": open_asks(actor).filter(seat=found.pk),
        "moments": facing.lately(actor, found.record),
        "may_change": facing.may_change(actor, found.record),
    }
    return render(request, "seats/seat.html", told)


def _mine(request: Request, reference: str) -> Seat:
    """A seat that the actor may change."""
    found = queries.seat(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _page(
    request: Request, found: Seat, form: Any, sent: Sent, heading: str, button: str, **told: Any
) -> HttpResponse:
    told |= {"heading": heading, "button": button}
    told |= {"back_href": reverse("seats:seat", args=[found.record.reference])}
    told.setdefault("rows", [Fact("Seat", found.role), Fact("Body", found.body.name)])
    return form_page(request, "act.html", form, sent, **told)


def change(request: Request, reference: str) -> HttpResponse:
    """Change what a seat is; if somebody else came first, both texts are shown."""
    found = _mine(request, reference)
    listed = facing.agency_choices(request.actor, found.partnership_id, found.agency)
    form = SeatForm(
        request.POST or None,
        agencies=listed,
        initial={name: getattr(found, name) for name in FIELDS}
        | {"agency": facing.chosen(found.agency, listed)},
        seen_version=found.record.version,
    )
    sent = send(request, form, lambda: _change(request, found, form), record=found.record)
    if sent.done:
        return done(request, "The seat is changed.", "seats:seat", reference)
    return _page(request, found, form, sent, "Change this seat", "Save the seat")


def _change(request: Request, found: Seat, form: SeatForm) -> Seat:
    told = facing.with_agency(request.actor, found.partnership_id, form.answers())
    seen = form.seen if form.seen is not None else found.record.version
    return operations.amend_seat(request.actor, seat=found, values=told, seen_version=seen)


def appoint(request: Request, reference: str) -> HttpResponse:
    """Put a post into the seat: as holder, deputy, interim or one of a job share."""
    found = _mine(request, reference)
    home = facing.home_of(request.actor, found.record)
    posts = facing.posts(request.actor, found.partnership_id)
    named = [(row.key, row.name) for row in queries.named_people(request.actor, home)]
    if not posts and not named:
        told = {"seat": found, "home": home}
        return render(request, "seats/no_posts.html", told)
    form = AppointForm(
        request.POST or None,
        posts=posts,
        named=named,
        initial={"from_day": request.actor.on, "holding": Holding.HOLDER.value},
        seen_version=found.record.version,
    )
    act = lambda: _appoint(request, home, found, form)  # noqa: E731
    sent = send(request, form, act, record=found.record, names=AppointForm.NAMES)
    if sent.done:
        return done(request, "The appointment is on record.", "seats:seat", reference)
    explain = "A new holder ends the one before on the day before. A job share stands beside it."
    told = {"explain": explain, "rows": _facts(request.actor, found)}
    return _page(request, found, form, sent, "Appoint somebody", "Appoint", **told)


def _appoint(request: Request, home: Partnership, found: Seat, form: AppointForm) -> object:
    told = form.answers()
    kind, _, key = told.pop("post").partition(":")
    if kind == "post":
        who: Any = queries.posts(request.actor).get(partnership=found.partnership_id, key=key)
    else:
        who = queries.named_people(request.actor, home).get(key=key)
    holding = Holding(told.pop("holding"))
    return arrangements.appoint(
        request.actor, seat=found, holding=holding, seen_version=form.seen, **{kind: who}, **told
    )


def _facts(actor: Actor, found: Seat) -> list[Fact]:
    """The seat, and the powers given by name that lapse once whoever holds it sits nowhere."""
    given = given_by_name_to(actor, found, actor.on)
    lapses = [f"{row.agency.name} to {row.person.name}" for row in given if row.person]
    more = [Fact("Lapses with their last seat", "; ".join(lapses))] if lapses else []
    return [Fact("Seat", found.role), Fact("Body", found.body.name), *more]


def end_holding(request: Request, reference: str, holder: int) -> HttpResponse:
    found = _mine(request, reference)
    row = queries.holder(request.actor, found, holder)
    form = EndHoldingForm(request.POST or None, initial={"last_day": request.actor.on})
    sent = send(
        request,
        form,
        lambda: arrangements.end_holding(request.actor, holder=row, **form.answers()),
        names={"to": "last_day"},
    )
    if sent.done:
        return done(request, "It ends on that day.", "seats:seat", reference)
    who = facing.sitting(request.actor, row)["who"]
    rows = [*_facts(request.actor, found), Fact("Held by", who)]
    rows += [Fact("As", row.holding.capitalize())]
    return _page(request, found, form, sent, "End this holding", "End it", rows=rows)


def vacate(request: Request, reference: str) -> HttpResponse:
    """Say that nobody sits in the seat from a day."""
    found = _mine(request, reference)
    initial = {"from_day": request.actor.on}
    form = VacateForm(request.POST or None, initial=initial, seen_version=found.record.version)
    sent = send(
        request,
        form,
        lambda: arrangements.vacate(
            request.actor, seat=found, seen_version=form.seen, **form.answers()
        ),
        record=found.record,
    )
    if sent.done:
        return done(request, "The seat is vacant from that day.", "seats:seat", reference)
    explain = "Whoever holds it left on the day before. Deputies stay. Vacancies show as findings."
    told = {"explain": explain, "rows": _facts(request.actor, found)}
    return _page(request, found, form, sent, "Record a vacancy", "Record it", **told)
