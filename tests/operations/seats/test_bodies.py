"""Bodies that are proposed, move on, agree terms, end and go on under another name."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.records import operations as records
from concordat.domain.base.seats import operations
from concordat.domain.base.seats.models import Body, BodyState, Seat, Terms
from concordat.domain.base.seats.rules import Standing
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, holders, last, nothing_changed

MAY = date(2019, 5, 1)


def states(body: Body) -> list[tuple[str, str, str]]:
    rows = BodyState.objects.filter(body=body).order_by("pk")
    return [(row.state, row.from_text, row.to_text) for row in rows]


def test_a_body_is_brought_into_force_and_its_state_before_ends(county: County) -> None:
    operations.move_state(
        county.manager,
        body=county.learning,
        verb="bring into force",
        from_day=MAY,
        reason="Agreed",
        seen_version=county.learning.record.version,
    )
    assert states(county.learning) == [
        ("proposed", "", "2019-04-30"),
        ("in force", "2019-05-01", ""),
    ]
    event, after = last("body brought into force")
    assert (event.reason, after["state"], after["from"]) == ("Agreed", "in force", "2019-05-01")


def test_a_body_ends_with_what_takes_over(county: County) -> None:
    operations.move_state(
        county.manager,
        body=county.learning,
        verb="drop",
        from_day=MAY,
        reason="Not needed",
        successor=county.house.board,
    )
    assert Body.objects.get(pk=county.learning.pk).successor == [county.house.board.key]
    assert states(county.learning)[-1][0] == "ended"


@pytest.mark.parametrize("verb", ["end", "wind up", "nonsense"])
def test_no_move_that_the_table_does_not_know(county: County, verb: str) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.move_state(county.manager, body=county.learning, verb=verb, from_day=MAY)


def test_nothing_follows_the_end(county: County) -> None:
    operations.move_state(county.manager, body=county.learning, verb="drop", from_day=MAY)
    body = Body.objects.select_related("record", "partnership").get(pk=county.learning.pk)
    with nothing_changed(), pytest.raises(Refused, match="Nothing follows"):
        operations.move_state(
            county.manager, body=body, verb="bring into force", from_day=date(2019, 6, 1)
        )


def test_a_state_begins_after_the_one_before(county: County) -> None:
    operations.move_state(
        county.manager, body=county.learning, verb="set up in shadow", from_day=MAY
    )
    body = Body.objects.select_related("record", "partnership").get(pk=county.learning.pk)
    with nothing_changed(), pytest.raises(Invalid, match="later day"):
        operations.move_state(county.manager, body=body, verb="wind up", from_day=MAY)


def test_a_hold_stops_the_move(county: County) -> None:
    records.place_hold(
        county.manager,
        record=county.learning.record,
        blocks="bring into force",
        reason="Young people are asked first",
        on=DAY,
    )
    with nothing_changed(), pytest.raises(Refused, match="Young people"):
        operations.move_state(
            county.manager, body=county.learning, verb="bring into force", from_day=MAY
        )


def test_only_the_secretariat_moves_a_body(county: County) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.move_state(
            county.member, body=county.learning, verb="bring into force", from_day=MAY
        )


def test_two_people_at_once_the_second_sees_both(county: County) -> None:
    seen = county.learning.record.version
    operations.amend_body(
        county.manager, body=county.learning, values={"short": "LG"}, seen_version=seen
    )
    with nothing_changed(), pytest.raises(Stale) as told:
        operations.amend_body(
            county.manager, body=county.learning, values={"short": "L"}, seen_version=seen
        )
    assert (told.value.mine, told.value.theirs) == ({"short": "L"}, {"short": "LG"})


def test_new_terms_end_those_before_and_carry_on_what_is_not_said(county: County) -> None:
    first = operations.agree_terms(
        county.manager,
        body=county.learning,
        from_day=DAY,
        values={"title": "First", "quorum": "Three", "rhythm": {"every": {"months": "2"}}},
    )
    second = operations.agree_terms(
        county.manager, body=county.learning, from_day=MAY, values={"title": "Second"}
    )
    first.refresh_from_db()
    assert first.to_text == "2019-04-30"
    assert (second.quorum, second.rhythm) == ("Three", {"every": {"months": "2"}})
    assert last("terms agreed")[1]["from"] == "2019-05-01"
    with nothing_changed(), pytest.raises(Invalid, match="later day"):
        operations.agree_terms(
            county.manager, body=county.learning, from_day=MAY, values={"title": "Third"}
        )


@pytest.mark.long
def test_a_body_goes_on_under_a_new_name(county: County) -> None:
    old = Body.objects.select_related("record", "partnership").get(pk=county.house.board.pk)
    new, *pairs = operations.succeed(
        county.manager, body=old, name="Leadership", from_day=MAY, reason="Wider"
    )
    assert Body.objects.get(pk=old.pk).successor == [new.key]
    assert Body.objects.get(pk=old.pk).name == "Executive"
    assert states(old)[-1][0] == "ended"
    was, now = pairs[0], pairs[1]
    assert isinstance(was, Seat)
    assert isinstance(now, Seat)
    assert Seat.objects.get(pk=was.pk).to_text == "2019-04-30"
    assert [row[1] for row in holders(now)] == [row[1] for row in holders(was)]
    assert {row[3] for row in holders(was)} == {"2019-04-30"}
    child = Terms.objects.get(body=county.learning)
    assert (child.parents, child.from_text) == ([new.key], "2019-05-01")


def test_a_body_that_has_ended_does_not_go_on(county: County) -> None:
    operations.move_state(county.manager, body=county.learning, verb="drop", from_day=DAY)
    body = Body.objects.select_related("record", "partnership").get(pk=county.learning.pk)
    with nothing_changed(), pytest.raises(Refused, match="has ended"):
        operations.succeed(
            county.manager, body=body, name="Learning hub", from_day=MAY, reason="Wider"
        )


def test_a_circle_of_parents_is_refused(county: County) -> None:
    board = Body.objects.select_related("partnership").get(pk=county.house.board.pk)
    with nothing_changed(), pytest.raises(Invalid, match="circle"):
        operations.amend_body(county.manager, body=board, values={"parents": [county.learning.key]})


def test_two_bodies_of_one_name_have_their_own_keys(county: County) -> None:
    made = [
        operations.propose(
            county.manager,
            partnership=county.house.here,
            name="Task group",
            state=Standing.SHADOW,
            from_day=DAY,
            values={"kind": "task and finish"},
        )
        for _ in range(2)
    ]
    assert [body.key for body in made] == ["task-group", "task-group-2"]
    with nothing_changed(), pytest.raises(Refused):
        operations.propose(
            county.member,
            partnership=county.house.here,
            name="Mine",
            state=Standing.PROPOSED,
            from_day=None,
            values={"kind": "forum"},
        )
