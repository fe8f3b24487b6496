"""A programme of two boroughs, one health body and one police command, with diaries to be found in.

The directors sign in and share an assistant; health and police have no account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.diaries import operations
from concordat.domain.governance.diaries.models import Diary
from concordat.domain.governance.diaries.operations import Wanted
from concordat.domain.governance.diaries.queries import Guest, to_be_asked
from concordat.domain.governance.diaries.rules import Need, School, exact, moment_of
from concordat.kernel.actor import Actor, Office, process
from tests.operations.people.examples import signed_up

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
LOADER = process("loader", DAY)
DOOR = "https://dates.example.org/guest/TOKEN"
FIRST = date(2026, 1, 1)


@dataclass(frozen=True)
class Gathered:
    """One steering group. `manager` and `co_ordinator` look for dates; the rest are asked."""

    here: Record
    there: Record
    group: Body
    area: Area
    seats: dict[str, Seat]
    people: dict[str, Person]

    def actor(self, who: str) -> Actor:
        return actor_for(self.people[who], on=DAY)

    @property
    def wanted(self) -> Wanted:
        """Everybody but the supporter must be there, at any time of two weeks."""
        needed = {
            seat: Need.OPTIONAL if name == "supporter" else Need.REQUIRED
            for name, seat in self.seats.items()
            if name not in ("manager", "co_ordinator")
        }
        return Wanted(
            length=120,
            first=date(2026, 3, 9),
            last=date(2026, 3, 20),
            school=School.RATHER_NOT,
            deputies=True,
            seats=needed,
        )


def body_of(home: Record, key: str, name: str, **more: Any) -> Body:
    row = seats.set_down(
        LOADER,
        partnership=home,
        kind="bodies",
        key=key,
        values={"name": name, "kind": "steering group", **more},
    )
    assert isinstance(row, Body)
    return row


def seated(
    home: Record, body: Body, key: str, seat_class: str = "", office: Office = Office.MEMBER
) -> Seat:
    row = seats.set_down(
        LOADER,
        partnership=home,
        kind="seats",
        key=f"{body.key}-{key}",
        values={
            "role": key.replace("_", " ").capitalize(),
            "body": body,
            "seat_class": seat_class,
            "office": office,
            "capacity": "voting" if seat_class else "non-voting",
        },
    )
    assert isinstance(row, Seat)
    return Seat.objects.select_related("record", "body", "agency").get(pk=row.pk)


def in_post(home: Record, seat: Seat, key: str, holding: Holding = Holding.HOLDER) -> Person:
    title = key.replace("_", " ").capitalize()
    post = seats.set_down(LOADER, partnership=home, kind="posts", key=key, values={"title": title})
    assert isinstance(post, Post)
    seats.appoint(LOADER, seat=seat, post=post, holding=holding, from_day=FIRST)
    person = people.register(
        LOADER, partnership=home, opened=DAY, full_name=title, email=f"{key}@example.org"
    )
    seats.take_post(LOADER, person=person, post=post, from_day=FIRST)
    return person


CLASSES = {
    "north_director": "council",
    "south_director": "council",
    "health": "health",
    "police": "police",
    "supporter": "",
    "manager": "",
    "co_ordinator": "",
}
SIGNED_UP = (
    *("manager", "co_ordinator", "north_director", "south_director", "assistant", "outsider"),
)
OFFICES = {"manager": Office.STRATEGY_MANAGER, "co_ordinator": Office.CO_ORDINATOR}


def gathered() -> Gathered:
    people.mark_world(LOADER, name="test", practice_date=DAY)
    here = agencies.found(LOADER, slug="fells", name="Fells programme", prefix="FELLS").record
    there = agencies.found(LOADER, slug="moors", name="Moors", prefix="MOORS").record
    group = body_of(here, "steering", "Steering group")
    places = {
        name: seated(here, group, name, told, OFFICES.get(name, Office.MEMBER))
        for name, told in CLASSES.items()
    }
    sitting = {name: in_post(here, seat, name) for name, seat in places.items()}
    sitting["police_deputy"] = in_post(here, places["police"], "police_deputy", Holding.DEPUTY)
    other = body_of(there, "board", "Moors board")
    sitting["outsider"] = in_post(
        there, seated(there, other, "outsider", office=Office.STRATEGY_MANAGER), "outsider"
    )
    sitting["assistant"] = people.register(
        LOADER, partnership=here, opened=DAY, full_name="Kit Wren", email="kit@example.org"
    )
    for name in (
        "manager",
        "co_ordinator",
        "north_director",
        "south_director",
        "assistant",
        "outsider",
    ):
        signed_up(sitting[name])
    for name in ("north_director", "south_director"):
        people.give(
            LOADER,
            principal=sitting[name],
            hand=sitting["assistant"],
            scope=[Verb.SEE, Verb.ANSWER],
            from_day=FIRST,
            reason="Keeps the diary",
        )
    seats.set_down(
        LOADER,
        partnership=here,
        kind="terms",
        key="first",
        values={
            "body": group,
            "quorum_classes": ["council", "health", "police"],
            "substitutes": True,
            "from_text": "2026-01-01",
        },
    )
    area = agencies.set_down(
        LOADER, partnership=here, kind="areas", key="north", values={"name": "North"}
    )
    assert isinstance(area, Area)
    return Gathered(here, there, group, area, places, sitting)


def at(day: int, hour: int, month: int = 3, minute: int = 0) -> datetime:
    """A moment of 2026 on London's clocks."""
    return moment_of(exact(date(2026, month, day), hour * 60 + minute))


def searched(cast: Gathered, **changes: Any) -> Diary:
    from dataclasses import replace

    return operations.look_for_date(
        cast.actor("co_ordinator"),
        body=cast.group,
        title="Steering group in March",
        wanted=replace(cast.wanted, **changes),
    )


STARTS = (at(10, 10), at(11, 10), at(12, 14))


def asked(cast: Gathered, diary: Diary | None = None, **changes: Any) -> Diary:
    """A poll of three dates: health and police by link, one address for the police and deputy."""
    diary = diary or searched(cast, **changes)
    actor = cast.actor("co_ordinator")
    guests = {
        each.key: Guest(each.name, "police@example.org" if "police" in each.email else each.email)
        for each in to_be_asked(actor, diary)
        if not each.has_account
    }
    return operations.ask_for_answers(
        actor,
        diary=diary,
        starts=STARTS,
        deadline=DEADLINE,
        guests=guests,
        place=DOOR,
        now=NOW,
    )
