"""What sources leave open is told on the page of what it is about, to whoever may read that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.arrangements import operations
from tests.operations.mail.cast import LOADER
from tests.operations.seats.county import County
from tests.pages.seats.looking import read
from tests.pages.signed_in import as_

HERE = "/partnership/here"
PAGES: dict[str, Callable[[County], tuple[str, str]]] = {
    "agency": lambda county: (
        f"agencies:{county.east.key}",
        f"/agency/{county.east.record.reference}",
    ),
    "body": lambda county: (
        f"bodies:{county.learning.key}",
        f"/body/{county.learning.record.reference}",
    ),
    "seat": lambda county: (
        f"seats:{county.council_seat.key}",
        f"/seat/{county.council_seat.record.reference}",
    ),
    "delegation": lambda county: (
        f"delegations:{county.delegation.key}",
        f"/delegation/{county.delegation.record.reference}",
    ),
    "matter": lambda _: ("matters:contributions", f"{HERE}/matters"),
    "decision": lambda _: ("decisions:cabinet", f"{HERE}/decisions"),
    "footprint": lambda _: ("footprints:command", f"{HERE}/footprints"),
    "statement": lambda _: ("statements:single", f"{HERE}/statements"),
    "relevant agency": lambda _: ("relevant_agencies:schools", f"{HERE}/relevant-agencies"),
    "role": lambda _: ("roles:manager", f"{HERE}/roles"),
}
ROWS = {
    "decisions:cabinet": {"title": "Cabinet", "state": "planned"},
    "footprints:command": {"name": "Command", "kind": "policing"},
    "statements:single": {"topic": "Area", "says": "One area"},
    "relevant_agencies:schools": {"name": "Schools"},
    "roles:manager": {"title": "Manager"},
}


def set_down(county: County, row: str, **values: object) -> None:
    kind, _, key = row.partition(":")
    package = seats if kind in ("roles", "reporting") else operations
    package.set_down(LOADER, partnership=county.house.here, kind=kind, key=key, values=values)


@pytest.mark.parametrize("what", PAGES)
def test_a_finding_and_a_question_stand_on_the_page_they_are_about(
    county: County, what: str
) -> None:
    subject, page = PAGES[what](county)
    if subject in ROWS:
        set_down(county, subject, **ROWS[subject])
    member = as_(county.house.member)
    assert "Left to be told" not in read(member, page)
    set_down(county, "findings:gap", subject=subject, finding="Left to be told", kind="gap",
             against="The guidance", source="Paper, page 2")  # fmt: skip
    set_down(county, "questions:who", subject=subject, question="Who will tell?")
    set_down(county, "questions:told", subject=subject, question="Who told?", answer="She did")
    told = read(member, page)
    for words in ("Left to be told", "Who will tell?", f"{HERE}/findings#findings-gap"):
        assert words in told, words
    assert "Who told?" not in told, "an answered question leaves nothing open"


def test_a_line_of_management_stands_beside_the_risk_that_it_is(county: County) -> None:
    seat = county.council_seat
    set_down(county, "reporting:line", who=f"seats:{seat.key}", reports_to="posts:colin-council",
             how="line managed by", state="proposed")  # fmt: skip
    member, page = as_(county.house.member), f"/seat/{seat.record.reference}"
    told = read(member, page)
    assert "Line managed by" in told
    assert "A risk to independence" not in told, "it is no scrutineer"
    seats.set_down(
        LOADER,
        partnership=county.house.here,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": seat.body, "office": "scrutineer"},
    )
    seats.set_down(
        LOADER,
        partnership=county.house.here,
        kind="partners",
        key="east",
        values={"agency": county.east, "partner_class": "council"},
    )
    for address in (page, f"/body/{seat.body.record.reference}"):
        told = read(member, address)
        assert "A risk to independence" in told
        assert "This is a proposal" in told
    assert "Scrutiny that a partner would manage" in read(member, f"{HERE}/findings")
