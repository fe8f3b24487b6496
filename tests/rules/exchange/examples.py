"""Partnership files for the tests, and short ways to read them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from concordat.domain.assurance.exchange.rules import (
    PartnershipFile,
    Sheet,
    faults,
    read,
    to_sheets,
    to_yaml,
)
from concordat.kernel.errors import Fault

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "examples" / "seeds-2019"
HEAD = (
    "format: 1\npartnership:\n  key: fenmarsh\n  name: Fenmarsh Safeguarding Children Partnership\n"
)


def folder(path: Path) -> dict[str, str]:
    return {
        found.relative_to(path).as_posix(): found.read_text(encoding="utf-8")
        for found in sorted(path.rglob("*.yaml"))
    }


def one(body: str) -> PartnershipFile:
    """A file `fenmarsh.yaml` whose rows begin on line 5."""
    return read({"fenmarsh.yaml": HEAD + dedent(body).lstrip("\n")})


def wrong(body: str) -> list[Fault]:
    return faults(one(body))


def the_fault(body: str) -> Fault:
    found = wrong(body)
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]


def through_sheets(file: PartnershipFile) -> list[Sheet]:
    return [Sheet.of(name, rows) for name, rows in to_sheets(file)]


def whole(file: PartnershipFile) -> PartnershipFile:
    """The file, once it is known to have no fault."""
    assert [str(fault) for fault in faults(file)] == []
    return file


def again(file: PartnershipFile) -> PartnershipFile:
    return read(to_yaml(file))
