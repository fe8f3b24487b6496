"""A real server that is killed while a form is on its way: nothing is half done, and the same form
sent again to the next server has one effect."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from concordat.domain.base.documents.models import Document, Version
from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Done, Event, Record, SearchEntry
from tests.operations.documents.papers import paper
from tests.operations.mail.cast import House, build
from tests.pages.people.browsing import form
from tests.pages.signed_in import as_
from tests.servers import Serve, Server

TOKEN = "a" * 32
PATIENCE = 60.0
ADDRESS = "/records/HERE/documents/add"


class Sender:
    """A browser that is signed in already, at whichever server runs now."""

    def __init__(self, browser: Client) -> None:
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; csrftoken={TOKEN}",
            "Content-Type": MULTIPART_CONTENT,
        }

    def send(self, server: Server, typed: dict[str, Any]) -> http.client.HTTPConnection:
        """Off it goes; the answer is not waited for."""
        body = encode_multipart(BOUNDARY, typed | {"csrfmiddlewaretoken": TOKEN, "file": _file()})
        line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
        line.request("POST", ADDRESS, body, self.headers)
        return line

    def answered(self, server: Server, typed: dict[str, Any]) -> str:
        """Where the answer leads."""
        line = self.send(server, typed)
        with line.getresponse() as answer:
            told = answer.read()
        line.close()
        assert answer.status == 302, told[:400]
        return str(answer.headers["Location"])


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("sent.pdf", paper("killed").data, "application/pdf")


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "The form never arrived."
        time.sleep(0.01)


def _rows() -> tuple[int, ...]:
    made = Record.objects.filter(kind="document")
    return (
        Document.objects.count(),
        Version.objects.count(),
        made.count(),
        SearchEntry.objects.filter(record__in=made).count(),
        Event.objects.filter(kind="document", verb="document added").count(),
    )


@pytest.fixture
def house(inside: str) -> House:
    return build()


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """What the servers read to know the sessions and the seals of this process."""
    made = tmp_path / "here"
    made.mkdir()
    (made / "secret-key").write_text(settings.SECRET_KEY, "ascii")
    (made / "ledger-secret").write_text(settings.LEDGER_SECRET, "ascii")
    return made


@pytest.mark.parametrize("killed", ["once it is written", "while it is on its way"])
def test_nothing_is_half_done_and_the_form_sent_again_has_one_effect(
    house: House, inside: str, var: Path, serve: Serve, killed: str
) -> None:
    sender = Sender(as_(house.manager))
    typed = form(title="Arrangements", note="", sensitivity="1")
    server = serve(inside, var)
    line = sender.send(server, typed)
    if killed == "once it is written":
        _until(Document.objects.exists)
    server.kill()
    line.close()
    found = _rows()
    assert len(set(found)) == 1, f"half of it was done: {found}"
    if killed == "once it is written":
        assert set(found) == {1}
        assert Done.objects.exists(), "the form's key was kept with what it did"
    following = serve(inside, var)
    places = {sender.answered(following, typed) for _ in range(2)}
    assert len(places) == 1
    assert set(_rows()) == {1}
    assert queries.verify() == []
