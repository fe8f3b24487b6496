"""What the server of a journey has sent by mail."""

from __future__ import annotations

import email
import json
import re
from email.policy import default
from pathlib import Path

from tests.servers import Server

AT_ONCE = 100
"""So many letters are handed over each time."""


def found_in(world: Server, pattern: str, to: str = "") -> str:
    """What the newest letter that says it, to that address, holds under the pattern's group."""
    _send_all(world)
    return newest_in(world, pattern, to)


def found_once_sent(world: Server, pattern: str, to: str = "") -> str:
    """The same where some letter always waits."""
    hand_over(world)
    return newest_in(world, pattern, to)


def hand_over(world: Server) -> None:
    """Hand over until fewer than a hundred went out: where statutory partners sit in seats, each
    run seals what the one before did and writes to them of it, so that some letter always waits."""
    folder, before = world.var / "mail", -AT_ONCE
    while len(list(folder.glob("*"))) - before >= AT_ONCE:
        before = len(list(folder.glob("*")))
        assert world.command("run-due", "--json").returncode == 0


def newest_in(world: Server, pattern: str, to: str = "") -> str:
    """What the newest letter that was handed over holds under the pattern's group. The example
    sends links to guests of its own: who looks for one says to which address it went."""
    files = sorted((world.var / "mail").glob("*"), key=lambda each: each.stat().st_mtime)
    mine = [_text(each) for each in files if each.is_file() and to in _to(each)]
    told = [hit for each in mine for hit in re.findall(pattern, each)]
    assert told, f"No letter to {to or 'anybody'} says {pattern}."
    return str(told[-1])


def _send_all(world: Server) -> None:
    """Hand over until nothing waits: each time takes so many, and an example's meetings write many.

    That takes as many times as the example has letters, which grows with every day that passes.
    """
    for _ in range(30):
        due = world.command("run-due", "--json")
        assert due.returncode == 0, due.stderr
        if not json.loads(due.stdout)["done"]["messages handed to the mail server"]:
            return
    raise AssertionError("Letters still wait after thirty times of handing over.")


def _to(letter: Path) -> str:
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    return str(message["to"] or "")


def _text(letter: Path) -> str:
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
