"""The closed list of things that have an address of their own."""

from enum import StrEnum

INSTALLATION = "C"


class RecordKind(StrEnum):
    """A kind of record. `letter` stands in its reference: THSCP-R-0042."""

    PARTNERSHIP = "partnership"
    AREA = "area"
    AGENCY = "agency"
    PERSON = "person"
    BODY = "body"
    SEAT = "seat"
    DOCUMENT = "document"
    DELEGATION = "delegation"
    ARRANGEMENTS = "arrangements"
    PROMISE = "promise"
    POLICY = "policy"
    DIARY = "diary"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda item"
    DECISION = "decision"
    DISPUTE = "dispute"
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"
    PROGRAMME = "programme"
    PRIORITY = "priority"
    MILESTONE = "milestone"
    RISK_REGISTER = "risk register"
    PRODUCT = "product"
    CONTRACT = "contract"
    RISK = "risk"
    BUDGET = "budget"
    CONTRIBUTION = "contribution"
    FUNDING_DISPUTE = "funding dispute"
    CHILD = "child"
    CHILD_KEY = "child key"
    REVIEW = "review"
    REQUEST = "request"
    LEARNING_CYCLE = "learning cycle"
    INFORMATION_REQUEST = "information request"
    CHRONOLOGY = "chronology"
    INCIDENT = "incident"
    LEARNING_REFERRAL = "learning referral"
    ESCALATION = "escalation"
    LEARNING_EVENT = "learning event"

    @property
    def letter(self) -> str:
        return _LETTERS[self]

    @property
    def label(self) -> str:
        return self.value.capitalize()


_LETTERS = {
    RecordKind.PARTNERSHIP: "P",
    RecordKind.AREA: "AR",
    RecordKind.AGENCY: "AG",
    RecordKind.PERSON: "PE",
    RecordKind.BODY: "B",
    RecordKind.SEAT: "S",
    RecordKind.DOCUMENT: "D",
    RecordKind.DELEGATION: "DL",
    RecordKind.ARRANGEMENTS: "MA",
    RecordKind.PROMISE: "PR",
    RecordKind.POLICY: "PO",
    RecordKind.DIARY: "DY",
    RecordKind.MEETING: "M",
    RecordKind.AGENDA_ITEM: "I",
    RecordKind.DECISION: "DE",
    RecordKind.DISPUTE: "DI",
    RecordKind.ACTION: "A",
    RecordKind.RECOMMENDATION: "RC",
    RecordKind.MEASURE: "ME",
    RecordKind.PROGRAMME: "PG",
    RecordKind.PRIORITY: "PY",
    RecordKind.MILESTONE: "MS",
    RecordKind.RISK_REGISTER: "RG",
    RecordKind.PRODUCT: "PT",
    RecordKind.CONTRACT: "CT",
    RecordKind.RISK: "R",
    RecordKind.BUDGET: "BU",
    RecordKind.CONTRIBUTION: "CN",
    RecordKind.FUNDING_DISPUTE: "FD",
    RecordKind.CHILD: "CH",
    RecordKind.CHILD_KEY: "CK",
    RecordKind.REVIEW: "RR",
    RecordKind.REQUEST: "RQ",
    RecordKind.LEARNING_CYCLE: "LC",
    RecordKind.INFORMATION_REQUEST: "IR",
    RecordKind.CHRONOLOGY: "CY",
    RecordKind.INCIDENT: "SI",
    RecordKind.LEARNING_REFERRAL: "LR",
    RecordKind.ESCALATION: "ES",
    RecordKind.LEARNING_EVENT: "LE",
}


class Cut(StrEnum):
    """How much of a shared record the other partnership gets."""

    WHOLE = "whole"
    SUMMARY = "summary"


def reference(prefix: str, kind: RecordKind, number: int) -> str:
    """THSCP-R-0042. `prefix` is the partnership's own reference, or the installation's."""
    return f"{prefix or INSTALLATION}-{kind.letter}-{number:04d}"
