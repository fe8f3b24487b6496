"""A text of sections and blocks of facts, as it was told in plain values, made ready for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from concordat.craft import narrative

WIDE = 6
"""Columns from which on a row is told as a list of facts: no page is wide enough for them."""
Href = Callable[[str], str]


def nowhere(ref: str) -> str:
    """For readers who have no page to be led to."""
    return ""


def sections(told: Mapping[str, Any], href: Href = nowhere) -> list[dict[str, Any]]:
    """The sections: narrative as markup, facts with the address that `href` has for their row."""
    return [
        {
            "key": each["key"],
            "title": each["title"],
            "html": html_of(each["text"]),
            "blocks": [block(one, href) for one in each["blocks"]],
        }
        for each in told["sections"]
    ]


def html_of(text: str) -> SafeString:
    return mark_safe(narrative.to_html(text, below=2)) if text else SafeString()  # noqa: S308


def block(told: Mapping[str, Any], href: Href = nowhere) -> dict[str, Any]:
    rows = [
        {"cells": row["cells"], "key": row["key"], "href": href(row["ref"])} for row in told["rows"]
    ]
    wide = str(told["shape"]) == "table" and len(told["columns"]) >= WIDE
    picture = told.get("picture")
    return {
        **told,
        "rows": rows,
        "shape": "listed" if wide else str(told["shape"]),
        "drawing": _drawing(told["title"], picture) if picture else "",
    }


def _drawing(title: str, picture: Mapping[str, Any]) -> SafeString:
    from concordat.craft.org_chart import Node, org_chart

    nodes = [Node(**each) for each in picture["nodes"]]
    edges = [(one, other) for one, other in picture["edges"]]
    return mark_safe(org_chart(nodes, edges, title=title))  # noqa: S308 - craft escapes its texts
