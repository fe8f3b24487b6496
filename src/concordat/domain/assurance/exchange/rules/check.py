"""Everything that is wrong with a partnership file as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from concordat.domain.assurance.exchange.rules import (
    check_contacts,
    check_dates,
    check_links,
    check_money,
    check_recommendations,
    check_reports,
    check_risks,
    check_routes,
)
from concordat.domain.assurance.exchange.rules.fields import Row, kind_of
from concordat.domain.assurance.exchange.rules.kinds_authority import Delegation
from concordat.domain.assurance.exchange.rules.kinds_structure import Coverage, Holder
from concordat.domain.assurance.exchange.rules.shape import Chapter, PartnershipFile
from concordat.kernel.errors import Fault
from concordat.kernel.labels import join_words

Known = check_links.Known


def faults(file: PartnershipFile, known: Known | None = None) -> list[Fault]:
    """All faults at once, in the order of their places.

    `known` names rows that are there already, outside this file: for each slug and kind the
    keys, so that a reference to a partnership loaded earlier is not a fault.
    """
    found = list(file.found) + list(_same_slug(file))
    index = check_links.Index(file, known or {})
    for chapter in file.chapters:
        for check in _CHECKS:
            found += check(chapter)
        found += check_links.unknown_references(chapter, index)
        found += check_reports.narrative(chapter, index)
    found += check_links.cycles(file)
    return sorted(dict.fromkeys(found), key=lambda fault: _by_place(fault.place))


def _by_place(place: str) -> tuple[str, int, str]:
    name, _, line = place.rpartition(":")
    return (name, int(line), "") if line.isdecimal() else (place, 0, place)


def _same_slug(file: PartnershipFile) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for chapter in file.chapters:
        place = chapter.partnership.where("key")
        if chapter.slug and chapter.slug in first:
            message = f"The partnership “{chapter.slug}” is also at {first[chapter.slug]}."
            yield Fault(message, "key", place, "Give each partnership its own key.")
        first.setdefault(chapter.slug, place)


def _duplicate_keys(chapter: Chapter) -> Iterator[Fault]:
    for name, rows in chapter.rows.items():
        first: dict[str, Row] = {}
        for row in rows:
            if row.key and row.key in first:
                message = f"“{row.key}” is already the key of {name} at {first[row.key].place}."
                yield Fault(message, "key", row.where("key"), "Give each row its own key.")
            first.setdefault(row.key, row)


def _one_of(row: Row, names: tuple[str, ...], what: str) -> Iterator[Fault]:
    given = [name for name in names if getattr(row, name)]
    if len(given) == 1:
        return
    told = f"both {join_words(given)}" if given else f"none of {join_words(names)}"
    mend = f"Keep exactly one of {join_words(names)}."
    place = row.where(given[-1]) if given else row.place
    yield Fault(f"This {what} names {told}.", given[-1] if given else names[0], place, mend)


def _whom(chapter: Chapter) -> Iterator[Fault]:
    """A delegation is to somebody, a holder is somebody, a vacancy is nobody."""
    for delegation in chapter.of(Delegation):
        yield from _one_of(delegation, ("post", "seat", "person"), "delegation")
        if (delegation.limit or 0) < 0:
            place = delegation.where("limit")
            yield Fault("A limit cannot be below nothing.", "limit", place, "Write a sum.")
    for coverage in chapter.of(Coverage):
        yield from _one_of(coverage, ("area", "agency"), "row of coverage")
    for holder in chapter.of(Holder):
        yield from _holder(holder)


def _holder(holder: Holder) -> Iterator[Fault]:
    somebody = holder.post or holder.person
    if holder.holding == "vacant" and somebody:
        mend = "Take the post away, or say that it holds the seat."
        yield Fault("A vacant seat has no holder.", "holding", holder.where("holding"), mend)
    if holder.holding != "vacant" and not somebody:
        mend = "Name a post or a person, or write “holding: vacant”."
        yield Fault("This row does not say who holds the seat.", "post", holder.place, mend)


def _self_successors(chapter: Chapter) -> Iterator[Fault]:
    for row in chapter.every():
        successor = getattr(row, "successor", ())
        if row.key and row.key in (successor if isinstance(successor, tuple) else (successor,)):
            what = kind_of(row).name
            message = f"“{row.key}” is named as its own successor."
            yield Fault(message, "successor", row.where("successor"), f"Name other {what}.")


_CHECKS: tuple[Callable[[Chapter], Iterator[Fault]], ...] = (
    _duplicate_keys,
    _whom,
    _self_successors,
    check_dates.impossible_periods,
    check_dates.overlapping_states,
    check_dates.holders_of_one_seat,
    check_dates.outside_their_seat,
    check_dates.named_delegations,
    check_contacts.public_contacts,
    check_recommendations.two_addressees,
    check_routes.routes_that_cannot_be,
    check_risks.scores_outside_their_scheme,
    check_money.other_years,
    check_money.below_nothing,
)
