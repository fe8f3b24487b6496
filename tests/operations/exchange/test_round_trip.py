"""Load, export, load into an empty database, export: the same to the byte."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from concordat.craft import excel
from concordat.domain.assurance.exchange import queries, rules
from concordat.domain.assurance.exchange.models import KeptRow
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Event, EventDetail, Record, SearchEntry
from concordat.domain.base.records.queries import verify
from tests.operations.exchange.conftest import Fresh
from tests.operations.exchange.examples import (
    LOADER,
    WORLDS,
    events_since,
    everything,
    exported,
    last_number,
    load,
    load_world,
)
from tests.rules.exchange.examples import folder, through_sheets

MADE = datetime(2026, 3, 20, tzinfo=UTC)
every_world = pytest.mark.parametrize("path", WORLDS.values(), ids=list(WORLDS))


@pytest.mark.long
@every_world
def test_what_is_exported_loads_again_and_comes_out_the_same(path: Path, fresh: Fresh) -> None:
    with fresh():
        loaded = load_world(path)
        first = exported()
        assert rules.read(first) == rules.read(folder(path)), "no fact is lost or sharpened"
        assert len(loaded.of("add")) == loaded.rows
        slugs = Partnership.objects.values_list("key", flat=True)
        alone = {f"{slug}/{name}": text for slug in slugs for name, text in exported(slug).items()}
        assert alone == (first if len(slugs) > 1 else alone)
    with fresh():
        load(first)
        again = exported()
    assert {name: text.encode() for name, text in again.items()} == {
        name: text.encode() for name, text in first.items()
    }


@pytest.mark.long
@every_world
def test_a_workbook_carries_the_same(path: Path, fresh: Fresh, tmp_path: Path) -> None:
    file = rules.read(folder(path))
    book = tmp_path / "book.xlsx"
    grids = [excel.Grid(name, rows[0], rows[1:]) for name, rows in rules.to_sheets(file)]
    book.write_bytes(excel.write(grids, title="Partnership file", made=MADE))
    sheets = [
        rules.Sheet.of(each.name, each.rows, merged=each.merged, formulas=each.formulas)
        for each in excel.read(book)
    ]
    assert rules.from_sheets(sheets) == file == rules.from_sheets(through_sheets(file))
    with fresh():
        load(rules.to_yaml(rules.from_sheets(sheets)))
        assert rules.read(exported()) == file


@pytest.mark.long
@every_world
def test_every_row_has_its_event_and_the_ledger_stands(path: Path, fresh: Fresh) -> None:
    with fresh():
        loaded = load_world(path)
        slugs = Partnership.objects.count()
        verbs = events_since(0)
        rows = [verb for verb in verbs if verb.endswith(" set down")]
        assert len(rows) == loaded.rows - slugs
        assert verbs.count("partnership founded") == verbs.count("partnership file loaded") == slugs
        opened = [verb for verb in verbs if verb.endswith(" opened")]
        assert len(opened) == Record.objects.count() == SearchEntry.objects.count()
        assert EventDetail.objects.count() == Event.objects.count()
        numbers = list(Event.objects.order_by("pk").values_list("pk", flat=True))
        assert numbers == sorted(set(numbers))
        assert verify() == []


@pytest.mark.long
@every_world
def test_the_same_file_again_changes_nothing_and_leaves_no_event(path: Path, fresh: Fresh) -> None:
    with fresh():
        first = load_world(path)
        before = everything()
        again = load_world(path)
        assert everything() == before
        assert (again.changes, again.unchanged) == ([], first.rows)


@pytest.mark.long
def test_references_and_ids_never_leave(fresh: Fresh) -> None:
    """Two databases that were filled in another order export the same."""
    files = folder(WORLDS["a partnership of partnerships"])
    alone = [name for name in files if not name.startswith("together/")]
    with fresh():
        load(files)
        at_once = exported()
    with fresh():
        for name in reversed(alone):
            missing = "together/" in files[name]
            if not missing:
                load({name: files[name]})
        load(files)
        assert exported() == at_once


@pytest.mark.long
def test_kinds_without_a_package_are_kept_whole(fresh: Fresh) -> None:
    path = WORLDS["a county whose health bodies merged"]
    with fresh():
        load_world(path)
        kinds = set(KeptRow.objects.values_list("kind", flat=True))
        assert "scrutiny" in kinds
        assert not kinds & set(queries.HOMES)
        number = last_number()
        texts = exported()
        texts["finance.yaml"] = texts["finance.yaml"].replace("181230", "181231")
        assert load(texts).amended == 1
        assert events_since(number) == [
            "contribution amended",
            "rows quoted in the text",
            "partnership file loaded",
        ]
        assert "181231" in exported()["finance.yaml"]


@pytest.mark.long
def test_known_keys_are_those_of_other_partnerships(fresh: Fresh) -> None:
    with fresh():
        load_world(WORLDS["a partnership of partnerships"])
        known = queries.known_keys(["together"])
        assert set(known) == {"north-bank", "south-bank", "isle"}
        assert known["isle"]["bodies"] == {"executive"}
        assert queries.file_of(LOADER, ["isle"]).slugs == ("isle",)
