"""A group's caseload, from every partnership that it serves, and its joint events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.seats.queries import Body
from concordat.domain.practice.reviews.operations import grouping, joint_events
from concordat.domain.practice.reviews.queries import LearningReferral
from concordat.domain.practice.reviews.queries import group as queries
from concordat.domain.practice.reviews.queries import referrals as of_referrals
from concordat.domain.practice.reviews.queries.group import GroupCase, GroupEvent, Head
from concordat.domain.practice.reviews.rules.joint import EventStage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.labels import count
from concordat.web.reviews import learning_acts
from concordat.web.reviews.joint_acts import ACTS, OF
from concordat.web.reviews.joint_forms import PlanForm
from concordat.web.reviews.referrals import line
from concordat.web.ui.addresses import address_of
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact, Link
from concordat.web.ui.sending import done, form_page, send

MOST_SHOWN = 50
TAGS = {
    EventStage.PLANNED: ("Open", "Planned"),
    EventStage.HELD: ("Open", "Held"),
    EventStage.DONE: ("Done", "Closed"),
    EventStage.OFF: ("Withdrawn", "Called off"),
}


@require_safe
def caseload(request: Request, reference: str) -> HttpResponse:
    """What one group has before it: reviews, referrals, and the joint events that it holds."""
    actor = request.actor
    group = of_referrals.group_of_reference(actor, reference)
    page = page_of(of_referrals.caseload(actor, group), request.GET.get("page"))
    heads = queries.heads(actor, queries.cases_before(actor, group)[:MOST_SHOWN])
    events = [_event_line(each) for each in queries.events_of_group(actor, group)[:MOST_SHOWN]]
    sits = queries.sits_in(actor, group)
    told = {
        "group": group,
        "boroughs": queries.serves(group),
        "page": page,
        "lines": [line(row) for row in page.rows],
        "cases": [_case(each, reference) for each in heads],
        "events": events,
        "sentence": _sentence(len(heads), page.total, events),
        "sits": sits,
        "parts": learning_acts.parts(""),
    }
    return render(request, "reviews/caseload.html", told)


def _sentence(cases: int, referrals: int, events: list[dict[str, Any]]) -> str:
    if not cases and not referrals:
        return "Nothing is on the caseload that you may open."
    told = [count(cases, "review")] if cases else []
    told += [count(referrals, "referral")] if referrals else []
    owed = sum(1 for each in events if each["row"].left)
    after = f" {count(owed, 'joint event')} with something left to do." if owed else ""
    return f"{' and '.join(told)} on the caseload.{after}"


def _case(head: Head, reference: str) -> dict[str, Any]:
    kind = "review" if head.case.review else "incident"
    return {
        "row": head,
        "href": address_of(kind, head.reference) if head.opens else "",
        "off": reverse("reviews:case_off", args=[reference, head.case.pk]),
    }


def _event_line(row: GroupEvent) -> dict[str, Any]:
    tone, words = TAGS[row.stage_is]
    told = list(row.attendance.all())
    return {
        "row": row,
        "href": reverse("reviews:event", args=[row.record.reference]),
        "tone": tone,
        "words": words,
        "came": sum(each.came for each in told),
        "told": len(told),
    }


def _group(request: Request, reference: str) -> Body:
    group = of_referrals.group_of_reference(request.actor, reference)
    if not queries.sits_in(request.actor, group):
        raise Refused("Whoever sits in the group does this, or runs its partnership.")
    return group


class _Drawn(NamedTuple):
    """What an event may draw on, by what stands for each on the form."""

    cases: dict[str, GroupCase]
    referrals: dict[str, LearningReferral]

    def choices(self, actor: Actor) -> list[tuple[str, str]]:
        heads = queries.heads(actor, self.cases.values())
        told = [
            (f"c{each.case.pk}", f"{each.reference}: {each.what.lower()} led by {each.lead}")
            for each in heads
        ]
        told += [
            (key, f"{each.record.reference}: {each.get_kind_display()}")
            for key, each in self.referrals.items()
        ]
        return told

    def chosen(self, keys: Sequence[str]) -> dict[str, Any]:
        return {
            "cases": [self.cases[key] for key in keys if key in self.cases],
            "referrals": [self.referrals[key] for key in keys if key in self.referrals],
        }


def _drawn_on(actor: Actor, group: Body) -> _Drawn:
    cases, referrals = queries.drawable(actor, group)
    return _Drawn(
        {f"c{each.pk}": each for each in cases}, {f"r{each.pk}": each for each in referrals}
    )


def plan(request: Request, reference: str) -> HttpResponse:
    """Plan a joint event of a group."""
    actor, group = request.actor, _group(request, reference)
    drawn = _drawn_on(actor, group)
    form = PlanForm(request.POST or None, choices={"draws": drawn.choices(actor)})

    def act() -> GroupEvent:
        told = form.answers()
        chosen = drawn.chosen(told.pop("draws", ()))
        return joint_events.plan_joint_event(actor, group=group, **chosen, **told)

    sent = send(request, form, act)
    if sent.done:
        words = "The event is planned. Each borough is asked who came."
        return done(request, words, "reviews:event", sent.result.record.reference)
    boroughs = ", ".join(each.title for each in queries.serves(group))
    rows = [Fact("Held by", group.name), Fact("For", boroughs)]
    back = reverse("reviews:caseload", args=[reference])
    return form_page(request, "act.html", form, sent, **_PLAN, rows=rows, back_href=back)


_PLAN = {
    "heading": "Plan a joint event",
    "explain": "Everybody in every partnership that the group serves finds it. Nothing of a child "
    "stands on it.",
    "button": "Plan the event",
}


def off(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take a case off a group's caseload, with what came of it there."""
    group = of_referrals.group_of_reference(request.actor, reference)
    case = queries.case_before(request.actor, group, pk)
    (head,) = queries.heads(request.actor, [case])
    form = ReasonForm(request.POST or None)
    sent = send(
        request, form,
        lambda: grouping.take_off_caseload(request.actor, case=case, **form.answers()),
    )  # fmt: skip
    if sent.done:
        return done(request, "It is off the caseload.", "reviews:caseload", reference)
    told = {
        "heading": "Take it off the caseload",
        "explain": "Say what came of it in the group.",
        "rows": [Fact("Case", f"{head.what} {head.reference}"), Fact("Led by", head.lead)],
        "button": "Take it off",
        "back_href": reverse("reviews:caseload", args=[reference]),
    }
    return form_page(request, "act.html", form, sent, **told)


@require_safe
def event(request: Request, reference: str) -> HttpResponse:
    """One joint event: who came from which borough, and what each does after."""
    actor = request.actor
    row = queries.group_event(actor, reference)
    look(actor, record=row.record)
    return render(request, "reviews/event.html", _face(actor, row))


def _face(actor: Actor, row: GroupEvent) -> dict[str, Any]:
    reference, (tone, words) = row.record.reference, TAGS[row.stage_is]
    return {
        "event": row,
        "tone": tone,
        "words": words,
        "ahead": row.on > actor.on,
        "boroughs": _by_borough(actor, row),
        "cases": [_case(each, row.group.record.reference) for each in _drawn(actor, row)],
        "referrals": of_referrals.referrals(actor).filter(pk__in=row.referrals.values("pk")),
        "caseload": queries.may_read(actor, row.group),
        "acts": _acts(actor, row),
        "links": learning_acts.around(
            reference, "Event", reverse("reviews:event", args=[reference])
        ),
    }


def _by_borough(actor: Actor, row: GroupEvent) -> list[dict[str, Any]]:
    """Whom the group serves, and who took part when it served them."""
    told = row.attendance.select_related("partnership").order_by("partnership__title")
    came = {each.partnership_id: each for each in told}
    follows = list(queries.follows(actor, row))
    took_part = [*(each.partnership for each in told), *(each.partnership for each in follows)]
    return [
        {
            "home": each,
            "came": came.get(each.pk),
            "follows": [one for one in follows if one.partnership_id == each.pk],
        }
        for each in dict.fromkeys([*queries.serves(row.group), *took_part])
    ]


def _acts(actor: Actor, row: GroupEvent) -> list[Link]:
    """What may be done with it; "it is done" only where something is left to be done."""
    acts = ACTS if queries.may_do(actor, row) else tuple(a for a in ACTS if a.slug != "did")
    return learning_acts.offered(acts, OF, row, queries.part_in_event(actor, row))


def _drawn(actor: Actor, row: GroupEvent) -> list[Head]:
    """What of the caseload it draws on, for whoever reads the caseload."""
    if not queries.may_read(actor, row.group):
        return []
    cases = row.cases.select_related(
        "review__record", "review__partnership", "incident__record", "incident__partnership"
    )
    return queries.heads(actor, cases.order_by("pk"))
