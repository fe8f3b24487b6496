"""A year: asked for, worked out in the background, adopted, and called off."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.mail.models import Message
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import Engagement, PlannedMeeting, YearPlan
from concordat.domain.governance.diaries.operations import Wish, planning
from concordat.domain.governance.diaries.rules import (
    EntryState,
    Part,
    PlanState,
    Strength,
)
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.diaries.cast import (
    DAY,
    FIRST,
    LOADER,
    Gathered,
    body_of,
    seated,
)
from tests.operations.mail.cast import verbs_on
from tests.walls import behind_the_wall


def asked(cast: Gathered, *more: Wish, **changes: Any) -> YearPlan:
    told: dict[str, Any] = {
        "title": "Meetings of 2026",
        "first": date(2026, 4, 1),
        "last": date(2026, 8, 31),
        "wishes": [Wish(cast.group, "every 6 weeks", 120, deputies=True), *more],
    }
    return operations.plan_year(cast.actor("manager"), partnership=cast.here, **(told | changes))


def worked_out(plan: YearPlan) -> YearPlan:
    """What the worker does with it."""
    planning._task.call(str(plan.pk), DAY.isoformat())
    return YearPlan.objects.select_related("record").get(pk=plan.pk)


def days(plan: YearPlan) -> list[str]:
    rows = PlannedMeeting.objects.filter(plan=plan).order_by("wanted")
    return [f"{row.start:%Y-%m-%d}" if row.start else "none" for row in rows]


def never(cast: Gathered, who: str) -> None:
    for weekday in range(5):
        operations.set_pattern(
            LOADER,
            person=cast.people[who],
            strength=Strength.NEVER,
            weekday=weekday,
            part=Part.DAY,
            from_day=FIRST,
        )


def test_a_year_is_planned_exactly_where_only_days_matter(cast: Gathered) -> None:
    plan = asked(cast)
    assert plan.stage is PlanState.WORKING
    plan = worked_out(plan)
    assert plan.stage is PlanState.PLANNED
    assert (plan.found_by, plan.price, plan.bound) == ("exactly", 0, 0)
    assert days(plan) == ["2026-04-01", "2026-05-13", "2026-06-24", "2026-08-05"]
    assert verbs_on(plan.record)[-2:] == ["year asked to be planned", "year planned"]
    assert worked_out(plan).stage is PlanState.PLANNED
    assert PlannedMeeting.objects.filter(plan=plan).count() == 4


@pytest.mark.long
def test_bodies_that_share_people_are_planned_together(cast: Gathered) -> None:
    other = body_of(cast.here, "panel", "Panel")
    seat = seated(cast.here, other, "panel_director", "council")
    post = Post.objects.get(partnership=cast.here, key="north_director")
    seats.appoint(LOADER, seat=seat, post=post, holding="holder", from_day=FIRST)  # type: ignore[arg-type]
    plan = worked_out(asked(cast, Wish(other, "every 6 weeks", 120), fairness=1))
    assert plan.found_by == "by the solver"
    assert plan.price == plan.bound
    rows = PlannedMeeting.objects.filter(plan=plan).order_by("start")
    assert rows.count() == 8
    starts = [row.start.date() for row in rows if row.start]
    assert len(set(starts)) == 8


def test_a_meeting_without_a_quorum_says_who_would_have_to_move_what(cast: Gathered) -> None:
    never(cast, "health")
    plan = worked_out(asked(cast))
    assert days(plan) == ["none"] * 4
    row = PlannedMeeting.objects.filter(plan=plan)[0]
    assert row.words.startswith("No day near has a quorum. Nearest: ")
    assert "if Health comes this once although it is never" in row.words


@pytest.mark.long
def test_a_plan_is_adopted_and_called_off(cast: Gathered) -> None:
    plan = worked_out(asked(cast))
    actor = cast.actor("manager")
    operations.adopt_plan(actor, plan=plan)
    rows = Engagement.objects.filter(record=plan.record)
    assert {row.state for row in rows} == {EntryState.CONFIRMED}
    letters = Message.objects.filter(about=plan.record)
    mine = letters.get(to="north_director@example.org")
    assert mine.attachment.count("BEGIN:VEVENT") == 4
    assert mine.subject == f"Dates for your diary: {plan.record.reference}"
    operations.withdraw_plan(actor, plan=plan, reason="A new executive")
    assert {row.state for row in rows.all()} == {EntryState.CANCELLED}
    assert letters.filter(attachment__contains="STATUS:CANCELLED").count() == letters.count() / 2
    assert YearPlan.objects.get(pk=plan.pk).stage is PlanState.WITHDRAWN


def test_a_plan_that_was_withdrawn_meanwhile_stays_so(cast: Gathered) -> None:
    plan = asked(cast)
    operations.withdraw_plan(cast.actor("manager"), plan=plan, reason="Not needed")
    assert worked_out(plan).stage is PlanState.WITHDRAWN
    assert not PlannedMeeting.objects.exists()


def test_a_plan_cannot_be_adopted_before_it_is_there(cast: Gathered) -> None:
    plan = asked(cast)
    with pytest.raises(Refused, match="You cannot adopt"):
        operations.adopt_plan(cast.actor("manager"), plan=plan)


def test_a_plan_given_up_meanwhile_is_neither_adopted_nor_given_up_again(cast: Gathered) -> None:
    plan = worked_out(asked(cast))
    seen, actor = plan.record.version, cast.actor("manager")
    operations.withdraw_plan(cast.actor("co_ordinator"), plan=plan, reason="A new executive")
    with pytest.raises(Stale) as told:
        operations.adopt_plan(actor, plan=plan, seen_version=seen)
    assert told.value.mine == {"Where it stands": "Adopted"}
    assert told.value.theirs == {"Where it stands": "Withdrawn", "Reason": "A new executive"}
    with pytest.raises(Stale) as told:
        operations.withdraw_plan(actor, plan=plan, reason="Not needed", seen_version=seen)
    assert told.value.mine == {"Where it stands": "Withdrawn", "Reason": "Not needed"}
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last": date(2026, 3, 1)}, "last"),
        ({"last": date(2029, 3, 1)}, "last"),
        ({"wishes": []}, "bodies"),
    ],
)
def test_a_year_that_cannot_be(cast: Gathered, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        asked(cast, **changes)
    assert told.value.faults[0].field == field
    assert not YearPlan.objects.exists()


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"rhythm": "bi-monthly"}, "neither a rhythm nor a day"),
        ({"length": 600}, "does not fit"),
        ({"rhythm": "1 May 2030"}, "no day in that time"),
    ],
)
def test_a_wish_that_cannot_be_names_its_body(
    cast: Gathered, wish: dict[str, Any], told: str
) -> None:
    given = {"rhythm": "every 6 weeks", "length": 120} | wish
    with pytest.raises(Invalid) as problem:
        asked(cast, wishes=[Wish(cast.group, **given)])
    fault = problem.value.faults[0]
    assert told in fault.message
    assert fault.place == "Steering group"


def test_a_body_without_seats_is_named(cast: Gathered) -> None:
    empty = body_of(cast.here, "empty", "Empty panel")
    with pytest.raises(Invalid) as told:
        asked(cast, Wish(empty, "every 6 weeks", 120))
    (fault,) = told.value.faults
    assert (fault.place, fault.field) == ("Empty panel", "rhythm")
    assert "No seat is on record" in fault.message


def test_a_fault_while_a_plan_is_worked_out_shows_on_its_page(cast: Gathered) -> None:
    plan = asked(cast)
    with behind_the_wall():
        YearPlan.objects.filter(pk=plan.pk).update(asked=[{"body": "no body", "by": ""}])
    with pytest.raises((ValueError, KeyError)):
        worked_out(plan)
    held = YearPlan.objects.get(pk=plan.pk)
    assert (held.stage, held.why_not) == (PlanState.FAILED, planning.FAULT)


@pytest.mark.parametrize("who", ["north_director", "outsider"])
def test_only_the_secretariat_plans(cast: Gathered, who: str) -> None:
    with pytest.raises(Refused):
        operations.plan_year(
            cast.actor(who),
            partnership=cast.here,
            title="Mine",
            first=date(2026, 4, 1),
            last=date(2026, 8, 31),
            wishes=[Wish(cast.group, "every 6 weeks", 120)],
        )
    assert queries.plans(cast.actor("outsider")).count() == 0
