"""A transition as its pages show it: the picture, the rows, the lists and what would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from concordat.domain.base.agencies.queries import Area, Partnership
from concordat.domain.base.clocks.queries import Stood, days_of, law_of
from concordat.domain.base.clocks.rules import due_on
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.arrangements.queries import GoLivePoint, HandoverItem
from concordat.domain.governance.arrangements.queries import old_board as boards
from concordat.domain.governance.arrangements.queries.transition import Transition
from concordat.domain.governance.arrangements.rules import transition as rules
from concordat.domain.governance.arrangements.rules.go_live import (
    HANDOVER,
    QUESTIONS,
    Handing,
    Line,
    Point,
)
from concordat.domain.governance.arrangements.rules.transition import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words, join_words, slug
from concordat.web.arrangements.transition_forms import GoLiveForm
from concordat.web.ui.parts import Fact

ON_WAIVING = "Only a decision that the executive has made can waive a point. Its reason stays."
NO_DECISION = (
    "The executive has made no decision on record. Record it first: without one no point can be "
    "waived."
)
VERBS = {
    "assign": "Decide who receives this",
    "rule out": "Say that there is nothing to pass on",
    "pass on": "Record that it was passed on",
    "accept": "Say that it has come",
    "send back": "Send it back",
    "reopen": "Open this line again",
}
STANDS = {
    Handing.OPEN: "Open",
    Handing.ASSIGNED: "Waiting",
    Handing.PASSED: "Waiting",
    Handing.ACCEPTED: "Accepted",
    Handing.NONE: "Closed",
}


def slug_of(point: str) -> str:
    return slug(point)


# --- the picture and its table


def drawing(found: Transition) -> SafeString | None:
    """Every dated step, the national days and the tails on one strip; None without a date."""
    from concordat.craft.svg import Lane, timeline

    lanes = [Lane(name, marks) for name, marks in _lanes(found).items() if marks]
    if not found.stages and not found.clocks:
        return None
    drawn = timeline(
        lanes,
        title=found.message,
        desc="The table beneath says the same. A bar covers every day that a source allows.",
        today=found.on,
    )
    return mark_safe(drawn)  # noqa: S308 - craft escapes its texts


def _lanes(found: Transition) -> dict[str, list[Any]]:
    from concordat.craft.svg import Mark

    lanes: dict[str, list[Any]] = {}
    for stage in found.stages:
        if stage.span is None or stage.step == "other":
            continue
        first, last = stage.span
        tone, word = _tone(stage, found)
        mark = Mark(first, stage.dated, last if last != first else None, tone, word)  # type: ignore[arg-type]
        lanes.setdefault(rules.TITLES[stage.step], []).append(mark)
    table = found.table
    lanes["National timetable"] = [
        Mark(table.starts_on, "Began"),
        Mark(table.publish_by, f"Publish by {day_in_words(table.publish_by)}"),
        Mark(table.live_by, f"In effect by {day_in_words(table.live_by)}"),
    ]
    for tail in found.tails:
        name = "Serious case reviews" if tail.rule.id == "TR-SCR" else "Child death reviews"
        lanes[f"Tail: {name.lower()}"] = [_tail_mark(found, tail)]
    return lanes


def _tail_mark(found: Transition, tail: rules.Tail) -> Any:
    from concordat.craft.svg import Mark

    word = "" if tail.rule.verified(found.on) else "not verified"
    if tail.first is None or tail.first == tail.last:
        return Mark(tail.last, f"Until {day_in_words(tail.last)}", None, "held", word)
    label = f"{day_in_words(tail.first)} to {day_in_words(tail.last)}"
    return Mark(tail.first, label, tail.last, "held", word)


def tails(found: Transition) -> list[dict[str, Any]]:
    """How long open work may outlast the board, each with whether its row was read."""
    return [{"tail": each, "verified": each.rule.verified(found.on)} for each in found.tails]


def _tone(stage: Stage, found: Transition) -> tuple[str, str]:
    if stage.is_done:
        return "done", "done"
    if stage.late(found.on):
        return "soon", "planned, not said to be done"
    return "plain", "planned"


def rows(found: Transition) -> list[dict[str, Any]]:
    """The timeline as a table: planned and done apart, in the source's own words."""
    return [
        {
            "step": rules.TITLES[each.step],
            "title": each.title,
            "about": each.about,
            "planned": "" if each.is_done else each.dated or "No day stated",
            "done": (each.dated or "Done; no day stated") if each.is_done else "",
            "late": each.late(found.on),
            "source": each.source,
        }
        for each in found.stages
    ]


def clocks(found: Transition) -> list[dict[str, Any]]:
    """Each clock with its sum in words; a row that nobody verified says so."""
    return [_clock(each) for each in found.clocks]


def _clock(each: Stood) -> dict[str, Any]:
    start, rule = each.start, each.rule
    on = start.started_on if start else each.clock.opened_on
    return {
        "title": rule.title if rule else each.clock.rule,
        "rule": each.clock.rule,
        "href": reverse("clocks:clock", args=[each.clock.pk]),
        "started_by": start.started_by if start else each.clock.started_by,
        "due": start.due if start else None,
        "sum": start.sum if start else "",
        "state": each.state.value,
        "left": each.left,
        "verified": rule is not None and rule.verified(on),
    }


# --- the two lists


def point(home: Partnership, row: GoLivePoint) -> dict[str, Any]:
    """One line of the check list, and where what is lacking can be put right."""
    which = Point(row.point)
    text, href = _mend(home, which)
    state = ("Done", "Stands") if row.is_met else ("Accepted", "Waived") if row.stands else (
        "Overdue", "Open")  # fmt: skip
    return {
        "row": row,
        "question": QUESTIONS[which],
        "slug": slug_of(row.point),
        "tone": state[0],
        "word": state[1],
        "text": text,
        "href": href,
    }


def _mend(home: Partnership, which: Point) -> tuple[str, str]:
    ways: dict[Point, tuple[str, str]] = {
        Point.SEATS: ("Fill the seats", "seats:people"),
        Point.DELEGATIONS: ("Record delegations", "arrangements:delegations"),
        Point.TERMS: ("Open the bodies", "arrangements:structure"),
        Point.PUBLIC: ("Fill in the public page", "agencies:public"),
        Point.HANDOVER: ("Work the handover list", ""),
    }
    text, route = ways.get(which, ("", ""))
    if which is Point.HANDOVER:
        return text, "#handover"
    return (text, reverse(route, args=[home.slug])) if route else ("", "")


def line(home: Partnership, each: Line) -> dict[str, Any]:
    """One line of the handover list as a row."""
    return {
        "line": each,
        "text": each.text[:1].upper() + each.text[1:],
        "tone": STANDS[each.state],
        "word": each.state.value.capitalize(),
        "href": reverse("arrangements:handover", args=[home.slug, each.item]),
        **each.more,
    }


def line_facts(each: Line) -> list[Fact]:
    labels = {
        "passes": "What is passed on",
        "receiver": "Who receives it",
        "decision": "By which decision",
        "decided": "Decided by",
        "passed": "Passed on by",
        "accepted": "Accepted by",
        "receipt": "Receipt",
        "reason": "Reason",
    }
    return [Fact(label, each.more[key]) for key, label in labels.items() if key in each.more]


def acts(
    home: Partnership, each: Line, kept: HandoverItem | None, actor: Actor, may_change: bool
) -> list[tuple[str, str]]:
    """What this actor may do with a line now, with its words and address."""
    seat = kept.seat_id if kept else None
    receives = seat is not None and seat in {held.seat for held in actor.seats}
    return [
        (VERBS[move.verb], reverse(
            "arrangements:hand_over", args=[home.slug, each.item, move.verb.replace(" ", "-")]))
        for move in HANDOVER.allowed(each.state)
        if (receives or (may_change and seat is None)
            if move.verb in ("accept", "send back") else may_change)
    ]  # fmt: skip


# --- going live


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """Every answer that was sent, to be sent again by the check page."""
    left_out = ("csrfmiddlewaretoken", "sure", "again")
    return [(name, each) for name in data if name not in left_out for each in data.getlist(name)]


def changes(actor: Actor, home: Partnership, area: Area, form: GoLiveForm) -> list[Fact]:
    """Everything that going live would change, before it does."""
    told = form.cleaned_data
    facts = [
        Fact("Area", area.name),
        Fact("The new arrangements begin", day_in_words(told["on"])),
        Fact("Decided in", told["source"]),
        Fact("Come into force", _names(form.chosen("starting"))),
        Fact("End", _names(form.chosen("ending"))),
    ]
    if form.after_it:
        facts.append(Fact("Takes over", form.after_it.name))
    moved = {body.pk for name in ("starting", "ending") for body in form.chosen(name)}
    there = [*boards.coming(actor, home, actor.on), *boards.going(actor, home, actor.on)]
    left = [body.name for body in there if body.pk not in moved]
    if left:
        facts.append(Fact("Stay as they are", join_words(left)))
    return [*facts, *_clocks_that_start(actor, home, form)]


def _names(bodies: list[Body]) -> str:
    return join_words([each.name for each in bodies]) or "None"


def _clocks_that_start(actor: Actor, home: Partnership, form: GoLiveForm) -> Iterator[Fact]:
    """The tails, worked out as the clocks will be."""
    law, days = law_of(actor, home.record), days_of(actor, [home.pk])
    begun = {"TR-SCR": form.cleaned_data["on"], "TR-CDR": form.cleaned_data.get("child_deaths_on")}
    for name, on in begun.items():
        rule = law.variants(name)[-1]
        standing = "" if rule.verified(form.cleaned_data["on"]) else " Not verified."
        if on is None:
            yield Fact(rule.title, f"Its clock waits for the day.{standing}")
            continue
        working, names = days.for_rule(rule, home.pk, None)
        yield Fact(rule.title, f"{due_on(on, rule, working, closed_names=names).sum}{standing}")
