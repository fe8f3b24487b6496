"""Meeting a clock with its proof, explaining, pausing, ruling out, mending."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations, queries
from concordat.domain.base.clocks.models import Breach, Delay, Pause
from concordat.domain.base.clocks.rules import Stage, State
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.clocks.examples import (
    DAY,
    KNOWN,
    LOADER,
    House,
    last_event,
    nothing_changed,
    times,
)

LATER = date(2019, 4, 10)


def paper(house: House, **more: object) -> Record:
    told = {"kind": RecordKind.DOCUMENT, "title": "Receipt", "opened": DAY}
    return open_record(LOADER, partnership=house.record, **{**told, **more})  # type: ignore[arg-type]


def state_of(house: House, on: date | datetime) -> State:
    [row] = queries.clocks_of(house.actor("manager"), house.review, now=on)
    return row.state


def test_the_holder_meets_a_clock_with_words_and_a_record(house: House) -> None:
    clock, receipt = house.clock(), paper(house)
    met = operations.meet(
        house.actor("member"),
        clock=clock,
        on=DAY,
        proof="Receipt of the Panel, sent at 11:02",
        proof_record=receipt,
    )
    assert (met.stage, met.met_on, met.met_by) == (Stage.MET, DAY, "Member Person")
    assert met.proof_record == receipt
    assert not Ask.objects.filter(cleared_on__isnull=True).exists()
    event, _, after = last_event("clock met")
    assert event.reason == "Receipt of the Panel, sent at 11:02"
    assert after["proof record"] == receipt.reference
    assert state_of(house, DAY) is State.MET
    with nothing_changed(), pytest.raises(Refused, match='You cannot meet what is "met"'):
        operations.meet(house.actor("member"), clock=clock, on=DAY, proof="Again")


@pytest.mark.parametrize(
    ("on", "proof", "why"),
    [
        (DAY, "  ", "What proves it is needed"),
        (date(2019, 3, 30), "Receipt", "has not come yet"),
        (date(2019, 3, 27), "Receipt", "before the clock started, on 28 March 2019"),
    ],
)
def test_a_clock_is_never_stopped_without_proof_or_at_an_impossible_time(
    house: House, on: date, proof: str, why: str
) -> None:
    clock = house.clock()
    with nothing_changed(), pytest.raises(Invalid, match=why):
        operations.meet(house.actor("manager"), clock=clock, on=on, proof=proof)


def test_what_may_not_be_seen_proves_nothing(house: House) -> None:
    clock = house.clock()
    hidden = paper(house, sensitivity=Sensitivity.RESTRICTED)
    with nothing_changed(), pytest.raises(Refused):
        operations.meet(
            house.actor("member"), clock=clock, on=DAY, proof="See it", proof_record=hidden
        )


def test_a_clock_with_an_unknown_start_cannot_be_met(house: House) -> None:
    clock = house.clock(on=None)
    with nothing_changed(), pytest.raises(Refused, match="You can restart or rule out"):
        operations.meet(house.actor("manager"), clock=clock, on=DAY, proof="Receipt")


def test_only_the_holder_and_the_secretariat_may_meet_and_explain(house: House) -> None:
    clock = house.clock()
    with nothing_changed(), pytest.raises(Refused):
        operations.meet(house.actor("other"), clock=clock, on=DAY, proof="Receipt")
    with nothing_changed(), pytest.raises(Refused):
        operations.explain(house.actor("other"), clock=clock, reason="Busy")
    operations.explain(house.actor("member"), clock=clock, reason="The office was flooded.")


def test_met_after_its_date_it_is_met_late_and_the_missed_date_stays(house: House) -> None:
    clock = house.clock()
    operations.meet(house.actor("manager", LATER), clock=clock, on=date(2019, 4, 8), proof="Sent")
    assert state_of(house, LATER) is State.MET_LATE
    assert Breach.objects.get().due == date(2019, 4, 4)
    assert times("deadline missed") == 1


def test_met_in_time_but_noted_later_it_is_met(house: House) -> None:
    clock = house.clock()
    operations.meet(house.actor("manager", LATER), clock=clock, on=date(2019, 4, 4), proof="Sent")
    assert state_of(house, LATER) is State.MET
    assert not Breach.objects.exists()


def test_hours_are_proven_to_the_minute(house: House) -> None:
    clock = house.clock(rule="RHI-OFFER", on=datetime(2019, 3, 29, 16, 10))  # noqa: DTZ001
    manager = house.actor("manager", LATER)
    with nothing_changed(), pytest.raises(Invalid, match="runs to the minute"):
        operations.meet(manager, clock=clock, on=date(2019, 4, 1), proof="Note")
    operations.meet(manager, clock=clock, on=datetime(2019, 4, 1, 16, 11), proof="Note")  # noqa: DTZ001
    assert state_of(house, LATER) is State.MET_LATE


def test_an_explained_delay_stops_nothing(house: House) -> None:
    clock = house.clock()
    manager = house.actor("manager", LATER)
    assert state_of(house, LATER) is State.OVERDUE
    operations.explain(
        manager,
        clock=clock,
        reason="The trial began.",
        told="The Panel, by letter",
        expected_on=date(2019, 6, 1),
    )
    clock.refresh_from_db()
    assert (clock.stage, clock.due) == (Stage.RUNNING, date(2019, 4, 4))
    assert state_of(house, LATER) is State.EXPLAINED
    delay = Delay.objects.get()
    assert (delay.told, delay.given_by) == ("The Panel, by letter", "Manager Person")
    assert last_event("delay of clock explained")[0].reason == "The trial began."


def test_an_explanation_needs_its_reason_and_a_day_to_come(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager", LATER)
    with nothing_changed(), pytest.raises(Invalid, match="reason for the delay"):
        operations.explain(manager, clock=clock, reason=" ")
    with nothing_changed(), pytest.raises(Invalid, match="9 April 2019 is over"):
        operations.explain(manager, clock=clock, reason="Trial.", expected_on=date(2019, 4, 9))


def test_a_statutory_clock_is_not_paused(house: House) -> None:
    clock = house.clock()
    with nothing_changed(), pytest.raises(Refused, match="explain the delay instead"):
        operations.pause(house.actor("manager"), clock=clock, ground="inquest")


def test_a_rule_that_lists_reasons_is_paused_for_one_of_them_and_runs_on(house: House) -> None:
    clock, manager = house.clock(rule="CDRM-TARGET", on=KNOWN), house.actor("manager")
    with nothing_changed(), pytest.raises(Refused, match="paused only for inquest"):
        operations.pause(manager, clock=clock, ground="holidays")
    due = clock.due
    operations.pause(manager, clock=clock, ground="inquest", words="Opened on 27 March")
    assert state_of(house, DAY) is State.PAUSED
    assert state_of(house, date(2020, 1, 1)) is State.PAUSED
    with nothing_changed(), pytest.raises(Refused, match='cannot pause what is "paused"'):
        operations.pause(manager, clock=clock, ground="inquest")
    later = house.actor("manager", date(2019, 8, 1))
    operations.resume(later, clock=clock)
    clock.refresh_from_db()
    assert clock.due == due
    assert state_of(house, date(2019, 8, 1)) is State.OVERDUE
    pause = Pause.objects.get()
    assert (pause.resumed_on, pause.resumed_by) == (date(2019, 8, 1), "Manager Person")
    assert (times("clock paused"), times("clock resumed")) == (1, 1)


def test_meeting_a_paused_clock_ends_its_pause(house: House) -> None:
    clock = house.clock(rule="CDRM-TARGET", on=KNOWN)
    operations.pause(house.actor("manager"), clock=clock, ground="inquest")
    operations.meet(house.actor("manager"), clock=clock, on=DAY, proof="Minutes")
    assert Pause.objects.get().resumed_on == DAY


def test_ruling_out_needs_a_reason_and_ends_what_was_asked(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    with nothing_changed(), pytest.raises(Invalid, match="A reason is needed"):
        operations.rule_out(manager, clock=clock, reason="")
    with nothing_changed(), pytest.raises(Refused):
        operations.rule_out(house.actor("member"), clock=clock, reason="Not ours")
    operations.rule_out(manager, clock=clock, reason="The incident was in another area.")
    assert state_of(house, LATER) is State.NOT_APPLICABLE
    assert not Ask.objects.filter(cleared_on__isnull=True).exists()
    assert last_event("clock ruled out")[0].reason == "The incident was in another area."


def test_a_mistake_is_mended_with_a_reason_and_the_event_keeps_it(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    operations.meet(manager, clock=clock, on=DAY, proof="The wrong receipt")
    with nothing_changed(), pytest.raises(Invalid, match="A reason is needed"):
        operations.reopen(manager, clock=clock, reason=" ")
    back = operations.reopen(manager, clock=clock, reason="That receipt was for another child.")
    assert (back.stage, back.met_on, back.proof) == (Stage.RUNNING, None, "")
    assert Ask.objects.filter(cleared_on__isnull=True).count() == 1
    event, before, _ = last_event("clock reopened")
    assert event.reason == "That receipt was for another child."
    assert before["proof"] == "The wrong receipt"


def test_what_was_ruled_out_by_mistake_asks_for_its_start_again(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    operations.rule_out(manager, clock=clock, reason="Not ours")
    back = operations.reopen(manager, clock=clock, reason="It is ours.")
    assert (back.stage, back.due) == (Stage.START_NEEDED, None)
    again = operations.restart(manager, clock=back, on=KNOWN, reason="")
    assert again.due == date(2019, 4, 4)
    assert again.starts.count() == 2
