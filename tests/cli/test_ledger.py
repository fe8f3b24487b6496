"""`ledger` on databases of their own: what it finds, writes, and refuses to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from concordat.cli import run
from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Event, Seal, SealedLeaf
from concordat.domain.base.records.models.walls import missing_walls
from concordat.domain.base.records.rules import RecordKind
from tests.databases import command
from tests.operations.records.conftest import nothing_changed, opened
from tests.operations.records.tampering import without_walls
from tests.walls import behind_the_wall

Told = pytest.CaptureFixture[str]


@pytest.fixture
def sealed(db: None) -> None:
    here = opened(RecordKind.PARTNERSHIP, "Here", prefix="HERE")
    opened(RecordKind.RISK, "Thresholds differ", here)
    assert run(["ledger", "seal"]) == 0
    opened(RecordKind.RISK, "Neglect", here)


def test_all_as_written(sealed: None, capsys: Told) -> None:
    capsys.readouterr()
    with nothing_changed():
        assert run(["ledger", "verify"]) == 0
    told = capsys.readouterr().out
    assert told == "All as written: 3 events in 1 seal. 1 event not sealed yet.\n"


def test_json_tells_the_extent_and_no_finding(sealed: None, capsys: Told) -> None:
    capsys.readouterr()
    assert run(["ledger", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "events": 3,
        "seals": 1,
        "unsealed": 1,
        "heads": 0,
        "findings": [],
    }


def test_an_altered_event_is_named(sealed: None, capsys: Told) -> None:
    event = Event.objects.get(reference="HERE-R-0001")
    connection.check_constraints()
    capsys.readouterr()
    with without_walls():
        Event.objects.filter(pk=event.pk).update(actor="Somebody else")
        assert run(["ledger", "verify"]) == 1
        assert f"Event {event.pk} was altered." in capsys.readouterr().out.splitlines()
        assert run(["ledger", "verify", "--json"]) == 1
        [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert finding == {"what": f"Event {event.pk} was altered.", "event": event.pk, "seal": None}


def test_a_row_slipped_in_and_a_row_taken_out_are_named(sealed: None, capsys: Told) -> None:
    last = Event.objects.order_by("pk").last()
    assert last
    connection.check_constraints()
    with without_walls():
        Event.objects.filter(pk=last.pk).update(id=last.pk + 100)
        assert run(["ledger", "verify"]) == 1
        told = capsys.readouterr().out
        assert f"Event {last.pk + 100} is in no seal and was altered or inserted.\n" in told
        gone, left = SealedLeaf.objects.filter(seal=1).order_by("-position")[:2]
        taken = Event.objects.filter(pk__in=[gone.event, last.pk + 100])
        taken._raw_delete("default")  # type: ignore[attr-defined]
        assert run(["ledger", "verify", "--json"]) == 1
        heard = json.loads(capsys.readouterr().out)
        assert (heard["events"], heard["unsealed"]) == (1, 0)
        assert f"Event {gone.event}, sealed in seal 1, was removed." in words_of(heard)
        leaf = SealedLeaf.objects.filter(pk=gone.pk)
        leaf._raw_delete("default")  # type: ignore[attr-defined]
        assert run(["ledger", "verify", "--json"]) == 1
        heard = json.loads(capsys.readouterr().out)
    assert f"Seal 1 lost 1 leaf, the first after event {left.event}." in words_of(heard)


def words_of(heard: dict[str, Any]) -> list[str]:
    return [each["what"] for each in heard["findings"]]


def test_sealing_is_done_once(sealed: None, capsys: Told) -> None:
    capsys.readouterr()
    assert run(["ledger", "seal"]) == 0
    assert run(["ledger", "seal"]) == 0
    assert capsys.readouterr().out == "1 seal made.\nEvery event is sealed already.\n"
    assert Seal.objects.count() == 2


def test_kept_heads_show_a_cut_tail(sealed: None, tmp_path: Path, capsys: Told) -> None:
    kept = tmp_path / "heads.txt"
    assert run(["ledger", "seal"]) == 0
    assert run(["ledger", "heads", "--out", str(kept)]) == 0
    assert [json.loads(line)["seal"] for line in kept.read_text().splitlines()] == [1, 2]
    assert list(tmp_path.iterdir()) == [kept], "no draft is left behind"
    assert run(["ledger", "verify", "--head", str(kept)]) == 0
    assert "compared with 2 heads that partners kept" in capsys.readouterr().out
    connection.check_constraints()
    with without_walls():
        SealedLeaf.objects.filter(seal=2)._raw_delete("default")  # type: ignore[attr-defined]
        Seal.objects.filter(pk=2)._raw_delete("default")  # type: ignore[attr-defined]
        assert run(["ledger", "verify"]) == 0
        assert run(["ledger", "verify", "--head", str(kept)]) == 1
    assert "Seal 2, which a partner holds, was cut off." in capsys.readouterr().out


def test_several_partners_heads_are_read(sealed: None, tmp_path: Path, capsys: Told) -> None:
    line = json.dumps(next(queries.heads()))
    files = [tmp_path / name for name in ("council.txt", "police.txt")]
    for file in files:
        file.write_text(f"\n{line}\r\n\n", "utf-8")
    assert run(["ledger", "verify", *(word for f in files for word in ("--head", str(f)))]) == 0
    assert "compared with 2 heads" in capsys.readouterr().out


def test_a_look_since_a_head_says_what_it_left_out(
    sealed: None, tmp_path: Path, capsys: Told
) -> None:
    assert run(["ledger", "seal"]) == 0
    kept = tmp_path / "heads.txt"
    assert run(["ledger", "heads", "--out", str(kept)]) == 0
    for since in ("2", str(kept)):
        capsys.readouterr()
        assert run(["ledger", "verify", "--since-head", since]) == 0
        told = capsys.readouterr().out
        assert told.startswith("All as written: 3 events in 2 seals")
        assert "Not looked at: 2 events sealed before seal 2, for which its signed head" in told
    assert run(["ledger", "verify", "--since-head", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["not_looked_at"] == {"seal": 2, "events": 2}
    assert run(["ledger", "verify", "--since-head", "1"]) == 0
    assert "everything was looked at" in capsys.readouterr().out


def test_a_head_that_does_not_hold_is_nothing_to_start_from(
    sealed: None, tmp_path: Path, capsys: Told
) -> None:
    head = {**next(queries.heads()), "signature": "cd"}
    file = tmp_path / "heads.txt"
    file.write_text(json.dumps(head), "utf-8")
    assert run(["ledger", "verify", "--since-head", str(file)]) == 1
    told = capsys.readouterr().out
    assert "is not signed by this system" in told
    assert "Not looked at: 3 events" in told
    empty = tmp_path / "empty.txt"
    empty.write_text("", "utf-8")
    for since, why in (("7", "There is no seal 7"), (str(empty), "holds no seal head")):
        assert run(["ledger", "verify", "--since-head", since]) == 2
        assert why in capsys.readouterr().err


GOOD: dict[str, Any] = {"seal": 1, "hash": "ab", "signature": "cd"}
BAD = {
    "not json": ("{", "line 1: This is not a seal head."),
    "a list": ("[]", "line 1: This is not a seal head."),
    "nested": ("[" * 100_000, "line 1: This is not a seal head."),
    "no hash": (json.dumps({**GOOD, "hash": None}), "line 1, hash: This must be text."),
    "seal as text": (json.dumps({**GOOD, "seal": "1"}), "line 1, seal: This must be a number."),
    "seal as yes": (json.dumps({**GOOD, "seal": True}), "line 1, seal: This must be a number."),
    "seal nought": (json.dumps({**GOOD, "seal": 0}), "line 1, seal: There is no seal"),
    "seal too high": (json.dumps({**GOOD, "seal": 2**63}), "line 1, seal: There is no seal"),
    "second line": (json.dumps(GOOD) + "\nx", "line 2: This is not a seal head."),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_holds_no_heads_is_refused(
    db: None, tmp_path: Path, capsys: Told, case: str
) -> None:
    text, told = BAD[case]
    file = tmp_path / "heads.txt"
    file.write_text(text, "utf-8")
    assert run(["ledger", "verify", "--head", str(file)]) == 2
    error = capsys.readouterr().err
    assert f"{file}, {told}" in error
    assert "Give the file as it was received" in error


def test_a_file_that_cannot_be_read_is_refused(db: None, tmp_path: Path, capsys: Told) -> None:
    binary = tmp_path / "heads.bin"
    binary.write_bytes(b"\xff\xfe\x00")
    for file, told in ((tmp_path / "none", "There is no file"), (binary, "is not a text file")):
        assert run(["ledger", "verify", "--head", str(file)]) == 2
        assert told in capsys.readouterr().err


def test_a_forged_head_is_a_finding(sealed: None, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "heads.txt"
    for signature in ("cd", "zz", "é", "0" * 128):
        file.write_text(json.dumps({**GOOD, "signature": signature}), "utf-8")
        assert run(["ledger", "verify", "--head", str(file)]) == 1
        assert "is not signed by this system" in capsys.readouterr().out


def test_heads_go_to_a_folder_that_is_there(sealed: None, tmp_path: Path, capsys: Told) -> None:
    assert run(["ledger", "heads", "--out", str(tmp_path / "none" / "heads.txt")]) == 2
    assert "heads.txt, out: This cannot be written" in capsys.readouterr().err
    assert run(["ledger", "heads"]) == 2


def test_fallen_walls_are_raised(sealed: None, capsys: Told) -> None:
    connection.check_constraints()
    capsys.readouterr()
    assert run(["ledger", "walls"]) == 0
    on = " ON records_seal" if connection.vendor == "postgresql" else ""
    with behind_the_wall(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER records_seal_no_update{on}")
    assert run(["ledger", "walls"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Every wall stands.",
        "Raised again: records_seal_no_update.",
    ]
    assert missing_walls(connection) == []


def test_from_outside(own_database: str, tmp_path: Path) -> None:
    """As a timer or an acceptance check calls it, on a database with nothing in it."""
    found = [
        command("ledger", *words, url=own_database, var=tmp_path)
        for words in (
            ["seal"],
            ["verify", "--json", "--jobs", "2"],
            ["verify", "--hed", "x"],
            ["verfy"],
        )
    ]
    assert [each.returncode for each in found] == [0, 0, 2, 2], [each.stderr for each in found]
    assert json.loads(found[1].stdout)["findings"] == []
    assert "Traceback" not in "".join(each.stderr for each in found)
