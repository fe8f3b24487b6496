"""How far an area is on its way from the old board, as known by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Area, Member, Partnership
from concordat.domain.base.agencies.rules import PartnershipKind
from concordat.domain.base.clocks.models import AreaLive, Clock
from concordat.domain.base.clocks.queries import Stood, clocks_as_at, law_of, own_areas
from concordat.domain.base.clocks.rules import Arrangements as Kind
from concordat.domain.base.records.models import Record, known_by
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, BodyState
from concordat.domain.governance.arrangements.models import (
    Arrangements,
    GoLivePoint,
    Step,
)
from concordat.domain.governance.arrangements.queries.old_board import (
    OldBody,
    handover,
    old_bodies,
)
from concordat.domain.governance.arrangements.rules import transition as rules
from concordat.domain.governance.arrangements.rules.go_live import QUESTIONS, Line, Point
from concordat.domain.governance.arrangements.rules.transition import Clash, Stage, Tail, Timetable
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

CLOCKS = ("TR-START", "TR-PUBLISH", "TR-IMPLEMENT", "TR-SCR", "TR-CDR")
"""The clocks of a transition, in the order in which they start."""
ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Transition:
    """One area's way as it stood on a day. `live` is that area's go-live if somebody said it."""

    home: Partnership
    area: Area | None
    on: date
    stages: list[Stage]
    table: Timetable
    clashes: list[Clash]
    tails: list[Tail]
    live: AreaLive | None
    clocks: list[Stood]
    old: list[OldBody]
    handover: list[Line]

    @property
    def message(self) -> str:
        return rules.message(self.stages, self.table, self.on)

    @property
    def is_live(self) -> bool:
        return self.live is not None and self.live.live_on <= self.on


def transition(actor: Actor, home: Partnership, area: Area | None, as_at: date) -> Transition:
    """Everything that the page and the command tell of one area on a day."""
    live = go_live(actor, area, as_at)
    found = stages(actor, home, area, as_at)
    table = rules.timetable(law_of(actor, home.record))
    return Transition(
        home=home,
        area=area,
        on=as_at,
        stages=found,
        table=table,
        clashes=rules.clashes(found, table, as_at),
        tails=rules.tails(table, _live_when(found, live)),
        live=live,
        clocks=_clocks(actor, home, area, as_at),
        old=old_bodies(actor, home, as_at),
        handover=handover(actor, home),
    )


def areas(actor: Actor, home: Partnership) -> list[Area]:
    """The areas that go live, each on its own day: the partnership's own, whole ones."""
    return list(own_areas(actor, home.record))


def is_in_transition(actor: Actor, home: Partnership) -> bool:
    """Whether there is an old board here, or a step on the way from one. A programme that several
    partnerships share is none itself: each of them goes its own way."""
    if home.kind not in (PartnershipKind.SAFEGUARDING, PartnershipKind.OLD_BOARD):
        return False
    boards = Body.objects.filter(partnership=home.pk, kind__in=rules.OLD_BOARD)
    steps = Step.objects.filter(partnership=home.pk).exclude(step="other")
    return boards.exclude(outside=True).exists() or steps.exists()


def waiting(actor: Actor, home: Partnership) -> list[Area]:
    """The areas that are still with their old board and have a check list to work through."""
    if not is_in_transition(actor, home):
        return []
    said = AreaLive.objects.filter(arrangements=Kind.SAFEGUARDING, live_on__lte=actor.on)
    live = set(said.values_list("area", flat=True))
    return [area for area in areas(actor, home) if area.pk not in live]


def go_live(
    actor: Actor, area: Area | None, as_at: date, kind: Kind = Kind.SAFEGUARDING
) -> AreaLive | None:
    """What was said by a day of when an area went live."""
    rows = AreaLive.objects.filter(area=area, arrangements=kind, stated_on__lte=as_at)
    return rows.select_related("area").first()


def _live_when(found: Sequence[Stage], live: AreaLive | None) -> UncertainDate | None:
    if live:
        return UncertainDate.parse(live.stated or live.live_on.isoformat())
    return rules.begins_when(found)


# --- steps


def stages(actor: Actor, home: Partnership, area: Area | None, as_at: date) -> list[Stage]:
    """Every step known by a day: of the file, of a shared programme, and of what was done here."""
    found = [*_steps(actor, home, area, as_at), *_versions(actor, home, as_at)]
    found += _lived(go_live(actor, area, as_at), found)
    found += _ended(actor, home, as_at, found)
    order = list(rules.TITLES)
    return sorted(found, key=lambda each: (order.index(each.step), not each.is_done, each.title))


def _steps(actor: Actor, home: Partnership, area: Area | None, as_at: date) -> Iterator[Stage]:
    here = Q(partnership=home.pk) & (Q(area=None) | Q(area=area))
    programmes = Member.objects.filter(member=home.slug).values("partnership")
    there = Q(partnership__in=programmes, area=None)
    rows = Step.objects.filter(here | there).filter(known_by(as_at)).order_by("order", "key")
    for row in visible(actor, rows, record="partnership"):
        yield Stage(
            step=row.step,
            title=row.title,
            is_done=row.state == "done",
            when=_date(row.date),
            until=_date(row.until),
            source=row.source,
            subject=f"steps:{row.key}" if row.partnership_id == home.pk else "",
            about=row.about,
        )


def _date(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


def _versions(actor: Actor, home: Partnership, as_at: date) -> Iterator[Stage]:
    """When versions of the arrangements were sent and published, as far as it is known."""
    rows = Arrangements.objects.filter(partnership=home.pk).filter(known_by(as_at))
    for row in visible(actor, rows, record="partnership").order_by("order", "key"):
        for step, text in ((rules.PUBLISHED, row.published_on), ("arrangements sent", row.sent_on)):
            when = _date(text)
            if when and not when.certainly_after(as_at):
                yield Stage(
                    step, row.title, True, when, None, row.source, f"arrangements:{row.key}"
                )


def _lived(live: AreaLive | None, found: Iterable[Stage]) -> Iterator[Stage]:
    if live is None:
        return
    when = UncertainDate.parse(live.stated or live.live_on.isoformat())
    said = {
        each.when.iso() for each in found if each.step == rules.LIVE and each.is_done and each.when
    }
    if when.iso() not in said:
        yield Stage(rules.LIVE, f"{live.area.name} went live", True, when, None, live.source)


def _ended(actor: Actor, home: Partnership, as_at: date, found: Sequence[Stage]) -> Iterator[Stage]:
    """The end of the old board as its state tells it, where no step says so."""
    if any(each.step == rules.ENDS and each.is_done for each in found):
        return
    rows = BodyState.objects.filter(
        known_by(as_at), body__partnership=home.pk, body__kind="old board", state=ENDED
    ).exclude(from_text="")
    seen = visible(actor, rows.exclude(body__outside=True), record="body__record")
    for row in seen.select_related("body"):
        when = UncertainDate.parse(row.from_text)
        if not when.certainly_after(as_at):
            yield Stage(rules.ENDS, f"{row.body.name} ended", True, when, None, row.source,
                        f"bodies:{row.body.key}")  # fmt: skip


# --- clocks


def _clocks(actor: Actor, home: Partnership, area: Area | None, as_at: date) -> list[Stood]:
    stood = [
        each
        for each in clocks_as_at(actor, home, as_at)
        if each.clock.rule in CLOCKS and each.clock.area_id in (None, area.pk if area else None)
    ]
    return sorted(stood, key=lambda each: (CLOCKS.index(each.clock.rule), str(each.clock.pk)))


def clocks_held(actor: Actor, home: Partnership) -> QuerySet[Clock]:
    """The clocks of the transition, running or over."""
    return Clock.objects.filter(partnership=home.pk, rule__in=CLOCKS).select_related("record")


OVER = ("superseded", "withdrawn")


def current(actor: Actor, home: Partnership) -> Arrangements | None:
    """The version of the arrangements that is on its way or in force."""
    rows = Arrangements.objects.filter(partnership=home.pk).exclude(state__in=OVER)
    return rows.select_related("record", "partnership").order_by("-order", "-pk").first()


def root_of(actor: Actor, home: Partnership) -> Record:
    """The record on which clocks and holds of the transition hang: that of the arrangements, and
    until there is a version the partnership's own."""
    row = current(actor, home)
    return row.record if row else home.record


# --- the check list


def points(actor: Actor, area: Area | None, as_at: date) -> list[GoLivePoint]:
    """The check list of an area as it was last looked at by a day, in its order."""
    rows = GoLivePoint.objects.filter(area=area, looked_on__lte=as_at)
    rows = rows.select_related("hold", "waived_by", "area", "partnership")
    order = [each.value for each in Point]
    seen = visible(actor, rows, record="partnership")
    return sorted(seen, key=lambda row: order.index(row.point))


# --- in the shape that `transition --json` tells


def as_json(actor: Actor, home: Partnership, area: Area | None, as_at: date) -> dict[str, Any]:
    """One area as plain values."""
    found = transition(actor, home, area, as_at)
    return {
        "area": area.name if area else "",
        "message": found.message,
        "went_live": found.live.stated or found.live.live_on.isoformat() if found.live else None,
        "timeline": [_stage_json(each) for each in found.stages],
        "clocks": [each.as_json() for each in found.clocks],
        "tails": [{"rule": each.rule.id, "told": each.told} for each in found.tails],
        "findings": [
            {
                "subject": each.subject,
                "finding": each.told,
                "certain": each.is_certain,
                "rules": list(each.rules),
                "law": each.law,
                "source": each.source,
                "verified": each.verified,
            }
            for each in found.clashes
        ],
        "old_board": [
            {"key": each.body.key, "name": each.body.name, "state": each.state}
            for each in found.old
        ],
        "handover": [
            {"item": each.item, "text": each.text, "state": each.state.value, **each.more}
            for each in found.handover
        ],
        "check_list": [_point_json(each) for each in points(actor, area, as_at)],
    }


def _stage_json(each: Stage) -> dict[str, Any]:
    return {
        "step": each.step,
        "title": each.title,
        "done": each.is_done,
        "date": each.when.iso() if each.when else None,
        "until": each.until.iso() if each.until else None,
        "when_in_words": each.dated,
        "source": each.source,
    }


def _point_json(row: GoLivePoint) -> dict[str, Any]:
    return {
        "point": row.point,
        "question": QUESTIONS[Point(row.point)],
        "state": "met" if row.is_met else "waived" if row.waived_by_id else "open",
        "words": row.waived_for if row.waived_by_id and not row.is_met else row.words,
        "lacking": row.lacking,
        "looked_on": row.looked_on.isoformat(),
    }
