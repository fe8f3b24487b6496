"""Kinds of the partnership file that are kept here."""

from __future__ import annotations

from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.arrangements.models.agreed import (
    Arrangements,
    Finding,
    Law,
    Link,
    Promise,
    Question,
    RelevantAgency,
    Statement,
    Step,
)
from concordat.domain.governance.arrangements.models.authority import (
    Agreement,
    Coverage,
    Decision,
    Delegation,
    Footprint,
    Matter,
)
from concordat.domain.governance.arrangements.models.text import (
    Passage,
)

KINDS: dict[str, tuple[type[Keyed], str]] = {
    "agreements": (Agreement, "agreement"),
    "footprints": (Footprint, "footprint"),
    "coverage": (Coverage, "coverage of a footprint"),
    "matters": (Matter, "matter"),
    "decisions": (Decision, "decision"),
    "delegations": (Delegation, "delegation"),
    "arrangements": (Arrangements, "version of the arrangements"),
    "passages": (Passage, "passage"),
    "statements": (Statement, "statement"),
    "promises": (Promise, "promise"),
    "relevant_agencies": (RelevantAgency, "relevant agency"),
    "links": (Link, "link to another board"),
    "laws": (Law, "law relied on"),
    "steps": (Step, "step"),
    "findings": (Finding, "finding"),
    "questions": (Question, "open question"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {
    "arrangements": (RecordKind.ARRANGEMENTS, "title"),
    "delegations": (RecordKind.DELEGATION, ""),
    "promises": (RecordKind.PROMISE, "promise"),
}
"""Kinds whose rows have an address of their own, with the field of its title.

The title of a delegation is made of who handed power to whom (`rules.called`).
"""
