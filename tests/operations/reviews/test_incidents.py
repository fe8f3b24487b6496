"""An incident is told, notified by the council alone, reviewed, decided, signed and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Start
from concordat.domain.base.clocks.rules import LONDON, Arrangements
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.seats.operations import close_seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.children.models import Child, StatedGround
from concordat.domain.practice.children.operations import end_ground
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import (
    Incident,
    IncidentView,
    RapidDecision,
    RapidSignature,
)
from concordat.domain.practice.reviews.operations import Where
from concordat.domain.practice.reviews.rules import (
    Belief,
    Harm,
    Outcome,
    Paper,
    Reply,
    Stage,
    Standing,
    View,
    Weight,
)
from concordat.domain.practice.reviews.rules.papers import RAPID_REVIEW, questions
from concordat.kernel.actor import Actor, Kind, process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import LOADER, verbs_on
from tests.operations.reviews.examples import (
    KNOWN,
    LATER,
    SENT,
    Ward,
    again,
    asked,
    clock,
    rules_that_run,
    second_seat,
    sits_for,
    stage,
    version,
)


def test_a_member_tells_and_the_child_is_kept_by_label(ward: Ward, told: Incident) -> None:
    assert stage(told) is Stage.TOLD
    row = again(told)
    assert row.child
    assert row.record.title == f"Serious incident: {row.child.label}"
    assert not row.record.listed
    assert row.agency == ward.school
    assert verbs_on(row.record)[-1] == "incident told"
    assert rules_that_run(row) == {"SIN-CRIT": "running"}
    assert clock(row, "SIN-CRIT").due == date(2019, 5, 13)
    assert clock(row, "SIN-CRIT").holder == ward.house.council.seat


@pytest.mark.long
@pytest.mark.parametrize("who", ["outsider", "member", "chair", "board_chair"])
def test_nobody_else_finds_it(ward: Ward, told: Incident, who: str) -> None:
    actor = ward.actor(who)
    assert not queries.incidents(actor).exists()
    with pytest.raises(Incident.DoesNotExist):
        queries.incident(actor, told.record.reference)


@pytest.mark.long
@pytest.mark.parametrize("who", ["manager", "co_ordinator", "council", "health", "police"])
def test_partners_and_the_secretariat_find_it(ward: Ward, told: Incident, who: str) -> None:
    assert queries.incident(ward.actor(who), told.record.reference).pk == told.pk


def test_nothing_is_kept_without_the_grounds_of_the_area(ward: Ward) -> None:
    end_ground(
        ward.actor(), ground=StatedGround.objects.filter(area=ward.new).first(),  # type: ignore[arg-type]
        on=date(2019, 4, 1), reason="Withdrawn",
    )  # fmt: skip
    before = (Incident.objects.count(), Child.objects.count(), Record.objects.count())
    with pytest.raises(Refused, match="is on record"):
        ward.told()
    assert (Incident.objects.count(), Child.objects.count(), Record.objects.count()) == before


@pytest.mark.long
def test_what_cannot_be_told(ward: Ward) -> None:
    for more, field in (
        ({"known_at": KNOWN + timedelta(days=3)}, "known_at"),
        ({"happened_on": " "}, "happened_on"),
        ({"belief_on": ""}, "belief_on"),
        ({"age": 40}, "age"),
    ):
        with pytest.raises(Invalid) as refusal:
            ward.told(**more)
        assert refusal.value.faults[0].field == field
    with pytest.raises(Invalid, match="area of this partnership"):
        ward.told(ward.theirs)
    assert not Incident.objects.exists()


@pytest.mark.long
def test_a_death_has_its_own_notices(ward: Ward) -> None:
    row = ward.told(harm=Harm.DIED, standings=[Standing.LOOKED_AFTER, Standing.CARE_LEAVER], age=16)
    run = rules_that_run(row)
    assert set(run) == {"SIN-CRIT", "SIN-LAC", "CDR-NOTIFY"}, "care leavers: only from 2023"
    assert run["CDR-NOTIFY"] == "start date needed"
    died = datetime(2019, 5, 3, 9, 0, tzinfo=LONDON)
    facts = ward.facts(harm=Harm.DIED, standings=[], age=16, died_at=died)
    operations.amend(ward.actor("council"), incident=row, facts=facts, reason="It is known now")
    run = rules_that_run(row)
    assert run["SIN-LAC"] == "not applicable"
    assert clock(row, "CDR-NOTIFY").due_at == died + timedelta(hours=24)


def test_a_start_that_is_changed_needs_its_reason(ward: Ward, told: Incident) -> None:
    facts = ward.facts(known_at=KNOWN - timedelta(days=2))
    council = ward.actor("council")
    with pytest.raises(Invalid) as refusal:
        operations.amend(council, incident=told, facts=facts)
    assert refusal.value.faults[0].field == "reason"
    assert clock(told, "SIN-CRIT").due == date(2019, 5, 13)
    operations.amend(council, incident=told, facts=facts, reason="The duty team knew on Wednesday")
    held = clock(told, "SIN-CRIT")
    assert held.due == date(2019, 5, 9)
    assert Start.objects.filter(clock=held).count() == 2


def test_the_council_notifies_alone_and_dissent_is_kept(ward: Ward, told: Incident) -> None:
    assert any("should be notified" in each for each in asked(ward.police.seat))
    operations.say(
        ward.actor("police", LATER), incident=told, of=IncidentView.Of.NOTIFYING,
        agency=ward.force, view=View.DISAGREES, reason="No crime is known",
    )  # fmt: skip
    assert not any("should be notified" in each for each in asked(ward.police.seat))
    with pytest.raises(Refused, match="Only the council"):
        operations.notify(ward.actor("police", LATER), incident=told, sent_at=SENT)
    operations.notify(ward.actor("council", LATER), incident=told, sent_at=SENT, number="N-1")
    row = again(told)
    assert row.stage_is is Stage.NOTIFIED
    assert "Here Police disagrees" in row.notification.agreement
    assert rules_that_run(row) == {"SIN-CRIT": "met", "RR-DO": "running"}
    assert clock(row, "RR-DO").due == date(2019, 5, 28)
    assert not asked(ward.house.health.seat)


@pytest.mark.long
def test_nobody_speaks_for_another_partner(ward: Ward, told: Incident) -> None:
    with pytest.raises(Refused, match="do not speak"):
        operations.say(
            ward.actor("police"), incident=told, of=IncidentView.Of.NOTIFYING,
            agency=ward.health, view=View.AGREES, reason="They would",
        )  # fmt: skip
    assert not IncidentView.objects.exists()


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type,misc]


@pytest.mark.long
@pytest.mark.parametrize(
    ("known", "sent", "start", "due"),
    [
        (_at(2025, 5, 29, 16), _at(2025, 5, 30, 9), "2025-05-29", "2025-06-19"),
        (_at(2025, 5, 30, 16), _at(2025, 6, 3, 9), "2025-06-03", "2025-06-24"),
        (_at(2025, 8, 22, 16), _at(2025, 8, 28, 9), "2025-08-28", "2025-09-18"),
    ],
)
def test_the_clock_of_the_rapid_review_by_regime(
    ward: Ward, known: datetime, sent: datetime, start: str, due: str
) -> None:
    row = operations.tell(
        ward.actor("member", known.date()), partnership=ward.house.here, area=ward.new,
        facts=ward.facts(known_at=known),
    )  # fmt: skip
    operations.notify(ward.actor("council", sent.date()), incident=row, sent_at=sent)
    held = clock(row, "RR-DO")
    assert (str(held.started_on), str(held.due)) == (start, due)


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
def test_what_is_not_met_is_left_with_a_reason_and_taken_up_again(ward: Ward) -> None:
    row = ward.told(harm=Harm.LESS, harm_on="A graze")
    council = ward.actor("council")
    with pytest.raises(Refused, match="Change what is held"):
        operations.notify(council, incident=row, sent_at=KNOWN)
    with pytest.raises(Invalid):
        operations.leave(council, incident=row, reason=" ")
    operations.leave(council, incident=row, reason="A graze that healed")
    assert rules_that_run(row) == {"SIN-CRIT": "not applicable"}
    operations.look_again(council, incident=row, reason="A fracture was found")
    assert stage(row) is Stage.TOLD
    assert rules_that_run(row) == {"SIN-CRIT": "running"}


@pytest.mark.long
def test_only_the_council_notifies_or_settles_that_it_is_not(ward: Ward) -> None:
    row = ward.told(harm=Harm.LESS, harm_on="A graze")
    for who in ("manager", "co_ordinator", "health"):
        with pytest.raises(Refused, match="Only the council"):
            operations.leave(ward.actor(who), incident=row, reason="A graze")
        with pytest.raises(Refused, match="Only the council"):
            operations.notify(ward.actor(who, LATER), incident=row, sent_at=SENT)
    assert stage(row) is Stage.TOLD


@pytest.mark.long
def test_both_limbs_met_cannot_be_left(ward: Ward, told: Incident) -> None:
    with pytest.raises(Refused, match="has to be notified"):
        operations.leave(ward.actor("council"), incident=told, reason="We would rather not")
    assert stage(told) is Stage.TOLD


@pytest.mark.long
def test_another_council_leads_and_finds_it(ward: Ward, told: Incident) -> None:
    outsider = ward.actor("outsider")
    assert not queries.incidents(outsider).exists()
    operations.pass_on(
        ward.actor(), incident=told, where=Where(area=ward.theirs), reason="It was in Poplar"
    )
    assert stage(told) is Stage.ELSEWHERE
    assert rules_that_run(told) == {"SIN-CRIT": "not applicable"}
    assert queries.incident(outsider, told.record.reference).pk == told.pk
    assert queries.is_a_summary(outsider, again(told))
    hand = replace(outsider, kind=Kind.ACTING_FOR, scope=frozenset({"see"}))
    assert queries.is_a_summary(hand, again(told)), "nor does an assistant get more"
    assert not queries.is_a_summary(ward.actor(), again(told))
    with pytest.raises(Refused):
        operations.amend(outsider, incident=told, facts=ward.facts())


@pytest.mark.long
def test_an_incident_that_was_told_twice(ward: Ward, told: Incident) -> None:
    other = ward.told()
    manager = ward.actor()
    assert [each.pk for each in queries.likely_the_same(manager, again(told))] == [other.pk]
    operations.join(manager, incident=told, other=other, reason="The same child")
    assert stage(told) is Stage.DUPLICATE
    assert rules_that_run(told) == {"SIN-CRIT": "not applicable"}
    assert stage(other) is Stage.TOLD
    with pytest.raises(Refused):
        operations.join(manager, incident=other, other=told, reason="Back")


@pytest.mark.long
def test_what_is_outside_the_criteria_is_set_aside(ward: Ward, notified: Incident) -> None:
    manager = ward.actor("manager", LATER)
    operations.find_outside(manager, incident=notified, reason="A rare illness explains it")
    assert rules_that_run(notified)["RR-DO"] == "not applicable"
    operations.look_again(manager, incident=notified, reason="The illness was ruled out")
    assert stage(notified) is Stage.NOTIFIED
    assert rules_that_run(notified)["RR-DO"] == "running"


@pytest.mark.long
def test_each_partner_weighs_each_criterion(ward: Ward, notified: Incident) -> None:
    first = next(iter(queries.criteria_of(LOADER, again(notified))))
    for who, agency, weight in (
        ("health", ward.health, Weight.MET),
        ("police", ward.force, Weight.NOT_MET),
    ):
        operations.weigh(
            ward.actor(who, LATER), incident=notified, criterion=first, agency=agency,
            weight=weight, reason="As we see it",
        )  # fmt: skip
    told = queries.weighed_of(LOADER, again(notified))[0]
    assert told.is_divided
    assert told.missing == (str(ward.council.pk),)


@pytest.mark.long
def test_agencies_are_asked_at_once(ward: Ward, notified: Incident) -> None:
    made = operations.ask_agencies(
        ward.actor("manager", LATER), incident=notified, requester=ward.house.health.seat,
        seats=[ward.house.member.seat, ward.police.seat], exact="Contacts since January",
        deliver_to="The administrator", due=date(2019, 5, 20),
    )  # fmt: skip
    assert len(made) == 2
    assert all(each.about_id == notified.pk for each in made)
    assert any(made[0].record.reference in each for each in asked(ward.house.member.seat))
    assert not queries.incidents(ward.actor("member", LATER)).exists(), "asked, yet not let in"


@pytest.mark.long
def test_a_decision_needs_a_reason_against_each_criterion(ward: Ward, notified: Incident) -> None:
    with pytest.raises(Invalid) as refusal:
        ward.decided(notified, reasons={})
    assert len(refusal.value.faults) == len(queries.criteria_of(LOADER, again(notified)))
    assert stage(notified) is Stage.NOTIFIED
    assert not RapidDecision.objects.exists()


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


def test_two_at_once_are_told_of_each_other(ward: Ward, told: Incident) -> None:
    seen = version(told)
    council = ward.actor("council")
    operations.amend(council, incident=told, facts=ward.facts(age=1), seen_version=seen)
    with pytest.raises(Stale):
        operations.amend(
            council, incident=told, facts=ward.facts(belief_on="Mine"), seen_version=seen
        )
    assert again(told).belief_on != "Mine"


@pytest.mark.long
def test_no_event_tells_who_the_child_is(ward: Ward, notified: Incident) -> None:
    child = again(notified).child
    assert child
    rows = Event.objects.filter(record=notified.pk)
    told = [*rows.values_list("text", flat=True)]
    told += EventDetail.objects.filter(event__in=rows.values("pk")).values_list("after", flat=True)
    assert told
    assert not any("fracture" in each or "Bruises" in each for each in told)


@pytest.mark.long
def test_who_leads_later_is_agreed(ward: Ward, notified: Incident) -> None:
    manager = ward.actor("manager", LATER)
    with pytest.raises(Invalid):
        operations.agree_lead(manager, incident=notified, where=Where(area=ward.theirs), how="")
    operations.agree_lead(
        manager, incident=notified, where=Where(area=ward.theirs), how="By letter of 8 May"
    )
    places = queries.places_of(manager, again(notified))
    assert places.agreed
    assert places.agreed.name == "Poplar"


@pytest.mark.long
def test_what_was_notified_stays_as_it_went_out(ward: Ward, notified: Incident) -> None:
    council = ward.actor("council", LATER)
    before = queries.paper(council, again(notified), Paper.NOTIFICATION)
    facts = replace(ward.facts(), harm_on="Three fractures", belief=Belief.KNOWN)
    operations.amend(council, incident=notified, facts=facts)
    assert queries.paper(council, again(notified), Paper.NOTIFICATION) == before


@pytest.mark.long
def test_a_moment_that_changes_after_notifying_moves_what_runs(
    ward: Ward, notified: Incident
) -> None:
    council = ward.actor("council", LATER)
    facts = ward.facts(known_at=KNOWN - timedelta(days=1))
    operations.amend(council, incident=notified, facts=facts, reason="Known on Thursday")
    assert clock(notified, "RR-DO").due == date(2019, 5, 24)
    sin = clock(notified, "SIN-CRIT")
    assert (sin.stage, sin.started_on, sin.met_on) == ("met", date(2019, 5, 2), LATER)
