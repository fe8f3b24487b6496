"""A group's caseload and its joint events, as people of two boroughs meet them on pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from concordat.domain.practice.reviews.models import GroupEvent, GroupFollowUp
from concordat.domain.practice.reviews.operations import joint_events, referrals
from tests.casts import Casts, Kept
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reviews.learning import Learning, opened, version
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

EVENT = "/learning/events/THERE-LE-0001"


@pytest.fixture(scope="session")
def learnings(casts: Casts) -> Kept[Learning]:
    return casts.keep(opened)


@pytest.fixture
def cast(learnings: Kept[Learning]) -> Iterator[Learning]:
    with learnings.lent() as cast:
        yield cast


def test_an_event_is_planned_told_of_by_each_borough_and_closed(cast: Learning) -> None:
    leader, manager = as_(cast.leader), as_(cast.house.manager)
    member, head = as_(cast.house.member), as_(cast.head)
    caseload = f"/learning/caseloads/{cast.group.record.reference}"
    row = cast.taken()
    assert manager.get(f"{caseload}/plan").status_code == 403
    page = read(leader, caseload)
    assert "1 referral on the caseload" in page
    assert "Plan a joint event" in page
    page = read(leader, f"{caseload}/plan")
    assert f"{row.record.reference}: Near miss" in page
    bad = leader.post(f"{caseload}/plan", form(title="", about="Gates", **day("on", DAY)))
    page = told(bad, 422)
    assert "Gates" in page, "what was typed is kept"
    answer = post(
        leader, f"{caseload}/plan", title="Gates", place="Town hall", draws=f"r{row.pk}",
        **day("on", DAY),
    )  # fmt: skip
    assert answer.url == EVENT
    assert "Tell who came" not in read(member, EVENT)
    assert manager.get(f"{EVENT}/close").status_code == 403
    page = read(manager, EVENT)
    assert row.record.reference in page
    bad = manager.post(
        f"{EVENT}/came",
        form(partnership="HERE", invited="3", came="9", seen_version=version(_event())),
    )
    assert "More came than were invited" in told(bad, 422)
    post(manager, f"{EVENT}/came", partnership="HERE", invited="9", came="7", agencies="Schools",
         seen_version=version(_event()))  # fmt: skip
    after = day("due", DAY + timedelta(days=30))
    post(manager, f"{EVENT}/follow", partnership="HERE", what="A rota in each school",
         owner=cast.head.seat.record.reference, seen_version=version(_event()),
         **after)  # fmt: skip
    assert "what your borough does after THERE-LE-0001" in read(head, "/")
    page = read(leader, caseload)
    assert "from 1 of 1" in page
    assert "1 joint event with something left to do" in page
    made = GroupFollowUp.objects.get()
    refused = leader.post(f"{EVENT}/close", form(outcome="Safe", seen_version=version(_event())))
    assert "1 follow-up of a borough is to be done first" in told(refused, 422)
    page = read(head, f"{EVENT}/did")
    assert "A rota in each school" in page
    post(head, f"{EVENT}/did", follow_up=str(made.pk), came_of_it="It hangs by every gate",
         seen_version=version(_event()))  # fmt: skip
    post(leader, f"{EVENT}/close", outcome="No gate stood open",
         seen_version=version(_event()))  # fmt: skip
    page = read(member, EVENT)
    assert "It hangs by every gate" in page
    assert "No gate stood open" in page
    assert "Joint events of groups" in read(member, "/cases")
    referrals.set_group(
        LOADER, partnership=cast.house.here, group=cast.house.board.record, source="Minutes"
    )
    page = read(member, EVENT)
    assert "It hangs by every gate" in page, "what a borough did stays when the group serves others"


def _event() -> GroupEvent:
    return GroupEvent.objects.get()


def test_an_event_that_is_moved_or_called_off(cast: Learning) -> None:
    leader = as_(cast.leader)
    row = joint_events.plan_joint_event(
        LOADER, group=cast.group, title="Handovers", on=DAY + timedelta(days=10)
    )
    later = day("on", DAY + timedelta(days=20))
    post(
        leader, f"{EVENT}/move", place="Library", reason="Snow", seen_version=version(row), **later
    )
    assert "Library" in read(leader, EVENT)
    post(leader, f"{EVENT}/off", reason="Nobody can", seen_version=version(row))
    page = read(leader, EVENT)
    assert "Called off" in page
    assert "Tell who came" not in page
    assert leader.get(f"{EVENT}/came").status_code == 403
