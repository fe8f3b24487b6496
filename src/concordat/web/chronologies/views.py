"""Chronologies as a list, one with its agencies and team, and what its manager sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.people import queries as people
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.base.seats import queries as seats
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.queries import Child
from concordat.domain.practice.chronologies import operations, queries, rules
from concordat.domain.practice.chronologies.operations import Terms
from concordat.domain.practice.chronologies.queries import Chronology, Contribution
from concordat.domain.practice.chronologies.rules import Part
from concordat.kernel.errors import Invalid, Refused
from concordat.web.chronologies import facing
from concordat.web.chronologies.forms import (
    AskForm,
    ChildForm,
    EndMemberForm,
    ExpectForm,
    MemberForm,
    OpenForm,
    TermsForm,
)
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from


@require_safe
def chronologies(request: Request) -> HttpResponse:
    """The chronologies whose team the actor is on."""
    page = page_of(queries.chronologies(request.actor), request.GET.get("page"))
    told = {"page": page, "may_open": bool(queries.homes(request.actor))}
    return render(request, "chronologies/chronologies.html", told)


@require_safe
def on(request: Request, reference: str) -> HttpResponse:
    """The chronologies that were opened for one record."""
    found = fetch_record(request.actor, reference)
    look(request.actor, record=found, what="listed the chronologies of")
    page = page_of(queries.on_record(request.actor, found), request.GET.get("page"))
    return render(request, "chronologies/chronologies.html", {"page": page, "about": found})


def open_(request: Request) -> HttpResponse:
    """Open a chronology; whoever does manages it."""
    homes = {row.reference: row for row in queries.homes(request.actor)}
    if not homes:
        raise Refused("The secretariat of a partnership opens chronologies.")
    known = {row.record.reference: row for row in children.children(request.actor)}
    about = request.GET.get("about", "")
    form = OpenForm(
        request.POST or None,
        homes=[(ref, row.title) for ref, row in homes.items()],
        children=[(ref, f"{row.label}, {row.area.name}") for ref, row in known.items()],
        initial=_usual() | {"partnership": next(iter(homes)), "about": about},
    )
    return act_from(
        request, ("chronologies:chronologies",), form, lambda: _open(request, form, homes, known),
        words="Open. Ask the agencies next.",
        to=lambda row: ("chronologies:chronology", row.record.reference),
        heading="Open a chronology",
        button="Open the chronology",
    )  # fmt: skip


def _open(
    request: Request, form: OpenForm, homes: Mapping[str, Record], known: Mapping[str, Child]
) -> Chronology:
    told: dict[str, Any] = form.answers()
    home, about = homes[told.pop("partnership")], told.pop("about").strip().upper()
    named = [known[ref] for ref in told.pop("children")]
    return operations.open_chronology(
        request.actor,
        partnership=home,
        terms=Terms(**told),
        children=named,
        about=_about(request, about) if about else None,
    )


def _usual() -> dict[str, Any]:
    return {"columns": [each.value for each in rules.USUAL]}


def _about(request: Request, reference: str) -> Record:
    try:
        return fetch_record(request.actor, reference)
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {reference}.", field="about", mend="Check the reference."
        ) from None


@also_by_link
@require_safe
def chronology(request: Request, reference: str) -> HttpResponse:
    """One chronology: its agencies and where they stand, its team, and what is asked."""
    actor, row = request.actor, queries.chronology(request.actor, reference)
    look(actor, record=row.record)
    stands, unheard = queries.stands(actor, row), queries.unheard(actor, row)
    names = {each.contribution.pk: each.contribution.name for each in stands}
    told = facing.frame(actor, row, "chronology") | {
        "lines": [facing.agency_line(each, actor.on, unheard) for each in stands],
        "team": queries.team(actor, row),
        "subjects": queries.subjects(actor, row),
        "period": facing.period(actor, row),
        "lacking": queries.may_take_rows(actor, row),
        "expected": [(names[pk], days) for pk, days in row.expected if pk in names],
        "pairs": [(names[a], names[b]) for a, b in row.pairs if a in names and b in names],
        "today": actor.on,
    }
    return render(request, "chronologies/chronology.html", told)


def managed(request: Request, reference: str) -> Chronology:
    """A chronology that the actor manages."""
    row = queries.chronology(request.actor, reference)
    rules.may_manage(queries.place_in(request.actor, row)).require()
    return row


def amend(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    names = ("first", "last", "columns", "required", "gap", "told", "contact")
    initial = {name: getattr(row, name) for name in names} | {
        "title": row.record.title,
        "themes": "\n".join(row.themes),
        "enquiries": "\n".join(row.enquiries),
    }
    form = TermsForm(request.POST or None, initial=initial, seen_version=row.record.version)
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: operations.amend(
            request.actor, chronology=row, terms=Terms(**form.answers()), seen_version=form.seen
        ),
        words="Changed. Rows that are kept stay as they are told.",
        record=row.record,
        heading="Change what is asked",
        button="Change it",
    )  # fmt: skip


def expect(request: Request, reference: str) -> HttpResponse:
    """Which contacts were expected, and who should know what whom knows."""
    row = managed(request, reference)
    asked = {each.pk: each for each in queries.contributions(request.actor, row)}
    initial: dict[str, Any] = {f"days_{pk}": days for pk, days in row.expected}
    form = ExpectForm(
        request.POST or None,
        agencies=[(pk, each.name) for pk, each in asked.items()],
        initial=initial | {"pairs": [f"{a}-{b}" for a, b in row.pairs]},
        seen_version=row.record.version,
    )
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: _expect(request, row, form, asked),
        words="Set. What stands out is worked out anew.",
        record=row.record,
        heading="Say what to look for",
        explain="A silence is a question to ask, never a finding.",
        button="Set it",
    )  # fmt: skip


def _expect(
    request: Request, row: Chronology, form: ExpectForm, asked: Mapping[int, Contribution]
) -> object:
    told = form.answers()
    pairs = [pair.split("-") for pair in told.pop("pairs")]
    return operations.expect(
        request.actor,
        chronology=row,
        expected=[(asked[int(name[5:])], days) for name, days in told.items() if days],
        pairs=[(asked[int(a)], asked[int(b)]) for a, b in pairs],
        seen_version=form.seen,
    )


def add_child(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    known = {
        each.record.reference: each
        for each in children.children(request.actor).filter(area__partnership=row.partnership_id)
    }
    form = ChildForm(
        request.POST or None, children=[(ref, each.label) for ref, each in known.items()]
    )
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: operations.add_child(
            request.actor, chronology=row, child=known[form.answers()["child"]]
        ),
        words="The child is named, by label.",
        heading="Name a child",
        button="Name the child",
    )  # fmt: skip


def ask(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    known = {
        each.record.reference: each
        for each in agencies.agencies(request.actor).filter(partnership=row.partnership_id)
    }
    form = AskForm(request.POST or None, agencies=[(ref, each.name) for ref, each in known.items()])

    def put() -> object:
        told = form.answers()
        return operations.ask_agency(
            request.actor, chronology=row, agency=known[told["agency"]], due=told["due"]
        )

    return act_from(
        request, ("chronologies:chronology", reference), form, put,
        words="Asked. Name its authors next.",
        heading="Ask an agency for its rows",
        button="Ask the agency",
    )  # fmt: skip


def name_member(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    whom = _whom(request, row)
    asked = {str(each.pk): each for each in queries.contributions(request.actor, row)}
    form = MemberForm(
        request.POST or None,
        whom=[(ref, name) for ref, (name, _) in whom.items()],
        agencies=[(pk, each.name) for pk, each in asked.items()],
    )
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: _name(request, row, form.answers(), whom, asked),
        words="Named. They find it under Chronologies.",
        heading="Name somebody for the team",
        button="Name them",
    )  # fmt: skip


def _name(
    request: Request,
    row: Chronology,
    told: Mapping[str, Any],
    whom: Mapping[str, tuple[str, Record]],
    asked: Mapping[str, Contribution],
) -> object:
    return operations.name_member(
        request.actor,
        chronology=row,
        whom=whom[told["whom"]][1],
        part=Part(told["part"]),
        contribution=asked.get(told["contribution"]),
        to_day=told["to_day"],
    )


def _whom(request: Request, row: Chronology) -> dict[str, tuple[str, Record]]:
    """People and seats of the partnership, by reference."""
    here = row.partnership_id
    known = people.people(request.actor).filter(record__partnership=here)
    sitting = seats.seats(request.actor).filter(partnership=here, to_text="")
    return {p.record.reference: (p.record.title, p.record) for p in known} | {
        s.record.reference: (f"Seat: {s.role} ({s.body.name})", s.record) for s in sitting
    }


def end_member(request: Request, reference: str, pk: int) -> HttpResponse:
    row = managed(request, reference)
    member = queries.team(request.actor, row).get(pk=pk)
    form = EndMemberForm(request.POST or None)
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: operations.end_member(request.actor, member=member, **form.answers()),
        words="It has its last day. After it they see nothing of it.",
        heading=f"End the time of {member.grant.grantee.title}",
        rows=[Fact("As", str(member.part).capitalize()), Fact("Since", member.grant.from_day)],
        button="Set the last day",
    )  # fmt: skip


def lock(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    rules.STATES.verdict(row.stage_is, "lock").require()
    form = ReasonForm(request.POST or None, seen_version=row.record.version)
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: operations.lock(
            request.actor, chronology=row, seen_version=form.seen, **form.answers()
        ),
        words="Locked. It can be read and exported.",
        record=row.record,
        heading="Lock the chronology",
        explain="No row, mark or pair can be changed until it is unlocked.",
        button="Lock it",
    )  # fmt: skip


def unlock(request: Request, reference: str) -> HttpResponse:
    row = managed(request, reference)
    rules.STATES.verdict(row.stage_is, "unlock").require()
    form = ReasonForm(request.POST or None, seen_version=row.record.version)
    return act_from(
        request, ("chronologies:chronology", reference), form,
        lambda: operations.unlock(
            request.actor, chronology=row, seen_version=form.seen, **form.answers()
        ),
        words="Unlocked. Agencies can change their rows again.",
        record=row.record,
        heading="Unlock the chronology",
        button="Unlock it",
    )  # fmt: skip
