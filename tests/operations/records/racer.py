"""Processes that do the same thing to one database at the same moment.

This one reads orders, one line of JSON each: which act, with what, on which database, and the
socket to answer at. For each it forks a process, which says its number, gets ready, waits for a
line, acts, and says what came of it. It uses the operations that pages use.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from typing import Any, TextIO
from uuid import UUID

import django

django.setup()

from django.db import connections, transaction  # noqa: E402

from concordat.config.environment import database_at  # noqa: E402
from concordat.domain.base.agencies.models import Source  # noqa: E402
from concordat.domain.base.records import operations, queries  # noqa: E402
from concordat.domain.base.records.models import Record  # noqa: E402
from concordat.domain.base.records.rules import RecordKind  # noqa: E402
from concordat.kernel.actor import Actor  # noqa: E402
from concordat.kernel.errors import Stale  # noqa: E402
from tests.operations.records.conftest import DAY, SEALER, SYSTEM  # noqa: E402

line: TextIO


def say(word: object) -> None:
    line.write(json.dumps(word) + "\n")
    line.flush()


def ready() -> None:
    """Open the connection, then wait until everybody is at the start."""
    Record.objects.exists()
    say("ready")
    line.readline()


def rename(record: str, title: str) -> Any:
    ready()
    try:
        made = operations.rename(SYSTEM, record=UUID(record), title=title, seen_version=1)
    except Stale as stale:
        return {"stale": [stale.mine, stale.theirs]}
    return {"version": made.version}


def _risk(key: str, partnership: str, title: str) -> str:
    here = queries.fetch_record(SYSTEM, partnership)
    with operations.once(key):
        made = operations.open_record(
            SYSTEM, kind=RecordKind.RISK, title=title, partnership=here, opened=DAY
        )
    return made.reference


def form(key: str, partnership: str) -> str:
    ready()
    return _risk(key, partnership, "One form")


@operations.operation
def open_and_fail(actor: Actor, *, partnership: Record) -> None:
    operations.open_record(
        actor, kind=RecordKind.RISK, title="Never", partnership=partnership, opened=DAY
    )
    raise ValueError("on purpose")


def references(partnership: str, times: int) -> list[str]:
    """Open that many risks; every fifth time begin one more that fails."""
    ready()
    here = queries.fetch_record(SYSTEM, partnership)
    given = []
    for turn in range(times):
        if turn % 5 == 0:
            with contextlib.suppress(ValueError):
                open_and_fail(SYSTEM, partnership=here)
        given.append(_risk("", partnership, f"Risk {turn}"))
    return given


def amend(partnership: str, field: str, times: int) -> list[str]:
    """Amend one field of a row that others amend too, and say which amendments were lost."""
    ready()
    here = queries.fetch_record(SYSTEM, partnership)
    lost = []
    for turn in range(times):
        values = {field: f"{field} {turn}"}
        operations.keep(
            SYSTEM, model=Source, partnership=here, key="paper", values=values, noun="source"
        )
        if getattr(Source.objects.get(key="paper"), field) != values[field]:
            lost.append(values[field])
    return lost


def seal(times: int) -> list[int]:
    ready()
    made = (operations.seal(SEALER) for _ in range(times))
    return [each.number for each in made if each]


@operations.operation
def open_slowly(actor: Actor, *, partnership: Record) -> Record:
    """Write everything, then wait where a commit would follow, until killed."""
    made = operations.open_record(
        actor, kind=RecordKind.RISK, title="Half done", partnership=partnership, opened=DAY
    )
    operations.rename(actor, record=made.pk, title="Half done still")
    say("written")
    time.sleep(60)
    return made


def killed_before(key: str, partnership: str) -> None:
    ready()
    here = queries.fetch_record(SYSTEM, partnership)
    with operations.once(key):
        open_slowly(SYSTEM, partnership=here)


def killed_after(key: str, partnership: str) -> None:
    """Commit, and wait before answering, until killed."""
    ready()
    _risk(key, partnership, "Committed")
    say("committed")
    time.sleep(60)


def late_event(partnership: str) -> int:
    """Take a number for an event and commit only when told, after others have."""
    ready()
    here = queries.fetch_record(SYSTEM, partnership)

    @operations.operation
    def act(actor: Actor, *, record: Record) -> int:
        number = operations.happened(actor, "number taken", record).pk
        say(number)
        line.readline()
        return number

    with transaction.atomic():
        return act(SYSTEM, record=here)


def run(order: dict[str, Any]) -> None:
    global line
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(order["socket"])
    line = wire.makefile("rw", encoding="utf-8")
    connections.databases["default"] = connections.configure_settings(
        {"default": database_at(order["url"])}
    )["default"]
    with contextlib.suppress(AttributeError):
        del connections["default"]
    say(os.getpid())
    say(globals()[order["act"]](*order["arguments"]))


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for request in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run(json.loads(request))
            os._exit(0)
