"""Keeping the clocks of a transition as what happened asks, and saying when an area went live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import AreaLive, Clock
from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.clocks.rules import OPEN, Arrangements, Stage
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements.queries import transition as queries
from concordat.domain.governance.arrangements.rules import transition as rules
from concordat.kernel.actor import Actor, Office
from concordat.kernel.dates import Precision, UncertainDate

TIMETABLE = "The national timetable for new arrangements"


@operation
def keep_transition(actor: Actor, *, partnership: Partnership) -> int:
    """Let every clock of a transition stand as what is known asks; how many were changed.

    Publish-by stands from the start; publication starts the time to take effect and stops
    publish-by; go-live stops that and starts the tails. Safe to run again: what stands so is
    left alone, and a clock that somebody ruled out or corrected is never started anew.
    """
    can(actor, Verb.CHANGE, partnership.record).require()
    no_event("each clock is an event of its own")
    if not queries.is_in_transition(actor, partnership):
        return 0
    return sum(_keep_area(actor, partnership, each) for each in _ways(actor, partnership))


@dataclass(frozen=True, slots=True)
class Way:
    """What the clocks of one area hang on; `area` and `part` only where there are several."""

    home: Partnership
    record: Record
    area: Area | None
    is_one_of_many: bool
    holder: Seat | None

    @property
    def part(self) -> str:
        return self.area.name if self.area and self.is_one_of_many else ""


def _ways(actor: Actor, home: Partnership) -> list[Way]:
    areas, root = queries.areas(actor, home), queries.root_of(actor, home)
    seat = Seat.objects.filter(
        surely_in_force(actor.on), partnership=home.pk, office=Office.STRATEGY_MANAGER
    )
    holder = seat.select_related("record", "body").order_by("key").first()
    many = len(areas) > 1
    places: list[Area | None] = [*areas]
    return [Way(home, root, area, many, holder) for area in places or [None]]


def _keep_area(actor: Actor, home: Partnership, way: Way) -> int:
    stages = queries.stages(actor, home, way.area, actor.on)
    _say_live(actor, way, rules.stage_of(stages, rules.LIVE))
    live = _live(way.area, Arrangements.SAFEGUARDING)
    published = rules.stage_of(stages, rules.PUBLISHED)
    published = published if published and published.is_done else None
    begun = rules.timetable(law_of(actor, home.record)).starts_on
    done = 0
    done += _stand(actor, way, "TR-START", TIMETABLE, begun)
    done += _meet(actor, way, "TR-START", begun, _began(stages))
    done += _stand(actor, way, "TR-PUBLISH", TIMETABLE, begun)
    if published:
        done += _published(actor, way, published, is_live=live is not None)
    if live:
        done += _gone_live(actor, way, live)
    return done


def _began(stages: list[rules.Stage]) -> str:
    dated = [each for each in stages if each.span]
    first = min(dated, key=lambda each: each.span or (date.max, date.max), default=None)
    told = "The transition began in every area on this day."
    return f"{told} First step on record here: {first.title}, {first.dated}." if first else told


def _published(actor: Actor, way: Way, published: rules.Stage, *, is_live: bool) -> int:
    """Publication stops publish-by and starts the months in which to take effect."""
    day, proof = _by(published, actor.on)
    done = _meet(actor, way, "TR-PUBLISH", day, proof)
    exact = published.when and published.when.precision is Precision.DAY
    if exact or not is_live:
        words = f"Publication of the arrangements: {published.title}"
        done += _stand(actor, way, "TR-IMPLEMENT", words, day if exact else None)
    return done


def _by(stage: rules.Stage, on: date) -> tuple[date, str]:
    """The last day by which it was certainly done, and the words that say how it is known."""
    source = f" ({stage.source})" if stage.source else ""
    if stage.when and stage.when.precision is Precision.DAY and stage.when.latest:
        return min(stage.when.latest, on), f"{stage.title}{source}"
    last = min(stage.when.latest, on) if stage.when and stage.when.latest else on
    said = stage.dated or "no day"
    return last, f"{stage.title}{source}. Stated: {said}. Done by this day at the latest."


def _gone_live(actor: Actor, way: Way, live: AreaLive) -> int:
    """Go-live stops the time to take effect, and starts the tails that outlast the old board."""
    if live.live_on > actor.on:
        return 0
    proof = f"{live.area.name} went live ({live.source})"
    done = _meet(actor, way, "TR-IMPLEMENT", live.live_on, proof)
    words = f"Go-live of {live.area.name}"
    words += f", {UncertainDate.parse(live.stated)}: the day is not stated" if live.stated else ""
    done += _stand(actor, way, "TR-SCR", words, None if live.stated else live.live_on)
    deaths = _live(way.area, Arrangements.CHILD_DEATHS)
    words = "Go-live of the child death review partners"
    begun = deaths.live_on if deaths and not deaths.stated else None
    return done + _stand(actor, way, "TR-CDR", words, begun)


def _live(area: Area | None, kind: Arrangements) -> AreaLive | None:
    return AreaLive.objects.filter(area=area, arrangements=kind).select_related("area").first()


def _say_live(actor: Actor, way: Way, stage: rules.Stage | None) -> None:
    """A go-live that a source tells is the area's go-live, in the source's own precision."""
    if way.area is None or stage is None or not stage.is_done or stage.when is None:
        return
    last = stage.when.latest
    if last is None or last > actor.on or stage.when.doubtful:
        return
    if AreaLive.objects.filter(area=way.area, arrangements=Arrangements.SAFEGUARDING).exists():
        return
    is_day = stage.when.precision is Precision.DAY
    clocks.set_area_live(
        actor,
        area=way.area,
        arrangements=Arrangements.SAFEGUARDING,
        live_on=last,
        stated="" if is_day else stage.when.iso(),
        source=stage.source or stage.title,
    )


def _rows(way: Way, rule: str) -> list[Clock]:
    rows = Clock.objects.filter(partnership=way.home.pk, rule=rule, part=way.part)
    return list(rows.select_related("record", "holder__body", "holder__record", "local", "area"))


def _stand(actor: Actor, way: Way, rule: str, words: str, on: date | None) -> int:
    """Start a clock that was never there, or give one its start once that is known."""
    rows = _rows(way, rule)
    waiting = [each for each in rows if each.stage == Stage.START_NEEDED]
    if waiting and on is not None:
        clocks.restart(actor, clock=waiting[0], on=on, reason=words, started_by=words)
        return 1
    if rows:
        return 0
    clocks.start(
        actor,
        record=way.record,
        rule=rule,
        started_by=words[:300],
        on=on,
        holder=way.holder,
        area=way.area if way.is_one_of_many else None,
        part=way.part,
    )
    return 1


def _meet(actor: Actor, way: Way, rule: str, on: date, proof: str) -> int:
    """Stop a running clock; what is said to come before its own start is left to a person."""
    fixed = rule in ("TR-START", "TR-PUBLISH")
    running = [
        each
        for each in _rows(way, rule)
        if each.stage in OPEN and each.started_on and (fixed or each.started_on <= on)
    ]
    for each in running:
        clocks.meet(actor, clock=each, on=on, proof=proof)
    return len(running)
