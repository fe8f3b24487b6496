"""The manual's example loads, and its tables are drawn from the kinds."""

from __future__ import annotations

import re

import pytest

from concordat.domain.assurance.exchange.rules import read
from concordat.domain.assurance.exchange.rules.manual import to_markdown
from tests.rules.exchange.examples import ROOT, again, whole

PAGE = ROOT / "docs" / "formats" / "partnership.md"
HEADING = "## All kinds and fields\n\n"


def test_the_worked_example_has_no_fault_and_comes_back_the_same() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    file = whole(read({"example.yaml": example}))
    assert again(file) == file


def test_the_tables_are_those_of_the_kinds(request: pytest.FixtureRequest) -> None:
    written, heading, tables = PAGE.read_text(encoding="utf-8").partition(HEADING)
    assert heading
    if request.config.getoption("--redraw", default=False):
        PAGE.write_text(written + heading + to_markdown(), encoding="utf-8")
        return
    assert tables == to_markdown()


def test_each_rhythm_of_the_manual_can_be_written() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = re.findall(r"`(\{[a-z_]+: .*?\})`", page)
    assert len(told) >= 8
    head = "format: 1\npartnership: {key: p, name: P}\nbodies:\n"
    rows = [f"- {{key: b{n}, name: B, kind: panel, rhythm: {each}}}" for n, each in enumerate(told)]
    whole(read({"p.yaml": head + "\n".join(rows)}))
