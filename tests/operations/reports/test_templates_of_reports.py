"""A partnership's own Word template: tried, kept in versions, filled for a day, and refused."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from io import BytesIO

import docx
import pytest

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.assurance.reports import operations, queries
from concordat.domain.assurance.reports.models import WordTemplate
from concordat.domain.assurance.reports.operations import templating
from concordat.domain.base.documents.operations import Upload
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.reports.reporting import UPDATE, Reporting
from tests.operations.seats.county import nothing_changed

OURS = (
    "{{ partnership }} on {{ as_at }}",
    "{% for row in block.risks.rows %}",
    "{{ row.cells[0] }}",
    "{% endfor %}",
)


@cache
def book(lines: tuple[str, ...]) -> bytes:
    """The same bytes each time: a file holds the moment of its making."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def words(data: bytes) -> str:
    made = docx.Document(BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def give(told: Reporting, *lines: str, seen: int = 0, note: str = "Anew") -> WordTemplate:
    return templating.set_template(
        told.manager, partnership=told.home, report="board-update",
        file=Upload("ours.docx", book(lines or OURS)), note=note, seen_version=seen,
    )  # fmt: skip


def own(told: Reporting, day: date = DAY) -> str:
    assert UPDATE is not None
    return words(queries.in_own_template(told.manager, UPDATE, told.home, day))


@pytest.mark.long
def test_a_report_stands_in_the_template_as_on_its_day(told: Reporting) -> None:
    row = give(told)
    assert own(told).splitlines()[0] == "Here on 29 March 2019"
    assert "Unknown cost" in own(told)
    assert "Late risk" not in own(told)
    assert "Late risk" in own(told, date(2019, 4, 30))
    assert row.document.record.title == "Word template: Board update"
    assert verbs_on(told.home.record)[-1] == "Word template given"


@pytest.mark.long
def test_the_template_to_begin_with_holds_every_section_and_what_is_in_it(told: Reporting) -> None:
    assert UPDATE is not None
    told.write("We **think** so:\n\n- one\n- two")
    data = queries.starter(told.manager, UPDATE)
    templating.set_template(
        told.manager, partnership=told.home, report="board-update", file=Upload("start.docx", data)
    )
    said = own(told)
    for section in UPDATE.sections:
        assert section.title in said
    for each in ("We think so:", "one", "Unknown cost", "HIGH", "Go live", "Nobody owns it"):
        assert each in said
    assert "{%" not in said
    assert "{{" not in said


@pytest.mark.long
def test_another_takes_its_place_and_the_first_stays_on_record(told: Reporting) -> None:
    row = give(told)
    seen = row.document.record.version
    give(told, "Anew: {{ title }}", seen=seen)
    assert own(told) == "Anew: Board update"
    assert row.document.versions.count() == 2
    with nothing_changed(), pytest.raises(Stale):
        give(told, "Mine: {{ title }}", seen=seen)


@pytest.mark.long
def test_it_is_left_and_taken_up_again(told: Reporting) -> None:
    row = give(told)
    operations.leave_template(told.manager, template=row)
    assert queries.templates(told.manager, told.home) == {}
    with pytest.raises(Invalid, match="no Word template"):
        own(told)
    with nothing_changed(), pytest.raises(Refused):
        operations.leave_template(told.manager, template=row)
    give(told)
    assert own(told).startswith("Here on 29 March 2019")
    assert WordTemplate.objects.get().left_by == ""
    assert row.document.versions.count() == 1
    operations.leave_template(told.manager, template=row)
    row.document.record.refresh_from_db()
    give(told, "Again: {{ title }}", seen=row.document.record.version, note="")
    assert own(told) == "Again: Board update"
    assert row.document.versions.latest("number").note == "Taken up again"


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Risks of {{ partnership.__class__.__mro__ }}", "Take {{ partnership.__class__"),
        ("{{ ''.__class__ }}", "'__class__'"),
        ("{{ section.summary.text.append(1) }}", "calls 'append'"),
        ("{{ block.risk.rows }}", "no attribute 'risk'"),
        ("{{ nothing }}", "The place-holder 'nothing' has no value"),
        ("{{ title", "miswritten"),
    ],
)
def test_what_a_template_may_not_do_is_named_with_its_place(
    told: Reporting, line: str, says: str
) -> None:
    with nothing_changed(), pytest.raises(Invalid) as problem:
        give(told, "Beginning", line)
    assert says in str(problem.value)
    assert {fault.field for fault in problem.value.faults} == {"file"}
    assert WordTemplate.objects.count() == 0


@pytest.mark.long
def test_a_danger_is_placed_by_the_words_before_it(told: Reporting) -> None:
    with pytest.raises(Invalid) as problem:
        give(told, "Our risks", "{{ title.__class__ }}")
    assert problem.value.faults[0].place == "The text, after “Our risks”"


@pytest.mark.long
def test_only_a_word_document_of_whoever_runs_the_partnership(told: Reporting) -> None:
    page = pdf.write(Page("A page", [Paragraph("Words")]))
    with nothing_changed(), pytest.raises(Invalid, match="A template is a Word document"):
        templating.set_template(
            told.manager, partnership=told.home, report="board-update", file=Upload("a.pdf", page)
        )
    with nothing_changed(), pytest.raises(Invalid):
        templating.set_template(
            told.manager, partnership=told.home, report="board-update",
            file=Upload("ours.docx", b"not a document"),
        )  # fmt: skip
    with nothing_changed(), pytest.raises(Invalid, match="no report"):
        templating.set_template(
            told.manager, partnership=told.home, report="arrangements",
            file=Upload("ours.docx", book(OURS)),
        )  # fmt: skip
    for actor in (told.house.member.actor, told.house.outsider.actor):
        with nothing_changed(), pytest.raises(Refused):
            templating.set_template(
                actor, partnership=told.home, report="board-update",
                file=Upload("ours.docx", book(OURS)),
            )  # fmt: skip


@pytest.mark.long
def test_a_template_is_right_on_a_day_when_nothing_is_known(told: Reporting) -> None:
    assert UPDATE is not None
    give(told, "{{ block.milestones.rows|length }} of {{ block.phases_of_roles.columns|length }}")
    assert own(told, DAY - timedelta(days=4000)).endswith("of 4")
