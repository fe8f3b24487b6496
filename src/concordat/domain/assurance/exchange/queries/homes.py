"""Where each kind of row is kept: the model, and fields that bear another name there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from concordat.domain.assurance.reports.models import KINDS as REPORTS
from concordat.domain.base.agencies.models import KINDS as AGENCIES
from concordat.domain.base.recommendations.models import ADDRESSED as OF_RECOMMENDATIONS
from concordat.domain.base.recommendations.models import KINDS as RECOMMENDATIONS
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import KINDS as SEATS
from concordat.domain.governance.arrangements.models import ADDRESSED as OF_ARRANGEMENTS
from concordat.domain.governance.arrangements.models import KINDS as ARRANGEMENTS
from concordat.domain.governance.finance.models import ADDRESSED as OF_FINANCE
from concordat.domain.governance.finance.models import KINDS as FINANCE
from concordat.domain.governance.measures.models import ADDRESSED as OF_MEASURES
from concordat.domain.governance.measures.models import KINDS as MEASURES
from concordat.domain.governance.meetings.models import ADDRESSED as OF_MEETINGS
from concordat.domain.governance.meetings.models import KINDS as MEETINGS
from concordat.domain.governance.policies.models import ADDRESSED as OF_POLICIES
from concordat.domain.governance.policies.models import KINDS as POLICIES
from concordat.domain.governance.programme.models import ADDRESSED as OF_PROGRAMME
from concordat.domain.governance.programme.models import KINDS as PROGRAMME
from concordat.domain.governance.risks.models import ADDRESSED as OF_RISKS
from concordat.domain.governance.risks.models import KINDS as RISKS
from concordat.domain.practice.reviews.models import KINDS as REVIEWS


@dataclass(frozen=True, slots=True)
class Home:
    """The model of a kind, the noun of its events, and attribute -> field where they differ.

    `addressed` says that each row is a record of its own, with the field of its title.
    """

    model: type[Keyed]
    noun: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    addressed: tuple[RecordKind, str] | None = None

    def field(self, attribute: str) -> str:
        return self.renamed.get(attribute, _COMMON.get(attribute, attribute))


_COMMON = {"from_": "from_text", "to": "to_text", "stated_on": "stated_text"}
_RENAMED: dict[str, dict[str, str]] = {
    "agencies": {"class_": "agency_class"},
    "partners": {"class_": "partner_class"},
    "seats": {"class_": "seat_class"},
    "relevant_agencies": {"class_": "agency_class"},
    "holders": {"person": "named"},
    "members": {"partnership": "member"},
    "recommendations": {"state": "stage"},
    "review_routes": {"borough": "place"},
}
_ADDRESSED = {
    "agencies": (RecordKind.AGENCY, "name"),
    "bodies": (RecordKind.BODY, "name"),
    "seats": (RecordKind.SEAT, "role"),
    **OF_ARRANGEMENTS,
    **OF_POLICIES,
    **OF_FINANCE,
    **OF_MEETINGS,
    **OF_RISKS,
    **OF_RECOMMENDATIONS,
    **OF_MEASURES,
    **OF_PROGRAMME,
}

HOMES: dict[str, Home] = {
    kind: Home(model, noun, _RENAMED.get(kind, {}), _ADDRESSED.get(kind))
    for kind, (model, noun) in {
        **AGENCIES,
        **SEATS,
        **ARRANGEMENTS,
        **POLICIES,
        **FINANCE,
        **MEETINGS,
        **RISKS,
        **RECOMMENDATIONS,
        **MEASURES,
        **PROGRAMME,
        **REVIEWS,
        **REPORTS,
    }.items()
}


def home_of(kind: str) -> Home | None:
    """The home of a kind; None for one whose package is not built."""
    return HOMES.get(kind)
