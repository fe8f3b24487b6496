from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver
from django.utils import timezone

from concordat.domain.base.people import operations
from concordat.domain.base.people.models import ActingFor, Person
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.rules import Verb
from concordat.web.people.sign_in import in_words
from tests.markup import faults_of
from tests.operations.people.examples import LOADER, House, signed_up
from tests.pages.people.browsing import client, day, form, record_of, set_up
from tests.walls import nothing_written


def browser_of(person: Person) -> Client:
    browser = client()
    set_up(browser, signed_up(person))
    return browser


@pytest.fixture
def director(house: House) -> Client:
    return browser_of(house.director)


def given(house: House, **more: Any) -> ActingFor:
    told = {"scope": [Verb.SEE, Verb.ANSWER], "from_day": timezone.localdate(), **more}
    return operations.give(
        LOADER, principal=house.director, hand=house.assistant, reason="Diary", **told
    )


def test_the_account_says_who_you_are(house: House, director: Client) -> None:
    with nothing_written():
        page = director.get("/account")
    text = page.content.decode()
    assert not faults_of(text)
    assert "Jo Patel" in text
    assert "director@heath.example" in text
    assert "Board" in text


PAGES = ["/account", "/account/acting", "/account/acting/give", "/account/details"]
PAGES += ["/account/sessions", "/account/password", "/account/authenticator"]
PAGES += ["/account/authenticator/remove", "/account/codes/new", "/sign-out"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_clean_and_writes_nothing(house: House, director: Client, path: str) -> None:
    given(house)
    signed_up(house.assistant)
    with nothing_written():
        page = director.get(path)
    assert page.status_code == 200
    assert not faults_of(page.content.decode())


@pytest.mark.parametrize("path", ["/sign-in", "/new-password", "/new-password/sent"])
def test_pages_before_signing_in_are_clean(house: House, path: str) -> None:
    with nothing_written():
        page = client().get(path)
    assert page.status_code == 200
    assert not faults_of(page.content.decode())


def test_an_error_keeps_what_was_typed_and_is_told_once(house: House) -> None:
    page = client().post("/sign-in", {"login": "jo@heath.example", "password": ""})
    text = page.content.decode()
    assert not faults_of(text)
    assert "Enter password" in text
    assert 'value="jo@heath.example"' in text
    assert "<title>Error: " in text


def test_details_are_changed_and_a_conflict_shows_both(house: House, director: Client) -> None:
    page = director.get("/account/details")
    seen = page.context["form"]["seen_version"].value()
    told = form(email="jo@heath.example", phone="1", seen_version=seen)
    assert director.post("/account/details", told).status_code == 302
    late = form(email="jo@heath.example", phone="2", seen_version=seen)
    page = director.post("/account/details", late)
    assert page.status_code == 409
    assert not faults_of(page.content.decode())
    fixed = form(email="jo@heath.example", phone="2")
    fixed["seen_version"] = page.context["form"]["seen_version"].value()
    assert director.post("/account/details", fixed).status_code == 302
    house.director.refresh_from_db()
    assert house.director.phone == "2"


def test_the_same_form_sent_twice_has_one_effect(house: House, director: Client) -> None:
    signed_up(house.assistant)
    told = form(
        hand=record_of(house.assistant),
        scope=["see", "answer"],
        reason="Keeps the diary",
        **day("from_day", timezone.localdate()),
    )
    for _ in range(2):
        assert director.post("/account/acting/give", told).status_code == 302
    assert ActingFor.objects.count() == 1
    assert Event.objects.filter(verb="acting for arranged").count() == 1


def test_a_scope_that_may_not_be_given_is_told_on_the_form(house: House) -> None:
    manager = browser_of(house.manager)
    signed_up(house.assistant)
    told = form(
        principal=record_of(house.director),
        hand=record_of(house.assistant),
        scope=["see", "sign"],
        reason="Keeps the diary",
        **day("from_day", timezone.localdate()),
    )
    page = manager.post("/account/acting/give", told)
    assert page.status_code == 422
    assert "Only the person themselves may let somebody do this" in page.content.decode()
    assert not faults_of(page.content.decode())
    told = form(**{**told, "scope": ["see"]})
    assert manager.post("/account/acting/give", told).status_code == 302
    assert "Kit Wren" in manager.get("/account/acting").content.decode()


def test_switching_uses_their_seats_and_shows_both_names(house: House) -> None:
    made = given(house)
    browser = browser_of(house.assistant)
    browser.post(f"/account/acting/{made.pk}/begin", form())
    page = browser.get("/account/acting")
    actor = page.wsgi_request.actor
    assert (actor.name, actor.hand) == ("Jo Patel", "Kit Wren")
    assert {seat.title for seat in actor.seats} == {"Director"}
    assert actor.scope == {"see", "answer"}
    text = page.content.decode()
    assert not faults_of(text)
    assert "For Jo Patel" in text
    browser.post("/account/acting/back", form())
    assert browser.get("/account").wsgi_request.actor.hand == ""
    told = Event.objects.filter(verb__in=["began to act for", "stopped acting for"])
    assert told.count() == 2


def test_while_acting_nothing_is_given_on(house: House) -> None:
    made = given(house, scope=list(Verb))
    signed_up(house.manager)
    browser = browser_of(house.assistant)
    browser.post(f"/account/acting/{made.pk}/begin", form())
    told = form(
        hand=record_of(house.manager),
        scope=["see"],
        reason="On",
        **day("from_day", timezone.localdate()),
    )
    page = browser.post("/account/acting/give", told)
    assert "While you act for somebody" in page.content.decode()
    assert ActingFor.objects.count() == 1
    answer = browser.post(f"/account/acting/{made.pk}/begin", form())
    assert answer.status_code == 403


def test_what_ends_while_somebody_acts_stops_with_the_next_page(
    house: House, director: Client
) -> None:
    made = given(house)
    browser = browser_of(house.assistant)
    browser.post(f"/account/acting/{made.pk}/begin", form())
    assert browser.get("/account").wsgi_request.actor.hand == "Kit Wren"
    answer = director.post(f"/account/acting/{made.pk}/end", form(reason="Back from leave"))
    assert answer.status_code == 302
    page = browser.get("/account")
    assert page.wsgi_request.actor.name == "Kit Wren"
    assert "yourself again" in page.content.decode()


def test_it_stops_when_its_last_day_is_over(house: House) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    made = given(house, from_day=yesterday, to_day=yesterday)
    browser = browser_of(house.assistant)
    assert browser.post(f"/account/acting/{made.pk}/begin", form()).status_code == 403


def test_somebody_elses_arrangement_is_not_there(house: House) -> None:
    made = given(house)
    outsider = browser_of(house.outsider)
    assert outsider.get(f"/account/acting/{made.pk}/end").status_code == 404
    assert outsider.post(f"/account/acting/{made.pk}/begin", form()).status_code == 403
    assert made.ended_on is None


# --- example worlds


def cast(house: House) -> None:
    operations.mark_world(LOADER, name="practice", practice_date=timezone.localdate())
    operations.add_persona(LOADER, person=house.director, line="Decides for the council")
    operations.add_persona(LOADER, person=house.assistant, line="Keeps the diary")


def test_without_a_world_the_page_of_personas_is_absent(house: House) -> None:
    absent = client().get("/no-such-page")
    for path in ("/personas", "/personas/1"):
        answer = client().get(path) if path == "/personas" else client().post(path)
        assert answer.status_code == absent.status_code == 404
        assert answer.content == absent.content


def test_in_production_the_cast_is_absent_and_its_sessions_are_nobodys(house: House) -> None:
    cast(house)
    browser = client()
    browser.post("/personas/1")
    assert browser.get("/account").status_code == 200
    with override_settings(PRODUCTION=True):
        assert client().get("/personas").status_code == 404
        assert client().post("/personas/1").status_code == 404
        assert browser.get("/account")["Location"].startswith("/sign-in")


def test_one_click_enters_and_another_changes_who_you_are(house: House) -> None:
    cast(house)
    browser = client()
    page = browser.get("/personas")
    assert not faults_of(page.content.decode())
    assert "Example world" in page.content.decode()
    assert browser.post("/personas/1").status_code == 302
    assert browser.get("/account").wsgi_request.actor.name == "Jo Patel"
    assert "Change who you are" in browser.get("/account").content.decode()
    browser.post("/personas/2")
    assert browser.get("/account").wsgi_request.actor.name == "Kit Wren"
    assert Event.objects.filter(verb="signed in as a persona").count() == 2


def test_a_persona_cannot_gain_a_password_or_an_authenticator(house: House) -> None:
    cast(house)
    browser = client()
    browser.post("/personas/1")
    own = ["/account/password", "/account/authenticator", "/account/authenticator/add"]
    for path in [*own, "/account/codes", "/account/codes/new"]:
        assert browser.get(path).status_code == 404, path
        assert browser.post(path).status_code == 404, path


def test_the_practice_date_is_the_day_of_every_page(house: House) -> None:
    operations.mark_world(LOADER, name="seeds", practice_date=timezone.localdate().replace(day=1))
    page = client().get("/sign-in")
    request = page.wsgi_request
    assert request.today == request.practice_date == request.actor.on
    assert "Practice, not live" in page.content.decode()


def test_every_page_of_the_sign_in_library_is_drawn_by_our_templates() -> None:
    from django.template.loader import get_template

    names = set()
    for pattern in get_resolver("concordat.web.people.urls").url_patterns:
        view = getattr(getattr(pattern, "callback", None), "view_class", None)
        if template := getattr(view, "template_name", None):
            names.add(template)
    assert len(names) >= 15
    for name in names:
        origin = str(get_template(name).template.origin)
        assert "concordat/web/templates" in origin, name


WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML)"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (f"{WINDOWS} Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"),
        (f"{WINDOWS} Chrome/156.0 Safari/537.36", "Chrome on Windows"),
        (f"{PHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox on Linux"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(told: str, words: str) -> None:
    assert in_words(told) == words
