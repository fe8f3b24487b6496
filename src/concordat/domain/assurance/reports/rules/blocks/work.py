"""What is worked on: programme, products, milestones, risks and money."""

from __future__ import annotations

from concordat.domain.assurance.reports.rules.blocks import money
from concordat.domain.assurance.reports.rules.ground import (
    Ground,
    Plain,
    Said,
    Tabled,
    sentence,
    span,
    when,
)
from concordat.kernel.labels import join_words


def _numbered(ground: Ground, row: Plain) -> str:
    return " ".join(str(part) for part in (row.get("numbered"), row["title"]) if part)


def _stands(ground: Ground, row: Plain) -> str:
    until = f"until {when(row['to'])}" if row.get("to") else ""
    return sentence(row.get("state"), until)


def _costing(ground: Ground, row: Plain) -> str:
    role = ground.row(f"roles:{row['role']}") if row.get("role") else None
    terms = [role.get("hours"), role.get("contract"), role.get("grading")] if role else []
    graded = f"grading {terms[2]}" if role and terms[2] else ""
    state = f"costing {row['state']}" if row.get("state") else ""
    hired = join_words(str(each) for each in terms[:2] if each)
    return sentence(hired, graded, state, row.get("about"))


WORK: dict[str, Tabled | Said] = {
    "programmes": Tabled(
        "The programme",
        "programmes",
        {
            "Programme": "title",
            "What it is for": "about",
            "Fund": "fund",
            "Bid": "bid_on",
            "Steered by": "steered_by",
            "Why": "reasons",
            "Stands": _stands,
        },
        "No programme is on record.",
    ),
    "priorities": Tabled(
        "Priorities",
        "priorities",
        {"Priority": _numbered, "Aims": "aims", "Led by": "lead", "Stands": "state"},
        "No priority is on record.",
    ),
    "workstreams": Tabled(
        "Workstreams",
        "workstreams",
        {
            "Workstream": "title",
            "Priority": "priority",
            "Led by": "lead",
            "Stands": "state",
            "More": "about",
        },
        "No workstream is on record.",
    ),
    "phases": Tabled(
        "Phases",
        "phases",
        {
            "Phase": "title",
            "When": lambda ground, row: span(row.get("from"), row.get("to")),
            "Lasts": lambda ground, row: f"{row['months']} months" if row.get("months") else "",
            "As planned in": "version",
            "More": "about",
        },
        "No phase is on record.",
    ),
    "replans": Tabled(
        "What was planned anew",
        "replans",
        {"Planned before": "before", "Planned now": "after", "Why": "reasons"},
        "Nothing was.",
    ),
    "milestones": Tabled(
        "Milestones",
        "milestones",
        {
            "Milestone": "title",
            "Due": "due",
            "First due": "first_due",
            "Done": "done_on",
            "Stands": "state",
            "Depends on": "depends_on",
        },
        "No milestone is on record.",
    ),
    "products": Tabled(
        "Programme materials",
        "products",
        {"Product": "title", "What it holds": "contents", "Stands": "state", "More": "about"},
        "No product is on record.",
    ),
    "appointments": Tabled(
        "People and partners taken on",
        "appointments",
        {"Who": "title", "When": "date", "How": "how", "Stands": "state"},
        "Nobody is on record.",
    ),
    "risks_in_short": Said(
        "Risks in short",
        "risks",
        lambda ground, row: sentence(row["title"], row.get("about")),
        "No risk is on record.",
    ),
    "registers": Tabled(
        "The register",
        "registers",
        {
            "Register": "title",
            "Likelihood": lambda ground, row: ", ".join(row.get("likelihoods") or ()),
            "Impact": lambda ground, row: ", ".join(row.get("impacts") or ()),
            "Kept by": "owner",
            "Stands": "state",
        },
        "No register is on record.",
    ),
    "risks": Tabled(
        "Key risks",
        "risks",
        {
            "Risk": "title",
            "Likelihood": "likelihood",
            "Impact": "impact",
            "Mitigation": "mitigations",
            "Owner": "owner",
        },
        "No risk is on record.",
    ),
    "costs": Tabled(
        "Costs of the new system",
        "costs",
        {
            "What is paid for": "title",
            "Heading": "heading",
            "Amount": money.cost,
            "Once or again": "level",
            "Costing": _costing,
        },
        "No cost is stated.",
    ),
    "comparators": Tabled(
        "What it costs elsewhere",
        "comparators",
        {
            "What it costs elsewhere": "title",
            "On average": "average",
            "Up to": "highest",
            "For each": "per",
            "Where": "found_in",
        },
        "No comparison is stated.",
    ),
    "contributions": Tabled(
        "Contributions",
        "contributions",
        {
            "From": money.giver,
            "Year": "year",
            "Amount": money.given,
            "In kind": "in_kind",
            "Stands": money.how_far,
        },
        "No sum that a partner gives is stated.",
    ),
    "shares": Tabled(
        "How the cost is shared",
        "shares",
        {
            "Agency": "agency",
            "Formula": money.formula,
            "Year": "year",
            "By": money.by,
            "Pays": money.pays,
        },
        "No formula by which partners share the cost is stated.",
    ),
    "totals": Tabled(
        "Totals as stated",
        "totals",
        {
            "Total of": "of",
            "Year": "year",
            "As stated": "amount",
            "Beside the rows": money.adds_up,
        },
        "No total is stated.",
    ),
}
