"""Quotes, circles, numbers, and sections put together from plain rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.assurance.reports import rules
from concordat.domain.assurance.reports.rules import Ground, assemble, declared
from concordat.domain.assurance.reports.rules.blocks import BLOCKS, block
from concordat.domain.assurance.reports.rules.quoting import bare, filled, parted, quote
from concordat.kernel.errors import Invalid

UPDATE = declared("board-update")
assert UPDATE is not None
DAY = date(2019, 3, 29)


def ground(**rows: list[dict[str, Any]]) -> Ground:
    known: dict[str, list[dict[str, Any]]] = {
        "risks": [
            {"key": "cost", "title": "Unknown *cost*", "impact": "HIGH", "mitigations": ["Map it"]},
            {"key": "loss", "title": "Lost data", "impact": "LOW"},
        ],
        "bodies": [
            {
                "key": "executive",
                "name": "Executive",
                "kind": "executive",
                "functions": [],
                "composition": [],
                "rhythm": {"every": {"months": "2"}},
            }
        ],
        "steps": [{"key": "live", "title": "Go live", "date": "2019-09", "state": "planned"}],
        "comparators": [{"key": "review", "title": "A review", "average": 800_000}],
    }
    home = {"key": "here", "name": "Here", "about": ""}
    return Ground(home=home, on=DAY, rows=known | rows)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("risks:cost", "Unknown *cost*"),
        ("risks:cost.impact", "HIGH"),
        ("risks:cost.mitigations", "Map it"),
        ("bodies:executive.rhythm", "every 2 months"),
        ("steps:live.date", "September 2019"),
        ("comparators:review.average", "£8,000"),
        ("count:risks", "2"),
        ("count:risks.impact=HIGH", "1"),
        ("count:risks.impact=NONE", "0"),
        ("count:risks.mitigations=Map it", "1"),
        ("partnership:here", "Here"),
    ],
)
def test_a_quote_says_what_the_row_says(name: str, says: str) -> None:
    found = quote(name, ground())
    assert found is not None
    assert found.says == says


@pytest.mark.parametrize(
    "name", ["risks:none", "risks:cost.colour", "count:dragons", "count:risks.colour=red", "risks",
             "Risks:Cost", "risks:cost.impact=HIGH"],
)  # fmt: skip
def test_what_is_not_there_is_no_quote(name: str) -> None:
    assert quote(name, ground()) is None


def test_a_number_leads_to_its_rows() -> None:
    rows = rules.counted("count:risks.impact=HIGH", ground())
    assert [(kind, row["key"]) for kind, row in rows] == [("risks", "cost")]
    assert rules.counted("risks:cost", ground()) == []


def test_what_a_quote_says_is_never_markup_and_its_place_is_marked() -> None:
    text, quotes = filled("It is [[risks:cost]], of [[count:risks]].", ground(), {})
    assert bare(text) == r"It is Unknown \*cost\*, of 2."
    assert text.count(rules.CLOSE) == len(quotes) == 2
    assert [each.ref for each in quotes] == ["risks:cost", "count:risks"]


def test_marks_that_somebody_typed_are_taken_out() -> None:
    text, quotes = filled(f"{rules.OPEN}7{rules.OPEN}x{rules.CLOSE}{rules.OPEN}", ground(), {})
    assert (text, quotes) == ("x", [])


def test_what_is_not_known_by_the_day_is_said_to_be_so() -> None:
    text, _ = filled("Approved on [[decisions:march.date]].", ground(), {})
    assert r"\[not known by 29 March 2019\]" in text


def test_another_section_is_quoted_whole() -> None:
    texts = {"summary": "See: [[section:background]]", "background": "[[count:risks]] risks."}
    text, quotes = filled(texts["summary"], ground(), texts)
    assert bare(text) == "See: 2 risks."
    assert [each.name for each in quotes] == ["count:risks"]


def test_an_unknown_quote_names_section_line_and_what_comes_near() -> None:
    text = "First.\n\n[[risks:cots]], [[risks:cost.impct]] and [[section:sumary]]"
    with pytest.raises(Invalid) as told:
        rules.check_quotes(UPDATE, "summary", text, ground())
    said = [fault.message for fault in told.value.faults]
    mends = " ".join(fault.mend for fault in told.value.faults)
    assert len(said) == 3
    assert all(each.startswith("“Executive summary”, line 3:") for each in said)
    assert "[[risks:cost]]" in mends
    assert "[[risks:cost.impact]]" in mends


def test_what_is_there_is_not_refused() -> None:
    text = "[[risks:cost.impact]] [[count:risks]] [[section:background]] [[partnership:here.name]]"
    rules.check_quotes(UPDATE, "summary", text, ground())


def test_a_circle_is_told_once_with_its_way() -> None:
    texts = {
        "summary": "a\n[[section:background]]",
        "background": "[[section:products]]",
        "products": "[[section:summary]]",
        "risks": "[[section:summary]]",
    }
    (found,) = [fault for _, fault in rules.circles(UPDATE, texts)]
    assert found.message == (
        "“Executive summary”, line 2: it quotes itself, by way of “Background”, "
        "“Works to date” and “Executive summary”."
    )
    assert not list(rules.circles(UPDATE, {"risks": "[[section:summary]]", "summary": "x"}))


def test_sections_that_quote_one_another_may_not_grow_without_end() -> None:
    quoted = {f"s{n}": f"[[section:s{n + 1}]] " * 30 for n in range(4)} | {"s4": "[[count:risks]]"}
    found = [fault.message for _, fault in rules.tangles(UPDATE, quoted)]
    assert found[0].startswith("“s0” quotes 810,000 facts")
    assert not rules.tangles(UPDATE, {"s3": quoted["s3"], "s4": quoted["s4"]})


def test_many_sections_that_quote_one_another_are_gone_through_once() -> None:
    """Every section quotes every later one: there are millions of ways, and no circle."""
    later = {n: "".join(f"[[section:s{m}]]" for m in range(n + 1, 24)) for n in range(24)}
    assert not list(rules.circles(UPDATE, {f"s{n}": text for n, text in later.items()}))


def test_a_number_by_a_field_that_no_row_has_is_refused() -> None:
    with pytest.raises(Invalid) as told:
        rules.check_quotes(UPDATE, "summary", "[[count:risks.impct=HIGH]]", ground())
    assert told.value.faults[0].mend == "Did you mean [[count:risks.impact=HIGH]]?"
    rules.check_quotes(UPDATE, "summary", "[[count:none.impct=HIGH]]", ground(none=[]))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("by", "Ofsted/CQC", "Ofsted/CQC"),
        ("title", "risks: many of them", "risks: many of them"),
        ("title", "risks:cost", "Unknown *cost*"),
        ("parts", {}, ""),
        ("parts", {"risk_and": "Two.", "summary": ""}, "risk and: Two"),
    ],
)
def test_a_field_is_told_in_words(name: str, value: Any, says: str) -> None:
    assert rules.of_row(ground(), name, value) == says


def test_what_a_row_follows_is_told_by_its_title_not_by_its_key() -> None:
    papers = [{"key": "update-february", "title": "Update for February"}]
    there = ground(papers=papers)
    assert rules.of_row(there, "follows", "update-february", "papers") == "Update for February"
    assert rules.of_row(there, "follows", "update-march", "papers") == "update march"
    assert rules.of_row(there, "follows", "update-february") == "update-february"


def test_a_section_may_not_quote_itself() -> None:
    assert list(rules.circles(UPDATE, {"summary": "[[section:summary]]"}))


def test_every_block_that_a_section_names_is_there_and_copes_with_nothing() -> None:
    empty = Ground(home={"key": "here", "name": "Here", "about": ""}, on=DAY, rows={})
    for report in rules.DECLARED:
        for section in report.sections:
            for name in section.blocks:
                block(name, empty)
        assert len({each.key for each in report.sections}) == len(report.sections)
    assert {name for r in rules.DECLARED for s in r.sections for name in s.blocks} == BLOCKS


def test_a_section_without_anything_says_so() -> None:
    made = assemble(UPDATE, ground(), {})
    (block,) = made.part("integration").blocks
    assert block.empty == "Nothing is on record under this heading."


def test_a_finding_stands_with_its_subject_and_none_is_lost() -> None:
    rows = {
        "findings": [
            {
                "key": "owner",
                "subject": "risks:cost",
                "finding": "No owner.",
                "against": "A plan",
            },
            {"key": "lost", "subject": "laws:none", "finding": "Nobody knows."},
        ],
        "questions": [{"key": "who", "subject": "comparators:review", "question": "Who pays"}],
    }
    made = assemble(UPDATE, ground(**rows), {"summary": "Of [[comparators:review]]."})
    at = {part.section.key: part.blocks[-1] for part in made.parts if part.flaws}
    assert {key: [row.cells[0] for row in block.rows] for key, block in at.items()} == {
        "budget-and-legal": ["Open question: Who pays?"],
        "risks": ["No owner. (Against: A plan)"],
        "left-open": ["Nobody knows."],
    }


def test_a_statement_of_no_topic_of_its_own_stands_in_the_section_for_every_other() -> None:
    rows = {
        "statements": [
            {"key": "odd", "topic": "Weather", "says": "It rains.", "law": ""},
            {"key": "money", "topic": "Finance", "says": "It costs.", "law": "An Act"},
        ]
    }
    made = assemble(UPDATE, ground(**rows), {})

    def said(key: str) -> list[str]:
        return [row.cells[0] for row in made.part(key).blocks[0].rows]

    assert said("arrangements") == ["It rains."]
    assert said("budget-and-legal") == ["It costs. (Relies on: An Act)"]


def test_a_report_is_told_in_plain_values_and_says_the_same_again() -> None:
    made, again = (assemble(UPDATE, ground(), {"summary": "x"}).told() for _ in range(2))
    assert made == again
    assert made["as_at"] == "2019-03-29"
    assert [each["key"] for each in made["sections"]] == [each.key for each in UPDATE.sections]


def test_parts_of_a_quote() -> None:
    made = parted("count:risks.impact=VERY HIGH")
    assert made == rules.Named("count", "risks", "impact", "VERY HIGH")
    assert parted("not a quote") is None
