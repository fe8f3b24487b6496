"""Busy times of oneself and of whom one acts for, patterns of posts, and school holidays."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.people.queries import Person
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.operations import Holiday
from concordat.domain.governance.diaries.queries import WorkingPattern
from concordat.kernel.labels import count
from concordat.web.diaries import facing
from concordat.web.diaries.facing import Request
from concordat.web.diaries.forms import (
    CalendarForm,
    HolidayFileForm,
    HolidayForm,
    PatternForm,
    PostPatternForm,
)
from concordat.web.diaries.sheets import holidays_in
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send


@require_safe
def mine(request: Request) -> HttpResponse:
    """When I, and those I act for, do not come: patterns and what a calendar said."""
    actor = request.actor
    told = [
        {
            "person": each,
            "own": each.pk == actor.person,
            "caption": f"Patterns of {each.name}",
            "patterns": list(queries.patterns_of(actor, each)),
            "calendar": queries.calendar_of(actor, each),
            "busy": queries.busy_count(actor, each),
        }
        for each in queries.looked_after(actor)
    ]
    return render(request, "diaries/times.html", {"people": told, "on": actor.on})


def _person(request: Request, reference: str) -> Person:
    """Somebody whose times this actor may set; absent for anybody else."""
    for each in queries.looked_after(request.actor):
        if each.record.reference == reference:
            return each
    raise Http404


def add_pattern(request: Request, person: str) -> HttpResponse:
    found = _person(request, person)
    form = PatternForm(request.POST or None, initial={"from_day": request.actor.on})
    return act_page(
        request,
        form,
        lambda: operations.set_pattern(request.actor, person=found, **form.told()),
        words=lambda row: f"Set: {row.told()}.",
        to=("diaries:times",),
        heading=f"When {_who(request, found)} not come",
        explain="No reason is asked and none is kept.",
        button="Set this pattern",
        back_href=reverse("diaries:times"),
    )


def _who(request: Request, person: Person) -> str:
    return "you do" if person.pk == request.actor.person else f"{person.name} does"


def end_pattern(request: Request, pattern: int) -> HttpResponse:
    found = queries.pattern(request.actor, pattern)
    form = ActForm(request.POST or None)
    act = partial(operations.end_pattern, request.actor, pattern=found, on=request.actor.on)
    whose = found.post.title if found.post else found.person.name if found.person else ""
    return act_page(
        request,
        form,
        act,
        words="The pattern ends today.",
        to=_back(found),
        heading="End this pattern today",
        rows=[Fact("Pattern", str(found.told()).capitalize()), Fact("Whose", whose)],
        button="End it today",
        back_href=reverse(_back(found)[0], args=_back(found)[1:]),
    )


def _back(found: WorkingPattern) -> tuple[Any, ...]:
    if found.post:
        return "diaries:posts", found.post.partnership.partnership_row.slug
    return ("diaries:times",)


def bring(request: Request, person: str) -> HttpResponse:
    """Give a calendar file: busy intervals are kept, and no word of it."""
    found = _person(request, person)
    form = CalendarForm(request.POST or None, request.FILES or None)
    sent = send(request, form, partial(_bring, request, found, form))
    if sent.done:
        busy = queries.busy_count(request.actor, found)
        words = f"Kept: {count(busy, 'busy time')}, without a word of what it is."
        return done(request, " ".join([words, *sent.result.notes]), "diaries:times")
    told = {
        "heading": f"Give a calendar of {found.name}",
        "button": "Read the calendar",
        "back_href": reverse("diaries:times"),
    }
    return form_page(request, "diaries/bring.html", form, sent, **told)


def _bring(request: Request, found: Person, form: CalendarForm) -> object:
    return operations.bring_calendar(
        request.actor,
        person=found,
        calendar=form.cleaned_data["file"].read(),
        now=timezone.now(),
    )


def forget(request: Request, person: str) -> HttpResponse:
    found, form = _person(request, person), ActForm(request.POST or None)
    act = partial(operations.forget_calendar, request.actor, person=found)
    return act_page(
        request,
        form,
        act,
        words="Every busy time is deleted.",
        to=("diaries:times",),
        heading=f"Delete the busy times of {found.name}",
        explain="Searches for a date no longer know of them. Patterns stay.",
        button="Delete them",
        back_href=reverse("diaries:times"),
    )


# --- posts of a partnership


@require_safe
def posts(request: Request, slug: str) -> HttpResponse:
    home = facing.home_of(request, slug, to_change=True)
    rows = queries.patterns_in(request.actor, home.record)
    return render(request, "diaries/posts.html", {"home": home, "rows": rows})


def add_for_post(request: Request, slug: str) -> HttpResponse:
    home = facing.home_of(request, slug, to_change=True)
    known = {str(each.pk): each for each in queries.posts_in(request.actor, home.record)}
    form = PostPatternForm(
        request.POST or None,
        posts=[(key, each.title) for key, each in known.items()],
        initial={"from_day": request.actor.on},
    )
    return act_page(
        request,
        form,
        partial(_set_for_post, request, known, form),
        words=lambda row: f"Set: {row.told()}.",
        to=("diaries:posts", slug),
        heading="When whoever is in a post does not come",
        button="Set this pattern",
        back_href=reverse("diaries:posts", args=[slug]),
    )


def _set_for_post(request: Request, known: dict[str, Any], form: PostPatternForm) -> object:
    told = form.told()
    return operations.set_pattern(request.actor, **(told | {"post": known[told["post"]]}))


# --- school holidays


@require_safe
def school(request: Request, slug: str) -> HttpResponse:
    home = facing.home_of(request, slug)
    told = {
        "home": home,
        "rows": queries.school_holidays(request.actor, home.record),
        "may_change": _may(request, home),
        "on": request.actor.on,
    }
    return render(request, "diaries/school.html", told)


def _may(request: Request, home: Partnership) -> bool:
    return bool(can(request.actor, Verb.CHANGE, home.record))


def add_holiday(request: Request, slug: str) -> HttpResponse:
    home = facing.home_of(request, slug, to_change=True)
    areas = [(each.name, each.name) for each in queries.council_areas(request.actor, home.record)]
    form = HolidayForm(request.POST or None, areas=areas)
    return act_page(
        request,
        form,
        lambda: operations.set_school_holidays(
            request.actor, partnership=home.record, rows=[Holiday(**form.answers())]
        ),
        words="The school holiday is set.",
        to=("diaries:school", slug),
        heading="Set a school holiday",
        explain="Both days are counted. One that begins on the same day is replaced.",
        button="Set the holiday",
        back_href=reverse("diaries:school", args=[slug]),
    )


def bring_holidays(request: Request, slug: str) -> HttpResponse:
    """Many school holidays from one file, all of them or none."""
    home = facing.home_of(request, slug, to_change=True)
    form = HolidayFileForm(request.POST or None, request.FILES or None)
    sent = send(request, form, partial(_bring_holidays, request, home, form))
    if sent.done:
        words = f"{len(sent.result)} school holidays are set."
        return done(request, words, "diaries:school", slug)
    told = {
        "heading": "Bring in school holidays",
        "button": "Set these holidays",
        "back_href": reverse("diaries:school", args=[slug]),
    }
    return form_page(request, "diaries/holidays.html", form, sent, **told)


def _bring_holidays(request: Request, home: Partnership, form: HolidayFileForm) -> object:
    told = form.cleaned_data
    rows = holidays_in(told["file"], told["source"])
    return operations.set_school_holidays(request.actor, partnership=home.record, rows=rows)


def remove_holiday(request: Request, slug: str, holiday: int) -> HttpResponse:
    home = facing.home_of(request, slug, to_change=True)
    found = queries.school_holiday(request.actor, home.record, holiday)
    form = ActForm(request.POST or None)
    act = partial(operations.remove_school_holiday, request.actor, holiday=found)
    return act_page(
        request,
        form,
        act,
        words="The school holiday is removed.",
        to=("diaries:school", slug),
        heading="Remove this school holiday",
        rows=[Fact("Area", found.area.name), Fact("Holiday", found.name)],
        button="Remove it",
        back_href=reverse("diaries:school", args=[slug]),
    )
