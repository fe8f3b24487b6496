"""The criteria of an incident, each with where it stands, how sure that is, and who says what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.clocks.rules import ChecklistItem, Force, Law, Rule
from concordat.domain.practice.reviews.models import Incident, IncidentWeighing
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Weighed, Weight, duties
from concordat.domain.practice.reviews.rules.criteria import Origin, origin_of
from concordat.kernel.actor import Actor

_IN_LAW = (Force.STATUTE, Force.REGULATIONS)


@dataclass(frozen=True, slots=True)
class Said:
    """How a partner weighs a criterion; `stands` is False for what it said before."""

    partner: str
    weight: Weight
    reason: str
    by: str
    on: date
    stands: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `force` is in words, never without the warning where it is not verified."""

    key: str
    text: str
    origin: Origin
    source: str
    force: str
    verified: bool
    weighed: Weighed
    said: tuple[Said, ...]
    silent: tuple[str, ...]
    reason: str


def criteria_told(actor: Actor, row: Incident) -> list[Criterion]:
    """Every criterion of the day that counts, those that stand in law first."""
    names = {
        str(each.agency_id): each.agency.name for each in people.statutory_partners(actor, row)
    }
    decision = here.decision_of(actor, row)
    reasons = decision.reasons if decision else {}
    weighed = {each.criterion: each for each in here.weighed_of(actor, row)}
    said = _said(row, names)
    found = [
        _criterion(rule, item, here.known_on(row), weighed[item.id], said, names, reasons)
        for rule, item in _lines(actor, row)
    ]
    return sorted(found, key=lambda each: list(Origin).index(each.origin))


def _lines(actor: Actor, row: Incident) -> list[tuple[Rule, ChecklistItem]]:
    """The lines with the row that holds each: that of the law, or an addition of our own."""
    law, on = here.law_here(actor, row), here.known_on(row)
    rule = duties.OLD_CRITERIA if row.old_board else duties.CRITERIA
    return [(_home_of(law, rule, item, on), item) for item in law.items(rule, on=on)]


def _home_of(law: Law, rule: str, item: ChecklistItem, on: date) -> Rule:
    base = law.rule(rule, on=on)
    added = (each for each in law.in_force(on) if each.adds_to == rule and item in each.items)
    return next(added, base)


def _criterion(
    rule: Rule,
    item: ChecklistItem,
    on: date,
    weighed: Weighed,
    said: Mapping[str, list[Said]],
    names: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Criterion:
    verified = item.verified(on)
    force = item.force.words if verified else f"{item.force.words} (not verified)"
    return Criterion(
        item.id,
        item.text,
        origin_of(in_law=item.force in _IN_LAW, verified=verified, ours=rule.force is Force.LOCAL),
        rule.source,
        force,
        verified,
        weighed,
        tuple(said.get(item.id, ())),
        tuple(names[who] for who in weighed.missing),
        reasons.get(item.id, ""),
    )


def _said(row: Incident, names: Mapping[str, str]) -> dict[str, list[Said]]:
    """What was said of each criterion, the newest of each partner first in the partners' order."""
    rows = IncidentWeighing.objects.filter(incident=row).select_related("agency").order_by("-pk")
    order = {key: number for number, key in enumerate(names)}
    seen: set[tuple[str, str]] = set()
    found: dict[str, list[tuple[int, Said]]] = {}
    for each in rows:
        who, key = str(each.agency_id), each.criterion
        stands = (key, who) not in seen and who in names
        seen.add((key, who))
        said = Said(
            each.agency.name, Weight(each.weight), each.reason, each.by, each.on, stands
        )  # fmt: skip
        found.setdefault(key, []).append((order.get(who, len(order)), said))
    return {
        key: [each for _place, each in sorted(told, key=lambda pair: pair[0])]
        for key, told in found.items()
    }
