"""Disagreements climb and are never outvoted; attendance tells deputies apart."""

from __future__ import annotations

from datetime import date

from concordat.domain.governance.meetings.rules import attendance, disputes
from concordat.domain.governance.meetings.rules.attendance import Came
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.calendar import WorkingDays

DAY = date(2019, 4, 10)


def test_the_scrutineer_advises_on_a_rung_and_never_decides() -> None:
    assert all("scrutineer" not in rung.title or "advice" in rung.title for rung in disputes.USUAL)


def test_up_one_rung_at_a_time_and_only_once_something_was_tried() -> None:
    ladder = disputes.USUAL
    assert not disputes.may_climb(ladder, 0, " ")
    assert disputes.may_climb(ladder, 0, "We met twice")
    assert "last rung" in str(disputes.may_climb(ladder, len(ladder) - 1, "We met twice"))


def test_settled_only_when_all_who_differ_say_so() -> None:
    assert "police" in str(disputes.may_settle(["council", "police"], ["council"]))
    assert disputes.may_settle(["council", "police"], ["police", "council"])


def test_a_rung_has_its_day() -> None:
    days = WorkingDays(frozenset({date(2019, 4, 19), date(2019, 4, 22)}))
    first, last = disputes.USUAL[0], disputes.USUAL[-1]
    assert disputes.due(DAY, first, days) == date(2019, 4, 26)
    assert disputes.due(DAY, last, days) is None
    told = disputes.age_in_words(DAY, date(2019, 4, 29), first, date(2019, 4, 26))
    assert told.startswith("Open for 19 days")
    assert told.endswith("until 26 April 2019 which has passed.")
    assert disputes.age_in_words(DAY, DAY, last, None).endswith("last resort.")


def test_a_meeting_counts_once_for_an_agency_and_in_person_if_anybody_came() -> None:
    rows = [
        Came("april", "Police", "a", Presence.APOLOGIES),
        Came("april", "Police", "b", Presence.DEPUTY),
        Came("may", "Police", "a", Presence.PRESENT),
        Came("may", "Police", "b", Presence.DEPUTY),
        Came("june", "Police", "a", Presence.ABSENT),
        Came("april", "Council", "c", Presence.APOLOGIES),
    ]
    council, police = attendance.by_agency(rows)
    assert (council.agency, council.apologies, council.silent) == ("Council", 1, 0)
    assert (police.meetings, police.in_person, police.by_deputy) == (3, 1, 1)
    assert police.silent == 1
    assert police.sentence == "Police came to 2 of 3 meetings, 1 of them by deputy."
    assert council.sentence == "Council came to 0 of 1 meeting."


def row(agency: str, meetings: int, in_person: int, by_deputy: int = 0) -> attendance.Row:
    return attendance.Row(agency, meetings, in_person, by_deputy, 0)


def test_a_year_is_told_with_whoever_came_least() -> None:
    told = attendance.in_words([row("Council", 4, 4), row("Police", 4, 1, 1)], 4)
    assert told == (
        "4 meetings held; 1 of 2 agencies came to all. "
        "Police came to 2 of 4 meetings, 1 of them by deputy."
    )
    assert attendance.in_words([row("Council", 4, 4)], 4) == (
        "4 meetings held; 1 of 1 agency came to all."
    )
    assert attendance.in_words([], 0) == "No meeting was held in this time."


def test_deputies_are_told_apart_in_words() -> None:
    assert attendance.by_deputies([row("Council", 4, 4)]) == "Nobody came by deputy."
    assert attendance.by_deputies([row("Council", 4, 3, 1), row("Police", 4, 4)]) == (
        "1 of 8 attendances was by deputy."
    )
