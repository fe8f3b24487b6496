"""Opening a record to more people, keeping it from some, and stopping its moves."""

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
from concordat.domain.base.records.operations.unit import happened, operation, take
from concordat.domain.base.records.rules import Cut, Level, RecordKind, Standing, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity


def _need(reason: str) -> str:
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    return reason.strip()


def _in_order(from_day: date, to_day: date | None) -> None:
    if to_day and to_day < from_day:
        raise Invalid(
            "The last day is before the first.", field="to_day", mend="Change one of the two days."
        )


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
    queries.can(actor, Verb.SHARE, record).require()
    _in_order(from_day, to_day)
    if partnership.kind != RecordKind.PARTNERSHIP or partnership.pk == record.partnership_id:
        raise Invalid("Choose another partnership to share with.", field="partnership")
    held = take(record.pk)
    shared = Share.objects.create(
        record=held,
        partnership=partnership,
        cut=cut,
        reason=_need(reason),
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
    """Give a person, a seat or a body access. What is sealed opens to named people only."""
    queries.can(actor, Verb.ADMIT, record).require()
    _in_order(from_day, to_day)
    if grantee.kind not in (RecordKind.PERSON, RecordKind.SEAT, RecordKind.BODY):
        raise Invalid("Access is given to a person, a seat or a body.", field="grantee")
    if record.level is Sensitivity.SEALED and grantee.kind != RecordKind.PERSON:
        raise Refused("This is sealed: it opens to named people only.")
    held = take(record.pk)
    grant = Grant.objects.create(
        record=held,
        grantee=grantee,
        level=level,
        reason=_need(reason),
        granted_by=actor.signature,
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
    """End a grant: `on` is its last day, or the day before it began if it never takes effect."""
    record = grant.record
    queries.can(actor, Verb.ADMIT, record).require()
    held = take(record.pk)
    before = grant.to_day
    grant.to_day = max(on, grant.from_day)
    grant.save(update_fields=["to_day"])
    happened(
        actor,
        "access withdrawn",
        held,
        reason=_need(reason),
        before={"until": before},
        after={"until": grant.to_day, "from": grant.grantee.reference},
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
    if actor.person != person.pk:
        queries.can(actor, Verb.ADMIT, record).require()
    elif queries.standing_of(actor, record) is Standing.ABSENT:
        raise Record.DoesNotExist
    _in_order(from_day, to_day)
    held = take(record.pk)
    recusal = Recusal.objects.create(
        record=held, person=person, reason=_need(reason), from_day=from_day, to_day=to_day
    )
    happened(actor, "conflict declared", held, reason=reason, after={"person": person.reference})
    return recusal


@operation
def request_access(actor: Actor, *, record: Record, reason: str, on: date) -> AccessRequest:
    """Ask to open a record that the actor may know of. One open request a person and record."""
    if actor.person is None or queries.standing_of(actor, record) is Standing.ABSENT:
        raise Record.DoesNotExist
    if queries.standing_of(actor, record) is Standing.OPEN:
        raise Refused("You can open this already.")
    held = take(record.pk)
    earlier = AccessRequest.objects.filter(record=held, person=actor.person, answer="").first()
    if earlier:
        raise Refused(
            f"You asked for this on {earlier.asked_on:%-d %B %Y}. It waits for an answer."
        )
    asked = AccessRequest.objects.create(
        record=held,
        person_id=actor.person,
        asked_by=actor.signature,
        reason=_need(reason),
        asked_on=on,
    )
    happened(actor, "access asked", held, reason=reason)
    return asked


@operation
def answer_access_request(
    actor: Actor, *, request: AccessRequest, give: bool, reason: str, on: date
) -> AccessRequest:
    """Give or refuse access, with the reason told to the person who asked."""
    record = request.record
    queries.can(actor, Verb.ADMIT, record).require()
    take(record.pk)
    request = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if request.answer:
        raise Refused(f"{request.answered_by} answered this already.")
    request.answer = "given" if give else "refused"
    request.answered_by, request.answered_on = actor.signature, on
    request.answer_reason = _need(reason)
    request.save()
    if give:
        admit(
            actor,
            record=record,
            grantee=request.person,
            level=Level.SEE,
            reason=reason,
            from_day=on,
        )
    happened(actor, f"access request {request.answer}", record, reason=reason)
    return request


@operation
def place_hold(actor: Actor, *, record: Record, blocks: str, reason: str, on: date) -> Hold:
    """Stop one move of a record until the hold is released."""
    queries.can(actor, Verb.HOLD, record).require()
    held = take(record.pk)
    hold = Hold.objects.create(
        record=held,
        blocks=blocks,
        reason=_need(reason),
        placed_by=actor.signature,
        placed_on=on,
    )
    happened(actor, "hold placed", held, reason=reason, after={"blocks": blocks})
    return hold


@operation
def release_hold(actor: Actor, *, hold: Hold, reason: str, on: date) -> Hold:
    """Lift a hold, with who, when and why."""
    record = hold.record
    queries.can(actor, Verb.HOLD, record).require()
    held = take(record.pk)
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.released_on:
        raise Refused(f"{hold.released_by} released this hold already.")
    hold.released_on, hold.released_by, hold.release_reason = on, actor.signature, _need(reason)
    hold.save()
    happened(actor, "hold released", held, reason=reason, before={"blocks": hold.blocks})
    return hold
