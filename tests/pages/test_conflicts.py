"""Every form that edits a row carries the version that it shows, and a conflict loses nothing.

The forms are found by walking every address, so that a new one is held to this by being there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.db import transaction
from django.test import Client

from concordat.domain.base.records.models import Event
from tests.markup import faults_of
from tests.pages.furnished import Furnished
from tests.pages.routes import routes
from tests.pages.signed_in import as_

CARRIED = ("csrfmiddlewaretoken", "form_key", "seen_version")
MINE = "Words of mine"
ADDS = {
    "actions:add": "adds an action; where it comes from is a suggestion",
    "arrangements:delegate": "adds a delegation; the day is a suggestion",
    "arrangements:end_delegation": "ends a delegation once; the day is a suggestion",
    "arrangements:text_follow": "begins a version; its title is a suggestion",
    "arrangements:text_send": "adds what was sent; the day is a suggestion",
    "chronologies:export": "makes a file; that it is by label is a suggestion",
    "chronologies:open": "opens a chronology; its columns and days are a suggestion",
    "desk:commission": "begins a review; who leads it is a suggestion",
    "diaries:add_for_post": "adds a pattern; the first day is a suggestion",
    "diaries:begin_year": "asks for a plan; its days and times are a suggestion",
    "diaries:make_feed": "adds an address; whose calendar it is of is a suggestion",
    "documents:add": "adds a document; who may open it is a suggestion",
    "documents:record_comment": "adds a comment; the version that it is about is a suggestion",
    "finance:add_cost": "adds a cost; what kind it is is a suggestion",
    "finance:formula": "adds a formula; its title is a suggestion",
    "finance:new_dispute": "records a disagreement; what it is about is a suggestion",
    "finance:open": "opens a budget; the year is a suggestion",
    "mail:invite": "invites a guest; the days are a suggestion",
    "meetings:answer_letter": "adds a letter; whom it answers is a suggestion",
    "meetings:draft_answer": "adds a letter; to whom it goes is a suggestion",
    "meetings:declare": "adds an interest; whose it is is a suggestion",
    "meetings:propose": "adds an item; who may open it is a suggestion",
    "meetings:want": "asks for a paper; its title is a suggestion",
    "people:invite": "sends a new invitation; the address is a suggestion",
    "recommendations:bring": "adds what a sheet says; for which partnership is a suggestion",
    "recommendations:draft": "adds a draft; whose it is is a suggestion",
    "recommendations:take_over": "adds what was accepted before; whose it is is a suggestion",
    "reports:publish": "adds a paper; its title is a suggestion",
    "reviews:incidents_await": "sends a link; whose it is is a suggestion",
    "requests:draft": "adds a draft; whose it is is a suggestion",
    "reviews:escalation_raise": "raises a disagreement; where it is is a suggestion",
    "reviews:refer": "adds a referral; where it goes is a suggestion",
    "reviews:referral_group": "begins a row; whose it is is a suggestion",
    "reviews:referral_invite": "invites a guest; for whom is a suggestion",
    "reviews:route_say": "begins a row; whose it is is a suggestion",
    "risks:new_register": "opens a register; its scheme is a suggestion",
    "seats:join": "adds a person; the day is a suggestion",
    "seats:leaving": "ends what a person holds; the day is a suggestion",
    "seats:moving": "moves a person to another post; the day is a suggestion",
    "seats:new_seat": "adds a seat; the number is a suggestion",
    "seats:take_post": "adds an incumbency; the day is a suggestion",
}
"""Forms that come filled in and edit no row."""


LEFT_EMPTY = {
    "agencies:door": ("link",),
    "agencies:note": ("link",),
    "clocks:meet": ("proof_record",),
    "desk:point": ("record",),
    "desk:rests": ("record",),
    "recommendations:accept": ("decision",),
    "recommendations:refuse": ("decision",),
    "recommendations:value": ("record",),
    "risks:accept": ("decision",),
    "clocks:set_local_rule": ("tightens",),
    "seats:terms": ("rhythm",),
}
"""What has a form of its own, or would have to name something that is there."""

NAMES_ANOTHER = {"actions:supersede", "desk:family_add", "meetings:agree_minutes",
                 "policies:supersede"}  # fmt: skip
"""Forms that ask for a second thing of the kind, or for one of a family, which is not here."""

LAST = {"second"}
"""Choices that must differ from another: the last that is offered."""

DATES = {"agreed_on", "date", "earliest", "from_text", "latest", "review_on", "stated_text"}
DATES |= {"at", "done_on", "due", "forecast", "report_due", "to_text", "until"}
"""Boxes that take a date as it is said."""

TYPED = {"phone": "020 7946 0000", "after_hours": "020 7946 0000", "time": "16:10",
         "known_time": "16:10", "sent_time": "16:10", "died_time": "16:10",
         "came": "10:05", "left": "11:30", "amount": "£5", "days": "1", "more": "1",
         "begins": "10:00", "starts": "10:05", "ends": "11:30",
         "target": "5", "value": "5", "share": "50"}  # fmt: skip

SURE = {"arrangements:go_live": {"sure": "yes"}}
"""What a check page adds to the form that leads to it."""


@dataclass(frozen=True)
class Found:
    """A form as a browser got it: where, and what each of its controls holds."""

    name: str
    address: str
    form: Element

    def controls(self) -> Iterator[Element]:
        for each in self.form.iter():
            if each.tag in ("input", "select", "textarea") and each.get("name"):
                yield each

    @property
    def version(self) -> str:
        return next(
            (c.get("value", "") for c in self.controls() if c.get("name") == CARRIED[2]), ""
        )

    @property
    def is_filled(self) -> bool:
        """Whether it shows something that is on record, or suggests it."""
        shown = (c for c in self.controls() if c.get("type") != "hidden")
        return any(_value(control) for control in shown)

    @property
    def has_file(self) -> bool:
        return any(control.get("type") == "file" for control in self.controls())

    def sent(self) -> dict[str, Any]:
        """What a person sends who fills in what is empty."""
        told: dict[str, Any] = {}
        spared = LEFT_EMPTY.get(self.name, ())
        for control in self.controls():
            name = str(control.get("name"))
            value = _value(control)
            if name not in spared:
                value = value or _filled(control, name)
            if value and (control.get("type") != "radio" or name not in told or _value(control)):
                told[name] = value
        return told


def _value(control: Element) -> str:
    if control.tag == "textarea":
        return (control.text or "").strip()
    if control.tag == "select":
        chosen = [o for o in control.iter("option") if o.get("selected") is not None]
        return chosen[0].get("value", "") if chosen else ""
    if control.get("type") in ("radio", "checkbox"):
        return control.get("value", "") if control.get("checked") is not None else ""
    return control.get("value", "")


def _filled(control: Element, name: str) -> str:
    if control.tag == "select":
        offered = [option.get("value", "") for option in control.iter("option")]
        offered = offered[::-1] if name in LAST else offered
        return next((value for value in offered if value), "")
    if control.get("type") in ("radio", "checkbox"):
        return control.get("value", "")
    part = name.rpartition("-")[2]
    if control.get("inputmode") == "numeric" and part == name:
        return "5"
    if control.get("inputmode") == "decimal":
        return "£5"
    if name in DATES:
        return "29 March 2019"
    days = {"day": "29", "month": "3", "year": "2019"} | TYPED
    return days.get(part, MINE if control.get("type") in (None, "text") else "")


def _forms(browser: Client, stands: Furnished) -> Iterator[Found]:
    for route in routes():
        for shown, address in route.addresses(stands):
            if shown in ("", "partnership", "restricted"):
                answer = browser.get(address)
                if answer.status_code == 200 and b'id="page-form"' in answer.content:
                    form = _form(answer.content.decode())
                    yield Found(route.name, form.get("action") or address, form)


def _form(html: str) -> Element:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return next(each for each in root.iter("form") if each.get("id") == "page-form")


def test_each_form_that_edits_a_row_carries_a_version(stands: Furnished) -> None:
    found = list(_forms(as_(stands.house.manager), stands))
    assert len(found) > 30, "the walk met too few forms to prove anything"
    filled = {each.name for each in found if each.is_filled}
    bare = {each.name for each in found if each.is_filled and not each.version}
    assert bare - ADDS.keys() == set(), "give these forms seen_version, or say why not"
    assert ADDS.keys() - filled == set(), "these need no mention any more"


def test_a_conflict_shows_both_texts_and_keeps_everything(stands: Furnished) -> None:
    browser = as_(stands.house.manager)
    found = [each for each in _forms(browser, stands) if each.version and not each.has_file]
    versioned = [each for each in found if int(each.version)]
    told = {each.name: _conflict(browser, each) for each in versioned}
    faults = [f"{name}: {wrong}" for name, wrong in told.items() if wrong]
    assert not faults, "\n".join(faults)
    assert len(told) >= 12, sorted(told)


def _conflict(browser: Client, found: Found) -> str:
    """Send a form against an older version: 409, nothing done, and mine can be kept."""
    sent = found.sent() | {"seen_version": str(int(found.version) - 1)} | SURE.get(found.name, {})
    with transaction.atomic():
        before = Event.objects.count()
        answer = browser.post(found.address, sent)
        done = Event.objects.count() - before
        html = answer.content.decode()
        wrong = "something was done" if done else _kept(browser, found, sent, html)
        if answer.status_code == 422:
            wrong = "" if found.name in NAMES_ANOTHER else f"was not understood: {_told(html)}"
        elif answer.status_code != 409:
            wrong = f"answered {answer.status_code}"
        transaction.set_rollback(True)
    return wrong


def _told(html: str) -> str:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    summary = (e for e in root.iter("div") if "govuk-error-summary" in e.get("class", ""))
    return " ".join(" ".join(" ".join(e.itertext()) for e in summary).split())


WORDS = ("changed this first", "What you typed", "What is saved now", "Take theirs", "Keep mine")


def _kept(browser: Client, found: Found, sent: dict[str, Any], html: str) -> str:
    missing = [each for each in WORDS if each not in html]
    if missing or (faults := faults_of(html)):
        return f"lacks {missing}" if missing else str(faults)
    again = Found(found.name, found.address, _form(html))
    if again.version != found.version:
        return "does not carry the version that stands now"
    typed = {name: value for name, value in sent.items() if name not in (*CARRIED, "sure")}
    lost = {name: value for name, value in typed.items() if again.sent().get(name) != value}
    if lost:
        return f"lost {lost}"
    kept = browser.post(found.address, again.sent())
    return "mine could not be kept" if kept.status_code == 409 else ""
