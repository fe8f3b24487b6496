"""Whether an incident has to be notified, and what is weighed before a local review.

An incident is notified where the council knows or suspects that a child was abused or neglected,
and the child died or was seriously harmed (Children Act 2004 s.16C(1)). Both limbs are asked one
by one; what is not known stays open and is never taken for a no. All partners should agree what
is notified; the duty is the council's alone, so that their views are kept and hold nothing up.

The criteria for a local review (SI 2018/789 reg 11) are weighed by each partner. Meeting one does
not oblige a review: reasons are recorded either way, and dissent stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

NOTIFY = "Children Act 2004 s.16C(1)"
WEIGH = "SI 2018/789 reg 11"


class Belief(StrEnum):
    """What the council holds of abuse or neglect."""

    KNOWN = "known"
    SUSPECTED = "suspected"
    NEITHER = "neither known nor suspected"
    OPEN = "not known yet"


class Harm(StrEnum):
    """What happened to the child. Recovery does not undo serious harm."""

    DIED = "died"
    SERIOUS = "seriously harmed"
    LESS = "not seriously harmed"
    OPEN = "not known yet"


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    OPEN = "open"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Limb:
    """One of the two questions: what is held, on what evidence."""

    question: str
    held: str
    evidence: str
    met: Met


@dataclass(frozen=True, slots=True)
class Test:
    """The two limbs and what follows from them."""

    limbs: tuple[Limb, Limb]
    met: Met
    reason: str


def serious_incident(belief: Belief, harm: Harm, *, belief_on: str = "", harm_on: str = "") -> Test:
    """Whether both limbs are met. `belief_on` and `harm_on` are the evidence in words."""
    limbs = (
        Limb("Is abuse or neglect of a child known or suspected?", belief.value, belief_on,
             _of(belief in (Belief.KNOWN, Belief.SUSPECTED), belief is Belief.OPEN)),
        Limb("Did the child die, or was the child seriously harmed?", harm.value, harm_on,
             _of(harm in (Harm.DIED, Harm.SERIOUS), harm is Harm.OPEN)),
    )  # fmt: skip
    marks = {each.met for each in limbs}
    if Met.NOT_MET in marks:
        failing = next(each for each in limbs if each.met is Met.NOT_MET)
        return Test(limbs, Met.NOT_MET, f"{failing.question} It is {failing.held}.")
    if Met.OPEN in marks:
        asked = join_words([each.question for each in limbs if each.met is Met.OPEN])
        return Test(limbs, Met.OPEN, f"Still to be found out: {asked}")
    return Test(limbs, Met.MET, f"Abuse or neglect is {belief}, and the child {_past(harm)}.")


def _of(held: bool, unknown: bool) -> Met:
    return Met.OPEN if unknown else Met.MET if held else Met.NOT_MET


def _past(harm: Harm) -> str:
    return "died" if harm is Harm.DIED else "was seriously harmed"


# --- what each partner thinks


class View(StrEnum):
    """What a partner thinks of a proposal; silence is no agreement."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNSURE = "has no settled view"
    SILENT = "not given"


@dataclass(frozen=True, slots=True)
class PartnerView:
    """One partner's view with its reason. `partner` is the agency's key."""

    partner: str
    name: str
    view: View = View.SILENT
    reason: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the partners stand to a proposal."""

    agree: tuple[PartnerView, ...]
    dissent: tuple[PartnerView, ...]
    unsure: tuple[PartnerView, ...]
    silent: tuple[PartnerView, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all were asked, answered and agree."""
        return bool(self.agree) and not (self.dissent or self.unsure or self.silent)

    @property
    def in_words(self) -> str:
        parts = [
            f"{join_words([each.name for each in views])} {one if len(views) == 1 else many}"
            for views, one, many in (
                (self.agree, "agrees", "agree"),
                (self.dissent, "disagrees", "disagree"),
                (self.unsure, "has no settled view", "have no settled view"),
                (self.silent, "has not said", "have not said"),
            )
            if views
        ]
        return f"{'; '.join(parts)}." if parts else "No partner is on record for that day."


def agreement(views: Iterable[PartnerView]) -> Agreement:
    held = sorted(views, key=lambda each: (each.name, each.partner))

    def those(view: View) -> tuple[PartnerView, ...]:
        return tuple(each for each in held if each.view is view)

    return Agreement(
        those(View.AGREES), those(View.DISAGREES), those(View.UNSURE), those(View.SILENT)
    )


def may_notify(test: Test, views: Iterable[PartnerView]) -> Verdict:
    """Whether the council may notify now. The partners' views never hold it back, nor does an
    open question: suspicion is enough, and the council may notify to be safe."""
    if test.met is Met.NOT_MET:
        mend = "Change what is held, with the evidence, before notifying."
        return no(f"{test.reason} {mend}", NOTIFY)
    return yes(agreement(views).in_words, NOTIFY)


def may_leave(test: Test, *, reason: str) -> Verdict:
    """Whether the council may settle that nothing is notified: with a reason, and never while
    both limbs are met."""
    if test.met is Met.MET:
        return no(f"{test.reason} This has to be notified.", NOTIFY)
    if not reason.strip():
        return no("Say why nothing is notified.", NOTIFY)
    return yes(source=NOTIFY)


# --- the criteria for a local review


class Origin(StrEnum):
    """What stands behind a criterion. What nobody verified is never worded as law."""

    LAW = "In the law"
    REMEMBERED = "Not verified"
    GUIDANCE = "In guidance"
    OURS = "Our own"


def origin_of(*, in_law: bool, verified: bool, ours: bool) -> Origin:
    if ours:
        return Origin.OURS
    if not verified:
        return Origin.REMEMBERED
    return Origin.LAW if in_law else Origin.GUIDANCE


class Weight(StrEnum):
    """How a partner weighs one criterion."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"


@dataclass(frozen=True, slots=True)
class Weighing:
    """How one partner weighs one criterion (the id of a line of LC-CRIT), and why."""

    criterion: str
    partner: str
    weight: Weight
    reason: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion with what every partner said of it."""

    criterion: str
    text: str
    given: tuple[Weighing, ...]
    missing: tuple[str, ...]

    @property
    def is_divided(self) -> bool:
        return len({each.weight for each in self.given}) > 1

    @property
    def is_met_for_somebody(self) -> bool:
        return any(each.weight is not Weight.NOT_MET for each in self.given)


def weighed(
    criteria: Mapping[str, str], partners: Sequence[str], given: Iterable[Weighing]
) -> list[Weighed]:
    """Each criterion, in the order of the law, with each partner's last word on it."""
    last = {(each.criterion, each.partner): each for each in given}
    return [
        Weighed(
            criterion,
            text,
            tuple(last[criterion, who] for who in partners if (criterion, who) in last),
            tuple(who for who in partners if (criterion, who) not in last),
        )
        for criterion, text in criteria.items()
    ]
