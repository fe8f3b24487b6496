"""The list of incidents, the front door by which they are told, one incident, and its papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.craft import formats
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import fetch_record
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.queries import Incident
from concordat.domain.practice.reviews.rules import INCIDENT_STATES, Paper, Stage
from concordat.domain.practice.reviews.rules.life import may_tell
from concordat.kernel.actor import Kind
from concordat.kernel.errors import Refused
from concordat.kernel.labels import count
from concordat.web.reviews import incidents_facing as facing
from concordat.web.reviews.incidents_forms import NAMES, AwaitForm, TellForm
from concordat.web.reviews.incidents_offered import offered, that_answer
from concordat.web.ui.attaching import attached
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.paging import page_of
from concordat.web.ui.sending import act_page, done, form_page, send


def sentence(total: int) -> str:
    if not total:
        return "There is no incident that you may open."
    return f"You may open {count(total, 'incident')}."


@require_safe
def incidents(request: Request) -> HttpResponse:
    """The incidents that the actor may open, what waits first."""
    actor = request.actor
    rows = queries.incidents(actor)
    page = page_of(rows, request.GET.get("page"))
    homes = queries.homes_to_tell(actor)
    told = {
        "page": page,
        "lines": facing.lines(actor, page.rows),
        "sentence": sentence(page.total),
        "may_tell": bool(homes),
        "may_await": any(queries.runs(actor, home.pk) for home in homes),
    }  # fmt: skip
    return render(request, "reviews/incidents.html", told)


def tell(request: Request) -> HttpResponse:
    """The front door for whoever has an account."""
    actor = request.actor
    homes = queries.homes_to_tell(actor)
    areas = _areas(request, [home.pk for home in homes])
    if not areas:
        raise Refused("You sit in no partnership in whose area an incident could be told.")
    others = {str(a.pk): a for home in homes for a in queries.other_areas(actor, home.pk)}
    form = _tell_form(request, areas, others)

    def act() -> Incident:
        area, label = areas[form.cleaned_data["area"]], form.cleaned_data["label"]
        return operations.tell(
            actor, partnership=area.partnership, area=area, facts=form.facts(), label=label
        )

    sent = send(request, form, act, names=NAMES)
    if sent.done:
        return _is_told(request, sent.result)
    back = {"back_href": reverse("reviews:incidents")}
    return form_page(request, "reviews/tell.html", form, sent, **back)


def _areas(request: Request, homes: Iterable[UUID]) -> dict[str, queries.Area]:
    rows = [row for home in homes for row in queries.areas_to_tell(request.actor, home)]
    return {str(row.pk): row for row in rows}


def _tell_form(
    request: Request, areas: dict[str, queries.Area], others: dict[str, queries.Area], **more: Any
) -> TellForm:
    return TellForm(
        request.POST or None,
        areas=[(key, each.name) for key, each in areas.items()],
        others=others,
        initial={"area": next(iter(areas)) if len(areas) == 1 else ""},
        **more,
    )


def _is_told(request: Request, row: Incident) -> HttpResponse:
    """Whoever told it may not open it: what happens next is said all the same."""
    reference = row.record.reference
    words = f"It is told under {reference}. The council and the secretariat see to it."
    try:
        queries.incident(request.actor, reference)
    except Incident.DoesNotExist:
        return done(request, words, "reviews:incidents")
    return done(request, words, "reviews:incident", reference)


@also_by_link
def tell_it(request: Request, reference: str) -> HttpResponse:
    """The front door for a named person who was asked to tell an incident by a link."""
    actor = request.actor
    row = queries.incident(actor, reference)
    may_tell(queries.part_in(actor, row)).require()
    INCIDENT_STATES.verdict(row.stage_is, "tell").require()
    areas = _areas(request, [row.partnership_id])
    others = facing.others(actor, row.partnership_id)
    form = _tell_form(request, areas, others, seen_version=row.record.version)

    def act() -> Incident:
        return _tell_by_link(request, row, areas[form.cleaned_data["area"]], form)

    sent = send(request, form, act, record=row.record, names=NAMES)
    if sent.done and actor.kind is Kind.GUEST:
        words = f"It is told under {reference}. The council sees to it."
        return form_page(request, "reviews/thanks.html", form, sent, words=words)
    if sent.done:
        return done(request, "It is told.", "reviews:incident", reference)
    return form_page(request, "reviews/tell.html", form, sent, back_href=facing.up(row))


def _tell_by_link(request: Request, row: Incident, area: queries.Area, form: TellForm) -> Incident:
    guest = request.actor.kind is Kind.GUEST
    return operations.tell_by_link(
        request.actor,
        incident=row,
        area=area,
        facts=form.facts(),
        label=form.cleaned_data["label"],
        link=request.guest_link if guest else None,
        now=timezone.now(),
        seen_version=form.seen,
    )


def awaited(request: Request) -> HttpResponse:
    """Ask a named person at an agency to tell an incident, by a link."""
    actor = request.actor
    homes = [home for home in queries.homes_to_tell(actor) if queries.runs(actor, home.pk)]
    if not homes:
        raise Refused("The secretariat of a partnership sends such a link.")
    theirs = agencies.agencies(actor).filter(partnership__in=[home.pk for home in homes])
    form = AwaitForm(
        request.POST or None,
        homes=[(home.reference, home.title) for home in homes],
        agencies=[(each.record.reference, each.name) for each in theirs],
        initial={"partnership": homes[0].reference},
    )
    return act_page(
        request,
        form,
        lambda: _await(request, form),
        words="They are asked, by a link.",
        to=lambda row: ("reviews:incident", row.record.reference),
        heading="Ask somebody to tell an incident",
        explain="One named person at an agency’s address gets a link. A code is mailed to them "
        "before it opens, and it can be used once.",
        button="Send the link",
        back_href=reverse("reviews:incidents"),
    )


def _await(request: Request, form: AwaitForm) -> Incident:
    told = form.answers()
    theirs = agencies.agencies(request.actor).filter(record__reference=told["agency"])
    return operations.await_telling(
        request.actor,
        partnership=fetch_record(request.actor, told["partnership"]),
        name=told["name"],
        email=told["email"],
        agency=theirs.get(),
        why=told["why"],
        door=request.build_absolute_uri(reverse("mail:door", args=[TOKEN])),
        now=timezone.now(),
    )


@also_by_link
@require_safe
def incident(request: Request, reference: str) -> HttpResponse:
    """One incident: its clocks, the three questions, what each partner thinks, and what follows."""
    row = queries.incident(request.actor, reference)
    look(request.actor, record=row.record)
    told = facing.face(request.actor, row)
    told["acts"] = offered(request.actor, row, told["part"])
    told["tells"] = row.stage_is is Stage.AWAITED and bool(may_tell(told["part"]))
    return render(request, "reviews/incident.html", told)


@require_safe
def criteria(request: Request, reference: str) -> HttpResponse:
    """Each criterion with what stands behind it, each partner's view, and dissent."""
    row = queries.incident(request.actor, reference)
    if not row.is_told or queries.is_a_summary(request.actor, row):
        raise Http404
    look(request.actor, record=row.record, what="read the criteria")
    return render(request, "reviews/criteria.html", facing.criteria_page(request.actor, row))


@require_safe
def paper(request: Request, reference: str, name: str) -> HttpResponse:
    """One of the papers as it stands, or as it was sent."""
    row, of = _found(request, reference, name)
    look(request.actor, record=row.record, what=f"read the {of.value}")
    at = [row.record.reference, of.value]
    sheets = queries.paper(request.actor, row, of)
    told = {
        "incident": row,
        "record": row.record,
        "paper": of,
        "sheets": sheets,
        "left": sum(len(each.left) for each in sheets),
        "number": sum(len(each.told) for each in sheets),
        "forms": []
        if queries.is_settled(request.actor, row, of)
        else that_answer(request.actor, row, of),
        "back_href": facing.up(row),
        "files": [
            (words, reverse("reviews:incident_file", args=[*at, form]))
            for form, words in formats.NAMES.items()
        ],
    }
    return render(request, "reviews/paper.html", told)


@require_safe
def file(request: Request, reference: str, name: str, form: str) -> HttpResponse:
    row, of = _found(request, reference, name)
    if form not in formats.NAMES:
        raise Http404
    look(request.actor, record=row.record, what=f"took the {of.value} along")
    made = facing.written(request.actor, row, of)
    return attached(made, f"{row.record.reference}-{of.value}", form)


def _found(request: Request, reference: str, name: str) -> tuple[Incident, Paper]:
    row = queries.incident(request.actor, reference)
    listed = {each.value for each, _href in facing.papers(row)}
    if name not in listed or not row.is_told or queries.is_a_summary(request.actor, row):
        raise Http404
    return row, Paper(name)
