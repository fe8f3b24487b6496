"""From an invitation to acting for somebody, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from concordat.domain.base.people import operations
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.rules import Verb
from tests.browsers import Step
from tests.operations.people.examples import LOADER, PASSWORD, built, code_of, signed_up
from tests.servers import Serve, Server

pytestmark = pytest.mark.journey


@pytest.fixture
def server(inside: str, serve: Serve, tmp_path: Path) -> Server:
    """A server that reads what this process signs and signs what this process reads."""
    var = tmp_path / "here"
    var.mkdir()
    (var / "secret-key").write_text(settings.SECRET_KEY, "ascii")
    (var / "ledger-secret").write_text(settings.LEDGER_SECRET, "ascii")
    return serve(inside, var)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _accept(page: Page, server: Server, person: Person, step: Step) -> None:
    invitation = operations.invite(LOADER, person=person, now=timezone.now())
    page.goto(f"{server.url}/invitation/{invitation.token}")
    step(page, "invitation")
    page.get_by_label("Password", exact=True).fill("short")
    _press(page, "Set the password")
    expect(page.get_by_role("alert")).to_be_visible()
    step(page, "a password that is too short")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    _press(page, "Set the password")
    expect(page).to_have_url(f"{server.url}/sign-in")


def _enter(page: Page, address: str, password: str = PASSWORD) -> None:
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    _press(page, "Sign in")


def _sign_in(page: Page, address: str, step: Step) -> None:
    step(page, "sign in")
    _enter(page, address, "wrong password here")
    expect(page.get_by_role("alert")).to_be_visible()
    step(page, "a wrong password")
    _enter(page, address)
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _set_up(page: Page, server: Server, step: Step) -> str:
    page.goto(f"{server.url}/account")
    expect(page).to_have_url(f"{server.url}/account/authenticator/add")
    step(page, "set up an authenticator")
    secret = page.locator(".c-code").inner_text()
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    _press(page, "Finish setting up")
    expect(page).to_have_url(f"{server.url}/account/codes")
    step(page, "recovery codes")
    return secret


def test_invited_signed_in_and_acting(server: Server, page: Page, step: Step) -> None:
    house = built()
    signed_up(house.director)
    made = operations.give(
        LOADER,
        principal=house.director,
        hand=house.assistant,
        scope=[Verb.SEE, Verb.ANSWER],
        from_day=timezone.localdate(),
        reason="Keeps the diary",
    )
    _accept(page, server, house.assistant, step)
    _sign_in(page, "assistant@heath.example", step)
    _set_up(page, server, step)
    for path in ("", "/details", "/sessions", "/password", "/authenticator", "/codes"):
        page.goto(f"{server.url}/account{path}")
        step(page, f"account{path}")
    page.goto(f"{server.url}/account/acting/give")
    step(page, "let somebody act")
    _press(page, "Let them act")
    expect(page.get_by_role("alert")).to_be_visible()
    step(page, "let somebody act with errors")
    page.goto(f"{server.url}/account/acting")
    step(page, "acting")
    _press(page, "Act for Jo Patel")
    expect(page.get_by_role("banner")).to_contain_text("For Jo Patel")
    step(page, "acting for Jo Patel")
    _press(page, "Be yourself again")
    expect(page.get_by_role("banner")).not_to_contain_text("For Jo Patel")
    page.goto(f"{server.url}/account/acting/{made.pk}/end")
    step(page, "end it")
    page.get_by_label("Why it ends").fill("The director moved")
    _press(page, "End it")
    expect(page).to_have_url(f"{server.url}/account/acting")
    step(page, "ended")
    page.goto(f"{server.url}/account/authenticator/remove")
    step(page, "change the authenticator")
    page.goto(f"{server.url}/sign-out")
    step(page, "sign out")


def test_a_code_each_time_and_a_way_back_in(server: Server, page: Page, step: Step) -> None:
    house = built()
    _accept(page, server, house.director, step)
    address = "director@heath.example"
    _sign_in(page, address, step)
    secret = _set_up(page, server, step)
    page.goto(f"{server.url}/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{server.url}/sign-in")
    _enter(page, address)
    expect(page).to_have_url(f"{server.url}/sign-in/code")
    step(page, "code")
    page.get_by_label("Code", exact=True).fill(code_of(secret, 1))
    _press(page, "Sign in")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(f"{server.url}/account")
    step(page, "signed in again")
    page.context.clear_cookies()
    page.goto(f"{server.url}/new-password")
    step(page, "ask for a new password")
    page.get_by_label("Email address").fill(address)
    _press(page, "Send the link")
    expect(page).to_have_url(f"{server.url}/new-password/sent")
    step(page, "look in your mailbox")
    page.goto(f"{server.url}/invitation/made-up")
    step(page, "a link that opens nothing")


def test_the_cast_is_entered_with_one_click(server: Server, page: Page, step: Step) -> None:
    house = built()
    operations.mark_world(LOADER, name="practice", practice_date=timezone.localdate())
    operations.add_persona(LOADER, person=house.director, line="Decides for the council")
    operations.add_persona(LOADER, person=house.assistant, line="Keeps the director’s diary")
    page.goto(f"{server.url}/sign-in")
    step(page, "sign in beside an example")
    page.get_by_role("link", name="Choose who you are").click()
    step(page, "the cast")
    _press(page, "Enter as Jo Patel")
    page.wait_for_url(lambda url: "/personas" not in url)
    page.goto(f"{server.url}/account")
    step(page, "account of a persona")
    page.get_by_role("main").get_by_role("link", name="Change who you are").click()
    _press(page, "Enter as Kit Wren")
    page.wait_for_url(lambda url: "/personas" not in url)
    page.goto(f"{server.url}/account")
    expect(page.get_by_role("main")).to_contain_text("Kit Wren")
