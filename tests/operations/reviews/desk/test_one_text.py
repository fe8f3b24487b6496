"""What is said of a report holds for one text of it: an earlier one that comes back brings nothing
back. Everybody whose word is owed is asked, and nothing goes out by another door."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from concordat.craft import files
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents import queries as papers
from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.models import Grant, Hold, Record
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Clearing, DisclosureCheck, Review
from concordat.domain.practice.reviews.rules import clearance
from concordat.domain.practice.reviews.rules.clearance import Agreed, Step
from concordat.domain.practice.reviews.rules.desk import Conflict, List, Part
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, sits, verbs_on
from tests.operations.reviews.desk.examples import (
    LATE,
    NAME,
    Studio,
    agrees,
    all_no,
    cleared,
    copies_go_out,
    everybody_signs,
    report,
    reviewer,
    sign,
    speaks,
    stopped,
)
from tests.walls import behind_the_wall

pytestmark = pytest.mark.long


def _anew(studio: Studio, words: str, note: str = "A slip") -> None:
    operations.put_draft(studio.manager, review=studio.review, file=report(words), note=note)


def _earlier(document: Document | None, number: int) -> Upload:
    """The very file of an earlier version."""
    version = Version.objects.get(document=document, number=number)
    return Upload(version.name, files.read(Path(settings.MEDIA_ROOT), version.digest))


def _back(studio: Studio, number: int) -> None:
    file = _earlier(studio.row().draft, number)
    operations.put_draft(studio.manager, review=studio.review, file=file, note="As it was")


def _signs(studio: Studio, *steps: Step) -> None:
    rows = Clearing.objects.filter(review=studio.review, step__in=steps).select_related("seat")
    for row in rows.order_by("pk"):
        sign(studio, row)


def _bars(studio: Studio) -> str:
    with pytest.raises(Refused) as found:
        operations.publish(studio.manager, review=studio.row(), reason=LATE)
    return found.value.reason


def test_another_partnership_agrees_to_one_text_and_to_no_other(
    studio: Studio, drafted: Review
) -> None:
    row = queries.agreements(studio.manager, drafted)[0]
    with pytest.raises(Stale):
        operations.answer_partnership(
            studio.theirs.actor, agreement=row, agree=True, text="1.1:" + "0" * 64
        )
    agrees(studio, studio.theirs, row)
    assert queries.agreed_partners(studio.manager, studio.row())
    assert not Ask.objects.filter(errand="approve", cleared_on=None).exists()
    _anew(studio, "Mended")
    row.refresh_from_db()
    assert (row.state, row.text) == (Agreed.ASKED, "")
    assert queries.agreed_partners(studio.manager, studio.row()) == []
    assert Ask.objects.filter(errand="approve", seat=studio.theirs.seat, cleared_on=None).exists()
    cleared(studio)
    (put,) = operations.publish(studio.manager, review=studio.row(), reason=LATE)
    assert put.partnership == studio.nest.house.here


def test_an_agreement_does_not_come_back_with_an_earlier_file(
    studio: Studio, drafted: Review
) -> None:
    row = agrees(studio, studio.theirs, queries.agreements(studio.manager, drafted)[0])
    text = row.text
    _anew(studio, "Mended")
    _back(studio, 1)
    now = queries.text_of(studio.manager, studio.row())
    assert now.rpartition(":")[2] == text.rpartition(":")[2]
    assert queries.agreed_partners(studio.manager, studio.row()) == []


def test_an_earlier_file_brings_no_signature_and_no_check_back(
    studio: Studio, drafted: Review
) -> None:
    operations.put_draft(studio.manager, review=drafted, file=report("A larkspur"), note="Flower")
    cleared(studio)
    operations.scan_report(studio.manager, review=drafted)
    for leak in queries.leaks(studio.manager, studio.row()):
        operations.set_aside(studio.nest.house.co_ordinator.actor, leak=leak, why="A flower")
    _anew(studio, "Mended")
    _back(studio, 2)
    told = _bars(studio)
    assert "Not cleared yet: agencies say" in told
    assert "2 disclosure checks of two are not in" in told
    assert "No advance copy" in told
    assert all(not each.aside_why for each in queries.leaks(studio.manager, studio.row()))


def test_what_was_taken_back_and_sent_again_is_signed_anew(studio: Studio, drafted: Review) -> None:
    cleared(studio)
    agrees(studio, studio.theirs, queries.agreements(studio.manager, drafted)[0])
    operations.take_back(studio.manager, review=studio.row(), reason="A relative wrote")
    assert not Ask.objects.filter(errand__in=("sign", "approve", "review"), cleared_on=None)
    assert "clearance voided" in verbs_on(drafted.record)
    operations.send_to_clearance(studio.manager, review=studio.row())
    assert "Not cleared yet: agencies say" in _bars(studio)
    assert queries.agreed_partners(studio.manager, studio.row()) == []


def test_an_agency_that_reports_is_asked_and_answers_before_the_next_step(
    studio: Studio, drafted: Review
) -> None:
    house = studio.nest.house
    made = agencies.set_down(
        LOADER, partnership=house.here, kind="agencies", key="school",
        values={"name": "Bow School", "agency_class": "education"},
    )  # fmt: skip
    assert isinstance(made, Agency)
    operations.ask_report(
        studio.manager, review=studio.row(), agency=made, seat=house.member.seat,
        due=DAY + timedelta(days=9),
    )  # fmt: skip
    _signs(studio, Step.ACCURACY)
    legal = Clearing.objects.get(review=drafted, step=Step.LEGAL)
    with pytest.raises(Refused, match="First: agencies say"):
        sign(studio, legal)
    assert "Bow School is not asked yet" in _bars(studio)
    assert "The report of Bow School is not signed" in _bars(studio)
    operations.name_seats(
        studio.manager, review=studio.row(), step=Step.ACCURACY, seats=[house.member.seat]
    )
    with pytest.raises(Refused, match="First: agencies say"):
        sign(studio, legal)
    sign(studio, Clearing.objects.get(review=drafted, step=Step.ACCURACY, seat=house.member.seat))
    sign(studio, legal)


def test_no_copy_goes_out_before_every_statutory_partner_has_signed(
    studio: Studio, drafted: Review
) -> None:
    house = studio.nest.house
    police = sits(house.here, house.board, "Pia Police", "delegate")  # type: ignore[arg-type]
    speaks(house, police, "police")
    _signs(studio, *Step)
    assert "The police here is not asked yet" in _bars(studio)
    with pytest.raises(Refused, match="not cleared yet: each partner signs"):
        _copy(studio)
    operations.name_seats(
        studio.manager, review=studio.row(), step=Step.PARTNERS, seats=[police.seat]
    )
    with pytest.raises(Refused, match="not cleared yet"):
        _copy(studio)
    place = Clearing.objects.get(review=drafted, seat=police.seat)
    text = queries.text_of(studio.manager, studio.row())
    operations.clear(police.actor, clearing=place, text=text)
    assert _copy(studio)


def _copy(studio: Studio) -> object:
    from concordat.domain.practice.reviews.rules.clearance import Copy

    return operations.send_copy(
        studio.manager, review=studio.row(), to=Copy.OFSTED, on=DAY, how="Secure mail"
    )


def test_whose_word_is_owed_is_asked_as_it_is_sent_into_clearance(
    studio: Studio, drafted: Review
) -> None:
    operations.take_back(studio.manager, review=studio.row(), reason="A slip")
    with behind_the_wall():
        Clearing.objects.filter(review=drafted).delete()
    operations.send_to_clearance(studio.manager, review=studio.row())
    asked = Clearing.objects.filter(review=drafted).values_list("step", "seat__role")
    assert sorted(asked) == [
        (Step.ACCURACY, "Hetty Health"),
        (Step.PARTNERS, "Colin Council"),
        (Step.PARTNERS, "Hetty Health"),
    ]


def test_no_paper_of_a_review_is_published_by_itself(studio: Studio, drafted: Review) -> None:
    operations.add_entry(
        studio.manager, review=drafted, kind=List.PAPER, what="School file", who="Head"
    )
    entry = queries.entries(studio.manager, studio.row(), List.PAPER)[0]
    operations.tell_outcome(
        studio.manager, entry=entry, outcome="received", on=DAY, file=report("What school wrote")
    )
    held = Document.objects.filter(about=drafted.record_id).select_related("record")
    assert held.count() == 3
    with behind_the_wall():
        Record.objects.filter(pk__in=held.values("pk")).update(sensitivity=Sensitivity.PARTNERSHIP)
    for each in held.all():
        with pytest.raises(Refused, match="published from there alone"):
            documents.publish(studio.manager, document=each, seen_version=each.record.version)


def test_what_is_made_to_teach_from_is_free_once_the_review_is_published(
    studio: Studio, drafted: Review
) -> None:
    row = operations.add_entry(
        studio.manager, review=drafted, kind=List.PRODUCT, what="Seven minutes", who="Schools"
    )
    made = operations.tell_outcome(
        studio.manager, entry=row, outcome="ready", on=DAY, file=report("What a child needed")
    )
    assert made.document
    assert Hold.objects.filter(record=made.document.record, released_on=None).exists()
    cleared(studio)
    operations.publish(studio.manager, review=studio.row(), reason=LATE)
    assert not Hold.objects.filter(record=made.document.record, released_on=None).exists()
    draft = studio.row().draft
    assert draft
    assert Hold.objects.filter(record=draft.record, released_on=None).exists()
    with pytest.raises(Refused):
        documents.replace(
            studio.manager, document=draft, file=report("Changed after"), note="After",
            seen_version=draft.record.version,
        )  # fmt: skip


def test_whoever_wrote_any_version_checks_none(studio: Studio, drafted: Review) -> None:
    house = studio.nest.house
    member = operations.ask_member(
        studio.manager, review=drafted, part=Part.REVIEWER, seat=house.member.seat, why="Knows it"
    )
    operations.check_interests(studio.manager, member=member, found=Conflict.NONE)
    operations.put_draft(
        house.co_ordinator.actor, review=drafted, file=report("By Cora"), note="Hers"
    )
    _anew(studio, "By the manager")
    for seat in (house.member.seat, house.co_ordinator.seat):
        with pytest.raises(Invalid, match="wrote the report"):
            operations.ask_check(studio.manager, review=drafted, seats=[seat, house.chair.seat])


def test_who_does_not_answer_is_replaced_and_who_has_stays(studio: Studio, drafted: Review) -> None:
    house = studio.nest.house
    everybody_signs(studio)
    copies_go_out(studio)
    first, _ = operations.ask_check(
        studio.manager, review=drafted, seats=[house.member.seat, house.chair.seat]
    )
    operations.give_check(house.member.actor, check=first, answers=all_no())
    with pytest.raises(Invalid, match="has given a check already"):
        operations.ask_check(
            studio.manager, review=drafted, seats=[house.council.seat, house.chair.seat]
        )
    operations.ask_check(
        studio.manager, review=drafted, seats=[house.member.seat, house.council.seat]
    )
    roles = [each.row.seat.role for each in queries.checks(studio.manager, studio.row())]
    assert roles == ["Meg Member", "Colin Council"]


def test_what_the_two_were_shown_is_what_is_published(studio: Studio, drafted: Review) -> None:
    assert queries.shown(studio.manager, drafted) is None
    cleared(studio)
    shown = queries.shown(studio.manager, studio.row())
    check = DisclosureCheck.objects.filter(review=drafted)[0]
    (put,) = operations.publish(studio.manager, review=studio.row(), reason=LATE)
    assert shown
    assert (put.html, put.pdf) == (shown.html, check.pdf)
    assert files.digest_of(put.html.encode()) == check.page
    assert files.read(Path(settings.MEDIA_ROOT), put.pdf) == shown.pdf


def test_the_label_that_stands_in_the_report_is_not_changed_in_clearance(
    studio: Studio, drafted: Review
) -> None:
    with pytest.raises(Refused, match="Take it back"):
        operations.retitle(studio.manager, review=drafted, title="Wren")


def test_an_agency_signature_does_not_come_back_with_an_earlier_file(
    studio: Studio, drafted: Review
) -> None:
    row = queries.reports(studio.manager, drafted)[0]
    assert row.document
    assert queries.unsigned(studio.manager, drafted) == []
    for file in (report("Another"), _earlier(row.document, 1)):
        row.document.record.refresh_from_db()
        documents.replace(
            studio.manager, document=row.document, file=file, note="By another door",
            seen_version=row.document.record.version,
        )  # fmt: skip
    assert queries.unsigned(studio.manager, studio.row()) == ["Heath Trust"]


def test_a_reviewer_keeps_nothing_of_what_they_put_on_file(studio: Studio) -> None:
    until = DAY + timedelta(days=30)
    member = reviewer(studio, until)
    writer = studio.writer_on(DAY)
    operations.put_draft(writer, review=studio.review, file=report())
    own = documents.add(
        writer, partnership=studio.nest.house.here, title="My notes", file=report("Notes"),
        about=studio.review.record,
    )  # fmt: skip
    draft = studio.row().draft
    assert draft
    for each in (draft, own):
        given = Grant.objects.filter(record=each.record, grantee=studio.writer.record)
        assert [row.to_day for row in given] == [until]
        reference = each.record.reference
        assert papers.document(studio.writer_on(until), reference)
        with pytest.raises(Document.DoesNotExist):
            papers.document(studio.writer_on(until + timedelta(days=1)), reference)
    last = DAY - timedelta(days=1)
    operations.end_member(studio.manager, member=member, last=last, why="The report is in")
    for each in (draft, own):
        with pytest.raises(Document.DoesNotExist):
            papers.document(studio.writer_on(DAY), each.record.reference)


def test_a_document_added_straight_to_a_review_is_not_published_by_itself(
    studio: Studio, drafted: Review
) -> None:
    made = documents.add(
        studio.manager, partnership=studio.nest.house.here, title="Notes", file=report("Notes"),
        about=drafted.record,
    )  # fmt: skip
    hold = Hold.objects.get(record=made.record)
    assert (hold.blocks, hold.released_on) == ("publish", None)
    with pytest.raises(Refused):
        documents.publish(studio.manager, document=made, seen_version=made.record.version)


def test_the_draft_is_replaced_on_the_page_of_the_review_alone(
    studio: Studio, drafted: Review
) -> None:
    draft = studio.row().draft
    assert draft
    before = Version.objects.filter(document=draft).count()
    with pytest.raises(Refused, match=f"pages of {drafted.record.reference}"):
        documents.replace(
            studio.manager, document=draft, file=report("Another"), note="By another door",
            seen_version=draft.record.version,
        )  # fmt: skip
    assert Version.objects.filter(document=draft).count() == before
    _anew(studio, "Another")
    assert Version.objects.filter(document=draft).count() == before + 1


def test_a_stopped_review_asks_nothing_of_anybody(studio: Studio, drafted: Review) -> None:
    assert Ask.objects.filter(cleared_on=None).exists()
    stopped(studio)
    assert not Ask.objects.filter(cleared_on=None).exists()


@pytest.mark.parametrize("end", ["published", "stopped"])
def test_who_read_the_file_to_clear_it_reads_it_no_more(
    studio: Studio, drafted: Review, end: str
) -> None:
    draft = studio.row().draft
    assert draft
    given = Grant.objects.filter(record=draft.record, grantee=studio.theirs.seat.record)
    assert given.get().to_day is None
    if end == "published":
        cleared(studio)
        operations.publish(studio.manager, review=studio.row(), reason=LATE)
    else:
        stopped(studio)
    assert given.get().to_day == DAY


def test_what_a_scan_found_stands_before_publication(studio: Studio, drafted: Review) -> None:
    operations.put_draft(
        studio.manager, review=drafted, file=report(footnote=f"As {NAME} said"), note="A note"
    )
    told = " ".join(clearance.bars(queries.readiness(studio.manager, studio.row()), DAY))
    assert "A footnote or endnote: the name of Heron." in told
    assert "Samuel" not in told
