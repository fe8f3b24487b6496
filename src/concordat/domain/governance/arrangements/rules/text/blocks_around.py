"""Blocks of what stands around the partners: agencies, scrutiny, reviews, deaths, data, voice,
money, the old board, and what ends or stays separate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from concordat.domain.governance.arrangements.rules.text.ground import (
    Block,
    Ground,
    Lacks,
    Plain,
    Row,
    listed,
    said,
    span,
    table,
    when,
)
from concordat.kernel.labels import join_words

EDUCATION = frozenset({"education", "early years", "university"})
CARE = frozenset({"youth justice", "prisons", "social care"})
OF_MONEY = frozenset({"section 75 agreement", "contract", "grant", "service level agreement"})
_YOUNG = re.compile(r"\b(child|children|young people|famil\w+|parents?|carers?)\b", re.I)
_CHECKS = re.compile(r"\b(audits?|quality|training|learning|performance)\b", re.I)


def relevant_agencies(ground: Ground) -> Block:
    found = ground.of("relevant_agencies")
    return table(
        "relevant_agencies",
        "Relevant agencies",
        ("Agency", "Class", "Basis", "Who speaks for it", "Law", "Time"),
        [_relevant(row) for row in found],
        empty="No relevant agency is on record.",
        lacks=[gap for row in found for gap in _baseless(row)],
    )


def _relevant(row: Plain) -> Row:
    return Row(
        row["key"],
        (
            row["name"],
            said(row["agency_class"]),
            said(row["basis"]),
            row["represented_by"],
            row["law"],
            span(row),
        ),
        f"relevant_agencies:{row['key']}",
    )


def _baseless(row: Plain) -> Iterable[Lacks]:
    if row["basis"] in ("", "not stated"):
        ref = f"relevant_agencies:{row['key']}"
        yield Lacks(ref, f"Why “{row['name']}” was chosen is not stated.")


def education(ground: Ground) -> Block:
    empty = "No school, college or early years setting is on record here."
    return _included(ground, "education", "Education that is included", EDUCATION, empty)


def homes_and_custody(ground: Ground) -> Block:
    empty = "No children’s home or youth custody is on record here."
    title = "Homes and custody that are included"
    return _included(ground, "homes_and_custody", title, CARE, empty)


def _included(ground: Ground, name: str, title: str, classes: frozenset[str], empty: str) -> Block:
    """Relevant agencies and seats of some classes."""
    rows = [
        Row(f"agency-{row['key']}", (row["name"], said(row["agency_class"]),
            row["represented_by"]), f"relevant_agencies:{row['key']}")
        for row in ground.of("relevant_agencies")
        if row["agency_class"] in classes
    ]  # fmt: skip
    rows += [
        Row(f"seat-{seat['key']}", (f"{seat['role']}, {body['name']}", said(seat["class"]),
            seat["holder"] or ("Vacant" if seat["vacant"] else "")), f"seats:{seat['key']}")
        for body in ground.bodies
        for seat in body["seats"]
        if seat["class"] in classes
    ]  # fmt: skip
    return table(name, title, ("Who", "Class", "Who speaks"), rows, empty=empty)


def scrutiny(ground: Ground) -> Block:
    found = [each for each in ground.bodies if each["kind"] == "scrutiny" or _scrutinises(each)]
    rows = [
        Row(
            each["key"],
            (
                each["name"],
                listed(_own(ground, each["key"]).get("functions", ())),
                listed(each["composition"]),
                join_words(seat["holder"] for seat in each["seats"] if seat["holder"]),
            ),
            f"bodies:{each['key']}",
        )
        for each in found
    ]
    return table(
        "scrutiny",
        "Who scrutinises",
        ("Who", "What it does", "Made of", "Holder"),
        rows,
        empty="No independent scrutiny is on record.",
        lacks=[
            Lacks(f"seats:{seat['key']}", "The seat of the scrutineer is vacant.")
            for each in found
            for seat in each["seats"]
            if seat["vacant"]
        ],
    )


def _scrutinises(body: Plain) -> bool:
    return any(seat["office"] == "scrutineer" for seat in body["seats"])


def _own(ground: Ground, key: str) -> Plain:
    """A body's own row, for what the structure does not tell."""
    return next((row for row in ground.of("bodies") if row["key"] == key), {})


def review_duties(ground: Ground) -> Block:
    rows = [Row(each.id, (each.title, each.duty, each.source)) for each in ground.duties]
    return table(
        "review_duties",
        "What the law asks after a serious incident",
        ("Duty", "What is to be done", "Source"),
        rows,
        empty="No rule of that day is on file as read in its source.",
    )


def child_death(ground: Ground) -> Block:
    found = [row for row in ground.of("footprints") if row["kind"] == "child death review"]
    rows = [
        Row(
            row["key"],
            (
                row["name"],
                ground.titles("areas", row["areas"]),
                row["host__name"] or "",
                said(", ".join(part for part in (row["state"], span(row)) if part)),
                listed(_approvals(ground, row)),
            ),
            f"footprints:{row['key']}",
        )
        for row in found
    ]
    columns = ("Footprint", "Covers", "Led by", "Stands", "Approvals")
    empty = "No footprint for child death reviews is on record."
    return table("child_death", "Child death review", columns, rows, empty=empty)


def _approvals(ground: Ground, row: Plain) -> Iterable[str]:
    for each in ground.of("decisions"):
        if f"footprints:{row['key']}" in each["approves"]:
            on = f", {when(each['date'])}" if each["date"] else ""
            yield f"{each['title']} ({each['state']}{on})"


def _agreements(ground: Ground, name: str, title: str, kinds: frozenset[str], empty: str) -> Block:
    rows = [
        Row(
            row["key"],
            (
                row["title"],
                said(row["kind"]),
                ground.titles("agencies", row["agencies"]),
                said(row["state"]),
                when(row["review_on"]),
            ),
            f"agreements:{row['key']}",
        )
        for row in ground.of("agreements")
        if row["kind"] in kinds
    ]
    columns = ("Agreement", "Kind", "Between", "Stands", "Looked at again")
    return table(name, title, columns, rows, empty=empty)


def information_agreements(ground: Ground) -> Block:
    kinds = frozenset({"information sharing agreement"})
    empty = "No agreement on sharing information is on record."
    return _agreements(ground, "information_agreements", "Agreements on information", kinds, empty)


def funding_agreements(ground: Ground) -> Block:
    empty = "No agreement on money, share or formula is on record."
    return _agreements(ground, "funding_agreements", "Agreements on money", OF_MONEY, empty)


def money(ground: Ground) -> Block:
    empty = "No contribution, share or cost is on record."
    return _from_above(ground, "money", "Contributions and costs", empty)


def training(ground: Ground) -> Block:
    empty = "No training is on record."
    return _from_above(ground, "training", "Training", empty)


def _from_above(ground: Ground, name: str, title: str, empty: str) -> Block:
    rows = [Row(row["key"], (row["title"], row["says"])) for row in ground.of(name)]
    return table(name, title, ("What", "What is on record"), rows, empty=empty)


def voice(ground: Ground) -> Block:
    """Bodies and seats by which children, young people and families are heard."""
    rows = [
        Row(each["key"], (each["name"], said(each["state"]),
            listed(_own(ground, each["key"]).get("functions", ()))), f"bodies:{each['key']}")
        for each in ground.bodies
        if each["kind"] == "youth group" or re.search(r"\byouth\b", each["name"], re.I)
    ]  # fmt: skip
    rows += [
        Row(f"seat-{seat['key']}", (f"{seat['role']}, {body['name']}", said(body["state"]),
            seat["speaks_for"]), f"seats:{seat['key']}")
        for body in ground.bodies
        for seat in body["seats"]
        if seat["speaks_for"] and _YOUNG.search(seat["speaks_for"])
    ]  # fmt: skip
    columns = ("Where", "Stands", "What it does, or for whom")
    empty = "No body or seat that speaks for children, young people or families is on record."
    return table("voice", "Where children and families are heard", columns, rows, empty=empty)


def assurance_bodies(ground: Ground) -> Block:
    rows = []
    for each in ground.bodies:
        own = _own(ground, each["key"])
        told = [text for text in own.get("functions", ()) if _CHECKS.search(text)]
        if told or _CHECKS.search(each["name"]):
            cells = (each["name"], said(each["state"]), listed(told or own.get("functions", ())))
            rows.append(Row(each["key"], cells, f"bodies:{each['key']}"))
    columns = ("Body", "Stands", "What it does")
    empty = "No body that trains, audits or checks quality is on record."
    return table("assurance_bodies", "Who trains and checks", columns, rows, empty=empty)


def old_board(ground: Ground) -> Block:
    rows = [
        Row(each["key"], (each["name"], said(each["state"]),
            ground.titles("bodies", _own(ground, each["key"]).get("successor", ()))),
            f"bodies:{each['key']}")
        for each in ground.structure["bodies"]
        if each["kind"] == "old board"
    ]  # fmt: skip
    columns = ("Board", "Stands", "Followed by")
    empty = "No old board is on record."
    return table("old_board", "The old board", columns, rows, empty=empty)


def limited(ground: Ground) -> Block:
    """Rows that say when they end, or for how long they are meant."""
    rows = [
        Row(f"{kind}-{row['key']}", (ground.title(f"{kind}:{row['key']}"), span(row)),
            f"{kind}:{row['key']}")
        for kind in ("footprints", "agreements")
        for row in ground.of(kind)
        if row.get("to_text")
    ]  # fmt: skip
    rows += [
        Row(f"promises-{row['key']}", (row["promise"], said(row["lasts"])),
            f"promises:{row['key']}")
        for row in ground.of("promises")
        if row["lasts"]
    ]  # fmt: skip
    rows += [
        Row(f"around-{row['key']}", (row["name"], listed(["For a limited time", span(row)])))
        for row in ground.around
        if row["time_limited"]
    ]
    if ground.home["time_limited"]:
        ref = f"partnership:{ground.home['key']}"
        rows.append(Row("home", (ground.home["name"], "For a limited time"), ref))
    columns = ("What", "How long")
    empty = "Nothing here is on record as being for a limited time."
    return table("limited", "For a limited time", columns, rows, empty=empty)


def separate(ground: Ground) -> Block:
    """Partnerships that share something and each stay a partnership of their own."""
    rows = [
        Row(row["key"], (row["name"], said(row["kind"]), _apart(ground, row)))
        for row in ground.around
    ]
    columns = ("With whom", "What it is", "What stays separate")
    empty = "No programme or partnership that is shared with others is on record."
    return table("separate", "What stays separate", columns, rows, empty=empty)


def _apart(ground: Ground, row: Plain) -> str:
    if row["is_member"]:
        return f"{row['name']} stays a partnership of its own."
    if row["kind"] == "shared programme":
        return f"It shares work. {ground.home['name']} stays a partnership of its own."
    return f"{ground.home['name']} belongs to it."


AROUND: dict[str, Callable[[Ground], Block]] = {
    each.__name__: each
    for each in (
        relevant_agencies, education, homes_and_custody, scrutiny, review_duties, child_death,
        information_agreements, money, funding_agreements, training, voice, assurance_bodies,
        old_board, limited, separate,
    )
}  # fmt: skip
