"""What the pages of one partnership share: their sub-navigation, and words for what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from concordat.kernel.dates import Period, UncertainDate
from concordat.web.templatetags.ui import sub_navigation, tag
from concordat.web.ui.parts import Link

register = template.Library()

# The first seven stand in a row at a desk.
PARTS = (
    ("overview", "Overview", "agencies:partnership"),
    ("structure", "Structure", "arrangements:structure"),
    ("people", "People", "seats:people"),
    ("authority", "Matters and authority", "arrangements:authority"),
    ("arrangements", "Arrangements", "arrangements:versions"),
    ("policies", "Policies", "policies:policies"),
    ("risks", "Risks", "risks:registers"),
    ("programme", "Programme", "programme:overview"),
    ("transition", "Transition", "arrangements:transition"),
    ("money", "Money", "finance:money"),
    ("agencies", "Agencies", "agencies:agencies"),
    ("law", "Rules and days", "clocks:law"),
    ("reports", "Reports", "reports:reports"),
    ("findings", "Findings and open questions", "arrangements:findings"),
    ("files", "Files", "exchange:files"),
)
# Where a body stands, as a state that the pages have a tone for.
STANDING = {"in force": "Done", "shadow": "Waiting", "proposed": "Draft", "ended": "Closed"}


@register.inclusion_tag("ui/parts/sub_navigation.html")
def partnership_parts(home: Any, part: str) -> dict[str, Any]:
    links = [
        Link(text, href, key == part)
        for key, text, route in PARTS
        if (href := _address(route, home.slug))
    ]
    return sub_navigation("Partnership", links)


def _address(route: str, slug: str) -> str:
    try:
        return reverse(route, args=[slug])
    except NoReverseMatch:
        return ""


@register.inclusion_tag("arrangements/parts/found.html")
def found_about(home: Any, rows: Iterable[Any]) -> dict[str, Any]:
    """Findings and open questions about what a page shows, as a section of that page."""
    return {"rows": _found(home, rows)}


@register.inclusion_tag("arrangements/parts/found_lines.html")
def found_lines(home: Any, rows: Iterable[Any]) -> dict[str, Any]:
    """Findings and open questions about one row of a list, as small print below it."""
    return {"rows": _found(home, rows)}


def _found(home: Any, rows: Iterable[Any]) -> list[dict[str, str]]:
    page = _address("arrangements:findings", home.slug)
    return [
        {
            "text": text,
            "sort": "Open question" if asked else str(row.kind or "finding").capitalize(),
            "against": "" if asked else str(row.against),
            "source": str(row.source),
            "href": f"{page}#{'questions' if asked else 'findings'}-{row.key}",
        }
        for row in rows
        for asked, text in [_said(row)]
    ]


def _said(row: Any) -> tuple[bool, str]:
    """Whether it is a question, and what it says."""
    asked = str(getattr(row, "question", ""))
    return bool(asked), asked or str(row.finding)


@register.simple_tag
def standing(state: str) -> SafeString:
    """Where a body, role or row stands: proposed, shadow, in force or ended."""
    return tag(STANDING.get(state, "Draft"), (state or "not stated").capitalize())


@register.filter
def stated(text: str) -> str:
    """A kept date in the words of its own precision; nothing for none."""
    return str(UncertainDate.parse(text)) if text else ""


@register.filter
def span(period: Period) -> str:
    """1 May 2019 to 3 June 2020; since 1 May 2019; until 2020; nothing if open at both ends."""
    if period.start and period.end:
        return f"{period.start} to {period.end}"
    if period.start:
        return f"since {period.start}"
    return f"until {period.end}" if period.end else ""
