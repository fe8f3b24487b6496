"""Calendars: the same busy times as the library gives, hostile ones refused by name, and feeds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from concordat.craft import ics
from concordat.craft.ics import LONDON, Entry, Interval
from concordat.kernel.errors import Invalid

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
WIDE = (date(1990, 1, 1), date(2030, 12, 31))
WHEEL = Path(icalendar.__file__).parent / "tests"
EXAMPLES = sorted(WHEEL.rglob("*.ics"))


def calendar(*events: str, head: str = "") -> bytes:
    whole = "".join(f"BEGIN:VEVENT\nUID:{n}\n{each}\nEND:VEVENT\n" for n, each in enumerate(events))
    told = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{head}{whole}END:VCALENDAR\n"
    return told.replace("\n", "\r\n").encode()


def busy(*events: str, first: date = FIRST, last: date = LAST, head: str = "") -> list[str]:
    """Busy times in UTC, such as "03-28 09:00-10:00"."""
    found = ics.read(calendar(*events, head=head), first=first, last=last).busy
    return [f"{a:%m-%d %H:%M}-{b:%H:%M}" for a, b in found]


def look(data: bytes, first: date, last: date) -> tuple[list[Interval], list[str]]:
    """What the child says, without the cost of a child."""
    told = ics.work({"first": first.isoformat(), "last": last.isoformat()}, data)
    pairs = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in told["busy"]]
    return [Interval(*pair) for pair in pairs], told["notes"]


# --- the calendars that the library ships


def oracle(data: bytes, first: date, last: date) -> list[Interval]:
    """Busy times as recurring-ical-events gives them, less what is shown as free or cancelled."""
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
    end = datetime(last.year, last.month, last.day, tzinfo=LONDON) + timedelta(days=1)
    found: list[Interval] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for each in icalendar.Calendar.from_ical(data, multiple=True):
            for event in recurring_ical_events.of(each).between(start, end):
                free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
                if not free and str(event.get("STATUS", "")).upper() != "CANCELLED":
                    found += list(_clipped(event, start, end))
            found += list(_stated(each))
    return ics.merged(found)


def _stated(calendar: icalendar.Calendar) -> Iterator[Interval]:
    """What a free-busy part states outright, which the library for events leaves alone."""
    for part in calendar.walk("VFREEBUSY"):
        given = part.get("FREEBUSY", [])
        for period in given if isinstance(given, list) else [given]:
            if period.params.get("FBTYPE", "BUSY") != "FREE":
                yield Interval(_in_utc(period.start), _in_utc(period.end))


def _in_utc(when: date) -> datetime:
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=LONDON)
    return (when if when.tzinfo else when.replace(tzinfo=LONDON)).astimezone(UTC)


def _clipped(event: icalendar.Event, start: datetime, end: datetime) -> Iterator[Interval]:
    edges = [_in_utc(event[name].dt) for name in ("DTSTART", "DTEND")]
    begins, ends = max(edges[0], start), min(edges[1], end)
    if begins < ends:
        yield Interval(begins, ends)


def test_there_are_calendars_to_try() -> None:
    assert len(EXAMPLES) > 150


@pytest.mark.long
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_calendars_of_the_library_are_read_the_same_or_refused(path: Path) -> None:
    data = path.read_bytes()
    told = tried(data, *WIDE)
    if isinstance(told, Invalid):
        assert told.faults[0].field == "file"
        assert told.faults[0].mend
    else:
        assert told == oracle(data, *WIDE)


def tried(data: bytes, first: date, last: date) -> list[Interval] | Invalid:
    try:
        return look(data, first, last)[0]
    except Invalid as problem:
        return problem


@pytest.mark.long
def test_most_whole_calendars_of_the_library_are_taken() -> None:
    whole = [path for path in EXAMPLES if path.read_bytes().lstrip().startswith(b"BEGIN:VCALENDAR")]
    told = [tried(path.read_bytes(), FIRST, LAST) for path in whole]
    taken = [each for each in told if not isinstance(each, Invalid)]
    assert len(taken) > len(whole) * 0.6


# --- what a calendar says


def test_recurring_times_with_their_exceptions() -> None:
    weekly = (
        "DTSTART;TZID=Europe/London:20260316T090000\nDTEND;TZID=Europe/London:20260316T100000\n"
        "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/London:20260323T090000"
    )
    assert busy(weekly) == ["03-16 09:00-10:00", "03-30 08:00-09:00", "04-06 08:00-09:00"]


def test_a_moved_occurrence_is_busy_where_it_went() -> None:
    weekly = "DTSTART:20260316T090000Z\nDTEND:20260316T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    data = calendar(weekly).replace(
        b"END:VCALENDAR",
        b"BEGIN:VEVENT\r\nUID:0\r\nRECURRENCE-ID:20260323T090000Z\r\n"
        b"DTSTART:20260324T140000Z\r\nDTEND:20260324T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    found, _ = look(data, FIRST, LAST)
    assert [f"{a:%m-%d %H:%M}" for a, _ in found] == ["03-16 09:00", "03-24 14:00"]


def test_another_zone_keeps_its_own_clock() -> None:
    """New York changes its clocks three weeks before London."""
    weekly = (
        "DTSTART;TZID=America/New_York:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    )
    assert busy(weekly) == ["03-02 14:00-15:00", "03-09 13:00-14:00", "03-16 13:00-14:00"]


def test_whole_days_and_times_without_a_zone_are_londons() -> None:
    assert busy("DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260702") == ["06-30 23:00-23:00"]
    assert busy("DTSTART:20260701T090000\nDTEND:20260701T093000") == ["07-01 08:00-08:30"]


def test_what_is_free_or_cancelled_or_takes_no_time_is_not_busy() -> None:
    plain = "DTSTART:20260701T090000Z\nDTEND:20260701T100000Z\n"
    assert busy(f"{plain}TRANSP:TRANSPARENT", f"{plain}STATUS:CANCELLED") == []
    assert busy("DTSTART:20260701T090000Z\nDTEND:20260701T090000Z") == []
    assert busy(f"{plain}STATUS:TENTATIVE") == ["07-01 09:00-10:00"]


def test_overlapping_times_are_one() -> None:
    assert busy(
        "DTSTART:20260701T090000Z\nDTEND:20260701T100000Z",
        "DTSTART:20260701T093000Z\nDTEND:20260701T110000Z",
        "DTSTART:20260701T110000Z\nDTEND:20260701T113000Z",
    ) == ["07-01 09:00-11:30"]


def test_only_the_days_that_were_asked_for_are_read() -> None:
    daily = "DTSTART:20200101T090000Z\nDTEND:20200101T100000Z\nRRULE:FREQ=DAILY"
    assert busy(daily, first=date(2026, 3, 9), last=date(2026, 3, 10)) == [
        "03-09 09:00-10:00",
        "03-10 09:00-10:00",
    ]


def test_what_another_program_gives_as_busy_outright() -> None:
    part = (
        "BEGIN:VFREEBUSY\nUID:f\nFREEBUSY;FBTYPE=BUSY:20260701T090000Z/PT1H,"
        "20260702T090000Z/20260702T110000Z\nFREEBUSY;FBTYPE=FREE:20260703T090000Z/PT1H\n"
        "END:VFREEBUSY\n"
    )
    assert busy(head=part) == ["07-01 09:00-10:00", "07-02 09:00-11:00"]


def test_a_local_time_that_does_not_exist_is_read_an_hour_later_and_said() -> None:
    missed = "DTSTART;TZID=Europe/London:20260329T013000\nDTEND;TZID=Europe/London:20260329T023000"
    found, notes = look(calendar(missed), FIRST, LAST)
    assert [f"{a:%H:%M}" for a, _ in found] == ["01:30"]
    assert notes == [
        "1 appointment at a time that does not exist, when the clocks go forward: "
        "read as an hour later"
    ]


def test_no_word_leaves_the_child() -> None:
    secret = (
        "DTSTART:20260701T090000Z\nDTEND:20260701T100000Z\nSUMMARY:Heron strategy meeting\n"
        "LOCATION:Heron House\nATTENDEE:mailto:jo@example.org"
    )
    told = ics.read(calendar(secret), first=FIRST, last=LAST)
    assert len(told.busy) == 1
    assert "Heron" not in repr(told)
    assert "jo@" not in repr(told)


# --- hostile ones

RULE = "DTSTART:20260101T000000Z\nDTEND:20260101T000100Z\nRRULE:"
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:Bomb\n"
    + "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\n"
    "END:STANDARD\n" * 2_001 + "END:VTIMEZONE\n"
)
HOSTILE = {
    "every second": (calendar(f"{RULE}FREQ=SECONDLY"), "every second"),
    "every minute": (calendar(f"{RULE}FREQ=MINUTELY"), "every minute"),
    "every second, folded": (calendar(f"{RULE}FREQ=SEC\n ONDLY"), "every second"),
    "many seconds": (calendar(f"{RULE}FREQ=DAILY;BYSECOND=0,1,2,3"), "several times a minute"),
    "many hours": (
        calendar(*[f"{RULE}FREQ=HOURLY"] * 3),
        "more than 20,000 appointments",
    ),
    "zone bomb": (calendar(head=ZONE), "more time zones"),
    "no calendar": (b"%PDF-1.7", "does not begin with BEGIN:VCALENDAR"),
    "nothing": (b"", "does not begin with BEGIN:VCALENDAR"),
    "nested": (b"BEGIN:VCALENDAR\r\n" * 6 + b"END:VCALENDAR\r\n" * 6, "nested more than 4 deep"),
    "cut off": (calendar("DTSTART:20260101T000000Z")[:-20], "cut off"),
    "UTF-16": (calendar("DTSTART:20260101T000000Z").decode().encode("utf-16"), "not written in"),
    "Latin": (calendar("SUMMARY:caf\u00e9").decode().encode("latin-1"), "not UTF-8 at byte"),
    "many parts": (calendar(*["DTSTART:20260101T000000Z"] * 20_001), "20,000 are read at most"),
    "no start": (calendar("SUMMARY:x"), "Appointment 1 of the calendar has no start"),
    "broken start": (calendar("DTSTART:notaday"), "has a broken DTSTART"),
    "broken rule": (calendar(f"{RULE}FREQ=SOMETIMES"), "cannot be read"),
}


BY_NUMBER = {"many hours"}
"""Refused only once twenty thousand appointments are counted."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] * (name in BY_NUMBER)) for name in HOSTILE],
)
def test_a_hostile_calendar_is_refused_by_name(name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(Invalid) as told:
        look(data, FIRST, LAST)
    assert reason in told.value.faults[0].message
    assert told.value.faults[0].mend


def test_a_huge_file_never_reaches_the_child() -> None:
    with pytest.raises(Invalid, match="more than 5 MB"):
        ics.read(b"BEGIN:VCALENDAR" + b" " * ics.LIMIT, first=FIRST, last=LAST)


@pytest.mark.long
def test_what_would_never_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The 30th of February never comes, however long one looks for it."""
    monkeypatch.setattr(ics, "SECONDS", 2)
    hours, minutes = (",".join(map(str, range(most))) for most in (24, 60))
    rule = f"{RULE}FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR={hours};BYMINUTE={minutes}"
    never = calendar(*[rule] * 400)
    with pytest.raises(Invalid, match="more memory or time"):
        ics.read(never, first=FIRST, last=LAST)


# --- out


def entry(**changes: object) -> Entry:
    told = {
        "uid": "one@concordat",
        "sequence": 2,
        "start": datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
        "end": datetime(2026, 7, 1, 9, 30, tzinfo=UTC),
        "title": "Meeting: Steering group",
        "state": "confirmed",
        "place": "Room 2; first floor",
    }
    return Entry(**(told | changes))  # type: ignore[arg-type]


def lines(*entries: Entry, **more: object) -> list[str]:
    text = ics.write(entries, name="Mine", now=datetime(2026, 3, 2, tzinfo=UTC), **more)  # type: ignore[arg-type]
    return text.replace("\r\n ", "").split("\r\n")


def test_a_feed_says_all_that_a_calendar_needs() -> None:
    told = lines(entry())
    for line in (
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL;VALUE=DURATION:PT4H",
        "TZID:Europe/London",
        "UID:one@concordat",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=Europe/London:20260701T090000",
        "DTEND;TZID=Europe/London:20260701T103000",
        "SUMMARY:Meeting: Steering group",
        "LOCATION:Room 2\\; first floor",
        "DTSTAMP:20260302T000000Z",
    ):
        assert line in told, line


def test_a_whole_day_has_dates_and_takes_nobodys_time() -> None:
    told = lines(entry(start=date(2026, 7, 1), end=date(2026, 7, 2)))
    assert "DTSTART;VALUE=DATE:20260701" in told
    assert "TRANSP:TRANSPARENT" in told


def test_an_invitation_names_its_one_guest() -> None:
    told = lines(
        entry(state="cancelled"),
        method="CANCEL",
        organiser="office@example.org",
        guests=[("Jo, of the board", "jo@example.org")],
    )
    assert "METHOD:CANCEL" in told
    assert "STATUS:CANCELLED" in told
    assert "ORGANIZER:mailto:office@example.org" in told
    attendees = [line for line in told if line.startswith("ATTENDEE")]
    assert len(attendees) == 1
    assert 'CN="Jo, of the board"' in attendees[0]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" not in told


def test_what_we_write_we_read_back() -> None:
    data = ics.write([entry()], name="Mine", now=datetime(2026, 3, 2, tzinfo=UTC)).encode()
    found, notes = look(data, FIRST, LAST)
    assert found == [
        Interval(datetime(2026, 7, 1, 8, 0, tzinfo=UTC), datetime(2026, 7, 1, 9, 30, tzinfo=UTC))
    ]
    assert notes == []


def test_a_line_break_in_a_title_adds_no_line() -> None:
    told = lines(entry(title="Meeting\r\nATTENDEE:mailto:evil@example.org"))
    assert not [line for line in told if line.startswith("ATTENDEE")]


def test_several_dates_in_one_letter_are_published_with_their_organiser_alone() -> None:
    told = lines(entry(state="tentative"), entry(uid="two"), organiser="office@example.org")
    assert "METHOD:PUBLISH" in told
    assert told.count("ORGANIZER:mailto:office@example.org") == 2
    kept = ("ATTENDEE", "X-WR-CALNAME", "REFRESH-INTERVAL")
    assert not [line for line in told if line.startswith(kept)]
