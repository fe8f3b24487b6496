"""Lists: by source, addressee and what is wanting, each told in a sentence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.rules import Showing, Wanting
from tests.operations.actions.examples import on
from tests.operations.mail.cast import DAY
from tests.operations.recommendations.examples import DUE, Desk, again, timer


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


@pytest.mark.long
def test_a_list_is_narrowed_by_due_day_and_by_an_addressee_of_any_kind(
    desk: Desk, many: dict[str, object]
) -> None:
    seated = desk.draft(title="Seated", seat=desk.house.member.seat, due=date(2019, 5, 1)).pk
    for told, names in (
        ({"due_by": DUE}, {many["owned"], seated}),
        ({"due_by": DUE - timedelta(days=1)}, {seated}),
        ({"seat": desk.house.member.seat.pk}, {seated}),
        ({"outside": "ministry"}, {many["draft"]}),
    ):
        assert {row.pk for row in queries.listed(desk.manager, **told)} == names  # type: ignore[arg-type]


@pytest.mark.long
def test_what_was_measured_in_an_earlier_round_is_not_measured_after(desk: Desk) -> None:
    row = desk.adequate(measure="Days")
    wanted = queries.listed(desk.manager, wanting=Wanting.AFTER)
    assert wanted.count() == 1
    told = {"unit": "days", "source": "A sample"}
    operations.add_value(
        desk.manager, recommendation=again(row), when=Showing.AFTER, value=Decimal(2), on=DAY,
        **told,
    )  # fmt: skip
    assert wanted.count() == 0
    operations.reopen(desk.chair, recommendation=again(row), reason="It slipped")
    later = DAY + timedelta(days=30)
    operations.say_done(
        on(desk.owner, later), recommendation=again(row), done="Anew", statement="It", place="P. 4"
    )
    operations.accept_as_adequate(
        on(desk.chair, later), recommendation=again(row), reason="It holds"
    )
    assert wanted.count() == 1
