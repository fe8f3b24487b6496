"""What a paper's cover asks of a body, and when a cover contradicts itself.

A cover says several things at once: the Tower Hamlets report of 29 March 2019 is for
information, an update by request of a named board, and asks for feedback. Each receiving body
has its own cover; what it asks is written once and shown on each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


class Status(StrEnum):
    """Why a paper comes before a body. The words of the partnership file."""

    INFORMATION = "information"
    UPDATE = "update by request"
    FEEDBACK = "feedback requested"
    ACTION = "action required"
    DECISION = "decision required"
    BRIEFING = "briefing"
    CONSULTATION = "consultation"
    NOT_STATED = "not stated"


CHOSEN = tuple(each for each in Status if each is not Status.NOT_STATED)
"""What somebody who writes a cover chooses from; a source may leave it open."""
ASKING = frozenset({Status.FEEDBACK, Status.ACTION, Status.DECISION, Status.CONSULTATION})


class Part(StrEnum):
    """A part of a cover. `sort` says what is written there."""

    TITLE = "title"
    AUTHOR = "author"
    PRESENTED_BY = "presented_by"
    STATUS = "status"
    REQUESTED_BY = "requested_by"
    TO_TELL = "to_tell"
    PRESENTED_BEFORE = "presented_before"
    VERSION = "version"
    SUMMARY = "summary"
    ASKED = "asked"
    CONSULTED = "consulted"
    TO_CONSULT = "to_consult"
    RISK = "risk"
    BUDGET = "budget"
    LEGAL = "legal"
    EQUALITIES = "equalities"
    ENGAGEMENT = "engagement"
    INTEGRATION = "integration"
    APPENDICES = "appendices"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Part.TITLE: "Title of report",
    Part.AUTHOR: "Author",
    Part.PRESENTED_BY: "Presented by",
    Part.STATUS: "Status of report",
    Part.REQUESTED_BY: "Update by request of",
    Part.TO_TELL: "Is there a policy or decision that needs documenting and telling afterwards?",
    Part.PRESENTED_BEFORE: "When and where it was presented before",
    Part.VERSION: "This version",
    Part.SUMMARY: "Executive summary",
    Part.ASKED: "Decisions and recommendations sought",
    Part.CONSULTED: "Who has been consulted",
    Part.TO_CONSULT: "Further consultation planned",
    Part.RISK: "Risk implications",
    Part.BUDGET: "Budget",
    Part.LEGAL: "Legal",
    Part.EQUALITIES: "Equalities",
    Part.ENGAGEMENT: "Engagement of children and young people",
    Part.INTEGRATION: "Integration",
    Part.APPENDICES: "Appendices",
}
LONG = frozenset(
    {
        Part.SUMMARY, Part.CONSULTED, Part.TO_CONSULT, Part.RISK, Part.BUDGET, Part.LEGAL,
        Part.EQUALITIES, Part.ENGAGEMENT, Part.INTEGRATION,
    }
)  # fmt: skip
"""Parts that hold paragraphs."""
DRAWN = frozenset({Part.PRESENTED_BEFORE, Part.CONSULTED, Part.TO_CONSULT})
"""Parts that are drawn from where the paper has been, beneath what somebody writes in them."""


@dataclass(frozen=True, slots=True)
class Template:
    """Which parts a receiving body's cover has, in order, and which of them it insists on."""

    key: str
    title: str
    parts: tuple[Part, ...]
    needed: frozenset[Part] = frozenset()


_SHORT = (
    Part.TITLE, Part.AUTHOR, Part.PRESENTED_BY, Part.STATUS, Part.SUMMARY, Part.ASKED, Part.RISK,
)  # fmt: skip
TEMPLATES: Mapping[str, Template] = {
    each.key: each
    for each in (
        Template("whole", "Whole cover", tuple(Part), frozenset({Part.TITLE, Part.STATUS})),
        Template("short", "Short cover", _SHORT, frozenset({Part.TITLE, Part.STATUS})),
        Template(
            "decision",
            "Cover for a decision",
            tuple(part for part in Part if part is not Part.REQUESTED_BY),
            frozenset(
                {Part.TITLE, Part.STATUS, Part.SUMMARY, Part.ASKED, Part.RISK, Part.BUDGET,
                 Part.LEGAL, Part.EQUALITIES, Part.ENGAGEMENT}
            ),
        ),
    )
}  # fmt: skip
USUAL = "whole"


def warnings(
    statuses: Iterable[Status], asks: Iterable[str], requested_by: str, to_tell: bool | None
) -> list[str]:
    """What a cover says that does not fit together. Warnings tell; they stop nothing."""
    told, asked = set(statuses), [each for each in asks if each.strip()]
    found = []
    if asked and not told & ASKING:
        found.append(
            "The paper asks for something, but its status says that it asks for nothing: "
            f"{join_words(asked)}."
        )
    if told & {Status.ACTION, Status.DECISION} and not asked:
        found.append("A decision or action is required, but the paper does not say which.")
    if Status.UPDATE in told and not requested_by:
        found.append("It is an update by request, but the cover does not say of whom.")
    if Status.DECISION in told and to_tell is None:
        found.append("Say whether the decision needs documenting and telling afterwards.")
    return found


def missing(template: Template, written: Mapping[Part, str]) -> list[Part]:
    """Parts that the receiving body insists on and that are empty."""
    return [part for part in template.parts if part in template.needed and not written.get(part)]


def is_whole(template: Template, written: Mapping[Part, str]) -> Verdict:
    """Whether a cover can go into a pack."""
    lacking = missing(template, written)
    if lacking:
        names = join_words(f"“{part.label}”" for part in lacking)
        return no(f"{template.title} needs {names}.")
    return yes()


class Check(StrEnum):
    """What somebody is asked to give on a paper before it goes out."""

    CLEARANCE = "clearance"
    ADVICE = "advice"


class Given(StrEnum):
    CLEARED = "cleared"
    ADVISED = "advised"
    SENT_BACK = "sent back"
    NOT_GIVEN = "taken as not given"


def may_issue(checks: Iterable[tuple[Check, Given | None]]) -> Verdict:
    """Every clearance is given; advice whose time ran out is taken as not given."""
    waiting = sum(1 for check, given in checks if check is Check.CLEARANCE and given is None)
    if waiting:
        return no("This paper still waits for clearance.")
    return yes()
