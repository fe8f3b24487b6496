"""Rows written as plain `tr` and `td` become a table that is labelled, scoped and reflows.

The author of a page writes the cells; this adds the caption, the headers with their scope, the
row header, the label that each cell shows on a phone, and the classes. A row with too few or
too many cells is an error and not a crooked table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import escape

from concordat.web.ui.parts import Column

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^>]*)>", re.IGNORECASE)
_CLASS = re.compile(r"""\s*\bclass="([^"]*)\"""")
_SPAN = re.compile(r'\bcolspan="(\d+)"')


class Crooked(ValueError):
    """A row does not fit its table's columns."""


def has_rows(body: str) -> bool:
    return re.search(r"<tr\b", body, re.IGNORECASE) is not None


def rows(body: str, caption: str, columns: Sequence[Column]) -> str:
    """The body with every cell dressed; wrapped in `tbody` unless it brings its own groups."""
    dressed = _Dresser(caption, columns).dress(body)
    return dressed if "<tbody" in dressed else f'<tbody class="govuk-table__body">{dressed}</tbody>'


def _opened(name: str, attributes: str, classes: str, **more: str) -> str:
    own = _CLASS.search(attributes)
    rest = _CLASS.sub("", attributes, count=1).rstrip()
    joined = f"{classes} {own.group(1)}".strip() if own else classes
    extra = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in more.items() if value)
    return f'<{name} class="{joined}"{extra}{rest}>'


@dataclass
class _Dresser:
    caption: str
    columns: Sequence[Column]
    depth: int = 0
    at: int = 0
    inside: list[str] = field(default_factory=list)

    def dress(self, body: str) -> str:
        dressed = _TAG.sub(self._replace, body)
        if self.inside:
            raise Crooked(f"Table “{self.caption}”: a “{self.inside[-1]}” is not closed.")
        return dressed

    def _replace(self, found: re.Match[str]) -> str:
        closing, name, attributes = found.group(1), found.group(2).lower(), found.group(3)
        if name == "table":
            self.depth += -1 if closing else 1
            return found.group(0)
        if self.depth:
            return found.group(0)
        if closing:
            return self._close(name)
        return self._row(attributes) if name == "tr" else self._cell(name, attributes)

    def _row(self, attributes: str) -> str:
        self.at = 0
        self.inside.append("tr")
        return _opened("tr", attributes, "govuk-table__row", role="row")

    def _cell(self, name: str, attributes: str) -> str:
        if self.at >= len(self.columns):
            raise Crooked(f"Table “{self.caption}”: a row has more cells than columns.")
        column, first = self.columns[self.at], self.at == 0
        span = _SPAN.search(attributes)
        self.at += int(span.group(1)) if span else 1
        drawn = "th" if first or name == "th" else "td"
        self.inside.append(drawn)
        kind = "" if column.kind == "text" else f" c-table__{column.kind}"
        if drawn == "th":
            classes = f"govuk-table__header c-table__first{kind}"
            scope = "" if "scope=" in attributes else "row"
            return _opened("th", attributes, classes, scope=scope, role="rowheader")
        label = "" if span or column.kind == "action" else str(escape(column.text))
        return _opened("td", attributes, f"govuk-table__cell{kind}", data_label=label, role="cell")

    def _close(self, name: str) -> str:
        opened = self.inside.pop() if self.inside else ""
        if (opened == "tr") != (name == "tr"):
            raise Crooked(f"Table “{self.caption}”: “{name}” is closed where it is not open.")
        if name == "tr" and self.at != len(self.columns):
            told = f"a row has {self.at} cells for {len(self.columns)} columns"
            raise Crooked(f"Table “{self.caption}”: {told}.")
        return f"</{opened}>"
