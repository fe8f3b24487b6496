"""Telling whoever writes for an agency what it owes: seats by what is asked of them, people without
a seat by letter, people without an account by a new link. No letter says whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask, remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail import rules as letters
from concordat.domain.base.mail.rules import LONGEST, LinkState, Purpose
from concordat.domain.base.people.models import Person, Persona
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import sitting_in
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import Contribution, Guest, Member
from concordat.domain.practice.chronologies.rules import Part
from concordat.kernel.actor import Actor, Kind, process

_CAN_BE_RENEWED = (LinkState.OPEN, LinkState.EXPIRED, LinkState.SPENT)


def _writing(actor: Actor, row: Contribution) -> list[Member]:
    """The authors of an agency whose time is not over."""
    lasting = Q(grant__to_day__isnull=True) | Q(grant__to_day__gte=actor.on)
    rows = Member.objects.select_related("grant__grantee")
    return list(rows.filter(lasting, contribution=row, part=Part.AUTHOR).order_by("pk"))


def _seats(members: Sequence[Member]) -> list[Seat]:
    found = [m.grant.grantee_id for m in members if m.grant.grantee.kind == RecordKind.SEAT]
    return list(Seat.objects.select_related("record", "body").filter(record__in=found))


def _people(members: Sequence[Member]) -> list[Person]:
    """Authors who were named themselves and can be written to; an example's cast cannot."""
    found = [m.grant.grantee_id for m in members if m.grant.grantee.kind == RecordKind.PERSON]
    rows = Person.objects.select_related("record").filter(record__in=found)
    cast = set(Persona.objects.filter(person__in=rows).values_list("person", flat=True))
    return [each for each in rows if is_address(each.email) and each.pk not in cast]


def _guests(row: Contribution, now: datetime) -> list[Guest]:
    rows = Guest.objects.select_related("link__record").filter(contribution=row).order_by("pk")
    return [each for each in rows if each.link.state(now) in _CAN_BE_RENEWED]


def can_be_told(actor: Actor, row: Contribution, now: datetime) -> bool:
    """Whether anybody hears of what an agency owes: somebody sits in a seat that writes for it, a
    person has an address, or a guest has a link that was not taken back."""
    members = _writing(actor, row)
    sitting = sitting_in(actor, [each.pk for each in _seats(members)], on=actor.on)
    return any(sitting.values()) or bool(_people(members)) or bool(_guests(row, now))


def tell_author(actor: Actor, row: Contribution, member: Member) -> None:
    """Tell an author who was just named, where the agency owes anything."""
    if row.chase_on is None:
        return
    for seat in _seats([member]):
        _asked(actor, row, seat)
    for person in _people([member]):
        _letter(actor, row, person, "asked")


def tell_authors(actor: Actor, row: Contribution) -> None:
    """What the seats that write for an agency owe, by the day that holds now, and no others."""
    seats = _seats(_writing(actor, row))
    for seat in seats:
        _asked(actor, row, seat)
    _relieved(actor, row, seats)


def relieve(actor: Actor, row: Contribution) -> None:
    """Ask nothing more of those who do not write for the agency any more."""
    _relieved(actor, row, _seats(_lasting(actor, row)))


def _lasting(actor: Actor, row: Contribution) -> list[Member]:
    """The authors who write after today: on a last day nothing new is asked."""
    return [
        each
        for each in _writing(actor, row)
        if each.grant.to_day is None or each.grant.to_day > actor.on
    ]


def _relieved(actor: Actor, row: Contribution, staying: Sequence[Seat]) -> None:
    waiting = _open(row).exclude(seat__in=staying).select_related("seat")
    for ask in waiting:
        _clear(actor, row, "Does not write for the agency any more", ask.seat)


def _open(row: Contribution) -> QuerySet[Ask]:
    return Ask.objects.filter(
        record=row.chronology.record, errand=Errand.ANSWER, what=_what(row), cleared_on=None
    )


def _asked(actor: Actor, row: Contribution, seat: Seat) -> None:
    """The ask names the chronology by its reference alone."""
    raise_ask(
        actor,
        record=row.chronology.record,
        seat=seat,
        errand=Errand.ANSWER,
        what=_what(row),
        why="A chronology is made of what each agency knew",
        due=row.due,
    )


def cleared(actor: Actor, row: Contribution, outcome: str) -> None:
    _clear(actor, row, outcome)


def _clear(actor: Actor, row: Contribution, outcome: str, seat: Seat | None = None) -> None:
    clear_asks(
        actor,
        record=row.chronology.record,
        errand=Errand.ANSWER,
        what=_what(row),
        outcome=outcome[:300],
        seat=seat,
    )


def _what(row: Contribution) -> str:
    return f"the rows of {row.name} for {row.chronology.record.reference}"[:300]


def remind_all(actor: Actor, row: Contribution, door: str, now: datetime) -> None:
    """Raise what is owed and write to everybody who writes for the agency. A guest gets a new link
    in the place of the last; `door` is the whole address of the guests' page with the place of
    the token."""
    tell_authors(actor, row)
    for ask in _open(row):
        remind(actor, ask=ask)
    for person in _people(_writing(actor, row)):
        _letter(actor, row, person, f"reminded {actor.on.isoformat()}")
    post = process(actor.signature, actor.on)
    for guest in _guests(row, now):
        mail.renew_link(
            post, link=guest.link, place=door, now=now, lasts=LONGEST, asker=_asker(actor),
            says=rules.owed_in_words(row.chronology.record.reference, row.due, actor.on),
        )  # fmt: skip


def _asker(actor: Actor) -> str:
    """Whoever gives a new link; the timer gives none."""
    return "whoever asked you for the rows" if actor.kind is Kind.PROCESS else actor.signature


def _letter(actor: Actor, row: Contribution, person: Person, key: str) -> None:
    record = row.chronology.record
    says = rules.owed_in_words(record.reference, row.due, actor.on)
    page = settings.RECORD_PAGE.format(reference=record.reference)
    mail.post(
        actor,
        to=person.email,
        purpose=Purpose.ASKED,
        subject=letters.subject(Purpose.ASKED, reference=record.reference),
        text="\n\n".join([f"Dear {person.name},", *says, f"Open it here:\n{page}"]),
        about=record,
        key=f"rows {row.pk} {key} {person.pk.hex} {row.due.isoformat()}",
    )


__all__ = [
    "can_be_told",
    "cleared",
    "relieve",
    "remind_all",
    "tell_author",
    "tell_authors",
]
