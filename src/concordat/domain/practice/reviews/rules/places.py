"""Who notifies, who leads the rapid review and who leads a later review: three questions.

The council where the incident happened notifies (Children Act 2004 s.16C(1)); for what happened
outside England, the council where the child normally lives. The rapid review belongs to the
partners for the place of the incident, and the home area joins in (Working Together 2018 ch.4,
2023 ch.5). Who leads a later review is agreed between the partnerships and follows from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from concordat.kernel.labels import join_words

NOTIFY = "Children Act 2004 s.16C(1)"
LEAD = "Working Together 2018 ch.4, 2023 ch.5"
OLD_LEAD = "Working Together 2015 ch.4 (not verified)"


class Question(StrEnum):
    NOTIFIES = "who notifies"
    RAPID_REVIEW = "who leads the rapid review"
    LATER_REVIEW = "who leads a later review"


@dataclass(frozen=True, slots=True)
class Place:
    """An area with its partnership. `england` False: no council there has the duty."""

    key: str
    name: str
    council: str = ""
    partnership: str = ""
    england: bool = True


@dataclass(frozen=True, slots=True)
class Places:
    """Where it happened, where the child normally lives, and who placed the child elsewhere.

    None: not known yet. `agreed` is the area whose partnership leads a later review.
    """

    happened: Place | None
    home: Place | None = None
    placed_by: Place | None = None
    agreed: Place | None = None
    agreed_how: str = ""

    @property
    def all(self) -> tuple[Place, ...]:
        """Every area that is touched, each once, the place of the incident first."""
        known = [each for each in (self.happened, self.home, self.placed_by) if each]
        return tuple({each.key: each for each in known}.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """Who it is, or nobody with what has to be found out. `joins` take part without leading."""

    question: Question
    place: Place | None
    reason: str
    source: str = ""
    joins: tuple[Place, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.place is None


def answers(places: Places, *, old: bool = False) -> tuple[Answer, Answer, Answer]:
    """The three questions, always in this order, each with its own answer. `old`: the area
    follows its old board."""
    led = leads_rapid_review(places)
    return notifies(places), _by_the_old_board(led) if old else led, leads_later_review(places)


def _by_the_old_board(led: Answer) -> Answer:
    """Before an area's go-live its old board's chair decides; there is no rapid review."""
    reason = (
        "The area follows its old board until it goes live: instead of a rapid review, the board’s "
        "chair decides about a serious case review."
    )
    return replace(led, reason=reason if led.place else led.reason, source=OLD_LEAD)


def notifies(places: Places) -> Answer:
    """The council that has the duty, alone: nobody's view holds it up."""
    question = Question.NOTIFIES
    if places.happened is None:
        return Answer(question, None, "Find out where the incident happened.", NOTIFY)
    if places.happened.england:
        return Answer(question, places.happened, "The incident happened in its area.", NOTIFY)
    if places.home is None:
        outside = f"{places.happened.name} is outside England."
        told = f"{outside} Find out where the child normally lives."
        return Answer(question, None, told, NOTIFY)
    if not places.home.england:
        told = "Neither the incident nor the child’s home is in England: no council has the duty."
        return Answer(question, None, told, NOTIFY)
    told = f"The child normally lives there, and {places.happened.name} is outside England."
    return Answer(question, places.home, told, NOTIFY)


def leads_rapid_review(places: Places) -> Answer:
    """The partners for the place that notifies; every other area that is touched joins in."""
    told = notifies(places)
    question = Question.RAPID_REVIEW
    if told.place is None:
        return Answer(question, None, told.reason, LEAD)
    others = tuple(each for each in places.all if each.key != told.place.key and each.england)
    reason = "A rapid review belongs to the partners for the place of the incident."
    if told.place != places.happened:
        reason = "The council of the child’s home notifies, so its partners hold the rapid review."
    if others:
        verb = "joins" if len(others) == 1 else "join"
        reason += f" {join_words([each.name for each in others])} {verb} in."
    return Answer(question, told.place, reason, LEAD, others)


def leads_later_review(places: Places) -> Answer:
    """Whom the partnerships agreed on. With one area there is nobody to agree with."""
    question = Question.LATER_REVIEW
    touched = [each for each in places.all if each.england]
    if places.agreed:
        how = places.agreed_how or "It is not on record how this was agreed."
        joins = tuple(each for each in touched if each.key != places.agreed.key)
        return Answer(question, places.agreed, how, "", joins)
    if len(touched) == 1:
        return Answer(question, touched[0], "No other area is touched.")
    names = join_words([each.name for each in touched]) or "The areas"
    return Answer(question, None, f"{names} have to agree which partnership leads.")


class Standing(StrEnum):
    """What the child was to a council; more than one may hold."""

    LOOKED_AFTER = "looked after"
    CARE_LEAVER = "care leaver"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that is owed beside the incident's own: the rule of law, to whom, and why."""

    rule: str
    council: str
    reason: str


def other_notices(
    *, died: bool, age: int | None, standings: Iterable[Standing], council: str
) -> list[Notice]:
    """What else is owed when a child or young person has died. `age` in whole years, None unknown.

    Each is a duty of its own with a clock of its own: it neither replaces the notification of a
    serious incident nor waits for it. Whether the rule was in force on the day is for the law.
    """
    held = frozenset(standings)
    if not died:
        return []
    found = []
    if Standing.LOOKED_AFTER in held:
        why = "A looked-after child has died; abuse or neglect need not be suspected."
        found.append(Notice("SIN-LAC", council, why))
    if Standing.CARE_LEAVER in held and (age is None or age <= 24):
        why = "A care leaver up to and including the age of 24 has died."
        found.append(Notice("SIN-CARELEAVER", council, why))
    if age is None or age < 18:
        why = "A child has died: the child death review partners are told."
        found.append(Notice("CDR-NOTIFY", "", why))
    return found
