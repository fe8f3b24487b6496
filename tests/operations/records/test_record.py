"""Opening, naming, restricting and closing a record: outcome, event, refusal, nothing left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import Grant, Record, SearchEntry
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.kernel.errors import Invalid, Refused, Restricted
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.records.conftest import (
    DAY,
    SYSTEM,
    Cast,
    acting_for,
    last_event,
    nothing_changed,
    opened,
)
from tests.walls import behind_the_wall


def test_a_record_gets_reference_words_and_event(cast: Cast) -> None:
    risk = operations.open_record(
        cast.manager,
        kind=RecordKind.RISK,
        title="  Thresholds differ  ",
        partnership=cast.here,
        opened=DAY,
        words="lewisham greenwich",
    )
    event, _, after = last_event("risk opened")
    assert (risk.reference, risk.title, risk.version) == ("HERE-R-0001", "Thresholds differ", 1)
    assert (event.actor, event.reference, after) == (
        "Manager",
        risk.reference,
        {"title": "Thresholds differ"},
    )
    assert list(queries.search(cast.member, "greenwich")) == [risk]


def test_references_count_on_by_partnership_and_kind(cast: Cast) -> None:
    made = [
        opened(RecordKind.RISK, "a", cast.here),
        opened(RecordKind.RISK, "b", cast.here),
        opened(RecordKind.RISK, "c", cast.there),
        opened(RecordKind.POLICY, "d", cast.here),
    ]
    assert [each.reference for each in made] == [
        "HERE-R-0001",
        "HERE-R-0002",
        "THERE-R-0001",
        "HERE-PO-0001",
    ]


def test_a_partnership_leads_itself_under_its_short_name(cast: Cast) -> None:
    assert (cast.here.partnership_id, cast.here.reference) == (cast.here.pk, "HERE")


@pytest.mark.parametrize("title", ["", "   ", "x" * 301], ids=["empty", "blank", "too long"])
def test_a_title_is_needed_and_fits(cast: Cast, title: str) -> None:
    with nothing_changed(), pytest.raises(Invalid) as told:
        opened(RecordKind.RISK, title, cast.here)
    assert told.value.faults[0].field == "title"


PREFIXES = ["HERE", "C", "TH SCP", "T" * 25, "TH--", "ΤΗ", "TH\x00"]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_short_name_is_free_and_plain(cast: Cast, prefix: str) -> None:
    with nothing_changed(), pytest.raises(Invalid) as told:
        opened(RecordKind.PARTNERSHIP, "Another", prefix=prefix)
    assert told.value.faults[0].field == "prefix"


def test_only_a_partnership_has_a_short_name(cast: Cast) -> None:
    with nothing_changed(), pytest.raises(ValueError, match="partnership"):
        opened(RecordKind.RISK, "Another", cast.here, prefix="OTHER")


@pytest.mark.parametrize("level", [Sensitivity.RESTRICTED, Sensitivity.SEALED])
def test_whoever_opens_what_is_closely_held_is_named_on_it(cast: Cast, level: Sensitivity) -> None:
    made = operations.open_record(
        cast.manager,
        kind=RecordKind.REVIEW,
        title="Heron",
        partnership=cast.here,
        opened=DAY - timedelta(400),
        sensitivity=level,
    )
    assert [(each.grantee_id, each.level) for each in made.grants.all()] == [
        (cast.manager.person, Level.WORK)
    ]
    assert last_event("review opened")[2] == {"named": "Manager", "title": "Heron"}
    operations.admit(
        cast.manager,
        record=made,
        grantee=cast.record_of(cast.member),
        level=Level.SEE,
        reason="Chairs the review.",
        from_day=DAY,
    )
    assert queries.can(cast.member, Verb.SEE, made)


def test_who_acts_for_somebody_is_named_beside_them(cast: Cast) -> None:
    helper = acting_for(cast.manager, cast.co_ordinator, "change")
    made = operations.open_record(
        helper,
        kind=RecordKind.REVIEW,
        title="Heron",
        partnership=cast.here,
        opened=DAY,
        sensitivity=Sensitivity.SEALED,
    )
    assert queries.can(helper, Verb.SEE, made)
    assert queries.can(cast.manager, Verb.SEE, made)


def test_whoever_can_see_it_anyway_is_not_named(cast: Cast) -> None:
    operations.open_record(
        cast.chair,
        kind=RecordKind.REVIEW,
        title="Heron",
        partnership=cast.here,
        opened=DAY,
        owner=cast.group,
        sensitivity=Sensitivity.RESTRICTED,
    )
    assert not Grant.objects.exists()


def test_rename_changes_title_and_words(cast: Cast) -> None:
    risk = cast.risk(words="kept")
    renamed = operations.rename(cast.co_ordinator, record=risk.pk, title=" Neglect ")
    assert (renamed.title, renamed.version) == ("Neglect", 2)
    assert last_event("risk renamed")[1:] == (
        {"title": "Thresholds differ"},
        {"title": "Neglect"},
    )
    assert list(queries.search(cast.member, "neglect kept")) == [risk]
    assert not queries.search(cast.member, "thresholds")


@pytest.mark.parametrize("title", ["", " ", "x" * 301], ids=["empty", "blank", "too long"])
def test_rename_needs_a_title(cast: Cast, title: str) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Invalid):
        operations.rename(cast.manager, record=risk.pk, title=title)


def test_rename_is_the_secretariats(cast: Cast) -> None:
    risk = cast.risk()
    for actor in (cast.member, cast.observer, cast.chair):
        with nothing_changed(), pytest.raises(Refused, match="Only the co-ordinator or strategy"):
            operations.rename(actor, record=risk.pk, title="Mine")
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        operations.rename(cast.outsider, record=risk.pk, title="Mine")


def test_index_sets_words_inside_an_operation_only(cast: Cast) -> None:
    risk = cast.risk()

    @operations.operation
    def note(actor: object, *, record: Record) -> None:
        operations.index(SYSTEM, record=record, words="Zoë's words, O’Brien")
        operations.no_event("only the words were set")

    note(SYSTEM, record=risk)
    assert SearchEntry.objects.get(record=risk).words == "zoes words obrien"
    with nothing_changed(), pytest.raises(RuntimeError, match="recorded no event"):
        operations.index(SYSTEM, record=risk, words="alone")


def test_an_owner_is_named(cast: Cast) -> None:
    risk = cast.risk()
    operations.name_owner(cast.co_ordinator, record=risk, owner=cast.board)
    assert last_event("owner named")[1:] == ({"owner": ""}, {"owner": cast.board.reference})
    assert Record.objects.get(pk=risk.pk).owner == cast.board
    with nothing_changed(), pytest.raises(Refused):
        operations.name_owner(cast.member, record=risk, owner=cast.group)
    with nothing_changed(), pytest.raises(Invalid, match="a body or a seat"):
        operations.name_owner(cast.manager, record=risk, owner=cast.record_of(cast.member))


def test_naming_an_owner_of_what_is_restricted_takes_the_right_to_admit(cast: Cast) -> None:
    heron = cast.restricted()
    for actor in (cast.co_ordinator, cast.manager):
        operations.admit(
            SYSTEM,
            record=heron,
            grantee=cast.record_of(actor),
            level=Level.WORK,
            reason="Works on it.",
            from_day=DAY,
        )
    with nothing_changed(), pytest.raises(Refused, match="may admit this"):
        operations.name_owner(cast.co_ordinator, record=heron, owner=cast.board)
    operations.name_owner(cast.manager, record=heron, owner=cast.board)
    assert queries.can(cast.observer, Verb.SEE, heron_again(heron))


def heron_again(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_restrict_closes_a_record_to_those_not_named(cast: Cast) -> None:
    risk = cast.risk(owner=cast.board)
    operations.restrict(
        cast.manager, record=risk, sensitivity=Sensitivity.RESTRICTED, reason="A case is named."
    )
    event, before, after = last_event("sensitivity changed")
    assert event.reason == "A case is named."
    assert before == {"listed": True, "sensitivity": "Partnership"}
    assert after == {"listed": True, "sensitivity": "Restricted"}
    assert queries.can(cast.member, Verb.SEE, heron_again(risk))
    assert not queries.can(cast.chair, Verb.SEE, heron_again(risk))


def test_restrict_leaves_unlisted_what_was_unlisted(cast: Cast) -> None:
    risk = cast.risk(owner=cast.board, listed=False)
    made = operations.restrict(
        cast.manager, record=risk, sensitivity=Sensitivity.RESTRICTED, reason="A case."
    )
    assert made.listed is False
    made = operations.restrict(
        cast.manager, record=risk, sensitivity=made.level, reason="May be known.", listed=True
    )
    assert made.listed is True


def test_restrict_needs_reason_right_and_sight(cast: Cast) -> None:
    risk, heron = cast.risk(), cast.restricted()
    level = Sensitivity.PARTNERSHIP
    with nothing_changed(), pytest.raises(Invalid):
        operations.restrict(cast.manager, record=risk, sensitivity=level, reason=" ")
    with nothing_changed(), pytest.raises(Refused):
        operations.restrict(cast.co_ordinator, record=risk, sensitivity=level, reason="No.")
    with nothing_changed(), pytest.raises(Refused, match="do not have access"):
        operations.restrict(cast.manager, record=heron, sensitivity=level, reason="To see it.")


@pytest.mark.parametrize("level", [Sensitivity.RESTRICTED, Sensitivity.SEALED])
def test_nobody_shuts_a_record_to_everybody(cast: Cast, level: Sensitivity) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Refused, match="Give yourself access first"):
        operations.restrict(cast.manager, record=risk, sensitivity=level, reason="Case.")
    operations.admit(
        cast.manager,
        record=risk,
        grantee=cast.record_of(cast.manager),
        level=Level.SEE,
        reason="Will be sealed.",
        from_day=DAY,
    )
    operations.restrict(cast.manager, record=risk, sensitivity=level, reason="Case.")
    assert queries.can(cast.manager, Verb.SEE, heron_again(risk))


def test_close_is_final_and_in_order(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Invalid, match="before it opened"):
        operations.close(cast.manager, record=risk, on=DAY - timedelta(1))
    with nothing_changed(), pytest.raises(Refused):
        operations.close(cast.member, record=risk, on=DAY)
    closed = operations.close(cast.co_ordinator, record=risk, on=DAY, keep_until=DAY)
    assert (closed.closed, closed.keep_until) == (DAY, DAY)
    assert last_event("risk closed")[2] == {"closed": "2019-03-29"}
    assert risk.closed is None, "the caller's copy is stale on purpose"
    with nothing_changed(), pytest.raises(Refused, match="closed already"):
        operations.close(cast.co_ordinator, record=risk, on=DAY)


def test_the_database_itself_refuses_what_cannot_be(cast: Cast) -> None:
    risk = cast.risk()
    wrong = (
        {"kind": "poem"},
        {"sensitivity": 9},
        {"closed": DAY - timedelta(1)},
        {"reference": cast.here.reference},
    )
    for values in wrong:
        with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
            Record.objects.filter(pk=risk.pk).update(**values)


def test_fetch_tells_absent_known_and_open_apart(cast: Cast) -> None:
    heron, secret = cast.restricted(), cast.restricted("Kestrel", listed=False)
    sealed = cast.risk("Wren", sensitivity=Sensitivity.SEALED)
    assert queries.fetch_record(cast.chair, heron.reference) == heron
    with pytest.raises(Restricted, match=f"access to {heron.reference}. Owner: Review group"):
        queries.fetch_record(cast.member, heron.reference)
    absent = [(cast.member, secret), (cast.member, sealed), (cast.outsider, heron)]
    told = set()
    for actor, record in absent:
        with pytest.raises(Record.DoesNotExist) as nothing:
            queries.fetch_record(actor, record.reference)
        told.add(str(nothing.value))
    with pytest.raises(Record.DoesNotExist) as nothing:
        queries.fetch_record(cast.member, "HERE-R-9999")
    assert told == {str(nothing.value)}


@pytest.mark.parametrize("typed", ["", "\x00", "HERE-R-\x00", "x" * 100_000, "HERE R 1", "é"])
def test_a_reference_of_no_such_shape_is_absent(cast: Cast, typed: str) -> None:
    with pytest.raises(Record.DoesNotExist):
        queries.fetch_record(cast.manager, typed)


def test_without_an_owner_the_strategy_manager_is_asked(cast: Cast) -> None:
    risk = cast.risk(sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(Restricted, match="Owner: the strategy manager"):
        queries.fetch_record(cast.member, risk.reference)


def test_a_person_who_is_not_there_is_named_on_nothing(cast: Cast) -> None:
    nobody = replace(cast.manager, person=None, seats=())
    made = operations.open_record(
        nobody,
        kind=RecordKind.REVIEW,
        title="Heron",
        partnership=cast.here,
        opened=DAY,
        sensitivity=Sensitivity.SEALED,
    )
    assert not made.grants.exists()
    assert not Record.objects.filter(pk=uuid4()).exists()
