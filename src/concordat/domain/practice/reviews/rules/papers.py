"""The questions of a notification and of a rapid review, declared once, and the shapes in which
the one record goes out: to the national body, to the panel, and to the NHS.

The questions follow what national and local forms ask; no form was read whole, so nothing here is
worded as a duty. No name is ever asked: identifiers go by the national body's own channel.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    questions: tuple[Question, ...]


NOTIFICATION: tuple[Section, ...] = (
    Section(
        "The child",
        (
            Question("sex", "Sex"),
            Question("ethnicity", "Ethnicity, as the family would say it"),
            Question("disability", "Disability or long illness"),
            Question("status", "Legal status", "Care order, in accommodation, none"),
            Question("plan", "Child protection or child in need plan", "Now or before, since when"),
            Question("education", "School, nursery or none"),
        ),
    ),
    Section(
        "What happened",
        (
            Question("what", "What happened, as far as it is known"),
            Question("injury", "What harm the child has, and what is expected"),
            Question("first_act", "What was done at once"),
            Question("source", "Who told the council, by role"),
        ),
    ),
    Section(
        "The family and others",
        (
            Question("household", "Who lives with the child, by label"),
            Question("siblings", "Other children, and what keeps them safe now"),
            Question("moves", "Moves in the last 12 months"),
            Question("agencies", "Agencies that know the child or family"),
        ),
    ),
    Section(
        "What else goes on",
        (
            Question("police", "Police investigation", "Whether there is one, and where it stands"),
            Question("court", "Care or other proceedings"),
            Question("coroner", "Coroner or child death review"),
            Question("media", "Interest of the media"),
        ),
    ),
)

RAPID_REVIEW: tuple[Section, ...] = (
    Section(
        "The facts",
        (
            Question("RR-CONTENT-1", "Child and family, protected characteristics", "By label"),
            Question("RR-CONTENT-2", "What happened and why it was notified"),
            Question("RR-CONTENT-3", "Agencies involved"),
            Question("RR-CONTENT-4", "Short chronology"),
            Question("RR-CONTENT-5", "Who took part"),
        ),
    ),
    Section(
        "The children now",
        (Question("RR-CONTENT-6", "Safety of siblings and other children"),),
    ),
    Section(
        "What it shows",
        (
            Question("RR-CONTENT-7", "Good practice"),
            Question("RR-CONTENT-8", "Analysis"),
            Question("RR-CONTENT-9", "Known themes and earlier local learning"),
            Question("RR-CONTENT-10", "Learning for now, with owner and date"),
            Question("RR-CONTENT-13", "Parallel processes"),
        ),
    ),
)


class Paper(StrEnum):
    """A shape in which the one record goes out."""

    NOTIFICATION = "notification"
    PANEL = "rapid-review"
    NHS = "nhs-return"

    @property
    def heading(self) -> str:
        return _TITLES[self][0]

    @property
    def about(self) -> str:
        return _TITLES[self][1]


_TITLES = {
    Paper.NOTIFICATION: (
        "Notification of a serious incident",
        "Shaped to the national form, to be copied into the online system",
    ),
    Paper.PANEL: (
        "Rapid review",
        "The facts, the criteria, the decision and who signed it, for the national body",
    ),
    Paper.NHS: (
        "Return to the NHS case review tracker",
        "Shaped to the tracker of the NHS, from the same record",
    ),
}


def questions(sections: tuple[Section, ...]) -> tuple[Question, ...]:
    return tuple(each for section in sections for each in section.questions)


def answered(sections: tuple[Section, ...], told: dict[str, str]) -> tuple[int, int]:
    """How many questions are answered, of how many."""
    asked = questions(sections)
    return sum(bool(told.get(each.key, "").strip()) for each in asked), len(asked)
