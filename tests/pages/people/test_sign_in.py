from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import send_due
from concordat.domain.base.people import operations
from concordat.domain.base.records.models import Event, EventDetail
from concordat.kernel.actor import process
from tests.markup import faults_of
from tests.operations.people.examples import LOADER, PASSWORD, House, code_of, signed_up
from tests.pages.people.browsing import (
    client,
    enter,
    form,
    link_in,
    post_the_letters,
    set_up,
    sign_in,
)
from tests.servers import free_port
from tests.walls import behind_the_wall

TOKENS = re.compile(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"')
WRONG = "The email address or the password is wrong"


def plain(response: object) -> str:
    """A page without its tokens and without what was typed."""
    text = TOKENS.sub("", response.content.decode())  # type: ignore[attr-defined]
    return re.sub(r'value="[^"]*@[^"]*"', "", text)


def verbs(house: House) -> list[str]:
    rows = Event.objects.filter(record=house.director.pk).order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_from_the_invitation_to_the_first_page(house: House) -> None:
    invitation = operations.invite(LOADER, person=house.director, now=timezone.now())
    browser = client()
    page = browser.get(f"/invitation/{invitation.token}")
    assert page.status_code == 200
    assert not faults_of(page.content.decode())
    answer = browser.post(f"/invitation/{invitation.token}", form(password=PASSWORD))
    assert answer["Location"] == "/sign-in"
    answer = sign_in(browser, "Director@Heath.Example")
    assert answer.status_code == 302
    assert browser.get("/account")["Location"] == "/account/authenticator/add"
    page = browser.get("/account/authenticator/add")
    text = page.content.decode()
    assert not faults_of(text)
    assert "<svg" in text
    assert page.context["form"].secret in text
    code = code_of(page.context["form"].secret)
    answer = browser.post("/account/authenticator/add", {"code": code})
    assert answer["Location"] == "/account/codes"
    page = browser.get("/account/codes")
    assert not faults_of(page.content.decode())
    assert page.content.decode().count('class="c-code"') == 10
    again = browser.get("/account/codes").content.decode()
    assert 'class="c-code"' not in again, "recovery codes are shown once"
    assert browser.get("/account").status_code == 200


def test_nothing_opens_on_a_password_alone(house: House) -> None:
    account = signed_up(house.director)
    browser = client()
    sign_in(browser, account.email)
    closed = ["people:account", "people:acting", "people:give", "people:details"]
    closed += ["usersessions_list", "account_change_password", "mfa_index"]
    for name in closed:
        answer = browser.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer["Location"] == "/account/authenticator/add", name
        assert browser.post(reverse(name), {})["Location"] == "/account/authenticator/add", name


def test_a_second_sign_in_asks_for_a_code_that_was_not_used(house: House) -> None:
    account = signed_up(house.director)
    secret = set_up(client(), account)
    browser = client()
    assert sign_in(browser, account.email)["Location"].startswith("/sign-in/code")
    assert browser.get("/account").status_code == 302, "not signed in yet"
    code = code_of(secret, 1)
    assert browser.post("/sign-in/code", {"code": "000000"}).status_code == 200
    assert browser.post("/sign-in/code", {"code": code}).status_code == 302
    assert browser.get("/account").status_code == 200
    other = client()
    sign_in(other, account.email)
    replayed = other.post("/sign-in/code", {"code": code})
    assert "used already" in replayed.content.decode()
    assert other.get("/account").status_code == 302


def test_somebody_between_password_and_code_may_start_again(house: House) -> None:
    account = signed_up(house.director)
    set_up(client(), account)
    browser = client()
    sign_in(browser, account.email)
    assert browser.get("/sign-in")["Location"] == "/sign-in/code"
    browser.post("/sign-out")
    assert browser.get("/sign-in").status_code == 200
    assert "signed out" not in verbs(house), "nobody had signed in"


def test_every_step_is_an_event_without_secrets(house: House) -> None:
    account = signed_up(house.director)
    browser = client()
    sign_in(browser, account.email, "wrong password here")
    secret = set_up(browser, account)
    browser.post("/account/codes/new")
    browser.post("/account/sessions")
    new = "quite another heron"
    answer = browser.post("/account/password", {"oldpassword": PASSWORD, "password1": new})
    assert answer.status_code == 302, answer.content.decode()
    browser.post("/account/authenticator/remove")
    browser.post("/sign-out")
    browser.post("/new-password", {"email": account.email})
    assert [verb for verb in verbs(house) if "seat" not in verb][-9:] == [
        "sign-in failed",
        "signed in",
        "authenticator added",
        "recovery codes made",
        "other sessions ended",
        "password changed",
        "authenticator removed",
        "signed out",
        "password reset asked",
    ]
    told = [event.text for event in Event.objects.all()]
    told += [f"{row.before}{row.after}" for row in EventDetail.objects.all()]
    for hidden in (PASSWORD, new, secret, "wrong password here"):
        assert not any(hidden in text for text in told)


def test_a_wrong_code_is_an_event(house: House) -> None:
    account = signed_up(house.director)
    set_up(client(), account)
    browser = client()
    sign_in(browser, account.email)
    browser.post("/sign-in/code", {"code": "123456"})
    assert verbs(house)[-1] == "sign-in code refused"
    assert Event.objects.filter(verb="signed in").count() == 1


def test_a_recovery_code_works_once(house: House) -> None:
    account = signed_up(house.director)
    first = client()
    set_up(first, account)
    page = first.get("/account/codes").content.decode()
    codes = re.findall(r'class="c-code">(\w+)<', page)
    for expected in (302, 200):
        browser = client()
        sign_in(browser, account.email)
        assert browser.post("/sign-in/code", {"code": codes[0]}).status_code == expected


def test_the_authenticators_secret_is_not_readable_in_the_database(house: House) -> None:
    from allauth.mfa.models import Authenticator

    account = signed_up(house.director)
    secret = set_up(client(), account)
    kept = [str(row.data) for row in Authenticator.objects.filter(user=account)]
    assert len(kept) == 2
    assert not any(secret in text for text in kept)


@pytest.mark.parametrize("path", ["/sign-in", "/new-password"])
def test_an_unknown_address_is_answered_like_a_known_one(house: House, path: str) -> None:
    """The same words, status, cookies and headers; and the same writes behind them."""
    known, unknown = signed_up(house.director).email, "nobody@heath.example"
    answers = []
    for address in (known, unknown):
        before = Event.objects.count(), DBTaskResult.objects.count()
        data = {"login": address, "password": "wrong password here", "email": address}
        answer = client().post(path, data)
        written = Event.objects.count() - before[0], DBTaskResult.objects.count() - before[1]
        own = ("X-Request-ID", "Expires", "Content-Length")
        headers = {key: value for key, value in answer.items() if key not in own}
        answers.append((answer.status_code, plain(answer), headers, set(answer.cookies), written))
    assert answers[0] == answers[1]
    assert not any("nobody@" in event.text for event in Event.objects.all())
    assert not any("nobody@" in str(row.args_kwargs) for row in DBTaskResult.objects.all())


@pytest.mark.parametrize("state", ["unknown", "known", "closed", "without a password"])
def test_a_password_is_hashed_once_whatever_stands_behind_the_address(
    house: House, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing is what takes the time. It is counted rather than timed."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    if state == "known":
        signed_up(house.director)
    if state == "closed":
        signed_up(house.director)
        operations.close_account(LOADER, person=house.director, reason="Left")
    if state == "without a password":
        operations.mark_world(LOADER, name="practice")
        operations.add_persona(LOADER, person=house.director, line="x")
        operations.change_address(
            LOADER, person=house.director, email="director@heath.example", reason="x"
        )
    counted = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a: counted.append(1) or real(*a), raising=True
    )
    answer = sign_in(client(), "director@heath.example", "wrong password here")
    assert WRONG in answer.content.decode()
    assert len(counted) == 1


def test_guesses_are_bounded_and_the_owner_still_gets_in(house: House) -> None:
    account = signed_up(house.director)
    owners = client("192.0.2.9")
    secret = set_up(owners, account)
    owners.post("/sign-out")
    for attempt in range(8):
        attacker = client(f"198.51.100.{attempt}")
        answer = sign_in(attacker, account.email, f"guess number {attempt}")
        assert ("too many attempts" in answer.content.decode()) is (attempt >= 5)
    stranger = sign_in(client("203.0.113.7"), account.email)
    assert "too many attempts" in stranger.content.decode(), "even the right password waits"
    assert enter(owners, account, secret).status_code == 302
    assert owners.get("/account").status_code == 200
    assert Event.objects.filter(verb="sign-in failed").count() == 5


def test_a_made_up_address_of_the_sender_is_not_believed(house: House) -> None:
    account = signed_up(house.director)
    for attempt in range(12):
        answer = client().post(
            "/sign-in",
            {"login": f"{attempt}@heath.example", "password": "wrong password here"},
            headers={"X-Forwarded-For": f"203.0.113.{attempt}"},
        )
        assert ("too many attempts" in answer.content.decode()) is (attempt >= 10)
    assert sign_in(client("192.0.2.77"), account.email).status_code == 302


def test_the_owner_gets_in_through_the_mailbox_while_under_attack(house: House) -> None:
    account = signed_up(house.director)
    secret = set_up(client("192.0.2.9"), account)
    for attempt in range(6):
        sign_in(client(f"198.51.100.{attempt}"), account.email, f"guess number {attempt}")
    owner = client("192.0.2.50")
    owner.post("/new-password", {"email": "DIRECTOR@heath.example "})
    letter = next(each for each in post_the_letters() if "new password" in each.subject)
    path = owner.get(link_in(letter))["Location"]
    assert not faults_of(owner.get(path).content.decode())
    answer = owner.post(path, {"password1": "a heron nobody guessed"})
    assert answer["Location"] == "/new-password/done"
    for attempt in range(6):
        sign_in(client(f"198.51.100.{attempt + 50}"), account.email, f"guess {attempt}")
    sign_in(owner, account.email, "a heron nobody guessed")
    assert owner.post("/sign-in/code", {"code": code_of(secret, 1)}).status_code == 302
    assert owner.get("/account").status_code == 200


def test_codes_are_bounded_too(house: House) -> None:
    account = signed_up(house.director)
    secret = set_up(client(), account)
    browser = client("192.0.2.4")
    sign_in(browser, account.email)
    for attempt in range(6):
        page = browser.post("/sign-in/code", {"code": f"00000{attempt}"}).content.decode()
        assert ("too many attempts" in page) is (attempt >= 5)
    page = browser.post("/sign-in/code", {"code": code_of(secret, 1)}).content.decode()
    assert "too many attempts" in page


def test_a_reset_link_works_once_and_ends_other_sessions(house: House) -> None:
    account = signed_up(house.director)
    elsewhere = client()
    set_up(elsewhere, account)
    assert elsewhere.get("/account").status_code == 200
    post_the_letters()
    browser = client("192.0.2.8")
    browser.post("/new-password", {"email": account.email})
    letters = post_the_letters()
    assert [each.to for each in letters] == [[account.email]]
    path = browser.get(link_in(letters[0]))["Location"]
    assert "<h1" in browser.post(path, {"password1": "short"}).content.decode()
    assert browser.post(path, {"password1": "a heron nobody guessed"}).status_code == 302
    assert elsewhere.get("/account").status_code == 302, "other sessions have ended"
    assert "no longer works" in client().get(link_in(letters[0])).content.decode()
    assert "changed" in post_the_letters()[0].subject


@pytest.mark.parametrize("state", ["nobody", "closed"])
def test_no_letter_goes_to_nobody_or_to_a_closed_account(house: House, state: str) -> None:
    if state == "closed":
        signed_up(house.director)
        operations.close_account(LOADER, person=house.director, reason="Left")
    client().post("/new-password", {"email": "director@heath.example"})
    assert post_the_letters() == []


def test_a_session_is_new_after_signing_in_and_dead_after_signing_out(house: House) -> None:
    account = signed_up(house.director)
    browser = client()
    browser.get("/sign-in")
    session = browser.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    set_up(browser, account)
    assert browser.session.session_key != planted
    kept = browser.cookies["sessionid"].value
    browser.post("/sign-out")
    browser.cookies["sessionid"] = kept
    assert browser.get("/account").status_code == 302


def test_closing_an_account_ends_its_sessions_at_once(house: House) -> None:
    account = signed_up(house.director)
    browser = client()
    set_up(browser, account)
    operations.close_account(LOADER, person=house.director, reason="Left")
    assert browser.get("/account").status_code == 302
    assert sign_in(client(), account.email)["Location"] == "/sign-in/closed"


def test_ending_other_sessions_leaves_this_one(house: House) -> None:
    account = signed_up(house.director)
    here, there = client(), client("192.0.2.2")
    secret = set_up(here, account)
    enter(there, account, secret)
    page = here.get("/account/sessions")
    assert page.context["session_count"] == 2
    here.post("/account/sessions")
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_nobody_signs_up_by_themselves(house: House) -> None:
    for path in ("/signup", "/sign-up", "/accounts/signup/"):
        assert client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(house: House, path: str) -> None:
    account = signed_up(house.director)
    data = {"login": account.email, "password": PASSWORD, "next": path}
    assert "evil" not in client().post("/sign-in", data)["Location"]


def test_an_expired_invitation_is_sent_again_to_the_same_mailbox(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    invitation = operations.invite(LOADER, person=house.director, now=long_ago)
    path = f"/invitation/{invitation.token}"
    page = client().get(path)
    assert page.status_code == 410
    assert not faults_of(page.content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        assert client().post(path, form()).status_code == 200
    letters = post_the_letters()
    assert [each.to for each in letters] == [["director@heath.example"]]
    assert client().get(path).status_code == 404, "the old link opens nothing"
    assert client().get(link_in(letters[0])).status_code == 200


def test_a_letter_that_no_server_takes_is_tried_again(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    account = signed_up(house.director)
    client().post("/new-password", {"email": account.email})
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=free_port(),
    ):
        assert post_the_letters() == []
    message = Message.objects.get()
    assert (message.state, message.tries) == ("failed", 1)
    assert message.next_try is not None
    assert message.next_try > timezone.now()
    with behind_the_wall():
        Message.objects.update(next_try=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        send_due(process("postman", timezone.localdate()))
    assert "new password" in mail.outbox[-1].subject
