"""Clocks of a transition, the check list with its holds, and going live in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from concordat.domain.base.clocks.models import AreaLive, Clock
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.operations import place_hold
from concordat.domain.base.seats.models import Body, BodyState
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements.models import GoLivePoint, Step
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries import transition as queries
from concordat.domain.governance.arrangements.rules import transition as rules
from concordat.domain.governance.arrangements.rules.go_live import Point
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.arrangements.leaving import POLICIES, Heath
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import last, nothing_changed

PUBLISH_BY, LIVE_BY = date(2019, 6, 29), date(2019, 9, 29)


def keep(heath: Heath, on: date = DAY) -> int:
    return operations.keep_transition(process("transition watcher", on), partnership=heath.home)


def state_of(body: Body, on: date) -> str:
    rows = [row for row in BodyState.objects.filter(body=body) if row.in_force(on) == "yes"]
    return rows[0].state if rows else ""


class TestClocks:
    def test_publish_by_stands_from_the_start_and_a_second_look_changes_nothing(
        self, heath: Heath
    ) -> None:
        assert keep(heath) == 3
        assert heath.clocks() == {
            "TR-START": ("met", date(2018, 6, 29)),
            "TR-PUBLISH": ("running", PUBLISH_BY),
        }
        events = Event.objects.count()
        assert keep(heath) == 0
        assert Event.objects.count() == events

    def test_publication_starts_the_months_to_take_effect(self, heath: Heath) -> None:
        heath.step(rules.PUBLISHED, "2019-03-20")
        keep(heath)
        assert heath.clocks()["TR-PUBLISH"][0] == "met"
        assert heath.clocks()["TR-IMPLEMENT"] == ("running", date(2019, 6, 20))
        told = Clock.objects.get(rule="TR-IMPLEMENT")
        assert told.sum == "3 months after Wednesday 20 March 2019 is Thursday 20 June 2019."
        assert told.record_id == heath.home.pk

    @pytest.mark.long
    def test_a_month_of_publication_asks_for_its_day_and_the_day_starts_the_clock(
        self, heath: Heath
    ) -> None:
        heath.step(rules.PUBLISHED, "2019-02")
        keep(heath)
        assert heath.clocks()["TR-IMPLEMENT"] == ("start date needed", None)
        met = Clock.objects.get(rule="TR-PUBLISH")
        assert met.met_on == date(2019, 2, 28)
        assert "February 2019. Done by this day at the latest" in met.proof
        row = Step.objects.get(step=rules.PUBLISHED)
        values = {"date": "2019-02-14"}
        operations.set_down(
            LOADER, partnership=heath.house.here, kind="steps", key=row.key, values=values
        )
        keep(heath)
        assert heath.clocks()["TR-IMPLEMENT"] == ("running", date(2019, 5, 14))

    def test_a_planned_step_starts_nothing(self, heath: Heath) -> None:
        heath.step(rules.PUBLISHED, "2019-06", done=False)
        heath.step(rules.LIVE, "2019-03-01", done=False)
        keep(heath)
        assert set(heath.clocks()) == {"TR-START", "TR-PUBLISH"}
        assert not AreaLive.objects.exists()

    def test_a_go_live_of_a_month_is_never_sharpened(self, heath: Heath) -> None:
        heath.step(rules.LIVE, "2018-10")
        keep(heath)
        live = AreaLive.objects.get()
        assert (live.live_on, live.stated) == (date(2018, 10, 31), "2018-10")
        assert heath.clocks()["TR-SCR"] == ("start date needed", None)
        assert "October 2018: the day is not stated" in Clock.objects.get(rule="TR-SCR").started_by
        stages = queries.stages(LOADER, heath.home, heath.area, DAY)
        assert [each.dated for each in stages if each.step == rules.LIVE] == ["October 2018"]

    def test_a_clock_that_somebody_ruled_out_is_not_started_again(self, heath: Heath) -> None:
        from concordat.domain.base.clocks import operations as clocks

        keep(heath)
        clock = Clock.objects.select_related("record").get(rule="TR-PUBLISH")
        clocks.rule_out(heath.manager, clock=clock, reason="Merged into another area")
        assert keep(heath) == 0
        assert heath.clocks()["TR-PUBLISH"][0] == "not applicable"

    @pytest.mark.long
    def test_areas_of_one_partnership_have_clocks_of_their_own(self, heath: Heath) -> None:
        from concordat.domain.base.agencies import operations as agencies

        moor = agencies.add(
            LOADER, partnership=heath.house.here, kind="areas", name="Moor", values={"name": "Moor"}
        )
        heath.step(rules.LIVE, "2019-03-01", area=moor)
        keep(heath)
        parts = Clock.objects.filter(rule="TR-SCR").values_list("part", "due")
        assert list(parts) == [("Moor", date(2020, 3, 1))]
        assert Clock.objects.filter(rule="TR-PUBLISH").count() == 2
        assert [area.name for area in queries.waiting(LOADER, heath.home)] == ["Heath"]

    def test_a_partnership_without_an_old_board_has_none(self, heath: Heath) -> None:
        from concordat.domain.base.agencies.models import Partnership

        there = Partnership.objects.select_related("record").get(key="there")
        assert operations.keep_transition(LOADER, partnership=there) == 0
        assert not Clock.objects.filter(partnership=there.pk).exists()

    def test_only_the_secretariat_keeps_them(self, heath: Heath) -> None:
        with pytest.raises(Refused):
            operations.keep_transition(heath.health, partnership=heath.home)


class TestTheCheckList:
    @pytest.mark.long
    def test_each_point_that_does_not_stand_is_held(self, heath: Heath) -> None:
        assert heath.recheck() == 6
        assert heath.open() == set(Point) - {Point.SEATS}
        assert len(heath.holds()) == 6
        reasons = {hold.reason for hold in heath.holds()}
        assert "Heath: The threshold document is in force. Not yet so." in reasons
        assert Event.objects.filter(verb="hold placed").count() == 6

    @pytest.mark.long
    def test_looking_again_places_no_second_hold(self, heath: Heath) -> None:
        heath.recheck()
        held = [hold.pk for hold in heath.holds()]
        heath.recheck()
        assert [hold.pk for hold in heath.holds()] == held

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("put_right", "point"),
        [
            (Heath.agree_terms, Point.TERMS),
            (Heath.delegate, Point.DELEGATIONS),
            (Heath.answer_handover, Point.HANDOVER),
        ],
    )
    def test_what_is_put_right_is_let_go(self, heath: Heath, put_right: Any, point: Point) -> None:
        heath.recheck()
        assert point in heath.open()
        put_right(heath)
        heath.recheck()
        row = heath.points()[point]
        assert row.is_met
        assert row.hold is None
        assert last("hold released")[0].reason == row.words

    @pytest.mark.long
    def test_a_seat_that_falls_vacant_is_held_again(self, heath: Heath) -> None:
        from concordat.domain.base.seats import operations as seats

        heath.recheck()
        assert heath.points()[Point.SEATS].is_met
        seats.vacate(
            heath.manager, seat=heath.police.seat, from_day=DAY, reason="Moved to another force"
        )
        heath.recheck()
        assert "Petra Police" in heath.points()[Point.SEATS].words
        assert Point.SEATS in heath.open()

    @pytest.mark.long
    def test_a_point_of_a_higher_package_stands_only_for_the_day_it_was_answered(
        self, heath: Heath
    ) -> None:
        heath.recheck(POLICIES)
        assert Point.POLICIES not in heath.open()
        heath.recheck(actor=replace(heath.manager, on=date(2019, 3, 30)))
        assert Point.POLICIES in heath.open()
        assert heath.points()[Point.POLICIES].words == "Nobody has looked at this today."

    @pytest.mark.long
    def test_nobody_answers_a_point_of_this_package_from_outside(self, heath: Heath) -> None:
        heath.recheck(replace(POLICIES, point=Point.SIGNED))
        assert Point.SIGNED in heath.open()

    def test_only_those_who_may_hold_look(self, heath: Heath) -> None:
        with nothing_changed(), pytest.raises(Refused):
            heath.recheck(actor=heath.health)

    def test_a_place_of_another_partnership_is_refused(self, heath: Heath) -> None:
        from concordat.domain.base.agencies import operations as agencies

        other = agencies.add(
            LOADER,
            partnership=heath.house.there,
            kind="areas",
            name="Far",
            values={"name": "Far"},
        )
        with nothing_changed(), pytest.raises(Refused, match="of this partnership"):
            operations.recheck(heath.manager, partnership=heath.home, area=other)  # type: ignore[arg-type]


class TestWaiving:
    @pytest.mark.long
    def test_a_decision_of_the_executive_waives_a_point_and_its_reason_stays(
        self, heath: Heath
    ) -> None:
        heath.recheck()
        heath.waive(Point.POLICIES)
        row = heath.points()[Point.POLICIES]
        assert (row.waived_by_id, row.waived_on) == (heath.decision.pk, DAY)
        event, after = last("go-live point waived")
        assert event.reason == "It follows in May"
        assert after["decision"] == "Go live in spring"
        heath.recheck()
        row = heath.points()[Point.POLICIES]
        assert row.stands
        assert not row.is_met
        assert row.waived_for == "It follows in May"
        assert len(heath.holds()) == 5

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"state": "planned"}, "has made"),
            ({"body": None}, "has made"),
        ],
    )
    def test_only_a_decision_that_the_executive_has_made_waives(
        self, heath: Heath, change: dict[str, Any], told: str
    ) -> None:
        heath.recheck()
        values = {"title": heath.decision.title, **change}
        operations.set_down(
            LOADER,
            partnership=heath.house.here,
            kind="decisions",
            key=heath.decision.key,
            values=values,
        )
        with nothing_changed(), pytest.raises(Invalid, match=told):
            heath.waive(Point.POLICIES)

    @pytest.mark.long
    def test_a_reason_is_needed_and_a_point_that_stands_is_not_waived(self, heath: Heath) -> None:
        heath.recheck()
        told: dict[str, Any] = {"partnership": heath.home, "decision": heath.decision}
        with nothing_changed(), pytest.raises(Invalid, match="reason"):
            operations.waive(
                heath.manager, point=heath.points()[Point.POLICIES], reason=" ", **told
            )
        with nothing_changed(), pytest.raises(Refused, match="stands already"):
            operations.waive(heath.manager, point=heath.points()[Point.SEATS], reason="No", **told)


class TestGoingLive:
    @pytest.mark.long
    def test_everything_changes_in_one_act(self, readied: Heath) -> None:
        keep(readied)
        readied.go_live(
            successors={readied.board.pk: readied.learning}, child_deaths_on=date(2019, 4, 1)
        )
        live = AreaLive.objects.get(arrangements="safeguarding")
        assert (live.live_on, live.source) == (DAY, "Minute 4 of the executive")
        assert state_of(readied.learning, DAY) == "in force"
        assert state_of(readied.board, DAY) == "ended"
        assert state_of(readied.board_executive, DAY) == "ended"
        assert Body.objects.get(pk=readied.board.pk).successor == [readied.learning.key]
        assert readied.clocks()["TR-SCR"] == ("running", date(2020, 3, 29))
        assert readied.clocks()["TR-CDR"] == ("running", date(2019, 8, 1))
        done = Step.objects.filter(state="done").values_list("step", "date")
        assert set(done) == {("go-live", "2019-03-29"), ("old board ends", "2019-03-29")}
        _, after = last("area went live")
        assert after["in force"] == ["Learning group"]
        assert after["ended"] == ["Heath board", "Board executive"]
        assert queries.waiting(LOADER, readied.home) == []

    @pytest.mark.long
    def test_without_a_day_for_child_deaths_its_clock_asks_for_one(self, readied: Heath) -> None:
        readied.go_live()
        assert readied.clocks()["TR-CDR"] == ("start date needed", None)

    @pytest.mark.long
    def test_it_is_refused_with_what_is_missing(self, heath: Heath) -> None:
        heath.agree_terms()
        heath.delegate()
        heath.recheck(POLICIES)
        with nothing_changed(), pytest.raises(Refused) as refused:
            heath.go_live()
        told = str(refused.value)
        assert "3 points of the check list stand open" in told
        assert "every line of the handover list is answered" in told
        assert "terms of reference" not in told

    @pytest.mark.long
    def test_it_looks_for_itself_before_it_trusts_the_list(self, heath: Heath) -> None:
        """What stood this morning and has fallen since holds it all the same."""
        from concordat.domain.base.seats import operations as seats

        heath.ready()
        seats.vacate(heath.manager, seat=heath.police.seat, from_day=DAY, reason="Gone")
        with pytest.raises(Refused, match="every seat that speaks for a partner"):
            heath.go_live()

    @pytest.mark.long
    def test_it_is_refused_where_nobody_ever_looked(self, heath: Heath) -> None:
        with nothing_changed(), pytest.raises(Refused, match="6 points"):
            heath.go_live()
        assert not GoLivePoint.objects.exists()

    @pytest.mark.long
    def test_an_answer_of_yesterday_is_none(self, readied: Heath) -> None:
        tomorrow = replace(readied.manager, on=date(2019, 3, 30))
        with pytest.raises(Refused, match="the threshold document"):
            operations.go_live(
                tomorrow,
                partnership=readied.home,
                area=readied.area,
                on=date(2019, 3, 30),
                source="Minute 4",
                starting=[],
                ending=[],
            )

    @pytest.mark.long
    def test_any_other_hold_stops_it_too(self, readied: Heath) -> None:
        place_hold(
            readied.manager,
            record=readied.home.record,
            blocks="go live",
            reason="The youth panel has not answered",
            on=DAY,
        )
        with pytest.raises(Refused, match="youth panel has not answered"):
            readied.go_live()

    @pytest.mark.long
    def test_nothing_is_left_of_it_when_a_part_fails(self, readied: Heath) -> None:
        stranger = Body.objects.select_related("record", "partnership").get(key="executive",
            partnership=readied.house.there)  # fmt: skip
        with nothing_changed(), pytest.raises(Refused, match="bodies have changed"):
            readied.go_live(starting=[readied.learning, stranger])
        assert not AreaLive.objects.exists()
        assert not Clock.objects.filter(rule="TR-SCR").exists()

    @pytest.mark.long
    def test_it_comes_after_publication_and_only_once(self, heath: Heath) -> None:
        heath.step(rules.PUBLISHED, "2019-03-20")
        heath.ready()
        with pytest.raises(Invalid, match="published on 20 March 2019"):
            heath.go_live(on=date(2019, 3, 19))
        heath.go_live()
        assert heath.clocks()["TR-IMPLEMENT"][0] == "met"
        with pytest.raises(Refused, match="has been live since 29 March 2019"):
            heath.go_live()

    @pytest.mark.long
    def test_the_last_day_of_the_timetable_is_the_last(self, readied: Heath) -> None:
        with nothing_changed(), pytest.raises(Invalid, match="No area could go live after"):
            readied.go_live(on=date(2019, 9, 30))

    @pytest.mark.long
    def test_a_day_to_come_starts_its_tails_when_it_has_come(self, readied: Heath) -> None:
        readied.go_live(on=date(2019, 4, 15))
        assert state_of(readied.board, DAY) == "in force"
        assert state_of(readied.board, date(2019, 4, 15)) == "ended"
        assert "TR-SCR" not in readied.clocks()
        keep(readied, on=date(2019, 4, 15))
        assert readied.clocks()["TR-SCR"] == ("running", date(2020, 4, 15))

    def test_whoever_saw_an_older_list_is_shown_the_conflict(self, readied: Heath) -> None:
        with nothing_changed(), pytest.raises(Stale):
            readied.go_live(seen_version=1)

    def test_only_the_secretariat_goes_live(self, readied: Heath) -> None:
        with nothing_changed(), pytest.raises(Refused):
            operations.go_live(
                readied.health,
                partnership=readied.home,
                area=readied.area,
                on=DAY,
                source="Minute 4",
                starting=[],
                ending=[],
            )


def test_the_old_board_is_everything_that_answers_to_it(heath: Heath) -> None:
    told = boards.old_bodies(LOADER, heath.home, DAY)
    assert [each.body.name for each in told] == ["Board executive", "Heath board"]
    assert [body.name for body in boards.coming(LOADER, heath.home, DAY)] == ["Learning group"]


def test_what_was_not_known_by_a_day_is_not_told_of_it(heath: Heath) -> None:
    heath.step(rules.PUBLISHED, "2019-02-01", stated_text="2019-03-15")
    before = queries.stages(LOADER, heath.home, heath.area, date(2019, 3, 1))
    after = queries.stages(LOADER, heath.home, heath.area, DAY)
    assert [each.step for each in before] == []
    assert [each.step for each in after] == [rules.PUBLISHED]
