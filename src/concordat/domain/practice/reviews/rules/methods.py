"""Methods as data, and a guided choice: a few questions, and every method with reasons for and
against it. The choice is a person's, with their reason; the order only suggests.

No method is set by law: WT leaves it to the partners, as long as it fits the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from concordat.kernel.labels import count, join_words


@dataclass(frozen=True, slots=True)
class Band:
    """A planning figure. `pounds` is whole pounds."""

    key: str
    pounds: int
    told: str
    conf: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of a method; `week` counts from the day on which the review was decided on."""

    key: str
    title: str
    week: int


@dataclass(frozen=True, slots=True)
class Method:
    """A way to carry out a review. `weeks` is the shortest and the longest that is usual."""

    key: str
    name: str
    shape: str
    people: tuple[str, ...]
    artefacts: tuple[str, ...]
    weeks: tuple[int, int]
    band: Band
    conf: str
    source: str
    fits: Mapping[str, tuple[str, ...]]
    strains: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]
    stages: tuple[Milestone, ...]

    @property
    def is_verified(self) -> bool:
        return self.conf == "S"

    @property
    def weeks_in_words(self) -> str:
        return f"{self.weeks[0]} to {self.weeks[1]} weeks"

    def against(self, began: date, ended: date | None, today: date) -> str:
        """How long it took or takes, against what is usual."""
        weeks = ((ended or today) - began).days // 7
        told = f"It took {count(weeks, 'week')}" if ended else f"{count(weeks, 'week')} so far"
        if weeks > self.weeks[1]:
            return f"{told}, {weeks - self.weeks[1]} more than is usual."
        return f"{told}, within what is usual." if ended else f"{told}."


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the guided choice."""

    key: str
    topic: str
    text: str
    choices: tuple[Choice, ...]


def _asked(key: str, topic: str, text: str, **choices: str) -> Asked:
    made = tuple(Choice(name.replace("_", "-"), told) for name, told in choices.items())
    return Asked(key, topic, text, made)


QUESTIONS: tuple[Asked, ...] = (
    _asked(
        "purpose", "Purpose", "What is it for?",
        why="To learn why things happened as they did", health="To learn from harm in health care",
        theme="To learn what runs across several cases", well="To learn from what went well",
    ),
    _asked(
        "statutory", "Statutory", "Is it a statutory review?",
        yes="Yes: the criteria were weighed and a local review decided on", no="No",
    ),
    _asked(
        "scale", "Reach", "How far does it reach?",
        one_agency="One agency in the main", many_agencies="Several agencies of one area",
        several_areas="Several areas",
    ),
    _asked(
        "family", "Family", "Can the family take part?",
        yes="Yes, they wish to", some="In part", no="Not now",
    ),
    _asked(
        "practitioners", "Practitioners", "Can practitioners meet?",
        yes="Yes, together", some="Some, or one by one", no="Not while proceedings run",
    ),
    _asked(
        "proceedings", "Proceedings", "Are there proceedings beside it?",
        none="None", some="Some, which need not wait", trial="A trial or inquest that may delay it",
    ),
    _asked(
        "time", "Time", "How much time is there?",
        short="Up to 12 weeks", medium="Up to 20 weeks", long="Up to 6 months",
    ),
    _asked(
        "cost", "Money", "How much money is there?",
        small="Staff time and little else", usual="About £8,000", complex="Up to £15,000",
    ),
    _asked(
        "capacity", "People", "Who can do it?",
        accredited="Accredited lead reviewers are at hand", managers="Managers can give days",
        little="Little can be spared",
    ),
)  # fmt: skip


@lru_cache(maxsize=1)
def methods() -> tuple[Method, ...]:
    """Every packaged method, in the order of the file."""
    told = yaml.safe_load(Path(__file__).with_name("methods.yaml").read_text("utf-8"))
    bands = {key: Band(key, **row) for key, row in told["bands"].items()}
    return tuple(_read(row, bands) for row in told["methods"])


def _read(row: dict[str, Any], bands: Mapping[str, Band]) -> Method:
    weighed = {name: _answers(row[name]) for name in ("fits", "strains", "needs")}
    return Method(
        key=row["key"],
        name=row["name"],
        shape=row["shape"],
        people=tuple(row["people"]),
        artefacts=tuple(row["artefacts"]),
        weeks=(row["weeks"][0], row["weeks"][1]),
        band=bands[row["cost"]],
        conf=row["conf"],
        source=row["source"],
        stages=tuple(Milestone(*each) for each in row["stages"]),
        **weighed,
    )


def _answers(told: Mapping[str, Sequence[object]]) -> dict[str, tuple[str, ...]]:
    """YAML reads a bare yes as true: answers are texts here."""
    words = {True: "yes", False: "no"}
    return {
        key: tuple(words[each] if isinstance(each, bool) else str(each) for each in values)
        for key, values in told.items()
    }


def method(key: str) -> Method | None:
    return next((each for each in methods() if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A method with what speaks for and against it; `barred` is why it cannot be done so."""

    method: Method
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    barred: str = ""

    @property
    def score(self) -> int:
        return len(self.speaks_for) - 2 * len(self.against) - (100 if self.barred else 0)


def rank(answers: Mapping[str, str]) -> list[Ranked]:
    """Every method, what fits best first; equals stay in the order of the file. A question left
    open speaks neither for nor against."""
    found = [_weighed(each, answers) for each in methods()]
    return sorted(found, key=lambda each: -each.score)


def _weighed(method: Method, answers: Mapping[str, str]) -> Ranked:
    told = {key: value for key, value in answers.items() if value}
    speaks_for = _reasons(method.fits, told)
    against = [*_reasons(method.strains, told), *_too_long(method, told), *_too_dear(method, told)]
    return Ranked(method, tuple(speaks_for), tuple(against), _barred(method, told))


def _reasons(weights: Mapping[str, tuple[str, ...]], told: Mapping[str, str]) -> list[str]:
    return [
        f"{each.topic}: {words(each, told[each.key])}"
        for each in QUESTIONS
        if told.get(each.key, "") in weights.get(each.key, ())
    ]


def words(question: Asked, value: str) -> str:
    """An answer as it is offered."""
    found = next((each.text for each in question.choices if each.key == value), value)
    return found[:1].lower() + found[1:]


_WEEKS = {"short": 12, "medium": 20, "long": 26}


def _too_long(method: Method, told: Mapping[str, str]) -> list[str]:
    weeks = _WEEKS.get(told.get("time", ""))
    if weeks is None or method.weeks[0] <= weeks or told["time"] in method.strains.get("time", ()):
        return []
    return [f"It takes {method.weeks_in_words}; there are {weeks}"]


_POUNDS = {"small": 2000, "usual": 8000, "complex": 15000}


def _too_dear(method: Method, told: Mapping[str, str]) -> list[str]:
    cost = told.get("cost", "")
    if cost not in _POUNDS or cost in method.strains.get("cost", ()):
        return []
    dear = method.band.pounds > _POUNDS[cost]
    return [f"It costs {method.band.told}"] if dear else []


def _barred(method: Method, told: Mapping[str, str]) -> str:
    missing = [
        f"{question.topic.lower()}: {words(question, method.needs[question.key][0])}"
        for question in QUESTIONS
        if question.key in method.needs
        and told.get(question.key)
        and told[question.key] not in method.needs[question.key]
    ]
    return f"It needs {join_words(missing)}" if missing else ""


def planned(method: Method, decided: date) -> list[tuple[Milestone, date]]:
    """The stages of a method with their planned days."""
    return [(each, decided + timedelta(weeks=each.week)) for each in method.stages]
