"""A partnership's colour and logo are data: chosen on a page, worn by every page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Event
from tests.markup import faults_of
from tests.operations.mail.cast import House
from tests.operations.seats.county import County
from tests.pages.people.browsing import client, form
from tests.pages.signed_in import as_

ADDRESS = "/partnership/here/looks"


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 400)) -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", size, "#7a1f5c").save(made, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", made.getvalue())


def dressed(browser: Client, status: int = 302, **more: Any) -> str:
    now = browser.get(ADDRESS).context["form"]["seen_version"].value()
    told = form(accent="#7A1F5C", seen_version=now, **more)
    answer = browser.post(ADDRESS, told)
    page = str(answer.content.decode())
    assert answer.status_code == status, page
    return page


def here() -> Partnership:
    return Partnership.objects.get(key="here")


def test_every_page_wears_the_colour_and_the_logo_that_were_chosen(county: County) -> None:
    house: House = county.house
    manager, member = as_(house.manager), as_(house.member)
    assert "/brand/here/" not in member.get("/").content.decode()
    dressed(manager, logo=picture())
    page = member.get("/").content.decode()
    address = f"/brand/here/{here().logo_digest}.png"
    assert f'<img class="c-header__logo" src="{address}" alt="" height="40">' in page
    assert 'href="/brand/7a1f5c.css"' in page
    assert faults_of(page) == []
    assert address in client().get("/public/here").content.decode()
    shown = manager.get(ADDRESS).content.decode()
    assert 'alt="The logo of Here"' in shown
    assert faults_of(shown) == []


def test_a_logo_is_a_small_picture_that_anybody_may_keep_and_no_other_is_there(
    county: County,
) -> None:
    dressed(as_(county.house.manager), logo=picture("JPEG"))
    first = f"/brand/here/{here().logo_digest}.png"
    answer = client().get(first)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")
    assert Image.open(BytesIO(answer.content)).size == (600, 200)
    dressed(as_(county.house.co_ordinator), logo=picture(size=(300, 300)))
    assert client().get(first).status_code == 404, "the one before is gone"
    for wrong in ("/brand/here/0000.png", "/brand/there/" + here().logo_digest + ".png"):
        assert client().get(wrong).status_code == 404


def test_without_a_file_the_logo_stays_and_the_tick_takes_it_away(county: County) -> None:
    manager = as_(county.house.manager)
    dressed(manager, logo=picture())
    kept = here().logo_digest
    dressed(manager)
    assert here().logo_digest == kept
    dressed(manager, without="yes")
    assert (here().logo_digest, here().logo) == ("", None)


def test_what_is_no_colour_or_no_picture_is_told_beside_its_field(county: County) -> None:
    manager, before = as_(county.house.manager), Event.objects.count()
    told = manager.post(ADDRESS, form(accent="navy")).content.decode()
    assert "“navy” is not a colour" in told
    assert 'href="#id_accent"' in told
    assert 'value="navy"' in told
    page = dressed(manager, 422, logo=SimpleUploadedFile("logo.png", b"no picture"))
    assert "The picture is damaged" in page
    assert faults_of(page) == []
    assert Event.objects.count() == before


def test_the_second_of_two_is_shown_both_colours(county: County) -> None:
    manager, other = as_(county.house.manager), as_(county.house.co_ordinator)
    seen = other.get(ADDRESS).context["form"]["seen_version"].value()
    dressed(manager)
    answer = other.post(ADDRESS, form(accent="#12436d", seen_version=seen))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mary Manager changed this first" in page
    assert "#7a1f5c" in page
    assert here().accent == "#7a1f5c"
    assert faults_of(page) == []


def test_who_may_not(county: County) -> None:
    member = as_(county.house.member)
    assert member.get(ADDRESS).status_code == 403
    assert as_(county.house.outsider).get(ADDRESS).status_code == 404
    assert "How it looks" not in member.get("/partnership/here").content.decode()
