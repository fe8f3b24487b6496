"""What covers say, and pages that never change their number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.meetings.rules import packs, papers
from concordat.domain.governance.meetings.rules.packs import Cut, Piece
from concordat.domain.governance.meetings.rules.papers import Check, Given, Part, Status
from concordat.kernel.sensitivity import Sensitivity

SEED = [Status.INFORMATION, Status.UPDATE, Status.FEEDBACK]
ASKS = ["Note the report", "Feed back on the Arrangements"]


@pytest.mark.parametrize(
    ("statuses", "asks", "requested_by", "to_tell", "told"),
    [
        (SEED, ASKS, "Born Well Growing Well", None, []),
        ([Status.INFORMATION], ASKS, "", None, ["asks for nothing"]),
        ([Status.DECISION], [], "", True, ["does not say which"]),
        ([Status.DECISION], ["Approve it"], "", None, ["documenting and telling"]),
        ([Status.UPDATE], [], "", None, ["does not say of whom"]),
        ([Status.INFORMATION], ["", " "], "", None, []),
    ],
)
def test_a_cover_that_contradicts_itself_is_told(
    statuses: list[Status], asks: list[str], requested_by: str, to_tell: bool, told: list[str]
) -> None:
    found = papers.warnings(statuses, asks, requested_by, to_tell)
    assert len(found) == len(told)
    assert all(word in each for word, each in zip(told, found, strict=True))


def test_every_part_of_a_cover_has_its_words() -> None:
    assert all(part.label for part in Part)
    for template in papers.TEMPLATES.values():
        assert template.needed <= set(template.parts)
    assert papers.USUAL in papers.TEMPLATES


def test_a_body_insists_on_the_parts_of_its_own_cover() -> None:
    written = {Part.TITLE: "Update", Part.STATUS: "information"}
    assert papers.is_whole(papers.TEMPLATES["whole"], written)
    refused = papers.is_whole(papers.TEMPLATES["decision"], written)
    assert "“Executive summary”" in str(refused)
    assert papers.missing(papers.TEMPLATES["decision"], written)[0] is Part.SUMMARY


@pytest.mark.parametrize(
    ("checks", "may"),
    [
        ([], True),
        ([(Check.CLEARANCE, Given.CLEARED)], True),
        ([(Check.CLEARANCE, None)], False),
        ([(Check.ADVICE, None)], True),
        ([(Check.ADVICE, Given.NOT_GIVEN), (Check.CLEARANCE, Given.CLEARED)], True),
    ],
)
def test_clearance_holds_a_paper_and_advice_does_not(
    checks: list[tuple[Check, Given | None]], may: bool
) -> None:
    assert bool(papers.may_issue(checks)) is may


def piece(key: str, pages: int = 3, **told: object) -> Piece:
    return Piece(key, key, f"Item {key}", pages, **told)  # type: ignore[arg-type]


def test_pages_follow_one_another() -> None:
    bound = packs.bind([piece("1", 2), piece("2", 1), piece("3", 0)], first=4)
    assert [each.span for each in bound] == ["pages 4 to 5", "page 6", "page 7"]


def test_a_supplement_has_numbers_of_its_own_and_moves_none() -> None:
    issued = packs.bind([piece("1"), piece("2")])
    first = packs.supplement(issued, [piece("1", 2)])
    second = packs.supplement([*issued, *first], [piece("2", 1)])
    assert [each.span for each in first] == ["pages S1.1 to S1.2"]
    assert [each.span for each in second] == ["page S2.1"]
    reading = packs.in_reading_order([*issued, *first, *second], ["1", "2"])
    assert [each.span for each in reading] == [
        "pages 1 to 3",
        "pages S1.1 to S1.2",
        "pages 4 to 6",
        "page S2.1",
    ]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.lists(st.integers(1, 9)))
def test_no_two_pages_share_a_number_and_issued_ones_stand(
    sizes: list[int], more: list[int]
) -> None:
    issued = packs.bind([piece(str(n), size) for n, size in enumerate(sizes)])
    before = [each.span for each in issued]
    whole = [*issued, *packs.supplement(issued, [piece("0", size) for size in more])]
    numbers = [b.number(p) for b in whole for p in range(1, max(b.piece.pages, 1) + 1)]
    assert len(numbers) == len(set(numbers))
    assert [each.span for each in whole[: len(before)]] == before


CLOSE = piece("4", level=Sensitivity.RESTRICTED, reason="It tells of one child")
UNKNOWN = piece("C1", level=Sensitivity.SEALED, hidden=True)


def test_a_cut_tells_what_it_leaves_out_but_not_what_nobody_may_know_of() -> None:
    pieces = [piece("1", level=Sensitivity.PUBLIC), piece("2"), CLOSE, UNKNOWN]
    assert [p.key for p in packs.withheld(pieces, Cut.PARTNERS)] == ["4"]
    assert [p.key for p in packs.withheld(pieces, Cut.PUBLIC)] == ["2", "4"]
    assert [p.key for p in packs.withheld(pieces, Cut.RESTRICTED)] == []
    assert not UNKNOWN.is_in(Cut.RESTRICTED)


def test_nothing_is_withheld_without_a_reason() -> None:
    assert packs.may_withhold([CLOSE, UNKNOWN], Cut.PARTNERS)
    silent = piece("5", level=Sensitivity.RESTRICTED)
    assert "item 5" in str(packs.may_withhold([silent], Cut.PARTNERS))


def test_what_is_new_since_somebody_read() -> None:
    issued = packs.bind([piece("1")])
    whole = [*issued, *packs.supplement(issued, [piece("1", 2)])]
    assert packs.since(whole, 0).sentence == (
        "2 pages added since you last read: Item 1, pages S1.1 to S1.2"
    )
    assert "Nothing has changed" in packs.since(whole, 1).sentence


def test_a_supplement_says_behind_which_page_it_belongs() -> None:
    issued = packs.bind([piece("1", 2), piece("2", 3)])
    assert packs.slots_in(issued, "2") == "behind page 5"
    later = packs.supplement(issued, [piece("2", 2)])
    assert packs.slots_in([*issued, *later], "2") == "behind page S1.2"
    assert packs.slots_in(issued, "3") == "at the end"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", []),
        ("One line\nbroken in two.\nNext.", ["One line broken in two.", "Next."]),
        ("Heading\n\nText", ["Heading", "Text"]),
        ("Items:\none\ntwo", ["Items:", "one two"]),
    ],
)
def test_lines_that_a_page_broke_are_joined(words: str, told: list[str]) -> None:
    assert packs.paragraphs(words) == told
