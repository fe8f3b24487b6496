"""A learning cycle: its page, its report to the board, the answer, and the check of its impact."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries, rules
from concordat.domain.governance.programme.queries import CycleFinding, LearningCycle, Whole
from concordat.domain.governance.programme.rules import learning
from concordat.domain.governance.programme.rules.learning import Answer, Turn
from concordat.kernel.actor import Actor
from concordat.kernel.labels import join_words
from concordat.web.programme import facing, forms
from concordat.web.programme.changing import bodies_of
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact, Step

_STEPS = {
    Turn.PLANNED: "Planned",
    Turn.UNDER_WAY: "Under way",
    Turn.REPORTED: "Reported to the board",
    Turn.ANSWERED: "Answered",
    Turn.CHECKED: "Impact checked",
}


@require_safe
def learning_cycle(request: Request, reference: str) -> HttpResponse:
    """One cycle: who takes part, what was done and found, what the board said, what came of it."""
    found = queries.learning_cycle(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "programme/learning_cycle.html", _page(request.actor, found))


def _page(actor: Actor, found: LearningCycle) -> dict[str, Any]:
    told = queries.whole(actor, found)
    may = facing.may_change(actor, found.record)
    lacks = learning.missing(told.known, found.stage)
    return {
        "cycle": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.links(found.record, "Learning cycle", "programme:learning_cycle"),
        "whole": told,
        "tag": facing.turn_tag(found.stage),
        "steps": _steps(found.stage),
        "finding": f"It is not stated: {join_words(lacks)}." if lacks else "",
        "known": learning.WAYS[found.kind].known if found.model else "",
        "undone": [] if found.stage.is_over else learning.not_done(found.kind, told.known.done),
        "rows": [
            (row, facing.answer_tag(row.answer), facing.impact_tag(row.impact))
            for row in told.findings
        ],
        "check_day": found.check_day,
        "may_change": may,
        "may_find": may and bool(learning.may_change_findings(found.stage)),
        "acts": _acts(actor, found, may),
        "moves": facing.moves(found) if may else [],
    }


def _steps(turn: Turn) -> list[Step]:
    if turn not in learning.STEPS:
        return []
    at = learning.STEPS.index(turn)
    return [
        Step(_STEPS[each], "done" if place < at or turn.is_over else "now" if place == at else
             "next")
        for place, each in enumerate(learning.STEPS)
    ]  # fmt: skip


def _acts(actor: Actor, found: LearningCycle, may: bool) -> list[facing.Act]:
    table, turn, open_ = rules.LEARNING, found.stage, found.record.closed is None
    may_answer = queries.may_answer(actor, found.record, found.body)
    may_check = queries.may_tell(actor, found.record, found.owner)
    pairs = [
        (may and bool(table.verdict(turn, "report")), "Report to the board", "report_cycle"),
        (open_ and bool(table.verdict(turn, "answer")) and bool(may_answer),
         "Record the board’s answer" if may else "Answer", "answer_cycle"),
        (open_ and bool(table.verdict(turn, "check")) and bool(may_check),
         "Check its impact", "check_impact"),
    ]  # fmt: skip
    return facing.acts(pairs, found.record.reference)


def report(request: Request, reference: str) -> HttpResponse:
    found = queries.learning_cycle(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    bodies = bodies_of(request, found.partnership)
    form = forms.ReportForm(
        request.POST or None,
        bodies=[(key, row.name) for key, row in bodies.items()],
        initial={"body": found.body.key if found.body else "", "summary": found.summary},
        seen_version=found.record.version,
    )

    def act() -> Any:
        told = form.answers() | {"body": bodies[form.answers()["body"]]}
        return operations.report(request.actor, cycle=found, seen_version=form.seen, **told)

    told = queries.whole(request.actor, found)
    return sending.act_page(
        request, form, act, words="It is reported. The board is asked for its answer.",
        to=facing.place(found), record=found.record, heading=f"Report to the board: {found.theme}",
        explain="What was found and is suggested goes with it, and stands still from then on.",
        rows=_suggested(told), button="Report to the board", back_href=facing.up(found),
    )  # fmt: skip


def _suggested(told: Whole) -> list[Fact]:
    rows = told.suggestions
    return [Fact(f"Suggestion {number}", row.suggests) for number, row in enumerate(rows, 1)]


def answer(request: Request, reference: str) -> HttpResponse:
    """The board answers each suggestion: by its chair, or the secretariat for it."""
    found = queries.learning_cycle(request.actor, reference)
    queries.may_answer(request.actor, found.record, found.body).require()
    told = queries.whole(request.actor, found)
    form = forms.AnswersForm(
        request.POST or None, rows=told.suggestions, seen_version=found.record.version
    )

    def act() -> Any:
        return operations.answer(
            request.actor, cycle=found, answers=form.each(), seen_version=form.seen,
            **{name: form.answers()[name] for name in ("response", "answered_on")},
        )  # fmt: skip

    return sending.act_page(
        request, form, act, words="The board’s answer is on record.", to=facing.place(found),
        record=found.record, heading=f"Answer what was found: {found.theme}",
        rows=[Fact("What it found in all", found.summary or "Not stated")],
        button="Record the answer", back_href=facing.up(found),
    )  # fmt: skip


def check_impact(request: Request, reference: str) -> HttpResponse:
    """Whether what the board took up changed anything, asked in the cycle after it."""
    found = queries.learning_cycle(request.actor, reference)
    queries.may_tell(request.actor, found.record, found.owner).require()
    told = queries.whole(request.actor, found)
    later = _others(request.actor, found)
    form = forms.ImpactForm(
        request.POST or None, rows=[row for row in told.suggestions if _taken_up(row)],
        cycles=[(key, row.theme) for key, row in later.items()], seen_version=found.record.version,
    )  # fmt: skip

    def act() -> Any:
        said = form.answers()
        return operations.check_impact(
            request.actor, cycle=found, impacts=form.each(), seen_version=form.seen,
            words=said["words"], checked_on=said["checked_on"],
            checked_in=later.get(said.get("checked_in") or ""),
        )  # fmt: skip

    return sending.act_page(
        request, form, act, words="What came of it is on record.", to=facing.place(found),
        record=found.record, heading=f"Check what came of it: {found.theme}",
        rows=[Fact("What the board made of it", found.response or "Not stated")],
        button="Record what came of it", back_href=facing.up(found),
    )  # fmt: skip


def _taken_up(row: CycleFinding) -> bool:
    return row.answer != Answer.DECLINED


def _others(actor: Actor, found: LearningCycle) -> dict[str, LearningCycle]:
    """The other cycles of the same place, in which its impact may have been checked."""
    rows = queries.cycles(actor, found.partnership).exclude(pk=found.pk)
    return {row.named_in(found.partnership_id): row for row in rows}
