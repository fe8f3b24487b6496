"""What a partnership file says of risks, taken up into their history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.meetings.models import Suggestion
from concordat.domain.governance.risks.models import Acceptance, Control, Risk, Scored
from concordat.domain.governance.risks.operations import owing, telling
from concordat.domain.governance.risks.rules.life import Stage, Which
from concordat.kernel.actor import Actor

_TOGETHER = 500


@operation
def take_up_stated(actor: Actor, *, partnership: Record, keys: Iterable[str]) -> int:
    """Give each of these risks the scores and controls that its row states, where its history
    does not end in them yet; how many risks there were.

    A stated score is dated from when it was stated, with its source as the reason. The rows
    have events of their own.
    """
    no_event("each row of a file has an event of its own")
    wanted, found = sorted(keys), 0
    for first in range(0, len(wanted), _TOGETHER):
        rows = Risk.objects.filter(
            partnership=partnership, key__in=wanted[first : first + _TOGETHER]
        )
        risks = list(rows.select_related("register"))
        _score(actor, risks)
        _control(actor, risks)
        _close(actor, risks)
        found += len(risks)
    return found


def _score(actor: Actor, risks: list[Risk]) -> None:
    last: dict[tuple[object, str], Scored] = {}
    for row in Scored.objects.filter(risk__in=risks).order_by("on", "pk"):
        last[row.risk_id, row.which] = row
    new = []
    for risk in risks:
        for which in Which:
            given, before = risk.score(which), last.get((risk.pk, which.value))
            stands = (before.likelihood, before.impact, before.register_id) if before else ()
            if given and (given.likelihood, given.impact, risk.register_id) != stands:
                day = risk.stated_on or actor.on
                new.append(_scored(actor, risk, which, max(day, before.on) if before else day))
    Scored.objects.bulk_create(new)


def _scored(actor: Actor, risk: Risk, which: Which, on: date) -> Scored:
    given = risk.score(which)
    assert given is not None  # noqa: S101 - the caller found it
    source = f": {risk.source}" if risk.source else " in the partnership’s file"
    return Scored(
        risk=risk,
        register=risk.register,
        which=which,
        likelihood=given.likelihood,
        impact=given.impact,
        on=on,
        stated_on=risk.stated_on or actor.on,
        reason=f"As stated{source}",
        by=actor.signature[:200],
    )


def _control(actor: Actor, risks: list[Risk]) -> None:
    """Controls follow the words of the row: new ones are not judged yet, others end."""
    live: dict[object, dict[str, Control]] = {risk.pk: {} for risk in risks}
    for control in Control.objects.filter(risk__in=risks, ended_on=None).order_by("pk"):
        live[control.risk_id][control.words] = control
    Control.objects.bulk_create(
        Control(risk=risk, words=words, since=risk.stated_on)
        for risk in risks
        for words in dict.fromkeys(risk.mitigations)
        if words not in live[risk.pk]
    )
    gone = [
        control.pk
        for risk in risks
        for words, control in live[risk.pk].items()
        if words not in risk.mitigations
    ]
    Control.objects.filter(pk__in=gone).update(ended_on=actor.on)


def _close(actor: Actor, risks: list[Risk]) -> None:
    """A risk whose last day is certainly over is closed."""
    over = [
        risk for risk in risks if not risk.over and risk.to_surely and risk.to_surely < actor.on
    ]
    told = [risk.pk for risk in over]
    Risk.objects.filter(pk__in=told).update(stage=Stage.CLOSED, over=True, stage_reason="As stated")
    standing = Acceptance.objects.filter(risk__in=told, ended_on=None)
    standing.update(ended_on=actor.on, end_reason="The risk was closed")
    owed = Q(pk__in=Ask.objects.filter(cleared_on=None).values("record"))
    owed |= Q(pk__in=Suggestion.objects.filter(ended_on=None).values("about"))
    rows = Risk.objects.filter(owed, pk__in=told)
    for risk in rows.select_related("record", "register__record"):
        owing.clear_all(actor, risk, "Closed")
        telling.withdraw(actor, risk, "It was closed.")
