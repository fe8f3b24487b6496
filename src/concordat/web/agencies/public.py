"""What a partnership tells the public: whom to call about a child, and notes on a few topics."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.agencies.queries import FrontDoor, Partnership
from concordat.domain.base.agencies.rules import Topic
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.dates import UncertainDate
from concordat.web.agencies.forms import EndForm, FrontDoorForm, NoteForm
from concordat.web.agencies.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send

PAGE = "agencies:public"
SAID = ("name", "phone", "hours", "after_hours", "email", "link", "about")
DAYS = ("checked_on", "review_on")


@require_safe
def page(request: Request, slug: str) -> HttpResponse:
    """What anybody is told, what is missing, and what is past its day of review."""
    home = queries.partnership(request.actor, slug)
    notes = {row.topic: row for row in queries.public_notes(request.actor, home)}
    doors = queries.front_doors(request.actor, home)
    covered = {row.area_id for row in doors}
    told = {
        "home": home,
        "part": "overview",
        "doors": [(row, _is_old(request, row.review_on)) for row in doors],
        "without": [
            area for area in queries.own_areas(request.actor, home) if not covered & {None, area.pk}
        ],
        "topics": [
            (each, row, bool(row) and _is_old(request, row.review_on))
            for each in Topic
            for row in [notes.get(each.value)]
        ],
        "may_change": bool(can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "agencies/public.html", told)


def _is_old(request: Request, review_on: str) -> bool:
    said = UncertainDate.parse(review_on) if review_on else None
    return said is not None and said.certainly_before(request.actor.on)


def _mine(request: Request, slug: str) -> Partnership:
    home = queries.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    return home


def new_door(request: Request, slug: str) -> HttpResponse:
    """A number that the public calls about a child."""
    home = _mine(request, slug)
    form = FrontDoorForm(request.POST or None, areas=_areas(request, home))

    def add() -> object:
        told = {"name": form.cleaned_data["name"], "values": _values(request, home, form)}
        return operations.add(request.actor, partnership=home.record, kind="front_doors", **told)

    words = "Everybody is told this number now."
    told = {"heading": "Add a number to call", "button": "Add this number"}
    return act_page(request, form, add, words=words, to=(PAGE, slug), **_around(told, slug))


def door(request: Request, slug: str, key: str) -> HttpResponse:
    """Change a number, or say that it was tried again."""
    home = _mine(request, slug)
    row = _door(request, home, key)
    first: dict[str, Any] = {name: getattr(row, name) for name in SAID}
    first |= {name: _day(getattr(row, name)) for name in DAYS}
    first["area"] = row.area.key if row.area else ""
    form = FrontDoorForm(request.POST or None, areas=_areas(request, home), initial=first,
                         seen_version=row.fingerprint)  # fmt: skip
    sent = send(request, form, lambda: operations.set_down(
        request.actor, partnership=home.record, kind="front_doors", key=row.key,
        values=_values(request, home, form), seen_version=form.seen,
    ), row=row)  # fmt: skip
    if sent.done:
        return done(request, "Everybody is told it so now.", PAGE, slug)
    told = {"heading": f"Change {row.name}", "button": "Save this number"}
    return form_page(request, "act.html", form, sent, **_around(told, slug))


def end_door(request: Request, slug: str, key: str) -> HttpResponse:
    """Tell a number no longer than its last day."""
    home = _mine(request, slug)
    row = _door(request, home, key)
    form = EndForm(request.POST or None)

    def end() -> object:
        last_day = form.cleaned_data["last_day"]
        return operations.close_front_door(request.actor, front_door=row, last_day=last_day)

    words = "The number ends on its last day."
    told: dict[str, Any] = {"heading": f"End {row.name}", "button": "End this number"}
    told["rows"] = [Fact("Number", row.phone), Fact("Area", row.area.name if row.area else "All")]
    return act_page(request, form, end, words=words, to=(PAGE, slug), **_around(told, slug))


def note(request: Request, slug: str, topic: str) -> HttpResponse:
    """What everybody is told about one topic."""
    home = _mine(request, slug)
    which = next((each for each in Topic if each.value.replace(" ", "-") == topic), None)
    if which is None:
        raise Http404
    row = queries.public_notes(request.actor, home).filter(topic=which.value).first()
    first = {"says": row.says, "link": row.link, "review_on": _day(row.review_on)} if row else {}
    form = NoteForm(
        request.POST or None, initial=first, seen_version=row.fingerprint if row else None
    )
    sent = send(request, form, lambda: operations.tell_public(
        request.actor, partnership=home.record, topic=which,
        values=_texts(form.answers()), seen_version=form.seen,
    ), row=row)  # fmt: skip
    if sent.done:
        return done(request, "Everybody is told it so now.", PAGE, slug)
    told = {"heading": which.label, "button": "Tell everybody"}
    return form_page(request, "act.html", form, sent, **_around(told, slug))


def _around(told: dict[str, Any], slug: str) -> dict[str, Any]:
    return {**told, "back_href": reverse(PAGE, args=[slug])}


def _door(request: Request, home: Partnership, key: str) -> FrontDoor:
    rows = queries.front_doors(request.actor, home)
    found = next((row for row in rows if row.key == key), None)
    if found is None:
        raise Http404
    return found


def _areas(request: Request, home: Partnership) -> list[tuple[str, str]]:
    return [(row.key, row.name) for row in queries.own_areas(request.actor, home)]


def _values(request: Request, home: Partnership, form: FrontDoorForm) -> dict[str, Any]:
    told = _texts(form.answers())
    key = told.pop("area", "")
    told["area"] = queries.own_areas(request.actor, home).filter(key=key).first()
    return told


def _texts(answers: dict[str, Any]) -> dict[str, Any]:
    """Days as the texts in which they are kept."""
    days = {name: answers[name].isoformat() if answers[name] else "" for name in DAYS
            if name in answers}  # fmt: skip
    return {**answers, **days}


def _day(text: str) -> Any:
    return UncertainDate.parse(text).earliest if text else None
