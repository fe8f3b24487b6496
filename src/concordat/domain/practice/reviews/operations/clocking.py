"""The clocks of an incident: started by what was told and notified, mended, met and ruled out.

A start that is changed after its clock ran needs a reason; the clocks keep every earlier one.
"""

from __future__ import annotations

from datetime import date, datetime

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import OPEN, Stage, day_in_london
from concordat.domain.base.records.operations import happened
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import taking
from concordat.domain.practice.reviews.operations.admitting import admit_all
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Notice, other_notices
from concordat.domain.practice.reviews.rules.duties import (
    DEATHS,
    NOTIFY,
    OLD_DECIDE,
    OLD_TELL,
    RAPID_REVIEW,
    Duty,
    Moment,
    death_starts,
    goes_live,
    in_force,
    is_with_the_old_board,
    notification_starts,
    telling_starts,
)
from concordat.domain.practice.reviews.rules.life import Stage as Life
from concordat.domain.practice.reviews.rules.places import Standing
from concordat.kernel.actor import Actor, Office


def set_regime(actor: Actor, row: Incident, on: date) -> None:
    """Whose rules the area follows on the day that counts."""
    law, live = here.law_here(actor, row), here.go_live(actor, row)
    row.old_board = is_with_the_old_board(law, live, on)


def take_over(actor: Actor, row: Incident) -> bool:
    """Where the area has gone live before its old board decided, the partners decide: the rapid
    review runs from the go-live (row TR-SCR leaves the old board its open reviews alone)."""
    law, live = here.law_here(actor, row), goes_live(here.go_live(actor, row))
    waits = row.old_board and row.stage == Life.NOTIFIED
    if not waits or is_with_the_old_board(law, live, actor.on):
        return False
    assert row.known_at is not None  # noqa: S101
    row.old_board = False
    row.save(update_fields=["old_board"])
    rule_out(actor, row, "The area went live before its old board decided", OLD_DECIDE)
    sent = max(day_in_london(row.notification.sent_at), live)
    duty = notification_starts(
        law, old=False, known=day_in_london(row.known_at), sent=sent, go_live=live
    )
    admit_all(actor, row)
    _run(actor, row, duty, "", secretariat(actor, row))
    taking.clear(actor, row, "The area went live", Errand.REVIEW)
    taking.tell(actor, row, "Taken over from the old board", "The area went live")
    happened(actor, "incident taken over from the old board", row.record, after={"from": live})
    return True


def holder(actor: Actor, row: Incident) -> Seat | None:
    """The seat that speaks for the council holds the council's clocks."""
    found = people.seats_for(actor, row, [p.agency_id for p in people.council(actor, row)])
    return found[0] if found else None


def secretariat(actor: Actor, row: Incident) -> Seat | None:
    """The seat that runs the partnership holds the clock of the rapid review."""
    rows = Seat.objects.filter(partnership=row.partnership_id, to_text="")
    managers = rows.filter(office=Office.STRATEGY_MANAGER).select_related("record", "body")
    return managers.order_by("order", "role").first() or holder(actor, row)


def start_by_telling(actor: Actor, row: Incident, reason: str = "", *, moved: bool = True) -> None:
    """The notification's clock, and one for each other notice that is owed beside it. A clock
    that runs is given another start only where a moment that it runs from has `moved`."""
    assert row.known_at is not None  # noqa: S101 - a told incident has its moment
    if moved or open_of(row, NOTIFY) is None:
        _run(actor, row, telling_starts(row.known_at), reason)
    owe_notices(actor, row, reason, moved=moved)


def owe_notices(actor: Actor, row: Incident, reason: str, *, moved: bool = True) -> None:
    """A clock of its own for each other notice that a death brings, where the law has it."""
    assert row.known_at is not None  # noqa: S101
    owed = {each.rule for each in _notices(row)}
    law = here.law_here(actor, row)
    for rule in DEATHS:
        if rule in owed and in_force(law, rule, row.died_at or row.known_at):
            runs = open_of(row, rule) is not None and not moved
            if not runs and not _is_settled(row, rule):
                _run(actor, row, death_starts(rule, known=row.known_at, died=row.died_at), reason)
        elif rule not in owed and (clock := open_of(row, rule)):
            why = reason.strip() or "What it rests on is not so"
            clocks.rule_out(taking.on_behalf(actor), clock=clock, reason=why)


def _is_settled(row: Incident, rule: str) -> bool:
    """A notice that was given is not owed a second time."""
    return Clock.objects.filter(record=row.record, rule=rule, stage=Stage.MET).exists()


def _notices(row: Incident) -> list[Notice]:
    standings = [Standing(each) for each in row.standings]
    return other_notices(died=row.died, age=row.age, standings=standings, council="")


def start_by_notifying(actor: Actor, row: Incident, sent: datetime, reason: str = "") -> Clock:
    """The rapid review's clock by the rules of the day and the area, or the old board's."""
    return _run(actor, row, _review(actor, row, sent), reason, secretariat(actor, row))


def _review(actor: Actor, row: Incident, sent: datetime) -> Duty:
    assert row.known_at is not None  # noqa: S101
    day = day_in_london(sent)
    set_regime(actor, row, day)
    return notification_starts(
        here.law_here(actor, row),
        old=row.old_board,
        known=day_in_london(row.known_at),
        sent=day,
        go_live=here.go_live(actor, row),
    )


def amend_notified(actor: Actor, row: Incident, reason: str) -> None:
    """The notification went out at another moment: its own clock was met then, and the review
    runs from then, by the rules of that day."""
    sent = row.notification.sent_at
    duty = _review(actor, row, sent)
    if (met := _met(row, NOTIFY)) and met.met_at != sent:
        by, proof = taking.on_behalf(actor), met.proof
        clocks.meet(by, clock=clocks.reopen(by, clock=met, reason=reason), on=sent, proof=proof)
    rule_out(actor, row, reason, *({RAPID_REVIEW, OLD_DECIDE} - {duty.rule}))
    if (over := _met(row, duty.rule)) and duty.on is not None:
        _mend_met(actor, over, duty.on, reason)
    else:
        _run(actor, row, duty, reason, secretariat(actor, row))


def _met(row: Incident, rule: str) -> Clock | None:
    return Clock.objects.filter(record=row.record, rule=rule, stage=Stage.MET).last()


def begin_anew(actor: Actor, row: Incident, reason: str) -> None:
    """Every clock that runs is ruled out, and what is owed by the rules of another area begins at
    the same moments. What was met stays met."""
    rule_out(actor, row, reason, NOTIFY, RAPID_REVIEW, OLD_DECIDE, *DEATHS)
    if row.stage == Life.NOTIFIED:
        start_by_notifying(actor, row, row.notification.sent_at)
        owe_notices(actor, row, reason)
    else:
        assert row.known_at is not None  # noqa: S101
        set_regime(actor, row, day_in_london(row.known_at))
        start_by_telling(actor, row, reason)
    row.save(update_fields=["old_board"])


def _run(actor: Actor, row: Incident, duty: Duty, reason: str, seat: Seat | None = None) -> Clock:
    """Start a clock, or give one that runs its new start with the reason for it."""
    by = taking.on_behalf(actor)
    running = open_of(row, duty.rule)
    if running is None:
        return clocks.start(
            by,
            record=row.record,
            rule=duty.rule,
            started_by=duty.started_by,
            on=duty.on,
            holder=seat or holder(actor, row),
            area=row.area,
        )
    if duty.on is None or _is_start(running, duty.on):
        return running
    return clocks.restart(by, clock=running, on=duty.on, reason=reason)


def _is_start(clock: Clock, on: Moment) -> bool:
    if isinstance(on, datetime):
        return clock.started_at == on if clock.started_at else clock.started_on == day_in_london(on)
    return clock.started_on == on


def open_of(row: Incident, rule: str) -> Clock | None:
    return Clock.objects.filter(record=row.record, rule=rule, stage__in=OPEN).first()


def amend_after_notifying(actor: Actor, row: Incident, reason: str, *, moved: bool) -> None:
    """Once notified, the council's own clock is met: what runs still is given the new start."""
    assert row.known_at is not None  # noqa: S101
    owe_notices(actor, row, reason, moved=moved)
    if not moved:
        return
    if met := _met(row, NOTIFY):
        _mend_met(actor, met, row.known_at, reason)
    if (clock := open_of(row, RAPID_REVIEW)) and hasattr(row, "notification"):
        duty = notification_starts(
            here.law_here(actor, row),
            old=False,
            known=day_in_london(row.known_at),
            sent=day_in_london(row.notification.sent_at),
            go_live=here.go_live(actor, row),
        )
        if duty.on is not None and not _is_start(clock, duty.on):
            clocks.restart(taking.on_behalf(actor), clock=clock, on=duty.on, reason=reason)


def _mend_met(actor: Actor, met: Clock, start: Moment, reason: str) -> None:
    """A clock that was met is opened, given its new start, and met again by the same proof."""
    if _is_start(met, start) or met.stage != Stage.MET or met.met_on is None:
        return
    by, on, proof = taking.on_behalf(actor), met.met_at or met.met_on, met.proof
    opened = clocks.reopen(by, clock=met, reason=reason)
    started = clocks.restart(by, clock=opened, on=start, reason=reason)
    clocks.meet(by, clock=started, on=on, proof=proof)


def meet(actor: Actor, row: Incident, rule: str, on: Moment, proof: str) -> None:
    if clock := open_of(row, rule):
        clocks.meet(taking.on_behalf(actor), clock=clock, on=on, proof=proof)


def rule_out(actor: Actor, row: Incident, reason: str, *rules: str) -> None:
    """What is owed no longer, with the reason."""
    for rule in rules:
        if clock := open_of(row, rule):
            clocks.rule_out(taking.on_behalf(actor), clock=clock, reason=reason)


def start_again(actor: Actor, row: Incident, rule: str, reason: str) -> None:
    """Reopen a clock that was ruled out, from the start that it had: the duty stands after all."""
    closed = Clock.objects.filter(record=row.record, rule=rule, stage=Stage.NOT_APPLICABLE)
    clock = closed.order_by("-opened_on", "-pk").first()
    if open_of(row, rule) or clock is None:
        return
    by, last = taking.on_behalf(actor), clock.starts.order_by("-pk").first()
    opened = clocks.reopen(by, clock=clock, reason=reason)
    if last:
        clocks.restart(by, clock=opened, on=last.started_at or last.started_on, reason=reason)


def start_notices_again(actor: Actor, row: Incident, reason: str) -> None:
    """The notices of a death that are owed by what is held now."""
    for each in _notices(row):
        start_again(actor, row, each.rule, reason)


def start_review_again(actor: Actor, row: Incident, reason: str) -> None:
    start_again(actor, row, OLD_DECIDE if row.old_board else RAPID_REVIEW, reason)


def start_to_tell(actor: Actor, row: Incident, on: date) -> Clock:
    """The old board tells what its chair decided; a decision anew gives it a new start."""
    duty = Duty(OLD_TELL, "The chair of the old board decided", on)
    return _run(actor, row, duty, "The chair decided anew", secretariat(actor, row))
