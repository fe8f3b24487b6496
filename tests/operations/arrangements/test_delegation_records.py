"""Delegations that were on record before they had records of their own get them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from concordat.domain.assurance.exchange import queries, rules
from concordat.domain.base.records.models import SearchEntry
from concordat.domain.governance.arrangements.models import Delegation
from tests.databases import environment
from tests.operations.exchange.examples import LOADER, WORLDS, load
from tests.rules.exchange.examples import folder


def _exported() -> dict[str, str]:
    return dict(rules.to_yaml(queries.file_of(LOADER)))


def _without_money() -> dict[str, str]:
    """The tables of money stand above and go on the way back, which is refused while they hold
    anything."""
    files = folder(WORLDS["two councils and two forces"])
    told = {name: text.partition("\nshares:")[0] + "\n" for name, text in files.items()}
    assert told != files
    return told


def _migrate(url: str, var: Path, *to: str) -> None:
    call = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", *to]
    subprocess.run(call, env=environment(url, var), check=True, capture_output=True)


@pytest.mark.long
def test_the_migration_gives_each_a_record_and_the_file_stays_the_same_to_the_byte(
    inside: str, tmp_path: Path
) -> None:
    load(_without_money())
    before, keys = _exported(), set(Delegation.objects.values_list("key", flat=True))
    titles = dict(Delegation.objects.values_list("key", "record__title"))
    assert keys
    _migrate(inside, tmp_path, "arrangements", "0003")
    _migrate(inside, tmp_path)
    rows = list(Delegation.objects.select_related("record", "partnership"))
    assert {row.key for row in rows} == keys
    assert {row.key: row.record.title for row in rows} == titles
    assert {row.record.kind for row in rows} == {"delegation"}
    assert all(row.record.partnership_id == row.partnership_id for row in rows)
    assert len({row.record.reference for row in rows}) == len(rows)
    found = SearchEntry.objects.filter(record__in=[row.record for row in rows])
    assert found.count() == len(rows)
    assert _exported() == before
