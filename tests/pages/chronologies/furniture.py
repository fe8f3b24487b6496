"""A chronology with everything on it, one that is locked, and their addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Dispute,
    Entry,
    Guest,
    Mark,
    Member,
    Pairing,
)
from concordat.domain.practice.chronologies.rules import MarkKind, Part
from tests.operations.chronologies.examples import DUE, HEAD, TERMS
from tests.operations.mail.cast import House
from tests.pages.children.furniture import Sheltered

ROW = "4 May 2018,10:00,Bruise seen on the cheek at a home visit,Told nobody,,Visit notes\n"


@dataclass(frozen=True)
class Told:
    """The manager manages it, the health delegate reviews, a member writes for its agency."""

    row: Chronology
    locked: Chronology
    agency: Contribution
    other: Contribution
    entry: Entry
    member: Member
    mark: Mark
    pairing: Pairing
    dispute: Dispute
    guest: Guest

    def case(self, name: str) -> dict[str, Any]:
        """Values for the places of a route within chronologies."""
        row = self.locked if name == "unlock" else self.row
        at: dict[str, Any] = {"reference": row.record.reference}
        rows: dict[str, Any] = {
            **dict.fromkeys(
                ("agency", "extend", "chase", "send_file", "enter", "sign"), self.agency
            ),
            **dict.fromkeys(("row", "change", "withdraw", "mark", "dispute", "pair"), self.entry),
            **dict.fromkeys(
                ("version", "sent", "not_taken", "invite", "again", "end_guest"), self.agency
            ),
            "end_member": self.member,
            "unmark": self.mark,
            "split": self.pairing,
            "settle": self.dispute,
        }
        if name in rows:
            at["pk"] = rows[name].pk
        if name in ("version", "sent", "not_taken"):
            at["number"] = 1
        if name in ("again", "end_guest"):
            at["guest"] = self.guest.pk
        return at


def told(house: House, agency: Agency, other: Agency, sheltered: Sheltered) -> Told:
    manager = house.manager.actor
    row = operations.open_chronology(
        manager, partnership=house.here, terms=TERMS, children=[sheltered.child]
    )
    asked = [
        operations.ask_agency(manager, chronology=row, agency=each, due=DUE)
        for each in (agency, other)
    ]
    named = operations.name_member(
        manager, chronology=row, whom=house.health.person.record, part=Part.REVIEWER
    )
    operations.name_member(
        manager, chronology=row, whom=house.member.seat.record, part=Part.AUTHOR,
        contribution=asked[0],
    )  # fmt: skip
    for each in asked:
        operations.name_member(
            manager, chronology=row, whom=house.manager.person.record, part=Part.AUTHOR,
            contribution=each,
        )  # fmt: skip
    for each, text in zip(asked, (ROW, ROW.replace("10:00", "10:05")), strict=True):
        file = queries.preview(manager, each, "rows.csv", (HEAD + text).encode())
        version = operations.give_file(manager, contribution=each, file=file)
        operations.sign_off(manager, contribution=each, digest=version.digest)
    first, second = Entry.objects.filter(contribution__in=asked).order_by("pk")
    mark = operations.mark(manager, entry=first, kind=MarkKind.MISSED)
    pairing = operations.pair(manager, first=first, second=second, joined=True, reason="One visit")
    dispute = operations.dispute(
        manager, entry=first, contribution=asked[1], words="On the arm", source="Log"
    )
    guest = operations.invite(
        manager, contribution=asked[0], name="Nadia Nurse", email="nadia@example.org",
        door=f"https://here.example/guest/{TOKEN}", now=datetime(2019, 3, 29, 9, tzinfo=UTC),
    )  # fmt: skip
    closed = operations.open_chronology(
        manager, partnership=house.here, terms=replace(TERMS, title="Wren")
    )
    locked = operations.lock(manager, chronology=closed, reason="Done")
    return Told(row, locked, asked[0], asked[1], first, named, mark, pairing, dispute, guest)
