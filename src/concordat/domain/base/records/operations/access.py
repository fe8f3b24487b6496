"""Opening a record to more people, keeping it from some, and stopping its moves.

Every act judges the record as it stands once locked, never as the caller last read it.
"""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records import queries
from concordat.domain.base.records.models import (
    AccessRequest,
    Grant,
    Hold,
    Record,
    Recusal,
    Share,
)
from concordat.domain.base.records.operations.record import take_for
from concordat.domain.base.records.operations.unit import happened, locked, operation, take
from concordat.domain.base.records.rules import Cut, Level, RecordKind, Standing, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity

LONGEST_MOVE = 40


def _need(reason: str) -> str:
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    return reason.strip()


def _in_order(from_day: date, to_day: date | None) -> None:
    if to_day and to_day < from_day:
        raise Invalid(
            "The last day is before the first.", field="to_day", mend="Change one of the two days."
        )


def _still_open(row: Share | Grant | Recusal, on: date) -> None:
    if row.to_day and row.to_day <= on:
        raise Refused(f"This ends on {day_in_words(row.to_day)} already.")


def _end(row: Share | Grant | Recusal, on: date) -> date | None:
    """Make `on` the last day; what had not begun by then is taken away and never begins."""
    if on < row.from_day:
        row.delete()
        return None
    row.to_day = on
    row.save(update_fields=["to_day"])
    return on


@operation
def share(
    actor: Actor,
    *,
    record: Record,
    partnership: Record,
    reason: str,
    from_day: date,
    to_day: date | None = None,
    cut: Cut = Cut.WHOLE,
) -> Share:
    """Let another partnership see a record for a time."""
    reason = _need(reason)
    _in_order(from_day, to_day)
    held = take_for(actor, Verb.SHARE, record.pk)
    if partnership.kind != RecordKind.PARTNERSHIP or partnership.pk == held.partnership_id:
        raise Invalid("Choose another partnership to share with.", field="partnership")
    shared = Share.objects.create(
        record=held,
        partnership=partnership,
        cut=cut,
        reason=reason,
        from_day=from_day,
        to_day=to_day,
    )
    happened(
        actor,
        "record shared",
        held,
        reason=reason,
        after={"with": partnership.reference, "cut": cut, "from": from_day, "to": to_day},
    )
    return shared


@operation
def end_share(actor: Actor, *, share: Share, on: date, reason: str) -> Share:
    """End a share: `on` is its last day. One that has not begun by then never begins."""
    reason = _need(reason)
    held = take_for(actor, Verb.SHARE, share.record_id)
    share = Share.objects.select_related("partnership").get(pk=share.pk)
    _still_open(share, on)
    whose, before = share.partnership.reference, share.to_day
    happened(
        actor,
        "share ended",
        held,
        reason=reason,
        before={"until": before},
        after={"with": whose, "until": _end(share, on)},
    )
    return share


@operation
def admit(
    actor: Actor,
    *,
    record: Record,
    grantee: Record,
    level: Level,
    reason: str,
    from_day: date,
    to_day: date | None = None,
) -> Grant:
    """Give a person, a seat or a body access. What is sealed opens to named people only.

    Nobody lets themselves in: who cannot open a record is admitted by somebody else.
    """
    reason = _need(reason)
    _in_order(from_day, to_day)
    if grantee.kind not in (RecordKind.PERSON, RecordKind.SEAT, RecordKind.BODY):
        raise Invalid("Access is given to a person, a seat or a body.", field="grantee")
    held = take_for(actor, Verb.ADMIT, record.pk)
    if held.level is Sensitivity.SEALED and grantee.kind != RecordKind.PERSON:
        raise Refused("This is sealed: it opens to named people only.")
    selves = actor.identities | {actor.hand_person}
    if grantee.pk in selves and not queries.can(actor, Verb.SEE, held):
        raise Refused("Somebody else must give you access to this.")
    grant = Grant.objects.create(
        record=held,
        grantee=grantee,
        level=level,
        reason=reason,
        granted_by=actor.signature[:200],
        from_day=from_day,
        to_day=to_day,
    )
    happened(
        actor,
        "access given",
        held,
        reason=reason,
        after={"to": grantee.reference, "level": level, "from": from_day, "until": to_day},
    )
    return grant


@operation
def withdraw(actor: Actor, *, grant: Grant, on: date, reason: str) -> Grant:
    """End a grant: `on` is its last day. One that has not begun by then never begins."""
    reason = _need(reason)
    held = take_for(actor, Verb.ADMIT, grant.record_id)
    grant = Grant.objects.select_related("grantee").get(pk=grant.pk)
    _still_open(grant, on)
    whose, before = grant.grantee.reference, grant.to_day
    happened(
        actor,
        "access withdrawn",
        held,
        reason=reason,
        before={"until": before},
        after={"of": whose, "until": _end(grant, on)},
    )
    return grant


@operation
def recuse(
    actor: Actor,
    *,
    record: Record,
    person: Record,
    reason: str,
    from_day: date,
    to_day: date | None = None,
) -> Recusal:
    """Declare a conflict of interest: your own always, another's with the right to admit."""
    reason = _need(reason)
    _in_order(from_day, to_day)
    if person.kind != RecordKind.PERSON:
        raise Invalid("A conflict of interest is a person's.", field="person")
    if person.pk in (actor.person, actor.hand_person):
        held = take(record.pk)
        if queries.standing_of(actor, held) is Standing.ABSENT:
            raise Record.DoesNotExist
    else:
        held = take_for(actor, Verb.ADMIT, record.pk)
    recusal = Recusal.objects.create(
        record=held, person=person, reason=reason, from_day=from_day, to_day=to_day
    )
    happened(actor, "conflict declared", held, reason=reason, after={"person": person.reference})
    return recusal


@operation
def end_recusal(actor: Actor, *, recusal: Recusal, on: date, reason: str) -> Recusal:
    """Say that a conflict of interest is over: somebody else does, who may admit."""
    reason = _need(reason)
    if recusal.person_id in (actor.person, actor.hand_person):
        raise Refused("Somebody else must say that your conflict of interest is over.")
    held = take_for(actor, Verb.ADMIT, recusal.record_id)
    recusal = Recusal.objects.select_related("person").get(pk=recusal.pk)
    _still_open(recusal, on)
    whose, before = recusal.person.reference, recusal.to_day
    happened(
        actor,
        "conflict ended",
        held,
        reason=reason,
        before={"until": before},
        after={"person": whose, "until": _end(recusal, on)},
    )
    return recusal


@operation
def request_access(actor: Actor, *, record: Record, reason: str, on: date) -> AccessRequest:
    """Ask to open a record that the actor may know of. One open request a person and record.

    The record is locked but not counted as changed: a stranger's wish is no conflict for
    those who work on it.
    """
    reason = _need(reason)
    held = locked(record.pk)
    standing = queries.standing_of(actor, held)
    if actor.person is None or standing is Standing.ABSENT:
        raise Record.DoesNotExist
    if standing is Standing.OPEN:
        raise Refused("You can open this already.")
    earlier = AccessRequest.objects.filter(record=held, person=actor.person, answer="").first()
    if earlier:
        asked_on = day_in_words(earlier.asked_on)
        raise Refused(f"You asked for this on {asked_on}. It waits for an answer.")
    asked = AccessRequest.objects.create(
        record=held,
        person_id=actor.person,
        asked_by=actor.signature[:200],
        reason=reason,
        asked_on=on,
    )
    happened(actor, "access asked", held, reason=reason)
    return asked


@operation
def answer_access_request(
    actor: Actor, *, request: AccessRequest, give: bool, reason: str, on: date
) -> AccessRequest:
    """Give or refuse access, with the reason told to the person who asked."""
    reason = _need(reason)
    held = take_for(actor, Verb.ADMIT, request.record_id)
    request = AccessRequest.objects.select_related("person").get(pk=request.pk)
    if request.answer:
        raise Refused(f"{request.answered_by} answered this already.")
    if request.person_id in (actor.person, actor.hand_person):
        raise Refused("Somebody else must answer what you asked.")
    request.answer = "given" if give else "refused"
    request.answered_by, request.answered_on = actor.signature[:200], on
    request.answer_reason = reason
    request.save()
    if give:
        admit(
            actor,
            record=held,
            grantee=request.person,
            level=Level.SEE,
            reason=reason,
            from_day=on,
        )
    happened(actor, f"access request {request.answer}", held, reason=reason)
    return request


@operation
def place_hold(actor: Actor, *, record: Record, blocks: str, reason: str, on: date) -> Hold:
    """Stop one move of a record until the hold is released."""
    reason = _need(reason)
    if not 0 < len(blocks) <= LONGEST_MOVE:
        raise Invalid("Say which move the hold stops.", field="blocks")
    held = take_for(actor, Verb.HOLD, record.pk)
    hold = Hold.objects.create(
        record=held,
        blocks=blocks,
        reason=reason,
        placed_by=actor.signature[:200],
        placed_on=on,
    )
    happened(actor, "hold placed", held, reason=reason, after={"blocks": blocks})
    return hold


@operation
def release_hold(actor: Actor, *, hold: Hold, reason: str, on: date) -> Hold:
    """Lift a hold, with who, when and why."""
    reason = _need(reason)
    held = take_for(actor, Verb.HOLD, hold.record_id)
    hold = Hold.objects.get(pk=hold.pk)
    if hold.released_on:
        raise Refused(f"{hold.released_by} released this hold already.")
    hold.released_on, hold.released_by = on, actor.signature[:200]
    hold.release_reason = reason
    hold.save()
    happened(actor, "hold released", held, reason=reason, before={"blocks": hold.blocks})
    return hold
