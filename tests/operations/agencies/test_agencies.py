"""Founding partnerships, adding and correcting agencies, and agencies that hand over."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, last, nothing_changed

MAY = date(2019, 5, 1)


@pytest.mark.long
def test_those_who_run_a_partnership_may_found_another(county: County) -> None:
    for sitter, slug in ((county.house.manager, "fells"), (county.house.co_ordinator, "dales")):
        made = operations.found(sitter.actor, slug=slug, name=slug.capitalize())
        assert made.record.partnership_id == made.pk
    assert last("partnership founded")[1] == {"slug": "dales"}
    with nothing_changed(), pytest.raises(Refused):
        operations.found(county.member, slug="moor", name="Moor")
    with nothing_changed(), pytest.raises(Invalid, match="already"):
        operations.found(county.manager, slug="fells", name="Fells")
    with nothing_changed(), pytest.raises(Invalid, match="address"):
        operations.found(county.manager, slug="The Fells", name="Fells")


def test_an_agency_is_added_under_a_key_of_its_own(county: County) -> None:
    values = {"name": "Eastshire", "agency_class": "police"}
    made = operations.add(
        county.manager,
        partnership=county.house.here,
        kind="agencies",
        name="Eastshire",
        values=values,
    )
    assert made.key == "eastshire-2"
    with nothing_changed(), pytest.raises(Refused):
        operations.add(
            county.member, partnership=county.house.here, kind="agencies", name="X", values=values
        )
    with nothing_changed(), pytest.raises(Invalid, match="not a class"):
        operations.add(
            county.manager,
            partnership=county.house.here,
            kind="agencies",
            name="Y",
            values={"name": "Y", "agency_class": "polise"},
        )


def test_an_agency_is_corrected_as_somebody_saw_it(county: County) -> None:
    agency = Agency.objects.select_related("record", "partnership").get(pk=county.east.pk)
    seen = agency.record.version
    changed = operations.amend_agency(
        county.manager, agency=agency, values={"name": "East county"}, seen_version=seen
    )
    assert changed.record.title == "East county"
    with nothing_changed(), pytest.raises(Stale):
        operations.amend_agency(
            county.manager, agency=agency, values={"name": "Eastern"}, seen_version=seen
        )


def test_agencies_merge_and_keep_their_names(county: County) -> None:
    (new,) = operations.hand_over(
        county.manager,
        agencies=[county.east, county.west],
        into=[{"name": "Two counties"}],
        from_day=MAY,
        reason="Merged",
    )
    kept = Agency.objects.filter(key__in=["eastshire", "westshire"]).order_by("key")
    assert [(row.name, row.to_text, row.successor) for row in kept] == [
        ("Eastshire", "2019-04-30", [new.key]),
        ("Westshire", "2019-04-30", [new.key]),
    ]
    assert (new.from_text, new.agency_class) == ("2019-05-01", "council")
    assert last("agency handed over")[0].reason == "Merged"
    ended = Agency.objects.select_related("partnership", "record").get(pk=county.east.pk)
    with nothing_changed(), pytest.raises(Refused, match="already"):
        operations.hand_over(
            county.manager, agencies=[ended], into=[{"name": "X"}], from_day=MAY, reason="Again"
        )


def test_an_agency_splits(county: County) -> None:
    made = operations.hand_over(
        county.manager,
        agencies=[county.east],
        into=[{"name": "North"}, {"name": "South"}],
        from_day=MAY,
        reason="Redrawn",
    )
    assert Agency.objects.get(pk=county.east.pk).successor == [row.key for row in made]
    with nothing_changed(), pytest.raises(Invalid):
        operations.hand_over(county.manager, agencies=[], into=[], from_day=MAY, reason="Nothing")


def test_everybody_sees_only_their_own(county: County) -> None:
    outsider = county.house.outsider.actor
    assert not queries.agencies(outsider).filter(partnership=county.home.pk).exists()
    with pytest.raises(Agency.DoesNotExist):
        queries.agency(outsider, county.east.record.reference)
    with pytest.raises(Partnership.DoesNotExist):
        queries.partnership(outsider, "here")
    found = queries.agency(county.member, county.east.record.reference)
    assert (found.pk, county.member.on) == (county.east.pk, DAY)
