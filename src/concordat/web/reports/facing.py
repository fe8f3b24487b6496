"""A report as its pages show it: sections with facts that lead to the rows behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from concordat.domain.assurance.reports import rules
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.rules.text import Change
from concordat.kernel.actor import Actor
from concordat.web.ui import telling
from concordat.web.ui.as_at import DayForm
from concordat.web.ui.parts import Fact

_QUOTED = re.compile(f"{rules.OPEN}([0-9]+){rules.OPEN}(.*?){rules.CLOSE}", re.S)
_BESIDE = ("key", "source", "stated_on", "note", "order")


@dataclass(frozen=True, slots=True)
class At:
    """A report of a partnership as at a day, and the addresses that keep the day."""

    home: Partnership
    report: rules.Declared
    day: date

    def href(self, ref: str) -> str:
        """Where the rows behind a fact are shown; nothing for one of another partnership."""
        elsewhere = "/" in ref and not ref.startswith(f"{rules.COUNT}:")
        if not ref or elsewhere or ref.startswith("partnership:"):
            return ""
        return self.address("rows", ref)

    def address(self, route: str, *more: str) -> str:
        asked = urlencode({"as-at": self.day.isoformat()})
        base = reverse(f"reports:{route}", args=[self.home.slug, self.report.name, *more])
        return f"{base}?{asked}"


def found(actor: Actor, slug: str, name: str) -> tuple[Partnership, rules.Declared]:
    """The partnership and the report. Raises `Http404` for a report that is not declared."""
    home = agencies.partnership(actor, slug)
    report = rules.declared(name)
    if report is None:
        raise Http404
    return home, report


def day_of(asked: QueryDict, today: date) -> date:
    """The day that an address asks for, or today. Raises `Http404` for what is no day."""
    form = DayForm(asked, today=today)
    if form.is_bound and not form.is_valid():
        raise Http404
    return form.day


def sections(live: rules.Assembled, at: At) -> list[dict[str, Any]]:
    """Each section: narrative whose quotes are links, blocks whose rows are, and how much is
    left open."""
    told = telling.sections(live.told(), at.href)
    return [
        {**plain, "part": part, "html": _linked(part, at), "flaws": part.flaws}
        for plain, part in zip(told, live.parts, strict=True)
    ]


def _linked(part: rules.Part, at: At) -> SafeString:
    """The narrative as markup; every quote leads to the rows behind it as they stood."""

    def link(said: re.Match[str]) -> str:
        href = at.href(part.quoted[int(said[1]) - 1].ref)
        return f'<a class="govuk-link" href="{escape(href)}">{said[2]}</a>' if href else said[2]

    return mark_safe(_QUOTED.sub(link, telling.html_of(part.marked)))  # noqa: S308 - made safe before


def behind(live: rules.Assembled, of: str) -> list[dict[str, Any]]:
    """The rows behind a fact or a number, each field in words. Raises `Http404` for none."""
    rows = live.behind(of)
    if not rows and not of.startswith(f"{rules.COUNT}:"):
        raise Http404
    return [_row(live.ground, kind, row) for kind, row in rows]


def _row(ground: rules.Ground, kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    title = rules.title_of(kind, row) or str(row["key"])
    told = [each for each in _fields(ground, kind, row) if each[1] != title]
    return {
        "ref": f"{kind}:{row['key']}",
        "title": title,
        "facts": [Fact(_label(name), words) for name, words in told],
        "source": row.get("source") or "",
        "known": rules.of_row(ground, "stated_on", row.get("stated_on")),
        "note": row.get("note") or "",
    }


def _fields(ground: rules.Ground, kind: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if name not in _BESIDE and (told := rules.of_row(ground, name, value, kind)):
            yield name, told


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def own_page(actor: Actor, home: Partnership, of: str) -> str:
    """The reference of a row that is a record of its own, and that the actor may open."""
    kind = of.partition(":")[0]
    if kind not in arrangements.NAMED:
        return ""
    named = arrangements.names(actor, home, (kind,)).get(of)
    return named.reference if named else ""


def differing(changes: Iterable[Change], one: At, other: At) -> list[dict[str, Any]]:
    """Differences, each side with the address of the row behind it as it stood on its day."""
    return [
        {
            "title": each.title,
            "what": each.what,
            "kind": each.kind,
            "before": each.before,
            "after": each.after,
            "before_href": one.href(each.ref) if each.before else "",
            "after_href": other.href(each.ref) if each.after else "",
        }
        for each in changes
    ]


def kind_in_words(of: str) -> str:
    kind, _, rest = of.partition(":")
    told = rest.partition(".")[0] if kind == rules.COUNT else kind
    return told.replace("_", " ")


def quotable(live: rules.Assembled, part: rules.Part) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a section may quote: its own rows by their fields, numbers, then every other row."""
    ground = live.ground
    near = [
        (f"{ref}.{name}", told)
        for ref in sorted(part.refs)
        if (row := ground.row(ref))
        for name, told in _fields(ground, ref.partition(":")[0], row)
    ]
    numbers = [
        (f"{rules.COUNT}:{kind}", str(len(rows))) for kind, rows in ground.rows.items() if rows
    ]
    groups = [("In this section", near), ("Numbers", numbers)]
    groups += [
        (
            kind.replace("_", " ").capitalize(),
            [(f"{kind}:{row['key']}", rules.title_of(kind, row)) for row in rows],
        )
        for kind, rows in ground.rows.items()
    ]
    return [(f"{name} ({len(each)})", each) for name, each in groups if each]
