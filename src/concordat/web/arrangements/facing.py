"""A structure as its page shows it: bodies under bodies, gaps by kind, rows with their address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.governance.arrangements import rules
from concordat.domain.governance.arrangements.queries import Named
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import day_in_words, join_words
from concordat.web.ui.addresses import address_of

_KINDS = {
    "agencies": "agency",
    "arrangements": "arrangements",
    "bodies": "body",
    "delegations": "delegation",
    "promises": "promise",
    "seats": "seat",
}
_PAGES = {
    "agreements": "arrangements:agreements",
    "decisions": "arrangements:decisions",
    "matters": "arrangements:matters",
    "people": "seats:named",
    "statements": "arrangements:statements",
    "footprints": "arrangements:footprints",
    "relevant_agencies": "arrangements:relevant",
    "roles": "seats:roles",
    "steps": "agencies:partnership",
}


@dataclass(slots=True)
class Branch:
    """A body in the list, with those beneath it. `also` names its other parents."""

    body: Mapping[str, Any]
    href: str
    rhythm: str
    question: str
    also: str = ""
    placed: bool = False
    seats: list[dict[str, Any]] = field(default_factory=list)
    below: list[Branch] = field(default_factory=list)


class Addresses:
    """Names and addresses of one partnership's rows."""

    def __init__(self, home: Partnership, names: Mapping[str, Named]) -> None:
        self.home, self.names = home, names

    def title(self, subject: str) -> str:
        """What a row is called; a row of a package that is not built is told by its key."""
        named = self.names.get(subject)
        kind, _, key = subject.partition(":")
        return named.title if named else f"{kind.replace('_', ' ')}: {key}".strip(": ")

    def href(self, subject: str) -> str:
        kind, _, key = subject.partition(":")
        named = self.names.get(subject)
        if named is None:
            return ""
        if named.reference:
            return address_of(_KINDS[kind], named.reference)
        page = _PAGES.get(kind)
        return f"{_address(page, self.home.slug)}#{kind}-{key}" if page else ""


def _address(route: str, *args: str) -> str:
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def tree(found: Mapping[str, Any], at: Addresses) -> list[Branch]:
    """Bodies under the first of their parents that is there; the top ones in their order."""
    branches = {body["key"]: _branch(body, at) for body in found["bodies"]}
    top: list[Branch] = []
    for key, branch in branches.items():
        above = [p for p in branch.body["parents"] if p in branches and p != key]
        (branches[above[0]].below if above else top).append(branch)
        others = [parent for parent in branch.body["parents"] if parent not in above[:1]]
        branch.placed = bool(above)
        branch.also = join_words([at.title(f"bodies:{parent}") for parent in others])
    return top


def _branch(body: Mapping[str, Any], at: Addresses) -> Branch:
    rhythm, question = rules.settled(body["rhythm"])
    return Branch(
        body,
        at.href(f"bodies:{body['key']}"),
        rhythm,
        question,
        seats=[_seat(seat, at) for seat in body["seats"]],
    )


def _seat(seat: Mapping[str, Any], at: Addresses) -> dict[str, Any]:
    told = [rules.power_in_words(each) for each in seat["delegations"]]
    since = UncertainDate.parse(seat["vacant_since"]) if seat["vacant_since"] else None
    agency = at.title(f"agencies:{seat['agency']}") if seat["agency"] else seat["class"] or ""
    more = [seat["capacity"] or "", agency]
    more += [f"speaks for {seat['speaks_for']}"] if seat["speaks_for"] else []
    return {
        **seat,
        "href": at.href(f"seats:{seat['key']}"),
        "more": ", ".join(part for part in more if part),
        "may": told,
        "since": since,
        "lacks": seat["office"] in rules.SPEAKS_FOR_A_PARTNER and not told,
    }


@dataclass(frozen=True, slots=True)
class Lacking:
    """Gaps of one kind, each with the row's title and address."""

    lack: str
    rows: list[tuple[str, str, rules.Gap]]


def lacking(gaps: Iterable[rules.Gap], at: Addresses) -> list[Lacking]:
    order = list(rules.Lack)
    ranked = sorted(gaps, key=lambda gap: order.index(gap.lack))
    return [
        Lacking(lack.value, [(at.title(g.subject), at.href(g.subject), g) for g in rows])
        for lack, rows in groupby(ranked, key=lambda gap: gap.lack)
    ]


def drawing(found: Mapping[str, Any], day: Any) -> SafeString | None:
    """The chart of the bodies: those of others only where a line leads to them."""
    from concordat.craft.org_chart import Node, org_chart

    nodes, edges = rules.chart(dict(found))
    joined = {key for edge in edges for key in edge}
    others = {body["key"] for body in found["bodies"] if body["outside"]}
    shown = [Node(**node) for node in nodes if node["key"] in joined or node["key"] not in others]  # type: ignore[arg-type]
    if not shown:
        return None
    title = f"Structure as at {day_in_words(day)}"
    return mark_safe(org_chart(shown, edges, title=title))  # noqa: S308 - craft escapes its texts
