"""Commissioning a review, its method and terms, its people, its lists and its reports."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.records.models import Hold
from concordat.domain.practice.chronologies import queries as chronologies
from concordat.domain.practice.chronologies.models import Chronology
from concordat.domain.practice.chronologies.operations.setting import Terms, open_chronology
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Entry, FeeStage, Member, Review
from concordat.domain.practice.reviews.rules.desk import (
    Conflict,
    List,
    Part,
    Points,
    Proceeding,
    ReportStage,
    Stage,
)
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.reviews.desk.examples import (
    DECIDED,
    Studio,
    agreed,
    report,
    reviewer,
    signed_report,
    stopped,
)
from tests.walls import behind_the_wall


@pytest.mark.long
def test_a_review_is_closed_and_its_six_months_run_from_the_decision(studio: Studio) -> None:
    row = studio.row()
    assert (row.record.level, row.record.listed) == (Sensitivity.RESTRICTED, False)
    assert queries.labels(studio.manager, row) == ["Heron", "Mother"]
    clock = Clock.objects.get(record=row.record)
    assert (clock.rule, clock.started_on, clock.due) == ("LC-PUBLISH", DECIDED, date(2019, 8, 20))
    for who in (studio.theirs, studio.nest.house.outsider):
        with pytest.raises(Review.DoesNotExist):
            queries.review(who.actor, row.record.reference)


@pytest.mark.long
def test_no_label_tells_who_it_is_about(studio: Studio) -> None:
    with pytest.raises(Invalid, match="cannot be used here"):
        operations.retitle(studio.manager, review=studio.review, title="The Larkspur review")
    operations.retitle(studio.manager, review=studio.review, title="Heron again")
    assert studio.row().record.title == "Heron again"


def test_a_method_lays_out_its_stages_and_another_one_keeps_what_was_reached(
    studio: Studio,
) -> None:
    actor, row = studio.manager, studio.review
    with pytest.raises(Invalid, match="Say why"):
        operations.choose_method(actor, review=row, method="silp", why=" ")
    with pytest.raises(Invalid, match="no such method"):
        operations.choose_method(actor, review=row, method="magic", why="Quick")
    operations.choose_method(actor, review=row, method="silp", why="Practitioners can meet")
    first = queries.entries(actor, row, List.STAGE)[0]
    assert first.planned == DECIDED + timedelta(weeks=2)
    operations.tell_outcome(actor, entry=first, outcome="reached", on=DAY)
    operations.choose_method(actor, review=row, method="thematic", why="Three cases by now")
    there = [each.what for each in queries.entries(actor, row, List.STAGE)]
    assert there[0] == "Scoping meeting"
    assert len(there) == 7


def test_terms_are_agreed_whole_and_then_written_as_a_new_version(studio: Studio) -> None:
    actor, row, board = studio.manager, studio.review, studio.nest.house.board
    operations.write_terms(actor, review=row, says={"why": "Because"})
    with pytest.raises(Refused, match="Choose the method"):
        operations.agree_terms(actor, review=row, body=board, on=DAY)
    operations.choose_method(actor, review=row, method="hybrid", why="Fits")
    with pytest.raises(Invalid, match="do not say yet"):
        operations.agree_terms(actor, review=row, body=board, on=DAY)
    found = agreed(studio)
    assert found.stage_is is Stage.UNDER_WAY
    made = operations.write_terms(actor, review=row, says={"why": "Wider"}, note="After the panel")
    assert made.number == 2
    assert queries.agreed_terms(actor, row).number == 1  # type: ignore[union-attr]


def test_two_who_write_the_terms_at_once_lose_nothing(studio: Studio) -> None:
    seen = studio.row().record.version
    operations.write_terms(studio.manager, review=studio.review, says={"why": "First"})
    with pytest.raises(Stale) as found:
        operations.write_terms(
            studio.manager, review=studio.review, says={"why": "Second"}, seen_version=seen
        )
    assert (found.value.mine["why"], found.value.theirs["why"]) == ("Second", "First")


def test_nobody_is_let_in_unchecked_and_a_reviewer_only_for_a_time(studio: Studio) -> None:
    actor, row = studio.manager, studio.review
    member = operations.ask_member(
        actor, review=row, part=Part.REVIEWER, person=studio.writer, why="Independent"
    )
    with pytest.raises(Refused, match="Check first"):
        operations.let_in(actor, member=member, from_day=DAY, to_day=DAY)
    operations.check_interests(
        actor, member=member, found=Conflict.BARS, words="Worked there in 2018"
    )
    with pytest.raises(Refused, match="bars them"):
        operations.let_in(actor, member=member, from_day=DAY, to_day=DAY)
    operations.check_interests(actor, member=member, found=Conflict.NONE)
    with pytest.raises(Invalid, match="give the last day"):
        operations.let_in(actor, member=member, from_day=DAY)
    for more, field in (
        ({}, "appointed"),
        ({"appointed": "The executive, 1 March"}, "uncontracted"),
    ):
        with pytest.raises(Invalid) as told:
            operations.let_in(actor, member=member, from_day=DAY, to_day=DAY, **more)
        assert [each.field for each in told.value.faults] == [field]
    assert Member.objects.get().from_day is None


@pytest.mark.long
def test_an_ended_reviewer_finds_nothing_any_more(studio: Studio) -> None:
    operations.put_draft(studio.manager, review=studio.review, file=report())
    member = reviewer(studio, DAY + timedelta(days=90))
    reference = studio.review.record.reference
    paper = studio.row().draft
    assert paper
    from concordat.domain.base.documents import queries as documents
    from concordat.domain.base.documents.models import Document

    assert queries.review(studio.writer_on(DAY), reference)
    assert documents.document(studio.writer_on(DAY), paper.record.reference)
    last = DAY - timedelta(days=1)
    operations.end_member(studio.manager, member=member, last=last, why="The report is in")
    with pytest.raises(Review.DoesNotExist):
        queries.review(studio.writer_on(DAY), reference)
    with pytest.raises(Document.DoesNotExist):
        documents.document(studio.writer_on(DAY), paper.record.reference)


def test_nobody_approves_what_they_are_paid(studio: Studio) -> None:
    member = reviewer(studio, DAY + timedelta(days=90))
    fee = operations.agree_fee(studio.manager, member=member, what="First draft", amount=400_000)
    with pytest.raises(Refused, match="not invoiced"):
        operations.approve_fee(studio.manager, fee=fee)
    operations.invoice_fee(studio.manager, fee=fee, invoice="17", on=DAY)
    with pytest.raises(Refused, match="Somebody else"):
        operations.approve_fee(studio.writer_on(DAY), fee=fee)
    operations.approve_fee(studio.manager, fee=fee)
    assert FeeStage.objects.get().approved_by == "Mary Manager"


def test_the_family_is_planned_by_label_alone(studio: Studio) -> None:
    with pytest.raises(Invalid, match="no label"):
        operations.add_entry(
            studio.manager, review=studio.review, kind=List.FAMILY, what="Hear her", who="Ada"
        )
    operations.add_entry(
        studio.manager, review=studio.review, kind=List.FAMILY, what="Hear her", who="mother"
    )
    assert Entry.objects.filter(kind=List.FAMILY).count() == 1


def test_what_was_refused_says_why(studio: Studio) -> None:
    row = operations.add_entry(
        studio.manager, review=studio.review, kind=List.PAPER, what="School file", who="Head",
        planned=DAY - timedelta(days=3),
    )  # fmt: skip
    assert row.is_late(DAY)
    with pytest.raises(Invalid, match="Say why"):
        operations.tell_outcome(studio.manager, entry=row, outcome="refused", on=DAY)
    operations.tell_outcome(
        studio.manager, entry=row, outcome="refused", on=DAY, words="Advice is awaited"
    )
    with pytest.raises(Refused, match="told already"):
        operations.tell_outcome(studio.manager, entry=row, outcome="received", on=DAY)


@pytest.mark.long
def test_an_agency_signs_the_very_file_and_sees_nothing_else(studio: Studio) -> None:
    house = studio.nest.house
    row = operations.ask_report(
        studio.manager, review=studio.review, agency=studio.agency, seat=studio.theirs.seat,
        due=DAY + timedelta(days=9),
    )  # fmt: skip
    actor = studio.theirs.actor
    reference = studio.review.record.reference
    assert queries.report(actor, reference, row.pk)
    with pytest.raises(Review.DoesNotExist):
        queries.review(actor, reference)
    asked = Ask.objects.get(seat=studio.theirs.seat)
    assert queries.part(actor, asked.record.reference).reports == [row]
    with pytest.raises(Refused, match="Only the review desk"):
        operations.brief(house.member.actor, report=row, author="x", independent="y", on=DAY)
    operations.brief(actor, report=row, author="Named nurse", independent="Not in line", on=DAY)
    row = operations.hand_in(actor, report=row, file=report())
    operations.judge_report(studio.manager, report=row, adequate=False, words="Says no why")
    row = operations.hand_in(actor, report=row, file=report("Why it was"), note="With why")
    operations.judge_report(studio.manager, report=row, adequate=True, words="Good")
    with pytest.raises(Stale):
        operations.sign_report(actor, report=row, version="1:" + "0" * 64)
    newest = queries.newest(actor, row.document)
    assert newest
    row = operations.sign_report(actor, report=row, version=queries.version_of(actor, newest))
    assert row.stage_is is ReportStage.SIGNED
    row = operations.hand_in(actor, report=row, file=report("Once more"), note="A slip")
    assert (row.stage_is, row.signed) == (ReportStage.IN, "")


def test_a_trial_stops_publication_and_not_the_clock(studio: Studio) -> None:
    before = Clock.objects.get().due
    row = operations.begin_proceeding(
        studio.manager, review=studio.review, kind=Proceeding.CRIMINAL, what="Trial of an adult",
        holds=True, waits="The report could prejudice it",
    )  # fmt: skip
    assert Hold.objects.get().blocks == "publish"
    operations.explain_delay(
        studio.manager, review=studio.review, reason="The trial", told="National body",
        expected_on=DAY + timedelta(days=300),
    )  # fmt: skip
    clock = Clock.objects.get()
    assert (clock.due, clock.stage, clock.delays.count()) == (before, "running", 1)
    operations.end_proceeding(studio.manager, proceeding=row, how="Verdict given")
    assert Hold.objects.get().released_on == DAY


def test_a_conclusion_points_at_what_it_rests_on(studio: Studio) -> None:
    line = operations.add_line(studio.manager, review=studio.review, question="Who knew?")
    with pytest.raises(Refused, match="Point first"):
        operations.conclude(studio.manager, line=line, conclusion="Nobody")
    operations.point(
        studio.manager, line=line, kind=Points.CHRONOLOGY, place="Row 41, 22 May 2018",
        record=studio.nest.child.record,
    )  # fmt: skip
    held = operations.conclude(studio.manager, line=line, conclusion="The school did")
    assert held.concluded_by == "Mary Manager"


def test_a_finding_brings_a_recommendation(studio: Studio) -> None:
    finding = operations.add_finding(
        studio.manager, review=studio.review, title="Late", says="Moves are told late"
    )
    operations.recommend(
        studio.manager, finding=finding, title="Tell at once", change="One path for moves"
    )
    row = Recommendation.objects.get()
    assert (row.from_record_id, row.record.level) == (studio.review.pk, Sensitivity.RESTRICTED)


def test_a_review_that_is_stopped_owes_nothing(studio: Studio) -> None:
    stopped(studio)
    assert Clock.objects.get().stage == "not applicable"
    assert verbs_on(studio.review.record)[-1] == "review stopped"
    with pytest.raises(Refused, match="stays as it is"):
        signed_report(studio)


@pytest.mark.long
def test_a_statutory_review_is_stopped_by_a_body_on_a_day_alone(studio: Studio) -> None:
    told = {"review": studio.review, "reason": "The criteria fell away."}
    board, theirs = studio.nest.house.board, studio.theirs.seat.body
    for field, more in (
        ("body", {}),
        ("body", {"on": DAY}),
        ("body", {"body": theirs, "on": DAY}),
        ("on", {"body": board}),
        ("on", {"body": board, "on": DAY + timedelta(days=1)}),
        ("on", {"body": board, "on": DECIDED - timedelta(days=1)}),
    ):
        with pytest.raises(Invalid) as problem:
            operations.stop(studio.manager, **told, **more)
        assert problem.value.faults[0].field == field
        assert Clock.objects.get().stage != "not applicable"
    stopped(studio)
    row = studio.row()
    words = f"{board.name} decided this on {day_in_words(DAY)}."
    assert row.ended_why == f"The criteria fell away. {words}"
    assert words in Clock.objects.get().ruled_out_reason


@pytest.mark.long
def test_whoever_was_let_in_to_work_on_it_does_not_stop_it(studio: Studio) -> None:
    reviewer(studio, DAY + timedelta(days=90))
    writer = studio.writer_on(DAY)
    assert queries.may_change(writer, studio.row())
    assert not queries.leads(writer, studio.row())
    with pytest.raises(Refused):
        operations.stop(
            writer, review=studio.review, reason="Enough", body=studio.nest.house.board, on=DAY
        )


def test_a_review_that_is_not_statutory_is_stopped_by_whoever_runs_it(studio: Studio) -> None:
    with behind_the_wall():
        Review.objects.filter(pk=studio.review.pk).update(statutory=False)
    operations.stop(studio.manager, review=studio.row(), reason="Nothing to learn")
    assert studio.row().ended_why == "Nothing to learn"


def test_every_line_is_concluded_or_set_aside_before_clearance(studio: Studio) -> None:
    agreed(studio)
    signed_report(studio)
    operations.add_finding(studio.manager, review=studio.review, title="Late", says="Told late")
    operations.put_draft(studio.manager, review=studio.review, file=report())
    line = operations.add_line(studio.manager, review=studio.review, question="Who knew?")
    with pytest.raises(Refused, match="Line 1 has no conclusion"):
        operations.send_to_clearance(studio.manager, review=studio.row())
    with pytest.raises(Invalid, match="Say why"):
        operations.set_line_aside(studio.manager, line=line, reason=" ")
    operations.set_line_aside(studio.manager, line=line, reason="A court answers it")
    assert verbs_on(studio.review.record)[-1] == "line of enquiry set aside"
    with pytest.raises(Refused, match="set aside already"):
        operations.set_line_aside(studio.manager, line=line, reason="Again")
    operations.point(studio.manager, line=line, kind=Points.VOICE, place="The head teacher")
    with pytest.raises(Refused, match="was set aside"):
        operations.conclude(studio.manager, line=line, conclusion="The school")
    operations.send_to_clearance(studio.manager, review=studio.row())


def test_a_conflict_that_bars_ends_what_is_still_to_begin(studio: Studio) -> None:
    member = operations.ask_member(
        studio.manager, review=studio.review, part=Part.REVIEWER, person=studio.writer, why="Knows"
    )
    operations.check_interests(studio.manager, member=member, found=Conflict.NONE)
    first, last = DAY + timedelta(days=3), DAY + timedelta(days=30)
    operations.let_in(
        studio.manager, member=member, from_day=first, to_day=last, appointed="The executive",
        uncontracted="Paid by the day",
    )  # fmt: skip
    operations.check_interests(
        studio.manager, member=member, found=Conflict.BARS, words="Managed the service"
    )
    with pytest.raises(Review.DoesNotExist):
        queries.review(studio.writer_on(first), studio.review.record.reference)


def test_the_end_of_a_part_shuts_the_chronology_of_the_review_too(studio: Studio) -> None:
    until = DAY + timedelta(days=90)
    member = reviewer(studio, until)
    row = open_chronology(
        studio.manager, partnership=studio.nest.house.here, about=studio.review.record,
        terms=Terms(title="Heron", first=date(2018, 1, 1), last=DAY), manager=studio.writer.record,
    )  # fmt: skip
    assert chronologies.chronology(studio.writer_on(DAY), row.record.reference)
    last = DAY - timedelta(days=1)
    operations.end_member(studio.manager, member=member, last=last, why="The report is in")
    with pytest.raises(Chronology.DoesNotExist):
        chronologies.chronology(studio.writer_on(DAY + timedelta(days=1)), row.record.reference)
