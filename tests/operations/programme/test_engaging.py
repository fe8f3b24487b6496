"""Contracts and the days claimed on them; what a post has time for, and what gives way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Appointment, Claim, Contract
from concordat.kernel.actor import Actor, process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.programme.examples import (
    Planned,
    a_contract,
    a_need,
    add,
    again,
    held_closely,
    kept_before,
    post,
    seen,
)

pytestmark = pytest.mark.usefixtures("here")


def ordered(house: House, **more: Any) -> Contract:
    contract = a_contract(house, **more)
    return operations.order(house.manager.actor, contract=contract, number="PO-1881")


def claimed(house: House, contract: Contract, halves: int = 4, **more: Any) -> Claim:
    told = {"worked": DAY, "halves": halves, "what": "Read the arrangements", **more}
    return operations.claim(house.member.actor, contract=contract, **told)


@pytest.mark.long
def test_days_are_claimed_on_an_order_and_approved_by_another(house: House) -> None:
    contract = a_contract(house)
    with pytest.raises(Refused):
        claimed(house, contract)
    with pytest.raises(Invalid):
        operations.order(house.manager.actor, contract=contract, number=" ")
    operations.order(house.manager.actor, contract=contract, number="PO-1881")
    claim = claimed(house, again(contract))
    assert queries.account_of(house.member.actor, contract).waiting == 4
    with pytest.raises(Refused):
        operations.approve_claim(house.member.actor, claim=claim)
    operations.approve_claim(house.manager.actor, claim=claim)
    with pytest.raises(Refused, match="approved already"):
        operations.approve_claim(house.manager.actor, claim=claim)
    account = queries.account_of(house.member.actor, contract)
    assert (account.approved, account.waiting, account.left, account.spent) == (4, 0, 12, 100_000)
    assert verbs_on(contract.record)[-3:] == ["contract ordered", "days claimed", "days approved"]


@pytest.mark.long
def test_nobody_approves_their_own_days(house: House) -> None:
    contract = ordered(house)
    claim = operations.claim(
        house.manager.actor, contract=contract, worked=DAY, halves=2, what="Read"
    )
    with pytest.raises(Refused, match="Somebody else approves"):
        operations.approve_claim(house.manager.actor, claim=claim)
    operations.approve_claim(house.co_ordinator.actor, claim=claim)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"halves": 17}, "days"),
        ({"halves": 0}, "days"),
        ({"worked": DAY + timedelta(1)}, "worked"),
        ({"worked": DAY - timedelta(200)}, "worked"),
        ({"what": " "}, "what"),
    ],
)
def test_a_claim_that_cannot_be(house: House, more: dict[str, Any], field: str) -> None:
    contract = ordered(house)
    with pytest.raises(Invalid) as told:
        claimed(house, contract, **{"halves": 4, **more})
    assert told.value.faults[0].field == field
    assert not Claim.objects.exists()


def test_a_claim_that_is_wrong_uses_no_days_once_it_is_refused_or_withdrawn(house: House) -> None:
    contract, member, manager = ordered(house), house.member.actor, house.manager.actor
    wrong = claimed(house, contract)
    with pytest.raises(Invalid):
        operations.refuse_claim(manager, claim=wrong, reason=" ")
    with pytest.raises(Refused):
        operations.refuse_claim(member, claim=wrong, reason="No")
    operations.refuse_claim(manager, claim=wrong, reason="These days were another’s")
    other = claimed(house, contract, 2)
    with pytest.raises(Refused, match="Refuse the claim instead"):
        operations.withdraw_claim(manager, claim=other, reason="Typed wrong")
    operations.withdraw_claim(member, claim=other, reason="Typed wrong")
    for act in (operations.approve_claim, operations.refuse_claim, operations.withdraw_claim):
        more = {} if act is operations.approve_claim else {"reason": "Again"}
        with pytest.raises(Refused):
            act(house.co_ordinator.actor, claim=again_claim(other), **more)
    account = queries.account_of(member, contract)
    assert (account.approved, account.waiting, account.left) == (0, 0, 16)
    held = again_claim(wrong)
    assert (held.void, held.void_by, held.void_for) == (
        "refused", "Mary Manager", "These days were another’s",
    )  # fmt: skip
    assert verbs_on(contract.record)[-2:] == ["days claimed", "claim withdrawn"]
    operations.end_contract(manager, contract=again(contract), reason="Over")


def again_claim(row: Claim) -> Claim:
    return Claim.objects.select_related("contract").get(pk=row.pk)


def test_a_claim_is_its_people_s_whatever_name_stands_on_it(house: House) -> None:
    contract = ordered(house)
    claim = operations.claim(
        house.manager.actor, contract=contract, worked=DAY, halves=2, what="Read"
    )
    manager = house.manager.actor
    for_another = replace(house.co_ordinator.actor, hand="Mary Manager", hand_person=manager.person)
    with pytest.raises(Refused, match="Somebody else approves"):
        operations.approve_claim(for_another, claim=claim)
    namesake = replace(house.co_ordinator.actor, name="Mary Manager")
    operations.approve_claim(namesake, claim=claim)


def test_days_are_claimed_by_whoever_works_them_and_nobody_else(house: House) -> None:
    contract = ordered(house)
    with pytest.raises(Refused):
        operations.claim(
            house.health.actor, contract=contract, worked=DAY, halves=2, what="Not mine"
        )
    claimed(house, contract)
    unnamed = ordered(house, worked_by="")
    with pytest.raises(Refused):
        claimed(house, unnamed)


def test_what_is_approved_keeps_its_rate_and_an_order_what_it_fixed(house: House) -> None:
    contract, manager = ordered(house), house.manager.actor
    operations.approve_claim(manager, claim=claimed(house, contract))
    for values in ({"rate": 90_000}, {"agreed": 40}, {"to_text": "2020"}):
        with pytest.raises(Invalid, match="Renew it"):
            operations.set_down(
                manager, partnership=house.here, kind="contracts", key=contract.key, values=values
            )
    operations.set_down(
        manager, partnership=house.here, kind="contracts", key=contract.key,
        values={"title": "Scrutiny", "rate": 50_000},
    )  # fmt: skip
    until = UncertainDate.parse("2019-12")
    operations.renew(manager, contract=contract, until=until, more=2, reason="More", rate=90_000)
    assert queries.account_of(manager, again(contract)).spent == 100_000
    operations.approve_claim(manager, claim=claimed(house, again(contract), 2))
    assert queries.account_of(manager, again(contract)).spent == 190_000


def test_what_nobody_stated_is_not_added_to(house: House) -> None:
    contract, manager = ordered(house, agreed=None, to_text=""), house.manager.actor
    told = {"contract": contract, "reason": "More"}
    with pytest.raises(Invalid) as lost:
        operations.renew(manager, until=UncertainDate.parse("2019-12"), more=2, **told)  # type: ignore[arg-type]
    assert lost.value.faults[0].field == "more"
    with pytest.raises(Invalid) as never:
        operations.renew(manager, until=UncertainDate.parse("?"), more=0, **told)  # type: ignore[arg-type]
    assert never.value.faults[0].field == "until"
    operations.set_down(
        manager, partnership=house.here, kind="contracts", key=contract.key, values={"agreed": 16}
    )
    assert again(contract).agreed == 16


def test_two_claims_at_once_never_take_the_same_days(house: House) -> None:
    contract = ordered(house, agreed=6)
    claimed(house, contract, 4)
    with pytest.raises(Invalid, match="Only 1 day of the agreed"):
        claimed(house, contract, 4)


def test_a_contract_is_renewed_and_ended(house: House) -> None:
    contract, manager = ordered(house), house.manager.actor
    until = UncertainDate.parse
    with pytest.raises(Invalid, match="It ends 30 June 2019"):
        operations.renew(manager, contract=contract, until=until("2019-05"), more=2, reason="R")
    with pytest.raises(Invalid):
        operations.renew(manager, contract=contract, until=until("2019-12"), more=2, reason="")
    operations.renew(
        manager, contract=contract, until=until("2019-12"), more=4, reason="Second half"
    )
    held = again(contract)
    assert (held.to_text, held.agreed) == ("2019-12", 20)
    claim = claimed(house, held)
    with pytest.raises(Refused, match="nobody has approved"):
        operations.end_contract(manager, contract=held, reason="Over")
    operations.approve_claim(manager, claim=claim)
    operations.end_contract(manager, contract=held, reason="Over")
    with pytest.raises(Refused):
        claimed(house, again(contract))
    (line,) = queries.engagements(house.member.actor, [again(contract)])
    assert line.stands == "ended"
    assert queries.to_decide(replace(manager, on=DAY + timedelta(400)), house.here) == 0


def test_two_people_renew_one_contract(house: House) -> None:
    contract = ordered(house)
    version = seen(contract)
    told = {"contract": contract, "more": 0, "reason": "R", "seen_version": version}
    operations.renew(house.manager.actor, until=UncertainDate.parse("2019-12"), **told)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        operations.renew(house.co_ordinator.actor, until=UncertainDate.parse("2020"), **told)  # type: ignore[arg-type]
    assert again(contract).to_text == "2019-12"


def test_what_a_post_has_time_for_and_what_gives_way(house: House) -> None:
    actor = house.member.actor
    should = a_need(house)
    must = a_need(house, "Publish", "must", 10)
    (load,) = queries.loads(actor, house.here)
    assert load.says == "9 days asked for. Nobody has said how many are free."
    add(house, "rooms", "Meg", post=post(house), quarter="Q2 2019", halves=12)
    (load,) = queries.loads(actor, house.here)
    assert load.says == "3 days short. No room for Write it."
    with pytest.raises(Refused, match="This must be done"):
        operations.set_aside(house.manager.actor, need=must, reason="Daily work")
    with pytest.raises(Invalid):
        operations.set_aside(house.manager.actor, need=should, reason=" ")
    print_ = should.fingerprint
    operations.set_aside(house.manager.actor, need=should, reason="Business as usual", seen=print_)
    (load,) = queries.loads(actor, house.here)
    assert (load.says, load.fit.set_aside) == ("It fits: 5 days of 6 days.", 8)
    with pytest.raises(Stale) as late:
        operations.take_up(house.co_ordinator.actor, need=should, seen=print_)
    assert late.value.theirs == {"reason": "Business as usual"}
    operations.take_up(house.manager.actor, need=should)
    assert again(should).set_aside_for == ""
    with pytest.raises(Refused):
        operations.take_up(house.manager.actor, need=should)


def test_what_is_set_aside_is_taken_up_before_it_must_be_done(house: House) -> None:
    need = a_need(house)
    operations.set_aside(house.manager.actor, need=need, reason="Daily work")
    with pytest.raises(Invalid) as told:
        operations.set_down(
            house.manager.actor, partnership=house.here, kind="needs", key=need.key,
            values={"worth": "must"},
        )  # fmt: skip
    assert told.value.faults[0].field == "worth"
    assert again(need).worth == "should"


def test_a_post_that_is_short_in_three_quarters_is_one_post(house: House) -> None:
    for quarter in ("2018-Q4", "2019-Q2", "2019-Q3"):
        add(house, "needs", "Write", post=post(house), quarter=quarter, halves=8, worth="must")
        add(house, "rooms", "Meg", post=post(house), quarter=quarter, halves=2)
    actor = house.member.actor
    assert queries.overfull(actor, house.here) == 1
    assert queries.years(actor, house.here) == [2018, 2019]
    assert [str(each.quarter) for each in queries.loads(actor, house.here, year=2018)] == [
        "fourth quarter of 2018"
    ]
    assert queries.overfull(replace(actor, on=date(2020, 1, 1)), house.here) == 0


def test_a_milestone_held_closely_is_not_named_beside_the_work_for_it(
    house: House, here: Planned
) -> None:
    need = add(house, "needs", "Write", post=post(house), quarter="2019-Q2", halves=8,
               worth="should", milestone=here.draft)  # fmt: skip
    assert queries.milestones_named(house.member.actor, [need]) == {here.draft.pk: "Draft"}
    held_closely(house, here.draft)
    assert queries.milestones_named(house.member.actor, [need]) == {}


def test_a_row_that_is_added_is_nobody_s_conflict_on_the_partnership(house: House) -> None:
    version = Record.objects.get(pk=house.here.pk).version
    need = a_need(house)
    operations.set_aside(house.manager.actor, need=need, reason="Daily work")
    operations.seek(house.manager.actor, appointment=an_analyst(house), how="An advert")
    assert Record.objects.get(pk=house.here.pk).version == version


def test_free_time_is_said_once_by_the_quarter(house: House) -> None:
    told = {"post": post(house), "halves": 12}
    with pytest.raises(Invalid, match="Give a quarter"):
        add(house, "rooms", "Meg", quarter="2019-04", **told)
    add(house, "rooms", "Meg", quarter="2019-Q2", **told)
    with pytest.raises(Invalid, match="said already"):
        add(house, "rooms", "Meg", quarter="Q2 2019", **told)
    with pytest.raises(Refused):
        operations.add(
            house.member.actor, partnership=house.here, kind="rooms", name="x",
            values={"quarter": "2019-Q3", **told},
        )  # fmt: skip


# --- people recruited, services bought


def an_analyst(house: House) -> Appointment:
    row: Appointment = add(house, "appointments", "Analyst", state="planned")
    return row


def test_a_post_is_sought_filled_and_sought_again(house: House) -> None:
    manager, row = house.manager.actor, an_analyst(house)
    operations.seek(manager, appointment=row, how="An advert")
    told = {"day": UncertainDate.parse("March 2019"), "ends": UncertainDate.parse("2019-09")}
    operations.fill(manager, appointment=row, **told)
    held = again(row)
    assert (held.state, held.how, held.date, held.ends) == (
        "done", "An advert", "2019-03", "2019-09",
    )  # fmt: skip
    assert verbs_on(house.here)[-2:] == ["post sought", "post filled"]
    with pytest.raises(Refused):
        operations.give_up(manager, appointment=row, reason="Late")
    operations.seek(manager, appointment=row, how="A second advert")
    held = again(row)
    assert (held.state, held.date, held.ends) == ("under way", "", "")
    assert kept_before(house.here) == {"how": "An advert", "from": "2019-03", "until": "2019-09"}
    operations.put_off(manager, appointment=row, reason="The grade is not agreed")
    assert again(row).state == "delayed"
    operations.give_up(manager, appointment=row, reason="No money")
    assert again(row).state == "abandoned"


def test_a_post_is_not_filled_ahead_or_backwards_and_two_people_meet(house: House) -> None:
    manager, row = house.manager.actor, an_analyst(house)
    seen_ = row.fingerprint
    with pytest.raises(Invalid, match="still to come"):
        operations.fill(manager, appointment=row, day=UncertainDate.parse("2019-04"))
    with pytest.raises(Invalid, match="before it begins"):
        operations.fill(
            manager, appointment=row, day=UncertainDate.parse("2019-03"),
            ends=UncertainDate.parse("2019-02"),
        )  # fmt: skip
    with pytest.raises(Invalid):
        operations.seek(manager, appointment=row, how=" ")
    operations.seek(manager, appointment=row, how="An advert", seen=seen_)
    with pytest.raises(Stale) as late:
        operations.give_up(house.co_ordinator.actor, appointment=row, reason="No money", seen=seen_)
    assert late.value.theirs["how"] == "An advert"
    with pytest.raises(Refused):
        operations.seek(house.member.actor, appointment=row, how="By friends")
    assert again(row).state == "under way"


# --- in good time


def waiting(record: Record) -> list[tuple[str, str, str]]:
    rows = Ask.objects.filter(record=record, cleared_on=None).select_related("seat")
    return [(each.errand, each.what, each.seat.role) for each in rows.order_by("pk")]


def on_day(house: House, on: date) -> Actor:
    return replace(house.manager.actor, on=on)


def reminded(on: date) -> int:
    return operations.ask_in_good_time(process("programme watcher", on))


def test_a_contract_near_its_end_is_asked_about_once(house: House) -> None:
    contract = ordered(house, to_text="2019-06-30")
    assert reminded(date(2019, 4, 1)) == 0
    assert reminded(date(2019, 5, 10)) == 1
    assert reminded(date(2019, 5, 11)) == 0
    ((errand, what, _),) = waiting(contract.record)
    assert (errand, what) == (Errand.CONFIRM, "whether it goes on")
    assert Ask.objects.get(record=contract.record).due == date(2019, 6, 30)
    renewing = on_day(house, date(2019, 5, 12))
    operations.renew(
        renewing, contract=again(contract), until=UncertainDate.parse("2020-06-30"),
        more=0, reason="Good work",
    )  # fmt: skip
    assert not waiting(contract.record)
    assert reminded(date(2020, 5, 20)) == 1
    ending = on_day(house, date(2020, 5, 21))
    operations.end_contract(ending, contract=again(contract), reason="Done")
    assert not waiting(contract.record)
    assert reminded(date(2020, 5, 21)) == 0


def test_whoever_answers_for_a_programme_is_asked_for_what_is_owed(house: House) -> None:
    programme = add(house, "programmes", "Transition", steered_by=["executive"])
    owed = add(house, "obligations", "Say how it was spent", kind="return", due="2019-06",
               programme=programme)  # fmt: skip
    add(house, "obligations", "Publish it", kind="condition", due="2020", programme=programme)
    assert reminded(date(2019, 4, 1)) == 0
    assert reminded(date(2019, 5, 20)) == 1
    assert reminded(date(2019, 5, 21)) == 0
    assert [each[:2] for each in waiting(programme.record)] == [
        (Errand.GIVE, "Say how it was spent")
    ]
    operations.set_down(
        house.manager.actor, partnership=house.here, kind="obligations", key=owed.key,
        values={"what": "Say how all of it was spent"},
    )  # fmt: skip
    assert reminded(date(2019, 5, 22)) == 1
    assert [each[1] for each in waiting(programme.record)] == ["Say how all of it was spent"]
    done = on_day(house, date(2019, 6, 1))
    operations.fulfil(done, obligation=again(owed), words="Sent on 1 June")
    assert not waiting(programme.record)
    assert reminded(date(2019, 6, 2)) == 0


def test_only_the_timer_asks_in_good_time(house: House) -> None:
    with pytest.raises(Refused):
        operations.ask_in_good_time(house.manager.actor)
