"""The cast's incidents: under an old board and in a borough that is live, with their requests."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.requests.models import Request, Told
from concordat.domain.base.requests.rules import is_late
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.queries.incident_pace import come_of
from concordat.domain.practice.reviews.rules import Stage
from concordat.kernel.actor import Actor
from tests.operations.exchange.test_convening import loaded, worlds

__all__ = ["loaded", "worlds"]
DUE = {
    "Heron": {"SIN-CRIT": date(2019, 4, 4)},
    "Plover": {"SIN-CRIT": date(2019, 3, 11), "OLD-SCR-DECIDE": date(2019, 4, 8)},
    "Wren": {"SIN-CRIT": date(2019, 3, 18), "RR-DO": date(2019, 4, 1)},
}
"""Counted by hand: five working days from awareness; a month from the notification; fifteen
working days from awareness, as until June 2025."""


def _row(label: str) -> Incident:
    return Incident.objects.select_related("record", "partnership", "area", "child").get(
        child__label=label
    )


@pytest.mark.long
def test_the_due_dates_are_right_under_each_regime(loaded: Actor) -> None:
    found = {
        label: dict(Clock.objects.filter(record=_row(label).record).values_list("rule", "due"))
        for label in DUE
    }
    assert found == DUE
    assert {label: _row(label).old_board for label in DUE} == {
        "Heron": True, "Plover": True, "Wren": False,
    }  # fmt: skip


@pytest.mark.long
def test_plover_waits_for_the_chair_of_the_old_board(loaded: Actor) -> None:
    row = _row("Plover")
    assert row.stage_is is Stage.NOTIFIED
    [asked] = Ask.objects.filter(record=row.record, errand="review", cleared_on=None)
    assert asked.seat.key == "invented-old-board-chair"
    assert asked.due == date(2019, 4, 8)
    assert all(each.startswith("OLD-SCR-CRIT") for each in queries.criteria_of(loaded, row))


@pytest.mark.long
def test_of_two_agencies_one_answered_by_a_link_and_one_is_late(loaded: Actor) -> None:
    wren = come_of(loaded, _row("Wren"))
    assert (wren.asked, wren.answered, wren.late) == (2, 1, 1)
    heron = come_of(loaded, _row("Heron"))
    assert (heron.asked, heron.answered, heron.late) == (2, 1, 0)
    for label in ("Wren", "Heron"):
        rows = Request.objects.filter(about=_row(label).record).order_by("pk")
        [by_link] = [each for each in rows if each.link]
        assert by_link.answered_on
        assert by_link.link
        assert by_link.link.used_at, "the link has done what it was for"
    [late] = [each for each in Request.objects.filter(about=_row("Wren").record) if not each.link]
    assert is_late(late.stage, late.due, loaded.on)
    assert late.rung == 3, "it has gone up the ladder to the chair of the body"
    told = Told.objects.filter(request=late).values_list("what", flat=True)
    assert "Nobody sits there: the chair of the body that asked" in told
    longest = Told._meta.get_field("what").max_length or 0
    assert max(map(len, told)) <= longest, "PostgreSQL refuses what is longer"


def _lewisham() -> Partnership:
    return Partnership.objects.select_related("record").get(key="lewisham")


@pytest.mark.long
def test_the_three_questions_of_wren_have_three_answers(loaded: Actor) -> None:
    places = queries.places_of(loaded, _row("Wren"))
    assert places.happened
    assert (places.happened.name, places.home and places.home.name) == ("Bexley", "Lewisham")
    [joins] = queries.joining(loaded, _row("Wren"))
    assert (joins.name, joins.partnership.title) == ("Lewisham", _lewisham().record.title)
    asked = Ask.objects.filter(record=_row("Wren").record, errand="confirm", cleared_on=None)
    assert {each.seat.partnership_id for each in asked} == {_lewisham().pk}
    divided = [each for each in queries.weighed_of(loaded, _row("Wren")) if each.is_divided]
    assert [each.criterion for each in divided] == ["LC-CRIT-C3"]
