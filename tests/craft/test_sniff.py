"""What is refused at the door and what is let in."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft.archives import Limits, opened
from concordat.craft.excel import read
from concordat.craft.sniff import KINDS, Sniffed, check_name, look_at, safe_name
from concordat.kernel.errors import Invalid
from tests.craft.hostile import Case, docx, honest, hostile, jpg, pdf, png

MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def bad() -> list[Case]:
    return hostile()


def refusal(case: Case) -> str:
    """Why the case is refused, or nothing where it is taken."""
    try:
        if case.family == "bomb far cell":
            read(case.data)
        else:
            look_at(case.name, case.data)
    except Invalid as told:
        return str(told)
    return ""


def outcome(name: str, data: bytes) -> str:
    try:
        return look_at(name, data).kind
    except Invalid as told:
        return str(told)


@pytest.mark.long
def test_every_hostile_file_is_refused_for_its_own_reason(bad: list[Case]) -> None:
    told = {case: refusal(case) for case in bad}
    assert len(bad) >= 140
    assert [str(case) for case, said in told.items() if not said] == []
    wrong = [(str(case), said) for case, said in told.items() if case.reason not in said]
    assert wrong == []


@pytest.mark.long
def test_no_refusal_repeats_what_could_disturb_a_page(bad: list[Case]) -> None:
    told = [refusal(case) for case in bad]
    assert all(line.isprintable() for said in told for line in said.splitlines())
    assert max(map(len, told)) < 300


@pytest.mark.long
def test_every_honest_file_is_taken() -> None:
    good = honest()
    assert {case.name: look_at(case.name, case.data).kind for case in good} == {
        case.name: case.family for case in good
    }
    assert len(good) >= 24


def test_what_is_taken_is_named() -> None:
    assert look_at("A.PNG", png()) == Sniffed("image", "png", "image/png")
    assert look_at("a.jpeg", jpg()) == KINDS["jpg"]


def test_a_caller_may_take_less() -> None:
    with pytest.raises(Invalid, match="Save it as one of these: pdf"):
        look_at("a.docx", docx(), kinds={"pdf"})
    with pytest.raises(Invalid, match="at most 1 KB"):
        look_at("a.pdf", pdf() + b"\n" * 1024, limit=1024)


CHILD = """
import json, resource, sys
from pathlib import Path
from concordat.craft.sniff import look_at
from concordat.craft.excel import read
from concordat.kernel.errors import Invalid
for good in sorted(Path(sys.argv[1]).glob("good/*")):
    look_at(good.name, good.read_bytes())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
refused = 0
for bad in sorted(Path(sys.argv[1]).glob("bad/*")):
    data = bad.read_bytes()
    try:
        read(data) if bad.name == "far.xlsx" else look_at(bad.name, data)
    except Invalid:
        refused += 1
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"refused": refused, "grown": (after - before) // 1024}))
"""


@pytest.mark.long
def test_bombs_cost_little_memory_and_time(tmp_path: Path, bad: list[Case]) -> None:
    bombs = [case for case in bad if case.family.startswith("bomb")]
    for folder, cases in (("bad", bombs), ("good", honest()[:1])):
        (tmp_path / folder).mkdir()
        for case in cases:
            (tmp_path / folder / case.name).write_bytes(case.data)

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        capture_output=True,
        check=True,
        preexec_fn=bounded,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    said = json.loads(done.stdout)
    assert said["refused"] == len(bombs) >= 12
    assert said["grown"] < 160


def test_the_whole_of_an_archive_is_bounded_too() -> None:
    from os import urandom

    from tests.craft.hostile import with_part

    data = with_part(docx(), "word/media/a.bin", urandom(3 * MEGABYTE))
    assert opened(data, Limits(unpacked=8 * MEGABYTE)).names
    with pytest.raises(Invalid, match="unpacks to more than 2 MB"):
        opened(data, Limits(unpacked=2 * MEGABYTE))
    with pytest.raises(Invalid, match="larger than 2 MB"):
        opened(data, Limits(packed=2 * MEGABYTE))


def test_a_bomb_that_is_believed_does_grow() -> None:
    """The measure above can see growth: the same file unpacked whole is far larger."""
    from tests.craft.hostile import bomb, parts_of

    data = bomb(30 * MEGABYTE)
    assert len(data) < MEGABYTE
    assert len(parts_of(data)["word/media/picture.emf"]) == 30 * MEGABYTE


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/pass wd.pdf", "pass wd.pdf"),
        ("C:\\papers\\Minutes  4.pdf", "Minutes 4.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a<b>:c|d?.pdf", "a-b--c-d-.pdf"),
        ("..", "file"),
        ("", "file"),
        ("R\u00e9sum\u00e9.pdf", "R\u00e9sum\u00e9.pdf"),
    ],
)
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
def test_a_safe_name_is_safe_and_stays_as_it_is(name: str) -> None:
    made = safe_name(name)
    assert safe_name(made) == made
    assert made
    assert len(made.encode()) <= 200
    check_name(f"{made}.pdf")


@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)))
def test_no_bytes_crash_the_door(data: bytes, ending: str) -> None:
    starts = {"pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
    for head in (b"", starts.get(ending, b"PK\x03\x04")):
        assert outcome(f"a.{ending}", head + data)


@pytest.mark.long
@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(0, 255),
    st.sampled_from(["docx", "pdf", "png"]),
)
def test_one_changed_byte_never_crashes_the_door(place: int, value: int, ending: str) -> None:
    data = bytearray({"docx": docx, "pdf": pdf, "png": png}[ending]())
    data[place % len(data)] = value
    assert outcome(f"a.{ending}", bytes(data))
