"""Bars say their numbers in words too, and are told apart without colour."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from concordat.craft.bars import Bar, bars
from concordat.kernel.errors import Invalid

PARTS = (("In time", "done"), ("Late", "soon"), ("Overdue", "late"))
SPACE = "{http://www.w3.org/2000/svg}"


def drawn(*rows: Bar) -> ElementTree.Element:
    svg = bars(rows, PARTS, title="Most were in time", desc="By agency")  # type: ignore[arg-type]
    return ElementTree.fromstring(svg)  # noqa: S314 - we drew it


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SPACE}text")]


def test_every_bar_says_its_numbers() -> None:
    told = texts(drawn(Bar("Health & co <Trust>", (3, 1, 0)), Bar("Police", (0, 0, 0))))
    assert {"In time", "Late", "Overdue", "Health & co <Trust>", "3 + 1", "Police", "0"} <= set(
        told
    )


def test_a_bar_is_as_long_as_its_number() -> None:
    root = drawn(Bar("One", (1, 0, 0)), Bar("Four", (4, 0, 0)))
    widths = [float(each.get("width", 0)) for each in root.iter(f"{SPACE}rect")][4:]
    assert widths[1] == pytest.approx(4 * widths[0])


def test_nothing_is_no_error() -> None:
    assert texts(drawn(Bar("Nobody", (0, 0, 0))))


@pytest.mark.parametrize("values", [(1, 2), (1, 2, -3)])
def test_what_does_not_fit_is_refused(values: tuple[int, ...]) -> None:
    with pytest.raises(Invalid):
        drawn(Bar("One", values))
