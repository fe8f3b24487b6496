"""Recommendations that are addressed to more than one."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.kinds_running import Recommendation
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.domain.base.recommendations.rules import one_addressee
from concordat.kernel.errors import Fault


def two_addressees(chapter: Chapter) -> Iterator[Fault]:
    """Each is addressed to one: an agency, a body, a seat, or somebody outside."""
    for row in chapter.of(Recommendation):
        told = one_addressee(row.agency, row.body, row.seat, row.outside)
        if not told:
            named = "outside" if row.outside else "seat" if row.seat else "body"
            yield Fault(str(told), named, row.where(named), "Write one row for each.")
