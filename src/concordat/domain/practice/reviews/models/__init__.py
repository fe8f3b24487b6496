"""What is remembered of serious incidents and of local reviews."""

from concordat.domain.practice.reviews.models.escalations import (
    Escalation,
    EscalationPolicy,
    EscalationStep,
    EscalationTurn,
)
from concordat.domain.practice.reviews.models.group import (
    GroupAttendance,
    GroupCase,
    GroupEvent,
    GroupFollowUp,
)
from concordat.domain.practice.reviews.models.incidents import (
    Incident,
    IncidentPlace,
    IncidentTurn,
    IncidentView,
    IncidentWeighing,
    NationalReply,
    Notification,
    RapidDecision,
    RapidSignature,
)
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
from concordat.domain.practice.reviews.models.referrals import (
    LearningReferral,
    ReferralGroup,
    ReferralTurn,
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
from concordat.domain.practice.reviews.models.routes import KINDS, RouteRow

__all__ = [
    "KINDS",
    "AdvanceCopy",
    "AgencyReport",
    "Agreement",
    "Attendance",
    "Called",
    "Clearing",
    "DisclosureCheck",
    "Entry",
    "Escalation",
    "EscalationPolicy",
    "EscalationStep",
    "EscalationTurn",
    "Evidence",
    "FeeStage",
    "Finding",
    "FollowUp",
    "GroupAttendance",
    "GroupCase",
    "GroupEvent",
    "GroupFollowUp",
    "Incident",
    "IncidentPlace",
    "IncidentTurn",
    "IncidentView",
    "IncidentWeighing",
    "LeakFound",
    "LearningEvent",
    "LearningReferral",
    "Line",
    "Member",
    "NationalReply",
    "Notification",
    "ParallelProceeding",
    "PublishedReview",
    "RapidDecision",
    "RapidSignature",
    "ReferralGroup",
    "ReferralTurn",
    "Review",
    "RouteRow",
    "Subject",
    "TermsOfReview",
]
