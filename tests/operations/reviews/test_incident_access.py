"""How much of an incident somebody gets: by their seat, by a share, by their own name, by whom
they act for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record, Share
from concordat.domain.base.records.queries import timeline
from concordat.domain.base.records.rules import Cut, Level
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident
from concordat.kernel.actor import Actor, Kind, Office
from tests.operations.mail.cast import LOADER, Sitter, sits
from tests.operations.reviews.examples import FRIDAY, Ward, Where, again

NEXT = FRIDAY + timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """Who looks, with which cut the incident was shared, and who is named on it themselves."""

    who: str
    gets: str
    cut: Cut | None = None
    named: str = ""
    acts: bool = False
    scope: tuple[str, ...] = ("see",)
    ended: bool = False
    share_over: bool = False


CASES = {
    "the secretariat": Case("manager", "whole"),
    "the council": Case("council", "whole"),
    "another partner": Case("police", "whole"),
    "a member": Case("member", "nothing"),
    "the chair of the partnership": Case("chair", "nothing"),
    "the scrutineer": Case("scrutineer", "nothing"),
    "the scrutineer, named": Case("scrutineer", "whole", named="scrutineer"),
    "a member, named": Case("member", "whole", named="member"),
    "whoever acts for the council": Case("council", "whole", acts=True),
    "whoever may do nothing for the council": Case("council", "nothing", acts=True, scope=()),
    "whoever acts for a member": Case("member", "nothing", acts=True),
    "whoever acts for a named member": Case("member", "whole", named="member", acts=True),
    "whose seat has ended": Case("council", "nothing", ended=True),
    "whose seat has ended, named": Case("council", "whole", named="council", ended=True),
    "the wrong borough": Case("outsider", "nothing"),
    "the wrong borough, named": Case("outsider", "whole", named="outsider"),
    "the borough that leads": Case("outsider", "summary", Cut.SUMMARY),
    "the borough that leads, whole": Case("outsider", "whole", Cut.WHOLE),
    "the borough that leads, named": Case("outsider", "whole", Cut.SUMMARY, named="outsider"),
    "whoever acts for the borough that leads": Case("outsider", "summary", Cut.SUMMARY, acts=True),
    "whoever acts for one who is named there": Case(
        "outsider", "whole", Cut.SUMMARY, named="outsider", acts=True
    ),
    "the borough that leads, its seat ended": Case(
        "outsider", "nothing", Cut.SUMMARY, ended=True
    ),
    "the borough that led, its share ended": Case(
        "outsider", "summary", Cut.SUMMARY, share_over=True
    ),
    "another seat of the borough that leads": Case("neighbour", "nothing", Cut.SUMMARY),
    "another seat there, named": Case("neighbour", "whole", Cut.SUMMARY, named="neighbour"),
    "who sits here unadmitted and there": Case("both", "summary", Cut.SUMMARY),
    "who sits here unadmitted and there, named": Case(
        "both", "whole", Cut.SUMMARY, named="both"
    ),
    "the secretariat here, once shared": Case("manager", "whole", Cut.SUMMARY),
}  # fmt: skip


def _sitters(ward: Ward) -> dict[str, Sitter]:
    house = ward.house
    other = house.outsider.seat.body
    return {
        **{name: getattr(house, name) for name in ("manager", "council", "member", "chair",
                                                   "outsider")},
        "police": ward.police,
        "scrutineer": sits(house.here, house.board, "Sam Scrutineer", Office.SCRUTINEER),
        "neighbour": sits(house.there, other, "Nora Neighbour", Office.MEMBER),
    }  # fmt: skip


def _actor(ward: Ward, case: Case, sitters: dict[str, Sitter], on: date) -> Actor:
    if case.who == "both":
        here = actor_for(sitters["member"].person, on=on)
        there = actor_for(sitters["outsider"].person, on=on)
        return replace(here, seats=(*here.seats, *there.seats))
    actor = actor_for(sitters[case.who].person, on=on)
    if not case.acts:
        return actor
    hand = actor_for(ward.house.co_ordinator.person, on=on)
    return replace(
        actor, kind=Kind.ACTING_FOR, hand=hand.name, hand_person=hand.person,
        scope=frozenset(case.scope),
    )  # fmt: skip


def _name(row: Incident, sitter: Sitter) -> None:
    records.admit(
        LOADER, record=row.record, grantee=Record.objects.get(pk=sitter.person.pk),
        level=Level.SEE, reason="Knows the family", from_day=FRIDAY,
    )  # fmt: skip


def _prepare(ward: Ward, row: Incident, case: Case, sitters: dict[str, Sitter]) -> None:
    if case.cut:
        operations.pass_on(
            ward.actor(), incident=row, where=Where(area=ward.theirs), reason="In Poplar",
            cut=case.cut,
        )  # fmt: skip
    if case.named:
        _name(row, sitters["member" if case.named == "both" else case.named])
    if case.ended:
        held = Holder.objects.get(seat=sitters[case.who].seat)
        seats.end_holding(LOADER, holder=held, last_day=FRIDAY, reason="Left")
    if case.share_over:
        share = Share.objects.get(record=row.record)
        records.end_share(ward.actor(), share=share, on=FRIDAY, reason="Led by hand")


@pytest.mark.long
def test_how_much_each_gets(ward: Ward, told: Incident) -> None:
    """One ward for all, each case undone before the next."""
    sitters, found = _sitters(ward), {}
    for name, case in CASES.items():
        with transaction.atomic():
            _prepare(ward, told, case, sitters)
            actor = _actor(ward, case, sitters, NEXT)
            found[name] = _gets(actor, told)
            transaction.set_rollback(True)
    assert found == {name: case.gets for name, case in CASES.items()}


def _gets(actor: Actor, row: Incident) -> str:
    try:
        held = queries.incident(actor, row.record.reference)
    except Incident.DoesNotExist:
        assert not queries.incidents(actor).exists()
        return "nothing"
    seen = "summary" if queries.is_a_summary(actor, held) else "whole"
    told = timeline(actor, again(row).record).exists()
    assert told == (seen == "whole"), "the history tells no more than the page"
    return seen
