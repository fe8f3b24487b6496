"""Putting a risk forward for the agendas of the body that keeps its register (decision 19).

Each is said by a process in the name of whoever acted: an owner need not be able to open the body
to which the risk is told, and whoever builds its agenda is shown what they may open.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from concordat.domain.base.records.operations import operation
from concordat.domain.base.records.operations import take as lock
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Suggestion
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.risks.models import Register, Risk, Scored
from concordat.domain.governance.risks.operations.taking import for_the_timer, fresh
from concordat.domain.governance.risks.queries.who import BODIES, keeper_of
from concordat.domain.governance.risks.rules import life, telling
from concordat.domain.governance.risks.rules.life import Which
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.domain.governance.risks.rules.telling import Telling
from concordat.kernel.actor import Actor, process

AT_ONCE = 200
RISK = "risk-"


def put_forward(actor: Actor, risk: Risk, why: Telling, words: str) -> None:
    """Suggest a risk to the body that keeps its register; nothing where no body is named. A
    review that is overdue is not suggested beside a heavier reason: it is one line, not two."""
    body = keeper_of(actor, risk.register) if risk.register else None
    if body is None:
        return
    if why is not Telling.LATE:
        withdraw(actor, risk, "It is suggested for another reason.", [Telling.LATE])
    meetings.suggest(
        _clerk(actor),
        body=body,
        key=why.key(risk.record.reference),
        label=why.label,
        title=f"Risk: {risk.title}",
        about=risk.record,
        why=words,
        purpose=Purpose.ASSURE if why is Telling.LATE else Purpose.DECIDE,
    )


def withdraw(
    actor: Actor,
    risk: Risk,
    because: str,
    whys: Iterable[Telling] = Telling,
    *,
    register: Register | None = None,
) -> None:
    """Suggest it no longer for these reasons: what called for it has passed."""
    held = register or risk.register
    body = keeper_of(actor, held) if held else None
    if body is None:
        return
    keys = [why.key(risk.record.reference) for why in whys]
    there = Suggestion.objects.filter(body=body, key__in=keys, ended_on__isnull=True)
    for key in there.order_by("key").values_list("key", flat=True):
        meetings.take_back(_clerk(actor), body=body, key=key, because=because)


def _clerk(actor: Actor) -> Actor:
    return process(actor.signature, actor.on)


def tell_of_score(actor: Actor, risk: Risk, before: Score | None, reason: str) -> None:
    """A risk that is worse than when it was last looked at is suggested; one that fell back is
    no longer."""
    now = risk.score(Which.CURRENT)
    first = _before_it_rose(risk) or before
    if first and now and telling.has_risen(first, now):
        put_forward(actor, risk, Telling.ROSE, telling.rose_in_words(first, now, reason))
    elif now != before:
        fell = f"It is {now.short} now." if now else "It is not scored now."
        withdraw(actor, risk, fell, [Telling.ROSE])


def _before_it_rose(risk: Risk) -> Score | None:
    """The score that stood when a rise that is still suggested was told of."""
    key = Telling.ROSE.key(risk.record.reference)
    told = Suggestion.objects.filter(about=risk.record_id, key=key, ended_on__isnull=True).first()
    if told is None:
        return None
    rows = Scored.objects.filter(risk=risk, which=Which.CURRENT, register=risk.register)
    last = rows.filter(on__lt=told.suggested_on).select_related("register").order_by("-on", "-pk")
    found = last.first()
    return found.score if found else None


def tell_of_move(actor: Actor, risk: Risk, before: Register, way: str, reason: str) -> None:
    """What was suggested to the body of the former register is so no longer; the body of the
    new one is told, unless the risk was handed back to it."""
    told = f"It stands in {risk.register} now."
    withdraw(actor, risk, told, register=before)
    if way != life.HANDED_BACK:
        put_forward(actor, risk, Telling.CAME, f"It was {way} from {before.title}. {reason}")
    elif life.is_overdue(risk.stage, risk.review_day, actor.on) and risk.review_day:
        put_forward(actor, risk, Telling.LATE, telling.late_in_words(risk.review_day))


@operation
def suggest_overdue(actor: Actor) -> int:
    """Put risks whose review is overdue forward for the agendas of the bodies that keep their
    registers, at most 200 at a time; how many. Safe to run twice and in two places: each is
    suggested once for each day on which its review was due."""
    for_the_timer(actor)
    return sum(_told_late(actor, risk) for risk in _untold(actor).order_by("review_day")[:AT_ONCE])


def _untold(actor: Actor) -> QuerySet[Risk]:
    """Overdue risks of registers that a body keeps, not suggested since their day went by, and
    not suggested for another reason now."""
    rows = Risk.objects.filter(over=False, review_day__lt=actor.on)
    rows = rows.filter(register__owner__startswith=BODIES)
    rows = rows.annotate(keeper=Substr("register__owner", len(BODIES) + 1))
    bodies = Body.objects.filter(partnership=OuterRef("partnership"), key=OuterRef("keeper"))
    late = Q(key__startswith=Telling.LATE.value, suggested_on__gt=OuterRef("review_day"))
    risen = Q(key__startswith=RISK, ended_on__isnull=True)
    told = Suggestion.objects.filter(late | risen, about=OuterRef("record"))
    return rows.filter(Exists(bodies), ~Exists(told))


def _told_late(actor: Actor, risk: Risk) -> bool:
    lock(risk.pk)
    held = _untold(actor).filter(pk=risk.pk).first()
    if held is None or held.review_day is None:
        return False
    put_forward(actor, fresh(held), Telling.LATE, telling.late_in_words(held.review_day))
    return True
