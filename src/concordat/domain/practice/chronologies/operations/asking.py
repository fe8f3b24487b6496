"""Asking agencies for their rows, giving a later day, and chasing who is late."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks, raise_ask, remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import Chronology, Contribution, Member
from concordat.domain.practice.chronologies.operations import taking
from concordat.domain.practice.chronologies.rules import Part
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words

EVERY = 7
AT_ONCE = 200


@operation
def ask_agency(actor: Actor, *, chronology: Chronology, agency: Agency, due: date) -> Contribution:
    """Ask an agency for its rows. Name its authors next; each finds it in their work."""
    held = taking.taken(actor, chronology, rules.may_manage)
    if agency.partnership_id != held.partnership_id:
        raise Invalid("This agency is another partnership’s.", field="agency")
    if Contribution.objects.filter(chronology=held, agency=agency).exists():
        raise Invalid(f"{agency.name} is asked already.", field="agency")
    _ahead(due, actor.on)
    row = Contribution.objects.create(
        chronology=held,
        agency=agency,
        due=due,
        asked_on=actor.on,
        chase_on=due + timedelta(days=1),
    )
    after = {"agency": agency.record.reference, "due": due}
    happened(actor, "agency asked for its rows", held.record, after=after)
    return row


def _ahead(due: date, on: date) -> None:
    if due < on:
        raise Invalid("This day is past.", field="due", mend="Give a later day.")


@operation
def extend(actor: Actor, *, contribution: Contribution, due: date, reason: str) -> Contribution:
    """Give an agency a later day, with the reason. The day before stands in the history."""
    held = taking.taken(actor, contribution.chronology, rules.may_manage)
    row = fresh(contribution)
    why = taking.needed("reason", reason, "Say why.")
    _ahead(due, actor.on)
    before, row.due, row.chase_on = row.due, due, due + timedelta(days=1)
    row.save(update_fields=["due", "chase_on"])
    tell_authors(actor, row)
    after = {"agency": row.agency.record.reference, "due": due}
    happened(actor, "later day given", held.record, reason=why, before={"due": before}, after=after)
    return row


def fresh(row: Contribution) -> Contribution:
    rows = Contribution.objects.select_related("agency__record", "chronology__record")
    return rows.get(pk=row.pk)


def _authors(row: Contribution) -> list[Seat]:
    """The seats that write for the agency; a person without a seat finds it on the page alone."""
    members = Member.objects.filter(contribution=row, part=Part.AUTHOR)
    seats = members.filter(grant__grantee__kind=RecordKind.SEAT).values("grant__grantee")
    return list(Seat.objects.select_related("record", "body").filter(record__in=seats))


def tell_authors(actor: Actor, row: Contribution) -> None:
    """Raise what the authors owe; the ask names the chronology by its reference alone."""
    for seat in _authors(row):
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
    for seat in _authors(row):
        clear_asks(
            actor,
            record=row.chronology.record,
            seat=seat,
            errand=Errand.ANSWER,
            what=_what(row),
            outcome=outcome[:300],
        )


def _what(row: Contribution) -> str:
    return f"the rows of {row.name} for {row.chronology.record.reference}"[:300]


@operation
def chase(actor: Actor, *, contribution: Contribution) -> Contribution:
    """Remind the authors of an agency that owes its rows."""
    held = taking.taken(actor, contribution.chronology, rules.may_manage)
    row = fresh(contribution)
    _owing(row)
    _chased(actor, row)
    happened(actor, "agency chased", held.record,
             after={"agency": row.agency.record.reference, "time": row.chased})  # fmt: skip
    return row


def _owing(row: Contribution) -> None:
    if row.chase_on is None:
        raise Refused(f"{row.name} has signed off its rows. Nothing is owed.")


def _chased(actor: Actor, row: Contribution) -> None:
    row.chased += 1
    row.chase_on = actor.on + timedelta(days=EVERY)
    row.save(update_fields=["chased", "chase_on"])
    tell_authors(actor, row)
    for seat in _authors(row):
        open_ = Ask.objects.filter(record=row.chronology.record, seat=seat, cleared_on=None)
        for ask in open_.filter(errand=Errand.ANSWER, what=_what(row)):
            remind(actor, ask=ask)


@operation
def chase_late(actor: Actor) -> int:
    """Remind every agency whose day is past, and each week again, 200 at a time; how many."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each chronology has an event of its own")
    rows = Contribution.objects.filter(
        chase_on__lte=actor.on, chronology__stage=rules.Stage.OPEN.value
    )
    return sum(_late(actor, row) for row in rows.order_by("chase_on", "pk")[:AT_ONCE])


def _late(actor: Actor, row: Contribution) -> bool:
    take(row.chronology_id)
    held = fresh(row)
    if held.chase_on is None or held.chase_on > actor.on:
        return False
    _chased(actor, held)
    happened(
        actor, "agency chased", held.chronology.record,
        after={"agency": held.agency.record.reference, "due": day_in_words(held.due)},
    )  # fmt: skip
    return True
