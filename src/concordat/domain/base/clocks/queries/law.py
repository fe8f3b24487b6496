"""The law as it stands for one partnership: with its own rows and with what it has checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import AreaLive, LocalRule, Verified
from concordat.domain.base.clocks.rules import Arrangements, Law, Rule, Verification
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

KEPT = 64


@dataclass(frozen=True, slots=True)
class LawBook:
    """The law of several partnerships, read with two questions to the database."""

    by_partnership: Mapping[UUID, Law] = field(default_factory=dict)

    def of(self, partnership: UUID | None) -> Law:
        found = self.by_partnership.get(partnership) if partnership else None
        return found or rules.law()

    def row(self, partnership: UUID | None, rule: str, version: int) -> Rule | None:
        """That version of a rule, or None where it is no longer on file."""
        return self.of(partnership).row(rule, version)


def law_book(actor: Actor, partnerships: Iterable[UUID | None]) -> LawBook:
    """The law of those of the partnerships that have added or checked something."""
    wanted = {each for each in partnerships if each}
    texts: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    local = LocalRule.objects.filter(partnership__in=wanted).order_by("rule", "version")
    for row in local:
        texts[row.partnership_id].append((row.rule, row.text))
    checks: dict[UUID, list[Verification]] = defaultdict(list)
    for each in Verified.objects.filter(partnership__in=wanted).order_by("checked_on", "pk"):
        checks[each.partnership_id].append(each.told())
    return LawBook(
        {key: _law(tuple(texts[key]), tuple(checks[key])) for key in texts.keys() | checks.keys()}
    )


def law_of(actor: Actor, partnership: Record | None) -> Law:
    """The law for one partnership; the packaged law where there is none."""
    if partnership is None:
        return rules.law()
    return law_book(actor, [partnership.pk]).of(partnership.pk)


@lru_cache(maxsize=KEPT)
def _law(local: tuple[tuple[str, str], ...], checks: tuple[Verification, ...]) -> Law:
    law = rules.law()
    by_rule: dict[str, list[str]] = defaultdict(list)
    for name, text in local:
        by_rule[name].append(text)
    for texts in by_rule.values():
        try:
            rows = [row for text in texts for row in rules.read_local("local rules", text, law)]
            law = rules.with_local(law, rows)
        except Invalid:
            continue  # the packaged law has moved on; the row still stands among the local rules
    return rules.with_verifications(law, checks)


def local_rules(actor: Actor, partnership: Record) -> QuerySet[LocalRule]:
    rows = LocalRule.objects.filter(partnership=partnership)
    return visible(actor, rows, record="partnership").order_by("rule", "-version")


def checks_of(actor: Actor, partnership: Record, rule: str) -> QuerySet[Verified]:
    """Every check of a rule by this partnership, the newest first."""
    rows = Verified.objects.filter(partnership=partnership, rule=rule)
    return visible(actor, rows, record="partnership").order_by("-checked_on", "-pk")


def own_areas(actor: Actor, partnership: Record) -> QuerySet[Area]:
    """The partnership's own areas, without their parts and without places outside."""
    rows = Area.objects.filter(partnership=partnership, part_of__isnull=True)
    return visible(actor, rows.exclude(outside=True), record="partnership").order_by("name")


def go_lives(actor: Actor, partnership: Record) -> QuerySet[AreaLive]:
    rows = AreaLive.objects.filter(area__partnership=partnership).select_related("area")
    return visible(actor, rows, record="area__partnership").order_by("area__name", "arrangements")


def go_live_of(actor: Actor, area: Area | None, arrangements: Arrangements) -> date | None:
    """The day an area went live, or None where nobody has said."""
    if area is None:
        return None
    rows = AreaLive.objects.filter(area=area, arrangements=arrangements)
    return rows.values_list("live_on", flat=True).first()
