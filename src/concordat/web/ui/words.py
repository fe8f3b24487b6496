"""Words for dates and nearness, over the kernel's labels."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, day_in_words, weekday_in_words
from concordat.web.ui.parts import When
from concordat.web.ui.states import Tone

SOON = 7


class Nearness(NamedTuple):
    words: str
    tone: Tone


def local(moment: datetime) -> datetime:
    """The same moment on the clock of the installation; a naive one is taken as local."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def day(when: When) -> str:
    """29 March 2019. An uncertain date stays in the words of its own precision."""
    if isinstance(when, UncertainDate):
        return str(when)
    return day_in_words(local(when).date() if isinstance(when, datetime) else when)


def weekday(when: When) -> str:
    """Friday 29 March 2019."""
    if isinstance(when, UncertainDate):
        return str(when)
    return weekday_in_words(local(when).date() if isinstance(when, datetime) else when)


def moment(when: When) -> str:
    """29 March 2019 at 16:10 for a datetime; the day alone for anything else."""
    if not isinstance(when, datetime):
        return day(when)
    return f"{day(when)} at {local(when):%H:%M}"


def machine(when: When) -> str:
    """The value of a `time` element; empty where a date is not sharp to the day."""
    if isinstance(when, UncertainDate):
        sharp = when.earliest is not None and when.earliest == when.latest and not when.doubtful
        return when.earliest.isoformat() if sharp and when.earliest else ""
    return local(when).isoformat(timespec="minutes") if isinstance(when, datetime) else str(when)


def left_in_words(left: int, unit: str = "working day") -> str:
    """3 working days left; Due today; Overdue by 2 working days."""
    if left < 0:
        return f"Overdue by {count(-left, unit)}"
    return f"{count(left, unit)} left" if left else "Due today"


def tone_of(left: int) -> Tone:
    if left < 0:
        return Tone.LATE
    return Tone.SOON if left <= SOON else Tone.PLAIN


def nearness(due: When, today: date, left: int | None = None) -> Nearness:
    """How near a due date is. `left` is given where working days are what counts."""
    if left is not None:
        return Nearness(left_in_words(left), tone_of(left))
    if isinstance(due, UncertainDate):
        passed = due.certainly_before(today)
        return Nearness("Overdue" if passed else "", Tone.LATE if passed else Tone.PLAIN)
    days = ((local(due).date() if isinstance(due, datetime) else due) - today).days
    return Nearness(left_in_words(days, "day"), tone_of(days))
