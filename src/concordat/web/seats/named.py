"""People whom the partnership's file names, and which registered person each of them is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.people import queries as people
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations, queries
from concordat.domain.base.seats.queries import NamedPerson
from concordat.domain.governance.arrangements.queries import delegations
from concordat.kernel.actor import Actor
from concordat.web.seats import facing
from concordat.web.seats.facing import Request
from concordat.web.seats.forms import IdentifyForm, NamedForm, SeparateForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send

MEANS = (
    "From then on the seats that they hold by name are theirs and let them in. What was delegated "
    "to them by name holds while they sit, and lapses when they move or leave."
)
NAMING = (
    "Seats and powers belong to posts wherever they can, since a post has a successor. Name "
    "somebody only where a source gave a seat or a power to them and to nobody else."
)
NAMES = {"person": "who"}
ENDS = "What they hold by name lets them in no more. The file stays as it is."


@require_safe
def named(request: Request, slug: str) -> HttpResponse:
    """Everybody named, what they hold by name, and who they are."""
    home = agencies.partnership(request.actor, slug)
    told = {
        "home": home,
        "part": "people",
        "rows": _rows(request.actor, home),
        "may_change": facing.may_change(request.actor, home.record),
    }
    return render(request, "seats/named.html", told)


def _rows(actor: Actor, home: Partnership) -> list[dict[str, Any]]:
    held = [facing.sitting(actor, row) for row in queries.held_by_name(actor, home)]
    given = [row for row in delegations(actor, home) if row.person_id]
    return [
        {
            "named": row,
            "seats": [each for each in held if each["row"].named_id == row.pk],
            "given": [each for each in given if each.person_id == row.pk],
        }
        for row in queries.named_people(actor, home)
    ]


def _mine(request: Request, slug: str) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    return home


def new(request: Request, slug: str) -> HttpResponse:
    """Name somebody, where a post's title is not enough."""
    home = _mine(request, slug)
    form = NamedForm(request.POST or None, agencies=facing.agency_choices(request.actor, home.pk))
    return act_page(
        request,
        form,
        lambda: facing.add(request.actor, home, "people", form, named="name"),
        words=lambda row: f"{row.name} is named. Say who it is if they are registered here.",
        to=("seats:named", slug),
        heading="Name somebody",
        explain=NAMING,
        button="Name them",
        back_href=reverse("seats:named", args=[slug]),
    )


def identify(request: Request, slug: str, key: str) -> HttpResponse:
    """From the seat's side: which registered person somebody named in the file is."""
    home = _mine(request, slug)
    row = queries.named_person(request.actor, home, key)
    known = people.people(request.actor).filter(record__closed__isnull=True)
    listed = {each.record.reference: (each.name, each.post_title) for each in known}
    form = IdentifyForm(
        request.POST or None,
        who=facing.likely_first(row.name, listed),
        hint="Registered people, those with a like name first",
    )
    sent = send(request, form, lambda: _identify(request, row, known, form), names=NAMES)
    if sent.done:
        words = f"{row.name} is {sent.result.person.name}."
        return done(request, words, "seats:named", slug)
    told = {"heading": f"Say who {row.name} is", "button": "Record who this is"}
    told |= {"back_href": reverse("seats:named", args=[slug]), "explain": MEANS}
    return form_page(request, "act.html", form, sent, rows=_facts(row), **told)


def _identify(request: Request, row: NamedPerson, known: Any, form: IdentifyForm) -> object:
    person = known.get(record__reference=form.cleaned_data["who"])
    reason = form.cleaned_data["reason"]
    return operations.identify(request.actor, named=row, person=person, reason=reason)


def _facts(row: NamedPerson) -> list[Fact]:
    told = [Fact("Named in the file", row.name)]
    told += [Fact("Agency", row.agency.name)] if row.agency else []
    return told + ([Fact("Said to be", row.person.name)] if row.person else [])


def as_named(request: Request, reference: str) -> HttpResponse:
    """From the person's side: under which name of the file they are known."""
    found = people.person(request.actor, reference)
    home = facing.home_of(request.actor, found.record)
    can(request.actor, Verb.CHANGE, home.record).require()
    known = queries.named_people(request.actor, home).filter(person__isnull=True)
    known = known.select_related("partnership", "agency")
    back = reverse("seats:person", args=[reference])
    form = _names_for(request, found, known)
    if form is None:
        told = {"person": found, "home": home, "back_href": back}
        return render(request, "seats/no_names.html", told)
    return act_page(
        request,
        form,
        lambda: _as_named(request, found, known, form),
        words=lambda row: f"{found.name} is {row.name}.",
        to=("seats:person", reference),
        heading=f"Who {found.name} is in the file",
        explain=MEANS,
        button="Record who this is",
        back_href=back,
    )


def _names_for(request: Request, found: people.Person, known: Any) -> IdentifyForm | None:
    """The choice of a name that nobody is yet; None where there is none."""
    listed = {row.key: (row.name, row.agency.name if row.agency else "") for row in known}
    if not listed:
        return None
    return IdentifyForm(
        request.POST or None,
        who=facing.likely_first(found.name, listed),
        hint="Names in the partnership’s file that nobody is yet, those like theirs first",
    )


def _as_named(request: Request, found: people.Person, known: Any, form: IdentifyForm) -> object:
    return operations.identify(
        request.actor,
        named=known.get(key=form.cleaned_data["who"]),
        person=found,
        reason=form.cleaned_data["reason"],
    )


def separate(request: Request, slug: str, key: str) -> HttpResponse:
    """Take back who somebody named in the file is said to be."""
    home = _mine(request, slug)
    row = queries.named_person(request.actor, home, key)
    if row.person is None:
        return done(request, f"Nobody has said who {row.name} is.", "seats:named", slug)
    form = SeparateForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.separate(request.actor, named=row, **form.answers()),
        words=f"{row.name} is nobody registered now.",
        to=("seats:named", slug),
        heading="Take back who this is",
        explain=ENDS,
        rows=_facts(row),
        button="Take it back",
        back_href=reverse("seats:named", args=[slug]),
    )
