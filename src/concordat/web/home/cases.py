"""Incidents, reviews and what is learnt of them on one page, with what is next for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from concordat.domain.base.asks import queries as asks
from concordat.domain.base.asks.queries import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.records.queries import Record
from concordat.domain.base.requests import queries as requests
from concordat.domain.practice.chronologies import queries as chronologies
from concordat.domain.practice.reviews import queries as reviews
from concordat.domain.practice.reviews.queries import escalations, referrals
from concordat.domain.practice.reviews.queries import group as groups
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, day_in_words
from concordat.web.requests import facing as of_requests
from concordat.web.reviews import escalations as of_escalations
from concordat.web.reviews import incidents_facing as of_incidents
from concordat.web.reviews import joint as of_groups
from concordat.web.reviews import referrals as of_referrals
from concordat.web.reviews.desk import facing as of_reviews

MOST = 5
"""Rows of each kind, those that are open before those that are over."""
MOST_OWED = 200


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next on a record: what is to be done, by whom, and until when."""

    what: str
    who: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """One row: which record, of what, where it stands, and what is next where it says so itself."""

    record: Record
    href: str
    about: str
    tone: str
    words: str
    next: Next | None = None


def overview(actor: Actor) -> dict[str, Any]:
    """Everything on the page, in a fixed number of queries. Each part shows a few rows."""
    parts = [each(actor) for each in PARTS]
    shown = [row.record.pk for part in parts for row in part["rows"]]
    ahead = _next_of(actor, shown)
    for part in parts:
        part["lines"] = [(row, row.next or ahead.get(row.record.pk)) for row in part.pop("rows")]
    return {
        "parts": parts,
        "empty": [part for part in parts if not part["lines"]],
        "may_tell": bool(reviews.homes_to_tell(actor)),
        "doors": _doors(actor),
        "caseloads": list(referrals.caseloads(actor)),
        "sentence": _sentence(parts),
    }


def _sentence(parts: Iterable[dict[str, Any]]) -> str:
    if any(part["lines"] for part in parts):
        return "What you may open, and what is next for each."
    return "Nothing is open to you here. You can tell of what you know."


def _part(
    name: str,
    route: str,
    found: QuerySet[Any] | list[Any],
    row: Callable[[Any], Case],
    **said: str,
) -> dict[str, Any]:
    rows = list(found[: MOST + 1])
    return {
        "name": name,
        "href": reverse(route),
        "rows": [row(each) for each in rows[:MOST]],
        "more": len(rows) > MOST,
        **said,
    }


def _incidents(actor: Actor) -> dict[str, Any]:
    """By the label of the child, but for whoever gets no more than the head of it."""
    found = list(reviews.incidents(actor)[: MOST + 1])
    heads = reviews.summaries_of(actor, found)

    def row(each: Any) -> Case:
        about = each.child.label if each.child and each.pk not in heads else ""
        return Case(each.record, of_incidents.up(each), about, *of_incidents.tag_of(each))

    return _part("Serious incidents", "reviews:incidents", found, row, empty="No incident.")


def _reviews(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        about = f"{each.record.title}, led by {each.partnership.title}"
        return Case(each.record, of_reviews.up(each), about, *of_reviews.TAGS[each.stage_is])

    found = reviews.reviews(actor)
    return _part("Local reviews", "desk:reviews", found, row, empty="You are named on no review.")


def _chronologies(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        href = reverse("chronologies:chronology", args=[each.record.reference])
        tag = ("Closed", "Locked") if each.stage == "locked" else ("Open", "Open")
        return Case(each.record, href, each.record.title, *tag)

    found = chronologies.chronologies(actor)
    empty = "You are on the team of no chronology."
    return _part("Chronologies", "chronologies:chronologies", found, row, empty=empty)


def _requests(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        told = of_requests.line(each, actor.on)
        about = f"{told['form']}, of {each.recipient}"
        waits = Next("Answer it", each.recipient, each.due) if told["owed"] else None
        return Case(each.record, told["href"], about, told["tone"], told["words"], next=waits)

    empty = "Nothing was asked of you, or by you."
    found = requests.requests(actor)
    return _part("Requests for information", "requests:asked", found, row, empty=empty)


def _referrals(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        told = of_referrals.line(each)
        about = each.get_kind_display() or "Asked for by a link"
        return Case(each.record, told["href"], about, told["tone"], told["words"])

    found = referrals.referrals(actor)
    empty = "Nothing was referred that you may open."
    return _part("Near misses and good practice", "reviews:referrals", found, row, empty=empty)


def _escalations(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        told = of_escalations.line(each, actor.on)
        about = " · ".join(word for word in (each.label, told["stage"]) if word)
        return Case(each.record, told["href"], about, told["tone"], told["words"])

    found = escalations.escalations(actor)
    empty = "No disagreement that you may open."
    return _part("Disagreements about a child", "reviews:escalations", found, row, empty=empty)


def _events(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        ahead = each.on >= actor.on
        tag = ("Open", "Ahead") if ahead else ("Done", "Held")
        next_ = Next(f"{'On' if ahead else 'Was on'} {day_in_words(each.on)}", each.place, None)
        if each.left:
            what = f"{count(each.left, 'follow-up')} of a borough to be done"
            next_ = Next(what, next_.what, each.left_due)
        up = of_reviews.up(each.review, "learning")
        return Case(each.review.record, up, each.title, *tag, next=next_)

    found = reviews.learning_events(actor)
    empty = "No joint event is planned on a review that you may open."
    return _part("Learning events", "desk:reviews", found, row, empty=empty)


def _joint(actor: Actor) -> dict[str, Any]:
    def row(each: Any) -> Case:
        next_ = Next(f"On {day_in_words(each.on)}", each.place, None)
        if each.left:
            what = f"{count(each.left, 'follow-up')} of a borough to be done"
            next_ = Next(what, each.place, each.left_due)
        href = reverse("reviews:event", args=[each.record.reference])
        return Case(each.record, href, each.record.title, *of_groups.TAGS[each.stage_is],
                    next=next_)  # fmt: skip

    found = groups.group_events(actor)
    empty = "No group that serves you has planned a joint event."
    return _part("Joint events of groups", "reviews:referrals", found, row, empty=empty)


PARTS = (
    _incidents, _reviews, _chronologies, _requests, _referrals, _escalations, _events, _joint,
)  # fmt: skip


def _next_of(actor: Actor, records: list[UUID]) -> dict[UUID, Next]:
    """For each record what is asked first of anybody; else the next clock that runs on it."""
    found: dict[UUID, Next] = {}
    owed = asks.open_asks(actor).filter(record__in=records)
    for ask in owed.order_by("due", "raised_on", "pk")[:MOST_OWED]:
        known = found.get(ask.record_id)
        if known is None or (known.due is None and ask.due is not None):
            found[ask.record_id] = _asked(ask)
    running = clocks.clocks(actor, now=actor.on).filter(record__in=records, stage__in=RUNNING)
    for row in clocks.rows_of(actor, list(running[:MOST_OWED]), now=actor.on):
        who = row.clock.holder.role if row.clock.holder else ""
        found.setdefault(row.clock.record_id, Next(row.title, who, row.clock.due))
    return found


def _asked(ask: Ask) -> Next:
    verb = Errand(ask.errand).button
    what = ask.what.removeprefix(verb).strip()
    return Next(f"{verb} {what}", ask.seat.role, ask.due)


def _doors(actor: Actor) -> list[tuple[str, str]]:
    """What the actor may begin here: a referral or a disagreement is an agency's."""
    own = {
        "Refer a near miss or good practice": "reviews:refer",
        "Raise a disagreement": "reviews:escalation_raise",
    }
    all_ = {"How reviews begin here": "reviews:routes", "Children by label": "children:children"}
    begun = (own if referrals.speaks_for_an_agency(actor) else {}) | all_
    return [(text, reverse(route)) for text, route in begun.items()] if actor.seats else []
