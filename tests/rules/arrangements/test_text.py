"""Rules of the living text: blocks, quotes, checklists, differences, agreement, promises."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft import narrative
from concordat.craft.document import plain
from concordat.domain.base.clocks.rules import law
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.domain.governance.arrangements.rules.text import BLOCKS, blocks, keeping
from concordat.kernel.errors import Invalid
from tests.rules.arrangements.grounds import DAY, body, ground, row, seat

VERSION = {"key": "first", "title": "The Arrangements", "version": ""}
MEETS = body("executive", "Executive", rhythm="every 2 months")


def assembled(*written: rules.Written, **rows: Any) -> rules.Assembled:
    bodies = rows.pop("bodies", [MEETS])
    return rules.assemble(ground(*bodies, **rows), VERSION, written)


# --- blocks


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_block_of_nothing_says_so(name: str) -> None:
    made = blocks.block(name, ground())
    assert made.rows or made.empty.endswith(".")
    assert bool(made.empty) == made.is_bare


def test_every_block_of_a_section_is_built() -> None:
    assert {name for each in rules.ALL for name in each.blocks} == set(BLOCKS)


def test_every_line_of_the_law_has_a_section() -> None:
    items = {item.id for each in law().variants("ARR") for item in each.items}
    answered = {item for each in rules.ALL for item in each.items}
    assert items == answered


def test_an_unsettled_rhythm_and_a_vacant_seat_are_gaps() -> None:
    unsettled = "unsettled: Monthly/Quarterly | question: Which of them?"
    board = body(
        "board", "Board", seat("chair", "Chair", vacant=True, office="lead partner"),
        rhythm=unsettled,
    )  # fmt: skip
    found = ground(board)
    (line,) = blocks.bodies(found).rows
    assert "Not settled: “Monthly/Quarterly”" in line.cells
    assert [each.told for each in blocks.bodies(found).lacks] == ["Which of them?"]
    assert [each.ref for each in blocks.leads(found).lacks] == ["seats:chair"]


def test_a_class_without_a_partner_is_a_gap() -> None:
    partner = row("partners", "c", agency__key="c", agency__name="C", partner_class="council")
    told = [each.told for each in blocks.partners(ground(partners=[partner])).lacks]
    assert [each.split()[1] for each in told] == ["health", "police"]


def test_columns_in_which_nothing_is_said_are_left_out() -> None:
    made = blocks.areas(ground(areas=[row("areas", "a", name="Heath")]))
    assert made.columns == ("Area",)
    assert made.rows[0].cells == ("Heath",)


def test_a_released_promise_is_not_in_the_text_and_a_kept_one_is() -> None:
    rows = [
        row("promises", "a", promise="A", state="released", settled_on="2019-05-01"),
        row("promises", "b", promise="B", state="kept", settled_on="2019-05-01"),
        row("promises", "c", promise="C", lasts="at least two years"),
    ]
    made = blocks.promises(ground(promises=rows))
    assert [line.key for line in made.rows] == ["b", "c"]
    assert "Kept, 1 May 2019" in made.rows[0].cells
    assert [each.ref for each in made.lacks] == ["promises:c"]


def test_what_is_shared_and_stays_separate_is_said() -> None:
    other = {"key": "p", "name": "Programme", "kind": "shared programme", "time_limited": True,
             "from_text": "", "to_text": "2019-03", "is_member": False}  # fmt: skip
    found = ground(around=[other])
    limited, separate = blocks.block("limited", found), blocks.block("separate", found)
    assert limited.rows[0].cells == ("Programme", "For a limited time; until March 2019")
    assert "Here stays a partnership of its own" in separate.rows[0].cells[2]


@given(st.text(max_size=40), st.text(max_size=40))
def test_blocks_never_mind_what_a_name_holds(name: str, says: str) -> None:
    found = ground(
        body("b", name), relevant_agencies=[row("relevant_agencies", "r", name=name)],
        statements=[row("statements", "s", topic=name, says=says)],
    )  # fmt: skip
    told = rules.assemble(found, VERSION, []).told()
    assert rules.changes(told, told) == []


# --- statements and sections


@pytest.mark.parametrize(
    ("topic", "section"),
    [("Finance", "funding"), ("SCRUTINY ", "scrutiny"), ("Risk", "also-stated"),
     ("Child death review", "child-death"), ("Accountability", "partners")],
)  # fmt: skip
def test_a_statement_stands_where_its_topic_belongs(topic: str, section: str) -> None:
    said = row("statements", "s", topic=topic, says="Said.")
    live = assembled(statements=[said])
    holding = [
        part.section.key for part in live.parts for each in part.blocks if each.name == "statements"
    ]
    assert holding == [section]


def test_a_statement_of_another_version_stays_out() -> None:
    said = row("statements", "s", topic="Finance", says="Said.", arrangements__key="other")
    assert all(each.name != "statements" for part in assembled(statements=[said]).parts
               for each in part.blocks)  # fmt: skip


# --- quotes


def test_a_quote_follows_the_fact() -> None:
    words = rules.Written("who-we-are", "They meet [[bodies:executive.rhythm]].")
    assert assembled(words).part("who-we-are").filled == "They meet every 2 months."
    later = body("executive", "Executive", rhythm="every 3 months")
    assert "every 3 months" in assembled(words, bodies=[later]).part("who-we-are").filled


def test_what_is_quoted_never_acts_as_markup() -> None:
    bold = body("b", "**Bold** [x](https://e.org) <b>")
    made = assembled(rules.Written("area", "See [[bodies:b]]."), bodies=[bold])
    (block,) = narrative.read(made.part("area").filled)
    assert plain(block.runs) == "See **Bold** [x](https://e.org) <b>."  # type: ignore[union-attr]


def test_an_unknown_quote_is_named_with_near_ones() -> None:
    known = rules.quotes(ground(MEETS))
    with pytest.raises(Invalid) as told:
        rules.check_quotes("[[bodies:executive.rythm]] and [[bodies:executive]]", known)
    (fault,) = told.value.faults
    assert "[[bodies:executive.rhythm]]" in fault.mend


def test_a_quote_that_is_gone_is_told_and_kept_as_it_was_typed() -> None:
    part = assembled(rules.Written("area", "See [[bodies:gone]].")).part("area")
    assert part.unknown == ("bodies:gone",)
    (block,) = narrative.read(part.filled)
    assert plain(block.runs) == "See [[bodies:gone]]."  # type: ignore[union-attr]


def test_a_fact_that_is_not_stated_is_quoted_as_not_stated() -> None:
    assert rules.quotes(ground(MEETS))["bodies:executive.quorum"].says == "not stated"


# --- checklists


def checked(live: rules.Assembled, *placed: rules.Placed) -> dict[str, rules.Checked]:
    items = [rules.Item(f"ARR-P{number}", "") for number in range(1, 23)]
    return {each.item.key: each for each in rules.check(live, items, placed)}


def test_what_nobody_wrote_is_missing_though_the_law_stands_beside_it() -> None:
    found = checked(assembled())
    assert found["ARR-P2"].answered is rules.Answered.MISSING
    assert found["ARR-P12"].why == ("Thresholds and early help: nothing is written yet.",)


def test_words_that_are_not_marked_done_answer_partly_and_then_wholly() -> None:
    words = "The document says which help comes when."
    draft = checked(assembled(rules.Written("thresholds", words)))["ARR-P12"]
    assert draft.answered is rules.Answered.PARTLY
    done = checked(assembled(rules.Written("thresholds", words, done=True)))["ARR-P12"]
    assert (done.answered, done.why) == (rules.Answered.MET, ())


def test_a_finding_stands_open_until_the_section_is_done() -> None:
    area = [row("areas", "a", name="Heath")]
    finding = [row("findings", "f", subject="areas:a", finding="Named twice.")]
    spread = [row("footprints", "p", name="Panel", kind="policing")]
    rows: dict[str, Any] = {"areas": area, "findings": finding, "footprints": spread}
    found = checked(assembled(**rows))["ARR-P5"]
    assert (found.answered, len(found.findings)) == (rules.Answered.PARTLY, 1)
    done = rules.Written("area", "It is one area.", done=True)
    assert checked(assembled(done, **rows))["ARR-P5"].answered is rules.Answered.MET


def test_a_placement_answers_elsewhere_and_partly_because() -> None:
    words = rules.Written("voice", "We listen.", done=True)
    placed = rules.Placed("ARR-P12", "voice", rules.Extent.PARTLY, "Only for older children")
    found = checked(assembled(words), placed)["ARR-P12"]
    assert found.answered is rules.Answered.PARTLY
    assert "Voice of children and families: Only for older children" in found.why


def test_what_is_not_verified_is_never_told_as_law() -> None:
    items = rules.of_law(law().items("ARR", on=DAY), DAY)
    by_key = {each.key: each for each in items}
    assert (by_key["ARR-P15"].force, by_key["ARR-P15"].doubt) == ("", "Not verified")
    assert by_key["ARR-P1"].force == "statute"
    assert "ARR-P17" not in by_key
    assert "ARR-P18" in {each.id for each in law().items("ARR", on=date(2024, 6, 1))}


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Statement of how the old board's workload will migrate", "transition"),
        ("How local serious case review will be delivered and systems learning", "local-reviews"),
        ("Structure of the working groups", "structure"),
        ("Key governance and reporting arrangements", "other-boards"),
        ("That the priorities shared are time-limited", "limits"),
    ],
)
def test_a_local_promise_is_placed_by_its_words(words: str, section: str) -> None:
    (item,) = rules.of_contents([words])
    assert section in rules.defaults(item)


def test_a_local_promise_that_fits_nowhere_asks_to_be_placed() -> None:
    (item,) = rules.of_contents(["Something else"])
    (found,) = rules.check(assembled(), [item], [])
    assert found.answered is rules.Answered.MISSING
    assert found.why == ("No section answers it yet. Place it in one.",)


# --- differences


def test_facts_differ_row_by_row_and_words_by_paragraph() -> None:
    words = "First.\n\nSecond.\n\nThird."
    before = assembled(rules.Written("area", words), areas=[row("areas", "a", name="Heath")])
    after = assembled(
        rules.Written("area", words.replace("Second", "Another")),
        areas=[row("areas", "a", name="Heath", kind="borough"), row("areas", "b", name="Moor")],
    )
    found = rules.changes(before.told(), after.told())
    assert [(each.what, each.kind, each.before, each.after) for each in found] == [
        ("What is written", rules.Kind.CHANGED, "Second.", "Another."),
        ("Areas: Heath", rules.Kind.CHANGED, "Kind: not stated", "Kind: Borough"),
        ("Areas: Moor", rules.Kind.ADDED, "", "Area: Moor"),
    ]
    back = rules.changes(after.told(), before.told())
    assert [each.kind for each in back] == ["changed", "changed", "removed"]


def test_another_day_alone_is_no_difference() -> None:
    told = assembled().told()
    assert rules.changes(told, {**told, "as_at": "2020-01-01"}) == []


def test_a_section_that_comes_or_goes_is_told() -> None:
    words = rules.Written("disputes", "We ask the scrutineer.")
    (change,) = rules.changes(assembled().told(), assembled(words).told())
    assert (change.section, change.kind, change.is_narrative) == ("disputes", "added", True)


# --- agreement


COUNCIL, HEALTH, POLICE, FORCE = (UUID(int=each) for each in range(1, 5))
SEATS = {COUNCIL: [UUID(int=11), UUID(int=12)], HEALTH: [UUID(int=13)], POLICE: [UUID(int=14)]}


def parties(*more: UUID) -> list[rules.Party]:
    named = [(COUNCIL, "Council"), (HEALTH, "Health"), (POLICE, "Police"), (COUNCIL, "Council")]
    return rules.parties_of([*named, *((each, f"Force {each.int}") for each in more)], SEATS)


@pytest.mark.parametrize(
    ("signed", "more", "told"),
    [
        ((11, 13, 14), (), ""),
        ((12, 13, 14), (), ""),
        ((11, 12), (), "Health and Police have not signed."),
        ((11, 13, 14), (FORCE,), "Force 4 has not signed."),
        ((), (), "Council, Health and Police have not signed."),
    ],
)
def test_one_seat_of_every_partner_signs(
    signed: tuple[int, ...], more: tuple[UUID, ...], told: str
) -> None:
    verdict = rules.is_agreed(parties(*more), {UUID(int=each) for each in signed})
    assert bool(verdict) == (not told)
    assert told in str(verdict)


def test_without_partners_nobody_can_agree() -> None:
    assert not rules.is_agreed([], {UUID(int=11)})


def test_the_first_seat_of_each_is_asked_and_a_silent_partner_named() -> None:
    asked, silent = rules.signers(parties(FORCE))
    assert asked == [UUID(int=11), UUID(int=13), UUID(int=14)]
    assert silent == ["Force 4"]


def test_what_a_change_would_void_is_counted() -> None:
    assert rules.void_warning(0) == ""
    assert rules.void_warning(1).startswith("1 sign-off ")
    assert rules.void_warning(2).startswith("2 sign-offs ")


# --- promises and passages


@pytest.mark.parametrize(
    ("lasts", "begins", "ends"),
    [
        ("at least two years", date(2019, 9, 1), date(2021, 8, 31)),
        ("the first two years", date(2020, 2, 29), date(2022, 2, 28)),
        ("18 months", date(2019, 9, 29), date(2021, 3, 28)),
        ("six weeks", date(2019, 9, 1), date(2019, 10, 12)),
        ("one month", date(2019, 1, 31), date(2019, 2, 28)),
        ("as long as it takes", date(2019, 9, 1), None),
    ],
)
def test_the_last_day_of_a_time(lasts: str, begins: date, ends: date | None) -> None:
    assert keeping.last_day(lasts, begins) == ends


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30), st.booleans())
def test_a_passage_is_told_apart_by_its_words(one: str, other: str, done: bool) -> None:
    assert rules.mark_of("", None) == 0
    assert rules.mark_of(one, done) > 0
    assert (rules.mark_of(one, done) == rules.mark_of(other, done)) == (one == other)


@pytest.mark.parametrize("stage", list(rules.Stage))
def test_only_what_is_not_published_can_change(stage: rules.Stage) -> None:
    writable = stage in rules.WRITTEN_IN
    assert writable == (
        stage in (rules.Stage.DRAFT, rules.Stage.COMMENT, rules.Stage.AGREEMENT, rules.Stage.AGREED)
    )
    if stage in rules.SIGNED_IN:
        assert rules.STATES.after(stage, "change") is rules.Stage.DRAFT
