"""A chronology of Heron with three agencies, their authors, and a reviewer whose time ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import Chronology, Contribution, Version
from concordat.domain.practice.chronologies.operations import Terms
from concordat.domain.practice.chronologies.rules import Part
from concordat.kernel.actor import Actor
from tests.operations.children.examples import Nest
from tests.operations.mail.cast import DAY, LOADER

DUE, LAST = date(2019, 4, 30), date(2019, 6, 30)
NOW = datetime(2019, 3, 29, 9, tzinfo=UTC)
POST: dict[str, Any] = {"door": f"https://here.example/guest/{TOKEN}", "now": NOW}
HEAD = "Date,Time,Event,Action,Comment,Source of information\n"
TERMS = Terms(
    title="Heron",
    first=date(2018, 1, 1),
    last=date(2019, 3, 1),
    themes=["Neglect"],
    enquiries=["Was the child heard?"],
)


@dataclass(frozen=True)
class Table:
    """Meg writes for health visiting, Colin for the police, Hetty reviews until June and holds
    the key; Mary manages. Nobody writes for the school yet."""

    nest: Nest
    row: Chronology
    visiting: Contribution
    police: Contribution
    school: Contribution

    @property
    def manager(self) -> Actor:
        return self.nest.house.manager.actor

    @property
    def reviewer(self) -> Actor:
        return self.nest.house.health.actor

    @property
    def visitor(self) -> Actor:
        return self.nest.house.member.actor

    @property
    def officer(self) -> Actor:
        return self.nest.house.council.actor

    def give(
        self, text: str, *, by: Actor | None = None, of: Contribution | None = None,
        name: str = "rows.csv", head: str = HEAD,
    ) -> Version:  # fmt: skip
        actor, of = by or self.visitor, of or self.visiting
        data = text if isinstance(text, bytes) else (head + text).encode()
        file = queries.preview(actor, of, name, data)
        return operations.give_file(actor, contribution=of, file=file)

    def signed(
        self, text: str, *, by: Actor | None = None, of: Contribution | None = None
    ) -> Version:
        version = self.give(text, by=by, of=of)
        return operations.sign_off(
            by or self.visitor, contribution=of or self.visiting, digest=version.digest
        )

    def texts(self, of: Contribution | None = None, number: int = 0) -> list[str]:
        """The events of an agency's version, the newest unless told."""
        of = of or self.visiting
        last = number or queries.versions(self.manager, of)[0].number
        return [e.told["Event"] for e in queries.entries(self.manager, of, last)]


def _agency(nest: Nest, key: str, name: str) -> Agency:
    row = agencies.set_down(
        LOADER, partnership=nest.house.here, kind="agencies", key=key,
        values={"name": name, "agency_class": "health"},
    )  # fmt: skip
    assert isinstance(row, Agency)
    return row


def opened(nest: Nest) -> Table:
    house = nest.house
    manager = house.manager.actor
    row = operations.open_chronology(
        manager, partnership=house.here, terms=TERMS, children=[nest.child]
    )
    names = {"visiting": "Health visiting", "police": "Police", "school": "School"}
    asked = {
        key: operations.ask_agency(
            manager, chronology=row, agency=_agency(nest, key, name), due=DUE
        )
        for key, name in names.items()
    }
    told: list[tuple[Any, Part, str, date | None]] = [
        (house.member.seat, Part.AUTHOR, "visiting", None),
        (house.council.seat, Part.AUTHOR, "police", None),
        (house.health.person, Part.REVIEWER, "", LAST),
    ]
    for who, part, of, until in told:
        operations.name_member(
            manager, chronology=row, whom=who.record, part=part, to_day=until,
            contribution=asked.get(of),
        )  # fmt: skip
    return Table(nest, row, asked["visiting"], asked["police"], asked["school"])


__all__ = ["DAY", "DUE", "HEAD", "LAST", "NOW", "POST", "TERMS", "Table", "opened"]
