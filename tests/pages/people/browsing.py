"""A person at a browser: what they type, what they are sent, and where they come from."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.core import mail
from django.test import Client, TestCase
from django_tasks_db.models import DBTaskResult

from concordat.domain.base.people.models import Account, Person
from tests.operations.people.examples import PASSWORD, code_of


def client(ip: str = "192.0.2.1") -> Client:
    return Client(REMOTE_ADDR=ip)


def sign_in(browser: Client, address: str, password: str = PASSWORD) -> Any:
    return browser.post("/sign-in", {"login": address, "password": password})


def set_up(browser: Client, account: Account) -> str:
    """Sign in for the first time and set up an authenticator; its secret."""
    assert sign_in(browser, account.email).status_code == 302
    page = browser.get("/account/authenticator/add")
    secret = page.context["form"].secret
    answer = browser.post("/account/authenticator/add", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return str(secret)


def enter(browser: Client, account: Account, secret: str, ahead: int = 1) -> Any:
    """Password, then a code that was not used yet."""
    sign_in(browser, account.email)
    return browser.post("/sign-in/code", {"code": code_of(secret, ahead)})


def form(**answers: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **answers}


def day(name: str, when: Any) -> dict[str, int]:
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def post_the_letters() -> list[Any]:
    """Do the worker's waiting work, and return what was sent."""
    sent = len(mail.outbox)
    with TestCase.captureOnCommitCallbacks(execute=True):
        while waiting := DBTaskResult.objects.filter(status="READY").first():
            _work(waiting)
    return mail.outbox[sent:]


def _work(waiting: DBTaskResult) -> None:
    """As the worker does: a letter is written, put in the outbox and sent from there."""
    waiting.delete()
    with TestCase.captureOnCommitCallbacks(execute=True):
        waiting.task.func(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found, letter.body
    return found[1]


def record_of(person: Person) -> str:
    return person.record.reference
