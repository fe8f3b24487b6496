"""Work on what strangers sent, in a process of its own, so that a bomb harms nobody but itself.

The child bounds its own memory, time and files before it reads a byte, is told nothing of the
environment, and answers with a plain mapping or with what is wrong.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from concordat.kernel.errors import Fault, Invalid

MEMORY = 1 << 30
SECONDS = 20
"""Of the processor. On the clock it may take three times as long on a busy machine."""

_SOURCE = os.path.abspath(f"{__file__}/../../..")  # noqa: PTH100 - loaded by every child
_CHILD = "from concordat.craft.bounded import answer; from {} import work; answer(work)"
Work = Callable[[dict[str, Any], bytes], dict[str, Any]]


def ask(
    module: str, asked: dict[str, Any], data: bytes, *, beyond: Invalid, seconds: float = SECONDS
) -> dict[str, Any]:
    """What the module's `work` says of these bytes. Raises what the child found wrong, or
    `beyond` where it took more memory or time than it is given."""
    import subprocess  # of no use to the child

    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-c", _CHILD.format(module), str(max(1, int(seconds)))],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            env={"PYTHONPATH": _SOURCE, "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=seconds * 3,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise beyond from problem
    if done.returncode:
        raise beyond
    answer: dict[str, Any] = json.loads(done.stdout)
    if "faults" in answer:
        raise Invalid([Fault(**fault) for fault in answer["faults"]])
    return answer


def answer(work: Work) -> None:
    """The child's whole life: bound itself, read, work, say."""
    bound(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        said = work(json.loads(head), data)
    except Invalid as told:
        said = {"faults": [asdict(fault) for fault in told.faults]}
    sys.stdout.write(json.dumps(said))


def bound(seconds: int = SECONDS) -> None:
    """No more memory, time, files or core dumps than looking needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
