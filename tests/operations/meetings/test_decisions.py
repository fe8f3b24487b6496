"""Decisions within power, beyond it, without a quorum and out of a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import Stage
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Decision, Delegation
from concordat.domain.governance.arrangements.operations import end_delegation
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Meeting, Resolution, Voice
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.deciding import Voice as Said
from concordat.domain.governance.meetings.rules.quorum import Effect, Presence
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.mail.cast import DAY, LOADER, Sitter, verbs_on
from tests.operations.meetings.boardroom import Boardroom


def drafted(room: Boardroom, matter: str = "methods", **more: Any) -> Resolution:
    told: dict[str, Any] = {
        "text": "Use appreciative inquiry for the first review",
        "outcome": Outcome.AGREED,
        "reasons": "It engages the front line",
        "meeting": room.now(),
        "matter": room.matter(matter),
        **more,
    }
    return operations.draft(room.manager, body=room.body, on=DAY, **told)


Began = Begun[Boardroom, Meeting]


def _held(room: Boardroom) -> Began:
    return Begun(room, room.held())


def _without_police(room: Boardroom) -> Began:
    return Begun(room, room.held(police=Presence.APOLOGIES))


@pytest.fixture(scope="session")
def helds(casts: Casts, boardrooms: Kept[Boardroom]) -> Kept[Began]:
    return casts.keep(_held, upon=boardrooms)


@pytest.fixture(scope="session")
def shorts(casts: Casts, boardrooms: Kept[Boardroom]) -> Kept[Began]:
    return casts.keep(_without_police, upon=boardrooms)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    boardrooms: Kept[Boardroom],
    helds: Kept[Began],
    shorts: Kept[Began],
) -> Iterator[Began]:
    with begun(request, boardrooms, held=helds, without_police=shorts) as stage:
        yield stage


@pytest.fixture
def room(lent: Began) -> Boardroom:
    return lent.cast


@pytest.fixture
def held(lent: Began) -> Meeting | None:
    """The meeting as it was held with all three partners."""
    return lent.row


@pytest.fixture
def without_police(lent: Began) -> Meeting | None:
    """The meeting as it was held after the police sent apologies."""
    return lent.row


def voice(row: Resolution, sitter: Sitter) -> Voice:
    return Voice.objects.select_related("resolution__record", "seat").get(
        resolution=row, seat=sitter.seat
    )


@pytest.mark.long
def test_within_power_and_quorate_it_is_in_force(room: Boardroom, held: Meeting) -> None:
    row = operations.seal(room.manager, resolution=drafted(room))
    assert row.state == State.IN_FORCE
    assert [each["answer"] for each in row.authority] == ["yes", "yes", "yes"]
    assert row.quorum["sentence"] == "Quorate: council, health and police."
    on_record = Decision.objects.get(pk=row.decision_id)
    assert (on_record.state, on_record.matters) == ("made", ["methods"])
    assert verbs_on(row.record)[-1] == "decision sealed"


@pytest.mark.long
def test_beyond_the_power_of_the_police_it_waits_and_is_asked_for(
    room: Boardroom, held: Meeting
) -> None:
    row = operations.seal(room.manager, resolution=drafted(room, "money", rest={"amount": 500_000}))
    assert row.state == State.AWAITING
    assert row.waits_for == ["Heath police"]
    ask = Ask.objects.get(record=row.record, errand=Errand.RATIFY, cleared_on=None)
    assert ask.seat_id == room.police.seat.pk
    clock = Clock.objects.get(record=row.record)
    assert (clock.rule, clock.started_on, clock.stage) == ("RATIFY", DAY, Stage.RUNNING)
    assert clock.started_by == "Sealed, and waiting for Heath police"
    assert ask.due == clock.due == DAY + timedelta(days=28)
    assert Decision.objects.get(pk=row.decision_id).state == "planned"


@pytest.mark.long
def test_it_is_ratified_by_whoever_it_waits_for_and_then_in_force(
    room: Boardroom, held: Meeting
) -> None:
    row = operations.seal(room.manager, resolution=drafted(room, "money"))
    told = {"resolution": row, "partner": "Heath police", "given": True}
    with pytest.raises(Invalid, match="what gave it"):
        operations.ratify(room.police.actor, **told)
    with pytest.raises(Invalid, match="does not wait"):
        operations.ratify(room.police.actor, **{**told, "partner": "Heath health"}, source="x")
    operations.ratify(room.police.actor, **told, source="Mayor's office decision 12")
    row.refresh_from_db()
    assert row.state == State.IN_FORCE
    assert Decision.objects.get(pk=row.decision_id).state == "made"
    assert not Ask.objects.filter(record=row.record, errand=Errand.RATIFY, cleared_on=None).exists()
    clock = Clock.objects.get(record=row.record)
    assert (clock.stage, clock.met_on, clock.proof_record_id) == (Stage.MET, DAY, row.pk)
    with pytest.raises(Refused):
        operations.ratify(room.police.actor, **told, source="again")


@pytest.mark.long
def test_one_refusal_ends_it(room: Boardroom, held: Meeting) -> None:
    row = operations.seal(room.manager, resolution=drafted(room, "money"))
    told = {"resolution": row, "partner": "Heath police", "given": False}
    with pytest.raises(Invalid, match="says why"):
        operations.ratify(room.police.actor, **told)
    operations.ratify(room.police.actor, **told, reason="No money this year")
    row.refresh_from_db()
    assert row.state == State.LAPSED
    assert Decision.objects.get(pk=row.decision_id).state == "refused"


@pytest.mark.long
def test_a_delegation_that_ended_yesterday_stops_it_with_the_reason(room: Boardroom) -> None:
    given = Delegation.objects.select_related("partnership").get(agency=room.agencies["health"])
    end_delegation(
        LOADER, delegation=given, last_day=DAY - timedelta(days=1), reason="The scheme changed"
    )
    room.held()
    row = operations.seal(room.manager, resolution=drafted(room))
    assert row.state == State.AWAITING
    assert row.waits_for == ["Heath health"]
    [health] = [each for each in row.authority if each["class"] == "health"]
    assert "28 March 2019" in health["reason"]


@pytest.mark.long
def test_without_the_police_it_is_a_recommendation_as_the_terms_say(
    room: Boardroom, without_police: Meeting
) -> None:
    row = operations.seal(room.manager, resolution=drafted(room), effect=Effect.RECOMMEND)
    assert row.state == State.RECOMMENDATION
    assert "lacking police" in row.quorum["sentence"]
    assert set(row.waits_for) == {"Heath council", "Heath health", "Heath police"}


@pytest.mark.long
def test_the_chair_lets_it_go_on_only_with_a_reason(
    room: Boardroom, without_police: Meeting
) -> None:
    row = drafted(room)
    with pytest.raises(Invalid, match="chair"):
        operations.seal(room.manager, resolution=row, effect=Effect.GO_ON)
    done = operations.seal(
        room.manager, resolution=row, effect=Effect.GO_ON, discretion="A child is at risk tonight"
    )
    assert done.state == State.AWAITING, "quorum is not authority: nobody spoke for the police"
    assert done.quorum["discretion"] == "A child is at risk tonight"


def agreed_terms(room: Boardroom, inquorate: str) -> None:
    """New terms that say what a meeting without a quorum does, in force from the day before."""
    seats.agree_terms(
        LOADER,
        body=room.body,
        from_day=DAY - timedelta(days=1),
        values={"title": "Terms", "inquorate": inquorate, "discretion": "", "state": "agreed"},
    )


@pytest.mark.long
def test_under_terms_that_bind_each_by_itself_the_others_are_bound_and_the_police_are_not(
    room: Boardroom,
) -> None:
    agreed_terms(room, "Those who are there decide for themselves")
    room.held(police=Presence.APOLOGIES)
    row = operations.seal(room.manager, resolution=drafted(room))
    assert (row.state, row.waits_for) == (State.PARTLY, ["Heath police"])
    assert Decision.objects.get(pk=row.decision_id).state == "planned"
    told = {"resolution": row, "partner": "Heath police"}
    operations.ratify(room.police.actor, **told, given=True, source="Our own minute")
    row.refresh_from_db()
    assert row.state == State.IN_FORCE
    assert Decision.objects.get(pk=row.decision_id).state == "made"


@pytest.mark.long
def test_the_refusal_of_one_who_was_not_there_leaves_the_others_bound(room: Boardroom) -> None:
    agreed_terms(room, "Those who are there decide for themselves")
    room.held(police=Presence.APOLOGIES)
    row = operations.seal(room.manager, resolution=drafted(room))
    told = {"resolution": row, "partner": "Heath police", "given": False}
    operations.ratify(room.police.actor, **told, reason="Not our method")
    row = Resolution.objects.select_related("record").get(pk=row.pk)
    assert (row.state, row.left) == (State.PARTLY, [])
    assert Clock.objects.get(record=row.record).stage == Stage.MET
    assert not Ask.objects.filter(record=row.record, errand=Errand.RATIFY, cleared_on=None).exists()
    year = (date(2019, 1, 1), date(2019, 12, 31))
    [own] = queries.account_of(room.house.health.actor, room.agencies["health"], *year)
    assert own.stands == "In force for this body"


@pytest.mark.long
def test_under_terms_that_defer_nothing_is_decided_and_the_item_comes_back(
    room: Boardroom,
) -> None:
    agreed_terms(room, "Decisions are deferred to the next meeting")
    line = room.item()
    room.held(police=Presence.APOLOGIES)
    row = operations.seal(room.manager, resolution=drafted(room, line=line))
    assert (row.state, row.outcome) == (State.IN_FORCE, Outcome.DEFERRED)
    assert row.decision_id is None
    line.refresh_from_db()
    assert line.place == "carried over"
    with pytest.raises(Refused, match="do not let"):
        operations.seal(room.manager, resolution=drafted(room), effect=Effect.OWN)


@pytest.mark.long
def test_what_concerns_no_matter_waits_for_those_who_were_not_there(room: Boardroom) -> None:
    agreed_terms(room, "Those absent agree in writing")
    room.held(police=Presence.APOLOGIES)
    row = drafted(room, matter="methods")
    operations.amend(room.manager, resolution=row, values={"matter": None})
    done = operations.seal(room.manager, resolution=row)
    assert (done.state, done.waits_for) == (State.AWAITING, ["Heath police"])


@pytest.mark.long
def test_a_partner_answers_for_itself_and_for_no_other(room: Boardroom, held: Meeting) -> None:
    row = operations.seal(room.manager, resolution=drafted(room, "money"))
    told = {"resolution": row, "partner": "Heath police", "given": True, "source": "A letter"}
    with pytest.raises(Refused, match="answers only for itself"):
        operations.ratify(room.house.health.actor, **told)
    assert queries.answers_for(room.house.health.actor, row) == []
    assert queries.answers_for(room.police.actor, row) == ["Heath police"]
    operations.ratify(room.manager, **told)
    row.refresh_from_db()
    assert row.state == State.IN_FORCE


@pytest.mark.long
def test_who_has_answered_is_asked_no_more_while_another_still_is(
    room: Boardroom, without_police: Meeting
) -> None:
    row = operations.seal(room.manager, resolution=drafted(room))
    told = {"resolution": row, "partner": "Heath health", "given": True, "source": "A letter"}
    operations.ratify(room.house.health.actor, **told)
    waiting = Ask.objects.filter(record=row.record, errand=Errand.RATIFY, cleared_on=None)
    asked = {each.seat_id for each in waiting}
    assert room.house.health.seat.pk not in asked
    assert room.police.seat.pk in asked
    assert Clock.objects.get(record=row.record).stage == Stage.RUNNING


@pytest.mark.long
def test_what_is_corrected_waits_for_nobody(room: Boardroom) -> None:
    room.held()
    row = operations.seal(room.manager, resolution=drafted(room, "money"))
    new = operations.correct(
        room.manager, resolution=row, text="Ask first", outcome=Outcome.AGREED, reasons="Too much"
    )
    assert not Ask.objects.filter(record=row.record, errand=Errand.RATIFY, cleared_on=None).exists()
    clock = Clock.objects.get(record=row.record)
    assert (clock.stage, clock.proof) == (Stage.MET, f"Corrected by {new.record.reference}")


@pytest.mark.long
def test_what_is_within_power_starts_no_clock(room: Boardroom) -> None:
    room.held()
    row = operations.seal(room.manager, resolution=drafted(room))
    assert not Clock.objects.filter(record=row.record).exists()


def test_two_never_outvote_the_third(room: Boardroom, held: Meeting) -> None:
    row = drafted(room)
    operations.say(room.manager, voice=voice(row, room.police), said=Said.AGAINST)
    with pytest.raises(Refused, match="no casting vote"):
        operations.seal(room.manager, resolution=row)
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_a_seat_without_a_vote_is_refused_one(room: Boardroom, held: Meeting) -> None:
    row = drafted(room)
    seat = room.scrutineer.seat
    seats.set_down(
        LOADER,
        partnership=room.here,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": room.body, "capacity": "adviser"},
    )
    with pytest.raises(Refused, match="no vote"):
        operations.say(room.manager, voice=voice(row, room.scrutineer), said=Said.AGREE)


def test_what_is_noted_binds_nobody_and_needs_no_power(
    room: Boardroom, without_police: Meeting
) -> None:
    row = operations.seal(room.manager, resolution=drafted(room, "money", outcome=Outcome.NOTED))
    assert row.state == State.IN_FORCE
    assert row.decision_id is None


@pytest.mark.long
def test_a_sealed_decision_is_corrected_only_by_another(room: Boardroom, held: Meeting) -> None:
    row = operations.seal(room.manager, resolution=drafted(room))
    with pytest.raises(Refused, match="linked"):
        operations.amend(room.manager, resolution=row, values={"text": "Another thing"})
    new = operations.correct(
        room.manager,
        resolution=row,
        text="Use appreciative inquiry for both reviews",
        outcome=Outcome.AGREED,
        reasons="The second was left out by mistake",
    )
    row.refresh_from_db()
    assert (row.state, row.text) == (
        State.CORRECTED,
        "Use appreciative inquiry for the first review",
    )
    assert new.corrects_id == row.pk
    with pytest.raises(Refused):
        operations.correct(
            room.manager, resolution=row, text="x", outcome=Outcome.AGREED, reasons="x"
        )


@pytest.mark.long
def test_out_of_a_meeting_only_power_on_record_binds(room: Boardroom) -> None:
    with pytest.raises(Invalid, match="wait for a meeting"):
        drafted(room, meeting=None)
    row = drafted(room, meeting=None, why_urgent="The child moves tonight")
    with pytest.raises(Refused, match="Nobody is on record"):
        operations.seal(room.manager, resolution=row)
    for sitter in room.partners.values():
        operations.say(room.manager, voice=voice(row, sitter), said=Said.AGREE)
    assert operations.seal(room.manager, resolution=row).state == State.IN_FORCE
    money = drafted(room, "money", meeting=None, why_urgent="The child moves tonight")
    for sitter in room.partners.values():
        operations.say(room.manager, voice=voice(money, sitter), said=Said.AGREE)
    with pytest.raises(Refused, match="Heath police"):
        operations.seal(room.manager, resolution=money)


def test_nothing_is_decided_ahead_or_without_reasons(room: Boardroom) -> None:
    before = Resolution.objects.count()
    with pytest.raises(Refused, match="Give the reasons"):
        drafted(room, reasons=" ")
    with pytest.raises(Invalid, match="not come yet"):
        operations.draft(
            room.manager,
            body=room.body,
            on=date(2019, 4, 1),
            text="x",
            outcome=Outcome.NOTED,
            reasons="x",
            meeting=room.now(),
        )
    assert Resolution.objects.count() == before


def test_a_member_neither_drafts_nor_seals(room: Boardroom, held: Meeting) -> None:
    with pytest.raises(Refused):
        operations.draft(
            room.house.member.actor,
            body=room.body,
            on=DAY,
            text="x",
            outcome=Outcome.NOTED,
            reasons="x",
            meeting=room.now(),
        )
    row = drafted(room)
    with pytest.raises(Refused):
        operations.seal(room.house.member.actor, resolution=row)


def test_two_who_amend_a_draft_see_both_texts(room: Boardroom, held: Meeting) -> None:
    row = drafted(room)
    seen = row.record.version
    seen = type(row.record).objects.get(pk=row.record.pk).version
    operations.amend(room.manager, resolution=row, values={"text": "One"}, seen_version=seen)
    with pytest.raises(Stale) as conflict:
        operations.amend(room.chair, resolution=row, values={"text": "Two"}, seen_version=seen)
    assert conflict.value.mine["Decision"] == "Two"
    assert conflict.value.theirs["Decision"] == "One"


@pytest.mark.long
def test_those_who_agreed_confirm_and_nobody_for_them(room: Boardroom, held: Meeting) -> None:
    row = operations.seal(room.manager, resolution=drafted(room))
    mine = voice(row, room.house.health)
    with pytest.raises(Refused, match="do not hold"):
        operations.confirm(room.house.council.actor, voice=mine)
    done = operations.confirm(room.house.health.actor, voice=mine)
    assert done.confirmed_by == "Hetty Health"
    with pytest.raises(Refused, match="already"):
        operations.confirm(room.house.health.actor, voice=mine)


@pytest.mark.long
def test_the_account_of_an_agency_holds_what_its_people_agreed(
    room: Boardroom, held: Meeting
) -> None:
    operations.seal(room.manager, resolution=drafted(room))
    operations.seal(room.manager, resolution=drafted(room, "money"))
    year = (date(2019, 1, 1), date(2019, 12, 31))
    rows = queries.account_of(room.house.health.actor, room.agencies["health"], *year)
    assert {row.state for row in rows} == {State.IN_FORCE, State.AWAITING}
    assert {row.body for row in rows} == {"Executive"}
    assert not queries.account_of(room.house.outsider.actor, room.agencies["health"], *year)


@pytest.mark.long
def test_what_sources_tell_of_stands_in_the_log_once(room: Boardroom) -> None:
    kept = arrangements.set_down(
        LOADER,
        partnership=room.here,
        kind="decisions",
        key="approved",
        values={
            "title": "Approval of the partnership",
            "body": room.body,
            "date": DAY.isoformat(),
            "state": "made",
            "matters": ["methods"],
            "instrument": "governing body resolution",
        },
    )
    room.held()
    sealed = operations.seal(room.manager, resolution=drafted(room))
    assert sealed.decision is not None, "it has a row of its own that would be told twice"
    told = queries.on_record(room.manager, body=room.body.pk, day=DAY)
    assert [row.pk for row in told] == [kept.pk]
    assert queries.on_record(room.manager, day=DAY - timedelta(days=1)) == []
    assert queries.on_record(room.house.outsider.actor) == []
