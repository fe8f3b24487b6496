"""Whoever owns a policy works on it, from any seat, for as long as they own it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.documents import operations as documents
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Grant
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder
from concordat.domain.governance.policies import operations
from concordat.domain.governance.policies.rules import OWNS_IT
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import DAY, LOADER, House
from tests.operations.policies.examples import again, begun, drafted, text_of

OWNER = "posts:meg-member"


def test_an_owner_outside_the_secretariat_edits_what_they_own(house: House) -> None:
    policy = drafted(house, owner=OWNER)
    owner = house.member.actor
    changed = operations.describe(
        owner,
        policy=policy,
        facts={"summary": "Said anew."},
        seen_version=policy.record.version,
    )
    assert changed.summary == "Said anew."
    text = text_of(policy)
    made = documents.replace(
        owner, document=text, file=paper("anew"), note="Anew", seen_version=text.record.version
    )
    assert made.number == 2


def test_who_does_not_own_it_changes_nothing(house: House) -> None:
    policy = drafted(house, owner="bodies:executive")
    with pytest.raises(Refused):
        operations.describe(
            house.member.actor,
            policy=policy,
            facts={"summary": "Said anew."},
            seen_version=policy.record.version,
        )
    assert not can(house.chair.actor, Verb.CHANGE, policy.record)


def test_whoever_owned_it_works_on_it_no_more(house: House) -> None:
    policy = drafted(house, owner=OWNER)
    facts = {"owner": "bodies:executive"}
    seen = again(policy).record.version
    operations.describe(house.manager.actor, policy=policy, facts=facts, seen_version=seen)
    assert not can(house.member.actor, Verb.CHANGE, again(policy).record)
    assert not can(house.member.actor, Verb.CHANGE, text_of(again(policy)).record)


def test_when_the_post_leaves_its_seat_the_daily_run_takes_its_work_along(house: House) -> None:
    policy = drafted(house, owner=OWNER)
    holder = Holder.objects.select_related("seat__record").get(post__key="meg-member")
    seats.end_holding(LOADER, holder=holder, last_day=DAY, reason="Somebody else comes")
    later = process("policy watcher", DAY + timedelta(1))
    assert operations.let_owners_work(later) == 2
    assert operations.let_owners_work(later) == 0
    last = set(Grant.objects.filter(reason=OWNS_IT).values_list("to_day", flat=True))
    assert last == {DAY}
    assert policy.owner == OWNER


def test_what_is_held_closely_is_not_opened_by_owning_it(house: House) -> None:
    policy = begun(house, owner="")
    records.restrict(
        LOADER,
        record=policy.record,
        sensitivity=Sensitivity.RESTRICTED,
        reason="A case is told in it",
    )
    facts = {"owner": OWNER}
    seen = again(policy).record.version
    operations.describe(LOADER, policy=policy, facts=facts, seen_version=seen)
    assert operations.let_owners_work(process("policy watcher", DAY)) == 0
    assert not Grant.objects.filter(record=policy.record, grantee=house.member.seat.record).exists()
