"""Publishing the improvements alone, where it is not appropriate to publish the report itself.

The partners then publish information about the improvements that should be made, and give the
Panel and the Secretary of State the reasons with it (Children and Social Work Act 2017, section
17; rows LC-PUBLISH and LC-DELAY-4). What tells of the improvements is cleared, checked and scanned
like a report; the report stays on file and is cleared by nobody.
"""

from __future__ import annotations

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Review
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.operations.drafting import look_through
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


def _under_way(row: Review) -> None:
    if row.stage_is is Stage.CLEARANCE:
        raise Refused("It is in clearance. Take it back out of clearance first.")
    if row.stage_is is not Stage.UNDER_WAY:
        raise Refused("The terms of the review are to be agreed first.")


@looked_at_first
@operation
def publish_improvements_instead(
    actor: Actor, *, review: Review, reason: str, file: Upload, seen_version: int | None = None
) -> Review:
    """Keep the report back and put a Word file on file that tells of the improvements alone. It
    goes into clearance in the report's place. `reason` is what the Panel and the Secretary of
    State are given with it.

    Raises `Refused` before there is a report: what is kept back has to be there.
    """
    row = taken(
        actor, review, verb=Verb.ADMIT, seen_version=seen_version, mine={"reason": reason}
    )  # fmt: skip
    _under_way(row)
    why = desk.needed("reason", reason, "Say why the report is not published.")
    if row.instead_on:
        raise Refused("The improvements are published in its place already.")
    if row.draft is None:
        raise Refused("There is no report yet. Put it on file first.")
    if not file.name.lower().endswith(".docx"):
        raise Invalid("It is a Word file.", field="file", mend="Save it as .docx.")
    row.report, row.instead_why = row.draft, why
    row.instead_by, row.instead_on = actor.signature[:200], actor.on
    title = f"Improvements after {row.record.reference}"
    row.draft = desk_.keep_for_desk(actor, row, title, file, "")
    row.save()
    newest = queries.newest(actor, row.draft)
    assert newest is not None  # noqa: S101 - it was put there above
    told = look_through(actor, row, newest, file)
    happened(
        actor, "report kept back", row.record, reason=why,
        before={"report": row.report.record.reference},
        after={"sha256": newest.digest, "gives away": told},
    )  # fmt: skip
    return row


@operation
def publish_report_after_all(
    actor: Actor, *, review: Review, reason: str, seen_version: int | None = None
) -> Review:
    """Clear and publish the report itself. What told of the improvements stays on file."""
    row = taken(
        actor, review, verb=Verb.ADMIT, seen_version=seen_version, mine={"reason": reason}
    )  # fmt: skip
    _under_way(row)
    why = desk.needed("reason", reason, "Say why the report can be published.")
    if row.report is None:
        raise Refused("The report is not kept back.")
    before = row.instead_why
    row.draft, row.report = row.report, None
    row.instead_why, row.instead_by, row.instead_on = "", "", None
    row.save()
    happened(
        actor, "report published after all", row.record, reason=why, before={"why": before}
    )  # fmt: skip
    return row
