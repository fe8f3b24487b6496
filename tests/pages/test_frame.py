"""What stands around every page: who is looking, where they are, and what went wrong."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from scripts import assets

from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process, public
from concordat.kernel.errors import Fault, Invalid, Refused, Stale
from concordat.web.ui import brand
from concordat.web.ui.context import Appearance, face
from concordat.web.ui.errors import ErrorPages, refused
from concordat.web.ui.parts import Link
from tests.markup import faults_of

ENTRIES = [Link("My work", "/"), Link("Meetings", "/meetings/"), Link("Reviews", "/reviews/")]


def asked(path: str = "/", data: dict[str, str] | None = None, **given: Any) -> HttpRequest:
    factory = RequestFactory()
    request = factory.post(path, data) if data is not None else factory.get(path)
    for name, value in ({"user": AnonymousUser()} | given).items():
        setattr(request, name, value)
    return request


def framed(request: HttpRequest) -> str:
    return render_to_string("404.html", request=request)


def test_a_page_can_be_drawn_for_nobody_at_no_partnership() -> None:
    html = framed(asked())
    assert faults_of(html) == []
    assert "Sign out" not in html
    assert "Worried about a child?" in html


def test_the_page_of_last_resort_needs_no_context_at_all() -> None:
    assert faults_of(render_to_string("500.html")) == []


@pytest.mark.parametrize(
    "nobody", [None, public(date(2019, 3, 29)), process("sealer", date(2019, 3, 29))]
)
def test_the_public_and_processes_have_no_name_in_the_header(nobody: Actor | None) -> None:
    told = face(asked(actor=nobody))
    assert (told["actor"], told["who"], told["idle_minutes"]) == (None, "", 0)


def test_acting_for_somebody_shows_both_names() -> None:
    actor = Actor(Kind.ACTING_FOR, "Jo Patel", date(2019, 3, 29), hand="Sam Okoro")
    html = framed(asked(actor=actor))
    assert "Sam Okoro" in html
    assert "For Jo Patel" in html
    assert 'href="/account"' in html


def test_the_header_names_the_seat_that_weighs_most() -> None:
    def seat(title: str, office: Office, deputy: bool = False) -> SeatHeld:
        return SeatHeld(uuid4(), uuid4(), uuid4(), office, title, deputy=deputy)

    seats = (
        seat("Adviser to the case group", Office.MEMBER),
        seat("Stands in for the chair", Office.CHAIR, deputy=True),
        seat("Clerk of the case group", Office.STRATEGY_MANAGER),
        seat("Strategy manager", Office.STRATEGY_MANAGER),
    )
    actor = Actor(Kind.PERSON, "Mary", date(2019, 3, 29), seats=seats)
    assert face(asked(actor=actor))["seat_line"] == "Strategy manager and 3 more"


def test_a_practice_date_is_today_and_says_so_on_every_page() -> None:
    request = asked(practice_date=date(2019, 3, 29))
    assert face(request)["today"] == date(2019, 3, 29)
    assert "Today is pinned to Friday 29 March 2019" in framed(request)
    assert "pinned" not in framed(asked())


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "My work"),
        ("/meetings/", "Meetings"),
        ("/meetings/12/papers", "Meetings"),
        ("/meetings-old/", ""),
        ("/elsewhere", ""),
    ],
)
def test_the_navigation_marks_where_the_page_stands(path: str, current: str) -> None:
    entries = face(asked(path, navigation=ENTRIES))["navigation"]
    assert [each.text for each in entries if each.current] == ([current] if current else [])


def test_a_seventh_entry_is_an_error() -> None:
    with pytest.raises(ValueError, match="6 is the most"):
        face(asked(navigation=[Link(str(n), f"/{n}/") for n in range(7)]))


def test_a_partnership_lends_its_name_and_colour() -> None:
    html = framed(asked(partnership=Appearance("Heron & Wren Partnership", "heron", "#7A1F5C")))
    assert "Heron &amp; Wren Partnership" in html
    assert 'href="/brand/7a1f5c.css"' in html
    assert faults_of(html) == []


def test_the_default_colour_needs_no_sheet_of_its_own() -> None:
    assert "/brand/" not in framed(asked(partnership=Appearance("Heron", "heron", brand.DEFAULT)))


def test_a_title_begins_with_error_when_the_form_is_wrong() -> None:
    class Wrong:
        errors = True

    html = render_to_string("404.html", {"form": Wrong()}, request=asked())
    assert "<title>Error: Page not found" in html


# --- the three exceptions as pages


def answered(problem: Exception, data: dict[str, str] | None = None) -> tuple[int, str]:
    def lost(request: HttpRequest) -> HttpResponse:
        raise AssertionError("Nothing is asked of the view here.")

    answer = ErrorPages(lost).process_exception(asked("/seats/4", data), problem)
    assert answer is not None
    return answer.status_code, answer.content.decode()


def test_a_refusal_says_why_and_rests_on_its_source() -> None:
    status, html = answered(Refused("Only the chair may.", source="terms, 4.2"))
    assert status == 403
    assert "Only the chair may." in html
    assert "terms, 4.2" in html
    assert faults_of(html) == []


def test_a_refusal_can_name_the_owner_and_the_way_to_ask() -> None:
    answer = refused(asked(), Refused("Closed."), owner="Review group", ask="/ask/7")
    html = answer.content.decode()
    assert "Review group" in html
    assert 'href="/ask/7"' in html


def test_a_conflict_loses_nothing_that_was_typed_and_repeats_no_secret() -> None:
    typed = {"holder": "Mine\nand more", "password": "hush", "form_key": "k", "seen_version": "2"}
    stale = Stale({"Holder": "Mine"}, {"Holder": "Theirs"}, by="Sam", version=7)
    status, html = answered(stale, typed)
    assert status == 409
    assert "Sam changed this first" in html
    assert "Keep mine" not in html, "a password cannot be sent again"
    assert "Theirs" in html
    assert "and more" in html
    assert "hush" not in html
    assert faults_of(html) == []


def test_whoever_meets_a_conflict_may_keep_theirs_against_what_stands_now() -> None:
    typed = {"holder": ["Mine\nand more"], "of": ["a", "b"], "form_key": "k", "seen_version": "2"}
    stale = Stale({"Holder": "Mine"}, {"Holder": "Theirs"}, by="Sam", version=7)
    _, html = answered(stale, typed)
    assert 'name="seen_version" value="7"' in html
    assert 'name="holder" value="Mine\nand more"' in html
    assert html.count('name="of"') == 2
    assert 'value="k"' not in html, "the key was used: a new one goes along"
    assert "Keep mine" in html
    assert "Take theirs" in html
    assert faults_of(html) == []


def test_what_must_be_read_first_cannot_be_kept() -> None:
    _, html = answered(Stale({"Version": "2"}, {"Version": "3"}, by="Sam"), {"wording": "Agreed"})
    assert "Keep mine" not in html
    assert "Take theirs" in html


def test_unusable_input_is_told_fault_by_fault() -> None:
    faults = [Fault("no holder", place="seats.yaml, line 4"), Fault("<b>", mend="Leave it out.")]
    status, html = answered(Invalid(faults))
    assert status == 400
    assert "seats.yaml, line 4: no holder" in html
    assert "&lt;b&gt; Leave it out." in html


def test_any_other_fault_is_left_to_be_found() -> None:
    assert ErrorPages(lambda request: HttpResponse()).process_exception(asked(), KeyError()) is None


@pytest.mark.django_db
def test_nothing_inline_is_allowed_and_nothing_foreign(client: Client) -> None:
    policy = client.get("/ui").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


# --- the copied design system


def test_copied_sheets_lose_typeface_crests_and_absolute_addresses() -> None:
    given = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}"
        ".footer:before{background-image:url(/assets/images/govuk-crest.svg)}"
        ".tick{background:url(/assets/images/icon-tick.svg)}/*# sourceMappingURL=a.css.map */"
    )
    assert assets.sheet(given) == (
        ".a{font-family:arial,sans-serif}.tick{background:url(images/icon-tick.svg)}"
    )


def test_a_sheet_that_names_a_lost_file_stops_the_build(tmp_path: Any) -> None:
    (tmp_path / "a.css").write_text(".tick{background:url(images/tick.svg)}", "utf-8")
    with pytest.raises(assets.Broken, match=r"images/tick\.svg"):
        assets.check(tmp_path)


def test_a_failed_build_leaves_the_last_one_standing(tmp_path: Any) -> None:
    standing = tmp_path / "build"
    standing.mkdir()
    (standing / "kept.css").write_text("a{}", "utf-8")
    (tmp_path / "node_modules").mkdir()
    with pytest.raises(FileNotFoundError):
        assets.build(tmp_path / "node_modules", standing)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".build")] == []
    assert (standing / "kept.css").is_file()
    with pytest.raises(assets.Broken, match="npm ci"):
        assets.build(tmp_path / "absent", standing)
