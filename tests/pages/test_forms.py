"""Forms keep what was typed, say what is wrong where it is wrong, and are never sent twice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid
from concordat.web.ui import forms
from concordat.web.ui.parts import Chip
from concordat.web.ui.samples import EveryField, SomeFilters
from tests.markup import faults_of

GOOD = {
    "form_key": "3d0c8e0a-6f3c-4f1e-9c55-0d2f6f5c9a10",
    "seen_version": "3",
    "title": "Executive",
    "account": "First\r\nsecond",
    "kind": "decide",
    "partners": ["council", "police"],
    "body": "forum",
    "held-day": "8",
    "held-month": "april",
    "held-year": "2019",
    "known": "spring 2019",
    "people": "1,2",
    "cost": "£1,250.50",
    "sure": "yes",
}


def sent(**changes: Any) -> EveryField:
    given = QueryDict(mutable=True)
    for name, value in (GOOD | changes).items():
        given.setlist(name, value if isinstance(value, list) else [value])
    return EveryField(given)


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def errors(form: EveryField) -> dict[str, str]:
    return {name: " ".join(map(str, told)) for name, told in form.errors.items()}


def test_every_kind_of_field_gives_its_value() -> None:
    form = sent(paper="", people="12")
    assert errors(form) == {}
    assert form.key == GOOD["form_key"]
    assert form.seen == 3
    answers = form.answers()
    assert answers["account"] == "First\nsecond"
    assert answers["held"] == date(2019, 4, 8)
    assert answers["known"] == UncertainDate.parse("spring 2019")
    assert answers["cost"] == 125050
    assert (answers["people"], answers["partners"]) == (12, ["council", "police"])
    assert not {"form_key", "seen_version"} & set(answers)


@pytest.mark.parametrize(
    ("changes", "name", "told"),
    [
        ({"title": " "}, "title", "Enter the title of the meeting"),
        ({"title": "x" * 61}, "title", "60 characters or fewer"),
        ({"account": "x" * 301}, "account", "300 characters or fewer"),
        ({"address": "nobody"}, "address", "like name@example.gov.uk"),
        ({"kind": ""}, "kind", "Choose what the meeting is for"),
        ({"kind": "dance"}, "kind", "from the list"),
        ({"partners": []}, "partners", "Choose who must be there"),
        ({"partners": ["council", "church"]}, "partners", "from the list"),
        ({"body": ""}, "body", "Choose the body that meets"),
        ({"held-day": "", "held-year": ""}, "held", "must include a day and a year"),
        ({"held-year": "19"}, "held", "4 figures"),
        ({"held-day": "31", "held-month": "2"}, "held", "a real date"),
        ({"held-month": "ju"}, "held", "a real date"),
        ({"held-day": "9" * 20}, "held", "a real date"),
        ({"held-day": "", "held-month": "", "held-year": ""}, "held", "Enter the date"),
        ({"known": "30 February 2019"}, "known", "2019"),
        ({"people": "some"}, "people", "whole number"),
        ({"people": "201"}, "people", "200 or less"),
        ({"people": "0"}, "people", "1 or more"),
        ({"cost": "12.345"}, "cost", "penny"),
        ({"cost": "a lot"}, "cost", "a lot"),
        ({"sure": []}, "sure", "Confirm that the agenda names no child"),
    ],
)
def test_a_mistake_is_told_beside_its_field(changes: dict[str, Any], name: str, told: str) -> None:
    form = sent(**({"people": "12"} | changes))
    assert list(form.errors) == [name]
    assert told in errors(form)[name]


def test_an_error_leads_to_the_control_that_mends_it() -> None:
    form = sent(title="", kind="", partners=[], people="12", **{"held-month": "", "sure": []})
    controls = {each.get("id") for each in tree(str(form)).iter() if each.tag in ("input",)}
    hrefs = [each["href"].removeprefix("#") for each in form.summary()]
    assert set(hrefs) <= controls
    assert hrefs == ["id_title", "id_kind", "id_partners", "id_held-month", "id_sure"]


def test_only_the_wrong_box_of_a_date_is_marked() -> None:
    form = sent(people="12", **{"held-month": ""})
    boxes = {
        each.get("name"): "govuk-input--error" in each.get("class", "")
        for each in tree(str(form["held"])).iter("input")
    }
    assert boxes == {"held-day": False, "held-month": True, "held-year": False}


@given(some.text(some.characters(codec="utf-8", exclude_characters="\0\r"), max_size=80))
def test_a_long_text_comes_back_exactly_as_it_was_typed(text: str) -> None:
    """The macros indent what they are given; a text must not grow spaces each time it is sent."""
    form = sent(account=text.replace("\n", "\r\n"))
    shown = tree(str(form["account"])).find(".//textarea")
    assert (shown.text or "") == html5lib_text(text)


def html5lib_text(text: str) -> str:
    """What a parser makes of characters that HTML does not allow."""
    return tree(f"<pre>\n{escaped(text)}</pre>").find("pre").text or ""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_what_was_typed_stays_in_every_field_and_a_password_does_not() -> None:
    form = sent(title="", people="many", secret="never again", cost="12.345")
    html = str(form)
    for typed in ("many", "12.345", "april", "First\nsecond", "spring 2019"):
        assert typed in html
    assert "never again" not in html
    found = tree(html)
    ticked = [each.get("value") for each in found.iter("input") if "checked" in each.attrib]
    assert ticked == ["decide", "council", "police", "yes"]
    assert found.find(".//option[@selected]").get("value") == "forum"


def test_a_field_cannot_be_made_without_words() -> None:
    with pytest.raises(TypeError):
        forms.TextField()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="label"):
        forms.TextField(" ")
    with pytest.raises(ValueError, match="subject"):
        forms.DayField("When did it happen?")


def test_every_control_is_named_by_a_label_or_legend() -> None:
    found = tree(str(EveryField()))
    labelled = {each.get("for") for each in found.iter("label")}
    for control in [*found.iter("input"), *found.iter("select"), *found.iter("textarea")]:
        assert control.get("type") == "hidden" or control.get("id") in labelled
    for group in found.iter("fieldset"):
        assert (group.findtext("legend") or "").strip()


def test_optional_fields_say_so() -> None:
    drawn = tree(str(EveryField())).iter("label")
    labels = [" ".join("".join(each.itertext()).split()) for each in drawn]
    assert "Cost of the room (optional)" in labels
    assert "Title of the meeting" in labels


# --- files


def upload(name: str, content: bytes = b"%PDF-1.7") -> EveryField:
    return EveryField(GOOD | {"people": "12"}, {"paper": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.exe", b"MZ", "must be PDF or DOCX"),
        ("plan", b"x", "must be PDF or DOCX"),
        ("plan.pdf", b"", "empty"),
        ("plan.pdf", b"x" * 5_000_001, "smaller than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(
    name: str, content: bytes, told: str
) -> None:
    assert told in errors(upload(name, content))["paper"]


def test_a_file_of_an_allowed_kind_is_taken() -> None:
    assert "paper" not in errors(upload("Plan.PDF"))


# --- one effect, and no lost update


def test_each_fresh_form_has_a_key_of_its_own() -> None:
    keys = [EveryField().initial["form_key"] for _ in range(2)]
    assert keys[0] != keys[1]
    assert all(str(UUID(key)) == key for key in keys)


@pytest.mark.parametrize("key", ["", "1", "<b>", "8a37a38d-f32e-43c8-bcc7-3e76210864"])
def test_a_form_without_its_key_is_not_taken_and_gets_a_new_one(key: str) -> None:
    form = sent(people="12", form_key=key)
    assert not form.is_valid()
    assert form.summary() == [{"text": forms.LOST}]
    shown = tree(str(form)).find(".//input[@name='form_key']").get("value")
    assert str(UUID(shown)) == shown


def test_a_mistaken_version_is_not_taken_for_none() -> None:
    assert not sent(people="12", seen_version="three").is_valid()
    unseen = sent(people="12", seen_version="")
    assert unseen.is_valid()
    assert unseen.seen is None


def test_after_a_conflict_the_typing_stays_under_a_new_key_and_version() -> None:
    form = sent(people="12", title="Mine")
    assert form.is_valid()
    form.renew(7)
    found = tree(str(form))
    assert found.find(".//input[@name='seen_version']").get("value") == "7"
    assert found.find(".//input[@name='form_key']").get("value") != GOOD["form_key"]
    assert found.find(".//input[@name='title']").get("value") == "Mine"


def test_what_an_operation_found_wrong_stands_beside_its_field() -> None:
    form = sent(people="12")
    assert form.is_valid()
    faults = [
        Fault("That day is a bank holiday.", field="on", mend="Choose another."),
        Fault("The body has ended.", field="nowhere"),
        Fault("Sent already.", field="form_key"),
    ]
    form.add_faults(Invalid(faults), {"on": "held"})
    assert errors(form)["held"] == "That day is a bank holiday. Choose another."
    assert errors(form)["__all__"] == "The body has ended. Sent already."


# --- a round trip through a page


@pytest.mark.django_db
def test_a_wrong_form_comes_back_with_its_errors_in_title_summary_and_field(
    client: Client,
) -> None:
    answer = client.post("/ui/form", {"title": "", "account": "<b>&"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert faults_of(html) == []
    assert "<title>Error: Every kind of field" in html
    assert '<a href="#id_title">Enter the title of the meeting</a>' in html
    assert "&lt;b&gt;&amp;" in html


@pytest.mark.django_db
def test_a_right_form_is_understood(client: Client) -> None:
    answer = client.post("/ui/form", GOOD | {"people": "12"})
    assert answer.status_code == 200
    assert "8 April 2019" in answer.content.decode()


# --- filters


def test_a_list_starts_unfiltered() -> None:
    assert SomeFilters(QueryDict("")).filters().chips == ()
    assert SomeFilters().chosen == {}


def test_each_chosen_filter_is_a_chip_that_can_be_taken_away() -> None:
    day = "since-day=1&since-month=2&since-year=2019"
    form = SomeFilters(QueryDict(f"state=Overdue&state=Done&{day}&page=4"))
    assert form.filters().chips == (
        Chip("State", "Overdue", f"?state=Done&{day}"),
        Chip("State", "Done", f"?state=Overdue&{day}"),
        Chip("Due after", "1 February 2019", "?state=Overdue&state=Done"),
    )


def test_a_senseless_filter_filters_nothing_and_says_so() -> None:
    form = SomeFilters(QueryDict("state=Lost&body=forum"))
    assert form.chosen == {"body": "forum"}
    assert "state" in form.errors


def test_a_filter_is_never_required() -> None:
    class Wrong(forms.FilterForm):
        words = forms.TextField("Words")

    with pytest.raises(ValueError, match="words"):
        Wrong()
