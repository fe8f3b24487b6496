"""Minutes: read, written in the room with their actions, downloaded, and agreed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.craft import pdf, word
from concordat.craft.document import Document
from concordat.domain.base.actions import queries as actions
from concordat.domain.base.records.operations import look
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.operations.minutes import as_document, as_document_apart
from concordat.domain.governance.meetings.queries import Meeting
from concordat.domain.governance.meetings.queries import minutes as asked
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules import minutes as rules
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.labels import weekday_in_words
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import ActionForm, AgreeForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from

WAYS = {
    "pdf": (pdf.write, "application/pdf", "pdf"),
    "word": (
        word.write,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
}
APART = {"restricted-pdf": "pdf", "restricted-word": "word"}
"""The minutes of what is held more closely than the meeting, as files of their own."""


@require_safe
def minutes(request: Request, reference: str) -> HttpResponse:
    """What was recorded, item by item; the same page in the room and afterwards."""
    found = queries.meeting(request.actor, reference)
    look(request.actor, record=found.record, what="read the minutes of")
    told = facing.band(request.actor, found, "minutes")
    told |= _read(request.actor, found, told["runs"])
    return render(request, "meetings/minutes.html", told)


def _read(actor: Actor, found: Meeting, runs: bool) -> dict[str, Any]:
    items = asked.minuted(actor, found)
    writes = runs and found.stage_is in (Stage.HELD, Stage.MINUTES_DRAFT)
    held, level = rules.may_read(found.stage_is), found.record.level
    return {
        "items": [_item(each) for each in items if not asked.is_apart(each, level)],
        "apart": [_item(each) for each in items if asked.is_apart(each, level)],
        "held": held,
        "writes": writes,
        "may_agree": _may_agree(actor, found),
        "came": asked.came(actor, found) if held else [],
        "quorum": queries.quorum_of(actor, found) if held and found.body else None,
        "arising": [_owed(row) for row in asked.arising(actor, found)],
        "to_agree": asked.to_agree(actor, found),
        "sentence": rules.in_a_sentence(
            len(items),
            sum(len(each.decisions) for each in items),
            sum(len(each.actions) for each in items),
        ),
    }


def _may_agree(actor: Actor, found: Meeting) -> bool:
    offices = life.who_may("agree the minutes")
    may = queries.may_run(actor, found.record, found.body_id, offices)
    return found.stage_is is Stage.MINUTES_DRAFT and bool(may)


def _item(each: asked.Minuted) -> dict[str, Any]:
    return {
        "told": each,
        "tone": facing.TONES[each.line.place_is] if each.line else "",
        "decisions": [facing.decision_row(row) for row in each.decisions],
        "actions": [_owed(row) for row in each.actions],
    }


def _owed(row: actions.Action) -> dict[str, Any]:
    return {"row": row, "href": reverse("actions:action", args=[row.record.reference])}


@require_safe
def file(request: Request, reference: str, way: str) -> HttpResponse:
    """The minutes as Word or PDF, as far as the reader may open them."""
    found = queries.meeting(request.actor, reference)
    if way not in (*WAYS, *APART) or not rules.may_read(found.stage_is):
        raise Http404
    if way in APART:
        return _apart(request, found, way)
    look(request.actor, record=found.record, what="downloaded the minutes of")
    made = as_document(request.actor, meeting=found, within=found.record.level)
    return _sent(made, way, f"{reference}-minutes")


def _apart(request: Request, found: Meeting, way: str) -> HttpResponse:
    """The restricted minutes; absent for whoever may open none of them."""
    if not asked.apart(request.actor, found):
        raise Http404
    look(request.actor, record=found.record, what="downloaded the restricted minutes of")
    made = as_document_apart(request.actor, meeting=found)
    return _sent(made, APART[way], f"{found.record.reference}-restricted-minutes")


def _sent(document: Document, way: str, name: str) -> HttpResponse:
    write, media_type, ending = WAYS[way]
    answer = HttpResponse(write(document), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def agree(request: Request, reference: str) -> HttpResponse:
    """Agree the minutes at a later meeting of the body."""
    found = queries.meeting(request.actor, reference)
    offices = life.who_may("agree the minutes")
    queries.may_run(request.actor, found.record, found.body_id, offices).require()
    at = asked.can_agree(request.actor, found)
    choices = [(each.record.reference, _named(each)) for each in at]
    form = AgreeForm(request.POST or None, meetings=choices, seen_version=found.record.version)
    return act_from(
        request,
        ("meetings:minutes", reference),
        form,
        lambda: _agree(request, found, at, form),
        words="The minutes are agreed and kept as a file.",
        record=found.record,
        heading="Agree the minutes",
        button="Agree the minutes",
        explain="" if at else "No later meeting of this body was sent or held yet.",
        rows=[Fact("Meeting", found.record.title)],
    )


def _named(meeting: Meeting) -> str:
    return weekday_in_words(meeting.day) if meeting.day else meeting.record.title


def _agree(request: Request, found: Meeting, at: list[Meeting], form: AgreeForm) -> Meeting:
    wanted = form.answers()["at"]
    later = next(each for each in at if each.record.reference == wanted)
    return operations.agree_minutes(request.actor, meeting=found, at=later, seen_version=form.seen)


def act(request: Request, reference: str, item: str) -> HttpResponse:
    """Raise an action while the item is talked about: what, who and by when."""
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    owners = actions.owner_choices(request.actor, found.partnership_id)
    form = ActionForm(request.POST or None, owners=owners)
    return act_from(
        request,
        ("meetings:minutes", reference),
        form,
        lambda: _act(request, line, form),
        words=lambda made: f"The action is raised: {made.record.reference}. Its owner is asked.",
        heading="Add an action",
        button="Add the action",
        rows=[Fact("Item", line.item.record.title)],
    )


def _act(request: Request, line: Any, form: ActionForm) -> Any:
    told = form.answers()
    owner = actions.owner(request.actor, line.meeting.partnership_id, told.pop("owner"))
    return operations.act(request.actor, line=line, owner=owner, now=timezone.now(), **told)
