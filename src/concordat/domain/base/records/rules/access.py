"""Who may open a record, who may know of it, and what an office lets its holder do.

Access is the sum of seats, grants and shares, limited by sensitivity, less conflicts
of interest. `queries.visible` says the same as a database filter; a test proves that
the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes


class Verb(StrEnum):
    """What may be done with a record once it is open."""

    SEE = "see"
    ANSWER = "answer"
    CHANGE = "change"
    SIGN = "sign"
    SHARE = "share"
    ADMIT = "admit"
    HOLD = "hold"
    CLOSE = "close"
    PUBLISH = "publish"


class Level(StrEnum):
    """What a grant gives."""

    SEE = "see"
    WORK = "work"


class Standing(StrEnum):
    OPEN = "open"
    KNOWN = "known"
    ABSENT = "absent"


SECRETARIAT = frozenset({Office.STRATEGY_MANAGER, Office.CO_ORDINATOR})
PARTNERS = frozenset({Office.LEAD_PARTNER, Office.DELEGATE})
SCOPED = frozenset({Kind.ACTING_FOR, Kind.GUEST})

_OFFICES: dict[Verb, frozenset[Office]] = {
    Verb.SEE: frozenset(Office),
    Verb.ANSWER: frozenset(Office) - {Office.OBSERVER},
    Verb.CHANGE: SECRETARIAT,
    Verb.SIGN: PARTNERS,
    Verb.SHARE: frozenset({Office.STRATEGY_MANAGER}),
    Verb.ADMIT: frozenset({Office.STRATEGY_MANAGER, Office.CHAIR}),
    Verb.HOLD: SECRETARIAT | {Office.CHAIR},
    Verb.CLOSE: SECRETARIAT,
    Verb.PUBLISH: SECRETARIAT,
}
_WORK = frozenset({Verb.SEE, Verb.ANSWER, Verb.CHANGE})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know about one record, for one actor, on one day.

    `granted` maps the grantee's id to the level of each grant in force; `shared_with`
    holds the partnerships it is shared with; `recused` the people with a conflict.
    """

    record: UUID
    partnership: UUID | None
    sensitivity: Sensitivity
    listed: bool
    owner: UUID | None
    granted: dict[UUID, Level]
    shared_with: frozenset[UUID]
    recused: frozenset[UUID]

    @property
    def partnerships(self) -> frozenset[UUID]:
        return self.shared_with | ({self.partnership} if self.partnership else set())


def offices_that_may(verb: Verb) -> frozenset[Office]:
    return _OFFICES[verb]


def _is_insider(actor: Actor, facts: Facts) -> bool:
    """A seat in the lead partnership or in one it is shared with; no area means the directory."""
    if actor.kind not in (Kind.PERSON, Kind.ACTING_FOR) or not actor.seats:
        return False
    return facts.partnership is None or bool(actor.partnerships & facts.partnerships)


def lets_see(actor: Actor) -> bool:
    """What may be acted on may be seen; a scope of nothing opens only what is public."""
    return actor.kind not in SCOPED or bool(actor.scope)


def must_be_named(actor: Actor) -> frozenset[UUID | None]:
    """Who must be named on what is sealed: while acting for somebody, the hand as well."""
    hand = {actor.hand_person} if actor.kind is Kind.ACTING_FOR or actor.hand_person else set()
    return frozenset({actor.person} | hand)


def _is_named(actor: Actor, facts: Facts) -> bool:
    if facts.sensitivity is Sensitivity.SEALED:
        return must_be_named(actor) <= facts.granted.keys()
    named = actor.identities & facts.granted.keys()
    return bool(named) or (facts.owner is not None and facts.owner in actor.identities)


def _has_conflict(actor: Actor, facts: Facts) -> bool:
    return bool({actor.person, actor.hand_person} & facts.recused)


def may_open(actor: Actor, facts: Facts) -> Verdict:
    """Whether the record itself may be opened."""
    if actor.kind is Kind.PROCESS or facts.sensitivity is Sensitivity.PUBLIC:
        return yes()
    if not lets_see(actor):
        return no(
            f"{actor.name} has not let you do anything on their behalf."
            if actor.hand
            else "This link opens nothing."
        )
    if facts.record in actor.admitted:
        return yes()
    if _has_conflict(actor, facts):
        return no("You have a conflict of interest in this.")
    if _is_named(actor, facts):
        return yes()
    if facts.sensitivity is Sensitivity.PARTNERSHIP and _is_insider(actor, facts):
        return yes()
    return no("You do not have access to this.")


def standing(actor: Actor, facts: Facts) -> Standing:
    """Open, known to exist, or absent. What is sealed is absent to all but those named."""
    if may_open(actor, facts):
        return Standing.OPEN
    if facts.sensitivity is Sensitivity.SEALED or not facts.listed:
        return Standing.ABSENT
    return Standing.KNOWN if _is_insider(actor, facts) else Standing.ABSENT


def may_use(actor: Actor, verb: Verb, facts: Facts) -> Verdict:
    """Whether it may be done: it is open, the verb in scope, and an office or grant gives it."""
    if actor.kind is Kind.PROCESS:
        return yes()
    opened = may_open(actor, facts)
    if not opened and not _decides_who_may(actor, verb, facts):
        return opened
    if verb is Verb.SEE:
        return yes()
    if actor.kind in SCOPED and verb not in actor.scope:
        return no(
            f"{actor.name} has not let you {verb} on their behalf."
            if actor.hand
            else f"This link does not let you {verb}."
        )
    if actor.kind is Kind.GUEST and facts.record in actor.admitted:
        return yes()
    if verb in _WORK and _works_on(actor, facts):
        return yes()
    if actor.holds(*_OFFICES[verb], partnership=facts.partnership):
        return yes()
    may = " or ".join(sorted(office.value for office in _OFFICES[verb]))
    return no(
        f"Only the {may} of this partnership may {verb} this."
        if len(_OFFICES[verb]) < 4
        else "You hold no seat in this partnership that lets you do this."
    )


def _decides_who_may(actor: Actor, verb: Verb, facts: Facts) -> bool:
    """Those who admit others need not see what they admit to, unless it is sealed.

    A conflict of interest bars them from deciding as it bars them from seeing.
    """
    known = standing(actor, facts) is Standing.KNOWN
    return verb is Verb.ADMIT and known and not _has_conflict(actor, facts)


def _works_on(actor: Actor, facts: Facts) -> bool:
    return any(facts.granted.get(each) is Level.WORK for each in actor.identities)


def is_open(closed: date | None) -> Verdict:
    """What is closed stays as it is; the record says so whatever thing it is of."""
    if closed is None:
        return yes()
    return no(f"This was closed on {day_in_words(closed)}. It stays as it is.")
