"""Asking agencies for their rows, giving a later day, and chasing who is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import Chronology, Contribution
from concordat.domain.practice.chronologies.operations import reminding, taking
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words

EVERY = 7
AT_ONCE = 200
NAME_SOMEBODY = "Name an author of it, or invite somebody by link."


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
def extend(
    actor: Actor, *, contribution: Contribution, due: date, reason: str, door: str, now: datetime
) -> Contribution:
    """Give an agency a later day, with the reason, and tell whoever writes for it, guests by a new
    link. The day before stands in the history."""
    held = taking.taken(actor, contribution.chronology, rules.may_manage)
    row = fresh(contribution)
    why = taking.needed("reason", reason, "Say why.")
    _ahead(due, actor.on)
    before, row.due, row.chase_on = row.due, due, due + timedelta(days=1)
    row.save(update_fields=["due", "chase_on"])
    reminding.remind_all(actor, row, door, now)
    after = {"agency": row.agency.record.reference, "due": due}
    happened(actor, "later day given", held.record, reason=why, before={"due": before}, after=after)
    return row


def fresh(row: Contribution) -> Contribution:
    rows = Contribution.objects.select_related("agency__record", "chronology__record")
    return rows.get(pk=row.pk)


def owed_again(actor: Actor, row: Contribution) -> None:
    """Rows were changed after the agency signed them off: it owes a sign-off once more, a week
    from now at the earliest, and is reminded of it like any other."""
    before, row.due = row.due, max(row.due, actor.on + timedelta(days=EVERY))
    row.chase_on = row.due + timedelta(days=1)
    row.save(update_fields=["due", "chase_on"])
    reminding.tell_authors(actor, row)
    after = {"agency": row.agency.record.reference, "due": row.due}
    happened(actor, "sign-off owed again", row.chronology.record, before={"due": before},
             after=after)  # fmt: skip


@operation
def chase(actor: Actor, *, contribution: Contribution, door: str, now: datetime) -> Contribution:
    """Remind whoever writes for an agency that owes its rows; a guest gets a new link.

    Refused where nobody would hear of it, so that no reminder is on file that nobody had.
    """
    held = taking.taken(actor, contribution.chronology, rules.may_manage)
    row = fresh(contribution)
    _owing(row)
    if not reminding.can_be_told(actor, row, now):
        raise Refused(f"Nobody writes for {row.name} yet. {NAME_SOMEBODY}")
    _chased(actor, row, door, now)
    happened(actor, "agency chased", held.record,
             after={"agency": row.agency.record.reference, "time": row.chased})  # fmt: skip
    return row


def _owing(row: Contribution) -> None:
    if row.chase_on is None:
        raise Refused(f"{row.name} has signed off its rows. Nothing is owed.")


def _chased(actor: Actor, row: Contribution, door: str, now: datetime) -> None:
    row.chased += 1
    row.chase_on = actor.on + timedelta(days=EVERY)
    row.save(update_fields=["chased", "chase_on"])
    reminding.remind_all(actor, row, door, now)


@operation
def chase_late(actor: Actor, *, door: str, now: datetime) -> int:
    """Remind every agency whose day is past, and each week again, 200 at a time; how many were due.

    Where nobody can be told, that is what the history says, and no reminder counts.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each chronology has an event of its own")
    rows = Contribution.objects.filter(
        chase_on__lte=actor.on, chronology__stage=rules.Stage.OPEN.value
    )
    return sum(_late(actor, row, door, now) for row in rows.order_by("chase_on", "pk")[:AT_ONCE])


def _late(actor: Actor, row: Contribution, door: str, now: datetime) -> bool:
    take(row.chronology_id)
    held = fresh(row)
    if held.chase_on is None or held.chase_on > actor.on:
        return False
    after = {"agency": held.agency.record.reference, "due": day_in_words(held.due)}
    if reminding.can_be_told(actor, held, now):
        _chased(actor, held, door, now)
        happened(actor, "agency chased", held.chronology.record, after=after)
        return True
    held.chase_on = actor.on + timedelta(days=EVERY)
    held.save(update_fields=["chase_on"])
    why = f"Nobody writes for it yet. {NAME_SOMEBODY}"
    happened(actor, "agency not chased", held.chronology.record, reason=why, after=after)
    return True
