"""The rules for a page's HTML catch what they should."""

from __future__ import annotations

import pytest

from tests.markup import faults_of

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Seats</title>{head}</head>
<body><h1>Seats</h1>{body}</body></html>
"""


def page(body: str = "", head: str = "") -> str:
    return PAGE.format(body=body, head=head)


def test_a_clean_page_has_no_fault() -> None:
    assert not faults_of(page('<p id="a">One</p><script src="x.js"></script>'))


@pytest.mark.parametrize(
    "html",
    [
        page("<p><div>unclosed</p>"),
        page("<span>unclosed"),
        page("<p>1 &nosuch; 2</p>"),
        page('<p id="a"></p><p id="a"></p>'),
        page("<h1>Another</h1>"),
        page('<p style="color: red">red</p>'),
        page('<button onclick="go()">Go</button>'),
        page("<script>go()</script>"),
        page(head="<style>p { color: red }</style>"),
        page().replace(' lang="en"', ""),
        page().replace("Seats</title>", "</title>"),
        page().replace("<!doctype html>\n", ""),
    ],
)
def test_each_fault_is_told(html: str) -> None:
    assert faults_of(html)
