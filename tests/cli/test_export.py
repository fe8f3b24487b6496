"""`concordat export`: the same data, the same bytes, and nothing of this database in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytest_django.plugin import DjangoDbBlocker

from concordat.cli import run
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.kernel.sensitivity import Sensitivity
from tests.cli.loaded import Told, answer, refusal, told, world
from tests.databases import Databases, command
from tests.operations.exchange.examples import HERE, LOADER, nothing_changed
from tests.rules.exchange.examples import folder


@pytest.fixture(scope="module", autouse=True)
def banks(databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    yield from world("banks", HERE / "three-banks", databases, migrated, django_db_blocker)


def bytes_of(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(path.iterdir())}


def test_twice_the_same_and_nothing_changed(tmp_path: Path, capsys: Told) -> None:
    with nothing_changed():
        for name in ("one", "other"):
            told(capsys, "export", "together", "--out", str(tmp_path / name))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")
    told(capsys, "export", "together", "--out", str(tmp_path / "one"))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_no_number_stamp_or_reference_of_this_database(tmp_path: Path, capsys: Told) -> None:
    told(capsys, "export", "together", "--out", str(tmp_path))
    whole = "".join(folder(tmp_path).values())
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", whole)
    references = Record.objects.exclude(kind="partnership").values_list("reference", flat=True)
    assert not [each for each in references if each in whole]
    assert "\r" not in whole


def test_every_partnership_comes_out_and_goes_into_an_empty_database(
    databases: Databases, migrated: str, tmp_path: Path, capsys: Told
) -> None:
    slugs = ("together", "north-bank", "south-bank", "isle")
    for slug in slugs:
        told(capsys, "export", slug, "--out", str(tmp_path / "first" / slug))
    url = databases.copier.copy(migrated, "own_export")
    loaded = command("load", str(tmp_path / "first"), url=url, var=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    for slug in slugs:
        out = str(tmp_path / "second" / slug)
        ran = command("export", slug, "--out", out, url=url, var=tmp_path)
        assert ran.returncode == 0, ran.stderr
    databases.copier.drop(url)
    for slug in slugs:
        assert bytes_of(tmp_path / "first" / slug) == bytes_of(tmp_path / "second" / slug)


def test_a_workbook_says_the_same_and_is_the_same_each_time(tmp_path: Path, capsys: Told) -> None:
    for name in ("one", "other"):
        out = str(tmp_path / name)
        told(capsys, "export", "north-bank", "--out", out, "--format", "xlsx")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")
    book = str(tmp_path / "one" / "north-bank.xlsx")
    assert answer(capsys, "load", book, "--dry-run")["changes"] == []


def test_a_folder_of_another_partnership_is_left_alone(tmp_path: Path, capsys: Told) -> None:
    told(capsys, "export", "isle", "--out", str(tmp_path))
    before = bytes_of(tmp_path)
    heard = refusal(capsys, "export", "together", "--out", str(tmp_path))
    assert "holds isle already" in heard
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize(
    ("slug", "mend"), [("togethr", "Did you mean together?"), ("zzzz", "Load its file first")]
)
def test_a_partnership_that_is_not_there(
    slug: str, mend: str, tmp_path: Path, capsys: Told
) -> None:
    assert mend in refusal(capsys, "export", slug, "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_what_is_held_more_closely_is_left_out_and_counted_beside_it(
    tmp_path: Path, capsys: Told
) -> None:
    body = Record.objects.filter(kind="body", partnership__title__contains="Isle").first()
    assert body is not None
    told(capsys, "export", "isle", "--out", str(tmp_path / "before"))
    assert body.title in "".join(folder(tmp_path / "before").values()), "the leak was possible"
    records.restrict(LOADER, record=body, sensitivity=Sensitivity.RESTRICTED, reason="A case.")
    code = run(["export", "isle", "--out", str(tmp_path / "after")])
    heard = capsys.readouterr()
    assert code == 0
    assert "isle: " in heard.err
    assert "bodies (1)" in heard.err
    assert body.title not in heard.err
    whole = "".join(folder(tmp_path / "after").values())
    assert body.title not in whole
    out = str(tmp_path / "book")
    told(capsys, "export", "isle", "--out", out, "--format", "xlsx")
    shared = ZipFile(tmp_path / "book" / "isle.xlsx").read("xl/sharedStrings.xml").decode()
    assert "Isle" in shared
    assert body.title not in shared


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "file"
    file.touch()
    words = refusal(capsys, "export", "together", "--out", str(file / "sub"))
    assert f"{file / 'sub'}, out: This cannot be written" in words
