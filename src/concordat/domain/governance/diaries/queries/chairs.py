"""Who could sit in which seat, and when they are not free, read for many seats at once.

Of a calendar that was brought in nothing but intervals is known. Another meeting is named only
to whoever may open its record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Holder, Incumbency, Seat, Terms
from concordat.domain.base.seats.rules import Holding
from concordat.domain.base.seats.rules.rhythm import from_mapping
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models import (
    BusyTime,
    Calendar,
    Engagement,
    WorkingPattern,
)
from concordat.domain.governance.diaries.rules import (
    Chair,
    EntryState,
    Need,
    Quorum,
    Sitter,
    Span,
    Strength,
    Taken,
    Why,
)
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Precision

_ORDER = {Holding.HOLDER: 0, Holding.INTERIM: 1, Holding.JOB_SHARE: 2, Holding.DEPUTY: 3}


@dataclass(frozen=True, slots=True)
class Sits:
    """One who may sit in a seat. `person` is there where somebody is known to be in the post."""

    seat: UUID
    who: str
    name: str
    holding: Holding
    post: int | None
    person: UUID | None
    email: str = ""


@dataclass(slots=True)
class Needed:
    """Seats with what each is needed for: by seat, the need and the group."""

    by_seat: Mapping[UUID, tuple[Need, str]] = field(default_factory=dict)

    def of(self, seat: Seat) -> tuple[Need, str]:
        told = self.by_seat.get(seat.pk)
        return told or (Need.REQUIRED if rules.is_voting(seat.capacity) else Need.OPTIONAL, "")


def sits_in(actor: Actor, seats: Iterable[Seat], *, on: date) -> list[Sits]:
    """Who certainly holds, shares or deputises in these seats on a day, the holder first."""
    rows = Holder.objects.filter(surely_in_force(on), seat__in=[seat.pk for seat in seats])
    rows = rows.exclude(holding=Holding.VACANT).select_related("post", "named__person")
    held = sorted(rows, key=lambda row: (_ORDER[Holding(row.holding)], row.pk))
    in_post = defaultdict(list)
    for each in Incumbency.objects.filter(
        Q(to_day=None) | Q(to_day__gte=on),
        post__in={row.post_id for row in held if row.post_id},
        from_day__lte=on,
    ).select_related("person"):
        in_post[each.post_id].append(each.person)
    return [sits for row in held for sits in _sits(row, in_post)]


def _sits(row: Holder, in_post: Mapping[int, Sequence[Person]]) -> Iterable[Sits]:
    if row.named:
        person = row.named.person
        who = person.pk.hex if person else f"named-{row.named_id}"
        yield _one(row, who, row.named.name, person)
    if row.post:
        people = in_post.get(row.post.pk, [])
        yield from (_one(row, each.pk.hex, row.post.title, each) for each in people)
        if not people:
            yield _one(row, f"post-{row.post.pk}", row.post.title, None)


def _one(row: Holder, who: str, name: str, person: Person | None) -> Sits:
    return Sits(
        seat=row.seat_id,
        who=who,
        name=name,
        holding=Holding(row.holding),
        post=row.post_id,
        person=person.pk if person else None,
        email=person.email if person else "",
    )


def chairs_of(
    actor: Actor,
    seats: Sequence[Seat],
    *,
    needed: Needed | None = None,
    first: date,
    last: date,
    besides: Record | None = None,
) -> tuple[Chair, ...]:
    """The seats as a search asks them, with everything that keeps their sitters away.

    `seats` come with their agency. What `besides` holds in diaries is left out: a search is
    never in its own way. Nine questions, however many the seats.
    """
    needs = needed or Needed()
    sitting = sits_in(actor, seats, on=max(actor.on, first))
    times = _Times(actor, sitting, first, last, besides)
    by_seat: dict[UUID, list[Sitter]] = defaultdict(list)
    for each in sitting:
        taken, softly = times.of(each)
        by_seat[each.seat].append(
            Sitter(each.who, each.name, each.holding.value, tuple(taken), tuple(softly))
        )
    return tuple(
        Chair(
            key=seat.pk.hex,
            title=seat.role,
            seat_class=(seat.agency.agency_class if seat.agency else "") or seat.seat_class,
            agency=seat.agency.name if seat.agency else "",
            need=needs.of(seat)[0],
            group=needs.of(seat)[1],
            voting=rules.is_voting(seat.capacity),
            sitters=tuple(by_seat[seat.pk]),
        )
        for seat in seats
    )


class _Times:
    """Everything that takes the time of some people, read once."""

    def __init__(
        self, actor: Actor, sitting: Sequence[Sits], first: date, last: date, besides: Record | None
    ) -> None:
        self.first, self.last = first, last
        self.edges = Span(rules.whole_day(first).start, rules.whole_day(last).end)
        self.start, self.end = (rules.moment_of(each) for each in self.edges)
        people = {each.person for each in sitting if each.person}
        posts = {each.post for each in sitting if each.post}
        self.patterns = _patterns(people, posts, first, last)
        self.busy = self._busy(people)
        self.meetings, self.days = self._meetings(actor, sitting, besides)

    def of(self, sits: Sits) -> tuple[list[Taken], list[Taken]]:
        """What keeps one away, and what they would rather not."""
        taken = [*self.busy.get(sits.person, ()), *self.meetings.get(sits.who, ())]
        softly = list(self.days.get(sits.who, ()))
        for row in (*self.patterns.get(sits.person, ()), *self.patterns.get(sits.post, ())):
            told = row.told()
            firm = told.strength is Strength.NEVER
            why = Why.PATTERN if firm else Why.RATHER_NOT
            rows = [
                Taken(span, why, str(told)) for span in rules.spans(told, self.first, self.last)
            ]
            (taken if firm else softly).extend(rows)
        return taken, softly

    def _busy(self, people: set[UUID]) -> dict[UUID | None, list[Taken]]:
        owners = dict(Calendar.objects.filter(person__in=people).values_list("pk", "person"))
        rows = BusyTime.objects.filter(calendar__in=owners)
        rows = rows.filter(end__gt=self.edges.start, start__lt=self.edges.end)
        told: dict[UUID | None, list[Taken]] = defaultdict(list)
        for calendar, start, end in rows.values_list("calendar", "start", "end"):
            told[owners[calendar]].append(Taken(Span(start, end), Why.BUSY))
        return told

    def _meetings(
        self, actor: Actor, sitting: Sequence[Sits], besides: Record | None
    ) -> tuple[dict[str, list[Taken]], dict[str, list[Taken]]]:
        """Engagements of every seat that these people hold anywhere, and days on which another
        of their bodies meets at no stated time."""
        held = _all_seats(sitting, max(actor.on, self.first))
        whos: dict[UUID, set[str]] = defaultdict(set)
        for who, seats in held.items():
            for seat in seats:
                whos[seat].add(who)
        taken: dict[str, list[Taken]] = defaultdict(list)
        for each, seat in _engagements(actor, set(whos), self.start, self.end, besides):
            for who in whos.get(seat, ()):
                taken[who].append(each)
        return taken, self._stated_days(actor, whos)

    def _stated_days(self, actor: Actor, whos: Mapping[UUID, set[str]]) -> dict[str, list[Taken]]:
        softly: dict[str, list[Taken]] = defaultdict(list)
        rows = Seat.objects.filter(pk__in=whos, body__rhythm__isnull=False)
        shown = set(visible(actor, Body.objects.all()).values_list("pk", flat=True))
        for seat in rows.select_related("body"):
            for day in stated_days(seat.body, self.first, self.last):
                words = f"{seat.body.name} meets that day"
                if seat.body_id not in shown:
                    words = "meets elsewhere that day"
                for who in whos[seat.pk]:
                    softly[who].append(Taken(rules.whole_day(day), Why.RATHER_NOT, words))
        return softly


def stated_days(body: Body, first: date, last: date) -> list[date]:
    """The days that a body's rhythm states outright, from a day to a day."""
    if not body.rhythm or "dates" not in body.rhythm:
        return []
    said = [each for each in from_mapping(body.rhythm).dates if each.precision is Precision.DAY]
    return [each.earliest for each in said if each.earliest and first <= each.earliest <= last]


def _patterns(
    people: set[UUID], posts: set[int], first: date, last: date
) -> dict[UUID | int | None, list[WorkingPattern]]:
    rows = WorkingPattern.objects.filter(
        Q(person__in=people) | Q(post__in=posts),
        Q(to_day=None) | Q(to_day__gte=first),
        from_day__lte=last,
    )
    told: dict[UUID | int | None, list[WorkingPattern]] = defaultdict(list)
    for row in rows:
        told[row.person_id or row.post_id].append(row)
    told.pop(None, None)
    return told


def _all_seats(sitting: Sequence[Sits], on: date) -> dict[str, set[UUID]]:
    """By who sits, every seat that they hold on a day, here and elsewhere. A deputy is wanted
    only where the holder does not come, so deputies' seats keep nobody away."""
    posts = {each.post: each.who for each in sitting if each.post}
    people = {each.person: each.who for each in sitting if each.person}
    in_posts = dict(
        Incumbency.objects.filter(
            Q(to_day=None) | Q(to_day__gte=on), person__in=people, from_day__lte=on
        ).values_list("post", "person")
    )
    posts |= {post: people[person] for post, person in in_posts.items()}
    rows = Holder.objects.filter(surely_in_force(on)).filter(
        Q(post__in=posts) | Q(named__person__in=people)
    )
    held: dict[str, set[UUID]] = defaultdict(set)
    rows = rows.exclude(holding__in=[Holding.VACANT, Holding.DEPUTY])
    for seat, post, person in rows.values_list("seat", "post", "named__person"):
        who = posts.get(post) or people.get(person)
        if who:
            held[who].add(seat)
    return held


def _engagements(
    actor: Actor, seats: set[UUID], start: datetime, end: datetime, besides: Record | None
) -> Iterable[tuple[Taken, UUID]]:
    """Engagements in a time with each of their seats."""
    rows = Engagement.objects.filter(seats__in=seats, end__gt=start, start__lt=end)
    rows = rows.exclude(state=EntryState.CANCELLED)
    rows = rows.exclude(record=besides) if besides else rows
    known = set(visible(actor, rows).values_list("pk", flat=True))
    for pk, begins, ends, title, seat in rows.values_list("pk", "start", "end", "title", "seats"):
        words = title if pk in known else "another meeting"
        yield Taken(rules.span_of(begins, ends), Why.MEETING, words), seat


def quorum_of(
    actor: Actor, body: Body, chairs: Sequence[Chair], *, on: date, deputies: bool | None = None
) -> Quorum:
    """The quorum that the terms in force state, else one of each statutory class.

    `deputies` decides where the asker says so; else the terms do, and where they are silent no
    deputy counts.
    """
    terms = _terms(actor, body, on)
    counts = deputies if deputies is not None else bool(terms and terms.substitutes)
    if terms is None or not (terms.quorum_classes or terms.quorum_members or terms.quorum_seats):
        return rules.default_quorum(chairs, deputies=counts)
    keys = Seat.objects.filter(partnership=terms.partnership_id, key__in=terms.quorum_seats)
    named = {pk.hex for pk in keys.values_list("pk", flat=True)}
    return Quorum(
        classes=tuple(terms.quorum_classes),
        members=terms.quorum_members or 0,
        seats=tuple(each.key for each in chairs if each.key in named),
        deputies=counts,
    )


def terms_let_deputies(actor: Actor, body: Body, *, on: date) -> bool | None:
    """Whether the terms in force let deputies count; None where they are silent."""
    terms = _terms(actor, body, on)
    return terms.substitutes if terms else None


def _terms(actor: Actor, body: Body, on: date) -> Terms | None:
    """The terms in force that began last; those that state no beginning come after all others."""
    rows = Terms.objects.filter(surely_in_force(on), body=body)
    last = F("from_surely").desc(nulls_last=True)
    return visible(actor, rows, record="body__record").order_by(last, "-pk").first()


def seats_of(actor: Actor, body: Body) -> list[Seat]:
    """The seats of a body that the actor may open and that have not certainly ended, in order."""
    rows = Seat.objects.filter(body=body).select_related("record", "agency", "body")
    rows = rows.filter(Q(to_text="") | Q(to_surely__gte=actor.on))
    return list(visible(actor, rows).order_by("order", "role", "key"))
