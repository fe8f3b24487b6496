"""What lies before a group that several partnerships share, and its joint events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from concordat.domain.base.records.models import Event
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews.models import GroupAttendance, GroupEvent, GroupFollowUp
from concordat.domain.practice.reviews.operations import joint_events, referrals
from concordat.domain.practice.reviews.queries import group as queries
from concordat.domain.practice.reviews.rules.joint import EventStage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Kept
from tests.operations.actions.examples import on
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.learning import Learning, asked, version

HELD = DAY + timedelta(days=14)
AFTER = HELD + timedelta(days=7)
pytestmark = pytest.mark.long


@pytest.fixture
def cast(learnings: Kept[Learning]) -> Iterator[Learning]:
    with learnings.lent() as cast:
        yield cast


def both_send(cast: Learning) -> None:
    """The group's own partnership sends its cases there too."""
    referrals.set_group(
        LOADER, partnership=cast.house.there, group=cast.group.record, source="Minutes"
    )


def planned(cast: Learning, **more: object) -> GroupEvent:
    told = {"title": "Gates and handovers", "on": HELD, "place": "Town hall"} | more
    return joint_events.plan_joint_event(cast.leader.actor, group=cast.group, **told)  # type: ignore[arg-type]


def here(cast: Learning, day: date = HELD) -> Actor:
    return on(cast.house.manager.actor, day)


def again(row: GroupEvent) -> GroupEvent:
    return queries.group_event(LOADER, row.record.reference)


def test_a_joint_event_opens_to_every_borough_and_each_is_asked_who_came(cast: Learning) -> None:
    row = planned(cast, referrals=[cast.taken()])
    assert row.record.reference == "THERE-LE-0001"
    assert [each.reference for each in queries.serves(cast.group)] == ["HERE"]
    both_send(cast)
    assert [each.reference for each in queries.serves(cast.group)] == ["HERE", "THERE"]
    told = f"give who came from your borough to {row.record.reference}"
    assert told in asked(cast.house.manager.seat)
    for sitter in (cast.house.manager, cast.house.member, cast.leader):
        assert queries.group_event(sitter.actor, row.record.reference) == row
    assert [each.pk for each in queries.group_events(cast.house.member.actor)] == [row.pk]
    with pytest.raises(Refused, match="sits in the group"):
        joint_events.plan_joint_event(
            cast.house.manager.actor, group=cast.group, title="Ours", on=HELD
        )
    with nothing_changed(), pytest.raises(Invalid, match="over"):
        planned(cast, on=DAY - timedelta(days=1))


def test_an_event_draws_on_what_is_on_the_caseload_of_its_own_group(cast: Learning) -> None:
    row, foreign = planned(cast, referrals=[cast.taken()]), cast.referred()
    assert row.referrals.count() == 1
    with nothing_changed(), pytest.raises(Invalid, match="not on the caseload"):
        planned(cast, referrals=[foreign])
    cases, drawable = queries.drawable(cast.leader.actor, cast.group)
    assert (cases, [each.stage for each in drawable]) == ([], ["on a caseload"]) or drawable


def test_each_borough_tells_for_itself_and_not_before_the_day(cast: Learning) -> None:
    both_send(cast)
    row = planned(cast)
    mine, told = cast.house.here, {"invited": 12, "came": 9, "agencies": "Schools"}
    with pytest.raises(Refused, match="still to come"):
        joint_events.tell_who_came(cast.house.manager.actor, event=row, partnership=mine, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="runs this borough"):
        joint_events.tell_who_came(here(cast), event=row, partnership=cast.house.there, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="runs a borough"):
        joint_events.tell_who_came(
            on(cast.house.member.actor, HELD), event=row, partnership=mine, **told
        )  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="More came"):
        joint_events.tell_who_came(here(cast), event=row, partnership=mine, invited=1, came=2)
    seen = version(row)
    joint_events.tell_who_came(here(cast), event=row, partnership=mine, seen_version=seen, **told)  # type: ignore[arg-type]
    assert again(row).stage_is is EventStage.HELD
    assert not [each for each in asked(cast.house.manager.seat) if "who came" in each]
    with pytest.raises(Stale):
        joint_events.tell_who_came(
            here(cast), event=row, partnership=mine, seen_version=seen, invited=3, came=2
        )
    joint_events.tell_who_came(here(cast), event=row, partnership=mine, invited=12, came=10)
    (came,) = GroupAttendance.objects.filter(event=row)
    assert (came.partnership, came.invited, came.came) == (mine, 12, 10)


def test_what_follows_is_asked_of_its_seat_and_ends_with_what_came_of_it(cast: Learning) -> None:
    row, house = planned(cast), cast.house
    joint_events.tell_who_came(here(cast), event=row, partnership=house.here, invited=3, came=3)
    told = {"event": row, "partnership": house.here, "what": "Gate rota in each school"}
    with pytest.raises(Invalid, match="another partnership"):
        joint_events.set_what_follows(here(cast), owner=house.outsider.seat, due=AFTER, **told)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="at least a day"):
        joint_events.set_what_follows(here(cast), due=HELD, **told)  # type: ignore[arg-type]
    made = joint_events.set_what_follows(here(cast), owner=cast.head.seat, due=AFTER, **told)  # type: ignore[arg-type]
    other = joint_events.set_what_follows(
        here(cast), owner=cast.head.seat, due=AFTER, **(told | {"what": "A letter"})
    )  # type: ignore[arg-type]
    owed = f"update what your borough does after {row.record.reference}"
    assert asked(cast.head.seat) == [owed]
    (line,) = [each for each in queries.group_events(house.member.actor) if each.pk == row.pk]
    assert (line.left, line.left_due) == (2, AFTER)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="2 follow-ups"):
        joint_events.close_joint_event(on(cast.leader.actor, AFTER), event=row, outcome="Safe")
    head = on(cast.head.actor, AFTER)
    assert queries.may_do(head, row) == [made, other]
    with pytest.raises(Refused, match="owns what follows"):
        joint_events.say_it_is_done(
            on(cast.nurse.actor, AFTER), event=row, follow_up=made, came_of_it="Done"
        )
    for each in (made, other):
        joint_events.say_it_is_done(head, event=row, follow_up=each, came_of_it="Rotas hang")
    assert asked(cast.head.seat) == []
    done = GroupFollowUp.objects.get(pk=made.pk)
    assert (done.done_on, done.came_of_it) == (AFTER, "Rotas hang")
    with pytest.raises(Refused, match="done already"):
        joint_events.say_it_is_done(here(cast, AFTER), event=row, follow_up=made, came_of_it="No")
    joint_events.close_joint_event(
        on(cast.leader.actor, AFTER), event=row, outcome="No gate stood open since"
    )
    assert again(row).stage_is is EventStage.DONE
    assert not [each for each in asked(cast.leader.seat) if row.record.reference in each]


def test_an_event_that_is_moved_or_called_off_says_why_and_asks_anew(cast: Learning) -> None:
    row = planned(cast)
    with pytest.raises(Refused, match="sits in the group"):
        joint_events.move_joint_event(
            cast.house.manager.actor, event=row, on=AFTER, place="", reason="Snow"
        )
    joint_events.move_joint_event(
        cast.leader.actor, event=row, on=AFTER, place="Library", reason="Snow"
    )
    assert (again(row).on, again(row).place) == (AFTER, "Library")
    moved = Event.objects.get(record=row.record.pk, verb="joint event moved")
    assert moved.reason == "Snow"
    assert len([each for each in asked(cast.house.manager.seat) if "who came" in each]) == 1
    joint_events.call_off_joint_event(cast.leader.actor, event=row, reason="Nobody can")
    assert again(row).stage_is is EventStage.OFF
    assert not [each for each in asked(cast.house.manager.seat) if "who came" in each]
    with pytest.raises(Refused):
        joint_events.tell_who_came(
            here(cast, AFTER), event=row, partnership=cast.house.here, invited=1, came=1
        )


def test_a_borough_that_the_group_serves_no_more_takes_no_part(cast: Learning) -> None:
    row = planned(cast)
    other = cast.group.record.partnership
    assert other
    referrals.set_group(
        LOADER, partnership=cast.house.here, group=cast.house.board.record, source="Minutes"
    )
    with pytest.raises(Invalid, match="takes no part"):
        joint_events.tell_who_came(
            on(LOADER, HELD), event=row, partnership=cast.house.here, invited=1, came=1
        )
    assert can(cast.house.member.actor, Verb.SEE, row.record)
