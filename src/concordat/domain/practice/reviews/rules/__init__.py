"""The rules of local reviews: methods, the desk, clearance."""

from concordat.domain.practice.reviews.rules.desk import AGENCY_REPORT_STATES, REVIEW_STATES

__all__ = ["AGENCY_REPORT_STATES", "REVIEW_STATES"]
