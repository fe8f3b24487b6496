"""The facts of both papers, one by one, as `report` tells them in their place.

A fact is told in our words; behind it stand the section and the words that it must have. A fact
that is missing is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pdfua
import pytest
from docx.oxml.ns import qn
from pytest_django.plugin import DjangoDbBlocker

from concordat.craft import pdf
from concordat.domain.assurance.reports import queries
from concordat.domain.assurance.reports.operations import templating
from concordat.domain.assurance.reports.rules import declared
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.operations import Upload
from concordat.kernel.actor import process
from tests.cli.loaded import Told, refusal, told, world
from tests.databases import Databases
from tests.rules.exchange.examples import SEEDS

MARCH, FEBRUARY = "2019-03-29", "2019-02-15"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Fact(NamedTuple):
    fact: str
    section: str
    says: str


def _facts(name: str) -> list[Fact]:
    lines = Path(__file__).with_name(name).read_text("utf-8")
    return [Fact(*(part.strip() for part in row.split("|"))) for row in lines.splitlines()[1:]]


FACTS = _facts("facts_of_the_board_update.txt")


@pytest.fixture(scope="module", autouse=True)
def papers_world(
    databases: Databases, migrated: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    yield from world("reported", SEEDS, databases, migrated, django_db_blocker)


def made(capsys: Told, folder: Path, form: str, day: str = MARCH) -> bytes:
    out = folder / f"a.{form}"
    ask = ("report", "board-update", "tower-hamlets", "--as-at", day, "--format", form)
    told(capsys, *ask, "--out", str(out))
    return out.read_bytes()


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sections(page: bytes) -> dict[str, str]:
    """The words of each section of the web page, by its title."""
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", page.decode())[1:]
    return {
        unescape(title): plain(body) for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def of_word(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as book:
        tree = ElementTree.fromstring(book.read("word/document.xml"))  # noqa: S314 - our own file
    paragraphs = ("".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in tree.iter(f"{WORD}p"))
    return " ".join(" ".join(paragraphs).split())


def missing_in(found: dict[str, str], facts: list[Fact]) -> list[str]:
    """Facts that their section does not tell, each by name."""
    return [
        f"{each.fact}: {each.section} does not say “{each.says}”"
        for each in facts
        if each.says not in found.get(each.section, "")
    ]


def test_every_fact_of_the_paper_stands_in_its_section(capsys: Told, tmp_path: Path) -> None:
    found = sections(made(capsys, tmp_path, "html"))
    assert missing_in(found, FACTS) == []
    assert len({each.fact for each in FACTS}) == len(FACTS) > 150


def test_word_says_every_fact_too(capsys: Told, tmp_path: Path) -> None:
    said = of_word(made(capsys, tmp_path, "docx")).replace(":", "")
    assert [each.fact for each in FACTS if each.says.replace(":", "") not in said] == []


def test_the_other_formats_hold_every_section(capsys: Told, tmp_path: Path) -> None:
    titles = list(dict.fromkeys(each.section for each in FACTS))
    read = made(capsys, tmp_path, "md").decode()
    printed = "".join(pdf.text(made(capsys, tmp_path, "pdf")).split())
    for each in titles:
        assert f"\n## {each}\n" in read
        assert "".join(each.split()) in printed
    for words in ("Feed back on the Arrangements", "£15,000", "26 March 2019"):
        assert words in read
        assert "".join(words.split()) in printed


def test_pdf_and_word_open_cleanly_for_everybody(capsys: Told, tmp_path: Path) -> None:
    made(capsys, tmp_path, "pdf")
    checked = pdfua.validate(str(tmp_path / "a.pdf"))
    assert [finding.message for finding in checked.findings] == []
    book = docx.Document(BytesIO(made(capsys, tmp_path, "docx")))
    title = "Board update: Tower Hamlets Safeguarding Children Partnership"
    assert book.core_properties.title == title
    assert {each.get(qn("w:val")) for each in book.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    for table in book.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_as_at_15_february_it_does_not_know_the_approvals_of_26_march(
    capsys: Told, tmp_path: Path
) -> None:
    march = sections(made(capsys, tmp_path, "html"))
    february = sections(made(capsys, tmp_path, "html", FEBRUARY))
    everything = " ".join(february.values())
    assert "No approval is known yet" in february["Executive summary"]
    for words in ("Approved", "approved its move", "In force; since 26 March 2019"):
        assert words in " ".join(march.values())
        assert words not in everything
    assert "TH CCG Board 26 March 2019 Planned" in february["Consultation"]
    assert "Corporate Safeguarding Group, 15 February 2019" in february["Cover"]
    assert list(february) == list(march)


def test_the_search_for_facts_finds_what_is_missing(capsys: Told, tmp_path: Path) -> None:
    found = sections(made(capsys, tmp_path, "html"))
    assert "LOW HIGH" not in found["Cover"]
    assert "approved nothing" not in " ".join(found.values())


def test_what_was_invented_is_left_out(capsys: Told, tmp_path: Path) -> None:
    extra = tmp_path / "extra.yaml"
    extra.write_text(
        "risks:\n  - {key: made-up, title: A made up risk, register: thscp-risks, "
        "likelihood: LOW, impact: LOW, source: Invented}\n"
        "statements:\n  - {key: made-up, topic: Finance, says: A made up word., source: Invented}\n"
    )
    given = tmp_path / "given"
    given.mkdir()
    told(capsys, "export", "tower-hamlets", "--out", str(given))
    extra.rename(given / "tower-hamlets-extra.yaml")
    told(capsys, "load", str(given))
    read = made(capsys, tmp_path, "md").decode()
    assert "made up" not in read
    assert "It holds 4 risks" in read


def test_the_interim_evaluation_tells_every_fact_of_its_paper(capsys: Told, tmp_path: Path) -> None:
    out = tmp_path / "e.html"
    ask = ("report", "evaluation-interim", "tri-borough", "--as-at", "2018-12-01")
    told(capsys, *ask, "--format", "html", "--out", str(out))
    found = sections(out.read_bytes())
    facts = _facts("facts_of_the_interim_evaluation.txt")
    assert missing_in(found, facts) == []
    assert len({each.fact for each in facts}) == len(facts) > 80


def test_every_fact_stands_in_a_word_template_of_its_own(capsys: Told, tmp_path: Path) -> None:
    out = tmp_path / "own.docx"
    ask = ("report", "board-update", "tower-hamlets", "--as-at", MARCH, "--own", "--out", str(out))
    assert "has no Word template" in refusal(capsys, *ask, "--format", "docx")
    assert "Leave --own out" in refusal(capsys, *ask, "--format", "pdf")
    actor, report = process("test", date(2019, 3, 29)), declared("board-update")
    assert report is not None
    home = Partnership.objects.select_related("record").get(key="tower-hamlets")
    file = Upload("start.docx", queries.starter(actor, report))
    templating.set_template(actor, partnership=home, report="board-update", file=file)
    told(capsys, *ask, "--format", "docx")
    said = of_word(out.read_bytes()).replace(":", "")
    assert [each.fact for each in FACTS if each.says.replace(":", "") not in said] == []
    assert "{" not in said


def test_narrative_that_leads_nowhere_names_section_and_place(capsys: Told, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "format: 1\npartnership: {key: fenmarsh, name: Fenmarsh}\nnarratives:\n"
        "  - key: one\n    report: board-update\n    section: summary\n    text: |-\n"
        "      First.\n\n      See [[risks:none.impact]] and [[section:background]].\n"
        "  - key: two\n    report: board-update\n    section: background\n"
        "    text: As [[section:summary]] says, [[count:risk]].\n"
        "  - key: three\n    report: board-update\n    section: challenges\n    text: No.\n"
    )
    said = refusal(capsys, "load", str(bad))
    assert "bad.yaml:7, text: “Executive summary”, line 3: nothing can be quoted" in said
    assert "“Background”, line 1: nothing can be quoted as [[count:risk]]" in said
    assert "it quotes itself, by way of" in said
    assert "There is no section “challenges” in board-update" in said
