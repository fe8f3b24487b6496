"""A file is looked at in a process that can harm nobody."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

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


PROBE = """
import os, sys, time

AT_NEED = ("decimal",)


def target(number):
    try:
        return os.readlink(f"/dev/fd/{number}").partition(":")[0]
    except OSError:
        return "the list itself"


def work(asked, data):
    if asked.get("end"):
        os.kill(os.getppid(), 9)
    if asked.get("sleep"):
        time.sleep(asked["sleep"])
    if asked.get("fail"):
        raise KeyError("a fault of the program")
    return {
        "pid": os.getpid(),
        "template": os.getppid(),
        "environment": sorted(os.environ),
        "held": [target(each) for each in os.listdir("/dev/fd")],
        "loaded": "decimal" in sys.modules,
        "long": len(data),
        "said": data[:20].decode(),
        "back": "x" * asked.get("back", 0),
    }
"""


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Work of our own, under a name that no other test has a template of."""
    name = f"probe_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(PROBE, "utf-8")
    monkeypatch.setattr(bounded, "_SOURCE", f"{bounded._SOURCE}{os.pathsep}{tmp_path}")

    def asked(data: bytes = b"", *, seconds: float = bounded.SECONDS, **told: int) -> Any:
        return bounded.ask(name, told, data, beyond=Invalid("Too much."), seconds=seconds)

    yield asked
    if held := bounded._templates.pop(name, None):
        held.close()


def test_each_is_looked_at_by_a_child_of_one_template(probe: Callable[..., Any]) -> None:
    first, second = probe(b"one"), probe(b"two")
    assert (first["said"], second["said"]) == ("one", "two")
    assert first["template"] == second["template"]
    assert len({os.getpid(), first["template"], first["pid"], second["pid"]}) == 4
    assert first["loaded"], "what is loaded late is loaded beforehand in the template"


def test_a_child_is_told_nothing_and_can_split_off_no_other(
    probe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    with socket.socket() as ours:
        ours.set_inheritable(True)
        told = probe()
    assert not {"DATABASE_PASSWORD", "DATABASE_URL", "PATH"} & set(told["environment"])
    assert sorted(told["held"]) == ["/dev/null", "/dev/null", "socket", "the list itself"]


def test_much_goes_in_and_comes_back(probe: Callable[..., Any]) -> None:
    told = probe(b"x" * 5_000_000, back=3_000_000)
    assert (told["long"], len(told["back"])) == (5_000_000, 3_000_000)


def test_many_may_ask_at_once(probe: Callable[..., Any]) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(probe, [str(number).encode() for number in range(24)]))
    assert [each["said"] for each in told] == [str(number) for number in range(24)]
    assert len({each["pid"] for each in told}) == 24
    assert len({each["template"] for each in told}) == 1


def test_a_template_that_somebody_ended_is_started_again(probe: Callable[..., Any]) -> None:
    first = probe()
    with suppress(Invalid):
        probe(end=1)
    again = next(told for told in (_tried(probe) for _ in range(100)) if told)
    assert again["template"] != first["template"]


def _tried(probe: Callable[..., Any]) -> Any:
    try:
        return probe()
    except Invalid:
        return None


def test_a_child_that_breaks_or_is_too_slow_is_beyond_and_the_next_is_looked_at(
    probe: Callable[..., Any],
) -> None:
    first = probe()
    with pytest.raises(Invalid, match="Too much"):
        probe(fail=1)
    with pytest.raises(Invalid, match="Too much"):
        probe(sleep=5, seconds=0.01)
    assert probe()["template"] == first["template"]


@pytest.mark.long
def test_a_bomb_costs_this_process_nothing() -> None:
    data = bomb(60 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid):
        inspection.look_at("picture.docx", data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 << 10
