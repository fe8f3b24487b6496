"""Reports read on a day, followed to their rows, written, compared and taken along."""

from __future__ import annotations

from io import BytesIO

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.assurance.reports.models import Narrative
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.finance import operations as finance
from concordat.domain.governance.finance.models import Cost
from concordat.domain.governance.meetings import operations as meetings
from concordat.kernel.actor import Actor
from tests.operations.mail.cast import DAY
from tests.operations.meetings.boardroom import Boardroom
from tests.operations.reports.reporting import Reporting, called
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, queries, read
from tests.pages.seats.looking import told as page_of
from tests.pages.signed_in import as_

ALL = "/partnership/here/reports"
ONE = f"{ALL}/board-update"
TODAY = f"?as-at={DAY.isoformat()}"
WORDS = "Of [[count:risks]] risks [[count:risks.impact=HIGH]] are high: [[risks:cost]]."
READ = ("", "/rows/risks:cost", "/differences", "/wordings/summary")


def test_the_list_says_what_each_report_tells(told: Reporting) -> None:
    page = read(as_(told.house.member), ALL)
    for words in ("Board update", "Interim evaluation", "18 sections", "None is on record."):
        assert words in page


def test_everybody_inside_reads_and_only_the_secretariat_writes(told: Reporting) -> None:
    member, outsider = as_(told.house.member), as_(told.house.outsider)
    for tail in READ:
        read(member, f"{ONE}{tail}")
        read(outsider, f"{ONE}{tail}", 404)
        assert client().get(f"{ONE}{tail}").status_code == 302
    read(member, f"{ONE}/write/summary", 403)
    assert "/write/" not in read(member, ONE)
    assert f"{ONE}/write/summary" in read(as_(told.house.manager), ONE)


def test_what_is_not_there_is_absent(told: Reporting) -> None:
    manager = as_(told.house.manager)
    for tail in ("x", "arrangements", "board-update/write/weather", "board-update/file.exe",
                 "board-update/rows/risks:none", "board-update/rows/risks:late",
                 "board-update/wordings/weather", "board-update/file.md?as-at=never"):  # fmt: skip
        read(manager, f"{ALL}/{tail}", 404)


def test_a_number_is_followed_to_its_rows_as_they_stood(told: Reporting) -> None:
    told.write(WORDS)
    manager = as_(told.house.manager)
    page = read(manager, ONE)
    assert f'href="{ONE}/rows/count:risks{TODAY}">1</a> risks' in page
    assert f'href="{ONE}/rows/count:risks.impact=HIGH{TODAY}">1</a>' in page
    behind = read(manager, f"{ONE}/rows/count:risks{TODAY}")
    for words in ("1 row of risks behind", "Unknown cost", "From Paper.", "29 March 2019"):
        assert words in behind
    later = read(manager, f"{ONE}/rows/count:risks?as-at=2019-04-30")
    assert "Late risk" in later
    assert "Late risk" not in behind
    assert "Nobody owns it" in read(manager, f"{ONE}?as-at=2019-03-29")


def test_the_row_behind_a_fact_says_in_which_section_it_is_told(told: Reporting) -> None:
    member = as_(told.house.member)
    page = read(member, f"{ONE}/rows/risks:cost")
    assert "Told in Risk implications and Risks and mitigations." in page
    assert "[[risks:cost]]" in page
    body = read(member, f"{ONE}/rows/bodies:executive")
    assert told.house.board.record.reference in body


def test_a_day_before_anything_was_written(told: Reporting) -> None:
    told.write("Words of today.")
    manager = as_(told.house.manager)
    assert "Words of today." in read(manager, ONE)
    before = read(manager, f"{ONE}?as-at=28+March+2019")
    assert "Words of today." not in before
    assert "/write/" not in before


def test_a_bad_day_is_told_and_kept(told: Reporting) -> None:
    page = read(as_(told.house.manager), f"{ONE}?as-at=31+February+2019", 422)
    assert "31 February 2019" in page


def test_a_section_is_written_and_its_wordings_are_kept(told: Reporting) -> None:
    manager = as_(told.house.manager)
    page = read(manager, f"{ONE}/write/risks")
    for words in ("[[risks:cost.impact]]", "[[count:risks]]", "[[section:summary]]"):
        assert words in page
    assert "No wording" not in page
    assert "Nothing has been written" in read(manager, f"{ONE}/wordings/risks")
    post(manager, f"{ONE}/write/risks", text="One [[risks:cost]].", seen_version="0")
    post(manager, f"{ONE}/write/risks", text="Two.", seen_version="1")
    page = read(manager, f"{ONE}/wordings/risks")
    for words in ("2 wordings", "Wording 2: 29 March 2019", "Written by Mary Manager", "Two."):
        assert words in page


def test_an_unknown_quote_is_told_and_what_was_typed_stays(told: Reporting) -> None:
    manager = as_(told.house.manager)
    answer = post(manager, f"{ONE}/write/summary", 422, text="See [[risks:cots]].")
    page = page_of(answer, 422)
    assert "“Executive summary”, line 1: nothing can be quoted" in page
    assert "See [[risks:cots]]." in page


def test_two_who_write_one_section_see_both_texts(told: Reporting) -> None:
    manager = as_(told.house.manager)
    post(manager, f"{ONE}/write/summary", text="Mine.", seen_version="0")
    answer = post(manager, f"{ONE}/write/summary", 409, text="Theirs.", seen_version="0")
    page = page_of(answer, 409)
    assert "Mine." in page
    assert "Theirs." in page
    post(manager, f"{ONE}/write/summary", text="Both.", seen_version="1")
    assert Narrative.objects.count() == 2


@operation
def smuggle(actor: Actor, *, told: Reporting, section: str, text: str) -> None:
    """Words that no page and no file would let in."""
    Narrative.objects.create(
        partnership=told.home.record, key="x", report="board-update", section=section, text=text
    )
    no_event("a test")


def test_narrative_that_goes_round_is_said_in_the_place_of_the_report(told: Reporting) -> None:
    told.write("See [[section:background]].")
    smuggle(told.manager, told=told, section="background", text="See [[section:summary]].")
    page = read(as_(told.house.manager), ONE)
    assert "The report cannot be put together" in page
    assert "it quotes itself" in page


def test_two_days_are_compared(told: Reporting) -> None:
    member = as_(told.house.member)
    assert "Choose the day" in read(member, f"{ONE}/differences")
    page = read(member, f"{ONE}/differences?as-at=30+April+2019&against=29+March+2019")
    for words in ("As at 29 March 2019", "As at 30 April 2019", "Late risk", "Added"):
        assert words in page
    same = read(member, f"{ONE}/differences?as-at=29+March+2019&against=29+March+2019")
    assert "Nothing differs" in same
    wrong = read(member, f"{ONE}/differences?as-at=never&against=29+March+2019", 422)
    assert "cannot be read as a date" in wrong
    assert "Late risk" not in wrong


def test_a_sum_that_changed_leads_to_the_row_of_either_day(told: Reporting) -> None:
    cost = Cost.objects.get(key="scrutineer")
    finance.change_cost(told.manager, cost=cost, facts={"amount": 150_000_00})
    member = as_(told.house.member)
    page = read(member, f"{ONE}/differences?as-at=29+March+2019&against=28+March+2019")
    for day, amount in (("2019-03-28", "£120,000"), ("2019-03-29", "£150,000")):
        href = f"{ONE}/rows/costs:scrutineer?as-at={day}"
        assert f'href="{href}"' in page
        assert amount in read(member, href)


def test_it_is_taken_along_in_every_format(told: Reporting) -> None:
    told.write(WORDS)
    member = as_(told.house.member)
    for form, begins in (("md", b"# Board update"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF"),
                         ("docx", b"PK")):  # fmt: skip
        answer = member.get(f"{ONE}/file.{form}{TODAY}")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        assert f"here-board-update-2019-03-29.{form}" in answer["Content-Disposition"]
    book = docx.Document(BytesIO(answer.content))
    assert any("Of 1 risks 1 are high: Unknown cost." in each.text for each in book.paragraphs)


def test_more_rows_cost_no_more_queries(told: Reporting) -> None:
    member = as_(told.house.member)
    few = queries(member, ONE)
    from concordat.domain.assurance.exchange import rules as files
    from concordat.domain.assurance.exchange.operations import load
    from tests.operations.mail.cast import LOADER
    from tests.operations.reports.reporting import FILE

    rows = "".join(
        f"  - {{key: r{n}, title: Risk {n}, register: all, likelihood: LOW, impact: LOW}}\n"
        for n in range(30)
    )
    load(LOADER, file=files.read({"here.yaml": FILE.replace("programmes:", f"{rows}programmes:")}))
    assert "Risk 29" in read(member, ONE)
    assert queries(member, ONE) == few


def test_a_report_is_put_into_a_paper_that_waits(told: Reporting) -> None:
    manager = as_(told.house.manager)
    read(as_(told.house.member), f"{ONE}/paper", 403)
    page = read(manager, f"{ONE}/paper{TODAY}")
    assert "No paper that you may write waits for its text." in page
    assert f"{ONE}/paper{TODAY}" in read(manager, ONE)
    read(manager, f"{ONE}/paper?as-at=never", 404)


def test_a_paper_that_waits_is_filled_from_its_page(room: Boardroom) -> None:
    paper = meetings.want(room.manager, line=room.item("The update"), title="Our update")
    manager, at = as_(room.house.manager), f"{ONE}/paper{TODAY}"
    choice = f"{paper.pk} 0"
    assert f'value="{choice}"' in read(manager, at)
    page = page_of(manager.get(post(manager, at, paper=choice)["Location"]))
    assert "The report is the text of the paper." in page
    paper.refresh_from_db()
    assert paper.document is not None
    assert paper.document.versions.count() == 1
    rows = read(manager, f"{ONE}/rows/papers:{paper.key}")
    assert "Our update" in rows
    assert "Our update" in read(manager, f"{ONE}/write/cover")
    post(manager, at, 409, paper=choice)


def test_a_template_is_given_taken_along_and_left(told: Reporting) -> None:
    manager, member = as_(told.house.manager), as_(told.house.member)
    for tail in ("/template", "/template/leave"):
        read(member, f"{ONE}{tail}", 403)
    read(manager, f"{ONE}/own.docx", 404)
    read(manager, f"{ONE}/template/leave", 404)
    page = read(manager, f"{ONE}/template")
    for words in ("No template is in use.", "block.risks.rows", "section.risk_implications"):
        assert words in page
    start = manager.get(f"{ONE}/template/start.docx")
    assert start.content.startswith(b"PK")
    file = SimpleUploadedFile("ours.docx", start.content)
    answer = post(manager, f"{ONE}/template", file=file, seen_version="0")
    page = page_of(manager.get(answer["Location"]))
    assert "The template is in use." in page
    assert "ours.docx" in page
    assert "Report of this day in our own Word template" in read(member, ONE)
    made = member.get(f"{ONE}/own.docx{TODAY}")
    assert "Unknown cost" in "".join(
        cell.text for table in docx.Document(BytesIO(made.content)).tables
        for row in table.rows for cell in row.cells
    )  # fmt: skip
    assert "Use this template no more" in read(manager, f"{ONE}/template/leave")
    post(manager, f"{ONE}/template/leave")
    assert "in our own Word template" not in read(member, ONE)


def test_a_dangerous_template_is_refused_with_the_place_holder(told: Reporting) -> None:
    book = docx.Document()
    book.add_paragraph("Of our risks")
    book.add_paragraph("{{ title.__class__ }}")
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("ours.docx", out.getvalue())
    manager = as_(told.house.manager)
    page = page_of(post(manager, f"{ONE}/template", 422, file=file, seen_version="0"), 422)
    for words in ("“Of our risks”", "__class__", "Take {{ title.__class__ }} out."):
        assert words in page
    read(manager, f"{ONE}/own.docx", 404)


def test_a_report_is_published_to_the_boards_that_are_chosen(told: Reporting) -> None:
    manager = as_(told.house.manager)
    read(as_(told.house.member), f"{ONE}/publish", 403)
    page = read(manager, f"{ONE}/publish{TODAY}")
    assert "No meeting is ahead whose agenda you run." in page
    meetings = [called(told, name) for name in ("first", "second")]
    page = read(manager, f"{ONE}/publish{TODAY}")
    assert page.count('name="meetings"') == 2
    words = {"title": "The update", "purpose": "note", "purposes": ["information"], "asks": "Note"}
    answer = page_of(post(manager, f"{ONE}/publish{TODAY}", 422, **words), 422)
    assert "at least one meeting" in answer
    assert "The update" in answer
    answer = post(
        manager, f"{ONE}/publish{TODAY}", **words,
        meetings=[each.record.reference for each in meetings],
    )  # fmt: skip
    page = page_of(manager.get(answer["Location"]))
    for words_of in ("goes before 2 boards", "As at 29 March 2019", "board-update-2019-03-29.pdf"):
        assert words_of in page
    assert "The update" in read(manager, ALL)
