"""The page on which people say which dates suit: their own, or for several at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.records.operations import look
from concordat.domain.governance.diaries import operations, queries, rules
from concordat.domain.governance.diaries.queries import Diary, Offer, Voice
from concordat.kernel.actor import Kind
from concordat.web.diaries import facing
from concordat.web.diaries.facing import Request, now_of
from concordat.web.diaries.forms import AnswerForm
from concordat.web.ui.doors import also_by_link
from concordat.web.ui.sending import done, form_page, send


@also_by_link
def answer(request: Request, reference: str) -> HttpResponse:
    """A list of dates with three radios each, for everybody whom this person may answer for."""
    found, voices = _voices(request, reference)
    offers = [each for each in _offers(request, found, voices) if not each.withdrawn_at]
    form = AnswerForm(
        request.POST or None,
        voices=[(each.pk, _named(each)) for each in voices],
        offers=[(each.number, facing.when(each), each.words) for each in offers],
        initial=_said(voices),
        seen_version=_mark(voices),
    )
    sent = send(request, form, partial(_answer, request, found, form))
    if sent.done:
        words = "Your answers are in. You can change them until the deadline."
        return done(request, words, "diaries:answer", reference)
    look(request.actor, record=found.record)
    return form_page(request, "diaries/answer.html", form, sent, **_told(request, found, form))


def _voices(request: Request, reference: str) -> tuple[Diary, list[Voice]]:
    """The poll and for whom this person answers; absent for whoever was not asked."""
    if request.actor.kind is Kind.GUEST:
        found = queries.diary(request.actor, reference)
        voices = queries.guest_voices(request.actor, found, link=request.guest_link)
    else:
        found, pairs = queries.eyes_of(request.actor, reference)
        voices = [voice for _, voice in pairs]
    if not voices:
        raise Http404
    return found, voices


def _offers(request: Request, found: Diary, voices: list[Voice]) -> list[Offer]:
    return queries.offers_for(request.actor, found, voices)


def _named(voice: Voice) -> str:
    return f"{voice.name} (deputy)" if voice.holding == "deputy" else voice.name


def _said(voices: list[Voice]) -> dict[str, str]:
    return {
        f"v{voice.pk}-o{each.offer.number}": each.says
        for voice in voices
        for each in voice.answers.all()
    }


def _mark(voices: list[Voice]) -> int:
    return rules.mark_of(
        {
            (voice.pk, each.offer.number): rules.Says(each.says)
            for voice in voices
            for each in voice.answers.all()
        }
    )


def _answer(request: Request, found: Diary, form: AnswerForm) -> int:
    return operations.answer(
        request.actor,
        diary=found,
        sheet=form.sheet(),
        now=now_of(request),
        link=request.guest_link,
        seen=form.seen,
    )


def _told(request: Request, found: Diary, form: AnswerForm) -> dict[str, Any]:
    may = rules.may_answer(found.stage, found.deadline, now_of(request))
    guest = request.actor.kind is Kind.GUEST
    return {
        "diary": found,
        "record": found.record,
        "may": may,
        "open": bool(may),
        "deadline": rules.moment_in_words(found.deadline) if found.deadline else "",
        "groups": [(name, [form[each] for each in names]) for name, names in form.groups],
        "many": len(form.groups) > 1,
        "is_guest": guest,
        "back_href": "" if guest else reverse("diaries:diaries"),
    }
