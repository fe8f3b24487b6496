"""What stands of the check list, worked out from plain values."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.domain.base.agencies.rules import dialled, phone_of
from concordat.domain.governance.arrangements.rules import go_live as rules
from concordat.domain.governance.arrangements.rules.gaps import Gap, Lack
from concordat.domain.governance.arrangements.rules.go_live import Handing, Line, Point
from concordat.kernel.errors import Invalid

PARTNERS = ["council", "police"]


def seat(agency: str, **more: Any) -> dict[str, Any]:
    told = {"key": agency, "role": agency.capitalize(), "office": "delegate", "agency": agency}
    return {**told, "holder": "A post", "vacant": False, "delegations": [{"limbs": []}], **more}


def found(*seats: dict[str, Any], **body: Any) -> dict[str, Any]:
    told = {"key": "e", "name": "Executive", "outside": False, "state": "in force", **body}
    agencies = [{"key": each, "name": f"The {each}"} for each in PARTNERS]
    return {"bodies": [{**told, "seats": list(seats)}], "agencies": agencies}


BOTH = (seat("council"), seat("police"))


@pytest.mark.parametrize(
    ("seats", "lacking"),
    [
        (BOTH, []),
        ((BOTH[0],), ["a seat that speaks for The police"]),
        ((BOTH[0], seat("police", vacant=True)), ["a holder for Police of the Executive"]),
        ((BOTH[0], seat("police", holder=None)), ["a holder for Police of the Executive"]),
        ((BOTH[0], seat("police", office="member")), ["a seat that speaks for The police"]),
    ],
)
def test_a_seat_that_speaks_for_each_partner_is_filled(
    seats: tuple[dict[str, Any], ...], lacking: list[str]
) -> None:
    told = rules.seats_filled(found(*seats), PARTNERS)
    assert (told.is_met, list(told.lacking)) == (not lacking, lacking)


def test_bodies_of_others_and_those_that_ended_fill_nothing() -> None:
    for away in ({"outside": True}, {"state": "ended"}):
        assert not rules.seats_filled(found(*BOTH, **away), PARTNERS).is_met
        assert not rules.delegated(found(*BOTH, **away), PARTNERS, [], {}).is_met


def test_each_partner_has_delegated_on_some_ground() -> None:
    assert rules.delegated(found(*BOTH), PARTNERS, [], {}).is_met
    bare = rules.delegated(found(BOTH[0], seat("police", delegations=[])), PARTNERS, [], {})
    assert bare.lacking == ("a delegation by The police",)
    gap = Gap(Lack.INSTRUMENT, "delegations:council", "…")
    rests = rules.delegated(found(*BOTH), PARTNERS, [gap], {gap.subject: "Delegation of council"})
    assert rests.lacking == ("what the delegation of council rests on",)
    assert not rules.delegated(found(*BOTH), [], [], {}).is_met


@pytest.mark.parametrize(
    ("partners", "signatures", "met"),
    [
        (["A", "B"], ["B", "A"], True),
        (["A", "B"], ["A"], False),
        (["A"], ["A", "somebody else"], True),
        ([], [], False),
    ],
)
def test_every_partner_signs(partners: list[str], signatures: list[str], met: bool) -> None:
    assert rules.signed(partners, signatures).is_met is met


@pytest.mark.parametrize(
    ("coming", "there", "met"),
    [
        ({"Learning group": True}, 0, True),
        ({"Learning group": False}, 3, False),
        ({}, 1, True),
        ({}, 0, False),
    ],
)
def test_terms_of_what_comes_into_force(coming: dict[str, bool], there: int, met: bool) -> None:
    assert rules.terms_agreed(coming, there).is_met is met


def test_a_long_list_is_told_short_and_kept_whole() -> None:
    told = rules.told(Point.HANDOVER, [f"line {n}" for n in range(9)], "All")
    assert told.words.endswith("line 5 and 3 more.")
    assert len(told.lacking) == 9


def test_the_handover_list_is_answered_once_no_line_is_open() -> None:
    states = (Handing.ASSIGNED, Handing.NONE, Handing.ACCEPTED, Handing.PASSED)
    lines = [Line(f"T-{n}", f"line {n}", state) for n, state in enumerate(states)]
    told = rules.answered(lines)
    assert told.is_met
    assert told.words == "4 lines answered, 2 of them done with."
    assert rules.answered([*lines, Line("T-9", "archives")]).lacking == ("who receives archives",)


def test_the_public_page_needs_both_its_halves() -> None:
    assert rules.public_page(True, []).is_met
    assert not rules.public_page(False, []).is_met
    assert rules.public_page(True, ["Heath"]).lacking == ("whom to call about a child in Heath",)


@pytest.mark.parametrize(
    ("said", "dials"),
    [
        ("020 7946 0000", "02079460000"),
        ("+44 20-7946-0000", "+442079460000"),
        ("01632 960001 ext 12", "01632960001"),
        ("999", "999"),
    ],
)
def test_a_number_is_dialled_as_it_is_written(said: str, dials: str) -> None:
    assert dialled(phone_of(said, "phone")) == dials


@pytest.mark.parametrize("said", ["", "12", "call 999", "javascript:1", "020 7946 0000,999"])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(Invalid):
        phone_of(said, "phone")
