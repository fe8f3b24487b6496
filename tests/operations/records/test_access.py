"""Shares, grants, conflicts, requests and holds: outcome, event, refusal, nothing left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import (
    AccessRequest,
    Grant,
    Hold,
    Record,
    Recusal,
    Share,
)
from concordat.domain.base.records.rules import Cut, Level, RecordKind, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.records.conftest import (
    DAY,
    SYSTEM,
    Cast,
    acting_for,
    last_event,
    nothing_changed,
)
from tests.walls import behind_the_wall

YESTERDAY, TOMORROW = DAY - timedelta(1), DAY + timedelta(1)


def given(cast: Cast, record: Record, to: Record, **more: Any) -> Grant:
    values = {"level": Level.SEE, "reason": "Needed.", "from_day": DAY, **more}
    return operations.admit(SYSTEM, record=record, grantee=to, **values)


def shared(cast: Cast, record: Record, **more: Any) -> Share:
    values = {"reason": "Joint review.", "from_day": DAY, **more}
    return operations.share(cast.manager, record=record, partnership=cast.there, **values)


def sees(actor: Actor, record: Record) -> bool:
    return bool(queries.can(actor, Verb.SEE, Record.objects.get(pk=record.pk)))


# --- shares


def test_a_share_opens_a_record_to_another_partnership_for_its_days(cast: Cast) -> None:
    risk = cast.risk()
    shared(cast, risk, from_day=TOMORROW, to_day=TOMORROW)
    event, _, after = last_event("record shared")
    assert (event.reason, after["with"], after["cut"]) == ("Joint review.", "THERE", "whole")
    assert not sees(cast.outsider, risk)
    assert sees(on(cast.outsider, 1), risk)
    assert not sees(on(cast.outsider, 2), risk)


def on(actor: Actor, days: int) -> Actor:
    return replace(actor, on=actor.on + timedelta(days))


def test_a_share_gives_sight_and_nothing_else(cast: Cast) -> None:
    risk = cast.risk()
    shared(cast, risk)
    with nothing_changed(), pytest.raises(Refused):
        operations.rename(cast.there_manager, record=risk.pk, title="Ours now")


def test_a_summary_has_no_timeline_and_a_name_gives_the_whole(cast: Cast) -> None:
    risk = cast.risk()
    shared(cast, risk, cut=Cut.SUMMARY)
    assert queries.cut_for(cast.outsider, risk) is Cut.SUMMARY
    assert not queries.timeline(cast.outsider, risk)
    assert queries.cut_for(cast.member, risk) is Cut.WHOLE
    assert queries.timeline(cast.member, risk).count() == 2
    given(cast, risk, cast.record_of(cast.outsider))
    assert queries.cut_for(cast.outsider, risk) is Cut.WHOLE
    assert queries.timeline(cast.outsider, risk).count() == 3


def test_of_two_shares_the_wider_counts(cast: Cast) -> None:
    risk = cast.risk()
    shared(cast, risk, cut=Cut.SUMMARY)
    shared(cast, risk, cut=Cut.WHOLE)
    assert queries.cut_for(cast.outsider, risk) is Cut.WHOLE
    assert queries.cut_for(SYSTEM, risk) is Cut.WHOLE


def test_a_summary_of_what_is_restricted_is_called_by_its_kind(cast: Cast) -> None:
    plain, closed = cast.risk(), cast.restricted()
    for each in (plain, closed):
        _from_the_system(cast, each, Cut.SUMMARY)
    given(cast, closed, Record.objects.get(pk=cast.outsider.seats[0].seat))
    held = [plain, closed]
    assert queries.summaries(cast.outsider, held) == {plain.pk, closed.pk}
    assert queries.titles(cast.outsider, held) == {plain.pk: plain.title, closed.pk: "Risk"}
    assert queries.titles(cast.member, held) == {each.pk: each.title for each in held}
    _from_the_system(cast, closed, Cut.WHOLE)
    assert queries.title_for(cast.outsider, closed) == closed.title


def _from_the_system(cast: Cast, record: Record, cut: Cut) -> None:
    operations.share(
        SYSTEM, record=record, partnership=cast.there, reason="R.", from_day=DAY, cut=cut
    )


def test_who_may_share_and_with_whom(cast: Cast) -> None:
    risk = cast.risk()
    for actor in (cast.co_ordinator, cast.member, cast.chair):
        with nothing_changed(), pytest.raises(Refused):
            operations.share(actor, record=risk, partnership=cast.there, reason="R.", from_day=DAY)
    for wrong in (cast.here, cast.board):
        with nothing_changed(), pytest.raises(Invalid, match="another partnership"):
            operations.share(
                cast.manager, record=risk, partnership=wrong, reason="R.", from_day=DAY
            )
    for values in ({"reason": " "}, {"to_day": YESTERDAY}):
        with nothing_changed(), pytest.raises(Invalid):
            shared(cast, risk, **values)


def test_a_share_ends(cast: Cast) -> None:
    risk = cast.risk()
    row = shared(cast, risk, from_day=YESTERDAY)
    assert sees(cast.outsider, risk)
    operations.end_share(cast.manager, share=row, on=YESTERDAY, reason="Done.")
    assert not sees(cast.outsider, risk)
    assert last_event("share ended")[1:] == (
        {"until": None},
        {"until": "2019-03-28", "with": "THERE"},
    )
    with nothing_changed(), pytest.raises(Refused, match="ends on 28 March 2019 already"):
        operations.end_share(cast.manager, share=row, on=DAY, reason="Again.")
    with nothing_changed(), pytest.raises(Refused):
        operations.end_share(cast.member, share=row, on=YESTERDAY, reason="Mine.")


# --- grants


@pytest.mark.parametrize("to", ["person", "body", "seat"])
def test_a_grant_opens_a_record_to_person_body_or_seat(cast: Cast, to: str) -> None:
    heron = cast.restricted()
    grantee = {
        "person": cast.record_of(cast.member),
        "body": cast.board,
        "seat": Record.objects.get(pk=cast.member.seats[0].seat),
    }[to]
    assert not sees(cast.member, heron)
    given(cast, heron, grantee, to_day=DAY)
    assert last_event("access given")[2]["to"] == grantee.reference
    assert sees(cast.member, heron)
    assert not sees(on(cast.member, 1), heron)
    assert [each.grantee for each in queries.access_of(cast.chair, heron, on=DAY)] == [grantee]
    assert not queries.access_of(cast.chair, heron, on=TOMORROW)
    assert not queries.access_of(cast.outsider, heron, on=DAY)


def test_who_may_be_admitted_to_what(cast: Cast) -> None:
    heron = cast.restricted()
    sealed = cast.risk("Wren", sensitivity=Sensitivity.SEALED)
    for wrong in (cast.here, heron):
        with nothing_changed(), pytest.raises(Invalid, match="a person, a seat or a body"):
            given(cast, heron, wrong)
    with nothing_changed(), pytest.raises(Refused, match="named people only"):
        given(cast, sealed, cast.board)
    for values in ({"reason": ""}, {"to_day": YESTERDAY}):
        with nothing_changed(), pytest.raises(Invalid):
            given(cast, heron, cast.board, **values)


def test_sealing_is_read_from_the_locked_row(cast: Cast) -> None:
    heron = cast.restricted()
    stale = Record.objects.get(pk=heron.pk)
    operations.restrict(SYSTEM, record=heron, sensitivity=Sensitivity.SEALED, reason="Case.")
    with nothing_changed(), pytest.raises(Refused, match="named people only"):
        given(cast, stale, cast.board)


def test_who_admits_need_not_see_but_admits_somebody_else(cast: Cast) -> None:
    heron = cast.restricted()
    values = {"record": heron, "level": Level.SEE, "reason": "R.", "from_day": DAY}
    for me in (cast.record_of(cast.manager), cast.board):
        with nothing_changed(), pytest.raises(Refused, match="Somebody else must give you"):
            operations.admit(cast.manager, grantee=me, **values)
    helper = acting_for(cast.manager, cast.member, Verb.ADMIT)
    with nothing_changed(), pytest.raises(Refused, match="Somebody else must give you"):
        operations.admit(helper, grantee=cast.record_of(cast.member), **values)
    operations.admit(cast.manager, grantee=cast.record_of(cast.member), **values)
    assert sees(cast.member, heron)
    with nothing_changed(), pytest.raises(Refused):
        operations.admit(cast.member, grantee=cast.board, **values)
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        operations.admit(cast.there_manager, grantee=cast.board, **values)


def test_a_conflict_of_interest_bars_from_admitting(cast: Cast) -> None:
    heron = cast.restricted()
    conflict(cast, heron, cast.manager)
    with nothing_changed(), pytest.raises(Refused, match="conflict of interest"):
        operations.admit(
            cast.manager,
            record=heron,
            grantee=cast.board,
            level=Level.SEE,
            reason="R.",
            from_day=DAY,
        )


def test_access_is_withdrawn_from_its_last_day(cast: Cast) -> None:
    heron = cast.restricted()
    grant = given(cast, heron, cast.board, from_day=YESTERDAY)
    assert sees(cast.member, heron)
    operations.withdraw(cast.manager, grant=grant, on=YESTERDAY, reason="Left.")
    assert not sees(cast.member, heron)
    event, before, after = last_event("access withdrawn")
    assert (event.reason, before) == ("Left.", {"until": None})
    assert after == {"of": cast.board.reference, "until": "2019-03-28"}


def test_withdrawing_never_opens_again_what_was_over(cast: Cast) -> None:
    heron = cast.restricted()
    grant = given(cast, heron, cast.board, from_day=YESTERDAY, to_day=YESTERDAY)
    with nothing_changed(), pytest.raises(Refused, match="ends on 28 March 2019 already"):
        operations.withdraw(cast.manager, grant=grant, on=TOMORROW, reason="Left.")
    assert not sees(cast.member, heron)


def test_what_has_not_begun_never_begins(cast: Cast) -> None:
    heron = cast.restricted()
    grant = given(cast, heron, cast.board, from_day=TOMORROW)
    operations.withdraw(cast.manager, grant=grant, on=DAY, reason="A mistake.")
    assert not sees(on(cast.member, 1), heron)
    assert last_event("access withdrawn")[2]["until"] is None


def test_who_may_withdraw(cast: Cast) -> None:
    heron = cast.restricted()
    grant = given(cast, heron, cast.board)
    with nothing_changed(), pytest.raises(Refused):
        operations.withdraw(cast.member, grant=grant, on=DAY, reason="R.")
    with nothing_changed(), pytest.raises(Invalid):
        operations.withdraw(cast.manager, grant=grant, on=DAY, reason="")


# --- conflicts of interest


def conflict(cast: Cast, record: Record, of: Actor, by: Actor = SYSTEM, **more: Any) -> Recusal:
    values = {"reason": "Their own case.", "from_day": DAY, **more}
    return operations.recuse(by, record=record, person=cast.record_of(of), **values)


def test_a_conflict_shuts_its_person_out_for_its_days(cast: Cast) -> None:
    risk = cast.risk()
    conflict(cast, risk, cast.member, by=cast.member, to_day=DAY)
    assert last_event("conflict declared")[2] == {"person": cast.record_of(cast.member).reference}
    assert not sees(cast.member, risk)
    assert sees(on(cast.member, 1), risk)
    assert sees(cast.observer, risk)


def test_ones_own_conflict_is_declared_by_anybody_who_may_know_of_it(cast: Cast) -> None:
    heron = cast.restricted()
    conflict(cast, heron, cast.member, by=cast.member)
    helper = acting_for(cast.co_ordinator, cast.observer, "change")
    conflict(cast, heron, cast.observer, by=helper)
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        conflict(cast, heron, cast.outsider, by=cast.outsider)
    with nothing_changed(), pytest.raises(Refused):
        conflict(cast, heron, cast.chair, by=cast.member)
    conflict(cast, heron, cast.chair, by=cast.manager)
    assert not sees(cast.chair, heron)


def test_a_conflict_is_a_persons_with_reason_and_days(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Invalid, match="a person's"):
        operations.recuse(cast.manager, record=risk, person=cast.board, reason="R.", from_day=DAY)
    for values in ({"reason": " "}, {"to_day": YESTERDAY}):
        with nothing_changed(), pytest.raises(Invalid):
            conflict(cast, risk, cast.member, by=cast.manager, **values)


def test_somebody_else_ends_a_conflict(cast: Cast) -> None:
    risk = cast.risk()
    row = conflict(cast, risk, cast.manager, by=cast.manager, from_day=YESTERDAY)
    for actor in (cast.manager, acting_for(cast.chair, cast.manager, Verb.ADMIT)):
        with nothing_changed(), pytest.raises(Refused, match="Somebody else"):
            operations.end_recusal(actor, recusal=row, on=YESTERDAY, reason="Over.")
    with nothing_changed(), pytest.raises(Refused):
        operations.end_recusal(cast.member, recusal=row, on=YESTERDAY, reason="Over.")
    operations.end_recusal(SYSTEM, recusal=row, on=YESTERDAY, reason="Over.")
    assert last_event("conflict ended")[2]["until"] == "2019-03-28"
    assert sees(cast.manager, risk)


# --- requests


def asked(cast: Cast, record: Record, by: Actor) -> AccessRequest:
    return operations.request_access(by, record=record, reason="I chair the audit.", on=DAY)


def test_access_is_asked_and_given(cast: Cast) -> None:
    heron = cast.restricted()
    request = asked(cast, heron, cast.member)
    assert last_event("access asked")[0].reason == "I chair the audit."
    assert list(queries.open_access_requests(cast.manager)) == [request]
    for actor in (cast.member, cast.co_ordinator, cast.there_manager):
        assert not queries.open_access_requests(actor)
    operations.answer_access_request(
        cast.manager, request=request, give=True, reason="Agreed.", on=DAY
    )
    assert last_event("access request given")[0].reason == "Agreed."
    assert sees(cast.member, heron)
    assert not queries.open_access_requests(cast.manager)


def test_access_is_asked_and_refused(cast: Cast) -> None:
    heron = cast.restricted()
    request = asked(cast, heron, cast.member)
    answered = operations.answer_access_request(
        cast.manager, request=request, give=False, reason="Not yours.", on=DAY
    )
    assert (answered.answer, answered.answered_by) == ("refused", "Manager")
    assert not sees(cast.member, heron)
    with nothing_changed(), pytest.raises(Refused, match="Manager answered this already"):
        operations.answer_access_request(
            cast.manager, request=request, give=True, reason="Changed.", on=DAY
        )
    asked(cast, heron, cast.member)


def test_asking_is_no_change_to_those_who_work_on_it(cast: Cast) -> None:
    heron = cast.restricted()
    asked(cast, heron, cast.member)
    assert Record.objects.get(pk=heron.pk).version == heron.version


def test_who_may_ask_for_what(cast: Cast) -> None:
    heron, risk = cast.restricted(), cast.risk()
    sealed = cast.risk("Wren", sensitivity=Sensitivity.SEALED)
    for actor, record in ((cast.outsider, heron), (cast.member, sealed), (SYSTEM, heron)):
        with nothing_changed(), pytest.raises(Record.DoesNotExist):
            asked(cast, record, actor)
    with nothing_changed(), pytest.raises(Refused, match="can open this already"):
        asked(cast, risk, cast.member)
    with nothing_changed(), pytest.raises(Invalid):
        operations.request_access(cast.member, record=heron, reason=" ", on=DAY)
    asked(cast, heron, cast.member)
    with nothing_changed(), pytest.raises(Refused, match="You asked for this on 29 March 2019"):
        asked(cast, heron, cast.member)


def test_nobody_answers_their_own_request(cast: Cast) -> None:
    heron = cast.restricted()
    request = asked(cast, heron, cast.manager)
    for give in (True, False):
        with nothing_changed(), pytest.raises(Refused, match="Somebody else must answer"):
            operations.answer_access_request(
                cast.manager, request=request, give=give, reason="Me.", on=DAY
            )
    with nothing_changed(), pytest.raises(Refused):
        operations.answer_access_request(
            cast.member, request=request, give=True, reason="Me.", on=DAY
        )


# --- holds


def test_a_hold_stops_its_move_until_it_is_released(cast: Cast) -> None:
    risk = cast.risk()
    hold = operations.place_hold(
        cast.chair, record=risk, blocks=Verb.CLOSE, reason="The panel reads it.", on=DAY
    )
    assert last_event("hold placed")[2] == {"blocks": "close"}
    told = "Chair stopped this on 29 March 2019: The panel reads it."
    with nothing_changed(), pytest.raises(Refused, match=told):
        operations.close(cast.manager, record=risk, on=DAY)
    assert queries.is_free(risk, Verb.PUBLISH)
    assert list(queries.open_holds(risk, blocks=Verb.CLOSE)) == [hold]
    operations.release_hold(cast.co_ordinator, hold=hold, reason="They answered.", on=DAY)
    assert last_event("hold released")[1] == {"blocks": "close"}
    assert not queries.open_holds(risk)
    operations.close(cast.manager, record=risk, on=DAY)


def test_every_hold_must_be_released(cast: Cast) -> None:
    risk = cast.risk()
    holds = [
        operations.place_hold(SYSTEM, record=risk, blocks="close", reason=reason, on=DAY)
        for reason in ("Panel.", "Police.")
    ]
    operations.release_hold(SYSTEM, hold=holds[0], reason="Done.", on=DAY)
    with nothing_changed(), pytest.raises(Refused, match="Police"):
        operations.close(cast.manager, record=risk, on=DAY)


def test_who_may_hold_and_how(cast: Cast) -> None:
    risk = cast.risk()
    hold = operations.place_hold(SYSTEM, record=risk, blocks="close", reason="R.", on=DAY)
    refused: tuple[Callable[[], object], ...] = (
        lambda: operations.place_hold(
            cast.member, record=risk, blocks="close", reason="R.", on=DAY
        ),
        lambda: operations.release_hold(cast.member, hold=hold, reason="R.", on=DAY),
    )
    for act in refused:
        with nothing_changed(), pytest.raises(Refused):
            act()
    for blocks, reason in (("", "R."), ("x" * 41, "R."), ("close", " ")):
        with nothing_changed(), pytest.raises(Invalid):
            operations.place_hold(SYSTEM, record=risk, blocks=blocks, reason=reason, on=DAY)
    with nothing_changed(), pytest.raises(Invalid):
        operations.release_hold(SYSTEM, hold=hold, reason="", on=DAY)
    operations.release_hold(SYSTEM, hold=hold, reason="Done.", on=DAY)
    with nothing_changed(), pytest.raises(Refused, match="released this hold already"):
        operations.release_hold(SYSTEM, hold=hold, reason="Again.", on=DAY)


def test_the_database_itself_refuses_half_a_decision(cast: Cast) -> None:
    heron = cast.restricted()
    request = asked(cast, heron, cast.member)
    hold = operations.place_hold(SYSTEM, record=heron, blocks="close", reason="R.", on=DAY)
    grant = given(cast, heron, cast.board)
    halves: tuple[tuple[Any, dict[str, Any]], ...] = (
        (AccessRequest.objects.filter(pk=request.pk), {"answer": "given"}),
        (Hold.objects.filter(pk=hold.pk), {"released_on": DAY}),
        (Grant.objects.filter(pk=grant.pk), {"to_day": YESTERDAY}),
    )
    for queryset, values in halves:
        with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
            queryset.update(**values)
    with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.create(
            record=heron, person=request.person, asked_by="X", reason="R.", asked_on=DAY
        )


# --- who looked


def test_looks_at_sensitive_records_are_noted_for_those_who_decide(cast: Cast) -> None:
    heron, risk = cast.restricted(), cast.risk()
    operations.look(cast.chair, record=heron)
    operations.look(acting_for(cast.chair, cast.member, "see"), record=heron, what="exported")
    operations.look(cast.chair, record=risk)
    operations.look(SYSTEM, record=heron)
    noted = queries.looks_at(cast.manager, heron)
    assert [(each.actor, each.person, each.what) for each in noted] == [
        ("Member for Chair", cast.member.person, "exported"),
        ("Chair", cast.chair.person, "opened"),
    ]
    assert not queries.looks_at(cast.member, heron)
    assert not queries.looks_at(cast.manager, risk)


def test_a_timeline_is_for_those_who_see(cast: Cast) -> None:
    heron = cast.restricted()
    assert queries.timeline(cast.chair, heron).count() == 1
    assert not queries.timeline(cast.member, heron)
    assert queries.timeline(SYSTEM, heron)[0].kind == RecordKind.RISK
