"""An owner says how it stands, moves its day, shows what was done and closes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.models import Action, Entry, Evidence
from concordat.domain.base.actions.rules import Priority, Standing, Told
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records import operations as records
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.actions.examples import (
    DUE,
    LATER,
    WHAT,
    Desk,
    again,
    asked,
    at,
    on,
    timer,
    version,
)
from tests.operations.clocks.examples import last_event, nothing_changed
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY

TROUBLE = Standing.IN_DIFFICULTY


def test_an_update_is_the_last_word_and_answers_what_was_asked(desk: Desk, action: Action) -> None:
    operations.update(desk.owner, action=action, standing=TROUBLE, words="The police disagree.")
    held = again(action)
    assert (held.standing, held.last_word, held.last_word_by, held.last_word_on) == (
        "in difficulty",
        "The police disagree.",
        "Hetty Health",
        DAY,
    )
    assert asked(desk.house.health.seat) == []
    assert Ask.objects.get().outcome == "In difficulty: The police disagree."
    event, before, after = last_event("action updated")
    assert before == {"standing": "", "word": ""}
    assert after == {"standing": "in difficulty", "word": "The police disagree."}
    assert event.actor == "Hetty Health"


def test_on_track_needs_no_words_and_trouble_does(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="why it is blocked"):
        operations.update(desk.owner, action=action, standing=Standing.BLOCKED)
    with pytest.raises(Invalid, match="301 characters"):
        operations.update(desk.owner, action=action, standing=TROUBLE, words="x" * 301)
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)
    assert again(action).last_word == "On track"


def test_the_second_of_two_sees_both_texts(desk: Desk, action: Action) -> None:
    seen = version(action)
    operations.update(desk.owner, action=action, standing=TROUBLE, words="First", seen_version=seen)
    with nothing_changed(), pytest.raises(Stale) as conflict:
        operations.update(
            desk.manager,
            action=action,
            standing=Standing.ON_TRACK,
            words="Second",
            seen_version=seen,
        )
    assert conflict.value.mine == {"words": "Second", "standing": "On track"}
    assert conflict.value.theirs == {
        "words": "First",
        "standing": "In difficulty",
        "state": "Open",
    }
    assert conflict.value.by == "Hetty Health"


@pytest.mark.long
def test_who_may_update(desk: Desk, action: Action) -> None:
    for actor in (desk.owner, desk.chair, desk.manager, desk.house.co_ordinator.actor):
        operations.update(actor, action=action, standing=Standing.ON_TRACK)
    with nothing_changed(), pytest.raises(Refused, match="Only its owner"):
        operations.update(desk.house.member.actor, action=action, standing=Standing.ON_TRACK)
    with nothing_changed(), pytest.raises(action.record.DoesNotExist):
        operations.update(desk.house.outsider.actor, action=action, standing=Standing.ON_TRACK)


def test_the_contact_of_an_agency_answers_for_its_seats(desk: Desk, action: Action) -> None:
    lead = desk.lead.actor
    with pytest.raises(Refused):
        operations.update(lead, action=action, standing=Standing.ON_TRACK)
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    operations.update(lead, action=action, standing=Standing.ON_TRACK)
    assert again(action).last_word_by == "Lee Lead"


def test_a_later_day_keeps_the_one_that_it_had(desk: Desk, action: Action) -> None:
    operations.extend(desk.owner, action=action, due=LATER, reason="The consultation runs on.")
    held = again(action)
    assert (held.due, held.first_due, held.comes_up, held.extended) == (LATER, DUE, LATER, 1)
    entry = Entry.objects.get(told=Told.EXTENDED)
    assert (entry.due_before, entry.due_after) == (DUE, LATER)
    assert entry.words == "The consultation runs on."
    assert asked(desk.house.health.seat) == []


@pytest.mark.parametrize(
    ("due", "reason", "told"),
    [
        (DUE, "Because", "later than that"),
        (date(2019, 3, 1), "Because", "is over"),
        (LATER, " ", "needs its reason"),
    ],
)
def test_what_is_no_extension(
    desk: Desk, due: date, reason: str, told: str, action: Action
) -> None:
    with nothing_changed(), pytest.raises(Invalid, match=told):
        operations.extend(desk.owner, action=action, due=due, reason=reason)


def test_the_day_of_a_high_priority_is_not_the_owners_to_move(desk: Desk) -> None:
    action = desk.add(priority=Priority.HIGH)
    with nothing_changed(), pytest.raises(Refused, match="high-priority"):
        operations.extend(desk.owner, action=action, due=LATER, reason="We need longer.")
    operations.extend(desk.chair, action=action, due=LATER, reason="The board agreed.")
    assert again(action).due == LATER


def test_a_long_open_one_can_be_given_a_day(desk: Desk) -> None:
    action = desk.add(look_every=2)
    operations.extend(desk.manager, action=action, due=LATER, reason="It can be finished.")
    held = again(action)
    assert (held.due, held.look_every, held.first_due) == (LATER, None, LATER)


def test_an_update_of_a_long_open_one_sets_its_next_look(desk: Desk) -> None:
    action = desk.add(look_every=2)
    may = date(2019, 5, 3)
    operations.update(at(desk.house.health, may), action=action, standing=Standing.ON_TRACK)
    assert again(action).comes_up == date(2019, 7, 3)


def test_what_is_overdue_is_not_done_with_by_an_update(desk: Desk, action: Action) -> None:
    late = date(2019, 4, 27)
    operations.mark_overdue(timer(late))
    operations.update(at(desk.house.health, late), action=action, standing=TROUBLE, words="Soon")
    assert asked(desk.house.health.seat) == [f"update the action “{WHAT}”"]


def test_closing_waits_for_the_body_that_set_it(desk: Desk, action: Action) -> None:
    operations.close(desk.owner, action=action, done="Agreed on 10 April.")
    held = again(action)
    assert (held.stage, held.rank) == ("closed", 1)
    assert (held.done, held.closed_on, held.closed_by) == (
        "Agreed on 10 April.",
        DAY,
        "Hetty Health",
    )
    assert held.closer == desk.house.health.person
    assert asked(desk.house.health.seat) == []
    assert asked(desk.house.chair.seat) == [f"approve what was done on the action “{WHAT}”"]
    with nothing_changed(), pytest.raises(Refused, match="You can accept or find inadequate"):
        operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)


def test_closing_says_what_was_done(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="Say what was done"):
        operations.close(desk.owner, action=action, done=" ")


@pytest.mark.parametrize(
    "evidence",
    [
        {"statement": "The signed page", "place": "Minute 4 of 10 April"},
        {"file": paper("signed")},
    ],
)
def test_a_high_priority_needs_evidence(desk: Desk, evidence: dict[str, Any]) -> None:
    action = desk.add(priority=Priority.HIGH)
    with nothing_changed(), pytest.raises(Invalid, match="needs evidence") as problem:
        operations.close(desk.owner, action=action, done="Agreed.")
    assert problem.value.faults[0].field == "statement"
    operations.close(desk.owner, action=action, done="Agreed.", **evidence)
    assert Evidence.objects.get().given_by == "Hetty Health"
    assert again(action).stage == "closed"


def test_evidence_put_on_file_before_counts(desk: Desk) -> None:
    action = desk.add(priority=Priority.HIGH)
    operations.add_evidence(desk.owner, action=action, file=paper("proof"))
    document = Document.objects.get()
    assert document.about == action.record
    assert document.record.title == "Evidence for HERE-A-0001"
    assert list(queries.evidence(desk.owner, action)) == [Evidence.objects.get()]
    operations.close(desk.owner, action=action, done="Agreed.")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "no evidence yet"),
        ({"statement": "Signed"}, "where it can be found"),
        ({"place": "Minute 4"}, "what can be found there"),
    ],
)
def test_what_is_no_evidence(desk: Desk, given: dict[str, str], told: str, action: Action) -> None:
    with nothing_changed(), pytest.raises(Invalid, match=told):
        operations.add_evidence(desk.owner, action=action, **given)


def test_a_hostile_file_is_refused_and_nothing_is_closed(desk: Desk) -> None:
    action = desk.add(priority=Priority.HIGH)
    bad = paper()
    bad = type(bad)("proof.pdf", b"MZ\x90\x00" + b"\0" * 99)
    with nothing_changed(), pytest.raises(Invalid) as problem:
        operations.close(desk.owner, action=action, done="Agreed.", file=bad)
    assert problem.value.faults[0].field == "file"


def test_a_hold_stops_the_move_that_it_names(desk: Desk, action: Action) -> None:
    records.place_hold(
        desk.manager, record=action.record, blocks="close", reason="A trial runs.", on=DAY
    )
    with nothing_changed(), pytest.raises(Refused, match="A trial runs"):
        operations.close(desk.owner, action=action, done="Agreed.")
    operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)


def test_somebody_who_acts_for_the_owner_may_answer_and_no_more(desk: Desk, action: Action) -> None:
    from dataclasses import replace

    from concordat.kernel.actor import Kind

    hand = replace(
        on(desk.owner, DAY),
        kind=Kind.ACTING_FOR,
        hand="Ada Assistant",
        hand_person=desk.house.member.person.pk,
        scope=frozenset({"see", "answer"}),
    )
    operations.update(hand, action=action, standing=Standing.ON_TRACK)
    assert again(action).last_word_by == "Ada Assistant for Hetty Health"
    with pytest.raises(Refused):
        operations.update(
            replace(hand, scope=frozenset({"see"})), action=action, standing=Standing.ON_TRACK
        )
