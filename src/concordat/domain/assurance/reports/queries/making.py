"""The reports there are, and each of them for a partnership as at a day.

The arrangements are assembled by their own package; every other report is declared in `rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from concordat.craft.document import Document
from concordat.domain.assurance.reports import rules
from concordat.domain.assurance.reports.queries.narrative import narrative_of
from concordat.domain.assurance.reports.queries.rows import ground_of
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import known_by
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.queries import Arrangements
from concordat.domain.governance.arrangements.rules import text
from concordat.domain.governance.programme import queries as programme
from concordat.domain.governance.programme.rules.highlights import month_of
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is what is asked for, `does` says in a sentence what it tells."""

    name: str
    title: str
    does: str
    make: Callable[[Actor, Partnership, date, rules.GoingOut | None], Document]


def reports(actor: Actor) -> tuple[Report, ...]:
    return REPORTS


def made(
    actor: Actor,
    name: str,
    partnership: Partnership,
    as_at: date,
    going_out: rules.GoingOut | None = None,
) -> Document:
    """One report as at a day, as known by then. Raises `Invalid` with near names.

    `going_out` is the paper as which it is about to go out: its text tells of that one.
    """
    found = next((each for each in REPORTS if each.name == name), None)
    if found is None:
        names = [each.name for each in REPORTS]
        likely = near(name, names) or names
        raise Invalid(
            f"There is no report “{name}”.", field="name", mend=f"Ask for {' or '.join(likely)}."
        )
    return found.make(actor, partnership, as_at, going_out)


def assembled(
    actor: Actor,
    report: rules.Declared,
    partnership: Partnership,
    as_at: date,
    going_out: rules.GoingOut | None = None,
) -> rules.Assembled:
    """A declared report as at a day. Raises `Invalid` where narrative goes round in a circle."""
    texts = texts_of(actor, report, partnership, as_at)
    if faults := [fault for _, fault in rules.tangles(report, texts)]:
        raise Invalid(faults)
    ground = replace(ground_of(actor, partnership, as_at), report=report.name, going_out=going_out)
    return rules.assemble(report, ground, texts)


def texts_of(
    actor: Actor, report: rules.Declared, partnership: Partnership, on: date
) -> dict[str, str]:
    found = narrative_of(actor, partnership, report.name, on)
    return {section: row.text for section, row in found.items() if row.text}


def compared(
    actor: Actor, report: rules.Declared, partnership: Partnership, one: date, other: date
) -> list[text.Change]:
    """What differs between a report as at two days, in the order of the second."""
    first = assembled(actor, report, partnership, one)
    second = assembled(actor, report, partnership, other)
    return text.changes(first.told(), second.told())


def _declared(
    report: rules.Declared,
    actor: Actor,
    partnership: Partnership,
    as_at: date,
    going_out: rules.GoingOut | None,
) -> Document:
    live = assembled(actor, report, partnership, as_at, going_out)
    return arrangements.typeset(actor, live.told(), mark="")


def _arrangements(
    actor: Actor, partnership: Partnership, as_at: date, _going_out: rules.GoingOut | None
) -> Document:
    """The version in force that day, or else the one that is being prepared."""
    row = _version_of(actor, partnership, as_at)
    live = arrangements.assembled(actor, row, as_at)
    return arrangements.typeset(actor, live.told(), mark=_mark(actor, row, as_at))


def _highlights(
    actor: Actor, partnership: Partnership, as_at: date, _going_out: rules.GoingOut | None
) -> Document:
    """What changed in the month of the day, in every programme of the partnership that was known
    by then. A date that was planned again since is told as it stands now."""
    then = replace(actor, on=as_at)
    rows = list(programme.programmes(then, partnership).filter(known_by(as_at)))
    if not rows:
        raise Invalid(
            f"{partnership.name} has no programme on record that was known by then.",
            mend="Ask for a later day, or begin one on its page.",
        )
    told = programme.highlights_told(then, partnership, rows, month_of(as_at))
    return arrangements.typeset(actor, told, mark="")


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
    if mark := arrangements.mark_of(actor, row):
        return mark
    published = UncertainDate.parse(row.published_on) if row.published_on else None
    shown = published is None or not published.certainly_after(as_at)
    return "" if shown else arrangements.DRAFT


REPORTS = (
    Report(
        "arrangements",
        "Published arrangements",
        "How the partners keep children safe together, facts as at the day.",
        _arrangements,
    ),
    Report(
        "highlights",
        "Highlight report",
        "What changed in the programmes in the month of the day, and what comes next.",
        _highlights,
    ),
    *(
        Report(each.name, each.title, each.does, partial(_declared, each))
        for each in rules.DECLARED
    ),
)
