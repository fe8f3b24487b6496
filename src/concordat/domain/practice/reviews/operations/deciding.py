"""The decision of a rapid review, its way to the national body, and the answer.

A signature is under the text that was signed: deciding anew voids every one. The national body's
day waits for no signature; what lacks is told with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import rules as records
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.governance.meetings.models import Line
from concordat.domain.practice.reviews.models import (
    Incident,
    NationalReply,
    RapidDecision,
)
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.operations.admitting import admit_all
from concordat.domain.practice.reviews.operations.signing import all_who_sign, ask_to_sign
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.queries.incident_papers import (
    panel_as_it_stands,
    review_as_it_stands,
    to_keep,
)
from concordat.domain.practice.reviews.rules import (
    National,
    Outcome,
    Reply,
    national_body,
)
from concordat.domain.practice.reviews.rules.duties import OLD_DECIDE, OLD_TELL, RAPID_REVIEW
from concordat.domain.practice.reviews.rules.life import may_run, needed
from concordat.domain.practice.reviews.rules.outcomes import offered, panel_fault, reasons_of
from concordat.domain.practice.reviews.rules.signing import may_send, unsigned
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is decided: `reasons` by criterion; `panel` the line of the meeting that decided it, or
    `without_panel` why there was none."""

    outcome: Outcome
    why: str
    reasons: Mapping[str, str]
    national: National = National.UNSURE
    national_why: str = ""
    dissent: str = ""
    panel: Line | None = None
    without_panel: str = ""


@operation
def decide(
    actor: Actor, *, incident: Incident, decided: Decided, reason: str = "",
    seen_version: int | None = None,
) -> RapidDecision:  # fmt: skip
    """Record what the partners decided, with reasons against each criterion; before an area's
    go-live what the old board's chair decided. Each who signs is asked to. Where the area has gone
    live since it was notified, the partners decide.

    A decision anew needs its reason, voids every signature, and keeps the one before on file.
    """
    before = here.decision_of(actor, incident)
    verb = "decide anew" if before else "decide"
    held = taking.taken(
        actor, incident, verb, may_run, seen_version=seen_version,
        mine={"why": decided.why},
    )  # fmt: skip
    clocking.take_over(actor, held)
    _check(actor, held, decided)
    if before:
        void_decision(actor, held, before, needed("reason", reason, "Say why it is decided anew."))
    row = _write(actor, held, decided)
    taking.moved(held, verb)
    held.save()
    if held.old_board:
        _by_the_chair(actor, held, row)
    _answers_the_query(actor, held, row)
    admit_all(actor, held)
    ask_to_sign(actor, held)
    _ask_to_begin(actor, held, row)
    taking.tell(actor, held, f"Decided: {row.outcome_is.label}"[:100], row.why)
    happened(actor, "rapid review decided", held.record, after=_told(row))
    return row


def _ask_to_begin(actor: Actor, held: Incident, row: RapidDecision) -> None:
    """The secretariat begins the review that was decided: its six months run already."""
    seat = clocking.secretariat(actor, held)
    if row.outcome_is in (Outcome.LOCAL, Outcome.OLD) and seat:
        why = f"{row.outcome_is.label} was decided"
        taking.ask(actor, held, [seat], Errand.CONFIRM, taking.begin_asked(held.record), why, None)


def _answers_the_query(actor: Actor, held: Incident, row: RapidDecision) -> None:
    """A decision anew is what the partners answer to a query that waits."""
    waits = NationalReply.objects.filter(
        incident=held, reply=Reply.QUERIES, stood_by_on=None
    ).update(stood_by=f"Decided anew: decision {row.number}.", stood_by_on=actor.on)
    if waits:
        taking.clear(actor, held, "Decided anew", Errand.REVIEW, what=query_of(held))


def query_of(held: Incident) -> str:
    return f"the query about {held.record.reference}"


def _check(actor: Actor, held: Incident, decided: Decided) -> None:
    if decided.outcome not in offered(held.old_board):
        raise Invalid("This cannot be decided here.", field="outcome", mend="Choose another.")
    needed("why", decided.why, "Say why, in a few sentences.")
    if decided.national is not National.UNSURE:
        needed("national_why", decided.national_why, "Say why the partners think so.")
    reasons_of(here.criteria_of(actor, held), decided.reasons)
    _check_panel(actor, held, decided)


def _check_panel(actor: Actor, held: Incident, decided: Decided) -> None:
    line = decided.panel
    if line and not here.panels(actor, held).filter(pk=line.pk).exists():
        raise Invalid("It was not put before this meeting.", field="panel")
    told = panel_fault(
        old=held.old_board, held=line.meeting.day if line else None, on=actor.on,
        named=line is not None, without=decided.without_panel,
    )  # fmt: skip
    if told:
        raise Invalid(told, field="panel")


def _write(actor: Actor, held: Incident, decided: Decided) -> RapidDecision:
    criteria = here.criteria_of(actor, held)
    last = RapidDecision.objects.filter(incident=held).order_by("-number").first()
    row = RapidDecision(
        incident=held,
        number=last.number + 1 if last else 1,
        outcome=decided.outcome,
        criteria=criteria,
        reasons=reasons_of(criteria, decided.reasons),
        why=decided.why.strip(),
        national=decided.national,
        national_why=decided.national_why.strip(),
        dissent=decided.dissent.strip(),
        panel=decided.panel,
        without_panel="" if decided.panel else decided.without_panel.strip(),
        by=actor.signature[:200],
        on=actor.on,
    )
    row.text = to_keep(review_as_it_stands(actor, held, row.reasons))
    row.partners = [
        {"agency": each.key, "name": each.name} for each in people.signatories_of(actor, held)
    ]
    row.digest = records.digest(records.canonical(_signed_text(row)))
    row.save()
    return row


def _signed_text(row: RapidDecision) -> dict[str, object]:
    return {
        "number": row.number,
        "outcome": row.outcome,
        "criteria": row.criteria,
        "reasons": row.reasons,
        "why": row.why,
        "national": row.national,
        "national why": row.national_why,
        "dissent": row.dissent,
        "panel": row.panel.meeting.record.reference if row.panel else row.without_panel,
        "text": row.text,
        "partners": row.partners,
    }


def _of(text: object) -> str:
    return records.digest(records.canonical({"text": text}))


def _told(row: RapidDecision) -> dict[str, object]:
    return {"number": row.number, "outcome": row.outcome, "national": row.national,
            "sha256": row.digest}  # fmt: skip


def void_decision(actor: Actor, held: Incident, before: RapidDecision, why: str) -> None:
    """A decision that stands no longer stays on file with why; its signatures fall."""
    before.voided_on, before.void_reason = actor.on, why
    before.save(update_fields=["voided_on", "void_reason"])
    taking.clear(actor, held, "The decision is void", Errand.SIGN)
    begun = taking.begin_asked(held.record)
    taking.clear(actor, held, "The decision is void", Errand.CONFIRM, what=begun)
    happened(actor, "decision voided", held.record, reason=why, before=_told(before))


def _by_the_chair(actor: Actor, held: Incident, row: RapidDecision) -> None:
    clocking.meet(actor, held, OLD_DECIDE, actor.on, f"Decision {row.number}")
    clocking.start_to_tell(actor, held, actor.on)
    taking.clear(actor, held, "Decided", Errand.REVIEW)


@operation
def send(
    actor: Actor, *, incident: Incident, sent_on: date, without: str = "",
    seen_version: int | None = None,
) -> RapidDecision:  # fmt: skip
    """Record that the rapid review went to the national body, with why it went unsigned by
    somebody where it did. Its clock is met by that."""
    held = taking.taken(actor, incident, "send", may_run, seen_version=seen_version)
    row = here.decision_of(actor, held)
    if row is None:
        raise Refused("Nothing is decided that could be sent.")
    if not row.on <= sent_on <= actor.on:
        raise Invalid("Give a day from the decision until today.", field="sent_on")
    missing = unsigned(row.wanted, here.signed_by(actor, row))
    taking.require(may_send(missing, without), "without")
    row.sent_on, row.sent_to = sent_on, national_body(sent_on).name
    row.sent_by = actor.signature[:200]
    row.sent_without = without.strip() if missing else ""
    row.save()
    row.sent_text = to_keep(panel_as_it_stands(actor, held))
    row.save(update_fields=["sent_text"])
    taking.moved(held, "send")
    held.save()
    rule = OLD_TELL if held.old_board else RAPID_REVIEW
    clocking.meet(actor, held, rule, sent_on, f"Decision {row.number} sent to the {row.sent_to}")
    taking.tell(actor, held, "Sent to the national body", row.sent_without)
    happened(
        actor, "rapid review sent", held.record, reason=row.sent_without,
        after={"to": row.sent_to, "on": sent_on, **_told(row), "sent sha256": _of(row.sent_text)},
    )  # fmt: skip
    return row


@operation
def record_answer(
    actor: Actor, *, incident: Incident, reply: Reply, words: str, came_on: date,
    seen_version: int | None = None,
) -> NationalReply:  # fmt: skip
    """Record what the national body answered. After a query the partners look again: they decide
    anew, or stand by what they decided."""
    held = taking.taken(actor, incident, "record the answer", may_run, seen_version=seen_version)
    said = needed("words", words, "Say what they wrote.")
    if came_on > actor.on:
        raise Invalid("This day has not come yet.", field="came_on", mend="Give the day it came.")
    row = NationalReply.objects.create(
        incident=held, reply=reply, words=said, came_on=came_on, by=actor.signature[:200]
    )
    taking.moved(held, "record the answer")
    held.save()
    if reply is Reply.QUERIES:
        taking.ask(
            actor, held, all_who_sign(actor, held),
            Errand.REVIEW, query_of(held),
            "The national body asks the partners to look again", None,
        )  # fmt: skip
    taking.tell(actor, held, f"The national body {reply}", said)
    happened(actor, "answer recorded", held.record, after={"reply": reply})
    return row


@operation
def stand_by(
    actor: Actor, *, incident: Incident, reason: str, seen_version: int | None = None
) -> NationalReply:
    """Stand by the decision after a query, with what the partners answer to it."""
    held = taking.taken(actor, incident, "stand by it", may_run, seen_version=seen_version)
    why = needed("reason", reason, "Say what the partners answer.")
    row = NationalReply.objects.filter(incident=held, stood_by_on=None).order_by("-pk").first()
    if row is None or row.reply != Reply.QUERIES:
        raise Refused("No query waits for an answer.")
    row.stood_by, row.stood_by_on = why, actor.on
    row.save()
    taking.clear(actor, held, "They stand by it", Errand.REVIEW)
    taking.tell(actor, held, "The partners stand by the decision", why)
    happened(actor, "decision stood by", held.record)
    return row
