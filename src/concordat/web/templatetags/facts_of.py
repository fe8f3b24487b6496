"""Blocks of facts whose columns a page does not know beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel.labels import slug
from concordat.web.templatetags.ui import drawn
from concordat.web.ui import tables
from concordat.web.ui.parts import Column

register = template.Library()


@register.simple_tag
def fact_table(block: Mapping[str, Any], within: str = "") -> SafeString:
    """A table of `columns` and `rows`; the first cell of a row leads to what it tells of.

    `within` tells it from a table of the same title elsewhere on the page.
    """
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in block["rows"]))
    heads = [Column(each) for each in block["columns"]]
    return drawn(
        "table",
        caption=block["title"],
        key=f"table-{within}-{slug(block['name'])}",
        columns=heads,
        body=mark_safe(tables.rows(str(body), block["title"], heads)),  # noqa: S308 - escaped above
        show="caption",
        layout="rows",
    )


def _cells(row: Mapping[str, Any]) -> SafeString:
    first, *rest = row["cells"]
    head = linked(first, row["href"])
    return format_html(
        "<td>{}</td>{}", head, format_html_join("", "<td>{}</td>", ((each,) for each in rest))
    )


@register.simple_tag
def linked(text: str, href: str) -> SafeString:
    """The words, as a link where there is an address."""
    if not href:
        return format_html("{}", text)
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)


@register.filter
def stated_cells(row: Mapping[str, Any], columns: list[str]) -> list[tuple[str, str]]:
    """The cells after the first that say something, each with its column."""
    pairs = zip(columns[1:], row["cells"][1:], strict=True)
    return [pair for pair in pairs if pair[1] != "Not stated"]
