"""Decisions: drafted, with who spoke, sealed on a check page, ratified and corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements.queries import matters
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Resolution, presenting
from concordat.domain.governance.meetings.rules import deciding as rules
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.quorum import Effect
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.money import in_pounds
from concordat.web.meetings import facing, recorded, sealing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import (
    DecideForm,
    DecisionsFilter,
    RatifyForm,
    SealForm,
    UrgentForm,
    VoiceForm,
    YearFilter,
)
from concordat.web.meetings.paper_forms import ToldForm
from concordat.web.ui.forms import ActForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, done, form_page, send


@require_safe
def listed(request: Request) -> HttpResponse:
    """The log of decisions, the latest first, and what waits for somebody's power."""
    form = DecisionsFilter(request.GET, bodies=facing.bodies(request.actor))
    rows = queries.sealed(request.actor)
    body = None
    if named := form.chosen.get("body"):
        body = seats.body(request.actor, named)
        rows = rows.filter(body=body)
    if wanted := form.chosen.get("state"):
        rows = rows.filter(state=wanted)
    page = page_of(rows, request.GET.get("page"))
    waiting = list(queries.waiting(request.actor)[:20])
    kept = [] if wanted else queries.on_record(request.actor, body=body.pk if body else None)
    told = {
        "form": form,
        "page": page,
        "kept": recorded.rows(request.actor, kept),
        "rows": [facing.decision_row(row) for row in page.rows],
        "waiting": [facing.decision_row(row) for row in waiting],
        "sentence": _sentence(page.total, len(waiting), len(kept)),
    }
    return render(request, "meetings/decisions.html", told)


def _sentence(total: int, waiting: int, kept: int) -> str:
    told = f"{count(total, 'decision')} sealed here" if total else "No decision is sealed here yet"
    if kept:
        told += f", {kept} on record from sources"
    waits = "waits" if waiting == 1 else "wait"
    rest = f" {count(waiting, 'decision')} {waits} for somebody's power." if waiting else ""
    return f"{told}.{rest}"


@require_safe
def decided(request: Request, reference: str) -> HttpResponse:
    """What a meeting decided."""
    found = queries.meeting(request.actor, reference)
    told = facing.band(request.actor, found, "decisions")
    rows = queries.resolutions(request.actor).filter(meeting=found)
    told["rows"] = [facing.decision_row(row) for row in rows]
    told["lines"] = list(queries.taken(request.actor, found)) if told["runs"] else []
    there = found.body_id is not None and found.day is not None
    kept = queries.on_record(request.actor, body=found.body_id, day=found.day) if there else []
    told["kept"] = recorded.rows(request.actor, kept)
    return render(request, "meetings/decided.html", told)


def _matters(request: Request, partnership: Any) -> list[tuple[str, str]]:
    home = agencies.partnerships(request.actor).get(pk=partnership)
    return [(row.key, row.title) for row in matters(request.actor, home)]


def draft(request: Request, reference: str, item: str) -> HttpResponse:
    """Record what was decided on an item."""
    found = queries.meeting(request.actor, reference)
    line = queries.line(request.actor, found, item)
    queries.may_run(request.actor, found.record, found.body_id).require()
    if found.body is None:
        raise Http404
    first = {"to_tell": bool(presenting.to_tell(request.actor, line))}
    matters = _matters(request, found.partnership_id)
    form = DecideForm(request.POST or None, initial=first, matters=matters)
    act = lambda: _drafted(  # noqa: E731
        request, form, body=found.body, on=found.day or request.actor.on, meeting=found, line=line
    )
    return act_from(
        request,
        ("meetings:item", reference, item),
        form,
        act,
        words="The decision is drafted. Check who spoke, then seal it.",
        to=_page_of,
        heading=f"Record a decision: {line.item.record.title}",
        button="Draft the decision",
    )


def urgent(request: Request, reference: str) -> HttpResponse:
    """A decision that could not wait for a meeting."""
    body = seats.body(request.actor, reference)
    queries.may_run(request.actor, body.record, body.pk).require()
    form = UrgentForm(request.POST or None, matters=_matters(request, body.partnership_id))
    return act_from(
        request,
        ("seats:body", reference),
        form,
        lambda: _drafted(request, form, body=body, on=request.actor.on),
        words="The decision is drafted. Record who agreed, then seal it.",
        to=_page_of,
        heading=f"Record an urgent decision of the {body.name}",
        button="Draft the decision",
        explain="Out of a meeting only those bind their body who have the power on record.",
    )


def _page_of(made: Resolution) -> tuple[str, str]:
    return "meetings:decision", made.record.reference


def _drafted(request: Request, form: DecideForm, **told: Any) -> Resolution:
    values = _values(request, form, told["body"].partnership_id)
    words = {name: values.pop(name) for name in ("text", "reasons")}
    return operations.draft(
        request.actor,
        outcome=Outcome(values.pop("outcome")),
        matter=values.pop("matter"),
        why_urgent=values.pop("why_urgent", ""),
        rest=values,
        **words,
        **told,
    )


def _values(request: Request, form: DecideForm, partnership: Any) -> dict[str, Any]:
    values = form.answers()
    home = agencies.partnerships(request.actor).get(pk=partnership)
    values["matter"] = matters(request.actor, home).filter(key=values["matter"] or "").first()
    values["options"] = [each.strip() for each in values["options"].splitlines() if each.strip()]
    return values


@require_safe
def decision(request: Request, reference: str) -> HttpResponse:
    """One decision: what, why, who, on what power, and what became of it."""
    found = queries.resolution(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "meetings/decision.html", sealing.whole(request.actor, found))


def _mine(request: Request, reference: str) -> Resolution:
    found = queries.resolution(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    return found


def amend(request: Request, reference: str) -> HttpResponse:
    """Mend a draft."""
    found = _mine(request, reference)
    first = {name: getattr(found, name) for name in sealing.WRITTEN}
    first |= {
        "matter": found.matter.key if found.matter else "",
        "options": "\n".join(found.options),
    }
    form = DecideForm(
        request.POST or None,
        initial=first,
        matters=_matters(request, found.record.partnership_id),
        seen_version=found.record.version,
    )
    act = lambda: operations.amend(  # noqa: E731
        request.actor,
        resolution=found,
        values=_values(request, form, found.record.partnership_id),
        seen_version=form.seen,
    )
    told = {"heading": "Amend the draft", "button": "Keep the changes", "record": found.record}
    at, words = ("meetings:decision", reference), "The draft is amended."
    return act_from(request, at, form, act, words=words, **told)


def say(request: Request, reference: str, voice: int) -> HttpResponse:
    """How one seat took part."""
    found = _mine(request, reference)
    row = queries.voices_of(request.actor, found).filter(pk=voice).first()
    if row is None:
        raise Http404
    first = {"said": row.voice, "deputy": row.deputy, "spoke": row.spoke, "words": row.words}
    form = VoiceForm(request.POST or None, initial=first, seen_version=found.record.version)
    return act_from(
        request,
        ("meetings:decision", reference),
        form,
        lambda: _say(request, row, form),
        words=lambda said: f"{row.seat.role}: {said.voice}.",
        record=found.record,
        heading=f"How did the {row.seat.role} take part?",
        button="Record it",
    )


def _say(request: Request, row: Any, form: VoiceForm) -> Any:
    told = form.answers()
    said = rules.Voice(told.pop("said"))
    return operations.say(request.actor, voice=row, said=said, seen_version=form.seen, **told)


def confirm(request: Request, reference: str, voice: int) -> HttpResponse:
    """Confirm, for one's own seat, that one agreed."""
    found = queries.resolution(request.actor, reference)
    row = queries.voices_of(request.actor, found).filter(pk=voice).first()
    if row is None or not queries.sits_in(request.actor, row.seat_id):
        raise Http404
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:decision", reference),
        form,
        lambda: operations.confirm(request.actor, voice=row),
        words="You have confirmed it.",
        heading="Confirm that this is what you agreed",
        button="Confirm it",
        rows=[Fact("Decision", found.text), Fact("Seat", row.seat.role)],
    )


def seal(request: Request, reference: str) -> HttpResponse:
    """The check page: the decision, the quorum, and each partner's power on that day."""
    found = _mine(request, reference)
    quorum = queries.quorum_of(request.actor, found.meeting) if found.meeting else None
    ways = queries.ways_to_seal(request.actor, found, quorum)
    form = SealForm(request.POST or None, ways=ways, seen_version=found.record.version)
    sent = send(request, form, lambda: _seal(request, found, form), record=found.record)
    if sent.done:
        done_as = rules.stands(State(sent.result.state), Outcome(sent.result.outcome))
        words = f"The decision is sealed: {done_as.lower()}."
        return done(request, words, "meetings:decision", reference)
    told = sealing.check(request.actor, found, quorum) | {
        "back_href": reverse("meetings:decision", args=[reference])
    }
    return form_page(request, "meetings/seal.html", form, sent, **told)


def _seal(request: Request, found: Resolution, form: SealForm) -> Resolution:
    told = form.answers()
    effect = Effect(told["effect"]) if told.get("effect") else None
    return operations.seal(
        request.actor,
        resolution=found,
        effect=effect,
        discretion=told.get("discretion", ""),
        seen_version=form.seen,
    )


def ratify(request: Request, reference: str) -> HttpResponse:
    """A partner ratifies, or refuses, what went beyond its people's power."""
    found = queries.resolution(request.actor, reference)
    runs = queries.may_run(request.actor, found.record, found.body_id)
    (runs if runs else can(request.actor, Verb.SIGN, found.record)).require()
    mine = queries.answers_for(request.actor, found)
    if not mine:
        return redirect("meetings:decision", reference)
    form = RatifyForm(request.POST or None, partners=mine)
    return act_from(
        request,
        ("meetings:decision", reference),
        form,
        lambda: _ratify(request, found, form),
        words=lambda made: f"It is on record. The decision is {made.state}.",
        heading="Ratify or refuse",
        button="Put it on record",
        rows=[
            Fact("Decision", found.text),
            *([Fact("Money", in_pounds(found.amount))] if found.amount is not None else []),
            *(Fact(f"Why it waits for {name}", why) for name, why in sealing.why(found, mine)),
        ],
    )


def _ratify(request: Request, found: Resolution, form: RatifyForm) -> Resolution:
    told = form.answers()
    given = told.pop("given") == "yes"
    return operations.ratify(request.actor, resolution=found, given=given, **told)


def correct(request: Request, reference: str) -> HttpResponse:
    """Correct a sealed decision by one that is linked to it."""
    found = _mine(request, reference)
    if found.state == State.DRAFT:
        raise Http404
    first = {name: getattr(found, name) for name in sealing.WRITTEN} | {"reasons": ""}
    matters = _matters(request, found.record.partnership_id)
    form = DecideForm(request.POST or None, initial=first, matters=matters)
    return act_from(
        request,
        ("meetings:decision", reference),
        form,
        lambda: _correct(request, found, form),
        words="The correction is drafted. Seal it like any decision.",
        to=_page_of,
        heading=f"Correct {reference}",
        button="Draft the correction",
        explain="The first decision stays as it was sealed and points to this one.",
    )


def _correct(request: Request, found: Resolution, form: DecideForm) -> Resolution:
    told = form.answers()
    return operations.correct(
        request.actor,
        resolution=found,
        text=told["text"],
        outcome=Outcome(told["outcome"]),
        reasons=told["reasons"],
    )


@require_safe
def account(request: Request, reference: str) -> HttpResponse:
    """Everything that an agency's own people committed it to in a year, for its own board."""
    found = agencies.agency(request.actor, reference)
    form = YearFilter(request.GET)
    year = int(form.chosen.get("year", request.actor.on.year))
    span = (date(year, 1, 1), date(year, 12, 31))
    rows = queries.account_of(request.actor, found, *span)
    told = {
        "agency": found,
        "form": form,
        "year": year,
        "rows": [_accounted(row) for row in rows],
        "sentence": rules.account_in_words(rows),
        "until": day_in_words(min(span[1], request.actor.on)),
    }
    return render(request, "meetings/account.html", told)


def _accounted(row: rules.Account) -> dict[str, Any]:
    href = reverse("meetings:decision", args=[row.reference])
    bound = row.state is State.PARTLY and not row.waits_for_it
    return {"row": row, "href": href, "tone": "Done" if bound else facing.DECIDED[row.state]}


def told(request: Request, reference: str) -> HttpResponse:
    """Put on record how a decision was documented and whom it was told."""
    found = queries.resolution(request.actor, reference)
    queries.may_tell_of(request.actor, found).require()
    if found.state == State.DRAFT or found.told_on:
        raise Http404
    form = ToldForm(request.POST or None)
    return act_from(
        request,
        ("meetings:decision", reference),
        form,
        lambda: operations.tell_of(request.actor, resolution=found, **form.answers()),
        words="It is on record that the decision was told.",
        heading="Say how the decision was told",
        button="Put it on record",
        rows=[Fact("Decision", found.text)],
    )
