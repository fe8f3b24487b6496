"""Partnerships that share a programme: one proposes, the other agrees, and either may end it.

Nobody stands above those who share: each sees the same rows, and each may leave.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class Joined(StrEnum):
    """How far a partnership's sharing in a programme is."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LEFT = "left"

    @property
    def label(self) -> str:
        return self.value.capitalize()


JOINING = States(
    [
        Move("agree", Joined.PROPOSED, Joined.AGREED, note="by the partnership that is asked"),
        Move("decline", Joined.PROPOSED, Joined.DECLINED, note="with a reason"),
        Move("withdraw", Joined.PROPOSED, Joined.WITHDRAWN, note="by whoever proposed it"),
        Move("leave", Joined.AGREED, Joined.LEFT, note="on a last day, with a reason"),
    ],
    Joined.PROPOSED,
)


def may_propose(slug: str, lead: str, sharing: Collection[str], asked: Collection[str]) -> Verdict:
    """Another partnership that neither shares in it nor was asked already."""
    if slug == lead:
        return no("This partnership leads the programme already.")
    if slug in sharing:
        return no("It shares in the programme already.")
    if slug in asked:
        return no("It is asked already. Wait for its answer, or withdraw the proposal first.")
    return yes()
