"""What a guest's link opens, for how long, and how guessing is kept hopeless.

A code has six digits and five tries; an issue of a link has at most ten codes. Whoever holds
the link but not the mailbox has 50 guesses in a million.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes

TOKEN = "TOKEN"  # noqa: S105 - the place of a token in an address
GUEST_LASTS = timedelta(days=14)
LONGEST = timedelta(days=90)
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
MOST_CODES = 10
BETWEEN_CODES = timedelta(minutes=1)

_CODE = re.compile(r"[0-9]{6}", re.ASCII)


class Opening(StrEnum):
    """What a link is for. A link has one purpose and opens one record."""

    READ = "read"
    COMMENT = "comment"
    UPDATE = "update"
    PAPER = "paper"
    REQUEST = "request"
    VOTE = "vote"
    DATES = "dates"
    FEEDBACK = "feedback"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def asks(self) -> str:
        """What the guest is asked to do, after "you are asked to"."""
        return _WORDS[self][1]

    @property
    def verbs(self) -> frozenset[Verb]:
        """The most that a link for this may let its guest do."""
        return _VERBS[self]

    @property
    def is_single_use(self) -> bool:
        """Whether the link is over once the guest has done what it is for."""
        return self not in (Opening.READ, Opening.COMMENT, Opening.UPDATE, Opening.DATES)


_ASKED_OF = {
    RecordKind.INCIDENT: "tell",
    RecordKind.LEARNING_REFERRAL: "tell",
    RecordKind.CHRONOLOGY: "add your agency’s rows to",
}


def asks_to(opening: Opening, kind: str) -> str:
    """What a guest is asked to do with a record of this kind, after "you are asked to"."""
    found = _ASKED_OF.get(RecordKind(kind)) if opening is Opening.REQUEST else None
    return found or opening.asks


_WORDS = {
    Opening.READ: ("Read", "read"),
    Opening.COMMENT: ("Read and comment", "read and comment on"),
    Opening.UPDATE: ("Update an action", "update"),
    Opening.PAPER: ("Send a paper", "send a paper for"),
    Opening.REQUEST: ("Answer a request for information", "answer"),
    Opening.VOTE: ("Answer a vote", "answer the vote on"),
    Opening.DATES: ("Say which dates suit", "say which dates suit you in"),
    Opening.FEEDBACK: ("Give feedback", "give feedback on"),
    Opening.EVALUATION: ("Answer an evaluation", "answer the evaluation of"),
}
_ANSWERS = frozenset({Verb.SEE, Verb.ANSWER})
_VERBS = {
    Opening.READ: frozenset({Verb.SEE}),
    Opening.COMMENT: _ANSWERS,
    Opening.UPDATE: _ANSWERS,
    Opening.PAPER: frozenset({Verb.SEE, Verb.CHANGE}),
    Opening.REQUEST: _ANSWERS,
    Opening.VOTE: _ANSWERS,
    Opening.DATES: _ANSWERS,
    Opening.FEEDBACK: _ANSWERS,
    Opening.EVALUATION: _ANSWERS,
}


class LinkState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    SPENT = "spent"

    @property
    def label(self) -> str:
        return {LinkState.SPENT: "Too many wrong codes"}.get(self, self.value.capitalize())


def link_state(
    *,
    expires: datetime,
    used: datetime | None,
    revoked: datetime | None,
    codes_sent: int,
    code_works: bool,
    entered: bool,
    now: datetime,
) -> LinkState:
    """Where a link stands. It is spent when its last code can no longer be entered."""
    if revoked:
        return LinkState.REVOKED
    if used:
        return LinkState.USED
    if now >= expires:
        return LinkState.EXPIRED
    spent = codes_sent >= MOST_CODES and not code_works and not entered
    return LinkState.SPENT if spent else LinkState.OPEN


def may_invite(
    opening: Opening,
    scope: Iterable[str],
    *,
    level: Sensitivity,
    lasts: timedelta,
) -> Verdict:
    """Whether a link of this purpose may open a record of this level for so long."""
    beyond = set(scope) - opening.verbs
    if level is Sensitivity.SEALED:
        return no("This is sealed. It opens to people named on it, never by a link.")
    if beyond:
        return no(f"A link to {opening.value} never lets a guest {' or '.join(sorted(beyond))}.")
    if Verb.SEE not in set(scope):
        return no("A link that opens nothing is of no use. Let the guest see the record.")
    if not timedelta(0) < lasts <= LONGEST:
        return no(f"A link works for at least a day and at most {LONGEST.days} days.")
    return yes()


def may_renew(state: LinkState) -> Verdict:
    if state is LinkState.REVOKED:
        return no("This link was taken back. Invite the guest again.")
    if state is LinkState.USED:
        return no("This link has done what it was for. Invite the guest again.")
    return yes()


def may_have_code(last_sent: datetime | None, codes_sent: int, now: datetime) -> Verdict:
    """Whether another code may be sent: at most one a minute and ten for each issue of a link."""
    if codes_sent >= MOST_CODES:
        return no("No more codes can be sent for this link. Ask for a new link.")
    if last_sent and now < last_sent + BETWEEN_CODES:
        return no("We sent a code less than a minute ago. Wait a minute, then ask for another.")
    return yes()


def is_code(typed: str) -> bool:
    return bool(_CODE.fullmatch(typed))


def token_digest(token: str) -> str:
    """SHA-256 of a link's token: all that is kept of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
