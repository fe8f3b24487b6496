"""Milestones set down, planned again, reached; what waits for what; two people at once."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Milestone, Replan
from concordat.domain.governance.programme.rules.highlights import month_of
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.programme.examples import Planned, add, again, seen

WHY = {"reasons": ["An inspection", "A late start"], "agreed_by": "Steering group, 12 March"}


def date_of(text: str) -> UncertainDate:
    return UncertainDate.parse(text)


def replan(here: Planned, due: str, **more: Any) -> Replan:
    told = {"milestone": here.publish, "due": date_of(due), **WHY, **more}
    return operations.replan(here.house.manager.actor, **told)


def test_a_plan_made_again_keeps_the_old_day_the_reasons_and_who_agreed(here: Planned) -> None:
    row = replan(here, "2019-06-20")
    assert (row.before, row.after) == ("June 2019", "20 June 2019")
    assert (row.reasons, row.agreed_by) == (WHY["reasons"], WHY["agreed_by"])
    assert (row.changes, row.date) == ("milestones:publish", DAY.isoformat())
    held = again(here.publish)
    assert (held.due, held.first_due) == ("2019-06-20", "2019-06")
    assert verbs_on(held.record)[-1] == "milestone planned again"
    replan(here, "2019-06-25")
    assert again(here.publish).first_due == "2019-06"
    told = queries.replans_of(here.house.member.actor, held, "milestones")
    assert [each.before for each in told] == ["20 June 2019", "June 2019"]


@pytest.mark.parametrize(
    ("due", "more", "field"),
    [
        ("2019-06", {}, "due"),
        ("2018-12", {}, "due"),
        ("2019-04-30", {}, "due"),
        ("2019-07-01", {}, "due"),
        ("2019-06-20", {"reasons": [" "]}, "reasons"),
        ("2019-06-20", {"agreed_by": ""}, "agreed_by"),
    ],
)
def test_a_plan_that_cannot_be_is_told_beside_its_field(
    here: Planned, due: str, more: dict[str, Any], field: str
) -> None:
    """The same day; before the programme; before what it waits for; past the law; no reason."""
    with pytest.raises(Invalid) as told:
        replan(here, due, **more)
    assert [fault.field for fault in told.value.faults] == [field]
    assert again(here.publish).due == "2019-06"
    assert not Replan.objects.exists()


def test_the_law_is_named_where_a_plan_would_move_it(here: Planned) -> None:
    with pytest.raises(Invalid, match=r"29 June 2019 \(TR-PUBLISH\)"):
        replan(here, "2019-07")


def test_two_people_plan_one_milestone_again(here: Planned) -> None:
    version = seen(here.publish)
    replan(here, "2019-06-20", seen_version=version)
    with pytest.raises(Stale) as told:
        replan(here, "2019-06-27", reasons=["Mine"], seen_version=version)
    assert told.value.mine == {"due": "27 June 2019", "reasons": "Mine"}
    assert told.value.theirs == {"due": "20 June 2019", "reasons": "An inspection\nA late start"}
    assert again(here.publish).due == "2019-06-20"
    assert Replan.objects.count() == 1


def test_whoever_may_not_change_it_plans_nothing(here: Planned) -> None:
    for actor in (here.house.member.actor, here.house.outsider.actor):
        with pytest.raises(Refused):
            operations.replan(actor, milestone=here.publish, due=date_of("2019-06-20"), **WHY)  # type: ignore[arg-type]
    assert not Replan.objects.exists()


def test_a_milestone_that_was_delayed_has_a_plan_again(here: Planned) -> None:
    manager = here.house.manager.actor
    with pytest.raises(Invalid):
        operations.move_on(manager, thing=here.publish, verb="delay")
    operations.move_on(manager, thing=here.publish, verb="delay", reason="Staff changed")
    replan(here, "2019-06-20")
    assert again(here.publish).state == "under way"


def test_a_circle_is_refused_and_named(here: Planned) -> None:
    actor, home = here.house.manager.actor, here.house.here
    with pytest.raises(Invalid, match="“Draft” waits for “Go live”"):
        operations.set_down(
            actor, partnership=home, kind="milestones", key="draft",
            values={"depends_on": ["go-live"]},
        )  # fmt: skip
    assert again(here.draft).depends_on == []


def test_a_new_milestone_keeps_its_place(house: House, here: Planned) -> None:
    told = {"programme": here.programme, "depends_on": ["publish"]}
    with pytest.raises(Invalid) as early:
        add(house, "milestones", "Train", due="2019-05-01", **told)
    assert early.value.faults[0].field == "due"
    with pytest.raises(Invalid) as before:
        add(house, "milestones", "Train", due="2018", programme=here.programme)
    assert "begins January 2019" in str(before.value)
    with pytest.raises(Invalid):
        add(house, "milestones", " ", **told)
    made = add(house, "milestones", "Train", due="2019-07", **told)
    assert (made.first_due, made.record.reference) == ("2019-07", "HERE-MS-0004")
    undated = add(house, "milestones", "Celebrate", **told)
    assert (undated.due, undated.first_due) == ("", "")


def test_the_day_of_a_milestone_is_not_changed_by_the_way(house: House, here: Planned) -> None:
    with pytest.raises(Refused, match="planning it again"):
        operations.set_down(
            house.manager.actor, partnership=house.here, kind="milestones", key="publish",
            values={"due": "2019-08"},
        )  # fmt: skip
    operations.set_down(
        house.manager.actor, partnership=house.here, kind="milestones", key="publish",
        values={"title": "Publish the arrangements"},
    )  # fmt: skip
    held = again(here.publish)
    assert (held.due, held.record.title) == ("2019-06", "Publish the arrangements")


def test_a_milestone_is_reached_by_its_owner_and_opened_again_with_a_reason(
    here: Planned,
) -> None:
    owner = here.house.member.actor
    with pytest.raises(Invalid):
        operations.reach(owner, milestone=here.draft, done_on=date_of("2019-04-02"))
    with pytest.raises(Refused):
        operations.reach(here.house.health.actor, milestone=here.draft, done_on=date_of("2019-03"))
    operations.reach(owner, milestone=here.draft, done_on=date_of("2019-03"))
    held = again(here.draft)
    assert (held.state, held.done_on) == ("done", "2019-03")
    with pytest.raises(Refused):
        operations.reach(owner, milestone=here.draft, done_on=date_of("2019-03"))
    manager = here.house.manager.actor
    operations.move_on(manager, thing=here.draft, verb="open again", reason="A part is missing")
    held = again(here.draft)
    assert (held.state, held.done_on) == ("under way", "")


def test_what_a_slip_puts_at_risk(here: Planned) -> None:
    actor = here.house.member.actor
    place = queries.place_of(actor, again(here.publish))
    assert [(each.node.title, each.wall) for each in place.effects] == [
        ("Publish", "maybe"),
        ("Go live", "no"),
    ]
    assert queries.place_of(actor, again(here.draft)).dependents == [here.publish]
    assert [s.node.title for s in queries.roadmap(actor, here.programme).critical] == [
        "Draft", "Publish", "Go live",
    ]  # fmt: skip


def test_the_roadmap_says_where_it_stands_and_what_it_lacks(here: Planned) -> None:
    told = queries.roadmap(here.house.member.actor, here.programme)
    assert told.sentence == "Next: “Draft”, due May 2019. 0 of 3 milestones reached."
    assert told.findings == [
        "The only priority has no lead.",
        "“Publish” is due June 2019, which reaches past the last day that the law allows.",
    ]
    row = next(each for each in told.rows if each.milestone == here.publish)
    assert (row.owner, row.stands, row.held_up) == ("Meg Member", "later", False)
    assert row.wall
    assert row.wall.verified
    add(here.house, "milestones", "Odd", programme=here.programme, rule="TR-NONE", due="2019-02")
    told = queries.roadmap(here.house.member.actor, here.programme)
    assert "The rule TR-NONE is not on file, so that no last day is shown for it." in told.findings
    assert "1 late" in told.sentence


def test_a_programme_is_planned_again_as_a_whole(here: Planned) -> None:
    row = operations.replan_programme(
        here.house.manager.actor,
        programme=here.programme,
        before="Four months",
        after="Two phases",
        until=date_of("2020-03"),
        **WHY,  # type: ignore[arg-type]
    )
    assert row.changes == "programmes:transition"
    assert str(again(here.programme).period.end) == "March 2020"
    with pytest.raises(Invalid):
        operations.replan_programme(
            here.house.manager.actor, programme=here.programme, before="", after="x", until=None,
            **WHY,  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.mark.long
def test_what_changed_this_month(here: Planned) -> None:
    actor, month = here.house.member.actor, month_of(DAY)
    assert queries.highlights(actor, here.programme, month).changed == 0
    replan(here, "2019-06-20")
    operations.reach(actor, milestone=here.draft, done_on=date_of("2019-03-28"))
    told = queries.highlights(actor, here.programme, month)
    assert [each.title for each in told.reached] == ["Draft"]
    (change,) = told.planned_again
    assert change.says == (
        "June 2019 became 20 June 2019. Why: An inspection; A late start. "
        "Agreed by Steering group, 12 March."
    )
    assert queries.highlights(actor, here.programme, month.before).changed == 0


@pytest.mark.long
def test_milestones_cost_the_same_questions_however_many(
    here: Planned, django_assert_max_num_queries: Any
) -> None:
    actor = here.house.member.actor
    for number in range(20):
        add(here.house, "milestones", f"Step {number}", programme=here.programme, due="2019-07")
    with django_assert_max_num_queries(20):
        assert len(queries.roadmap(actor, here.programme).rows) == 23
    assert Milestone.objects.count() == 23


def test_what_waits_for_something_late_says_so(here: Planned) -> None:
    late = add(here.house, "milestones", "Late", programme=here.programme, due="2019-02")
    add(here.house, "milestones", "Next", programme=here.programme, due="2019-08",
        depends_on=["late"])  # fmt: skip
    rows = {
        r.milestone.key: r for r in queries.roadmap(here.house.member.actor, here.programme).rows
    }
    assert (rows["next"].held_up, rows["go-live"].held_up) == (True, False)
    operations.reach(here.house.manager.actor, milestone=late, done_on=date_of("2019-03"))
    rows = {
        r.milestone.key: r for r in queries.roadmap(here.house.member.actor, here.programme).rows
    }
    assert not rows["next"].held_up
