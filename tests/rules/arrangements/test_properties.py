"""Whatever is on record: yes only on certain ground, and all of the deciding bodies together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.domain.governance.arrangements.rules import (
    Answer,
    Decision,
    Delegation,
    Record,
    Sitting,
)
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid
from tests.rules.arrangements.examples import BUDGET, ON, REVIEW, ask, partner, small

AGENCIES = ("council", "health", "police", "second-council")
DAYS = st.dates(date(2018, 1, 1), date(2020, 12, 31))
TOLD = st.one_of(
    st.none(),
    st.sampled_from(["?", "2019", "March 2019", "spring 2019", "about 2018", "2018 to 2019"]),
    DAYS.map(date.isoformat),
).map(lambda told: UncertainDate.parse(told) if told else None)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    try:
        return Period(draw(TOLD), draw(TOLD))
    except Invalid:
        return Period()


KEYS = st.sampled_from(["a", "b", "c", "d"])
MATTERS = st.lists(st.sampled_from([BUDGET, REVIEW]), max_size=2).map(tuple)
WHOM = st.sampled_from(["post", "seat", "person"])


@st.composite
def powers(draw: st.DrawFn) -> Delegation:
    agency = draw(st.sampled_from(AGENCIES))
    whom = {"post": f"{agency}-chief", "seat": f"{agency}-seat", "person": "sam"}
    kind = draw(WHOM)
    return Delegation(
        key=draw(KEYS),
        agency=agency,
        period=draw(periods()),
        under=draw(st.sampled_from(["", "", "a", "b"])),
        matters=draw(MATTERS),
        reserved=draw(MATTERS),
        limbs=draw(st.sampled_from([(), ("commit on resources",), ("speak for the body",)])),
        instrument=draw(st.sampled_from(["letter", "none on record", ""])),
        state=draw(st.sampled_from(["", "in force", "proposed", "shadow", "ended"])),
        decision=draw(st.sampled_from(["", "", "a"])),
        **{kind: whom[kind]},
    )


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    states = ["planned", "made", "refused", "deferred", "withdrawn"]
    return Decision(
        key=draw(KEYS),
        title="The budget",
        agency=draw(st.sampled_from(AGENCIES)),
        body="",
        on=draw(TOLD),
        state=draw(st.sampled_from(states)),
        matters=draw(MATTERS),
        conditions=draw(st.sampled_from(["", "", "Once."])),
    )


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    agency = draw(st.sampled_from(AGENCIES))
    holding = draw(st.sampled_from(["holder", "deputy", "job share", "vacant"]))
    who = {} if holding == "vacant" else draw(st.sampled_from([{"post": f"{agency}-chief"}, {"person": "sam"}]))  # fmt: skip  # noqa: E501
    return Sitting(f"{agency}-seat", holding, draw(periods()), **who)


@st.composite
def records(draw: st.DrawFn) -> Record:
    rows = [partner(agency, agency.removeprefix("second-")) for agency in AGENCIES]
    dated = [replace(row, period=draw(periods())) for row in rows]
    return small(
        partners=tuple(draw(st.lists(st.sampled_from(dated), max_size=4))),
        delegations=tuple(draw(st.lists(powers(), max_size=5))),
        decisions=tuple(draw(st.lists(decisions(), max_size=4))),
        sittings=tuple(draw(st.lists(sittings(), max_size=5))),
    )


def certain_ground(record: Record, agency: str, matter: str, on: date) -> bool:
    """A decision of its own certainly made, or a delegation certainly in force, on the matter."""
    made = any(
        d.agency == agency
        and matter in d.matters
        and d.state == "made"
        and d.on is not None
        and d.on.certainly_on_or_before(on)
        for d in record.decisions
    )
    handed = any(
        d.agency == agency
        and matter not in d.reserved
        and (not d.matters or matter in d.matters)
        and d.state in ("", "in force")
        and d.instrument != "none on record"
        and d.period.in_force(on) == "yes"
        for d in record.delegations
    )
    return made or handed


PRESENT = st.one_of(
    st.none(), st.lists(st.sampled_from(["council-seat", "health-seat", "police-seat:deputy"]))
)


@pytest.mark.long
@settings(max_examples=300)
@given(records(), DAYS, st.sampled_from([BUDGET, REVIEW]), PRESENT)
def test_never_yes_without_certain_ground(
    record: Record, on: date, matter: str, present: list[str] | None
) -> None:
    found = ask(record, matter, on, present)
    for each in found.opinions:
        assert each.reason
        if each.answer is Answer.YES:
            assert certain_ground(record, each.agency, matter, on), each.reason


@pytest.mark.long
@settings(max_examples=150)
@given(records(), DAYS, st.sampled_from([BUDGET, REVIEW]), PRESENT)
def test_overall_yes_if_and_only_if_every_deciding_body_is(
    record: Record, on: date, matter: str, present: list[str] | None
) -> None:
    found = ask(record, matter, on, present)
    deciding = [each for each in found.opinions if each.answer is not Answer.NOT_DECIDING]
    assert found.overall is (bool(deciding) and {each.answer for each in deciding} == {Answer.YES})
    classes = {each.class_ for each in deciding}
    wanted = {"council", "health"} if matter == REVIEW else {"council", "health", "police"}
    assert classes == wanted, "every class that decides has a verdict, even where nobody is it"


@pytest.mark.long
@settings(max_examples=100)
@given(records(), DAYS)
def test_fewer_people_in_the_room_never_decide_more(record: Record, on: date) -> None:
    seats = ["council-seat", "health-seat", "police-seat"]
    if ask(record, on=on, present=seats[:2]).overall:
        assert ask(record, on=on, present=seats).overall


@pytest.mark.long
@given(records(), st.integers(min_value=0, max_value=3))
def test_a_day_is_answered_from_the_rows_alone(record: Record, turn: int) -> None:
    """The order in which rows were written down changes no answer."""
    rows = record.delegations
    turned = replace(record, delegations=rows[turn:] + rows[:turn], partners=record.partners[::-1])
    if len({d.key for d in rows}) == len(rows):
        day = ON + timedelta(days=turn)
        one, other = ask(record, on=day), ask(turned, on=day)
        assert [o.answer for o in one.opinions] == [o.answer for o in other.opinions]
