"""Raising, clearing and handing on what a seat owes; asking to open what is restricted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks import queries
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import AccessRequest, Event, Record
from concordat.domain.base.records.operations import once
from concordat.domain.base.records.rules import Standing
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, verbs_on


def raised(house: House, record: Record, sitter: Sitter, **more: object) -> Ask:
    told = {"errand": Errand.ANSWER, "what": "Answer six dates", "due": DAY, **more}
    return asks.raise_ask(LOADER, record=record, seat=sitter.seat, **told)  # type: ignore[arg-type]


def again(ask: Ask) -> Ask:
    return Ask.objects.select_related("record").get(pk=ask.pk)


def test_what_is_asked_reaches_the_holder_of_the_seat_and_nobody_else(house: House) -> None:
    ask = raised(house, house.risk(), house.health)
    assert list(queries.my_asks(house.health.actor)) == [ask]
    assert not queries.my_asks(house.council.actor)
    assert not queries.my_asks(house.outsider.actor)


def test_the_same_ask_again_moves_its_day_and_makes_no_second_row(house: House) -> None:
    risk = house.risk()
    first = raised(house, risk, house.health)
    before = Event.objects.count()
    assert raised(house, risk, house.health) == first
    assert Event.objects.count() == before
    later = raised(house, risk, house.health, due=DAY + timedelta(days=7))
    assert (later.pk, later.due) == (first.pk, DAY + timedelta(days=7))
    assert Ask.objects.count() == 1


def test_soonest_due_comes_first_and_what_has_no_day_comes_last(house: House) -> None:
    risk = house.risk()
    undated = raised(house, risk, house.health, what="Undated", due=None)
    late = raised(house, risk, house.health, what="Late", due=DAY - timedelta(days=3))
    soon = raised(house, risk, house.health, what="Soon", due=DAY + timedelta(days=2))
    assert list(queries.my_asks(house.health.actor)) == [late, soon, undated]


def test_clearing_takes_the_row_from_my_work_and_says_how(house: House) -> None:
    risk = house.risk()
    raised(house, risk, house.health)
    raised(house, risk, house.council)
    cleared = asks.clear_asks(
        house.health.actor,
        record=risk,
        errand=Errand.ANSWER,
        outcome="Answered",
        seat=house.health.seat,
    )
    assert cleared == 1
    assert not queries.my_asks(house.health.actor)
    assert queries.my_asks(house.council.actor).count() == 1
    row = Ask.objects.get(seat=house.health.seat)
    assert (row.cleared_on, row.cleared_by, row.outcome) == (DAY, "Hetty Health", "Answered")
    assert verbs_on(risk)[-1] == "ask cleared"


def test_clearing_nothing_is_no_event(house: House) -> None:
    risk = house.risk()
    before = Event.objects.count()
    assert asks.clear_asks(LOADER, record=risk, errand=Errand.SIGN, outcome="Signed") == 0
    assert Event.objects.count() == before


def test_an_ask_is_handed_on_by_its_holder_with_a_reason(house: House) -> None:
    ask = raised(house, house.risk(), house.health)
    asks.hand_on(house.health.actor, ask=ask, seat=house.council.seat, reason="On leave")
    assert list(queries.my_asks(house.council.actor)) == [ask]
    assert not queries.my_asks(house.health.actor)


def test_an_ask_is_not_handed_on_by_others_nor_to_another_partnership(house: House) -> None:
    ask = raised(house, house.risk(), house.health)
    with pytest.raises(Refused):
        asks.hand_on(house.member.actor, ask=ask, seat=house.council.seat, reason="Mine now")
    with pytest.raises(Refused):
        asks.hand_on(house.health.actor, ask=ask, seat=house.outsider.seat, reason="Away")
    ask.refresh_from_db()
    assert ask.seat_id == house.health.seat.pk


def test_the_form_sent_twice_asks_once(house: House) -> None:
    risk = house.restricted()
    for _ in range(2):
        with once("one form"):
            asks.ask_for_access(house.member.actor, record=risk, reason="I review it")
    assert AccessRequest.objects.count() == 1


def test_asking_for_access_asks_those_who_decide(house: House) -> None:
    risk = house.restricted()
    asks.ask_for_access(house.member.actor, record=risk, reason="I review it")
    for decides in (house.manager, house.chair):
        row = queries.my_asks(decides.actor).get()
        assert (row.errand, row.due) == (Errand.ANSWER, DAY + timedelta(days=asks.DAYS_TO_ANSWER))
    assert not queries.my_asks(house.co_ordinator.actor)


def test_a_row_on_what_one_may_not_open_is_listed_as_closed(house: House) -> None:
    asks.ask_for_access(house.member.actor, record=house.restricted(), reason="I review it")
    row = queries.my_asks(house.manager.actor).get()
    assert records.standing_of(house.manager.actor, row.record) is Standing.KNOWN
    assert row.openable is False  # type: ignore[attr-defined]


def test_what_is_sealed_is_not_listed_for_those_it_is_not_open_to(house: House) -> None:
    sealed = house.risk(sensitivity=3)
    raised(house, sealed, house.health)
    assert not queries.my_asks(house.health.actor)


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("sensitivity", list(Sensitivity))
def test_one_row_is_shown_to_whom_the_list_shows_it(
    house: House, sensitivity: Sensitivity, listed: bool
) -> None:
    risk = house.risk(sensitivity=sensitivity, listed=listed)
    sitters = (house.manager, house.chair, house.health, house.member, house.outsider)
    rows = [raised(house, risk, sitter) for sitter in sitters]
    done = raised(house, risk, house.chair, what="Say who pays")
    asks.clear_asks(LOADER, record=risk, errand=Errand.ANSWER, outcome="Said", what=done.what)
    for sitter in sitters:
        found = dict(queries.my_asks(sitter.actor).values_list("pk", "openable"))  # type: ignore[misc]
        for row in (*rows, again(done)):
            shown, opens = queries.is_shown(sitter.actor, row)
            assert shown is (row.pk in found)
            assert not shown or opens is found[row.pk]


@pytest.mark.parametrize("give", [True, False])
def test_an_answer_gives_or_refuses_and_clears_what_waited(house: House, give: bool) -> None:
    risk = house.restricted()
    request = asks.ask_for_access(house.member.actor, record=risk, reason="I review it")
    asks.answer_access(house.manager.actor, request=request, give=give, reason="Because")
    wanted = Standing.OPEN if give else Standing.KNOWN
    assert records.standing_of(house.member.actor, risk) is wanted
    assert not queries.my_asks(house.manager.actor)
    assert not queries.my_asks(house.chair.actor)
    assert verbs_on(risk)[-2:] == [
        f"access request {'given' if give else 'refused'}",
        "ask cleared",
    ]


def test_an_answer_without_a_reason_changes_nothing(house: House) -> None:
    risk = house.restricted()
    request = asks.ask_for_access(house.member.actor, record=risk, reason="I review it")
    with pytest.raises(Invalid):
        asks.answer_access(house.manager.actor, request=request, give=True, reason=" ")
    assert records.standing_of(house.member.actor, risk) is Standing.KNOWN
    assert queries.my_asks(house.manager.actor).count() == 1


def test_an_outsider_cannot_ask_for_what_they_may_not_know_of(house: House) -> None:
    with pytest.raises(Record.DoesNotExist):
        asks.ask_for_access(house.outsider.actor, record=house.restricted(), reason="Curious")
    assert not AccessRequest.objects.exists()


def test_a_holder_who_left_owes_nothing_any_more(house: House) -> None:
    from concordat.domain.base.seats import operations as seats
    from concordat.domain.base.seats.queries import actor_for

    raised(house, house.risk(), house.health)
    incumbency = house.health.person.posts.get()
    seats.leave_post(LOADER, incumbency=incumbency, last_day=date(2019, 3, 1))
    assert not queries.my_asks(actor_for(house.health.person, on=DAY))
