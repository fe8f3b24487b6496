"""Times on London's clocks, through both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import weekday_in_words

LONDON = ZoneInfo("Europe/London")
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)


def moment(day: date, at: time) -> datetime:
    """The moment that London's clocks show `at` on `day`; the first of two when they go back.

    Raises `Invalid` for a time that does not exist because the clocks go forward.
    """
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=LONDON)
    there = local.astimezone(UTC)
    if there.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid(
            f"There is no {at:%H:%M} on {weekday_in_words(day)}: the clocks go forward then.",
            field="starts",
            mend="Choose a time an hour later.",
        )
    return there


def happens_twice(day: date, at: time) -> bool:
    """Whether London's clocks show this time twice on that day."""
    local = datetime.combine(day, at.replace(tzinfo=None), tzinfo=LONDON)
    return local.utcoffset() != local.replace(fold=1).utcoffset()


def span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Beginning and end of a meeting within one day. Raises `Invalid` for what cannot be."""
    begins, over = moment(day, starts), moment(day, ends)
    length = over - begins
    if length <= timedelta(0):
        raise Invalid("The meeting would end before it starts.", field="ends")
    if not SHORTEST <= length <= LONGEST:
        raise Invalid(
            "A meeting lasts between 5 minutes and 12 hours.",
            field="ends",
            mend="Check the two times.",
        )
    return begins, over


def local(at: datetime) -> datetime:
    return at.astimezone(LONDON)


def day_of(at: datetime) -> date:
    return local(at).date()


def clock_in_words(at: datetime) -> str:
    """2pm, 9:30am, noon, midnight."""
    there = local(at)
    if there.minute == 0 and there.hour in (0, 12):
        return "midnight" if there.hour == 0 else "noon"
    half = "am" if there.hour < 12 else "pm"
    hour = there.hour % 12 or 12
    return f"{hour}{half}" if there.minute == 0 else f"{hour}:{there.minute:02d}{half}"


def span_in_words(starts: datetime | None, ends: datetime | None) -> str:
    if starts is None:
        return "Time not set"
    told = clock_in_words(starts)
    return f"{told} to {clock_in_words(ends)}" if ends else told
