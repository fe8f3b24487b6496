"""Planning again: a milestone, or a programme as a whole; and saying that one is reached."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Milestone
from concordat.domain.governance.programme.rules import path
from concordat.kernel.labels import day_in_words
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.parts import Fact


def replan(request: Request, reference: str) -> HttpResponse:
    found = queries.milestone(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.ReplanForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        return operations.replan(
            request.actor, milestone=found, seen_version=form.seen, **form.answers()
        )

    return sending.act_page(
        request,
        form,
        act,
        words=lambda row: f"Planned again: {row.before} became {row.after}.",
        to=facing.place(found),
        record=found.record,
        heading=f"Plan again: {found.title}",
        explain="The old day, the reasons and who agreed stay on file for everybody to see.",
        rows=_plan(request, found),
        button="Plan it again",
        back_href=facing.up(found),
    )


def _plan(request: Request, found: Milestone) -> list[Fact]:
    """What stands now, the last day of the law, and what a slip of a week would move."""
    rows = [Fact("Due now", str(found.due_day or "No date"))]
    if found.first_day and found.first_day != found.due_day:
        rows.append(Fact("First planned for", str(found.first_day)))
    wall = queries.wall_of(request.actor, found.partnership, found.rule)
    if wall and wall.day and wall.verified:
        rows.append(Fact("Last day by law", f"{day_in_words(wall.day)} ({wall.source})"))
    effects = queries.place_of(request.actor, found).effects
    return [*rows, Fact("At risk", path.in_words(effects))] if effects else rows


def replan_programme(request: Request, reference: str) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = forms.ReplanWholeForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        return operations.replan_programme(
            request.actor, programme=found, seen_version=form.seen, **form.answers()
        )

    return sending.act_page(
        request,
        form,
        act,
        words="The programme is planned again.",
        to=facing.place(found),
        record=found.record,
        heading=f"Plan again: {found.title}",
        explain="For a change of the whole, such as four months that become two phases. "
        "The day of one milestone is changed on its own page.",
        button="Plan the programme again",
        back_href=facing.up(found),
    )


def reach(request: Request, reference: str) -> HttpResponse:
    found = queries.milestone(request.actor, reference)
    queries.may_tell(request.actor, found.record, found.owner).require()
    form = forms.ReachForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        return operations.reach(
            request.actor, milestone=found, seen_version=form.seen, **form.answers()
        )

    return sending.act_page(
        request,
        form,
        act,
        words="The milestone is reached.",
        to=facing.place(found),
        record=found.record,
        heading=f"Say that it is reached: {found.title}",
        button="Say that it is reached",
        back_href=facing.up(found),
    )
