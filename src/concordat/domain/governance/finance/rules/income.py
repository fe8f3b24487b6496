"""How far a contribution has come, and what counts as what.

The partners agree a level of funding that is equitable and proportionate, and relevant agencies
may be asked too (Working Together to Safeguard Children; `domain` row FUND). Everything else here
is how budgets are kept, not law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from concordat.kernel.money import in_pounds
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class Stage(StrEnum):
    """How sure income is. The words are those of the partnership file."""

    NOT_STATED = "not stated"
    SOUGHT = "sought"
    PLEDGED = "pledged"
    AGREED = "agreed"
    INVOICED = "invoiced"
    RECEIVED = "received"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


LADDER = (Stage.SOUGHT, Stage.PLEDGED, Stage.AGREED, Stage.INVOICED, Stage.RECEIVED)
STEPS = LADDER[1:]
"""The stages that have a sum of their own."""
ENDED = (Stage.DECLINED, Stage.WITHDRAWN)
"""The agency gives nothing, or what was asked was taken back: nothing of it is expected."""

CONTRIBUTION_STATES = States(
    [
        *(Move("ask for", at, Stage.SOUGHT) for at in (Stage.NOT_STATED, Stage.SOUGHT)),
        *(
            Move("pledge", at, Stage.PLEDGED, note="what an agency says that it means to give")
            for at in (Stage.NOT_STATED, Stage.SOUGHT, Stage.PLEDGED, Stage.DECLINED)
        ),
        *(
            Move("decline", at, Stage.DECLINED, note="with a reason; a pledge is taken back so")
            for at in (Stage.NOT_STATED, Stage.SOUGHT, Stage.PLEDGED)
        ),
        *(
            Move("withdraw", at, Stage.WITHDRAWN, note="what was asked by mistake, with a reason")
            for at in (Stage.NOT_STATED, Stage.SOUGHT, Stage.PLEDGED)
        ),
        *(Move("ask again", at, Stage.SOUGHT) for at in ENDED),
        *(
            Move("agree", at, Stage.AGREED, note="with the decision behind it, or flagged")
            for at in (Stage.NOT_STATED, Stage.SOUGHT, Stage.PLEDGED, Stage.AGREED)
        ),
        Move("invoice", Stage.AGREED, Stage.INVOICED, note="at most what is agreed"),
        Move("invoice", Stage.INVOICED, Stage.INVOICED, note="another part"),
        *(
            Move("receive", at, Stage.RECEIVED, note="in one sum or in parts")
            for at in (Stage.AGREED, Stage.INVOICED, Stage.RECEIVED)
        ),
        Move("invoice", Stage.RECEIVED, Stage.RECEIVED, note="the rest, after a first part came"),
        Move("agree", Stage.INVOICED, Stage.INVOICED, note="another sum, by a new decision"),
        Move("agree", Stage.RECEIVED, Stage.RECEIVED, note="another sum, by a new decision"),
    ],
    Stage.NOT_STATED,
)
VERBS = {
    Stage.SOUGHT: "ask for",
    Stage.PLEDGED: "pledge",
    Stage.AGREED: "agree",
    Stage.INVOICED: "invoice",
    Stage.RECEIVED: "receive",
    Stage.DECLINED: "decline",
    Stage.WITHDRAWN: "withdraw",
}


_SAID = {each: "asked" if each is Stage.SOUGHT else each.value for each in LADDER}


@dataclass(frozen=True, slots=True)
class Sums:
    """What is on record of one contribution, in pence; None where nothing is.

    `stated` is the one sum that a source or the asking gives, `steps` the sums by stage.
    """

    stage: Stage = Stage.NOT_STATED
    stated: int | None = None
    steps: Mapping[Stage, int | None] = field(default_factory=dict)
    in_kind: int | None = None

    def at(self, stage: Stage) -> int | None:
        """The sum that has come at least as far as `stage`.

        Where a source gives one sum and how far it is, that sum has come through every stage
        before; of a sum that came in parts only the parts have. What was agreed with no pledge
        before it is pledged as far as it is agreed, whatever was asked.
        """
        own = self.steps.get(stage)
        if own is not None:
            return own
        if self.stage not in LADDER or stage not in LADDER:
            return None
        if stage is Stage.SOUGHT:
            return self.stated
        if LADDER.index(stage) > LADDER.index(self.stage):
            return None
        agreed = self.steps.get(Stage.AGREED)
        if stage is Stage.PLEDGED and agreed is not None:
            return agreed
        told = [self.steps.get(each) for each in LADDER[LADDER.index(stage) + 1 :]]
        later = next((each for each in told if each is not None), None)
        first, then = (later, self.stated) if stage is Stage.INVOICED else (self.stated, later)
        return then if first is None else first

    @property
    def reached(self) -> int | None:
        """The sum at the stage that it has reached: of what is agreed, not what was asked."""
        if self.stage in ENDED:
            return None
        return self.at(self.stage) if self.stage in LADDER else self.stated

    def before_that(self) -> str:
        """The sums of earlier stages where they are others, such as "£50,000 asked"."""
        earlier: Iterable[Stage] = ()
        if self.stage in LADDER:
            earlier = LADDER[: LADDER.index(self.stage)]
        told = {self.at(each): _SAID[each] for each in earlier}
        if self.stage in ENDED:
            told[self.stated] = _SAID[Stage.SOUGHT]
        return ", ".join(
            f"{in_pounds(pence)} {word}"
            for pence, word in told.items()
            if pence is not None and pence != self.reached
        )

    @property
    def expected(self) -> int | None:
        """What a forecast may count on: agreed, else pledged, else what is asked or stated."""
        if self.stage in ENDED:
            return 0
        for stage in (Stage.AGREED, Stage.PLEDGED):
            if (found := self.at(stage)) is not None:
                return found
        return self.stated

    @property
    def outstanding(self) -> int:
        """Agreed and not yet received."""
        return max(0, (self.at(Stage.AGREED) or 0) - (self.at(Stage.RECEIVED) or 0))


@dataclass(frozen=True, slots=True)
class Income:
    """Sums of many contributions by stage, in pence. `unknown` counts those without any sum."""

    by_stage: Mapping[Stage, int]
    in_kind: int = 0
    outstanding: int = 0
    expected: int = 0
    unknown: int = 0

    def at(self, stage: Stage) -> int:
        return self.by_stage.get(stage, 0)


def income(rows: Iterable[Sums]) -> Income:
    rows = list(rows)
    return Income(
        {stage: sum(row.at(stage) or 0 for row in rows) for stage in LADDER},
        in_kind=sum(row.in_kind or 0 for row in rows),
        outstanding=sum(row.outstanding for row in rows),
        expected=sum(row.expected or 0 for row in rows),
        unknown=sum(row.expected is None for row in rows),
    )


def is_sum(pence: int | None) -> Verdict:
    if pence is None or pence <= 0:
        return no("Give a sum above nothing.")
    return yes()


def may_invoice(sums: Sums, pence: int) -> Verdict:
    """What is invoiced altogether is at most what is agreed."""
    agreed, before = sums.at(Stage.AGREED) or 0, sums.at(Stage.INVOICED) or 0
    if before + pence > agreed:
        return no(
            f"{in_pounds(agreed)} is agreed and {in_pounds(before)} invoiced: "
            f"{in_pounds(pence)} more would be too much. Record another agreement first."
        )
    return yes()


def may_ask(sums: Sums, pence: int | None) -> Verdict:
    """The one sum that a source states for money that was pledged or has come further is no
    longer what is asked: it changes by the acts that move money."""
    anew = replace(sums, stated=pence)
    if any(sums.at(each) != anew.at(each) for each in STEPS):
        return no(
            f"This sum is {sums.stage.label.lower()} by its source, not asked. "
            "Record another pledge or agreement."
        )
    return yes()


def may_receive(sums: Sums, pence: int) -> Verdict:
    """More than was agreed is not taken silently: another agreement comes first."""
    agreed, before = sums.at(Stage.AGREED) or 0, sums.at(Stage.RECEIVED) or 0
    if before + pence > agreed:
        return no(
            f"{in_pounds(agreed)} is agreed and {in_pounds(before)} received: "
            f"{in_pounds(pence)} more would be too much. Record another agreement first."
        )
    return yes()


def lacks_decision(sums: Sums, *, decided: bool) -> bool:
    """Money that counts as agreed with no decision on record behind it."""
    return not decided and sums.at(Stage.AGREED) is not None


def called(agency: str, fund: str, year: str) -> str:
    """The title of a contribution: who gives, from what, for when."""
    return (", ".join(filter(None, (agency, fund, year))) or "Contribution")[:300]
