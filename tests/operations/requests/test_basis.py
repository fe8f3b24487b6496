"""What a request rests on: the power where it binds the area, agreed sharing where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.mail.models import Message
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.requests import operations, queries
from concordat.domain.base.requests.rules import AGREED, BASIS
from concordat.kernel.errors import Invalid
from tests.operations.actions.examples import on
from tests.operations.documents.papers import added
from tests.operations.mail.cast import DAY
from tests.operations.requests.examples import DOOR, NOW, Desk, again

EVE, LIVE = date(2019, 4, 1), date(2019, 4, 2)


def test_where_the_area_has_gone_live_it_rests_on_the_power(desk: Desk) -> None:
    row = desk.draft(area=desk.area("Here", DAY))
    assert (row.basis, row.basis_why) == (BASIS, "")


def test_where_the_old_board_still_is_it_rests_on_agreed_sharing(desk: Desk) -> None:
    row = desk.draft(area=desk.area("Here", LIVE))
    assert row.basis == AGREED
    assert row.basis_why == "Here was with its old board on 29 March 2019."


def test_after_the_last_go_live_every_area_is_under_the_power(desk: Desk) -> None:
    row = desk.draft(by=on(desk.asker, date(2019, 9, 30)), due=date(2019, 10, 30))
    assert row.basis == BASIS
    day_before = desk.draft(by=on(desk.asker, date(2019, 9, 29)), due=date(2019, 10, 30))
    assert day_before.basis == AGREED


def test_what_was_drafted_before_the_go_live_rests_on_what_holds_when_it_is_sent(
    desk: Desk,
) -> None:
    row = desk.draft(area=desk.area("Here", LIVE))
    sent = operations.send(on(desk.asker, LIVE), request=row, door=DOOR, now=NOW)
    assert (sent.basis, sent.basis_why) == (BASIS, "")
    other = desk.sent(area=row.area)
    assert again(other).basis == AGREED


def test_where_areas_differ_no_power_is_claimed_unless_it_says_for_which(desk: Desk) -> None:
    here = desk.area("Here", DAY)
    there = desk.area("There", LIVE)
    every = desk.draft()
    assert (every.basis, every.basis_why) == (
        AGREED, "There was with its old board on 29 March 2019."
    )  # fmt: skip
    assert desk.draft(area=here).basis == BASIS
    assert desk.draft(area=there).basis == AGREED
    both = desk.draft(by=on(desk.asker, LIVE))
    assert (both.basis, both.area) == (BASIS, None)


def test_another_partnerships_area_is_none_of_theirs(desk: Desk) -> None:
    area = desk.area("Here", DAY)
    area.partnership_id = desk.house.there.pk
    with pytest.raises(Invalid, match="another partnership"):
        desk.draft(area=area)


def test_the_agreement_is_named_where_it_is_what_it_rests_on(desk: Desk) -> None:
    agreement = added(desk.house).record
    assert agreement.kind == RecordKind.DOCUMENT
    old = desk.sent(
        area=desk.area("Here"), agreement=agreement, name="Jo Patel", email="jo@example.org"
    )
    assert old.agreement == agreement
    letter = Message.objects.filter(to="jo@example.org").get().text
    assert f"by agreement, under the sharing agreement {agreement.reference}" in letter
    assert "no power to require it is claimed. Here was with its old board" in letter
    assert "16H" not in letter
    new = desk.draft(area=desk.area("There", DAY), agreement=agreement)
    assert new.agreement is None


def test_under_the_old_board_its_chair_asks_as_well(desk: Desk) -> None:
    here = desk.area("Here", LIVE)
    chair = desk.house.chair
    row = desk.draft(by=chair.actor, requester=chair.seat, area=here)
    assert row.requester == chair.seat
    assert chair.seat in queries.requesters(chair.actor, desk.house.here.pk)
    later = on(chair.actor, LIVE)
    with pytest.raises(Invalid, match="not the seat of a safeguarding partner"):
        desk.draft(by=later, requester=chair.seat, area=here)
    assert chair.seat not in queries.requesters(later, desk.house.here.pk)
