"""The ledger is sealed as it grows, and whatever is done to it behind the triggers is found."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from concordat.craft import signing
from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import (
    Disposal,
    Event,
    EventDetail,
    Seal,
    SealedLeaf,
)
from concordat.domain.base.records.operations import ledger
from concordat.domain.base.records.queries import ledger_events, ledger_screen
from concordat.domain.base.records.rules import Level
from concordat.kernel.errors import Invalid, Refused
from tests.operations.records import tampering
from tests.operations.records.conftest import (
    DAY,
    SEALER,
    SYSTEM,
    Cast,
    last_event,
    nothing_changed,
)
from tests.operations.records.tampering import Act, dice, without_walls
from tests.walls import behind_the_wall

SEEDS = range(6)


@pytest.fixture
def grown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Several seals, two certificates, and a few events that are not sealed yet."""
    monkeypatch.setattr(ledger, "BATCH", 7)
    first, second = Event.objects.order_by("pk").values_list("pk", flat=True)[:2]
    for event in (first, second):
        operations.dispose_detail(SYSTEM, event=event, certificate="C-1", reason="Retention.")
    _act(cast, dice(1), 6)
    while operations.seal(SEALER):
        pass
    _act(cast, dice(2), 4)
    connection.check_constraints()
    assert Seal.objects.count() >= 4
    assert queries.verify(queries.heads()) == []
    return cast


def _act(cast: Cast, chance: Random, times: int) -> None:
    """Do some of what people do, refusals included."""
    for _ in range(times):
        risk = cast.risk(f"Risk {chance.random()}")
        operations.rename(cast.manager, record=risk.pk, title=f"Zoë’s {chance.random()}")
        if chance.random() < 0.5:
            operations.admit(
                cast.manager,
                record=risk,
                grantee=cast.group,
                level=Level.SEE,
                reason="Because “it” said so\nin two lines.",
                from_day=DAY,
            )
        if chance.random() < 0.3:
            with pytest.raises(Refused):
                operations.close(cast.member, record=risk, on=DAY)


# --- sealing


def test_a_seal_takes_what_has_no_leaf_in_batches(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "BATCH", 5)
    total = Event.objects.count()
    assert total % 5 != 0
    made = []
    while seal := operations.seal(SEALER):
        made.append(seal)
    assert [each.number for each in made] == list(range(1, len(made) + 1))
    assert [each.leaves for each in made] == [5] * (total // 5) + [total % 5]
    assert queries.extent() == queries.Extent(total, len(made), 0)
    assert queries.verify() == []


def test_there_is_nothing_to_seal_twice(cast: Cast) -> None:
    assert operations.seal(SEALER)
    with nothing_changed():
        assert operations.seal(SEALER) is None


def test_only_the_sealer_seals(cast: Cast) -> None:
    with nothing_changed(), pytest.raises(Refused, match="Only the sealer"):
        operations.seal(cast.manager)


def test_events_that_commit_after_later_ones_are_sealed_later(cast: Cast) -> None:
    """Two events with low numbers become visible only after higher ones were sealed."""
    late = list(Event.objects.order_by("pk")[3:5])
    details = [EventDetail.objects.get(pk=each.pk) for each in late]
    connection.check_constraints()
    with without_walls():
        for row in (*late, *details):
            type(row)._default_manager.filter(pk=row.pk)._raw_delete("default")
        first = operations.seal(SEALER)
        with behind_the_wall():
            for row in (*late, *details):
                row.save(force_insert=True)
        second = operations.seal(SEALER)
        assert first
        assert second
        sealed = SealedLeaf.objects.filter(seal=second).order_by("position")
        assert list(sealed.values_list("event", flat=True)) == [each.pk for each in late]
        assert SealedLeaf.objects.filter(seal=first, event__gt=late[1].pk).exists()
        assert operations.seal(SEALER) is None
        assert queries.verify(queries.heads()) == []


def test_a_head_can_be_checked_with_the_public_key_alone(grown: Cast) -> None:
    from django.conf import settings

    from concordat.domain.base.records.rules import head_text

    public = signing.public_key(signing.derive(settings.LEDGER_SECRET, "seal"))
    heads = list(queries.heads())
    assert [head["seal"] for head in heads] == list(range(1, len(heads) + 1))
    for head in heads:
        text = head_text(int(str(head["seal"])), str(head["hash"]))
        assert signing.is_signed(public, text, str(head["signature"]))
        assert not signing.is_signed(public, text + "0", str(head["signature"]))


# --- disposal


def test_a_detail_is_disposed_of_and_the_event_stays(cast: Cast) -> None:
    risk = cast.risk()
    event = Event.objects.get(record=risk.pk)
    disposal = operations.dispose_detail(
        cast.manager, event=event.pk, certificate="C-7", reason="Retention has ended."
    )
    told, _, after = last_event("detail disposed of")
    assert (told.reason, after) == (
        "Retention has ended.",
        {"certificate": "C-7", "event": event.pk},
    )
    assert disposal.told_in == told.pk
    assert not EventDetail.objects.filter(pk=event.pk).exists()
    assert Event.objects.filter(pk=event.pk).exists()
    assert queries.verify() == []
    with nothing_changed(), pytest.raises(Refused, match="before"):
        operations.dispose_detail(cast.manager, event=event.pk, certificate="C-8", reason="R.")


def test_who_may_dispose_and_how(cast: Cast) -> None:
    event = Event.objects.get(record=cast.risk().pk).pk
    person = Event.objects.get(record=cast.member.person).pk
    for actor, number in ((cast.member, event), (cast.observer, person)):
        with nothing_changed(), pytest.raises(Refused):
            operations.dispose_detail(actor, event=number, certificate="C", reason="R.")
    for certificate, reason in (("", "R."), ("C", " "), ("C" * 101, "R.")):
        with nothing_changed(), pytest.raises(Invalid):
            operations.dispose_detail(
                cast.manager, event=event, certificate=certificate, reason=reason
            )
    with nothing_changed(), pytest.raises(Event.DoesNotExist):
        operations.dispose_detail(SYSTEM, event=10**9, certificate="C", reason="R.")


# --- tampering


def _found(act: Act, seed: int, heads: list[dict[str, Any]] | None = None) -> None:
    chance = dice(f"{act.__name__} {seed}")
    with without_walls():
        touched = act(chance)
        findings = queries.verify(heads or [])
        assert findings, f"{act.__name__}, seed {seed}: not found"
        if touched.event:
            assert touched.event in {each.event for each in findings}, findings
        if touched.seal:
            assert touched.seal in {each.seal for each in findings}, findings
        assert all(str(each) for each in findings)


@pytest.mark.long
@pytest.mark.parametrize("act", tampering.WITHOUT_KEY, ids=lambda act: act.__name__)
def test_tampering_is_found_and_the_row_named(grown: Cast, act: Act) -> None:
    for seed in SEEDS:
        _found(act, seed)
    assert queries.verify(queries.heads()) == []


@pytest.mark.long
@pytest.mark.parametrize("act", tampering.WITH_KEY, ids=lambda act: act.__name__)
def test_with_every_key_only_kept_heads_show_it(grown: Cast, act: Act) -> None:
    heads = list(queries.heads())
    for seed in SEEDS:
        with without_walls():
            act(dice(f"{act.__name__} {seed}"))
            assert queries.verify() == [], "the database alone cannot know"
        _found(act, seed, heads)


def test_at_least_a_hundred_tamperings_were_tried() -> None:
    assert len(SEEDS) * (len(tampering.WITHOUT_KEY) + len(tampering.WITH_KEY)) >= 100


def test_a_restored_old_copy_is_shown_by_a_later_head(grown: Cast) -> None:
    operations.seal(SEALER)
    heads = list(queries.heads())
    with without_walls():
        last = Seal.objects.latest("pk")
        SealedLeaf.objects.filter(seal=last)._raw_delete("default")
        Seal.objects.filter(pk=last.pk)._raw_delete("default")
        assert queries.verify() == []
        assert [str(each) for each in queries.verify(heads)] == [
            f"Seal {last.pk}, which a partner holds, was cut off."
        ]


def test_a_head_that_was_never_given_is_not_believed(grown: Cast) -> None:
    head = next(queries.heads())
    forged = {**head, "hash": "0" * 64}
    assert [str(each) for each in queries.verify([forged])] == [
        "The kept head of seal 1 is not signed by this system."
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("records_event", "at", "'garbage'"),
        ("records_event", "at", "'2019-13-45 00:00:00'"),
        ("records_event", "record", "'not an id'"),
        ("records_event", "verb", "x'ff00'"),
        ("records_seal", "at", "'2019-13-45 00:00:00'"),
        ("records_seal", "at", "'garbage'"),
        ("records_seal", "leaves", "'many'"),
        ("records_sealedleaf", "event", "'abc'"),
        ("records_disposal", "at", "'2019-13-45 00:00:00'"),
        ("records_disposal", "told_in", "'abc'"),
        ("records_eventdetail", "after", "x'ff00'"),
        ("records_event", "text", "CAST(x'ff00' AS text)"),
        ("records_event", "digest", "CAST(x'ff00' AS text)"),
        ("records_seal", "signature", "x'ff00'"),
        ("records_seal", "signature", "'zz'"),
        ("records_sealedleaf", "digest", "CAST(x'ff00' AS text)"),
        ("records_eventdetail", "salt", "CAST(x'ff00' AS text)"),
    ],
)
def test_values_that_no_program_wrote_are_found(
    grown: Cast, table: str, column: str, value: str
) -> None:
    """SQLite takes anything in any column; PostgreSQL refuses most of it itself."""
    key = apps.get_model(table.replace("_", "."))._meta.pk.column
    with without_walls(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(
                    f"UPDATE {table} SET {column} = {value} "
                    f"WHERE {key} = (SELECT max({key}) FROM {table})"
                )
        except DatabaseError:
            assert connection.vendor == "postgresql"
        else:
            assert queries.verify()


@pytest.mark.long
def test_a_hundred_clean_runs_raise_no_alarm(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = dice(7)
    kept: list[dict[str, Any]] = []
    for _run in range(100):
        monkeypatch.setattr(ledger, "BATCH", chance.randint(1, 9))
        _act(cast, chance, chance.randint(0, 1))
        if chance.random() < 0.2:
            certified = Disposal.objects.values("pk")
            event = Event.objects.exclude(pk__in=certified).order_by("-pk")[0].pk
            operations.dispose_detail(SYSTEM, event=event, certificate="C", reason="R.")
        for _ in range(chance.randint(0, 2)):
            operations.seal(SEALER)
        kept = kept if chance.random() < 0.5 else list(queries.heads())
        assert queries.verify(kept) == []
    assert Seal.objects.count() > 20


# --- since a head


def _trusted() -> tuple[dict[str, object], set[int]]:
    """A head in the middle of the ledger, and the events that it vouches for."""
    number = Seal.objects.count() // 2 + 1
    head = queries.head_of(number)
    assert head
    covered = SealedLeaf.objects.filter(seal__lt=number).values_list("event", flat=True)
    return head, set(covered)


@pytest.mark.long
def test_since_a_head_nothing_is_wrong(grown: Cast) -> None:
    heads = list(queries.heads())
    for head in heads:
        assert queries.verify_since(head) == []
        assert queries.verify_since(head, heads) == []


@pytest.mark.long
@pytest.mark.parametrize("act", tampering.WITHOUT_KEY, ids=lambda act: act.__name__)
def test_tampering_after_a_head_is_found_and_the_row_named(grown: Cast, act: Act) -> None:
    """What the head vouches for is not looked at; all else is found as in a whole look."""
    head, covered = _trusted()
    number, tried = int(str(head["seal"])), 0
    for seed in range(14):
        with without_walls():
            touched = act(dice(f"{act.__name__} {seed}"))
            event, seal = touched.event, touched.seal
            if event in covered or (seal is not None and seal < number):
                continue
            tried += 1
            findings = queries.verify_since(head)
            assert findings, f"{act.__name__}, seed {seed}: not found"
            if event and event > max(covered):
                assert event in {each.event for each in findings}, findings
            if seal:
                assert seal in {each.seal for each in findings}, findings
    assert tried >= 2 or act in BEFORE_THE_HEAD, f"{act.__name__} was tried {tried} times"


BEFORE_THE_HEAD = {tampering.alter_certificate, tampering.remove_certificate}
"""The two certificates of this cast are of its oldest events."""


def test_what_a_head_covers_is_not_looked_at(grown: Cast) -> None:
    """Shown so that nobody takes the short look for the long one."""
    head, covered = _trusted()
    with without_walls():
        Event.objects.filter(pk=min(covered)).update(actor="Somebody else")
        assert queries.verify_since(head) == []
        assert queries.verify()


def test_an_event_slipped_in_below_a_head_is_found_while_it_is_loose(grown: Cast) -> None:
    head, covered = _trusted()
    with without_walls():
        event = Event.objects.get(pk=max(covered))
        SealedLeaf.objects.filter(event=event.pk)._raw_delete("default")
        event.verb = "access given"
        event.save()
        assert event.pk in {each.event for each in queries.verify_since(head)}


def test_late_events_are_looked_at_though_their_numbers_are_low(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Event.objects.order_by("pk")[2]
    connection.check_constraints()
    with without_walls():
        Event.objects.filter(pk=late.pk)._raw_delete("default")
        monkeypatch.setattr(ledger, "BATCH", 7)
        operations.seal(SEALER)
        head = queries.head_of(1)
        assert head
        late.save(force_insert=True)
        while operations.seal(SEALER):
            pass
        assert SealedLeaf.objects.get(event=late.pk).seal_id > 1
        assert queries.verify_since({**head}) == []
        second = queries.head_of(2)
        assert second
        Event.objects.filter(pk=late.pk).update(actor="Somebody else")
        assert late.pk in {each.event for each in queries.verify_since(second)}


@pytest.mark.long
@pytest.mark.parametrize("act", tampering.WITH_KEY, ids=lambda act: act.__name__)
def test_a_head_that_was_cut_off_or_rewritten_is_not_started_from(grown: Cast, act: Act) -> None:
    heads = list(queries.heads())
    for seed in SEEDS:
        with without_walls():
            act(dice(f"{act.__name__} {seed}"))
            findings = queries.verify_since(heads[-1])
            assert [each.seal for each in findings] == [heads[-1]["seal"]]


def test_a_forged_head_is_not_started_from(grown: Cast) -> None:
    head, _ = _trusted()
    findings = queries.verify_since({**head, "hash": "0" * 64})
    assert [str(each) for each in findings] == [
        f"The kept head of seal {head['seal']} is not signed by this system."
    ]


def test_pages_may_be_gone_through_in_any_way(grown: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As several processes do, each with a page of its own."""
    monkeypatch.setattr(ledger_screen, "PAGE", 3)
    seen: list[tuple[int, int]] = []

    def backwards(look: Any, pages: Any) -> Any:
        seen.extend(pages)
        return [look(page) for page in reversed(seen)]

    with without_walls():
        event = Event.objects.order_by("pk")[5]
        Event.objects.filter(pk=event.pk).update(reason="Another")
        assert {each.event for each in queries.verify(across=backwards)} == {event.pk}
    keys = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert len(seen) == -(-len(keys) // 3)
    assert (seen[0][0], seen[-1][1]) == (keys[0], keys[-1])


def test_the_screen_clears_every_good_row_by_itself(grown: Cast) -> None:
    """Else each row would be looked at one by one, rightly but a hundred times more slowly."""
    assert ledger_events.doubtful_of((1, Event.objects.latest("pk").pk)) == list(
        Disposal.objects.order_by("pk").values_list("pk", flat=True)
    )


def test_verifying_asks_as_many_questions_a_page_however_long_the_ledger(
    grown: Cast, django_assert_max_num_queries: Any
) -> None:
    """Those in doubt, whose detail was disposed of, are asked for one by one."""
    assert Seal.objects.count() > 3
    with django_assert_max_num_queries(18 + 4 * Disposal.objects.count()):
        queries.verify()


def test_an_unsealed_event_is_not_bound_yet(grown: Cast) -> None:
    """What the ledger does not promise: the events since the last seal may be removed whole."""
    extent = queries.extent()
    assert extent.unsealed > 0
    event = Event.objects.latest("pk")
    with without_walls():
        EventDetail.objects.filter(pk=event.pk).delete()
        Event.objects.filter(pk=event.pk).delete()
        assert queries.verify() == []
    assert event.at - Seal.objects.latest("pk").at < timedelta(minutes=5)
