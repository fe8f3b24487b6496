"""Measures defined, values put beside them, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from concordat.domain.governance.measures import operations, queries
from concordat.domain.governance.measures.models import Measure, Value
from concordat.domain.governance.measures.rules import Symbol
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Casts, Kept
from tests.operations.mail.cast import House, build, verbs_on


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(houses: Kept[House]) -> Iterator[House]:
    with houses.lent() as house:
        yield house


def defined(house: House, **more: Any) -> Measure:
    facts = {"unit": "episodes", "better": "lower", "owner": "posts:meg-member", **more}
    return operations.define(
        house.manager.actor, partnership=house.here, title="Missing episodes", facts=facts
    )


def put(house: House, measure: Measure, at: str, value: str = "", **more: Any) -> Value:
    return operations.put_value(
        house.manager.actor, measure=measure, at=UncertainDate.parse(at), value=value, **more
    )


def test_a_measure_is_defined_and_amended(house: House) -> None:
    measure = defined(house)
    assert measure.record.reference == "HERE-ME-0001"
    operations.define(
        house.manager.actor, partnership=house.here, title="Episodes", key=measure.key,
        facts={"definition": "Each once"}, seen_version=measure.record.version,
    )  # fmt: skip
    held = queries.measure(house.member.actor, "HERE-ME-0001")
    assert (held.title, held.unit, held.definition) == ("Episodes", "episodes", "Each once")
    assert verbs_on(held.record) == ["measure opened", "measure set down", "measure amended"] or (
        verbs_on(held.record)[-1] == "measure amended"
    )
    with pytest.raises(Invalid):
        defined(house, target="many")
    with pytest.raises(Refused):
        operations.define(house.member.actor, partnership=house.here, title="X", facts={})
    assert Measure.objects.count() == 1


def test_a_value_is_a_number_or_a_symbol_and_the_same_time_is_a_correction(house: House) -> None:
    measure = defined(house)
    put(house, measure, "2019-01", "12")
    put(house, measure, "2019-02", symbol=Symbol.SUPPRESSED)
    put(house, measure, "2019-01", "14", symbol=Symbol.REVISED)
    told = queries.values(house.member.actor, measure)
    assert [each.shown for each in told] == ["14 [r]", "[c] suppressed"]
    assert verbs_on(measure.record)[-1] == "value corrected"
    (line,) = queries.lines(house.member.actor, [measure])
    assert line.newest == told[-1]
    for wrong in ({"value": "x"}, {}, {"value": "3", "symbol": Symbol.SUPPRESSED}):
        with pytest.raises(Invalid):
            put(house, measure, "2019-03", **wrong)  # type: ignore[arg-type]
    assert Value.objects.count() == 2


def test_two_people_put_a_value(house: House) -> None:
    measure = defined(house)
    version = queries.measure(house.member.actor, measure.record.reference).record.version
    put(house, measure, "2019-01", "12", seen_version=version)
    with pytest.raises(Stale) as late:
        put(house, measure, "2019-01", "13", seen_version=version)
    assert (late.value.mine, late.value.theirs) == ({"Value": "13"}, {"Value": "12"})
    with pytest.raises(Refused):
        operations.put_value(
            house.member.actor, measure=measure, at=UncertainDate.parse("2019"), value="1"
        )


def test_measures_are_seen_within_the_partnership(house: House) -> None:
    measure = defined(house, serves="priorities:hub")
    assert list(queries.measures(house.member.actor, house.here)) == [measure]
    assert list(queries.serving(house.member.actor, house.here.pk, "priorities:hub")) == [measure]
    assert not queries.measures(house.outsider.actor, house.here)
    with pytest.raises(Measure.DoesNotExist):
        queries.measure(house.outsider.actor, measure.record.reference)
    with pytest.raises(Measure.DoesNotExist):
        queries.measure(house.manager.actor, "nonsense")
