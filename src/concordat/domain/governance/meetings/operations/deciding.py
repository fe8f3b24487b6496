"""Recording a decision, who spoke, and sealing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Decision, Matter
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Line, Meeting, Resolution, Voice
from concordat.domain.governance.meetings.operations.afterwards import ask_to_tell
from concordat.domain.governance.meetings.operations.agenda import carry_over
from concordat.domain.governance.meetings.operations.waiting import ask_for_power
from concordat.domain.governance.meetings.queries import deciding as asked
from concordat.domain.governance.meetings.queries.presenting import to_tell
from concordat.domain.governance.meetings.rules import deciding as rules
from concordat.domain.governance.meetings.rules.deciding import Outcome, Sealing, State
from concordat.domain.governance.meetings.rules.life import PLACES
from concordat.domain.governance.meetings.rules.quorum import Effect, Quorum, usual
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict

_WORDS = ("text", "outcome", "reasons")
_REST = ("parts", "options", "legal_basis", "amount", "to_tell", "review_on", "matter")


@operation
def draft(
    actor: Actor,
    *,
    body: Body,
    on: date,
    text: str,
    outcome: Outcome,
    reasons: str,
    meeting: Meeting | None = None,
    line: Line | None = None,
    about: Record | None = None,
    matter: Matter | None = None,
    why_urgent: str = "",
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    rest: Mapping[str, Any] | None = None,
) -> Resolution:
    """Record what was decided, as a draft that can still be mended. Nothing is decided ahead."""
    rules.may_draft(text, outcome, reasons).require()
    if on > actor.on:
        raise Invalid("That day has not come yet.", field="on")
    if meeting is None and not why_urgent.strip():
        raise Invalid("Say why this could not wait for a meeting.", field="why_urgent")
    root = meeting.record if meeting else body.record
    held = take(root.pk, may=lambda held: queries.may_run(actor, held, body.pk))
    closest = [sensitivity, *(r.level for r in (about, line and line.item.record) if r)]
    record = open_record(
        actor,
        kind=RecordKind.DECISION,
        title=text.strip()[:300],
        partnership=held.partnership,
        opened=on,
        owner=body.record,
        sensitivity=max(closest),
        listed=all(r.listed for r in (about, line and line.item.record) if r),
        words=reasons,
    )
    row = Resolution(
        record=record,
        body=body,
        meeting=meeting,
        line=line,
        about=about or (line.item.about if line else None),
        matter=matter,
        on=on,
        text=text.strip(),
        outcome=outcome,
        reasons=reasons.strip(),
        why_urgent=why_urgent.strip(),
        **{name: value for name, value in (rest or {}).items() if name in _REST},
    )
    if row.to_tell is None and to_tell(actor, line):
        row.to_tell = True
    row.save(force_insert=True)
    _seat_voices(actor, row)
    happened(actor, "decision drafted", record, after={"outcome": outcome, "on": on})
    return row


def _seat_voices(actor: Actor, row: Resolution) -> None:
    """One voice for each seat of the body, as it was at the meeting when there was one."""
    there = {p.seat_id: p for p in queries.places(actor, row.meeting)} if row.meeting else {}
    for seat in queries.members(actor, row.body, row.on):
        place = there.get(seat.pk)
        came = place is not None and place.presence in ("present", "by deputy")
        voting = seat.capacity in ("", "voting")
        said = rules.Voice.AGREE if came and voting else rules.Voice.AWAY
        Voice.objects.create(
            resolution=row,
            seat=seat,
            voice=said,
            deputy=place is not None and place.presence == "by deputy",
            spoke=place.stands_for if place else "",
        )


def _draft(
    actor: Actor,
    resolution: Resolution,
    seen_version: int | None,
    mine: Mapping[str, str],
    theirs: Callable[[], Mapping[str, str]] | None = None,
) -> tuple[Record, Resolution]:
    """Lock a decision that is still a draft."""
    record = take(
        resolution.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=theirs or (lambda: _as_texts(fresh(resolution))),
        may=lambda held: queries.may_run(actor, held, resolution.body_id),
    )
    now = fresh(resolution)
    if now.state != State.DRAFT:
        raise Refused("This decision is sealed. Correct it by a decision that is linked to it.")
    return record, now


def _spoke(voice: Voice) -> dict[str, str]:
    return {"Voice": voice.voice, "Who spoke": voice.spoke, "In words": voice.words}


def fresh(resolution: Resolution) -> Resolution:
    rows = Resolution.objects.select_related(
        "record__partnership", "body__record", "matter", "meeting", "line__item__lead__record"
    )
    return rows.get(pk=resolution.pk)


def _as_texts(row: Resolution) -> dict[str, str]:
    return {"Decision": row.text, "Outcome": row.outcome, "Reasons": row.reasons}


@operation
def amend(
    actor: Actor,
    *,
    resolution: Resolution,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Resolution:
    """Mend a draft."""
    mine = {
        "Decision": str(values.get("text", resolution.text)),
        "Outcome": str(values.get("outcome", resolution.outcome)),
        "Reasons": str(values.get("reasons", resolution.reasons)),
    }
    rules.may_draft(mine["Decision"], mine["Outcome"], mine["Reasons"]).require()
    record, now = _draft(actor, resolution, seen_version, mine)
    before = _as_texts(now)
    for name in (*_WORDS, *_REST):
        if name in values:
            setattr(now, name, values[name])
    now.save()
    happened(actor, "decision amended", record, before=before, after=_as_texts(now))
    return now


@operation
def say(
    actor: Actor,
    *,
    voice: Voice,
    said: rules.Voice,
    deputy: bool = False,
    spoke: str = "",
    words: str = "",
    seen_version: int | None = None,
) -> Voice:
    """Record how one seat took part. A seat without a vote neither agrees nor disagrees."""
    record, now = _draft(
        actor,
        voice.resolution,
        seen_version,
        {"Voice": said, "Who spoke": spoke, "In words": words},
        theirs=lambda: _spoke(Voice.objects.get(pk=voice.pk)),
    )
    row = Voice.objects.select_related("seat__record").get(pk=voice.pk)
    told = next(each for each in asked.spoken(actor, now) if each.seat == row.seat.key)
    rules.may_speak(rules.Spoken(told.seat, told.title, "", "", said, told.voting)).require()
    if deputy and not spoke.strip():
        raise Invalid("A deputy is one named person.", field="spoke", mend="Say who spoke.")
    before = row.voice
    row.voice, row.deputy, row.spoke, row.words = said, deputy, spoke.strip(), words.strip()
    row.save()
    happened(
        actor,
        "voice recorded",
        record,
        before={"voice": before},
        after={"seat": row.seat.record.reference, "voice": said},
    )
    return row


@operation
def seal(
    actor: Actor,
    *,
    resolution: Resolution,
    effect: Effect | None = None,
    discretion: str = "",
    at: datetime | None = None,
    seen_version: int | None = None,
) -> Resolution:
    """Seal a decision for good with the quorum and the authority of its day.

    Beyond somebody's power it waits to be ratified; without a quorum it does what the terms
    say. `discretion` is the chair's reason for going on without one.
    """
    record, now = _draft(actor, resolution, seen_version, _as_texts(resolution))
    is_free(record, "seal").require()
    outcome = Outcome(now.outcome)
    if outcome.binds:
        rules.is_agreed(asked.spoken(actor, now)).require()
    quorum = queries.quorum_of(actor, now.meeting, at=at) if now.meeting else None
    effect = _effect(actor, now, quorum, effect, discretion)
    sealing = asked.how_sealed(actor, now, quorum, effect)
    if now.meeting is None and outcome.binds:
        rules.may_seal_out_of_meeting(now.why_urgent, sealing.waits_for).require()
    now.state = sealing.state
    now.outcome = rules.comes_of(outcome, quorum, effect)
    now.authority = asked.frozen(asked.opinions_on(actor, now))
    now.quorum = _kept(quorum, effect, discretion, at)
    now.waits_for = list(sealing.waits_for)
    now.sealed_by, now.sealed_on = actor.signature[:200], actor.on
    now.decision = _on_record(actor, now)
    now.save()
    if effect is Effect.DEFER:
        _put_off(actor, now, sealing)
    ask_for_power(actor, now)
    if Outcome(now.outcome).binds:
        _ask_to_confirm(actor, now)
    if now.to_tell and now.state == State.IN_FORCE and now.outcome != Outcome.DEFERRED:
        ask_to_tell(actor, resolution=now)
    happened(
        actor,
        "decision sealed",
        record,
        reason=discretion.strip(),
        after={"state": now.state, "waits for": now.waits_for, "quorum": now.quorum},
    )
    return now


def _effect(
    actor: Actor,
    row: Resolution,
    quorum: Quorum | None,
    chosen: Effect | None,
    discretion: str,
) -> Effect | None:
    """What an inquorate meeting does about it; nothing where there was a quorum or no need."""
    if not (rules.is_short(quorum) and Outcome(row.outcome).binds):
        return None
    terms = queries.terms_on(actor, row.body, row.on)
    effect = chosen or usual(terms)
    rules.may_seal_without_quorum(effect, terms).require()
    if effect is Effect.GO_ON and not discretion.strip():
        raise Invalid("Say why the chair let it go on.", field="discretion")
    return effect


def _put_off(actor: Actor, row: Resolution, sealing: Sealing) -> None:
    """The item of what was put off comes back to the next meeting."""
    if row.line and PLACES.verdict(row.line.place, "carry over"):
        carry_over(actor, line=row.line, reason=sealing.reasons[0])


def _kept(
    quorum: Quorum | None, effect: Effect | None, discretion: str, at: datetime | None
) -> dict[str, Any]:
    if quorum is None:
        return {}
    return {
        "standing": quorum.standing.value,
        "sentence": quorum.sentence,
        "lacking": list(quorum.lacking),
        "effect": effect.value if effect else "",
        "discretion": discretion.strip(),
        "at": at.isoformat() if at else "",
    }


_ON_RECORD = {
    State.IN_FORCE: "made",
    State.PARTLY: "planned",
    State.AWAITING: "planned",
    State.RECOMMENDATION: "planned",
}


def _on_record(actor: Actor, row: Resolution) -> Decision | None:
    """The row by which later questions of authority know what this body decided."""
    if not Outcome(row.outcome).binds:
        return None
    kept = arrangements.set_down(
        actor,
        partnership=row.record.partnership or row.record,
        kind="decisions",
        key=row.record.reference.lower(),
        values={
            "title": row.text[:400],
            "body": row.body,
            "date": row.on.isoformat(),
            "state": _ON_RECORD[State(row.state)],
            "outcome": row.outcome,
            "matters": [row.matter.key] if row.matter else [],
            "reference": row.record.reference,
            "meeting": row.meeting.key if row.meeting else "",
            "source": f"Decision {row.record.reference}",
        },
    )
    assert isinstance(kept, Decision)  # noqa: S101 - narrows the type for the reader
    return kept


def _ask_to_confirm(actor: Actor, row: Resolution) -> None:
    """Ask each seat that agreed to confirm that it did; a confirmation adds no power."""
    for voice in Voice.objects.filter(resolution=row, voice=rules.Voice.AGREE):
        raise_ask(
            actor,
            record=row.record,
            seat=voice.seat,
            errand=Errand.CONFIRM,
            what="Confirm that this is what you agreed",
            why="Your seat is on record as agreeing",
        )


@operation
def confirm(actor: Actor, *, voice: Voice) -> Voice:
    """Confirm, for a seat that the actor holds, that it agreed."""

    def may(held: Record) -> Verdict:
        return can(actor, Verb.SIGN, held)

    if not queries.sits_in(actor, voice.seat_id):
        raise Refused("You do not hold this seat, so you cannot confirm for it.")
    record = take(voice.resolution_id, may=may)
    row = Voice.objects.select_related("seat__record", "resolution").get(pk=voice.pk)
    if row.resolution.state == State.DRAFT:
        raise Refused("This is a draft. It is confirmed once it is sealed.")
    if row.confirmed_on:
        raise Refused("This is confirmed already.")
    row.confirmed_by, row.confirmed_on = actor.signature[:200], actor.on
    row.save()
    clear_asks(actor, record=record, errand=Errand.CONFIRM, outcome="Confirmed", seat=row.seat)
    happened(actor, "voice confirmed", record, after={"seat": row.seat.record.reference})
    return row


def parts_told(parts: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """A decision's parts as they are kept: each notes, approves or agrees one thing."""
    return [
        {"does": str(part["does"]), "text": str(part["text"]).strip()}
        for part in parts
        if str(part.get("text", "")).strip()
    ]
