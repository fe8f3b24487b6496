"""Saying which dates suit: for oneself, for those whom one may answer for, or by a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import Answer, Diary, Offer, Voice
from concordat.domain.governance.diaries.operations.holding import answered
from concordat.domain.governance.diaries.rules import Says
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale

Sheet = Mapping[int, Mapping[int, Says]]
"""By voice, what it says to the number of each offer."""


@operation
def answer(
    actor: Actor,
    *,
    diary: Diary,
    sheet: Sheet,
    now: datetime,
    link: UUID | None = None,
    seen: int | None = None,
) -> int:
    """Say for one or several people which dates suit; what they said before is replaced.

    A guest answers for those whom their `link` is for, anybody else for themselves and for whoever
    has let them answer: each under both names. Refused once the deadline has passed. How many
    answers were taken.

    `seen` is the mark of the answers that the page showed: raises `Stale` when somebody who may
    answer for the same people came first.
    """
    record = take(diary.pk)
    held = Diary.objects.select_related("record").get(pk=diary.pk)
    hands = _hands(actor, held, link)
    rules.may_answer(held.stage, held.deadline, now).require()
    strange = [voice for voice in sheet if voice not in hands]
    if strange or not sheet:
        raise Refused("You may answer for yourself and for those who have let you.")
    _unchanged(actor, [voice for _, voice in hands.values()], sheet, seen)
    offers = {row.number: row for row in Offer.objects.filter(diary=held, withdrawn_at=None)}
    taken = 0
    for voice, says in sheet.items():
        hand, row = hands[voice]
        taken += _said(hand, record, row, offers, says)
    return taken


def _unchanged(actor: Actor, voices: Sequence[Voice], sheet: Sheet, seen: int | None) -> None:
    rows = Answer.objects.filter(voice__in=voices).select_related("offer").order_by("said_at")
    saved = {(row.voice_id, row.offer.number): Says(row.says) for row in rows}
    stands = rules.mark_of(saved)
    if seen in (None, stands):
        return
    mine = {(voice, number): said for voice, says in sheet.items() for number, said in says.items()}
    other = [each for each in mine if saved.get(each) != mine[each]]
    last = rows.last()
    raise Stale(
        {f"v{voice}-o{number}": mine[voice, number].value for voice, number in other},
        {f"v{voice}-o{number}": saved.get((voice, number), "") for voice, number in other},
        by=last.said_by if last else "",
        at=last.said_at if last else None,
        version=stands,
    )


def _hands(actor: Actor, diary: Diary, link: UUID | None) -> Mapping[int, tuple[Actor, Voice]]:
    """By voice, who acts when the actor answers for it."""
    if actor.kind is Kind.GUEST:
        can(actor, Verb.ANSWER, diary.record).require()
        rows = queries.guest_voices(actor, diary, link=link)
        return {each.pk: (actor, each) for each in rows}
    _, found = queries.eyes_of(actor, diary.record.reference)
    return {voice.pk: (hand, voice) for hand, voice in found}


def _said(
    actor: Actor,
    record: Record,
    voice: Voice,
    offers: Mapping[int, Offer],
    says: Mapping[int, Says],
) -> int:
    unknown = [number for number in says if number not in offers]
    if unknown or not says:
        raise Invalid("Answer the dates that are offered.", field="answers")
    before = {
        row.offer.number: row.says
        for row in Answer.objects.filter(voice=voice).select_related("offer")
    }
    for number, said in says.items():
        Answer.objects.update_or_create(
            offer=offers[number],
            voice=voice,
            defaults={
                "says": said,
                "said_by": actor.signature[:200],
                "said_at": timezone.now(),
            },
        )
    after = {str(number): said.value for number, said in says.items()}
    told = {str(number): said for number, said in before.items()}
    happened(actor, "dates answered", record, before=told, after={"for": voice.name} | after)
    if set(says) >= set(offers):
        answered(actor, record, voice)
    return len(says)
