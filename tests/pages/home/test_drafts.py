"""A long page that is kept unsent, come back to, sent or thrown away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import FormDraft
from concordat.domain.base.people.rules import MOST_DRAFTS
from concordat.domain.base.records.models import Event
from concordat.domain.base.seats.models import Body
from concordat.kernel.actor import process
from tests.operations.mail.cast import DAY, House
from tests.pages.seats.looking import read
from tests.pages.signed_in import as_
from tests.walls import behind_the_wall

PAGE = "/partnership/here/bodies/new"


def hidden(said: str) -> dict[str, str]:
    names = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', said)
    return dict(names)


def typed(said: str, **more: str) -> dict[str, str]:
    carried = {name: value for name, value in hidden(said).items() if name != "csrfmiddlewaretoken"}
    return carried | {"name": "Learning board", "kind": "nonsense"} | more


@pytest.fixture
def manager(house: House) -> Client:
    return as_(house.manager)


def keep(browser: Client) -> None:
    said = read(browser, PAGE)
    assert "Keep as a draft" in said
    before = Event.objects.count()
    page = browser.post(PAGE, typed(said, later="yes"))
    assert (page.status_code, page.headers["Location"]) == (302, "/")
    assert Event.objects.count() == before
    assert not Body.objects.filter(name="Learning board").exists()


def test_what_is_kept_stands_on_my_work_and_on_its_page_unjudged(manager: Client) -> None:
    keep(manager)
    home = read(manager, "/")
    assert "Your draft is kept." in home
    assert f'href="{PAGE}"' in home
    said = read(manager, PAGE)
    assert "This is your draft of" in said
    assert 'value="Learning board"' in said
    assert "There is a problem" not in said


def test_what_is_sent_is_a_draft_no_more(manager: Client) -> None:
    keep(manager)
    said = read(manager, PAGE)
    page = manager.post(PAGE, typed(said, kind="subgroup", state="proposed"))
    assert page.status_code == 302
    assert Body.objects.filter(name="Learning board").exists()
    assert not FormDraft.objects.exists()


def test_what_is_refused_stays_a_draft(manager: Client) -> None:
    keep(manager)
    assert manager.post(PAGE, typed(read(manager, PAGE))).status_code == 422
    assert FormDraft.objects.count() == 1


def test_a_draft_is_thrown_away(manager: Client) -> None:
    keep(manager)
    draft = FormDraft.objects.get()
    drop = f"/account/drafts/{draft.pk}/drop"
    home = read(manager, "/")
    assert f'action="{drop}"' in home
    key = re.search(r'name="form_key" value="([^"]+)"', home.split(drop)[1])
    assert key
    assert manager.post(drop, {"form_key": key[1]}).headers["Location"] == "/"
    assert not FormDraft.objects.exists()
    assert "This is your draft" not in read(manager, PAGE)


def test_nobody_else_sees_it_or_throws_it_away(house: House, manager: Client) -> None:
    keep(manager)
    other = as_(house.chair)
    assert "Your drafts" not in read(other, "/")
    drop = f"/account/drafts/{FormDraft.objects.get().pk}/drop"
    assert other.post(drop, {"form_key": "x"}).status_code == 404
    assert FormDraft.objects.exists()


def test_so_many_are_kept_and_what_was_typed_is_not_lost(house: House, manager: Client) -> None:
    for number in range(MOST_DRAFTS):
        operations.keep_draft(
            house.manager.actor,
            address=f"/page/{number}",
            heading="A page",
            answers={},
            about=None,
            now=timezone.now(),
        )
    page = manager.post(PAGE, typed(read(manager, PAGE), later="yes"))
    said = page.content.decode()
    assert "drafts. Send or throw away one" in said
    assert 'value="Learning board"' in said


def test_what_nobody_comes_back_to_is_thrown_away(house: House) -> None:
    for days in (1, 27, 29):
        operations.keep_draft(
            house.manager.actor,
            address=f"/page/{days}",
            heading="A page",
            answers={"name": ["x"]},
            about=None,
            now=timezone.now() - timedelta(days=days),
        )
    keeper = process("draft keeper", DAY)
    assert operations.drop_old_drafts(keeper, now=timezone.now()) == 1
    left = [row.address for row in queries.drafts(house.manager.actor)]
    assert left == ["/page/1", "/page/27"]


def test_a_draft_about_what_is_closed_now_is_not_named(house: House) -> None:
    record = house.risk("Thresholds differ")
    operations.keep_draft(
        house.council.actor,
        address="/page",
        heading="Change Thresholds differ",
        answers={},
        about=record,
        now=timezone.now(),
    )
    assert queries.drafts(house.council.actor)
    record.sensitivity, record.listed = 2, False
    with behind_the_wall():
        record.save()
    assert not queries.drafts(house.council.actor)


def test_a_short_page_and_one_with_a_secret_or_a_file_do_not_wait(manager: Client) -> None:
    assert "Keep as a draft" not in read(manager, "/account/letter")
    assert "Keep as a draft" not in read(manager, "/partnership/here/looks")
