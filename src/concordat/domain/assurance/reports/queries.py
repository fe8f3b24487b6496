"""The reports there are, and one of them for a partnership as at a day.

A report is a name, a title and a function that makes a document of what was known by the day.
To add one, write its function and name it in `REPORTS`: the command line and pages read the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from concordat.craft.document import Document
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.queries import Arrangements
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near

__all__ = ["REPORTS", "Report", "made", "reports"]


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is what is asked for, `does` says in a sentence what it tells."""

    name: str
    title: str
    does: str
    make: Callable[[Actor, Partnership, date], Document]


def reports(actor: Actor) -> tuple[Report, ...]:
    return REPORTS


def made(actor: Actor, name: str, partnership: Partnership, as_at: date) -> Document:
    """One report as at a day, as known by then. Raises `Invalid` with near names."""
    found = next((each for each in REPORTS if each.name == name), None)
    if found is None:
        names = [each.name for each in REPORTS]
        likely = near(name, names) or names
        raise Invalid(
            f"There is no report “{name}”.", field="name", mend=f"Ask for {' or '.join(likely)}."
        )
    return found.make(actor, partnership, as_at)


def _arrangements(actor: Actor, partnership: Partnership, as_at: date) -> Document:
    """The version in force that day, or else the one that is being prepared."""
    row = _version_of(actor, partnership, as_at)
    live = arrangements.assembled(actor, row, as_at)
    return arrangements.typeset(actor, live.told(), mark=_mark(actor, row, as_at))


def _version_of(actor: Actor, partnership: Partnership, as_at: date) -> Arrangements:
    rows = list(arrangements.arrangements(actor, partnership))
    if not rows:
        raise Invalid(
            f"{partnership.name} has no version of its arrangements on record.",
            mend="Load a partnership file that has one, or begin one on its page.",
        )
    standing = [row for row in rows if row.from_text and row.in_force(as_at) == "yes"]
    waiting = [row for row in rows if not row.from_text]
    return (standing or waiting or rows)[-1]


def _mark(actor: Actor, row: Arrangements, as_at: date) -> str:
    """A text is a draft on every day before it was published."""
    mark = arrangements.mark_of(actor, row)
    return mark or ("" if row.published_on <= as_at.isoformat() else arrangements.DRAFT)


REPORTS = (
    Report(
        "arrangements",
        "Published arrangements",
        "How the partners keep children safe together, facts as at the day.",
        _arrangements,
    ),
)
