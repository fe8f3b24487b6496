"""How far the rapid review of an incident has come, step by step of its day plan."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.requests.queries import on_record
from concordat.domain.base.requests.rules import OVER, WAITING
from concordat.domain.base.requests.rules import Stage as Asked
from concordat.domain.governance.meetings.rules.life import LIVE
from concordat.domain.governance.meetings.rules.life import Place as Stands
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.rules.pace import Come, Paced, paced
from concordat.kernel.actor import Actor

MOST = 200
_SAFETY = "RR-CONTENT-6"


def day_plan_told(actor: Actor, row: Incident) -> list[Paced]:
    steps = here.day_plan(actor, row)
    return paced(steps, come_of(actor, row), actor.on) if steps else []


def come_of(actor: Actor, row: Incident) -> Come:
    """What the record tells of its rapid review, as far as the actor may see it."""
    asked = [
        each
        for each in on_record(actor, row.record)[:MOST]
        if each.stage not in (Asked.DRAFT, Asked.WITHDRAWN)
    ]
    decision = here.decision_of(actor, row)
    signed = set(here.signed_by(actor, decision)) if decision else set()
    put = [each for each in here.panels(actor, row)[:MOST] if each.place in _LIVE]
    return Come(
        asked=len(asked),
        answered=sum(each.stage in (Asked.ANSWERED, *OVER) for each in asked),
        late=sum(each.stage in WAITING and each.due < actor.on for each in asked),
        refused=sum(each.stage == Asked.REFUSED for each in asked),
        safe=bool(str(row.content.get(_SAFETY, "")).strip()),
        put=bool(put),
        panel_on=_panel_on(
            [each.meeting.day for each in put if each.meeting.day and each.place not in _MISSED],
            actor.on,
        ),
        decided=decision is not None,
        signed=sum(each.agency in signed for each in decision.wanted) if decision else 0,
        wanted=len(decision.wanted) if decision else 0,
        sent_on=decision.sent_on if decision else None,
    )


_LIVE = {Stands.PROPOSED.value, *(each.value for each in LIVE)}
_MISSED = {Stands.NOT_REACHED.value, Stands.CARRIED.value}


def _panel_on(days: list[date], today: date) -> date | None:
    """The last day that has come, or the next."""
    past = [each for each in days if each <= today]
    return max(past) if past else min(days, default=None)
