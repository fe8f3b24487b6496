"""The cast's meeting: the executive of 10 April 2019, whose police deputy may commit no money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from concordat.cli.world import EXAMPLES, _cast, _texts
from concordat.domain.assurance.exchange import operations as exchange
from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.rules.cast import dated, read_cast
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.arrangements.queries import authority
from concordat.domain.governance.arrangements.rules import Answer
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import (
    Line,
    Meeting,
    Paper,
    Presentation,
    Resolution,
)
from concordat.domain.governance.meetings.queries import presenting
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.risks import queries as risks
from concordat.domain.governance.risks.models import Risk
from concordat.domain.governance.risks.rules.movement import Way
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from tests.casts import Casts, Kept

TENTH = date(2019, 4, 10)
LOADER = process("loader", date(2019, 3, 29))


def world() -> Actor:
    cast = _cast(EXAMPLES, "seeds-2019")
    invented = _texts(EXAMPLES / "casts" / "seeds-2019").items()
    told = {each: dated(text, LOADER.on) for each, text in invented}
    file = rules.read({**_texts(EXAMPLES / "seeds-2019"), **told})
    exchange.cast(LOADER, file=file, cast=cast)
    return LOADER


@pytest.fixture(scope="module")
def worlds(casts: Casts) -> Kept[Actor]:
    return casts.keep(world)


@pytest.fixture
def loaded(worlds: Kept[Actor]) -> Iterator[Actor]:
    with worlds.lent() as actor:
        yield actor


@pytest.mark.long
def test_the_executive_meets_on_the_tenth_with_an_open_agenda(loaded: Actor) -> None:
    meeting = Meeting.objects.get(body__key="executive-group", day=TENTH)
    assert meeting.stage == Stage.AGENDA_OPEN
    titles = [each.line.item.record.title for each in queries.agenda(loaded, meeting) if each.line]
    assert len(titles) == 4
    assert titles[-1] == "Progress of the programme"
    assert queries.timing(loaded, meeting).sentence.startswith("40 minutes left of 120.")


@pytest.mark.long
@pytest.mark.parametrize(
    ("matter", "answer"),
    [("local-reviews", Answer.YES), ("partner-contributions", Answer.NEEDS)],
)
def test_the_police_deputy_commits_practice_but_no_money(
    loaded: Actor, matter: str, answer: Answer
) -> None:
    home = Partnership.objects.select_related("record").get(key="tower-hamlets")
    found = authority(loaded, home, matter, TENTH, ["executive-police:deputy"])
    [police] = [each for each in found.opinions if each.class_ == "police"]
    assert police.answer is answer


@pytest.mark.long
def test_the_paper_came_before_the_group_twice(loaded: Actor) -> None:
    group = Presentation.objects.filter(body__key="corporate-safeguarding-group")
    days = sorted(group.filter(paper__isnull=False).values_list("date", flat=True))
    assert days == ["2019-02-15", "2019-03-29"]
    assert Paper.objects.get(key="update-march").follows.key == "update-february"


@pytest.mark.long
def test_health_approved_three_things_on_one_day_at_a_meeting(loaded: Actor) -> None:
    meeting = Meeting.objects.get(body__key="ccg-board")
    assert meeting.day == date(2019, 3, 26)


@pytest.mark.long
def test_the_log_of_the_health_body_tells_the_three_with_the_power_that_they_gave(
    loaded: Actor,
) -> None:
    board = Meeting.objects.get(body__key="ccg-board")
    told = queries.on_record(loaded, body=board.body_id, day=board.day)
    assert [row.key for row in told] == [
        "ccg-partnership", "ccg-child-death-footprint", "ccg-delegated-authority",
    ]  # fmt: skip
    assert {row.instrument for row in told} == {"governing body resolution"}
    assert [each.key for each in told[-1].gave.all()] == ["health-lead"]
    assert not Resolution.objects.filter(body=board.body_id).exists(), "told once alone"


@pytest.mark.long
def test_the_cover_of_march_draws_what_came_before_and_claims_no_more(loaded: Actor) -> None:
    paper = Paper.objects.get(key="update-march")
    shown = Presentation.objects.get(key="update-march-csg")
    drawn = presenting.whereabouts(loaded, [paper])[paper.pk].drawn(shown)
    cover = dict(presenting.cover_of(shown, paper, drawn))
    group = Body.objects.get(key="corporate-safeguarding-group").name
    assert cover["When and where it was presented before"] == [
        f"{group}, 15 February 2019 (original report)"
    ]
    consulted = " ".join(cover["Who has been consulted"])
    assert "Head of the Youth Service" in consulted
    assert "February 2019" in " ".join(cover["Further consultation planned"])
    asked = Body.objects.get(key="born-well-growing-well-board").name
    assert not any(each == asked for each in cover["Further consultation planned"])


@pytest.mark.long
def test_the_steering_group_met_three_times_in_months_of_no_certain_day(loaded: Actor) -> None:
    rows = Meeting.objects.filter(body__key="steering-group").order_by("order")
    assert [row.date for row in rows] == ["2018-08", "2018-10", "2018-11"]
    assert {row.day for row in rows} == {None}


def test_a_time_that_is_none_is_told_with_its_place() -> None:
    text = """
    world: small
    partnership: fell
    meetings: [{body: board, day: 3, starts: dawn, ends: "16:00"}]
    """
    with pytest.raises(Invalid, match=r"cast\.yaml, meetings: “dawn”"):
        read_cast(text, "cast.yaml")


@pytest.mark.long
def test_the_papers_four_risks_stand_with_the_invented_ones_beside_them(loaded: Actor) -> None:
    rows = Risk.objects.filter(register__key="thscp-risks").select_related("record", "register")
    stated = [row for row in rows if row.source != "Invented"]
    assert len(stated) == 4
    assert all(row.stated_on == date(2019, 2, 15) and not row.owner for row in stated)
    assert all(row.record.title.endswith("(Invented)") for row in rows if row not in stated)
    register = stated[0].register
    assert register is not None
    told = risks.in_a_sentence(loaded, register)
    assert told == "5 open; 5 without an owner, 1 with a review overdue."


@pytest.mark.long
def test_invented_risks_were_scored_accepted_escalated_and_put_before_the_executive(
    loaded: Actor,
) -> None:
    rows = Risk.objects.filter(register__title__startswith="Risks of the executive", over=False)
    told = {
        (row.current.short if row.current else "", row.trend.way, bool(row.accepted_until))
        for row in risks.shown(loaded, rows)
    }
    assert told == {
        ("16 extreme", Way.UP, False),
        ("15 extreme", Way.NEW, False),
        ("6 moderate", Way.NEW, True),
    }
    [line] = Line.objects.filter(item__about__kind="risk")
    assert (line.meeting.day, line.place) == (TENTH, "proposed")
