"""The register of letters, and the answers that are owed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.queries import can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Letter
from concordat.kernel.labels import count
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import AnswerLetterForm, LetterForm
from concordat.web.ui.addresses import address_of
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, act_page


@require_safe
def listed(request: Request) -> HttpResponse:
    """Letters in and out; those that still want an answer first."""
    rows, waits = queries.letters(request.actor), queries.unanswered(request.actor)
    about = None
    if named := request.GET.get("about"):
        about = fetch_record(request.actor, named)
        rows, waits = rows.filter(about=about), waits.filter(about=about)
    waiting = list(waits[:30])
    page = page_of(rows, request.GET.get("page"))
    told = {
        "on": about,
        "may_write": bool(about and can(request.actor, Verb.CHANGE, about)),
        "waiting": [_row(each) for each in waiting],
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "sentence": f"{count(len(waiting), 'letter')} to answer." if waiting else
        "No letter waits for an answer.",
    }  # fmt: skip
    return render(request, "meetings/letters.html", told)


def _row(letter: Any) -> dict[str, Any]:
    about = letter.about
    return {"letter": letter, "about": address_of(about.kind, about.reference)}


def new(request: Request, reference: str) -> HttpResponse:
    """Put a letter on the register of a record."""
    found = fetch_record(request.actor, reference)
    can(request.actor, Verb.CHANGE, found).require()
    form = LetterForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: _registered(request, found, form),
        words="The letter is on the register.",
        to=("meetings:letters",),
        heading="Put a letter on the register",
        button="Register the letter",
        rows=[Fact("On", f"{found.reference} {found.title}")],
        back_href=address_of(found.kind, found.reference),
    )


def _registered(request: Request, found: Any, form: LetterForm) -> Any:
    told = form.answers()
    incoming = told.pop("incoming") == "in"
    answering = queries.answering_seat(request.actor) if told["reply_due"] else None
    return operations.register_letter(
        request.actor, about=found, incoming=incoming, answering=answering, **told
    )


def waiting(request: Request, letter: int) -> Letter:
    """A letter that wants an answer, for whoever may change what it hangs on."""
    row = queries.unanswered(request.actor).filter(pk=letter).first()
    if row is None:
        raise Http404
    can(request.actor, Verb.CHANGE, row.about).require()
    return row


def answer(request: Request, letter: int) -> HttpResponse:
    """Put the answer to a letter on the register."""
    row = waiting(request, letter)
    first = {"who": row.who, "subject": row.subject, "their_reference": row.their_reference}
    form = AnswerLetterForm(request.POST or None, initial=first)
    more = {"about": row.about, "incoming": False, "party": row.party, "replies_to": row}
    return act_from(
        request,
        ("meetings:letters",),
        form,
        lambda: operations.register_letter(request.actor, **more, **form.answers()),
        words="The answer is on the register.",
        heading="Register the answer",
        button="Register the answer",
        rows=[Fact("Letter", f"{row.who}: {row.subject}")],
    )


def no_answer(request: Request, letter: int) -> HttpResponse:
    """Say why a letter gets no answer."""
    row = waiting(request, letter)
    form = ReasonForm(request.POST or None)
    return act_from(
        request,
        ("meetings:letters",),
        form,
        lambda: operations.need_no_answer(request.actor, letter=row, **form.answers()),
        words="The reason is on record.",
        heading="Leave a letter unanswered",
        button="Put the reason on record",
        rows=[Fact("Letter", f"{row.who}: {row.subject}")],
    )
