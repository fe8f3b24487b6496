"""The sum in words, word for word."""

from datetime import date, datetime

import pytest

from concordat.domain.base.clocks.rules import due_on, rule
from concordat.kernel.calendar import WorkingDays

NAMES = {date(2019, 4, 19): "Good Friday", date(2019, 4, 22): "Easter Monday"}

SUMS = [
    (
        "SIN-CRIT",
        date(2019, 3, 28),
        "5 working days after Thursday 28 March 2019 is Thursday 4 April 2019, "
        "not counting 2 weekend days.",
    ),
    (
        "SIN-CRIT",
        date(2019, 4, 15),
        "5 working days after Monday 15 April 2019 is Wednesday 24 April 2019, "
        "not counting 2 weekend days, Good Friday (Friday 19 April 2019) and "
        "Easter Monday (Monday 22 April 2019).",
    ),
    (
        "SIN-CRIT",
        date(2019, 5, 2),
        "5 working days after Thursday 2 May 2019 is Friday 10 May 2019, "
        "not counting 2 weekend days and Monday 6 May 2019.",
    ),
    (
        "LC-ADVANCE",
        date(2019, 3, 13),
        "7 working days before Wednesday 13 March 2019 is Monday 4 March 2019, "
        "not counting 2 weekend days.",
    ),
    (
        "LC-PUBLISH",
        date(2018, 8, 31),
        "6 months after Friday 31 August 2018 is Thursday 28 February 2019. "
        "February 2019 has no day 31, so its last day is used.",
    ),
    (
        "TR-SCR",
        date(2019, 10, 15),
        "12 months after Tuesday 15 October 2019 is Thursday 15 October 2020. "
        "The last date allowed, Tuesday 29 September 2020, comes first.",
    ),
    (
        "JAR-FOLLOWUP",
        date(2019, 3, 31),
        "5 to 7 calendar days after Sunday 31 March 2019 is from Friday 5 April 2019 "
        "to Sunday 7 April 2019.",
    ),
    (
        "JTAI-FIELDWORK",
        date(2019, 3, 11),
        "11 working days after Monday 11 March 2019 is Monday 25 March 2019, "
        "the first of them Monday 11 March 2019, not counting 4 weekend days.",
    ),
    (
        "RHI-OFFER",
        datetime.fromisoformat("2019-03-29T16:10"),
        "72 hours after Friday 29 March 2019 at 16:10 is Monday 1 April 2019 at 16:10, "
        "by the clock on the wall, although the clocks change in between.",
    ),
    (
        "NRM-CG",
        date(2019, 1, 1),
        "30 calendar days after Tuesday 1 January 2019 is Thursday 31 January 2019. "
        "That is the first day, not the last.",
    ),
    ("TR-PUBLISH", date(2018, 10, 1), "The date is fixed: Saturday 29 June 2019."),
    (
        "TR-WT23",
        date(2024, 1, 8),
        "The month is fixed: December 2024. The source names no day, "
        "so its last, Tuesday 31 December 2024, is used.",
    ),
    (
        "YR-DATE",
        date(2024, 3, 31),
        "The next 30 September on or after Sunday 31 March 2024 is Monday 30 September 2024.",
    ),
]


@pytest.mark.parametrize(("rule_id", "start", "words"), SUMS)
def test_is_told(rule_id: str, start: date, words: str, england: WorkingDays) -> None:
    day = start.date() if isinstance(start, datetime) else start
    assert due_on(start, rule(rule_id, on=day), england, closed_names=NAMES).sum == words
