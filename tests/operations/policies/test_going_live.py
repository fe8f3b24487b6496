"""The one point of the go-live check list that policies answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.records.models import Hold
from concordat.domain.governance.arrangements.models import GoLivePoint
from concordat.domain.governance.policies import operations
from concordat.domain.governance.policies.models import Policy
from concordat.kernel.errors import Refused
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.policies.examples import Set, again, in_force

POINT = "policies"


def look(here: Set, on: date = DAY) -> GoLivePoint:
    home = Partnership.objects.select_related("record").get(pk=here.house.here.pk)
    area = Area.objects.filter(partnership=home.pk).first() or agencies.add(
        LOADER, partnership=home.record, kind="areas", name="Heath", values={"name": "Heath"}
    )
    assert isinstance(area, Area)
    actor = replace(here.house.manager.actor, on=on)
    operations.look_at_go_live(actor, partnership=home, area=area)
    return GoLivePoint.objects.select_related("hold").get(area=area, point=POINT)


@pytest.mark.long
def test_a_threshold_document_in_force_lets_the_point_stand(here: Set) -> None:
    row = look(here)
    assert not row.is_met
    assert row.words == "Lacking: a threshold document in force."
    assert row.hold is not None
    policy = in_force(here.house)
    row = look(here)
    assert (row.is_met, row.hold) == (True, None)
    operations.withdraw(here.house.manager.actor, policy=again(policy), reason="It was wrong")
    assert not look(here).is_met
    assert Hold.objects.filter(blocks="go live", released_on=None, reason__contains="threshold")


@pytest.mark.long
def test_another_kind_of_policy_does_not(here: Set) -> None:
    in_force(here.house, type="Protocol")
    assert not look(here).is_met


def test_one_that_begins_later_does_not_yet(here: Set, standing: Policy) -> None:
    assert standing.in_force(DAY - timedelta(days=1)) == "no"
    assert not look(here, DAY - timedelta(days=1)).is_met


def test_only_the_secretariat_looks(here: Set) -> None:
    look(here)
    home = Partnership.objects.select_related("record").get(pk=here.house.here.pk)
    area = Area.objects.get(partnership=home.pk)
    with pytest.raises(Refused):
        operations.look_at_go_live(here.house.member.actor, partnership=home, area=area)
