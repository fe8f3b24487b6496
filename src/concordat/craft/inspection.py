"""Looking hard at a file in a process of its own, so that a bomb harms nobody but itself.

The child bounds its own memory, time and files before it reads a byte, is told nothing of the
environment, and answers with what the file is or why it is refused.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

from concordat.craft import sniff
from concordat.craft.archives import shown
from concordat.craft.sniff import LIMIT, Sniffed
from concordat.kernel.errors import Fault, Invalid

MEMORY = 1 << 30
SECONDS = 20
"""Of the processor. On the clock it may take three times as long on a busy machine."""

_SOURCE = str(Path(__file__).parents[2])


def look_at(
    name: str, data: bytes, *, limit: int = LIMIT, kinds: Collection[str] = frozenset(sniff.KINDS)
) -> Sniffed:
    """What the file is, or Invalid with the reason. Sizes are bytes."""
    sniff.check_name(name)
    if len(data) > limit:
        return sniff.look_at(name, data, limit=limit, kinds=kinds)
    asked = {"name": name, "limit": limit, "kinds": sorted(kinds)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            env={"PYTHONPATH": _SOURCE, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS * 3,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise _beyond(name) from problem
    if done.returncode:
        raise _beyond(name)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "faults" in answer:
        raise Invalid([Fault(**fault) for fault in answer["faults"]])
    return Sniffed(**answer)


def _beyond(name: str) -> Invalid:
    return Invalid(
        f"'{shown(name)}' takes more memory or time to look at than any honest file.",
        mend="Save it afresh as a PDF and send that.",
    )


def _bound() -> None:
    """No more memory, time, files or core dumps than looking needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        seen = sniff.look_at(**asked, data=data)
        if seen.kind == "excel":
            from concordat.craft import excel

            excel.read(data)
    except Invalid as told:
        return {"faults": [asdict(fault) for fault in told.faults]}
    return asdict(seen)


def _main() -> None:
    _bound()
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(_look(json.loads(head), data)))


if __name__ == "__main__":
    _main()
