"""Policies that come to be by the operations that real ones use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.policies import operations
from concordat.domain.governance.policies.models import Approval, Policy
from tests.operations.documents.papers import paper, version_of
from tests.operations.mail.cast import DAY, LOADER, House, build

FACTS = {
    "type": "Threshold document",
    "summary": "When a child gets early help and when a social worker is called.",
    "audience": ["All agencies"],
    "owner": "bodies:executive",
    "public": True,
    "review_on": "2020-03-01",
}


@dataclass(frozen=True)
class Set:
    """The house, and two agencies whose seats can answer: a member's and a delegate's."""

    house: House
    school: Agency
    trust: Agency


def setting() -> Set:
    house = build()
    school, trust = _agency(house, "school", "Heath School"), _agency(house, "trust", "Heath Trust")
    for sitter, agency in ((house.member, school), (house.health, trust)):
        _of(house, sitter.seat, agency)
    return Set(house, school, trust)


def _agency(house: House, key: str, name: str) -> Agency:
    row = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key=key,
        values={"name": name, "agency_class": "education"},
    )
    assert isinstance(row, Agency)
    return row


def _of(house: House, seat: Seat, agency: Agency) -> None:
    seats.set_down(
        LOADER,
        partnership=house.here,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": house.board, "agency": agency},
    )


def begun(house: House, title: str = "Right help, right time", **more: Any) -> Policy:
    facts = {**FACTS, **more}
    return operations.draft(house.manager.actor, partnership=house.here, title=title, facts=facts)


def drafted(house: House, **more: Any) -> Policy:
    policy = begun(house, **more)
    operations.hang_text(house.manager.actor, policy=policy, file=paper("help"), note="First draft")
    return again(policy)


def again(policy: Policy) -> Policy:
    rows = Policy.objects.select_related("record", "partnership", "text__record")
    return rows.get(pk=policy.pk)


def text_of(policy: Policy) -> Document:
    assert policy.text is not None
    return policy.text


def newest(policy: Policy) -> Version:
    return Version.objects.filter(document=text_of(policy)).latest("number")


def approved(house: House, policy: Policy, **more: Any) -> Approval:
    told: dict[str, Any] = {
        "body": house.board,
        "decided_on": DAY,
        "digest": newest(policy).digest,
        "minute": "Executive, item 4",
    }
    by = more.pop("by", house.manager.actor)
    return operations.approve(by, policy=policy, **(told | more))


def in_force(house: House, from_day: date = DAY, **more: Any) -> Policy:
    policy = drafted(house, **more)
    approved(house, policy)
    operations.bring_into_force(house.manager.actor, policy=again(policy), from_day=from_day)
    return again(policy)


def rewritten(house: House, policy: Policy, words: str = "second") -> Version:
    return documents.replace(
        house.manager.actor,
        document=text_of(policy),
        file=paper(words),
        note="Changed",
        seen_version=version_of(text_of(policy)),
    )


def published(house: House, policy: Policy) -> None:
    operations.publish(house.manager.actor, policy=policy, seen_version=version_of(text_of(policy)))
