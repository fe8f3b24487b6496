"""How much of a record somebody gets who came to it by a share, and what they read as its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Record, Share
from concordat.domain.base.records.queries.access import facts_of_each
from concordat.domain.base.records.rules import Cut, RecordKind
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity


def cut_for(actor: Actor, record: Record) -> Cut:
    """How much of a record this actor gets: a summary only if that is the one way in.

    What is restricted opens by no share alone: seats of the other partnership are let in with it,
    and they get its cut, also once it has ended. Whoever is named themself gets the whole.
    """
    return Cut.SUMMARY if record.pk in summaries(actor, [record]) else Cut.WHOLE


def summaries(actor: Actor, held: Iterable[Record]) -> frozenset[UUID]:
    """Of which records this actor gets a summary alone, in three queries for the facts and two
    for the shares at most, however many they are."""
    shared = [each for each in held if _may_come_by_a_share(actor, each)]
    cuts = _cuts(actor, shared)
    rows = [each for each in shared if cuts[each.pk] == {Cut.SUMMARY.value}]
    came = _came_to(actor, rows)
    return frozenset(
        each.pk
        for each, facts in zip(rows, facts_of_each(actor, rows), strict=True)
        if not rules.may_open(
            _apart_from(actor, came[each.pk]), replace(facts, shared_with=frozenset())
        )
    )


def titles(actor: Actor, held: Iterable[Record]) -> dict[UUID, str]:
    """What this actor reads as the title of each: a summary of what is restricted is called by
    its kind, for its title bears the label of the child."""
    rows = list(held)
    summed = summaries(actor, [each for each in rows if each.level >= Sensitivity.RESTRICTED])
    return {
        each.pk: RecordKind(each.kind).label if each.pk in summed else each.title for each in rows
    }


def title_for(actor: Actor, record: Record) -> str:
    return titles(actor, [record])[record.pk]


def _may_come_by_a_share(actor: Actor, record: Record) -> bool:
    if actor.kind is Kind.PROCESS or not actor.partnerships - {record.partnership_id}:
        return False
    return record.level >= Sensitivity.RESTRICTED or record.partnership_id not in actor.partnerships


def _cuts(actor: Actor, held: Sequence[Record]) -> dict[UUID, set[str]]:
    """The cuts in force of each; those that ended, where none is."""
    still: dict[UUID, set[str]] = defaultdict(set)
    ever: dict[UUID, set[str]] = defaultdict(set)
    if held:
        rows = Share.objects.filter(
            record__in=held, partnership__in=actor.partnerships, from_day__lte=actor.on
        )
        for record, cut, last in rows.values_list("record", "cut", "to_day"):
            ever[record].add(cut)
            if last is None or last >= actor.on:
                still[record].add(cut)
    return defaultdict(set, ever | still)


def _came_to(actor: Actor, held: Sequence[Record]) -> dict[UUID, set[UUID]]:
    """To which partnerships each restricted record came by a share."""
    came: dict[UUID, set[UUID]] = defaultdict(set)
    closed = [each.pk for each in held if each.level >= Sensitivity.RESTRICTED]
    if closed:
        rows = Share.objects.filter(record__in=closed, from_day__lte=actor.on)
        for each in rows:
            came[each.record_id].add(each.partnership_id)
    return came


def _apart_from(actor: Actor, came: set[UUID]) -> Actor:
    """The actor without the seats to which a restricted record came by a share."""
    if not came:
        return actor
    return replace(actor, seats=tuple(s for s in actor.seats if s.partnership not in came))
