"""The pack on screen and as a file, sending it, and what somebody brings to it of their own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Meeting, packing, presenting
from concordat.domain.governance.meetings.rules.life import BEFORE, Stage
from concordat.domain.governance.meetings.rules.packs import Cut
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import BriefForm, NoteForm
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, done, form_page, send


@require_safe
def pack(request: Request, reference: str) -> HttpResponse:
    """Everything for a meeting that this reader may open, as one page; the accessible original."""
    found = queries.meeting(request.actor, reference)
    look(request.actor, record=found.record, what="read the pack of")
    told = facing.band(request.actor, found, "pack")
    told |= {
        "packs": [_sent(row) for row in packing.packs(request.actor, found)],
        "since": packing.since_read(request.actor, found),
        "latest": packing.latest_supplement(request.actor, found),
        "reading": packing.in_reading_order(request.actor, found),
        "briefed": bool(queries.briefable(request.actor, found)),
        "items": _items(request.actor, found),
        "unready": packing.unready(request.actor, found) if told["runs"] else [],
        "may_send": told["runs"] and found.stage_is in (Stage.AGENDA_OPEN, Stage.PAPERS_DUE),
        "may_add": told["runs"] and found.stage_is in (Stage.SENT, Stage.HELD),
        "ahead": found.stage_is in BEFORE,
    }
    return render(request, "meetings/pack.html", told)


def _sent(row: Any) -> dict[str, Any]:
    name = f"Supplement {row.supplement}" if row.supplement else "Pack"
    return {"row": row, "name": f"{name} for {_READERS[Cut(row.cut)]}"}


_READERS = {
    Cut.PUBLIC: "the public",
    Cut.PARTNERS: "the partnership",
    Cut.RESTRICTED: "members of the body",
}


def _items(actor: Actor, found: Meeting) -> list[dict[str, Any]]:
    """Each item that the reader may open, with its papers, their own brief and their own note."""
    opened = set(queries.lines(actor, found).values_list("pk", flat=True))
    sheaves = [each for each in packing.sheaves(actor, found) if each.line.pk in opened]
    papers = [paper for sheaf in sheaves for _, paper in sheaf.shown]
    versions = packing.versions_of(actor, papers)
    been = presenting.whereabouts(actor, papers)
    own = {row.line_id: row for row in queries.briefs_for(actor, found)}
    notes = queries.own_notes(actor, found)
    return [
        {
            "sheaf": sheaf,
            "record": sheaf.line.item.record,
            "papers": [
                {
                    "paper": paper,
                    "cover": presenting.cover_of(shown, paper, been[paper.pk].drawn(shown)),
                    "version": versions.get(paper.pk),
                }
                for shown, paper in sheaf.shown
            ],
            "brief": own.get(sheaf.line.pk),
            "note": notes.get(sheaf.line.pk, ""),
        }
        for sheaf in sheaves
    ]


@require_safe
def file(request: Request, reference: str, pack: int) -> HttpResponse:
    """A pack as it was sent."""
    found = queries.meeting(request.actor, reference)
    row = packing.packs(request.actor, found).filter(pk=pack).first()
    if row is None or not row.is_bound:
        raise Http404
    look(request.actor, record=found.record, what="downloaded the pack of")
    name = f"{reference}-{row.cut}" + (f"-S{row.supplement}" if row.supplement else "")
    answer = HttpResponse(packing.bytes_of_pack(request.actor, row), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@require_safe
def page(request: Request, reference: str, pack: int) -> HttpResponse:
    """A pack as it was sent, as a page: the accessible twin of the file."""
    found = queries.meeting(request.actor, reference)
    row = packing.packs(request.actor, found).filter(pk=pack).first()
    words = packing.page_of_pack(request.actor, row) if row and row.is_bound else ""
    if row is None or not words:
        raise Http404
    look(request.actor, record=found.record, what="read the pack of")
    told = facing.band(request.actor, found, "pack") | _sent(row)
    # The words were escaped one by one when the pack was bound.
    told["words"] = SafeString(words)
    return render(request, "meetings/pack_page.html", told)


@require_safe
def briefing(request: Request, reference: str) -> HttpResponse:
    """What one's own agency sends its members with: its line and limit on each item, and what
    came back. A sheet to print by itself."""
    found = queries.meeting(request.actor, reference)
    own = queries.briefable(request.actor, found)
    if not own:
        raise Http404
    look(request.actor, record=found.record, what="read the brief on")
    told = facing.band(request.actor, found, "pack")
    told |= {"seats": own, "items": _briefs(request.actor, found)}
    return render(request, "meetings/briefing.html", told)


def _briefs(actor: Actor, found: Meeting) -> list[dict[str, Any]]:
    """Each item that the reader may open, with what the papers ask and their agency's briefs."""
    told: dict[int, list[queries.Brief]] = {}
    for row in queries.briefs_for(actor, found):
        told.setdefault(row.line_id, []).append(row)
    opened = set(queries.lines(actor, found).values_list("pk", flat=True))
    return [
        {
            "sheaf": sheaf,
            "asks": [ask for row, paper in sheaf.shown for ask in row.asks or paper.asks],
            "briefs": told.get(sheaf.line.pk, []),
        }
        for sheaf in packing.sheaves(actor, found)
        if sheaf.line.pk in opened
    ]


def _mine(request: Request, reference: str) -> Meeting:
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    return found


def send_it(request: Request, reference: str) -> HttpResponse:
    """The check page before a pack is sent: what is in it, what is withheld, what is not ready."""
    found = _mine(request, reference)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    act = lambda: operations.send_pack(  # noqa: E731
        request.actor, meeting=found, seen_version=form.seen
    )
    sent = send(request, form, act, record=found.record)
    if sent.done:
        words = "The pack is sent. It is being bound; members are asked to read it."
        return done(request, words, "meetings:pack", reference)
    told = {
        "rows": _checked(request.actor, found),
        "seal": "Send the pack",
        "lasting": "Items and pages keep their numbers from now on. What comes later is sent as "
        "a supplement.",
        "back_href": reverse("meetings:pack", args=[reference]),
        "heading": "Send the pack",
    }
    return form_page(request, "meetings/send.html", form, sent, **told)


def _checked(actor: Actor, found: Meeting) -> list[Fact]:
    sheaves = packing.sheaves(actor, found)
    held = [each.label for each in sheaves if each.line.withheld_reason]
    waiting = [each.title for each in packing.unready(actor, found)]
    return [
        Fact("Meeting", found.record.title),
        Fact("Items", count(len(sheaves), "item")),
        Fact("Withheld from some", ", ".join(held) or "Nothing"),
        Fact("Not ready", ", ".join(waiting) or "Nothing"),
    ]


def supplement(request: Request, reference: str) -> HttpResponse:
    """Send what was cleared since."""
    found = _mine(request, reference)
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:pack", reference),
        form,
        lambda: operations.send_supplement(request.actor, meeting=found),
        words="The supplement is sent. It is being bound; members are asked to read it.",
        heading="Send a supplement",
        button="Send the supplement",
        explain="It holds the papers that were cleared since. No page that was sent changes "
        "its number.",
    )


def again(request: Request, reference: str, pack: int) -> HttpResponse:
    """Bind a pack once more that could not be bound."""
    found = _mine(request, reference)
    row = packing.packs(request.actor, found).filter(pk=pack, digest="").first()
    if row is None:
        raise Http404
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:pack", reference),
        form,
        lambda: operations.bind_again(request.actor, pack=row),
        words="It is being bound again.",
        heading="Bind the pack again",
        button="Bind it again",
        rows=[Fact("What went wrong", row.failed or "It is not bound yet")],
    )


def mark_read(request: Request, reference: str) -> HttpResponse:
    """Say that one has read it so far, to be told next time what is new."""
    found = queries.meeting(request.actor, reference)
    latest = packing.latest_supplement(request.actor, found)
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:pack", reference),
        form,
        lambda: operations.mark_read(request.actor, meeting=found, supplement=latest),
        words="You will be told what is added from now on.",
        heading="Mark the pack as read",
        button="I have read it",
    )


def note(request: Request, reference: str, item: str) -> HttpResponse:
    """One's own note on an item, which nobody else sees."""
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    form = NoteForm(request.POST or None, initial={"text": queries.own_note(request.actor, line)})
    return act_from(
        request,
        ("meetings:pack", reference),
        form,
        lambda: operations.note(request.actor, line=line, **form.answers()),
        words="Your note is kept.",
        heading=f"Your own note: {line.item.record.title}",
        button="Keep the note",
        explain="Nobody else sees it. Leave it empty to throw it away.",
    )


def brief(request: Request, reference: str, item: str, seat: str) -> HttpResponse:
    """What one's own agency sends its member or deputy with."""
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    place = seats.seat(request.actor, seat)
    if place.agency_id not in request.actor.agencies:
        raise Http404
    row = queries.briefs(request.actor, line).filter(seat=place).first()
    names = ("our_line", "limit", "came_back")
    form = BriefForm(request.POST or None, initial={name: getattr(row, name, "") for name in names})
    return act_from(
        request,
        ("meetings:pack", reference),
        form,
        lambda: operations.brief(request.actor, line=line, seat=place, **form.answers()),
        words="The brief is kept.",
        heading=f"Brief on: {line.item.record.title}",
        button="Keep the brief",
        explain="Only seats of your own agency see it.",
    )
