"""The published arrangements as living text: sections, quotes, checklists and differences."""

from concordat.domain.governance.arrangements.rules.text.sections import (
    ALL,
    SECTION_KEYS,
    SECTIONS,
    SUMMARIES,
    Section,
    home_of_topic,
    is_summary,
    section,
    sections_about,
    sections_for,
)
from concordat.domain.governance.arrangements.rules.text.states import (
    PROMISES,
    SETTLED,
    SIGNED_IN,
    STATES,
    WRITTEN_IN,
    Extent,
    PromiseState,
    Stage,
    Way,
)

__all__ = [
    "ALL",
    "PROMISES",
    "SECTIONS",
    "SECTION_KEYS",
    "SETTLED",
    "SIGNED_IN",
    "STATES",
    "SUMMARIES",
    "WRITTEN_IN",
    "Extent",
    "PromiseState",
    "Section",
    "Stage",
    "Way",
    "home_of_topic",
    "is_summary",
    "section",
    "sections_about",
    "sections_for",
]
