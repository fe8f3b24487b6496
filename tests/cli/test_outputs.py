"""Files that commands write: whole under their name, or not there and told by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from concordat.cli import outputs
from concordat.kernel.errors import Invalid


def test_nothing_takes_its_name_before_all_are_written(tmp_path: Path) -> None:
    old = tmp_path / "a.yaml"
    old.write_text("old")
    with pytest.raises(Invalid) as told:
        outputs.write_all({old: b"new", tmp_path / "none" / "b.yaml": b"b"})
    assert "b.yaml, out: This cannot be written: No such file" in str(told.value)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_a_link_stays_a_link_and_leads_to_what_is_new(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    link.symlink_to(file)
    outputs.write(link, b"new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Is a directory"):
        outputs.write(tmp_path, b"new")
    assert tmp_path.is_dir()


def test_a_device_is_written_into_and_stays_one() -> None:
    outputs.write(Path(os.devnull), b"gone")
    assert Path(os.devnull).is_char_device()


def test_a_folder_is_made_or_told(tmp_path: Path) -> None:
    made = outputs.folder(tmp_path / "a" / "b")
    assert made.is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match=r"file/b, out: This cannot be written"):
        outputs.folder(tmp_path / "file" / "b")
