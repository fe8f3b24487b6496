"""Several processes on one database at the same moment, on either engine, with real commits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from concordat.domain.base.agencies.models import Source
from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import (
    Counter,
    Done,
    Event,
    EventDetail,
    Record,
    Seal,
    SealedLeaf,
    SearchEntry,
)
from concordat.domain.base.records.models.walls import missing_walls
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor
from tests.databases import environment
from tests.operations.records.conftest import SEALER, SYSTEM, opened, rows

RACER = Path(__file__).with_name("racer.py")
ROOT = Path(__file__).parents[3]
PATIENCE = 120


class Racer:
    """A process at the other end of a line."""

    def __init__(self, wire: socket.socket) -> None:
        wire.settimeout(PATIENCE)
        self.wire = wire
        self.line = wire.makefile("rw", encoding="utf-8")
        self.number: int = self.hears()

    def hears(self) -> Any:
        return json.loads(self.line.readline() or '"gone"')

    def go(self) -> None:
        self.line.write("go\n")
        self.line.flush()

    def kill(self) -> None:
        os.kill(self.number, signal.SIGKILL)
        assert self.hears() == "gone"

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        self.line.close()
        self.wire.close()


class Race:
    def __init__(self, url: str, orders: IO[str], gate: socket.socket) -> None:
        self.url = url
        self.orders = orders
        self.gate = gate
        self.started: list[Racer] = []

    def racer(self, act: str, *arguments: object) -> Racer:
        order = {"act": act, "arguments": arguments, "url": self.url}
        json.dump({**order, "socket": self.gate.getsockname()}, self.orders, default=str)
        self.orders.write("\n")
        self.orders.flush()
        made = Racer(self.gate.accept()[0])
        self.started.append(made)
        return made

    def run(self, *acts: tuple[object, ...]) -> list[Any]:
        """Start one process an act, let all go at once; what came of each."""
        racers = [self.racer(str(name), *rest) for name, *rest in acts]
        assert [each.hears() for each in racers] == ["ready"] * len(racers)
        for each in racers:
            each.go()
        return [each.hears() for each in racers]


@pytest.fixture(scope="module")
def orders(shared_folder: Path) -> Iterator[IO[str]]:
    """A process that has the program in memory and forks one racer an order."""
    known = environment(f"sqlite:///{shared_folder / 'none.sqlite3'}", shared_folder)
    known["PYTHONPATH"] = f"{known['PYTHONPATH']}:{ROOT}"
    known["CONCORDAT_LEDGER_SECRET"] = settings.LEDGER_SECRET
    process = subprocess.Popen(
        [sys.executable, str(RACER)], env=known, stdin=subprocess.PIPE, text=True
    )
    assert process.stdin
    yield process.stdin
    process.stdin.close()
    assert process.wait(PATIENCE) == 0


@pytest.fixture
def race(inside: str, orders: IO[str]) -> Iterator[Race]:
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as gate:
        gate.bind(f"{folder}/gate")
        gate.listen(16)
        gate.settimeout(PATIENCE)
        made = Race(inside, orders, gate)
        yield made
        for each in made.started:
            each.end()


@pytest.fixture
def here(inside: str) -> Record:
    return opened(RecordKind.PARTNERSHIP, "Here", prefix="HERE")


@pytest.mark.long
def test_of_two_people_who_edit_one_record_one_is_shown_both_texts(
    race: Race, here: Record
) -> None:
    risk = opened(RecordKind.RISK, "As both saw it", here)
    titles = ["One", "Two", "Three"]
    came = race.run(*(("rename", risk.pk, title) for title in titles))
    title = Record.objects.get(pk=risk.pk).title
    winners = [turn for turn, each in enumerate(came) if "version" in each]
    assert [titles[turn] for turn in winners] == [title]
    for turn, each in enumerate(came):
        if turn not in winners:
            assert each == {"stale": [{"Title": titles[turn]}, {"Title": title}]}
    assert Event.objects.filter(verb="risk renamed").count() == 1


@pytest.mark.long
def test_a_form_sent_eight_times_at_once_has_one_effect(race: Race, here: Record) -> None:
    came = race.run(*(("form", "form-1", "HERE"),) * 8)
    assert came == ["HERE-R-0001"] * 8
    assert Record.objects.filter(title="One form").count() == 1
    assert Event.objects.filter(verb="risk opened").count() == 1
    assert Done.objects.count() == 1


@pytest.mark.long
def test_four_processes_count_references_without_duplicate_or_gap(race: Race, here: Record) -> None:
    came = race.run(*(("references", "HERE", 50),) * 4)
    given = sorted(reference for each in came for reference in each)
    assert given == [f"HERE-R-{number:04d}" for number in range(1, 201)]
    assert Counter.objects.get(key="HERE-R").last == 200
    assert not Record.objects.filter(title="Never").exists()
    assert queries.verify() == []


@pytest.mark.long
def test_a_row_amended_by_several_at_once_loses_nothing(race: Race, here: Record) -> None:
    fields = ["title", "author", "version"]
    came = race.run(*(("amend", "HERE", field, 25) for field in fields))
    assert came == [[], [], []]
    kept = Source.objects.get(partnership=here, key="paper")
    assert [getattr(kept, field) for field in fields] == [f"{field} 24" for field in fields]
    assert Event.objects.filter(verb="source set down").count() == 1
    assert Event.objects.filter(verb="source amended").count() == 74
    assert queries.verify() == []


@pytest.mark.long
def test_sealers_at_once_give_each_event_one_leaf(race: Race, here: Record) -> None:
    for turn in range(40):
        opened(RecordKind.RISK, f"Risk {turn}", here)
    came = race.run(*(("seal", 3),) * 4)
    numbers = sorted(number for each in came for number in each)
    assert numbers == list(Seal.objects.order_by("pk").values_list("pk", flat=True))
    assert SealedLeaf.objects.count() == Event.objects.count()
    assert queries.verify(queries.heads()) == []


@pytest.mark.long
def test_sealing_while_others_write_loses_nothing(race: Race, here: Record) -> None:
    race.run(*(("references", "HERE", 15),) * 2, ("seal", 30), ("seal", 30))
    while operations.seal(SEALER):
        pass
    assert queries.extent().unsealed == 0
    assert queries.verify(queries.heads()) == []


def test_an_event_that_commits_after_later_ones_is_sealed_later(race: Race, here: Record) -> None:
    if connection.vendor == "sqlite":
        assert_one_writer(race)
        return
    late = race.racer("late_event", "HERE")
    assert late.hears() == "ready"
    late.go()
    number = late.hears()
    after = Event.objects.get(record=opened(RecordKind.RISK, "After", here).pk).pk
    assert after > number
    first = operations.seal(SEALER)
    late.go()
    assert late.hears() == number
    second = operations.seal(SEALER)
    assert [SealedLeaf.objects.get(event=each).seal for each in (after, number)] == [first, second]
    assert queries.verify(queries.heads()) == []


def assert_one_writer(race: Race) -> None:
    """On SQLite nobody else gets a number before the first writer has committed."""
    late = race.racer("late_event", "HERE")
    other = race.racer("form", "form-1", "HERE")
    assert [each.hears() for each in (late, other)] == ["ready", "ready"]
    late.go()
    number = late.hears()
    other.go()
    late.go()
    assert late.hears() == number
    assert other.hears() == "HERE-R-0001"
    assert Event.objects.get(reference="HERE-R-0001").pk > number


def test_killed_between_write_and_commit_nothing_is_half_done(race: Race, here: Record) -> None:
    before = rows()
    victim = race.racer("killed_before", "form-1", "HERE")
    assert victim.hears() == "ready"
    victim.go()
    assert victim.hears() == "written"
    victim.kill()
    assert rows() == before
    assert race.run(("form", "form-1", "HERE")) == ["HERE-R-0001"], "the key is free again"
    assert queries.verify() == []
    assert missing_walls(connection) == []


def test_killed_after_commit_the_form_sent_again_has_one_effect(race: Race, here: Record) -> None:
    victim = race.racer("killed_after", "form-1", "HERE")
    assert victim.hears() == "ready"
    victim.go()
    assert victim.hears() == "committed"
    victim.kill()
    after = rows()
    assert race.run(*(("form", "form-1", "HERE"),) * 2) == ["HERE-R-0001"] * 2
    assert rows() == after
    risk = Record.objects.get(reference="HERE-R-0001")
    assert SearchEntry.objects.filter(record=risk).count() == 1
    event = Event.objects.get(record=risk.pk)
    assert EventDetail.objects.filter(pk=event.pk).exists()


def test_work_after_the_commit_does_not_use_the_forms_key(inside: str, here: Record) -> None:
    renamed = []
    risk = opened(RecordKind.RISK, "Before", here)

    @operations.operation
    def rename_and_again(actor: Actor, *, record: Record) -> Record:
        transaction.on_commit(
            lambda: renamed.append(operations.rename(actor, record=record.pk, title="Later").title)
        )
        return operations.rename(actor, record=record.pk, title="Now")

    for _ in range(2):
        with operations.once("form-1"):
            rename_and_again(SYSTEM, record=risk)
    assert renamed == ["Later"]
    assert Record.objects.get(pk=risk.pk).version == 3
