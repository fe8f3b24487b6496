"""A partnership with risks, a step and a body, and somebody who writes its board update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from concordat.domain.assurance.exchange import rules as files
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.assurance.reports import operations, queries
from concordat.domain.assurance.reports.models import Narrative
from concordat.domain.assurance.reports.rules import Assembled, declared
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Meeting
from concordat.domain.governance.meetings.rules import moments
from concordat.kernel.actor import Actor
from tests.operations.mail.cast import DAY, LOADER, House

UPDATE = declared("board-update")
FILE = """format: 1
partnership: {key: here, name: Here, short: HERE, kind: safeguarding children partnership}
registers:
  - {key: all, title: Register, likelihoods: [LOW, HIGH], impacts: [LOW, HIGH]}
risks:
  - {key: cost, title: Unknown cost, register: all, likelihood: HIGH, impact: HIGH, source: Paper}
  - {key: late, title: Late risk, register: all, likelihood: LOW, impact: HIGH,
     stated_on: 2019-04-30}
  - {key: odd, title: A made up risk, register: all, likelihood: LOW, impact: LOW,
     source: Invented}
programmes:
  - {key: change, title: The change}
phases:
  - {key: first, title: First phase, programme: change, from: 2018-06, to: 2018-09}
milestones:
  - {key: live, title: Go live, programme: change, due: 2019-09, state: planned, source: Paper}
products:
  - {key: plan, title: A plan, programme: change, state: under way,
     accepted_by: "bodies:executive", source: Paper}
agencies:
  - {key: council, name: Heath council, class: council}
  - {key: police, name: Heath police, class: police}
budgets:
  - {key: year, title: Budget 2019/20, year: 2019/20, state: draft, reserve: 10000}
contributions:
  - {key: council, agency: council, fund: General fund, year: 2019/20, amount: 45000,
     state: sought, budget: year}
costs:
  - {key: scrutineer, title: Scrutineer, year: 2019/20, amount: 120000, budget: year}
findings:
  - {key: owner, subject: "risks:cost", finding: Nobody owns it, kind: gap}
"""


@dataclass(frozen=True)
class Reporting:
    house: House
    home: Partnership

    @property
    def manager(self) -> Actor:
        return self.house.manager.actor

    def write(self, text: str, section: str = "summary", **more: Any) -> Narrative | None:
        more = {"report": "board-update", **more}
        return operations.write(
            self.manager, partnership=self.home, section=section, text=text, **more
        )

    def made(self, day: date = DAY) -> Assembled:
        assert UPDATE is not None
        return queries.assembled(self.manager, UPDATE, self.home, day)


def reporting(house: House) -> Reporting:
    load(LOADER, file=files.read({"here.yaml": FILE}))
    home = Partnership.objects.select_related("record").get(key="here")
    return Reporting(house, home)


def called(told: Reporting, key: str) -> Meeting:
    """A meeting ahead of a body of its own."""
    made = seats.set_down(
        LOADER, partnership=told.home.record, kind="bodies", key=key,
        values={"name": f"{key.capitalize()} board", "kind": "sub-group"},
    )  # fmt: skip
    body = Body.objects.select_related("record", "partnership").get(pk=made.pk)
    starts, ends = (moments.moment(DAY + timedelta(days=30), time(hour)) for hour in (10, 12))
    return meetings.call(LOADER, body=body, starts_at=starts, ends_at=ends, place="Town hall")
