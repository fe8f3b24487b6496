"""A cast that is lent comes back as it was built, whatever the test before did to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from concordat.craft import files
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import open_record
from concordat.domain.base.records.rules import RecordKind
from tests.casts import Casts, Kept, rolled_back
from tests.databases import connection_to
from tests.operations.mail.cast import DAY, LOADER, House, build
from tests.walls import WroteOutsideOperation, behind_the_wall

ORPHAN = "UPDATE records_record SET owner_id = '00000000-0000-0000-0000-00000000dead'"


@dataclass
class Village:
    house: House
    risk: Record
    notes: list[str]
    digest: str


def village(house: House) -> Village:
    transaction.on_commit(_never)
    digest = files.put(Path(settings.MEDIA_ROOT), b"Invented.")
    return Village(house, house.risk("Drains"), ["as built"], digest)


def _never() -> None:
    raise AssertionError("what waits for the commit of a cast is never done")


def careless() -> None:
    Record.objects.update(title="Written by nobody")


@pytest.fixture(scope="session")
def villages(casts: Casts) -> Kept[Village]:
    return casts.keep(village, upon=casts.keep(build))


@pytest.fixture
def lent(villages: Kept[Village]) -> Iterator[Village]:
    with villages.lent() as village:
        yield village


def titles() -> list[str]:
    return list(Record.objects.filter(kind=RecordKind.REQUEST).values_list("title", flat=True))


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_did_is_undone(lent: Village, time: str) -> None:
    assert (titles(), lent.notes) == (["Drains"], ["as built"])
    assert lent.risk.partnership_id == lent.house.here.pk
    assert files.read(Path(settings.MEDIA_ROOT), lent.digest) == b"Invented."
    lent.notes.append(time)
    lent.house.risk(f"Opened {time}")
    assert len(titles()) == 2


def test_what_ends_broken_is_still_an_error(villages: Kept[Village]) -> None:
    with pytest.raises(IntegrityError), villages.lent(), behind_the_wall():
        connection.cursor().execute(ORPHAN)
    with villages.lent():
        assert titles() == ["Drains"]


def test_given_away_it_is_committed_and_nobody_else_sees_it(villages: Kept[Village]) -> None:
    with villages.given() as (village, url):
        village.house.risk("Opened for good")
        assert not connection.in_atomic_block
        with closing(connection_to(url, pooled=False)) as other, other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM records_record WHERE kind = 'request'")
            assert cursor.fetchone() == (2,)
    with villages.lent():
        assert titles() == ["Drains"]


def test_lent_within_a_test_the_database_before_is_put_aside_as_it_stood(
    db: None, villages: Kept[Village]
) -> None:
    open_record(
        LOADER, kind=RecordKind.PARTNERSHIP, title="Own", partnership=None, prefix="O", opened=DAY
    )
    before = list(Record.objects.values_list("title", flat=True))
    with villages.lent(), rolled_back():
        assert "Own" not in Record.objects.values_list("title", flat=True)
    assert list(Record.objects.values_list("title", flat=True)) == before == ["Own"]


def test_a_builder_that_writes_past_operations_is_stopped(casts: Casts) -> None:
    with pytest.raises(WroteOutsideOperation):
        casts.keep(careless)
