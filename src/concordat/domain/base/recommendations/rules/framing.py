"""The points on which a draft is worked before a board sees it, and what each may be answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


class Point(StrEnum):
    """One question of the check list."""

    ADDRESSEE = "addressee"
    CHANGE = "change"
    MEASURE = "measure"
    BEFORE = "before"
    NATURE = "nature"

    @property
    def question(self) -> str:
        return _QUESTIONS[self]

    @property
    def label(self) -> str:
        return _LABELS[self]


_QUESTIONS = {
    Point.ADDRESSEE: "Is an addressee named who can do it?",
    Point.CHANGE: "Does it ask for one clear change, and answer its finding?",
    Point.MEASURE: "Is it said how anybody will see that it worked?",
    Point.BEFORE: "Have we looked whether we were told this before?",
    Point.NATURE: "Is it said whether it is a change of the system or a matter of compliance?",
}
_LABELS = {
    Point.ADDRESSEE: "Addressee",
    Point.CHANGE: "The change",
    Point.MEASURE: "Measure",
    Point.BEFORE: "Told before",
    Point.NATURE: "System change or compliance",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on file about a draft, as the check list reads it."""

    addressee: str = ""
    measure: str = ""
    nature: str = ""
    told_before: int = 0
    """How many others a person found to be the same."""


def may_answer(point: Point, answer: bool, reason: str, facts: Facts) -> Verdict:
    """A point is answered with its reason, and never with yes against what is on file."""
    if not reason.strip():
        return no("Give the reason, in one sentence: the board reads it.")
    if not answer:
        return yes()
    missing = {
        Point.ADDRESSEE: (facts.addressee, "No addressee is named. Name one, or answer no."),
        Point.MEASURE: (facts.measure, "No measure is named. Name one, or answer no."),
        Point.NATURE: (facts.nature, "Nobody has said which it is. Say so, or answer no."),
    }
    on_file, told = missing.get(point, ("-", ""))
    return yes() if on_file else no(told)


def may_be_put(answered: Collection[str]) -> Verdict:
    """A draft goes before a board once every point was answered, with yes or with no."""
    left = [point.label.lower() for point in Point if point.value not in answered]
    if left:
        return no(f"The check list is not whole yet. Still open: {join_words(left)}.")
    return yes()


_SAYS = {
    "addressee": (Point.ADDRESSEE,),
    "measure": (Point.MEASURE,),
    "nature": (Point.NATURE,),
    "nature_why": (Point.NATURE,),
    **dict.fromkeys(("title", "change", "finding"), (Point.CHANGE, Point.BEFORE)),
}


def asked_anew(changed: Collection[str]) -> list[Point]:
    """The points whose answers were about words that are no more, in the order of the list."""
    return [point for point in Point if any(point in _SAYS.get(name, ()) for name in changed)]


def checked_in_words(answers: Mapping[str, bool]) -> str:
    """ "3 of 5 points are answered; 1 with no."."""
    refused = sum(not answer for answer in answers.values())
    told = f"{len(answers)} of {len(Point)} points are answered"
    return f"{told}; {refused} with no." if refused else f"{told}."


_OF_COMPLIANCE = re.compile(
    r"\b(remind\w*|re-?issue\w*|ensure\w*|make sure|compl(?:y|ies|iance|iant)|adhere\w*|"
    r"disseminat\w*|circulat\w*|refresh\w*|raise awareness|follow (?:the )?(?:policy|procedure)s?|"
    r"should be aware|mandatory training)\b",
    re.IGNORECASE,
)


def words_of_compliance(text: str) -> list[str]:
    """Words of a recommendation that often ask for compliance: a hint to a person, no judgement."""
    return list(dict.fromkeys(found.lower() for found in _OF_COMPLIANCE.findall(text)))
