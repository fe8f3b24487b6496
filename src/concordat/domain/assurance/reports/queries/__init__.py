"""What a partnership tells of itself as at a day, in any format, and the rows behind it."""

from concordat.domain.assurance.reports.models import Narrative, ReportIssue, WordTemplate
from concordat.domain.assurance.reports.queries.going_out import going_out, meetings_in_words
from concordat.domain.assurance.reports.queries.making import (
    REPORTS,
    Report,
    assembled,
    compared,
    made,
    reports,
    texts_of,
)
from concordat.domain.assurance.reports.queries.narrative import (
    issues,
    narrative_of,
    papers_to_fill,
    wordings,
)
from concordat.domain.assurance.reports.queries.rows import ground_of
from concordat.domain.assurance.reports.queries.templates import (
    filled,
    in_own_template,
    parts_of,
    starter,
    template_of,
    templates,
)
from concordat.domain.governance.meetings.models import Paper

__all__ = [
    "REPORTS",
    "Narrative",
    "Paper",
    "Report",
    "ReportIssue",
    "WordTemplate",
    "assembled",
    "compared",
    "filled",
    "going_out",
    "ground_of",
    "in_own_template",
    "issues",
    "made",
    "meetings_in_words",
    "narrative_of",
    "papers_to_fill",
    "parts_of",
    "reports",
    "starter",
    "template_of",
    "templates",
    "texts_of",
    "wordings",
]
