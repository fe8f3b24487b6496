"""The page of incidents, reviews and learning, and what is next for each."""

from __future__ import annotations

import pytest
from django.urls import reverse

from concordat.domain.base.asks.models import Ask
from concordat.domain.practice.reviews.models import Incident, LearningReferral
from concordat.web.home.navigation import ENTRIES
from concordat.web.templatetags.partnership import PARTS
from tests.markup import faults_of
from tests.pages.furnished import Furnished
from tests.pages.signed_in import as_


def test_whoever_runs_it_sees_each_kind_and_what_is_next(stands: Furnished) -> None:
    told = as_(stands.house.manager).get("/cases").content.decode()
    assert not faults_of(told)
    assert "What you may open, and what is next for each." in told
    row = LearningReferral.objects.get(record__reference=stands.learnt.referred)
    assert f"/learning/{row.record.reference}" in told
    ask = Ask.objects.filter(record=row.record, cleared_on=None).select_related("seat").first()
    assert ask is not None
    assert ask.seat.role in told
    assert f"/escalations/{stands.learnt.raised}" in told
    assert f"/learning/caseloads/{stands.learnt.group}" in told


def test_an_outsider_finds_what_was_passed_on_and_what_they_join(stands: Furnished) -> None:
    browser = as_(stands.house.outsider)
    told = browser.get("/cases").content.decode()
    assert not faults_of(told)
    assert "Confirm that you take over the lead" in told
    assert told.count("/incidents/HERE-SI-") == 2
    assert "You are named on no review." in told
    assert stands.learnt.raised not in told
    assert stands.learnt.referred not in told


def test_who_only_joins_reads_the_label_of_the_child_nowhere(stands: Furnished) -> None:
    row = Incident.objects.get(record__reference=stands.incidents.joined)
    assert row.child
    label, at = row.child.label, row.record.reference
    theirs = Ask.objects.get(record=row.record, seat=stands.house.outsider.seat)
    pages = [
        "/", "/cases", "/incidents", f"/incidents/{at}", f"/records/{at}", f"/search?q={at}",
        *(
            reverse(f"{each}:on", args=[at])
            for each in ("documents", "requests", "actions", "recommendations")
        ),
    ]  # fmt: skip
    runs, joins = as_(stands.house.manager), as_(stands.house.outsider)
    for each in ("/incidents", f"/records/{at}", f"/search?q={at}"):
        assert label in runs.get(each).content.decode(), each
    for each in pages:
        answer = joins.get(each)
        assert answer.status_code == 200, each
        told = answer.content.decode()
        assert at in told, each
        assert label not in told, each
    assert theirs.what in f"Confirm {joins.get('/').content.decode()}"


def test_the_navigation_leads_there_and_marks_it(stands: Furnished) -> None:
    browser = as_(stands.house.manager)
    here = '<a href="/cases" aria-current="page">Reviews</a>'
    for address in ("/cases", "/incidents", "/learning", "/requests", "/children"):
        assert here in browser.get(address).content.decode(), address
    assert here not in browser.get("/").content.decode()


@pytest.mark.parametrize("route", [route for _, route in ENTRIES])
def test_every_entry_of_the_navigation_leads_somewhere(route: str) -> None:
    assert reverse(route)


@pytest.mark.parametrize("route", [route for _, _, route in PARTS])
def test_every_part_of_a_partnership_leads_somewhere(route: str) -> None:
    assert reverse(route, args=["here"])


def test_what_found_no_room_in_the_navigation_stands_on_my_work(stands: Furnished) -> None:
    told = as_(stands.house.manager).get("/").content.decode()
    assert '<a class="govuk-link" href="/documents">Documents</a>' in told


def test_nobody_is_led_to_a_form_that_would_refuse_them(stands: Furnished) -> None:
    manager, nurse = as_(stands.house.manager), as_(stands.learnt.cast.nurse)
    for address, door, refusal in (
        ("/learning", "/learning/refer", "You cannot refer from here"),
        ("/escalations", "/escalations/raise", "You cannot raise one from here"),
    ):
        assert f'href="{door}"' in nurse.get(address).content.decode()
        assert f'href="{door}"' in nurse.get("/cases").content.decode()
        assert refusal not in nurse.get(door).content.decode()
        assert f'href="{door}"' not in manager.get(address).content.decode()
        assert f'href="{door}"' not in manager.get("/cases").content.decode()
        assert refusal in manager.get(door).content.decode()
