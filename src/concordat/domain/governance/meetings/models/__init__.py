"""Meetings, agendas, papers, packs, attendance, decisions, disputes and letters."""

from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.meetings.models.agenda import (
    Brief,
    Clearance,
    Consultation,
    Item,
    Line,
    Note,
    Pack,
    Paper,
    Presentation,
    Read,
)
from concordat.domain.governance.meetings.models.deciding import (
    Assent,
    Dispute,
    Letter,
    Position,
    Ratification,
    Resolution,
    Tried,
    Voice,
)
from concordat.domain.governance.meetings.models.meeting import (
    AttendanceYear,
    Declaration,
    Meeting,
    Place,
    Ways,
)
from concordat.domain.governance.meetings.models.presenting import Feedback
from concordat.domain.governance.meetings.models.suggesting import Chase, NotNow, Suggestion

KINDS: dict[str, tuple[type[Keyed], str]] = {
    "meetings": (Meeting, "meeting"),
    "attendance": (AttendanceYear, "attendance of a year"),
    "papers": (Paper, "paper"),
    "presentations": (Presentation, "presentation"),
    "consultations": (Consultation, "consultation"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED = {"meetings": (RecordKind.MEETING, "title")}
"""Kinds of which each row is a record of its own, with the field of its title."""

__all__ = [
    "ADDRESSED",
    "KINDS",
    "Assent",
    "AttendanceYear",
    "Brief",
    "Chase",
    "Clearance",
    "Consultation",
    "Declaration",
    "Dispute",
    "Feedback",
    "Item",
    "Letter",
    "Line",
    "Meeting",
    "NotNow",
    "Note",
    "Pack",
    "Paper",
    "Place",
    "Position",
    "Presentation",
    "Ratification",
    "Read",
    "Resolution",
    "Suggestion",
    "Tried",
    "Voice",
    "Ways",
]
