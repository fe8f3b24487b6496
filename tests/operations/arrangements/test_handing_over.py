"""The handover list: who passes what to whom, and the receipt."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements.models import HandoverItem
from concordat.domain.governance.arrangements.queries import old_board as queries
from concordat.domain.governance.arrangements.rules.go_live import Handing
from concordat.kernel.errors import Invalid, Refused
from tests.operations.arrangements.leaving import LINES, Heath
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import last, nothing_changed

FIRST = LINES[0]


def assign(heath: Heath, **more: Any) -> HandoverItem:
    told: dict[str, Any] = {
        "partnership": heath.home,
        "item": FIRST,
        "passes": "Two open reviews with their terms",
        "receiver": "",
        "seat": heath.house.health.seat,
        "decision": heath.decision,
    }
    return operations.assign(heath.manager, **{**told, **more})


def pass_on(heath: Heath) -> HandoverItem:
    return operations.pass_on(
        heath.manager, partnership=heath.home, item=FIRST, how="Shared folder, on 20 March"
    )


def waiting(heath: Heath) -> list[str]:
    rows = Ask.objects.filter(seat=heath.house.health.seat, cleared_on=None)
    return list(rows.values_list("what", flat=True))


def test_the_list_is_the_laws_and_open_until_somebody_touches_it(heath: Heath) -> None:
    found = queries.handover(heath.manager, heath.home)
    assert [each.item for each in found] == list(LINES)
    assert {each.state for each in found} == {Handing.OPEN}
    assert not HandoverItem.objects.exists()


def test_a_line_goes_from_the_board_to_its_receiver_with_a_receipt(heath: Heath) -> None:
    row = assign(heath)
    assert (row.state, row.receiver, row.decision_id) == (
        "assigned",
        "Hetty Health",
        heath.decision.pk,
    )
    assert last("receiver of handover decided")[1]["passes"] == "Two open reviews with their terms"
    assert waiting(heath) == []
    pass_on(heath)
    [asked] = waiting(heath)
    assert asked.startswith("what the old board passes on: open serious case reviews")
    row = operations.accept_handover(
        heath.health, partnership=heath.home, item=FIRST, receipt="Both have come"
    )
    assert (row.state, row.receipt, row.accepted_on) == ("accepted", "Both have come", DAY)
    assert row.accepted_by == "Hetty Health"
    assert waiting(heath) == []
    assert last("handover accepted")[0].reason == "Both have come"


def test_only_the_receiver_says_that_it_came(heath: Heath) -> None:
    assign(heath)
    pass_on(heath)
    for actor in (heath.manager, heath.house.council.actor):
        with nothing_changed(), pytest.raises(Refused):
            operations.accept_handover(
                actor, partnership=heath.home, item=FIRST, receipt="It must have"
            )


def test_what_is_not_theirs_goes_back_and_can_go_to_somebody_else(heath: Heath) -> None:
    assign(heath)
    pass_on(heath)
    row = operations.send_back(
        heath.health, partnership=heath.home, item=FIRST, reason="One file will not open"
    )
    assert (row.state, row.passed_on, row.reason) == ("assigned", None, "One file will not open")
    assert waiting(heath) == []
    row = assign(heath, seat=None, receiver="The Panel")
    assert (row.receiver, row.seat, row.reason) == ("The Panel", None, "")
    pass_on(heath)
    row = operations.accept_handover(
        heath.manager, partnership=heath.home, item=FIRST, receipt="The Panel wrote back"
    )
    assert row.state == "accepted"


def test_nothing_to_pass_on_is_said_with_a_reason_and_taken_back(heath: Heath) -> None:
    told: dict[str, Any] = {"partnership": heath.home, "item": FIRST}
    with nothing_changed(), pytest.raises(Invalid, match="reason"):
        operations.rule_out_handover(heath.manager, reason="", **told)
    operations.rule_out_handover(heath.manager, reason="None is open", **told)
    row = operations.reopen_handover(heath.manager, reason="One was found", **told)
    assert (row.state, row.reason) == ("open", "")
    assert last("handover opened again")[0].reason == "One was found"


@pytest.mark.parametrize(
    ("wrong", "problem", "told"),
    [
        ({"passes": " "}, Invalid, "What is passed on"),
        ({"seat": None}, Invalid, "Who receives it"),
        ({"item": "TR-HANDOVER-9"}, Invalid, "no line"),
        ({"seen_state": "accepted"}, Refused, "open by now"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    heath: Heath, wrong: dict[str, Any], problem: type[Exception], told: str
) -> None:
    with nothing_changed(), pytest.raises(problem, match=told):
        assign(heath, **wrong)


def test_a_seat_or_decision_elsewhere_is_refused(heath: Heath) -> None:
    with nothing_changed(), pytest.raises(Refused, match="seat of this partnership"):
        assign(heath, seat=heath.house.outsider.seat)


def test_a_line_takes_only_the_next_step(heath: Heath) -> None:
    with nothing_changed(), pytest.raises(Refused):
        pass_on(heath)
    assign(heath)
    with nothing_changed(), pytest.raises(Refused):
        operations.accept_handover(
            heath.manager, partnership=heath.home, item=FIRST, receipt="Early"
        )


def test_whoever_comes_second_is_told_and_changes_nothing(heath: Heath) -> None:
    """Two people had the line open on their screens; both saw it open."""
    assign(heath, seen_state="open")
    with nothing_changed(), pytest.raises(Refused, match="assigned by now"):
        assign(heath, seat=heath.house.council.seat, seen_state="open")


def test_only_the_secretariat_decides(heath: Heath) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.assign(
            heath.health,
            partnership=heath.home,
            item=FIRST,
            passes="All",
            receiver="Us",
        )
