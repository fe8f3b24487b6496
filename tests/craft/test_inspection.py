"""A file is looked at in a process that can harm nobody."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from concordat.craft import bounded, inspection
from concordat.craft.sniff import KINDS
from concordat.kernel.errors import Invalid
from tests.craft.hostile import bomb, docx, pdf, png, xlsx

BOUNDED = """
import json, resource, sys
from concordat.craft import bounded
bounded.bound()
names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE")
print(json.dumps([resource.getrlimit(getattr(resource, name))[1] for name in names]))
try:
    held = bytearray(2 * bounded.MEMORY)
except MemoryError:
    print("no memory")
"""


def test_it_says_what_the_child_saw() -> None:
    assert inspection.look_at("a.pdf", pdf()) == KINDS["pdf"]
    assert inspection.look_at("a.xlsx", xlsx()) == KINDS["xlsx"]


def test_it_says_why_as_the_child_said_it() -> None:
    with pytest.raises(Invalid) as told:
        inspection.look_at("a.docx", docx(), kinds={"pdf"})
    assert told.value.faults[0].mend == "Save it as one of these: pdf."


@pytest.mark.parametrize("name", ["a\x00.pdf", "a\ud800.pdf", "../a.pdf", "con.pdf"])
def test_a_bad_name_never_reaches_the_child(name: str) -> None:
    with pytest.raises(Invalid, match="The name"):
        inspection.look_at(name, pdf())


def test_too_much_is_refused_at_once() -> None:
    with pytest.raises(Invalid, match="at most 1 KB"):
        inspection.look_at("a.pdf", pdf() + b"\n" * 2048, limit=1024)


def test_the_child_is_bounded() -> None:
    source = Path(inspection.__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", BOUNDED],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"[{bounded.MEMORY}, {bounded.SECONDS}, 0, 0]" in said
    assert "no memory" in said


def test_who_goes_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly any time the child is killed, and nobody else is."""
    monkeypatch.setattr(inspection, "SECONDS", 0.001)
    with pytest.raises(Invalid, match="more memory or time"):
        inspection.look_at("photo.png", png(3000, 3000))


def test_a_bomb_costs_this_process_nothing() -> None:
    data = bomb(60 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid):
        inspection.look_at("picture.docx", data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 << 10
