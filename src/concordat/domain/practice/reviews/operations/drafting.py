"""The draft of a report: its versions, and the way into clearance and back.

What is said of a draft, by whom, where, and what became of it, is kept by the rounds of comments
of its document.
"""

from __future__ import annotations

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Version
from concordat.domain.base.documents.operations import Upload, replace
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import (
    Agreement,
    Clearing,
    DisclosureCheck,
    LeakFound,
    Review,
)
from concordat.domain.practice.reviews.operations import asking, clearing, scanning
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations.desk_taking import moved, taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.clearance import Agreed
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
    before, stood = queries.newest(actor, row.draft), queries.text_of(actor, row)
    if row.draft is None:
        title = f"Report of {row.record.reference}"
        row.draft = desk_.keep_for_desk(actor, row, title, file, note)
        row.save()
    else:
        replace(
            desk_.desk_of(actor), document=row.draft, file=file, note=note,
            seen_version=row.draft.record.version,
        )  # fmt: skip
    newest = queries.newest(actor, row.draft)
    assert newest is not None  # noqa: S101 - it was put there above
    told = look_through(actor, row, newest, file)
    happened(
        actor, "draft of report put on file", row.record, reason=note.strip(),
        before={"sha256": before.digest if before else ""},
        after={"sha256": newest.digest, "gives away": told},
    )  # fmt: skip
    if row.stage_is is Stage.CLEARANCE:
        _void(actor, row, stood, f"{newest.in_words} took the place")
    return row


def _note(actor: Actor, review: Review) -> str:
    newest = queries.newest(actor, review.draft)
    return newest.note if newest else ""


def look_through(actor: Actor, row: Review, version: Version, file: Upload) -> int:
    """Scan a version as it comes in, and keep what was found; in how many places."""
    found = scanning.found_in(actor, row, [("The Word file", file.name, file.data)])
    kept(actor, row, version, [(f"{called}: {leak}", leak.whole) for called, leak in found])
    return len(found)


def kept(actor: Actor, row: Review, version: Version, found: list[tuple[str, bool]]) -> None:
    """What a scan of one version told, each once."""
    of = queries.version_of(actor, version)
    there = set(LeakFound.objects.filter(review=row, version=of).values_list("told", flat=True))
    fresh = {told[:400]: certain for told, certain in found if told[:400] not in there}
    LeakFound.objects.bulk_create(
        LeakFound(review=row, version=of, told=told, certain=certain, found_on=actor.on)
        for told, certain in fresh.items()
    )


def _void(actor: Actor, row: Review, before: str, why: str) -> None:
    """Say what was said of the text `before` and is void by this: signatures, checks, and what
    other partnerships agreed to, who are asked anew."""
    signed = Clearing.objects.filter(review=row, text=before).select_related("seat__record")
    checks = DisclosureCheck.objects.filter(review=row, text=before).select_related("seat")
    agreed = Agreement.objects.filter(review=row, state=Agreed.AGREED)
    told = {
        "signed": [each.seat.record.reference for each in signed],
        "checks": sum(each.clear is not None for each in checks),
        "agreed": [each.partnership.reference for each in agreed.select_related("partnership")],
    }
    if any(told.values()):
        happened(actor, "clearance voided", row.record, reason=why, before=told)
    for check in checks:
        asking.asked_no_more(actor, row, check.seat, Errand.REVIEW, "Another text")
    agreed.update(state=Agreed.ASKED, text="", answered_by="", answered_on=None, words="")
    asking.ask_step(actor, row)
    asking.ask_partnerships(actor, row)


@operation
def send_to_clearance(actor: Actor, *, review: Review, seen_version: int | None = None) -> Review:
    """Send the draft into clearance: every comment is answered, every agency's report is signed,
    and there is at least one finding. It is a new round: nothing that was said in an earlier one
    counts in it."""
    row = taken(actor, review, "send", seen_version=seen_version)
    if told := queries.lacks(actor, row):
        raise Refused(" ".join(told))
    moved(row, "send")
    row.round += 1
    row.save()
    newest = queries.newest(actor, row.draft)
    happened(
        actor, "report sent to clearance", row.record,
        after={"sha256": newest.digest if newest else "", "round": row.round},
    )  # fmt: skip
    clearing.ask_whose_word_is_owed(actor, row)
    asking.ask_step(actor, row)
    asking.ask_partnerships(actor, row)
    return row


@operation
def take_back(
    actor: Actor, *, review: Review, reason: str, seen_version: int | None = None
) -> Review:
    """Take a report back out of clearance, with the reason. What was said of it is void by that,
    also where the same file is sent in again."""
    row = taken(actor, review, "take back", seen_version=seen_version)
    why = desk.needed("reason", reason, "Say why it is taken back.")
    moved(row, "take back")
    row.save()
    asking.ask_nobody(actor, row, "Taken back")
    happened(actor, "report taken back", row.record, reason=why)
    _void(actor, row, queries.text_of(actor, row), why)
    return row
