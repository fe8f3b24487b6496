"""The reports there are, declared as data: sections in their order, each with its blocks of facts.

A section's key never changes, since narrative is kept under it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concordat.domain.governance.meetings.rules.papers import Part

EVERY_OTHER = "*"


@dataclass(frozen=True, slots=True)
class Section:
    """`says` tells its author what belongs here; `blocks` are named in `blocks.BLOCKS`.

    `topics` are those of the statements that stand here; with `EVERY_OTHER` also those whose
    topic stands nowhere else.
    """

    key: str
    title: str
    says: str
    blocks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A report: what it is asked for by, its title, what it tells, and its sections."""

    name: str
    title: str
    does: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        return next((each for each in self.sections if each.key == key), None)

    def tells(self, section: Section, topic: str) -> bool:
        """Whether statements of a topic stand in a section."""
        if topic in section.topics:
            return True
        named = any(topic in each.topics for each in self.sections)
        return EVERY_OTHER in section.topics and not named


LEFT_OPEN = Section(
    "left-open",
    "What is left open",
    "Gaps, contradictions and open questions that belong to no section above.",
)
"""Stands last in every report: no finding is lost because no section tells of its subject."""

BOARD_UPDATE = Declared(
    "board-update",
    "Board update",
    "The cover paper to boards: decisions sought, risks, money, arrangements, products.",
    (
        Section("cover", "Cover", "Who writes, presents and receives the paper.", ("cover",)),
        Section(
            "summary",
            "Executive summary",
            "What has changed and what it means, in a page.",
            ("timetable", "approvals", "tiers"),
        ),
        Section(
            "decisions",
            "Key issues, decisions and recommendations",
            "What the board is asked, and which decisions are still to come.",
            ("asks", "planned_decisions"),
        ),
        Section(
            "consultation",
            "Consultation",
            "Who has been asked, and what is planned.",
            ("consultations", "briefings", "sessions"),
        ),
        Section(
            "risk-implications",
            "Risk implications",
            "What may go wrong, in a sentence each.",
            ("risks_in_short",),
            ("Risk",),
        ),
        Section(
            "budget-and-legal",
            "Budget and legal issues",
            "What it costs, who pays, and what reviews cost.",
            ("costs", "comparators", "contributions", "shares", "totals", "reviewing"),
            ("Finance",),
        ),
        Section(
            "equalities",
            "Equalities considerations",
            "What an assessment of equality found.",
            ("equality",),
        ),
        Section(
            "engagement",
            "Engagement of children and young people",
            "How they are heard, and with whom.",
            ("engagement",),
        ),
        Section("integration", "Integration issues", "What it means for other services."),
        Section(
            "background",
            "Background",
            "Why the partnership changes, and who steers it.",
            ("laws", "programmes", "meetings_held"),
            ("Transition",),
        ),
        Section(
            "arrangements",
            "Overview of the arrangements",
            "How the partnership is to work, and for which area.",
            ("contents", "footprints", "promises"),
            ("Principles", "Governance", "Area", EVERY_OTHER),
        ),
        Section(
            "leadership",
            "Strategic leadership",
            "Who leads for each partner, with what power, accountable to whom.",
            ("leads", "delegations", "lines", "links", "scrutiny"),
            ("Partners", "Authority", "Accountability", "Policing", "Scrutiny"),
        ),
        Section(
            "relevant-agencies",
            "Relevant agencies",
            "Who supports the partners from the wider system.",
            ("relevant_agencies", "wider_seats"),
            ("Relevant agencies",),
        ),
        Section(
            "components",
            "Structure and roles",
            "Each part of the system: what it does, who is on it, how often it meets.",
            ("components", "phases_of_roles", "roles", "old_board"),
            ("Structure",),
        ),
        Section(
            "products",
            "Works to date",
            "What the programme has drafted and when the rest is due.",
            ("products", "milestones", "appointments"),
        ),
        Section(
            "risks",
            "Risks and mitigations",
            "The register, in its own words for likelihood and impact.",
            ("registers", "risks"),
        ),
        Section(
            "additional-works",
            "Additional works",
            "Separate work that bears on the partnership.",
            ("training", "child_death", "child_death_approvals"),
            ("Child death review",),
        ),
        LEFT_OPEN,
    ),
)

EVALUATION_INTERIM = Declared(
    "evaluation-interim",
    "Interim evaluation",
    "Programme, priorities, governance, communications and learning to date.",
    (
        Section(
            "introduction", "Introduction", "What the paper is about.", ("evaluation", "told_from")
        ),
        Section("questions", "Research questions", "What is to be found out.", ("questions",)),
        Section("work-done", "Evaluation work to date", "What was done.", ("work_done",)),
        Section(
            "background",
            "Background",
            "Why there is a programme.",
            ("laws", "timetable", "programmes", "footprints"),
            (EVERY_OTHER,),
        ),
        Section("priorities", "Priority areas", "What was chosen.", ("priorities",)),
        Section(
            "milestones",
            "Programme milestones",
            "What was planned, what changed and why.",
            ("phases", "replans", "milestones", "happenings"),
        ),
        Section(
            "governance",
            "Programme governance",
            "Who steers, who attends, and what was agreed.",
            ("components", "meetings_held", "appointments"),
        ),
        Section(
            "communications",
            "Programme communications",
            "Who was told what.",
            ("communications",),
        ),
        Section(
            "implementation",
            "Programme implementation",
            "What is under way in each priority.",
            (
                "workstreams",
                "learning",
                "learning_cycles",
                "cycle_findings",
                "reviewing",
                "scrutiny",
            ),
        ),
        Section("challenges", "Learning: challenges", "What is hard.", ("challenges",)),
        Section("responses", "Learning: responses", "What was done about it.", ("responses",)),
        Section("successes", "Learning: successes", "What went well.", ("successes",)),
        Section(
            "next-steps",
            "Next steps of the evaluation",
            "What is to come.",
            ("next_steps", "criteria"),
        ),
        LEFT_OPEN,
    ),
)

COVER_PARTS = {
    Part.SUMMARY.value: "summary",
    Part.CONSULTED.value: "consultation",
    Part.RISK.value: "risk-implications",
    Part.BUDGET.value: "budget-and-legal",
    Part.EQUALITIES.value: "equalities",
    Part.ENGAGEMENT.value: "engagement",
    Part.INTEGRATION.value: "integration",
}
"""The section that speaks for a part of a paper's cover."""

DECLARED = (BOARD_UPDATE, EVALUATION_INTERIM)
REPORT_NAMES = tuple(each.name for each in DECLARED)


def declared(name: str) -> Declared | None:
    return next((each for each in DECLARED if each.name == name), None)


def _section_keys() -> Iterator[str]:
    for report in DECLARED:
        for each in report.sections:
            yield each.key


SECTION_KEYS = tuple(dict.fromkeys(_section_keys()))
"""Every key of a section, each once, in the order in which reports have them."""
