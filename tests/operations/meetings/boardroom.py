"""A partnership of council, health and police whose executive meets, built by real operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Matter
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Line, Meeting, Place
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor, Office
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, build, sits

THREE = ["council", "health", "police"]


@dataclass(frozen=True)
class Boardroom:
    """The executive of DAY. The council and health hold delegations; police practice only."""

    house: House
    home: Partnership
    police: Sitter
    scrutineer: Sitter
    agencies: dict[str, Agency]
    meeting: Meeting

    @property
    def body(self) -> Body:
        return Body.objects.select_related("record", "partnership").get(pk=self.house.board.pk)

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    @property
    def chair(self) -> Actor:
        return self.house.chair.actor

    @property
    def here(self) -> Record:
        return self.house.here

    def now(self) -> Meeting:
        rows = Meeting.objects.select_related("record__partnership", "body__record", "partnership")
        return rows.get(pk=self.meeting.pk)

    def place(self, sitter: Sitter) -> Place:
        return Place.objects.select_related("meeting__record").get(
            meeting=self.meeting, seat=sitter.seat
        )

    def held(self, **absent: Presence) -> Meeting:
        """The meeting held, with the three partners there unless told otherwise."""
        for name, sitter in self.partners.items():
            presence = absent.get(name, Presence.PRESENT)
            told = {"stands_for": "Dee Puty"} if presence is Presence.DEPUTY else {}
            operations.mark(LOADER, place=self.place(sitter), presence=presence, **told)
        return operations.hold(LOADER, meeting=self.now())

    @property
    def partners(self) -> dict[str, Sitter]:
        return {"council": self.house.council, "health": self.house.health, "police": self.police}

    def matter(self, key: str) -> Matter:
        return Matter.objects.get(partnership=self.here, key=key)

    def item(self, title: str = "The budget", **more: object) -> Line:
        line = operations.propose(
            LOADER, meeting=self.now(), title=title, purpose=Purpose.DECIDE, **more
        )  # type: ignore[arg-type]
        operations.take_on(LOADER, line=line)
        return Line.objects.select_related("item__record", "meeting__record").get(pk=line.pk)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return moments.moment(day, time(hour, minute))


def built() -> Boardroom:
    house = build()
    police = sits(house.here, house.board, "Polly Ice", Office.DELEGATE)
    scrutineer = sits(house.here, house.board, "Scru Tineer", Office.SCRUTINEER)
    sitters = {"council": house.council, "health": house.health, "police": police}
    agencies = {class_: _agency(house, class_) for class_ in sitters}
    for class_, sitter in sitters.items():
        _seat_of(house, sitter, agencies[class_])
        _delegate(house, sitter, agencies[class_], practice_only=class_ == "police")
    for key, title in (("money", "Contributions"), ("methods", "Methods of review")):
        arrangements.set_down(
            LOADER, partnership=house.here, kind="matters", key=key, values={"title": title}
        )
    _terms(house)
    operations.settle_ways(LOADER, body=house.board, values={"papers": 7, "sends": 5, "closes": 10})
    board = Body.objects.select_related("record", "partnership").get(pk=house.board.pk)
    meeting = operations.call(
        LOADER, body=board, starts_at=at(10), ends_at=at(12), place="Town hall"
    )
    home = Partnership.objects.select_related("record").get(pk=house.here.pk)
    return Boardroom(house, home, police, scrutineer, agencies, meeting)


def _agency(house: House, class_: str) -> Agency:
    row = arrangements.enter_agency(
        LOADER,
        partnership=house.here,
        values={"name": f"Heath {class_}", "agency_class": class_},
        is_partner=True,
    )
    return Agency.objects.select_related("partnership").get(pk=row.pk)


def _seat_of(house: House, sitter: Sitter, agency: Agency) -> None:
    seat = sitter.seat
    values = {"role": seat.role, "body": house.board, "agency": agency, "capacity": "voting"}
    seats.set_down(LOADER, partnership=house.here, kind="seats", key=seat.key, values=values)
    post = {"title": seat.role, "agency": agency}
    seats.set_down(LOADER, partnership=house.here, kind="posts", key=seat.key, values=post)


def _delegate(house: House, sitter: Sitter, agency: Agency, *, practice_only: bool) -> None:
    all_limbs = ["speak for the body", "commit on policy", "commit on resources"]
    arrangements.delegate(
        LOADER,
        agency=agency,
        to={"post": Post.objects.get(partnership=house.here, key=sitter.seat.key)},
        limbs=["commit on practice"] if practice_only else [*all_limbs, "commit on practice"],
        matters=["methods"] if practice_only else [],
        instrument="board resolution",
        from_day=date(2019, 1, 1),
    )


def _terms(house: House) -> None:
    seats.agree_terms(
        LOADER,
        body=house.board,
        from_day=date(2019, 1, 1),
        values={
            "title": "Terms of 2019",
            "state": "agreed",
            "quorum_classes": THREE,
            "quorum": "All three partners",
            "substitutes": True,
            "inquorate": "Agreements become recommendations to the partners",
            "discretion": "The chair may go on where a child would be at risk",
        },
    )


def shown(actor: Actor, meeting: Meeting) -> list[tuple[str, str]]:
    """The agenda as somebody sees it: labels and titles, an empty title for what is closed."""
    return [
        (each.label, each.line.item.record.title if each.line else "")
        for each in queries.agenda(actor, meeting)
    ]


def seat_row(sitter: Sitter) -> Seat:
    return Seat.objects.select_related("record", "agency").get(pk=sitter.seat.pk)
