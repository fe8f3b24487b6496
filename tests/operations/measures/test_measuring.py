"""Measures defined, values put beside them, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from concordat.domain.base.records.models import known_by
from concordat.domain.base.records.operations import close, keep
from concordat.domain.governance.measures import operations, queries
from concordat.domain.governance.measures.models import Measure, Value
from concordat.domain.governance.measures.rules import Symbol
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Casts, Kept
from tests.operations.mail.cast import DAY, LOADER, House, build, verbs_on


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
    assert verbs_on(held.record)[-2:] == ["measure set down", "measure amended"]
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
    (was,) = queries.corrections(house.member.actor, told)[told[0].pk]
    assert (was.shown, was.until) == ("12", DAY)
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


def test_a_corrected_value_is_known_from_the_day_on_which_it_first_was(house: House) -> None:
    measure = defined(house)
    first = put(house, measure, "2019-01", "12")
    later = replace(house.manager.actor, on=DAY + timedelta(30))
    for number in ("14", "15"):
        operations.put_value(
            later, measure=measure, at=UncertainDate.parse("2019-01"), value=number
        )
    known = Value.objects.filter(known_by(DAY), measure=measure)
    assert list(known) == [first]
    (now,) = queries.values(later, measure)
    assert now.shown == "15"
    (was,) = queries.corrections(later, [now])[first.pk]
    assert (was.shown, was.until) == ("12", later.on), "what was said first on the day"


def test_two_people_define_a_measure_of_one_name(house: House) -> None:
    first, second = defined(house), defined(house, unit="children")
    assert (first.key, second.key) == ("missing-episodes", "missing-episodes-2")
    assert queries.measure(house.member.actor, first.record.reference).unit == "episodes"


def test_a_value_of_no_time_is_never_the_newest(house: House) -> None:
    measure = defined(house)
    with pytest.raises(Invalid) as told:
        put(house, measure, "?", "9")
    assert told.value.faults[0].field == "at"
    put(house, measure, "2019-01", "12")
    keep(
        LOADER, model=Value, partnership=house.here, key="odd",
        values={"measure": measure, "value": "99"}, noun="value of a measure",
    )  # fmt: skip
    (line,) = queries.lines(house.member.actor, [measure])
    assert line.newest
    assert (line.newest.shown, line.says) == ("12", "There are not yet two numbers to compare.")


def test_nothing_is_put_beside_a_measure_that_is_closed(house: House) -> None:
    measure = defined(house)
    close(house.manager.actor, record=measure.record, on=DAY)
    with pytest.raises(Refused):
        put(house, measure, "2019-01", "12")
    assert not Value.objects.exists()
