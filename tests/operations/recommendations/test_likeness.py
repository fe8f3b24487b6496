"""Have we been told this before? Found by words on either database, and said by a person."""

from __future__ import annotations

from uuid import UUID

import pytest

from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.models import Recommendation, Same
from concordat.domain.base.recommendations.operations import Came
from concordat.domain.base.recommendations.rules import Origin
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.operations import plain
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import verbs_on
from tests.operations.recommendations.examples import TITLE, Desk

PLANTED = [
    "GPs must be told promptly when families move from one borough to another",
    "Information about families who have moved between boroughs is to be passed on in a day",
    "When a family moves, the boroughs exchange what is known of it without delay",
]
OTHERS = [
    "Supervision notes say how the voice of the child was heard",
    "Publish the escalation policy on the public site",
    "Train school staff to recognise neglect",
]


def came(year: int, number: int = 1) -> Came:
    made = UncertainDate.parse(str(year))
    return Came(kind=Origin.AUDIT, title=f"Audit {year}", number=str(number), made_on=made)


def planted(desk: Desk) -> list[Recommendation]:
    return [
        desk.draft(title=title, finding="", came=came(2012, number))
        for number, title in enumerate([*PLANTED, *OTHERS], 1)
    ]


@pytest.mark.long
def test_planted_paraphrases_are_found_with_the_words_that_both_say(desk: Desk) -> None:
    rows = planted(desk)
    row = desk.draft(finding="")
    found = queries.told_before(desk.manager, row)
    assert {each.recommendation.pk for each in found} == {each.pk for each in rows[:3]}
    assert all(len(each.likeness.words) >= 2 for each in found)
    assert "boroughs" in found[0].likeness.words
    typed = queries.like(desk.manager, "a family that moves between boroughs")
    assert rows[1].pk in {each.recommendation.pk for each in typed}
    assert queries.like(desk.manager, "zebra") == queries.like(desk.manager, "") == []


@pytest.mark.long
def test_what_one_may_not_open_is_neither_found_nor_counted(desk: Desk) -> None:
    first = desk.draft(by=desk.chair, came=Came(title="A", sensitivity=Sensitivity.RESTRICTED))
    row = desk.draft(by=desk.chair)
    operations.say_same(desk.chair, recommendation=row, other=first)
    told = {row.pk: row.others for row in queries.recommendations(desk.chair)}
    assert told == {first.pk: 1, row.pk: 1}
    member = desk.house.member.actor
    assert [each.others for each in queries.recommendations(member)] == [0]
    assert not queries.told_before(member, row)
    assert not queries.same_as(member, row)
    assert not queries.repeated(member)


@pytest.mark.long
def test_nothing_of_what_is_held_closely_stands_on_the_page_of_what_is_open(desk: Desk) -> None:
    """Neither its title nor the reason, in no timeline and no event; its own page has both."""
    closely = desk.draft(
        by=desk.chair, title="Heron", came=Came(title="A", sensitivity=Sensitivity.RESTRICTED)
    )
    row = desk.draft(by=desk.chair)
    for act in (operations.say_same, operations.tell_apart):
        act(desk.chair, recommendation=closely, other=row, why="Both on the uncle")
        entry = queries.entries(desk.house.member.actor, row).first()
        assert entry
        assert (entry.words, entry.after) == ("", closely.record.reference)
        event = Event.objects.filter(record=row.pk).order_by("-pk")[0]
        assert event.reason == ""
        own = queries.entries(desk.chair, closely).first()
        assert own
        assert (own.words, own.after) == ("Both on the uncle", row.record.reference)
    after = EventDetail.objects.filter(event__in=Event.objects.filter(record=row.pk).values("pk"))
    assert not [each for each in after if "Heron" in each.after or "words" in each.after]


def test_two_who_say_it_from_either_side_wait_for_each_other_in_one_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desk.draft(title="One"), desk.draft(title="Other")
    locked: list[UUID] = []
    lock = plain.locked_row

    def locked_row(record: UUID) -> Record:
        locked.append(record)
        return lock(record)

    monkeypatch.setattr(plain, "locked_row", locked_row)
    orders = []
    for act, row, with_ in (
        (operations.say_same, one, other),
        (operations.tell_apart, other, one),
        (operations.say_same, other, one),
        (operations.tell_apart, one, other),
    ):
        locked.clear()
        act(desk.manager, recommendation=row, other=with_, why="So it is")
        orders.append(list(dict.fromkeys(locked)))
    assert orders == [sorted([one.pk, other.pk])] * 4


@pytest.mark.long
def test_a_person_says_that_two_are_the_same_and_it_is_counted_around(desk: Desk) -> None:
    first, second, third = (desk.draft(came=came(year)) for year in (2014, 2012, 2016))
    with pytest.raises(Refused, match="itself"):
        operations.say_same(desk.manager, recommendation=first, other=first)
    with pytest.raises(Refused):
        operations.say_same(desk.house.member.actor, recommendation=first, other=second)
    operations.say_same(desk.manager, recommendation=first, other=second, why="Word for word")
    with pytest.raises(Refused, match="already"):
        operations.say_same(desk.manager, recommendation=second, other=first)
    operations.say_same(desk.manager, recommendation=third, other=first)
    same = queries.same_as(desk.manager, second)
    assert [each.recommendation.pk for each in same] == [first.pk, third.pk]
    assert [bool(each.link) for each in same] == [True, False]
    (strand,) = queries.repeated(desk.manager)
    assert [row.pk for row in strand.told] == [second.pk, first.pk, third.pk]
    assert queries.by_year(desk.manager) == [(2012, 1, 0), (2014, 1, 1), (2016, 1, 1)]
    assert "found to be the same" in verbs_on(second.record)
    link = Same.objects.get(second=second)
    assert "boroughs" in link.words


@pytest.mark.long
def test_what_was_said_to_be_the_same_is_told_apart(desk: Desk) -> None:
    first, second, third = (desk.draft(title=f"{TITLE} {each}") for each in range(3))
    operations.say_same(desk.manager, recommendation=first, other=second)
    operations.say_same(desk.manager, recommendation=second, other=third)
    operations.tell_apart(desk.manager, recommendation=first, other=second, why="Another child")
    assert not queries.same_as(desk.manager, first)
    assert [each.recommendation.pk for each in queries.same_as(desk.manager, second)] == [third.pk]
    with pytest.raises(Refused, match="not said to be the same"):
        operations.tell_apart(desk.manager, recommendation=first, other=second, why="Again")
