"""Subjects that give nothing away, and how often a message is tried."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum

from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count as counted
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class Purpose(StrEnum):
    """Why a message goes out. Each has its one subject."""

    INVITATION = "invitation"
    RESET = "reset"
    SIGN_IN = "sign-in"
    GUEST_LINK = "guest link"
    GUEST_CODE = "guest code"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOCK = "clock"
    DIGEST = "digest"
    DATES = "dates"
    MEETING = "meeting"
    SEAL = "seal"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Change(StrEnum):
    """What was changed about how somebody signs in."""

    PASSWORD = "password changed"  # noqa: S105 - a subject, not one
    PASSWORD_BY_LINK = "password changed by a link"  # noqa: S105
    APP_ADDED = "authenticator app added"
    APP_REMOVED = "authenticator app removed"
    CODES = "new recovery codes made"


class Standing(StrEnum):
    """Where a statutory clock stands of which its holder is told by letter."""

    SOON = "is due soon"
    MISSED = "was missed"


class State(StrEnum):
    QUEUED = "queued"
    FAILED = "failed"
    SENT = "sent"
    GIVEN_UP = "given up"

    @property
    def label(self) -> str:
        return self.value.capitalize()


SUBJECTS: dict[Purpose, str] = {
    Purpose.INVITATION: "Your invitation to Concordat",
    Purpose.RESET: "Choose a new password for Concordat",
    Purpose.SIGN_IN: "Your Concordat sign-in: {change}",
    Purpose.GUEST_LINK: "A link for you: {reference}",
    Purpose.GUEST_CODE: "Your code for Concordat",
    Purpose.ASKED: "Something waits for you: {reference}",
    Purpose.ANSWERED: "Your request was answered: {reference}",
    Purpose.CLOCK: "A statutory clock {standing}: {rule}",
    Purpose.DIGEST: "Your week: {things}",
    Purpose.DATES: "Dates for your diary: {reference}",
    Purpose.MEETING: "A meeting has changed: {reference}",
    Purpose.SEAL: "Ledger seal {number}, for you to keep",
}
"""The only subjects that there are. A phone shows a subject on its locked screen."""

# A reference ends in its kind's letter and number: a case's name alone never passes for one.
_SLOTS = {
    "reference": r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-[A-Z]{1,2}-[0-9]{4,}",
    "things": r"(?:1 thing|[0-9][0-9,]* things)",
    "number": r"[0-9][0-9,]*",
    "change": "|".join(Change),
    "standing": "|".join(Standing),
    "rule": r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*",
}


def subject(
    purpose: Purpose,
    *,
    reference: str = "",
    count: int = 0,
    change: str = "",
    standing: str = "",
    rule: str = "",
) -> str:
    """The subject for a purpose. Raises `Invalid` for a reference or a rule that is none."""
    slots = {"reference": reference, "things": counted(count, "thing"), "number": f"{count:,}"}
    slots |= {"change": change, "standing": standing, "rule": rule}
    told = SUBJECTS[purpose].format(**slots)
    plain = is_plain_subject(purpose, told)
    if not plain:
        raise Invalid(str(plain), field="subject")
    return told


def is_plain_subject(purpose: Purpose, told: str) -> Verdict:
    """Whether a subject is the purpose's own, with counts and references and nothing else."""
    if re.fullmatch(_pattern(purpose), told):
        return yes()
    return no(
        f"The subject of this message must read “{SUBJECTS[purpose]}”. "
        "It may hold counts and references, never a title or a name."
    )


def _pattern(purpose: Purpose) -> str:
    pieces = re.split(r"\{(\w+)\}", SUBJECTS[purpose])
    return "".join(
        f"(?:{_SLOTS[piece]})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    )


MOST_TRIES = 6
SECRET = "{secret}"  # noqa: S105 - the place of a secret, not one
"""Where a message's text takes its secret: a link or a code, kept apart until it is sent."""

STATES = States(
    [
        Move("send", State.QUEUED, State.SENT),
        Move("fail", State.QUEUED, State.FAILED, note="tried again later, six times in all"),
        Move("give up", State.QUEUED, State.GIVEN_UP, note="what it says is no longer of use"),
        Move("send", State.FAILED, State.SENT),
        Move("fail", State.FAILED, State.FAILED),
        Move("give up", State.FAILED, State.GIVEN_UP),
        Move("try again", State.GIVEN_UP, State.QUEUED, note="by the secretariat"),
    ],
    State.QUEUED,
)


SECRETARIAT = (Office.STRATEGY_MANAGER, Office.CO_ORDINATOR)


def may_read_outbox(actor: Actor) -> Verdict:
    """The secretariat sees to it that letters arrive; nobody acts for it in this."""
    if actor.kind is Kind.PROCESS or (actor.kind is Kind.PERSON and actor.holds(*SECRETARIAT)):
        return yes()
    return no("The strategy manager and the co-ordinator look after the outbox.")


def next_try(tries: int, now: datetime, good_until: datetime | None = None) -> datetime | None:
    """When to try again after so many failures: in 1, 4, 16, 64 and 256 minutes.

    None when it is given up: after six tries, or when what it says would be of no use by then.
    """
    if tries >= MOST_TRIES:
        return None
    later = now + timedelta(minutes=4 ** (tries - 1))
    return None if good_until and later >= good_until else later
