"""What a partnership tells of itself as at a day, in any format, and the rows behind it."""

from concordat.domain.assurance.reports.models import Narrative, ReportIssue
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

__all__ = [
    "REPORTS",
    "Narrative",
    "Report",
    "ReportIssue",
    "assembled",
    "compared",
    "ground_of",
    "issues",
    "made",
    "narrative_of",
    "papers_to_fill",
    "reports",
    "texts_of",
    "wordings",
]
