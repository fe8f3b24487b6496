"""What is taken, who signs, and what the public is served."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from concordat.craft import sniff
from concordat.domain.base.documents import rules
from concordat.domain.base.documents.rules import PublishState
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process, public
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import no, yes

DAY = date(2019, 3, 29)
SEAT, OTHER = uuid4(), uuid4()


def sitting(kind: Kind = Kind.PERSON) -> Actor:
    held = SeatHeld(SEAT, uuid4(), uuid4(), Office.LEAD_PARTNER, "Council")
    return Actor(kind, "Colin", DAY, uuid4(), seats=(held,))


def test_what_is_taken_is_what_the_door_knows() -> None:
    assert set(rules.KINDS) == set(sniff.KINDS)
    assert rules.LIMIT <= sniff.LIMIT
    assert f"{rules.MEGABYTES} MB" in rules.LIMITS_IN_WORDS


def test_a_digest_is_short_enough_to_compare() -> None:
    assert rules.short_form("3f2a91bc0d4e" + "0" * 52) == "3f2a-91bc-0d4e"
    assert rules.version_in_words(2, "a" * 64) == "Version 2 (aaaa-aaaa-aaaa)"


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ACTING_FOR])
def test_whoever_sits_there_signs(kind: Kind) -> None:
    assert rules.holds_seat(sitting(kind), SEAT)
    assert not rules.holds_seat(sitting(kind), OTHER)


@pytest.mark.parametrize("actor", [sitting(Kind.GUEST), process("loader", DAY), public(DAY)])
def test_nobody_else_signs_for_a_seat(actor: Actor) -> None:
    assert not rules.holds_seat(actor, SEAT)


@pytest.mark.parametrize("office", list(Office))
def test_partners_are_asked_to_sign(office: Office) -> None:
    signs = office in (Office.LEAD_PARTNER, Office.DELEGATE)
    assert bool(rules.may_be_asked(office)) is signs


def test_a_sign_off_says_what_it_commits_to() -> None:
    assert rules.is_wording("Takes decisions for the council")
    assert not rules.is_wording("  ")
    assert not rules.is_wording("x" * 301)


def test_who_takes_a_sign_off_back() -> None:
    assert rules.may_void(sitting(), SEAT, signs=yes(), secretariat=no("No."))
    assert rules.may_void(sitting(), OTHER, signs=yes(), secretariat=yes())
    assert not rules.may_void(sitting(), OTHER, signs=yes(), secretariat=no("No."))
    assert not rules.may_void(sitting(), SEAT, signs=no("No."), secretariat=no("No."))


@pytest.mark.parametrize("level", list(Sensitivity))
def test_what_is_held_closely_is_not_published(level: Sensitivity) -> None:
    open_to_all = level <= Sensitivity.PARTNERSHIP
    assert bool(rules.may_publish(level)) is open_to_all
    assert rules.is_served(level, None) is open_to_all
    assert not rules.is_served(level, DAY)


def test_what_is_not_published_is_not_withdrawn() -> None:
    assert not rules.STATES.verdict(PublishState.NOT_PUBLISHED, "withdraw")
    assert not rules.STATES.verdict(PublishState.WITHDRAWN, "withdraw")
    assert rules.STATES.after(PublishState.WITHDRAWN, "publish") is PublishState.PUBLISHED


def test_a_closed_document_stays_as_it_is() -> None:
    assert rules.is_open(None)
    assert "29 March 2019" in str(rules.is_open(DAY))
