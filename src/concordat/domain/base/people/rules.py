"""How a person is named, who may act for whom, and how somebody comes to sign in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.verdict import Verdict, every, no, yes

INVITATION_LASTS = timedelta(days=7)
LONGEST_ADDRESS = 254
LONGEST_PAGE = 500
"""Characters of the address of a page whose draft is kept."""
DRAFTS_LAST = timedelta(days=28)
MOST_DRAFTS = 20

_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


def name_of(full_name: str, post_title: str) -> str:
    """What somebody is called: by name, or by post where the source gives no name."""
    return full_name or post_title


def is_named(full_name: str, post_title: str) -> Verdict:
    if full_name or post_title:
        return yes()
    return no("Give a name or, where only the post is known, the post's title.")


def normal_address(typed: str) -> str:
    """The one form in which addresses are compared: no spaces around, small letters."""
    return typed.strip().lower()


def is_address(address: str) -> Verdict:
    """Whether a normal address may be signed in with.

    Only plain letters are taken: two addresses in other alphabets can look the same.
    """
    if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
        return yes()
    return no("Give an email address like name@example.org.uk, in plain letters.")


# --- acting for somebody

SCOPE_WORDS: dict[Verb, str] = {
    Verb.SEE: "Open and read",
    Verb.ANSWER: "Answer what is asked of them",
    Verb.CHANGE: "Write and change",
    Verb.SIGN: "Sign off",
    Verb.SHARE: "Share with other partnerships",
    Verb.ADMIT: "Give others access",
    Verb.HOLD: "Place holds and lift them",
    Verb.CLOSE: "Close records",
    Verb.PUBLISH: "Publish",
}


def scope_in_words(scope: Iterable[str]) -> str:
    """Open and read, sign off."""
    words = [SCOPE_WORDS[verb] for verb in in_order_of_verbs(scope)]
    return ", ".join([*words[:1], *(each[0].lower() + each[1:] for each in words[1:])])


# What the strategy manager may arrange on somebody's behalf; the rest a person gives alone.
ARRANGED_BY_OTHERS = frozenset({Verb.SEE, Verb.ANSWER, Verb.CHANGE})


def in_order_of_verbs(scope: Iterable[str]) -> list[Verb]:
    """The verbs of a scope, each once, in the order of the rule book."""
    given = {Verb(each) for each in scope}
    return [verb for verb in Verb if verb in given]


def may_give(
    actor: Actor, *, principal: UUID, hand: UUID, partnership: UUID | None, scope: Iterable[Verb]
) -> Verdict:
    """Whether the actor may let `hand` act for `principal` in this scope.

    Nobody acts for somebody through somebody else: who acts for another gives nothing on.
    """
    given = frozenset(scope)
    return every(
        yes() if principal != hand else no("Nobody acts for themselves."),
        yes() if Verb.SEE in given else no(f"Choose at least: {SCOPE_WORDS[Verb.SEE].lower()}."),
        _may_arrange(actor, principal, hand, partnership, given),
    )


def _may_arrange(
    actor: Actor, principal: UUID, hand: UUID, partnership: UUID | None, scope: frozenset[Verb]
) -> Verdict:
    if actor.kind is Kind.PROCESS:
        return yes()
    if actor.kind is not Kind.PERSON:
        return no("While you act for somebody you cannot let others act for them.")
    if actor.person == principal:
        return yes()
    if not _manages(actor, partnership):
        return no("Only the person themselves or the strategy manager may arrange this.")
    if actor.person == hand:
        return no("You cannot arrange to act for somebody yourself. Ask them to give it.")
    if beyond := scope - ARRANGED_BY_OTHERS:
        told = ", ".join(verb.value for verb in in_order_of_verbs(beyond))
        return no(f"Only the person themselves may let somebody do this for them: {told}.")
    return yes()


def may_end(actor: Actor, *, principal: UUID, hand: UUID, partnership: UUID | None) -> Verdict:
    """Either side may end it, and so may the strategy manager."""
    if actor.kind is Kind.PROCESS or _manages(actor, partnership):
        return yes()
    if actor.kind is Kind.PERSON and actor.person in (principal, hand):
        return yes()
    return no("Only the two people themselves or the strategy manager may end this.")


def _manages(actor: Actor, partnership: UUID | None) -> bool:
    return actor.kind is Kind.PERSON and actor.holds(
        Office.STRATEGY_MANAGER, partnership=partnership
    )


def overlaps(from_day: date, to_day: date | None, other_from: date, other_to: date | None) -> bool:
    """Whether two runs of whole days share a day; an open end never ends."""
    starts_in_time = other_to is None or from_day <= other_to
    return starts_in_time and (to_day is None or other_from <= to_day)


# --- the first days


class FirstStep(StrEnum):
    """What somebody new does once, each in a minute or two, or puts aside."""

    SEATS = "seats"
    REACHED = "reached"
    LETTER = "letter"
    HANDS = "hands"
    HELP = "help"


# --- the weekly letter

LETTER_DAYS = {
    1: "Monday",
    2: "Tuesday",
    3: "Wednesday",
    4: "Thursday",
    5: "Friday",
    6: "Saturday",
    7: "Sunday",
}


# --- invitations


class InvitationState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


def invitation_state(
    *, expires: datetime, accepted: datetime | None, withdrawn: datetime | None, now: datetime
) -> InvitationState:
    if accepted:
        return InvitationState.ACCEPTED
    if withdrawn:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires else InvitationState.EXPIRED


def may_accept(state: InvitationState) -> Verdict:
    reasons = {
        InvitationState.EXPIRED: "This invitation has expired. Ask for a new link.",
        InvitationState.ACCEPTED: "This invitation was used already. Sign in instead.",
        InvitationState.WITHDRAWN: "This invitation was withdrawn.",
    }
    return no(reasons[state]) if state in reasons else yes()


# --- signing in


class Step(StrEnum):
    """What happens around signing in, in the words of the ledger. None of them holds a secret."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    FAILED = "sign-in failed"
    CODE_FAILED = "sign-in code refused"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - a verb
    RESET_ASKED = "password reset asked"
    AUTHENTICATOR_ADDED = "authenticator added"
    AUTHENTICATOR_REMOVED = "authenticator removed"
    CODES_MADE = "recovery codes made"
    SESSIONS_ENDED = "other sessions ended"


# Steps that somebody may take who has not shown who they are.
BY_ANYBODY = frozenset({Step.FAILED, Step.CODE_FAILED, Step.RESET_ASKED})


# --- example worlds


def may_mark_world(*, production: bool, accounts: int, invitations: int) -> Verdict:
    """An example world is marked in an empty database and never in production."""
    if production:
        return no("This is a production system. Example worlds are never loaded here.")
    if accounts or invitations:
        return no("People sign in here already. An example world needs an empty database.")
    return yes()
