"""A small partnership as plain rows, for rules of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from concordat.domain.governance.arrangements.rules.text import Ground

DAY = date(2019, 6, 1)
_NAMES: dict[str, tuple[str, ...]] = {
    "areas": ("name", "kind", "code", "outside", "from_text", "to_text"),
    "agreements": ("title", "kind", "agencies", "state", "review_on", "from_text", "to_text"),
    "bodies": ("name", "functions", "successor"),
    "coverage": ("footprint__key", "area__name", "agency__name"),
    "decisions": ("title", "state", "date", "approves"),
    "delegations": ("agency__name", "post__title", "seat__role", "person__name", "limbs",
                    "matters", "reserved", "limit", "limit_words", "instrument",
                    "instrument_title", "state", "from_text", "to_text"),
    "findings": ("subject", "finding", "kind", "source"),
    "footprints": ("name", "kind", "state", "areas", "agencies", "host__name",
                   "agreement__title", "from_text", "to_text"),
    "matters": ("title", "classes", "reserved_to", "law"),
    "partners": ("agency__key", "agency__name", "partner_class", "area__name",
                 "accountable__title", "delegate__title", "from_text", "to_text"),
    "promises": ("promise", "earliest", "latest", "lasts", "owner__title", "state",
                 "settled_on"),
    "relevant_agencies": ("name", "agency_class", "basis", "law", "represented_by",
                          "from_text", "to_text"),
    "roles": ("title", "duties", "requires", "grade", "hours", "share", "contract", "state",
              "status", "about"),
    "role_phases": ("role__key", "phase", "days_from", "days_to", "per", "lasts"),
    "statements": ("topic", "says", "law", "about", "arrangements__key"),
    "steps": ("title", "step", "state", "date", "until", "about"),
}  # fmt: skip
_LISTS = {"areas", "agencies", "functions", "successor", "limbs", "matters", "reserved",
          "classes", "reserved_to", "approves", "duties"}  # fmt: skip
_NOTHING = {"limit", "arrangements__key", "outside"}


def row(kind: str, key: str, /, **said: Any) -> dict[str, Any]:
    """A row of which only some is said; everything else is as empty as a database keeps it."""
    blank = {
        name: None if name in _NOTHING else [] if name in _LISTS else "" for name in _NAMES[kind]
    }
    unknown = said.keys() - blank.keys()
    assert not unknown, unknown
    return {"key": key, **blank, **said}


def body(key: str, name: str, *seats: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    told = {"kind": "executive", "state": "in force", "rhythm": None, "parents": [],
            "chair_role": None, "quorum": None, "composition": [], "outside": False}  # fmt: skip
    return {"key": key, "name": name, **told, **said, "seats": list(seats)}


def seat(key: str, role: str, **said: Any) -> dict[str, Any]:
    told = {"capacity": None, "office": None, "agency": None, "class": None, "speaks_for": None,
            "holder": None, "deputy": None, "vacant": False, "vacant_since": None,
            "delegations": []}  # fmt: skip
    return {"key": key, "role": role, **told, **said}


def ground(
    *bodies: Mapping[str, Any],
    around: Sequence[Mapping[str, Any]] = (),
    regime: str = "Working Together 2018",
    **rows: Sequence[Mapping[str, Any]],
) -> Ground:
    home = {"key": "here", "name": "Here", "short": "H", "kind": "partnership", "about": "",
            "follows": [], "time_limited": None, "from_text": "", "to_text": ""}  # fmt: skip
    own = [row("bodies", each["key"], name=each["name"]) for each in bodies]
    return Ground(
        home=home,
        on=DAY,
        structure={"bodies": list(bodies)},
        rows={"bodies": own, **rows},
        around=around,
        regime=regime,
    )
