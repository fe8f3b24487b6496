"""Setting a partnership up, as a list of tasks that can be left half done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import operations as agency_operations
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.operations import FOUNDERS
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import operations, queries, rules
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.labels import join_words
from concordat.web.arrangements import facing
from concordat.web.arrangements.forms import AgencyForm, AreaForm, FoundForm, MatterForm
from concordat.web.arrangements.standing import stand_of, tasks_of
from concordat.web.arrangements.views import SHOWN, Request
from concordat.web.ui.forms import PageForm
from concordat.web.ui.sending import done, form_page, send
from concordat.web.ui.states import Progress

Row = tuple[str, str]


def found(request: Request) -> HttpResponse:
    """Found a partnership; the founder sits in its secretariat and goes on from there."""
    if not request.actor.holds(*FOUNDERS):
        raise Refused("Only a strategy manager or a co-ordinator may set up a partnership.")
    form = FoundForm(request.POST or None)
    sent = send(request, form, lambda: _found(request.actor, form), names={"prefix": "short"})
    if sent.done:
        words = f"{sent.result.name} is founded. You sit in its secretariat."
        return done(request, words, "arrangements:set_up", sent.result.slug)
    told = {"heading": "Set up a partnership", "button": "Found it"}
    told |= {"back_href": reverse("agencies:partnerships")}
    told["explain"] = "This makes an empty partnership. The rest can be done step by step."
    return form_page(request, "act.html", form, sent, **told)


def _found(actor: Actor, form: FoundForm) -> Partnership:
    told = form.answers()
    short = told.pop("short")
    values = {"kind": told.pop("kind"), "short": short, "about": told.pop("about")}
    return operations.found(actor, prefix=short, values=values, **told)


@require_safe
def set_up(request: Request, slug: str) -> HttpResponse:
    """What is done and what is left."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    tasks = tasks_of(home.slug, stand_of(request.actor, home))
    finished = sum(1 for task in tasks if task.stands is Progress.COMPLETED)
    told = {"home": home, "tasks": tasks, "finished": finished}
    return render(request, "arrangements/set_up.html", told)


# --- the steps: what is there, and a form or a way to add more


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up. `form` and `add` are None where rows are added elsewhere."""

    title: str
    example: str
    rows: Callable[[Request, Partnership], list[Row]]
    form: Callable[[Request, Partnership], PageForm] | None = None
    add: Callable[[Request, Partnership, PageForm], object] | None = None
    button: str = ""
    ways: tuple[tuple[str, str], ...] = ()


def _areas(request: Request, home: Partnership) -> list[Row]:
    rows = agencies.areas(request.actor).filter(partnership=home.pk)
    return [(row.name, row.kind or "Kind not stated") for row in rows]


def _add_area(request: Request, home: Partnership, form: PageForm) -> object:
    told = form.answers()
    return agency_operations.add(
        request.actor, partnership=home.record, kind="areas", name=told["name"], values=told
    )


def _agencies(request: Request, home: Partnership) -> list[Row]:
    partners = {row.agency_id for row in queries.partners(request.actor, home)}
    rows = agencies.agencies(request.actor).filter(partnership=home.pk)
    return [
        (row.name, f"{row.agency_class}, statutory partner" if row.pk in partners
         else row.agency_class)
        for row in rows
    ]  # fmt: skip


def _agency_form(request: Request, home: Partnership) -> PageForm:
    areas = agencies.areas(request.actor).filter(partnership=home.pk)
    return AgencyForm(request.POST or None, areas=[(row.key, row.name) for row in areas])


def _add_agency(request: Request, home: Partnership, form: PageForm) -> object:
    told = form.answers()
    is_partner, day = told.pop("is_partner"), told.pop("from_day")
    values = {**told, "from_text": day.isoformat() if day else ""}
    return operations.enter_agency(
        request.actor, partnership=home.record, values=values, is_partner=is_partner
    )


def _bodies(request: Request, home: Partnership) -> list[Row]:
    built = queries.structure(request.actor, home, request.actor.on)["bodies"]
    return [
        (
            each["name"],
            f"{each['state']}, {rules.settled(each['rhythm'])[0] or 'rhythm not stated'}",
        )
        for each in built
    ]


def _seats(request: Request, home: Partnership) -> list[Row]:
    rows = seats.seats(request.actor).filter(partnership=home.pk, to_text="")
    return [(row.role, row.body.name) for row in rows]


def _holders(request: Request, home: Partnership) -> list[Row]:
    built = queries.structure(request.actor, home, request.actor.on)["bodies"]
    return [
        (f"{seat['role']}, {each['name']}",
         "Vacant" if seat["vacant"] else seat["holder"] or "Nobody yet")
        for each in built
        for seat in each["seats"]
    ]  # fmt: skip


def _matters(request: Request, home: Partnership) -> list[Row]:
    rows = queries.matters(request.actor, home)
    return [(row.title, join_words(row.classes) or "every statutory partner") for row in rows]


def _add_matter(request: Request, home: Partnership, form: PageForm) -> object:
    told = form.answers()
    return operations.add(
        request.actor, partnership=home.record, kind="matters", name=told["title"], values=told
    )


STEPS = {
    "areas": Step(
        "Areas",
        "Two counties: Eastshire and Westshire, each of kind county.",
        _areas,
        lambda request, _home: AreaForm(request.POST or None),
        _add_area,
        "Add this area",
    ),
    "agencies": Step(
        "Agencies, any number of each class",
        "Two councils, one integrated care board and two police forces, each ticked as a "
        "statutory partner; then schools, housing and others without the tick.",
        _agencies,
        _agency_form,
        _add_agency,
        "Add this agency",
    ),
    "bodies": Step(
        "Bodies, and how often each meets",
        "Executive, in force since 1 April, every 2 months. Below it a scrutiny group, 4 times "
        "a year, and a task and finish group, as needed: a product is to be made.",
        _bodies,
        ways=(("Add a body", "seats:new_body"),),
    ),
    "seats": Step(
        "Seats",
        "On the executive: a delegate for each of two councils, one for health, one for each "
        "of two forces, all voting, and an adviser.",
        _seats,
        ways=(("Bring seats from a sheet", "seats:bring"), ("Add a body first", "seats:new_body")),
    ),
    "holders": Step(
        "Posts and who holds each seat",
        "The post Chief Nurse holds the seat for health; the post Deputy Chief Nurse deputises.",
        _holders,
        ways=(("Add a post", "seats:new_post"), ("Somebody joins", "seats:join")),
    ),
    "matters": Step(
        "Matters to be decided",
        "Contributions of the partners, for every statutory partner; child death review "
        "footprint, for council and health.",
        _matters,
        lambda request, _home: MatterForm(request.POST or None),
        _add_matter,
        "Add this matter",
    ),
}


def step(request: Request, slug: str, name: str) -> HttpResponse:
    """One step: what is there already, and how to add more. It can be left at any time."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    if name == "check":
        return _check(request, home)
    if name not in STEPS:
        raise Http404
    here = STEPS[name]
    form = here.form(request, home) if here.form else None
    if form is None or here.add is None:
        return render(request, "arrangements/step.html", _step(request, home, name))
    add = here.add
    sent = send(request, form, lambda: add(request, home, form))
    if sent.done:
        return done(request, "Added. Add another, or go back.", "arrangements:step", slug, name)
    told = _step(request, home, name)
    return form_page(request, "arrangements/step.html", form, sent, **told)


def _step(request: Request, home: Partnership, name: str) -> dict[str, Any]:
    here = STEPS[name]
    rows = here.rows(request, home)
    order = list(STEPS)
    following = order[order.index(name) + 1] if name != order[-1] else "check"
    return {
        "home": home,
        "step": here,
        "rows": rows,
        "number": len(rows),
        "seats": _to_appoint(request, home) if name == "holders" else [],
        "bodies": _to_fill(request, home) if name == "seats" else [],
        "ways": [(text, reverse(route, args=[home.slug])) for text, route in here.ways],
        "following": reverse("arrangements:step", args=[home.slug, following]),
    }


def _to_appoint(request: Request, home: Partnership) -> list[tuple[str, str, str]]:
    """Seats that nobody holds, each with where to appoint somebody."""
    built = queries.structure(request.actor, home, request.actor.on)["bodies"]
    at = queries.names(request.actor, home, ("seats",))
    return [
        (seat["role"], each["name"], _appoint(at, seat["key"]))
        for each in built
        for seat in each["seats"]
        if not seat["holder"] and not each["outside"]
    ]


def _appoint(at: dict[str, queries.Named], key: str) -> str:
    return reverse("seats:appoint", args=[at[f"seats:{key}"].reference])


def _to_fill(request: Request, home: Partnership) -> list[tuple[str, str]]:
    rows = seats.bodies(request.actor).filter(partnership=home.pk)
    return [(row.name, reverse("seats:new_seat", args=[row.record.reference])) for row in rows]


def _check(request: Request, home: Partnership) -> HttpResponse:
    """What is lacking today, and which class has no partner."""
    at = facing.Addresses(home, queries.names(request.actor, home, SHOWN))
    built = queries.structure(request.actor, home, request.actor.on)
    stand = stand_of(request.actor, home)
    told = {
        "home": home,
        "lacking": facing.lacking(rules.gaps(built), at),
        "missing": [each for each, n in stand.partners if not n],
        "matters": stand.matters,
        "bodies": stand.bodies,
        "sentence": rules.in_words(built),
    }
    return render(request, "arrangements/check.html", told)
