"""What is remembered of local reviews."""

from concordat.domain.practice.reviews.models.people import (
    AgencyReport,
    FeeStage,
    Member,
    ParallelProceeding,
)
from concordat.domain.practice.reviews.models.publishing import (
    AdvanceCopy,
    Agreement,
    Attendance,
    Called,
    Clearing,
    DisclosureCheck,
    FollowUp,
    LeakFound,
    LearningEvent,
    PublishedReview,
)
from concordat.domain.practice.reviews.models.review import (
    Entry,
    Evidence,
    Finding,
    Line,
    Review,
    Subject,
    TermsOfReview,
)

__all__ = [
    "AdvanceCopy",
    "AgencyReport",
    "Agreement",
    "Attendance",
    "Called",
    "Clearing",
    "DisclosureCheck",
    "Entry",
    "Evidence",
    "FeeStage",
    "Finding",
    "FollowUp",
    "LeakFound",
    "LearningEvent",
    "Line",
    "Member",
    "ParallelProceeding",
    "PublishedReview",
    "Review",
    "Subject",
    "TermsOfReview",
]
