"""What a rapid review may come to, what the partners think of a national review, and what the
national body answers. The national body alone decides on a national review: the partners' word
on it is a view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.errors import Fault, Invalid


class Outcome(StrEnum):
    LOCAL = "local review"
    OLD = "serious case review"
    LEARNING = "other learning"
    NONE = "no further review"

    @property
    def label(self) -> str:
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.LOCAL: "A local child safeguarding practice review",
    Outcome.OLD: "A serious case review of the old board",
    Outcome.LEARNING: "Other learning, without a review",
    Outcome.NONE: "No further review",
}


def offered(old: bool) -> tuple[Outcome, ...]:
    first = Outcome.OLD if old else Outcome.LOCAL
    return (first, Outcome.LEARNING, Outcome.NONE)


def panel_fault(*, old: bool, held: date | None, on: date, named: bool, without: str) -> str:
    """What is wrong about the meeting at which it was decided, or nothing. The partners decide
    together, at a meeting that was held or with the reason for none; before an area's go-live the
    old board's chair decides alone. `held` is the day of the meeting that is named."""
    if old or (not named and without.strip()):
        return ""
    if not named:
        return "Choose the meeting at which it was decided, or say why there was none."
    if held is None or held > on:
        return "That meeting is still to come."
    return ""


class National(StrEnum):
    """The partners' view of a national review."""

    FITS = "fits"
    NOT = "does not fit"
    UNSURE = "no settled view"

    @property
    def label(self) -> str:
        return "No settled view" if self is National.UNSURE else f"A national review {self.value}"


class Reply(StrEnum):
    """What the national body answers."""

    AGREES = "agrees"
    QUERIES = "queries"
    NATIONAL = "takes up a national review"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Recipient:
    """A national body that is told, with the days on which it was the one."""

    name: str
    short: str
    first: date
    last: date | None = None


RECIPIENTS = (
    Recipient(
        "National Panel of Independent Experts on Serious Case Reviews",
        "national panel of experts",
        date(2013, 6, 1), date(2018, 6, 28),
    ),
    Recipient(
        "Child Safeguarding Practice Review Panel", "Panel", date(2018, 6, 29),
    ),
)  # fmt: skip
"""Dated, since another body may take its place. Children Act 2004 s.16A from 29 June 2018."""


def national_body(on: date) -> Recipient:
    """Whom a notification and a rapid review go to on a day. Raises `Invalid` for none."""
    for each in RECIPIENTS:
        if each.first <= on and (each.last is None or on <= each.last):
            return each
    raise Invalid("No national body is on file for that day.", field="on", mend="Check the day.")


def reasons_of(criteria: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """The reason against each criterion. Raises `Invalid` beside each that has none."""
    missing = [key for key in criteria if not told.get(key, "").strip()]
    if missing:
        raise Invalid(
            [
                Fault(
                    f"There is no reason for “{criteria[key]}”.",
                    field=f"c_{key}",
                    mend="Say whether it is met, and why.",
                )
                for key in missing
            ]
        )
    return {key: told[key].strip() for key in criteria}
