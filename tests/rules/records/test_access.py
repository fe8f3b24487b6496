"""Who may open what: every kind of actor against every sensitivity and every way in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from concordat.domain.base.records.rules import (
    Facts,
    Level,
    Standing,
    Verb,
    may_open,
    may_use,
    offices_that_may,
    standing,
)
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process, public
from concordat.kernel.sensitivity import Sensitivity

DAY = date(2019, 3, 29)
HERE, THERE, RECORD, BOARD, ELSEWHERE, SEAT, ME, HAND = (uuid4() for _ in range(8))
PUBLIC, PARTNERSHIP, RESTRICTED, SEALED = Sensitivity

OPEN, KNOWN, ABSENT = Standing.OPEN, Standing.KNOWN, Standing.ABSENT


def seat(partnership: UUID, office: Office = Office.MEMBER, body: UUID = BOARD) -> SeatHeld:
    return SeatHeld(SEAT, body, partnership, office, "Seat")


INSIDER = Actor(Kind.PERSON, "Ada", DAY, ME, seats=(seat(HERE),))
OUTSIDER = replace(INSIDER, seats=(seat(THERE, body=ELSEWHERE),))
SEATLESS = replace(INSIDER, seats=())
HELPER = replace(
    INSIDER, kind=Kind.ACTING_FOR, hand="Bo", hand_person=HAND, scope=frozenset({"see"})
)
IDLE_HELPER = replace(HELPER, scope=frozenset())
GUEST = Actor(Kind.GUEST, "Cy", DAY, admitted=frozenset({RECORD}), scope=frozenset({"answer"}))
STRAY_GUEST = replace(GUEST, admitted=frozenset({uuid4()}))
IDLE_GUEST = replace(GUEST, scope=frozenset())
PASSER_BY = public(DAY)
SYSTEM = process("loader", DAY)

ACTORS = {
    "insider": INSIDER,
    "outsider": OUTSIDER,
    "seatless": SEATLESS,
    "helper": HELPER,
    "idle helper": IDLE_HELPER,
    "guest": GUEST,
    "stray guest": STRAY_GUEST,
    "idle guest": IDLE_GUEST,
    "public": PASSER_BY,
    "process": SYSTEM,
}


def facts(
    sensitivity: Sensitivity,
    *,
    listed: bool = True,
    owner: UUID | None = None,
    granted: dict[UUID, Level] | None = None,
    shared: frozenset[UUID] = frozenset(),
    recused: frozenset[UUID] = frozenset(),
    partnership: UUID | None = HERE,
) -> Facts:
    return Facts(RECORD, partnership, sensitivity, listed, owner, granted or {}, shared, recused)


# Each actor's standing with a listed record that nobody is named on: public, partnership,
# restricted, sealed.
PLAIN = {
    "insider": (OPEN, OPEN, KNOWN, ABSENT),
    "outsider": (OPEN, ABSENT, ABSENT, ABSENT),
    "seatless": (OPEN, ABSENT, ABSENT, ABSENT),
    "helper": (OPEN, OPEN, KNOWN, ABSENT),
    "idle helper": (OPEN, KNOWN, KNOWN, ABSENT),
    "guest": (OPEN, OPEN, OPEN, OPEN),
    "stray guest": (OPEN, ABSENT, ABSENT, ABSENT),
    "idle guest": (OPEN, ABSENT, ABSENT, ABSENT),
    "public": (OPEN, ABSENT, ABSENT, ABSENT),
    "process": (OPEN, OPEN, OPEN, OPEN),
}


@pytest.mark.parametrize("name", PLAIN)
def test_standing_where_nobody_is_named(name: str) -> None:
    found = tuple(standing(ACTORS[name], facts(level)) for level in Sensitivity)
    assert found == PLAIN[name]


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_not_listed_is_open_or_absent_and_never_known(name: str) -> None:
    found = tuple(standing(ACTORS[name], facts(level, listed=False)) for level in Sensitivity)
    assert found == tuple(ABSENT if each is KNOWN else each for each in PLAIN[name])


# A way in, and the standing it gives at each sensitivity.
WAYS_IN: dict[str, tuple[Actor, dict[str, object], tuple[Standing, ...]]] = {
    "grant to the person": (
        OUTSIDER,
        {"granted": {ME: Level.SEE}},
        (OPEN, OPEN, OPEN, OPEN),
    ),
    "grant to the seat": (OUTSIDER, {"granted": {SEAT: Level.SEE}}, (OPEN, OPEN, OPEN, ABSENT)),
    "grant to the body": (
        OUTSIDER,
        {"granted": {ELSEWHERE: Level.WORK}},
        (OPEN, OPEN, OPEN, ABSENT),
    ),
    "grant to somebody else": (
        INSIDER,
        {"granted": {HAND: Level.WORK}},
        (OPEN, OPEN, KNOWN, ABSENT),
    ),
    "grant to a person without a seat": (
        SEATLESS,
        {"granted": {ME: Level.SEE}},
        (OPEN, OPEN, OPEN, OPEN),
    ),
    "own body owns it": (INSIDER, {"owner": BOARD}, (OPEN, OPEN, OPEN, ABSENT)),
    "own seat owns it": (INSIDER, {"owner": SEAT}, (OPEN, OPEN, OPEN, ABSENT)),
    "another body owns it": (INSIDER, {"owner": ELSEWHERE}, (OPEN, OPEN, KNOWN, ABSENT)),
    "shared with the actor's partnership": (
        OUTSIDER,
        {"shared": frozenset({THERE})},
        (OPEN, OPEN, KNOWN, ABSENT),
    ),
    "shared with a third partnership": (
        OUTSIDER,
        {"shared": frozenset({uuid4()})},
        (OPEN, ABSENT, ABSENT, ABSENT),
    ),
    "share does nothing for a person without a seat": (
        SEATLESS,
        {"shared": frozenset({HERE})},
        (OPEN, ABSENT, ABSENT, ABSENT),
    ),
    "record of the directory": (OUTSIDER, {"partnership": None}, (OPEN, OPEN, KNOWN, ABSENT)),
    "record of the directory, no seat": (
        SEATLESS,
        {"partnership": None},
        (OPEN, ABSENT, ABSENT, ABSENT),
    ),
    "acting for one who is named": (
        HELPER,
        {"granted": {ME: Level.SEE}},
        (OPEN, OPEN, OPEN, ABSENT),
    ),
    "acting for one who is named, and named too": (
        HELPER,
        {"granted": {ME: Level.SEE, HAND: Level.SEE}},
        (OPEN, OPEN, OPEN, OPEN),
    ),
    "named, but acting for one who is not": (
        HELPER,
        {"granted": {HAND: Level.SEE}},
        (OPEN, OPEN, KNOWN, ABSENT),
    ),
    "named, but let do nothing": (
        IDLE_HELPER,
        {"granted": {ME: Level.SEE, HAND: Level.SEE}},
        (OPEN, KNOWN, KNOWN, ABSENT),
    ),
    "conflict of interest": (
        INSIDER,
        {"recused": frozenset({ME})},
        (OPEN, KNOWN, KNOWN, ABSENT),
    ),
    "conflict of interest of one who is named": (
        INSIDER,
        {"recused": frozenset({ME}), "granted": {ME: Level.WORK}, "owner": BOARD},
        (OPEN, KNOWN, KNOWN, ABSENT),
    ),
    "conflict of interest of the hand": (
        HELPER,
        {"recused": frozenset({HAND})},
        (OPEN, KNOWN, KNOWN, ABSENT),
    ),
    "conflict of interest of somebody else": (
        INSIDER,
        {"recused": frozenset({HAND})},
        (OPEN, OPEN, KNOWN, ABSENT),
    ),
    "a process has no conflict": (
        SYSTEM,
        {"recused": frozenset({ME})},
        (OPEN, OPEN, OPEN, OPEN),
    ),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_ways_in_and_what_keeps_out(way: str) -> None:
    actor, given, expected = WAYS_IN[way]
    found = tuple(standing(actor, facts(level, **given)) for level in Sensitivity)  # type: ignore[arg-type]
    assert found == expected


def test_a_refusal_says_why() -> None:
    conflict = facts(PARTNERSHIP, recused=frozenset({ME}))
    assert str(may_open(INSIDER, conflict)) == "You have a conflict of interest in this."
    assert str(may_open(OUTSIDER, facts(PARTNERSHIP))) == "You do not have access to this."
    assert str(may_open(IDLE_GUEST, facts(PARTNERSHIP))) == "This link opens nothing."
    assert "Ada has not let you do anything" in str(may_open(IDLE_HELPER, facts(PARTNERSHIP)))


# What each office may do with an open record of its own partnership.
MAY = {
    Office.LEAD_PARTNER: {Verb.SEE, Verb.ANSWER, Verb.SIGN},
    Office.DELEGATE: {Verb.SEE, Verb.ANSWER, Verb.SIGN},
    Office.CHAIR: {Verb.SEE, Verb.ANSWER, Verb.HOLD, Verb.ADMIT},
    Office.SCRUTINEER: {Verb.SEE, Verb.ANSWER},
    Office.STRATEGY_MANAGER: set(Verb) - {Verb.SIGN},
    Office.CO_ORDINATOR: {
        Verb.SEE,
        Verb.ANSWER,
        Verb.CHANGE,
        Verb.HOLD,
        Verb.CLOSE,
        Verb.PUBLISH,
    },
    Office.ANALYST: {Verb.SEE, Verb.ANSWER},
    Office.REVIEWER: {Verb.SEE, Verb.ANSWER},
    Office.AGENCY_LEAD: {Verb.SEE, Verb.ANSWER},
    Office.MEMBER: {Verb.SEE, Verb.ANSWER},
    Office.OBSERVER: {Verb.SEE},
}


@pytest.mark.parametrize("office", Office)
def test_an_office_lets_its_holder_do_this_and_no_more(office: Office) -> None:
    holder = replace(INSIDER, seats=(seat(HERE, office),))
    may = {verb for verb in Verb if may_use(holder, verb, facts(PARTNERSHIP))}
    assert may == MAY[office]
    assert may == {verb for verb in Verb if office in offices_that_may(verb)}


@pytest.mark.parametrize("office", Office)
def test_an_office_elsewhere_gives_nothing_here(office: Office) -> None:
    holder = replace(INSIDER, seats=(seat(THERE, office),))
    shared = facts(PARTNERSHIP, shared=frozenset({THERE}))
    assert {verb for verb in Verb if may_use(holder, verb, shared)} == {Verb.SEE}


def test_a_grant_to_work_lets_answer_and_change_and_a_grant_to_see_does_not() -> None:
    outsider = replace(OUTSIDER, seats=())
    work = facts(SEALED, granted={ME: Level.WORK})
    see = facts(SEALED, granted={ME: Level.SEE})
    assert {verb for verb in Verb if may_use(outsider, verb, work)} == {
        Verb.SEE,
        Verb.ANSWER,
        Verb.CHANGE,
    }
    assert {verb for verb in Verb if may_use(outsider, verb, see)} == {Verb.SEE}


@pytest.mark.parametrize("actor", [HELPER, GUEST], ids=["helper", "guest"])
@pytest.mark.parametrize("verb", Verb)
def test_nothing_outside_the_scope_may_be_done(actor: Actor, verb: Verb) -> None:
    everything = replace(actor, seats=(seat(HERE, Office.STRATEGY_MANAGER),))
    scoped = replace(everything, scope=frozenset({Verb.ANSWER}))
    expected = verb in (Verb.SEE, Verb.ANSWER)
    assert bool(may_use(scoped, verb, facts(PARTNERSHIP))) is expected


def test_a_guest_may_do_what_the_link_is_for_with_its_record_only() -> None:
    assert may_use(GUEST, Verb.ANSWER, facts(SEALED))
    assert not may_use(STRAY_GUEST, Verb.ANSWER, facts(PUBLIC))
    assert "This link does not let you change" in str(may_use(GUEST, Verb.CHANGE, facts(SEALED)))


@pytest.mark.parametrize("verb", set(Verb) - {Verb.SEE})
def test_the_public_may_only_look(verb: Verb) -> None:
    assert may_use(PASSER_BY, Verb.SEE, facts(PUBLIC))
    assert not may_use(PASSER_BY, verb, facts(PUBLIC))


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("level", Sensitivity)
def test_a_named_process_may_do_everything(verb: Verb, level: Sensitivity) -> None:
    assert may_use(SYSTEM, verb, facts(level, listed=False, recused=frozenset({ME})))


MANAGER = replace(INSIDER, seats=(seat(HERE, Office.STRATEGY_MANAGER),))
ADMITS = {
    "known, so that somebody can answer a request": (facts(RESTRICTED), True),
    "open": (facts(RESTRICTED, owner=BOARD), True),
    "not listed": (facts(RESTRICTED, listed=False), False),
    "sealed": (facts(SEALED), False),
    "sealed and named": (facts(SEALED, granted={ME: Level.SEE}), True),
    "in conflict": (facts(RESTRICTED, recused=frozenset({ME})), False),
    "in conflict, on a record that would be open": (
        facts(PARTNERSHIP, recused=frozenset({ME})),
        False,
    ),
    "led elsewhere": (facts(RESTRICTED, partnership=THERE), False),
    "led elsewhere and shared": (
        facts(RESTRICTED, partnership=THERE, shared=frozenset({HERE})),
        False,
    ),
}


@pytest.mark.parametrize("case", ADMITS)
def test_who_admits_others_need_not_see_but_must_be_free_of_conflict(case: str) -> None:
    given, expected = ADMITS[case]
    assert bool(may_use(MANAGER, Verb.ADMIT, given)) is expected


@pytest.mark.parametrize("verb", set(Verb) - {Verb.ADMIT})
def test_what_is_only_known_lets_nothing_else_be_done(verb: Verb) -> None:
    assert standing(MANAGER, facts(RESTRICTED)) is KNOWN
    assert not may_use(MANAGER, verb, facts(RESTRICTED))


def test_a_refusal_names_the_few_who_may_or_says_that_no_seat_does() -> None:
    refused = may_use(INSIDER, Verb.SHARE, facts(PARTNERSHIP))
    assert str(refused) == "Only the strategy manager of this partnership may share this."
    observer = replace(INSIDER, seats=(seat(HERE, Office.OBSERVER),))
    refused = may_use(observer, Verb.ANSWER, facts(PARTNERSHIP))
    assert str(refused) == "You hold no seat in this partnership that lets you do this."
