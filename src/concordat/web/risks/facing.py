"""Registers and risks in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from concordat.domain.base.actions import queries as actions
from concordat.domain.base.actions.rules import Part
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.queries import found_on
from concordat.domain.governance.risks import queries
from concordat.domain.governance.risks.queries import Register, Risk, Row, Scored
from concordat.domain.governance.risks.rules import findings, life
from concordat.domain.governance.risks.rules.life import STATES, Stage, Treatment, Which, Working
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.addresses import address_of
from concordat.web.ui.doors import Request
from concordat.web.ui.parts import Fact, Link

__all__ = ["Request", "face", "line", "register_links", "up"]

TONES = {Stage.OPEN: "Open", Stage.CLOSING: "Waiting", Stage.CLOSED: "Closed"}
WORKING = {
    Working.WORKING: "Done",
    Working.PARTLY: "Due soon",
    Working.NOT: "Overdue",
    Working.NOT_JUDGED: "Draft",
}
_NEAR = {Nearness.OVERDUE: "Overdue", Nearness.DUE_SOON: "Due soon"}


def register_links(register: Register, current: str) -> list[Link]:
    """The pages of one register."""
    pages = {
        "register": "Risks",
        "map": "Heat map",
        "movement": "Movement",
    }
    at = [register.record.reference]
    own = [
        Link(text, reverse(f"risks:{name}", args=at), current=name == current)
        for name, text in pages.items()
    ]
    return [*own, Link("About", reverse("records:record", args=at))]


def line(row: Row, today: date) -> dict[str, Any]:
    """One row of a list."""
    risk = row.risk
    treatment = Treatment(risk.treatment).word if risk.treatment else ""
    return {
        "row": row,
        "risk": risk,
        "href": address_of("risk", risk.record.reference),
        "scores": [
            (which.value.capitalize(), said(risk, which))
            for which in Which
            if any(risk.said(which))
        ],
        "treatment": treatment,
        "accepted": row.accepted_until,
        "stage": Stage(risk.stage),
        "tone": TONES[Stage(risk.stage)],
        "near": "" if risk.over else _NEAR.get(nearness(risk.review_day, today), ""),
        "restricted": mark(risk),
    }


def said(risk: Risk, which: Which) -> str:
    """A score as its row shows it; what is outside the scheme in its own words."""
    found = risk.score(which)
    return found.short if found else " / ".join(filter(None, risk.said(which)))


def mark(risk: Risk) -> str:
    level = risk.record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def up(risk: Risk) -> str:
    return reverse("risks:risk", args=[risk.record.reference])


def found(actor: Actor, row: Register | Risk, kind: str) -> dict[str, Any]:
    """What a source or somebody found about a register or a risk; nothing for a neighbour."""
    home = agencies.partnerships(actor).filter(pk=row.partnership_id).first()
    told = found_on(actor, home).get(f"{kind}:{row.key}", []) if home else []
    return {"home": home, "found": told}


def about(actor: Actor, risk: Risk) -> list[Fact]:
    """What a form shows of the risk that it changes."""
    owner = queries.owner_of(actor, risk)
    register = f"{risk.register.title} ({risk.register.scheme.name})" if risk.register else "None"
    return [
        Fact("Risk", f"{risk.record.reference} {risk.title}"),
        Fact("Register", register),
        Fact("Current score", in_words(risk, Which.CURRENT)),
        Fact("Owner", owner.name if owner else "Nobody yet"),
    ]


def in_words(risk: Risk, which: Which) -> str:
    found = risk.score(which)
    return found.words if found else " / ".join(filter(None, risk.said(which))) or "Not scored"


def face(actor: Actor, risk: Risk) -> dict[str, Any]:
    """What the page of a risk shows to this actor."""
    part, scores = queries.part_in(actor, risk), list(queries.scores(actor, risk))
    controls = list(queries.controls(actor, [risk]))
    lasting = queries.acceptance(actor, risk)
    past = [each for each in queries.acceptances(actor, risk) if each != lasting]
    works = bool(life.may_work(part)) and not risk.over
    return {
        "risk": risk,
        "record": risk.record,
        "restricted": mark(risk),
        "tone": TONES[risk.stage_is],
        "stage": risk.stage_is,
        "owner": queries.owner_of(actor, risk),
        "keeper": queries.keeper_of(actor, risk.register) if risk.register else None,
        "review": _day(risk.review_on),
        "near": "" if risk.over else _NEAR.get(nearness(risk.review_day, actor.on), ""),
        "treatment": Treatment(risk.treatment).label if risk.treatment else "",
        "scores": [_three(risk, which, scores) for which in Which],
        "findings": []
        if risk.over
        else _findings(actor, risk, controls, past, accepted=lasting is not None),
        "controls": [
            {"control": each, "tone": WORKING[each.working_is], "words": each.working_is.label}
            for each in controls
        ],
        "told_controls": findings.controls_in_words([each.working_is for each in controls]),
        "quarters": queries.quarters_of(actor, risk),
        "history": scores,
        "acceptance": lasting,
        "past": past,
        "works": works,
        "acts": acts(risk, part, accepted=lasting is not None, actor=actor),
        "links": _links(risk),
        **found(actor, risk, "risks"),
        **_around(actor, risk),
    }


def _day(told: str) -> UncertainDate | None:
    return UncertainDate.parse(told) if told else None


def _around(actor: Actor, risk: Risk) -> dict[str, Any]:
    """What a risk is tied to: actions, clocks, agendas, other registers and partnerships."""
    ties = list(queries.ties(actor, risk))
    records = [risk.record, *(tie.record for tie in ties)]
    running = clocks.clocks(actor, now=actor.on).filter(record__in=records)
    views = queries.common_views(actor, risk)
    return {
        "ties": [
            {"tie": tie, "href": address_of(tie.record.kind, tie.record.reference)} for tie in ties
        ],
        "clocks": clocks.rows_of(actor, list(running), now=actor.on),
        "actions": list(actions.actions_on(actor, risk.record)[:20]),
        "agendas": list(queries.put_before(actor, risk)[:20]),
        "suggested": queries.suggested(actor, risk),
        "moves": list(queries.moves(actor, risk)),
        "closures": list(queries.closures(actor, risk)),
        "views": [
            {
                "view": view,
                "score": in_words(view, Which.CURRENT),
                "href": address_of("risk", view.record.reference),
                "here": view.pk == risk.pk,
            }
            for view in views
        ]
        if len(views) > 1
        else [],
    }


def _three(risk: Risk, which: Which, scores: Iterable[Scored]) -> dict[str, Any]:
    """One of the three scores with who gave it last, when and why."""
    last = next((each for each in scores if each.which == which.value), None)
    return {
        "name": which.value.capitalize(),
        "label": which.label,
        "words": in_words(risk, which),
        "last": last,
        "which": which.value,
    }


def _findings(
    actor: Actor,
    risk: Risk,
    controls: Iterable[queries.Control],
    past: list[Any],
    *,
    accepted: bool,
) -> list[findings.Finding]:
    lapsed = past[0].expires if past and past[0].ran_out and not accepted else None
    facts = findings.Facts(
        owner=bool(risk.owner),
        current=risk.score(Which.CURRENT),
        target=risk.score(Which.TARGET),
        review=risk.review_day,
        controls=tuple(each.working_is for each in controls),
        lapsed_on=lapsed,
        quarters_at_target=queries.at_target_for(actor, risk),
    )
    return findings.findings(facts, actor.on)


def _links(risk: Risk) -> list[Link]:
    at = [risk.record.reference]
    return [
        Link("Risk", up(risk), current=True),
        Link("Documents", reverse("documents:on", args=at)),
        Link("Actions", reverse("actions:on", args=at)),
        Link("History", reverse("records:history", args=at)),
        Link("About", reverse("records:record", args=at)),
    ]


def acts(risk: Risk, part: Part, *, accepted: bool, actor: Actor) -> list[Link]:
    """What this actor may do with it now, what is done most often first."""
    works, keeps = bool(life.may_work(part)), bool(life.may_keep(part))
    judges = bool(life.may_judge(part))
    shares = bool(can(actor, Verb.SHARE, risk.record)) and risk.common_id is None
    offered = (
        ("Record a review", "review", "review", works),
        ("Add a control", "add_control", "control", works),
        ("Change its words or treatment", "amend", "amend", works),
        ("Give it to an owner", "own", "own", keeps),
        ("Put it before a meeting", "put_before", "put before", works),
        ("Escalate or move it", "choose", "move", works),
        ("Tie it to a record", "tie", "score", works),
        ("Accept it for a time", "accept", "accept", judges and not accepted),
        ("End its acceptance", "end_acceptance", "end the acceptance", judges and accepted),
        ("Share it with another partnership", "share", "score", shares),
        ("Propose to close it", "propose_to_close", "propose to close", works),
        ("Keep it open", "keep_open", "keep open", judges),
        ("Close it", "close", "close", judges),
        ("Reopen it", "reopen", "reopen", keeps),
    )
    at = [risk.record.reference]
    return [
        Link(text, reverse(f"risks:{route}", args=at))
        for text, route, verb, allowed in offered
        if allowed and STATES.verdict(risk.stage_is, verb)
    ]
