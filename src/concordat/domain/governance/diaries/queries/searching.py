"""Searches for a date that an actor may see, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from concordat.domain.base.people.models import Account, Person
from concordat.domain.base.people.queries import principals_of
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, fetch, usable, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models import Answer, Asked, Diary, Offer, Voice
from concordat.domain.governance.diaries.queries.chairs import (
    Needed,
    chairs_of,
    quorum_of,
    seats_of,
    sits_in,
)
from concordat.domain.governance.diaries.queries.times import closed_names, school_days
from concordat.domain.governance.diaries.rules import (
    Chair,
    Found,
    Need,
    Quorum,
    Says,
    School,
    Tally,
    Window,
)
from concordat.kernel.actor import Actor, Kind

_ROOT = ("record__partnership", "record__owner", "body__record")


def diaries(actor: Actor) -> QuerySet[Diary]:
    """Searches that the actor may open, the newest first."""
    rows = Diary.objects.select_related(*_ROOT)
    return visible(actor, rows).order_by("-record__opened", "-record__reference")


def diary(actor: Actor, reference: str) -> Diary:
    """One search. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Diary.DoesNotExist
    return fetch(actor, Diary.objects.select_related(*_ROOT), record__reference=reference)


def searchable(actor: Actor) -> list[Body]:
    """The bodies for which the actor may look for a date: those they may change."""
    rows = Body.objects.select_related("record__partnership").order_by("order", "name")
    return changeable(actor, visible(actor, rows))


def changeable(actor: Actor, rows: Iterable[Body]) -> list[Body]:
    """Those that the actor may change, judged together."""
    held = list(rows)
    may = {each.pk for each in usable(actor, Verb.CHANGE, [row.record for row in held])}
    return [row for row in held if row.pk in may]


def asked_of(actor: Actor, diary: Diary) -> list[Asked]:
    rows = Asked.objects.filter(diary=diary).select_related(
        "seat__record", "seat__agency", "seat__body"
    )
    seen = visible(actor, rows, record="diary__record")
    return list(seen.order_by("seat__order", "seat__role", "pk"))


def room_of(actor: Actor, diary: Diary) -> tuple[tuple[Chair, ...], Quorum]:
    """The seats that are asked, with everything that keeps them away, and the quorum."""
    rows = asked_of(actor, diary)
    needed = Needed({row.seat_id: (Need(row.need), row.group) for row in rows})
    seats = [row.seat for row in rows]
    chairs = chairs_of(
        actor,
        seats,
        needed=needed,
        first=diary.first_day,
        last=diary.last_day,
        besides=diary.record,
    )
    on = max(actor.on, diary.first_day)
    return chairs, quorum_of(actor, diary.body, chairs, on=on, deputies=diary.deputies)


def window_of(actor: Actor, diary: Diary) -> Window:
    partnership = diary.body.partnership
    first, last = max(diary.first_day, actor.on), diary.last_day
    if first > last:
        first = diary.first_day
    return Window(
        first=first,
        last=last,
        length=diary.length,
        begins=diary.begins,
        ends=diary.ends,
        avoid=frozenset((weekday, part) for weekday, part in diary.avoid),
        closed=closed_names(actor, partnership, diary.body, first, last),
        school=school_days(actor, partnership, first, last),
        school_rule=School(diary.school),
    )


def found(actor: Actor, diary: Diary) -> Found:
    """What the search finds as diaries stand now. Only for those who may change it."""
    can(actor, Verb.CHANGE, diary.record).require()
    chairs, quorum = room_of(actor, diary)
    return rules.search(chairs, quorum, window_of(actor, diary))


def dates_for(
    actor: Actor,
    body: Body,
    *,
    seats: Sequence[Seat],
    window: Window,
    deputies: bool | None = None,
    needed: Needed | None = None,
    besides: Record | None = None,
) -> Found:
    """Dates for any set of seats, without a search of their own being kept.

    `besides` is a record whose own engagements are no hindrance, such as a meeting to be moved.
    """
    can(actor, Verb.CHANGE, body.record).require()
    chairs = chairs_of(
        actor, seats, needed=needed, first=window.first, last=window.last, besides=besides
    )
    on = max(actor.on, window.first)
    quorum = quorum_of(actor, body, chairs, on=on, deputies=deputies)
    return rules.search(chairs, quorum, window)


def window_for(
    actor: Actor, body: Body, *, first: date, last: date, length: int, school: School
) -> Window:
    """The ordinary window for a body: nine to five, no closed day."""
    partnership = body.partnership
    return Window(
        first=first,
        last=last,
        length=length,
        closed=closed_names(actor, partnership, body, first, last),
        school=school_days(actor, partnership, first, last),
        school_rule=school,
    )


# --- the poll


def offers_of(actor: Actor, diary: Diary) -> list[Offer]:
    rows = Offer.objects.filter(diary=diary).select_related("engagement")
    return list(visible(actor, rows, record="diary__record").order_by("start"))


def voices_of(actor: Actor, diary: Diary) -> list[Voice]:
    rows = Voice.objects.filter(diary=diary).select_related("seat__body", "person")
    seen = visible(actor, rows, record="diary__record")
    return list(seen.order_by("seat__order", "seat__role", "holding", "pk"))


def answers_of(actor: Actor, diary: Diary) -> list[Answer]:
    rows = Answer.objects.filter(offer__diary=diary).select_related("voice", "offer")
    return list(visible(actor, rows, record="offer__diary__record"))


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to be told, by name and address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One offer with how it stands in the poll, and what each voice said to it."""

    offer: Offer
    tally: Tally | None
    said: dict[int, Answer]


def standings(actor: Actor, diary: Diary) -> list[Standing]:
    """Every offer as it stands, best first while answers are taken. Without a poll no tally."""
    offers, voices = offers_of(actor, diary), voices_of(actor, diary)
    said: dict[int, dict[int, Answer]] = {each.pk: {} for each in offers}
    for each in answers_of(actor, diary):
        said[each.offer_id][each.voice_id] = each
    if not voices:
        return [Standing(each, None, {}) for each in offers]
    chairs, quorum = room_of(actor, diary)
    heard = _heard(chairs, voices)
    told = [
        Standing(each, rules.tally(heard, quorum, _by_who(voices, said[each.pk])), said[each.pk])
        for each in offers
    ]
    return sorted(told, key=lambda each: (_rank(each), each.offer.start))


def _rank(standing: Standing) -> tuple[int, ...]:
    gone = bool(standing.offer.withdrawn_at)
    return (gone, *(standing.tally.rank if standing.tally else ()))


def _heard(chairs: Sequence[Chair], voices: Sequence[Voice]) -> tuple[Chair, ...]:
    """The chairs with those alone who were asked: whoever came later is not counted on."""
    by_chair: dict[str, list[rules.Sitter]] = {}
    for voice in voices:
        sitter = rules.Sitter(voice.who, voice.name, voice.holding)
        by_chair.setdefault(voice.seat_id.hex, []).append(sitter)
    return tuple(
        Chair(
            chair.key,
            chair.title,
            chair.seat_class,
            chair.agency,
            chair.need,
            chair.group,
            chair.voting,
            tuple(by_chair.get(chair.key, ())),
        )
        for chair in chairs
    )


def _by_who(voices: Sequence[Voice], said: dict[int, Answer]) -> dict[tuple[str, str], Says]:
    return {
        (voice.seat_id.hex, voice.who): Says(said[voice.pk].says)
        for voice in voices
        if voice.pk in said
    }


def guest_voices(actor: Actor, diary: Diary, *, link: UUID | None) -> list[Voice]:
    """For whom a guest may answer: those whom their link was sent for."""
    rows = Voice.objects.filter(diary=diary, link=link, link__isnull=False)
    rows = rows.select_related("seat__body").prefetch_related("answers__offer")
    return list(visible(actor, rows, record="diary__record"))


def silent_voices(actor: Actor, diary: Diary) -> list[Voice]:
    """Those who have still to answer some date that is offered."""
    offers = Offer.objects.filter(diary=diary, withdrawn_at=None).values("pk")
    answered: dict[int, int] = {}
    for each in answers_of(actor, diary):
        if each.offer.withdrawn_at is None:
            answered[each.voice_id] = answered.get(each.voice_id, 0) + 1
    number = offers.count()
    return [each for each in voices_of(actor, diary) if answered.get(each.pk, 0) < number]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody who would be asked for a seat: in their work, or by a link to an address."""

    seat: Seat
    who: str
    name: str
    holding: str
    person: UUID | None
    email: str
    has_account: bool

    @property
    def key(self) -> str:
        return f"{self.seat.pk.hex}-{self.who}"


def to_be_asked(actor: Actor, diary: Diary) -> list[ToAsk]:
    """Everybody who sits in the seats of a search; deputies where they count."""
    rows = asked_of(actor, diary)
    seats = {row.seat_id: row.seat for row in rows}
    sitting = sits_in(actor, seats.values(), on=max(actor.on, diary.first_day))
    people = {each.person for each in sitting if each.person}
    accounts = set(
        Account.objects.filter(person__in=people, is_active=True).values_list("person", flat=True)
    )
    found = [
        ToAsk(
            seat=seats[each.seat],
            who=each.who,
            name=each.name,
            holding=each.holding.value,
            person=each.person,
            email=each.email,
            has_account=each.person in accounts,
        )
        for each in sitting
        if diary.deputies or each.holding is not Holding.DEPUTY
    ]
    order = {seat: place for place, seat in enumerate(seats)}
    return sorted(found, key=lambda each: order[each.seat.pk])


def guests_of(actor: Actor, diary: Diary) -> list[Guest]:
    """Who gets the invitation: whoever was asked, else whoever sits there, with an address."""
    voices = voices_of(actor, diary)
    told = {each.who: Guest(each.name, each.email) for each in voices if each.email}
    accounts = _addresses({each.person_id for each in voices if each.person_id and not each.email})
    for voice in voices:
        if address := accounts.get(voice.person_id):
            told.setdefault(voice.who, Guest(voice.name, address))
    if voices:
        return list(told.values())
    sitting = to_be_asked(actor, diary)
    accounts = _addresses({each.person for each in sitting if each.person})
    return [
        Guest(each.name, accounts.get(each.person) or each.email)
        for each in sitting
        if accounts.get(each.person) or each.email
    ]


def sitters_of(actor: Actor, body: Body) -> list[Guest]:
    """Who holds or shares the seats of a body today, with an address."""
    rows = sits_in(actor, seats_of(actor, body), on=actor.on)
    own = [each for each in rows if each.holding is not Holding.DEPUTY]
    accounts = _addresses({each.person for each in own if each.person})
    known = {each.who: Guest(each.name, accounts.get(each.person) or each.email) for each in own}
    return [each for each in known.values() if each.email]


def _addresses(people: set[UUID]) -> dict[UUID | None, str]:
    """Where letters reach these people: the address they sign in with, else the one on record."""
    stated = Person.objects.filter(pk__in=people).exclude(email="")
    accounts = Account.objects.filter(person__in=people, is_active=True)
    found: dict[UUID | None, str] = dict(stated.values_list("pk", "email"))
    return found | dict(accounts.values_list("person", "email"))


def waiting_polls(actor: Actor) -> list[tuple[Diary, int]]:
    """Open polls in which the actor, or somebody they may answer for, has still something to say,
    and for how many of them."""
    people = [each.person for each in _hands(actor)]
    rows = Voice.objects.filter(person__in=people, diary__state=rules.DiaryState.ASKING)
    said = Answer.objects.filter(offer=OuterRef("pk"), voice=OuterRef(OuterRef("pk")))
    offered = Offer.objects.filter(diary=OuterRef("diary"), withdrawn_at=None)
    silent = offered.filter(~Exists(said))
    rows = rows.filter(Exists(silent)).select_related("diary__record", "diary__body")
    counts: dict[UUID, tuple[Diary, int]] = {}
    for voice in rows.order_by("diary__deadline", "pk"):
        diary, number = counts.get(voice.diary_id, (voice.diary, 0))
        counts[voice.diary_id] = (diary, number + 1)
    return list(counts.values())


def eyes_of(actor: Actor, reference: str) -> tuple[Diary, list[tuple[Actor, Voice]]]:
    """A poll with every voice that the person at the keyboard may answer for, each with who then
    acts. Raises DoesNotExist where there is none.

    An assistant needs no seat of their own: what a principal may open and has let them answer,
    they may answer for that principal.
    """
    if not is_reference(reference):
        raise Diary.DoesNotExist
    found: list[tuple[Actor, Voice]] = []
    held: Diary | None = None
    for each in _hands(actor):
        rows = visible(each, Diary.objects.select_related(*_ROOT))
        here = rows.filter(record__reference=reference).first()
        if here is not None:
            held = held or here
            mine = Voice.objects.filter(diary=here, person=each.person)
            mine = mine.select_related("seat__body", "person").prefetch_related("answers__offer")
            found += [(each, voice) for voice in mine]
    if held is None:
        raise Diary.DoesNotExist
    return held, sorted(found, key=lambda pair: (pair[1].seat.order or 0, pair[1].pk))


def _hands(actor: Actor) -> list[Actor]:
    """The actor, and the actor as each one whom they may answer for, with their seats."""
    if actor.kind is Kind.ACTING_FOR and Verb.ANSWER not in actor.scope:
        return []
    if actor.kind is not Kind.PERSON or actor.person is None:
        return [actor]
    me = Person.objects.select_related("record").get(pk=actor.person)
    rows = [row for row in principals_of(me, actor.on) if Verb.ANSWER in row.scope]
    return [actor, *(actor_for(me, on=actor.on, arrangement=row) for row in rows)]


def offers_for(actor: Actor, diary: Diary, voices: Sequence[Voice]) -> list[Offer]:
    """The dates that are put to these voices, for whoever answers for them."""
    if any(voice.diary_id != diary.pk for voice in voices) or not voices:
        return []
    return list(Offer.objects.filter(diary=diary).order_by("start"))
