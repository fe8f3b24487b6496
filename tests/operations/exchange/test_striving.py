"""The cast's programme: everything in it is invented, and what the papers tell stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.assurance.exchange.operations import striving
from concordat.domain.assurance.exchange.rules.cast import Cast, PlanDeed
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Milestone, Priority, Programme, Replan
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from tests.operations.exchange.test_convening import loaded, worlds

__all__ = ["loaded", "worlds"]
ACT = {"day": date(2019, 3, 29), "by": "Nobody", "reasons": ("Late",), "agreed_by": "Board"}


@pytest.mark.long
def test_the_cast_plans_in_a_programme_of_its_own(loaded: Actor) -> None:
    found = Programme.objects.select_related("record").get(key="invented-readiness")
    whole = queries.roadmap(loaded, found)
    assert whole.sentence.startswith("Next: “Trainers booked (Invented)”, due February 2019.")
    assert all(row.milestone.title.endswith("(Invented)") for row in whole.rows)
    assert [row.milestone.key for row in whole.rows if row.held_up] == ["invented-schools"]
    assert whole.update
    assert "schools" in whole.update.words
    home = found.partnership
    assert [each.fit.short for each in queries.loads(loaded, home)] == [4, 0]
    engaged = queries.engagements(loaded, list(queries.contracts(loaded, home)))
    stands = {each.contract.service: each.stands for each in engaged}
    assert stands == {"academic partner": "draft", "independent scrutineer": "ends soon"}
    neglect = Priority.objects.get(key="invented-neglect")
    assert queries.lines(loaded, [neglect])[0].lacks == []


@pytest.mark.long
def test_what_the_papers_tell_of_a_plan_is_never_touched(loaded: Actor) -> None:
    assert {row.source for row in Replan.objects.filter(changes__startswith="milestones:")} == {
        "Invented"
    }
    paper = Milestone.objects.get(key="delivery-plan")
    cast = Cast(world="w", practice_date=None, partnership="tower-hamlets", people=())
    deed = PlanDeed(act="plan again", of="milestones:delivery-plan", due="2019-05", **ACT)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="is not invented"):
        striving.act_out(loaded, cast, deed)
    for wrong in ({"act": "fly"}, {"of": "milestones:nowhere"}):
        told = {"act": "plan again", "of": "milestones:delivery-plan", **ACT, **wrong}
        with pytest.raises(Invalid):
            striving.act_out(loaded, cast, PlanDeed(**told))  # type: ignore[arg-type]
    paper.refresh_from_db()
    assert paper.due == "2019-03"
