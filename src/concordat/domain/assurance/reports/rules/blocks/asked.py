"""The paper itself and whom it turns to: cover, decisions, consultation, engagement, equality."""

from __future__ import annotations

from collections.abc import Iterable

from concordat.domain.assurance.reports.rules.ground import (
    Cell,
    Ground,
    Plain,
    Said,
    Tabled,
    among,
    facts,
    said,
    sayings,
    sentence,
    span,
    when,
)
from concordat.domain.governance.arrangements.rules.text import Block
from concordat.kernel.labels import join_words

BY_REQUEST = "update by request"
CHILD_DEATH = "child death review"


def paper(ground: Ground) -> Plain | None:
    """The paper as which the report is going out, else the one as which it last did, as known
    that day."""
    if ground.going_out:
        return ground.going_out.paper
    issues = ground.where("report_issues", report=ground.report)
    return ground.row(f"papers:{issues[-1]['paper']}") if issues else None


def _ref(found: Plain) -> str:
    """Where the paper's row is; a paper that is not there yet has none."""
    return f"papers:{found['key']}" if found["key"] else ""


def cover(ground: Ground) -> Block:
    found = paper(ground)
    if found is None:
        home, ref = ground.home, f"partnership:{ground.home['key']}"
        rows = [("Partnership", str(home["name"]), ref), ("What it is", str(home["about"]), ref)]
        return facts("cover", "The paper", [each for each in rows if each[1]])
    return facts("cover", "The paper", _cover(ground, found))


def _cover(ground: Ground, found: Plain) -> Iterable[tuple[str, str, str]]:
    ref = _ref(found)
    shown = ground.where("presentations", paper=found["key"]) if found["key"] else []
    yield "Title of report", str(found["title"]), ref
    for label, rows in (
        ("Meeting date", [each for each in shown if each.get("date")]),
        ("Requested by", [each for each in shown if BY_REQUEST in (each.get("purposes") or ())]),
    ):
        told = "; ".join(_shown(ground, each) for each in rows)
        if not rows and label == "Meeting date" and ground.going_out:
            told = "; ".join(ground.going_out.before)
        yield label, told, f"presentations:{rows[0]['key']}" if rows else ref
    yield "Author", said(found.get("author")), ref
    yield "Presented by", ground.linked(found, "presented_by"), ref
    yield "Status of report", said(join_words(found.get("purposes") or ())), ref
    yield "Policy or decision to tell of afterwards", str(found.get("decision_to_tell") or ""), ref
    yield "Appendices", str(found.get("appendices") or ""), ref
    yield "Dated", when(found.get("dated")), ref
    yield "Version", said(found.get("version")), ref
    yield from _before(ground, found)


def _shown(ground: Ground, row: Plain) -> str:
    told = [ground.linked(row, "body"), when(row.get("date"))]
    return said(", ".join(part for part in told if part))


def _before(ground: Ground, found: Plain) -> Iterable[tuple[str, str, str]]:
    earlier = ground.row(f"papers:{found['follows']}") if found.get("follows") else None
    if earlier is None:
        return
    shown = ground.where("presentations", paper=earlier["key"])
    told = "; ".join(_shown(ground, each) for each in shown) or when(earlier.get("dated"))
    yield "Earlier report", sentence(earlier.get("version"), told), f"papers:{earlier['key']}"


def asks(ground: Ground) -> Block:
    found = paper(ground)
    ref = _ref(found) if found else ""
    told = found.get("asks") or () if found else ()
    rows = [(f"ask-{n}", ref, said(each)) for n, each in enumerate(told, 1)]
    title = "What the board is asked"
    return sayings("asks", title, rows, empty="Nothing is asked of the board.")


def _span(ground: Ground, row: Plain) -> str:
    return span(row.get("date"), row.get("until"))


def _decided_by(ground: Ground, row: Plain) -> str:
    return ground.linked(row, "body") or ground.linked(row, "agency")


def _outcome(ground: Ground, row: Plain) -> str:
    return str(row.get("outcome") or row.get("state"))


def _asked(ground: Ground, row: Plain) -> str:
    bodies = [ground.title(f"bodies:{key}") for key in row.get("bodies") or ()]
    return join_words([*bodies, *(row.get("asked") or ())])


def _meeting(ground: Ground, row: Plain) -> str:
    return ground.linked(row, "body") or str(row.get("title") or "")


def _briefings(ground: Ground) -> list[Plain]:
    """Updates and briefings by their day; those of the paper stand on the cover."""
    found = [row for row in ground.of("presentations") if not row.get("paper")]
    return sorted(found, key=lambda row: str(row.get("date") or "9"))


def _held(ground: Ground) -> list[Plain]:
    """Meetings that were held, those of bodies first."""
    return sorted(ground.where("meetings", state="held"), key=lambda row: not row.get("body"))


def _on_child_death(ground: Ground) -> list[Plain]:
    """Only decisions on child death review, which has partners of its own."""
    return [
        row
        for row in ground.where("decisions", state="made")
        if any(CHILD_DEATH in ground.title(f"matters:{m}").lower() for m in row["matters"])
    ]


_DECISION: dict[str, Cell] = {
    "Decision": "title",
    "By": _decided_by,
    "When": "date",
    "Outcome": _outcome,
    "On": among("matters"),
}
ASKED: dict[str, Tabled | Said] = {
    "timetable": Tabled(
        "Timetable of the change",
        "steps",
        {"Step": "title", "When": _span, "Stands": "state", "More": "about"},
        "No step is stated.",
    ),
    "approvals": Tabled(
        "Approvals",
        "decisions",
        _DECISION,
        "No approval is known yet.",
        lambda ground: ground.where("decisions", state="made"),
    ),
    "planned_decisions": Tabled(
        "Decisions still to come",
        "decisions",
        _DECISION,
        "None is stated.",
        lambda ground: ground.where("decisions", state="planned"),
    ),
    "child_death_approvals": Tabled(
        "Approvals on child death review",
        "decisions",
        _DECISION,
        "None is known yet.",
        _on_child_death,
    ),
    "consultations": Tabled(
        "Consulted",
        "consultations",
        {
            "About": lambda ground, row: row["about"],
            "With whom": _asked,
            "When": _span,
            "Stands": "state",
            "What came of it": "outcome",
        },
        "No consultation is stated.",
    ),
    "briefings": Tabled(
        "Updates and briefings",
        "presentations",
        {"Before": "body", "When": "date", "Stands": "state"},
        "No briefing is stated.",
        _briefings,
    ),
    "sessions": Said(
        "Sessions",
        "meetings",
        lambda ground, row: sentence(row.get("title"), row.get("state"), row.get("note")),
        "",
        lambda ground: [row for row in ground.of("meetings") if not row.get("body")],
    ),
    "meetings_held": Tabled(
        "Meetings held",
        "meetings",
        {
            "Meeting": _meeting,
            "When": "date",
            "What for": "purpose",
            "Who came": among("present"),
        },
        "No meeting is stated.",
        _held,
    ),
    "engagement": Tabled(
        "How young people are heard",
        "engagement",
        {
            "What": "title",
            "With whom": among("with"),
            "Led by": "lead",
            "Stands": "state",
            "More": "about",
        },
        "No engagement is stated.",
    ),
    "equality": Tabled(
        "Assessments of equality",
        "equality",
        {
            "Assessment": "title",
            "Of": "of",
            "Stands": "state",
            "When": "date",
            "What it found": "outcome",
        },
        "No assessment is stated.",
    ),
}
