"""Chronologies as a manager sets them, agencies tell them and a reviewer reads them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from concordat.craft import leaks
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import looks_at
from concordat.domain.practice.chronologies import operations
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Entry,
    Mark,
    Member,
    Pairing,
    Version,
)
from concordat.domain.practice.chronologies.rules import MarkKind, Stage
from tests.operations.children.examples import NAME
from tests.operations.chronologies.examples import DAY, HEAD, LAST, Table
from tests.operations.mail.cast import LOADER
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

BRUISE = "4 May 2018,10:00,Bruise seen on the cheek at a home visit,Told nobody,,Visit notes\n"
SAME = "4 May 2018,10:05,Bruise on the cheek seen at the home visit,,,Log 9\n"
NAMED = "6 May 2018,,Samuel Larkspur weighed,None,,Red book\n"
ONE = "/chronologies/HERE-CY-0001"


def of(table: Table, which: str = "visiting") -> str:
    return f"{ONE}/agencies/{getattr(table, which).pk}"


def filed(text: str, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (HEAD + text).encode())


def carried(page: str) -> dict[str, str]:
    """What the page of a file carries to the page that keeps its rows."""
    (file,) = re.findall(r'name="file" value="([^"]+)"', page)
    return {"file": file}


def test_a_manager_opens_a_chronology_asks_and_names_the_team(table: Table) -> None:
    manager = as_(table.nest.house.manager)
    period = day("first", date(2018, 1, 1)) | day("last", date(2019, 1, 1))
    answers: dict[str, Any] = {
        "partnership": "HERE", "title": "Heron again", "columns": ["Event"], "gap": 60, "told": 7,
        "contact": 28, "children": [table.nest.child.record.reference],
    }  # fmt: skip
    back = period | day("last", date(2017, 1, 1))
    page = told(manager.post("/chronologies/open", form(**answers, **back)), 422)
    assert "The period ends before it begins" in page
    assert "Heron again" in page
    answer = post(manager, "/chronologies/open", **answers, **period)
    assert answer.url == "/chronologies/HERE-CY-0002"
    two = answer.url
    assert "No agency is asked yet" in read(manager, two)
    agency = table.police.agency.record.reference
    post(manager, f"{two}/agencies/ask", agency=agency, **day("due", date(2019, 4, 1)))
    again = manager.post(f"{two}/agencies/ask", form(agency=agency, **day("due", DAY)))
    assert "is asked already" in told(again, 422)
    row = Chronology.objects.get(record__reference="HERE-CY-0002")
    seat = table.nest.house.council.seat.record.reference
    wrong = {"whom": seat, "part": "author for an agency"}
    assert "An author writes for one agency" in told(
        manager.post(f"{two}/team/add", form(**wrong)), 422
    )
    post(manager, f"{two}/team/add", **wrong, contribution=row.contributions.get().pk)
    page = read(manager, two)
    assert "Police" in page
    assert "Colin Council" in page


def test_what_is_asked_is_changed_against_what_was_seen(table: Table) -> None:
    manager = as_(table.nest.house.manager)
    seen = Record.objects.get(pk=table.row.pk).version
    answers = {"title": "Heron, whole", "gap": 30, "told": 7, "contact": 28, "themes": "Neglect"}
    answers |= day("first", date(2018, 1, 1)) | day("last", date(2019, 3, 1))
    stale = manager.post(f"{ONE}/terms", form(**answers, seen_version=seen - 1))
    assert "Heron, whole" in told(stale, 409)
    post(manager, f"{ONE}/terms", **answers, seen_version=seen)
    pair = f"{table.police.pk}-{table.visiting.pk}"
    post(
        manager, f"{ONE}/look-for", pairs=[pair],
        **{f"days_{table.visiting.pk}": 28}, seen_version=seen + 1,
    )  # fmt: skip
    page = read(manager, ONE)
    assert "Heron, whole" in page
    assert "Health visiting every 28 days" in page
    assert "Health visiting of Police" in page


def test_a_file_is_looked_at_before_anything_is_written(table: Table) -> None:
    visitor = as_(table.nest.house.member)
    at = f"{of(table)}/send"
    assert "Which columns does the table need?" in read(visitor, at)
    page = told(visitor.post(at, form() | {"file": filed(BRUISE + "6 May 2018,,Weighed,,,\n")}))
    assert "Some rows cannot be taken" in page
    assert "The source of information is missing" in page
    assert not Version.objects.exists()
    answer = post(visitor, at, **carried(page))
    assert answer.url == of(table)
    page = read(visitor, of(table))
    assert "1 row stand" in page or "Rows of the last file that were not taken" in page
    assert "The source of information is missing" in page
    again = told(visitor.post(at, form() | {"file": filed(BRUISE + "6 May 2018,,Weighed,,,\n")}))
    assert "This file was given before" in again
    assert "Keep these rows" not in again
    for name, text in (("rows.csv", "\x00"), ("rows.xlsx", "x"), ("rows.exe", "x")):
        bad = visitor.post(at, form() | {"file": SimpleUploadedFile(name, text.encode())})
        assert "Error: " in told(bad, 422)


@pytest.mark.long
def test_what_is_to_be_checked_far_down_a_file_is_shown_before_it_is_kept(table: Table) -> None:
    visitor = as_(table.nest.house.member)
    plain = "".join(f"{1 + n % 28} May 2018,,Weighed {n},,,Red book\n" for n in range(150))
    file = filed(plain + "?22 May,,Seen at the clinic,,,Red book\n")
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": file}))
    assert "1 row without a date" in page
    assert "Further rows with something to check" in page
    assert "The year is not stated" in page
    assert "Weighed 149" not in page
    assert "And 50 rows more, of which nothing is to be noted" in page
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": filed(BRUISE)}))
    assert "Further rows" not in page
    assert "without a date" not in page


def test_a_workbook_is_read_as_its_cells_show_it_and_a_word_form_as_it_is_seen(
    table: Table,
) -> None:
    visitor = as_(table.nest.house.member)
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        tab = book.add_worksheet("Rows")
        for at, (code, event) in enumerate((("mmm-yy", "Weighed"), ("d-mmm", "Seen")), 1):
            may = datetime(2018, 5, 22, tzinfo=UTC).replace(tzinfo=None)
            tab.write_datetime(at, 0, may, book.add_format({"num_format": code}))
            tab.write_row(at, 1, [event, "Red book"])
        tab.write_row(0, 0, ["Date", "Event", "Source of information"])
    file = SimpleUploadedFile("rows.xlsx", out.getvalue())
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": file}))
    assert "shows only “22 May”" in page or "shows only &quot;22 May&quot;" in page
    assert "22 May 2018" not in page
    post(visitor, f"{of(table)}/send", **carried(page))
    kept = {e.told["Event"]: e.told["Date"] for e in Entry.objects.all()}
    assert kept == {"Weighed": "May 2018", "Seen": "22 May"}
    document = docx.Document()
    grid = document.add_table(2, 3)
    words = ("Date", "Event", "Source of information", "", "Seen by a nurse", "Visit notes")
    for number, word in enumerate(words):
        grid.cell(number // 3, number % 3).text = word
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:date/></w:sdtPr><w:sdtContent><w:r>"
        "<w:t>4 May 2018</w:t></w:r></w:sdtContent></w:sdt>"
    )
    grid.cell(1, 0).paragraphs[0]._p.append(parse_xml(control))
    out = BytesIO()
    document.save(out)
    file = SimpleUploadedFile("rows.docx", out.getvalue())
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": file}))
    assert "Every row can be taken" in page
    assert "4 May 2018" in page


def test_rows_are_typed_changed_withdrawn_and_signed_off(table: Table) -> None:
    visitor = as_(table.nest.house.member)
    wrong = {"date": "31 June 2018", "event": "Weighed"}
    page = told(visitor.post(f"{of(table)}/rows/add", form(**wrong)), 422)
    assert "Weighed" in page
    page = told(visitor.post(f"{of(table)}/rows/add", form(**wrong, source="Red book")), 422)
    assert "31 June 2018" in page
    good = {"date": "?early 2018", "event": "Weighed", "source": "Red book"}
    post(visitor, f"{of(table)}/rows/add", **good)
    entry = Entry.objects.get()
    assert "?early 2018" in read(visitor, of(table))
    at = f"{ONE}/rows/{entry.pk}"
    read(visitor, at)
    post(visitor, f"{at}/change", **good | {"action": "None"}, seen_version=entry.pk)
    stale = visitor.post(f"{at}/change", form(**good | {"action": "Mine"}, seen_version=entry.pk))
    page = told(stale, 409)
    assert "Mine" in page
    assert "A wording before" in read(visitor, at)
    version = Version.objects.get()
    unsure = visitor.post(f"{of(table)}/sign", form(digest=version.digest))
    assert "Confirm that they were checked" in told(unsure, 422)
    post(visitor, f"{of(table)}/sign", digest=version.digest, sure="yes")
    assert "Signed off, version 1" in read(visitor, of(table))
    post(visitor, f"{at}/withdraw", reason="Another family")
    page = read(visitor, of(table))
    assert "Changed since it was signed off" in page
    assert "Weighed" in read(visitor, f"{of(table)}/versions/2")
    assert visitor.get(f"{at}/change").status_code == 404


def test_a_reviewer_reads_marks_joins_and_splits(table: Table) -> None:
    table.signed(BRUISE)
    table.signed(SAME, by=table.officer, of=table.police)
    reviewer = as_(table.nest.house.health)
    page = read(reviewer, f"{ONE}/merged")
    assert "<svg" in page
    assert "Without School: nothing is signed off." in page
    page = read(reviewer, f"{ONE}/found")
    assert "They share" in page
    stem = Entry.objects.order_by("pk")[0].pk
    assert f"/rows/{stem}/pair?with=2" in page
    same = {"other": 1, "joined": "yes", "reason": "One visit"}
    told(reviewer.post(f"{ONE}/rows/{stem}/pair", form(**same)), 422)
    missing = reviewer.post(f"{ONE}/rows/{stem}/pair", form(**same | {"other": 99}))
    assert "There is no row 99" in told(missing, 422)
    post(reviewer, f"{ONE}/rows/{stem}/pair?with=2", **same | {"other": 2})
    assert "Joined with row 2" in read(reviewer, f"{ONE}/merged")
    post(reviewer, f"{ONE}/pairs/{Pairing.objects.get().pk}/undo")
    assert "Joined with row" not in read(reviewer, f"{ONE}/merged")
    bad = reviewer.post(f"{ONE}/rows/{stem}/mark", form(kind="theme|Poverty"))
    assert "As what?" in told(bad, 422)
    assert "Theme: Neglect" in read(reviewer, f"{ONE}/rows/{stem}/mark")
    post(reviewer, f"{ONE}/rows/{stem}/mark", kind="theme|Neglect")
    assert Mark.objects.get().value == "Neglect"
    post(reviewer, f"{ONE}/marks/{Mark.objects.get().pk}/end")
    post(reviewer, f"{ONE}/rows/{stem}/mark", kind="missed chance", words="Nobody was told")
    page = read(reviewer, f"{ONE}/merged?mark=missed+chance")
    assert "Missed chance" in page
    assert "Log 9" not in page
    post(reviewer, f"{ONE}/marks/{Mark.objects.get(ended_on=None).pk}/end")
    post(
        reviewer, f"{ONE}/rows/{stem}/dispute",
        contribution=table.police.pk, words="On the arm", source="Log 9",
    )  # fmt: skip
    page = read(reviewer, f"{ONE}/merged?agency=Health+visiting")
    assert "Disputed by Police: On the arm" in page
    assert "Bruise seen on the cheek" in page
    settle = re.findall(r"/disputes/\d+/settle", read(reviewer, f"{ONE}/rows/{stem}"))
    post(reviewer, f"{ONE}{settle[0]}", words="Both stand")


def test_names_are_for_who_is_on_the_key_and_each_look_is_noted(table: Table) -> None:
    table.signed(NAMED)
    reviewer = as_(table.nest.house.health)
    page = read(reviewer, f"{ONE}/merged")
    assert "Heron weighed" in page
    assert "Larkspur" not in page
    page = read(reviewer, f"{ONE}/merged?names=yes")
    assert "With names" in page
    seen = looks_at(table.manager, table.nest.child.key)
    assert [each.what for each in seen] == ["read names in a chronology"]
    operations.name_member(
        table.manager, chronology=table.row, whom=table.nest.house.chair.seat.record,
        part="reviewer",  # type: ignore[arg-type]
    )  # fmt: skip
    chair = as_(table.nest.house.chair)
    assert "Read with names" not in read(chair, f"{ONE}/merged")
    assert chair.get(f"{ONE}/merged?names=yes").status_code == 404
    answer = chair.post(f"{ONE}/export", form(ending="docx", view="names"))
    assert answer.status_code == 422


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_file_leaves_by_label_and_a_leak_stops_it(table: Table, ending: str) -> None:
    table.signed(NAMED)
    reviewer = as_(table.nest.house.health)
    answer = reviewer.post(f"{ONE}/export", form(ending=ending, view="labels"))
    assert answer.status_code == 200
    assert f"HERE-CY-0001-labels.{ending}" in answer["Content-Disposition"]
    name = leaks.Sought(leaks.Kind.NAME, NAME, "Heron")
    assert not leaks.scan(f"a.{ending}", answer.content, [name])
    answer = reviewer.post(f"{ONE}/export", form(ending=ending, view="names"))
    assert leaks.scan(f"a.{ending}", answer.content, [name])


def test_a_single_word_of_a_name_is_looked_at_by_a_person(table: Table) -> None:
    table.signed("6 May 2018,,The larkspur in the yard was cut,,,Red book\n")
    reviewer = as_(table.nest.house.health)
    page = told(reviewer.post(f"{ONE}/export", form(ending="docx", view="labels")), 422)
    assert "A single word of it" in page
    answer = reviewer.post(f"{ONE}/export", form(ending="docx", view="labels", looked="yes"))
    assert answer.status_code == 200


def test_the_wrong_agency_an_outsider_and_an_ended_reviewer_see_nothing(table: Table) -> None:
    """On the day after the reviewer's last; it opened to them while their time lasted."""
    mark_world(LOADER, name="test", practice_date=LAST + timedelta(days=1))
    table.signed(BRUISE)
    stem = Entry.objects.get().pk
    officer = as_(table.nest.house.council)
    assert "Health visiting" not in read(officer, ONE)
    for at in (of(table), f"{of(table)}/send", f"{of(table)}/versions/1", f"{ONE}/rows/{stem}"):
        assert officer.get(at).status_code == 404
    for at in ("merged", "found", "export", "terms", "lock"):
        assert officer.get(f"{ONE}/{at}").status_code == 403
    outsider, chair = as_(table.nest.house.outsider), as_(table.nest.house.chair)
    for browser in (outsider, chair):
        for at in (ONE, f"{ONE}/merged", of(table), f"{ONE}/rows/{stem}"):
            assert browser.get(at).status_code == 404
        assert "Heron" not in read(browser, "/chronologies")
    ended = as_(table.nest.house.health)
    for at in (ONE, f"{ONE}/merged", f"{ONE}/export"):
        assert ended.get(at).status_code == 404


def test_a_manager_chases_extends_ends_and_locks(table: Table) -> None:
    manager = as_(table.nest.house.manager)
    post(manager, f"{of(table)}/chase")
    post(manager, f"{of(table)}/extend", reason="Half term", **day("due", date(2019, 5, 7)))
    page = read(manager, of(table))
    assert "7 May 2019" in page
    member = Member.objects.get(grant__grantee=table.nest.house.health.person.record)
    early = manager.post(
        f"{ONE}/team/{member.pk}/end", form(reason="Left", **day("on", date(2019, 1, 1)))
    )
    assert "before it began" in told(early, 422)
    post(manager, f"{ONE}/team/{member.pk}/end", reason="Left", **day("on", DAY))
    post(manager, f"{ONE}/lock", reason="Done", seen_version=_version(table))
    assert manager.get(f"{ONE}/lock").status_code == 403
    _stands_locked(manager, table)
    assert manager.get(f"{of(table)}/send").status_code == 403
    post(manager, f"{ONE}/unlock", reason="A late file", seen_version=_version(table))
    assert Chronology.objects.get(pk=table.row.pk).stage == Stage.OPEN


def test_a_locked_chronology_offers_no_form_about_its_rows(table: Table) -> None:
    table.signed(BRUISE)
    manager = as_(table.nest.house.manager)
    at = f"{ONE}/rows/{Entry.objects.get().pk}"
    assert manager.get(f"{at}/mark").status_code == 200
    operations.lock(table.manager, chronology=table.row, reason="Done")
    assert "locked it on" in read(manager, at)
    for form_ in ("mark", "pair", "dispute"):
        assert "Its manager can unlock it." in told(manager.get(f"{at}/{form_}"), 403), form_


def _stands_locked(manager: Client, table: Table) -> None:
    """Every page says who locked it; none counts days, tells how to add a row or offers a form."""
    author = as_(table.nest.house.member)
    for at in (ONE, of(table), f"{ONE}/merged", f"{ONE}/found"):
        page = read(manager, at)
        assert re.search(r"locked it on .* Why: Done", page), at
        assert f'href="{ONE}/unlock">you unlock it</a>' in page, at
        assert "No row can be taken now" not in page
        assert "days left" not in page
    page = read(author, of(table))
    assert "until its manager unlocks it" in page
    assert "Add one, or send a file." not in page
    assert "Why: Done" not in page


def _version(table: Table) -> int:
    return Record.objects.get(pk=table.row.pk).version


def test_marks_of_a_chronology_are_drawn_in_its_lane(table: Table) -> None:
    table.signed(BRUISE)
    operations.mark(table.reviewer, entry=Entry.objects.get(), kind=MarkKind.MISSED)
    assert "1 missed chance" in read(as_(table.nest.house.health), f"{ONE}/merged")


def test_rows_are_found_by_what_is_in_use_alone_and_by_label(table: Table) -> None:
    head = "Date,Event,Person,Source of information\n"
    version = table.give(
        "4 May 2018,Weighed,,Book\n5 May 2018,Rang,Mother's partner,Book\n"
        f"6 May 2018,Cried,{NAME},Book\n",
        head=head,
    )  # fmt: skip
    operations.sign_off(table.visitor, contribution=table.visiting, digest=version.digest)
    first = Entry.objects.order_by("pk")[0]
    operations.mark(table.reviewer, entry=first, kind=MarkKind.ADULT, value="Lodger")
    operations.mark(table.reviewer, entry=first, kind=MarkKind.THEME, value="Neglect")
    reviewer = as_(table.nest.house.health)
    page = unescape(read(reviewer, f"{ONE}/merged"))
    for offered in ("Heron", "Lodger", "Mother's partner", "Neglect", "Was the child heard?"):
        assert re.search(rf"<option[^>]*>\s*{re.escape(offered)}", page), offered
    assert NAME not in page
    for asked, events in (
        ("person=Heron", {"Weighed", "Cried"}),
        ("adult=Lodger", {"Weighed"}),
        ("adult=Mother%27s+partner", {"Rang"}),
        ("theme=Neglect", {"Weighed"}),
        ("person=Heron&names=yes", {"Weighed", "Cried"}),
    ):
        page = read(reviewer, f"{ONE}/merged?{asked}")
        assert {e for e in ("Weighed", "Rang", "Cried") if f">{e}<" in page} == events, asked


def test_a_date_of_figures_is_shown_as_it_was_read_to_who_checks_it_and_who_reads_it(
    table: Table,
) -> None:
    visitor, rows = as_(table.nest.house.member), "04/02/2018,,Weighed,,,Book\n2018,,Moved,,,Book\n"
    page = told(visitor.post(f"{of(table)}/send", form() | {"file": filed(rows)}))
    assert "Read as 4 February 2018" in page
    post(visitor, f"{of(table)}/send", **carried(page))
    post(visitor, f"{of(table)}/sign", digest=Version.objects.get().digest, sure="yes")
    reviewer = as_(table.nest.house.health)
    for page in (read(visitor, of(table)), read(reviewer, f"{ONE}/merged")):
        assert "04/02/2018" in page
        assert "4 February 2018" in page
        assert "1 January 2018" not in page.replace("1 January 2018 to 1", ""), "a year says so"


def test_the_tick_that_leaks_were_looked_at_is_asked_where_there_are_any(table: Table) -> None:
    table.signed("6 May 2018,,The larkspur in the yard was cut,,,Red book\n")
    reviewer, asked = as_(table.nest.house.health), "I looked at each place"
    assert asked not in read(reviewer, f"{ONE}/export")
    page = told(reviewer.post(f"{ONE}/export", form(ending="xlsx", view="labels")), 422)
    assert asked in page


def test_a_file_that_leaves_out_rows_says_which_it_would_withdraw(table: Table) -> None:
    table.give(BRUISE)
    visitor, at = as_(table.nest.house.member), f"{of(table)}/send"
    page = told(visitor.post(at, form() | {"file": filed("6 May 2018,,Weighed,,,Book\n")}))
    assert "Rows that stand now would be withdrawn" in page
    assert "1 row that stand" not in page
    assert "Bruise seen on the cheek" in page
    whole = filed(BRUISE + "6 May 2018,,Weighed,,,Book\n")
    assert "would be withdrawn" not in told(visitor.post(at, form() | {"file": whole}))
