"""Children and the grounds on which they are kept, in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from concordat.domain.base.agencies.queries import Area
from concordat.domain.practice.children import rules
from concordat.domain.practice.children.queries import Child, Known, StatedGround
from concordat.domain.practice.children.rules import Stated
from concordat.web.ui.parts import Fact, Link


def parts(current: str) -> list[Link]:
    pages = {"children": "Children by label", "areas": "Grounds by area"}
    return [
        Link(text, reverse(f"children:{route}"), current=route == current)
        for route, text in pages.items()
    ]


def area_line(area: Area, stated: Sequence[Stated], today: date) -> dict[str, Any]:
    lacks = rules.lacks(stated, today)
    return {
        "area": area,
        "href": reverse("children:grounds", args=[area.pk]),
        "lacks": lacks,
        "tag": ("Overdue", "Nothing can be kept") if lacks else ("Done", "Children can be kept"),
    }


def ground_line(row: StatedGround, today: date) -> dict[str, Any]:
    return {"row": row, "tag": _tag(row, today), "ended": row.ended_on is not None}


def _tag(row: StatedGround, today: date) -> tuple[str, str]:
    if row.ended_on and row.ended_on < today:
        return "Closed", "Ended"
    if row.from_day > today:
        return "Waiting", "Not begun"
    if row.review_by < today:
        return "Overdue", "To be looked at again"
    return ("Due soon", "Ends") if row.ended_on else ("Open", "Holds")


def about_ground(row: StatedGround) -> list[Fact]:
    return [
        Fact("What", str(row.ground).capitalize()),
        Fact("Who answers for it", row.holder),
        Fact("From", row.from_day),
        Fact("To be looked at again by", row.review_by),
    ]


def links(child: Child, current: str, *, key: bool) -> list[Link]:
    at = [child.record.reference]
    pages = {"child": "Child", "key": "Key to the labels"} if key else {"child": "Child"}
    found = [
        Link(text, reverse(f"children:{route}", args=at), current=route == current)
        for route, text in pages.items()
    ]
    return [
        *found,
        Link("History", reverse("records:history", args=at)),
        Link("About", reverse("records:record", args=at)),
    ]


def known_line(known: Known) -> dict[str, Any]:
    return {"known": known, "what": str(known.what).capitalize(), "ended": known.row.ended_on}
