"""What may be uploaded, who signs a version off, what is said of a draft, and what is published.

A round of comments is of the document, not of one version: a newer version neither ends it nor
drops what was said. An author takes a comment by changing the draft, so ending the round with
the change would leave the others unanswered. Every comment keeps the version that was read;
from then on comments are made on the newer one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from concordat.domain.base.records.rules import RecordKind, Verb, offices_that_may
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.labels import count, day_in_words
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
PUBLISHED_WHOLE = frozenset({RecordKind.REVIEW})
"""What is published from its own page, once all of it is cleared."""
LONGEST_NOTE = 500
LONGEST_WORDING = 300
LONGEST_QUESTION = 1000
LONGEST_PLACE = 200
LONGEST_COMMENT = 10_000
LONGEST_REASON = 4000


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


# --- what is said of a draft


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of a comment."""

    TAKEN = "taken"
    IN_PART = "in part"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return "Taken in part" if self is Outcome.IN_PART else self.value.capitalize()


class Came(StrEnum):
    """How a comment came that somebody else put on record."""

    EMAIL = "by email"
    LETTER = "by letter"
    MEETING = "in a meeting"
    TELEPHONE = "by telephone"


class Reply(StrEnum):
    """Where somebody stands who was asked to comment."""

    COMMENTED = "commented"
    NOTHING = "no comment"
    HANDED_ON = "handed on"
    SILENT = "silent"


ROUNDS = States(
    [
        Move("extend", RoundState.OPEN, RoundState.OPEN, note="to a later day"),
        Move("close", RoundState.OPEN, RoundState.CLOSED, note="once every comment is answered"),
    ],
    RoundState.OPEN,
)


def round_state(closed: date | None) -> RoundState:
    return RoundState.CLOSED if closed else RoundState.OPEN


def may_comment(*, closes: date, closed: date | None, on: date) -> Verdict:
    """Whether a comment is still taken: to the end of the last day, unless closed before."""
    if closed:
        return no(f"Comments were closed on {day_in_words(closed)}.")
    if on > closes:
        return no(
            f"Comments were taken until {day_in_words(closes)}. Ask the author for more time."
        )
    return yes()


def speaks_for(actor: Actor, seat: UUID) -> Verdict:
    """Whether the actor sits in this seat: nobody speaks for a seat of others."""
    if actor.kind in (Kind.PERSON, Kind.ACTING_FOR) and seat in {each.seat for each in actor.seats}:
        return yes()
    return no("You do not hold this seat, so you cannot speak for it.")


def is_guest(actor: Actor) -> Verdict:
    """Whoever holds no seat speaks as a guest, by the link that was sent to them."""
    return yes() if actor.kind is Kind.GUEST else no("Say for which of your seats you speak.")


def is_closing_day(closes: date, on: date) -> Verdict:
    if closes < on:
        return no(f"{day_in_words(closes)} has passed. Choose today or a later day.")
    return yes()


def is_later(closes: date, until: date) -> Verdict:
    """Whether a round is given more time, and never less than somebody was told."""
    if closes <= until:
        return no(f"Comments are taken until {day_in_words(until)} already. Choose a later day.")
    return yes()


def is_comment(text: str) -> Verdict:
    if not text.strip():
        return no("Write what you want to say.")
    if len(text) > LONGEST_COMMENT:
        return no(f"Say it in {LONGEST_COMMENT:,} characters or fewer.")
    return yes()


def is_received(came: date, *, opened: date, closes: date, on: date) -> Verdict:
    """Whether something that came by another way came while comments were taken."""
    if came > on:
        return no(f"{day_in_words(came)} is still to come.")
    if came < opened:
        return no(f"Comments are taken from {day_in_words(opened)} on.")
    if came > closes:
        return no(f"Comments were taken until {day_in_words(closes)}. Give more time first.")
    return yes()


def is_answer(outcome: str, reason: str) -> Verdict:
    """What is not taken as it stands is told why, so that nobody was asked for nothing."""
    if outcome not in set(Outcome):
        return no("Say whether it is taken, taken in part or declined.")
    if outcome != Outcome.TAKEN and not reason.strip():
        return no("Say why it is not taken as it stands.")
    if len(reason) > LONGEST_REASON:
        return no(f"Say it in {LONGEST_REASON:,} characters or fewer.")
    return yes()


def all_answered(outcomes: Iterable[str]) -> Verdict:
    """Whether each comment has its answer; an empty outcome is none."""
    waiting = sum(1 for outcome in outcomes if not outcome)
    if waiting:
        has = "has" if waiting == 1 else "have"
        return no(f"{count(waiting, 'comment')} {has} no answer yet. Answer every comment first.")
    return yes()


def reply(*, comments: int, said_nothing: bool) -> Reply:
    if comments:
        return Reply.COMMENTED
    return Reply.NOTHING if said_nothing else Reply.SILENT
