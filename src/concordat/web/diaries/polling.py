"""Asking, closing and opening again, fixing and withdrawing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import operations, queries, rules
from concordat.domain.governance.diaries.queries import Diary, Guest
from concordat.domain.governance.diaries.rules import DiaryState, Span
from concordat.domain.governance.meetings import operations as meetings
from concordat.web.diaries import facing
from concordat.web.diaries.facing import Request, now_of
from concordat.web.diaries.forms import AskForm, FixForm, ReopenForm
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send


def _held(request: Request, reference: str) -> Diary:
    """A search that the actor may change."""
    found = queries.diary(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _up(found: Diary) -> str:
    return reverse("diaries:diary", args=[found.record.reference])


def ask(request: Request, reference: str) -> HttpResponse:
    """Which dates, until when, and where people without an account are reached."""
    found = _held(request, reference)
    slots = _proposed(request, found)
    people = queries.to_be_asked(request.actor, found)
    form = AskForm(
        request.POST or None,
        slots=slots,
        people=people,
        initial=_first(request, slots),
        seen_version=found.record.version,
    )
    names = {"guests": "slots"}
    sent = send(
        request, form, partial(_ask, request, found, form), record=found.record, names=names
    )
    if sent.done:
        words = "Everybody is asked. Answers come in on this page."
        return done(request, words, "diaries:diary", reference)
    told = {"diary": found, "nobody": not slots, "back_href": _up(found)}
    told["signed_in"] = [each for each in people if each.has_account]
    return form_page(request, "diaries/ask.html", form, sent, **told)


def _proposed(request: Request, found: Diary) -> list[tuple[str, str]]:
    """What the search finds now; a date that misses its quorum is never asked about blindly."""
    looked = queries.found(request.actor, found)
    slots = [(str(s.span.start), f"{s}. {s.quorate.words}") for s in looked.slots]
    return slots or [(str(m.span.start), str(m)) for m in looked.misses]


def _first(request: Request, slots: list[tuple[str, str]]) -> dict[str, Any]:
    """Five dates, and a week to answer, or until the day before the first date."""
    starts = sorted(int(value) for value, _ in slots)
    on = request.actor.on
    day = on + timedelta(days=7)
    if starts:
        day = max(on, min(day, rules.day_of(starts[0]) - timedelta(days=1)))
    return {"slots": [value for value, _ in slots[:5]], "day": day}


def _ask(request: Request, found: Diary, form: AskForm) -> Diary:
    told = form.cleaned_data
    return operations.ask_for_answers(
        request.actor,
        diary=found,
        starts=[rules.moment_of(int(each)) for each in told["slots"]],
        deadline=form.deadline(),
        guests={key: Guest(*pair) for key, pair in form.addresses().items() if pair[1]},
        place=facing.door(request),
        now=now_of(request),
        seen_version=form.seen,
    )


def fix(request: Request, reference: str, start: int) -> HttpResponse:
    """The check page before a date is fixed, or moved."""
    found = _held(request, reference)
    span = Span(start, start + found.length)
    form = FixForm(request.POST or None, seen_version=found.record.version)
    moved = found.stage is DiaryState.FIXED
    sent = send(request, form, partial(_fix, request, found, start, form), record=found.record)
    if sent.done:
        words = "The date is moved. Everybody is told." if moved else "The date is fixed."
        return done(request, words, "diaries:diary", reference)
    told = {
        "heading": "Move to this date" if moved else "Fix this date",
        "rows": _check(request, found, span),
        "seal": "Move to this date" if moved else "Fix this date",
        "lasting": "Other dates are withdrawn from diaries. Everybody with an address gets an "
        "invitation; a date that is moved later changes the same entry in their calendars.",
        "back_href": _up(found),
    }
    return form_page(request, "diaries/fix.html", form, sent, **told)


def _check(request: Request, found: Diary, span: Span) -> list[Fact]:
    standings = queries.standings(request.actor, found)
    here = [e for e in standings if rules.minute_of(e.offer.start) == span.start]
    told = [Fact("For", found.body.name), Fact("When", rules.in_words(span))]
    if here and here[0].tally:
        line = facing.stood(found, here[0])
        return [*told, Fact("As answers stand", line.words), Fact("Answers", line.counts)]
    chairs, quorum = queries.room_of(request.actor, found)
    return [*told, Fact("As diaries stand", rules.standing_at(chairs, quorum, span).words)]


def _fix(request: Request, found: Diary, start: int, form: FixForm) -> Diary:
    return meetings.fix_date(
        request.actor,
        diary=found,
        start=rules.moment_of(start),
        reason=form.cleaned_data["reason"],
        seen_version=form.seen,
    )


def offer(request: Request, reference: str, start: int) -> HttpResponse:
    """One more date, while answers are taken."""
    found, form = _held(request, reference), ActForm(request.POST or None)
    span = Span(start, start + found.length)
    sent = send(request, form, partial(_offer, request, found, start))
    if sent.done:
        return done(request, "It is offered too.", "diaries:diary", reference)
    chairs, quorum = queries.room_of(request.actor, found)
    words = rules.standing_at(chairs, quorum, span).words
    told = {
        "heading": "Ask about this date too",
        "explain": "Everybody is asked again, guests by a new link. What was answered stands.",
        "rows": [Fact("When", rules.in_words(span)), Fact("As diaries stand", words)],
        "button": "Ask about it too",
        "back_href": _up(found),
    }
    return form_page(request, "act.html", form, sent, **told)


def _offer(request: Request, found: Diary, start: int) -> Diary:
    return operations.offer_another(
        request.actor,
        diary=found,
        start=rules.moment_of(start),
        place=facing.door(request),
        now=now_of(request),
    )


def withdraw_date(request: Request, reference: str, start: int) -> HttpResponse:
    """One date less, while answers are gathered."""
    found = _held(request, reference)
    span = Span(start, start + found.length)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    sent = send(request, form, partial(_less, request, found, start, form), record=found.record)
    if sent.done:
        return done(request, "The date is withdrawn.", "diaries:diary", reference)
    told = {
        "heading": "Withdraw this date",
        "explain": "It is no longer asked about. Where it was held, it leaves people’s calendars.",
        "rows": _check(request, found, span),
        "button": "Withdraw it",
        "back_href": _up(found),
    }
    return form_page(request, "act.html", form, sent, **told)


def _less(request: Request, found: Diary, start: int, form: ActForm) -> Diary:
    return operations.withdraw_date(
        request.actor, diary=found, start=rules.moment_of(start), seen_version=form.seen
    )


def close(request: Request, reference: str) -> HttpResponse:
    found, form = _held(request, reference), ActForm(request.POST or None)
    act = partial(operations.close_poll, request.actor, diary=found)
    return act_page(
        request,
        form,
        act,
        words="No more answers are taken.",
        to=("diaries:diary", reference),
        heading="Take no more answers",
        explain="Whoever has not answered is no longer asked. You can open the poll again.",
        button="Close the poll",
        back_href=_up(found),
    )


def reopen(request: Request, reference: str) -> HttpResponse:
    found = _held(request, reference)
    form = ReopenForm(request.POST or None, seen_version=found.record.version)
    return act_page(
        request,
        form,
        partial(_reopen, request, found, form),
        words="The poll is open again. Guests who have not answered get a new link.",
        to=("diaries:diary", reference),
        record=found.record,
        heading="Open the poll again",
        explain="Answers that were given stand until they are changed.",
        button="Open the poll again",
        back_href=_up(found),
    )


def _reopen(request: Request, found: Diary, form: ReopenForm) -> Diary:
    deadline: datetime = form.deadline()
    return operations.reopen(
        request.actor,
        diary=found,
        deadline=deadline,
        place=facing.door(request),
        now=now_of(request),
        seen_version=form.seen,
    )


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = _held(request, reference)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    fixed = found.stage is DiaryState.FIXED
    return act_page(
        request,
        form,
        lambda: meetings.withdraw_search(
            request.actor, diary=found, seen_version=form.seen, **form.answers()
        ),
        words="The search is withdrawn.",
        to=("diaries:diary", reference),
        record=found.record,
        heading="Call the date off" if fixed else "Withdraw this search",
        explain="Whoever was invited is told, and it leaves their calendars."
        if fixed
        else "Dates that are held leave people’s diaries. Nobody is asked any more.",
        button="Call it off" if fixed else "Withdraw it",
        back_href=_up(found),
    )
