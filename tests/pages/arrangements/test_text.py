"""The pages of a version of the arrangements: read, written, checked, signed, published, sent."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pdfua

from concordat.craft import pdf
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Passage, Placement, Promise, Sending
from concordat.domain.governance.arrangements.rules import text as rules
from tests.operations.arrangements.drafting import WORDS, Drafting
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, read, told
from tests.pages.seats.looking import queries as queries_of
from tests.pages.signed_in import as_

ONE = "/arrangements/HERE-MA-0001"
READ = ("", "/checklist", "/editions", "/sign-off", "/sent")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_version_in_preparation_is_begun_from_what_is_on_record(drafting: Drafting) -> None:
    manager = as_(drafting.house.manager)
    assert "Draft the arrangements" in read(manager, "/partnership/here/arrangements")
    assert "Facts that are quoted live" in read(manager, f"{ONE}/begin")
    post(manager, f"{ONE}/begin")
    page = read(manager, ONE)
    for words in ("What people write can still change", "Heath Police", "Every 2 months"):
        assert words in page
    assert drafting.house.board.record.reference in page


def test_everybody_inside_reads_and_only_the_secretariat_writes(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    member, outsider = as_(drafting.house.member), as_(drafting.house.outsider)
    for tail in READ:
        read(member, f"{ONE}{tail}")
        read(outsider, f"{ONE}{tail}", 404)
        assert client().get(f"{ONE}{tail}").status_code == 302
    assert "The partners decide together." in read(member, f"{ONE}/editions/1")
    read(member, f"{ONE}/write/area", 403)
    assert "/write/" not in read(member, ONE)
    manager = as_(drafting.house.manager)
    for tail in ("/write/weather", "/editions/7", "/editions/1.exe", "/text.exe"):
        read(manager, f"{ONE}{tail}", 404)


def test_a_section_is_written_with_a_live_quote(drafting: Drafting) -> None:
    operations.begin_draft(drafting.manager, arrangements=drafting.version)
    manager = as_(drafting.house.manager)
    assert "[[bodies:executive.rhythm]]" in read(manager, f"{ONE}/write/who-we-are")
    post(manager, f"{ONE}/write/who-we-are", text=WORDS, done="on")
    assert "They meet every 2 months." in read(manager, ONE)
    body = {"name": "Executive", "rhythm": {"every": {"months": "3"}}}
    seats.set_down(
        LOADER, partnership=drafting.house.here, kind="bodies", key="executive", values=body
    )
    assert "They meet every 3 months." in read(manager, ONE)


def test_an_unknown_quote_is_told_and_what_was_typed_stays(drafting: Drafting) -> None:
    operations.begin_draft(drafting.manager, arrangements=drafting.version)
    manager = as_(drafting.house.manager)
    answer = post(manager, f"{ONE}/write/area", 422, text="See [[bodies:executve.rhythm]].")
    page = told(answer, 422)
    assert "Did you mean [[bodies:executive.rhythm]]" in page
    assert "See [[bodies:executve.rhythm]]." in page


def test_two_who_write_one_section_see_both_texts(drafting: Drafting) -> None:
    drafting.begin()
    manager = as_(drafting.house.manager)
    seen = rules.mark_of(WORDS, True)
    drafting.write(text="What Mary wrote.", seen=seen)
    answer = post(
        manager, f"{ONE}/write/who-we-are", 409, text="What I wrote.", seen_version=str(seen)
    )
    page = told(answer, 409)
    assert "What Mary wrote." in page
    assert "What I wrote." in page
    assert Passage.objects.get().text == "What Mary wrote."


def test_markup_that_somebody_types_stays_text(drafting: Drafting) -> None:
    drafting.begin()
    drafting.write(section="area", text="<script>alert(1)</script> **strong** [x](javascript:1)")
    page = read(as_(drafting.house.manager), ONE)
    assert "<script>alert(1)" not in page
    assert "<strong>strong</strong>" in page
    assert 'href="javascript' not in page


def test_the_checklist_says_what_is_met_where_and_why_not(drafting: Drafting) -> None:
    drafting.begin()
    drafting.set_down(
        "findings", "rhythm", subject="bodies:executive", finding="Two papers differ."
    )
    manager = as_(drafting.house.manager)
    page = read(manager, f"{ONE}/checklist")
    for words in ("Two papers differ.", "Not verified", "What nobody has thought of",
                  "No section answers it yet", "Transition from the old board"):  # fmt: skip
        assert words in page
    item = queries.items_of(drafting.manager, drafting.version)[-1].key
    put = {"section": "area", "extent": "partly", "remark": ""}
    told(post(manager, f"{ONE}/checklist/{item}/place", 422, **put), 422)
    post(manager, f"{ONE}/checklist/{item}/place", **{**put, "remark": "In passing"})
    assert "In passing" in read(manager, f"{ONE}/checklist")
    placed = Placement.objects.get()
    post(manager, f"{ONE}/placement/{placed.pk}")
    assert not Placement.objects.exists()


def test_a_change_says_before_and_after_what_it_makes_void(offered: Drafting) -> None:
    offered.sign(0, 1)
    manager = as_(offered.house.manager)
    assert "2 sign-offs will be void" in read(manager, f"{ONE}/write/area")
    assert "2 sign-offs will be void" in read(manager, f"{ONE}/editions/new")
    answer = post(manager, f"{ONE}/write/area", text="One place.")
    assert "Every sign-off is void" in read(manager, answer.headers["Location"].partition("#")[0])
    assert offered.now.state == "draft"


def test_it_is_signed_agreed_published_and_sent(offered: Drafting) -> None:
    manager, council = as_(offered.house.manager), as_(offered.house.council)
    page = read(council, f"{ONE}/sign-off")
    assert "Sign it off" in page
    told(post(manager, f"{ONE}/sign-off/agree", 422), 422)
    offered.sign(0, 1, 2)
    assert "Every statutory partner has signed" in read(manager, f"{ONE}/sign-off")
    post(manager, f"{ONE}/sign-off/agree")
    told(post(manager, f"{ONE}/publish", 422), 422)
    served = f"/published/{offered.document.record.reference}"
    assert client().get(served).status_code == 404
    post(manager, f"{ONE}/publish", checked="on")
    assert client().get(served).status_code == 200
    day = {"on-day": "29", "on-month": "3", "on-year": "2019"}
    post(manager, f"{ONE}/sent/new", way="department", to="The department", **day)
    sent = Sending.objects.get()
    post(manager, f"{ONE}/sent/{sent.pk}", receipt="R 1", **day)
    page = read(manager, f"{ONE}/sent")
    assert "R 1" in page
    read(manager, f"{ONE}/sent/{sent.pk}", 404)


def test_what_comes_into_force_later_says_from_when(published: Drafting) -> None:
    manager = as_(published.house.manager)
    day = {"from_day-day": "1", "from_day-month": "9", "from_day-year": "2019"}
    post(manager, f"{ONE}/in-force", **day)
    page = read(manager, ONE)
    assert "It comes into force on 1 September 2019." in page
    assert "The partners act by it." not in page


def test_differences_are_shown_before_what_has_drifted_is_published(offered: Drafting) -> None:
    offered.sign(0, 1, 2)
    operations.agree(offered.manager, arrangements=offered.version)
    body = {"name": "Executive", "rhythm": {"every": {"months": "3"}}}
    seats.set_down(
        LOADER, partnership=offered.house.here, kind="bodies", key="executive", values=body
    )
    manager = as_(offered.house.manager)
    page = read(manager, f"{ONE}/publish")
    assert "How often: Every 3 months" in page
    seen = page.partition('name="accepts" value="')[2][:64]
    told(post(manager, f"{ONE}/publish", 422, checked="on", accepts=seen), 422)
    wrong = {"checked": "on", "in_spite": "on", "accepts": "f" * 64}
    assert "changed since edition 1" in told(post(manager, f"{ONE}/publish", 422, **wrong), 422)
    post(manager, f"{ONE}/publish", checked="on", in_spite="on", accepts=seen)
    assert offered.now.state == "published"


def test_two_days_and_two_editions_are_compared(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    drafting.set_down("matters", "money", title="Money")
    drafting.write(section="area", text="One place.")
    manager = as_(drafting.house.manager)
    page = read(manager, f"{ONE}/editions?from=1&to=live")
    assert "Matters: Money" in page
    assert "One place." in page
    days = "from=day&from-day=1+March+2018&to=day&to-day=29+March+2019"
    page = read(manager, f"{ONE}/editions?{days}")
    assert "What is written" in page
    assert "One place." in page
    assert "Give the day" in read(manager, f"{ONE}/editions?from=day&to=live", 422)


def test_every_wording_of_a_section_is_kept_with_its_day_and_author(drafting: Drafting) -> None:
    drafting.begin()
    drafting.write(section="area", text="One place.\n\nNo more.")
    manager, address = as_(drafting.house.manager), f"{ONE}/wordings/area"
    assert address not in read(manager, ONE)
    assert "1 wording," in read(manager, address)
    mark = rules.mark_of("One place.\n\nNo more.", False)
    drafting.write(section="area", text="Two places.\n\nNo more.", seen=mark)
    assert address in read(manager, ONE)
    page = read(as_(drafting.house.member), address)
    assert "2 wordings" in page
    assert f"Written by {drafting.manager.signature}" in page
    assert page.index("Wording 2: 29 March 2019") < page.index("Wording 1: 29 March 2019")
    assert "Nothing has been written" in read(manager, f"{ONE}/wordings/voice")
    assert manager.get(f"{ONE}/wordings/nothing").status_code == 404


def test_every_format_holds_every_fact_of_the_page(drafting: Drafting, tmp_path: Path) -> None:
    drafting.begin()
    edition = drafting.freeze()
    member = as_(drafting.house.member)
    files = {
        form: member.get(f"{ONE}/editions/1.{form}").content for form in ("pdf", "docx", "html")
    }
    facts = {
        cell
        for section in queries.told(drafting.manager, edition)["sections"]
        for block in section["blocks"]
        for row in block["rows"]
        for cell in (block["empty"], *row["cells"])
        if cell and cell != rules.NOT_STATED
    }
    assert len(facts) > 20
    printed = squeezed(pdf.text(files["pdf"]))
    word = docx.Document(BytesIO(files["docx"]))
    written = squeezed(" ".join(word.element.body.itertext()))
    for fact in facts:
        assert squeezed(fact) in printed, fact
        assert squeezed(fact) in written, fact
    (tmp_path / "a.pdf").write_bytes(files["pdf"])
    assert [each.message for each in pdfua.validate(str(tmp_path / "a.pdf")).findings] == []
    assert b'<html lang="en-GB">' in files["html"]
    assert b"Draft" in files["html"]


def test_word_has_headings_header_rows_language_and_words_for_the_picture(
    drafting: Drafting,
) -> None:
    drafting.begin()
    data = as_(drafting.house.member).get(f"{ONE}/text.docx").content
    word = docx.Document(BytesIO(data))
    xml = word.element.xml
    assert any(each.style.name == "Heading 1" for each in word.paragraphs)
    assert "w:tblHeader" in xml
    assert "Chart of Executive" in xml
    assert 'w:val="en-GB"' in word.styles.element.xml


def test_the_text_takes_as_many_queries_for_thirty_rows_as_for_one(drafting: Drafting) -> None:
    drafting.begin()
    member = as_(drafting.house.member)
    pages = [f"{ONE}{tail}" for tail in ("", "/checklist")]
    drafting.set_down("relevant_agencies", "row", name="Agency")
    few = [queries_of(member, page) for page in pages]
    for each in range(29):
        drafting.set_down("relevant_agencies", f"row-{each}", name=f"Agency {each}")
        drafting.set_down("promises", f"row-{each}", promise=f"Promise {each}")
    assert [queries_of(member, page) for page in pages] == few


def test_a_promise_is_kept_or_given_another_day(drafting: Drafting) -> None:
    manager = as_(drafting.house.manager)
    one = f"/promise/{Promise.objects.get().record.reference}"
    assert "At least two years" in read(manager, one)
    day = {"latest": "31 August 2021", "reason": "Agreed"}
    post(manager, f"{one}/renew", **day)
    assert Promise.objects.get().latest == "2021-08-31"
    told(post(manager, f"{one}/keep", 422, outcome=""), 422)
    post(manager, f"{one}/keep", outcome="It stayed one area")
    row = Promise.objects.get()
    assert (row.state, row.settled_on) == ("kept", DAY.isoformat())
    assert "It stayed one area" in read(manager, one)
    read(as_(drafting.house.member), f"{one}/keep", 403)
