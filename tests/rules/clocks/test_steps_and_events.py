"""Steps of a checklist with their own dates, and clocks that start with one of several events."""

from datetime import date

import pytest

from concordat.domain.base.clocks.rules import Law, due_items, trigger_day
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid


def test_the_steps_of_a_rapid_review_count_the_notification_as_day_1(
    the_law: Law, england: WorkingDays
) -> None:
    received = date(2019, 4, 4)
    steps = due_items(received, the_law.rule("RR-DEVON", on=received), england)
    assert {item.id: due.due for item, due in steps} == {
        "RR-DEVON-2": date(2019, 4, 4),
        "RR-DEVON-3": date(2019, 4, 17),
        "RR-DEVON-4": date(2019, 4, 25),
        "RR-DEVON-5": date(2019, 4, 26),
    }
    assert {item.id: due.opens for item, due in steps}["RR-DEVON-3"] == date(2019, 4, 5)


def test_a_plain_checklist_has_no_dates(the_law: Law, england: WorkingDays) -> None:
    assert due_items(date(2019, 4, 4), the_law.rule("TOR", on=date(2019, 4, 4)), england) == ()


MEETING, INQUEST = date(2019, 3, 1), date(2019, 9, 12)


@pytest.mark.parametrize(
    ("rule_id", "events", "starts"),
    [
        ("CDOP-MEET", {"meeting report": MEETING, "inquest result": INQUEST}, INQUEST),
        ("CDOP-MEET", {"meeting report": MEETING, "inquest result": None}, None),
        ("CDOP-MEET", {"meeting report": MEETING}, None),
        ("CDRM-BEFORE", {"inquest": INQUEST, "panel meeting": MEETING}, MEETING),
        ("CDRM-BEFORE", {"inquest": INQUEST, "panel meeting": None}, INQUEST),
        ("CDRM-BEFORE", {}, None),
    ],
)
def test_the_earlier_or_the_later_event_starts_the_clock(
    rule_id: str, events: dict[str, date | None], starts: date | None, the_law: Law
) -> None:
    assert trigger_day(the_law.rule(rule_id, on=date(2019, 9, 1)), events) == starts


@pytest.mark.parametrize("rule_id", ["CDOP-MEET", "SIN-CRIT"])
def test_an_event_the_rule_does_not_name_is_refused(rule_id: str, the_law: Law) -> None:
    with pytest.raises(Invalid, match=f"{rule_id} starts with"):
        trigger_day(the_law.rule(rule_id, on=date(2019, 9, 1)), {"wedding": MEETING})
