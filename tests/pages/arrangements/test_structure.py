"""The structure of a partnership on any day, and what changed since."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from concordat.domain.base.records import operations as records
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.rules import Standing
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County
from tests.pages.people.browsing import client
from tests.pages.seats.looking import queries, read
from tests.pages.signed_in import as_

STRUCTURE = "/partnership/here/structure"


def more_bodies(county: County, numbers: range) -> None:
    for each in numbers:
        body = seats.propose(
            LOADER,
            partnership=county.house.here,
            name=f"Group {each}",
            state=Standing.SHADOW,
            from_day=DAY,
            values={"kind": "subgroup", "parents": [county.house.board.key]},
        )
        seats.add(
            LOADER,
            partnership=county.house.here,
            kind="seats",
            name=f"Seat {each}",
            values={"role": f"Seat {each}", "body": body, "agency": county.east},
        )


def test_everybody_inside_sees_who_sits_where(county: County) -> None:
    page = read(as_(county.house.member), STRUCTURE)
    for words in (
        "Structure as at 29 March 2019",
        "2 bodies: 1 in force and 1 proposed.",
        "Colin Council",
        "May commit on policy and resources up to £5,000 since 29 March 2019, by cabinet decision",
        "Partners’ seats without a delegation",
        "<svg",
    ):
        assert words in page


def test_a_body_stands_under_the_one_that_it_answers_to(county: County) -> None:
    page = read(as_(county.house.member), STRUCTURE)
    executive, learning = page.index(">Executive</a>"), page.index(">Learning group</a>")
    assert executive < learning
    assert '<ul class="c-tree">' in page[executive:learning]


def test_any_day_and_what_changed_against_another(county: County) -> None:
    member = as_(county.house.member)
    seats.vacate(
        LOADER, seat=county.council_seat, from_day=date(2019, 6, 1), reason="Nobody was found"
    )
    page = read(member, f"{STRUCTURE}?as-at=1+July+2019&against=2019-03-29")
    for words in ("Vacant", "since 1 June 2019", "What changed", "1 July 2019"):
        assert words in page
    same = read(member, f"{STRUCTURE}?as-at=1+July+2019&against=2+July+2019")
    assert "Nothing is different" in same
    assert "May commit" not in read(member, f"{STRUCTURE}?as-at=2019-03-01")


@pytest.mark.parametrize("wrong", ["spring+2019", "yesterday", "2019-02-30", "about+29+March+2019"])
def test_what_is_not_one_day_is_told(county: County, wrong: str) -> None:
    page = read(as_(county.house.member), f"{STRUCTURE}?as-at={wrong}", 422)
    assert "There is a problem" in page
    assert "Structure as at 29 March 2019" in page


def test_the_chart_stands_alone(county: County) -> None:
    member = as_(county.house.member)
    answer = member.get(f"{STRUCTURE}.svg?as-at=2019-03-29")
    assert answer["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(answer.content).get("role") == "img"  # noqa: S314 - our own
    assert member.get(f"{STRUCTURE}.svg?as-at=spring").status_code == 404


def test_a_body_that_one_may_not_open_is_not_there(county: County) -> None:
    member = as_(county.house.member)
    assert "Learning group" in read(member, STRUCTURE)
    records.restrict(
        LOADER,
        record=county.learning.record,
        sensitivity=Sensitivity.SEALED,
        reason="A case group",
    )
    assert "Learning group" not in read(member, STRUCTURE)


def test_nobody_else_sees_it(county: County) -> None:
    outsider = as_(county.house.outsider)
    read(outsider, STRUCTURE, 404)
    read(outsider, f"{STRUCTURE}.svg", 404)
    assert client().get(STRUCTURE).status_code == 302


def test_it_takes_as_many_queries_for_thirty_bodies_as_for_one(county: County) -> None:
    member = as_(county.house.member)
    pages = [STRUCTURE, f"{STRUCTURE}?as-at=2019-03-29&against=2019-03-01"]
    more_bodies(county, range(1))
    few = [queries(member, page) for page in pages]
    more_bodies(county, range(1, 30))
    assert [queries(member, page) for page in pages] == few


def test_a_day_before_everything_says_so(county: County) -> None:
    seats.propose(
        LOADER,
        partnership=county.house.there,
        name="Forum",
        state=Standing.SHADOW,
        from_day=DAY,
        values={"kind": "forum"},
    )
    page = read(as_(county.house.outsider), "/partnership/there/structure?as-at=1+January+1999")
    assert "Forum" not in page
