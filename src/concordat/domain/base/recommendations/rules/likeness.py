"""How alike two recommendations are, by the words that they share.

Plain words, so that a person can see why: each text is brought to the stems of its words, words
that mean the same in the field to one of them, and what both hold is counted. A stem that few
texts hold counts for more than one that many hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TypeVar

from concordat.domain.base.records.rules import search_terms

LEAST_SHARED = 2
LEAST_SCORE = 0.2
MOST_SHOWN = 12
MOST_ASKED = 24
_SHORTEST = 4

T = TypeVar("T")

_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ions", "ion"),
    *("ance", "ence", "ances", "ences", "ers", "ies", "ive", "ed", "es", "er", "al", "ly"),
    *("s", "e", "y"),
)
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("doctor", "gp", "gps", "surgery", "surgeries"),
    ("share", "sharing", "exchange", "exchanging", "pass", "passing", "passed", "shared"),
    ("inform", "data", "information", "intelligence"),
    ("child", "children", "infant", "infants", "baby", "babies", "young"),
    ("school", "schools", "education", "educational", "teacher", "teachers", "nursery"),
    ("supervise", "supervision", "supervisor", "supervisory", "oversight"),
    ("train", "training", "taught", "teach", "learning"),
    ("listen", "listening", "voice", "voices", "heard", "hear", "wishes"),
    ("history", "chronology", "chronologies", "background", "past"),
    ("challenge", "challenging", "curiosity", "curious", "question", "questioning"),
    ("escalate", "escalation", "escalating", "dispute", "disputes", "disagreement"),
    ("transfer", "transferred", "move", "moved", "moves", "moving", "relocate", "relocated"),
    ("health", "nhs", "clinical", "clinician", "clinicians", "hospital", "hospitals"),
    ("visit", "visiting", "visitor", "visitors"),
    ("neglect", "neglected", "neglectful"),
    ("father", "fathers", "partner", "partners", "men", "male"),
    ("risk", "risks", "danger", "dangers"),
    ("assess", "assessment", "assessments", "assessing", "assessed"),
    ("family", "families", "relative", "relatives", "kin"),
    ("borough", "boroughs", "authority", "authorities"),
    ("tool", "tools", "toolkit", "toolkits"),
    ("interpreter", "interpreters", "translator", "translators"),
    ("bruise", "bruises", "bruising", "injury", "injuries"),
    ("abuse", "violence"),
)
_MEANS = {word: group[0] for group in _GROUPS for word in group}
_KIN: dict[str, tuple[str, ...]] = {group[0]: group for group in _GROUPS}
_EMPTY = frozenset(
    (  # noqa: SIM905
        "agencies agency all any board boards consider council day days each ensure ensures "
        "every five four knew know known local make makes must one partnership people person "
        "practitioner practitioners professional professionals recommend recommendation "
        "recommended review safeguarding shall staff sure take ten three two week weeks "
        "within work working year years"
    ).split()
)
"""Words that almost every recommendation holds, which tell nothing of any."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The beginning of a word that its forms have in common: "sharing", "shared" -> "shar"."""
    found = _MEANS.get(word, word)
    return _bare(found)


def stems(text: str) -> dict[str, str]:
    """The stems of a text that tell something, each with the first word that it was told by."""
    found: dict[str, str] = {}
    for typed in _WORD.findall(text):
        for word in _telling(typed):
            found.setdefault(stem(word), typed.lower())
    return found


@lru_cache(maxsize=20_000)
def _telling(typed: str) -> tuple[str, ...]:
    """The words of one typed word that tell something, as an index keeps them."""
    return tuple(w for w in search_terms(typed) if w not in _EMPTY and len(w) > 1)


def beginnings(text: str) -> tuple[str, ...]:
    """Beginnings of words by which an index is asked for what may be like a text, with those of
    words that mean the same."""
    wanted: dict[str, None] = {}
    for typed in _WORD.findall(text):
        for word in _telling(typed):
            kin = _KIN.get(_MEANS.get(word, ""), (word,))
            wanted |= dict.fromkeys(_bare(each) for each in kin)
    return tuple(wanted)[: MOST_ASKED * 4]


def _bare(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a text is to another: `words` as this text writes what both say."""

    score: float
    words: tuple[str, ...]


def alike(text: str, others: Mapping[T, str]) -> list[tuple[T, Likeness]]:
    """Those of the others that share enough with a text, the most alike first.

    The score is the weight of the stems that both hold over that of the shorter text's, from 0
    to 1.
    """
    mine = stems(text)
    theirs = {key: stems(told) for key, told in others.items()}
    weights = _weights([mine, *theirs.values()])
    found = [(key, _likeness(mine, told, weights)) for key, told in theirs.items()]
    found = [
        (key, likeness)
        for key, likeness in found
        if len(likeness.words) >= LEAST_SHARED and likeness.score >= LEAST_SCORE
    ]
    return sorted(found, key=lambda pair: -pair[1].score)[:MOST_SHOWN]


def _weights(texts: Sequence[Mapping[str, str]]) -> dict[str, float]:
    held = Counter(each for text in texts for each in text)
    return {each: 1 + log(len(texts) / many) for each, many in held.items()}


def _likeness(
    mine: Mapping[str, str], theirs: Mapping[str, str], weights: Mapping[str, float]
) -> Likeness:
    both = [each for each in mine if each in theirs]
    least = min(_weight(mine, weights), _weight(theirs, weights))
    score = _weight(both, weights) / least if least else 0.0
    return Likeness(round(score, 3), tuple(mine[each] for each in both))


def _weight(held: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights[each] for each in held)


def strands(pairs: Iterable[tuple[T, T]], members: Iterable[T]) -> list[set[T]]:
    """The members in groups of those that are the same by the pairs, however far around."""
    groups: dict[T, set[T]] = {each: {each} for each in members}
    for first, second in pairs:
        if first in groups and second in groups and groups[first] is not groups[second]:
            joined = groups[first] | groups[second]
            for each in joined:
                groups[each] = joined
    unique = {id(group): group for group in groups.values()}
    return list(unique.values())
