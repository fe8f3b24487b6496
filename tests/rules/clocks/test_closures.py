"""Closed days of a partnership, and how a pinned row is compared with the row as it reads now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.rules import Closed, ClosedKind, Law, Stage
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

HERE, THERE, BOARD, GROUP = (UUID(int=number) for number in range(1, 5))
DAY = date(2019, 4, 2)


def closed(kind: ClosedKind = ClosedKind.CLOSURE, body: UUID | None = None) -> Closed:
    return Closed(DAY, "Town Hall moves", kind, HERE, body)


@pytest.mark.parametrize(
    ("rule", "kind", "counts"),
    [
        ("SIN-CRIT", ClosedKind.CLOSURE, True),  # the five days are guidance, the duty statute
        ("FOI-REPLY", ClosedKind.CLOSURE, False),
        ("LC-ADVANCE", ClosedKind.CLOSURE, False),  # regulations
        ("FOI-REPLY", ClosedKind.PROCLAIMED, True),
        ("SIN-CRIT", ClosedKind.PROCLAIMED, True),
    ],
)
def test_a_closure_never_lengthens_a_limit_of_statute(
    rule: str, kind: ClosedKind, counts: bool
) -> None:
    row = rules.law().variants(rule)[0]
    assert rules.counts_for(closed(kind), row, HERE, None) is counts


@pytest.mark.parametrize(
    ("day", "partnership", "body", "counts"),
    [
        (closed(), HERE, BOARD, True),
        (closed(), THERE, BOARD, False),
        (closed(), None, None, False),
        (closed(body=BOARD), HERE, BOARD, True),
        (closed(body=BOARD), HERE, GROUP, False),
        (closed(body=BOARD), HERE, None, False),
    ],
)
def test_a_closed_day_counts_for_its_partnership_and_its_group(
    day: Closed, partnership: UUID | None, body: UUID | None, counts: bool
) -> None:
    row = rules.rule("SIN-CRIT", on=date(2019, 3, 28))
    assert rules.counts_for(day, row, partnership, body) is counts


def test_a_closed_day_is_left_out_and_named(england: WorkingDays) -> None:
    row = rules.rule("SIN-CRIT", on=date(2019, 3, 28))
    days, names = rules.with_closed(england, [closed()], row, partnership=HERE, body=None)
    due = rules.due_on(date(2019, 3, 28), row, days, closed_names=names)
    assert due.due == date(2019, 4, 5)
    assert "Town Hall moves (Tuesday 2 April 2019)" in due.sum
    same, none = rules.with_closed(england, [closed()], row, partnership=THERE, body=None)
    assert same is england
    assert not none


@given(
    start=st.dates(date(2018, 7, 4), date(2026, 6, 1)),
    rule=st.sampled_from(["SIN-CRIT", "LC-PUBLISH", "FOI-REPLY", "CDR-12MO"]),
)
def test_soon_begins_on_the_first_day_that_is_near_enough(
    england: WorkingDays, start: date, rule: str
) -> None:
    row = rules.law().variants(rule)[-1]
    due = rules.due_on(start, row, england)
    first, most = rules.soon_from(due, england), rules.warn_within(due)
    assert rules.working_days_left(due.due, first, england) <= most
    assert rules.working_days_left(due.due, first - timedelta(days=1), england) > most


def test_a_pinned_row_is_the_same_until_its_words_or_its_limit_change(the_law: Law) -> None:
    row = the_law.variants("SIN-CRIT")[0]
    pinned = rules.canonical(row)
    ended = replace(row, in_force_to=date(2030, 1, 1))
    said = replace(row, duty="Notify.")
    limited = replace(row, deadline=replace(row.deadline, value=6))  # type: ignore[type-var]
    assert not rules.reworded(pinned, row)
    assert not rules.reworded(pinned, ended)
    assert rules.reworded(pinned, said)
    assert rules.same_limit(pinned, said)
    assert not rules.same_limit(pinned, limited)
    assert not rules.same_limit(pinned, replace(row, trigger="the press"))


def test_a_local_row_is_written_as_it_is_read(the_law: Law) -> None:
    told = {
        "id": "LOCAL-X", "title": "Café: look", "duty": "Look.", "kind": "deadline", "who": "all",
        "trigger": "the last look", "deadline": {"value": 2, "unit": "weeks"}, "force": "local",
        "source": "board", "regime": "general", "in_force_from": DAY, "conf": "S",
    }  # fmt: skip
    text = rules.local_text(told)
    [read] = rules.read_local("ours", text, the_law)
    assert (read.title, read.in_force_from, read.in_force_to) == ("Café: look", DAY, None)
    [over] = rules.read_local("ours", rules.ended(text, date(2019, 5, 1)), the_law)
    assert over == replace(read, in_force_to=date(2019, 5, 1))


@pytest.mark.parametrize("rule", ["LC-ADVANCE", "TR-SCR", "CDRM-NOT-BEFORE", "JTAI"])
def test_a_shortened_limit_keeps_everything_but_its_length(the_law: Law, rule: str) -> None:
    base = the_law.variants(rule)[-1]
    assert base.deadline is not None
    like = rules.limit_like(base, 3, base.deadline.unit.value)
    told = {
        "id": "LOCAL-X", "title": "Ours", "duty": "Ours.", "kind": "deadline", "who": "all",
        "trigger": base.trigger, "deadline": like, "force": "local", "source": "board",
        "regime": "general", "in_force_from": DAY, "conf": "S",
    }  # fmt: skip
    [read] = rules.read_local("ours", rules.local_text(told), the_law)
    assert read.deadline == replace(base.deadline, value=3, force=None, window_from=None)


def test_a_rule_without_a_limit_cannot_be_shortened(the_law: Law) -> None:
    with pytest.raises(Invalid, match="LC-CRIT has no deadline"):
        rules.limit_like(the_law.variants("LC-CRIT")[-1], 1, "wd")


def test_the_table_ends_nothing_without_proof_or_reason() -> None:
    ends = {move.to for move in rules.STATES.moves if move.verb in ("meet", "rule out")}
    assert ends == {Stage.MET, Stage.NOT_APPLICABLE}
    assert {move.from_ for move in rules.STATES.moves if move.verb == "meet"} == {
        Stage.RUNNING,
        Stage.PAUSED,
    }
    assert rules.STATES.verdict(Stage.START_NEEDED, "pause").reason
