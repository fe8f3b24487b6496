"""What the server of a journey has sent by mail."""

from __future__ import annotations

import email
import re
from email.policy import default
from pathlib import Path

from tests.servers import Server


def found_in(world: Server, pattern: str) -> str:
    """What the newest letter that says it holds under the pattern's group."""
    for _ in range(3):
        # Each time hands over so many letters, and the example's meetings write many.
        assert world.command("run-due").returncode == 0
    files = sorted((world.var / "mail").glob("*"), key=lambda each: each.stat().st_mtime)
    told = [hit for each in files if each.is_file() for hit in re.findall(pattern, _text(each))]
    assert told, f"No letter says {pattern}."
    return str(told[-1])


def _text(letter: Path) -> str:
    message = email.message_from_bytes(letter.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
