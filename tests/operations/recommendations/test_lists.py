"""Lists: by source, addressee and what is wanting, each told in a sentence."""

from __future__ import annotations

import pytest

from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.rules import Wanting
from tests.operations.recommendations.examples import Desk, timer


@pytest.fixture
def many(desk: Desk) -> dict[str, object]:
    return {
        "owned": desk.accepted(title="Owned", agency=desk.health, measure="Days").pk,
        "nobody's": desk.accepted(title="Nobody's", owner=None, due=None).pk,
        "draft": desk.draft(
            title="Draft", nature="compliance", nature_why="It reminds", outside="A ministry"
        ).pk,
    }


@pytest.mark.parametrize(
    ("wanting", "names"),
    [
        (Wanting.OVERDUE, set()),
        (Wanting.OWNER, {"nobody's"}),
        (Wanting.ADDRESSEE, {"nobody's"}),
        (Wanting.MEASURE, {"nobody's", "draft"}),
        (Wanting.LONG, set()),
        (Wanting.REPEATED, set()),
        (Wanting.AFTER, set()),
    ],
)
def test_a_list_is_narrowed_by_what_is_wanting(
    desk: Desk, many: dict[str, object], wanting: Wanting, names: set[str]
) -> None:
    found = {row.pk for row in queries.listed(desk.manager, wanting=wanting)}
    assert found == {many[name] for name in names}


@pytest.mark.long
def test_a_list_is_narrowed_and_told_in_a_sentence(desk: Desk, many: dict[str, object]) -> None:
    rows = queries.listed(desk.manager)
    assert queries.in_a_sentence(desk.manager, rows) == (
        "2 open; 1 without an owner. 1 draft is framed."
    )
    assert queries.apart(desk.manager, rows) == (
        "0 ask for system change, 1 for compliance, 2 are not judged yet."
    )
    narrowed = {
        "draft": {"nature": "compliance"},
        "owned": {"agency": desk.health.pk},
    }
    for name, told in narrowed.items():
        assert [row.pk for row in queries.listed(desk.manager, **told)] == [many[name]]  # type: ignore[arg-type]
    assert [row.pk for row in queries.listed(desk.owner, mine=True)] == [many["owned"]]
    assert [row.pk for row in queries.addressed_to(desk.owner, desk.health)] == [many["owned"]]
    assert queries.listed(desk.manager, nature=queries.NOT_JUDGED).count() == 2
    assert queries.listed(desk.manager, origin="audit").count() == 0


def test_what_is_open_for_over_a_year_is_told_of_with_or_without_a_day(desk: Desk) -> None:
    row = desk.accepted(due=None)
    later = timer(row.record.opened.replace(year=2021))
    assert [each.pk for each in queries.listed(later, wanting=Wanting.LONG)] == [row.pk]


def test_what_is_addressed_to_a_seat_is_its_agencys_and_answered_from_it(desk: Desk) -> None:
    member = desk.house.member
    row = desk.accepted(seat=member.seat, owner=None)
    assert row.addressee == "Meg Member, Executive"
    operations.update(member.actor, recommendation=row, words="Begun")
    assert not queries.addressed_to(desk.manager, desk.health).exists()


@pytest.mark.long
def test_what_waits_for_a_body(desk: Desk) -> None:
    worked, proposed = desk.worked(title="Worked"), desk.proposed(title="Proposed")
    done = desk.done(title="Done")
    group, board = desk.group, desk.house.board
    assert [row.pk for row in queries.waiting_for(desk.manager, group)] == [worked.pk]
    assert {row.pk for row in queries.waiting_for(desk.manager, board)} == {proposed.pk, done.pk}
    assert [row.pk for row in queries.to_decide(desk.manager, board)] == [proposed.pk]
    found = {row.body.pk: row[1:4] for row in queries.loads(desk.manager)}
    assert found == {group.pk: (1, 0, 0), board.pk: (0, 1, 1)}


def test_what_came_from_a_record(desk: Desk) -> None:
    source = desk.house.risk()
    came = operations.Came(record=source)
    row = desk.draft(came=came)
    assert [each.pk for each in queries.from_record(desk.manager, source)] == [row.pk]
    assert row.came_from == "Thresholds differ"
    assert not queries.from_record(desk.house.outsider.actor, source)
