"""The colours can be read: ratios as WCAG 2.2 defines them, from the style sheet itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from concordat.kernel.errors import Invalid
from concordat.web import ui
from concordat.web.ui import brand

SHEETS = Path(str(ui.__file__)).parents[1] / "static/concordat/css"
TOKENS = dict(
    re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", (SHEETS / "tokens.css").read_text("utf-8"))
)

# What a person reads: 4.5 to 1. What a person only has to notice: 3 to 1.
READ = [
    *(("ink", ground) for ground in ("paper", "wash", "focus", "stripe", "stripe-2")),
    *(("ink-2", ground) for ground in ("paper", "wash", "soon-wash")),
    *(("link", ground) for ground in ("paper", "wash", "stripe", "stripe-2", "soon-wash")),
    *(("link", ground) for ground in ("late-wash", "held-wash", "done-wash")),
    *(("link-hover", ground) for ground in ("paper", "wash")),
    *((tone, f"{tone}-wash") for tone in ("late", "soon", "done", "held", "plain")),
    *((tone, "paper") for tone in ("late", "soon", "done", "held")),
    *(("ink", f"{tone}-wash") for tone in ("late", "soon", "done", "held", "plain")),
    *(("paper", ground) for ground in ("brand", "brand-2", "late")),
]
NOTICED = [
    *(("edge", ground) for ground in ("paper", "wash")),
    *(("brand", ground) for ground in ("paper", "wash")),
    *((tone, "paper") for tone in ("late", "soon", "done", "held")),
    ("focus", "brand-2"),
    ("focus", "ink"),
    ("ink", "focus"),
]
AGREED = {
    "ink": "#1b2a33",
    "ink-2": "#4a5a64",
    "line": "#d5dce0",
    "wash": "#f4f6f7",
    "brand": "#12436d",
    "brand-2": "#0b2e4c",
    "link": "#12557e",
    "late": "#a8201a",
    "late-wash": "#fbe9e7",
    "soon": "#6b4500",
    "soon-wash": "#fdf3dc",
    "done": "#1d6b45",
    "done-wash": "#e3f2ea",
    "held": "#54319f",
    "held-wash": "#eee8fa",
}
COLOURS = some.integers(0, 0xFFFFFF).map(lambda number: f"{number:06x}")


def light(colour: str) -> float:
    parts = [int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_tokens_are_those_agreed() -> None:
    assert {name: TOKENS[name] for name in AGREED} == AGREED


@pytest.mark.parametrize(("words", "ground"), READ)
def test_words_can_be_read(words: str, ground: str) -> None:
    assert ratio(TOKENS[words], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), NOTICED)
def test_shapes_can_be_seen(shape: str, ground: str) -> None:
    assert ratio(TOKENS[shape], TOKENS[ground]) >= 3


def test_no_sheet_names_a_typeface_that_is_not_ours() -> None:
    for sheet in SHEETS.glob("*.css"):
        text = sheet.read_text("utf-8")
        assert not re.search(r"GDS|Frutiger|@font-face|@import", text, re.IGNORECASE), sheet.name


def test_nothing_sticks_over_what_has_the_focus() -> None:
    for sheet in SHEETS.glob("*.css"):
        assert not re.search(r"position:\s*(sticky|fixed)", sheet.read_text("utf-8")), sheet.name


# --- a partnership's own colour


@given(COLOURS)
def test_any_chosen_colour_becomes_readable(chosen: str) -> None:
    accent, band = brand.pair(chosen)
    assert ratio(accent, TOKENS["paper"]) >= 4.5
    assert ratio(accent, TOKENS["wash"]) >= 4.5
    assert ratio(band, TOKENS["paper"]) >= 7
    assert ratio(band, TOKENS["focus"]) >= 3


@given(COLOURS)
def test_a_readable_colour_is_left_as_it_was_chosen(chosen: str) -> None:
    if brand.readable(chosen):
        assert brand.pair(chosen).accent == chosen


@pytest.mark.parametrize("told", ["", "red", "#12345", "#1234567", "12345g", "#fff"])
def test_what_is_no_colour_is_refused_with_how_to_mend_it(told: str) -> None:
    with pytest.raises(Invalid, match="six digits"):
        brand.hex_of(told)


@pytest.mark.django_db
def test_the_brand_sheet_is_a_style_sheet_for_ever(client: Client) -> None:
    answer = client.get("/brand/7a1f5c.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "--brand: #7a1f5c;" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/brand/red.css", "/brand/12436d%7D.css"])
def test_a_brand_that_is_no_colour_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
