"""Power handed over and taken back, and promises that ask to be kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import timeline
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Decision, Delegation
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, last, nothing_changed


def delegate(county: County, **more: Any) -> Delegation:
    told = {
        "agency": county.delegation.agency,
        "to": {"seat": county.council_seat},
        "limbs": ["commit on policy"],
        "instrument": "letter",
        "from_day": DAY,
    }
    return operations.delegate(county.manager, **{**told, **more})


def test_power_is_handed_to_a_seat(county: County) -> None:
    made = delegate(county, matters=["contributions"])
    assert (made.seat, made.state, made.matters) == (
        county.council_seat,
        "in force",
        ["contributions"],
    )
    assert last("delegation set down")[1]["limbs"] == ["commit on policy"]
    found = queries.authority(county.manager, county.home, "contributions", DAY)
    answers = {each.name: each.answer.value for each in found.opinions}
    assert answers == {"Eastshire": "yes", "Westshire": "no"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"limbs": []}, "lets somebody do"),
        ({"limbs": ["rule the world"]}, "lets somebody do"),
        ({"limit": 100}, "does not commit resources"),
        ({"instrument": "a nod"}, "not an instrument"),
        ({"to": {}}, "one post, one seat or one named person"),
        ({"to_day": date(2019, 1, 1)}, "2019"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused(
    county: County, wrong: dict[str, Any], told: str
) -> None:
    with nothing_changed(), pytest.raises(Invalid, match=told):
        delegate(county, **wrong)


def test_only_the_secretariat_records_and_ends(county: County) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.delegate(
            county.member,
            agency=county.delegation.agency,
            to={"seat": county.council_seat},
            limbs=["commit on policy"],
            from_day=DAY,
        )
    with nothing_changed(), pytest.raises(Refused):
        operations.end_delegation(
            county.member, delegation=county.delegation, last_day=DAY, reason="No"
        )


def test_power_is_taken_back_once(county: County) -> None:
    held = queries.delegation(county.manager, county.delegation.record.reference)
    operations.end_delegation(county.manager, delegation=held, last_day=DAY, reason="Revoked")
    assert Delegation.objects.get(pk=held.pk).to_text == "2019-03-29"
    assert last("delegation ended")[0].reason == "Revoked"
    with nothing_changed(), pytest.raises(Refused, match="already"):
        operations.end_delegation(
            county.manager, delegation=held, last_day=date(2019, 4, 1), reason="Again"
        )


def test_it_does_not_end_before_it_began(county: County) -> None:
    held = queries.delegation(county.manager, county.delegation.record.reference)
    with nothing_changed(), pytest.raises(Invalid):
        operations.end_delegation(
            county.manager, delegation=held, last_day=date(2019, 1, 1), reason="Too early"
        )


def test_an_outsider_sees_no_delegation(county: County) -> None:
    outsider = county.house.outsider.actor
    assert not queries.delegations(outsider, county.home).exists()
    with pytest.raises(Delegation.DoesNotExist):
        queries.delegation(outsider, county.delegation.record.reference)


# --- a record of its own


def test_a_delegation_has_a_record_with_a_title_and_its_own_history(county: County) -> None:
    row = county.delegation
    record = row.record
    assert (record.kind, record.title) == (
        "delegation",
        "Delegation of Eastshire to Colin Council",
    )
    before = Record.objects.get(pk=county.house.here.pk).version
    operations.end_delegation(county.manager, delegation=row, last_day=DAY, reason="Revoked")
    told = [event.verb for event in timeline(county.manager, record)]
    assert told == ["delegation ended", "delegation set down", "delegation opened"]
    after = Record.objects.get(pk=county.house.here.pk).version
    assert after == before, "the partnership is not what was changed"


def test_two_who_amend_a_delegation_at_once_lose_nothing(county: County) -> None:
    row = county.delegation
    seen = row.record.version
    given = {"agency": row.agency, "post": row.post, "limbs": ["commit on policy"]}

    def amend(**more: Any) -> None:
        operations.set_down(
            county.manager,
            partnership=county.house.here,
            kind="delegations",
            key=row.key,
            values={**given, **more},
            seen_version=seen,
        )

    amend(instrument="letter")
    with nothing_changed(), pytest.raises(Stale) as caught:
        amend(instrument="board resolution")
    assert caught.value.theirs["instrument"] == "letter"


def decide(county: County, **more: Any) -> Decision:
    values = {
        "title": "A contribution",
        "agency": county.delegation.agency,
        "post": county.delegation.post,
        "date": DAY.isoformat(),
        "state": "made",
        "matters": ["contributions"],
    }
    row = operations.add(
        county.manager,
        partnership=county.house.here,
        kind="decisions",
        name="A contribution",
        values={**values, **more},
    )
    assert isinstance(row, Decision)
    return row


@pytest.mark.parametrize(
    ("more", "stands"),
    [
        ({}, True),
        ({"state": "planned"}, False),
        ({"date": "2019-01-01"}, False),
        ({"date": ""}, False),
        ({"post": None}, False),
        ({"matters": []}, False),
    ],
)
def test_a_decision_stands_on_the_power_its_post_used_that_day(
    county: County, more: dict[str, Any], stands: bool
) -> None:
    row = decide(county, **more)
    found = queries.standing_on(county.manager, county.home, county.delegation)
    assert found == ([row] if stands else [])


def test_what_is_passed_on_and_what_approved_it_are_told(county: County) -> None:
    above = county.delegation
    below = delegate(county)
    operations.set_down(
        county.manager,
        partnership=county.house.here,
        kind="delegations",
        key=below.key,
        values={"agency": below.agency, "seat": below.seat, "under": above},
    )
    assert list(queries.passed_on(county.manager, above)) == [below]
    approval = decide(county, approves=[f"delegations:{above.key}"], post=None)
    assert queries.approving(county.manager, county.home, above) == [approval]
    assert queries.approving(county.manager, county.home, below) == []


# --- promises


def promise(county: County, **more: Any) -> None:
    operations.add(
        county.manager,
        partnership=county.house.here,
        kind="promises",
        name="One area",
        values={"promise": "One area for two years", "latest": "2019-04-10", **more},
    )


def asked() -> list[tuple[str, str, date | None]]:
    rows = Ask.objects.filter(errand=Errand.KEEP).select_related("seat").order_by("pk")
    return [(row.what, row.seat.role, row.due) for row in rows]


def test_a_promise_asks_its_owners_seat_once(county: County) -> None:
    owner = county.incumbency().post
    promise(county, owner=owner, source="Arrangements")
    system = process("run-due", DAY)
    assert operations.ask_for_promises(system) == 1
    expected = [
        ("Keep or look again at: One area for two years", "Colin Council", date(2019, 4, 10))
    ]
    assert asked() == expected
    assert operations.ask_for_promises(system) == 0
    clear_asks(system, record=county.house.here, errand=Errand.KEEP, outcome="Kept")
    assert operations.ask_for_promises(system) == 0
    assert asked() == expected


def test_a_promise_without_an_owner_asks_the_manager(county: County) -> None:
    promise(county)
    assert operations.ask_for_promises(process("run-due", DAY)) == 1
    assert asked()[0][1] == "Mary Manager"


def test_a_promise_that_is_not_near_or_has_no_day_asks_nobody(county: County) -> None:
    promise(county, latest="2019-09")
    promise(county, latest="")
    promise(county, latest="?")
    assert operations.ask_for_promises(process("run-due", DAY)) == 0
    assert not asked()
