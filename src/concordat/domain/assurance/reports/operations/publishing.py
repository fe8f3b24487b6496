"""A report published to boards: one paper, frozen as at a day, under a cover for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concordat.craft import formats
from concordat.domain.assurance.reports import queries, rules
from concordat.domain.assurance.reports.operations.issuing import went_out
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Meeting, Paper
from concordat.domain.governance.meetings.operations.papers import Cover, attach
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words

MOST_BOARDS = 12


@dataclass(frozen=True, slots=True)
class Edition:
    """What goes before the boards, and what every cover says unless a board is told otherwise."""

    title: str
    as_at: date
    purpose: Purpose = Purpose.NOTE
    purposes: Sequence[Status] = (Status.INFORMATION,)
    asks: Sequence[str] = ()
    presented_by: Post | None = None


def publish(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    edition: Edition,
    before: Sequence[Meeting],
) -> Paper:
    """Freeze the report of a day as a paper and put it before these meetings.

    The text is made before the act opens. Each body has the cover that it settled for itself;
    what was written in the report stands in its parts.
    """
    declared = rules.declared(report)
    if declared is None:
        raise Invalid(f"There is no report “{report}”.", field="report")
    if not edition.title.strip():
        raise Invalid("A paper needs a title.", field="title")
    if not 0 < len(before) <= MOST_BOARDS:
        raise Invalid(
            "Choose at least one meeting." if not before else "These are too many at once.",
            field="meetings", mend=f"Choose from 1 to {MOST_BOARDS}.",
        )  # fmt: skip
    can(actor, Verb.CHANGE, partnership.record).require()
    at_home = sorted(before, key=lambda each: each.partnership_id != partnership.pk)
    if at_home[0].partnership_id != partnership.pk:
        raise Invalid(
            f"None of these is a meeting of {partnership.name}, whose paper it is.",
            field="meetings", mend="Choose one of its own meetings too.",
        )  # fmt: skip
    out = _going_out(actor, edition, at_home)
    made = queries.made(actor, report, partnership, edition.as_at, out)
    return put_before_boards(
        actor,
        partnership=partnership,
        report=report,
        edition=edition,
        parts=queries.parts_of(actor, declared, partnership, edition.as_at),
        file=Upload(f"{report}-{edition.as_at.isoformat()}.pdf", formats.write(made, "pdf")),
        before=at_home,
    )


def _going_out(actor: Actor, edition: Edition, before: Sequence[Meeting]) -> rules.GoingOut:
    plain = _cover(actor, edition, {}).values | {
        "key": "",
        "dated": actor.on.isoformat(),
        "presented_by": edition.presented_by.key if edition.presented_by else "",
    }
    return rules.GoingOut(plain, queries.meetings_in_words(actor, before))


def _version(edition: Edition) -> str:
    return f"As at {day_in_words(edition.as_at)}"


@looked_at_first
@operation
def put_before_boards(
    actor: Actor,
    *,
    partnership: Partnership,
    report: str,
    edition: Edition,
    parts: dict[str, str],
    file: Upload,
    before: Sequence[Meeting],
) -> Paper:
    """One item, one paper with its text, and a place on each agenda, all or nothing."""
    take(partnership.pk, may=lambda record: can(actor, Verb.CHANGE, record))
    first, *others = before
    line = meetings.propose(
        actor, meeting=first, title=edition.title.strip()[:300], purpose=edition.purpose
    )
    meetings.take_on(actor, line=line)
    paper = meetings.want(actor, line=line, title=edition.title)
    paper = meetings.write(actor, paper=paper, cover=_cover(actor, edition, parts))
    attach(actor, paper=paper, file=file, note=_version(edition), seen_version=0)
    for each in others:
        meetings.put_before(actor, paper=paper, meeting=each, purpose=edition.purpose)
    went_out(actor, partnership=partnership, report=report, paper=paper, as_at=edition.as_at)
    return paper


def _cover(actor: Actor, edition: Edition, parts: dict[str, str]) -> Cover:
    return Cover(
        title=edition.title,
        author=actor.signature,
        presented_by=edition.presented_by,
        purposes=edition.purposes,
        asks=edition.asks,
        version=_version(edition),
        parts=parts,
    )
