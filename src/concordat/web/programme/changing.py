"""Moves of programmes, priorities, milestones and products, and the word on how they go."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import LearningCycle, Priority, Product
from concordat.domain.governance.programme.rules import life
from concordat.domain.governance.programme.rules.health import Health
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact

VERBS = {
    "plan": "plan", "begin": "begin", "delay": "delay", "resume": "resume", "abandon": "abandon",
    "open-again": "open again", "take-back": "take back",
}  # fmt: skip
SAID = {
    "plan": "It is planned.", "begin": "It is under way.", "delay": "It is delayed.",
    "resume": "It is under way again.", "abandon": "It is abandoned.",
    "open again": "It is open again.", "take back": "The report is taken back.",
}  # fmt: skip


def move(request: Request, reference: str, verb: str) -> HttpResponse:
    """One plain move of a programme or one of its things."""
    if verb not in VERBS:
        raise Http404
    said = VERBS[verb]
    thing = facing.thing_of(request.actor, reference)
    can(request.actor, Verb.CHANGE, thing.record).require()
    needs = said in life.NEED_A_REASON
    kind = forms.ReasonForm if needs else forms.MaybeReasonForm
    form = kind(request.POST or None, seen_version=thing.record.version)

    def act() -> Any:
        return operations.move_on(
            request.actor, thing=thing, verb=said, reason=form.answers()["reason"],
            seen_version=form.seen,
        )  # fmt: skip

    button = facing.button(said)
    return sending.act_page(
        request, form, act, words=SAID[said], to=facing.place(thing), record=thing.record,
        heading=f"{button}: {thing.record.title}", button=button, back_href=facing.up(thing),
    )  # fmt: skip


def tell(request: Request, reference: str) -> HttpResponse:
    """Write how something goes. A product has no such word: it is handed over or not; nor has a
    learning cycle, which tells what it found."""
    thing = facing.thing_of(request.actor, reference)
    if isinstance(thing, Product | LearningCycle):
        raise Http404
    queries.may_tell(request.actor, thing.record, queries.owner_of(request.actor, thing)).require()
    form = forms.TellForm(request.POST or None, seen_version=thing.record.version)

    def act() -> Any:
        told = form.answers()
        told["health"] = Health(told["health"])
        return operations.tell(request.actor, thing=thing, seen_version=form.seen, **told)

    last = queries.updates_of(request.actor, thing.record).first()
    rows = [Fact("Last word", f"{last.says.label}: {last.words}")] if last else []
    return sending.act_page(
        request, form, act, words="Your update is written.", to=facing.place(thing),
        record=thing.record, heading=f"Write an update on {thing.title}", rows=rows,
        explain="It stays good for 30 days. It never moves the plan.",
        button="Write the update", back_href=facing.up(thing),
    )  # fmt: skip


@require_safe
def updates(request: Request, reference: str) -> HttpResponse:
    """Everything that was ever told of how one thing goes, the newest first."""
    actor, thing = request.actor, facing.thing_of(request.actor, reference)
    if isinstance(thing, Product | LearningCycle):
        raise Http404
    told = {
        "thing": thing,
        "record": thing.record,
        "restricted": facing.mark(thing.record),
        "updates": facing.every_update(actor, thing.record, request.GET.get("page")),
        "may_tell": facing.may_tell(actor, thing),
        "back_href": facing.up(thing),
    }
    return render(request, "programme/all_updates.html", told)


def close(request: Request, reference: str) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.WordsForm(
        request.POST or None, label="How did it end?", seen_version=found.record.version
    )
    return sending.act_page(
        request,
        form,
        lambda: operations.close(
            request.actor, programme=found, words=form.answers()["words"], seen_version=form.seen
        ),
        words="The programme is closed. Its lessons stay.",
        to=("programme:lessons", reference),
        record=found.record,
        names={"reason": "words"},
        heading=f"Close {found.title}",
        explain="Nothing may be owed to the funder any more, and something must have been learnt.",
        button="Close the programme",
        back_href=facing.up(found),
    )


def bodies_of(request: Request, partnership: Any) -> dict[str, Any]:
    """The bodies of a partnership that a form offers, by key."""
    rows = seats.bodies(request.actor).filter(partnership=partnership)
    return {row.key: row for row in rows.select_related("record")}


def choose(request: Request, reference: str) -> HttpResponse:
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    bodies = bodies_of(request, found.partnership)
    form = forms.ChooseForm(
        request.POST or None,
        bodies=[(key, row.name) for key, row in bodies.items()],
        initial={"evidence": found.evidence},
        seen_version=found.record.version,
    )

    def act() -> Any:
        told = form.answers() | {"body": bodies[form.answers()["body"]]}
        return operations.choose(request.actor, priority=found, seen_version=form.seen, **told)

    return sending.act_page(
        request, form, act, words="The choice is on record.", to=facing.place(found),
        record=found.record, heading=f"Record who chose {found.title}",
        explain="A priority is chosen by a body, on evidence. Name who leads it next.",
        button="Record the choice", back_href=facing.up(found),
    )  # fmt: skip


def end(request: Request, reference: str) -> HttpResponse:
    """End a priority's year; in the same act it may be chosen for another."""
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    bodies = bodies_of(request, found.partnership)
    form = forms.EndPriorityForm(
        request.POST or None,
        bodies=[(key, row.name) for key, row in bodies.items()],
        seen_version=found.record.version,
    )
    return sending.act_page(
        request, form, lambda: _end(request, found, form, bodies),
        words=lambda row: _ended(row, found), to=facing.place,
        record=found.record, names={"ends": "to_text"}, heading=f"End {found.title}",
        rows=[Fact("Test of success", found.success or "None was stated")],
        button="End the priority", back_href=facing.up(found),
    )  # fmt: skip


def _end(
    request: Request, found: Priority, form: forms.EndPriorityForm, bodies: dict[str, Any]
) -> Priority:
    told = form.answers()
    outcome = told.pop("outcome")
    if told.pop("again") == "no":
        return operations.end(
            request.actor, priority=found, outcome=outcome, seen_version=form.seen
        )
    told["body"] = bodies[told["body"]]
    told |= {"starts": told.pop("from_text"), "ends": told.pop("to_text")}
    return operations.choose_again(
        request.actor, priority=found, outcome=outcome, seen_version=form.seen, **told
    )


def _ended(row: Priority, found: Priority) -> str:
    if row.pk == found.pk:
        return "The priority has ended."
    return f"{found.record.reference} has ended, and is chosen again as {row.record.reference}."


def decide(request: Request, reference: str, key: str) -> HttpResponse:
    """What a body decided at a gate of a priority."""
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    gate = queries.gate(request.actor, found, key)
    bodies, cycles = bodies_of(request, found.partnership), _cycles(request, found)
    form = forms.DecideForm(
        request.POST or None,
        bodies=[(name, row.name) for name, row in bodies.items()],
        cycles=[(name, f"{row.theme} ({row.stage.label.lower()})") for name, row in cycles.items()],
        initial={"rests_on": gate.rests_on},
        seen_version=found.record.version,
    )

    def act() -> Any:
        told = form.chosen(bodies, cycles)
        return operations.decide_gate(request.actor, gate=gate, seen_version=form.seen, **told)

    return sending.act_page(
        request, form, act, words="The decision is on record.", to=facing.place(found),
        record=found.record, heading=gate.question, explain="Record what a body decided.",
        button="Record the decision", back_href=facing.up(found),
    )  # fmt: skip


def _cycles(request: Request, found: Priority) -> dict[str, LearningCycle]:
    """The learning cycles on which a gate of a priority may rest, as the gate names them."""
    rows = queries.cycles_at(request.actor, found)
    return {row.named_in(found.partnership_id): row for row in rows}
