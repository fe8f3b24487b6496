"""The verbs of what is owed, and how near its day is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity

SOON = 5
"""Days before the due day from which an ask is shown as due soon."""


DOUBT = "what is wrong about the seats of"
"""Begins what is asked when somebody new finds a fault; their name follows."""


class Errand(StrEnum):
    """What is asked of a seat. The first word of the row in My work."""

    ANSWER = "answer"
    APPROVE = "approve"
    COMMENT = "comment"
    CONFIRM = "confirm"
    GIVE = "give"
    KEEP = "keep"
    RATIFY = "ratify"
    READ = "read"
    REVIEW = "review"
    SIGN = "sign"
    UPDATE = "update"

    @property
    def button(self) -> str:
        return self.value.capitalize()


class Nearness(StrEnum):
    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    LATER = "later"
    NO_DATE = "no date"


def nearness(due: date | None, today: date) -> Nearness:
    """Overdue from the day after the due day; due soon within five days of it."""
    if due is None:
        return Nearness.NO_DATE
    left = (due - today).days
    if left < 0:
        return Nearness.OVERDUE
    return Nearness.DUE_SOON if left <= SOON else Nearness.LATER


A_WEEK = timedelta(days=7)


def is_for_the_week(due: date | None, today: date) -> bool:
    """Whether a weekly letter names it: late, due before the next letter, or without a day."""
    return due is None or due < today + A_WEEK


def place_of(page: str, openable: bool) -> str:
    """Where a letter leads: to the record's page, or beneath it to where access is decided for
    whoever decides that and may not open the record."""
    return page if openable else f"{page}/access"


def in_a_letter(errand: Errand, what: str, level: Sensitivity) -> str:
    """What is asked, the verb first; on something restricted no letter says what it is."""
    if level > Sensitivity.PARTNERSHIP:
        return f"{errand.button} what is asked of you"
    return f"{errand.button} {what.removeprefix(errand.button).strip()}"


def asked_in_words(told: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """What was asked of whom and by when, from what an event keeps of it."""
    seat = told.get("seat") or told.get("of") or "a seat"
    what = _errand(told.get("to"), told.get("what"))
    when = f", by {_day(told['due'])}" if told.get("due") else ", with no date"
    earlier = f" It was {_day(before['due'])} before." if before.get("due") else ""
    return f"Of {seat}: {what}{when}.{earlier}"


def cleared_in_words(told: Mapping[str, Any]) -> str:
    """What is no longer asked, of whom, and why."""
    asked = [f"{seat}: {_errand(told.get('to'), what)}" for seat, what in told.get("asked", [])]
    said = ". ".join([*asked, str(told.get("outcome", ""))]).strip(". ")
    return f"{said}." if said else ""


def handed_on_in_words(told: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    what = f": {_errand(told.get('to'), told['what'])}" if told.get("what") else ""
    seats = [each.get("role") or each.get("seat") for each in (before, told)]
    return f"From {seats[0]} to {seats[1]}{what}."


def _errand(to: object, what: object) -> str:
    """The verb and what follows it, the verb once."""
    verb = str(to or "")
    return f"{verb} {str(what or '').removeprefix(verb.capitalize()).strip()}".strip()


def _day(told: object) -> str:
    try:
        return day_in_words(date.fromisoformat(str(told)))
    except ValueError:
        return str(told)


def why_me(office: str, title: str, deputy: bool) -> str:
    """Why a row reached this person, in words."""
    seat = title if title.lower() == office else f"{title} ({office})"
    return f"You deputise for the {seat}" if deputy else f"You are the {seat}"
