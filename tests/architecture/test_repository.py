"""What the repository may hold: nothing of one machine, no registry, no unfinished work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, kept_files, python_files, where

LARGEST = 1024 * 1024
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml"}
# A letter of each stands in brackets, so that no pattern finds itself here.
HOSTS = re.compile(r"pyp[i]\.org|pythonhoste[d]\.|npmj[s]\.|deb\.debia[n]\.")
INDEXES = re.compile(r"--(?:extra-)?index-ur[l]|--find-link[s]")
MACHINE = re.compile(r"(?<![\w.~$}/])/(?:wor[k]|roo[t]|tm[p]|hom[e])/[\w.]")
UNFINISHED = re.compile(
    r"TOD[O]|FIXM[E]|raise NotImplementedErro[r]|\bxfai[l]\b|(?:pytest|mark)\.ski[p]|"
    r"unittest\.moc[k]"
)
PIN = re.compile(r"^[a-z0-9][\w.-]*(\[[\w,-]+\])?==[^ ]+", re.IGNORECASE)


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in kept_files():
        try:
            found.append((path, path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def lines_with(pattern: re.Pattern[str], text: str) -> list[int]:
    if not pattern.search(text):
        return []
    return [number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


@pytest.mark.parametrize("pattern", [HOSTS, INDEXES, MACHINE], ids=["hosts", "indexes", "machine"])
def test_nothing_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    assert not [where(path, line) for path, text in texts() for line in lines_with(pattern, text)]


def test_no_work_is_left_unfinished() -> None:
    files = python_files("src", "tests", "scripts")
    found = [
        where(path, line)
        for path in files
        for line in lines_with(UNFINISHED, path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (HOSTS, ("files.python", "hosted.org/x")),
        (INDEXES, ("pip --index", "-url x")),
        (MACHINE, ('Path("/wo', 'rk/main")')),
        (UNFINISHED, ("# TO", "DO: later")),
    ],
)
def test_what_must_not_stand_is_caught(pattern: re.Pattern[str], parts: tuple[str, str]) -> None:
    assert lines_with(pattern, "first line\n" + "".join(parts)) == [2]
    assert not lines_with(pattern, "home/work/main, src/tmp/x and $HOME/tmp/x")


def test_no_lock_file_is_kept() -> None:
    assert not [path for path in kept_files() if path.name in LOCKS]
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, facts in packages.items() if "resolved" in facts]
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


def unpinned(text: str) -> list[str]:
    """The requirements that are not at one version or carry no hash."""
    joined = text.replace("\\\n", " ")
    wanted = [
        line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return [line for line in wanted if not PIN.match(line) or "--hash=sha256:" not in line]


def test_every_requirement_is_pinned_with_its_hashes() -> None:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    assert files
    assert not [line for file in files for line in unpinned(file.read_text("utf-8"))]


def test_a_loose_requirement_is_caught() -> None:
    assert unpinned("django==5.2\n") == ["django==5.2"]
    assert unpinned("django>=5 \\\n    --hash=sha256:00\n")
    assert not unpinned("# why\ndjango==5.2 ; python_version >= '3.11' \\\n    --hash=sha256:00\n")


def test_no_file_is_huge() -> None:
    assert not [path for path in kept_files() if path.stat().st_size > LARGEST]
