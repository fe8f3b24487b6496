"""What the pages of diaries share: the moment, and rows put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.mail import rules as letters
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.queries import Diary, Engagement, Offer, Standing, Voice
from concordat.domain.governance.diaries.rules import (
    DiaryState,
    EntryState,
    PlanState,
    Says,
    Slot,
    Span,
)
from concordat.kernel.actor import Actor
from concordat.kernel.labels import join_words
from concordat.web.ui.doors import Request

TONES = {
    DiaryState.DRAFT: "Draft",
    DiaryState.ASKING: "Waiting",
    DiaryState.CLOSED: "Due soon",
    DiaryState.FIXED: "Done",
    DiaryState.WITHDRAWN: "Withdrawn",
}
PLAN_TONES = {
    PlanState.WORKING: "Waiting",
    PlanState.FAILED: "Overdue",
    PlanState.PLANNED: "Due soon",
    PlanState.ADOPTED: "Done",
    PlanState.WITHDRAWN: "Withdrawn",
}


def now_of(request: Request) -> datetime:
    """The time of day on the actor's day: an example world's day is not the machine's."""
    here = timezone.localtime()
    if here.date() == request.actor.on:
        return here
    return datetime.combine(request.actor.on, here.time(), rules.LONDON)


def door(request: HttpRequest) -> str:
    """The whole address of the guests' page, with the place of the token in it."""
    return request.build_absolute_uri(reverse("mail:door", args=[letters.TOKEN]))


def home_of(request: Request, slug: str, *, to_change: bool = False) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    if to_change:
        can(request.actor, Verb.CHANGE, home.record).require()
    return home


def span_of(row: Offer | Engagement) -> Span:
    return rules.span_of(row.start, row.end)


def when(row: Offer | Engagement) -> str:
    return rules.in_words(span_of(row))


@dataclass(frozen=True, slots=True)
class Line:
    """One date on the page of a search, proposed or offered."""

    when: str
    start: int
    words: str
    works: bool
    who_not: tuple[str, ...]
    prices: tuple[str, ...]
    href: str
    fix: str
    offer: str = ""
    withdraw: str = ""
    offered: bool = False
    counts: str = ""
    state: str = ""
    tone: str = ""


def proposed(diary: Diary, slot: Slot) -> Line:
    """A slot of the search."""
    reference, start = diary.record.reference, slot.span.start
    return Line(
        when=str(slot),
        start=start,
        words=slot.quorate.words,
        works=slot.works,
        who_not=tuple(str(each) for each in slot.away),
        prices=tuple(f"{words} ({price})" for words, price in slot.prices),
        href=reverse("diaries:slot", args=[reference, start]),
        fix=reverse("diaries:fix", args=[reference, start]),
        offer=reverse("diaries:offer", args=[reference, start]),
    )


GATHERING = (DiaryState.ASKING, DiaryState.CLOSED)


def stood(diary: Diary, standing: Standing, *, several: bool = False) -> Line:
    """An offer as its poll stands. One of `several` may be withdrawn by itself."""
    offer, tally = standing.offer, standing.tally
    start, reference = rules.minute_of(offer.start), diary.record.reference
    state, tone = _state(offer)
    gathering = diary.stage in GATHERING
    gone = bool(offer.withdrawn_at) and gathering
    less = several and gathering and not gone
    return Line(
        when=when(offer),
        start=start,
        words=tally.words if tally else offer.words,
        works=bool(tally and tally.quorate),
        who_not=tuple(f"{each}: no" for each in tally.no) if tally else (),
        prices=(),
        href=reverse("diaries:slot", args=[reference, start]),
        fix="" if gone or offer.chosen_at else reverse("diaries:fix", args=[reference, start]),
        withdraw=reverse("diaries:withdraw_date", args=[reference, start]) if less else "",
        offered=True,
        counts=_counts(standing),
        state=state,
        tone=tone,
    )


def _counts(standing: Standing) -> str:
    tally = standing.tally
    if tally is None:
        return "Nobody was asked"
    return (
        f"{tally.yes} yes, {tally.if_needed} if needed, {len(tally.no)} no, "
        f"{len(tally.silent)} not answered"
    )


def _state(offer: Offer) -> tuple[str, str]:
    if offer.withdrawn_at:
        return "Withdrawn", "Withdrawn"
    if offer.chosen_at:
        return "Fixed", "Done"
    if offer.engagement and offer.engagement.state == EntryState.TENTATIVE:
        return "Held in diaries", "Waiting"
    return "Offered", "Open"


def grid(actor: Actor, diary: Diary, standings: list[Standing]) -> list[dict[str, Any]]:
    """Who said what: a row for each voice, with the dates that they can, could and cannot make."""
    offers = sorted((each for each in standings), key=lambda each: each.offer.start)
    open_ = [each for each in offers if not each.offer.withdrawn_at or each.said]
    return [_heard(voice, open_) for voice in queries.voices_of(actor, diary)]


def _heard(voice: Voice, offers: list[Standing]) -> dict[str, Any]:
    said: dict[str, list[Offer]] = {each.value: [] for each in Says}
    hands = set()
    for each in offers:
        if row := each.said.get(voice.pk):
            said[row.says].append(each.offer)
            hands.add(row.said_by)
    return {
        "name": f"{voice.name}{' (deputy)' if voice.holding == 'deputy' else ''}",
        "seat": voice.seat.role if voice.seat.role != voice.name else "",
        "hands": sorted(hands - {voice.name}),
        "yes": by_day(said[Says.YES]),
        "if_needed": by_day(said[Says.IF_NEEDED]),
        "no": by_day(said[Says.NO]),
        "left": len(offers) - sum(map(len, said.values())),
    }


def by_day(offers: list[Offer]) -> list[str]:
    """A line for each day: Tue 9 April: 10:00 and 14:00."""
    days: dict[str, list[str]] = {}
    for each in offers:
        here = rules.local(rules.minute_of(each.start))
        days.setdefault(f"{here:%a} {here.day} {here:%B}", []).append(f"{here:%H:%M}")
    return [f"{day}: {join_words(times)}" for day, times in days.items()]
