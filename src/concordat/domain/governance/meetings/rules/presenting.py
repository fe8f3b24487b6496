"""A paper before many bodies: where it has been, what each asked, and what came back.

A paper is written once. Each body has it on its own day, with its own statuses and its own
cover, and may answer; each point that it makes is answered. What a cover says of earlier
presentations and of consultation is drawn from where the paper has really been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from concordat.domain.governance.meetings.rules.papers import Part
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, join_words
from concordat.kernel.sensitivity import Sensitivity
from concordat.kernel.verdict import Verdict, no, yes

MOST_POINTS = 30
_UNDATED = UncertainDate.parse("?")
_NO = frozenset({"na", "n/a", "no", "none", "nothing", "not applicable"})


class Response(StrEnum):
    """What the writer of a paper makes of one point of feedback."""

    ACCEPTED = "accepted"
    IN_PART = "accepted in part"
    NOT_ACCEPTED = "not accepted"
    NOTED = "noted"


def points(words: str) -> list[str]:
    """One point in a line; a dash or bullet that somebody typed before it is not part of it."""
    found = [line.strip().lstrip("-*•").strip() for line in words.splitlines()]
    return [point for point in found if point]


def may_give(told: list[str]) -> Verdict:
    if not told:
        return no("Write at least one point.")
    if len(told) > MOST_POINTS:
        return no(f"That is {len(told)} points. Send {MOST_POINTS} or fewer at a time.")
    return yes()


def may_answer(response: Response, words: str) -> Verdict:
    """What is accepted says by itself what follows; whatever is not says why."""
    if response is not Response.ACCEPTED and not words.strip():
        return no("Say why, or what you do instead.")
    return yes()


def answered_in_words(given: int, answered: int) -> str:
    if not given:
        return "No feedback came back yet."
    left = given - answered
    rest = f"{count(left, 'point')} still to answer" if left else "all answered"
    return f"{count(given, 'point')} came back, {rest}."


def told_afterwards(words: str) -> bool | None:
    """Whether a cover says that a policy or decision needs documenting and telling afterwards;
    None where it says nothing. Covers answer with "NA" as often as with "No"."""
    bare = words.strip().rstrip(".").lower()
    return None if not bare else bare not in _NO


def reaches(level: Sensitivity, is_theirs: bool, is_let_in: bool) -> Verdict:
    """Whether an item can come before a body: what is held closely goes only to the body that
    owns it, or to one that was let in to it."""
    if level <= Sensitivity.PARTNERSHIP or is_theirs or is_let_in:
        return yes()
    return no(
        "Its members may not open this item. Let that body in to it first, on the page of who "
        "may open it."
    )


@dataclass(frozen=True, slots=True)
class Been:
    """One place where a paper or its work was or will be. `done` is whether it has been there,
    `version` which text of it."""

    where: str
    day: UncertainDate | None
    done: bool
    version: str = ""
    until: UncertainDate | None = None

    @property
    def sentence(self) -> str:
        told = f"{self.where}, {self.day}" if self.day else self.where
        told = f"{told} to {self.until}" if self.until else told
        return f"{told} ({self.version})" if self.version else told


def in_order(rows: Iterable[Been]) -> list[Been]:
    """By their days; what has none comes last."""
    return sorted(rows, key=lambda each: ((each.day or _UNDATED).sort_key, each.where))


def drawn(
    presented: Iterable[Been], consulted: Iterable[Been], at: UncertainDate | None
) -> dict[Part, list[str]]:
    """What a cover draws for a presentation on a day, from everywhere else that it has been.

    Before: where it was. Consulted: the same and whom somebody asked. Planned: what is still to
    come, save what lies before the day of this cover itself.
    """
    elsewhere, asked = in_order(presented), in_order(consulted)
    was = [each for each in elsewhere if each.done]
    ahead = [each for each in (*elsewhere, *asked) if not each.done and not _is_over(each, at)]
    found = {
        Part.PRESENTED_BEFORE: [each.sentence for each in was],
        Part.CONSULTED: [each.sentence for each in (*was, *asked) if each.done],
        Part.TO_CONSULT: [each.sentence for each in in_order(ahead)],
    }
    return {part: told for part, told in found.items() if told}


def _is_over(each: Been, at: UncertainDate | None) -> bool:
    """Whether all of it lies before the day of a cover."""
    last = each.until or each.day
    if last is None or at is None or last.latest is None or at.earliest is None:
        return False
    return last.latest < at.earliest


def joined(written: str, told: list[str]) -> str | list[str]:
    """What somebody wrote in a part of a cover and what is drawn beneath it."""
    if not told:
        return written
    return [*([written] if written else []), *told]


def afterwards(words: Iterable[str]) -> str:
    """What has to be documented and told after a decision, from the covers of its papers."""
    wanted = [each.strip() for each in words if told_afterwards(each)]
    real = [each for each in wanted if each.lower() not in ("yes", "yes.")]
    return join_words(dict.fromkeys(real))
