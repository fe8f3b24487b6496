"""The agenda builder, one item on an agenda, and what the minutes say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Line, Meeting
from concordat.domain.governance.meetings.rules import life, suggesting
from concordat.domain.governance.meetings.rules.life import PLACES, Purpose
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import HIDDEN, MinuteForm, ProposeForm, SettleForm
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, done, form_page, send

ACTS: dict[str, Callable[..., Line]] = {
    "take on": operations.take_on,
    "decline": operations.decline,
    "withdraw": operations.withdraw,
    "leave": operations.leave_unreached,
    "carry over": operations.carry_over,
}
REASONED = ("decline", "withdraw", "carry over")
WORDS = {
    "take on": "Take it on",
    "decline": "Decline it",
    "withdraw": "Withdraw it",
    "leave": "It was not reached",
    "carry over": "Carry it over",
}


def agenda(request: Request, reference: str) -> HttpResponse:
    """Suggested items first, then the agenda in its order; moving needs no dragging."""
    found = queries.meeting(request.actor, reference)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    words, act = _pressed(request, found, form)
    sent = send(request, form, act, record=found.record)
    if sent.done:
        return done(request, words, "meetings:agenda", reference)
    told = facing.band(request.actor, found, "agenda")
    told |= _building(request.actor, found, told["runs"])
    return form_page(request, "meetings/agenda.html", form, sent, **told)


def _building(actor: Actor, found: Meeting, runs: bool) -> dict[str, Any]:
    open_ = found.stage_is in life.BEFORE
    rows = queries.suggested(actor, found) if runs else []
    off = queries.put_off(actor, found) if runs and open_ else []
    return {
        "lines": facing.agenda(actor, found, runs),
        "timing": queries.timing(actor, found),
        "proposed": [] if runs else list(queries.proposals(actor, found)),
        "suggested": rows,
        "put_off": off,
        "suggestions": suggesting.in_a_sentence(rows, len(off)),
        "may_order": runs and open_,
        "fixed": bool(queries.ways_of(actor, found.body).fixed_items),
        "may_propose": facing.may_propose(actor, found),
    }


def _pressed(request: Request, found: Meeting, form: ActForm) -> tuple[str, Callable[[], object]]:
    """What the button that was pressed does, and the words for it once it is done."""
    pressed, actor = request.POST, request.actor
    if key := pressed.get("add"):
        return "It is on the agenda.", lambda: operations.add_suggested(
            actor, meeting=found, key=key, seen_version=form.seen
        )
    if key := pressed.get("again"):
        return "It is suggested again.", lambda: operations.suggest_again(
            actor, meeting=found, key=key
        )
    if pressed.get("fixed"):
        words = "What stands on every agenda is on this one."
        return words, lambda: operations.lay_fixed(actor, meeting=found)
    return "The order is changed.", lambda: _reorder(request, found, form)


def not_now(request: Request, reference: str, key: str) -> HttpResponse:
    """Leave what is suggested for a later meeting, with the reason."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    row = queries.suggestion(request.actor, found, key)
    if row is None and request.method != "POST":
        raise Http404
    form = ReasonForm(request.POST or None)
    return act_from(
        request,
        ("meetings:agenda", reference),
        form,
        lambda: operations.put_off(request.actor, meeting=found, key=key, **form.answers()),
        words="It is put off. The next meeting is asked again.",
        heading="Not now",
        rows=[Fact("Suggested", row.title), Fact("Because", row.why)] if row else [],
        button="Put it off",
    )


def _reorder(request: Request, found: Meeting, form: ActForm) -> object:
    """One button of the table was pressed: up, down, or place at a number."""
    pressed = request.POST
    for verb, by in (("up", -1), ("down", 1)):
        if wanted := pressed.get(verb):
            line = queries.line(request.actor, found, wanted)
            return operations.move(request.actor, line=line, by=by, seen_version=form.seen)
    wanted = pressed.get("place", "")
    line = queries.line(request.actor, found, wanted)
    at = _number(pressed, wanted)
    return operations.place_at(request.actor, line=line, at=at, seen_version=form.seen)


def _number(pressed: QueryDict, wanted: str) -> int:
    told = pressed.get(f"at-{wanted}", "").strip()
    if not told.isdecimal():
        raise Invalid("Say at which place it is to stand.", mend="Write a number such as 3.")
    return int(told)


def propose(request: Request, reference: str) -> HttpResponse:
    """Propose an item. The chair takes it on or says why not."""
    found = queries.meeting(request.actor, reference)
    can(request.actor, Verb.ANSWER, found.record).require()
    form = ProposeForm(request.POST or None)
    return act_from(
        request,
        ("meetings:agenda", reference),
        form,
        lambda: _propose(request, found, form),
        words="It is proposed. The chair takes it on or says why not.",
        heading="Propose an item",
        button="Propose it",
    )


def _propose(request: Request, found: Meeting, form: ProposeForm) -> Line:
    told = form.answers()
    wanted = told.pop("held")
    told["listed"] = wanted != HIDDEN
    held = Sensitivity.RESTRICTED if wanted == HIDDEN else Sensitivity(int(wanted))
    purpose = Purpose(told.pop("purpose"))
    return operations.propose(
        request.actor, meeting=found, purpose=purpose, sensitivity=held, **told
    )


def _line(request: Request, reference: str, item: str) -> tuple[Meeting, Line]:
    found = queries.meeting(request.actor, reference)
    return found, queries.line(request.actor, found, item)


@require_safe
def item(request: Request, reference: str, item: str) -> HttpResponse:
    """One item on one agenda, with where else it has been."""
    found, line = _line(request, reference, item)
    look(request.actor, record=line.item.record)
    told = facing.band(request.actor, found, "agenda")
    shown = _shown(request.actor, found, line, told["runs"])
    told |= {
        "line": line,
        "item": line.item,
        "shown": shown,
        "ahead": found.stage_is in life.BEFORE,
        "acts": _acts(found, line, item) if told["runs"] else [],
        "papers": list(queries.papers_on(request.actor, line)),
        "own_seats": queries.briefable(request.actor, found),
        "history": list(queries.history_of(request.actor, line.item)),
        "decisions": [
            facing.decision_row(row) for row in queries.resolutions(request.actor).filter(line=line)
        ],
        "may_minute": told["runs"]
        and found.stage_is in (life.Stage.HELD, life.Stage.MINUTES_DRAFT),
    }
    return render(request, "meetings/item.html", told)


def _shown(actor: Actor, found: Meeting, line: Line, runs: bool) -> dict[str, Any]:
    """The line as the agenda shows it; what is not on the agenda has no number."""
    for each in facing.agenda(actor, found, runs):
        if each.get("line") == line:
            return each
    return {"label": "", "tone": facing.TONES[line.place_is]}


def _acts(found: Meeting, line: Line, item: str) -> list[tuple[str, str]]:
    """What may be done with it now; nothing is left unreached before the meeting is held."""
    reference = found.record.reference
    early = found.stage_is in life.BEFORE
    return [
        (
            WORDS[move.verb],
            reverse("meetings:put", args=[reference, item, move.verb.replace(" ", "-")]),
        )
        for move in PLACES.allowed(line.place)
        if move.verb in WORDS and not (early and move.verb == "leave")
    ]


def put(request: Request, reference: str, item: str, verb: str) -> HttpResponse:
    """Take an item on, decline, withdraw, carry over, or say that it was not reached."""
    told_verb = facing.verb_of(verb)
    if told_verb not in ACTS:
        raise Http404
    found, line = _line(request, reference, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    reasoned = told_verb in REASONED
    form = (ReasonForm if reasoned else ActForm)(request.POST or None)
    return act_from(
        request,
        ("meetings:item", reference, item),
        form,
        lambda: _put(request, line, told_verb, form),
        words=lambda made: f"{line.item.record.title}: {made.place}.",
        to=("meetings:agenda", reference),
        heading=f"{WORDS[told_verb]}: {line.item.record.title}",
        button=WORDS[told_verb],
    )


def _put(request: Request, line: Line, verb: str, form: Any) -> Line:
    reason = {"reason": form.answers()["reason"]} if verb in REASONED else {}
    if verb == "carry over" and line.meeting.day is not None:
        later = queries.coming(request.actor).filter(body=line.meeting.body)
        reason["to"] = later.exclude(pk=line.meeting_id).filter(day__gt=line.meeting.day).first()
    return ACTS[verb](request.actor, line=line, **reason)


def bring(request: Request, reference: str, item: str) -> HttpResponse:
    """Bring an item of an earlier meeting back."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    earlier = queries.to_carry(request.actor, found).filter(item__record__reference=item).first()
    if earlier is None:
        raise Http404
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:agenda", reference),
        form,
        lambda: _brought(request, found, earlier),
        words="It is on the agenda.",
        heading=f"Bring back: {earlier.item.record.title}",
        button="Put it on the agenda",
        rows=[Fact("Came from", earlier.meeting.record.title)],
    )


def _brought(request: Request, found: Meeting, earlier: Line) -> Line:
    return operations.bring(
        request.actor,
        meeting=found,
        item=earlier.item,
        purpose=earlier.purpose_is,
        minutes=earlier.minutes,
        carried_from=earlier,
    )


def settle(request: Request, reference: str, item: str) -> HttpResponse:
    """What an item is for, how long it has and who leads it."""
    found, line = _line(request, reference, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    members = _may_lead(request, found, line)
    form = SettleForm(
        request.POST or None,
        initial=_settled(line),
        seats=[(each.record.reference, each.role) for each in members],
        seen_version=found.record.version,
    )
    return act_from(
        request,
        ("meetings:item", reference, item),
        form,
        lambda: _settle(request, line, form, members),
        words="The item is settled.",
        record=found.record,
        heading=f"Settle the item: {line.item.record.title}",
        button="Settle it",
    )


def _members(request: Request, found: Meeting) -> list[Any]:
    if found.body is None:
        return []
    return list(queries.members(request.actor, found.body, found.day or request.actor.on))


def _may_lead(request: Request, found: Meeting, line: Line) -> list[Any]:
    """The members, and whoever leads it now though they are none."""
    members, lead = _members(request, found), line.item.lead
    return members if lead is None or lead in members else [*members, lead]


def _settled(line: Line) -> dict[str, Any]:
    """What the form of an item begins with."""
    return {
        "purpose": line.purpose,
        "minutes": line.minutes,
        "lead": line.item.lead.record.reference if line.item.lead else "",
        "withheld_reason": line.withheld_reason,
    }


def _settle(request: Request, line: Line, form: SettleForm, members: list[Any]) -> Line:
    told = form.answers()
    wanted = told.pop("lead")
    lead = next((each for each in members if each.record.reference == wanted), None)
    return operations.settle(
        request.actor,
        line=line,
        purpose=Purpose(told.pop("purpose")),
        lead=lead,
        lead_words="" if line.item.lead and lead is None else None,
        seen_version=form.seen,
        **told,
    )


def minute(request: Request, reference: str, item: str) -> HttpResponse:
    """Write what the minutes say. Who writes at the same time is shown both texts."""
    found, line = _line(request, reference, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    form = MinuteForm(
        request.POST or None, initial={"text": line.text}, seen_version=line.text_version
    )
    sent = send(
        request,
        form,
        lambda: operations.minute(request.actor, line=line, seen_text=form.seen, **form.answers()),
    )
    if sent.done:
        return done(request, "The minutes say so.", "meetings:item", reference, item)
    if sent.stale:
        line.refresh_from_db()
        form.renew(line.text_version)
    told = {
        "heading": f"Minutes: {line.item.record.title}",
        "button": "Keep these minutes",
        "back_href": reverse("meetings:item", args=[reference, item]),
    }
    return form_page(request, "act.html", form, sent, **told)
