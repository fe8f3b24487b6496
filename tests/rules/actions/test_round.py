"""Rows that come back: every cell is either untouched, changed, or a conflict, and none is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.actions.rules import round as sheets
from concordat.domain.base.actions.rules.round import Given, Here, Line, Part

KEY = b"a key of this test alone"
TODAY = date(2019, 3, 29)
BASE = dict.fromkeys(sheets.CHANGEABLE, "") | {
    sheets.STATE: "Open",
    sheets.STANDING: "On track",
    sheets.WORD: "Begun",
    sheets.DUE: "2019-04-26",
}


def came_back(now: dict[str, str], **theirs: str) -> Line:
    """A row that was given out as BASE, filled in with `theirs`, while here it became `now`."""
    marked = sheets.mark(KEY, "X-A-0001", "Do it", BASE)
    texts = BASE | {NAMES[name]: text for name, text in theirs.items()}
    texts |= {sheets.REFERENCE: "X-A-0001", sheets.WHAT: "Do it", sheets.MARK: marked}
    row = Given("Actions!A2", texts, {title: f"Actions!{title}" for title in texts})
    here = Here("Do it", BASE | now, due=date(2019, 4, 26))
    (line,) = sheets.judge(KEY, [row], {"X-A-0001": here}, TODAY)
    return line


NAMES = {
    "word": sheets.WORD,
    "standing": sheets.STANDING,
    "due": sheets.DUE,
    "why": sheets.WHY_LATER,
}
WORDS = st.sampled_from(["Begun", "Going well", "Late", "Begun  ", " Going well"])


@given(theirs=WORDS, ours=WORDS)
def test_a_cell_is_one_of_three_things(theirs: str, ours: str) -> None:
    line = came_back({sheets.WORD: ours}, word=theirs)
    changed, moved = theirs.strip() != "Begun", ours.strip() != "Begun"
    differs = theirs.strip() != ours.strip()
    assert [cell.clash for cell in line.cells] == ([moved] if changed and differs else [])
    assert bool(line.parts) == (changed and differs and not moved)


def test_a_clash_leaves_its_part_and_lets_the_others_be_done() -> None:
    line = came_back({sheets.WORD: "Ours"}, word="Theirs", due="31 May 2019", why="Longer")
    assert set(line.parts) == {Part.EXTEND}
    assert [cell.title for cell in line.changes] == [sheets.DUE, sheets.WHY_LATER]
    assert line.parts[Part.EXTEND][sheets.DUE] == "2019-05-31"


@pytest.mark.parametrize("day", ["31 May 2019", "2019-05-31", "31/05/2019"])
def test_a_day_may_be_written_as_people_do(day: str) -> None:
    line = came_back({}, due=day, why="Longer")
    assert line.parts[Part.EXTEND][sheets.DUE] == "2019-05-31"


def test_a_choice_may_be_written_in_small_letters() -> None:
    line = came_back({}, standing="blocked", word="No money")
    assert line.parts[Part.UPDATE][sheets.STANDING] == "Blocked"


def test_another_key_knows_no_row() -> None:
    marked = sheets.mark(b"another", "X-A-0001", "Do it", BASE)
    texts = BASE | {sheets.REFERENCE: "X-A-0001", sheets.WHAT: "Do it", sheets.MARK: marked}
    row = Given("Actions!A2", texts, {title: title for title in texts})
    (line,) = sheets.judge(KEY, [row], {"X-A-0001": Here("Do it", BASE)}, TODAY)
    assert line.problems
    assert not line.parts


@given(st.text(max_size=40))
def test_no_mark_breaks_the_reading(mark: str) -> None:
    texts = BASE | {sheets.REFERENCE: "X-A-0001", sheets.WHAT: "Do it", sheets.MARK: mark}
    row = Given("Actions!A2", texts, {title: title for title in texts})
    (line,) = sheets.judge(KEY, [row], {"X-A-0001": Here("Do it", BASE)}, TODAY)
    assert len(line.problems) == 1
