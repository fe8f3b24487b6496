"""How a version of the arrangements goes from preparation to its successor, and a promise to its
end."""

from __future__ import annotations

from enum import StrEnum

from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.kernel.transitions import Move, States

SECRETARIAT = offices_that_may(Verb.CHANGE)


class Stage(StrEnum):
    """How far a version of the arrangements is: the words of a partnership file."""

    PREPARATION = "in preparation"
    DRAFT = "draft"
    COMMENT = "out for comment"
    AGREEMENT = "out for agreement"
    AGREED = "agreed"
    PUBLISHED = "published"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"


WRITTEN_IN = frozenset({Stage.DRAFT, Stage.COMMENT, Stage.AGREEMENT, Stage.AGREED})
"""Where the text can still change. What is published is followed by a next version."""
SIGNED_IN = frozenset({Stage.AGREEMENT, Stage.AGREED})
"""Where a change makes sign-offs void and sends the text back to its draft."""
BEFORE_SIGNING = frozenset({Stage.PREPARATION, Stage.DRAFT, Stage.COMMENT})
"""Where nobody has signed yet, or has to sign anew."""

STATES = States(
    [
        Move("begin the draft", Stage.PREPARATION, Stage.DRAFT, SECRETARIAT),
        Move("open for comment", Stage.DRAFT, Stage.COMMENT, SECRETARIAT, "needs an edition"),
        Move("close comments", Stage.COMMENT, Stage.DRAFT, SECRETARIAT, "each comment answered"),
        Move("ask for agreement", Stage.DRAFT, Stage.AGREEMENT, SECRETARIAT, "needs an edition"),
        Move("change", Stage.AGREEMENT, Stage.DRAFT, SECRETARIAT, "sign-offs are void"),
        Move(
            "agree",
            Stage.AGREEMENT,
            Stage.AGREED,
            SECRETARIAT,
            "a seat of every statutory partner has signed the newest edition",
        ),
        Move("change", Stage.AGREED, Stage.DRAFT, SECRETARIAT, "sign-offs are void"),
        Move("publish", Stage.AGREED, Stage.PUBLISHED, SECRETARIAT, "stopped by a hold"),
        Move("put in force", Stage.PUBLISHED, Stage.IN_FORCE, SECRETARIAT, "stopped by a hold"),
        Move("supersede", Stage.PUBLISHED, Stage.SUPERSEDED, note="by the version that follows"),
        Move("supersede", Stage.IN_FORCE, Stage.SUPERSEDED, note="by the version that follows"),
    ],
    Stage.PREPARATION,
)


class PromiseState(StrEnum):
    """Where a promise stands. What stands is kept as an empty text."""

    STANDS = "stands"
    KEPT = "kept"
    RELEASED = "released"


SETTLED = (PromiseState.KEPT.value, PromiseState.RELEASED.value)

PROMISES = States(
    [
        Move("keep", PromiseState.STANDS, PromiseState.KEPT, note="by its keeper"),
        Move("renew", PromiseState.STANDS, PromiseState.STANDS, note="to a new day"),
        Move("release", PromiseState.STANDS, PromiseState.RELEASED, SECRETARIAT, "with a reason"),
    ],
    PromiseState.STANDS,
)


class Extent(StrEnum):
    """How far a section answers an item, as its author says."""

    FULLY = "fully"
    PARTLY = "partly"


class Way(StrEnum):
    """How an edition went out."""

    DEPARTMENT = "department"
    CIRCULATED = "circulated"
