"""Files as they arrive: of a wrong kind, hostile, too large, too new, without a home."""

from __future__ import annotations

import pytest

from concordat.domain.assurance.exchange.rules import faults, read
from concordat.domain.assurance.exchange.rules.marks import BIGGEST_FILE, BIGGEST_FOLDER
from concordat.kernel.errors import Fault
from tests.rules.exchange.examples import HEAD, whole

SECOND = HEAD.replace("fenmarsh", "wold").replace("Fenmarsh", "Wold")


def only(files: dict[str, str]) -> Fault:
    found = faults(read(files))
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]


HOSTILE = {
    "areas: [{key: a, name: *x}]": ("bad.yaml:5", "Anchors and aliases (& and *) are not allowed."),
    "areas: &x [{key: a}]": ("bad.yaml:5", "Anchors and aliases (& and *) are not allowed."),
    "areas: !!python/object/apply:os.system [ls]": ("bad.yaml:5", "Tags (!) are not allowed."),
    "areas: " + "[" * 5000: ("bad.yaml:5", "This is nested too deeply."),
    "areas: " + "{a: " * 5000: ("bad.yaml:5", "This is nested too deeply."),
    "areas: [": ("bad.yaml:6", "This is not YAML"),
    "---\na: b": ("bad.yaml:5", "This file holds more than one document."),
    "? [a]\n: b": ("bad.yaml:5", "A name must be a plain text."),
    "areas: \x00": ("bad.yaml", "This is not YAML"),
    "areas: \ud800": ("bad.yaml", "This is not YAML"),
    'areas: [{key: a, name: "\\0"}]': ("bad.yaml:5", "control or broken character (U+0000)"),
}


@pytest.mark.parametrize(("body", "told"), HOSTILE.items())
def test_a_hostile_or_broken_file(body: str, told: tuple[str, str]) -> None:
    place, message = told
    found = faults(read({"bad.yaml": HEAD + body}))
    hit = next(fault for fault in found if message in fault.message)
    assert hit.place == place
    assert hit.mend


def test_a_file_of_50_mb_is_refused_by_its_size() -> None:
    fault = only({"big.yaml": "#" * 50_000_000})
    assert str(fault).startswith("big.yaml: This file is too large (50 MB).")
    assert f"below {BIGGEST_FILE // 1_000_000} MB" in fault.mend


def test_files_that_are_too_large_together() -> None:
    part = "#" * BIGGEST_FILE
    fault = only({f"{n}.yaml": part for n in range(BIGGEST_FOLDER // BIGGEST_FILE + 1)})
    assert fault.message == "The files together are too large."


def test_a_file_of_a_newer_format_is_told_alone_whatever_else_is_wrong() -> None:
    newer = HEAD.replace("format: 1", "format: 2") + "things: [1]\nareas: nonsense"
    fault = only({"new.yaml": newer})
    assert fault.message == "This file has format 2, newer than this Concordat reads (1)."
    assert (fault.place, fault.field) == ("new.yaml:1", "format")
    assert "Update Concordat" in fault.mend


@pytest.mark.parametrize("told", ["format: one\n", "format: 0\n", "format: [1]\n", ""])
def test_a_missing_or_unknown_format(told: str) -> None:
    fault = only({"a.yaml": HEAD.replace("format: 1\n", told)})
    assert fault.field == "format"
    assert "format: 1" in fault.mend


def test_a_text_of_more_than_20000_characters() -> None:
    fault = only({"a.yaml": f"{HEAD}areas: [{{key: a, name: {'x' * 20_001}}}]"})
    assert fault.message == "This text is too long (20,001 characters)."


def test_nothing_at_all() -> None:
    assert only({}).message == "There is no partnership here."
    assert only({"a.yaml": "# nothing yet\n"}).message == "There is no partnership here."


@pytest.mark.parametrize("told", ["just words", "- a\n- b"])
def test_a_file_that_is_something_else(told: str) -> None:
    assert only({"a.yaml": told}).message == "This file is not a partnership file."


def test_a_partnership_without_a_key_or_name() -> None:
    found = faults(read({"a.yaml": "format: 1\npartnership:\n  short: X\n"}))
    assert [(fault.field, fault.place) for fault in found] == [
        ("key", "a.yaml:3"),
        ("name", "a.yaml:3"),
    ]


def test_files_of_one_folder_are_one_partnership() -> None:
    files = {
        "world/fenmarsh/partnership.yaml": HEAD,
        "world/fenmarsh/areas.yaml": "areas: [{key: a, name: A}]",
        "world/fenmarsh/more/areas.yaml": "areas: [{key: b, name: B}]",
        "world/wold/partnership.yaml": SECOND,
        "world/wold/areas.yaml": "areas: [{key: a, name: A}]",
    }
    file = whole(read(files))
    assert file.slugs == ("fenmarsh", "wold")
    assert [len(chapter.rows["areas"]) for chapter in file.chapters] == [2, 1]


def test_several_partnerships_in_one_folder_each_in_a_file() -> None:
    assert whole(read({"f.yaml": HEAD, "w.yaml": SECOND})).slugs == ("fenmarsh", "wold")


def test_a_file_that_could_belong_to_two_partnerships() -> None:
    fault = only({"f.yaml": HEAD, "w.yaml": SECOND, "areas.yaml": "areas: [{key: a, name: A}]"})
    assert "f.yaml and w.yaml head one" in fault.message
    assert fault.place == "areas.yaml"


def test_a_file_that_belongs_to_no_partnership() -> None:
    fault = only({"x/f.yaml": HEAD, "y/areas.yaml": "areas: [{key: a, name: A}]"})
    assert fault.message == "This file belongs to no partnership."


def test_two_partnerships_of_one_key() -> None:
    fault = only({"f.yaml": HEAD, "g.yaml": HEAD})
    assert fault.message == "The partnership “fenmarsh” is also at f.yaml:3."
    assert fault.place == "g.yaml:3"
