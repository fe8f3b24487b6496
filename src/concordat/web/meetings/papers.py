"""A paper: asked for, written, cleared, late with two reasons, and its text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.operations import look
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.operations.papers import Cover, attach
from concordat.domain.governance.meetings.queries import (
    Line,
    Meeting,
    Paper,
    Presentation,
    packing,
    presenting,
)
from concordat.domain.governance.meetings.rules.life import PAPERS
from concordat.domain.governance.meetings.rules.papers import LONG, Check, Given, Part, Status
from concordat.domain.governance.meetings.rules.presenting import (
    answered_in_words,
    told_afterwards,
)
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import (
    ClearanceForm,
    CoverForm,
    FollowForm,
    GiveForm,
    PaperFileForm,
    WantForm,
)
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from


def _found(request: Request, reference: str, item: str, paper: int) -> tuple[Meeting, Line, Paper]:
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    row = queries.papers_on(request.actor, line).filter(pk=paper).first()
    if row is None:
        raise Http404
    return found, line, row


def _at(reference: str, item: str, paper: int) -> tuple[str, ...]:
    return "meetings:paper", reference, item, str(paper)


def want(request: Request, reference: str, item: str) -> HttpResponse:
    """Ask for a paper from whoever leads the item."""
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    form = WantForm(request.POST or None, initial={"title": line.item.record.title})
    return act_from(
        request,
        ("meetings:item", reference, item),
        form,
        lambda: operations.want(request.actor, line=line, **form.answers()),
        words="The paper is asked for. It stands in the work of whoever leads the item.",
        to=lambda made: _at(reference, item, made.pk),
        heading="Ask for a paper",
        button="Ask for it",
        rows=[Fact("Item", line.item.record.title)],
    )


@require_safe
def paper(request: Request, reference: str, item: str, paper: int) -> HttpResponse:
    """One paper as this body has it: its cover, its text, who has cleared it."""
    found, line, row = _found(request, reference, item, paper)
    look(request.actor, record=line.item.record)
    shown = queries.presentation_of(request.actor, row, line)
    told = facing.band(request.actor, found, "agenda")
    drawn = presenting.whereabouts(request.actor, [row])[row.pk].drawn(shown)
    told |= {
        "paper": row,
        "item": line.item,
        "tone": facing.PAPERS.get(row.stage, "Open"),
        "shown": shown,
        "cover": presenting.cover_of(shown, row, drawn) if shown else [],
        "warnings": facing.warnings(row, shown),
        "back": _back_in_words(request, shown),
        "version": packing.versions_of(request.actor, [row]).get(row.pk),
        "clearances": _clearances(request, row),
        "may_write": bool(queries.may_write(request.actor, row)),
        "acts": _acts(row),
    }
    return render(request, "meetings/paper.html", told)


def _back_in_words(request: Request, shown: Presentation | None) -> str:
    if shown is None:
        return ""
    given = [bool(each.response) for each in queries.feedback_of(request.actor, shown)]
    return answered_in_words(len(given), sum(given))


def _clearances(request: Request, row: Paper) -> list[dict[str, Any]]:
    return [
        {
            "row": each,
            "mine": not each.given and queries.sits_in(request.actor, each.seat_id),
            "tone": "Waiting" if not each.given else "Done",
        }
        for each in queries.clearances_of(request.actor, row)
    ]


def _acts(row: Paper) -> set[str]:
    return {move.verb for move in PAPERS.allowed(row.stage)} if row.stage else set()


def write(request: Request, reference: str, item: str, paper: int) -> HttpResponse:
    """Write the cover. What was cleared is cleared anew."""
    found, line, row = _found(request, reference, item, paper)
    queries.may_write(request.actor, row).require()
    home = found.partnership_id
    posts = [(each.key, each.title) for each in seats.posts(request.actor).filter(partnership=home)]
    bodies = [(b.key, b.name) for b in seats.bodies(request.actor).filter(partnership=home)]
    form = CoverForm(
        request.POST or None,
        initial=_first(row),
        posts=posts,
        bodies=bodies,
        seen_version=line.item.record.version,
    )
    act = lambda: operations.write(  # noqa: E731
        request.actor, paper=row, cover=_cover(request, found, row, form), seen_version=form.seen
    )
    told = {"heading": "Write the cover", "button": "Keep the cover", "record": line.item.record}
    at, words = _at(reference, item, paper), "The paper is written."
    return act_from(request, at, form, act, words=words, **told)


def _first(row: Paper) -> dict[str, Any]:
    return {
        "title": row.title,
        "author": row.author,
        "presented_by": row.presented_by.key if row.presented_by else "",
        "purposes": row.purposes,
        "requested_by": row.requested_by.key if row.requested_by else "",
        "asks": "\n".join(row.asks),
        **_to_tell(row.decision_to_tell),
        "appendices": row.appendices,
        "version": row.version,
        **row.parts,
    }


_YES_NO = {True: "yes", False: "no", None: ""}


def _to_tell(words: str) -> dict[str, str]:
    """The answer that a cover gives, and what it says needs telling."""
    wanted = told_afterwards(words)
    plain = words.strip().rstrip(".").lower() == "yes"
    return {"tells": _YES_NO[wanted], "to_tell": "" if plain or not wanted else words}


def _from_answer(tells: str, words: str, before: str) -> str:
    """The words that are kept: a cover that said "NA" goes on saying so."""
    if tells == "no":
        return before if told_afterwards(before) is False else "No"
    return (words.strip() or "Yes") if tells == "yes" else ""


def _cover(request: Request, found: Meeting, row: Paper, form: CoverForm) -> Cover:
    told = form.answers()
    home = found.partnership_id
    posts = seats.posts(request.actor).filter(partnership=home)
    bodies = seats.bodies(request.actor).filter(partnership=home)
    return Cover(
        title=told["title"],
        author=told["author"],
        presented_by=posts.filter(key=told["presented_by"] or "").first(),
        purposes=[Status(each) for each in told["purposes"]],
        requested_by=bodies.filter(key=told["requested_by"] or "").first(),
        asks=told["asks"].splitlines(),
        to_tell=_from_answer(told["tells"], told["to_tell"], row.decision_to_tell),
        appendices=told["appendices"],
        version=told["version"],
        parts={part.value: told[part.value] for part in Part if part in LONG},
    )


def text(request: Request, reference: str, item: str, paper: int) -> HttpResponse:
    """Add the paper's text as a file, or put a new version in its place."""
    _, _, row = _found(request, reference, item, paper)
    queries.may_write(request.actor, row).require()
    version = packing.versions_of(request.actor, [row]).get(row.pk)
    seen = row.document.record.version if row.document else None
    form = PaperFileForm(request.POST or None, request.FILES or None, seen_version=seen)
    act = lambda: attach(  # noqa: E731
        request.actor,
        paper=row,
        file=Upload(str(form.answers()["file"].name), form.answers()["file"].read()),
        note=form.answers()["note"],
        seen_version=form.seen or 0,
    )
    return act_from(
        request,
        _at(reference, item, paper),
        form,
        act,
        words="The text is added.",
        heading="Replace the text" if version else "Add the text",
        button="Keep the file",
        rows=[Fact("Now", version.name)] if version else [],
    )


def ask(request: Request, reference: str, item: str, paper: int) -> HttpResponse:
    """Ask a seat to clear the paper, or to advise on it, by a day."""
    found, _, row = _found(request, reference, item, paper)
    queries.may_write(request.actor, row).require()
    rows = seats.seats(request.actor).filter(partnership=found.partnership_id, to_text="")
    choices = [(each.record.reference, f"{each.role}, {each.body.name}") for each in rows]
    form = ClearanceForm(request.POST or None, seats=choices)
    return act_from(
        request,
        _at(reference, item, paper),
        form,
        lambda: _asked(request, row, form),
        words="They are asked. It stands in their work.",
        heading="Ask for clearance or advice",
        button="Ask them",
    )


def _asked(request: Request, row: Paper, form: ClearanceForm) -> object:
    told = form.answers()
    seat = seats.seat(request.actor, told["seat"])
    sort = Check(told["sort"])
    return operations.ask_clearance(request.actor, paper=row, seat=seat, sort=sort, due=told["due"])


def give(request: Request, reference: str, item: str, paper: int, clearance: int) -> HttpResponse:
    """Clear the paper, advise, or send it back."""
    _, _, row = _found(request, reference, item, paper)
    asked = queries.clearances_of(request.actor, row).filter(pk=clearance, given="").first()
    if asked is None or not queries.sits_in(request.actor, asked.seat_id):
        raise Http404
    form = GiveForm(request.POST or None)
    act = lambda: operations.give_clearance(  # noqa: E731
        request.actor,
        clearance=asked,
        given=Given(form.answers()["given"]),
        words=form.answers()["words"],
    )
    return act_from(
        request,
        _at(reference, item, paper),
        form,
        act,
        words="Your answer is on record.",
        heading=f"Clear or advise: {row.title}",
        button="Answer",
    )


_PLAIN = {"clear": ("Say that it is ready", operations.clear)}
_REASONED = {"withdraw": ("Withdraw the paper", operations.withdraw_paper)}


def move(request: Request, reference: str, item: str, paper: int, verb: str) -> HttpResponse:
    """Say that it is ready, withdraw it, or let it follow."""
    _, _, row = _found(request, reference, item, paper)
    if verb not in (*_PLAIN, *_REASONED, "follow"):
        raise Http404
    queries.may_write(request.actor, row).require()
    form: Any
    if verb == "follow":
        form = FollowForm(request.POST or None)
        heading, act = "Let the paper follow", operations.let_follow
    elif verb in _REASONED:
        form = ReasonForm(request.POST or None)
        heading, act = _REASONED[verb]
    else:
        form = ActForm(request.POST or None)
        heading, act = _PLAIN[verb]
    return act_from(
        request,
        _at(reference, item, paper),
        form,
        lambda: act(request.actor, paper=row, **form.answers()),
        words=lambda made: f"The paper is {made.stage}.",
        heading=heading,
        button=heading,
    )
