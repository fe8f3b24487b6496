"""Registers with their own scheme; every score dated, with its reason and its author."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Control, Register, Risk, Scored
from concordat.domain.governance.risks.queries.over_time import standing_at
from concordat.domain.governance.risks.rules.findings import Wanting
from concordat.domain.governance.risks.rules.life import Treatment, Which, Working
from concordat.domain.governance.risks.rules.movement import Quarter, Way
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.risks.examples import FIVE, JUNE, WORDS, Desk, asked


def test_a_risk_begins_with_three_scores_and_its_owner_is_asked(here: Desk) -> None:
    risk = here.now()
    assert risk.score(Which.CURRENT) == here.above.scheme.score("MEDIUM", "HIGH")
    assert risk.score(Which.INHERENT) == here.above.scheme.score("HIGH", "HIGH")
    assert (risk.up, risk.across) == (2, 3)
    assert set(queries.scores(here.manager, risk).values_list("reason", flat=True)) == {
        "Three referrals came back in March"
    }
    assert asked(risk) == [("Meg Member", "review")]
    assert verbs_on(risk.record)[:2] == ["risk opened", "risk raised"]


def test_any_member_raises_a_risk_and_an_outsider_does_not_find_the_register(here: Desk) -> None:
    told = {"title": "Rooms", "reason": "The lease ends", "current": ("LOW", "LOW")}
    risk = operations.add(here.council, register=here.above, **told)
    assert risk.owner == ""
    with pytest.raises(here.above.record.DoesNotExist):
        operations.add(here.outsider, register=here.above, **told)
    assert queries.registers(here.outsider).get() == here.there


def test_the_owner_scores_with_a_reason_and_the_score_stands(here: Desk) -> None:
    operations.score(
        here.owner, risk=here.risk, likelihood="HIGH", impact="high", reason="Two more came back"
    )
    assert here.now().said(Which.CURRENT) == ("HIGH", "HIGH")
    last = queries.scores(here.owner, here.risk)[0]
    assert (last.reason, last.by, last.on) == ("Two more came back", "Meg Member", DAY)
    assert verbs_on(here.risk.record)[-2:] == ["risk scored", "item suggested"]


@pytest.mark.parametrize(
    ("more", "field", "mend"),
    [
        ({"reason": " "}, "reason", "Say what changed, or what shows it."),
        ({"likelihood": "Very high"}, "likelihood", "Give LOW, MEDIUM or HIGH."),
        ({"impact": "16"}, "impact", "Give LOW, MEDIUM or HIGH."),
        ({"on": date(2019, 3, 30)}, "on", "Give its day."),
    ],
)
def test_a_score_without_a_reason_or_outside_its_scheme_changes_nothing(
    here: Desk, more: dict[str, object], field: str, mend: str
) -> None:
    before = Scored.objects.count(), here.now().record.version
    told = {"likelihood": "LOW", "impact": "LOW", "reason": "Calm"} | more
    with pytest.raises(Invalid) as error:
        operations.score(here.owner, risk=here.risk, **told)  # type: ignore[arg-type]
    assert [(each.field, each.mend) for each in error.value.faults] == [(field, mend)]
    assert (Scored.objects.count(), here.now().record.version) == before


def test_who_neither_owns_nor_keeps_does_not_score(here: Desk) -> None:
    with pytest.raises(Refused, match="Only its owner"):
        operations.score(here.council, risk=here.risk, likelihood="LOW", impact="LOW", reason="No")


def test_two_people_who_score_at_once_see_both(here: Desk) -> None:
    seen = here.now().record.version
    told = {"likelihood": "LOW", "impact": "HIGH", "reason": "Calmer"}
    operations.score(here.owner, risk=here.risk, seen_version=seen, **told)
    with pytest.raises(Stale) as stale:
        operations.score(
            here.manager,
            risk=here.risk,
            seen_version=seen,
            likelihood="HIGH",
            impact="HIGH",
            reason="Worse",
        )
    assert stale.value.mine["current"] == "HIGH / HIGH"
    assert stale.value.theirs["current"] == "LOW / HIGH"
    assert stale.value.theirs["reason"] == "Calmer"
    assert stale.value.by == "Meg Member"


def test_a_score_of_an_earlier_day_takes_its_place_in_the_history(here: Desk) -> None:
    operations.score(
        here.manager,
        risk=here.risk,
        likelihood="LOW",
        impact="HIGH",
        reason="From the minutes of December",
        on=date(2018, 12, 10),
    )
    assert here.now().said(Which.CURRENT) == ("MEDIUM", "HIGH")
    [now, before] = queries.quarters_of(here.manager, here.now())
    assert (now.trend.way, now.trend.words) == (Way.UP, "Up, was LOW / HIGH")
    assert before.quarter == Quarter(2018, 4)
    assert before.reasons == ("From the minutes of December",)


def test_a_day_knows_no_score_that_was_written_later(here: Desk) -> None:
    before, day = queries.heat_map(here.manager, here.above, DAY), date(2019, 3, 1)
    later = replace(here.manager, on=date(2019, 5, 7))
    told = {"likelihood": "LOW", "impact": "LOW", "reason": "From the minutes of March"}
    operations.score(later, risk=here.risk, on=day, **told)
    assert Scored.objects.order_by("-pk")[0].stated_on == later.on
    assert queries.heat_map(later, here.above, DAY) == before
    earlier = standing_at(later, [here.risk], day, known=DAY)
    assert here.risk.pk not in earlier
    assert standing_at(later, [here.risk], day, known=later.on)[here.risk.pk].score.short


@pytest.mark.long
def test_a_score_is_of_the_register_in_which_the_risk_stood_that_day(here: Desk) -> None:
    risk = here.raised(here.below)
    told = {"likelihood": "HIGH", "impact": "HIGH", "reason": "Beyond the group"}
    operations.move(here.manager, risk=risk, to=here.above, **told)
    with pytest.raises(Invalid, match="another register until") as error:
        operations.score(here.manager, risk=risk, on=DAY - timedelta(days=1), **told)
    assert error.value.faults[0].field == "on"
    operations.score(here.manager, risk=risk, on=DAY, **told)


# --- controls


def test_a_control_says_since_when_it_is_done(here: Desk) -> None:
    row = operations.add_control(here.owner, risk=here.risk, words="A weekly call")
    assert row.since == DAY


def test_a_control_is_judged_with_what_shows_it(here: Desk) -> None:
    first, second = queries.controls(here.owner, [here.risk])
    with pytest.raises(Invalid, match="Say how you know"):
        operations.judge_control(
            here.owner, risk=here.risk, control=first, working=Working.NOT, why=""
        )
    operations.judge_control(
        here.owner, risk=here.risk, control=first, working=Working.PARTLY, why="Two teams use it"
    )
    operations.judge_control(
        here.owner, risk=here.risk, control=second, working=Working.NOT, why="Not met since May"
    )
    [row] = queries.shown(here.owner, [here.now()])
    assert row.controls == "1 partly working, 1 not working"
    assert [each.wanting for each in row.findings] == [Wanting.FAILING]


def test_controls_are_the_mitigations_of_the_file(here: Desk) -> None:
    added = operations.add_control(here.owner, risk=here.risk, words=" A shared  panel ")
    assert here.now().mitigations[-1] == added.words == "A shared panel"
    with pytest.raises(Invalid, match="stands there already"):
        operations.add_control(here.owner, risk=here.now(), words="a shared panel")
    operations.end_control(here.owner, risk=here.risk, control=added, reason="Never met")
    assert "A shared panel" not in here.now().mitigations
    assert Control.objects.get(pk=added.pk).ended_on == DAY


# --- the register


def test_a_scheme_by_which_risks_are_scored_stays(here: Desk) -> None:
    likelihoods, impacts, bands = FIVE
    with pytest.raises(Invalid, match="never converted"):
        operations.describe(
            here.manager,
            register=here.above,
            title="Executive register",
            keeper=here.room.body,
            likelihoods=likelihoods,
            impacts=impacts,
            bands=bands,
        )
    assert Register.objects.get(pk=here.above.pk).scheme == here.above.scheme
    operations.describe(
        here.manager,
        register=here.above,
        title="Register of the executive",
        keeper=here.room.body,
        likelihoods=WORDS[0],
        impacts=WORDS[1],
    )
    assert queries.register(here.owner, here.above.record.reference).title == (
        "Register of the executive"
    )


def test_only_its_body_and_the_secretariat_describe_a_register(here: Desk) -> None:
    told = {"title": "Mine", "keeper": None, "likelihoods": WORDS[0], "impacts": WORDS[1]}
    with pytest.raises(Refused, match="keep this register"):
        operations.describe(here.owner, register=here.above, **told)


def test_a_register_needs_a_scheme(here: Desk) -> None:
    with pytest.raises(Invalid, match="needs words"):
        operations.open_register(
            here.manager, partnership=here.room.here, title="New", likelihoods=(), impacts=()
        )


# --- owners and reviews


def test_a_risk_without_an_owner_is_a_finding_and_is_asked_of_whoever_runs_it(here: Desk) -> None:
    risk = here.raised()
    [row] = queries.shown(here.manager, [risk])
    assert row.owner is None
    assert row.findings[0].wanting is Wanting.OWNER
    assert asked(risk) == [("Mary Manager", "review")]
    assert queries.in_a_sentence(here.manager, here.above) == "2 open; 1 without an owner."
    assert list(queries.listed(here.manager, here.above, wanting="no owner")) == [risk]


@pytest.mark.long
def test_a_new_owner_is_told_and_may_work_and_the_former_no_longer(here: Desk) -> None:
    with pytest.raises(Invalid, match="no post or seat"):
        operations.own(here.manager, risk=here.risk, owner="bodies:executive", reason="x")
    with pytest.raises(Refused, match="keep this register"):
        operations.own(here.owner, risk=here.risk, owner="seats:colin-council", reason="Theirs")
    operations.own(here.manager, risk=here.risk, owner="seats:colin-council", reason="Their team")
    assert asked(here.risk) == [("Colin Council", "review")]
    assert list(queries.mine(here.council)) == [here.risk]
    assert not queries.mine(here.owner).exists()
    operations.score(here.council, risk=here.risk, likelihood="LOW", impact="LOW", reason="Mine")
    with pytest.raises(Refused):
        operations.score(here.owner, risk=here.risk, likelihood="LOW", impact="LOW", reason="Mine")


def test_a_review_answers_what_was_asked_and_sets_the_next_day(here: Desk) -> None:
    with pytest.raises(Invalid, match="not still to come"):
        operations.review(here.owner, risk=here.risk, words="No change", next_on=DAY)
    operations.review(here.owner, risk=here.risk, words="No change", next_on=JUNE)
    assert asked(here.risk) == []
    assert here.now().review_day == JUNE


def test_the_timer_asks_once_for_each_day(here: Desk) -> None:
    operations.review(here.owner, risk=here.risk, words="No change", next_on=JUNE)
    watcher = process("risk watcher", date(2019, 6, 20))
    assert operations.ask_for_reviews(watcher) == 1
    assert operations.ask_for_reviews(watcher) == 0
    assert asked(here.risk) == [("Meg Member", "review")]
    with pytest.raises(Refused):
        operations.ask_for_reviews(here.manager)


def test_a_review_that_is_over_is_overdue_in_the_list(here: Desk) -> None:
    later = replace(here.manager, on=date(2019, 5, 2))
    [row] = queries.shown(later, [here.now()])
    assert row.is_overdue
    assert list(queries.listed(later, here.above, wanting="review overdue")) == [here.risk]
    assert not queries.listed(here.manager, here.above, wanting="review overdue").exists()


def test_a_risk_is_told_anew_with_a_reason(here: Desk) -> None:
    with pytest.raises(Invalid, match="Say why it changes"):
        operations.amend(here.owner, risk=here.risk, title="Other", reason="")
    operations.amend(
        here.owner,
        risk=here.risk,
        title="Thresholds differ in four boroughs",
        treatment=Treatment.TREAT,
        reason="Bexley joined",
    )
    assert here.now().record.title == here.now().title == "Thresholds differ in four boroughs"
    assert Risk.objects.get(pk=here.risk.pk).treatment == "treat"
