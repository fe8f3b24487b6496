"""Incidents in every state, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import LONDON, Arrangements
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.seats import operations as seats
from concordat.domain.practice.children.rules import Ground
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Decided, Facts, Where
from concordat.domain.practice.reviews.queries import criteria_of
from concordat.domain.practice.reviews.rules import Belief, Harm, Outcome, Reply
from tests.operations.children.examples import ground
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import DAY, LOADER, House

KNOWN = datetime(2019, 3, 28, 16, 10, tzinfo=LONDON)
SENT = datetime(2019, 3, 29, 9, 0, tzinfo=LONDON)


@dataclass(frozen=True)
class Incidents:
    """One of each state that the pages tell apart."""

    awaited: str
    told: str
    left: str
    notified: str
    decided: str
    sent: str
    queried: str
    passed: str
    joined: str

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within incidents."""
        more = {"name": "notification"} if name.endswith(("_paper", "_file")) else {}
        more |= {"form": "md"} if name.endswith("_file") else {}
        return {"partnership": {"reference": getattr(self, _STATE.get(name, "notified")), **more}}


_STATE = {
    **dict.fromkeys(("incident_tell", "incident_take-back"), "awaited"),
    **dict.fromkeys(
        ("incident_notify", "incident_leave", "incident_pass-on", "incident_join",
         "incident_form", "incident_amend", "incident_put-right"),
        "told",
    ),
    "incident_again": "left",
    "incident_take-over": "passed",
    "incident_contribute": "joined",
    **dict.fromkeys(("incident", "incident_anew", "incident_send", "incident_sign"), "decided"),
    "incident_reply": "sent",
    **dict.fromkeys(("incident_stand", "incident_close"), "queried"),
}  # fmt: skip


def facts(**more: Any) -> Facts:
    told: dict[str, Any] = {
        "known_at": KNOWN,
        "happened_on": "27 March 2019",
        "belief": Belief.SUSPECTED,
        "belief_on": "Bruises",
        "harm": Harm.SERIOUS,
        "harm_on": "A fracture",
        "age": 0,
        "home": Where("Hackney"),
    }
    return Facts(**(told | more))


def told(house: House, area: Area, **more: Any) -> Incident:
    return operations.tell(LOADER, partnership=house.here, area=area, facts=facts(**more))


def notified(house: House, area: Area) -> Incident:
    return operations.notify(LOADER, incident=told(house, area), sent_at=SENT)


def decided(house: House, area: Area) -> Incident:
    row = notified(house, area)
    reasons = dict.fromkeys(criteria_of(LOADER, row), "Weighed")
    asked = Decided(outcome=Outcome.LOCAL, why="Each knew a part", reasons=reasons,
                    without_panel="By telephone")  # fmt: skip
    operations.decide(LOADER, incident=row, decided=asked)
    return row


def sent(house: House, area: Area) -> Incident:
    row = decided(house, area)
    operations.send(LOADER, incident=row, sent_on=DAY, without="On leave")
    return row


def passed(house: House, area: Area) -> Incident:
    """Another council leads it, and has not taken it over yet."""
    theirs = agencies.set_down(
        LOADER, partnership=house.there, kind="areas", key="ford", values={"name": "Ford"}
    )
    assert isinstance(theirs, Area)
    return operations.pass_on(
        LOADER, incident=told(house, area), where=Where(area=theirs), reason="It was in Ford"
    )


def joined(house: House, area: Area) -> Incident:
    """The child lives in another partnership's area, which joins."""
    theirs = agencies.set_down(
        LOADER, partnership=house.there, kind="areas", key="mere", values={"name": "Mere"}
    )
    assert isinstance(theirs, Area)
    row = told(house, area, home=Where("Mere", theirs))
    return operations.notify(LOADER, incident=row, sent_at=SENT)


def area_of(house: House) -> Area:
    """An area that has gone live, in which children may be kept."""
    area = agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="weir", values={"name": "Weir"}
    )
    assert isinstance(area, Area)
    clocks.set_area_live(
        LOADER, area=area, arrangements=Arrangements.SAFEGUARDING, live_on=date(2018, 10, 1),
        source="Published arrangements",
    )  # fmt: skip
    agreed = added(house, title="Sharing agreement", file=paper("agreed"))
    for kind in Ground:
        ground(house, area, agreed, kind)
    return area


def happened(house: House, agency: Agency) -> Incidents:
    area = area_of(house)
    seats.set_down(
        LOADER, partnership=house.here, kind="partners", key="health",
        values={"agency": agency, "partner_class": "health"},
    )  # fmt: skip
    left = told(house, area, harm=Harm.LESS)
    operations.leave(LOADER, incident=left, reason="A graze")
    queried = sent(house, area)
    operations.record_answer(
        LOADER, incident=queried, reply=Reply.QUERIES, words="Why?", came_on=DAY
    )
    rows = {
        "awaited": operations.await_telling(
            LOADER, partnership=house.here, name="Nell Nurse", email="nell@example.org",
            agency=agency, door=f"https://example.org/guest/{TOKEN}", now=timezone.now(),
        ),
        "told": told(house, area),
        "left": left,
        "notified": notified(house, area),
        "decided": decided(house, area),
        "sent": sent(house, area),
        "passed": passed(house, area),
        "joined": joined(house, area),
        "queried": queried,
    }  # fmt: skip
    return Incidents(**{name: row.record.reference for name, row in rows.items()})
