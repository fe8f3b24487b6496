"""What changed in a month, from the rows themselves: a highlight report written by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from concordat.craft.document import Document
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.queries import visible
from concordat.domain.governance.arrangements.queries import typeset
from concordat.domain.governance.programme.models import (
    Gate,
    LearningCycle,
    Programme,
    Update,
)
from concordat.domain.governance.programme.models.plan import read
from concordat.domain.governance.programme.queries.lists import priorities_of, products_of
from concordat.domain.governance.programme.queries.naming import bodies_named
from concordat.domain.governance.programme.queries.roadmap import (
    Roadmap,
    changes_of_plan,
    roadmap,
)
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.health import Health
from concordat.domain.governance.programme.rules.highlights import (
    Change,
    Highlights,
    Span,
    report,
)
from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words


def highlights(actor: Actor, programme: Programme, span: Span) -> Highlights:
    """What was reached, re-planned, accepted, decided and said within a span, and what is next."""
    whole = roadmap(actor, programme)
    return Highlights(
        span,
        reached=list(_reached(whole, span)),
        planned_again=list(_planned_again(actor, programme, span)),
        accepted=list(_accepted(actor, programme, span)),
        decided=list(_decided(actor, programme, span)),
        learnt=list(_learnt(actor, programme, span)),
        said=list(_said(actor, programme, whole, span)),
        late=list(_late(whole)),
        next_up=list(_next_up(whole, span)),
    )


def highlights_told(
    actor: Actor, home: Partnership, programmes: Iterable[Programme], span: Span
) -> dict[str, Any]:
    """A highlight report of some programmes in the shape in which every report is told."""
    told = [(row.title, highlights(actor, row, span)) for row in programmes]
    return report((home.slug, home.name), span, told, actor.on)


def highlights_document(actor: Actor, programme: Programme, span: Span) -> Document:
    """The highlight report of one programme, to be written in any format."""
    home = programme.partnership.partnership_row
    return typeset(actor, highlights_told(actor, home, [programme], span), mark="")


def _reached(whole: Roadmap, span: Span) -> Iterator[Change]:
    for row in whole.rows:
        held = row.milestone
        if held.stage is Stage.DONE and span.holds(held.done_day):
            slip = f", {row.slip.words} than first planned" if row.slip else ""
            yield Change(held.title, f"Reached {held.done_day}{slip}.", held.record.reference,
                         "milestone")  # fmt: skip


def _planned_again(actor: Actor, programme: Programme, span: Span) -> Iterator[Change]:
    for row, held in changes_of_plan(actor, programme):
        if not span.holds(row.day):
            continue
        why = "; ".join(reason.rstrip(".") for reason in row.reasons)
        says = f"{row.before} became {row.after}."
        says += f" Why: {why}." if why else " No reason is on record."
        says += f" Agreed by {row.agreed_by.rstrip('.')}." if row.agreed_by else ""
        record = held.record
        yield Change(held.title, says, record.reference, record.kind)


def _accepted(actor: Actor, programme: Programme, span: Span) -> Iterator[Change]:
    for row in products_of(actor, programme):
        if span.holds(row.accepted_on):
            assert row.accepted_on  # noqa: S101 - a day that the span holds
            says = f"Accepted {day_in_words(row.accepted_on)} by {row.acceptor}."
            yield Change(row.title, says, row.record.reference, "product")


def _decided(actor: Actor, programme: Programme, span: Span) -> Iterator[Change]:
    """Gates that were decided. One that was put off is still open."""
    rows = Gate.objects.filter(priority__programme=programme)
    rows = rows.exclude(outcome__in=("", Outcome.NOT_YET)).select_related("priority__record")
    found = [
        row
        for row in visible(actor, rows, record="priority__record").order_by("pk")
        if span.holds(row.day)
    ]
    names = bodies_named(actor, [row.decided_by_id for row in found])
    for row in found:
        by = f" by {names[row.decided_by_id]}" if row.decided_by_id else ""
        says = f"{row.get_outcome_display()}{by}: {row.reason}"
        yield Change(row.question, says, row.priority.record.reference, "priority")


def _learnt(actor: Actor, programme: Programme, span: Span) -> Iterator[Change]:
    """Reports of learning cycles to their boards, the answers, and what came of them."""
    rows = LearningCycle.objects.filter(priority__programme=programme)
    rows = rows.select_related("record", "body")
    for row in visible(actor, rows).order_by("order", "pk"):
        board = row.body.name if row.body else "its board"
        told = (
            (row.report_day, f"Reported to {board}", row.summary),
            (row.answer_day, f"Answered by {board}", row.response),
            (read(row.checked_on), "Impact checked", row.impact),
        )
        for day, verb, words in told:
            if span.holds(day):
                says = f"{verb} {day}. {words}".strip()
                yield Change(row.theme, says, row.record.reference, row.record.kind)


def _said(actor: Actor, programme: Programme, whole: Roadmap, span: Span) -> Iterator[Change]:
    """The last word of the span on the programme, its priorities and its milestones."""
    named = {row.milestone.pk: row.milestone for row in whole.rows}
    named |= {row.pk: row for row in priorities_of(actor, programme)}
    named[programme.pk] = programme  # type: ignore[assignment]
    rows = Update.objects.filter(record__in=list(named), on__range=(span.first, span.last))
    last = {row.record_id: row for row in visible(actor, rows).order_by("on", "pk")}
    for pk, row in last.items():
        held = named[pk]
        says = f"{Health(row.health).label}, {day_in_words(row.on)}: {row.words}"
        yield Change(held.title, says, held.record.reference, held.record.kind)


def _late(whole: Roadmap) -> Iterator[Change]:
    for row in whole.rows:
        if row.stands == "late":
            held = row.milestone
            says = f"Due {held.due_day}."
            if row.update and row.update.expected:
                says += f" Now expected {row.update.expected}."
            yield Change(held.title, says, held.record.reference, "milestone")


def _next_up(whole: Roadmap, span: Span) -> Iterator[Change]:
    after = span.after
    for row in whole.rows:
        due = row.milestone.due_day
        if row.stands == "over" or due is None or due.earliest is None or due.latest is None:
            continue
        if due.earliest <= after.last and due.latest >= after.first:
            says = f"Due {due}."
            yield Change(row.milestone.title, says, row.milestone.record.reference, "milestone")
