"""The state that the database works out is the one that the rules give, on every day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.queries.days import days_of
from concordat.domain.base.clocks.rules import Bound, ClockFacts, Due, State
from tests.operations.clocks.examples import DAY, KNOWN, House

FIRST = date(2019, 3, 1)


def facts_of(clock: Clock) -> ClockFacts:
    """What the pure rules need to know, from the rows of one clock."""
    due = None
    if clock.started_on and clock.due:
        due = Due(
            rule=clock.rule,
            version=clock.rule_version,
            digest=clock.rule_digest,
            start=clock.started_on,
            due=clock.due,
            sum=clock.sum,
            source="",
            in_force_from=None,
            verified=False,
            bound=Bound(clock.bound),
            due_at=clock.due_at,
        )
    delay, pause = clock.delays.first(), clock.pauses.filter(resumed_on=None).first()
    return ClockFacts(
        due=due,
        met=clock.met_at or clock.met_on,
        not_applicable=clock.ruled_out_reason,
        explanation=delay.reason if delay else "",
        paused_for=pause.ground if pause else "",
    )


def every_kind(house: House) -> None:
    manager = house.actor("manager")
    house.clock()
    house.clock(on=None, part="start unknown")
    house.clock(rule="TRN-FIRST-YEAR", on=date(2018, 4, 20))
    house.clock(rule="CDR-FORMS", on=KNOWN)
    house.clock(rule="JAR-FOLLOWUP", on=KNOWN)
    house.clock(rule="CDRM-NOT-BEFORE", on=date(2019, 4, 3))
    house.clock(rule="RHI-OFFER", on=datetime.fromisoformat("2019-03-29T16:10"))
    house.clock(rule="RHI-OFFER", on=KNOWN, part="by day")
    operations.explain(manager, clock=house.clock(part="explained"), reason="The trial.")
    paused = house.clock(rule="CDRM-TARGET", on=date(2018, 12, 31))
    operations.pause(manager, clock=paused, ground="inquest")
    early = house.clock(rule="CDRM-NOT-BEFORE", on=date(2019, 4, 3), part="too early")
    operations.meet(manager, clock=early, on=DAY, proof="Minutes")
    met = house.clock(part="met")
    operations.meet(manager, clock=met, on=DAY, proof="Receipt")
    late = house.clock(rule="CDR-NOTIFY", on=datetime.fromisoformat("2019-03-27T09:00"))
    operations.meet(
        manager, clock=late, on=datetime.fromisoformat("2019-03-28T09:01"), proof="Mail"
    )
    operations.rule_out(manager, clock=house.clock(part="out"), reason="Another area.")


@pytest.mark.long
def test_the_database_and_the_rules_agree_on_every_day(house: House) -> None:
    every_kind(house)
    manager, seen = house.actor("manager"), set()
    england = days_of(manager, [house.record.pk]).england
    facts = {clock.pk: facts_of(clock) for clock in Clock.objects.all()}
    days: list[date | datetime] = [FIRST + timedelta(days=n) for n in range(60)]
    days += [datetime(2019, 4, 1, hour, 11, tzinfo=UTC) for hour in (14, 15, 16)]
    for now in days:
        for clock in queries.clocks(manager, now=now):
            stands = State(clock.stands)  # type: ignore[attr-defined]
            said = rules.state(facts[clock.pk], now, england)
            assert stands is said, (clock.rule, clock.part, now)
            seen.add(stands)
    assert seen == set(State)


@pytest.mark.long
def test_what_breaks_next_comes_first_and_what_is_over_last(house: House) -> None:
    every_kind(house)
    listed = list(queries.clocks(house.actor("manager"), now=DAY))
    open_ = [clock for clock in listed if clock.stage in rules.OPEN]
    assert listed[: len(open_)] == open_
    owed = [clock.due for clock in open_ if clock.due and clock.bound == Bound.LATEST]
    assert owed == sorted(owed)
