"""Serious incidents in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from concordat.craft import document as craft
from concordat.domain.base.agencies.queries import Area
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.clocks.rules import LONDON, told_day
from concordat.domain.base.requests import queries as requests
from concordat.domain.base.requests.queries import Request
from concordat.domain.base.requests.rules import Stage as Asked
from concordat.domain.base.requests.rules import is_late
from concordat.domain.practice.chronologies import queries as chronologies
from concordat.domain.practice.reviews import queries, rules
from concordat.domain.practice.reviews.queries import Incident, RapidDecision
from concordat.domain.practice.reviews.queries.group import before_groups
from concordat.domain.practice.reviews.rules import Outcome, Paper, Stage
from concordat.domain.practice.reviews.rules.criteria import Origin
from concordat.domain.practice.reviews.rules.life import (
    OVER,
    REVIEWED,
    STEPS,
    may_say,
    step_now,
    steps_done,
)
from concordat.domain.practice.reviews.rules.pace import Standing
from concordat.domain.practice.reviews.rules.papers import NOTIFICATION, RAPID_REVIEW, answered
from concordat.domain.practice.reviews.rules.signing import unsigned
from concordat.kernel.actor import Actor, Kind
from concordat.web.ui.parts import Fact, Link, Moment, Step

MOST_BESIDE = 20
_TAGS = {
    Stage.AWAITED: "Waiting",
    Stage.TOLD: "Open",
    Stage.NOTIFIED: "Open",
    Stage.DECIDED: "Waiting",
    Stage.SENT: "Waiting",
    Stage.ANSWERED: "Open",
    Stage.LEFT: "Closed",
    Stage.ASIDE: "Closed",
    Stage.ELSEWHERE: "Closed",
    Stage.DUPLICATE: "Closed",
    Stage.CLOSED: "Closed",
}
_WORDS = {
    Stage.AWAITED: "To be told",
    Stage.TOLD: "To be decided: notified or not",
    Stage.NOTIFIED: "Rapid review",
    Stage.DECIDED: "Decided, to be signed and sent",
    Stage.SENT: "Sent, waits for the answer",
    Stage.ANSWERED: "Answered by the national body",
}


def tag_of(row: Incident) -> tuple[str, str]:
    """A registered word for the tone, and the words shown."""
    if row.old_board and row.stage_is is Stage.NOTIFIED:
        return "Waiting", "Waits for the chair of the old board"
    return _TAGS[row.stage_is], _WORDS.get(row.stage_is, row.stage_is.label)


def up(row: Incident) -> str:
    return reverse("reviews:incident", args=[row.record.reference])


def moment_in_words(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return told_day(local.date(), local)


def line(row: Incident) -> dict[str, Any]:
    tone, words = tag_of(row)
    return {
        "incident": row,
        "href": up(row),
        "tone": tone,
        "words": words,
        "known": moment_in_words(row.known_at),
        "child": row.child.label if row.child else "",
        "area": row.area.name if row.area else "",
    }


def lines(actor: Actor, rows: Iterable[Incident]) -> list[dict[str, Any]]:
    """Rows of a list; whoever gets the head alone reads no label of the child."""
    told = list(rows)
    heads = queries.summaries_of(actor, told)
    return [line(each) | {"head": each.pk in heads} for each in told]


def others(actor: Actor, home: Any, *, own: bool = False) -> dict[str, Area]:
    """Areas that may be chosen, by what stands for each on a form."""
    rows = queries.other_areas(actor, home)
    rows = [*queries.areas_to_tell(actor, home), *rows] if own else rows
    return {str(each.pk): each for each in rows}


def face(actor: Actor, row: Incident) -> dict[str, Any]:
    """What the page of an incident shows to this actor; no more than the head to a guest, or to
    whom it was shared with as a summary."""
    head = {
        **line(row),
        "record": row.record,
        "guest": actor.kind is Kind.GUEST,
        "summary": (summary := queries.is_a_summary(actor, row)),
        "heading": "Serious incident" if summary else row.record.title,
        "joins": [
            {"name": each.name, "nobody": not queries.seats_that_join(actor, each)}
            for each in queries.joining(actor, row)
        ],
        "places": rules.answers(queries.places_of(actor, row), old=row.old_board)
        if row.is_told
        else (),
        "part": queries.part_in(actor, row),
        "same_as": queries.incidents(actor).filter(pk=row.same_as_id).first(),
        "links": _links(row, guest=actor.kind is Kind.GUEST),
    }
    if head["guest"] or head["summary"] or not row.is_told:
        return head
    decision = queries.decision_of(actor, row)
    asked = list(requests.on_record(actor, row.record)[:50])
    panels = list(queries.panels(actor, row)[:20])
    return head | {
        "groups": list(before_groups(actor, row)),
        "test": row.test,
        "clocks": clock_rows(actor, row),
        "steps": _steps(actor, row, asked=bool(asked), panel=bool(panels)),
        "notifying": queries.views_of(actor, row, "notifying"),
        "notifying_words": rules.agreement(queries.views_of(actor, row, "notifying")).in_words,
        "form": answered(NOTIFICATION, row.form),
        "notification": getattr(row, "notification", None),
        "notification_at": moment_in_words(row.notification.sent_at)
        if hasattr(row, "notification")
        else "",
        "review": row.stage in REVIEWED,
        "content": answered(RAPID_REVIEW, row.content),
        "plan": plan_rows(actor, row) if row.stage in _PLANNED else [],
        "requests": request_rows(asked, actor.on),
        "request_draft": f"{reverse('requests:draft')}?about={row.record.reference}",
        "panels": panels,
        "criteria": criteria(actor, row),
        "criteria_href": reverse("reviews:incident_criteria", args=[row.record.reference]),
        "decision_views": queries.views_of(actor, row, "decision"),
        "decision": decision,
        "signing": queries.signing_of(actor, row, decision) if decision else [],
        "replies": list(queries.replies(actor, row)),
        "same": queries.likely_the_same(actor, row),
        "came": list(queries.reviews_from(actor, row.record)[:20]),
        "chronologies": list(chronologies.on_record(actor, row.record)[:20]),
        "moments": [Moment(t.what, t.on, t.by, t.words) for t in queries.turns(actor, row)[:100]],
        "papers": papers(row),
        **beside(actor, row, runs=head["part"].secretariat),
        "over": row.stage in OVER,
    }


def _steps(actor: Actor, row: Incident, *, asked: bool, panel: bool) -> list[Step]:
    checked = row.test.met is not rules.Met.OPEN
    done = steps_done(row.stage_is, checked=checked, asked=asked, panel=panel)
    now = step_now(done)
    return [
        Step(text, "done" if done[n] else "now" if n == now else "next")
        for n, text in enumerate(STEPS)
    ]


def criteria(actor: Actor, row: Incident) -> list[dict[str, Any]]:
    """Each criterion with what is said of it, and whether the partners are divided."""
    return [
        {
            "of": each,
            "text": capfirst(each.text),
            "given": [said for said in each.said if said.stands],
            "before": [said for said in each.said if not said.stands],
            "divided": each.weighed.is_divided,
        }
        for each in queries.criteria_told(actor, row)
    ]


def criteria_page(actor: Actor, row: Incident) -> dict[str, Any]:
    """The criteria by what stands behind them, and how each partner stands to the decision."""
    told = criteria(actor, row)
    views = queries.views_of(actor, row, "decision")
    decision = queries.decision_of(actor, row)
    return {
        **line(row),
        "record": row.record,
        "links": _links(row, guest=False, current="criteria"),
        "groups": [
            {
                "tone": "Done" if origin is Origin.LAW else "Waiting",
                "mark": origin.value,
                "behind": _BEHIND[origin],
                "lines": [each for each in told if each["of"].origin is origin],
            }
            for origin in Origin
            if any(each["of"].origin is origin for each in told)
        ],
        "views": views,
        "views_words": rules.agreement(views).in_words,
        "decision": decision,
        "divided": sum(each["divided"] for each in told),
        "number": len(told),
        "weighs": bool(may_say(queries.part_in(actor, row))) and row.stage in _WEIGHED,
        "weigh_href": reverse("reviews:incident_weigh", args=[row.record.reference]),
    }


_PLANNED = (Stage.NOTIFIED, Stage.DECIDED)
"""Once it is sent, no day of the plan is ahead."""
_WEIGHED = (Stage.TOLD, *REVIEWED)
_BEHIND = {
    Origin.LAW: "Read in the text of the law.",
    Origin.REMEMBERED: "Nobody has compared these with the text yet. They are weighed, and are not "
    "told as law.",
    Origin.GUIDANCE: "Read in guidance.",
    Origin.OURS: "Added by the partnership. No law asks for them.",
}


def clock_rows(actor: Actor, row: Incident) -> list[dict[str, Any]]:
    """The clocks with their sums in words, and why a start was changed."""
    changed = clocks.changed_starts(actor, row.record)
    return [
        {"row": each, "changed": changed.get(each.clock.pk, [])}
        for each in clocks.clocks_of(actor, row.record, now=actor.on)
    ]


def beside(actor: Actor, row: Incident, *, runs: bool) -> dict[str, Any]:
    """What there is of the same case, as far as the actor may open it, and what may be begun."""
    reviewed = list(queries.reviews(actor).filter(origin=row.record)[:MOST_BESIDE])
    decision = queries.decision_of(actor, row)
    calls = decision is not None and decision.outcome in (Outcome.LOCAL, Outcome.OLD)
    at = row.record.reference
    return {
        "chronologies": list(chronologies.on_record(actor, row.record)[:MOST_BESIDE]),
        "reviewed": reviewed,
        "open_chronology": f"{reverse('chronologies:open')}?about={at}" if runs else "",
        "begin_review": f"{reverse('desk:commission')}?origin={at}"
        if runs and calls and not reviewed
        else "",
    }


def request_rows(asked: Iterable[Request], today: date) -> list[dict[str, Any]]:
    """Requests with their state, receipt and quality; what is late is marked."""
    return [
        {
            "request": each,
            "late": is_late(each.stage, each.due, today),
            "tone": _ASKED.get(each.stage_is, "Open"),
        }
        for each in asked
    ]


_ASKED = {
    Asked.SENT: "Waiting",
    Asked.RECEIVED: "Waiting",
    Asked.ADEQUATE: "Done",
    Asked.REFUSED: "Overdue",
    Asked.WITHDRAWN: "Withdrawn",
    Asked.DRAFT: "Draft",
}


def plan_rows(actor: Actor, row: Incident) -> list[dict[str, Any]]:
    return [
        {
            "on": each.planned.on,
            "text": each.planned.step.text,
            "tone": _PACE[each.standing][0],
            "tag": _PACE[each.standing][1],
            "words": each.words,
        }
        for each in queries.day_plan_told(actor, row)
    ]


_PACE = {
    Standing.DONE: ("Done", "Done"),
    Standing.LATE: ("Overdue", "Behind the plan"),
    Standing.GOES_ON: ("Open", "Under way"),
    Standing.OPEN: ("Waiting", "To do"),
}


def missing(actor: Actor, decision: RapidDecision) -> list[str]:
    return [each.name for each in unsigned(decision.wanted, queries.signed_by(actor, decision))]


def _links(row: Incident, *, guest: bool, current: str = "") -> list[Link]:
    here, told = Link("Incident", up(row), current=not current), []
    if guest:
        return [here]
    at = [row.record.reference]
    if row.is_told:
        at_criteria = reverse("reviews:incident_criteria", args=at)
        told = [Link("Criteria", at_criteria, current=current == "criteria")]
    return [
        here,
        *told,
        Link("Documents", reverse("documents:on", args=at)),
        Link("History", reverse("records:history", args=at)),
        Link("About", reverse("records:record", args=at)),
    ]


def papers(row: Incident) -> list[tuple[Paper, str]]:
    at = row.record.reference
    wanted = Paper if row.stage in REVIEWED else (Paper.NOTIFICATION,)
    return [(each, reverse("reviews:incident_paper", args=[at, each.value])) for each in wanted]


def about(row: Incident) -> list[Fact]:
    """What a form shows of the incident that it changes."""
    told = [Fact("Incident", row.record.reference)]
    if row.child:
        told.append(Fact("Child, by label", row.child.label))
    if row.known_at:
        told.append(Fact("The council became aware", moment_in_words(row.known_at)))
    return told


def decided(decision: RapidDecision) -> list[Fact]:
    """What is signed, whole."""
    told = [
        Fact("Decision", decision.outcome_is.label),
        Fact("Why", decision.why),
        *(Fact(capfirst(text), decision.reasons.get(key, ""))
          for key, text in decision.criteria.items()),
        Fact("View of a national review", rules.National(decision.national).label),
    ]  # fmt: skip
    if decision.national_why:
        told.append(Fact("Why they think so", decision.national_why))
    if decision.dissent:
        told.append(Fact("Dissent", decision.dissent))
    return told


def written(actor: Actor, row: Incident, of: Paper) -> craft.Document:
    """A paper as a document, for every format."""
    blocks: list[craft.Block] = [
        craft.Note("Restricted. The child is told by label alone.", "Mark", "held"),
        craft.Paragraph(f"{of.about}. {row.record.reference}."),
    ]
    for sheet in queries.paper(actor, row, of):
        blocks.append(craft.Heading(1, sheet.title))
        blocks.append(craft.Facts(sheet.told))
    return craft.Document(title=of.heading, blocks=tuple(blocks), mark="Restricted")


def signed_rows(actor: Actor, row: Incident) -> list[Fact]:
    held = queries.decision_of(actor, row)
    return [*about(row), *(decided(held) if held else [])]


def unsigned_rows(actor: Actor, row: Incident) -> list[Fact]:
    held = queries.decision_of(actor, row)
    lacks = missing(actor, held) if held else []
    return [*about(row), Fact("Not signed yet", ", ".join(lacks) or "Everybody has signed")]


def head_rows(actor: Actor, row: Incident) -> list[Fact]:
    """No more than a summary tells."""
    where = f", {row.happened_where}" if row.happened_where else ""
    return [Fact("Incident", row.record.reference),
            Fact("Happened", f"{row.happened_on}{where}")]  # fmt: skip


def panel_choices(actor: Actor, row: Incident) -> list[tuple[str, str]]:
    """The meetings before which it stands and whose day has come, the latest first."""
    rows = queries.panels(actor, row).filter(meeting__day__lte=actor.on)
    return [
        (str(each.pk), f"{each.meeting.record.title}, {told_day(each.meeting.day)}")
        for each in rows[:20]
        if each.meeting.day
    ]


def panel_of(actor: Actor, row: Incident, chosen: str) -> Any:
    return queries.panels(actor, row).filter(pk=chosen).first() if chosen else None
