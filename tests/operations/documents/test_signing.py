"""A sign-off is of one digest by one seat, and any new version voids it."""

from __future__ import annotations

from dataclasses import replace as altered
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import DAYS_TO_ANSWER
from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Document, SignOff
from concordat.domain.base.documents.rules import SignState
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.papers import WORDING, added, newest, replaced, signed, version_of
from tests.operations.mail.cast import DAY, House, verbs_on


def asked(house: House, document: Document, **more: Any) -> None:
    seats = more.pop("seats", [house.council.seat, house.health.seat])
    by = more.pop("by", house.manager.actor)
    operations.ask_to_sign(by, document=document, seats=seats, **more)


def open_asks(document: Document) -> list[str]:
    rows = Ask.objects.filter(record=document.pk, cleared_on=None)
    return list(rows.order_by("seat__role").values_list("seat__role", flat=True))


def stands(house: House, document: Document) -> dict[str, SignState]:
    return {place.seat.role: place.state for place in queries.panel(house.member.actor, document)}


def test_seats_are_asked_sign_and_are_done(house: House, document: Document) -> None:
    asked(house, document, due=DAY)
    assert open_asks(document) == ["Colin Council", "Hetty Health"]
    row = signed(document, house.council)
    assert (row.digest, row.wording, row.person) == (
        newest(document).digest,
        WORDING,
        house.council.person,
    )
    assert open_asks(document) == ["Hetty Health"]
    assert stands(house, document) == {
        "Colin Council": SignState.SIGNED,
        "Hetty Health": SignState.ASKED,
    }
    assert verbs_on(document.record)[-2:] == ["ask cleared", "signed off"]


@pytest.mark.parametrize(
    ("first", "again"),
    [(30, 30), (2, DAYS_TO_ANSWER), (-3, DAYS_TO_ANSWER), (None, None)],
)
def test_who_is_asked_again_keeps_the_day_or_gets_time_to_read(
    house: House, document: Document, first: int | None, again: int | None
) -> None:
    def day(after: int | None) -> date | None:
        return None if after is None else DAY + timedelta(days=after)

    asked(house, document, due=day(first), seats=[house.council.seat])
    signed(document, house.council)
    replaced(house, document)
    assert Ask.objects.get(record=document.pk, cleared_on=None).due == day(again)


def test_a_new_version_voids_every_sign_off_and_asks_again(
    house: House, document: Document
) -> None:
    signed(document, house.council)
    signed(document, house.health)
    replaced(house, document)
    rows = SignOff.objects.all()
    assert len(rows) == 2
    for row in rows:
        assert row.voided_on == DAY
        assert "Version 2" in row.void_reason
        assert row.digest == row.version.digest
    assert open_asks(document) == ["Colin Council", "Hetty Health"]
    assert verbs_on(document.record).count("sign-off voided") == 2
    signed(document, house.council)
    assert stands(house, document)["Colin Council"] is SignState.SIGNED


def test_nobody_signs_what_they_have_not_read(house: House, document: Document) -> None:
    read = newest(document).digest
    replaced(house, document)
    with pytest.raises(Stale) as told:
        signed(document, house.council, digest=read)
    assert told.value.mine["Version"].startswith("Version 1 ")
    assert told.value.theirs["Version"].startswith("Version 2 ")
    with pytest.raises(Stale):
        signed(document, house.council, digest="0" * 64)
    assert not SignOff.objects.exists()


def test_a_seat_signs_a_version_once(house: House, document: Document) -> None:
    signed(document, house.council)
    with pytest.raises(Refused, match="already"):
        signed(document, house.council)
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize("who", ["manager", "member", "chair", "outsider", "health"])
def test_nobody_signs_for_the_seat_of_another(house: House, document: Document, who: str) -> None:
    before = version_of(document)
    with pytest.raises(Refused):
        operations.sign_off(
            getattr(house, who).actor,
            document=document,
            seat=house.council.seat,
            digest=newest(document).digest,
            wording=WORDING,
        )
    assert not SignOff.objects.exists()
    assert version_of(document) == before


def acting(house: House, *scope: str) -> Actor:
    return altered(
        house.council.actor,
        kind=Kind.ACTING_FOR,
        hand="Meg Member",
        hand_person=house.member.person.pk,
        scope=frozenset(scope),
    )


def test_somebody_acting_for_them_signs_only_within_their_scope(
    house: House, document: Document
) -> None:
    told = {"document": document, "seat": house.council.seat, "wording": WORDING}
    digest = newest(document).digest
    with pytest.raises(Refused, match="has not let you sign"):
        operations.sign_off(acting(house, "see"), digest=digest, **told)  # type: ignore[arg-type]
    row = operations.sign_off(acting(house, "see", "sign"), digest=digest, **told)  # type: ignore[arg-type]
    assert row.signed_by == "Meg Member for Colin Council"


@pytest.mark.parametrize("wording", ["", "   ", "x" * 301])
def test_a_sign_off_says_what_it_commits_to(house: House, document: Document, wording: str) -> None:
    with pytest.raises(Invalid) as told:
        signed(document, house.council, wording=wording)
    assert told.value.faults[0].field == "wording"
    assert not SignOff.objects.exists()


def test_a_hold_on_signing_is_kept(house: House, document: Document) -> None:
    records.place_hold(
        house.manager.actor,
        record=document.record,
        blocks="sign",
        reason="Young people have not answered",
        on=DAY,
    )
    with pytest.raises(Refused, match="Young people"):
        signed(document, house.council)


def test_what_a_partner_may_not_open_they_do_not_sign(house: House) -> None:
    closed = added(house, sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(Refused):
        signed(closed, house.council)
    assert not SignOff.objects.exists()


def test_taking_a_sign_off_back(house: House, document: Document) -> None:
    row = signed(document, house.council)
    with pytest.raises(Invalid, match="reason"):
        operations.void(house.council.actor, sign_off=row, reason=" ")
    with pytest.raises(Refused):
        operations.void(house.health.actor, sign_off=row, reason="Not mine")
    operations.void(house.council.actor, sign_off=row, reason="Page 4 is wrong")
    held = SignOff.objects.get()
    assert (held.voided_on, held.voided_by, held.void_reason) == (
        DAY,
        "Colin Council",
        "Page 4 is wrong",
    )
    assert open_asks(document) == ["Colin Council"]
    with pytest.raises(Refused, match="already"):
        operations.void(house.manager.actor, sign_off=row, reason="Again")


def test_who_acts_for_them_in_reading_alone_takes_nothing_back(
    house: House, document: Document
) -> None:
    row = signed(document, house.council)
    with pytest.raises(Refused, match="has not let you sign"):
        operations.void(acting(house, "see"), sign_off=row, reason="Mistake")
    assert SignOff.objects.get().voided_on is None


def test_a_deputy_or_the_secretariat_may_not_be_asked_to_sign_what_is_not_theirs(
    house: House, document: Document
) -> None:
    for seats in ([house.member.seat], [house.outsider.seat], []):
        with pytest.raises((Refused, Invalid)):
            asked(house, document, seats=seats)
    with pytest.raises(Refused):
        asked(house, document, by=house.council.actor)
    assert not Ask.objects.exists()
    assert "sign-off asked" not in verbs_on(document.record)


def test_who_has_signed_is_not_asked_again(house: House, document: Document) -> None:
    signed(document, house.council)
    asked(house, document)
    assert open_asks(document) == ["Hetty Health"]


def test_a_closed_document_is_signed_no_more(house: House, document: Document) -> None:
    records.close(house.manager.actor, record=document.record, on=DAY)
    with pytest.raises(Refused, match="closed"):
        signed(document, house.council)
    assert Record.objects.get(pk=document.pk).closed == DAY
