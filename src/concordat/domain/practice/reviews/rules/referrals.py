"""Near misses and good practice that somebody refers so that others learn, with no child at the
centre: where one stands, who may do what with it, and what it never says.

No law asks for these: the way is the partnership's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from concordat.domain.practice.children.rules import nhs_number
from concordat.kernel.errors import Invalid
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TOLD = 4_000


class ReferralKind(StrEnum):
    NEAR_MISS = "near miss"
    GOOD_PRACTICE = "good practice"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class ReferralStage(StrEnum):
    AWAITED = "awaited"
    REFERRED = "waits for a second person"
    AGREED = "before the group"
    CASELOAD = "on the caseload"
    LEARNT = "learnt from"
    NOT_AGREED = "not agreed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


OPEN_REFERRALS = (
    ReferralStage.AWAITED,
    ReferralStage.REFERRED,
    ReferralStage.AGREED,
    ReferralStage.CASELOAD,
    ReferralStage.NOT_AGREED,
    ReferralStage.RETURNED,
)
SHARED_STAGES = (ReferralStage.AGREED, ReferralStage.CASELOAD, ReferralStage.LEARNT)
"""What the group has before it, works on or has learnt from."""

_BACK = (ReferralStage.NOT_AGREED, ReferralStage.RETURNED)

REFERRAL_STATES = States(
    [
        Move("tell", ReferralStage.AWAITED, ReferralStage.REFERRED, note="by a guest’s link"),
        Move(
            "name", ReferralStage.REFERRED, ReferralStage.REFERRED,
            note="a second person of another agency",
        ),
        Move(
            "agree", ReferralStage.REFERRED, ReferralStage.AGREED, note="by the second person alone"
        ),
        Move("differ", ReferralStage.REFERRED, ReferralStage.NOT_AGREED, note="with the reason"),
        Move("take on", ReferralStage.AGREED, ReferralStage.CASELOAD, note="by the group"),
        Move("return", ReferralStage.AGREED, ReferralStage.RETURNED, note="with the reason"),
        Move("learn", ReferralStage.CASELOAD, ReferralStage.LEARNT, note="with who was told"),
        *(
            Move("refer again", state, ReferralStage.REFERRED, note="with what has changed")
            for state in _BACK
        ),
        *(
            Move("withdraw", state, ReferralStage.WITHDRAWN, note="with a reason")
            for state in (
                ReferralStage.AWAITED, ReferralStage.REFERRED, ReferralStage.AGREED, *_BACK
            )
        ),
    ],
    ReferralStage.AWAITED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferralPart:
    """Which part somebody has: they refer, agree as the second, sit in the group, or run the
    partnership. `told` is whether the person themselves put it down, from whichever seat."""

    refers: bool = False
    seconds: bool = False
    groups: bool = False
    secretariat: bool = False
    told: bool = False


def may_tell_referral(part: ReferralPart) -> Verdict:
    if part.refers:
        return yes()
    return no("Only whoever was asked to tell it tells it.")


def may_handle(part: ReferralPart) -> Verdict:
    if part.refers or part.secretariat:
        return yes()
    return no("Only whoever refers and the secretariat do this.")


def may_name(part: ReferralPart) -> Verdict:
    return may_handle(part)


def may_second(part: ReferralPart) -> Verdict:
    if part.seconds and part.told:
        return no("Whoever put it down does not agree to it as well. Another person has to.")
    if part.seconds:
        return yes()
    return no("Only the second person says whether they agree.")


def may_work_on(part: ReferralPart) -> Verdict:
    if part.groups:
        return yes()
    return no("Only the group whose caseload it is for does this.")


def may_be_second(
    *, referrer: UUID | None, referring: UUID | None, second: UUID, seconding: UUID | None
) -> Verdict:
    """Whether somebody's seat may agree: not the referrer's, and of another agency. A seat whose
    agency is not on record proves nothing. Ids of seats, and of the agencies they speak for."""
    if second == referrer:
        return no("Whoever refers it does not agree to it as well.")
    if seconding is None:
        return no("It is not on record which agency this seat speaks for.")
    if referring is None:
        return no("It is not on record which agency refers this.")
    if seconding == referring:
        return no("The second person is of another agency.")
    return yes()


class Outcome(StrEnum):
    """What became of a referral, for whoever told it without an account."""

    LEARNT = "learnt from"
    RETURNED = "returned"
    NOT_AGREED = "not agreed"

    @property
    def words(self) -> str:
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.LEARNT: "The group says what was learnt from it, and who was told.",
    Outcome.RETURNED: "The group returned it, with its reason.",
    Outcome.NOT_AGREED: "The second person did not agree, and says why.",
}


def outcome_paragraphs(reference: str, partnership: str, outcome: Outcome) -> tuple[str, ...]:
    """What is written to whoever told it. No letter says anything of what it is about."""
    then = (
        "Thank you for telling it."
        if outcome is Outcome.LEARNT
        else "The secretariat may change it with you and refer it again: answer whoever asked you "
        "for it. You need not do anything."
    )
    return (
        f"You told {partnership} of something that others may learn from ({reference}).",
        f"{outcome.words} It stands on the page that this link opens. {then}",
    )


_NHS = re.compile(r"(?<!\d)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_BIRTH = re.compile(r"\b(?:d\.?o\.?b\b|date of birth|born (?:on|in) )[^.]{0,12}\d", re.IGNORECASE)


def tells_who(text: str) -> str:
    """What in a text would tell who a child is; empty where nothing does. Names cannot be told
    from other words: whoever writes leaves them out."""
    if any(_is_nhs(found[0]) for found in _NHS.finditer(text)):
        return "an NHS number"
    if _BIRTH.search(text):
        return "a date of birth"
    if _POSTCODE.search(text):
        return "a postcode"
    return ""


def _is_nhs(digits: str) -> bool:
    try:
        nhs_number(digits)
    except Invalid:
        return False
    return True


def said(field: str, text: str, message: str, *, needed: bool = True) -> str:
    """A text of a referral or an escalation as it is kept: it tells nothing of who a child is."""
    bare = text.strip()
    if needed and not bare:
        raise Invalid(message, field=field, mend="One sentence is enough.")
    if len(bare) > LONGEST_TOLD:
        raise Invalid(f"Use {LONGEST_TOLD:,} characters or fewer.", field=field)
    if found := tells_who(bare):
        raise Invalid(f"This holds {found}.", field=field, mend="Leave out who the child is.")
    return bare


HARM = "A child was harmed, or may have been. This is no near miss: tell it as an incident, now."


def no_harm(answer: str) -> None:
    """A referral is of what harmed nobody. Raises `Invalid` for "yes" and "not known"."""
    if answer == "no":
        return
    message = "Say whether a child was harmed." if not answer else HARM
    raise Invalid(message, field="harm")
