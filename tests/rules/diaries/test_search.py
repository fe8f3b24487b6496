"""Finding one date: the quorum in words, the best slot proven, and the nearest misses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from concordat.domain.governance.diaries.rules import (
    Chair,
    Need,
    Quorum,
    School,
    Why,
    Window,
    default_quorum,
    quorate,
    search,
)
from concordat.domain.governance.diaries.rules.misses import cheapest
from concordat.domain.governance.diaries.rules.sitting import Room
from tests.rules.diaries.rooms import (
    WINDOW,
    all_spans,
    busy,
    chair,
    cheapest_by_hand,
    rooms,
    seated_by_hand,
)

THREE = Quorum(classes=("council", "health", "police"))


def three(**police: object) -> list[Chair]:
    return [
        chair("director", "council"),
        chair("nurse", "health"),
        chair("superintendent", "police", **police),  # type: ignore[arg-type]
    ]


WHOLE = [busy(day, 0, 24 * 60) for day in (9, 10, 11)]


@pytest.mark.parametrize(
    ("police", "words"),
    [
        ({}, "Quorate: council, health and police"),
        ({"holder": WHOLE, "deputy": []}, "Quorate: council and health, police by deputy"),
    ],
)
def test_the_quorum_in_words(police: dict[str, object], words: str) -> None:
    found = search(three(**police), THREE, WINDOW)
    assert found.slots[0].quorate.words == words


def test_a_room_without_chairs_is_asked_without_harm() -> None:
    spans = all_spans(WINDOW)
    assert len(list(Room([], THREE).over(spans))) == len(spans)


def test_without_a_class_it_is_not_quorate() -> None:
    chairs = three(holder=WHOLE, need=Need.OPTIONAL)
    told = quorate(chairs, THREE, seated_by_hand(chairs, THREE, all_spans()[0]))
    assert not told
    assert told.words == "Not quorate: without police"


def test_the_law_is_one_thing_and_a_wish_another() -> None:
    chairs = [*three(), chair("chair", holder=WHOLE)]
    told = quorate(chairs, THREE, seated_by_hand(chairs, THREE, all_spans()[0]))
    assert told.is_legal
    assert not told
    assert told.words == "Quorate: council, health and police, but without Chair"


def test_one_police_command_for_several_boroughs_counts_once() -> None:
    """The same superintendent sits for three boroughs: one member of five."""
    chairs = [
        chair("north", "police", who="one"),
        chair("south", "police", who="one"),
        chair("east", "police", who="one"),
        chair("director", "council"),
    ]
    three_members = Quorum(members=3)
    assert not search(chairs, three_members, WINDOW).slots
    assert search(chairs, Quorum(members=2), WINDOW).slots[0].quorate.words == (
        "Quorate: 2 members where 2 are needed"
    )


def test_any_one_of_a_kind_is_enough() -> None:
    chairs = [
        chair("north", "police", holder=WHOLE, need=Need.ANY_ONE, group="police"),
        chair("south", "police", need=Need.ANY_ONE, group="police"),
        chair("director", "council"),
    ]
    assert search(chairs, Quorum(), WINDOW).slots[0].works
    blocked = [replace(chairs[1], sitters=chairs[0].sitters), chairs[0], chairs[2]]
    found = search(blocked, Quorum(), WINDOW)
    assert not found.slots
    assert "if North" in str(found.misses[0]) or "if South" in str(found.misses[0])


def test_a_job_share_is_filled_by_either() -> None:
    shared = chair("lead", "council", holder=WHOLE)
    free = replace(shared.sitters[0], who="other", name="Other", holding="job share", taken=())
    shared = replace(shared, sitters=(shared.sitters[0], free))
    slot = search([shared], Quorum(classes=("council",)), WINDOW).slots[0]
    assert slot.seated["lead"].name == "Other"
    assert slot.quorate.deputies == 0


def test_where_no_terms_say_one_of_each_statutory_class_is_taken() -> None:
    quorum = default_quorum([*three(), chair("youth", "")])
    assert quorum.classes == ("council", "health", "police")
    assert not quorum.stated


def test_a_holder_comes_before_a_deputy_and_a_wish_has_its_price() -> None:
    soft = [busy(9, 540, 600, Why.RATHER_NOT, "rather not Monday")]
    chairs = three(holder=[busy(10, 540, 600)], deputy=[], soft=soft)
    found = search(chairs, THREE, WINDOW)
    assert str(found.slots[0]) == "Wednesday 11 March 2026, 09:00 to 10:00"
    by_price = {str(slot)[:6]: (slot.price, slot.quorate.deputies) for slot in found.slots}
    assert by_price == {"Wednes": (0, 0), "Monday": (3, 0), "Tuesda": (0, 1)}
    monday = next(slot for slot in found.slots if str(slot).startswith("Monday"))
    assert monday.prices == (("Superintendent: rather not Monday", 3),)


def test_every_start_is_looked_at_and_what_is_left_out_is_told() -> None:
    window = Window(
        date(2026, 3, 2),
        date(2026, 3, 15),
        60,
        avoid=frozenset({(0, "all day"), (1, "morning")}),
        closed={date(2026, 3, 4): "Founders’ day"},
        school={date(2026, 3, 5): ("North",)},
        school_rule=School.NEVER,
    )
    found = search(three(), THREE, window)
    assert found.left_out == {
        "weekend": 4,
        "a day to avoid": 2,
        "Founders’ day": 1,
        "school holiday": 1,
    }
    assert found.looked == 4 * 29 + 2 * 17


def test_a_school_holiday_costs_and_says_where() -> None:
    window = replace(WINDOW, school={date(2026, 3, 9): ("North",)}, school_rule=School.RATHER_NOT)
    found = search(three(), THREE, window)
    assert [slot.price for slot in found.slots] == [0, 0, 5]
    assert found.slots[-1].prices == (("school holiday in North", 5),)


def test_the_nearest_miss_says_who_would_have_to_move_what() -> None:
    all_day = [busy(day, 540, 180, Why.MEETING, "Meeting: Board") for day in (9, 11)]
    chairs = [
        chair("director", "council", holder=[*all_day, busy(10, 570, 30), busy(10, 630, 60)]),
        chair("nurse", "health"),
    ]
    found = search(chairs, Quorum(classes=("council", "health")), WINDOW)
    assert not found.slots
    assert str(found.misses[0]) == (
        "Tuesday 10 March 2026, 09:00 to 10:00, if Director moves what is from 09:30 to 10:00"
    )


def test_a_deputy_who_is_not_allowed_is_a_way_out() -> None:
    chairs = three(holder=WHOLE, deputy=[])
    found = search(chairs, replace(THREE, deputies=False), WINDOW)
    assert str(found.misses[0]).endswith("if the deputy for Superintendent is allowed")


def test_a_pattern_and_a_meeting_are_named() -> None:
    taken = [busy(day, 540, 600, Why.PATTERN, "never on any day") for day in (9, 10, 11)]
    meets = [busy(day, 540, 600, Why.MEETING, "Meeting: Board") for day in (9, 10, 11)]
    for rows, words in ((taken, "comes this once although it is never"), (meets, "is let off")):
        found = search(three(holder=rows), THREE, WINDOW)
        assert words in str(found.misses[0])


def test_an_empty_seat_must_be_filled() -> None:
    empty = replace(chair("nurse", "health"), sitters=())
    found = search([chair("director", "council"), empty], Quorum(classes=("health",)), WINDOW)
    assert str(found.misses[0]).endswith("if somebody is appointed as Nurse")


# --- against trying everything


@pytest.mark.long
@settings(max_examples=120)
@given(rooms())
def test_the_best_slot_is_the_best_by_hand(room: tuple[list[Chair], Quorum]) -> None:
    chairs, quorum = room
    found = search(chairs, quorum, WINDOW, most=6)
    ranks = {span: _rank_by_hand(chairs, quorum, span) for span in all_spans()}
    working = sorted(rank for rank in ranks.values() if rank[0] == 0)
    assert bool(found.slots) == bool(working)
    if working:
        assert ranks[found.slots[0].span] == working[0]


def _rank_by_hand(
    chairs: list[Chair], quorum: Quorum, span: object
) -> tuple[int, int, int, int, int]:
    seated = seated_by_hand(chairs, quorum, span)  # type: ignore[arg-type]
    told = quorate(chairs, quorum, seated)
    unwilling = {
        sitter.name
        for sitter in seated.values()
        if any(each.span.meets(span) for each in sitter.softly)  # type: ignore[arg-type]
    }
    absent = sum(each.need is not Need.REQUIRED and each.key not in seated for each in chairs)
    unmet = sum(each.lacking for each in told.unmet)
    price = 3 * len(unwilling) + 2 * absent
    return unmet, told.deputies, price, absent, span.start  # type: ignore[attr-defined]


@pytest.mark.long
@settings(max_examples=150)
@given(rooms())
def test_the_nearest_miss_is_the_nearest_by_hand(room: tuple[list[Chair], Quorum]) -> None:
    chairs, quorum = room
    for span in all_spans()[::4]:
        ways = cheapest(Room(chairs, quorum), span)
        by_hand = cheapest_by_hand(chairs, quorum, span)
        assert (sum(way.price for way in ways) if ways is not None else None) == by_hand
