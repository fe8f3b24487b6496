"""Keeping the lists of a review: what is planned for a day, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.models import Entry, Review
from concordat.domain.practice.reviews.operations import desk_taking as desk_
from concordat.domain.practice.reviews.operations import scanning
from concordat.domain.practice.reviews.operations.desk_asking import ask_what_is_next
from concordat.domain.practice.reviews.operations.desk_taking import taken
from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import LISTS, List, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words


@operation
def add_entry(
    actor: Actor,
    *,
    review: Review,
    kind: List,
    what: str,
    who: str = "",
    planned: date | None = None,
    more: str = "",
    agency: Agency | None = None,
    seen_version: int | None = None,
) -> Entry:
    """Put something on a list of a review: what, whose it is, and for which day."""
    kept = LISTS[kind]
    row = _taken(actor, review, kind, seen_version)
    told = desk.needed("what", what, "Say what it is.", desk.LONGEST_LINE)
    whose = who.strip()
    if kept.who_needed:
        whose = desk.needed("who", who, "Say who, by role.", desk.LONGEST_LINE)
    if kind is List.FAMILY:
        _is_label(actor, row, whose)
    if agency and agency not in queries.agencies_of(actor, row):
        raise Invalid("This agency takes no part.", field="agency")
    made = Entry.objects.create(
        review=row,
        kind=kind,
        what=told,
        who=whose[: desk.LONGEST_LINE],
        agency=agency,
        more=more.strip(),
        planned=planned,
        made_by=actor.signature[:200],
        made_on=actor.on,
    )
    happened(actor, f"{kept.noun} planned", row.record, after={"what": told, "by": planned})
    ask_what_is_next(actor, row)
    return made


def _taken(
    actor: Actor,
    review: Review,
    kind: List,
    seen_version: int | None,
    mine: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
) -> Review:
    """Learning products go on after publication; the other lists end with the review."""
    also = (Stage.PUBLISHED,) if kind is List.PRODUCT else ()
    return taken(actor, review, seen_version=seen_version, also=also, mine=mine, theirs=theirs)


def _is_label(actor: Actor, row: Review, who: str) -> None:
    known = {each.casefold() for each in queries.labels(actor, row)}
    if who.casefold() not in known:
        raise Invalid(
            f"“{who}” is no label of the family.", field="who", mend="Choose a label, not a name."
        )


@operation
def plan_anew(
    actor: Actor,
    *,
    entry: Entry,
    planned: date,
    reason: str = "",
    who: str | None = None,
    seen_version: int | None = None,
) -> Entry:
    """Give it another day, with the reason, or say whose work it is where the list leaves that
    open; the event keeps what was before."""
    stands = Entry.objects.get(pk=entry.pk)
    row, held = _held(
        actor, entry, seen_version,
        {"planned": day_in_words(planned), "reason": reason, "who": who or ""},
        {"planned": day_in_words(stands.planned) if stands.planned else "no day",
         "who": stands.who},
    )  # fmt: skip
    before = {"by": held.planned, "who": held.who}
    if planned != held.planned:
        desk.needed("reason", reason, "Say why the day is another.")
    if who is not None and not LISTS[held.list_is].who_needed:
        held.who = who.strip()[: desk.LONGEST_LINE]
    held.planned = planned
    held.save(update_fields=["planned", "who"])
    noun = LISTS[held.list_is].noun
    happened(
        actor, f"{noun} planned anew", row.record, reason=reason.strip(), before=before,
        after={"what": held.what, "by": planned, "who": held.who},
    )  # fmt: skip
    ask_what_is_next(actor, row)
    return held


def _held(
    actor: Actor,
    entry: Entry,
    seen_version: int | None,
    mine: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
) -> tuple[Review, Entry]:
    row = _taken(actor, entry.review, entry.list_is, seen_version, mine, theirs)
    held = Entry.objects.select_related("review__record", "document__record").get(pk=entry.pk)
    if held.is_over:
        raise Refused("What came of this is told already.")
    return row, held


@looked_at_first
@operation
def tell_outcome(
    actor: Actor,
    *,
    entry: Entry,
    outcome: str,
    on: date,
    words: str = "",
    file: Upload | None = None,
    seen_version: int | None = None,
) -> Entry:
    """Say what came of it, on which day; with the document where there is one.

    A learning product is scanned like the report: one that gives somebody away is refused.
    """
    row, held = _held(actor, entry, seen_version)
    came = desk.outcome(held.list_is, outcome)
    if on > actor.on:
        raise Invalid(f"{day_in_words(on)} has not come yet.", field="on")
    if came.reason:
        desk.needed("words", words, "Say why, or what is to be mended.")
    if file is not None:
        held.document = _kept(actor, row, held, file)
    held.outcome, held.outcome_on = came.key, on
    held.outcome_words, held.outcome_by = words.strip(), actor.signature[:200]
    held.save()
    noun = LISTS[held.list_is].noun
    happened(
        actor, f"{noun}: {came.text.lower()}", row.record, reason=held.outcome_words,
        after={"what": held.what, "on": on},
    )  # fmt: skip
    ask_what_is_next(actor, row)
    return held


def _kept(actor: Actor, row: Review, held: Entry, file: Upload) -> Document:
    if not LISTS[held.list_is].file:
        raise Invalid("No file is kept with this.", field="file")
    if held.list_is is List.PRODUCT:
        scanning.refuse_leaks(actor, row, file)
    made = desk_.keep(actor, row, held.what, file, LISTS[held.list_is].noun.capitalize())
    if held.list_is is List.PRODUCT and row.stage_is is Stage.PUBLISHED:
        desk_.free_papers(actor, row, [made.record], "The review is published.")
    return made
