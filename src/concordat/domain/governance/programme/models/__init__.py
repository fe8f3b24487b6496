"""Programmes, their plans and what changed in them; capacity, contracts and lessons."""

from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.programme.models.joining import Joining
from concordat.domain.governance.programme.models.learning import (
    CycleFinding,
    CycleMember,
    CycleWork,
    LearningCycle,
)
from concordat.domain.governance.programme.models.plan import (
    Gate,
    Milestone,
    Occurrence,
    Phase,
    Priority,
    Product,
    Programme,
    Replan,
    Workstream,
)
from concordat.domain.governance.programme.models.running import (
    Appointment,
    Claim,
    Contract,
    Deed,
    Lesson,
    Need,
    Obligation,
    Room,
    Update,
)

KINDS: dict[str, tuple[type[Keyed], str]] = {
    "programmes": (Programme, "programme"),
    "priorities": (Priority, "priority"),
    "gates": (Gate, "gate"),
    "workstreams": (Workstream, "workstream"),
    "phases": (Phase, "phase"),
    "milestones": (Milestone, "milestone"),
    "replans": (Replan, "change of plan"),
    "products": (Product, "product"),
    "appointments": (Appointment, "appointment"),
    "lessons": (Lesson, "lesson"),
    "events": (Occurrence, "event around the partnership"),
    "learning_cycles": (LearningCycle, "learning cycle"),
    "cycle_members": (CycleMember, "member of a learning cycle"),
    "cycle_works": (CycleWork, "work of a learning cycle"),
    "cycle_findings": (CycleFinding, "finding of a learning cycle"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

OWN: dict[str, tuple[type[Keyed], str]] = {
    "contracts": (Contract, "contract"),
    "needs": (Need, "piece of work"),
    "obligations": (Obligation, "thing owed to the funder"),
    "rooms": (Room, "free time of a post"),
}
"""Kinds that no partnership file holds: who is paid, and how much time people have."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {
    "programmes": (RecordKind.PROGRAMME, "title"),
    "priorities": (RecordKind.PRIORITY, "title"),
    "milestones": (RecordKind.MILESTONE, "title"),
    "products": (RecordKind.PRODUCT, "title"),
    "contracts": (RecordKind.CONTRACT, "title"),
    "learning_cycles": (RecordKind.LEARNING_CYCLE, "theme"),
}
"""Kinds whose rows have an address of their own, with the field of its title."""

__all__ = [
    "ADDRESSED",
    "KINDS",
    "OWN",
    "Appointment",
    "Claim",
    "Contract",
    "CycleFinding",
    "CycleMember",
    "CycleWork",
    "Deed",
    "Gate",
    "Joining",
    "LearningCycle",
    "Lesson",
    "Milestone",
    "Need",
    "Obligation",
    "Occurrence",
    "Phase",
    "Priority",
    "Product",
    "Programme",
    "Replan",
    "Room",
    "Update",
    "Workstream",
]
