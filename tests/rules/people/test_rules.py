from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.people import rules
from concordat.domain.base.people.rules import InvitationState
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE, JO, KIT, MO = (uuid4() for _ in range(4))


def person(who: object, *offices: Office, kind: Kind = Kind.PERSON) -> Actor:
    seats = tuple(SeatHeld(uuid4(), uuid4(), HERE, office, "Seat") for office in offices)
    return Actor(kind, "Somebody", DAY, person=who, seats=seats)  # type: ignore[arg-type]


MANAGER = person(MO, Office.STRATEGY_MANAGER)


@pytest.mark.parametrize(
    ("actor", "hand", "scope", "allowed"),
    [
        (person(JO), KIT, {Verb.SEE}, True),
        (person(JO), KIT, {Verb.SEE, Verb.SIGN}, True),
        (person(JO), JO, {Verb.SEE}, False),
        (person(JO), KIT, {Verb.SIGN}, False),
        (person(JO), KIT, set(), False),
        (person(KIT), KIT, {Verb.SEE}, False),
        (person(JO, kind=Kind.ACTING_FOR), KIT, {Verb.SEE}, False),
        (MANAGER, KIT, {Verb.SEE, Verb.ANSWER, Verb.CHANGE}, True),
        (MANAGER, KIT, {Verb.SEE, Verb.SIGN}, False),
        (MANAGER, MO, {Verb.SEE}, False),
        (person(MO, Office.CO_ORDINATOR), KIT, {Verb.SEE}, False),
        (process("loader", DAY), KIT, {Verb.SEE, Verb.SIGN}, True),
    ],
)
def test_who_may_let_somebody_act_for_jo(
    actor: Actor, hand: object, scope: set[Verb], allowed: bool
) -> None:
    verdict = rules.may_give(actor, principal=JO, hand=hand, partnership=HERE, scope=scope)  # type: ignore[arg-type]
    assert bool(verdict) is allowed
    assert allowed or str(verdict)


def test_a_manager_elsewhere_arranges_nothing_here() -> None:
    verdict = rules.may_give(MANAGER, principal=JO, hand=KIT, partnership=uuid4(), scope={Verb.SEE})
    assert not verdict


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (person(JO), True),
        (person(KIT), True),
        (MANAGER, True),
        (person(uuid4()), False),
        (person(JO, kind=Kind.ACTING_FOR), False),
    ],
)
def test_who_may_end_it(actor: Actor, allowed: bool) -> None:
    assert bool(rules.may_end(actor, principal=JO, hand=KIT, partnership=HERE)) is allowed


@given(st.dates(), st.integers(0, 400), st.dates(), st.integers(0, 400))
def test_runs_overlap_if_and_only_if_they_share_a_day(
    first: date, length: int, second: date, other: int
) -> None:
    one, two = timedelta(days=length), timedelta(days=other)
    if date.max - first <= one or date.max - second <= two:
        return
    shared = max(first, second) <= min(first + one, second + two)
    assert rules.overlaps(first, first + one, second, second + two) is shared
    assert rules.overlaps(first, None, second, None)
    assert rules.overlaps(first, None, second, second + two) is (first <= second + two)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        (" Jo.Patel@Example.ORG.uk ", True),
        ("o'neill+work@council.gov.uk", True),
        ("jo@localhost", False),
        ("jo patel@example.org", False),
        ("jo@exаmple.org", False),
        ("jo@example.org\nbcc: all@example.org", False),
        ("", False),
        ("a" * 250 + "@example.org", False),
    ],
)
def test_an_address_is_plain_and_whole(typed: str, right: bool) -> None:
    assert bool(rules.is_address(rules.normal_address(typed))) is right


@pytest.mark.parametrize(
    ("age", "accepted", "withdrawn", "state"),
    [
        (0, None, None, InvitationState.OPEN),
        (7, None, None, InvitationState.EXPIRED),
        (0, NOW, None, InvitationState.ACCEPTED),
        (9, NOW, None, InvitationState.ACCEPTED),
        (0, None, NOW, InvitationState.WITHDRAWN),
    ],
)
def test_where_an_invitation_stands(
    age: int, accepted: datetime | None, withdrawn: datetime | None, state: InvitationState
) -> None:
    found = rules.invitation_state(
        expires=NOW + rules.INVITATION_LASTS,
        accepted=accepted,
        withdrawn=withdrawn,
        now=NOW + timedelta(days=age),
    )
    assert found is state
    assert bool(rules.may_accept(found)) is (state is InvitationState.OPEN)


@pytest.mark.parametrize(
    ("production", "accounts", "invitations", "allowed"),
    [(False, 0, 0, True), (True, 0, 0, False), (False, 1, 0, False), (False, 0, 1, False)],
)
def test_a_world_needs_an_empty_database_outside_production(
    production: bool, accounts: int, invitations: int, allowed: bool
) -> None:
    verdict = rules.may_mark_world(
        production=production, accounts=accounts, invitations=invitations
    )
    assert bool(verdict) is allowed


def test_every_verb_has_words_for_the_form() -> None:
    assert set(rules.SCOPE_WORDS) == set(Verb)
    assert rules.scope_in_words(["sign", "see"]) == "Open and read, sign off"
    assert rules.scope_in_words([]) == ""
