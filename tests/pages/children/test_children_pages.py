"""Grounds, children by label and the key, as people read and keep them."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.people.models import FormDraft
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import looks_at
from concordat.domain.practice.children.models import Child, Identity, StatedGround
from concordat.domain.practice.children.rules import Ground
from tests.operations.children.examples import NAME, Nest
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def address(here: Nest, rest: str = "") -> str:
    return f"/children/{here.child.record.reference}{rest}"


def version(record: Record) -> int:
    return Record.objects.get(pk=record.pk).version


def test_an_area_says_what_is_lacking_and_what_that_stops(here: Nest) -> None:
    manager = as_(here.house.manager)
    at = f"/children/areas/{here.area.pk}"
    assert "A child of Bow can be kept." in read(manager, at)
    row = StatedGround.objects.get(ground=Ground.AGREEMENT)
    post(
        manager, f"/children/grounds/{row.pk}/end",
        reason="Withdrawn", **day("on", date(2019, 3, 1)),
    )  # fmt: skip
    page = read(manager, at)
    assert "No sharing agreement is on record" in page
    assert "Last day 1 March 2019" in page
    assert "Nothing can be kept" in read(manager, "/children/areas")
    assert "No child can be kept here yet" in read(manager, "/children/keep")
    assert "No sharing agreement is on record" in read(manager, address(here))
    answer = manager.post("/children/keep", form(area=here.area.pk, label="Wren"))
    assert "Nothing about a child of Bow can be kept yet" in told(answer, 422)
    again = {"holder": "All three", "document": here.paper.record.reference}
    again |= day("from_day", date(2019, 3, 2)) | day("review_by", date(2020, 3, 1))
    answer = manager.post(f"{at}/state", form(ground="sharing agreement", holder="All three"))
    assert "Enter the first day" in told(answer, 422)
    post(manager, f"{at}/state", ground="sharing agreement", **again)
    assert "A child of Bow can be kept." in read(manager, at)


def test_a_child_is_kept_by_label_and_opens(here: Nest) -> None:
    manager = as_(here.house.manager)
    told(manager.post("/children/keep", form(area=here.area.pk, label="9 birds")), 422)
    answer = post(manager, "/children/keep", area=here.area.pk, label="Wren")
    row = Child.objects.get(label="Wren")
    assert answer.url == f"/children/{row.record.reference}"
    page = read(manager, "/children")
    assert "Wren" in page
    assert "Heron" in page


def test_the_family_stands_by_label(here: Nest) -> None:
    manager, seen = as_(here.house.manager), version(here.child.record)
    post(manager, address(here, "/family/add"), label="Sibling A", seen_version=seen)
    stale = manager.post(
        address(here, f"/family/{here.mother.pk}"), form(label="Parent A", seen_version=seen)
    )
    assert "Parent A" in told(stale, 409)
    now = version(here.child.record)
    answer = manager.post(
        address(here, f"/family/{here.mother.pk}"), form(label="Larkspur", seen_version=now)
    )
    assert "cannot be used here" in told(answer, 422)
    post(manager, address(here, f"/family/{here.mother.pk}"), label="Parent A", seen_version=now)
    page = read(as_(here.house.chair), address(here))
    assert "Sibling A" in page
    assert "Parent A" in page
    assert "Larkspur" not in page
    assert "Open the key" not in page


def test_the_key_opens_to_who_is_named_and_each_look_is_noted(here: Nest) -> None:
    nurse = as_(here.house.health)
    page = read(nurse, address(here, "/key"))
    assert NAME in page
    assert "Birth notification" in page
    seen = looks_at(here.house.manager.actor, here.child.key)
    assert [(each.actor, each.what) for each in seen] == [("Hetty Health", "opened the key")]


@pytest.mark.parametrize("who", ["chair", "council", "co_ordinator", "member", "outsider"])
def test_for_everybody_else_there_is_no_key(here: Nest, who: str) -> None:
    browser = as_(getattr(here.house, who))
    for at in ("/key", "/key/tell"):
        assert browser.get(address(here, at)).status_code == 404
        assert browser.post(address(here, at), form()).status_code in (404, 405)


def test_what_is_told_goes_on_the_key_and_is_never_kept_unsent(here: Nest) -> None:
    manager = as_(here.house.manager)
    seen = version(here.child.key)
    wrong = {"who": "child", "what": "NHS number", "text": "943 476 5918",
             "provenance": "GP record", "checked": "as told", "seen_version": seen}  # fmt: skip
    page = told(manager.post(address(here, "/key/tell"), form(**wrong)), 422)
    assert "does not add up" in page
    assert "GP record" in page
    manager.post(address(here, "/key/tell"), form(**wrong, later="yes"))
    assert not FormDraft.objects.exists()
    good = wrong | {"text": "943 476 5919"}
    post(manager, address(here, "/key/tell"), **good)
    assert "943 476 5919" in read(manager, address(here, "/key"))
    of_mother = {"who": here.mother.pk, "what": "name", "text": "Ada Larkspur"}
    post(
        manager, address(here, "/key/tell"),
        **(good | of_mother | {"seen_version": version(here.child.key)}),
    )  # fmt: skip
    assert Identity.objects.get(relative=here.mother).what == "name"
    put_right = good | {"what": "name", "text": "Sam Larkspur", "reason": "Misspelt"}
    put_right["seen_version"] = version(here.child.key)
    post(manager, address(here, "/key/tell"), **put_right)
    page = read(manager, address(here, "/key"))
    assert "What was put right" in page
    assert "Misspelt" in page


@pytest.mark.parametrize("who", ["outsider", "council", "member"])
def test_others_see_nothing_of_the_child(here: Nest, who: str) -> None:
    browser = as_(getattr(here.house, who))
    assert browser.get(address(here)).status_code == 404
    assert browser.get(address(here, "/family/add")).status_code == 404
    assert "Heron" not in read(browser, "/children")


def test_an_outsider_finds_no_area_and_a_member_changes_none(here: Nest) -> None:
    at = f"/children/areas/{here.area.pk}"
    assert as_(here.house.outsider).get(at).status_code == 404
    member = as_(here.house.member)
    assert "Put a ground on record" not in read(member, at)
    assert member.get(f"{at}/state").status_code == 403
    assert member.get("/children/keep").status_code == 403
