"""One act: one transaction, its writes, its event; once for one form; nothing half done."""

from __future__ import annotations

from uuid import uuid4

import pytest

from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import Done, Event, Grant, Record
from concordat.domain.base.records.operations.unit import NoEvent
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
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


@operations.operation
def write_in_silence(actor: Actor, *, record: Record) -> None:
    held = operations.take(record.pk)
    held.title = "Written in silence"
    held.save(update_fields=["title"])


@operations.operation
def look_away(actor: Actor) -> None:
    operations.no_event("there was nothing to do")


@operations.operation
def rename_and_fail(actor: Actor, *, record: Record, title: str) -> None:
    operations.rename(actor, record=record.pk, title=title)
    raise Refused("The rules say no after all.")


@operations.operation
def rename_twice(actor: Actor, *, record: Record) -> None:
    """The first is refused half way and given up; the second stands."""
    with pytest.raises(Refused):
        rename_and_fail(actor, record=record, title="Half done")
    operations.rename(actor, record=record.pk, title="Done")


@operations.operation
def rename_within(actor: Actor, *, record: Record, seen_version: int) -> None:
    operations.take(record.pk)
    operations.rename(actor, record=record.pk, title="Within", seen_version=seen_version)


@operations.operation
def give_back(actor: Actor, *, result: object) -> object:
    operations.no_event("only the answer matters")
    return result


@operations.operation
def give_back_records(actor: Actor, *, many: type) -> object:
    operations.no_event("only the answer matters")
    return many(Record.objects.order_by("reference")[:3])


def test_an_act_without_an_event_is_a_fault_and_is_rolled_back(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(NoEvent, match=r"write_in_silence recorded no event"):
        write_in_silence(cast.manager, record=risk)


def test_an_act_may_say_why_there_is_no_event(cast: Cast) -> None:
    with nothing_changed():
        look_away(cast.manager)


def test_events_records_and_reasons_belong_inside_an_operation(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed():
        for stray in (
            lambda: operations.happened(cast.manager, "strayed", risk),
            lambda: operations.take(risk.pk),
            lambda: operations.no_event("because"),
        ):
            with pytest.raises(NoEvent):
                stray()
    assert not operations.in_operation()


def test_an_event_tells_who_what_when_and_why(cast: Cast) -> None:
    risk = cast.risk()
    helper = acting_for(cast.co_ordinator, cast.member, "change")
    operations.rename(helper, record=risk.pk, title="Renamed")
    event, before, after = last_event("risk renamed")
    assert (event.actor, event.hand) == ("Co-ordinator", "Member")
    assert (event.record, event.reference, event.kind) == (risk.pk, risk.reference, "risk")
    assert event.partnership == cast.here.pk
    assert (before, after) == ({"title": "Thresholds differ"}, {"title": "Renamed"})


def test_an_inner_act_joins_the_outer_one_and_fails_with_it(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Refused, match="after all"):
        rename_and_fail(cast.manager, record=risk, title="Never")


def test_an_inner_act_that_fails_leaves_nothing_when_the_outer_goes_on(cast: Cast) -> None:
    risk = cast.risk()
    rename_twice(cast.manager, record=risk)
    risk.refresh_from_db()
    assert (risk.title, risk.version) == ("Done", 2)
    assert list(queries.timeline(cast.manager, risk).values_list("verb", flat=True)) == [
        "risk renamed",
        "risk opened",
    ]


def test_one_act_counts_once_however_often_it_takes_a_record(cast: Cast) -> None:
    risk = cast.risk()
    rename_within(cast.manager, record=risk, seen_version=1)
    assert Record.objects.get(pk=risk.pk).version == 2


def test_an_inner_act_still_checks_what_was_seen(cast: Cast) -> None:
    risk = cast.risk()
    operations.rename(cast.manager, record=risk.pk, title="First")
    with nothing_changed(), pytest.raises(Stale):
        rename_within(cast.manager, record=risk, seen_version=1)


def test_the_second_of_two_editors_is_shown_both_texts(cast: Cast) -> None:
    risk = cast.risk()
    operations.rename(cast.manager, record=risk.pk, title="Theirs", seen_version=1)
    with nothing_changed(), pytest.raises(Stale) as conflict:
        operations.rename(cast.co_ordinator, record=risk.pk, title="Mine", seen_version=1)
    assert conflict.value.mine == {"Title": "Mine"}
    assert conflict.value.theirs == {"Title": "Theirs"}
    assert conflict.value.by == "Manager"


def test_a_stale_form_shows_nothing_to_somebody_who_may_not_see_it(cast: Cast) -> None:
    heron = cast.restricted()
    with nothing_changed(), pytest.raises(Refused, match="You do not have access"):
        operations.rename(cast.co_ordinator, record=heron.pk, title="Mine", seen_version=99)
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        operations.rename(cast.outsider, record=heron.pk, title="Mine", seen_version=99)
    with pytest.raises(Record.DoesNotExist):
        operations.rename(cast.outsider, record=uuid4(), title="Mine")


def test_a_form_sent_twice_has_one_effect_and_gives_the_same_row(cast: Cast) -> None:
    def send() -> Record:
        with operations.once("form-1"):
            return operations.open_record(
                cast.manager,
                kind=RecordKind.RISK,
                title="Once",
                partnership=cast.here,
                opened=DAY,
            )

    first = send()
    with nothing_changed():
        assert send() == first
    assert Record.objects.filter(title="Once").count() == 1


def test_two_forms_have_two_effects(cast: Cast) -> None:
    for key in ("form-1", "form-2"):
        with operations.once(key):
            opened(RecordKind.RISK, "Twice", cast.here)
    assert Record.objects.filter(title="Twice").count() == 2


def test_a_form_that_was_refused_may_be_sent_again(cast: Cast) -> None:
    risk = cast.risk()
    with nothing_changed(), pytest.raises(Invalid), operations.once("form-1"):
        operations.rename(cast.manager, record=risk.pk, title=" ")
    with operations.once("form-1"):
        renamed = operations.rename(cast.manager, record=risk.pk, title="Better")
    assert renamed.title == "Better"


def test_a_form_is_one_persons_and_for_one_thing(cast: Cast) -> None:
    risk = cast.risk()
    with operations.once("form-1"):
        operations.rename(cast.manager, record=risk.pk, title="First")
    with nothing_changed(), operations.once("form-1"), pytest.raises(Refused, match="afresh"):
        operations.rename(cast.co_ordinator, record=risk.pk, title="Second")
    with nothing_changed(), operations.once("form-1"), pytest.raises(Refused, match="afresh"):
        operations.close(cast.manager, record=risk, on=DAY)


@pytest.mark.parametrize("key", ["x" * 5000, "\x00", "'; --", "Zoë ✓"])
def test_any_key_will_do_for_a_form(cast: Cast, key: str) -> None:
    for _ in range(2):
        with operations.once(key):
            opened(RecordKind.RISK, "Keyed", cast.here)
    assert Record.objects.filter(title="Keyed").count() == 1


def test_without_a_key_each_sending_counts(cast: Cast) -> None:
    for _ in range(2):
        with operations.once(""):
            opened(RecordKind.RISK, "No key", cast.here)
    assert Record.objects.filter(title="No key").count() == 2
    assert not Done.objects.exists()


@pytest.mark.parametrize("result", [None, True, False, 0, 7, [], (), [1, [2, None]], (3, True)])
def test_what_an_act_gave_back_is_given_back_again(db: None, result: object) -> None:
    found = []
    for _ in range(2):
        with operations.once("form-1"):
            found.append(give_back(SYSTEM, result=result))
    assert found == [result, result]
    assert type(found[1]) is type(result)


@pytest.mark.parametrize("many", [list, tuple])
def test_rows_that_an_act_gave_back_are_found_again(cast: Cast, many: type) -> None:
    found = []
    for _ in range(2):
        with operations.once("form-1"):
            found.append(give_back_records(SYSTEM, many=many))
    assert found[0] == found[1]
    assert len(found[1]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("result", ["a secret", {"a": 1}, object()], ids=["text", "map", "object"])
def test_what_could_not_be_given_back_is_a_fault_at_the_first_sending(
    cast: Cast, result: object
) -> None:
    with nothing_changed(), operations.once("form-1"), pytest.raises(TypeError, match="sent again"):
        give_back(SYSTEM, result=result)


def test_what_a_form_made_may_be_gone_when_it_is_sent_again(cast: Cast) -> None:
    risk = cast.risk()
    with operations.once("form-1"):
        grant = operations.admit(
            cast.manager,
            record=risk,
            grantee=cast.group,
            level=Level.SEE,
            reason="Needed.",
            from_day=DAY.replace(day=30),
        )
    operations.withdraw(cast.manager, grant=grant, on=DAY, reason="Not needed.")
    assert not Grant.objects.filter(pk=grant.pk).exists()
    with nothing_changed(), operations.once("form-1"), pytest.raises(Refused, match="no longer"):
        operations.admit(
            cast.manager,
            record=risk,
            grantee=cast.group,
            level=Level.SEE,
            reason="Needed.",
            from_day=DAY,
        )


def test_events_are_numbered_upwards_and_bound_to_their_number(cast: Cast) -> None:
    numbers = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert len(numbers) > 10
    for event in Event.objects.all():
        assert f'"id":{event.pk}' in event.text


def test_can_is_asked_again_on_the_locked_row(cast: Cast) -> None:
    """What the caller read before is not what the verdict rests on."""
    risk = cast.risk()
    assert queries.can(cast.co_ordinator, Verb.CLOSE, risk)
    operations.restrict(SYSTEM, record=risk, sensitivity=Sensitivity.RESTRICTED, reason="Case.")
    assert risk.sensitivity == 1, "the caller's copy is stale on purpose"
    with nothing_changed(), pytest.raises(Refused, match="You do not have access"):
        operations.close(cast.co_ordinator, record=risk, on=DAY)
