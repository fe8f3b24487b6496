"""Partnerships and agencies as each person sees them."""

from __future__ import annotations

from concordat.domain.base.agencies import operations
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.governance.arrangements import operations as arrangements
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County, nothing_changed
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def test_one_partnership_opens_at_once_and_several_are_a_choice(county: County) -> None:
    member, manager = as_(county.house.member), as_(county.house.manager)
    assert member.get("/partnership")["Location"] == "/partnership/here"
    page = read(manager, "/partnership")
    assert "Set up a partnership" in page
    assert "/partnership/here" in page
    assert "/partnership/there" not in page


def test_the_landing_says_the_state_and_leads_on(county: County) -> None:
    page = read(as_(county.house.member), "/partnership/here")
    for words in (
        "2 bodies: 1 in force and 1 proposed.",
        "Eastshire",
        "Matters and authority",
        "Findings and open questions",
        "Promises",
    ):
        assert words in page
    assert "set-up" not in page
    assert "/partnership/here/set-up" in read(as_(county.house.manager), "/partnership/here")


def test_an_agency_in_time(county: County) -> None:
    old = Agency.objects.select_related("partnership").get(pk=county.east.pk)
    told_of = {"into": [{"name": "East"}], "from_day": DAY, "reason": "Renamed"}
    (new,) = operations.hand_over(LOADER, agencies=[old], **told_of)  # type: ignore[arg-type]
    manager = as_(county.house.manager)
    page = read(manager, f"/agency/{county.east.record.reference}")
    for words in ("Until 28 March 2019", "Taken over by", "East", "Colin Council"):
        assert words in page
    assert "Took over from" in read(manager, f"/agency/{new.record.reference}")
    listed = read(manager, "/partnership/here/agencies")
    assert "Handed over" in listed
    assert "Statutory partner" in listed


def test_an_agency_is_changed_and_a_conflict_shows_both(county: County) -> None:
    manager, other = as_(county.house.manager), as_(county.house.co_ordinator)
    address = f"/agency/{county.east.record.reference}/change"
    seen = county.east.record.version
    read(manager, address)
    post(manager, address, name="East county", agency_class="council", seen_version=seen)
    with nothing_changed():
        answer = post(
            other, address, 409, name="Eastern", agency_class="council", seen_version=seen
        )
    page = told(answer, 409)
    assert "East county" in page
    assert "Eastern" in page


def test_who_may_not_change_is_refused_and_who_may_not_know_finds_nothing(county: County) -> None:
    reference = county.east.record.reference
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    read(member, f"/agency/{reference}")
    read(member, f"/agency/{reference}/change", 403)
    for address in (
        "/partnership/here",
        "/partnership/here/agencies",
        f"/agency/{reference}",
        f"/agency/{reference}/change",
        "/partnership/nowhere",
    ):
        read(outsider, address, 404)
        assert client().get(address).status_code == 302


def test_an_empty_partnership_says_what_comes_next(county: County) -> None:
    home = arrangements.found(county.manager, slug="fells", name="Fells")
    manager = as_(county.house.manager)
    assert "No agency is on record" in read(manager, "/partnership/fells/agencies")
    assert "No statutory partner" in read(manager, "/partnership/fells")
    assert Partnership.objects.filter(pk=home.pk).exists()
