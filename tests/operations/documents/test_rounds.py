"""A round goes on over a newer version, for longer, with reminders, until it is closed."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Comment, Document, Round
from concordat.domain.base.mail.models import Message
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.drafts import (
    CLOSES,
    DOOR,
    answered,
    invited,
    no_comment,
    out,
    said,
    waiting,
)
from tests.operations.documents.papers import added, paper, replaced
from tests.operations.mail.cast import DAY, House, build, verbs_on

# --- a newer version, more time, and the end


def test_a_newer_version_carries_the_round_over(house: House, row: Round) -> None:
    """An author takes a comment by changing the draft: what others said must not be lost by it."""
    first = said(row, house.member)
    no_comment(row, house.health)
    replaced(house, row.document)
    assert queries.open_round(house.manager.actor, row.document) == row
    assert list(queries.unanswered(house.manager.actor, row.document)) == [first]
    assert waiting(row) == ["Colin Council"]
    later = said(row, house.council)
    assert (first.version.number, later.version.number) == (1, 2)
    answered(house, first)
    with pytest.raises(Refused, match="1 comment has no answer"):
        operations.close_comments(house.manager.actor, round=row)


def test_more_time_moves_what_is_asked(house: House, row: Round) -> None:
    said(row, house.member)
    later = CLOSES + timedelta(7)
    operations.extend(house.manager.actor, round=row, closes=later)
    asks = Ask.objects.filter(errand="comment", cleared_on=None)
    assert set(asks.values_list("due", flat=True)) == {later}
    assert len(waiting(row)) == 2
    assert verbs_on(row.document.record)[-1] == "comments extended"
    for day in (later, CLOSES):
        with pytest.raises(Invalid):
            operations.extend(house.manager.actor, round=row, closes=day)


def test_more_seats_are_asked(house: House, row: Round) -> None:
    wanted = [house.chair.seat, house.member.seat]
    operations.ask_also(house.manager.actor, round=row, seats=wanted)
    assert len(waiting(row)) == 4
    with pytest.raises(Invalid):
        operations.ask_also(house.manager.actor, round=row, seats=[])


def test_closing_needs_an_answer_to_every_comment(house: House, row: Round) -> None:
    made = said(row, house.member)
    with pytest.raises(Refused, match="no answer yet"):
        operations.close_comments(house.manager.actor, round=row)
    assert queries.open_round(house.manager.actor, row.document)
    answered(house, made)
    closed = operations.close_comments(house.manager.actor, round=row)
    assert (closed.closed_on, closed.closed_by) == (DAY, "Mary Manager")
    assert not waiting(row)
    assert queries.open_round(house.manager.actor, row.document) is None
    assert verbs_on(row.document.record)[-1] == "comments closed"


def test_what_is_closed_stays_closed(house: House, row: Round) -> None:
    made = said(row, house.member)
    answered(house, made)
    operations.close_comments(house.manager.actor, round=row)
    with pytest.raises(Refused, match="closed"):
        said(row, house.council)
    with pytest.raises(Refused, match="closed"):
        answered(house, Comment.objects.get())
    with pytest.raises(Refused, match="already"):
        operations.close_comments(house.manager.actor, round=row)
    again = out(house, row.document, question="And now?")
    assert list(queries.rounds(house.member.actor, row.document)) == [again, row]


# --- reminders


def reminded(house: House, row: Round, by: Actor | None = None, **more: Any) -> int:
    told = {"place": "http://testserver/here", "door": DOOR, "now": timezone.now()} | more
    return operations.nudge(by or house.manager.actor, round=row, **told)


@pytest.mark.long
def test_the_silent_are_reminded_once_a_day(house: House, row: Round) -> None:
    said(row, house.member)
    assert reminded(house, row) == 2
    letters = Message.objects.filter(key__startswith="nudge")
    assert sorted(letters.values_list("to", flat=True)) == [
        "colin-council@example.org",
        "hetty-health@example.org",
    ]
    assert "Published arrangements" not in letters[0].text
    reminded(house, row)
    assert letters.count() == 2
    assert verbs_on(row.document.record)[-1] == "reminded to comment"


def test_a_silent_guest_gets_a_new_link_by_who_may_admit(house: House, row: Round) -> None:
    asked = invited(house, row)
    for sitter in (house.council, house.health, house.member):
        said(row, sitter)
    later = timezone.now() + timedelta(days=2)
    assert reminded(house, row, house.co_ordinator.actor, now=later) == 0
    assert reminded(house, row) == 0
    assert reminded(house, row, now=later) == 1
    assert asked.guest is not None
    asked.guest.refresh_from_db()
    assert asked.guest.issue == 2


def test_nobody_is_reminded_when_all_have_answered(house: House) -> None:
    row = out(house, seats=[house.member.seat])
    said(row, house.member)
    with pytest.raises(Refused, match="has answered"):
        reminded(house, row)


# --- what is seen


def test_who_may_not_open_it_reads_no_comments(house: House) -> None:
    document: Document = added(house, sensitivity=Sensitivity.RESTRICTED, file=paper("closed"))
    row = out(house, document, seats=[])
    said(row, house.manager)
    assert queries.comments(house.manager.actor, document).count() == 1
    for sitter in (house.member, house.outsider):
        assert not queries.comments(sitter.actor, document)
        assert queries.open_round(sitter.actor, document) is None


@pytest.mark.long
def test_two_who_answer_at_once_one_of_them_is_told(inside: str) -> None:
    """Real commits in two threads on a database of the test's own."""
    house = build()
    made = said(out(house), house.member)
    start = Barrier(2)
    outcomes: list[str] = []

    def go(actor: Actor, outcome: str) -> None:
        start.wait(timeout=30)
        try:
            answered(house, made, outcome, by=actor, reason="Because")
            outcomes.append("answered")
        except Stale:
            outcomes.append("stale")
        finally:
            connection.close()

    both = [
        Thread(target=go, args=(house.manager.actor, "taken")),
        Thread(target=go, args=(house.co_ordinator.actor, "declined")),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=60)
    assert sorted(outcomes) == ["answered", "stale"]
    assert Comment.objects.get().answers == 1
