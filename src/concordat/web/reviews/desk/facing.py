"""Local reviews in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.clocks.rules import OPEN as RUNNING
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import Entry, Member, Review
from concordat.domain.practice.reviews.queries.group import may_be_put
from concordat.domain.practice.reviews.rules import clearance, desk, methods
from concordat.domain.practice.reviews.rules.clearance import Step
from concordat.domain.practice.reviews.rules.desk import LISTS, OPEN, List, ReportStage, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, day_in_words
from concordat.web.reviews.desk.acts import ACTS, OF_THE_LEAD, acts_on
from concordat.web.reviews.desk.previews import MARK
from concordat.web.ui.addresses import address_of
from concordat.web.ui.parts import Link
from concordat.web.ui.parts import Step as Shown

TAGS = {
    Stage.SCOPING: ("Draft", "Scoping"),
    Stage.UNDER_WAY: ("Open", "Under way"),
    Stage.CLEARANCE: ("Waiting", "In clearance"),
    Stage.PUBLISHED: ("Done", "Published"),
    Stage.STOPPED: ("Closed", "Stopped"),
}
REPORT_TAGS = {
    ReportStage.ASKED: "Open",
    ReportStage.BRIEFED: "Open",
    ReportStage.IN: "Waiting",
    ReportStage.BACK: "Due soon",
    ReportStage.ADEQUATE: "Waiting",
    ReportStage.SIGNED: "Done",
}
PAGES = {
    "review": "Review",
    "terms": "Terms",
    "method": "Method and plan",
    "people": "People",
    "agencies": "Agencies",
    "voices": "Practitioners and family",
    "proceedings": "Proceedings",
    "findings": "Findings",
    "drafts": "Drafts",
    "clearance": "Clearance",
    "publication": "Publication",
    "learning": "Learning",
}
NEXT = {
    Stage.SCOPING: "Before it is under way",
    Stage.UNDER_WAY: "Before it can go into clearance",
}
OF_PAGE = {
    "agencies": (List.PAPER,),
    "voices": (List.PRACTITIONER, List.FAMILY),
    "method": (List.STAGE, List.CHECKPOINT),
    "learning": (List.PRODUCT,),
}


def page_of_list(kind: List) -> str:
    """The page of a review that shows a list."""
    return next(page for page, kinds in OF_PAGE.items() if kind in kinds)


def standing(actor: Actor, review: Review) -> dict[str, Any]:
    """What is late, what is to come, and where it is published."""
    return {
        "late": [
            {"row": each, "href": up(review, page_of_list(each.list_is))}
            for each in queries.entries(actor, review)
            if each.is_late(actor.on)
        ],
        "lacks": to_come(actor, review),
        "next_heading": NEXT.get(review.stage_is, ""),
        "published": [e for e in queries.published_here(actor, review) if not e.down_on],
    }


def to_come(actor: Actor, review: Review) -> list[Link]:
    """What has to be done before the review can move on, each with the page to do it on."""
    if review.stage_is is Stage.SCOPING:
        chosen = [] if review.method else [Link("Choose the method.", up(review, "method"))]
        return [
            *chosen,
            Link("Write the terms and have a body agree to them.", up(review, "terms")),
        ]
    if review.stage_is is not Stage.UNDER_WAY:
        return []
    return [Link(told, up(review, page)) for page, told in queries.lacks_by_page(actor, review)]


def up(review: Review, page: str = "review") -> str:
    return reverse(f"desk:{page}", args=[review.record.reference])


def links(review: Review, current: str) -> list[Link]:
    at = [review.record.reference]
    own = [Link(text, up(review, page), current=page == current) for page, text in PAGES.items()]
    return [
        *own,
        Link("Documents", reverse("documents:on", args=at)),
        Link("History", reverse("records:history", args=at)),
        Link("Access", reverse("records:access", args=at)),
    ]


def frame(actor: Actor, review: Review, page: str) -> dict[str, Any]:
    """What stands around every page of a review."""
    works = queries.may_change(actor, review)
    tone, words = TAGS[review.stage_is]
    slugs = [
        *acts_on(page, review),
        *(e for k in OF_PAGE.get(page, ()) for e in acts_on(k, review)),
    ]
    return {
        "review": review,
        "record": review.record,
        "works": works,
        "tone": tone,
        "words": words,
        "mark": MARK,
        "meta": f"Led by {review.partnership.title}",
        "links": links(review, page),
        "acts": [
            Link(act.link, reverse(f"desk:{name_of(act.slug)}", args=[review.record.reference]))
            for act in slugs
            if act.slug not in OF_THE_LEAD or queries.leads(actor, review)
            if act.slug != "group" or may_be_put(actor, review)
        ]
        if works and _goes_on(review, page)
        else [],
    }


def _goes_on(review: Review, page: str) -> bool:
    """Learning and publication elsewhere go on once it is published."""
    later = page in ("learning", "publication") and review.stage_is is Stage.PUBLISHED
    return review.stage_is in OPEN or later


def name_of(slug: str) -> str:
    """The name of an act's route."""
    return slug.replace("/", "_").replace("-", "_")


def row_links(review: Review, row: Any, *slugs: str) -> list[Link]:
    """What may be done to one row beneath a review."""
    texts = {act.slug: act.link for act in ACTS}
    at = [review.record.reference, row.pk]
    return [Link(texts[slug], reverse(f"desk:{name_of(slug)}", args=at)) for slug in slugs]


def line(review: Review, today: date) -> dict[str, Any]:
    tone, words = TAGS[review.stage_is]
    chosen = methods.method(review.method)
    return {
        "review": review,
        "record": review.record,
        "href": up(review),
        "tone": tone,
        "words": words,
        "method": chosen.name if chosen else "Not chosen yet",
    }


def lines(rows: Iterable[Review], today: date) -> list[dict[str, Any]]:
    return [line(row, today) for row in rows]


def in_a_sentence(rows: Sequence[Review]) -> str:
    open_ = sum(row.stage_is in OPEN for row in rows)
    if not rows:
        return "There is no review that you may open."
    return f"{count(open_, 'review')} under way, {len(rows) - open_} over."


def clocks(actor: Actor, review: Review) -> list[dict[str, Any]]:
    """Each clock of a review as a line: what is due when, and why it is late if it is."""
    return [
        {
            "clock": each,
            "title": _TITLES.get(each.rule, each.rule) + (f", {each.part}" if each.part else ""),
            "runs": each.stage in RUNNING,
            "met": each.met_on,
            "delays": list(each.delays.all()),
            "near": nearness(each.due, actor.on) is Nearness.OVERDUE and each.stage in RUNNING,
        }
        for each in queries.clocks_on(actor, review)
    ]


_TITLES = {
    "LC-PUBLISH": "Finish and publish",
    "LC-ADVANCE": "Send advance copies",
    "LC-AVAILABLE": "Keep it public until",
}


def tracker(actor: Actor, review: Review) -> list[Shown]:
    """The way of a review, from commission to publication."""
    at = {Stage.SCOPING: 1, Stage.UNDER_WAY: 2, Stage.CLEARANCE: 3, Stage.PUBLISHED: 5}
    here = at.get(review.stage_is, 0)
    if here == 2 and review.draft_id:
        here = 3
    elif here == 3:
        here = 4
    steps = ("Commissioned", "Terms agreed", "Gathering and analysis", "Drafting", "Clearance",
             "Published")  # fmt: skip
    return [Shown(text, _stands(number, here)) for number, text in enumerate(steps)]


def _stands(number: int, here: int) -> Any:
    if number < here or here == 5:
        return "done"
    return "now" if number == here else "next"


def entry(actor: Actor, review: Review, row: Entry, *, works: bool) -> dict[str, Any]:
    """One line of a list: planned against actual, and what came of it."""
    came, late = row.came_of_it, row.is_late(actor.on)
    changes = works and not row.is_over
    tone = came.tone.value if came else "Overdue" if late else "Open"
    return {
        "row": row,
        "tone": tone,
        "words": came.text if came else "Overdue" if late else "Open",
        "by_day": desk.told_by_day(row.planned, row.outcome_on if row.is_over else None, actor.on),
        "links": row_links(review, row, "outcome", "moved") if changes else [],
        "whose": row_links(review, row, "moved")[0].href
        if changes and not LISTS[row.list_is].who_needed
        else "",
    }


def listed(actor: Actor, review: Review, *kinds: List) -> list[dict[str, Any]]:
    """Lists of a review, each with its heads and lines."""
    works = queries.may_change(actor, review)
    rows = list(queries.entries(actor, review))
    return [
        {
            "kept": LISTS[kind],
            "kind": kind.value,
            "rows": [entry(actor, review, e, works=works) for e in rows if e.kind == kind],
        }
        for kind in kinds
    ]


def member(review: Review, row: Member, today: date, *, works: bool) -> dict[str, Any]:
    """Somebody who takes part: where they stand, and what may be done."""
    if row.ended_why:
        tone, words = "Closed", "Ended"
    elif row.is_in(today):
        tone, words = "Done", "Let in"
    elif row.from_day and row.from_day > today:
        tone, words = "Waiting", f"From {day_in_words(row.from_day)}"
    elif row.to_day and row.to_day < today:
        tone, words = "Closed", "Their time is over"
    else:
        tone, words = "Waiting", "Not let in"
    slugs: list[str] = []
    if works and not row.ended_why:
        slugs = ["interests", *(() if row.from_day else ("let-in",)), "fee", "end"]
    return {"row": row, "tone": tone, "words": words, "links": row_links(review, row, *slugs)}


def reports(actor: Actor, review: Review) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "tone": REPORT_TAGS[row.stage_is],
            "words": row.stage_is.label,
            "href": reverse("desk:report", args=[review.record.reference, row.pk]),
        }
        for row in queries.reports(actor, review)
    ]


def report_links(actor: Actor, review: Review, row: Any) -> list[Link]:
    """What may be done to an agency's report as it stands."""
    moves = {"brief": "brief", "hand in": "hand-in", "find adequate": "judge", "sign": "sign"}
    allowed = {move.verb for move in desk.AGENCY_REPORT_STATES.allowed(row.stage_is)}
    holds = row.seat_id in {each.seat for each in actor.seats}
    works = queries.may_change(actor, review)
    mine = {"brief", "hand in"} if works or holds else set()
    mine |= {"find adequate"} if works else set()
    mine |= {"sign"} if holds else set()
    return row_links(review, row, *(s for verb, s in moves.items() if verb in allowed & mine))


def steps(actor: Actor, review: Review) -> list[dict[str, Any]]:
    """The steps of clearance in order, with each seat's signature of the file as it stands."""
    rows = list(queries.clearings(actor, review))
    ready = queries.readiness(actor, review)
    text, now = ready.text, ready.step
    mine = {each.seat for each in actor.seats}
    on = review.stage_is is Stage.CLEARANCE
    found = [
        {
            "step": step,
            "whole": clearance.whole(step, ready.places, ready.owed, text),
            "now": on and step is now,
            "left": clearance.not_asked(step, ready.places, ready.owed),
            "rows": [
                {
                    "row": each,
                    "stands": clearance.stands(each.place, text),
                    "void": bool(each.text) and not clearance.stands(each.place, text),
                    "links": row_links(review, each, "clear")
                    if on and each.seat_id in mine
                    and step is now and not clearance.stands(each.place, text)
                    else [],
                }
                for each in rows
                if each.step_is is step
            ],
        }
        for step in Step
    ]  # fmt: skip
    return [each | {"count": len(each["rows"]) + len(each["left"])} for each in found]


def origin(actor: Actor, review: Review) -> dict[str, str]:
    """What a review comes from, with its address for whoever may open it."""
    if review.origin is None:
        return {}
    href = address_of(review.origin.kind, review.origin.reference)
    return {
        "reference": review.origin.reference,
        "href": href if can(actor, Verb.SEE, review.origin) else "",
    }


def methods_used(actor: Actor) -> list[dict[str, Any]]:
    """Each method, and how long the reviews that the actor may open took or take with it."""
    rows = [row for row in queries.reviews(actor)[:200] if row.method]
    return [
        {
            "method": method,
            "used": [
                {"review": row, "told": method.against(row.decided_on, row.ended_on, actor.on)}
                for row in rows
                if row.method == method.key
            ],
        }
        for method in methods.methods()
    ]


def ranked(answers: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "row": each,
            "method": each.method,
            "verified": each.method.is_verified,
        }
        for each in methods.rank(answers)
    ]
