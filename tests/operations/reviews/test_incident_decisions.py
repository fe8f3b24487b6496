"""The decision of a rapid review: signed for each partner, sent, answered."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import Arrangements
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.seats.operations import close_seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import (
    Incident,
    IncidentView,
    RapidDecision,
    RapidSignature,
)
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules import (
    Outcome,
    Paper,
    Reply,
    Stage,
    View,
    Weight,
)
from concordat.domain.practice.reviews.rules.papers import RAPID_REVIEW, questions
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import LOADER, verbs_on
from tests.operations.reviews.examples import (
    LATER,
    Ward,
    again,
    asked,
    clock,
    rules_that_run,
    second_seat,
    sits_for,
    stage,
)


@pytest.mark.long
def test_an_area_under_its_old_board_follows_its_chair(ward: Ward) -> None:
    row = again(ward.notified(ward.old))
    assert row.old_board
    assert rules_that_run(row) == {"SIN-CRIT": "met", "OLD-SCR-DECIDE": "running"}
    assert clock(row, "OLD-SCR-DECIDE").due == date(2019, 6, 9)
    assert asked(ward.board_chair.seat) == [
        f"review whether {row.record.reference} becomes a serious case review"
    ]
    with pytest.raises(Invalid, match="cannot be decided here"):
        ward.decided(row, outcome=Outcome.LOCAL)
    ward.decided(row)
    assert rules_that_run(row)["OLD-SCR-DECIDE"] == "met"
    assert clock(row, "OLD-SCR-TELL").due == date(2019, 5, 16)
    assert not any("sign" in each for each in asked(ward.house.health.seat))
    ward.sign(row, "board_chair")
    operations.send(ward.actor("manager", LATER), incident=row, sent_on=LATER)
    assert stage(row) is Stage.SENT
    assert rules_that_run(row)["OLD-SCR-TELL"] == "met"


GO_LIVE = date(2019, 5, 20)


def _goes_live(ward: Ward) -> None:
    clocks.set_area_live(
        LOADER, area=ward.old, arrangements=Arrangements.SAFEGUARDING, live_on=GO_LIVE,
        source="Published arrangements",
    )  # fmt: skip


@pytest.mark.long
def test_an_area_that_goes_live_before_its_old_board_decides(ward: Ward) -> None:
    row = ward.notified(ward.old)
    _goes_live(ward)
    assert operations.take_over_from_old_boards(process("review watcher", LATER)) == 0
    timer = process("review watcher", GO_LIVE)
    assert operations.take_over_from_old_boards(timer) == 1
    assert operations.take_over_from_old_boards(timer) == 0
    run = rules_that_run(row)
    assert (run["OLD-SCR-DECIDE"], run["RR-DO"]) == ("not applicable", "running")
    assert clock(row, "RR-DO").started_on == GO_LIVE
    assert not asked(ward.board_chair.seat)
    ward.decided(again(row), on=GO_LIVE)
    ward.signed(row, on=GO_LIVE)
    operations.send(ward.actor("manager", GO_LIVE), incident=row, sent_on=GO_LIVE)
    assert rules_that_run(row)["RR-DO"] == "met"


@pytest.mark.long
def test_a_partner_whose_seat_begins_later_is_let_in_and_asked(
    ward: Ward, notified: Incident
) -> None:
    ward.decided(notified)
    newcomer = second_seat(ward, ward.force, "Nell Newcomer")
    actor = actor_for(newcomer.person, on=LATER)
    with pytest.raises(Incident.DoesNotExist):
        queries.incident(actor, notified.record.reference)
    timer = process("review watcher", LATER)
    assert operations.let_in_who_came_later(timer) == 1
    assert operations.let_in_who_came_later(timer) == 0
    assert queries.incident(actor, notified.record.reference) == notified
    assert asked(newcomer.seat) == [f"sign the decision on {notified.record.reference}"]
    assert "incident opened to who came later" in verbs_on(notified.record)
    with pytest.raises(Refused):
        operations.let_in_who_came_later(actor)


@pytest.mark.long
def test_who_came_after_the_signature_of_their_partner_is_not_asked_for_it(
    ward: Ward, notified: Incident
) -> None:
    ward.decided(notified)
    ward.signed(notified)
    newcomer = second_seat(ward, ward.force, "Nell Newcomer")
    assert operations.let_in_who_came_later(process("review watcher", LATER)) == 1
    assert asked(newcomer.seat) == []


@pytest.mark.long
def test_the_review_that_was_decided_is_asked_for_until_it_is_begun(
    ward: Ward, notified: Incident
) -> None:
    wanted = f"confirm that the review decided on {notified.record.reference} is begun"
    ward.decided(notified, outcome=Outcome.LEARNING)
    assert wanted not in asked(ward.house.manager.seat)
    manager = ward.actor("manager", LATER)
    anew = ward.decision(notified, outcome=Outcome.LOCAL)
    operations.decide(manager, incident=notified, decided=anew, reason="There is more to learn")
    assert wanted in asked(ward.house.manager.seat)
    operations.commission(
        manager, partnership=ward.house.here,
        told=Commission(title="Heron", group=ward.house.board, area=ward.new, why="Decided",
                        origin=notified.record, decided_on=LATER),
    )  # fmt: skip
    assert wanted not in asked(ward.house.manager.seat)


@pytest.mark.long
def test_an_open_query_keeps_an_incident_open_and_deciding_anew_answers_it(
    ward: Ward, notified: Incident
) -> None:
    ward.decided(notified)
    ward.signed(notified)
    manager = ward.actor("manager", LATER)
    operations.send(manager, incident=notified, sent_on=LATER)
    row = operations.record_answer(
        manager, incident=notified, reply=Reply.QUERIES, words="Why no review?", came_on=LATER
    )
    with pytest.raises(Refused, match="query is not answered"):
        operations.close(manager, incident=notified, reason="Nothing more")
    anew = ward.decision(notified, outcome=Outcome.LEARNING)
    operations.decide(manager, incident=notified, decided=anew, reason="After the query")
    row.refresh_from_db()
    assert row.stood_by == "Decided anew: decision 2."
    assert asked(ward.police.seat) == [f"sign the decision on {notified.record.reference}"]


@pytest.mark.long
def test_partners_decide_on_the_go_live_day_before_the_timer_came(ward: Ward) -> None:
    row = ward.notified(ward.old)
    _goes_live(ward)
    manager = ward.actor("manager", GO_LIVE)
    new = again(row)
    new.old_board = False
    operations.decide(manager, incident=row, decided=ward.decision(new))
    assert not again(row).old_board
    assert rules_that_run(row)["OLD-SCR-DECIDE"] == "not applicable"


@pytest.mark.long
def test_what_an_old_board_decided_is_sent_after_the_go_live(ward: Ward) -> None:
    row = ward.notified(ward.old)
    ward.decided(again(row))
    ward.sign(row, "board_chair")
    _goes_live(ward)
    operations.send(ward.actor("manager", GO_LIVE), incident=row, sent_on=GO_LIVE)
    assert again(row).old_board
    assert rules_that_run(row)["OLD-SCR-TELL"] == "met"


@pytest.mark.long
def test_what_is_decided_and_set_aside_can_be_decided_again(ward: Ward, notified: Incident) -> None:
    ward.decided(notified)
    manager = ward.actor("manager", LATER)
    operations.find_outside(manager, incident=notified, reason="A rare illness explains it")
    assert queries.decision_of(manager, again(notified)) is None
    operations.look_again(manager, incident=notified, reason="The illness was ruled out")
    assert ward.decided(notified).number == 2
    assert stage(notified) is Stage.DECIDED


@pytest.mark.long
def test_a_decision_needs_a_reason_against_each_criterion(ward: Ward, notified: Incident) -> None:
    with pytest.raises(Invalid) as refusal:
        ward.decided(notified, reasons={})
    assert len(refusal.value.faults) == len(queries.criteria_of(LOADER, again(notified)))
    assert stage(notified) is Stage.NOTIFIED
    assert not RapidDecision.objects.exists()


@pytest.mark.long
def test_deciding_anew_voids_every_signature(ward: Ward, notified: Incident) -> None:
    row = ward.decided(notified)
    assert asked(ward.police.seat) == [f"sign the decision on {notified.record.reference}"]
    ward.sign(notified, "police")
    assert not asked(ward.police.seat)
    with pytest.raises(Refused, match="signed for Here Police already"):
        ward.sign(notified, "police")
    manager = ward.actor("manager", LATER)
    anew = ward.decision(notified, outcome=Outcome.LEARNING)
    with pytest.raises(Invalid, match="decided anew"):
        operations.decide(manager, incident=notified, decided=anew)
    second = operations.decide(manager, incident=notified, decided=anew, reason="New facts")
    assert queries.signed_by(LOADER, second) == []
    assert asked(ward.police.seat) == [f"sign the decision on {notified.record.reference}"]
    with pytest.raises(Stale):
        operations.sign(
            ward.actor("police", LATER), incident=notified, seat=ward.police.seat,
            digest=row.digest,
        )  # fmt: skip
    assert RapidSignature.objects.count() == 1


@pytest.mark.long
def test_nobody_signs_for_a_partner_for_whom_they_do_not_speak(ward: Ward) -> None:
    """The council has two seats; who sits in the first sits in one of health's as well."""
    second = second_seat(ward, ward.council, "Cara Council")
    sits_for(ward, ward.house.council, ward.health)
    notified = ward.notified()
    ward.decided(notified)
    held = queries.decision_of(LOADER, again(notified))
    assert held
    operations.sign(
        actor_for(second.person, on=LATER), incident=notified, seat=second.seat, digest=held.digest
    )
    told = {each.name: each.signed for each in queries.signing_of(LOADER, again(notified), held)}
    assert told["Here Council"]
    assert told["Here CCG"] is None
    ward.sign(notified, "council")
    assert set(queries.signed_by(LOADER, held)) == {str(ward.council.pk), str(ward.health.pk)}
    assert not asked(ward.house.health.seat)
    assert asked(ward.police.seat)


@pytest.mark.long
def test_a_seat_that_ends_takes_no_signature_away(ward: Ward, notified: Incident) -> None:
    ward.decided(notified)
    ward.sign(notified, "police")
    close_seat(LOADER, seat=ward.police.seat, last_day=LATER, reason="The unit is merged")
    later = ward.actor("manager", date(2019, 6, 3))
    held = queries.decision_of(later, again(notified))
    assert held
    told = {each.name: each for each in queries.signing_of(later, again(notified), held)}
    assert told["Here Police"].signed
    assert not told["Here Police"].nobody
    assert not told["Here Council"].signed


@pytest.mark.long
def test_what_was_signed_and_sent_stays_as_it_was(ward: Ward, notified: Incident) -> None:
    manager = ward.actor("manager", LATER)
    key = questions(RAPID_REVIEW)[0].key
    operations.fill(manager, incident=notified, told={key: "Seen at the clinic"})
    held = ward.decided(notified)
    assert "Seen at the clinic" in str(held.text), "it is under the digest"
    operations.fill(manager, incident=notified, told={key: "Never seen"})
    assert "Seen at the clinic" in _panel(manager, notified)
    assert "Never seen" not in _panel(manager, notified)
    operations.send(manager, incident=notified, sent_on=LATER, without="On leave")
    sent = _panel(manager, notified)
    assert "On leave" in sent
    ward.sign(notified, "police")
    assert _panel(manager, notified) == sent, "signed later: not in what went out"
    anew = ward.decision(notified)
    operations.record_answer(
        manager, incident=notified, reply=Reply.QUERIES, words="Why?", came_on=LATER
    )
    second = operations.decide(manager, incident=notified, decided=anew, reason="A mistake")
    assert "Never seen" in _panel(manager, notified)
    assert second.digest != held.digest


def _panel(actor: Actor, row: Incident) -> str:
    return str(queries.paper(actor, again(row), Paper.PANEL))


@pytest.mark.long
def test_only_partners_sign(ward: Ward, notified: Incident) -> None:
    held = ward.decided(notified)
    for who in ("manager", "member"):
        sitter = getattr(ward.house, who)
        with pytest.raises((Refused, Incident.DoesNotExist, Record.DoesNotExist)):
            operations.sign(
                ward.actor(who, LATER), incident=notified, seat=sitter.seat, digest=held.digest
            )
    assert not RapidSignature.objects.exists()


@pytest.mark.long
def test_it_goes_unsigned_only_with_why(ward: Ward, notified: Incident) -> None:
    ward.decided(notified)
    ward.sign(notified, "council")
    manager = ward.actor("manager", LATER)
    with pytest.raises(Invalid, match="Here CCG and Here Police have not signed"):
        operations.send(manager, incident=notified, sent_on=LATER)
    operations.send(manager, incident=notified, sent_on=LATER, without="Police are on leave")
    assert rules_that_run(notified)["RR-DO"] == "met"
    row = queries.decision_of(manager, again(notified))
    assert row
    assert row.sent_to == "Child Safeguarding Practice Review Panel"
    assert row.sent_without == "Police are on leave"


@pytest.mark.long
def test_a_query_is_answered_or_decided_anew(ward: Ward, notified: Incident) -> None:
    ward.decided(notified)
    ward.signed(notified)
    manager = ward.actor("manager", LATER)
    operations.send(manager, incident=notified, sent_on=LATER)
    with pytest.raises(Refused):
        operations.stand_by(manager, incident=notified, reason="We stand by it")
    operations.record_answer(
        manager, incident=notified, reply=Reply.QUERIES, words="Why no review?", came_on=LATER
    )
    assert any("the query about" in each for each in asked(ward.police.seat))
    operations.stand_by(manager, incident=notified, reason="The learning is known")
    assert not asked(ward.police.seat)
    anew = ward.decision(notified, outcome=Outcome.LEARNING)
    operations.decide(manager, incident=notified, decided=anew, reason="After the query")
    assert stage(notified) is Stage.DECIDED
    ward.signed(notified)
    operations.send(manager, incident=notified, sent_on=LATER)
    operations.record_answer(
        manager, incident=notified, reply=Reply.AGREES, words="We agree", came_on=LATER
    )
    operations.close(manager, incident=notified, reason="Learning goes to the group")
    assert stage(notified) is Stage.CLOSED


@pytest.mark.long
def test_the_timer_reminds_who_has_not_signed(ward: Ward, notified: Incident) -> None:
    ward.decided(notified)
    early, near = process("review watcher", date(2019, 5, 20)), date(2019, 5, 26)
    assert operations.chase_signatures(early) == 0
    timer = process("review watcher", near)
    assert operations.chase_signatures(timer) == 1
    assert operations.chase_signatures(timer) == 0
    assert "signatures chased" in verbs_on(notified.record)
    with pytest.raises(Refused):
        operations.chase_signatures(ward.actor())


@pytest.mark.long
def test_no_event_keeps_what_was_said_of_the_child(ward: Ward, notified: Incident) -> None:
    manager, secret = ward.actor("manager", LATER), "Kestrel Lane"
    first = next(iter(queries.criteria_of(LOADER, again(notified))))
    health = ward.actor("health", LATER)
    operations.weigh(
        health, incident=notified, criterion=first, agency=ward.health, weight=Weight.MET,
        reason=secret,
    )  # fmt: skip
    operations.say(
        health, incident=notified, of=IncidentView.Of.DECISION, agency=ward.health,
        view=View.DISAGREES, reason=secret,
    )  # fmt: skip
    ward.decided(notified, why=secret)
    ward.signed(notified)
    operations.send(manager, incident=notified, sent_on=LATER)
    operations.record_answer(
        manager, incident=notified, reply=Reply.QUERIES, words=secret, came_on=LATER
    )
    operations.stand_by(manager, incident=notified, reason=secret)
    assert secret in str([each.words for each in queries.turns(manager, notified)]), "it is on file"
    kept = Event.objects.values_list("reason", "text")
    assert not any(secret in part for row in kept for part in row)
