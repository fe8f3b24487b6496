"""Every kind of row that can be added and amended on screen: what is typed is what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules as files
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.records.models import Event
from concordat.domain.base.seats.models import KINDS as SEATS
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import KINDS as ARRANGEMENTS
from concordat.web.arrangements.rows import KINDS, ONLY_AMENDED
from tests.operations.mail.cast import LOADER
from tests.operations.seats.county import County, nothing_changed
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

HERE = "/partnership/here/rows"
ANSWERS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("agreements", "hosting", {"title": "Hosting", "kind": "hosting agreement",
     "agencies": ["eastshire"], "host": "eastshire", "review_on": "spring 2021",
     "state": "agreed"}, {"review_on": "spring 2021"}),
    ("footprints", "panel", {"name": "Panel", "kind": "child death review", "areas": ["vale"],
     "agencies": ["eastshire", "westshire"], "host": "westshire", "agreement": "hosting",
     "from_text": "second quarter 2019"}, {"from_text": "2019-Q2", "areas": ["vale"]}),
    ("coverage", "panel-westshire", {"footprint": "panel", "agency": "westshire",
     "from_text": "April 2019", "to_text": "2020"}, {"to_text": "2020"}),
    ("decisions", "east-approves", {"title": "East approves", "agency": "eastshire",
     "state": "made", "date": "26 March 2019", "instrument": "cabinet decision",
     "approves": ["footprints:panel"], "matters": ["contributions"]},
     {"approves": ["footprints:panel"], "date": "2019-03-26"}),
    ("links", "learning-group", {"board": "learning-group", "who": "bodies:executive",
     "owed": "A report", "when": "every 3 months", "effect": "notes"},
     {"when": {"every": {"months": "3"}}, "who": "bodies:executive"}),
    ("matters", "the-budget", {"title": "The budget", "classes": ["council", "police"],
     "reserved_to": ["executive"]}, {"reserved_to": ["executive"]}),
    ("statements", "area", {"topic": "Area", "says": "One area", "from_text": "2019"},
     {"says": "One area"}),
    ("relevant_agencies", "schools", {"name": "Schools", "basis": "schedule",
     "agency_class": "education"}, {"basis": "schedule"}),
    ("findings", "two-sums-differ", {"finding": "Two sums differ", "kind": "contradiction"},
     {"kind": "contradiction"}),
    ("partners", "eastshire-2", {"agency": "eastshire", "partner_class": "council",
     "accountable": "colin-council", "from_text": "1 April 2030"}, {"partner_class": "council"}),
    ("posts", "head-of-practice", {"title": "Head of practice", "agency": "eastshire"},
     {"title": "Head of practice"}),
    ("roles", "scrutineer", {"title": "Scrutineer", "duties": "Looks\nAsks", "grade": "PO4",
     "grading": "to be graded", "hours": "part time"}, {"duties": ["Looks", "Asks"]}),
    ("role_phases", "scrutineer", {"role": "scrutineer", "phase": "Set-up", "days_from": "4",
     "days_to": "8.50", "per": "month"}, {"days_to": "8.5"}),
    ("equivalences", "head-of-service", {"level": "Head of service",
     "posts": ["colin-council", "head-of-practice"], "body": "executive"},
     {"posts": ["colin-council", "head-of-practice"]}),
    ("reporting", "posts-head-of-practice-bodies-executive", {"who": "posts:head-of-practice",
     "reports_to": "bodies:executive", "how": "line managed by", "state": "proposed"},
     {"state": "proposed"}),
]  # fmt: skip


def kept(kind: str, key: str) -> Any:
    model = (ARRANGEMENTS | SEATS)[kind][0]
    return model._default_manager.get(partnership__reference="HERE", key=key)


@pytest.fixture
def manager(county: County) -> Client:
    agencies.add(
        LOADER, partnership=county.house.here, kind="areas", name="Vale", values={"name": "Vale"}
    )
    return as_(county.house.manager)


def add_all(manager: Client) -> None:
    for kind, _, answers, _ in ANSWERS:
        post(manager, f"{HERE}/{kind}/new", **answers)


def test_every_kind_is_declared_and_tried() -> None:
    assert {kind for kind, *_ in ANSWERS} == KINDS.keys() - ONLY_AMENDED


def test_what_is_typed_is_kept_and_shown_and_could_be_loaded_again(
    county: County, manager: Client
) -> None:
    add_all(manager)
    for kind, key, _, wanted in ANSWERS:
        row = kept(kind, key)
        assert {name: getattr(row, name) for name in wanted} == wanted, kind
        page = read(manager, f"{HERE}/{kind}/{key}")
        assert f'name="seen_version" value="{row.fingerprint}"' in page
    for tail, words in (
        (
            "footprints",
            ("Panel", "East approves", "Cabinet decision", "Westshire, April 2019 to 2020"),
        ),
        ("agreements", ("Hosting", "Looked at again spring 2021")),
        ("decisions", ("Approves", "Contributions")),
        ("matters", ("Council and police", "Executive")),
        ("statements", ("One area",)),
        ("boards", ("Every 3 months", "Our side: Executive")),
        ("roles", ("still to be graded", "Head of service", "4 to 8.5 days a month")),
        ("findings", ("Two sums differ", "Grades that are not settled")),
    ):
        page = read(manager, f"/partnership/here/{tail}")
        for each in words:
            assert each in page, tail
    file = exchange.file_of(LOADER, ["here"])
    assert not files.faults(file, exchange.known_keys(["here"]))
    texts = files.to_yaml(file)
    assert files.to_yaml(files.read(texts)) == texts


def test_saving_a_row_as_it_stands_changes_nothing(manager: Client) -> None:
    add_all(manager)
    before = Event.objects.count()
    for kind, key, answers, _ in ANSWERS:
        post(manager, f"{HERE}/{kind}/{key}", **answers)
    assert Event.objects.count() == before


def test_two_amend_one_row_and_the_second_sees_both(county: County, manager: Client) -> None:
    add_all(manager)
    other, address = as_(county.house.co_ordinator), f"{HERE}/footprints/panel"
    seen = kept("footprints", "panel").fingerprint
    typed = {"kind": "policing", "seen_version": seen}
    post(manager, f"{HERE}/matters/the-budget", title="The whole budget")
    post(manager, address, name="Shared panel", **typed)
    with nothing_changed():
        page = told(post(other, address, 409, name="Our panel", **typed), 409)
    for words in ("What you typed", "Our panel", "What is saved now", "Shared panel"):
        assert words in page
    again = kept("footprints", "panel").fingerprint
    assert f'name="seen_version" value="{again}"' in page
    post(other, address, name="Our panel", kind="policing", seen_version=again)
    assert kept("footprints", "panel").name == "Our panel"


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("footprints", {"name": "", "kind": "policing"}, "Enter what it is called"),
        ("footprints", {"name": "P", "kind": "a fleet"}, "from the list"),
        ("footprints", {"name": "P", "kind": "policing", "from_text": "soon"}, "soon"),
        ("footprints", {"name": "P", "kind": "policing", "from_text": "2020", "to_text": "2019"},
         "2020 to 2019"),
        ("decisions", {"title": "D", "state": "made"}, "Choose the agency or the body"),
        ("links", {"board": "learning-group", "when": "every 0 months"}, "whole number"),
        ("equivalences", {"level": "L", "posts": ["colin-council"]}, "at least two posts"),
        ("reporting", {"who": "bodies:executive", "reports_to": "bodies:executive"}, "themselves"),
        ("partners", {"agency": "eastshire", "partner_class": "education"}, "from the list"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_field_and_kept(
    manager: Client, kind: str, answers: dict[str, Any], words: str
) -> None:
    with nothing_changed():
        page = told(post(manager, f"{HERE}/{kind}/new", 422, **answers), 422)
    assert words in page
    assert "There is a problem" in page


def test_a_footprint_asks_for_its_approval_and_its_cover(manager: Client) -> None:
    add_all(manager)
    page = read(manager, f"{HERE}/decisions/new?approves=footprints:panel")
    assert 'value="footprints:panel" checked' in page
    page = read(manager, f"{HERE}/coverage/new?footprint=panel")
    assert 'value="panel" selected' in page
    with nothing_changed():
        both = {"footprint": "panel", "area": "vale", "agency": "eastshire"}
        assert "Choose one area or agency" in told(
            post(manager, f"{HERE}/coverage/new", 422, **both), 422
        )


def test_a_delegation_is_corrected_but_not_given_to_somebody_else(
    county: County, manager: Client
) -> None:
    row = county.delegation
    read(manager, f"{HERE}/delegations/new", 404)
    answers = {"limbs": ["commit on policy"], "instrument": "board resolution", "state": "in force"}
    post(manager, f"{HERE}/delegations/{row.key}", from_text=row.from_text, **answers)
    row.refresh_from_db()
    assert (row.instrument, row.limbs, row.post_id is not None) == (
        "board resolution",
        ["commit on policy"],
        True,
    )


def test_rows_that_are_not_there_and_those_who_may_not(county: County, manager: Client) -> None:
    read(manager, f"{HERE}/nothing/new", 404)
    read(manager, f"{HERE}/matters/none", 404)
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    for tail in ("footprints/new", "matters/contributions"):
        read(member, f"{HERE}/{tail}", 403)
        read(outsider, f"{HERE}/{tail}", 404)
    with nothing_changed():
        post(member, f"{HERE}/matters/new", 403, title="Mine")


def test_what_points_elsewhere_stays_where_it_points(county: County, manager: Client) -> None:
    """An agency of another partnership’s file is no choice here, and is kept."""
    far = agencies.add(
        LOADER,
        partnership=county.house.there,
        kind="agencies",
        name="Farshire",
        values={"name": "Farshire", "agency_class": "council"},
    )
    operations.add(
        LOADER,
        partnership=county.house.here,
        kind="agreements",
        name="Shared",
        values={"title": "Shared", "host": far, "agencies": ["there/farshire"]},
    )
    post(
        manager, f"{HERE}/agreements/shared", title="Shared hosting", host="kept",
        agencies=["there/farshire"],
    )  # fmt: skip
    row = queries.agreements(county.manager, county.home).get(key="shared")
    assert (row.title, row.host, row.agencies) == ("Shared hosting", far, ["there/farshire"])
