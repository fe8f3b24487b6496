"""An incident is told, notified by the council alone, reviewed, decided, signed and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.models import Start
from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.children.models import Child, StatedGround
from concordat.domain.practice.children.operations import end_ground
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import (
    Incident,
    IncidentView,
)
from concordat.domain.practice.reviews.operations import Where
from concordat.domain.practice.reviews.rules import (
    Belief,
    Harm,
    Paper,
    Stage,
    Standing,
    View,
    Weight,
)
from concordat.kernel.actor import Kind
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
    stage,
    version,
)


@pytest.mark.long
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


@pytest.mark.long
def test_a_delegate_of_no_statutory_partner_is_not_let_in(ward: Ward) -> None:
    sitter = second_seat(ward, ward.school, "Sid School")
    ward.told()
    assert queries.incidents(ward.actor("police")).exists()
    assert not queries.incidents(actor_for(sitter.person, on=LATER)).exists()


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


@pytest.mark.long
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
def test_what_was_passed_on_wrongly_comes_back(ward: Ward, told: Incident) -> None:
    operations.pass_on(
        ward.actor(), incident=told, where=Where(area=ward.theirs), reason="It was in Poplar"
    )
    operations.look_again(ward.actor(), incident=told, reason="It was in Bow after all")
    assert not queries.incidents(ward.actor("outsider")).exists()
    operations.notify(ward.actor("council", LATER), incident=told, sent_at=SENT)
    assert stage(told) is Stage.NOTIFIED


@pytest.mark.long
def test_what_is_notified_is_not_joined_to_what_is_not(ward: Ward, notified: Incident) -> None:
    other, manager = ward.told(), ward.actor("manager", LATER)
    with pytest.raises(Refused, match="join the other to this one"):
        operations.join(manager, incident=notified, other=other, reason="The same child")
    assert rules_that_run(notified)["RR-DO"] == "running"
    operations.join(manager, incident=other, other=notified, reason="The same child")
    assert stage(other) is Stage.DUPLICATE
    over = ward.told(harm=Harm.LESS, harm_on="A graze")
    operations.leave(ward.actor("council"), incident=over, reason="A graze")
    with pytest.raises(Refused, match="does not go on"):
        operations.join(manager, incident=notified, other=over, reason="The same child")


@pytest.mark.long
def test_a_notice_that_was_given_is_not_owed_again(ward: Ward) -> None:
    council = ward.actor("council")
    died = {"harm": Harm.DIED, "age": 16, "standings": [Standing.LOOKED_AFTER]}
    row = ward.told(**died)
    held = clock(row, "SIN-LAC")
    clocks.meet(ward.actor(), clock=held, on=KNOWN, proof="Sent")
    operations.amend(council, incident=row, facts=ward.facts(**died, happened_where="At home"))
    assert clock(row, "SIN-LAC").stage == "met"


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


@pytest.mark.long
def test_a_day_of_death_that_changes_needs_its_reason_and_keeps_the_first(ward: Ward) -> None:
    council = ward.actor("council")
    died: dict[str, Any] = {"harm": Harm.DIED, "age": 4}
    first, then = KNOWN - timedelta(hours=6), KNOWN - timedelta(hours=30)
    row = ward.told(**died, died_at=first)
    before = clock(row, "CDR-NOTIFY").due_at
    with pytest.raises(Invalid) as refused:
        operations.amend(council, incident=row, facts=ward.facts(**died, died_at=then))
    assert refused.value.faults[0].field == "reason"
    assert again(row).died_at == first, "nothing was changed"
    operations.amend(
        council, incident=row, facts=ward.facts(**died, died_at=then), reason="The pathologist"
    )
    assert before
    assert clock(row, "CDR-NOTIFY").due_at == before - timedelta(hours=24)
    starts = Start.objects.filter(clock=clock(row, "CDR-NOTIFY")).order_by("pk")
    assert [(each.started_at, each.reason) for each in starts] == [
        (first, ""), (then, "The pathologist"),
    ]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("to", "rule"), [("told", "SIN-CRIT"), ("notified", "RR-DO")])
def test_a_start_that_was_corrected_on_its_clock_outlives_other_changes(
    ward: Ward, to: str, rule: str
) -> None:
    row = ward.told() if to == "told" else ward.notified()
    corrected = KNOWN - timedelta(days=2)
    clocks.restart(
        ward.actor("manager", LATER), clock=clock(row, rule), on=corrected, reason="Seen"
    )
    council = ward.actor("council", LATER)
    operations.amend(council, incident=row, facts=ward.facts(happened_where="At home"))
    assert again(row).happened_where == "At home"
    assert clock(row, rule).started_on == corrected.date()
    operations.amend(
        council, incident=row, facts=ward.facts(known_at=KNOWN - timedelta(days=1)), reason="Told"
    )
    assert clock(row, rule).started_on == (KNOWN - timedelta(days=1)).date()
