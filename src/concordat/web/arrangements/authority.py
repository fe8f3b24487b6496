"""Why may she decide this? Answered for any matter and day, with what it rests on."""

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
from concordat.domain.governance.arrangements.rules import Answer, Opinion
from concordat.domain.governance.arrangements.rules.words import LIMBS, NONE_ON_RECORD
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.web.arrangements.forms import AuthorityForm, DelegateForm, EndDelegationForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send

ENDS = (
    "What was decided by it until its last day stays decided. From the day after, the agency "
    "decides itself."
)
TONES = {Answer.YES: "Done", Answer.NO: "Overdue", Answer.NEEDS: "Due soon"}
SAID = {
    Answer.YES: "May decide",
    Answer.NO: "May not decide",
    Answer.NEEDS: "Needs",
    Answer.NOT_DECIDING: "Not asked",
}


@require_safe
def authority(request: Request, slug: str) -> HttpResponse:
    """The verdict of each partner and of all together, and what would be needed."""
    home = agencies.partnership(request.actor, slug)
    record = queries.record_of(request.actor, home)
    form = AuthorityForm(request.GET, record=record, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    told: dict[str, Any] = {"home": home, "part": "authority", "form": form}
    told |= {"matters": queries.matters(request.actor, home)}
    if form.matter and not bad:
        told |= _answered(record, form)
    told["may_change"] = bool(can(request.actor, Verb.CHANGE, home.record))
    return render(request, "arrangements/authority.html", told, status=422 if bad else 200)


def _answered(record: rules.Record, form: AuthorityForm) -> dict[str, Any]:
    found = rules.authority(record, form.matter, form.day, form.present, amount=form.amount)
    when = day_in_words(form.day)
    sentence = f"{'Yes' if found.overall else 'No'}, on {when} this "
    sentence += "could be decided" if found.overall else "could not be decided"
    return {
        "found": found,
        "day": form.day,
        "sentence": sentence,
        "tone": "done" if found.overall else "late",
        "opinions": [_told(each) for each in found.opinions],
        "needed": [told for each in found.opinions if (told := rules.needed(each))],
        "turns": rules.turns(record, form.matter),
        "query": form.query(),
    }


def _told(opinion: Opinion) -> dict[str, Any]:
    return {
        "opinion": opinion,
        "state": TONES.get(opinion.answer, "Draft"),
        "said": SAID[opinion.answer],
    }


@require_safe
def delegations(request: Request, slug: str) -> HttpResponse:
    """Every delegation of a partnership, those that are over included."""
    home = agencies.partnership(request.actor, slug)
    over = queries.lapsed(request.actor, home, request.actor.on)
    rows = [_row(request.actor, row, over) for row in queries.delegations(request.actor, home)]
    told = {"home": home, "part": "authority", "rows": rows}
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
    }


def _to(row: queries.Delegation) -> str:
    """Who holds it: a post, a seat or somebody by name."""
    if row.post:
        return str(row.post.title)
    if row.seat:
        return str(row.seat.role)
    return str(row.person.name) if row.person else "Nobody named"


@require_safe
def delegation(request: Request, slug: str, key: str) -> HttpResponse:
    """One delegation: what it lets whom do, since when, and on what it rests."""
    home = agencies.partnership(request.actor, slug)
    row = queries.delegation(request.actor, home, key)
    titles = {each.key: each.title for each in queries.matters(request.actor, home)}
    over = row.in_force(request.actor.on) == "no" and bool(row.to_text)
    told = {
        "home": home,
        "part": "authority",
        **_row(request.actor, row, queries.lapsed(request.actor, home, request.actor.on)),
        "matters": [titles.get(each, each) for each in row.matters],
        "reserved": [titles.get(each, each) for each in row.reserved],
        "may_change": (may := bool(can(request.actor, Verb.CHANGE, home.record))),
        "may_end": may and not over,
    }
    return render(request, "arrangements/delegation.html", told)


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
        return done(
            request,
            "The delegation is on record.",
            "arrangements:delegation",
            slug,
            sent.result.key,
        )
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


def end_delegation(request: Request, slug: str, key: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    row = queries.delegation(request.actor, home, key)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = EndDelegationForm(request.POST or None, initial={"last_day": request.actor.on})
    sent = send(
        request,
        form,
        lambda: operations.end_delegation(request.actor, delegation=row, **form.answers()),
        names={"to": "last_day"},
    )
    if sent.done:
        return done(request, "The delegation ends.", "arrangements:delegation", slug, key)
    held = _row(request.actor, row, {})
    rows = [Fact("Agency", row.agency.name), Fact("Held by", held["to"])]
    told = {"heading": "End this delegation", "button": "End the delegation", "rows": rows}
    told |= {"back_href": reverse("arrangements:delegation", args=[slug, key]), "explain": ENDS}
    return form_page(request, "act.html", form, sent, **told)
