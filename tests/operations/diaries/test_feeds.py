"""Feeds: made, told in plain words to the right person, and revoked."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.people.operations import close_account
from concordat.domain.base.records.operations import open_record, recuse
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import CalendarFeed
from concordat.domain.governance.diaries.rules import digest_of
from concordat.kernel.actor import public
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.diaries.cast import DAY, LOADER, NOW, Gathered, at, searched

TOKEN = "a" * 43
ANYBODY = public(DAY)


def made(cast: Gathered, who: str = "north_director", token: str = TOKEN) -> CalendarFeed:
    return operations.make_feed(cast.actor(who), token=token, now=NOW)


def titles(feed: CalendarFeed) -> list[str]:
    return [each.title for each in queries.entries_of(ANYBODY, feed, now=NOW)]


def test_of_a_token_only_a_digest_is_kept(cast: Gathered) -> None:
    feed = made(cast)
    row = CalendarFeed.objects.values().get()
    assert TOKEN not in repr(row)
    assert row["digest"] == digest_of(TOKEN)
    assert queries.feed_by(ANYBODY, TOKEN) == feed
    for wrong in ("b" * 43, "a" * 42, "", "é" * 43, row["digest"]):
        assert queries.feed_by(ANYBODY, wrong) is None


def test_a_revoked_feed_opens_nothing(cast: Gathered) -> None:
    feed = made(cast)
    with pytest.raises(CalendarFeed.DoesNotExist):
        operations.revoke_feed(cast.actor("south_director"), feed=feed, now=NOW)
    operations.revoke_feed(cast.actor("north_director"), feed=feed, now=NOW)
    assert queries.feed_by(ANYBODY, TOKEN) is None
    with pytest.raises(Refused, match="already"):
        operations.revoke_feed(cast.actor("north_director"), feed=feed, now=NOW)


@pytest.mark.long
def test_a_feed_tells_what_its_owner_owes_and_where_they_meet(cast: Gathered) -> None:
    feed = made(cast)
    diary = searched(cast)
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(10, 10))
    risk = open_record(
        LOADER, kind=RecordKind.RISK, title="Heron", partnership=cast.here, opened=DAY
    )
    seat = cast.seats["north_director"]
    raise_ask(
        LOADER, record=risk, seat=seat, errand=Errand.READ, what="Heron", due=date(2026, 3, 20)
    )
    clocks.start(
        LOADER, record=risk, rule="SIN-CRIT", started_by="Heron was found", on=DAY, holder=seat
    )
    told = titles(feed)
    assert told[0] == "Meeting: Steering group"
    assert f"Due from you: {risk.reference}" in told
    assert f"Clock due: {risk.reference}" in told
    assert not [each for each in told if "Heron" in each]
    assert titles(made(cast, "manager", "c" * 43)) == []


@pytest.mark.long
def test_an_engagement_keeps_its_uid_and_its_sequence_rises(cast: Gathered) -> None:
    feed = made(cast)
    diary = searched(cast)
    actor = cast.actor("co_ordinator")
    operations.fix_date(actor, diary=diary, start=at(10, 10))
    (first,) = queries.entries_of(ANYBODY, feed, now=NOW)
    operations.fix_date(actor, diary=diary, start=at(12, 14))
    (second,) = queries.entries_of(ANYBODY, feed, now=NOW)
    operations.withdraw_search(actor, diary=diary, reason="Inspectors")
    (last,) = queries.entries_of(ANYBODY, feed, now=NOW)
    assert first.uid == second.uid == last.uid
    assert [each.sequence for each in (first, second, last)] == [0, 1, 2]
    assert last.state == "cancelled"


def test_a_bodys_feed_is_its_members(cast: Gathered) -> None:
    diary = searched(cast)
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(10, 10))
    feed = operations.make_feed(cast.actor("manager"), token=TOKEN, now=NOW, body=cast.group)
    assert titles(feed) == ["Meeting: Steering group"]
    with pytest.raises(Refused):
        operations.make_feed(cast.actor("outsider"), token="d" * 43, now=NOW, body=cast.group)


def test_what_the_owner_may_no_longer_open_leaves_the_feed(cast: Gathered) -> None:
    feed = made(cast)
    diary = searched(cast)
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(10, 10))
    recuse(
        LOADER,
        record=diary.record,
        person=cast.people["north_director"].record,
        reason="A conflict",
        from_day=DAY,
    )
    assert titles(feed) == []
    assert diary.record.level is Sensitivity.PARTNERSHIP


def test_whoever_can_sign_in_no_more_has_no_feed(cast: Gathered) -> None:
    made(cast)
    close_account(LOADER, person=cast.people["north_director"], reason="Left")
    assert queries.feed_by(ANYBODY, TOKEN) is None


def test_feeds_are_few_and_have_a_real_token(cast: Gathered) -> None:
    with pytest.raises(Invalid, match="no token"):
        made(cast, token="short")
    for letter in "abcde":
        made(cast, token=letter * 43)
    with pytest.raises(Refused, match="5 feeds already"):
        made(cast, token="f" * 43)
