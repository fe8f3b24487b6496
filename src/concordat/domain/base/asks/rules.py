"""The verbs of what is owed, and how near its day is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

SOON = 5
"""Days before the due day from which an ask is shown as due soon."""


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


def why_me(office: str, title: str, deputy: bool) -> str:
    """Why a row reached this person, in words."""
    seat = title if title.lower() == office else f"{title} ({office})"
    return f"You deputise for the {seat}" if deputy else f"You are the {seat}"
