"""A draft is worked by a body before a board accepts it, and the board decides with reasons."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from concordat.domain.base.actions.operations import name_contact
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.models import Checked, Recommendation
from concordat.domain.base.recommendations.operations import Before, Came, Wording
from concordat.domain.base.recommendations.rules import Origin, Point, Stage
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.operations import plain
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post, Seat
from concordat.kernel.errors import Invalid, Refused, Restricted, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.recommendations.examples import (
    DUE,
    TITLE,
    Desk,
    again,
    asked,
    stage,
    version,
)
from tests.walls import behind_the_wall


@pytest.mark.long
def test_a_draft_says_what_it_comes_from(desk: Desk, draft: Recommendation) -> None:
    assert draft.record.reference == "HERE-RC-0001"
    assert draft.came_from == "Old serious case review, 2014 (Invented), recommendation 1"
    assert stage(draft) is Stage.DRAFT
    assert verbs_on(draft.record) == ["recommendation opened", "recommendation drafted"]
    with pytest.raises(Invalid, match="Say what it comes from"):
        desk.draft(came=Came())


@pytest.mark.parametrize("who", ["member", "council"])
@pytest.mark.long
def test_only_a_chair_and_the_secretariat_draft(desk: Desk, who: str) -> None:
    before = Recommendation.objects.count()
    with pytest.raises(Refused, match="Only a chair"):
        desk.draft(by=getattr(desk.house, who).actor)
    assert Recommendation.objects.count() == before
    assert desk.draft(by=desk.chair).title == TITLE


def test_an_outsider_finds_neither_partnership_nor_draft(desk: Desk, draft: Recommendation) -> None:
    outsider = desk.house.outsider.actor
    with pytest.raises(Record.DoesNotExist):
        desk.draft(by=outsider)
    with pytest.raises(Recommendation.DoesNotExist):
        queries.recommendation(outsider, draft.record.reference)
    with pytest.raises(Record.DoesNotExist):
        operations.send(outsider, recommendation=draft, to=desk.group)
    assert not queries.recommendations(outsider).exists()
    assert not queries.like(outsider, TITLE)
    assert queries.like(desk.manager, TITLE)


def test_it_is_held_as_closely_as_its_source(desk: Desk) -> None:
    source = desk.house.restricted(words="")
    row = desk.draft(by=desk.chair, came=Came(kind=Origin.REVIEW, record=source))
    assert row.record.level is Sensitivity.RESTRICTED
    with pytest.raises(Exception, match="HERE-RC"):
        queries.recommendation(desk.house.member.actor, row.record.reference)


def test_it_is_addressed_to_one(desk: Desk, draft: Recommendation) -> None:
    with pytest.raises(Invalid, match="addressed to one"):
        operations.amend(
            desk.manager,
            recommendation=draft,
            wording=Wording(title=TITLE, agency=desk.health, outside="A department"),
        )
    assert again(draft).addressee == ""


def test_its_words_are_changed_with_what_it_said_before(desk: Desk, draft: Recommendation) -> None:
    wording = Wording(
        title="Tell the new borough within a day",
        agency=desk.health,
        nature="system change",
        nature_why="Another path for every transfer",
        measure="Transfers told within a day",
    )
    operations.amend(desk.manager, recommendation=draft, wording=wording)
    held = again(draft)
    assert (held.addressee, held.nature) == ("Heath ICB", "system change")
    assert held.record.title == "Tell the new borough within a day"
    found = queries.like(desk.manager, "the new borough is told within one day")
    assert [each.recommendation.pk for each in found] == [draft.pk]
    with pytest.raises(Invalid, match="Nothing is changed"):
        operations.amend(desk.manager, recommendation=draft, wording=wording)
    with pytest.raises(Invalid, match="Say why it is compliance"):
        operations.amend(
            desk.manager,
            recommendation=draft,
            wording=replace(wording, nature="compliance", nature_why=" "),
        )


def test_two_who_change_its_words_at_once(desk: Desk, draft: Recommendation) -> None:
    seen = version(draft)
    operations.amend(desk.manager, recommendation=draft, wording=Wording(title="First"))
    with pytest.raises(Stale) as conflict:
        operations.amend(
            desk.manager,
            recommendation=draft,
            wording=Wording(title="Second"),
            seen_version=seen,
        )
    assert conflict.value.theirs["title"] == "First"
    assert again(draft).title == "First"


def test_a_body_works_it_first(desk: Desk, draft: Recommendation) -> None:
    with pytest.raises(Refused, match="You cannot put"):
        operations.put(desk.manager, recommendation=draft, before=desk.house.board)
    operations.send(desk.manager, recommendation=draft, to=desk.group)
    assert asked(desk.leader.seat) == [f"review the recommendation “{TITLE}”"]
    with pytest.raises(Refused, match="Only Recommendations and Oversight"):
        operations.check(
            desk.house.member.actor,
            recommendation=draft,
            point=Point.CHANGE,
            answer=True,
            reason="One change",
        )
    assert not Checked.objects.exists()


@pytest.mark.long
def test_every_point_is_answered_with_its_reason_and_by_what_is_on_file(desk: Desk) -> None:
    row = desk.worked()
    worker = desk.worker.actor
    for point, told in ((Point.ADDRESSEE, "No addressee"), (Point.MEASURE, "No measure")):
        with pytest.raises(Invalid, match=told):
            operations.check(worker, recommendation=row, point=point, answer=True, reason="Yes")
    with pytest.raises(Invalid, match="Give the reason"):
        operations.check(worker, recommendation=row, point=Point.CHANGE, answer=True, reason=" ")
    for point in (Point.ADDRESSEE, Point.CHANGE, Point.MEASURE, Point.BEFORE):
        answer = point is Point.CHANGE
        operations.check(worker, recommendation=row, point=point, answer=answer, reason="Seen")
    with pytest.raises(Refused, match="Still open: system change or compliance"):
        operations.put(desk.leader.actor, recommendation=row, before=desk.house.board)
    operations.check(worker, recommendation=row, point=Point.NATURE, answer=False, reason="No")
    operations.put(desk.leader.actor, recommendation=row, before=desk.house.board)
    assert stage(row) is Stage.PROPOSED
    assert asked(desk.leader.seat) == []
    assert f"confirm or refuse the recommendation “{TITLE}”" in asked(desk.house.chair.seat)


@pytest.mark.long
def test_the_board_accepts_it_with_reasons_and_its_owner_is_asked(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.leader.actor, recommendation=checked, before=desk.house.board)
    with pytest.raises(Refused, match="Only the chair of Executive"):
        operations.accept(desk.leader.actor, recommendation=checked, reasons="Yes")
    with pytest.raises(Invalid, match="Give the reasons"):
        operations.accept(desk.chair, recommendation=checked, reasons=" ")
    by = desk.house.risk("Decision on transfers")
    operations.accept(
        desk.chair,
        recommendation=checked,
        reasons="It is owed",
        owner=desk.post,
        decision=by,
    )
    assert again(checked).decision == by
    held = again(checked)
    assert (held.stage_is, held.reasons, held.owner) == (Stage.ACCEPTED, "It is owed", desk.post)
    assert asked(desk.house.health.seat) == [f"update the recommendation “{TITLE}”"]
    assert asked(desk.house.chair.seat) == []


def test_without_an_owner_the_secretariat_is_asked_for_one(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.manager, recommendation=checked, before=desk.house.board)
    operations.accept(desk.manager, recommendation=checked, reasons="It is owed")
    assert asked(desk.house.co_ordinator.seat) == [f"update who owns the recommendation “{TITLE}”"]


def test_the_board_does_not_accept_it_and_it_is_taken_up_again(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.manager, recommendation=checked, before=desk.house.board)
    operations.refuse(desk.chair, recommendation=checked, reasons="It is done already")
    assert stage(checked) is Stage.REFUSED
    operations.take_up_again(desk.manager, recommendation=checked, reason="It was not")
    assert stage(checked) is Stage.DRAFT
    assert not Checked.objects.filter(recommendation=checked).exists()


@pytest.mark.long
def test_it_is_sent_back_and_withdrawn_with_a_reason(desk: Desk, checked: Recommendation) -> None:
    operations.put(desk.manager, recommendation=checked, before=desk.house.board)
    with pytest.raises(Refused):
        operations.send_back(desk.leader.actor, recommendation=checked, reason="No")
    operations.send_back(desk.chair, recommendation=again(checked), reason="Whose is it?")
    assert stage(checked) is Stage.WORKED
    operations.send_back(desk.leader.actor, recommendation=again(checked), reason="Anew")
    assert stage(checked) is Stage.DRAFT
    operations.withdraw(desk.manager, recommendation=again(checked), reason="Overtaken")
    assert stage(checked) is Stage.WITHDRAWN
    assert asked(desk.leader.seat) == asked(desk.house.chair.seat) == []


@pytest.mark.long
def test_what_is_a_draft_again_is_worked_and_sent_by_whoever_drafted_it(desk: Desk) -> None:
    source = desk.house.restricted(words="")
    row = desk.draft(by=desk.chair, came=Came(kind=Origin.REVIEW, record=source))
    operations.send(desk.chair, recommendation=row, to=desk.group)
    operations.send_back(desk.leader.actor, recommendation=again(row), reason="Whose is it?")
    held = again(row)
    assert (held.worked_by, held.set_by) == (None, None)
    draft = f"update the draft of the recommendation {row.record.reference}"
    assert asked(desk.house.chair.seat) == [draft]
    assert asked(desk.leader.seat) == []
    operations.amend(desk.chair, recommendation=held, wording=Wording(title="It is ours"))
    operations.send(desk.chair, recommendation=again(row), to=desk.group)
    assert asked(desk.house.chair.seat) == []
    assert again(row).worked_by == desk.group


def test_what_is_taken_up_again_is_nobodys_and_its_drafter_is_asked(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.manager, recommendation=checked, before=desk.house.board)
    operations.refuse(desk.chair, recommendation=checked, reasons="It is done already")
    operations.take_up_again(desk.chair, recommendation=checked, reason="It was not")
    held = again(checked)
    assert (held.worked_by, held.set_by, held.reasons, held.decided_on) == (None, None, "", "")
    draft = f"update the draft of the recommendation “{TITLE}”"
    assert asked(desk.house.co_ordinator.seat) == [draft]


def test_what_a_board_refuses_is_asked_of_its_drafter_who_frames_it_anew_or_lets_it_rest(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.manager, recommendation=checked, before=desk.house.board)
    operations.refuse(desk.chair, recommendation=checked, reasons="It is done already")
    draft = f"update the draft of the recommendation “{TITLE}”"
    assert asked(desk.house.co_ordinator.seat) == [draft]
    ask = Ask.objects.get(seat=desk.house.co_ordinator.seat, cleared_on=None)
    assert ask.why == f"{desk.house.board.name} did not accept it: It is done already"
    with pytest.raises(Refused):
        operations.withdraw(desk.worker.actor, recommendation=again(checked), reason="No")
    operations.withdraw(desk.leader.actor, recommendation=again(checked), reason="It is done")
    assert stage(checked) is Stage.WITHDRAWN
    assert asked(desk.house.co_ordinator.seat) == []


@pytest.mark.long
def test_a_chair_of_any_body_sends_and_withdraws_a_draft(desk: Desk) -> None:
    one, other = (desk.draft(by=desk.leader.actor, title=each) for each in ("One", "Other"))
    with pytest.raises(Refused, match="Only a chair"):
        operations.send(desk.house.member.actor, recommendation=one, to=desk.group)
    operations.send(desk.chair, recommendation=one, to=desk.group)
    operations.withdraw(desk.leader.actor, recommendation=other, reason="It is said elsewhere")
    assert (stage(one), stage(other)) == (Stage.WORKED, Stage.WITHDRAWN)
    with pytest.raises(Refused, match="Only a chair"):
        operations.withdraw(desk.chair, recommendation=again(one), reason="No")


@pytest.mark.long
def test_an_answer_falls_with_the_words_that_it_was_about(desk: Desk) -> None:
    whole = {"agency": desk.health, "measure": "Transfers told within a day"}
    row = desk.checked(**whole)
    for point in (Point.ADDRESSEE, Point.MEASURE):
        operations.check(
            desk.worker.actor, recommendation=row, point=point, answer=True, reason="On file"
        )
    wording = Wording(title=TITLE, finding="Two boroughs knew a half each")
    operations.amend(desk.worker.actor, recommendation=again(row), wording=wording)
    left = set(Checked.objects.filter(recommendation=row).values_list("point", flat=True))
    assert left == {Point.CHANGE, Point.BEFORE, Point.NATURE}
    entry = queries.entries(desk.manager, row).first()
    assert entry
    assert entry.after == "addressee, measure. To be answered anew: addressee and measure"
    with pytest.raises(Refused, match="Still open: addressee and measure"):
        operations.put(desk.leader.actor, recommendation=again(row), before=desk.house.board)


def test_a_day_stays_as_it_was_stated_while_other_words_change(
    desk: Desk, draft: Recommendation
) -> None:
    with behind_the_wall():
        draft.due = "June 2019"
        draft.save()
    shown = again(draft).due_day
    told = Wording(title="Tell the new borough", finding=draft.finding, due=shown)
    operations.amend(desk.manager, recommendation=draft, wording=told)
    assert again(draft).due == "June 2019"
    operations.amend(desk.manager, recommendation=draft, wording=replace(told, due=DUE))
    assert again(draft).due == DUE.isoformat()


def test_a_board_gives_it_to_no_post_of_another_partnership(
    desk: Desk, checked: Recommendation
) -> None:
    operations.put(desk.leader.actor, recommendation=checked, before=desk.house.board)
    there = Post.objects.get(partnership=desk.house.there)
    with pytest.raises(Invalid, match="another partnership"):
        operations.accept(desk.chair, recommendation=checked, reasons="Yes", owner=there)
    assert stage(checked) is Stage.PROPOSED


@pytest.mark.long
def test_an_addressee_inside_opens_and_reads_what_is_held_closely(desk: Desk) -> None:
    """Refused until a board accepts it; asked no more once they said how it goes."""
    addressee = desk.house.member
    closely = Came(title="Heron (Invented)", sensitivity=Sensitivity.RESTRICTED)
    row = desk.draft(by=desk.chair, came=closely, seat=addressee.seat)
    at = row.record.reference
    operations.send(desk.chair, recommendation=row, to=desk.group)
    for point in Point:
        operations.check(
            desk.worker.actor, recommendation=row, point=point, answer=False, reason="Seen"
        )
    operations.put(desk.leader.actor, recommendation=row, before=desk.group)
    with pytest.raises(Restricted):
        queries.recommendation(addressee.actor, at)
    operations.accept(desk.leader.actor, recommendation=again(row), reasons="It is owed")
    assert queries.recommendation(addressee.actor, at) == row
    assert asked(addressee.seat) == [f"read the recommendation {at}"]
    operations.update(addressee.actor, recommendation=again(row), words="We have begun")
    assert asked(addressee.seat) == []


@pytest.mark.long
def test_a_body_or_the_contact_of_an_agency_is_let_in_and_else_the_secretariat_tells(
    desk: Desk,
) -> None:
    closely = Came(title="Heron (Invented)", sensitivity=Sensitivity.RESTRICTED)
    more = {"came": closely, "owner": None}
    by_body = desk.accepted(title="A body", body=desk.group, **more)
    assert queries.recommendation(desk.worker.actor, by_body.record.reference) == by_body
    assert asked(desk.leader.seat) == [f"read the recommendation {by_body.record.reference}"]
    operations.update(desk.leader.actor, recommendation=by_body, words="We have begun")
    assert asked(desk.leader.seat) == []
    untold = desk.accepted(title="Nobody answers", agency=desk.health, **more)
    tell = f"read and tell of the recommendation {untold.record.reference}"
    assert tell in asked(desk.house.co_ordinator.seat)
    operations.tell_addressee(desk.chair, recommendation=untold, how="Letter", on=DAY)
    assert tell not in asked(desk.house.co_ordinator.seat)
    key, values = desk.house.health.seat.key, {"agency": desk.health}
    seats.set_down(LOADER, partnership=desk.house.here, kind="seats", key=key, values=values)
    contact = Seat.objects.select_related("record").get(pk=desk.house.health.seat.pk)
    name_contact(desk.manager, agency=desk.health, seat=contact)
    told = desk.accepted(title="Its contact", agency=desk.health, **more)
    assert queries.recommendation(desk.owner, told.record.reference) == told
    assert f"read the recommendation {told.record.reference}" in asked(desk.house.health.seat)


def test_drafts_that_come_at_once_are_counted_one_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever came first and kept the body has sent another draft meanwhile."""
    one, other = desk.draft(title="One"), desk.draft(title="Other")
    operations.set_caseload(desk.manager, body=desk.group, at_least=2, reason="Agreed")
    lock = plain.locked_row

    def locked_row(record: UUID) -> Record:
        if record == desk.group.pk:
            rows = Recommendation.objects.filter(pk=other.pk)
            rows.update(stage=Stage.WORKED, worked_by=desk.group)
        return lock(record)

    monkeypatch.setattr(plain, "locked_row", locked_row)
    operations.send(desk.manager, recommendation=one, to=desk.group)
    assert "read that drafts call for a meeting" in asked(desk.leader.seat)


@pytest.mark.long
def test_the_caseload_calls_for_a_meeting_by_the_bodys_own_rule(desk: Desk) -> None:
    desk.worked()
    meeting = "read that drafts call for a meeting"
    assert meeting not in asked(desk.leader.seat)
    with pytest.raises(Refused):
        operations.set_caseload(
            desk.house.member.actor, body=desk.group, at_least=2, reason="Agreed"
        )
    with pytest.raises(Invalid, match="from 1 to 99"):
        operations.set_caseload(desk.manager, body=desk.group, at_least=0, reason="Agreed")
    operations.set_caseload(desk.manager, body=desk.group, at_least=2, reason="Agreed in March")
    assert meeting not in asked(desk.leader.seat)
    second = desk.worked(title="Ask the youth panel")
    assert meeting in asked(desk.leader.seat)
    load = queries.load_of(desk.manager, desk.group)
    assert load.is_due
    assert load.sentence == (
        "2 drafts wait for Recommendations and Oversight. The caseload has reached 2: a meeting "
        "is due."
    )
    operations.withdraw(desk.manager, recommendation=second, reason="Overtaken")
    assert meeting not in asked(desk.leader.seat)


def test_what_was_accepted_before_is_taken_over_with_where_that_is_stated(desk: Desk) -> None:
    row = desk.accepted(owner=None)
    assert (row.stage_is, row.decided_on, row.set_by) == (
        Stage.ACCEPTED,
        "2014",
        desk.house.board,
    )
    with pytest.raises(Invalid, match="Say where it is stated"):
        operations.take_over(
            desk.manager,
            partnership=desk.house.here,
            wording=Wording(title="Another"),
            came=Came(title="A review"),
            before=Before(set_by=desk.house.board),
        )
    assert Event.objects.filter(verb="recommendation taken over").count() == 1
