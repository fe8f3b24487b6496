"""Near misses and good practice: the list, one of them, and a group's caseload."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.operations import referrals as operations
from concordat.domain.practice.reviews.queries import LearningReferral
from concordat.domain.practice.reviews.queries import referrals as queries
from concordat.domain.practice.reviews.rules.referrals import ReferralStage
from concordat.kernel.actor import Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count
from concordat.web.reviews import learning_acts
from concordat.web.reviews.referrals_acts import ACTS, OF, choices_of, seat_of, told_of
from concordat.web.reviews.referrals_forms import GroupForm, InviteForm, ReferForm
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Moment
from concordat.web.ui.sending import done, form_page, send

_TONES = {
    ReferralStage.AWAITED: "Waiting",
    ReferralStage.REFERRED: "Waiting",
    ReferralStage.AGREED: "Open",
    ReferralStage.CASELOAD: "Open",
    ReferralStage.LEARNT: "Done",
    ReferralStage.NOT_AGREED: "Due soon",
    ReferralStage.RETURNED: "Due soon",
    ReferralStage.WITHDRAWN: "Withdrawn",
}


def line(row: LearningReferral) -> dict[str, Any]:
    return {
        "referral": row,
        "href": reverse("reviews:referral", args=[row.record.reference]),
        "tone": _TONES[row.stage_is],
        "words": row.stage_is.label,
    }


@require_safe
def referrals(request: Request) -> HttpResponse:
    """What was referred, and which groups learn from it."""
    actor = request.actor
    page = page_of(queries.referrals(actor), request.GET.get("page"))
    waiting = queries.waiting(actor)
    told = {
        "page": page,
        "lines": [line(row) for row in page.rows],
        "sentence": f"{count(waiting, 'referral')} {'waits' if waiting == 1 else 'wait'} for a "
        "second person’s agreement."
        if waiting
        else "Nothing waits for a second person’s agreement.",
        "caseloads": list(queries.caseloads(actor)),
        "parts": learning_acts.parts("referrals"),
        "runs": bool(queries.run_by(actor)),
        "speaks": queries.speaks_for_an_agency(actor),
    }
    return render(request, "reviews/referrals.html", told)


@also_by_link
@require_safe
def referral(request: Request, reference: str) -> HttpResponse:
    """One referral: what happened, who agreed, and what was learnt."""
    actor = request.actor
    row = queries.referral(actor, reference)
    look(actor, record=row.record)
    guest, told_row = actor.kind is Kind.GUEST, line(row)
    told = {
        **told_row,
        "guest": guest,
        "links": learning_acts.around(
            row.record.reference, "Referral", told_row["href"], guest=guest
        ),
        "acts": learning_acts.offered(ACTS, OF, row, queries.part_in(actor, row), guest=guest),
        "why_back": queries.why_back(actor, row),
        "moments": []
        if guest
        else [Moment(t.what, t.on, t.by, t.words) for t in queries.turns(actor, row)],
    }
    return render(request, "reviews/referral.html", told)


_REFER = {
    "heading": "Refer a near miss or good practice",
    "explain": "It is about what nearly went wrong, or went well. No child is at its centre. "
    "Where a child was harmed, tell it as an incident.",
    "button": "Refer it",
}
_SPEAKS_FOR_NONE = (
    "You cannot refer from here: none of your seats speaks for an agency. The secretariat can send "
    "a link to somebody who does."
)
_INVITE = {
    "heading": "Ask somebody to refer something",
    "explain": "They get a link to one page, and a code to their mailbox.",
    "button": "Send the link",
}


def refer(request: Request) -> HttpResponse:
    """Refer a near miss or good practice, on one page."""
    homes = queries.homes(request.actor)
    seconds = [seat for home in homes for seat in queries.seconds(request.actor, home)]
    own = learning_acts.own_seats(request.actor, homes)
    choices = {
        "partnership": _titles(homes), "second": choices_of(seconds), "own": choices_of(own)
    }  # fmt: skip
    first = {"partnership": homes[0].reference} if homes else {}
    form = ReferForm(request.POST or None, choices=choices, initial=first)
    sent = send(request, form, lambda: _referred(request, form.answers(), seconds, own))
    if sent.done:
        words = "It is referred. It goes on once somebody of another agency agrees."
        return done(request, words, "reviews:referral", sent.result.record.reference)
    back = {"back_href": reverse("reviews:referrals")}
    if not queries.speaks_for_an_agency(request.actor):
        back["explain"] = _SPEAKS_FOR_NONE
    return form_page(request, "act.html", form, sent, **(_REFER | back))


def _referred(
    request: Request, told: dict[str, Any], seconds: list[Seat], own: list[Seat]
) -> LearningReferral:
    home = fetch_record(request.actor, told["partnership"])
    second = seat_of(seconds, told["second"])
    seat = seat_of(own, told.pop("own", ""))
    return operations.refer(
        request.actor, partnership=home, told=told_of(told), second=second, seat=seat
    )


def _titles(homes: list[Record]) -> list[tuple[str, str]]:
    return [(row.reference, row.title) for row in homes]


def _run_by(request: Request) -> list[Record]:
    homes = queries.run_by(request.actor)
    if not homes:
        raise Refused("The secretariat does this.")
    return homes


def invite(request: Request) -> HttpResponse:
    """Ask somebody without an account, by a link."""
    homes = _run_by(request)
    here = agencies.agencies(request.actor).filter(partnership__in=[home.pk for home in homes])
    named = {row.record.reference: row for row in here}
    choices = {
        "partnership": _titles(homes),
        "agency": [(reference, row.name) for reference, row in named.items()],
    }
    first = {"partnership": homes[0].reference}
    form = InviteForm(request.POST or None, choices=choices, initial=first)
    sent = send(request, form, lambda: _invited(request, form.answers(), named))
    if sent.done:
        reference = sent.result.record.reference
        return done(request, "They get a letter with a link.", "reviews:referral", reference)
    back = reverse("reviews:referrals")
    return form_page(request, "act.html", form, sent, **_INVITE, back_href=back)


def _invited(request: Request, told: dict[str, Any], named: dict[str, Agency]) -> LearningReferral:
    home = fetch_record(request.actor, told.pop("partnership"))
    return operations.invite(
        request.actor,
        partnership=home,
        agency=named[told.pop("agency")],
        door=learning_acts.door(request),
        now=timezone.now(),
        **told,
    )


def group(request: Request) -> HttpResponse:
    """Say which group has a partnership's referrals on its caseload."""
    actor, homes = request.actor, _run_by(request)
    choices = {"partnership": _titles(homes)}
    form = GroupForm(
        request.POST or None, choices=choices, initial={"partnership": homes[0].reference}
    )

    def act() -> object:
        told = form.answers()
        home = fetch_record(actor, told["partnership"])
        body = _group_named(request, told["group"])
        return operations.set_group(actor, partnership=home, group=body, source=told["source"])

    sent = send(request, form, act)
    if sent.done:
        return done(request, "The group has the referrals on its caseload.", "reviews:referrals")
    told = {
        "heading": "Choose the group that learns",
        "explain": "What a second person agrees to goes to this group.",
        "button": "Choose the group",
        "back_href": reverse("reviews:referrals"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _group_named(request: Request, reference: str) -> Record:
    try:
        return fetch_record(request.actor, reference.strip().upper())
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no group {reference} that you may open.",
            field="group",
            mend="Check the reference on its page.",
        ) from None
