"""Learning cycles reported to a board, answered by it, and held against what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, remember
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import CycleFinding, LearningCycle
from concordat.domain.governance.programme.operations.taking import again, taken
from concordat.domain.governance.programme.rules import learning, life
from concordat.domain.governance.programme.rules.learning import Answer, Impact, Turn
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.verdict import Verdict

FOUND = "what a learning cycle found"
Told = Mapping[str, tuple[str, str]]
"""By the key of a suggestion: what was chosen, and in which words."""
Judge = Callable[[str, str], Verdict]


@operation
def report(
    actor: Actor,
    *,
    cycle: LearningCycle,
    body: Body,
    reported_on: date,
    summary: str,
    seen_version: int | None = None,
) -> LearningCycle:
    """What a cycle found goes to its board, which is asked for an answer to each suggestion."""
    record, held = taken(
        actor, cycle, "report", seen_version=seen_version, mine={"summary": summary},
        theirs=lambda row: {"state": row.stage.label, "summary": row.summary},
    )  # fmt: skip
    learning.may_report(queries.known_of(actor, held)).require()
    _not_ahead(actor, reported_on, "reported_on")
    said = _words(summary, "summary", "Say in a few sentences what it found in all.")
    can(actor, Verb.SEE, body.record).require()
    held.body, held.reported_on, held.summary = body, reported_on.isoformat(), said
    held.state = Turn.REPORTED.value
    remember(actor, row=held)
    held.save()
    _asked_no_more(actor, record, "Reported")
    if seat := who_answers(actor, held.partnership, body=body):
        why = f"{held.theme[:200]} was reported to {body.name}"
        raise_ask(actor, record=record, seat=seat, errand=Errand.ANSWER, what=FOUND, why=why)
    after = {"to": body.key, "on": held.reported_on}
    happened(actor, "learning cycle reported", record, reason=said[:1000], after=after)
    return held


@operation
def answer(
    actor: Actor,
    *,
    cycle: LearningCycle,
    answers: Told,
    response: str,
    answered_on: date,
    seen_version: int | None = None,
) -> LearningCycle:
    """The board's response: an answer to each suggestion, and in all. Its chair gives it, or the
    secretariat writes down what it said."""
    record, held = taken(
        actor, cycle, "answer", seen_version=seen_version, mine={"response": response},
        theirs=lambda row: {"state": row.stage.label, "response": row.response},
        may=lambda root: queries.may_answer(actor, root, again(cycle).body),
    )  # fmt: skip
    rows = _suggestions(held)
    _each(answers, rows, learning.is_answer)
    _not_ahead(actor, answered_on, "answered_on", since=held.report_day)
    said = _words(response, "response", "Say in a sentence what the board made of it.")
    for row in rows:
        chosen, reason = answers[row.key]
        row.answer, row.reason = Answer(chosen).value, reason.strip()
        remember(actor, row=row)
        row.save()
    held.answered_on, held.response = answered_on.isoformat(), said
    held.state = Turn.ANSWERED.value
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, what=FOUND, outcome="Answered")
    after = {"on": held.answered_on, "answers": {row.key: row.answer for row in rows}}
    happened(actor, "learning cycle answered", record, reason=said[:1000], after=after)
    return held


@operation
def check_impact(
    actor: Actor,
    *,
    cycle: LearningCycle,
    impacts: Told,
    words: str,
    checked_on: date,
    checked_in: LearningCycle | None = None,
    seen_version: int | None = None,
) -> LearningCycle:
    """What came of each suggestion that the board took up, checked in the cycle after it."""
    record, held = taken(
        actor, cycle, "check", seen_version=seen_version, mine={"words": words},
        theirs=lambda row: {"state": row.stage.label, "words": row.impact},
        may=lambda root: queries.may_tell(actor, root, again(cycle).owner),
    )  # fmt: skip
    rows = _suggestions(held).exclude(answer=Answer.DECLINED)
    _each(impacts, rows, learning.is_impact)
    _not_ahead(actor, checked_on, "checked_on", since=held.answer_day)
    if checked_in is not None and checked_in.pk == held.pk:
        raise Invalid("Choose the cycle after this one.", field="checked_in")
    said = _words(words, "words", "Say in a sentence what changed.")
    for row in rows:
        chosen, shown_by = impacts[row.key]
        row.impact, row.shown_by = Impact(chosen).value, shown_by.strip()
        remember(actor, row=row)
        row.save()
    held.checked_on, held.impact, held.checked_in = checked_on.isoformat(), said, checked_in
    held.state = Turn.CHECKED.value
    remember(actor, row=held)
    held.save()
    _asked_no_more(actor, record, "Impact checked")
    after = {"on": held.checked_on, "impacts": {row.key: row.impact for row in rows}}
    happened(actor, "impact of learning checked", record, reason=said[:1000], after=after)
    return held


def _suggestions(held: LearningCycle) -> QuerySet[CycleFinding]:
    return CycleFinding.objects.filter(cycle=held).exclude(suggests="").order_by("order", "pk")


def _each(told: Told, rows: Iterable[CycleFinding], is_told: Judge) -> None:
    """Every suggestion has what is asked for; each that lacks it is named beside its field."""
    faults = []
    for row in rows:
        chosen, words = told.get(row.key, ("", ""))
        if not (verdict := is_told(chosen, words)):
            faults.append(Fault(str(verdict), f"{'words' if chosen else 'choice'}-{row.key}"))
    if faults:
        raise Invalid(faults)


def _not_ahead(actor: Actor, day: date, field: str, since: UncertainDate | None = None) -> None:
    if day > actor.on:
        raise Invalid("That day is still to come.", field=field)
    if since and since.earliest and day < since.earliest:
        raise Invalid(f"That is before it was reported or answered ({since}).", field=field)


def _words(text: str, field: str, mend: str) -> str:
    said = text.strip()
    if not said:
        raise Invalid(mend, field=field)
    if len(said) > life.LONGEST_TEXT:
        raise Invalid(f"Use {life.LONGEST_TEXT:,} characters or fewer.", field=field)
    return said


def _asked_no_more(actor: Actor, record: Record, outcome: str) -> None:
    clear_asks(actor, record=record, errand=Errand.UPDATE, outcome=outcome)


# --- the owner is asked when the day of the next step has come


@operation
def ask_for_steps(actor: Actor) -> int:
    """Ask whoever owns a learning cycle for its next step once its day has come; how many were
    asked. What is asked no more, since the day moved, is cleared. Safe to run twice."""
    rows = LearningCycle.objects.filter(record__closed=None).order_by("pk")
    rows = rows.select_related("record", "partnership", "priority")
    asked = sum(_ask(actor, row) for row in rows if not row.stage.is_over)
    if not asked:
        no_event("the day of no next step has come")
    return asked


def _ask(actor: Actor, cycle: LearningCycle) -> int:
    record, step = cycle.record, cycle.next_step
    waiting = Ask.objects.filter(record=record, errand=Errand.UPDATE, cleared_on=None)
    told = set(waiting.values_list("what", flat=True))
    if step is None or not step.has_come(actor.on):
        if told:
            _asked_no_more(actor, record, "Its day moved")
        return 0
    named = queries.seats_of(actor, cycle.partnership_id, cycle.owner)
    seat = named[0] if named else who_answers(actor, cycle.partnership)
    if seat is None or step.asked in told:
        return 0
    why = f"The day to {step.verb} was {step.due}"
    raise_ask(actor, record=record, seat=seat, errand=Errand.UPDATE, what=step.asked, why=why)
    return 1
