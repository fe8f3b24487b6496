"""A risk that rose, came, is late or is no longer accepted is suggested to the body that keeps
its register, by record, and is so no longer once what called for it has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings import queries as agendas
from concordat.domain.governance.meetings.models import Suggestion
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Risk
from concordat.domain.governance.risks.rules.life import Which
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import verbs_on
from tests.operations.meetings.boardroom import seat_row, shown
from tests.operations.risks.examples import JUNE, Desk

MAY = date(2019, 5, 2)
WATCHER = process("risk watcher", MAY)


def told(here: Desk, risk: Risk | None = None) -> list[tuple[str, str]]:
    """What is suggested about a risk, to which body it does not matter: label and reason."""
    rows = Suggestion.objects.filter(about=(risk or here.risk).record, ended_on__isnull=True)
    return list(rows.order_by("pk").values_list("label", "why"))


def scored(here: Desk, likelihood: str, impact: str, reason: str = "Counted") -> None:
    operations.score(
        here.owner, risk=here.risk, likelihood=likelihood, impact=impact, reason=reason
    )


@pytest.mark.long
def test_a_risk_that_rose_is_suggested_and_taken_on_with_one_act(here: Desk) -> None:
    scored(here, "HIGH", "HIGH", "Two more came back")
    [found] = agendas.suggested(here.chair, here.room.now())
    assert (found.word, found.title, found.why, found.purpose) == (
        "risk that rose",
        "Risk: Thresholds differ between the boroughs",
        "It was MEDIUM / HIGH and is HIGH / HIGH. Two more came back",
        Purpose.DECIDE,
    )
    assert [each.why for each in queries.suggested(here.owner, here.now())] == [found.why]
    meetings.add_suggested(here.chair, meeting=here.room.now(), key=found.key)
    assert shown(here.council, here.room.now()) == [
        ("1", "Risk: Thresholds differ between the boroughs")
    ]
    assert told(here) == []


@pytest.mark.parametrize(
    ("likelihood", "impact", "is_told"),
    [("LOW", "HIGH", False), ("MEDIUM", "HIGH", False), ("HIGH", "MEDIUM", True)],
)
def test_one_that_did_not_rise_is_not_suggested(
    here: Desk, likelihood: str, impact: str, is_told: bool
) -> None:
    scored(here, likelihood, impact)
    assert bool(told(here)) is is_told


def test_a_rise_is_told_against_what_stood_before_it_and_ends_with_a_fall(here: Desk) -> None:
    later = [replace(here.owner, on=day) for day in (MAY, date(2019, 5, 9), date(2019, 5, 16))]
    scores = [("HIGH", "HIGH"), ("MEDIUM", "HIGH"), ("LOW", "HIGH")]
    found = []
    for actor, (likelihood, impact) in zip(later, scores, strict=True):
        operations.score(
            actor, risk=here.risk, likelihood=likelihood, impact=impact, reason="Counted"
        )
        found.append([label for label, _ in told(here)])
    assert found == [["risk that rose"], [], []]
    assert Suggestion.objects.get().ended_because == "It is MEDIUM / HIGH now."


def test_an_earlier_day_and_another_score_tell_nobody(here: Desk) -> None:
    told_of = {"risk": here.risk, "likelihood": "HIGH", "impact": "HIGH", "reason": "Minutes"}
    operations.score(here.manager, on=date(2018, 12, 10), **told_of)
    operations.score(here.manager, which=Which.TARGET, **told_of)
    assert told(here) == []


def test_one_that_came_from_below_is_suggested_above_and_handed_back_no_longer(here: Desk) -> None:
    risk = here.raised(here.below)
    move = {"likelihood": "HIGH", "impact": "HIGH", "reason": "Beyond the group"}
    operations.move(here.manager, risk=risk, to=here.above, **move)
    assert told(here, risk) == [
        ("risk that came here", "It was escalated from Operations register. Beyond the group")
    ]
    back = {"likelihood": "2 Unlikely", "impact": "2 Minor", "reason": "Settled"}
    operations.move(here.manager, risk=risk, to=here.below, **back)
    assert told(here, risk) == []


@pytest.mark.long
def test_the_timer_suggests_what_is_overdue_once_for_each_day(here: Desk) -> None:
    assert operations.suggest_overdue(process("risk watcher", date(2019, 5, 1))) == 0
    assert operations.suggest_overdue(WATCHER) == 1
    assert operations.suggest_overdue(WATCHER) == 0
    assert told(here) == [("risk to be reviewed", "Its review was due on 1 May 2019.")]
    chair = replace(here.chair, on=MAY)
    [found] = [each for each in agendas.suggested(chair, here.room.now()) if each.reference]
    meetings.add_suggested(chair, meeting=here.room.now(), key=found.key)
    assert operations.suggest_overdue(process("risk watcher", date(2019, 5, 3))) == 0
    with pytest.raises(Refused):
        operations.suggest_overdue(here.manager)


def test_an_overdue_review_yields_to_a_heavier_reason(here: Desk) -> None:
    operations.suggest_overdue(WATCHER)
    operations.score(
        replace(here.owner, on=MAY), risk=here.risk, likelihood="HIGH", impact="HIGH", reason="Seen"
    )
    assert [label for label, _ in told(here)] == ["risk that rose"]
    assert operations.suggest_overdue(process("risk watcher", date(2019, 5, 3))) == 0


def test_a_review_takes_it_back_and_the_next_one_that_is_missed_is_told_again(here: Desk) -> None:
    operations.suggest_overdue(WATCHER)
    operations.review(replace(here.owner, on=MAY), risk=here.risk, words="No change", next_on=JUNE)
    assert told(here) == []
    assert verbs_on(here.risk.record)[-1] == "suggestion taken back"
    assert operations.suggest_overdue(process("risk watcher", date(2019, 6, 29))) == 1


def test_a_register_that_no_body_keeps_has_nobody_to_tell(here: Desk) -> None:
    operations.describe(
        here.manager,
        register=here.above,
        title="Executive register",
        keeper=None,
        likelihoods=here.above.likelihoods,
        impacts=here.above.impacts,
    )
    assert operations.suggest_overdue(WATCHER) == 0
    scored(here, "HIGH", "HIGH")
    assert told(here) == []


def test_what_the_body_decided_on_is_suggested_no_longer(here: Desk) -> None:
    scored(here, "HIGH", "HIGH")
    operations.accept(
        here.manager,
        risk=here.risk,
        approver=seat_row(here.room.house.council),
        reason="Until the new document is agreed",
        expires=JUNE,
    )
    assert told(here) == []
    operations.let_acceptances_lapse(process("risk watcher", date(2019, 6, 29)))
    assert [label for label, _ in told(here)] == ["acceptance that ran out"]
    operations.close(here.chair, risk=here.risk, reason="Agreed")
    assert told(here) == []


def test_one_that_is_put_before_the_body_is_not_suggested_as_well(here: Desk) -> None:
    scored(here, "HIGH", "HIGH")
    operations.put_before(
        here.owner,
        risk=here.risk,
        meeting=here.room.now(),
        purpose=Purpose.DECIDE,
        reason="Whether to live with it",
    )
    assert told(here) == []


@pytest.mark.long
def test_what_is_held_closely_is_suggested_to_whoever_may_open_it(here: Desk) -> None:
    risk = here.raised(sensitivity=Sensitivity.RESTRICTED, title="Kestrel")
    operations.score(here.chair, risk=risk, likelihood="HIGH", impact="HIGH", reason="Worse")
    [found] = [each for each in agendas.suggested(here.chair, here.room.now()) if each.reference]
    assert found.reference == risk.record.reference
    line = meetings.add_suggested(here.chair, meeting=here.room.now(), key=found.key)
    assert line.item.record.level is Sensitivity.RESTRICTED
    assert risk.record.reference not in [
        each.reference for each in agendas.suggested(here.council, here.room.now())
    ]
