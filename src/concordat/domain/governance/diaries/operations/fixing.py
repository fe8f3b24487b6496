"""Fixing one date of a search, moving it, calling it off, and giving a search up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from concordat.domain.base.mail.rules import Purpose
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import close as close_record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import Diary, Engagement, Offer
from concordat.domain.governance.diaries.operations.engaging import (
    call_off,
    change_engagement,
    engage,
    tell_guests,
)
from concordat.domain.governance.diaries.operations.holding import answered, no_more, taken, when
from concordat.domain.governance.diaries.operations.searching import offered, seats_asked
from concordat.domain.governance.diaries.rules import DiaryState, EntryState
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def fix_date(
    actor: Actor,
    *,
    diary: Diary,
    start: datetime,
    reason: str = "",
    seen_version: int | None = None,
) -> Diary:
    """Fix one date. The others are withdrawn, with what was held for them in diaries, and
    everybody who is asked gets an invitation. Fixing another later moves it."""
    mine = {"Date": when(start), "Reason": reason.strip()}
    record, held = taken(actor, diary, seen_version, mine)
    moved = held.stage is DiaryState.FIXED
    held.state = rules.STATES.after(held.stage, "move" if moved else "fix")
    (chosen,) = offered(actor, held, record, [start])
    _may_fix(actor, held, chosen, reason)
    before = Offer.objects.filter(diary=held, chosen_at__isnull=False, withdrawn_at=None).first()
    if before and before.pk == chosen.pk:
        raise Refused("This date is fixed already.")
    engagement = _engaged(actor, record, held, chosen, before)
    gone = _withdraw_others(actor, held, chosen)
    Offer.objects.filter(pk=chosen.pk).update(chosen_at=timezone.now(), engagement=engagement)
    held.reason = reason.strip()
    held.save(update_fields=["state", "reason"])
    no_more(actor, record, "The date is fixed")
    guests = queries.guests_of(actor, held)
    if gone:
        tell_guests(actor, record=record, engagements=gone, guests=guests)
    purpose = Purpose.MEETING if moved else Purpose.DATES
    tell_guests(actor, record=record, engagements=[engagement], guests=guests, purpose=purpose)
    told = {"from": chosen.start, "quorum": chosen.words}
    happened(actor, "date moved" if moved else "date fixed", record, reason=reason, after=told)
    return held


def _may_fix(actor: Actor, diary: Diary, chosen: Offer, reason: str) -> None:
    standing = next(each for each in queries.standings(actor, diary) if each.offer.pk == chosen.pk)
    heard = standing.tally if standing.said else None
    allowed = rules.may_fix(heard, reason)
    if not allowed:
        raise Invalid(allowed.reason, field="reason")


def _engaged(
    actor: Actor, record: Record, diary: Diary, chosen: Offer, before: Offer | None
) -> Engagement:
    """The engagement of the fixed date. A moved one keeps its own, so that calendars follow."""
    if before and before.engagement:
        engagement = before.engagement
        Offer.objects.filter(pk=before.pk).update(engagement=None)
        if chosen.engagement:
            call_off(actor, engagement=chosen.engagement)
        return change_engagement(actor, engagement=engagement, start=chosen.start, end=chosen.end)
    if chosen.engagement:
        return change_engagement(actor, engagement=chosen.engagement, state=EntryState.CONFIRMED)
    return engage(
        actor,
        record=record,
        body=diary.body,
        seats=seats_asked(diary),
        start=chosen.start,
        end=chosen.end,
        state=EntryState.CONFIRMED,
        place=diary.place,
    )


def _withdraw_others(actor: Actor, diary: Diary, chosen: Offer | None) -> list[Engagement]:
    """What left diaries with the dates that are no longer offered."""
    rows = _offered(diary)
    return _withdraw(actor, list(rows.exclude(pk=chosen.pk) if chosen else rows))


def _offered(diary: Diary) -> QuerySet[Offer]:
    return Offer.objects.filter(diary=diary, withdrawn_at=None).select_related("engagement")


def _withdraw(actor: Actor, gone: Sequence[Offer]) -> list[Engagement]:
    held = [row.engagement for row in gone if row.engagement]
    open_ = [each for each in held if each.state != EntryState.CANCELLED]
    Offer.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=timezone.now())
    return [call_off(actor, engagement=each) for each in open_]


@operation
def withdraw_date(
    actor: Actor, *, diary: Diary, start: datetime, seen_version: int | None = None
) -> Diary:
    """Offer one date of a poll no longer. What was held for it leaves diaries, and whoever has
    answered all others is asked no more."""
    record, held = taken(actor, diary, seen_version, {"Date": when(start)})
    if held.stage not in (DiaryState.ASKING, DiaryState.CLOSED):
        raise Refused("One date can be withdrawn only while answers are gathered.")
    rows = list(_offered(held))
    gone = [row for row in rows if row.start == start]
    if not gone:
        raise Refused("This date is not offered, or somebody withdrew it first.")
    if len(rows) == 1:
        raise Refused("It is the last date. Offer another first, or withdraw the search.")
    called_off = _withdraw(actor, gone)
    if called_off:
        guests = queries.guests_of(actor, held)
        tell_guests(actor, record=record, engagements=called_off, guests=guests)
    silent = {each.seat_id for each in queries.silent_voices(actor, held)}
    for voice in queries.voices_of(actor, held):
        if voice.seat_id not in silent:
            answered(actor, record, voice)
    happened(actor, "date withdrawn", record, before={"from": start})
    return held


@operation
def withdraw_search(
    actor: Actor, *, diary: Diary, reason: str, seen_version: int | None = None
) -> Diary:
    """Give the search up, or call a fixed date off: whoever was invited is told."""
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    record, held = taken(actor, diary, seen_version, {"Reason": reason.strip()})
    was = held.stage
    held.state = rules.STATES.after(was, "withdraw")
    held.reason = reason.strip()
    held.save(update_fields=["state", "reason"])
    gone = _withdraw_others(actor, held, None)
    no_more(actor, record, "The search was withdrawn")
    if gone:
        tell_guests(actor, record=record, engagements=gone, guests=queries.guests_of(actor, held))
    happened(actor, "search withdrawn", record, reason=reason, before={"state": was})
    close_record(actor, record=record, on=actor.on)
    return held
