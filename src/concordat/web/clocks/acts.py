"""What is done with a clock: one form and one operation each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.queries import Clock, Facts
from concordat.domain.base.records.queries import Record, can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import Seat, seats
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.web.clocks import facing
from concordat.web.clocks.facing import Request
from concordat.web.clocks.forms import (
    ExplainForm,
    GiveForm,
    MeetForm,
    PauseForm,
    ReasonForm,
    RestartForm,
    ResumeForm,
    StartForm,
)
from concordat.web.ui.addresses import address_of
from concordat.web.ui.forms import PageForm
from concordat.web.ui.sending import done, form_page, send


class Words(NamedTuple):
    """What a page of one act says: above the form, on its button, and once it is done."""

    heading: str
    explain: str
    button: str
    done: str


WORDS = {
    "restart": Words(
        "Change the start date",
        "The day decides which dated row of the rule applies, and when it is due.",
        "Save the start date",
        "The start date is on file.",
    ),
    "meet": Words(
        "Give the proof",
        "A clock stops only with what proves that the duty was done.",
        "Stop the clock",
        "The clock is stopped, with its proof.",
    ),
    "explain": Words(
        "Explain the delay",
        "The date does not move: a delay is explained, never stopped.",
        "Record the explanation",
        "The delay is explained. The date stays.",
    ),
    "pause": Words(
        "Pause this clock",
        "Only for a reason that the rule itself lists. The date does not move.",
        "Pause it",
        "The clock is paused.",
    ),
    "resume": Words(
        "Let it run again",
        "It runs on to the same date as before.",
        "Let it run",
        "The clock runs again.",
    ),
    "rule out": Words(
        "Say that it does not apply",
        "Nothing more is owed on it. What was on file stays, with your reason.",
        "Record that it does not apply",
        "The clock does not apply. The reason is kept.",
    ),
    "reopen": Words(
        "Take back how it ended",
        "Use this to mend a mistake. What stood before stays in the history.",
        "Open it again",
        "The clock is open again.",
    ),
    "give": Words(
        "Give it to another seat",
        "What was asked of the holder is asked of the new one.",
        "Give it to this seat",
        "The clock has a new holder.",
    ),
}


def _found(request: Request, pk: UUID, verb: str) -> Facts:
    """The clock, if the actor may do this with it. Raises `Refused` with the reason."""
    found = queries.clock(request.actor, pk)
    if verb in ("meet", "explain"):
        queries.may_answer_for(request.actor, found).require()
    else:
        can(request.actor, Verb.CHANGE, found.record).require()
    if verb != "give":
        rules.STATES.verdict(rules.Stage(found.stage), verb).require()
    return queries.clock_facts(request.actor, found, now=facing.now_of(request))


def _act(
    request: Request, facts: Facts, verb: str, form: PageForm, operation: Callable[..., object]
) -> HttpResponse:
    """Send the form to its operation, or show it with the clock that it is about."""
    clock, words = facts.clock, WORDS[verb]
    record = clock.record

    def act() -> object:
        return operation(request.actor, clock=clock, seen_version=form.seen, **form.answers())

    sent = send(request, form, act, record=record)
    if sent.done:
        return done(request, words.done, "clocks:clock", clock.pk)
    told = {**words._asdict(), "rows": facing.about(facts.row)}
    told["back_href"] = reverse("clocks:clock", args=[clock.pk])
    return form_page(request, "act.html", form, sent, **told)


def restart(request: Request, pk: UUID) -> HttpResponse:
    """Give a clock its start, or change it with a reason."""
    facts = _found(request, pk, "restart")
    clock = facts.clock
    form = RestartForm(
        request.POST or None,
        known=clock.started_on is not None,
        initial={"started_by": clock.started_by, "on": clock.started_on},
        seen_version=clock.record.version,
    )
    return _act(request, facts, "restart", form, operations.restart)


def meet(request: Request, pk: UUID) -> HttpResponse:
    """Stop a clock by what proves that it was done."""
    facts = _found(request, pk, "meet")
    form = MeetForm(
        request.POST or None,
        initial={"on": request.actor.on},
        seen_version=facts.clock.record.version,
    )
    return _act(request, facts, "meet", form, _meet)


def _meet(actor: Actor, *, proof_record: str, **told: Any) -> Clock:
    return operations.meet(actor, proof_record=_proof(actor, proof_record), **told)


def _proof(actor: Actor, reference: str) -> Record | None:
    """The record of that reference. Raises `Invalid` for one that is not there for the actor."""
    if not reference:
        return None
    try:
        return fetch_record(actor, reference)
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {reference}.",
            field="proof_record",
            mend="Check the reference, or leave it empty.",
        ) from None


def explain(request: Request, pk: UUID) -> HttpResponse:
    """Say why it is late. Nothing is stopped by it."""
    facts = _found(request, pk, "explain")
    form = ExplainForm(request.POST or None, seen_version=facts.clock.record.version)
    return _act(request, facts, "explain", form, operations.explain)


def pause(request: Request, pk: UUID) -> HttpResponse:
    """Set a clock aside for a reason that its rule lists."""
    facts = _found(request, pk, "pause")
    rule, version = facts.row.rule, facts.clock.record.version
    grounds = rule.pauses if rule else ()
    if not grounds:
        raise Refused("This clock is not paused: explain the delay instead.")
    form = PauseForm(request.POST or None, grounds=grounds, seen_version=version)
    return _act(request, facts, "pause", form, operations.pause)


def resume(request: Request, pk: UUID) -> HttpResponse:
    """Let a paused clock run on."""
    facts = _found(request, pk, "resume")
    form = ResumeForm(request.POST or None, seen_version=facts.clock.record.version)
    return _act(request, facts, "resume", form, operations.resume)


def rule_out(request: Request, pk: UUID) -> HttpResponse:
    """Say that a clock does not apply."""
    facts = _found(request, pk, "rule out")
    form = ReasonForm(request.POST or None, seen_version=facts.clock.record.version)
    return _act(request, facts, "rule out", form, operations.rule_out)


def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Take back how a clock ended."""
    facts = _found(request, pk, "reopen")
    form = ReasonForm(request.POST or None, seen_version=facts.clock.record.version)
    return _act(request, facts, "reopen", form, operations.reopen)


def give(request: Request, pk: UUID) -> HttpResponse:
    """Pass a clock to another seat."""
    facts = _found(request, pk, "give")
    record = facts.clock.record
    held = seats(request.actor).filter(partnership=record.partnership_id)
    form = GiveForm(request.POST or None, holders=_choices(held), seen_version=record.version)

    def pass_on(actor: Actor, *, holder: str, **told: Any) -> Clock:
        return operations.give(actor, holder=held.get(pk=holder), **told)

    return _act(request, facts, "give", form, pass_on)


def _choices(held: QuerySet[Seat]) -> list[tuple[str, str]]:
    return [(str(each.pk), f"{each.role}, {each.body.name}") for each in held]


def start(request: Request, reference: str) -> HttpResponse:
    """Start a clock by hand on a record."""
    record = fetch_record(request.actor, reference)
    can(request.actor, Verb.CHANGE, record).require()
    form = _start_form(request, record)
    sent = send(request, form, lambda: _start(request, record, form))
    if sent.done:
        return done(request, "The clock is started.", "clocks:clock", sent.result.pk)
    told = {
        "heading": f"Start a clock on {record.reference}",
        "explain": "Most clocks start by themselves. Start one here for anything else.",
        "button": "Start the clock",
        "back_href": address_of(record.kind, record.reference),
    }
    return form_page(request, "act.html", form, sent, **told)


def _start_form(request: Request, record: Record) -> StartForm:
    law = queries.law_of(request.actor, record.partnership)
    dated = {each.id: each for each in law.startable()}
    titled = sorted((f"{row.title} ({key})", key) for key, row in dated.items())
    held = seats(request.actor).filter(partnership=record.partnership_id)
    own = queries.own_areas(request.actor, record.partnership) if record.partnership else []
    return StartForm(
        request.POST or None,
        rules=[(key, title) for title, key in titled],
        holders=_choices(held),
        areas=[(each.key, each.name) for each in own],
    )


def _start(request: Request, record: Record, form: StartForm) -> Clock:
    told = form.answers()
    area = told.pop("area", "")
    held = seats(request.actor).filter(partnership=record.partnership_id)
    own = queries.own_areas(request.actor, record.partnership) if record.partnership else None
    return operations.start(
        request.actor,
        record=record,
        holder=held.get(pk=told.pop("holder")),
        area=own.get(key=area) if area and own is not None else None,
        **told,
    )
