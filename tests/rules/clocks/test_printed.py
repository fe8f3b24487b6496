"""The printed law."""

from datetime import date
from pathlib import Path

import pytest

from concordat.domain.base.clocks.rules import (
    Law,
    Verification,
    digest,
    to_markdown,
    with_verifications,
)

PAGE = Path(__file__).parents[3] / "docs" / "law.md"


def test_the_page_in_docs_matches_the_rows(the_law: Law, request: pytest.FixtureRequest) -> None:
    page = to_markdown(the_law)
    if request.config.getoption("--redraw", default=False):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page, "Write docs/law.md again: docs/formats/law.md says how."


def test_every_row_and_line_is_printed(the_law: Law) -> None:
    page = to_markdown(the_law)
    assert not [rule.id for rule in the_law.rules if f"### {rule.id}" not in page]
    lines = [item.id for rule in the_law.rules for item in rule.items]
    assert not [line for line in lines if f"| {line} |" not in page]


def part(page: str, title: str) -> str:
    return page.split(f"### {title}")[1].partition("###")[0]


def test_standing_is_printed_beside_each_row(the_law: Law) -> None:
    page = to_markdown(the_law)
    assert "- Standing: **not verified**" in part(page, "LC-ADVANCE")
    assert "- Standing: verified; **not verified** from 19 March 2026" in part(page, "SIN-CRIT")
    assert "- Standing: verified (read" in part(page, "TR-PUBLISH")
    assert "awaits commencement" in part(page, "MACPT")


def test_deadlines_are_printed_in_words(the_law: Law) -> None:
    page = to_markdown(the_law)
    assert "- When: 7 working days back from: the planned day" in part(page, "LC-ADVANCE")
    assert "at the latest 29 September 2020" in part(page, "TR-SCR")
    assert "- When: by 30 September each year" in part(page, "YR-DATE")
    assert "- When: by December 2024" in part(page, "TR-WT23")
    assert "- When: not before 30 calendar days from" in part(page, "NRM-CG")


def test_a_recorded_check_is_printed(the_law: Law) -> None:
    day = date(2019, 3, 29)
    row = the_law.rule("LC-ADVANCE", on=day)
    record = Verification(
        row.id, row.version, digest(row), "legal adviser", "the regulations", day, confirmed=True
    )
    page = to_markdown(with_verifications(the_law, [record]))
    told = part(page, "LC-ADVANCE")
    assert "- Standing: verified (checked by legal adviser" in told
    assert "against the regulations, 29 March 2019" in told
