"""Moves of programmes, priorities, milestones and products, and the word on how they go."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Product
from concordat.domain.governance.programme.rules import life
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.health import Health
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact

VERBS = {
    "plan": "plan", "begin": "begin", "delay": "delay", "resume": "resume", "abandon": "abandon",
    "open-again": "open again",
}  # fmt: skip
SAID = {
    "plan": "It is planned.", "begin": "It is under way.", "delay": "It is delayed.",
    "resume": "It is under way again.", "abandon": "It is abandoned.",
    "open again": "It is open again.",
}  # fmt: skip


def move(request: Request, reference: str, verb: str) -> HttpResponse:
    """One plain move of a programme, priority, milestone or product."""
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
        heading=f"{button}: {thing.title}", button=button, back_href=facing.up(thing),
    )  # fmt: skip


def tell(request: Request, reference: str) -> HttpResponse:
    """Write how something goes. A product has no such word: it is handed over or not."""
    thing = facing.thing_of(request.actor, reference)
    if isinstance(thing, Product):
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


def _bodies(request: Request, partnership: Any) -> dict[str, Any]:
    rows = seats.bodies(request.actor).filter(partnership=partnership)
    return {row.key: row for row in rows.select_related("record")}


def choose(request: Request, reference: str) -> HttpResponse:
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    bodies = _bodies(request, found.partnership)
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
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.EndForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        outcome = form.answers()["outcome"]
        return operations.end(
            request.actor, priority=found, outcome=outcome, seen_version=form.seen
        )

    return sending.act_page(
        request, form, act, words="The priority has ended.", to=facing.place(found),
        record=found.record, heading=f"End {found.title}",
        rows=[Fact("Test of success", found.success or "None was stated")],
        button="End the priority", back_href=facing.up(found),
    )  # fmt: skip


def decide(request: Request, reference: str, key: str) -> HttpResponse:
    """What a body decided at a gate of a priority."""
    found = queries.priority(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    gate = queries.gate(request.actor, found, key)
    bodies = _bodies(request, found.partnership)
    form = forms.DecideForm(
        request.POST or None,
        bodies=[(name, row.name) for name, row in bodies.items()],
        seen_version=found.record.version,
    )

    def act() -> Any:
        told = form.answers()
        told |= {"body": bodies[told["body"]], "outcome": Outcome(told["outcome"])}
        return operations.decide_gate(request.actor, gate=gate, seen_version=form.seen, **told)

    return sending.act_page(
        request, form, act, words="The decision is on record.", to=facing.place(found),
        record=found.record, heading=gate.question, explain="Record what a body decided.",
        button="Record the decision", back_href=reverse("programme:priority", args=[reference]),
    )  # fmt: skip
