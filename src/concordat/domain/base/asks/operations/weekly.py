"""The weekly letter: what waits for somebody, one line for each thing, on the day they chose."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.asks import queries, rules
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail import rules as mail
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import post
from concordat.domain.base.mail.rules import Line, Purpose
from concordat.domain.base.people.models import Account
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity

REFERENCE = "{reference}"
"""Where a page's address takes a record's reference."""

MOST_LINES = 40


@operation
def send_weekly_letters(actor: Actor, *, place: str, settings: str) -> int:
    """Post the letter of this week to whoever chose a day that has come; how many were new.

    `place` is the whole address of a record's page with `REFERENCE` where it goes, `settings`
    that of the page on which the day is chosen. One letter a week goes to each person, however
    often and wherever this runs; where the timer stood still it goes on the next day of the
    same week. To whom nothing is due, none goes.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Weekly letters are sent by the system itself.")
    no_event("the outbox is its own trace")
    year, week, weekday = actor.on.isocalendar()
    due = {
        f"weekly {year}-{week:02d} {account.pk.hex}": account
        for account in Account.objects.filter(
            is_active=True, letter_day__lte=weekday, person__persona=None
        ).select_related("person__record__partnership")
    }
    sent = set(Message.objects.filter(key__in=due).values_list("key", flat=True))
    wanted = [(key, account) for key, account in sorted(due.items()) if key not in sent]
    return sum(_send(actor, account, key, place, settings) for key, account in wanted)


def _send(actor: Actor, account: Account, key: str, place: str, settings: str) -> bool:
    person = account.person
    me = actor_for(person, on=actor.on)
    asks = list(queries.my_asks(me)) if me.seats else []
    now = [ask for ask in asks if rules.is_for_the_week(ask.due, actor.on)]
    if not now:
        return False
    lines = [_line(me, ask, actor.on, place) for ask in now[:MOST_LINES]]
    home = person.record.partnership
    post(
        actor,
        to=account.email,
        purpose=Purpose.DIGEST,
        subject=mail.subject(Purpose.DIGEST, count=len(now)),
        text=mail.weekly_letter(
            name=person.name, lines=lines, later=len(asks) - len(lines), place=settings
        ),
        partnership=home,
        key=key,
    )
    return True


def _line(me: Actor, ask: Ask, today: date, place: str) -> Line:
    """What is asked on something restricted is not said in a letter, nor why: see its page."""
    record = ask.record
    told = rules.in_a_letter(Errand(ask.errand), ask.what, record.level)
    held = next((seat for seat in me.seats if seat.seat == ask.seat_id), None)
    why = rules.why_me(held.office, held.title, held.deputy) if held else ""
    return Line(
        what=f"{told} ({record.reference})",
        group=ask.seat.body.name,
        when=_when(ask.due, today),
        why=why if record.level > Sensitivity.PARTNERSHIP else ask.why or why,
        place=rules.place_of(
            place.replace(REFERENCE, record.reference), bool(getattr(ask, "openable", True))
        ),
    )


def _when(due: date | None, today: date) -> str:
    if due is None:
        return "no date set"
    return f"{'was due' if due < today else 'due'} by {day_in_words(due)}"
