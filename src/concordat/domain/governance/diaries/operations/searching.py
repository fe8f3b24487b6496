"""Looking for a date with some seats of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, open_record, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import Asked, Diary, Offer
from concordat.domain.governance.diaries.operations.engaging import engage
from concordat.domain.governance.diaries.rules import (
    DiaryState,
    EntryState,
    Need,
    School,
    Span,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import day_in_words

SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Minutes of the day count from midnight; `avoid` holds weekdays (0 is
    Monday) with "all day", "morning" or "afternoon"."""

    length: int
    first: date
    last: date
    begins: int = 9 * 60
    ends: int = 17 * 60
    avoid: tuple[tuple[int, str], ...] = ()
    school: School = School.RATHER_NOT
    deputies: bool = False
    place: str = ""
    remote: bool = False
    holds: bool = False
    seats: Mapping[Seat, Need] = field(default_factory=dict)


@operation
def look_for_date(actor: Actor, *, body: Body, title: str, wanted: Wanted) -> Diary:
    """Begin to look for a date of a body. It is held as closely as the body is."""
    can(actor, Verb.CHANGE, body.record).require()
    _check(actor, body, wanted)
    record = open_record(
        actor,
        kind=RecordKind.DIARY,
        title=title,
        partnership=body.record.partnership,
        opened=actor.on,
        owner=body.record,
        sensitivity=body.record.level,
        listed=body.record.listed,
    )
    diary = Diary(record=record, body=body, state=DiaryState.DRAFT, **_columns(wanted))
    diary.save(force_insert=True)
    _ask(diary, wanted.seats)
    happened(actor, "search begun", record, after=_told(diary))
    return diary


@operation
def change_search(
    actor: Actor, *, diary: Diary, wanted: Wanted, seen_version: int | None = None
) -> Diary:
    """Look for something else. Once somebody has been asked, the search stays as it is.

    Raises `Stale` with what differs, by the name of what was wanted, when somebody changed it
    first.
    """
    try:
        record = take(
            diary.pk,
            seen_version=seen_version,
            mine=_words(_columns(wanted), wanted.seats),
            theirs=lambda: _stands(diary),
            may=lambda held: can(actor, Verb.CHANGE, held),
        )
    except Stale as conflict:
        raise _where_apart(conflict) from None
    held = Diary.objects.select_related("body__record").get(pk=diary.pk)
    if held.stage is not DiaryState.DRAFT:
        raise Refused("Dates have been asked about already. Withdraw this search and begin anew.")
    _check(actor, held.body, wanted)
    before = _told(held)
    for name, value in _columns(wanted).items():
        setattr(held, name, value)
    held.save()
    Asked.objects.filter(diary=held).delete()
    _ask(held, wanted.seats)
    happened(actor, "search changed", record, before=before, after=_told(held))
    return held


def _stands(diary: Diary) -> dict[str, str]:
    row = Diary.objects.values().get(pk=diary.pk)
    asked = Asked.objects.filter(diary=diary).select_related("seat__record")
    return _words(row, {each.seat: Need(each.need) for each in asked})


def _words(told: Mapping[str, Any], seats: Mapping[Seat, Need]) -> dict[str, str]:
    return {
        "first": day_in_words(told["first_day"]),
        "last": day_in_words(told["last_day"]),
        "length": f"{told['length']} minutes",
        "begins": rules.clock(told["begins"]),
        "ends": rules.clock(told["ends"]),
        "avoid": "\n".join(f"{weekday}:{part}" for weekday, part in told["avoid"]),
        "school": str(told["school"]),
        "deputies": "yes" if told["deputies"] else "no",
        "place": told["place"],
        "remote": "Yes" if told["remote"] else "No",
        "holds": "Yes" if told["holds"] else "No",
    } | {f"need-{seat.record.reference}": need.value for seat, need in seats.items()}


def _where_apart(conflict: Stale) -> Stale:
    """The same conflict with what differs alone, where anything does."""
    mine, theirs = conflict.mine, conflict.theirs
    whole = mine | theirs
    names = [name for name in whole if mine.get(name, "") != theirs.get(name, "")] or whole
    return Stale(
        {name: mine.get(name, "") for name in names},
        {name: theirs.get(name, "") for name in names},
        by=conflict.by,
        at=conflict.at,
        version=conflict.version,
    )


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "length": wanted.length,
        "first_day": wanted.first,
        "last_day": wanted.last,
        "begins": wanted.begins,
        "ends": wanted.ends,
        "avoid": [list(each) for each in wanted.avoid],
        "school": wanted.school,
        "deputies": wanted.deputies,
        "place": wanted.place.strip()[:200],
        "remote": wanted.remote,
        "holds": wanted.holds,
    }


def _check(actor: Actor, body: Body, wanted: Wanted) -> None:
    if not SHORTEST <= wanted.length <= rules.LONGEST:
        raise Invalid(
            f"A meeting lasts from {SHORTEST} minutes to {rules.LONGEST // 60} hours.",
            field="length",
        )
    if wanted.last < wanted.first:
        raise Invalid("The last day is before the first.", field="last")
    if (wanted.last - wanted.first).days > rules.LONGEST_WINDOW:
        raise Invalid(f"Look at {rules.LONGEST_WINDOW} days at most.", field="last")
    if wanted.last < actor.on:
        raise Invalid("These days are over.", field="last", mend="Choose days still to come.")
    if wanted.begins + wanted.length > wanted.ends:
        raise Invalid("The meeting does not fit between these times.", field="ends")
    if not wanted.seats:
        raise Invalid("Choose at least one seat.", field="seats")
    known = {seat.pk for seat in queries.seats_of(actor, body)}
    if any(seat.pk not in known for seat in wanted.seats):
        raise Refused("Choose seats of this body.")


def _ask(diary: Diary, seats: Mapping[Seat, Need]) -> None:
    rows = [
        Asked(diary=diary, seat=seat, need=need, group=_group(seat, need))
        for seat, need in seats.items()
    ]
    Asked.objects.bulk_create(rows)


def _group(seat: Seat, need: Need) -> str:
    """Seats of one class, else of one agency, stand for one another."""
    if need is not Need.ANY_ONE:
        return ""
    of_agency = (seat.agency.agency_class, seat.agency.name) if seat.agency else ("", "")
    return next(filter(None, (of_agency[0], seat.seat_class, of_agency[1], seat.role)))


def _told(diary: Diary) -> dict[str, object]:
    return {
        "minutes": diary.length,
        "from": diary.first_day,
        "to": diary.last_day,
        "deputies": diary.deputies,
    }


def offered(actor: Actor, diary: Diary, record: Record, starts: Sequence[datetime]) -> list[Offer]:
    """Dates as offers, each with its quorum in words; held in diaries if the search says so.

    Called inside an operation that has taken the record.
    """
    chairs, quorum = queries.room_of(actor, diary)
    known = {row.start: row for row in Offer.objects.filter(diary=diary, withdrawn_at=None)}
    number = Offer.objects.filter(diary=diary).count()
    told: list[Offer] = []
    for start in sorted(set(starts)):
        if start in known:
            told.append(known[start])
            continue
        number += 1
        told.append(_offered(actor, diary, record, number, start, (chairs, quorum)))
    return told


def _offered(
    actor: Actor,
    diary: Diary,
    record: Record,
    number: int,
    start: datetime,
    room: tuple[tuple[rules.Chair, ...], rules.Quorum],
) -> Offer:
    minute = rules.minute_of(start)
    span = Span(minute, minute + diary.length)
    _in_window(diary, span)
    end = rules.moment_of(span.end)
    held = None
    if diary.holds:
        held = engage(
            actor,
            record=record,
            body=diary.body,
            seats=seats_asked(diary),
            start=start,
            end=end,
            state=EntryState.TENTATIVE,
            place=diary.place,
        )
    words = rules.standing_at(*room, span).words
    return Offer.objects.create(
        diary=diary, number=number, start=start, end=end, words=words[:500], engagement=held
    )


def _in_window(diary: Diary, span: Span) -> None:
    day = rules.day_of(span.start)
    if not diary.first_day <= day <= diary.last_day:
        raise Invalid(
            f"{rules.in_words(span)} is not in the days that are looked at.", field="slots"
        )


def seats_asked(diary: Diary) -> Iterable[Seat]:
    return Seat.objects.filter(pk__in=Asked.objects.filter(diary=diary).values("seat"))
