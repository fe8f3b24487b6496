"""`concordat report`: the arrangements of the papers' world as at a day, in every format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from concordat.craft import pdf
from tests.cli.loaded import Told, refusal, told, world
from tests.databases import Databases
from tests.rules.exchange.examples import SEEDS

JUNE = ("--as-at", "2019-06-01")


@pytest.fixture(scope="module", autouse=True)
def papers_world(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("reported", SEEDS, databases, migrated, django_db_blocker)


def made(capsys: Told, folder: Path, form: str, slug: str = "tower-hamlets", *day: str) -> bytes:
    out = folder / f"a.{form}"
    told(
        capsys, "report", "arrangements", slug, *(day or JUNE), "--format", form, "--out", str(out)
    )
    return out.read_bytes()


def test_the_list_says_what_each_report_tells(capsys: Told) -> None:
    assert told(capsys, "report", "--list").startswith("arrangements: Published arrangements.")


def test_tower_hamlets_in_june_in_every_format(capsys: Told, tmp_path: Path) -> None:
    words = ("Central East Basic Command Unit", "At least two years", "as at 1 June 2019")
    page = made(capsys, tmp_path, "html").decode()
    told_plainly = made(capsys, tmp_path, "md").decode()
    printed = pdf.text(made(capsys, tmp_path, "pdf"))
    for each in words:
        assert each in page
        assert each in told_plainly
        assert "".join(each.split()) in "".join(printed.split())
    assert made(capsys, tmp_path, "docx").startswith(b"PK")
    assert "Draft" in printed


def test_a_february_report_does_not_know_a_march_approval(capsys: Told, tmp_path: Path) -> None:
    march = made(capsys, tmp_path, "md").decode()
    february = made(capsys, tmp_path, "md", "tower-hamlets", "--as-at", "2019-02-28").decode()
    assert "since 26 March 2019" in march
    assert "since 26 March 2019" not in february


def test_what_is_time_limited_and_separate_is_said_where_it_is_so(
    capsys: Told, tmp_path: Path
) -> None:
    page = made(capsys, tmp_path, "md", "bexley").decode()
    assert "stays a partnership of its own" in page
    assert "For a limited time" in page


def test_a_highlight_report_tells_of_every_programme_in_the_month_of_the_day(
    capsys: Told, tmp_path: Path
) -> None:
    out = tmp_path / "a.md"
    ask = ("report", "highlights", "tri-borough", "--format", "md", "--out", str(out))
    told(capsys, *ask, "--as-at", "2018-12-31")
    page = out.read_text("utf-8")
    assert page.startswith("# Highlight report, December 2018")
    assert "Safeguarding early adopter programme" in page
    assert "Nothing was reached" in page
    assert "no programme on record" in refusal(capsys, *ask, "--as-at", "2018-10-31")


def test_bad_input_says_what_is_wrong_and_how_to_mend_it(capsys: Told, tmp_path: Path) -> None:
    ask = ("report", "arrangement", "tower-hamlets", *JUNE, "--format", "md")
    out = str(tmp_path / "a.md")
    assert "Ask for arrangements" in refusal(capsys, *ask, "--out", out)
    ask = ("report", "arrangements", "tower-hamlet", *JUNE, "--format", "md")
    assert "tower-hamlets" in refusal(capsys, *ask, "--out", out)
    ask = ("report", "arrangements", "greenwich", *JUNE, "--format", "md")
    assert "no version of its arrangements" in refusal(capsys, *ask, "--out", out)
    ask = ("report", "arrangements", "tower-hamlets", *JUNE, "--format", "md")
    assert "folder" in refusal(capsys, *ask, "--out", str(tmp_path / "none" / "a.md"))
