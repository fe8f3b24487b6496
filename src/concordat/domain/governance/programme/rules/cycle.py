"""The yearly cycle of a priority: evidence, choice, owner, test of success, end; and its gates.

A priority without a lead or a test of success is not refused when a source tells of it: the gap
is a finding. Here nobody chooses or begins one with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


class Outcome(StrEnum):
    """What is decided at a gate."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not yet"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Cycle:
    """What is known of a priority's year."""

    evidence: str
    chosen_by: str
    chosen_on: UncertainDate | None
    lead: str
    success: str
    end: UncertainDate | None
    stage: Stage


def missing(cycle: Cycle) -> list[str]:
    """What the cycle lacks, as nouns in its order."""
    has = (
        cycle.evidence,
        cycle.chosen_by or cycle.chosen_on,
        cycle.lead,
        cycle.success,
        cycle.end or cycle.stage.is_over,
    )
    nouns = ("evidence", "a choice by a body", "a lead", "a test of success", "an end")
    return [noun for noun, there in zip(nouns, has, strict=True) if not there]


def finding(cycle: Cycle) -> str:
    lacking = missing(cycle)
    return f"It is not stated: {join_words(lacking)}." if lacking else ""


def may_choose(evidence: str) -> Verdict:
    if evidence.strip():
        return yes()
    return no("Say on which evidence it is chosen.")


def may_begin(cycle: Cycle) -> Verdict:
    """Work begins once somebody owns it and everybody knows what success is."""
    wanted = [each for each in missing(cycle) if each in ("a lead", "a test of success")]
    if wanted:
        return no(f"It needs {join_words(wanted)} before it begins.")
    return yes()


def may_end(open_gates: Sequence[str]) -> Verdict:
    return no(f"A gate is still open: {open_gates[0]}") if open_gates else yes()


def is_outcome(text: str) -> Verdict:
    return yes() if text.strip() else no("Say what came of it, against the test of success.")


def is_undecided(outcome: str) -> Verdict:
    """A gate that is open, or that was answered "not yet", may be decided."""
    if outcome in (Outcome.YES, Outcome.NO):
        return no("This gate is decided. Open another one if the question comes back.")
    return yes()


def together(leads: Iterable[str]) -> str:
    """Of several priorities: whether any states its lead, as the papers of 2018 did not."""
    told = list(leads)
    without = sum(not each for each in told)
    if not told or not without:
        return ""
    if len(told) == 1:
        return "The only priority has no lead."
    if without == len(told):
        return f"None of the {len(told)} priorities states who leads it."
    return f"{without} of {len(told)} priorities {'has' if without == 1 else 'have'} no lead."


LONGEST_ASK = 300


def asked_of_owed(what: str) -> str:
    """What a funder is owed, in the words of an ask, which are few."""
    bare = " ".join(what.split())
    return bare if len(bare) <= LONGEST_ASK else f"{bare[: LONGEST_ASK - 1].rstrip()}…"
