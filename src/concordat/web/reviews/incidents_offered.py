"""What may be done with an incident now: the links of its page, what comes next foremost."""

from __future__ import annotations

from django.urls import reverse

from concordat.domain.base.requests import queries as requests
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import Incident
from concordat.domain.practice.reviews.queries.group import may_be_put
from concordat.domain.practice.reviews.rules import Paper, Part, Stage
from concordat.kernel.actor import Actor
from concordat.web.reviews.incidents_acts import ACTS, fits
from concordat.web.ui.parts import Link


def _foremost(actor: Actor, row: Incident) -> tuple[str, ...]:
    """What comes next, in its order: the page leads with the first that the actor may do."""
    if row.stage != Stage.NOTIFIED:
        return _NEXT.get(row.stage_is, ())
    asked = requests.on_record(actor, row.record).exists()
    put = queries.panels(actor, row).exists()
    steps = ("weigh", "decide", "content") if put else ("panel", "content", "weigh")
    return steps if asked else ("ask", *steps)


_NEXT = {
    Stage.TOLD: ("notify", "say", "form", "amend"),
    Stage.DECIDED: ("sign", "send"),
    Stage.SENT: ("sign", "reply"),
    Stage.ANSWERED: ("stand", "close"),
    Stage.LEFT: ("close", "again"),
    Stage.ASIDE: ("close", "again"),
    Stage.ELSEWHERE: ("take-over", "close"),
}


def offered(actor: Actor, row: Incident, part: Part) -> list[Link]:
    """What may be done with it now, by this actor."""
    found = [act for act in ACTS if act.may(part) and fits(act, row)]
    first = _foremost(actor, row)
    found.sort(key=lambda act: first.index(act.slug) if act.slug in first else len(first))
    signs = bool(queries.seats_to_sign(actor, row)) if row.is_told else False
    others = len(queries.areas_to_tell(actor, row.partnership_id)) > 1
    return [
        Link(act.link, reverse(f"reviews:incident_{act.slug}", args=[row.record.reference]))
        for act in found
        if (act.slug != "sign" or signs)
        and (act.slug != "put-right" or others)
        and (act.slug != "group" or may_be_put(actor, row))
    ]


_ANSWERS = {
    Paper.NOTIFICATION: ("form", "amend"),
    Paper.PANEL: ("content", "amend"),
    Paper.NHS: ("content", "amend"),
}


def that_answer(actor: Actor, row: Incident, of: Paper) -> list[Link]:
    """The forms by which this actor may now answer what a paper leaves open."""
    part = queries.part_in(actor, row)
    return [
        Link(act.link, reverse(f"reviews:incident_{act.slug}", args=[row.record.reference]))
        for act in ACTS
        if act.slug in _ANSWERS[of] and act.may(part) and fits(act, row)
    ]
