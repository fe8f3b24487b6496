"""The draft of a report: its versions, and the way into clearance and back.

What is said of a draft, by whom, where, and what became of it, is kept by the rounds of comments
of its document.
"""

from __future__ import annotations

from concordat.domain.base.documents.operations import Upload, add, replace
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    Clearing,
    DisclosureCheck,
    LeakFound,
    Review,
)
from concordat.domain.practice.reviews.operations import asking, scanning
from concordat.domain.practice.reviews.operations.desk_taking import moved, taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@looked_at_first
@operation
def put_draft(
    actor: Actor, *, review: Review, file: Upload, note: str = "", seen_version: int | None = None
) -> Review:
    """Put the report's draft on file, or a newer version in its place. It is a Word file, from
    which the page and the PDF are made. In clearance a newer version voids every signature."""
    row = taken(
        actor, review, seen_version=seen_version, mine={"note": note.strip()},
        theirs={"note": _note(actor, review)},
    )  # fmt: skip
    if not file.name.lower().endswith(".docx"):
        raise Invalid("The report is a Word file.", field="file", mend="Save it as .docx.")
    before = queries.newest(actor, row.draft)
    if row.draft is None:
        row.draft = add(
            actor, partnership=row.partnership, title=f"Report of {row.record.reference}",
            file=file, about=row.record, note=note,
        )  # fmt: skip
        row.save()
    else:
        replace(
            actor, document=row.draft, file=file, note=note,
            seen_version=row.draft.record.version,
        )  # fmt: skip
    newest = queries.newest(actor, row.draft)
    assert newest is not None  # noqa: S101 - it was put there above
    told = look_through(actor, row, newest.digest, file)
    happened(
        actor, "draft of report put on file", row.record, reason=note.strip(),
        before={"sha256": before.digest if before else ""},
        after={"sha256": newest.digest, "gives away": told},
    )  # fmt: skip
    if row.stage_is is Stage.CLEARANCE:
        _void(actor, row, newest.in_words)
    return row


def _note(actor: Actor, review: Review) -> str:
    newest = queries.newest(actor, review.draft)
    return newest.note if newest else ""


def look_through(actor: Actor, row: Review, digest: str, file: Upload) -> int:
    """Scan a version as it comes in, and keep what was found; in how many places."""
    found = scanning.found_in(actor, row, [("The Word file", file.name, file.data)])
    kept(actor, row, digest, [(f"{called}: {leak}", leak.whole) for called, leak in found])
    return len(found)


def kept(actor: Actor, row: Review, digest: str, found: list[tuple[str, bool]]) -> None:
    """What a scan of one file told, each once."""
    there = set(LeakFound.objects.filter(review=row, digest=digest).values_list("told", flat=True))
    fresh = {told[:400]: certain for told, certain in found if told[:400] not in there}
    LeakFound.objects.bulk_create(
        LeakFound(review=row, digest=digest, told=told, certain=certain, found_on=actor.on)
        for told, certain in fresh.items()
    )


def _void(actor: Actor, row: Review, version: str) -> None:
    """Say whose signature a newer version voided; the first step is asked anew."""
    signed = Clearing.objects.filter(review=row).exclude(digest="").select_related("seat__record")
    told = [each.seat.record.reference for each in signed]
    checks = DisclosureCheck.objects.filter(review=row, clear__isnull=False).count()
    if told or checks:
        happened(
            actor, "clearance voided", row.record, reason=f"{version} took the place",
            before={"signed": told, "checks": checks},
        )  # fmt: skip
    asking.ask_step(actor, row)


@operation
def send_to_clearance(actor: Actor, *, review: Review, seen_version: int | None = None) -> Review:
    """Send the draft into clearance: every comment is answered, every agency's report is signed,
    and there is at least one finding."""
    row = taken(actor, review, "send", seen_version=seen_version)
    if told := queries.lacks(actor, row):
        raise Refused(" ".join(told))
    moved(row, "send")
    row.save()
    happened(
        actor, "report sent to clearance", row.record,
        after={"sha256": queries.digest_of(actor, row)},
    )  # fmt: skip
    asking.ask_step(actor, row)
    return row


@operation
def take_back(
    actor: Actor, *, review: Review, reason: str, seen_version: int | None = None
) -> Review:
    """Take a report back out of clearance, with the reason."""
    row = taken(actor, review, "take back", seen_version=seen_version)
    why = desk.needed("reason", reason, "Say why it is taken back.")
    moved(row, "take back")
    row.save()
    asking.ask_nobody(actor, row, "Taken back")
    happened(actor, "report taken back", row.record, reason=why)
    return row
