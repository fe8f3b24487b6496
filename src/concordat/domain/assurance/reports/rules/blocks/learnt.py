"""What is told, taught, reviewed, evaluated and learnt."""

from __future__ import annotations

from concordat.domain.assurance.reports.rules.ground import (
    Cell,
    Ground,
    Plain,
    Rows,
    Said,
    Tabled,
    among,
    facts,
    sentence,
    span,
    when,
)
from concordat.domain.governance.arrangements.rules.text import Block
from concordat.kernel.labels import join_words


def _tier(ground: Ground, row: Plain) -> str:
    return " ".join(str(part) for part in (row.get("tier"), row["title"]) if part)


def _plans(ground: Ground, row: Plain) -> str:
    return "; ".join(
        sentence(each["title"], each.get("state"))
        for each in ground.of("communications")
        if row["key"] in (each.get("audiences") or ())
    )


def _told_when(ground: Ground, row: Plain) -> str:
    since = f"since {when(row['since'])}" if row.get("since") else ""
    return when(row.get("date")) or since


def _taught(ground: Ground, row: Plain) -> str:
    with_whom = join_words(row.get("shared_with") or ())
    shared = f"shared with {with_whom}" if with_whom else ""
    return sentence(row.get("state"), row.get("about"), shared)


def _reviewed(ground: Ground, row: Plain) -> str:
    return sentence(f"{row['subject']}: {row['says']}", row.get("state"))


def _places(ground: Ground, row: Plain) -> str:
    slugs = [str(each) for each in row.get("partnerships") or ()]
    return join_words(each.replace("-", " ").title() if each.islower() else each for each in slugs)


def _answers(ground: Ground, row: Plain) -> str:
    found = [ground.row(f"lessons:{key}") for key in row.get("answers") or ()]
    return join_words(str(each["theme"]) for each in found if each)


def evaluation(ground: Ground) -> Block:
    rows: list[tuple[str, str, str]] = []
    for row in ground.of("evaluations"):
        ref = f"evaluations:{row['key']}"
        rows += [
            ("What it is", str(row["title"]), ref),
            ("Of", ground.title(str(row["of"])) if row.get("of") else "", ref),
            ("By", str(row.get("by_words") or ground.linked(row, "by")), ref),
            ("Stands", sentence(row.get("state")), ref),
        ]
    return facts("evaluation", "The evaluation", rows)


def _says(ground: Ground, row: Plain) -> str:
    return sentence(row["says"])


def _only(kind: str, /, **fields: str) -> Rows:
    return lambda ground: ground.where(kind, **fields)


def _parts(title: str, part: str) -> Said:
    """The parts of an evaluation of one sort."""
    rows = _only("evaluation_parts", part=part)
    return Said(title, "evaluation_parts", _says, "None is on record.", rows)


def _lessons(title: str, kind: str) -> Tabled:
    cells: dict[str, Cell] = {"Theme": "theme", "What was learnt": "says", "Answers": _answers}
    return Tabled(title, "lessons", cells, "None is on record.", _only("lessons", kind=kind))


def _works(ground: Ground, row: Plain) -> str:
    rows = ground.where("cycle_works", cycle=row["key"])
    return "; ".join(sentence(each["what"], when(each.get("date"))) for each in rows)


def _stands(ground: Ground, row: Plain) -> str:
    return sentence(row.get("state"), row.get("summary"), row.get("response"), row.get("impact"))


LEARNT: dict[str, Tabled | Said] = {
    "told_from": Tabled(
        "Papers that it is told from",
        "sources",
        {"Paper": "title", "By": "author", "Dated": "dated"},
        "No paper is on record.",
    ),
    "tiers": Tabled(
        "Communications, engagement and mobilisation",
        "audiences",
        {"Tier": _tier, "What it needs to hear": "needs", "Told by": _plans},
        "No audience is stated.",
    ),
    "communications": Tabled(
        "Communications",
        "communications",
        {
            "What": "title",
            "To whom": "told_to",
            "When": _told_when,
            "Stands": "state",
            "What it says": "says",
        },
        "None is stated.",
    ),
    "training": Tabled(
        "Training",
        "training",
        {
            "Training": "title",
            "For": among("for"),
            "Standard": "standard",
            "Seen to by": "body",
            "Stands": _taught,
        },
        "No training is stated.",
    ),
    "reviewing": Said("Reviewing cases", "reviewing", _reviewed),
    "learning": Tabled(
        "Ways of learning",
        "learning",
        {
            "Way of learning": "title",
            "Used by": _places,
            "Theme": "theme",
            "Stands": "state",
            "How it works": "about",
        },
        "None is stated.",
    ),
    "learning_cycles": Tabled(
        "Learning cycles",
        "learning_cycles",
        {
            "Theme": "theme",
            "Model": "model",
            "Priority": "priority",
            "Run by": "run_by",
            "When": lambda ground, row: span(row.get("from"), row.get("to")),
            "What was done": _works,
            "Stands": _stands,
        },
        "No learning cycle is on record.",
    ),
    "cycle_findings": Tabled(
        "What learning cycles found",
        "cycle_findings",
        {
            "Found": "says",
            "Suggested": "suggests",
            "The board": lambda ground, row: sentence(row.get("answer"), row.get("reason")),
            "Came of it": lambda ground, row: sentence(row.get("impact"), row.get("shown_by")),
        },
        "",
    ),
    "happenings": Tabled(
        "What happened meanwhile",
        "events",
        {"What happened": "title", "When": "date", "By whom": lambda ground, row: row.get("by")},
        "Nothing is stated.",
    ),
    "questions": _parts("Research questions", "question"),
    "work_done": _parts("Work done", "work done"),
    "next_steps": _parts("Next steps", "next step"),
    "criteria": _parts("What is looked for", "criterion"),
    "challenges": _lessons("Challenges", "challenge"),
    "responses": _lessons("Responses", "response"),
    "successes": _lessons("Successes", "success"),
}
