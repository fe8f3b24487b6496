"""What was agreed, promised and left open; and a partnership set up step by step."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.seats.models import Partner, Seat
from concordat.domain.governance.arrangements import operations
from concordat.domain.governance.arrangements.models import Promise, Question, RelevantAgency
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County, nothing_changed
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

OPEN = ("findings", "promises", "relevant-agencies", "footprints", "boards")
CHANGES = ("questions/new", "promises/new", "rows/relevant_agencies/new", "set-up", "set-up/areas",
           "set-up/agencies", "set-up/bodies", "set-up/seats", "set-up/holders", "set-up/matters",
           "set-up/check", "agencies/redraw")  # fmt: skip


def furnish(county: County, number: int = 1) -> None:
    """Some of each kind of row that these pages list."""
    here = county.house.here
    rows: dict[str, dict[str, Any]] = {
        "findings": {"finding": "Two sums differ", "subject": "agencies:eastshire", "source": "P"},
        "questions": {"question": "Who pays?", "subject": "bodies:executive"},
        "promises": {"promise": "One area", "latest": "2019-06"},
        "statements": {"topic": "Area", "says": "One area"},
        "relevant_agencies": {"name": "Schools", "basis": "invited only"},
        "footprints": {"name": "Panel", "kind": "child death review", "agencies": ["eastshire"]},
        "links": {"board": county.learning, "owed": "A report", "effect": "notes",
                  "when": {"unsettled": "TBC"}, "who": "bodies:executive"},
        "decisions": {"title": "Panel approved", "agency": county.east, "state": "made",
                      "date": "2019-03-26", "approves": ["footprints:row"]},
    }  # fmt: skip
    for _ in range(number):
        for kind, values in rows.items():
            operations.add(LOADER, partnership=here, kind=kind, name="row", values=values)


def test_everybody_inside_reads_what_was_agreed(county: County) -> None:
    furnish(county)
    member = as_(county.house.member)
    told_of = {
        "findings": ("Two sums differ", "Eastshire", "Who pays?"),
        "promises": ("One area", "June 2019"),
        "relevant-agencies": ("Invited only",),
        "footprints": ("Panel approved", "Approved", "26 March 2019"),
        "boards": ("A report", "How often is “TBC”?", "Our side: Executive"),
    }
    for tail, words in told_of.items():
        page = read(member, f"/partnership/here/{tail}")
        for each in words:
            assert each in page


def test_what_is_not_there_is_said_in_words(county: County) -> None:
    member = as_(county.house.member)
    for tail in OPEN:
        assert "on record" in read(member, f"/partnership/here/{tail}") or tail == "findings"


def test_who_may_not_change_is_refused_and_who_may_not_know_finds_nothing(county: County) -> None:
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    for tail in CHANGES:
        read(member, f"/partnership/here/{tail}", 403)
    for tail in (*OPEN, *CHANGES):
        read(outsider, f"/partnership/here/{tail}", 404)
        assert client().get(f"/partnership/here/{tail}").status_code == 302
    read(member, "/partnership/new", 403)


def test_a_question_is_asked_and_answered(county: County) -> None:
    manager = as_(county.house.manager)
    post(manager, "/partnership/here/questions/new", question="Who chairs?")
    key = Question.objects.get().key
    post(manager, f"/partnership/here/question/{key}", answer="The council")
    row = Question.objects.get()
    assert (row.answer, row.answered_on) == ("The council", DAY.isoformat())
    assert "The council" in read(manager, "/partnership/here/findings")
    read(manager, f"/partnership/here/question/{key}", 404)


def test_a_promise_and_a_relevant_agency_are_recorded(county: County) -> None:
    manager = as_(county.house.manager)
    promise = {"promise": "One area", "latest": "June 2021", "owner": "colin-council"}
    post(manager, "/partnership/here/promises/new", **promise)
    row = Promise.objects.select_related("owner").get()
    assert (row.latest, row.owner and row.owner.title) == ("2021-06", "Colin Council")
    told(post(manager, "/partnership/here/promises/new", 422, promise="", latest="soon"), 422)
    relevant = {"name": "Schools", "basis": "schedule", "agency": "eastshire"}
    post(manager, "/partnership/here/rows/relevant_agencies/new", **relevant)
    assert RelevantAgency.objects.get().agency == county.east


# --- set-up


def test_a_partnership_grows_from_nothing(county: County) -> None:
    co_ordinator = as_(county.house.co_ordinator)
    read(co_ordinator, "/partnership/new")
    kind = "safeguarding children partnership"
    founded = {"name": "Two Counties", "slug": "two-counties", "kind": kind, "short": "TC"}
    post(co_ordinator, "/partnership/new", **founded)
    home = "/partnership/two-counties/set-up"
    page = read(co_ordinator, home)
    assert "Cannot start yet" in page
    assert "Completed" not in page
    assert "0 of 9 steps are done" in page
    assert "Nothing is lacking" not in read(co_ordinator, f"{home}/check")
    for area in ("Eastshire", "Westshire"):
        post(co_ordinator, f"{home}/areas", name=area, kind="county")
    for name, class_ in (
        ("Eastshire Council", "council"),
        ("Westshire Council", "council"),
        ("Integrated care board", "health"),
        ("Eastshire Police", "police"),
        ("Westshire Police", "police"),
    ):
        agency = {"name": name, "agency_class": class_, "is_partner": "yes"}
        post(co_ordinator, f"{home}/agencies", **agency, areas=["eastshire"])
    post(co_ordinator, f"{home}/matters", title="Contributions", classes=["council", "police"])
    page = read(co_ordinator, home)
    assert "2 council partners, 1 health partner and 2 police partners" in page
    assert Partner.objects.filter(partnership__reference="TC").count() == 5
    for step in ("areas", "agencies", "bodies", "seats", "holders", "matters", "check"):
        read(co_ordinator, f"{home}/{step}")
    read(co_ordinator, f"{home}/unheard-of", 404)
    assert Seat.objects.filter(partnership__reference="TC").get().role == "Co-ordinator"


@pytest.mark.parametrize(
    ("told_of", "words"),
    [
        ({"slug": "Two Counties"}, "cannot be part of an address"),
        ({"slug": "here"}, "already"),
        ({"name": ""}, "Enter name of the partnership"),
        ({"short": "HERE!"}, "cannot stand before references"),
    ],
)
def test_a_partnership_that_cannot_be_founded_says_why(
    county: County, told_of: dict[str, str], words: str
) -> None:
    whole = {"name": "Fells", "slug": "fells", "kind": "other", **told_of}
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = post(manager, "/partnership/new", 422, **whole)
    assert words in told(answer, 422)


def test_a_school_is_no_statutory_partner(county: County) -> None:
    agency = {"name": "A school", "agency_class": "education", "is_partner": "yes"}
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = post(manager, "/partnership/here/set-up/agencies", 422, **agency)
    assert "Only councils" in told(answer, 422)


def test_the_check_names_the_class_that_has_no_partner(county: County) -> None:
    page = read(as_(county.house.manager), "/partnership/here/set-up/check")
    assert "No partner is on record for: health and police." in page


def test_councils_merge_in_three_pages(county: County) -> None:
    manager = as_(county.house.manager)
    first = "/partnership/here/agencies/redraw"
    read(manager, first)
    read(manager, f"{first}?old=eastshire&into=0&from=soon", 422)
    second = f"{first}?old=eastshire&old=westshire&into=1&from=1+May+2019"
    assert "1 delegation" in read(manager, second)
    seat = county.council_seat.record.reference
    answers = {"name-0": "Two Counties", f"seat-{seat}": "0", "reason": "Merged"}
    with nothing_changed():
        page = told(post(manager, second, 200, **answers))
    assert "Check before they hand over" in page
    post(manager, second, **answers, sure="yes")
    assert Agency.objects.get(name="Two Counties").from_text == "2019-05-01"
    with nothing_changed():
        told(post(manager, f"{first}?old=two-counties&into=1&from=1+June+2019", 422), 422)


def test_only_those_who_run_one_see_the_way_to_found_another(county: County) -> None:
    assert not Partnership.objects.filter(key="fells").exists()
    member = as_(county.house.member)
    with nothing_changed():
        told(post(member, "/partnership/new", 403, name="F", slug="fells", kind="other"), 403)
