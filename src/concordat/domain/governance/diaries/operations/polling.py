"""Asking the seats which dates suit, taking their answers, and fixing one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import rules as letters
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations import invite_guest, post, renew_link
from concordat.domain.base.mail.rules import Opening, Purpose
from concordat.domain.base.people.models import Account
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import close as close_record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import (
    Answer,
    Diary,
    Engagement,
    Offer,
    Voice,
)
from concordat.domain.governance.diaries.operations.engaging import (
    call_off,
    change_engagement,
    engage,
    tell_guests,
)
from concordat.domain.governance.diaries.operations.searching import offered, seats_asked
from concordat.domain.governance.diaries.queries import Guest
from concordat.domain.governance.diaries.rules import DiaryState, EntryState, Says
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Fault, Invalid, Refused
from concordat.kernel.labels import weekday_in_words

WHAT = "Answer which dates suit"


def _taken(actor: Actor, diary: Diary, seen_version: int | None = None) -> tuple[Record, Diary]:
    record = take(
        diary.pk, seen_version=seen_version, may=lambda held: can(actor, Verb.CHANGE, held)
    )
    held = Diary.objects.select_related("body__record", "record").get(pk=diary.pk)
    return record, held


@operation
def ask_for_answers(
    actor: Actor,
    *,
    diary: Diary,
    starts: Sequence[datetime],
    deadline: datetime,
    guests: Mapping[str, Guest],
    place: str,
    now: datetime,
    seen_version: int | None = None,
) -> Diary:
    """Open the poll: offer these dates to the seats until a deadline.

    Whoever has an account finds it in their work. Of anybody else `guests` gives name and
    address, by seat and sitter as `queries.to_be_asked` names them; they get a link without an
    account, and several with one address get one link. `place` is the whole address of the
    guests' page with the token's place in it.
    """
    record, held = _taken(actor, diary, seen_version)
    held.state = rules.STATES.after(held.stage, "ask")
    rules.may_ask(len(set(starts)), deadline, now, min(starts, default=None)).require()
    held.deadline, held.door = deadline, place
    held.save(update_fields=["state", "deadline", "door"])
    offered(actor, held, record, starts)
    voices = _voices(actor, held, guests)
    _invite(actor, record, held, voices, place, now)
    _raise_asks(actor, record, held, voices)
    told = {"dates": len(starts), "until": deadline, "asked": len(voices)}
    happened(actor, "dates asked about", record, after=told)
    return held


def _voices(actor: Actor, diary: Diary, guests: Mapping[str, Guest]) -> list[Voice]:
    asked = queries.to_be_asked(actor, diary)
    faults = [
        Fault(f"“{guest.email}” is no email address.", field=f"email-{each.key}")
        for each in asked
        if (guest := guests.get(each.key)) and guest.email and not is_address(guest.email.lower())
    ]
    if faults:
        raise Invalid(faults)
    made = []
    for each in asked:
        guest = guests.get(each.key)
        if each.has_account or (guest and guest.email):
            email = "" if each.has_account or guest is None else guest.email.strip().lower()
            name = each.name if each.has_account or guest is None else guest.name or each.name
            made.append(
                Voice(
                    diary=diary,
                    seat_id=each.seat.pk,
                    who=each.who,
                    holding=each.holding,
                    name=name[:200],
                    person_id=each.person,
                    email=email,
                )
            )
    if not made:
        raise Invalid("Nobody can be asked: give an email address.", field="guests")
    return Voice.objects.bulk_create(made)


def _postman(actor: Actor) -> Actor:
    """Whoever looks for a date may ask its own seats by link without being able to admit others
    to records at large: the link opens the dates and nothing else. Their name stands on it."""
    return Actor(Kind.PROCESS, actor.signature, actor.on)


def _invite(
    actor: Actor,
    record: Record,
    diary: Diary,
    voices: Iterable[Voice],
    place: str,
    now: datetime,
) -> None:
    """One link for each address, however many it answers for."""
    assert diary.deadline is not None  # noqa: S101 - set when the poll is opened
    links: dict[str, UUID] = {}
    for voice in voices:
        if not voice.email:
            continue
        if voice.email not in links:
            links[voice.email] = invite_guest(
                _postman(actor),
                record=record,
                opening=Opening.DATES,
                name=voice.name,
                email=voice.email,
                place=place,
                now=timezone.now(),
                lasts=min(max(diary.deadline - now, letters.GUEST_LASTS), letters.LONGEST),
            ).pk
        voice.link = links[voice.email]
        voice.save(update_fields=["link"])


def _raise_asks(actor: Actor, record: Record, diary: Diary, voices: Iterable[Voice]) -> None:
    assert diary.deadline is not None  # noqa: S101 - set when the poll is opened
    due = diary.deadline.astimezone(rules.LONDON).date()
    seats = {voice.seat_id for voice in voices if not voice.email}
    for seat in Seat.objects.filter(pk__in=seats).select_related("record"):
        why = f"{diary.body.name} looks for a date"[:300]
        raise_ask(
            actor, record=record, seat=seat, errand=Errand.ANSWER, what=WHAT, why=why, due=due
        )


@operation
def offer_another(
    actor: Actor, *, diary: Diary, start: datetime, place: str, now: datetime
) -> Diary:
    """Offer one more date while answers are taken. Everybody is asked again: those with an account
    in their work, guests by a new link. What was answered stands."""
    record, held = _taken(actor, diary)
    rules.may_answer(held.stage, held.deadline, now).require()
    assert held.deadline is not None  # noqa: S101 - a poll has one
    open_ = Offer.objects.filter(diary=held, withdrawn_at=None)
    if open_.filter(start=start).exists():
        raise Refused("This date is offered already.")
    rules.may_ask(open_.count() + 1, held.deadline, now, start).require()
    (offer,) = offered(actor, held, record, [start])
    voices = list(Voice.objects.filter(diary=held))
    _renew(actor, voices, place)
    _raise_asks(actor, record, held, voices)
    happened(actor, "date offered too", record, after={"from": start, "quorum": offer.words})
    return held


# --- answering

Sheet = Mapping[int, Mapping[int, Says]]
"""By voice, what it says to the number of each offer."""


@operation
def answer(
    actor: Actor, *, diary: Diary, sheet: Sheet, now: datetime, link: UUID | None = None
) -> int:
    """Say for one or several people which dates suit; what they said before is replaced.

    A guest answers for those whom their `link` is for, anybody else for themselves and for whoever
    has let them answer: each under both names. Refused once the deadline has passed. How many
    answers were taken.
    """
    record = take(diary.pk)
    held = Diary.objects.select_related("record").get(pk=diary.pk)
    hands = _hands(actor, held, link)
    rules.may_answer(held.stage, held.deadline, now).require()
    strange = [voice for voice in sheet if voice not in hands]
    if strange or not sheet:
        raise Refused("You may answer for yourself and for those who have let you.")
    offers = {row.number: row for row in Offer.objects.filter(diary=held, withdrawn_at=None)}
    taken = 0
    for voice, says in sheet.items():
        hand, row = hands[voice]
        taken += _said(hand, record, row, offers, says)
    return taken


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
        _clear(actor, record, voice)
    return len(says)


def _clear(actor: Actor, record: Record, voice: Voice) -> None:
    clear_asks(
        actor,
        record=record,
        errand=Errand.ANSWER,
        what=WHAT,
        seat=voice.seat,
        outcome="Answered",
    )


# --- the end of a poll


@operation
def close_poll(actor: Actor, *, diary: Diary) -> Diary:
    """Take no more answers."""
    record, held = _taken(actor, diary)
    held.state = rules.STATES.after(held.stage, "close")
    held.save(update_fields=["state"])
    _no_more(actor, record, "The poll was closed")
    happened(actor, "poll closed", record)
    return held


def _no_more(actor: Actor, record: Record, outcome: str) -> None:
    clear_asks(actor, record=record, errand=Errand.ANSWER, what=WHAT, outcome=outcome)


@operation
def close_due(actor: Actor, *, now: datetime) -> int:
    """Close every poll whose deadline has passed, for `run-due`. How many."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("Polls are closed at their deadline by the system itself.")
    no_event("each poll that closes is an event of its own")
    rows = Diary.objects.filter(state=DiaryState.ASKING, deadline__lte=now)
    closed = [close_poll(actor, diary=row) for row in rows.select_related("record")]
    return len(closed)


@operation
def reopen(actor: Actor, *, diary: Diary, deadline: datetime, place: str, now: datetime) -> Diary:
    """Take answers again until a new deadline. Guests get a new link."""
    record, held = _taken(actor, diary)
    held.state = rules.STATES.after(held.stage, "reopen")
    first = Offer.objects.filter(diary=held, withdrawn_at=None).order_by("start").first()
    rules.may_ask(1, deadline, now, first.start if first else None).require()
    held.deadline, held.door = deadline, place
    held.save(update_fields=["state", "deadline", "door"])
    silent = queries.silent_voices(actor, held)
    _renew(actor, silent, place)
    _raise_asks(actor, record, held, silent)
    happened(actor, "poll opened again", record, after={"until": deadline})
    return held


def _renew(actor: Actor, voices: Iterable[Voice], place: str) -> int:
    wanted = {voice.link for voice in voices if voice.link}
    rows = [row for row in GuestLink.objects.filter(pk__in=wanted) if not row.revoked_at]
    for row in rows:
        renew_link(_postman(actor), link=row, place=place, now=timezone.now())
    return len(rows)


@operation
def remind(actor: Actor, *, now: datetime) -> int:
    """Remind those who have not answered two days before the deadline, once. How many people.

    Guests get their link anew: the earlier one is not kept anywhere, so it cannot be sent twice.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Reminders are sent by the system itself.")
    no_event("the outbox is its own trace")
    rows = Diary.objects.filter(
        state=DiaryState.ASKING, deadline__gt=now, deadline__lte=now + rules.REMIND
    )
    return sum(_remind(actor, row, now) for row in rows.select_related("record"))


def _remind(actor: Actor, diary: Diary, now: datetime) -> int:
    voices = [each for each in queries.silent_voices(actor, diary) if each.reminded_at is None]
    if not voices:
        return 0
    record = take(diary.pk)
    _renew(actor, voices, diary.door)
    for voice in voices:
        if voice.person_id and not voice.email:
            _remind_by_letter(actor, record, diary, voice, now)
    Voice.objects.filter(pk__in=[each.pk for each in voices]).update(reminded_at=now)
    happened(actor, "reminders sent", record, after={"people": len(voices)})
    return len(voices)


def _remind_by_letter(
    actor: Actor, record: Record, diary: Diary, voice: Voice, now: datetime
) -> None:
    account = Account.objects.filter(person=voice.person_id, is_active=True).first()
    address = account.email if account else voice.person.email if voice.person else ""
    if not is_address(address) or diary.deadline is None:
        return
    day = weekday_in_words(diary.deadline.astimezone(rules.LONDON).date())
    post(
        actor,
        to=address,
        purpose=Purpose.ASKED,
        subject=letters.subject(Purpose.ASKED, reference=record.reference),
        text="\n\n".join(
            [
                f"Dear {voice.name},",
                f"You have not yet said which dates suit you in {record.reference}. Answers are "
                f"taken until {day}.",
                "It stands in your work when you sign in.",
            ]
        ),
        about=record,
        good_until=timezone.now() + (diary.deadline - now),
        key=f"dates reminder {voice.pk} {diary.deadline:%Y%m%d%H%M}",
    )


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
    record, held = _taken(actor, diary, seen_version)
    moved = held.stage is DiaryState.FIXED
    held.state = rules.STATES.after(held.stage, "move" if moved else "fix")
    (chosen,) = offered(actor, held, record, [start])
    _may_fix(actor, held, chosen, reason)
    before = Offer.objects.filter(diary=held, chosen_at__isnull=False, withdrawn_at=None).first()
    if before and before.pk == chosen.pk:
        raise Refused("This date is fixed already.")
    engagement = _engaged(actor, record, held, chosen, before)
    _withdraw_others(actor, held, chosen)
    Offer.objects.filter(pk=chosen.pk).update(chosen_at=timezone.now(), engagement=engagement)
    held.reason = reason.strip()
    held.save(update_fields=["state", "reason"])
    _no_more(actor, record, "The date is fixed")
    guests = queries.guests_of(actor, held)
    tell_guests(actor, record=record, engagements=[engagement], guests=guests)
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


def _withdraw_others(actor: Actor, diary: Diary, chosen: Offer | None) -> list[Offer]:
    rows = Offer.objects.filter(diary=diary, withdrawn_at=None).select_related("engagement")
    gone = list(rows.exclude(pk=chosen.pk) if chosen else rows)
    for row in gone:
        if row.engagement and row.engagement.state != EntryState.CANCELLED:
            call_off(actor, engagement=row.engagement)
    Offer.objects.filter(pk__in=[row.pk for row in gone]).update(withdrawn_at=timezone.now())
    return gone


@operation
def withdraw_search(actor: Actor, *, diary: Diary, reason: str) -> Diary:
    """Give the search up, or call a fixed date off: whoever was invited is told."""
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    record, held = _taken(actor, diary)
    was = held.stage
    held.state = rules.STATES.after(was, "withdraw")
    held.reason = reason.strip()
    held.save(update_fields=["state", "reason"])
    gone = _withdraw_others(actor, held, None)
    _no_more(actor, record, "The search was withdrawn")
    if was is DiaryState.FIXED:
        fixed = [row.engagement for row in gone if row.engagement]
        for row in fixed:
            row.refresh_from_db()
        tell_guests(actor, record=record, engagements=fixed, guests=queries.guests_of(actor, held))
    happened(actor, "search withdrawn", record, reason=reason, before={"state": was})
    close_record(actor, record=record, on=actor.on)
    return held
