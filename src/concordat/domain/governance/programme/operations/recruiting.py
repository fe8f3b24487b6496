"""People recruited and services bought: sought, filled, given up, sought again."""

from __future__ import annotations

from concordat.domain.base.records.operations import happened, hold_still, operation, remember
from concordat.domain.governance.programme.models import Appointment
from concordat.domain.governance.programme.operations.taking import reasoned
from concordat.domain.governance.programme.rules import SEEKING
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Stale

LONGEST_HOW = 300


@operation
def seek(
    actor: Actor, *, appointment: Appointment, how: str, seen: int | None = None
) -> Appointment:
    """Begin to look for somebody, or again: by an advert, a tender, within an agency."""
    held = _held(actor, appointment, seen, {"how": how})
    verb = "seek again" if held.stage.is_over else "seek"
    said = how.strip()
    if not said or len(said) > LONGEST_HOW:
        raise Invalid("Say how you look for somebody, such as an advert.", field="how")
    _moved(held, verb)
    before = _stood(held)
    held.how, held.date, held.ends = said, "", ""
    remember(actor, row=held)
    held.save()
    _told(actor, held, "post sought", "", {"how": said}, before)
    return held


@operation
def fill(
    actor: Actor,
    *,
    appointment: Appointment,
    day: UncertainDate,
    ends: UncertainDate | None = None,
    seen: int | None = None,
) -> Appointment:
    """Somebody is appointed or a service bought: from when, and until when if that is known."""
    held = _held(actor, appointment, seen, {"day": str(day)})
    if day.earliest is None or day.earliest > actor.on:
        raise Invalid("Give the day of the appointment. It is not still to come.", field="day")
    if ends and ends.latest and day.certainly_after(ends.latest):
        raise Invalid(f"It cannot end before it begins ({day}).", field="ends")
    _moved(held, "fill")
    held.date, held.ends = day.iso(), ends.iso() if ends else ""
    remember(actor, row=held)
    held.save()
    _told(actor, held, "post filled", "", {"from": held.date, "until": held.ends})
    return held


@operation
def put_off(
    actor: Actor, *, appointment: Appointment, reason: str, seen: int | None = None
) -> Appointment:
    """It takes longer than was planned, and why."""
    return _without(actor, appointment, seen, "put off", reason)


@operation
def give_up(
    actor: Actor, *, appointment: Appointment, reason: str, seen: int | None = None
) -> Appointment:
    """Nobody is looked for any more, and why."""
    return _without(actor, appointment, seen, "give up", reason)


def _without(
    actor: Actor, appointment: Appointment, seen: int | None, verb: str, reason: str
) -> Appointment:
    held = _held(actor, appointment, seen, {"reason": reason})
    why = reasoned(reason)
    _moved(held, verb)
    remember(actor, row=held)
    held.save()
    _told(actor, held, {"put off": "post put off"}.get(verb, "post given up"), why, {})
    return held


def _moved(held: Appointment, verb: str) -> None:
    SEEKING.verdict(held.stage, verb).require()
    held.state = str(SEEKING.after(held.stage, verb))


def _told(
    actor: Actor,
    held: Appointment,
    verb: str,
    reason: str,
    after: dict[str, str],
    before: dict[str, str] | None = None,
) -> None:
    told = {"what": held.title, **after}
    happened(actor, verb, held.partnership, reason=reason, before=before, after=told)


def _stood(held: Appointment) -> dict[str, str]:
    """How somebody was sought and for when they were found, before the search begins again."""
    told = {"how": held.how, "from": held.date, "until": held.ends}
    return {name: text for name, text in told.items() if text}


def _held(actor: Actor, row: Appointment, seen: int | None, mine: dict[str, str]) -> Appointment:
    hold_still(actor, partnerships=[row.partnership])
    held = Appointment.objects.select_related("partnership").get(pk=row.pk)
    if seen is not None and held.fingerprint != seen:
        theirs = {"state": held.stage.label, "how": held.how, "day": str(held.day or "")}
        raise Stale(mine, theirs, version=held.fingerprint)
    return held
