"""Days of a world that are counted from the day on which it is loaded."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.assurance.exchange.rules.cast import dated

ON = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("from: today", "from: 2026-03-01"),
        ("from: today-1\nto: today+14\n", "from: 2026-02-28\nto: 2026-03-15\n"),
        ("{from: today-60, to: today}", "{from: 2025-12-31, to: 2026-03-01}"),
        ("note: what happened today", "note: what happened today"),
        ("note: today we met", "note: today we met"),
        ("from: 2019-03-29", "from: 2019-03-29"),
    ],
)
def test_days_are_counted_from_the_day_of_loading(told: str, wanted: str) -> None:
    assert dated(told, ON) == wanted
