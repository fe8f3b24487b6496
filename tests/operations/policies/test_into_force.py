"""A policy from its first words to the day on which it is in force, and its newer versions."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Round
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import search
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.policies import operations, queries
from concordat.domain.governance.policies.models import Approval, Policy
from concordat.domain.governance.policies.rules import State, in_words
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.documents.drafts import answered, said
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.policies.examples import (
    FACTS,
    again,
    approved,
    begun,
    drafted,
    newest,
    rewritten,
    setting,
)

CLOSES = DAY + timedelta(14)


def state(policy: Policy) -> State:
    return again(policy).stage


def stands(house: House, policy: Policy, on: date = DAY) -> str:
    actor = actor_for(house.member.person, on=on)
    return in_words(queries.standing(actor, again(policy)))


# --- drafting


def test_a_policy_is_begun_found_by_its_words_and_drafted(house: House) -> None:
    policy = begun(house)
    assert policy.record.reference == "HERE-PO-0001"
    assert state(policy) is State.PREPARED
    assert list(search(house.member.actor, "social worker")) == [policy.record]
    text = operations.hang_text(house.manager.actor, policy=policy, file=paper("help"))
    assert text.about_id == policy.pk
    assert state(policy) is State.DRAFT
    assert verbs_on(policy.record)[:2] == ["policy opened", "policy set down"]
    with pytest.raises(Refused, match="Replace the file"):
        operations.hang_text(house.manager.actor, policy=policy, file=paper("more"))


@pytest.mark.parametrize("who", ["member", "council", "chair", "outsider"])
def test_who_may_not_begin_or_change_one(house: House, who: str) -> None:
    actor = getattr(house, who).actor
    with pytest.raises((Refused, Record.DoesNotExist)):
        operations.draft(actor, partnership=house.here, title="Mine", facts={})
    assert not Policy.objects.exists()
    policy = begun(house)
    with pytest.raises((Refused, Record.DoesNotExist)):
        operations.hang_text(actor, policy=policy, file=paper("help"))
    with pytest.raises((Refused, Record.DoesNotExist)):
        operations.describe(actor, policy=policy, facts=FACTS, seen_version=policy.record.version)
    assert again(policy).text is None


def test_what_it_says_of_itself_is_changed_and_the_second_is_told(house: House) -> None:
    policy = begun(house)
    seen = again(policy).record.version
    facts = {**FACTS, "title": "Right help", "summary": "Early help first."}
    operations.describe(house.manager.actor, policy=policy, facts=facts, seen_version=seen)
    held = again(policy)
    assert (held.title, held.record.title, held.summary) == (
        "Right help",
        "Right help",
        "Early help first.",
    )
    with pytest.raises(Stale) as told:
        operations.describe(
            house.co_ordinator.actor,
            policy=policy,
            facts={**facts, "summary": "Ring the front door."},
            seen_version=seen,
        )
    assert told.value.mine["summary"] == "Ring the front door."
    assert told.value.theirs["summary"] == "Early help first."


def test_a_summary_that_is_too_long_is_told(house: House) -> None:
    with pytest.raises(Invalid) as told:
        begun(house, summary="x" * 4001)
    assert told.value.faults[0].field == "summary"
    assert not Policy.objects.exists()


# --- consulting


def consulted(house: House, policy: Policy) -> Round:
    return operations.consult(
        house.manager.actor, policy=policy, seats=[house.member.seat], closes=CLOSES
    )


def test_a_draft_goes_out_and_no_body_decides_before_all_are_answered(
    house: House, draft: Policy
) -> None:
    row = consulted(house, draft)
    assert state(draft) is State.CONSULTED
    with pytest.raises(Refused, match="Close the comments first"):
        approved(house, draft)
    made = said(row, house.member)
    answered(house, made)
    documents.close_comments(house.manager.actor, round=row)
    approved(house, draft)
    assert state(draft) is State.AGREED


def test_what_has_no_text_is_not_sent_out(house: House) -> None:
    policy = begun(house)
    with pytest.raises(Refused, match="You cannot consult on"):
        consulted(house, policy)
    assert not Round.objects.exists()


# --- deciding


def test_a_body_is_asked_and_its_chair_records_what_it_decided(house: House, draft: Policy) -> None:
    operations.put_forward(house.manager.actor, policy=draft, body=house.board, due=CLOSES)
    ask = Ask.objects.get(record=draft.pk, cleared_on=None)
    assert (ask.errand, ask.seat, ask.due) == ("approve", house.chair.seat, CLOSES)
    row = approved(house, draft, by=house.chair.actor, review_on=date(2021, 1, 1))
    assert (row.digest, row.body, row.recorded_by) == (
        newest(draft).digest,
        house.board,
        "Chai Reed",
    )
    held = again(draft)
    assert (held.approved_by_id, held.approved_on, held.review_on) == (
        house.board.pk,
        "2019-03-29",
        "2021-01-01",
    )
    assert not Ask.objects.filter(record=draft.pk, cleared_on=None).exists()
    assert verbs_on(draft.record)[-1] == "policy approved"


@pytest.mark.parametrize("who", ["member", "council", "health", "outsider"])
def test_who_may_not_record_an_approval(house: House, who: str, draft: Policy) -> None:
    with pytest.raises(Refused):
        approved(house, draft, by=getattr(house, who).actor)
    assert not Approval.objects.exists()
    assert state(draft) is State.DRAFT


def test_nobody_approves_what_was_replaced_meanwhile(house: House, draft: Policy) -> None:
    read = newest(draft).digest
    rewritten(house, draft)
    with pytest.raises(Stale) as told:
        approved(house, draft, digest=read)
    assert told.value.mine["Version"].startswith("Version 1 ")
    assert told.value.theirs["Version"].startswith("Version 2 ")
    assert not Approval.objects.exists()


@pytest.mark.parametrize("decided", [DAY + timedelta(1), DAY - timedelta(1)])
def test_an_approval_is_of_a_day_that_can_be(house: House, decided: date, draft: Policy) -> None:
    with pytest.raises(Invalid) as told:
        approved(house, draft, decided_on=decided)
    assert told.value.faults[0].field == "decided_on"
    assert not Approval.objects.exists()


def test_a_body_that_has_ended_decides_no_more(house: House, draft: Policy) -> None:
    actor = house.manager.actor
    seats.move_state(actor, body=house.board, verb="end", from_day=DAY)
    with pytest.raises(Refused, match="had ended"):
        approved(house, draft, by=actor)
    assert house.board not in queries.approving_bodies(actor, draft)


def test_a_hold_stops_the_approval(house: House, draft: Policy) -> None:
    records.place_hold(
        house.manager.actor,
        record=draft.record,
        blocks="approve",
        reason="Young people have not answered",
        on=DAY,
    )
    with pytest.raises(Refused, match="Young people"):
        approved(house, draft)
    assert state(draft) is State.DRAFT


def test_a_body_sends_it_back(house: House, draft: Policy) -> None:
    operations.put_forward(house.manager.actor, policy=draft, body=house.board)
    with pytest.raises(Invalid, match="Say why"):
        operations.send_back(house.manager.actor, policy=draft, reason=" ")
    operations.send_back(house.manager.actor, policy=draft, reason="Section 4 is unclear")
    assert state(draft) is State.DRAFT
    assert not Ask.objects.filter(record=draft.pk, cleared_on=None).exists()


def test_a_version_is_approved_once(house: House, draft: Policy) -> None:
    approved(house, draft)
    with pytest.raises(Refused, match="already"):
        approved(house, draft)
    assert Approval.objects.count() == 1


# --- in force


def begin(house: House, policy: Policy, from_day: date = DAY, **more: object) -> Approval:
    return operations.bring_into_force(
        house.manager.actor,
        policy=again(policy),
        from_day=from_day,
        **more,  # type: ignore[arg-type]
    )


def test_it_is_in_force_from_its_day(house: House, draft: Policy) -> None:
    with pytest.raises(Refused):
        begin(house, draft)
    approved(house, draft)
    begin(house, draft, CLOSES)
    assert stands(house, draft) == "Approved, and in force from 12 April 2019."
    assert stands(house, draft, CLOSES) == "Version 1 is in force."
    assert again(draft).from_text == "2019-04-12"
    assert verbs_on(draft.record)[-1] == "policy brought into force"


def test_it_does_not_begin_before_it_was_approved(house: House, draft: Policy) -> None:
    approved(house, draft)
    with pytest.raises(Invalid) as told:
        begin(house, draft, DAY - timedelta(1))
    assert told.value.faults[0].field == "from_day"
    with pytest.raises(Invalid) as told:
        begin(house, draft, DAY, trial_until=DAY - timedelta(1))
    assert told.value.faults[0].field == "trial_until"
    assert state(draft) is State.AGREED


def test_a_newer_version_takes_its_place_and_the_earlier_is_in_force_until_then(
    house: House, standing: Policy
) -> None:
    rewritten(house, standing)
    assert stands(house, standing) == "Version 1 is in force. Version 2 is being drafted."
    with pytest.raises(Refused, match="No body has approved version 2"):
        begin(house, standing, CLOSES)
    approved(house, standing)
    begin(house, standing, CLOSES)
    assert stands(house, standing).startswith("Version 1 is in force. Version 2 takes its place")
    assert stands(house, standing, CLOSES) == "Version 2 is in force."
    rows = Approval.objects.order_by("version__number").values_list("from_day", "to_day")
    assert list(rows) == [(DAY, CLOSES - timedelta(1)), (CLOSES, None)]


def test_what_was_approved_is_not_what_was_rewritten(house: House, draft: Policy) -> None:
    approved(house, draft)
    rewritten(house, draft)
    assert "Version 2 is newer than what was approved" in stands(house, draft)
    with pytest.raises(Refused, match="No body has approved version 2"):
        begin(house, draft)
    approved(house, draft)
    begin(house, draft)
    assert stands(house, draft) == "Version 2 is in force."


@pytest.mark.long
def test_two_who_record_an_approval_at_once_one_of_them_is_told(inside: str) -> None:
    """Real commits in two threads on a database of the test's own."""
    here = setting()
    policy, start = drafted(here.house), Barrier(2)
    digest = newest(policy).digest
    outcomes: list[str] = []

    def go(actor: Actor) -> None:
        start.wait(timeout=30)
        try:
            approved(here.house, policy, by=actor, digest=digest)
            outcomes.append("approved")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    both = [
        Thread(target=go, args=(here.house.manager.actor,)),
        Thread(target=go, args=(here.house.chair.actor,)),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=60)
    assert sorted(outcomes) == ["approved", "refused"]
    assert Approval.objects.count() == 1


def test_who_does_not_see_it_as_it_is_meets_the_conflict(house: House, draft: Policy) -> None:
    seen = again(draft).record.version
    operations.put_forward(house.manager.actor, policy=draft, body=house.board, seen_version=seen)
    with pytest.raises(Stale):
        operations.withdraw(
            house.co_ordinator.actor, policy=draft, reason="Not needed", seen_version=seen
        )
    assert state(draft) is State.PUT_FORWARD
