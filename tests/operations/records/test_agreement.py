"""`visible` narrows in the database what `can` says of each record, in any world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from concordat.domain.base.records import queries
from concordat.domain.base.records.models import AccessRequest, Grant, Record, Recusal, Share
from concordat.domain.base.records.queries import Prepared, access
from concordat.domain.base.records.rules import Cut, Level, RecordKind, Standing, Verb
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld
from concordat.kernel.errors import Restricted
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.records.conftest import DAY, SYSTEM
from tests.walls import behind_the_wall

PARTNERSHIPS, BODIES, SEATS, PEOPLE = (
    [UUID(int=base + n) for n in range(count)]
    for base, count in ((100, 3), (200, 3), (300, 3), (400, 3))
)
RECORDS = [UUID(int=500 + n) for n in range(5)]
GRANTEES = [*PEOPLE, *SEATS, *BODIES]

days = st.tuples(st.integers(-2, 1), st.none() | st.integers(0, 2))
spans = days.map(
    lambda pair: {
        "from_day": DAY + timedelta(pair[0]),
        "to_day": None if pair[1] is None else DAY + timedelta(pair[0] + pair[1]),
    }
)
records = st.fixed_dictionaries(
    {
        "partnership_id": st.sampled_from([None, *PARTNERSHIPS]),
        "owner_id": st.sampled_from([None, *BODIES, *SEATS]),
        "sensitivity": st.sampled_from(Sensitivity),
        "listed": st.booleans(),
    }
)
one_of_them = st.sampled_from(RECORDS)
grants = st.tuples(one_of_them, st.sampled_from(GRANTEES), st.sampled_from(Level), spans)
shares = st.tuples(one_of_them, st.sampled_from(PARTNERSHIPS), st.sampled_from(Cut), spans)
recusals = st.tuples(one_of_them, st.sampled_from(PEOPLE), spans)
seats = st.builds(
    SeatHeld,
    seat=st.sampled_from(SEATS),
    body=st.sampled_from(BODIES),
    partnership=st.sampled_from(PARTNERSHIPS),
    office=st.sampled_from(Office),
    title=st.just("Seat"),
)
actors = st.builds(
    Actor,
    kind=st.sampled_from(Kind),
    name=st.just("Ada"),
    on=st.just(DAY),
    person=st.sampled_from([None, *PEOPLE]),
    hand=st.sampled_from(["", "Bo"]),
    hand_person=st.sampled_from([None, *PEOPLE]),
    seats=st.lists(seats, max_size=2).map(tuple),
    scope=st.frozensets(st.sampled_from([Verb.SEE, Verb.ANSWER, Verb.ADMIT]), max_size=2),
    admitted=st.frozensets(one_of_them, max_size=2),
)


@dataclass(frozen=True)
class World:
    """Rows as plain values, so that a failing world is drawn smaller and printed."""

    records: list[dict[str, Any]]
    grants: list[tuple[Any, ...]]
    shares: list[tuple[Any, ...]]
    recusals: list[tuple[Any, ...]]
    actor: Actor


worlds = st.builds(
    World,
    records=st.lists(records, min_size=5, max_size=5),
    grants=st.lists(grants, max_size=5),
    shares=st.lists(shares, max_size=3),
    recusals=st.lists(recusals, max_size=3),
    actor=actors,
)


def _row(pk: UUID, kind: RecordKind, **more: Any) -> Record:
    return Record(id=pk, kind=kind, reference=f"X-{pk.int}", title="X", opened=DAY, **more)


@pytest.fixture
def ground(db: None) -> None:
    """The partnerships, bodies, seats and people that every world stands on."""
    kinds = {
        RecordKind.PARTNERSHIP: PARTNERSHIPS,
        RecordKind.BODY: BODIES,
        RecordKind.SEAT: SEATS,
        RecordKind.PERSON: PEOPLE,
    }
    with behind_the_wall():
        Record.objects.bulk_create(_row(pk, kind) for kind, pks in kinds.items() for pk in pks)


def settle(world: World) -> QuerySet[Record]:
    """Make the world's rows the only ones, quickly; its five records."""
    span = {"reason": "Because."}
    with behind_the_wall():
        for model in (Grant, Share, Recusal, AccessRequest):
            model.objects.all().delete()
        Record.objects.filter(pk__in=RECORDS).delete()
        Record.objects.bulk_create(
            _row(pk, RecordKind.RISK, **values)
            for pk, values in zip(RECORDS, world.records, strict=True)
        )
        Grant.objects.bulk_create(
            Grant(record_id=r, grantee_id=g, level=level, granted_by="Cy", **span, **when)
            for r, g, level, when in world.grants
        )
        Share.objects.bulk_create(
            Share(record_id=r, partnership_id=p, cut=cut, **span, **when)
            for r, p, cut, when in world.shares
        )
        Recusal.objects.bulk_create(
            Recusal(record_id=r, person_id=p, **span, **when) for r, p, when in world.recusals
        )
        AccessRequest.objects.bulk_create(
            AccessRequest(record_id=r, person_id=PEOPLE[0], asked_by="Di", asked_on=DAY, **span)
            for r in RECORDS
        )
    return Record.objects.filter(pk__in=RECORDS)


def agrees(world: World) -> bool:
    """Whether the filter and the rule say the same of every record, by every path."""
    everything = settle(world)
    open_ = {each.pk for each in everything if queries.can(world.actor, Verb.SEE, each)}
    beneath = queries.visible(world.actor, AccessRequest.objects.all(), record="record")
    together = {each.pk for each in queries.usable(world.actor, Verb.SEE, everything)}
    return (
        together == open_
        and set(queries.visible(world.actor, everything).values_list("pk", flat=True)) == open_
        and set(beneath.values_list("record", flat=True)) == open_
    )


thorough = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.long
@thorough
@given(worlds)
def test_visible_is_what_can_be_seen(ground: None, world: World) -> None:
    assert agrees(world)


@pytest.mark.long
@thorough
@given(worlds)
def test_admissible_is_what_others_may_be_admitted_to(ground: None, world: World) -> None:
    admissible_as_said(world)


@pytest.mark.parametrize("kind", Kind)
def test_admissible_to_a_chair_of_whatever_kind(ground: None, kind: Kind) -> None:
    """Seats of one who comes by a link or from the public open no more than the rule says."""
    seat = SeatHeld(SEATS[0], BODIES[0], PARTNERSHIPS[0], Office.CHAIR, "Chair")
    scope = frozenset({Verb.SEE, Verb.ADMIT})
    chair = Actor(kind, "Ada", DAY, seats=(seat,), scope=scope, admitted=frozenset(RECORDS[:1]))
    open_or_not: list[dict[str, Any]] = [
        {"sensitivity": Sensitivity.RESTRICTED, "listed": False},
        {"sensitivity": Sensitivity.PUBLIC, "listed": False},
        {"sensitivity": Sensitivity.RESTRICTED, "listed": True},
        {"sensitivity": Sensitivity.PARTNERSHIP, "partnership_id": PARTNERSHIPS[0]},
        {"sensitivity": Sensitivity.PUBLIC, "partnership_id": PARTNERSHIPS[1]},
    ]
    admissible_as_said(World(open_or_not, [], [], [], chair))


def admissible_as_said(world: World) -> None:
    everything = settle(world)
    may = {each.pk for each in everything if queries.can(world.actor, Verb.ADMIT, each)}
    assert set(queries.admissible(world.actor, everything).values_list("pk", flat=True)) == may
    waiting = queries.open_access_requests(world.actor)
    assert {each.record_id for each in waiting} == may


@pytest.mark.long
@settings(thorough, max_examples=30)
@given(worlds)
def test_fetch_tells_open_known_and_absent_apart(ground: None, world: World) -> None:
    for each in settle(world):
        standing = queries.standing_of(world.actor, each)
        try:
            queries.fetch(world.actor, Record.objects.all(), pk=each.pk)
            found = Standing.OPEN
        except Restricted:
            found = Standing.KNOWN
        except Record.DoesNotExist:
            found = Standing.ABSENT
        assert found is standing


def _of_any_day(model: type[Grant | Share | Recusal], whose: str) -> Prepared:
    """What the filter looks in, as it would be without its days."""

    def found(on: date, **whom: list[UUID]) -> QuerySet[Any, Any]:
        (these,) = whom.values()
        return model._default_manager.filter(**{f"{whose}__in": these}).values_list("record")

    return Prepared(found)


quick = settings(
    thorough, max_examples=600, phases=(Phase.generate,), derandomize=True, database=None
)

# One rule of the filter left out at a time: each must be found to disagree.
BROKEN: dict[str, dict[str, Callable[..., Any]]] = {
    "conflicts forgotten": {"_recused": lambda actor, path: access.Q(pk__in=[])},
    "dates of grants and shares forgotten": {
        "_GRANTED": _of_any_day(Grant, "grantee"),
        "_SHARED": _of_any_day(Share, "partnership"),
        "_CONFLICTED": _of_any_day(Recusal, "person"),
    },
    "every sealed record to one who is named elsewhere": {
        "_all_named": lambda actor, path: access.Q(
            **{f"{path}pk__in": access._GRANTED.within(on=actor.on, people=actor.identities)}
        )
    },
    "every partnership's records": {"_inside": lambda actor, path: access.Q()},
    "grants forgotten": {"_named": lambda actor, path: access.Q(pk__in=[])},
}


@pytest.mark.long
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_filter_is_found(ground: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for attribute, broken in BROKEN[name].items():
        monkeypatch.setattr(access, attribute, broken)

    def differs(world: World) -> bool:
        return not agrees(replace(world, actor=replace(world.actor, kind=Kind.PERSON)))

    try:
        assert differs(find(worlds, differs, settings=quick))
    except NoSuchExample:
        pytest.fail("the property does not notice")


def test_a_process_sees_everything(ground: None) -> None:
    settled = World([{"sensitivity": Sensitivity.SEALED}] * 5, [], [], [], SYSTEM)
    assert queries.visible(SYSTEM, settle(settled)).count() == 5
