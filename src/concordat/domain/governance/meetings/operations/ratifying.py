"""Ratifying what went beyond somebody's power, and correcting what is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Ratification, Resolution
from concordat.domain.governance.meetings.operations.afterwards import ask_to_tell
from concordat.domain.governance.meetings.operations.deciding import draft, fresh
from concordat.domain.governance.meetings.operations.waiting import no_longer_ask, wait_is_over
from concordat.domain.governance.meetings.rules import deciding as rules
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict


@operation
def ratify(
    actor: Actor,
    *,
    resolution: Resolution,
    partner: str,
    given: bool,
    instrument: str = "",
    source: str = "",
    reason: str = "",
) -> Resolution:
    """Record that a partner has ratified or refused what went beyond its people's power.

    When the last of them has, the decision is in force from that day. One refusal ends it,
    unless it binds others by themselves. Nobody answers for another partner but who runs
    the body, from what that partner has sent.
    """

    def may(held: Record) -> Verdict:
        return queries.may_run(actor, held, resolution.body_id) or can(actor, Verb.SIGN, held)

    record = take(resolution.pk, may=may)
    now = fresh(resolution)
    verb = "ratify" if given else "refuse"
    rules.STATES.verdict(State(now.state), verb).require()
    if partner not in now.left:
        raise Invalid(f"This does not wait for {partner}.", field="partner")
    queries.may_answer_for(actor, now, partner).require()
    if given and not source.strip():
        raise Invalid("Say what gave it: a minute, a letter, a record.", field="source")
    if not given and not reason.strip():
        raise Invalid("A refusal says why.", field="reason")
    Ratification.objects.create(
        resolution=now,
        partner=partner,
        answer="given" if given else "refused",
        instrument=instrument,
        source=source.strip(),
        reason=reason.strip(),
        given_by=actor.signature[:200],
        given_on=actor.on,
    )
    no_longer_ask(actor, now, partner=partner, outcome="Ratified" if given else "Refused")
    _settle(actor, now, verb)
    done = "decision ratified by a partner" if given else "decision refused by a partner"
    after = {"partner": partner, "source": source.strip()}
    happened(actor, done, record, reason=reason.strip(), after=after)
    return now


def _settle(actor: Actor, now: Resolution, verb: str) -> None:
    """Move on once nothing is left to wait for."""
    given = Ratification.objects.filter(resolution=now, answer="given")
    done = rules.is_ratified(now.waits_for, given.values_list("partner", flat=True))
    state = State(rules.STATES.after(State(now.state), verb))
    if not now.left or state is State.LAPSED:
        proof = state.capitalize() if now.left else "Every partner has answered"
        wait_is_over(actor, now, proof=proof)
    if (verb == "ratify" and not done) or state == now.state:
        return
    now.state = state
    now.save()
    if now.to_tell and now.state == State.IN_FORCE:
        ask_to_tell(actor, resolution=now)
    if now.decision:
        # A partner may answer for itself without being allowed to change the record.
        arrangements.set_down(
            process(actor.signature, actor.on),
            partnership=now.record.partnership or now.record,
            kind="decisions",
            key=now.decision.key,
            values={
                "state": "made" if verb == "ratify" else "refused",
                "date": actor.on.isoformat(),
            },
        )


@operation
def correct(
    actor: Actor,
    *,
    resolution: Resolution,
    text: str,
    outcome: Outcome,
    reasons: str,
    rest: Mapping[str, Any] | None = None,
) -> Resolution:
    """Correct a sealed decision by a new one that is linked to it; the first stays as it was."""
    record = take(resolution.pk, may=lambda held: queries.may_run(actor, held, resolution.body_id))
    now = fresh(resolution)
    to = rules.STATES.after(State(now.state), "correct")
    new = draft(
        actor,
        body=now.body,
        on=actor.on,
        text=text,
        outcome=outcome,
        reasons=reasons,
        meeting=now.meeting,
        line=now.line,
        about=now.about,
        matter=now.matter,
        why_urgent=now.why_urgent,
        sensitivity=record.level,
        rest=rest,
    )
    new.corrects = now
    new.save()
    before, now.state = now.state, to
    now.save()
    wait_is_over(actor, now, proof=f"Corrected by {new.record.reference}")
    happened(
        actor,
        "decision corrected",
        record,
        reason=reasons,
        before={"state": before},
        after={"by": new.record.reference},
    )
    return new
