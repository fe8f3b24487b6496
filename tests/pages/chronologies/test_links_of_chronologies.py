"""Agencies without an account: a named person gives the rows of one agency by a link."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.craft import leaks
from concordat.domain.practice.children import operations as children
from concordat.domain.practice.children.rules import What
from concordat.domain.practice.chronologies import operations
from concordat.domain.practice.chronologies.models import Entry, Guest, Version
from concordat.domain.practice.chronologies.rules import MarkKind, Part
from tests.operations.children.examples import NAME
from tests.operations.chronologies.examples import HEAD, TERMS, Table
from tests.pages.chronologies.test_chronologies_pages import BRUISE, NAMED, ONE, carried, filed, of
from tests.pages.mail.test_guest_pages import client, come_in, letter
from tests.pages.people.browsing import form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def door() -> str:
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    return found[1]


def inside(table: Table, manager: Client | None = None) -> Client:
    """Somebody of the school without an account, come in by the link that the manager sent."""
    sender, named = manager or as_(table.nest.house.manager), "nadia@school.example"
    post(sender, f"{of(table, 'school')}/guests/invite", name="Nadia Nurse", email=named)
    guest = client()
    assert come_in(guest, door())["Location"] == "/guest"
    return guest


def test_a_guest_sends_a_file_types_a_row_and_signs_off(table: Table) -> None:
    guest, school = inside(table), of(table, "school")
    assert "Open the chronology" in read(guest, "/guest")
    page = read(guest, ONE)
    assert "School" in page
    assert "Police" not in page, "what other agencies were asked is theirs"
    assert "/history" not in page
    page = told(guest.post(f"{school}/send", form() | {"file": filed(BRUISE)}))
    assert "Digest of the file" in page
    post(guest, f"{school}/send", **carried(page))
    post(guest, f"{school}/rows/add", date="?22 May", event="Weighed", source="Class book")
    typed = Entry.objects.get(told__Event="Weighed")
    assert "?22 May" in read(guest, f"{ONE}/rows/{typed.pk}")
    post(guest, f"{ONE}/rows/{typed.pk}/change", date="?22 May", event="Weighed twice",
         source="Class book", seen_version=typed.pk)  # fmt: skip
    last = Version.objects.order_by("-number")[0]
    post(guest, f"{school}/sign", digest=last.digest, sure="yes")
    last.refresh_from_db()
    assert (last.signed_by, last.is_accepted) == ("Nadia Nurse", True)
    assert "Weighed twice" in read(as_(table.nest.house.health), f"{ONE}/merged")


def test_a_link_opens_the_rows_of_its_agency_alone(table: Table) -> None:
    table.signed(BRUISE)
    guest, stem = inside(table), Entry.objects.get().pk
    for at in (of(table), f"{of(table)}/send", f"{of(table)}/versions/1", f"{ONE}/rows/{stem}",
               f"{of(table)}/versions/1/file"):  # fmt: skip
        assert guest.get(at).status_code == 404
    for at in ("merged", "found", "export", "terms", "lock"):
        assert guest.get(f"{ONE}/{at}").status_code == 302, "they would have to sign in"
    assert guest.post(f"{of(table)}/send", form() | {"file": filed(BRUISE)}).status_code == 404


def test_a_link_that_is_taken_back_opens_nothing_and_what_was_given_stays(table: Table) -> None:
    manager, school = as_(table.nest.house.manager), of(table, "school")
    guest = inside(table, manager)
    post(guest, f"{school}/rows/add", date="4 May 2018", event="Weighed", source="Class book")
    row = Guest.objects.get()
    assert "nadia@school.example" in read(manager, school)
    again = manager.post(
        f"{of(table, 'police')}/guests/invite", form(name="N", email=row.link.email)
    )
    assert "has a link for this already" in told(again, 422)
    post(manager, f"{school}/guests/{row.pk}/again")
    assert guest.get(school).status_code == 302, "the link before opens nothing any more"
    guest = client()
    come_in(guest, door())
    assert "Weighed" in read(guest, school)
    post(manager, f"{school}/guests/{row.pk}/end", reason="She left the school")
    assert guest.get(school).status_code == 302
    page = read(manager, school)
    assert "Weighed" in page
    assert "Revoked" in page
    reviewer = as_(table.nest.house.health)
    assert reviewer.get(f"{school}/guests/invite").status_code == 403


def test_a_file_is_kept_as_it_was_sent_for_who_may_read_its_names(table: Table) -> None:
    table.give(NAMED)
    visitor, at = as_(table.nest.house.member), f"{of(table)}/versions/1"
    answer = visitor.get(f"{at}/file")
    assert answer.content == (HEAD + NAMED).encode()
    assert "rows.csv" in answer["Content-Disposition"]
    page = read(visitor, at)
    assert Version.objects.get().file in page
    assert "Samuel Larkspur weighed" in page
    assert as_(table.nest.house.health).get(f"{at}/file").status_code == 200, "is on the key"
    assert as_(table.nest.house.council).get(f"{at}/file").status_code == 404
    post(visitor, f"{of(table)}/rows/add", date="May 2018", event="Seen", source="Notes")
    assert visitor.get(f"{of(table)}/versions/2/file").status_code == 404, "typed, no file"


def test_a_reader_who_is_on_no_key_sees_labels_on_the_pages_of_an_agency(table: Table) -> None:
    table.give(NAMED + "31 June 2018,,Samuel Larkspur again,,,Book\n")
    chair = table.nest.house.chair
    operations.name_member(
        table.manager, chronology=table.row, whom=chair.person.record, part=Part.REVIEWER
    )
    browser, sought = as_(chair), [leaks.Sought(leaks.Kind.NAME, NAME, "Heron")]
    for at in (of(table), f"{of(table)}/versions/1", f"{ONE}/rows/{Entry.objects.get().pk}"):
        page = read(browser, at)
        assert "Heron weighed" in page
        assert not leaks.scan("page.html", page.encode(), sought)
        assert "Download the file" not in page
    assert browser.get(f"{of(table)}/versions/1/file").status_code == 403


def test_the_very_same_file_of_another_agency_is_told(table: Table) -> None:
    table.give(BRUISE)
    officer = as_(table.nest.house.council)
    at = f"{of(table, 'police')}/send"
    page = told(officer.post(at, form() | {"file": filed(BRUISE)}))
    assert "Another agency sent this very file" in page
    assert "Health visiting" not in page
    other = SimpleUploadedFile("rows.csv", (HEAD + BRUISE + "\n").encode())
    assert "Another agency sent" not in told(officer.post(at, form() | {"file": other}))


def test_a_large_file_is_looked_at_and_taken_and_what_was_carried_serves_its_agency_alone(
    table: Table,
) -> None:
    visitor = as_(table.nest.house.member)
    rows = BRUISE * 2 + "".join(f"{n} {'no row at all ' * 700}\n" for n in range(300))
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": filed(rows)}))
    manager = as_(table.nest.house.manager)
    other = manager.post(f"{of(table, 'police')}/send", form() | carried(page))
    assert other.status_code == 403
    forged = visitor.post(f"{of(table)}/send", form(file="forged"))
    assert forged.status_code == 403
    post(visitor, f"{of(table)}/send", **carried(page))
    version = Version.objects.get()
    assert (version.rows, len(version.rejected)) == (2, 300)
    page = read(visitor, of(table))
    assert "And 100 rows more" in page
    every = visitor.get(f"{of(table)}/versions/1/not-taken").content.decode("utf-8-sig")
    assert len(every.splitlines()) == 301
    assert "The source of information is missing." in every


def test_a_reader_on_no_key_finds_no_name_beside_the_rows_either(table: Table) -> None:
    """In the name of a file, an own column, a reason, a source; nor the birth in the period."""
    born = date(2018, 1, 7)
    children.tell_identity(
        table.manager, child=table.nest.child, what=What.BIRTH, text="7 January 2018",
        provenance="Red book", reason="Put right",
    )  # fmt: skip
    operations.amend(table.manager, chronology=table.row, terms=replace(TERMS, first=born))
    head = HEAD.rstrip() + ",Samuel Larkspur said\n"
    version = table.give(
        BRUISE.rstrip() + ",Nothing\n" + BRUISE.replace("4 May", "5 May").rstrip() + ",Hello\n",
        head=head, name="SamuelLarkspur.csv",
    )  # fmt: skip
    operations.sign_off(table.visitor, contribution=table.visiting, digest=version.digest)
    first, second = Entry.objects.order_by("pk")
    why = f"{NAME} told so"
    operations.dispute(
        table.reviewer, entry=first, contribution=table.police, words="No", source=why
    )
    pairing = operations.pair(table.reviewer, first=first, second=second, joined=True, reason=why)
    mark = operations.mark(table.reviewer, entry=first, kind=MarkKind.ADULT, value=NAME)
    operations.withdraw_row(table.visitor, entry=second, reason=why)
    chair = table.nest.house.chair
    operations.name_member(
        table.manager, chronology=table.row, whom=chair.person.record, part=Part.REVIEWER
    )
    sought = [
        leaks.Sought(leaks.Kind.NAME, NAME, "Heron"),
        leaks.Sought(leaks.Kind.NAME, "SamuelLarkspur", "Heron"),
        leaks.Sought(leaks.Kind.BIRTH, "7 January 2018", "Heron"),
    ]
    pages = [
        ONE, "/chronologies", of(table), f"{of(table)}/versions/1", f"{of(table)}/versions/2",
        f"{ONE}/rows/{first.pk}", f"{ONE}/rows/{second.pk}", f"{ONE}/merged", f"{ONE}/found",
        f"{ONE}/marks/{mark.pk}/end", f"{ONE}/pairs/{pairing.pk}/undo",
    ]  # fmt: skip
    browser, known = as_(chair), 0
    for at in pages:
        page = read(browser, at)
        assert leaks.scan("page.html", page.encode(), sought) == [], at
        known += "Heron told so" in page or "Heron said" in page
    assert known >= 5, "it would have stood there"
    author = as_(table.nest.house.member)
    assert "7 January 2018" in read(author, ONE), "authors need the days"
    assert "SamuelLarkspur.csv" in read(author, of(table))


def test_one_file_that_two_agencies_look_at_is_kept_by_both_and_a_second_press_does_no_harm(
    table: Table,
) -> None:
    visitor, officer = as_(table.nest.house.member), as_(table.nest.house.council)
    ours, theirs = f"{of(table)}/send", f"{of(table, 'police')}/send"
    pages = [
        told(who.post(at, form() | {"file": filed(BRUISE)}))
        for who, at in ((visitor, ours), (officer, theirs))
    ]
    sent = form() | carried(pages[0])
    assert visitor.post(ours, sent).status_code == 302
    assert visitor.post(ours, sent).status_code == 302, "pressed twice"
    post(officer, theirs, **carried(pages[1]))
    assert Version.objects.count() == 2
