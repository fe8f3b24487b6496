# ruff: noqa: E501
"""`concordat load`: bad input ends with 2, names place, field and mend, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cli.loaded import Told, answer, refusal, told, world
from tests.craft import hostile
from tests.databases import Databases
from tests.operations.exchange.examples import (
    HERE,
    everything,
    exported,
    nothing_changed,
    small,
)


@pytest.fixture(scope="module", autouse=True)
def fells(databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The Fells are loaded already; nothing here may change them."""
    yield from world("fells", HERE / "fells", databases, migrated, django_db_blocker)


HEAD = "format: 1\npartnership: {key: fells, name: The Fells}\n"
FULL = small()["fell.yaml"]
SEAT_HELD = (
    "holders:\n- {key: h, seat: council, post: director, from: 2019-01-01, to: 2019-06-30}\n"
)
BAD: list[tuple[str, str, str, str, str]] = [
    # what, yaml, place, field, words of the mend
    ("a date that is none", f"{FULL}holders:\n- {{key: h, seat: council, post: director, from: 2019-02-30}}\n", "f.yaml:12", "from", "Check the source"),
    ("a date nobody can read", f"{FULL}states:\n- {{key: s, body: executive, state: shadow, from: 2018/19}}\n", "f.yaml:12", "from", "Say which months"),
    ("a class unknown", FULL.replace("class: council", "class: counsil"), "f.yaml:4", "class", "Did you mean council"),
    ("a seat without a body", f"{FULL}- {{key: s, role: Health}}\n", "f.yaml:11", "body", "Add “body:”"),
    ("a seat of no body", f"{FULL}- {{key: s, role: Health, body: exeuctive}}\n", "f.yaml:11", "body", "Did you mean executive?"),
    ("a circle of parents", FULL.replace("kind: executive}", "kind: executive, parents: [b]}\n- {key: b, name: B, kind: panel, parents: [executive]}"), "f.yaml:7", "parents", "Take one of these steps away"),
    ("a deputy who is the holder", f"{FULL}{SEAT_HELD}- {{key: d, seat: council, holding: deputy, post: director}}\n", "f.yaml:13", "post", "Name somebody else"),
    ("two sole holders", f"{FULL}{SEAT_HELD}- {{key: i, seat: council, post: director, from: 2019-06-30}}\n", "f.yaml:13", "from", "29 June 2019"),
    ("a named delegation that outlasts the seat", f"{FULL}people: [{{key: sam, name: Sam}}]\nholders:\n- {{key: h, seat: council, person: sam, to: 2019-06-30}}\ndelegations:\n- {{key: d, agency: council, person: sam, from: 2019-01-01}}\n", "f.yaml:15", "to", "End it on 30 June 2019"),
    ("a key twice", f"{FULL}- {{key: council, role: Other, body: executive}}\n", "f.yaml:11", "key", "its own key"),
    ("a period backwards", f"{FULL}states:\n- {{key: s, body: executive, state: shadow, from: 2019-05-01, to: 2019-04-30}}\n", "f.yaml:12", "to", "Check both dates"),
    ("a newer format", FULL.replace("format: 1", "format: 2"), "f.yaml:1", "format", "Update Concordat"),
    ("no format", FULL.replace("format: 1\n", ""), "f.yaml:1", "format", "Add “format: 1”"),
    ("no key of the partnership", FULL.replace("key: fell, ", ""), "f.yaml:2", "key", "Add “key:”"),
    ("no partnership", "bodies:\n- {key: b, name: B, kind: panel}\n", "f.yaml", "partnership", "Put it into the folder"),
    ("an unknown kind of row", f"{FULL}seatz: []\n", "f.yaml:11", "seatz", "Did you mean seats"),
    ("an unknown field", f"{FULL}- {{key: s, role: R, body: executive, bodi: x}}\n", "f.yaml:11", "bodi", "Did you mean body?"),
    ("not YAML", f"{FULL}- {{key: s\n", "f.yaml:", "", "Check the indent"),
    ("an anchor", f"{FULL}- &a {{key: s, role: R, body: executive}}\n", "f.yaml:11", "", ""),
    ("not a partnership file", "- one\n- two\n", "f.yaml", "", "Begin with names such as partnership"),
    ("another's row that is not there", f"{FULL}holders: [{{key: h, seat: council, post: fells/nobody}}]\n", "f.yaml:11", "post", ""),
    ("another partnership that is not there", f"{FULL}holders: [{{key: h, seat: council, post: fels/dcs}}]\n", "f.yaml:11", "post", "Did you mean fells"),
    ("a partial file that clashes with what is kept", f"{HEAD}holders: [{{key: new, seat: dsp-council, post: ach, from: 2025-01-01}}]\n", "f.yaml:3", "from", "End “d”"),
    ("a partial file that makes a circle with what is kept", f"{HEAD}bodies: [{{key: lsp, name: L, kind: executive, parents: [dsp]}}]\n", "f.yaml:3", "parents", "Take one of these steps away"),
    ("a value of the wrong shape", FULL.replace("name: Executive", "name: [a, b]"), "f.yaml:6", "name", ""),
    ("a negative limit", f"{FULL}delegations: [{{key: d, agency: council, post: director, limit: -5}}]\n", "f.yaml:11", "limit", "Write a sum"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("yaml", "place", "field", "mend"), [each[1:] for each in BAD], ids=[each[0] for each in BAD]
)
def test_bad_yaml(
    yaml: str, place: str, field: str, mend: str, tmp_path: Path, capsys: Told
) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(yaml, "utf-8")
    for arguments in (["load", str(path)], ["load", str(path), "--dry-run"]):
        with nothing_changed():
            heard = refusal(capsys, *arguments)
        wanted = f"{place}, {field}: " if field else place
        assert [line for line in heard.splitlines() if line.startswith(wanted) and mend in line], (
            heard
        )


def test_all_faults_are_told_at_once(tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(FULL + "- {key: a, role: A}\n- {key: b, role: B, body: nowhere}\n", "utf-8")
    assert len(refusal(capsys, "load", str(path)).splitlines()) == 2


# --- files that are not what they should be


def book(change: Callable[[Any, Any], None]) -> bytes:
    """A workbook of a small partnership, with something done to its sheet of bodies."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("partnership")
        sheet.write_row(0, 0, ["format", "key", "name"])
        sheet.write_row(1, 0, ["1", "fell", "Fell"])
        bodies = made.add_worksheet("bodies")
        bodies.write_row(0, 0, ["key", "name", "kind", "rhythm"])
        bodies.write_row(1, 0, ["executive", "Executive", "executive", "bi-monthly"])
        change(made, bodies)
    return out.getvalue()


def nothing(_book: Any, _sheet: Any) -> None:
    """Leaves the workbook as it is."""


BOOKS: list[tuple[str, bytes, str, str]] = [
    ("a formula", book(lambda _, s: s.write_formula("B2", "=1+1")), "bodies!B2", "formula"),
    ("merged cells", book(lambda b, s: s.merge_range("A4:B4", "x")), "bodies!A4", "merged"),
    ("a wrong word", book(lambda _, s: s.write("C2", "panle")), "bodies!C2, kind", "Did you mean panel"),
    ("a formula in a column nobody reads", book(lambda _, s: s.write_formula("H9", "=A1")), "bodies!H9", "formula"),
    ("macros", hostile.with_part(book(nothing), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 99), "f.xlsx, file", "macro"),
    ("a bomb", hostile.with_part(book(nothing), "xl/media/x.emf", b"\0" * 600_000_000), "f.xlsx, file", ""),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "f.xlsx, file", ""),
    ("no workbook", b"Seats, holders", "f.xlsx, file", ""),
    ("a workbook without a partnership", hostile.xlsx(), "Seats", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "place", "word"), [each[1:] for each in BOOKS], ids=[each[0] for each in BOOKS]
)
def test_bad_workbooks(data: bytes, place: str, word: str, tmp_path: Path, capsys: Told) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(data)
    with nothing_changed():
        heard = refusal(capsys, "load", str(path))
    assert place in heard
    assert word in heard


@pytest.mark.parametrize("name", ["big.yaml", "big.xlsx"])
def test_a_file_of_50_megabytes_is_refused_unread(name: str, tmp_path: Path, capsys: Told) -> None:
    with (tmp_path / name).open("wb") as file:
        file.seek(50_000_000)
        file.write(b"\0")
    with nothing_changed():
        heard = refusal(capsys, "load", str(tmp_path / name))
    assert f"{name}, file:" in heard


def test_a_folder_of_too_many_megabytes_is_refused(tmp_path: Path, capsys: Told) -> None:
    for number in range(14):
        with (tmp_path / f"{number}.yaml").open("wb") as file:
            file.truncate(7_900_000)
    with nothing_changed():
        assert "more than 100 MB" in refusal(capsys, "load", str(tmp_path))


def unreadable(folder: Path) -> dict[str, Path]:
    """Paths at which there is nothing to read."""
    (folder / "empty").mkdir()
    (folder / "folder.yaml").mkdir()
    (folder / "latin.yaml").write_bytes("name: Caf\u00e9".encode("latin-1"))
    (folder / "bare.yaml").write_bytes(b"")
    (folder / "zeros.yaml").write_bytes(b"\0\0\0")
    return {
        "an empty folder": folder / "empty",
        "a folder called as a file": folder / "folder.yaml",
        "another alphabet": folder / "latin.yaml",
        "an empty file": folder / "bare.yaml",
        "a file of nothing": folder / "zeros.yaml",
        "no file": folder / "missing.yaml",
    }


@pytest.mark.parametrize("what", [
    "an empty folder", "a folder called as a file", "another alphabet", "an empty file",
    "a file of nothing", "no file",
])  # fmt: skip
def test_what_cannot_be_read(what: str, tmp_path: Path, capsys: Told) -> None:
    path = unreadable(tmp_path)[what]
    with nothing_changed():
        heard = refusal(capsys, "load", str(path))
    assert heard.strip()


# --- what is taken


@pytest.fixture
def own(databases: Databases, fells: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A copy that a test may change."""
    from tests.databases import pointed_at

    copy = databases.copier.copy(databases.template("fells", lambda _: None), "own_load")
    with pointed_at(copy, django_db_blocker):
        yield
    databases.copier.drop(copy)


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("as it is", str.encode),
        ("with a mark at its head", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("with line ends of Windows", lambda text: text.replace("\n", "\r\n").encode()),
    ],
)
def test_any_honest_text_is_taken(
    what: str, change: Callable[[str], bytes], own: None, tmp_path: Path, capsys: Told
) -> None:
    text = FULL.replace("Fell Council", "Cyngor Fell \u2013 \u0160t\u011bst\u00ed \U0001f9d2")
    (tmp_path / "f.yaml").write_bytes(change(text))
    assert answer(capsys, "load", str(tmp_path))["added"] == 5
    assert "Cyngor Fell – Štěstí 🧒" in exported("fell")["partnership.yaml"]
    assert answer(capsys, "load", str(tmp_path / "f.yaml"))["changes"] == []


def test_words_that_can_be_read_two_ways_are_kept_with_their_question(
    own: None, tmp_path: Path, capsys: Told
) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(book(nothing))
    assert answer(capsys, "load", str(path))["added"] == 2
    (body,) = answer(capsys, "structure", "fell", "--as-at", "2019-03-29")["bodies"]
    assert "bi-monthly" in body["rhythm"]
    assert "bi-monthly" in exported("fell")["structure.yaml"]


def test_a_dry_run_tells_each_change_and_does_none(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "f.yaml").write_text(
        HEAD + "matters: [{key: teams, title: Teams for all}, {key: new, title: New}]\n", "utf-8"
    )
    with nothing_changed():
        heard = told(capsys, "load", str(tmp_path), "--dry-run")
        found = answer(capsys, "load", str(tmp_path), "--dry-run")
    assert (
        "change fells matters teams: title from “Multi-agency child protection teams” to “Teams for all”"
        in heard
    )
    assert "add fells matters new" in heard
    assert "absent from the file, kept: fells bodies lsp" in heard
    assert (found["added"], found["dry_run"]) == (1, True)
    assert {"partnership", "kind", "key", "verb", "field", "old", "new"} == set(found["changes"][0])


def test_loading_says_what_it_did(own: None, capsys: Told) -> None:
    path = str(HERE / "fells")
    assert "0 are added, 0 amended, 70 unchanged; 0 absent" in told(capsys, "load", path)
    before = everything()
    told(capsys, "load", path)
    assert everything() == before
    heard = json.loads(told(capsys, "load", str(HERE / "two-towns"), "--json"))
    assert (heard["rows"], heard["added"], heard["unchanged"]) == (53, 53, 0)
