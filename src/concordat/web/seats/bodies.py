"""A body: what it is, how it has stood, its terms, its seats and whom it answers to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations, queries, rules
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.queries import found_on, names, structure
from concordat.domain.governance.arrangements.rules import AT_RISK, settled
from concordat.kernel.actor import Actor
from concordat.web.seats import facing
from concordat.web.seats.facing import Request
from concordat.web.seats.forms import (
    BodyForm,
    MoveForm,
    NewBodyForm,
    NewSeatForm,
    SucceedForm,
    TermsForm,
)
from concordat.web.ui.addresses import address_of
from concordat.web.ui.sending import done, form_page, send

FIELDS = (
    "name", "short", "kind", "parents", "outside", "rhythm", "composition", "chair_role",
    "quorum", "purpose",
)  # fmt: skip


@require_safe
def body(request: Request, reference: str) -> HttpResponse:
    found = queries.body(request.actor, reference)
    told = _told(request.actor, found)
    told |= {"may_change": facing.may_change(request.actor, found.record)}
    return render(request, "seats/body.html", told)


def _told(actor: Actor, found: Body) -> dict[str, Any]:
    home = facing.home_of(actor, found.record)
    whole = structure(actor, home, actor.on)
    built = {each["key"]: each for each in whole["bodies"]}
    today = built.get(found.key, {})
    rhythm, question = settled(today.get("rhythm"))
    return {
        "body": found,
        "home": home,
        "part": "structure",
        "stands": today,
        "rhythm": rhythm,
        "question": question,
        "states": queries.states_of(actor, found),
        "terms": list(queries.terms_of(actor, found)),
        "moments": facing.lately(actor, found.record),
        "risks": _risks(today, whole["findings"]),
        **_around(actor, home, found, built),
    }


def _risks(today: dict[str, Any], findings: list[dict[str, str]]) -> list[str]:
    """What touches the independence of those who sit here."""
    seats = {f"seats:{each['key']}" for each in today.get("seats", [])}
    at_risk = [each for each in findings if each["finding"].startswith(AT_RISK)]
    return [each["finding"] for each in at_risk if each["subject"] in seats]


def _around(actor: Actor, home: Any, found: Body, built: dict[str, Any]) -> dict[str, Any]:
    """Seats with their addresses, and the bodies above, below and after."""
    at = names(actor, home, facing.ENDS)
    today = built.get(found.key, {})

    def linked(key: str) -> dict[str, str]:
        named = at.get(f"bodies:{key}")
        href = address_of("body", named.reference) if named else ""
        outside = "outside the partnership" if built.get(key, {}).get("outside") else ""
        return {"title": named.title if named else key, "href": href, "more": outside}

    seated = [f"seats:{each['key']}" for each in today.get("seats", [])]
    return {
        "parents": [linked(key) for key in today.get("parents", found.parents)],
        "below": [linked(key) for key, each in built.items() if found.key in each["parents"]],
        "successors": [linked(key) for key in found.successor],
        "before": [linked(row.key) for row in queries.bodies(actor).filter(
            partnership=found.partnership_id) if found.key in row.successor],
        "seats": [
            {**each, "href": address_of("seat", at[f"seats:{each['key']}"].reference)}
            for each in today.get("seats", [])
        ],
        "lines": facing.lines(actor, home, [f"bodies:{found.key}", *seated], at),
        "found": found_on(actor, home).get(f"bodies:{found.key}", []),
    }  # fmt: skip


def _mine(request: Request, reference: str) -> Body:
    """A body that the actor may change."""
    found = queries.body(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _page(
    request: Request, reference: str, form: Any, sent: Any, heading: str, button: str, **told: Any
) -> HttpResponse:
    told |= {"heading": heading, "button": button}
    told |= {"back_href": reverse("seats:body", args=[reference])}
    return form_page(request, "act.html", form, sent, **told)


def change(request: Request, reference: str) -> HttpResponse:
    """Correct what a body says of itself, as somebody saw it."""
    found = _mine(request, reference)
    listed = facing.agency_choices(request.actor, found.partnership_id, found.agency)
    form = BodyForm(
        request.POST or None,
        bodies=facing.bodies(request.actor, found.partnership_id, but=found),
        agencies=listed,
        initial={name: getattr(found, name) for name in FIELDS}
        | {"agency": facing.chosen(found.agency, listed)},
        seen_version=found.record.version,
    )
    sent = send(request, form, lambda: _change(request, found, form), record=found.record)
    if sent.done:
        return done(request, "The body is changed.", "seats:body", reference)
    explain = "To give it a new name from a day, and keep the old one in old papers, rename it."
    return _page(request, reference, form, sent, f"Change {found.name}", "Save", explain=explain)


def _change(request: Request, found: Body, form: BodyForm) -> Body:
    values = _values(request, found.partnership_id, form)
    return operations.amend_body(request.actor, body=found, values=values, seen_version=form.seen)


def _values(request: Request, home: UUID, form: BodyForm) -> dict[str, Any]:
    told = facing.with_agency(request.actor, home, form.answers())
    return told | {"outside": told["outside"] or None}


def move(request: Request, reference: str) -> HttpResponse:
    """Take a body on: into shadow, into force, or to its end with what takes over."""
    found = _mine(request, reference)
    states = queries.states_of(request.actor, found)
    standing = next((each.state for each in states if each.in_force(request.actor.on) == "yes"), "")
    verbs = [(each.verb, each.verb.capitalize()) for each in rules.moves_from(standing)]
    if not verbs:
        return done(request, "This body has ended.", "seats:body", reference)
    form = MoveForm(
        request.POST or None,
        verbs=verbs,
        bodies=facing.bodies(request.actor, found.partnership_id, but=found),
        initial={"from_day": request.actor.on},
        seen_version=found.record.version,
    )
    sent = send(request, form, lambda: _move(request, found, form), record=found.record)
    if sent.done:
        return done(request, "The body has moved on.", "seats:body", reference)
    explain = f"It stands as {standing or 'in force'} today."
    heading = f"What becomes of {found.name}"
    return _page(request, reference, form, sent, heading, "Record this", explain=explain)


def _move(request: Request, found: Body, form: MoveForm) -> object:
    told = form.answers()
    key = told.pop("successor", "")
    known = queries.bodies(request.actor).filter(partnership=found.partnership_id)
    successor = known.get(key=key) if key else None
    return operations.move_state(
        request.actor, body=found, successor=successor, seen_version=form.seen, **told
    )


def rename(request: Request, reference: str) -> HttpResponse:
    """A new name from a day: the old body ends and keeps its name, the new one takes over."""
    found = _mine(request, reference)
    initial = {"from_day": request.actor.on}
    form = SucceedForm(request.POST or None, initial=initial, seen_version=found.record.version)
    sent = send(
        request,
        form,
        lambda: arrangements.succeed(
            request.actor, body=found, seen_version=form.seen, **form.answers()
        ),
        record=found.record,
    )
    if sent.done:
        words = f"{found.name} goes on as {sent.result.name}."
        return done(request, words, "seats:body", sent.result.record.reference)
    explain = (
        "The seats and those who sit in them go over on that day, and so does what waits there. "
        "Old papers keep the old name. A delegation to a seat ends with the seat: record it anew."
    )
    return _page(
        request, reference, form, sent, f"Rename {found.name}", "Rename it", explain=explain
    )


def terms(request: Request, reference: str) -> HttpResponse:
    """A new version of a body's terms of reference."""
    found = _mine(request, reference)
    form = TermsForm(
        request.POST or None,
        initial={"from_day": request.actor.on},
        seen_version=found.record.version,
    )
    sent = send(request, form, lambda: _terms(request, found, form), record=found.record)
    if sent.done:
        return done(request, "The new terms are on record.", "seats:body", reference)
    explain = "What you leave empty is carried over from the version before."
    heading = f"New terms of reference of {found.name}"
    return _page(request, reference, form, sent, heading, "Record these terms", explain=explain)


def _terms(request: Request, found: Body, form: TermsForm) -> object:
    told = form.answers()
    day = told.pop("from_day")
    return operations.agree_terms(
        request.actor, body=found, from_day=day, values=told, seen_version=form.seen
    )


def new_body(request: Request, slug: str) -> HttpResponse:
    """A new body, proposed, in shadow or in force."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = NewBodyForm(
        request.POST or None,
        bodies=facing.bodies(request.actor, home.pk),
        agencies=facing.agency_choices(request.actor, home.pk),
    )
    sent = send(request, form, lambda: _propose(request, home, form))
    if sent.done:
        words = f"{sent.result.name} is set down."
        return done(request, words, "seats:body", sent.result.record.reference)
    told = {"heading": "Add a body", "button": "Add this body"}
    told |= {"back_href": reverse("arrangements:structure", args=[slug])}
    return form_page(request, "act.html", form, sent, **told)


def _propose(request: Request, home: Any, form: NewBodyForm) -> Body:
    told = _values(request, home.pk, form)
    name, state, day = told.pop("name"), told.pop("state"), told.pop("from_day")
    return operations.propose(
        request.actor,
        partnership=home.record,
        name=name,
        state=rules.Standing(state),
        from_day=day,
        values=told,
    )


def new_seat(request: Request, reference: str) -> HttpResponse:
    """A new seat on a body."""
    found = _mine(request, reference)
    form = NewSeatForm(
        request.POST or None,
        bodies=[(found.key, found.name)],
        agencies=facing.agency_choices(request.actor, found.partnership_id),
        initial={"body": found.key},
    )
    sent = send(request, form, lambda: _add_seat(request, found, form))
    if sent.done:
        return done(request, "The seat is added.", "seats:seat", sent.result.record.reference)
    return _page(request, reference, form, sent, f"Add a seat on {found.name}", "Add this seat")


def _add_seat(request: Request, found: Body, form: NewSeatForm) -> object:
    told = facing.with_agency(request.actor, found.partnership_id, form.answers())
    told.pop("body")
    return operations.add(
        request.actor,
        partnership=found.partnership,
        kind="seats",
        name=f"{found.key}-{told['role']}",
        values={**told, "body": found},
    )
