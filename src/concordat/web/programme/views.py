"""What a partnership has planned: its programmes and priorities, and the page of each thing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.measures import queries as measures
from concordat.domain.governance.programme import queries, rules
from concordat.domain.governance.programme.queries import (
    Gate,
    LearningCycle,
    Milestone,
    Priority,
    Product,
    Programme,
)
from concordat.domain.governance.programme.rules import health, path
from concordat.domain.governance.programme.rules.joining import Joined
from concordat.domain.governance.risks.queries import risks_tied
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.web.programme import facing, picture, recruiting
from concordat.web.programme.facing import Request
from concordat.web.ui.paging import Page, page_of


@require_safe
def overview(request: Request, slug: str) -> HttpResponse:
    """The programmes that a partnership leads or shares in, and its priorities of the year."""
    home = agencies.partnership(request.actor, slug)
    page = page_of(queries.priorities(request.actor, home), request.GET.get("page"))
    told = {"home": home, "part": "programme", "page": page}
    return render(request, "programme/overview.html", told | _overview(request.actor, home, page))


def _overview(actor: Actor, home: Partnership, page: Page) -> dict[str, Any]:
    found = list(queries.programmes(actor, home))
    updates = queries.newest_updates(actor, [row.pk for row in found])
    may = can(actor, Verb.CHANGE, home.record)
    leads = queries.priorities(actor, home).values_list("lead", flat=True)
    return {
        "programmes": [_programme_line(row, updates.get(row.pk)) for row in found],
        "lines": [_priority_line(each) for each in queries.lines(actor, page.rows)],
        **recruiting.first_of(actor, home, bool(may)),
        "occurrences": list(queries.occurrences(actor, home)),
        "cycles": cycles_shown(actor, list(queries.cycles(actor, home))),
        "asked": list(queries.asked_to_join(actor, home))
        if can(actor, Verb.SHARE, home.record)
        else [],
        "sentence": _sentence(len(found), page.total),
        "finding": rules.cycle.together(leads),
        "may_change": bool(may),
    }


def _sentence(programmes: int, priorities: int) -> str:
    if not programmes and not priorities:
        return "No programme and no priority is on record yet."
    return f"{count(programmes, 'programme')} and {count(priorities, 'priority', 'priorities')}."


def _programme_line(row: Programme, update: Any) -> dict[str, Any]:
    return {
        "row": row,
        "tag": facing.stage_tag(row.stage),
        "health": facing.health_tag(update),
        "update": update,
    }


def _priority_line(line: queries.Line) -> dict[str, Any]:
    return {"line": line, "row": line.priority, "tag": facing.stage_tag(line.priority.stage),
            "health": facing.health_tag(line.update)}  # fmt: skip


@require_safe
def programme(request: Request, reference: str) -> HttpResponse:
    """The roadmap: the table is the page, and a strip stands beside it."""
    actor = request.actor
    found = queries.programme(actor, reference)
    look(actor, record=found.record)
    return render(request, "programme/programme.html", whole(actor, found))


def whole(actor: Actor, found: Programme) -> dict[str, Any]:
    """Everything that a roadmap shows."""
    roadmap = queries.roadmap(actor, found)
    may = facing.may_change(actor, found.record)
    last = roadmap.update.on if roadmap.update else None
    return {
        "programme": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.programme_links(found, "roadmap"),
        "roadmap": roadmap,
        "lines": [facing.row_line(row) for row in roadmap.rows],
        "critical": [
            (step, path.in_short(path.if_slips(roadmap.plan, step.node.key)))
            for step in roadmap.critical
        ],
        "picture": picture.strip(roadmap, actor.on),
        "measures": measures.lines(
            actor, list(measures.serving(actor, found.partnership_id, f"programmes:{found.key}"))
        ),
        "risks": list(risks_tied(actor, found.record)),
        "tag": facing.stage_tag(found.stage),
        "health": facing.health_tag(roadmap.update),
        "stale": health.stale_in_words(last, actor.on) if roadmap.stale else "",
        "phases": list(queries.phases(actor, found)),
        "workstreams": list(queries.workstreams(actor, found)),
        "priorities": [_priority_line(each) for each in _lines(actor, found)],
        "products": [(row, facing.making_tag(row)) for row in queries.products_of(actor, found)],
        "changes": list(queries.replans_of(actor, found, "programmes")),
        "steered": sorted(_steering(actor, found)),
        "shared": facing.shared(actor, found),
        "sharing": sharing(actor, found),
        "may_change": may,
        "may_tell": facing.may_tell(actor, found),
        "moves": facing.moves(found) if may else [],
        "may_replan": may and bool(rules.PROGRAMMES.verdict(found.stage, "re-plan")),
        "may_close": may and bool(rules.PROGRAMMES.verdict(found.stage, "close")),
    }


def sharing(actor: Actor, found: Programme) -> dict[str, Any]:
    """Who may be asked, who is asked, who may leave, and who left."""
    rows = list(queries.joinings(actor, found))
    leads = bool(can(actor, Verb.SHARE, found.record)) and found.record.closed is None
    return {
        "may_ask": leads,
        "asked": [row for row in rows if row.stage is Joined.PROPOSED],
        "left": [row for row in rows if row.stage is Joined.LEFT],
        "leaving": [
            row for row in queries.sharers(actor, found)
            if queries.may_leave(actor, found, row.record)
        ],
    }  # fmt: skip


def _lines(actor: Actor, found: Programme) -> list[queries.Line]:
    return queries.lines(actor, list(queries.priorities_of(actor, found)))


def _steering(actor: Actor, found: Programme) -> list[str]:
    told = [f"bodies:{key}" for key in found.steered_by]
    return list(queries.names_of(actor, found.partnership_id, told).values())


@require_safe
def milestone(request: Request, reference: str) -> HttpResponse:
    """One milestone: its plan, what it waits for, what a slip moves, and how its plan changed."""
    actor = request.actor
    found = queries.milestone(actor, reference)
    look(actor, record=found.record)
    return render(request, "programme/milestone.html", _milestone(actor, found))


def _milestone(actor: Actor, found: Milestone) -> dict[str, Any]:
    place = queries.place_of(actor, found)
    row, effects = place.row, place.effects
    may = facing.may_change(actor, found.record)
    may_tell = facing.may_tell(actor, found)
    table = rules.MILESTONES
    pairs = [
        (may and bool(table.verdict(found.stage, "re-plan")), "Plan it again", "replan"),
        (may_tell and bool(table.verdict(found.stage, "reach")), "Say that it is reached", "reach"),
    ]
    return {
        "milestone": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Milestone", "programme:milestone"),
        "line": facing.row_line(row),
        "row": row,
        "dependents": place.dependents,
        "at_risk": path.in_words(effects) if effects else "",
        "effects": [(each, _effect(each)) for each in effects[1:]],
        "replans": list(queries.replans_of(actor, found, "milestones")),
        "updates": facing.told_of(actor, found.record),
        "measures": list(measures.serving(actor, found.partnership_id, f"milestones:{found.key}")),
        "risks": list(risks_tied(actor, found.record)),
        "may_change": may,
        "may_tell": may_tell,
        "acts": facing.acts(pairs, found.record.reference),
        "moves": facing.moves(found) if may else [],
    }


def _effect(effect: path.Effect) -> str:
    """By how much a slip of a week moves one milestone."""
    if not effect.dated:
        return "It has no date, so that nobody can tell"
    if effect.least == effect.most:
        return f"Moves by {count(effect.most, 'day')}"
    return (
        f"May move, by at most {count(effect.most, 'day')}"
        if not effect.least
        else (f"Moves by {effect.least} to {count(effect.most, 'day')}")
    )


@require_safe
def priority(request: Request, reference: str) -> HttpResponse:
    """One priority: where it stands in its year, its gates, and what it is measured by."""
    actor = request.actor
    found = queries.priority(actor, reference)
    look(actor, record=found.record)
    return render(request, "programme/priority.html", _priority(actor, found))


def _priority(actor: Actor, found: Priority) -> dict[str, Any]:
    (line,) = queries.lines(actor, [found])
    gates = list(queries.gates(actor, found))
    names = queries.bodies_named(actor, [found.chosen_by_id, *(g.decided_by_id for g in gates)])
    held = queries.cycle_of(actor, found)
    cycles = list(queries.cycles_at(actor, found))
    may = facing.may_change(actor, found.record)
    table = rules.PRIORITIES
    pairs = [
        (may and bool(table.verdict(found.stage, "choose")), "Record the choice", "choose"),
        (may and bool(table.verdict(found.stage, "end")), "End it with what came of it", "end"),
    ]
    return {
        "priority": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Priority", "programme:priority"),
        "line": line,
        "tag": facing.stage_tag(found.stage),
        "health": facing.health_tag(line.update),
        "chosen_by": names.get(found.chosen_by_id, ""),
        "finding": rules.cycle.finding(held),
        "gates": [
            (gate, rests, names.get(gate.decided_by_id, ""))
            for gate, rests in _gates(found, gates, cycles)
        ],
        "cycles": cycles_shown(actor, cycles),
        "next_years": list(queries.next_years(actor, found)),
        "over": found.stage.is_over,
        "milestones": [
            (row, facing.reached_tag(row.stage)) for row in queries.milestones_for(actor, found)
        ],
        "updates": facing.told_of(actor, found.record),
        "measures": measures.lines(
            actor, list(measures.serving(actor, found.partnership_id, f"priorities:{found.key}"))
        ),
        "may_change": may,
        "may_tell": facing.may_tell(actor, found),
        "acts": facing.acts(pairs, found.record.reference),
        "moves": facing.moves(found) if may else [],
    }


def _gates(
    found: Priority, gates: list[Gate], cycles: list[LearningCycle]
) -> list[tuple[Gate, list[LearningCycle]]]:
    """Each gate with the learning cycles that it rests on."""
    named = {row.named_in(found.partnership_id): row for row in cycles}
    return [(gate, [named[key] for key in gate.rests_on if key in named]) for gate in gates]


def cycles_shown(actor: Actor, rows: list[LearningCycle]) -> list[tuple[Any, facing.Tag]]:
    lines = queries.cycle_lines(actor, rows)
    return [(each, facing.turn_tag(each.cycle.stage)) for each in lines]


@require_safe
def product(request: Request, reference: str) -> HttpResponse:
    actor = request.actor
    found = queries.product(actor, reference)
    look(actor, record=found.record)
    return render(request, "programme/product.html", _product(actor, found))


def _product(actor: Actor, found: Product) -> dict[str, Any]:
    may = facing.may_change(actor, found.record)
    table, accepts = rules.PRODUCTS, queries.may_accept(actor, found.record, found.accepted_by)
    waits = bool(table.verdict(found.making, "accept"))
    pairs = [
        (may and bool(found.accepted_by) and bool(table.verdict(found.making, "hand over")),
         "Hand it over", "hand_over"),
        (waits and bool(accepts), "Accept it", "accept"),
        (waits and bool(accepts), "Send it back", "send_back"),
    ]  # fmt: skip
    return {
        "product": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Product", "programme:product"),
        "tag": facing.making_tag(found),
        "measures": measures.lines(
            actor, list(measures.serving(actor, found.partnership_id, f"products:{found.key}"))
        ),
        "acceptor": queries.name_of(actor, found.partnership_id, found.accepted_by),
        "may_change": may,
        "acts": facing.acts(pairs, found.record.reference),
        "moves": facing.moves(found) if may else [],
    }
