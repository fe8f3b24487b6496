"""What a search knows: other boards, closed days, school holidays, and who may look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.base.clocks.operations import close_day
from concordat.domain.base.clocks.rules import ClosedKind
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import restrict
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import Diary, Engagement
from concordat.domain.governance.diaries.operations import Holiday
from concordat.domain.governance.diaries.rules import (
    EntryState,
    Need,
    Part,
    School,
    Strength,
    Why,
)
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.diaries.cast import (
    FIRST,
    LOADER,
    Gathered,
    at,
    body_of,
    searched,
    seated,
)
from tests.operations.mail.cast import verbs_on


def also_sits(cast: Gathered, who: str, name: str = "Youth board") -> Body:
    """Somebody of the group holds a seat on another body too."""
    body = body_of(cast.here, name.lower().replace(" ", "-"), name)
    post = Post.objects.get(partnership=cast.here, key=who)
    seat = seated(cast.here, body, f"{who}_too")
    seats.appoint(LOADER, seat=seat, post=post, holding="holder", from_day=FIRST)  # type: ignore[arg-type]
    return body


def engaged(cast: Gathered, body: Body, day: int, hour: int, length: int = 1) -> Engagement:
    body = Body.objects.select_related("record").get(pk=body.pk)
    return operations.engage(
        cast.actor("co_ordinator"),
        record=body.record,
        body=body,
        seats=queries.seats_of(LOADER, body),
        start=at(day, hour),
        end=at(day, hour + length),
        state=EntryState.CONFIRMED,
    )


def test_a_search_opens_a_record_of_its_own(cast: Gathered) -> None:
    diary = searched(cast)
    assert diary.record.reference == "FELLS-DY-0001"
    assert diary.record.owner_id == cast.group.pk
    assert verbs_on(diary.record) == ["diary opened", "search begun"]
    found = queries.found(cast.actor("co_ordinator"), diary)
    assert str(found.slots[0]) == "Monday 9 March 2026, 09:00 to 11:00"
    assert found.slots[0].quorate.words == "Quorate: council, health and police"


def test_another_board_of_the_same_people_is_in_the_way(cast: Gathered) -> None:
    body = also_sits(cast, "health")
    engaged(cast, body, 9, 9, length=8)
    diary = searched(cast)
    found = queries.found(cast.actor("co_ordinator"), diary)
    assert str(found.slots[0]).startswith("Tuesday 10 March")
    day = date(2026, 3, 9)
    clashes = queries.clashes_on(
        cast.actor("co_ordinator"), [cast.seats["health"]], day, besides=diary.record
    )
    assert [(each.words, each.when) for each in clashes] == [
        ("Meeting: Youth board", "09:00 to 17:00")
    ]


def test_what_was_called_off_is_in_nobodys_way(cast: Gathered) -> None:
    row = engaged(cast, also_sits(cast, "health"), 9, 9, length=8)
    operations.call_off(cast.actor("co_ordinator"), engagement=row)
    found = queries.found(cast.actor("co_ordinator"), searched(cast))
    assert str(found.slots[0]).startswith("Monday 9 March")


@pytest.mark.long
def test_a_search_is_never_in_its_own_way(cast: Gathered) -> None:
    diary = searched(cast)
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=at(9, 9))
    found = queries.found(cast.actor("co_ordinator"), diary)
    assert str(found.slots[0]) == "Monday 9 March 2026, 09:00 to 11:00"
    other = searched(cast)
    found = queries.found(cast.actor("co_ordinator"), other)
    assert str(found.slots[0]) == "Monday 9 March 2026, 11:00 to 13:00"


def test_days_that_a_board_states_outright_cost_something(cast: Gathered) -> None:
    body = also_sits(cast, "health")
    seats.set_down(
        LOADER,
        partnership=cast.here,
        kind="bodies",
        key=body.key,
        values={"name": body.name, "kind": body.kind, "rhythm": {"dates": ["2026-03-09"]}},
    )
    found = queries.found(cast.actor("co_ordinator"), searched(cast))
    assert str(found.slots[0]).startswith("Tuesday 10 March")
    rivals = queries.rivals(
        cast.actor("north_director"), cast.here, first=date(2026, 3, 1), last=date(2026, 4, 1)
    )
    assert [(each.one.name, each.other.name, each.people) for each in rivals] == [
        ("Steering group", "Youth board", 1)
    ]


def test_what_is_held_more_closely_is_another_meeting(cast: Gathered) -> None:
    body = also_sits(cast, "health", "Heron panel")
    row = engaged(cast, body, 9, 9, length=8)
    assert row.title == "Meeting: Heron panel"
    record = Record.objects.get(pk=body.pk)
    restrict(LOADER, record=record, sensitivity=Sensitivity.RESTRICTED, reason="A case")
    found = queries.chairs_of(
        cast.actor("co_ordinator"),
        [cast.seats["health"]],
        first=date(2026, 3, 9),
        last=date(2026, 3, 9),
    )
    words = [each.words for each in found[0].sitters[0].taken if each.why is Why.MEETING]
    assert words == ["another meeting"]
    later = engaged_by_loader(body)
    assert later.title == f"Meeting: {record.reference}"


def engaged_by_loader(body: Body) -> Engagement:
    body = Body.objects.select_related("record").get(pk=body.pk)
    return operations.engage(
        LOADER,
        record=body.record,
        body=body,
        seats=[],
        start=at(11, 9),
        end=at(11, 10),
        state=EntryState.CONFIRMED,
    )


@pytest.mark.long
def test_closed_days_and_school_holidays_count(cast: Gathered) -> None:
    actor = cast.actor("co_ordinator")
    close_day(
        actor,
        partnership=cast.here,
        day=date(2026, 3, 9),
        name="Founders’ day",
        kind=ClosedKind.CLOSURE,
    )
    operations.set_school_holidays(
        actor,
        partnership=cast.here,
        rows=[Holiday("North", "Half term", date(2026, 3, 10), date(2026, 3, 13), "Invented")],
    )
    rather = queries.found(actor, searched(cast))
    assert rather.left_out["Founders’ day"] == 1
    assert str(rather.slots[0]).startswith("Monday 16 March")
    never = queries.found(actor, searched(cast, school=School.NEVER))
    assert never.left_out["school holiday"] == 4
    ignored = queries.found(actor, searched(cast, school=School.IGNORE))
    assert str(ignored.slots[0]).startswith("Tuesday 10 March")


def test_deputies_count_where_the_terms_or_the_asker_say_so(cast: Gathered) -> None:
    for weekday in range(5):
        operations.set_pattern(
            LOADER,
            person=cast.people["police"],
            strength=Strength.NEVER,
            weekday=weekday,
            part=Part.DAY,
            from_day=FIRST,
        )
    actor = cast.actor("co_ordinator")
    counted = queries.found(actor, searched(cast))
    assert counted.slots[0].quorate.words == "Quorate: council and health, police by deputy"
    strict = queries.found(actor, searched(cast, deputies=False))
    assert not strict.slots
    assert "if the deputy for Police is allowed" in str(strict.misses[0])


def test_a_search_is_changed_against_the_version_that_was_seen(cast: Gathered) -> None:
    diary = searched(cast)
    actor = cast.actor("co_ordinator")
    seen = Record.objects.get(pk=diary.pk).version
    wanted = replace(cast.wanted, length=60)
    operations.change_search(actor, diary=diary, wanted=wanted, seen_version=seen)
    with pytest.raises(Stale) as told:
        operations.change_search(
            actor, diary=diary, wanted=replace(wanted, length=90), seen_version=seen
        )
    assert told.value.mine == {"length": "90 minutes"}
    assert told.value.theirs == {"length": "60 minutes"}
    assert Diary.objects.get(pk=diary.pk).length == 60


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"length": 5}, "length"),
        ({"length": 9 * 60}, "length"),
        ({"last": date(2026, 3, 1), "first": date(2026, 2, 1)}, "last"),
        ({"last": date(2026, 3, 8)}, "last"),
        ({"last": date(2028, 3, 8)}, "last"),
        ({"ends": 600}, "ends"),
        ({"seats": {}}, "seats"),
    ],
)
def test_a_search_that_cannot_be(cast: Gathered, changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as told:
        searched(cast, **changes)
    assert told.value.faults[0].field == field
    assert not Diary.objects.exists()


def test_seats_of_another_body_are_refused(cast: Gathered) -> None:
    stranger = seated(cast.there, body_of(cast.there, "panel", "Panel"), "stranger")
    with pytest.raises(Refused, match="seats of this body"):
        searched(cast, seats={stranger: Need.REQUIRED})


@pytest.mark.parametrize("who", ["north_director", "outsider"])
def test_only_the_secretariat_looks(cast: Gathered, who: str) -> None:
    with pytest.raises(Refused):
        operations.look_for_date(cast.actor(who), body=cast.group, title="Mine", wanted=cast.wanted)
    diary = searched(cast)
    with pytest.raises(Refused):
        queries.found(cast.actor(who), diary)


def test_another_package_finds_a_date_without_a_search_of_its_own(cast: Gathered) -> None:
    """What meetings will call: any seats, a window, and a record that is in nobody's way."""
    actor = cast.actor("co_ordinator")
    window = queries.window_for(
        actor,
        cast.group,
        first=date(2026, 3, 9),
        last=date(2026, 3, 20),
        length=60,
        school=School.RATHER_NOT,
    )
    seats_ = queries.seats_of(actor, cast.group)
    found = queries.dates_for(actor, cast.group, seats=seats_, window=window)
    assert found.slots[0].works
