"""What is kept is kept whole, under its own digest, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft import files
from concordat.kernel.errors import Refused

DATA = b"Minutes of the executive"
KILLED = """
import os, signal, sys
from pathlib import Path
from concordat.craft import files
def die(*told, **more):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, sys.argv[2], die)
files.put(Path(sys.argv[1]), b"x" * 5_000_000)
"""


def kept(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def test_bytes_come_back_as_they_went_in(tmp_path: Path) -> None:
    digest = files.put(tmp_path, DATA)
    assert files.read(tmp_path, digest) == DATA
    assert kept(tmp_path) == [files.path_of(tmp_path, digest)]
    assert kept(tmp_path)[0].stat().st_mode & 0o777 == 0o600


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    assert files.put(tmp_path, DATA) == files.put(tmp_path, DATA)
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("syscall", ["fsync", "fdopen"])
def test_a_server_killed_half_way_leaves_no_file_under_a_digest(
    tmp_path: Path, syscall: str
) -> None:
    source = Path(files.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), syscall],
        env={"PYTHONPATH": str(source)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert {each.parent.name for each in kept(tmp_path)} <= {files.INCOMING}
    digest = files.put(tmp_path, b"x" * 5_000_000)
    assert files.read(tmp_path, digest) == b"x" * 5_000_000


def test_what_a_killed_server_left_is_swept_a_day_later(tmp_path: Path) -> None:
    files.put(tmp_path, DATA)
    old, young = (tmp_path / files.INCOMING / name for name in ("old", "young"))
    for each in (old, young):
        each.write_bytes(b"half")
    long_ago = time.time() - files.LEFT_OVER - 60
    os.utime(old, (long_ago, long_ago))
    files.put(tmp_path, b"another")
    assert not old.exists()
    assert young.exists()


def test_a_damaged_or_missing_file_is_told_and_mended_by_the_same_bytes(tmp_path: Path) -> None:
    digest = files.put(tmp_path, DATA)
    path = files.path_of(tmp_path, digest)
    path.write_bytes(DATA[:-1])
    with pytest.raises(Refused, match="damaged"):
        files.read(tmp_path, digest)
    files.put(tmp_path, DATA)
    assert files.read(tmp_path, digest) == DATA
    path.unlink()
    with pytest.raises(Refused, match="missing"):
        files.read(tmp_path, digest)


@pytest.mark.parametrize(
    "digest",
    ["", "../../etc/passwd", "a" * 63, "a" * 65, "A" * 64, "a" * 63 + "\n", "/" + "a" * 63],
)
def test_nothing_but_a_digest_becomes_a_path(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        files.path_of(tmp_path, digest)


@given(st.text(max_size=80))
def test_no_free_text_leads_anywhere(said: str) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        files.path_of(Path("store"), f"{said}/")


def test_what_is_laid_aside_is_there_for_a_day_and_no_part_of_the_store(tmp_path: Path) -> None:
    digest = files.lay_aside(tmp_path, DATA)
    assert files.lay_aside(tmp_path, DATA) == digest
    assert files.laid_aside(tmp_path, digest) == DATA
    with pytest.raises(Refused, match="missing"):
        files.read(tmp_path, digest)
    long_ago = time.time() - files.LEFT_OVER - 60
    os.utime(tmp_path / files.ASIDE / digest, (long_ago, long_ago))
    other = files.lay_aside(tmp_path, b"another")
    with pytest.raises(Refused, match="more than a day ago"):
        files.laid_aside(tmp_path, digest)
    assert files.sweep(tmp_path) == 0
    os.utime(tmp_path / files.ASIDE / other, (long_ago, long_ago))
    assert files.sweep(tmp_path) == 1
    assert not list((tmp_path / files.ASIDE).iterdir())
    assert files.sweep(tmp_path / "nowhere") == 0
    with pytest.raises(ValueError, match="digest"):
        files.laid_aside(tmp_path, "../secret")
