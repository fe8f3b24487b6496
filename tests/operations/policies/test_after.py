"""A policy in force: who has it, what the public is served, its review, its trial and its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents.models import Publication
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.policies import operations, queries
from concordat.domain.governance.policies.models import Acknowledgement, Approval, Policy
from concordat.domain.governance.policies.queries import Narrowed
from concordat.domain.governance.policies.rules import State
from concordat.kernel.actor import process, public
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.policies.examples import (
    Set,
    again,
    approved,
    begun,
    drafted,
    in_force,
    newest,
    published,
    rewritten,
    text_of,
)

LATER = DAY + timedelta(30)


def waiting(policy: Policy, errand: str = "confirm") -> list[str]:
    asks = Ask.objects.filter(record=policy.pk, errand=errand, cleared_on=None)
    return sorted(asks.values_list("seat__role", flat=True))


# --- agencies


def asked(here: Set, policy: Policy) -> list[Acknowledgement]:
    return operations.ask_agencies(
        here.house.manager.actor, policy=policy, agencies=[here.school, here.trust], due=LATER
    )


def acknowledged(here: Set, policy: Policy) -> Acknowledgement:
    member = here.house.member
    return operations.acknowledge(
        member.actor,
        policy=policy,
        agency=here.school,
        seat=member.seat,
        digest=newest(policy).digest,
    )


@pytest.mark.long
def test_agencies_are_asked_and_one_answers_for_all_its_seats(here: Set, standing: Policy) -> None:
    asked(here, standing)
    assert waiting(standing) == ["Hetty Health", "Meg Member"]
    row = acknowledged(here, standing)
    assert (row.given_by, row.digest, row.seat) == (
        "Meg Member",
        newest(standing).digest,
        here.house.member.seat,
    )
    assert waiting(standing) == ["Hetty Health"]
    assert verbs_on(standing.record)[-1] == "policy acknowledged"
    rows = queries.acknowledgements(here.house.council.actor, standing)
    assert [(each.agency.name, bool(each.given_on)) for each in rows.order_by("agency__name")] == [
        ("Heath School", True),
        ("Heath Trust", False),
    ]
    with pytest.raises(Refused, match="already"):
        acknowledged(here, standing)


@pytest.mark.long
def test_nobody_answers_for_an_agency_of_others(here: Set, standing: Policy) -> None:
    policy, house = standing, here.house
    asked(here, policy)
    for sitter in (house.health, house.manager, house.outsider):
        with pytest.raises(Refused):
            operations.acknowledge(
                sitter.actor,
                policy=policy,
                agency=here.school,
                seat=house.member.seat,
                digest=newest(policy).digest,
            )
    assert not Acknowledgement.objects.exclude(given_on=None).exists()
    assert queries.my_acknowledgements(house.manager.actor, policy) == []
    [(row, held)] = queries.my_acknowledgements(house.member.actor, policy)
    assert (row.agency, held.seat) == (here.school, house.member.seat.pk)


@pytest.mark.long
def test_a_newer_version_asks_again_and_what_was_read_is_pinned(
    here: Set, standing: Policy
) -> None:
    policy, house = standing, here.house
    asked(here, policy)
    acknowledged(here, policy)
    read = newest(policy).digest
    rewritten(house, policy)
    approved(house, policy)
    operations.bring_into_force(house.manager.actor, policy=again(policy), from_day=LATER)
    assert waiting(policy) == ["Hetty Health", "Meg Member"]
    with pytest.raises(Stale):
        operations.acknowledge(
            house.member.actor,
            policy=policy,
            agency=here.school,
            seat=house.member.seat,
            digest=read,
        )
    acknowledged(here, policy)
    versions = Acknowledgement.objects.filter(agency=here.school).order_by("version__number")
    assert [bool(row.given_on) for row in versions] == [True, True]


def test_agencies_are_not_asked_about_a_draft(here: Set, draft: Policy) -> None:
    with pytest.raises(Refused, match="once a version is in force"):
        asked(here, draft)
    assert not Ask.objects.filter(record=draft.pk).exists()


def test_what_is_wrong_with_asking_is_told(here: Set, standing: Policy) -> None:
    policy, actor = standing, here.house.manager.actor
    with pytest.raises(Invalid) as told:
        operations.ask_agencies(actor, policy=policy, agencies=[])
    assert told.value.faults[0].field == "agencies"
    with pytest.raises(Invalid):
        operations.ask_agencies(
            actor, policy=policy, agencies=[here.school], due=DAY - timedelta(1)
        )
    with pytest.raises(Refused):
        operations.ask_agencies(here.house.member.actor, policy=policy, agencies=[here.school])
    assert not Acknowledgement.objects.exists()


# --- the public


def served(house: House, on: date = DAY) -> list[str]:
    return [row.title for row in queries.public_policies(public(on), house.here)]


def test_the_public_is_served_the_version_in_force_once_it_is_published(
    house: House, standing: Policy
) -> None:
    begun(house, "A draft that is public in time")
    in_force(house, title="Between ourselves", public=False)
    assert served(house) == []
    published(house, standing)
    assert served(house) == ["Right help, right time"]
    row = queries.public_policy(public(DAY), house.here, standing.record.reference)
    assert (row.approved_by, row.in_force_from) == ("Executive", DAY)
    assert not row.is_past_review
    late = public(date(2021, 1, 1))
    assert queries.public_policies(late, house.here)[0].is_past_review
    assert served(house, DAY - timedelta(1)) == []
    with pytest.raises(Policy.DoesNotExist):
        queries.public_policy(public(DAY), house.there, standing.record.reference)


def test_a_newer_draft_is_not_served(house: House, standing: Policy) -> None:
    published(house, standing)
    rewritten(house, standing)
    assert served(house) == ["Right help, right time"]
    with pytest.raises(Refused, match="is newer"):
        published(house, standing)
    approved(house, standing)
    operations.bring_into_force(house.manager.actor, policy=again(standing), from_day=LATER)
    assert served(house, LATER) == []


@pytest.mark.long
def test_what_is_not_in_force_or_for_partners_is_not_published(house: House) -> None:
    to_come = in_force(house, LATER)
    with pytest.raises(Refused, match="in force today"):
        published(house, to_come)
    own = in_force(house, title="Between ourselves", public=False)
    with pytest.raises(Refused, match="for the partners only"):
        published(house, own)
    open_ = in_force(house, title="Open")
    with pytest.raises(Refused):
        operations.publish(house.member.actor, policy=open_, seen_version=1)
    assert not Publication.objects.exists()


# --- review and trial


def due(on: date) -> int:
    return operations.ask_for_reviews(process("policy watcher", on))


def test_a_review_is_asked_for_ahead_of_time_and_once(house: House, standing: Policy) -> None:
    assert due(date(2020, 1, 4)) == 0
    assert due(date(2020, 1, 5)) == 1
    assert due(date(2020, 1, 6)) == 0
    assert waiting(standing, "review") == ["Chai Reed"]
    actor = actor_for(house.manager.person, on=date(2020, 2, 1))
    with pytest.raises(Invalid):
        operations.review(actor, policy=standing, review_on=date(2020, 2, 1), reason="Fits")
    with pytest.raises(Invalid):
        operations.review(actor, policy=standing, review_on=date(2022, 2, 1), reason=" ")
    operations.review(actor, policy=standing, review_on=date(2022, 2, 1), reason="It still fits")
    assert waiting(standing, "review") == []
    assert again(standing).review_on == "2022-02-01"
    assert due(date(2021, 12, 31)) == 1


def test_a_draft_is_not_reviewed(house: House, draft: Policy) -> None:
    assert due(date(2020, 2, 1)) == 0
    with pytest.raises(Refused):
        operations.review(
            house.manager.actor, policy=draft, review_on=date(2022, 2, 1), reason="No"
        )


def test_a_prototype_is_tested_and_adopted(house: House) -> None:
    policy = drafted(house, made_by=house.board)
    approved(house, policy)
    operations.bring_into_force(
        house.manager.actor, policy=again(policy), from_day=DAY, trial_until=LATER
    )
    assert queries.counts(house.member.actor, house.here)["under test"] == 1
    assert due(DAY) == 0
    assert due(DAY + timedelta(2)) == 1
    actor = actor_for(house.manager.person, on=LATER)
    operations.adopt(actor, policy=policy, reason="Fewer wrong referrals")
    assert again(policy).trial_until == ""
    assert waiting(policy, "review") == []
    with pytest.raises(Refused, match="not under test"):
        operations.adopt(house.manager.actor, policy=policy, reason="Again")


# --- the end


def test_withdrawing_ends_everything_at_once(here: Set, standing: Policy) -> None:
    house = here.house
    asked(here, standing)
    published(house, standing)
    with pytest.raises(Invalid, match="Say why"):
        operations.withdraw(house.manager.actor, policy=standing, reason="")
    actor = actor_for(house.manager.person, on=LATER)
    operations.withdraw(actor, policy=standing, reason="The law has changed")
    held = again(standing)
    assert (held.stage, held.reason, held.to_text) == (
        State.WITHDRAWN,
        "The law has changed",
        (LATER - timedelta(1)).isoformat(),
    )
    assert waiting(standing) == []
    assert served(house, LATER) == []
    assert Publication.objects.get().withdraw_reason == "The law has changed"
    with pytest.raises(Refused, match="cannot"):
        approved(house, held)


def test_what_never_began_is_withdrawn_without_a_last_day(house: House) -> None:
    policy = in_force(house, LATER)
    operations.withdraw(house.manager.actor, policy=policy, reason="Not needed")
    row = Approval.objects.get()
    assert (row.from_day, row.to_day) == (None, None)


def test_another_takes_its_place(house: House, standing: Policy) -> None:
    old, new = standing, in_force(house, title="Newer")
    draft = drafted(house, title="Draft")
    for wrong in (old, draft):
        with pytest.raises(Invalid) as told:
            operations.supersede(house.manager.actor, policy=old, successor=wrong)
        assert told.value.faults[0].field == "successor"
    operations.supersede(house.manager.actor, policy=old, successor=new)
    held = again(old)
    assert (held.stage, held.successor) == (State.SUPERSEDED, new)
    assert verbs_on(old.record)[-1] == "policy superseded"


def test_what_is_out_for_comment_is_not_ended(house: House, draft: Policy) -> None:
    operations.consult(house.manager.actor, policy=draft, seats=[house.member.seat], closes=LATER)
    with pytest.raises(Refused, match="out for comment"):
        operations.withdraw(house.manager.actor, policy=draft, reason="No")
    assert again(draft).stage is State.CONSULTED


# --- lists


@pytest.mark.long
def test_a_list_is_narrowed_and_counted(house: House, standing: Policy) -> None:
    drafted(house, title="Escalation", type="Procedure", audience=["Health"], public=False)
    begun(house, "Later", type="Protocol", review_on="2019")

    def titles(**to: str) -> list[str]:
        rows = queries.policies(house.member.actor, house.here, Narrowed(**to))
        return [row.title for row in rows]

    assert titles() == ["Escalation", "Later", "Right help, right time"]
    assert titles(state="in force") == ["Right help, right time"]
    assert titles(type="Procedure") == ["Escalation"]
    assert titles(audience="Health") == ["Escalation"]
    assert titles(public="no") == ["Escalation"]
    assert titles(review="later") == ["Escalation", "Later", "Right help, right time"]
    assert titles(words="escalation") == ["Escalation"]
    told = queries.counts(house.member.actor, house.here)
    assert (told["in force"], told["draft"], told["in preparation"]) == (1, 1, 1)
    assert queries.types(house.member.actor, house.here) == [
        "Procedure",
        "Protocol",
        "Threshold document",
    ]
    assert not queries.policies(house.outsider.actor, house.here)
    assert text_of(again(Policy.objects.get(title="Escalation")))
