"""Lessons with what was done about them, and the bid, the money and what the funder is owed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.queries import Record, can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Deed, Lesson, Obligation, Programme
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Request
from concordat.web.ui import sending
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact

SORTS = (
    ("challenge", "Challenges"),
    ("response", "How they were answered"),
    ("success", "Successes"),
    ("lesson", "Lessons"),
    ("innovation", "New ways"),
)


@require_safe
def lessons(request: Request, reference: str) -> HttpResponse:
    """Challenges, what answered them, successes, and what was done about each."""
    actor = request.actor
    found = queries.programme(actor, reference)
    rows = list(queries.lessons(actor, found))
    deeds: dict[int, list[Deed]] = defaultdict(list)
    for deed in queries.deeds(actor, found):
        deeds[deed.lesson_id].append(deed)
    told = {
        "programme": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.programme_links(found, "lessons"),
        "sorts": [
            (kind, title, [_lesson(row, rows, deeds[row.pk]) for row in rows if row.kind == kind])
            for kind, title in SORTS
        ],
        "sentence": _sentence(rows, deeds),
        "may_change": facing.may_change(actor, found.record),
    }
    return render(request, "programme/lessons.html", told)


def _lesson(row: Lesson, rows: list[Lesson], deeds: list[Deed]) -> dict[str, Any]:
    return {
        "row": row,
        "answers": [each for each in rows if each.key in row.answers],
        "answered": [each for each in rows if row.key in each.answers],
        "deeds": [(each, address_of(each.record.kind, each.record.reference)) for each in deeds],
    }


def _sentence(rows: list[Lesson], deeds: dict[int, list[Deed]]) -> str:
    if not rows:
        return "Nothing is written down yet that was learnt."
    answered = {key for row in rows for key in row.answers}
    challenges = [row for row in rows if row.kind == "challenge"]
    loose = [r for r in challenges if r.key not in answered and not deeds[r.pk]]
    told = f"{count(len(rows), 'lesson')}, among them {count(len(challenges), 'challenge')}."
    return f"{told} {len(loose)} of these without an answer." if loose else told


def link(request: Request, reference: str, key: str) -> HttpResponse:
    """Link a lesson to what was done about it."""
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    lesson = queries.lessons(request.actor, found).filter(key=key).first()
    if lesson is None:
        raise Http404
    form = forms.LinkForm(request.POST or None)

    def act() -> Any:
        told = form.answers()
        return operations.link_deed(
            request.actor, lesson=lesson, record=_record(request, told["record"]), how=told["how"]
        )

    return sending.act_page(
        request, form, act, words="What was done is linked.", to=("programme:lessons", reference),
        heading=f"Say what was done: {lesson.theme}", rows=[Fact("Lesson", lesson.says)],
        button="Link it", back_href=reverse("programme:lessons", args=[reference]),
    )  # fmt: skip


def _record(request: Request, reference: str) -> Record:
    try:
        return fetch_record(request.actor, reference.strip().upper())
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no “{reference.strip()[:40]}” that you may open.",
            field="record",
            mend="Copy the reference from the head of its page.",
        ) from None


@require_safe
def money(request: Request, reference: str) -> HttpResponse:
    """The bid, the award, its conditions and the returns to whoever pays."""
    actor = request.actor
    found = queries.programme(actor, reference)
    rows = list(queries.obligations(actor, found))
    told = {
        "programme": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.programme_links(found, "money"),
        "rows": [(row, _tag(request, row)) for row in rows],
        "owed": sum(row.done_on is None for row in rows),
        "shared": facing.shared(actor, found),
        "may_change": facing.may_change(actor, found.record),
    }
    return render(request, "programme/money.html", told)


def _tag(request: Request, row: Obligation) -> facing.Tag:
    if row.done_on:
        return facing.Tag("Done", "Done")
    late = row.due_day and row.due_day.certainly_before(request.actor.on)
    return facing.Tag("Overdue", "Late") if late else facing.Tag("Open", "Owed")


def fulfil(request: Request, reference: str, key: str) -> HttpResponse:
    found: Programme = queries.programme(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    row = queries.obligations(request.actor, found).filter(key=key).first()
    if row is None:
        raise Http404
    form = forms.WordsForm(
        request.POST or None, label="What was done, and where can it be seen?",
        seen_version=found.record.version,
    )  # fmt: skip

    def act() -> Any:
        return operations.fulfil(
            request.actor, obligation=row, words=form.answers()["words"], seen_version=form.seen
        )

    return sending.act_page(
        request, form, act, words="It is done.", to=("programme:money", reference),
        record=found.record, heading="Say that it is done",
        rows=[Fact("Owed", row.what)], button="Say that it is done",
        back_href=reverse("programme:money", args=[reference]),
    )  # fmt: skip
