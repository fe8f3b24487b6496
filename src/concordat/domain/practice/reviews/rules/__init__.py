"""The rules of serious incidents, and of local reviews: methods, the desk, clearance."""

from concordat.domain.practice.reviews.rules.criteria import (
    Agreement,
    Belief,
    Harm,
    Met,
    PartnerView,
    Test,
    View,
    Weighed,
    Weighing,
    Weight,
    agreement,
    may_leave,
    may_notify,
    serious_incident,
    weighed,
)
from concordat.domain.practice.reviews.rules.desk import AGENCY_REPORT_STATES, REVIEW_STATES
from concordat.domain.practice.reviews.rules.escalations import ESCALATION_STATES
from concordat.domain.practice.reviews.rules.joint import EVENT_STATES
from concordat.domain.practice.reviews.rules.life import INCIDENT_STATES, Part, Stage
from concordat.domain.practice.reviews.rules.outcomes import National, Outcome, Reply, national_body
from concordat.domain.practice.reviews.rules.papers import Paper
from concordat.domain.practice.reviews.rules.places import (
    Answer,
    Notice,
    Place,
    Places,
    Standing,
    answers,
    other_notices,
)
from concordat.domain.practice.reviews.rules.referrals import REFERRAL_STATES
from concordat.domain.practice.reviews.rules.signing import Signatory, signatories

__all__ = [
    "AGENCY_REPORT_STATES",
    "ESCALATION_STATES",
    "EVENT_STATES",
    "INCIDENT_STATES",
    "REFERRAL_STATES",
    "REVIEW_STATES",
    "Agreement",
    "Answer",
    "Belief",
    "Harm",
    "Met",
    "National",
    "Notice",
    "Outcome",
    "Paper",
    "Part",
    "PartnerView",
    "Place",
    "Places",
    "Reply",
    "Signatory",
    "Stage",
    "Standing",
    "Test",
    "View",
    "Weighed",
    "Weighing",
    "Weight",
    "agreement",
    "answers",
    "may_leave",
    "may_notify",
    "national_body",
    "other_notices",
    "serious_incident",
    "signatories",
    "weighed",
]
