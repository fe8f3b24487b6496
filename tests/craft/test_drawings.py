"""Drawings: well formed, named, within the strict policy, legible and stable."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from concordat.craft import pictures
from concordat.craft.org_chart import Node, org_chart
from concordat.craft.svg import (
    CALM,
    Bar,
    Lane,
    Mark,
    Palette,
    bars,
    contrast,
    element,
    figure,
    shape,
    text_width,
    timeline,
    wrapped,
)
from concordat.kernel.errors import Invalid
from tests.craft.examples import NASTY, chart, strip

SVG = "{http://www.w3.org/2000/svg}"


def sums() -> str:
    rows = [Bar("Council", 54000, "\u00a354,000"), Bar("Police", 0, "\u00a30", "late", "late")]
    return bars(rows, title="The council pays most", desc="Council 54,000, police nothing.")


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box of a chart."""
    groups = fromstring(svg).findall(f"{SVG}g")
    found = []
    for rect in (group.find(f"{SVG}rect") for group in groups):
        assert rect is not None
        x, y, width, height = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
        found.append((x, y, x + width, y + height))
    return found


@pytest.mark.parametrize("draw", [chart, strip, sums])
def test_a_drawing_is_named_and_within_the_policy(draw: Callable[[], str]) -> None:
    svg = draw()
    tree = fromstring(svg)
    assert tree.get("role") == "img"
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert tree.get("aria-labelledby", "").split() == ids
    assert [tree[0].tag, tree[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert tree[0].text
    assert tree[1].text
    assert not [each for each in tree.iter() if each.get("style") or each.tag == f"{SVG}style"]
    assert not re.search(r"<script|\son\w+=|href|url\(", svg)
    assert svg == draw()


@pytest.mark.parametrize("draw", [chart, strip, sums])
def test_a_drawing_stays_within_its_frame(draw: Callable[[], str]) -> None:
    svg = draw()
    with Image.open(BytesIO(pictures.to_png(svg, zoom=1))) as drawn:
        grey = drawn.convert("L")
        width, height = grey.size
        edges = [grey.crop((0, 0, width, 2)), grey.crop((0, height - 2, width, height))]
        assert all(edge.getextrema()[0] > 200 for edge in edges)
        assert len(grey.getcolors() or []) > 20


def test_text_is_text() -> None:
    svg = org_chart([Node("a", NASTY, NASTY, NASTY)], [], title=NASTY, desc=NASTY)
    tree: Element = fromstring(svg)
    assert tree[0].text == tree[1].text == NASTY
    assert "<b>" not in "".join(each.tag for each in tree.iter())
    said = "".join(each.text or "" for each in tree.iter(f"{SVG}text"))
    assert "".join(said.split()).count("".join(NASTY.split())) == 4


def test_an_element_refuses_style_and_script() -> None:
    for attributes in ({"style": "fill:red"}, {"onclick": "x()"}):
        with pytest.raises(ValueError, match="no style and no script"):
            element("rect", **attributes)
    assert element("rect", stroke_width=1.50, rx=None, class_='a"b') == (
        '<rect stroke-width="1.5" class="a&quot;b"/>'
    )


def test_every_colour_can_be_seen() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    for name in ("ink", "second", "brand", "late", "soon", "done", "held"):
        assert contrast(getattr(CALM, name), CALM.wash) >= 3
    with pytest.raises(Invalid, match="brand: #ffe000 is too close to the paper"):
        Palette(brand="#ffe000")
    with pytest.raises(Invalid, match="'navy' is not a colour"):
        Palette(brand="navy")


def test_signs_differ_without_colour() -> None:
    tones = ("plain", "late", "soon", "done", "held")
    drawn = {re.sub(r"#\w{6}", "#", shape(tone, 10, 10)) for tone in tones}
    hollow = {shape(tone, 10, 10).replace(CALM.tone(tone), "#") for tone in ("plain", "done")}
    assert len(drawn) >= 4
    assert len(hollow) == 2


@given(st.text(max_size=200), st.floats(40, 400))
def test_wrapping_loses_nothing_and_fits(text: str, width: float) -> None:
    lines = wrapped(text, 14, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 14) <= width for line in lines)


def test_the_estimate_of_text_is_never_far_below_the_font() -> None:
    from fontpkg_noto_sans import ROOT
    from PIL import ImageFont

    font = ImageFont.truetype(str(next((ROOT / "files").glob("NotoSans[[]*"))), 100)
    for text in (
        "Executive group",
        "Monthly until 29 September 2019",
        "WILLIAM",
        "illicit",
        "\u00a354,000",
    ):
        assert font.getlength(text) / 100 * 0.97 <= text_width(text, 1) <= font.getlength(text) / 60


def test_a_child_of_two_parents_is_below_both() -> None:
    nodes = [Node(key, key) for key in "abcd"]
    top = {
        text: y
        for (_, y, _, _), text in zip(
            boxes(org_chart(nodes, [("a", "c"), ("b", "c"), ("c", "d"), ("a", "d")], title="t")),
            "abcd",
            strict=True,
        )
    }
    assert top["a"] == top["b"] < top["c"] < top["d"]


def test_states_are_told_by_line_and_word() -> None:
    svg = chart()
    assert "stroke-dasharray" in svg
    for word in ("in force", "proposed", "ended"):
        assert svg.count(f">{word}<") >= 2
    assert "Executive group (proposed) under Council Cabinet and Health governing body" in svg


edges = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=50)


@settings(deadline=None, max_examples=30)
@given(edges, st.integers(2, 8))
def test_no_two_boxes_touch_and_all_are_inside(pairs: list[tuple[int, int]], across: int) -> None:
    links = [(f"k{min(a, b)}", f"k{max(a, b)}") for a, b in pairs if a != b]
    nodes = [Node(f"k{n}", f"Body number {n}", "Monthly", "in force") for n in range(25)]
    svg = org_chart(nodes, links, title="t", across=across)
    found = boxes(svg)
    assert len(found) == 25
    width, height = pictures.size(svg)
    for left, top, right, bottom in found:
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height
    for one, other in combinations(found, 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart


def test_a_circle_and_an_unknown_box_are_named() -> None:
    nodes = [Node("a", "A"), Node("b", "B"), Node("c", "C")]
    with pytest.raises(Invalid, match="circle through 'b', 'c'"):
        org_chart(nodes, [("a", "b"), ("b", "c"), ("c", "b")], title="t")
    with pytest.raises(Invalid, match="circle through 'a'"):
        org_chart(nodes, [("a", "a")], title="t")
    with pytest.raises(Invalid, match="unknown box 'x'"):
        org_chart(nodes, [("a", "x")], title="t")
    with pytest.raises(Invalid, match="same key"):
        org_chart([*nodes, Node("a", "A")], [], title="t")
    with pytest.raises(Invalid, match="at least one box"):
        org_chart([], [], title="t")


def places(svg: str) -> dict[str, float]:
    return {
        each.text or "": float(each.get("x", "0")) for each in fromstring(svg).iter(f"{SVG}text")
    }


def test_a_timeline_is_in_order_of_days_and_marks_today() -> None:
    marks = [Mark(date(2019, month, 1), f"m{month}") for month in (9, 1, 5)]
    svg = timeline([Lane("Row", marks)], title="t", desc="d", today=date(2019, 3, 29))
    found = places(svg)
    assert found["m1"] < found["Today, 29 March 2019"] < found["m5"] < found["m9"]
    assert "Jan 2019" in found or "Feb 2019" in found


@settings(deadline=None, max_examples=40)
@given(st.lists(st.dates(), min_size=1, max_size=12), st.dates())
def test_a_timeline_takes_any_days(days: list[date], today: date) -> None:
    rows = [Lane("Row", [Mark(day, f"d{n}") for n, day in enumerate(days)])]
    svg = timeline(rows, title="t", desc="d", today=today)
    width, _ = pictures.size(svg)
    assert {f"d{n}" for n in range(len(days))} <= set(places(svg))
    assert all(0 <= x <= width for x in places(svg).values())


def test_labels_of_one_lane_never_overlap() -> None:
    marks = [Mark(date(2019, 3, day), f"Something was due on day {day}") for day in range(1, 29)]
    svg = timeline([Lane("Row", marks)], title="t", desc="d")
    spans: dict[float, list[tuple[float, float]]] = {}
    for each in fromstring(svg).iter(f"{SVG}text"):
        if (each.text or "").startswith("Something"):
            wide = text_width(each.text or "", 13)
            x = float(each.get("x", "0")) - (wide if each.get("text-anchor") == "end" else 0)
            spans.setdefault(float(each.get("y", "0")), []).append((x, x + wide))
    assert sum(map(len, spans.values())) == 28
    for row in spans.values():
        assert all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(row, 2))


def test_nothing_to_draw_is_told() -> None:
    with pytest.raises(Invalid, match="at least one date"):
        timeline([Lane("Row", [])], title="t", desc="d")
    backwards = Mark(date(2019, 2, 1), "x", date(2019, 1, 1))
    with pytest.raises(Invalid, match="ends before it starts"):
        timeline([Lane("Row", [backwards])], title="t", desc="d")
    for rows in ([], [Bar("a", -1, "-1")], [Bar("a", float("nan"), "?")]):
        with pytest.raises(Invalid, match="Bars need"):
            bars(rows, title="t", desc="d")
    with pytest.raises(Invalid, match="title that states its message"):
        figure(" ", "d", 10, 10, "")


def test_bars_are_in_proportion() -> None:
    rows = [Bar("a", 50, "50"), Bar("b", 25, "25"), Bar("c", 0, "0")]
    rects = fromstring(bars(rows, title="t", desc="d")).findall(f"{SVG}rect")[1:]
    wide = [float(each.get("width", "-1")) for each in rects]
    assert wide[0] == pytest.approx(2 * wide[1], abs=0.2)
    assert wide[2] == 0
