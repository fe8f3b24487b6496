"""Bodies, seats and people as each person sees and changes them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.base.documents.models import Version
from concordat.domain.base.seats.models import Body, BodyState, Holder, Incumbency, Seat
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, holders, nothing_changed
from tests.pages.people.browsing import client, day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def at(county: County, what: str, tail: str = "") -> str:
    references = {
        "body": county.house.board.record.reference,
        "seat": county.council_seat.record.reference,
        "person": county.house.council.person.record.reference,
    }
    return f"/{what}/{references[what]}{tail}"


OPEN = [("body", ""), ("seat", ""), ("person", "")]
CHANGES = [
    ("body", "/change"),
    ("body", "/state"),
    ("body", "/rename"),
    ("body", "/terms"),
    ("body", "/seat"),
    ("seat", "/change"),
    ("seat", "/appoint"),
    ("seat", "/vacancy"),
    ("person", "/joining"),
    ("person", "/post"),
    ("person", "/moving"),
    ("person", "/leaving"),
    ("person", "/invitation"),
]
LISTS = ["people", "roles"]
NEW = ["people/joiner", "posts/new", "bodies/new", "seats/sheet"]


def test_a_member_reads_everything_and_changes_nothing(county: County) -> None:
    member = as_(county.house.member)
    for what, tail in OPEN:
        assert "Change this" not in read(member, at(county, what, tail))
    for name in LISTS:
        read(member, f"/partnership/here/{name}")
    for what, tail in CHANGES:
        read(member, at(county, what, tail), 403)
    for name in NEW:
        read(member, f"/partnership/here/{name}", 403)


def test_the_manager_opens_every_page(county: County) -> None:
    manager = as_(county.house.manager)
    for what, tail in [*OPEN, *CHANGES]:
        read(manager, at(county, what, tail))
    for name in [*LISTS, *NEW]:
        read(manager, f"/partnership/here/{name}")


def test_an_outsider_and_the_public_see_nothing(county: County) -> None:
    outsider = as_(county.house.outsider)
    for what, tail in [*OPEN, *CHANGES]:
        read(outsider, at(county, what, tail), 404)
    for name in [*LISTS, *NEW]:
        read(outsider, f"/partnership/here/{name}", 404)
    assert client().get(at(county, "seat")).status_code == 302


def test_what_a_seat_page_tells(county: County) -> None:
    county.ask("Answer six dates")
    page = read(as_(county.house.manager), at(county, "seat"))
    for words in ("Colin Council", "Sits now", "Commit on policy", "Answer six dates"):
        assert words in page


def test_two_people_change_one_seat_and_the_second_sees_both(county: County) -> None:
    manager, other = as_(county.house.manager), as_(county.house.co_ordinator)
    address = at(county, "seat", "/change")
    seen = county.council_seat.record.version
    post(manager, address, role="Delegate", seen_version=seen)
    with nothing_changed():
        page = told(post(other, address, 409, role="Lead of the council", seen_version=seen), 409)
    for words in ("What you typed", "Lead of the council", "What is saved now", "Delegate"):
        assert words in page
    again = Seat.objects.select_related("record").get(pk=county.council_seat.pk).record.version
    assert f'name="seen_version" value="{again}"' in page
    post(other, address, role="Lead of the council", seen_version=again)
    assert county.council_seat.role == "Lead of the council"


def test_the_same_form_sent_twice_has_one_effect(county: County) -> None:
    manager, key = as_(county.house.manager), "7d1d9c34-9b0e-4a51-9a55-2a3f0c6f3b11"
    body = county.house.board.record.reference
    told = {"role": "Adviser", "body": county.house.board.key, "form_key": key}
    for _ in range(2):
        assert manager.post(f"/body/{body}/seat", told).status_code == 302
    assert Seat.objects.filter(role="Adviser").count() == 1


def test_a_deputy_is_appointed_and_who_clashes_is_told(county: County) -> None:
    manager, address = as_(county.house.manager), at(county, "seat", "/appoint")
    deputy = county.post("Deputy")
    post(manager, address, post=f"post:{deputy.key}", holding="deputy", **day("from_day", DAY))
    assert holders(county.council_seat)[-1] == ("deputy", "Deputy", "2019-03-29", "")
    with nothing_changed():
        page = told(
            post(manager, address, 422, post="post:colin-council", holding="deputy",
                 **day("from_day", DAY)), 422
        )  # fmt: skip
    assert "holds the seat" in page


def test_a_holding_ends_and_a_vacancy_shows(county: County) -> None:
    manager = as_(county.house.manager)
    row = Holder.objects.get(seat=county.council_seat)
    address = at(county, "seat", f"/holder/{row.pk}/end")
    read(manager, address)
    early = day("last_day", date(2018, 1, 1))
    told(post(manager, address, 422, reason="Moved", **early), 422)
    post(manager, at(county, "seat", "/vacancy"), reason="Gone", **day("from_day", DAY))
    assert "Vacant" in read(manager, at(county, "seat"))
    assert "Vacant" in read(manager, at(county, "body"))
    read(manager, at(county, "seat", "/holder/0/end"), 404)


def test_a_body_moves_on_and_is_renamed(county: County) -> None:
    manager = as_(county.house.manager)
    reference = county.learning.record.reference
    post(
        manager,
        f"/body/{reference}/state",
        verb="bring into force",
        reason="Agreed",
        **day("from_day", DAY),
    )
    assert "In force" in read(manager, f"/body/{reference}")
    answer = post(
        manager,
        f"/body/{reference}/rename",
        name="Learning hub",
        reason="Wider",
        **day("from_day", date(2019, 4, 1)),
    )
    new = Body.objects.select_related("record").get(name="Learning hub")
    assert answer["Location"] == f"/body/{new.record.reference}"
    assert "Took over from" in read(manager, answer["Location"])
    assert "Taken over by" in read(manager, f"/body/{reference}")
    assert BodyState.objects.filter(body=county.learning).count() == 3


def test_words_that_can_be_read_two_ways_are_kept_as_a_question(county: County) -> None:
    manager = as_(county.house.manager)
    answer = post(
        manager,
        "/partnership/here/bodies/new",
        name="Forum",
        kind="forum",
        rhythm="bi-monthly",
        state="in force",
    )
    page = read(manager, answer["Location"])
    assert "How often it meets is not settled" in page
    assert "once in 2 months or twice in 1 month" in page


def test_a_joiner_a_mover_and_a_leaver(county: County) -> None:
    manager = as_(county.house.manager)
    first = county.post("Head of practice")
    second = county.post("Head of quality")
    joined = post(
        manager,
        "/partnership/here/people/joiner",
        full_name="Ada Finch",
        email="ada@east.example",
        post=first.key,
        **day("from_day", DAY),
    )
    page = read(manager, joined["Location"])
    for words in ("Register the person", "Put them into a post", "Invite them to sign in"):
        assert words in page
    person = joined["Location"].split("/")[2]
    post(manager, f"/person/{person}/invitation", email="ada@east.example")
    assert "Sent to ada@east.example" in read(manager, joined["Location"])
    row = Incumbency.objects.get(person__record__reference=person)
    moved = {"leaving": str(row.pk), "taking": second.key, "reason": "Promoted"}
    post(manager, f"/person/{person}/moving", **moved, **day("on", date(2019, 4, 1)))
    left = day("last_day", date(2019, 6, 30))
    post(manager, f"/person/{person}/leaving", reason="New job", **left)
    assert "1 April 2019 to 30 June 2019" in read(manager, f"/person/{person}")


def test_a_leaver_hands_over_what_waits(county: County) -> None:
    manager, ask = as_(county.house.manager), county.ask()
    address = at(county, "person", "/leaving")
    page = read(manager, address)
    assert "1 open ask: choose below who takes each" in page
    assert tasks_of(page) == {
        "Hand over what waits for them": "Not started",
        "Look at what lapses with their name": "Completed",
        "Record their last day": "Not started",
    }
    leaving = {"reason": "New job", **day("last_day", DAY)}
    with nothing_changed():
        assert "Hand them on first" in told(post(manager, address, 422, **leaving), 422)
    health = county.house.health.seat.record.reference
    post(manager, address, **leaving, **{f"ask-{ask.pk}": health})
    ask.refresh_from_db()
    assert ask.seat_id == county.house.health.seat.pk


def test_a_mover_sees_what_there_is_to_do(county: County) -> None:
    page = read(as_(county.house.manager), at(county, "person", "/moving"))
    assert list(tasks_of(page)) == [
        "Look at what lapses with their name",
        "Record the move",
    ]


def tasks_of(page: str) -> dict[str, str]:
    """Each task of a page's list with where it stands."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    rows = [e for e in root.iter("li") if "govuk-task-list__item" in e.get("class", "")]
    return {_words(row[0][0]): _words(row[1]) for row in rows}


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# --- a sheet of seats


def sheet(*lines: str) -> bytes:
    head = "Body,Seat,Capacity,Office,Agency,Holder,Deputy,From"
    return "\n".join([head, *lines, ""]).encode()


def test_a_sheet_in_four_pages_writes_on_the_last(county: County) -> None:
    manager, address = as_(county.house.manager), "/partnership/here/seats/sheet"
    data = sheet("Executive,Delegate,voting,delegate,Eastshire,Nurse,,", "Nowhere,Odd,,,,,,")
    with nothing_changed():
        file = SimpleUploadedFile("seats.csv", data, "text/csv")
        shown = manager.post(address, {"file": file, **_key()})
        assert "Page 2 of 4" in told(shown)
        rows = shown.context["form"].initial["rows"]
        asked = manager.post(address, {"rows": rows, "page": "rows", **_key()})
        assert "Page 3 of 4" in told(asked, 200)
        unanswered = manager.post(address, {"rows": rows, "page": "problems", **_key()})
        assert "Choose what should become" in told(unanswered, 422)
        again = {"rows": rows, "page": "problems", "choice": "mend", **_key()}
        assert "Page 1 of 4" in told(manager.post(address, again))
        left_out = {"rows": rows, "page": "problems", "choice": "leave out", **_key()}
        assert "Page 4 of 4" in told(manager.post(address, left_out))
    post(manager, address, rows=rows, page="sealed")
    version = Version.objects.select_related("document__record").get()
    assert (version.name, version.note) == ("seats.csv", "1 seat added, 1 row left out")
    assert version.document.about_id == county.home.pk
    assert version.document.record.reference in read(manager, "/partnership/here/files")
    seat = Seat.objects.get(role="Delegate")
    assert [row[:2] for row in holders(seat)] == [("holder", "Nurse")]


def _key() -> dict[str, str]:
    return {"form_key": str(uuid4())}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("seats.csv", b"Body,Role\nExecutive,Lead\n", "missing"),
        ("seats.csv", b"Body,Seat\n", "no rows"),
        ("seats.csv", b"", "empty"),
        ("seats.xlsx", b"not a workbook", ""),
        ("seats.pdf", b"%PDF-1.7", "CSV"),
    ],
)
def test_a_sheet_that_cannot_be_taken_says_why(
    county: County, name: str, data: bytes, words: str
) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = manager.post(
            "/partnership/here/seats/sheet", {"file": SimpleUploadedFile(name, data), **_key()}
        )
    assert words in told(answer, 422)


def test_rows_that_were_meddled_with_are_refused(county: County) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        told(
            manager.post(
                "/partnership/here/seats/sheet", {"rows": "{", "page": "sealed", **_key()}
            ),
            400,
        )


def test_the_empty_sheet_is_for_those_inside(county: County) -> None:
    answer = as_(county.house.member).get("/partnership/here/seats/empty-sheet")
    assert answer.content.decode("utf-8-sig").startswith("Body,Seat,Capacity")
    read(as_(county.house.outsider), "/partnership/here/seats/empty-sheet", 404)
