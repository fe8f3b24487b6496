"""The way of an area from its old board: timeline, clocks, handover, and going live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Area, Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.queries import GoLivePoint
from concordat.domain.governance.arrangements.queries import go_live as lists
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries import transition as queries
from concordat.domain.governance.arrangements.rules.go_live import HANDOVER, QUESTIONS, Line, Point
from concordat.domain.governance.policies import operations as policies
from concordat.kernel.errors import Refused
from concordat.kernel.labels import count, day_in_words
from concordat.web.arrangements import transition_facing as facing
from concordat.web.arrangements.transition_forms import (
    AssignForm,
    GoLiveForm,
    LookForm,
    PassOnForm,
    ReasonForm,
    ReceiptForm,
    SeenForm,
    WaiveForm,
    WayForm,
)
from concordat.web.arrangements.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, act_page, done, form_page, send

PAGE = "arrangements:transition"
GO = "arrangements/transition_go_live.html"


@require_safe
def transition(request: Request, slug: str) -> HttpResponse:
    """How far an area is, what clashes with the timetable, and what is missing to go live."""
    home = agencies.partnership(request.actor, slug)
    form = WayForm(
        request.GET or None, areas=queries.areas(request.actor, home), today=request.actor.on
    )
    bad = form.is_bound and not form.is_valid()
    told = {"home": home, "part": "transition", "form": form, "asked": form.is_bound}
    told |= _way(request, home, form) | _list(request, home, form)
    return render(request, "arrangements/transition.html", told, status=422 if bad else 200)


def _way(request: Request, home: Partnership, form: WayForm) -> dict[str, Any]:
    """The area's way as it stood on the day that was asked for."""
    found = queries.transition(request.actor, home, form.area, form.day)
    return {
        "found": found,
        "in_transition": queries.is_in_transition(request.actor, home),
        "drawing": facing.drawing(found),
        "rows": facing.rows(found),
        "clocks": facing.clocks(found),
        "tails": facing.tails(found),
        "handover": [facing.line(home, each) for each in found.handover],
    }


def _list(request: Request, home: Partnership, form: WayForm) -> dict[str, Any]:
    """The check list as it was last looked at by that day."""
    points = queries.points(request.actor, form.area, form.day)
    return {
        "points": [facing.point(home, row) for row in points],
        "open": sum(1 for row in points if not row.stands),
        "looked": points[0].looked_on if points else None,
        "may_change": bool(can(request.actor, Verb.CHANGE, home.record)),
        "look_form": LookForm(),
        "is_today": form.day == request.actor.on,
    }


def _mine(request: Request, slug: str) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    return home


def _area(request: Request, home: Partnership, key: str) -> Area:
    found = next((each for each in queries.areas(request.actor, home) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _back(home: Partnership, area: Area | None) -> str:
    page = reverse(PAGE, args=[home.slug])
    return f"{page}?area={area.key}" if area else page


# --- the check list


@require_POST
def look(request: Request, slug: str, area: str) -> HttpResponse:
    """Look at every point again; holds follow."""
    home = _mine(request, slug)
    place = _area(request, home, area)
    form = LookForm(request.POST)
    sent = send(
        request,
        form,
        lambda: policies.look_at_go_live(request.actor, partnership=home, area=place),
    )
    if not sent.done:
        raise Refused(" ".join(form.non_field_errors()) or "Open the page again.")
    words = f"Looked at again: {count(sent.result, 'point')} open."
    return done(request, words, PAGE, home.slug)


def waive(request: Request, slug: str, area: str, point: str) -> HttpResponse:
    """Go without one point, by a decision that the executive made."""
    home = _mine(request, slug)
    place = _area(request, home, area)
    row = _open_point(request, place, point)
    decisions = {each.key: each for each in lists.waiving(request.actor, home)}
    form = WaiveForm(request.POST or None, decisions=list(decisions.values()))
    return act_page(
        request,
        form,
        lambda: operations.waive(
            request.actor,
            partnership=home,
            point=row,
            decision=decisions[form.cleaned_data["decision"]],
            reason=form.cleaned_data["reason"],
        ),
        words="The point is waived. Its reason stays on the list.",
        to=(PAGE, slug),
        heading="Go live without one point",
        rows=[Fact("Point", QUESTIONS[Point(row.point)]), Fact("Now", row.words)],
        button="Waive this point",
        back_href=_back(home, place),
        explain=facing.ON_WAIVING if decisions else facing.NO_DECISION,
    )


def _open_point(request: Request, area: Area, point: str) -> GoLivePoint:
    rows = queries.points(request.actor, area, request.actor.on)
    named = [each for each in rows if facing.slug_of(each.point) == point and not each.stands]
    if not named:
        raise Http404
    return named[0]


# --- the handover list


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done with a line: its page's words, its form and its operation."""

    heading: str
    button: str
    words: str
    form: type[SeenForm]
    operation: Callable[..., object]


ACTS: Mapping[str, Act] = {
    "assign": Act("Decide who receives this", "Record the decision",
                  "It is on record who receives it.", AssignForm, operations.assign),
    "rule-out": Act("Say that there is nothing to pass on", "Record that there is nothing",
                    "It is on record that there is nothing.", ReasonForm,
                    operations.rule_out_handover),
    "pass-on": Act("Record that it was passed on", "Record it as passed on",
                   "It is passed on. Whoever receives it is asked to say so.", PassOnForm,
                   operations.pass_on),
    "accept": Act("Say that it has come", "Accept it", "It is accepted.", ReceiptForm,
                  operations.accept_handover),
    "send-back": Act("Send it back", "Send it back", "It is back with the old board.", ReasonForm,
                     operations.send_back),
    "reopen": Act("Open this line again", "Open it again", "The line is open again.", ReasonForm,
                  operations.reopen_handover),
}  # fmt: skip


@require_safe
def handover(request: Request, slug: str, item: str) -> HttpResponse:
    """One line of the handover list: what was decided, done and received, and what is next."""
    home = agencies.partnership(request.actor, slug)
    line = _line(request, home, item)
    may_change = bool(can(request.actor, Verb.CHANGE, home.record))
    kept = boards.handover_items(request.actor, home).filter(item=item).first()
    told = {
        "home": home,
        "part": "transition",
        "line": facing.line(home, line),
        "facts": facing.line_facts(line),
        "acts": facing.acts(home, line, kept, request.actor, may_change),
    }
    return render(request, "arrangements/transition_line.html", told)


def _line(request: Request, home: Partnership, item: str) -> Line:
    lines = boards.handover(request.actor, home)
    found = next((each for each in lines if each.item == item), None)
    if found is None or not queries.is_in_transition(request.actor, home):
        raise Http404
    return found


def hand_over(request: Request, slug: str, item: str, verb: str) -> HttpResponse:
    """Do one thing with one line."""
    home = agencies.partnership(request.actor, slug)
    line = _line(request, home, item)
    if verb not in ACTS:
        raise Http404
    act = ACTS[verb]
    _may(request, home, item, verb)
    HANDOVER.verdict(line.state, verb.replace("-", " ")).require()
    form = _form(request, home, act, line)
    return act_page(
        request,
        form,
        lambda: _do(request, home, item, act, form),
        words=act.words,
        to=(PAGE, slug),
        heading=act.heading,
        rows=[Fact("Line", line.text[:1].upper() + line.text[1:]), *facing.line_facts(line)],
        button=act.button,
        back_href=reverse("arrangements:handover", args=[slug, item]),
    )


def _may(request: Request, home: Partnership, item: str, verb: str) -> None:
    """The secretariat; of what has come also whoever sits in the seat that receives it."""
    kept = boards.handover_items(request.actor, home).filter(item=item).first()
    receives = kept and kept.seat_id in {held.seat for held in request.actor.seats}
    wanted = Verb.ANSWER if receives and verb in ("accept", "send-back") else Verb.CHANGE
    can(request.actor, wanted, home.record).require()


def _form(request: Request, home: Partnership, act: Act, line: Line) -> SeenForm:
    first = {"state": line.state.value, "passes": line.more.get("passes", "")}
    if act.form is not AssignForm:
        return act.form(request.POST or None, initial=first)
    rows = seats.seats(request.actor).filter(partnership=home.pk, to_text="")
    pairs = [(row.record.reference, f"{row.role}, {row.body.name}") for row in rows]
    made = arrangements.decisions(request.actor, home).filter(state="made")
    told = [(each.key, each.title) for each in made]
    return AssignForm(request.POST or None, initial=first, seats=pairs, decisions=told)


def _do(request: Request, home: Partnership, item: str, act: Act, form: SeenForm) -> object:
    told = form.answers()
    seen = told.pop("state", "")
    if act.form is AssignForm:
        told["seat"] = (
            seats.seats(request.actor)
            .filter(partnership=home.pk, record__reference=told.get("seat") or "")
            .first()
        )
        told["decision"] = (
            arrangements.decisions(request.actor, home)
            .filter(key=told.get("decision") or "")
            .first()
        )
    return act.operation(request.actor, partnership=home, item=item, seen_state=seen, **told)


# --- going live


def go_live(request: Request, slug: str, area: str) -> HttpResponse:
    """The day and the bodies, then a check page with everything that changes, then one act."""
    home = _mine(request, slug)
    place = _area(request, home, area)
    if place not in queries.waiting(request.actor, home):
        raise Http404
    root = queries.root_of(request.actor, home)
    form = GoLiveForm(
        request.POST or None,
        starting=boards.coming(request.actor, home, request.actor.on),
        ending=boards.going(request.actor, home, request.actor.on),
        seen_version=root.version,
    )
    if request.POST.get("again"):
        return form_page(request, GO, form, Sent(), **_held(request, home, place))
    if request.method == "POST" and form.is_valid() and request.POST.get("sure") != "yes":
        return _checked(request, home, place, form)
    sent = send(request, form, lambda: _go_live(request, home, place, form), record=root)
    if sent.done:
        words = f"{place.name} goes live on {day_in_words(form.cleaned_data['on'])}."
        return done(request, words, PAGE, slug)
    return form_page(request, GO, form, sent, **_held(request, home, place))


def _held(request: Request, home: Partnership, area: Area) -> dict[str, Any]:
    """What stands in the way, as it was last found."""
    points = queries.points(request.actor, area, request.actor.on)
    return {
        "home": home,
        "area": area,
        "open": [facing.point(home, row) for row in points if not row.stands],
        "looked": bool(points),
        "back_href": _back(home, area),
    }


def _checked(request: Request, home: Partnership, area: Area, form: GoLiveForm) -> HttpResponse:
    """Everything that changes, and the one button that changes it."""
    told = {
        "home": home,
        "rows": facing.changes(request.actor, home, area, form),
        "carried": facing.carried(request.POST),
        "back_href": request.get_full_path(),
    }
    return render(request, "arrangements/transition_check.html", told)


def _go_live(request: Request, home: Partnership, area: Area, form: GoLiveForm) -> object:
    return operations.go_live(
        request.actor,
        partnership=home,
        area=area,
        on=form.cleaned_data["on"],
        source=form.cleaned_data["source"],
        starting=form.chosen("starting"),
        ending=form.chosen("ending"),
        successors=form.successors(),
        child_deaths_on=form.cleaned_data.get("child_deaths_on"),
        seen_version=form.seen,
    )
