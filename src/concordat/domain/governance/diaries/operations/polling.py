"""Asking the seats which dates suit, reminding them, and closing and opening a poll."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import rules as letters
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations import invite_guest, post, renew_link
from concordat.domain.base.mail.rules import Opening, Purpose
from concordat.domain.base.people.models import Account
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import (
    Diary,
    Offer,
    Voice,
)
from concordat.domain.governance.diaries.operations.holding import (
    WHAT,
    no_more,
    taken,
    tell_of_holds,
    when,
)
from concordat.domain.governance.diaries.operations.searching import offered
from concordat.domain.governance.diaries.queries import Guest
from concordat.domain.governance.diaries.rules import DiaryState
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Fault, Invalid, Refused
from concordat.kernel.labels import weekday_in_words


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
    mine = {
        "Dates": "\n".join(when(each) for each in sorted(set(starts))),
        "Answers until": rules.moment_in_words(deadline),
    }
    record, held = taken(actor, diary, seen_version, mine)
    held.state = rules.STATES.after(held.stage, "ask")
    rules.may_ask(len(set(starts)), deadline, now, min(starts, default=None)).require()
    held.deadline, held.door = deadline, place
    held.save(update_fields=["state", "deadline", "door"])
    offers = offered(actor, held, record, starts)
    voices = _voices(actor, held, guests)
    _invite(actor, record, held, voices, place, now)
    tell_of_holds(actor, record, held, offers)
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
    record, held = taken(actor, diary)
    rules.may_answer(held.stage, held.deadline, now).require()
    assert held.deadline is not None  # noqa: S101 - a poll has one
    open_ = Offer.objects.filter(diary=held, withdrawn_at=None)
    if open_.filter(start=start).exists():
        raise Refused("This date is offered already.")
    rules.may_ask(open_.count() + 1, held.deadline, now, start).require()
    (offer,) = offered(actor, held, record, [start])
    voices = list(Voice.objects.filter(diary=held))
    _renew(actor, voices, place)
    tell_of_holds(actor, record, held, [offer])
    _raise_asks(actor, record, held, voices)
    happened(actor, "date offered too", record, after={"from": start, "quorum": offer.words})
    return held


# --- the end of a poll


@operation
def close_poll(actor: Actor, *, diary: Diary) -> Diary:
    """Take no more answers."""
    record, held = taken(actor, diary)
    held.state = rules.STATES.after(held.stage, "close")
    held.save(update_fields=["state"])
    no_more(actor, record, "The poll was closed")
    happened(actor, "poll closed", record)
    return held


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
def reopen(
    actor: Actor,
    *,
    diary: Diary,
    deadline: datetime,
    place: str,
    now: datetime,
    seen_version: int | None = None,
) -> Diary:
    """Take answers again until a new deadline. Guests get a new link."""
    mine = {"Answers until": rules.moment_in_words(deadline)}
    record, held = taken(actor, diary, seen_version, mine)
    held.state = rules.STATES.after(held.stage, "reopen")
    first = Offer.objects.filter(diary=held, withdrawn_at=None).order_by("start").first()
    rules.may_ask(1, deadline, now, first.start if first else None).require()
    held.deadline, held.door = deadline, place
    held.save(update_fields=["state", "deadline", "door"])
    Voice.objects.filter(diary=held).update(reminded_at=None)
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
