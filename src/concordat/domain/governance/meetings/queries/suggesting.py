"""What could come on to an agenda, as far as whoever builds it may know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from concordat.domain.base.actions import queries as actions
from concordat.domain.base.actions.rules import Standing as Goes
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.clocks.rules import OPEN
from concordat.domain.base.recommendations import queries as recommendations
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings.models import (
    Line,
    Meeting,
    NotNow,
    Presentation,
    Suggestion,
)
from concordat.domain.governance.meetings.queries.agenda import proposals, to_carry
from concordat.domain.governance.meetings.queries.deciding import forward_plan
from concordat.domain.governance.meetings.queries.series import series_of
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules import series as rhythms
from concordat.domain.governance.meetings.rules import suggesting as rules
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.suggesting import Sort, Suggested, key_of
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.sensitivity import Sensitivity

MOST_OF_A_SORT = 30
OFTEN = 2
"""Extensions from which on an action is an exception."""


def suggested(actor: Actor, meeting: Meeting) -> list[Suggested]:
    """What is suggested for a meeting that is still ahead, less what was put off for it."""
    return _read(actor, meeting, dict.fromkeys(_SORTS.values()))


def _read(actor: Actor, meeting: Meeting, readers: Iterable[Read]) -> list[Suggested]:
    if meeting.body is None or meeting.stage_is not in life.BEFORE:
        return []
    off = set(NotNow.objects.filter(meeting=meeting).values_list("key", flat=True))
    taken = _taken(meeting)
    reach = _reach(actor, meeting, meeting.body)
    found: list[Suggested] = []
    for read in readers:
        found += [each for each in read(actor, meeting, meeting.body, reach) if each.key not in off]
    return rules.in_order(each for each in found if each.reference not in taken)


def put_off(actor: Actor, meeting: Meeting) -> list[NotNow]:
    """What was put off for this meeting, as far as the actor may open what it is about."""
    rows = NotNow.objects.filter(meeting=meeting).select_related("about")
    free = visible(actor, rows.filter(about__isnull=True), record="meeting__record")
    about = visible(actor, rows.filter(about__isnull=False), record="about")
    return sorted([*free, *about], key=lambda each: (each.said_on, each.pk))


def _taken(meeting: Meeting) -> set[str]:
    """References of records that this agenda has an item about already."""
    rows = Line.objects.filter(meeting=meeting, item__about__isnull=False)
    return set(rows.values_list("item__about__reference", flat=True))


def _reach(actor: Actor, meeting: Meeting, body: Body) -> date:
    """The day of the meeting that follows, as called or as the rhythm wants it."""
    day = meeting.day or actor.on
    later = Meeting.objects.filter(body=body, day__gt=day, stage__in=[s.value for s in life.BEFORE])
    called = visible(actor, later).order_by("day").values_list("day", flat=True).first()
    if called is None and (rhythm := series_of(actor, body).rhythm):
        called = rhythms.following(rhythm, day)
    return rules.reach_of(day, called, actor.on)


Read = Callable[[Actor, Meeting, Body, date], Iterable[Suggested]]


def _requests(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    for line in proposals(actor, meeting):
        by = f"{line.item.proposed_by}, {day_in_words(line.item.proposed_on)}."
        yield Suggested(
            key_of(Sort.REQUEST, line.pk),
            Sort.REQUEST,
            line.item.record.title,
            f"{by} {line.item.why}".strip(),
            line.purpose_is,
            line.minutes,
        )


def _carried(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    for line in to_carry(actor, meeting)[:MOST_OF_A_SORT]:
        why = line.place_reason or "It was not reached."
        if line.meeting.stage == life.Stage.CANCELLED:
            why = "The meeting was called off."
        yield Suggested(
            key_of(Sort.CARRIED, line.pk),
            Sort.CARRIED,
            line.item.record.title,
            f"{line.meeting.record.title}: {why}",
            line.purpose_is,
            line.minutes,
        )


def _papers(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """Papers that were promised to this body for a day by now, and stand on no agenda yet."""
    rows = Presentation.objects.filter(body=body, line__isnull=True, state="planned")
    rows = rows.select_related("paper__item__record")
    for row in visible(actor, rows, record="partnership").order_by("pk")[:MOST_OF_A_SORT]:
        said = UncertainDate.parse(row.date) if row.date else None
        if said is None or said.earliest is None or said.earliest > reach:
            continue
        title = row.paper.title if row.paper else row.title
        yield Suggested(
            key_of(Sort.PAPER, row.pk),
            Sort.PAPER,
            title,
            f"Planned for {said}.",
            Purpose.NOTE,
            due=said.latest,
        )


def _reviews(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    rows = forward_plan(actor, body.pk).filter(review_on__lte=reach)
    for row in rows.select_related("record")[:MOST_OF_A_SORT]:
        assert row.review_on is not None  # noqa: S101 - asked for above
        yield Suggested(
            key_of(Sort.REVIEW, row.pk),
            Sort.REVIEW,
            _titled(row.record, body, f"Look again at: {row.text}"),
            f"To be looked at again on {day_in_words(row.review_on)}.",
            Purpose.DECIDE,
            due=row.review_on,
            reference=row.record.reference,
        )


def _clocks(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """Clocks that run out before the next meeting: held by a seat of this body, or running on
    what it owns, and for an executive on the partnership itself."""
    mine = Q(holder__body=body) | Q(record__owner=body.record) | Q(record=body.record)
    if body.kind == "executive":
        mine |= Q(record=body.partnership_id)
    rows = clocks.clocks(actor, now=actor.on).filter(mine, due__lte=reach)
    found = list(rows.filter(stage__in=[each.value for each in OPEN]).distinct()[:MOST_OF_A_SORT])
    for row in clocks.rows_of(actor, found, now=actor.on):
        if row.is_first_day:
            continue
        record = row.clock.record
        yield Suggested(
            key_of(Sort.CLOCK, row.clock.pk),
            Sort.CLOCK,
            _titled(record, body, f"{row.title}: {record.title}"),
            rules.clock_why(row.clock.due, meeting.day or actor.on),
            Purpose.ASSURE,
            due=row.clock.due,
            label=row.state.value,
            reference=record.reference,
        )


def _actions(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """Actions that this body set and that are late, put off time and again, or stuck."""
    late = Q(due__isnull=False, comes_up__lt=actor.on)
    stuck = Q(standing__in=[Goes.BLOCKED, Goes.IN_DIFFICULTY]) | Q(extended__gte=OFTEN)
    rows = actions.actions(actor).filter(set_by=body, rank=0).filter(late | stuck)
    for row in rows[:MOST_OF_A_SORT]:
        is_late = row.due is not None and row.comes_up < actor.on
        told = [f"It was due on {day_in_words(row.comes_up)}."] if is_late else []
        told += [f"Put off {count(row.extended, 'time')}."] if row.extended else []
        told += [f"{row.standing.capitalize()}."] if row.standing in _STUCK else []
        yield Suggested(
            key_of(Sort.ACTION, row.pk),
            Sort.ACTION,
            _titled(row.record, body, f"Action: {row.record.title}"),
            " ".join(told),
            Purpose.ASSURE,
            due=row.due,
            label="overdue action" if is_late else "action in trouble",
            reference=row.record.reference,
        )


def _recommended(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """Recommendations that were put before this body, and wait for what it decides."""
    for row in recommendations.to_decide(actor, body)[:MOST_OF_A_SORT]:
        yield Suggested(
            key_of(Sort.RECOMMENDATION, row.pk),
            Sort.RECOMMENDATION,
            _titled(row.record, body, f"Recommendation: {row.title}"),
            f"From {row.came_from}.",
            Purpose.DECIDE,
            reference=row.record.reference,
        )


def _caseload(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """The drafts that this body is to work on, as one item; its own rule says when they call for
    a meeting."""
    load = recommendations.load_of(actor, body)
    if load.framing:
        yield Suggested(
            key_of(Sort.CASELOAD, body.pk),
            Sort.CASELOAD,
            "Draft recommendations to work on",
            rules.caseload_why(load.sentence, load.at_least),
            Purpose.DECIDE,
            label="caseload reached" if load.is_due else "",
            reference=body.record.reference,
        )


_STUCK = (Goes.BLOCKED, Goes.IN_DIFFICULTY)


def _above(actor: Actor, meeting: Meeting, body: Body, reach: date) -> Iterator[Suggested]:
    """What the forward plan holds, and what higher packages suggest by their records."""
    for row in open_suggestions(actor, body)[:MOST_OF_A_SORT]:
        if row.from_day and row.from_day > (meeting.day or actor.on):
            continue
        sort = Sort.ABOVE if row.about_id else Sort.PLANNED
        yield Suggested(
            key_of(sort, row.pk),
            sort,
            _titled(row.about, body, row.title) if row.about else row.title,
            row.why or f"{row.suggested_by}, {day_in_words(row.suggested_on)}.",
            Purpose(row.purpose),
            row.minutes,
            label=row.label,
            reference=row.about.reference if row.about else "",
        )


_SORTS: dict[Sort, Read] = {
    Sort.REQUEST: _requests,
    Sort.CARRIED: _carried,
    Sort.ABOVE: _above,
    Sort.PLANNED: _above,
    Sort.REVIEW: _reviews,
    Sort.PAPER: _papers,
    Sort.CLOCK: _clocks,
    Sort.ACTION: _actions,
    Sort.RECOMMENDATION: _recommended,
    Sort.CASELOAD: _caseload,
}


def open_suggestions(actor: Actor, body: Body) -> QuerySet[Suggestion]:
    """What is put forward for a body and not on an agenda yet, the earliest day first. What is
    about a record is there only for who may open it."""
    rows = Suggestion.objects.filter(body=body, ended_on__isnull=True)
    rows = visible(actor, rows.select_related("about", "lead"), record="body__record")
    free = Q(about__isnull=True)
    about = Q(about__in=visible(actor, Record.objects.all()).values("pk"))
    return rows.filter(free | about).order_by("from_day", "suggested_on", "pk")


def _titled(record: Record, body: Body, title: str) -> str:
    """A title that members of the body may read: of what is held more closely, and not by this
    body, the reference alone."""
    mine = record.owner_id == body.pk or record.pk == body.pk
    if (record.level <= Sensitivity.PARTNERSHIP and record.listed) or mine:
        return title[:200]
    return f"{record.kind.capitalize()} {record.reference}"


def suggestion(actor: Actor, meeting: Meeting, key: str) -> Suggested | None:
    """One of those that are suggested now: only what its sort comes from is read."""
    readers = [read for sort, read in _SORTS.items() if key.startswith(key_of(sort, ""))]
    found = _read(actor, meeting, readers)
    return next((each for each in found if each.key == key), None)
