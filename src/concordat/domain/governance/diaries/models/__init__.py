"""Busy times, searches for a date with their polls, plans of a year, engagements and feeds."""

from concordat.domain.governance.diaries.models.calendars import Calendar, CalendarFeed, Engagement
from concordat.domain.governance.diaries.models.diary import Answer, Asked, Diary, Offer, Voice
from concordat.domain.governance.diaries.models.times import (
    BusyTime,
    SchoolHoliday,
    WorkingPattern,
)
from concordat.domain.governance.diaries.models.years import PlannedMeeting, YearPlan

__all__ = [
    "Answer",
    "Asked",
    "BusyTime",
    "Calendar",
    "CalendarFeed",
    "Diary",
    "Engagement",
    "Offer",
    "PlannedMeeting",
    "SchoolHoliday",
    "Voice",
    "WorkingPattern",
    "YearPlan",
]
