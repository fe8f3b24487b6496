"""A partnership's file, brought in with its difference shown and taken out as it was."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from tests.operations.seats.county import County, nothing_changed
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

FILES = "/partnership/here/files"


def taken_out(browser: Client, way: str) -> bytes:
    answer = browser.get(f"{FILES}/export/{way}")
    assert answer.status_code == 200
    return bytes(answer.content)


def bring(browser: Client, name: str, data: bytes) -> object:
    file = SimpleUploadedFile(name, data)
    return browser.post(f"{FILES}/bring", {"file": file, "form_key": str(uuid4())})


def with_a_change(data: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace("Westshire", "West county"))
    return out.getvalue()


def test_what_was_taken_out_comes_back_without_a_change(county: County) -> None:
    manager = as_(county.house.manager)
    for way, name in (("zip", "here.zip"), ("workbook", "here.xlsx")):
        with nothing_changed():
            answer = bring(manager, name, taken_out(manager, way))
        assert "The file says what is kept already" in told(answer)
    assert taken_out(manager, "zip") == taken_out(manager, "zip")


def test_the_difference_is_shown_before_anything_is_written(county: County) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = bring(manager, "here.zip", with_a_change(taken_out(manager, "zip")))
    page = told(answer)
    for words in ("What would change", "Westshire", "West county"):
        assert words in page
    carried = answer.context["form"].initial["carried"]  # type: ignore[attr-defined]
    post(manager, f"{FILES}/load", carried=carried)
    assert Agency.objects.get(pk=county.west.pk).name == "West county"
    document = Document.objects.select_related("record", "about").get()
    page = read(manager, FILES)
    for words in ("Mary Manager", "The file, as it was chosen", document.record.reference):
        assert words in page
    assert document.about_id == county.home.pk
    version = document.versions.get()
    assert (version.name, version.media_type) == ("here.zip", "application/zip")
    assert version.note == "0 added, 1 amended, 27 unchanged, 0 absent and kept"
    kept = manager.get(f"/documents/{document.record.reference}/versions/1")
    assert "West county" in ZipFile(BytesIO(kept.content)).read("partnership.yaml").decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("other.yaml", b"partnership:\n  key: there\n  name: There\n", "not of Here"),
        ("here.yaml", b"partnership:\n  key: here\n", "name"),
        ("here.yaml", b"\xff\xfe\x00", "UTF-8"),
        ("here.yaml", b"a: [", ""),
        ("here.zip", b"not a zip", ""),
        ("here.xlsx", b"not a workbook", ""),
        ("here.docx", b"words", "must be"),
        ("here.yaml", b"", "empty"),
        ("here.yaml", b"x" * 1_000_001, "smaller than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why(
    county: County, name: str, data: bytes, words: str
) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = bring(manager, name, data)
    assert words in told(answer, 422)


def workbook(spoil: Callable[[Any, Any], object]) -> bytes:
    """A good workbook of this partnership, and then something that is not good."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("partnership")
        sheet.write_row(0, 0, ["format", "key", "name"])
        sheet.write_row(1, 0, [1, "here", "Here"])
        spoil(book, sheet)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda book, sheet: sheet.write_formula(1, 2, "=1+1"), "partnership!C2: This cell holds"),
        (lambda book, sheet: sheet.merge_range(3, 0, 3, 2, ""), "These cells are merged"),
        (lambda book, sheet: book.add_worksheet("agencys"), "Did you mean agencies"),
        (lambda book, sheet: sheet.write(1, 0, 2), "newer than this Concordat reads"),
    ],
)
def test_a_workbook_that_says_two_things_is_refused_with_its_cell(
    county: County, spoil: Callable[[Any, Any], object], words: str
) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        answer = bring(manager, "here.xlsx", workbook(spoil))
    assert words in told(answer, 422)


def test_what_was_meddled_with_on_the_way_is_refused(county: County) -> None:
    manager = as_(county.house.manager)
    with nothing_changed():
        told(post(manager, f"{FILES}/load", 400, carried="meddled"), 400)
        post(manager, f"{FILES}/load", 302)


def test_who_may_not_change_is_refused_and_who_may_not_know_finds_nothing(county: County) -> None:
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    read(member, FILES)
    for tail in ("/bring", "/export/zip", "/export/workbook", "/load"):
        read(member, FILES + tail, 403)
    for tail in ("", "/bring", "/export/zip", "/load"):
        read(outsider, FILES + tail, 404)
        assert client().get(FILES + tail).status_code == 302
    read(as_(county.house.manager), f"{FILES}/export/pdf", 404)
