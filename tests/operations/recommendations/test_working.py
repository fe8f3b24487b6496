"""An accepted recommendation is owned, shown, judged, measured, closed and reopened."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.models import Recommendation, Shown
from concordat.domain.base.recommendations.rules import Effect, Showing, Stage
from concordat.domain.base.seats.models import Post
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from tests.operations.actions.examples import on
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.recommendations.examples import (
    DUE,
    TITLE,
    Desk,
    again,
    asked,
    stage,
    timer,
)

JANUARY, JULY = date(2019, 1, 31), date(2019, 7, 31)


def _value(
    desk: Desk,
    row: Recommendation,
    when: Showing,
    value: str,
    day: date = DAY,
    unit: str = "per cent",
) -> None:
    operations.add_value(
        on(desk.owner, max(day, DAY)),
        recommendation=row,
        when=when,
        value=Decimal(value),
        unit=unit,
        on=day,
        source="Transfer log",
    )


def test_its_owner_says_how_it_goes(desk: Desk, accepted: Recommendation) -> None:
    with pytest.raises(Refused, match="Only its owner"):
        operations.update(desk.house.member.actor, recommendation=accepted, words="Fine")
    with pytest.raises(Invalid, match="Say in one line"):
        operations.update(desk.owner, recommendation=accepted, words=" ")
    operations.update(desk.owner, recommendation=accepted, words="The protocol is drafted")
    held = again(accepted)
    assert (held.last_word, held.last_word_on) == ("The protocol is drafted", DAY)
    assert asked(desk.house.health.seat) == []


@pytest.mark.long
def test_it_is_given_an_owner_and_a_day(desk: Desk) -> None:
    row = desk.accepted(owner=None, due=None)
    with pytest.raises(Refused):
        operations.own(desk.owner, recommendation=row, owner=desk.post, reason="Mine")
    operations.own(desk.chair, recommendation=row, owner=desk.post, reason="They run it")
    assert asked(desk.house.co_ordinator.seat) == []
    assert asked(desk.house.health.seat) == [f"update the recommendation “{TITLE}”"]
    with pytest.raises(Invalid, match="is over"):
        operations.move_day(desk.chair, recommendation=row, due=date(2019, 3, 1), reason="No")
    operations.move_day(desk.chair, recommendation=row, due=DUE, reason="The plan says so")
    assert again(row).due_day == DUE
    entry = queries.entries(desk.chair, row).first()
    assert entry
    assert (entry.before, entry.after) == ("no day", "28 June 2019")


def test_an_addressee_outside_is_told_and_it_is_noted_how(desk: Desk) -> None:
    row = desk.accepted(outside="The Department for Education")
    told = {"recommendation": row, "how": "Letter of 20 March"}
    with pytest.raises(Invalid, match="still to come"):
        operations.tell_addressee(desk.chair, on=DUE, **told)
    operations.tell_addressee(desk.chair, on=date(2019, 3, 20), **told)
    assert again(row).told_on == date(2019, 3, 20)
    with pytest.raises(Invalid, match="addressed to nobody"):
        operations.tell_addressee(desk.chair, recommendation=desk.draft(), how="Letter", on=DAY)


def test_what_is_done_needs_something_that_shows_it(desk: Desk, accepted: Recommendation) -> None:
    with pytest.raises(Invalid, match="Nothing shows it"):
        operations.say_done(desk.owner, recommendation=accepted, done="Agreed")
    assert stage(accepted) is Stage.ACCEPTED
    file = paper("Protocol")
    operations.say_done(desk.owner, recommendation=accepted, done="Agreed", file=file)
    assert stage(accepted) is Stage.DONE
    row = Shown.objects.get(recommendation=accepted)
    assert row.document
    assert row.document.about == accepted.record
    assert asked(desk.house.chair.seat) == [
        f"approve what was done on the recommendation “{TITLE}”"
    ]


def test_macros_are_refused_and_nothing_is_said(desk: Desk, accepted: Recommendation) -> None:
    with pytest.raises(Invalid):
        operations.say_done(
            desk.owner, recommendation=accepted, done="Agreed", file=Upload("a.pdf", b"MZ\x00")
        )
    assert stage(accepted) is Stage.ACCEPTED
    assert not Shown.objects.exists()


def test_the_body_that_set_it_judges_and_never_its_owner(
    desk: Desk, accepted: Recommendation
) -> None:
    operations.say_done(
        desk.manager, recommendation=accepted, done="Agreed", statement="Minute", place="Item 4"
    )
    for by, told in ((desk.owner, "You own this"), (desk.manager, "You said that it is done")):
        with pytest.raises(Refused, match=told):
            operations.accept_as_adequate(by, recommendation=accepted, reason="Good")
    with pytest.raises(Refused, match="Only the chair"):
        operations.accept_as_adequate(desk.leader.actor, recommendation=accepted, reason="Good")
    operations.find_inadequate(
        desk.chair, recommendation=accepted, reason="Schools are missing", due=JULY
    )
    held = again(accepted)
    assert (held.stage_is, held.due_day, held.done) == (Stage.ACCEPTED, JULY, "")
    assert asked(desk.house.chair.seat) == []


@pytest.mark.long
def test_it_is_closed_with_what_it_changed_measured_before_and_after(desk: Desk) -> None:
    row = desk.adequate()
    with pytest.raises(Invalid, match="measured before or measured after"):
        operations.close(desk.chair, recommendation=row, effect=Effect.BETTER, why="It rose")
    _value(desk, row, Showing.BEFORE, "41", JANUARY)
    with pytest.raises(Invalid, match="Nothing is measured after yet"):
        operations.close(desk.chair, recommendation=row, effect=Effect.BETTER, why="It rose")
    _value(desk, row, Showing.AFTER, "88.5")
    operations.add_voice(
        desk.owner,
        recommendation=row,
        who=Showing.CHILDREN,
        words="They knew my name",
        source="Youth panel",
        on=DAY,
    )
    operations.close(desk.chair, recommendation=row, effect=Effect.BETTER, why="It doubled")
    held = again(row)
    assert (held.stage_is, held.effect) == (Stage.CLOSED, "better")
    assert "recommendation closed" in verbs_on(row.record)


@pytest.mark.long
def test_where_the_effect_cannot_be_told_the_reason_is_enough(desk: Desk) -> None:
    row = desk.adequate()
    with pytest.raises(Invalid, match="Say what it changed"):
        operations.close(desk.chair, recommendation=row, effect=Effect.UNKNOWN, why=" ")
    operations.close(desk.chair, recommendation=row, effect=Effect.UNKNOWN, why="No log is kept")
    operations.reopen(desk.chair, recommendation=row, reason="A log is kept now", due=JULY)
    held = again(row)
    assert (held.stage_is, held.reopened, held.effect) == (Stage.ACCEPTED, 1, "")
    assert asked(desk.house.health.seat) == [f"update the recommendation “{TITLE}”"]


@pytest.mark.long
def test_it_is_not_closed_again_on_what_was_measured_before_it_was_reopened(desk: Desk) -> None:
    row = desk.adequate()
    _value(desk, row, Showing.BEFORE, "41", JANUARY)
    _value(desk, row, Showing.AFTER, "88.5")
    closing = {"recommendation": row, "effect": Effect.BETTER, "why": "It doubled"}
    operations.close(desk.chair, **closing)  # type: ignore[arg-type]
    operations.reopen(desk.chair, recommendation=row, reason="It slipped", due=JULY)
    owner, chair = on(desk.owner, JULY), on(desk.chair, JULY)
    operations.say_done(
        owner, recommendation=row, done="Again", statement="The protocol", place="Page 4"
    )
    operations.accept_as_adequate(chair, recommendation=row, reason="It holds now")
    with pytest.raises(Invalid, match="not from before 31 July 2019"):
        operations.close(chair, **closing)  # type: ignore[arg-type]
    _value(desk, row, Showing.AFTER, "12", JULY, "days")
    with pytest.raises(Invalid, match="not from before 31 July 2019"):
        operations.close(chair, **closing)  # type: ignore[arg-type]
    _value(desk, row, Showing.AFTER, "90", JULY)
    operations.close(chair, **closing)  # type: ignore[arg-type]
    assert stage(row) is Stage.CLOSED


def test_an_older_value_does_not_answer_what_was_asked_for(desk: Desk) -> None:
    row = desk.adequate()
    operations.ask_for_updates(timer(date(2019, 6, 29)))
    wanted = asked(desk.house.health.seat)
    _value(desk, row, Showing.AFTER, "60", JANUARY)
    assert asked(desk.house.health.seat) == wanted != []


@pytest.mark.parametrize(("day", "now"), [(DUE, DUE.isoformat()), (DAY, "")])
def test_without_a_new_day_the_old_one_stands_unless_it_is_over_and_is_told(
    desk: Desk, day: date, now: str
) -> None:
    row = desk.accepted(due=day)
    operations.say_done(
        desk.owner, recommendation=row, done="Agreed", statement="The protocol", place="Page 3"
    )
    operations.accept_as_adequate(desk.chair, recommendation=row, reason="It holds")
    april = on(desk.chair, date(2019, 4, 30))
    operations.reopen(april, recommendation=row, reason="It slipped")
    assert again(row).due == now
    entry = queries.entries(april, row).first()
    assert entry
    assert entry.before == f"Accepted as adequate, due on {day_in_words(day)}"
    assert entry.after == (f"Accepted, due on {day_in_words(day)}" if now else "Accepted, no day")


def test_an_owner_is_a_post_of_the_same_partnership(desk: Desk, accepted: Recommendation) -> None:
    there = Post.objects.get(partnership=desk.house.there)
    with pytest.raises(Invalid, match="another partnership"):
        operations.own(desk.chair, recommendation=accepted, owner=there, reason="Theirs")
    assert again(accepted).owner == desk.post


def test_what_a_board_wants_no_more_is_withdrawn_by_it(
    desk: Desk, accepted: Recommendation
) -> None:
    with pytest.raises(Refused):
        operations.withdraw(desk.owner, recommendation=accepted, reason="Enough")
    operations.withdraw(desk.chair, recommendation=accepted, reason="The law changed")
    assert stage(accepted) is Stage.WITHDRAWN
    assert asked(desk.house.health.seat) == []


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"unit": " "}, "what the number counts"),
        ({"source": ""}, "where the value is from"),
        ({"on": DUE}, "still to come"),
        ({"when": Showing.CHILDREN}, "from before or from after"),
    ],
)
def test_a_value_has_its_unit_day_and_source(
    desk: Desk, accepted: Recommendation, told: dict[str, object], match: str
) -> None:
    whole = {"when": Showing.BEFORE, "value": Decimal(4), "unit": "days", "on": DAY, "source": "A"}
    with pytest.raises(Invalid, match=match):
        operations.add_value(desk.owner, recommendation=accepted, **(whole | told))  # type: ignore[arg-type]
    assert not Shown.objects.exists()


def test_the_timer_asks_once_for_each_day(desk: Desk, accepted: Recommendation) -> None:
    operations.update(desk.owner, recommendation=accepted, words="Drafted")
    assert operations.ask_for_updates(timer(date(2019, 5, 30))) == 0
    assert operations.ask_for_updates(timer(date(2019, 5, 31))) == 1
    assert operations.ask_for_updates(timer(date(2019, 5, 31))) == 0
    assert asked(desk.house.health.seat) == [f"update the recommendation “{TITLE}”"]
    with pytest.raises(Refused):
        operations.ask_for_updates(desk.manager)


def test_the_timer_marks_what_is_late_and_the_chair_is_told(
    desk: Desk, accepted: Recommendation
) -> None:
    assert operations.mark_overdue(timer(DUE)) == 0
    assert operations.mark_overdue(timer(date(2019, 6, 29))) == 1
    assert operations.mark_overdue(timer(date(2019, 6, 30))) == 0
    assert asked(desk.house.chair.seat) == [f"review why late: the recommendation “{TITLE}”"]


def test_the_timer_asks_for_what_was_measured_after(desk: Desk) -> None:
    row = desk.adequate()
    assert again(row).measure_on == date(2019, 6, 29)
    assert operations.ask_for_updates(timer(date(2019, 6, 29))) == 1
    wanted = f"give what was measured after the recommendation “{TITLE}”"
    assert asked(desk.house.health.seat) == [wanted]
    _value(desk, row, Showing.AFTER, "88.5", date(2019, 7, 1))
    assert asked(desk.house.health.seat) == []
