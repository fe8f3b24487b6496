"""Power that agencies handed over: the list, each delegation with its history, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import operations, queries, rules
from concordat.domain.governance.arrangements.rules.words import LIMBS, NONE_ON_RECORD
from concordat.kernel.actor import Actor
from concordat.web.arrangements import delegation_history as history
from concordat.web.arrangements import facing
from concordat.web.arrangements.forms import DelegateForm, EndDelegationForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send

PAGE = "arrangements:delegation"
ENDS = (
    "What was decided by it until its last day stays decided. From the day after, the agency "
    "decides itself."
)


@require_safe
def delegations(request: Request, slug: str) -> HttpResponse:
    """Every delegation of a partnership, those that are over included."""
    home = agencies.partnership(request.actor, slug)
    over = queries.lapsed(request.actor, home, request.actor.on)
    rows = [_row(request.actor, row, over) for row in queries.delegations(request.actor, home)]
    told = {"home": home, "part": "authority", "rows": rows}
    told |= {"bare": sum(1 for row in rows if row["bare"] and not row["over"])}
    told |= {"may_change": bool(can(request.actor, Verb.CHANGE, home.record))}
    return render(request, "arrangements/delegations.html", told)


def _row(actor: Actor, row: queries.Delegation, lapsed: Mapping[str, str]) -> dict[str, Any]:
    standing = row.in_force(actor.on)
    over = bool(row.period.end and row.period.end.certainly_before(actor.on))
    state, words = {
        "yes": ("Done", "In force"),
        "uncertain": ("Due soon", "Not certain"),
    }.get(standing, ("Closed", "Ended") if over else ("Draft", "Not yet in force"))
    if row.state == "ended":
        state, words = "Closed", "Ended"
    elif row.state not in ("", "in force") and not over:
        state, words = "Draft", row.state.capitalize()
    elif standing != "no" and row.key in lapsed:
        state, words = "Overdue", "Reaches nobody"
    return {
        "held": row,
        "lapsed": lapsed.get(row.key, "") if standing != "no" else "",
        "to": _to(row),
        "covers": [LIMBS.get(limb, limb) for limb in row.limbs],
        "in_short": rules.limbs_in_short(row.limbs),
        "state": state,
        "words": words,
        "bare": row.instrument == NONE_ON_RECORD,
        "over": over or row.state == "ended",
    }


def _to(row: queries.Delegation) -> str:
    """Who holds it: a post, a seat or somebody by name."""
    if row.post:
        return str(row.post.title)
    if row.seat:
        return str(row.seat.role)
    return str(row.person.name) if row.person else "Nobody named"


@require_safe
def delegation(request: Request, reference: str) -> HttpResponse:
    """One delegation: what it lets whom do, on what it rests, who had it, and what was done."""
    actor = request.actor
    row = queries.delegation(actor, reference)
    home = _home(actor, row)
    at = facing.Addresses(home, queries.names(actor, home, ("decisions", "matters")))
    may = bool(can(actor, Verb.CHANGE, row.record))
    told = {
        "home": home,
        "part": "authority",
        **_row(actor, row, queries.lapsed(actor, home, actor.on)),
        "matters": [(each, at.title(f"matters:{each}")) for each in row.matters],
        "reserved": [at.title(f"matters:{each}") for each in row.reserved],
        "holders": history.holders(actor, row),
        "decided": queries.standing_on(actor, home, row),
        "approved": queries.approving(actor, home, row),
        "passed_on": queries.passed_on(actor, row),
        "found": queries.found_on(actor, home).get(f"delegations:{row.key}", []),
        "moments": history.told(actor, row, at),
        "may_change": may,
    }
    told["may_end"] = may and not told["over"]
    return render(request, "arrangements/delegation.html", told)


def _home(actor: Actor, row: queries.Delegation) -> Partnership:
    return agencies.partnerships(actor).get(pk=row.partnership_id)


def delegate(request: Request, slug: str) -> HttpResponse:
    """Hand power of an agency to a post, a seat or a named person."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = DelegateForm(
        request.POST or None,
        choices=_choices(request.actor, home),
        initial={"from_day": request.actor.on},
    )
    sent = send(request, form, lambda: _delegate(request, home, form), names=DelegateForm.NAMES)
    if sent.done:
        words = "The delegation is on record."
        return done(request, words, PAGE, sent.result.record.reference)
    told = {"heading": "Record a delegation", "button": "Record the delegation", "home": home}
    told["back_href"] = reverse("arrangements:delegations", args=[slug])
    return form_page(request, "arrangements/delegate.html", form, sent, **told)


def _choices(actor: Actor, home: Partnership) -> dict[str, list[tuple[str, str]]]:
    sitting = seats.seats(actor).filter(partnership=home.pk)
    posts = seats.posts(actor).filter(partnership=home.pk)
    people = seats.named_people(actor, home)
    to = [(f"post:{row.key}", f"{row.title} (the post)") for row in posts]
    to += [(f"seat:{row.key}", f"{row.role}, {row.body.name} (the seat)") for row in sitting]
    to += [(f"person:{row.key}", f"{row.name} (by name)") for row in people]
    return {
        "agency": [
            (row.key, row.name) for row in agencies.agencies(actor).filter(partnership=home.pk)
        ],
        "to": to,
        "matters": [(row.key, row.title) for row in queries.matters(actor, home)],
    }


def _delegate(request: Request, home: Partnership, form: DelegateForm) -> queries.Delegation:
    told = form.answers()
    kind, _, key = told.pop("to").partition(":")
    rows = {
        "post": seats.posts(request.actor),
        "seat": seats.seats(request.actor),
        "person": seats.named_people(request.actor, home),
    }[kind].filter(partnership=home.pk)
    of = agencies.agencies(request.actor).filter(partnership=home.pk)
    agency = of.select_related("partnership").get(key=told.pop("agency"))
    return operations.delegate(request.actor, agency=agency, to={kind: rows.get(key=key)}, **told)


def end_delegation(request: Request, reference: str) -> HttpResponse:
    row = queries.delegation(request.actor, reference)
    can(request.actor, Verb.CHANGE, row.record).require()
    form = EndDelegationForm(request.POST or None, initial={"last_day": request.actor.on})
    return act_page(
        request,
        form,
        lambda: operations.end_delegation(request.actor, delegation=row, **form.answers()),
        words="The delegation ends.",
        to=(PAGE, reference),
        names={"to": "last_day"},
        heading="End this delegation",
        explain=ENDS,
        rows=[Fact("Agency", row.agency.name), Fact("Held by", _to(row))],
        button="End the delegation",
        back_href=reverse(PAGE, args=[reference]),
    )
