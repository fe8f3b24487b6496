"""What may be uploaded, who signs a version off, and what the public is served."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

KINDS = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg")
MEGABYTES = 20
LIMIT = MEGABYTES * 1_000_000
"""Bytes that one file may have."""
LIMITS_IN_WORDS = (
    "A PDF, a Word, Excel or OpenDocument file, a CSV or text file, or a PNG or JPEG picture, "
    f"up to {MEGABYTES} MB. We refuse files with macros, passwords or hidden programs."
)
LONGEST_NOTE = 500
LONGEST_WORDING = 300


class SignState(StrEnum):
    """Where one seat's sign-off of a document stands."""

    ASKED = "asked"
    SIGNED = "signed"
    VOIDED = "voided"


class PublishState(StrEnum):
    NOT_PUBLISHED = "not published"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STATES = States(
    [
        Move("publish", PublishState.NOT_PUBLISHED, PublishState.PUBLISHED),
        Move("publish", PublishState.PUBLISHED, PublishState.PUBLISHED, note="a newer version"),
        Move("withdraw", PublishState.PUBLISHED, PublishState.WITHDRAWN, note="with a reason"),
        Move("publish", PublishState.WITHDRAWN, PublishState.PUBLISHED),
    ],
    PublishState.NOT_PUBLISHED,
)


def short_form(digest: str) -> str:
    """The first 48 bits of a digest as people compare them: 3f2a-91bc-0d4e."""
    return "-".join(digest[at : at + 4] for at in range(0, 12, 4))


def version_in_words(number: int, digest: str) -> str:
    return f"Version {number} ({short_form(digest)})"


def is_wording(wording: str) -> Verdict:
    """Whether it says in which limb of authority a seat signs, such as "commits resources"."""
    if not wording.strip():
        return no("Say what you sign with: in what capacity, and what it commits you to.")
    if len(wording) > LONGEST_WORDING:
        return no(f"Say it in {LONGEST_WORDING} characters or fewer.")
    return yes()


def may_be_asked(office: Office) -> Verdict:
    """Whether a seat of this office signs documents off at all."""
    if office in offices_that_may(Verb.SIGN):
        return yes()
    may = " or ".join(sorted(each.value for each in offices_that_may(Verb.SIGN)))
    return no(f"Only the seat of a {may} signs documents off.")


def holds_seat(actor: Actor, seat: UUID) -> Verdict:
    """Whether the actor sits in this very seat: nobody signs for a seat of others."""
    if actor.kind in (Kind.PERSON, Kind.ACTING_FOR) and seat in {each.seat for each in actor.seats}:
        return yes()
    return no("You do not hold this seat, so you cannot sign for it.")


def may_void(actor: Actor, seat: UUID, *, signs: Verdict, secretariat: Verdict) -> Verdict:
    """Whoever signs for the seat takes its sign-off back, and so may the secretariat.

    `signs` and `secretariat` say whether the actor may sign and change the document at all: who
    acts for somebody in reading alone takes nothing back.
    """
    own = holds_seat(actor, seat)
    return signs if own else secretariat


def may_publish(level: Sensitivity) -> Verdict:
    """What is held more closely than the partnership is opened to it before it is published."""
    if level > Sensitivity.PARTNERSHIP:
        return no(f"This is {level.label.lower()}. Open it to the partnership before publishing.")
    return yes()


def is_served(level: Sensitivity, withdrawn: date | None) -> bool:
    """Whether the public gets a published row."""
    return withdrawn is None and bool(may_publish(level))


def is_open(closed: date | None) -> Verdict:
    if closed is None:
        return yes()
    return no(f"This document was closed on {day_in_words(closed)}. It stays as it is.")
