"""One letter, and a letter that is to go: drafted, agreed to, changed and sent."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Letter
from concordat.domain.governance.meetings.rules import letters as rules
from concordat.domain.governance.meetings.rules.letters import Said
from concordat.web.meetings.facing import Request
from concordat.web.meetings.letter_forms import (
    AgreeLetterForm,
    ChangeLetterForm,
    DraftLetterForm,
    SendLetterForm,
)
from concordat.web.meetings.letters import waiting
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from


def _letter(request: Request, pk: int) -> Letter:
    found = queries.letters(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _draft(request: Request, pk: int) -> Letter:
    """A letter that has not gone yet, for whoever may change what it hangs on."""
    found = _letter(request, pk)
    can(request.actor, Verb.CHANGE, found.about).require()
    if not found.is_draft:
        raise Http404
    return found


@require_safe
def letter(request: Request, letter: int) -> HttpResponse:
    """One letter: what it hangs on, what it answers, who agreed, who signed."""
    found = _letter(request, letter)
    look(request.actor, record=found.about, what="read a letter on")
    changes = bool(can(request.actor, Verb.CHANGE, found.about))
    told = {
        "letter": found,
        "about": address_of(found.about.kind, found.about.reference),
        "assents": [_assent(request, row) for row in queries.assents_of(request.actor, found)],
        "answers": list(queries.letters(request.actor).filter(replies_to=found)),
        "may_change": changes and found.is_draft,
        "may_answer": changes and queries.unanswered(request.actor).filter(pk=found.pk).exists(),
    }
    return render(request, "meetings/letter.html", told)


def _assent(request: Request, row: Any) -> dict[str, Any]:
    tones = {"": "Waiting", Said.AGREED: "Accepted", Said.CHANGE: "Due soon"}
    mine = row.said != Said.AGREED and row.letter.is_draft
    return {
        "row": row,
        "tone": tones[row.said],
        "mine": mine and queries.sits_in(request.actor, row.seat_id),
    }


def _seats(request: Request, about: Record) -> list[tuple[str, str]]:
    rows = seats.seats(request.actor).filter(partnership=about.partnership_id, to_text="")
    return [(each.record.reference, f"{each.role}, {each.body.name}") for each in rows]


def draft(request: Request, reference: str) -> HttpResponse:
    """Draft a letter on a record."""
    found = fetch_record(request.actor, reference)
    can(request.actor, Verb.CHANGE, found).require()
    return _drafted(request, found, None)


def draft_answer(request: Request, letter: int) -> HttpResponse:
    """Draft the answer to a letter that came in."""
    row = waiting(request, letter)
    return _drafted(request, row.about, row)


def _drafted(request: Request, about: Record, answered: Letter | None) -> HttpResponse:
    names = ("party", "who", "subject", "their_reference")
    first = {name: getattr(answered, name) for name in names} if answered else {}
    form = DraftLetterForm(request.POST or None, initial=first, seats=_seats(request, about))

    def act() -> Letter:
        told = form.answers()
        chosen = [seats.seat(request.actor, each) for each in told.pop("agreeing")]
        return operations.draft_letter(
            request.actor, about=about, agreeing=chosen, replies_to=answered, **told
        )

    return act_from(
        request,
        ("meetings:letters",),
        form,
        act,
        words="The letter is drafted. Whoever has to agree is asked.",
        to=_at,
        heading="Draft the answer" if answered else "Draft a letter",
        button="Keep the draft",
        rows=[Fact("On", f"{about.reference} {about.title}")],
    )


def _at(found: Letter) -> tuple[str, str]:
    return "meetings:letter", str(found.pk)


def agree(request: Request, letter: int, assent: int) -> HttpResponse:
    """Say, for one's own seat, whether a letter goes like this."""
    found = _letter(request, letter)
    row = queries.assents_of(request.actor, found).filter(pk=assent).first()
    if row is None or not found.is_draft or not queries.sits_in(request.actor, row.seat_id):
        raise Http404
    form = AgreeLetterForm(request.POST or None)
    act = lambda: operations.agree_letter(  # noqa: E731
        request.actor,
        assent=row,
        said=Said(form.answers()["said"]),
        words=form.answers()["words"],
    )
    return act_from(
        request,
        _at(found),
        form,
        act,
        words="Your answer is on record.",
        heading="Agree to the letter",
        button="Answer",
        rows=[Fact("To", found.who), Fact("About", found.subject)],
    )


def change(request: Request, letter: int) -> HttpResponse:
    """Change a draft; whoever answered is asked anew."""
    found = _draft(request, letter)
    first = {"who": found.who, "subject": found.subject}
    form = ChangeLetterForm(request.POST or None, initial=first, seen_version=found.about.version)
    act = lambda: operations.change_letter(  # noqa: E731
        request.actor, letter=found, seen_version=form.seen, **form.answers()
    )
    return act_from(
        request,
        _at(found),
        form,
        act,
        words="The draft is changed. Whoever had answered is asked again.",
        record=found.about,
        heading="Change the draft",
        button="Keep the changes",
    )


def send_it(request: Request, letter: int) -> HttpResponse:
    """Put on record that a draft has gone."""
    found = _draft(request, letter)
    form = SendLetterForm(request.POST or None)
    said = [(row.seat.role, row.said) for row in queries.assents_of(request.actor, found)]
    waits = rules.may_send(said, "somebody")
    return act_from(
        request,
        _at(found),
        form,
        lambda: operations.send_letter(request.actor, letter=found, **form.answers()),
        words="The letter is on the register as sent.",
        heading="Record that the letter has gone",
        button="Put it on record",
        explain=waits.reason,
        rows=[Fact("To", found.who), Fact("About", found.subject)],
    )
