"""Have we been told this before? What is like a text, what a person found to be the same, and how
often each came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Recommendation, Same
from concordat.domain.base.recommendations.queries.lists import recommendations
from concordat.domain.base.recommendations.rules import Likeness
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import sharing
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor

MOST_COMPARED = 2_000


class Alike(NamedTuple):
    """One that is like a text, with the words that both say."""

    recommendation: Recommendation
    likeness: Likeness
    is_same: bool = False


def told_before(actor: Actor, row: Recommendation) -> list[Alike]:
    """Others that the actor may open and that say something like it, the most alike first."""
    found = _alike(actor, row.text, but=row.pk)
    return [each._replace(is_same=each.recommendation.strand == row.strand) for each in found]


def like(actor: Actor, text: str) -> list[Alike]:
    """What the actor may open and that says something like a text that they typed."""
    return _alike(actor, text)


def _alike(actor: Actor, text: str, but: UUID | None = None) -> list[Alike]:
    found = sharing(actor, rules.beginnings(text), RecordKind.RECOMMENDATION)
    if but:
        found = found.exclude(pk=but)
    wanted = list(found.values_list("pk", flat=True)[:MOST_COMPARED])
    rows = {row.pk: row for row in _bare(wanted)}
    pairs = rules.alike(text, {pk: row.text for pk, row in rows.items()})
    shown = {row.pk: row for row in recommendations(actor).filter(pk__in=[pk for pk, _ in pairs])}
    return [Alike(shown[pk], likeness) for pk, likeness in pairs if pk in shown]


def _bare(wanted: Iterable[UUID]) -> Iterable[Recommendation]:
    rows = Recommendation.objects.filter(pk__in=list(wanted))
    return rows.only("record_id", "title", "change", "finding")


def shared_words(actor: Actor, row: Recommendation, other: Recommendation) -> tuple[str, ...]:
    """The words that two share, as the first writes them."""
    theirs = rules.stems(other.text)
    return tuple(word for each, word in rules.stems(row.text).items() if each in theirs)


class Told(NamedTuple):
    """One of those that are the same, and the link by which a person said so, if it is a direct
    one."""

    recommendation: Recommendation
    link: Same | None


def same_as(actor: Actor, row: Recommendation) -> list[Told]:
    """All others that were found to be the same, however far around, by the day they were made."""
    strand = Recommendation.objects.filter(pk=row.pk).values("strand")
    rows = recommendations(actor).filter(strand__in=strand).exclude(pk=row.pk)
    links: dict[UUID, Same] = {}
    for link in Same.objects.filter(first=row.pk):
        links[link.second_id] = link
    for link in Same.objects.filter(second=row.pk):
        links[link.first_id] = link
    return sorted((Told(each, links.get(each.pk)) for each in rows), key=_by_day)


def _by_day(told: Told) -> tuple[date, str]:
    return _day_of(told.recommendation), told.recommendation.record.reference


def _day_of(row: Recommendation) -> date:
    """The day on which it was made, or on which it came on file where nobody says."""
    return row.made_day or row.record.opened


class Strand(NamedTuple):
    """What was told more than once, oldest first."""

    told: list[Recommendation]

    @property
    def times(self) -> int:
        return len(self.told)


def repeated(actor: Actor, home: Record | None = None) -> list[Strand]:
    """What the actor's partnerships were told more than once, what came most often first."""
    rows = recommendations(actor).filter(Q(others__gt=0))
    rows = rows.filter(partnership__in=[home.pk] if home else actor.partnerships)
    strands: dict[UUID, list[Recommendation]] = defaultdict(list)
    for row in rows:
        strands[row.strand].append(row)
    found = [Strand(sorted(told, key=_day_of)) for told in strands.values() if len(told) > 1]
    return sorted(found, key=lambda each: (-each.times, each.told[0].record.reference))


def by_year(actor: Actor, home: Record | None = None) -> list[tuple[int, int, int]]:
    """Of each year, how many recommendations were made and how many repeated an earlier one."""
    rows = recommendations(actor).filter(partnership__in=[home.pk] if home else actor.partnerships)
    seen: set[UUID] = set()
    days: list[tuple[date, bool]] = []
    for row in sorted(rows, key=lambda each: (_day_of(each), each.record.reference)):
        days.append((_day_of(row), row.strand in seen))
        seen.add(row.strand)
    return rules.by_year(days)
