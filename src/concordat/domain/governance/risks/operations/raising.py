"""Raising a risk in a register, and saying it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    happened,
    index,
    open_record,
    operation,
    remember,
)
from concordat.domain.base.records.operations.record import judged, retitle
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.governance.risks.models import Acceptance, Control, Register, Risk
from concordat.domain.governance.risks.operations import owing, owning, scoring
from concordat.domain.governance.risks.operations.taking import require, taken
from concordat.domain.governance.risks.queries.who import keeper_of, part_on
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Treatment, Which
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.actor import Actor
from concordat.kernel.labels import slug
from concordat.kernel.sensitivity import Sensitivity

Pair = tuple[str, str]
"""Likelihood and impact in the words of a register."""


@operation
def add(
    actor: Actor,
    *,
    register: Register,
    title: str,
    reason: str,
    current: Pair,
    inherent: Pair | None = None,
    target: Pair | None = None,
    about: str = "",
    controls: Sequence[str] = (),
    treatment: Treatment | None = None,
    owner: str = "",
    review_on: date | None = None,
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    source: str = "",
    common: Risk | None = None,
) -> Risk:
    """Raise a risk in a register, with its current score and the reason for it.

    `owner` is a post or seat as kind:key; without one it is a finding, and whoever runs the
    partnership is asked to see to it.
    """
    judged(actor, Verb.SEE, register.record).require()
    life.may_add(part_on(actor, register)).require()
    why = life.needed("reason", reason, "Say why it is scored so.")
    if review_on is not None:
        require(life.is_next_review(review_on, actor.on), "review_on")
    owning.check(register.partnership, owner)
    require(life.may_treat(treatment, None, accepted=False), "treatment")
    if owner:
        life.may_keep(part_on(actor, register)).require()
    name = life.a_title(title)
    locked(register.partnership_id)
    risk = Risk(
        record=_record(actor, register, name, about, sensitivity),
        partnership=register.partnership,
        register=register,
        key=_key(register.partnership, name),
        title=name,
        about=about.strip(),
        treatment=treatment or "",
        owner=owner,
        review_on=review_on.isoformat() if review_on else "",
        from_text=actor.on.isoformat(),
        source=source,
        common=common,
    )
    risk.mitigations = [each for told in controls if (each := " ".join(told.split()))]
    pairs = {Which.INHERENT: inherent, Which.CURRENT: current, Which.TARGET: target}
    scores = {which: register.scheme.score(*pair) for which, pair in pairs.items() if pair}
    risk.save(force_insert=True)
    _begin(actor, risk, register, scores, why)
    return risk


def _begin(
    actor: Actor, risk: Risk, register: Register, scores: Mapping[Which, Score], why: str
) -> None:
    """The first scores and controls of a risk, its event, and whoever owns it told."""
    for which, score in scores.items():
        scoring.set_down(actor, risk, which, score, why, actor.on)
    risk.save()
    Control.objects.bulk_create(
        [Control(risk=risk, words=each, since=actor.on) for each in risk.mitigations]
    )
    after = {"register": register.record.reference, "owner": risk.owner, "review": risk.review_on}
    after |= {which.value: score.words for which, score in scores.items()}
    happened(actor, "risk raised", risk.record, reason=why, after=after)
    owning.let_work(actor, risk)
    _tell(actor, risk)


def _record(
    actor: Actor, register: Register, title: str, about: str, sensitivity: Sensitivity
) -> Record:
    body = keeper_of(actor, register)
    return open_record(
        actor,
        kind=RecordKind.RISK,
        title=title,
        partnership=register.partnership,
        opened=actor.on,
        owner=body.record if body else None,
        sensitivity=max(sensitivity, register.record.level),
        listed=register.record.listed,
        words=about,
    )


def _key(partnership: Record, title: str) -> str:
    bare = slug(title)[:60].strip("-") or "risk"
    rows = Risk.objects.filter(partnership=partnership, key__startswith=bare)
    return free_key(bare, set(rows.values_list("key", flat=True)))


def _tell(actor: Actor, risk: Risk) -> None:
    """Whoever owns it learns of it at once, and has its day if there is one."""
    owing.ask_owner(
        actor,
        risk,
        risk.review_day,
        "You own this risk. Judge its score and its controls, and say when it is looked at next.",
    )


@operation
def amend(
    actor: Actor,
    *,
    risk: Risk,
    title: str,
    about: str = "",
    treatment: Treatment | None = None,
    reason: str,
    seen_version: int | None = None,
) -> Risk:
    """Say a risk anew, or what is done with it, with the reason. Its scores stand."""
    mine = {"title": title.strip(), "about": about.strip(), "treatment": treatment or ""}
    held = taken(actor, risk, "amend", life.may_work, seen_version=seen_version, mine=mine)
    why = life.needed("reason", reason, "Say why it changes.")
    accepted = Acceptance.objects.filter(risk=held, ended_on=None).exists()
    require(life.may_treat(treatment, held.treatment_is, accepted=accepted), "treatment")
    before = {"title": held.title, "about": held.about, "treatment": held.treatment}
    held.title, held.about = life.a_title(title), about.strip()
    held.treatment = treatment or ""
    remember(actor, row=held)
    held.save()
    retitle(held.record, held.title)
    index(actor, record=held.record, words=held.about)
    after = {"title": held.title, "about": held.about, "treatment": held.treatment}
    happened(actor, "risk amended", held.record, reason=why, before=before, after=after)
    return held
