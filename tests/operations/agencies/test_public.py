"""What a partnership tells everybody: numbers to call, and notes on a few topics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.agencies.models import FrontDoor, Partnership, PublicNote
from concordat.domain.base.agencies.rules import Topic
from concordat.kernel.actor import public
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Casts, Kept
from tests.operations.arrangements.leaving import Heath, leaving
from tests.operations.mail.cast import DAY, build
from tests.operations.seats.county import last, nothing_changed

PHONE = "020 7946 0000"


@pytest.fixture(scope="session")
def heaths(casts: Casts) -> Kept[Heath]:
    return casts.keep(leaving, upon=casts.keep(build))


@pytest.fixture
def heath(heaths: Kept[Heath]) -> Iterator[Heath]:
    with heaths.lent() as heath:
        yield heath


def door(heath: Heath, **values: Any) -> FrontDoor:
    told = {"name": "Children’s social care", "phone": PHONE, "area": heath.area, **values}
    row = operations.add(
        heath.manager,
        partnership=heath.house.here,
        kind="front_doors",
        name="Children’s social care",
        values=told,
    )
    assert isinstance(row, FrontDoor)
    return row


def told(heath: Heath, on: date = DAY) -> list[str]:
    return [row.phone for row in queries.front_doors(public(on), heath.home)]


def test_anybody_is_told_a_number_until_its_last_day(heath: Heath) -> None:
    row = door(heath, phone="020  7946 0000")
    assert told(heath) == [PHONE]
    assert last("front door set down")[1]["phone"] == PHONE
    operations.close_front_door(heath.manager, front_door=row, last_day=DAY)
    assert told(heath) == [PHONE]
    assert told(heath, date(2019, 3, 30)) == []
    row.refresh_from_db()
    with pytest.raises(Refused, match="ends on 29 March 2019"):
        operations.close_front_door(heath.manager, front_door=row, last_day=DAY)


@pytest.mark.parametrize("wrong", ["call us", "12", "tel:020", "020 7946 0000; 999"])
def test_what_no_telephone_dials_is_refused(heath: Heath, wrong: str) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="not a telephone number"):
        door(heath, phone=wrong)
    with nothing_changed(), pytest.raises(Invalid, match="not a telephone number"):
        door(heath, after_hours=wrong)


def test_each_topic_is_told_once_and_can_be_said_anew(heath: Heath) -> None:
    for words in ("Write to us.", "Ring us."):
        operations.tell_public(
            heath.manager,
            partnership=heath.house.here,
            topic=Topic.CONTACT,
            values={"says": words},
        )
    rows = queries.public_notes(public(DAY), heath.home)
    assert [(row.topic, row.says) for row in rows] == [("contact", "Ring us.")]
    assert last("public note amended")[1] == {"says": "Ring us."}
    with nothing_changed(), pytest.raises(Invalid, match="sentence or two"):
        operations.tell_public(
            heath.manager, partnership=heath.house.here, topic=Topic.ABOUT, values={"says": " "}
        )


def test_two_people_at_once(heath: Heath) -> None:
    told_: dict[str, Any] = {"partnership": heath.house.here, "topic": Topic.CONTACT}
    operations.tell_public(heath.manager, values={"says": "Write."}, **told_)
    seen = PublicNote.objects.get().fingerprint
    operations.tell_public(heath.manager, values={"says": "Ring."}, seen_version=seen, **told_)
    with nothing_changed(), pytest.raises(Stale):
        operations.tell_public(heath.manager, values={"says": "Come."}, seen_version=seen, **told_)


def test_only_the_secretariat_says_it(heath: Heath) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.tell_public(
            heath.health,
            partnership=heath.house.here,
            topic=Topic.CONTACT,
            values={"says": "Write."},
        )
    with nothing_changed(), pytest.raises(Refused):
        operations.add(
            heath.health,
            partnership=heath.house.here,
            kind="front_doors",
            name="Mine",
            values={"name": "Mine", "phone": PHONE},
        )


def test_a_partnership_has_a_page_unless_it_is_held_closely(heath: Heath) -> None:
    assert queries.public_home(public(DAY), "here").pk == heath.home.pk
    with pytest.raises(Partnership.DoesNotExist):
        queries.public_home(public(DAY), "nowhere")
