"""Text to rows and back, by way of YAML and of sheets, to the byte."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.assurance.exchange.rules import (
    Cell,
    Chapter,
    PartnershipFile,
    Sheet,
    from_sheets,
    read,
    to_sheets,
    to_yaml,
)
from concordat.domain.assurance.exchange.rules.kinds_structure import Body, Partnership
from tests.rules.exchange.examples import HEAD, SEEDS, folder, one, through_sheets, whole

SECOND = (SEEDS.parents[1] / "tests/rules/exchange/two_counties.yaml").read_text("utf-8")


def given_files() -> list[dict[str, str]]:
    return [folder(SEEDS), {"all.yaml": SECOND}]


@pytest.mark.parametrize("files", given_files(), ids=["seeds", "second"])
def test_what_is_written_reads_back_to_the_same_rows_and_the_same_bytes(
    files: dict[str, str],
) -> None:
    file = whole(read(files))
    texts = to_yaml(file)
    back = whole(read(texts))
    assert back == file
    assert to_yaml(back) == texts


@pytest.mark.parametrize("files", given_files(), ids=["seeds", "second"])
def test_sheets_carry_everything(files: dict[str, str]) -> None:
    file = whole(read(files))
    back = whole(from_sheets(through_sheets(file)))
    assert to_yaml(back) == to_yaml(file)
    assert to_sheets(back) == to_sheets(file)


def test_the_files_of_the_seed_world_are_already_canonical() -> None:
    assert to_yaml(read(folder(SEEDS))) == folder(SEEDS)


def test_one_partnership_alone_is_written_without_a_folder() -> None:
    assert list(to_yaml(one("areas: [{key: a, name: A}]"))) == ["partnership.yaml"]


def test_rows_stand_by_their_order_and_then_by_key_wherever_they_came_from() -> None:
    areas = "areas: [{key: c, name: C}, {key: b, name: B, order: 2}]"
    file = read({"x/a.yaml": HEAD + areas, "x/b/c.yaml": "areas: [{key: a, name: A, order: 10}]"})
    assert [row.key for row in whole(file).chapters[0].rows["areas"]] == ["b", "a", "c"]


ODD = [
    "yes",
    "2019",
    "2019-03-29",
    "~",
    "null",
    "- a",
    "#no",
    "a: b",
    "a #b",
    "it's",
    '"quoted"',
    "{x}",
    "[x",
    "&a",
    "*a",
    "!a",
    "|",
    ">-",
    "%a",
    "@a",
    "`a`",
    "a\nb",
    "a\n\n b",
    "tab\there",
    "1e5",
    "0x1F",
    "=",
    "<<",
    "a:",
    "?",
    "word " * 60,
    "long" * 80,
    "\u00a0space",
    "back\\slash",
    "a\u0085b",
    "\U0001f600",
]


@pytest.mark.parametrize("told", ODD)
def test_odd_texts_survive(told: str) -> None:
    _survives(told)


@given(st.text(max_size=300))
def test_any_text_survives(told: str) -> None:
    _survives(told)


def _survives(told: str) -> None:
    """A text that the parser accepts comes back as it was accepted, by both ways."""
    sheet = Sheet.of("bodies", [["key", "name", "kind", "purpose"], ["a", "A", "panel", told]])
    head = Sheet.of("partnership", [["format", "key", "name"], ["1", "p", "P"]])
    file = from_sheets([head, sheet])
    if file.found:
        return
    assert read(to_yaml(file)) == file
    assert from_sheets(through_sheets(file)) == file


@given(st.lists(st.text("ab,;:#-'[]{} \u00e9", min_size=1, max_size=120), max_size=4))
def test_any_list_of_texts_survives(items: list[str]) -> None:
    told = tuple(" ".join(item.split()) for item in items if item.strip())
    body = Body(key="a", name="A", kind="panel", functions=told)
    chapter = Chapter(Partnership(key="p", name="P"), {"bodies": (body,)})
    back = read(to_yaml(PartnershipFile((chapter,))))
    assert back.found == ()
    assert back.chapters[0].of(Body) == (body,)


def test_no_line_is_longer_than_a_hundred_characters_where_it_could_be_folded() -> None:
    for name, told in folder(SEEDS).items():
        for line in told.splitlines():
            assert len(line) <= 100 or "{" in line, f"{name}: {line}"


def test_a_cell_of_a_sheet_is_read_as_people_see_it() -> None:
    cells = [date(2019, 3, 29), datetime(2019, 3, 29, tzinfo=UTC), 12.0, 2.5, True, None, " a "]
    told = [Cell("A1", value).told for value in cells]
    assert told == ["2019-03-29", "2019-03-29", "12", "2.5", "yes", "", "a"]


def test_dates_and_sums_typed_in_many_ways_are_written_in_one() -> None:
    body = """
        costs:
        - {key: a, title: A, amount: "£8,000"}
        - {key: b, title: B, amount: 12.5}
        steps:
        - {key: c, title: C, step: other, date: 29 March 2019, until: Spring 2020}
    """
    texts = to_yaml(whole(one(body)))
    assert "amount: 8000\n" in texts["finance.yaml"]
    assert "amount: 12.50\n" in texts["finance.yaml"]
    assert "date: 2019-03-29\n" in texts["partnership.yaml"]
    assert "until: spring 2020\n" in texts["partnership.yaml"]
