"""Risks go up to another register, on to an agenda, and to other partnerships, never converted."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import restrict
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Moved, Register
from concordat.domain.governance.risks.operations.taking import fresh
from concordat.domain.governance.risks.queries.over_time import open_on
from concordat.domain.governance.risks.rules.life import Which
from concordat.domain.governance.risks.rules.schemes import READY
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import shown
from tests.operations.risks.examples import Desk, asked


@pytest.mark.long
def test_escalated_into_another_scheme_it_is_scored_anew(here: Desk) -> None:
    risk = here.raised(here.below, target=("1 Rare", "4 Major"))
    with pytest.raises(Invalid, match="never converted") as error:
        operations.move(here.manager, risk=risk, to=here.above, reason="Beyond the group")
    assert error.value.faults[0].field == "likelihood"
    assert fresh(risk).register == here.below
    operations.move(
        here.manager,
        risk=risk,
        to=here.above,
        reason="Beyond the group",
        likelihood="HIGH",
        impact="HIGH",
    )
    now = fresh(risk)
    assert now.register == here.above
    assert now.said(Which.CURRENT) == ("HIGH", "HIGH")
    assert now.said(Which.TARGET) == ("", "")
    assert verbs_on(risk.record)[-3:] == ["risk escalated", "asked", "item suggested"]
    assert ("Chai Reed", "read") in asked(risk)
    [move] = queries.moves(here.manager, risk)
    assert (move.from_register, move.to_register, move.reason) == (
        here.below,
        here.above,
        "Beyond the group",
    )
    told = [(row.in_words, row.which) for row in queries.scores(here.manager, risk)]
    assert ("16 high (4 Likely likelihood, 4 Major impact)", "current") not in told
    assert ("16 extreme (4 Likely likelihood, 4 Major impact)", "current") in told


def test_within_one_scheme_all_three_scores_go_along(here: Desk) -> None:
    likelihoods, impacts, _ = READY["words"]
    other = operations.open_register(
        LOADER,
        partnership=here.room.here,
        title="Programme",
        keeper=here.group,
        likelihoods=likelihoods,
        impacts=impacts,
    )
    operations.move(here.owner, risk=here.risk, to=other, reason="Of the programme now")
    now = here.now()
    assert now.register_id == other.pk
    assert [now.said(which) for which in Which] == [
        ("HIGH", "HIGH"),
        ("MEDIUM", "HIGH"),
        ("LOW", "MEDIUM"),
    ]
    assert verbs_on(here.risk.record)[-2] == "risk handed back"


def test_a_moved_risk_is_held_by_the_body_that_now_decides_on_it(here: Desk) -> None:
    restrict(LOADER, record=here.above.record, sensitivity=Sensitivity.RESTRICTED, reason="Names")
    risk = here.raised(here.below)
    assert queries.risk(here.council, risk.record.reference) == risk
    operations.move(
        LOADER, risk=risk, to=fresh_register(here), reason="Up", likelihood="HIGH", impact="HIGH"
    )
    now = fresh(risk).record
    assert (now.level, now.owner) == (Sensitivity.RESTRICTED, here.room.body.record)


def fresh_register(here: Desk) -> Register:
    return Register.objects.select_related("record__partnership", "partnership").get(
        pk=here.above.pk
    )


def test_an_earlier_quarter_shows_a_moved_risk_where_it_stood_then(here: Desk) -> None:
    risk = here.raised(here.below)
    later = process("after the quarter", date(2019, 5, 7))
    told = {"likelihood": "HIGH", "impact": "HIGH"}
    operations.move(later, risk=risk, to=here.above, reason="Beyond the group", **told)
    then = open_on(later, here.below, DAY)
    assert (risk in then, risk in open_on(later, here.above, DAY)) == (True, False)
    now = open_on(later, here.above, later.on)
    assert (risk in now, risk in open_on(later, here.below, later.on)) == (True, False)


def test_a_scheme_stays_once_a_risk_was_scored_by_it_that_is_elsewhere_now(here: Desk) -> None:
    told = {"likelihood": "HIGH", "impact": "HIGH", "reason": "Beyond the group"}
    operations.move(here.manager, risk=here.raised(here.below), to=here.above, **told)
    with pytest.raises(Invalid, match="scores, or scored, 1 risk"):
        operations.describe(
            here.manager, register=here.below, title="Operations", likelihoods=["LOW", "HIGH"],
            impacts=["LOW", "HIGH"], keeper=None,
        )  # fmt: skip


def test_a_risk_moves_within_its_partnership_only(here: Desk) -> None:
    with pytest.raises(Record.DoesNotExist):
        operations.move(here.manager, risk=here.risk, to=here.there, reason="Away")
    with pytest.raises(Invalid, match="another partnership"):
        operations.move(LOADER, risk=here.risk, to=here.there, reason="Away")
    with pytest.raises(Invalid, match="there already"):
        operations.move(LOADER, risk=here.risk, to=here.above, reason="Here")
    assert not Moved.objects.exists()


def test_whoever_chairs_the_body_says_that_they_read_it(here: Desk) -> None:
    risk = here.raised(here.below)
    told = {"reason": "Beyond us", "likelihood": "HIGH", "impact": "HIGH"}
    operations.move(here.manager, risk=risk, to=here.above, **told)
    with pytest.raises(Refused, match="nothing here"):
        operations.acknowledge(here.council, risk=risk)
    assert operations.acknowledge(here.chair, risk=risk) == 1
    assert ("Chai Reed", "read") not in asked(risk)


@pytest.mark.long
def test_nobody_is_still_to_read_that_a_risk_came_where_it_left_again(here: Desk) -> None:
    risk = here.raised(here.below)
    told = {"reason": "Beyond us", "likelihood": "HIGH", "impact": "HIGH"}
    operations.move(here.manager, risk=risk, to=here.above, **told)
    back = {"reason": "Ours after all", "likelihood": "4 Likely", "impact": "4 Major"}
    operations.move(here.manager, risk=fresh(risk), to=here.below, **back)
    assert [each for each in asked(risk) if each[1] == "read"] == [("Gert Groupchair", "read")]


# --- on to an agenda


def test_it_is_put_before_a_meeting_by_its_record(here: Desk) -> None:
    line = operations.put_before(
        here.owner,
        risk=here.risk,
        meeting=here.room.now(),
        purpose=Purpose.DECIDE,
        reason="The executive decides whether to live with it",
        minutes=15,
    )
    assert line.item.about == here.risk.record
    assert line.place == Place.PROPOSED
    meetings.take_on(here.chair, line=line)
    assert shown(here.council, here.room.now()) == [
        ("1", "Risk: Thresholds differ between the boroughs")
    ]
    assert [each.pk for each in queries.put_before(here.owner, here.risk)] == [line.pk]
    assert verbs_on(here.risk.record)[-1] == "risk put before a meeting"
    with pytest.raises(Refused, match="before that meeting already"):
        operations.put_before(
            here.owner,
            risk=here.risk,
            meeting=here.room.now(),
            purpose=Purpose.DECIDE,
            reason="Again",
        )


def test_a_restricted_risk_makes_a_restricted_item(here: Desk) -> None:
    risk = here.raised(sensitivity=Sensitivity.RESTRICTED)
    line = operations.put_before(
        here.chair, risk=risk, meeting=here.room.now(), purpose=Purpose.NOTE, reason="In private"
    )
    assert line.item.record.level is Sensitivity.RESTRICTED
    with pytest.raises(Invalid, match="what the meeting is to do"):
        operations.put_before(
            here.owner, risk=here.risk, meeting=here.room.now(), purpose=Purpose.NOTE, reason=""
        )


# --- common to several partnerships


def taken_in(here: Desk, **more: str) -> None:
    operations.share(
        here.manager, risk=here.risk, partnership=here.room.house.there, reason="Common to both"
    )
    told = {"likelihood": "LOW", "impact": "HIGH", "reason": "Fewer referrals here"}
    operations.take_in(here.outsider, risk=here.risk, register=here.there, **(told | more))


def test_a_common_risk_is_scored_by_each_for_itself(here: Desk) -> None:
    with pytest.raises(here.risk.DoesNotExist):
        queries.risk(here.outsider, here.risk.record.reference)
    taken_in(here)
    theirs = {
        each.partnership.title: " / ".join(each.said(Which.CURRENT))
        for each in queries.common_views(here.outsider, here.risk)
    }
    assert theirs == {"Here": "MEDIUM / HIGH", "There": "LOW / HIGH"}
    assert len(queries.common_views(here.owner, here.risk)) == 2, "and this way round"
    [mine] = queries.listed(here.outsider, here.there)
    assert mine.common == here.risk
    assert not queries.common_to(here.outsider, here.room.house.there).exists()


def test_the_other_partnership_sees_and_does_not_score_ours(here: Desk) -> None:
    operations.share(
        here.manager, risk=here.risk, partnership=here.room.house.there, reason="Common to both"
    )
    assert list(queries.common_to(here.outsider, here.room.house.there)) == [here.risk]
    with pytest.raises(Refused, match="Only its owner"):
        operations.score(
            here.outsider, risk=here.risk, likelihood="LOW", impact="LOW", reason="Not ours"
        )


def test_a_common_risk_is_taken_in_once_in_ones_own_scheme(here: Desk) -> None:
    with pytest.raises(Invalid, match="not a word for likelihood"):
        taken_in(here, likelihood="4 Likely")
    told = {"likelihood": "LOW", "impact": "HIGH", "reason": "Here"}
    operations.take_in(here.outsider, risk=here.risk, register=here.there, **told)
    with pytest.raises(Refused, match="stands in a register of yours"):
        operations.take_in(here.outsider, risk=here.risk, register=here.there, **told)
    with pytest.raises(Refused, match="your own already"):
        operations.take_in(here.manager, risk=here.risk, register=here.above, **told)


# --- tied to other records


def test_it_is_tied_to_any_record_and_found_from_there(here: Desk) -> None:
    other = here.room.house.risk("A decision of the board")
    tie = operations.tie(here.owner, risk=here.risk, record=other, words="It decides this")
    assert list(queries.risks_tied(here.owner, other)) == [here.risk]
    with pytest.raises(Invalid, match="tied to this already"):
        operations.tie(here.owner, risk=here.risk, record=other)
    with pytest.raises(Refused):
        operations.untie(here.council, risk=here.risk, tie=tie)
    operations.untie(here.owner, risk=here.risk, tie=tie)
    assert not queries.ties(here.owner, here.risk).exists()


def test_a_tie_to_what_somebody_may_not_open_is_not_there_for_them(here: Desk) -> None:
    secret = here.room.house.risk("Kestrel", sensitivity=Sensitivity.RESTRICTED)
    operations.tie(LOADER, risk=here.risk, record=secret)
    assert queries.ties(LOADER, here.risk).count() == 1
    assert not queries.ties(here.council, here.risk).exists()
    with pytest.raises(Refused):
        operations.tie(here.owner, risk=here.risk, record=secret)


# --- the picture


def test_the_heat_map_places_each_risk_and_says_what_it_was(here: Desk) -> None:
    other = here.raised()
    found = queries.heat_map(here.owner, here.above, here.owner.on)
    assert [word for word, _ in found.rows] == ["HIGH", "MEDIUM", "LOW"]
    cells = {(cell.up, cell.across): cell for _, row in found.rows for cell in row}
    assert [risk for risk, _ in cells[2, 3].risks] == [here.risk]
    assert [risk for risk, _ in cells[1, 2].risks] == [other]
    assert found.placed == 2
    assert sum(cell.count for cell in cells.values()) == 2


def test_a_register_of_another_partnership_has_no_picture_of_ours(here: Desk) -> None:
    assert queries.heat_map(here.owner, here.above, here.owner.on).placed == 1
    found = queries.heat_map(here.outsider, here.above, here.owner.on)
    assert (found.placed, found.unplaced) == (0, ())
