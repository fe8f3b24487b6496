"""Drafting, taking over, checking, finding the same, and the number that calls for a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.recommendations import operations, queries, rules
from concordat.domain.base.recommendations.operations import Before, Came
from concordat.domain.base.recommendations.queries import Checked, Recommendation
from concordat.domain.base.recommendations.rules import Origin, Point
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.base.seats import queries as seats
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.verdict import Verdict
from concordat.web.recommendations import acts
from concordat.web.recommendations.acts import Act, acted, came_second, record_of, wording_of
from concordat.web.recommendations.forms import (
    ApartForm,
    CaseloadForm,
    CheckForm,
    DraftForm,
    SameForm,
    TakeOverForm,
    sensitivity_of,
)
from concordat.web.ui.doors import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, done, form_page, send


def draft(request: Request) -> HttpResponse:
    """One dense page: what it comes from and what it says."""
    came = request.GET.get("from", "")
    source = fetch_record(request.actor, came) if came else None
    return _new(request, DraftForm, _draft, source, "Draft a recommendation", "Save the draft")


def take_over(request: Request) -> HttpResponse:
    """What a board accepted before it came here, with where that is stated."""
    heading = "Take over an accepted recommendation"
    return _new(request, TakeOverForm, _take_over, None, heading, "Take it over")


def _new(
    request: Request,
    shape: type[DraftForm] | type[TakeOverForm],
    make: Callable[[Actor, dict[str, Any]], Recommendation],
    source: Record | None,
    heading: str,
    button: str,
) -> HttpResponse:
    choices = _homes(request, source)
    initial = {"from_record": source.reference if source else "", "partnership": choices[0][0]}
    told = acts.wording_choices(request)
    form = shape(request.POST or None, homes=choices, initial=initial, **told)
    sent = send(request, form, lambda: make(request.actor, form.answers()))
    if sent.done:
        reference = sent.result.record.reference
        words = "It is on file. Look next whether you were told this before."
        return done(request, words, "recommendations:told_before", reference)
    back = reverse("recommendations:recommendations")
    return form_page(
        request, "act.html", form, sent, heading=heading, button=button, back_href=back
    )


def _homes(request: Request, source: Record | None) -> list[tuple[str, str]]:
    """The partnerships that it may be drafted for. Raises `Refused` where there is none."""
    homes = queries.homes(request.actor)
    if source is not None and queries.may_draft_from(request.actor, source):
        homes = [source.partnership or source]
    if not homes:
        raise Refused("Only a chair, the secretariat and whoever works on its source draft one.")
    return [(row.reference, row.title) for row in homes]


def _came(actor: Actor, told: dict[str, Any]) -> Came:
    return Came(
        kind=Origin(told.pop("from_kind")),
        title=told.pop("from_title"),
        record=record_of(actor, told.pop("from_record"), "from_record"),
        number=told.pop("number"),
        made_on=told.pop("made_on"),
        sensitivity=sensitivity_of(told.pop("closely", False)),
    )


def _draft(actor: Actor, told: dict[str, Any]) -> Recommendation:
    home = fetch_record(actor, told.pop("partnership"))
    came, wording = _came(actor, told), wording_of(actor, told)
    return operations.draft(actor, partnership=home, wording=wording, came=came)


def _take_over(actor: Actor, told: dict[str, Any]) -> Recommendation:
    home = fetch_record(actor, told.pop("partnership"))
    before = Before(
        set_by=queries.body_of(actor, told.pop("set_by"), "set_by"),
        on=told.pop("decided_on"),
        source=told.pop("source"),
    )
    came, wording = _came(actor, told), wording_of(actor, told)
    return operations.take_over(actor, partnership=home, wording=wording, came=came, before=before)


def _found(
    request: Request, reference: str, verb: str, may: Callable[[rules.Part], Verdict]
) -> Recommendation:
    row = queries.recommendation(request.actor, reference)
    if not came_second(request, row):
        may(queries.part_in(request.actor, row)).require()
    if verb and request.method != "POST":  # a conflict keeps what was typed
        rules.STATES.verdict(row.stage_is, verb).require()
    return row


def check(request: Request, reference: str, point: str) -> HttpResponse:
    """One point of the check list, with what is on file about it."""
    if point not in set(Point):
        raise Http404
    row = _found(request, reference, "check", rules.may_frame)
    asked, stands = Point(point), queries.checks(request.actor, row).get(Point(point))
    initial = (
        {"answer": "yes" if stands.answer else "no", "reason": stands.reason} if stands else {}
    )
    form = CheckForm(request.POST or None, initial=initial, seen_version=row.record.version)
    words = Act(
        "check", "check", lambda _part, _row: rules.may_frame(_part), CheckForm, operations.check,
        asked.question, "Save the answer", "Answered. The board reads your reason.",
        "Read what is on file first; the page of what we were told before shows what is like it.",
    )  # fmt: skip
    return acted(request, row, form, _check, words, point=asked)


def _answered(row: Checked | None) -> dict[str, str]:
    return {"answer": "yes" if row.answer else "no", "reason": row.reason} if row else {}


def _check(actor: Actor, *, answer: str, **told: Any) -> object:
    return operations.check(actor, answer=answer == "yes", **told)


def same(request: Request, reference: str, other: str) -> HttpResponse:
    """Say that two are the same, with the words that both share."""
    return _pair(request, reference, other, SameForm, operations.say_same, _SAME)


def apart(request: Request, reference: str, other: str) -> HttpResponse:
    """Take back that two are the same."""
    return _pair(request, reference, other, ApartForm, operations.tell_apart, _APART)


_SAME = ("The same as another", "Say that they are the same", "Counted as told before.")
_APART = ("Not the same", "Tell them apart", "They are told apart.")


def _pair(
    request: Request,
    reference: str,
    other: str,
    shape: type[SameForm] | type[ApartForm],
    operation: Callable[..., object],
    words: tuple[str, str, str],
) -> HttpResponse:
    row = _found(request, reference, "", rules.may_link)
    theirs = queries.recommendation(request.actor, other)
    form = shape(request.POST or None, seen_version=row.record.version)
    heading, button, told = words

    def do() -> object:
        both = {"recommendation": row, "other": theirs, "seen_version": form.seen}
        return operation(request.actor, **both, **form.answers())

    at = ("recommendations:told_before", reference)
    rows = _both(request.actor, row, theirs)
    return act_from(
        request, at, form, do, words=told, record=row.record, heading=heading, rows=rows,
        button=button,
    )  # fmt: skip


def _both(actor: Actor, row: Recommendation, theirs: Recommendation) -> list[Fact]:
    """Two beside each other, with the words that both say."""
    shared = ", ".join(queries.shared_words(actor, row, theirs)) or "None"
    return [
        Fact("This one", f"{row.record.reference} {row.title}"),
        Fact("It comes from", row.came_from),
        Fact("The other", f"{theirs.record.reference} {theirs.title}"),
        Fact("The other comes from", theirs.came_from),
        Fact("Words that both say", shared),
    ]


_WHEN = (
    "A local rule: no law sets a number. Once so many drafts wait, whoever chairs the body is "
    "asked to call a meeting, and its next agenda has it among what is suggested."
)


def caseload(request: Request, reference: str) -> HttpResponse:
    """How many drafts call for a meeting of a body: its own rule, no law's."""
    actor, body = request.actor, seats.body(request.actor, reference)
    if not queries.leads_any(actor, body.partnership_id):
        raise Refused("Only a chair and the secretariat set this number.")
    stands = queries.caseload(actor, body)
    initial = {"at_least": stands.at_least, "reason": stands.reason} if stands else {}
    form = CaseloadForm(request.POST or None, initial=initial, seen_version=body.record.version)

    def do() -> object:
        return operations.set_caseload(actor, body=body, seen_version=form.seen, **form.answers())

    at = ("recommendations:body", reference)
    now = [Fact("Now", queries.load_of(actor, body).sentence)]
    return act_from(
        request, at, form, do, words="The number is set.", record=body.record,
        heading="When a meeting is due", explain=_WHEN, rows=now, button="Set the number",
    )  # fmt: skip
