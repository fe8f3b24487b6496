"""B10: a board update of twenty pages set in type, against the same work done bare.

PDF against WeasyPrint on the web page of the same report, where it is installed; Word against
docxtpl, which puts the same report into a template.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bench_diaries import Told
from bench_measure import in_turns

DAY = date(2019, 3, 29)
ROWS = 70
FASTER, MOST = 8.0, 2.0


def measure(seed: int, until: float) -> Iterator[Told]:
    """One line for each format and peer; without WeasyPrint its line has no ratio."""
    from concordat.craft import narrative, pdf, word, word_templates
    from concordat.domain.assurance.reports import queries, rules
    from concordat.domain.governance.arrangements import queries as arrangements
    from concordat.kernel.actor import process

    actor, live = process("bench", DAY), _live()
    made = arrangements.typeset(actor, live.told(), mark="")
    template = queries.starter(actor, live.report)

    def values() -> dict[str, Any]:
        return rules.values_of(live, narrative.paragraphs)

    works = {
        "pdf": lambda: pdf.write(made),
        "word": lambda: word.write(made),
        "docxtpl": lambda: word_templates.fill(
            template, rules.values_of(live, narrative.paragraphs)
        ),
    }
    if peer := _weasyprint(made):
        works["WeasyPrint"] = peer
    found = {name: each.cpu for name, each in in_turns(works, until=until).items()}
    size = f"{pdf.page_count(pdf.write(made))} pages"
    yield _told("PDF, times as fast", size, found.get("WeasyPrint"), found["pdf"], "WeasyPrint")
    yield _told("Word", size, found["word"], found["docxtpl"], "docxtpl")


def _told(what: str, size: str, one: float | None, other: float | None, of: str) -> Told:
    ratio = one / other if one and other else None
    faster = of == "WeasyPrint"
    goal = f"at least {FASTER:g}" if faster else f"at most {MOST:g}"
    held = None if ratio is None else ratio >= FASTER if faster else ratio <= MOST
    return Told(f"report as {what}", size, ratio, of, goal, held)


def _live() -> Any:
    """A report of a partnership with seventy of each thing that it tells of."""
    from concordat.domain.assurance.reports import rules

    report = rules.declared("board-update")
    assert report is not None  # noqa: S101 - it is declared
    home = {"key": "here", "name": "Here", "about": "Invented"}
    ground = rules.Ground(home=home, on=DAY, rows={kind: _rows(kind) for kind in _KINDS})
    words = "In [[count:risks]] risks and [[count:milestones]] milestones the work goes on. "
    return rules.assemble(report, ground, {each.key: words * 8 for each in report.sections})


_KINDS: dict[str, dict[str, Any]] = {
    "risks": {
        "title": "The cost of the new system is not yet known",
        "likelihood": "MEDIUM",
        "impact": "HIGH",
        "mitigations": ["The costs are mapped", "A session is held with the partners"],
        "owner": "",
    },
    "milestones": {"title": "A plan is agreed", "due": "2019-06", "state": "planned"},
    "products": {
        "title": "A set of programme materials",
        "contents": ["Terms of reference", "A plan of delivery"],
        "state": "under way",
    },
    "consultations": {"about": "The arrangements", "asked": ["Schools"], "state": "planned"},
}


def _rows(kind: str) -> list[dict[str, Any]]:
    told = json.dumps(_KINDS[kind])
    return [json.loads(told) | {"key": f"{kind}-{n}", "source": "Invented"} for n in range(ROWS)]


def _weasyprint(made: Any) -> Callable[[], object] | None:
    """The same report as a web page, printed by the peer; None where it is not there."""
    from concordat.craft import document

    try:
        import weasyprint  # type: ignore[import-not-found]
    except (ImportError, OSError):
        return None
    page = document.to_page(made)
    return lambda: weasyprint.HTML(string=page).write_pdf()
