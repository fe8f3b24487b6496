"""The partnership as a system: law, arrangements, leads, lines, agencies and components."""

from __future__ import annotations

from concordat.domain.assurance.reports.rules.ground import (
    Cell,
    Ground,
    Plain,
    Said,
    Tabled,
    among,
    of_row,
    sentence,
    when,
)
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.labels import join_words

OLD = "old board"
CHILD_DEATH = "child death review"


def _promised(ground: Ground, row: Plain) -> str:
    latest = f"by {when(row['latest'])}" if row.get("latest") else ""
    return sentence(row["promise"], row.get("lasts"), latest, row.get("state"))


def _to(ground: Ground, row: Plain) -> str:
    return ground.linked(row, "post") or ground.linked(row, "seat")


def _rests_on(ground: Ground, row: Plain) -> str:
    return str(row.get("instrument_title") or row.get("instrument") or "")


def _since(ground: Ground, row: Plain) -> str:
    return sentence(row.get("state"), f"since {when(row['from'])}" if row.get("from") else "")


def _scrutinised(ground: Ground, row: Plain) -> str:
    return sentence(row["says"], row.get("state"), row.get("independence"))


def _speaks_for(ground: Ground, row: Plain) -> str:
    return str(row.get("speaks_for") or ground.linked(row, "agency"))


def _own(ground: Ground) -> list[Plain]:
    return [row for row in ground.of("bodies") if not row.get("outside")]


def _old(ground: Ground) -> list[Plain]:
    """The old board and what stands under it."""
    boards = {row["key"] for row in _own(ground) if row["kind"] == OLD}
    return [
        row
        for row in _own(ground)
        if row["key"] in boards or boards & set(row.get("parents") or ())
    ]


def _new(ground: Ground) -> list[Plain]:
    old = {row["key"] for row in _old(ground)}
    return [row for row in _own(ground) if row["key"] not in old]


def _functions(ground: Ground, row: Plain) -> str:
    return "; ".join([*([row["purpose"]] if row.get("purpose") else []), *row["functions"]])


def _composition(ground: Ground, row: Plain) -> str:
    """What its terms of reference of the day say, else what it says of itself."""
    found = [each for each in ground.where("terms", body=row["key"]) if _holds(ground, each)]
    terms: Plain = found[-1] if found else {}
    told = [*(terms.get("composition") or row["composition"])]
    if chair := terms.get("chair_role") or row.get("chair_role"):
        told.append(f"Chair: {chair}")
    if rhythm := terms.get("rhythm") or row.get("rhythm"):
        told.append(f"Meets: {of_row(ground, 'rhythm', rhythm)}")
    return "; ".join(told)


def _holds(ground: Ground, row: Plain) -> bool:
    start, end = (
        UncertainDate.parse(row[name]) if row.get(name) else None for name in ("from", "to")
    )
    return Period(start, end).in_force(ground.on) != "no"


def _state(ground: Ground, row: Plain) -> str:
    found = [each for each in ground.where("states", body=row["key"]) if _holds(ground, each)]
    return str(found[-1]["state"]) if found else ""


def _days(ground: Ground, row: Plain) -> str:
    low, high = str(row.get("days_from") or ""), str(row.get("days_to") or "")
    days = low if low == high or not high else f"{low} to {high}"
    return f"{days} days a {row['per']}" if row.get("per") else f"{days} days"


def _graded(ground: Ground, row: Plain) -> str:
    return sentence(row.get("grade"), f"grading {row['grading']}" if row.get("grading") else "")


def _hired(ground: Ground, row: Plain) -> str:
    return join_words(str(row[name]) for name in ("hours", "contract", "share") if row.get(name))


def _described(ground: Ground, row: Plain) -> str:
    described = f"job description {row['state']}" if row.get("state") else ""
    return sentence(row.get("status"), described)


_FOOTPRINT: dict[str, Cell] = {
    "Footprint": "name",
    "Covers": among("areas"),
    "Agencies": among("agencies"),
    "Stands": "state",
    "More": "about",
}
SYSTEM: dict[str, Tabled | Said] = {
    "laws": Tabled(
        "Law and guidance relied on",
        "laws",
        {
            "Law or guidance": "title",
            "As the source cites it": "cited_as",
            "What the source says of it": "says",
            "Changes": "changes",
        },
        "None is cited.",
    ),
    "contents": Tabled(
        "The Arrangements document",
        "arrangements",
        {
            "Document": "title",
            "Stands": "state",
            "To be published by": "publish_by",
            "What it will hold": "contents",
        },
        "No version is on record.",
    ),
    "footprints": Tabled(
        "Operational footprint",
        "footprints",
        _FOOTPRINT,
        "No footprint is stated.",
        lambda ground: [row for row in ground.of("footprints") if row["kind"] != CHILD_DEATH],
    ),
    "child_death": Tabled(
        "Footprints of child death review",
        "footprints",
        _FOOTPRINT,
        "No footprint is stated.",
        lambda ground: ground.where("footprints", kind=CHILD_DEATH),
    ),
    "promises": Said("What is promised", "promises", _promised),
    "leads": Tabled(
        "The statutory partners",
        "partners",
        {
            "Organisation": "agency",
            "Accountable lead": "accountable",
            "Delegated to": "delegate",
            "Class": "class",
        },
        "No statutory partner is on record.",
    ),
    "delegations": Tabled(
        "Authority of the leads",
        "delegations",
        {
            "Of": "agency",
            "To": _to,
            "Authority to": among("limbs"),
            "Rests on": _rests_on,
            "Stands": _since,
        },
        "No delegation is on record.",
    ),
    "lines": Tabled(
        "Lines of accountability",
        "reporting",
        {
            "Who": "who",
            "How": "how",
            "To whom": "reports_to",
            "Stands": "state",
            "More": "about",
        },
        "No line is stated.",
    ),
    "links": Tabled(
        "Links to other boards",
        "links",
        {
            "Board": "board",
            "What passes": "owed",
            "From whom": "who",
            "What the board does": "effect",
            "Stands": "state",
        },
        "No link is stated.",
    ),
    "scrutiny": Said("Independent scrutiny", "scrutiny", _scrutinised),
    "relevant_agencies": Tabled(
        "Relevant agencies",
        "relevant_agencies",
        {
            "Agency": "name",
            "Class": "class",
            "Represented by": "represented_by",
            "Basis": "basis",
        },
        "None is on record.",
    ),
    "wider_seats": Tabled(
        "Seats of relevant agencies",
        "seats",
        {
            "Seat": lambda ground, row: row["role"],
            "Body": "body",
            "Speaks for": _speaks_for,
            "Chosen how": "chosen_how",
        },
        "None.",
        lambda ground: ground.where("seats", office="agency lead"),
    ),
    "components": Tabled(
        "Core components of the system",
        "bodies",
        {
            "Component": "name",
            "Core role and functions": _functions,
            "Composition and frequency": _composition,
            "Stands": _state,
        },
        "No body is on record.",
        _new,
    ),
    "old_board": Tabled(
        "The old board", "bodies", {"Body": "name", "Stands": _state}, "None is stated.", _old
    ),
    "phases_of_roles": Tabled(
        "Days that a role is needed",
        "role_phases",
        {"Role": "role", "Phase": "phase", "Days": _days, "Lasts": "lasts"},
        "None is stated.",
    ),
    "roles": Tabled(
        "Roles",
        "roles",
        {
            "Role": "title",
            "Grade": _graded,
            "Terms": _hired,
            "Asks for": "requires",
            "Stands": _described,
        },
        "No role is on record.",
    ),
}
