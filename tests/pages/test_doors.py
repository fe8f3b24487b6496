"""Answers that no walk over the addresses meets: errors of every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from concordat.web.ui.errors import MOST_MEGABYTES
from tests.casts import Casts, Kept
from tests.markup import faults_of
from tests.operations.mail.cast import House, build
from tests.pages.doors import open_doors
from tests.pages.people.browsing import client, form
from tests.pages.signed_in import as_


@pytest.fixture(scope="session")
def sitting(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(sitting: Kept[House]) -> Iterator[House]:
    with sitting.lent() as house:
        yield house


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Heron is in this message")


urlpatterns = [path("broken", broken, name="broken"), path("", include("concordat.config.urls"))]
handler400 = "concordat.web.ui.errors.bad_request"


def _missing() -> HttpResponse:
    return client().get("/nothing-here")


def _too_many() -> HttpResponse:
    asking = client("198.51.100.7")
    for number in range(40):
        answer = asking.post("/new-password", {"email": f"{number}@heath.example"})
        if answer.status_code == 429:
            break
    return answer


def _too_large_by_its_own_word() -> HttpResponse:
    most = MOST_MEGABYTES * 1_000_000 + 1
    return client().post("/sign-in", b"", "text/plain", CONTENT_LENGTH=str(most))


def _too_much_text() -> HttpResponse:
    return client().post("/sign-in", {"login": "x" * 3_000_000})


def _too_many_fields() -> HttpResponse:
    return client().post("/sign-in", {f"field{number}": "x" for number in range(1_200)})


def _from_elsewhere() -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/sign-in", {"login": "x", "password": "y"})


def _unknown_host() -> HttpResponse:
    return client().get("/sign-in", headers={"host": "evil.example"})


def _wrong_method() -> HttpResponse:
    return client().put("/help")


def _broken() -> HttpResponse:
    with override_settings(ROOT_URLCONF=__name__):
        return Client(raise_request_exception=False).get("/broken")


ENDINGS: list[tuple[Callable[[], HttpResponse], int, str]] = [
    (_missing, 404, "Page not found"),
    (_too_many, 429, "Too many attempts"),
    (_too_large_by_its_own_word, 413, "too large to be sent"),
    (_too_much_text, 413, "too large to be sent"),
    (_too_many_fields, 413, "too large to be sent"),
    (_from_elsewhere, 403, "This form has expired"),
    (_unknown_host, 400, "We could not use what was sent"),
    (_wrong_method, 405, "nothing to see at this address"),
]


@pytest.mark.parametrize(
    ("ending", "status", "words"), ENDINGS, ids=lambda told: getattr(told, "__name__", "")
)
def test_however_an_answer_ends_it_is_a_page_of_ours_with_every_door_closed(
    db: None, ending: Callable[[], HttpResponse], status: int, words: str
) -> None:
    answer = ending()
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert faults_of(page) == []
    assert open_doors(answer, signed_in=False) == []


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_of_ours_is_a_page_that_says_nothing_of_its_cause(house: House) -> None:
    browser = as_(house.member)
    browser.raise_request_exception = False
    answer = browser.get("/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong" in page
    assert "Heron" not in page
    assert "RuntimeError" not in page
    assert faults_of(page) == []
    assert open_doors(answer, signed_in=True) == []


def test_a_file_beyond_the_forms_limit_is_refused_by_its_name_and_what_was_typed_stays(
    house: House,
) -> None:
    risk = house.risk()
    large = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7" + b"0" * 20_000_001)
    answer = as_(house.manager).post(
        f"/records/{risk.reference}/documents/add", form(title="Minutes of March", file=large)
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“minutes.pdf” must be smaller than 20 MB" in page
    assert 'value="Minutes of March"' in page


def test_an_open_door_is_found() -> None:
    bare = HttpResponse("x")
    bare.set_cookie("session", "y")
    found = open_doors(bare, signed_in=True)
    assert len([told for told in found if " is None" in told]) == 8
    assert "the cookie session lacks httponly" in found
    assert any("a cache may keep it" in told for told in found)
    bare.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'unsafe-inline'"
    assert "the policy allows 'unsafe'" in open_doors(bare, signed_in=False)
