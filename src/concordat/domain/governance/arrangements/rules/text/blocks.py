"""Blocks of facts, each a pure function of the ground that the text stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from concordat.domain.base.agencies.rules import STATUTORY_CLASSES
from concordat.domain.base.seats.rules.rhythm import words_of
from concordat.domain.governance.arrangements.rules.structure import chart, power_in_words, settled
from concordat.domain.governance.arrangements.rules.text.blocks_around import AROUND
from concordat.domain.governance.arrangements.rules.text.ground import (
    Block,
    Ground,
    Lacks,
    Plain,
    Row,
    Shape,
    listed,
    said,
    span,
    table,
    when,
)
from concordat.domain.governance.arrangements.rules.words import (
    LIMBS,
    NONE_ON_RECORD,
    limbs_in_short,
)
from concordat.kernel.labels import join_words
from concordat.kernel.money import Pence, in_pounds

SPEAKERS = ("lead partner", "delegate")
NO_POWER = "No delegation in force is on record."
VACANT = "The seat is vacant."


def identity(ground: Ground) -> Block:
    home, ref = ground.home, f"partnership:{ground.home['key']}"
    told = {
        "Name": home["name"],
        "What it is": home["kind"],
        "What it is for": home["about"],
        "Follows": listed(home["follows"]),
        "Time": span(home),
        "Written for": ground.regime,
    }
    rows = tuple(
        Row(label.lower().replace(" ", "-"), (label, said(value)), ref)
        for label, value in told.items()
        if value
    )
    return Block("identity", "The partnership", Shape.FACTS, ("Fact", "Stated"), rows)


def areas(ground: Ground) -> Block:
    own = [row for row in ground.of("areas") if not row["outside"]]
    rows = [
        Row(row["key"], (row["name"], said(row["kind"]), row["code"]), f"areas:{row['key']}")
        for row in own
    ]
    columns = ("Area", "Kind", "Code")
    return table("areas", "Areas", columns, rows, empty="No area of the partnership is on record.")


def footprints(ground: Ground) -> Block:
    columns = ("Footprint", "For", "Covers", "Led by", "Rests on", "Stands")
    rows = [footprint(ground, row) for row in ground.of("footprints")]
    return table(
        "footprints",
        "What is shared beyond the area",
        columns,
        rows,
        empty="No shared footprint is on record.",
    )


def footprint(ground: Ground, row: Plain) -> Row:
    covered = [each for each in ground.of("coverage") if each["footprint__key"] == row["key"]]
    covers = [*(ground.title(f"areas:{key}") for key in row["areas"])]
    covers += [ground.title(f"agencies:{key}") for key in row["agencies"]]
    covers += [each["area__name"] or each["agency__name"] or "" for each in covered]
    return Row(
        row["key"],
        (
            row["name"],
            said(row["kind"]),
            join_words(each for each in covers if each),
            row["host__name"] or "",
            row["agreement__title"] or "",
            said(", ".join(part for part in (row["state"], span(row)) if part)),
        ),
        f"footprints:{row['key']}",
    )


def partners(ground: Ground) -> Block:
    found = ground.of("partners")
    rows = [
        Row(
            row["key"],
            (
                row["agency__name"],
                said(row["partner_class"]),
                row["area__name"] or "",
                row["accountable__title"] or "",
                row["delegate__title"] or "",
                span(row),
            ),
            f"agencies:{row['agency__key']}",
        )
        for row in found
    ]
    there = {row["partner_class"] for row in found}
    lacks = [
        Lacks("", f"No {each} body is on record as a statutory partner.")
        for each in STATUTORY_CLASSES
        if found and each not in there
    ]
    return table(
        "partners",
        "The statutory partners",
        ("Agency", "Class", "Area", "Accountable", "Delegate", "Time"),
        rows,
        empty="No statutory partner is on record.",
        lacks=lacks,
    )


def leads(ground: Ground) -> Block:
    """Who speaks for a partner that day, and with what power in force."""
    places = [(body, seat) for body in ground.bodies for seat in body["seats"] if _speaks(seat)]
    rows = [
        Row(
            seat["key"],
            (
                seat["role"],
                body["name"],
                _holder(seat),
                listed(power_in_words(each) for each in seat["delegations"]) or NO_POWER,
            ),
            f"seats:{seat['key']}",
        )
        for body, seat in places
    ]
    return table(
        "leads",
        "Who speaks for the partners",
        ("Seat", "Body", "Holder", "Power in force"),
        rows,
        empty="No seat that speaks for a statutory partner is on record.",
        lacks=[gap for _, seat in places for gap in _powerless(seat)],
    )


def _speaks(seat: Plain) -> bool:
    return seat["office"] in SPEAKERS


def _powerless(seat: Plain) -> Iterator[Lacks]:
    if seat["vacant"]:
        yield Lacks(f"seats:{seat['key']}", VACANT)
    elif not seat["delegations"]:
        yield Lacks(f"seats:{seat['key']}", NO_POWER)


def _holder(seat: Plain) -> str:
    holder = seat["holder"] or ("Vacant" if seat["vacant"] else "")
    return f"{holder}; deputy: {seat['deputy']}" if seat["deputy"] else holder


def delegations(ground: Ground) -> Block:
    found = ground.of("delegations")
    return table(
        "delegations",
        "What was delegated",
        ("Of", "To", "Covers", "Matters", "Limit", "Rests on", "Stands"),
        [_delegation(ground, row) for row in found],
        empty="No delegation is on record.",
        lacks=[gap for row in found for gap in _unfounded(row)],
    )


def _delegation(ground: Ground, row: Plain) -> Row:
    to = row["post__title"] or row["seat__role"] or row["person__name"] or ""
    limit = in_pounds(Pence(row["limit"])) if row["limit"] is not None else row["limit_words"]
    if kept := ground.titles("matters", row["reserved"]):
        limit = listed([limit, f"not {kept}"])
    return Row(
        row["key"],
        (
            row["agency__name"],
            to,
            limbs_in_short([each for each in row["limbs"] if each in LIMBS]),
            ground.titles("matters", row["matters"]) or "Every matter",
            limit,
            said(row["instrument_title"] or row["instrument"]),
            said(", ".join(part for part in (row["state"], span(row)) if part)),
        ),
        f"delegations:{row['key']}",
    )


def _unfounded(row: Plain) -> Iterator[Lacks]:
    ref = f"delegations:{row['key']}"
    if row["instrument"] in ("", "not stated", NONE_ON_RECORD):
        yield Lacks(ref, f"What gives {row['agency__name']}’s delegation is not on record.")
    if row["state"] not in ("", "in force"):
        yield Lacks(ref, f"The delegation of {row['agency__name']} is {row['state']}.")


def matters(ground: Ground) -> Block:
    rows = [
        Row(
            row["key"],
            (
                row["title"],
                join_words(row["classes"]) or "All statutory partners",
                ground.titles("bodies", row["reserved_to"]),
                row["law"],
            ),
            f"matters:{row['key']}",
        )
        for row in ground.of("matters")
    ]
    columns = ("Matter", "Decided by", "Kept to", "Law")
    return table("matters", "Matters", columns, rows, empty="No matter to decide is on record.")


def bodies(ground: Ground) -> Block:
    """The bodies with who answers to whom, drawn and in rows; those of others have theirs."""
    found = ground.bodies
    made = table(
        "bodies",
        "Bodies",
        ("Body", "Stands", "How often", "Who belongs", "Chair", "Quorum", "Answers to"),
        [_body(ground, each) for each in found],
        empty="No body of the partnership is on record.",
        lacks=[
            Lacks(f"bodies:{each['key']}", question)
            for each in found
            if (question := settled(each["rhythm"])[1])
        ],
    )
    nodes, edges = chart({"bodies": found})
    return replace(made, nodes=tuple(nodes), edges=tuple(edges))


def _body(ground: Ground, body: Plain) -> Row:
    rhythm, question = settled(body["rhythm"])
    return Row(
        body["key"],
        (
            body["name"],
            said(body["state"]),
            f"Not settled: “{rhythm}”" if question else said(rhythm) if rhythm else "",
            listed(body["composition"]),
            said(body["chair_role"]) if body["chair_role"] else "",
            body["quorum"] or "",
            ground.titles("bodies", body["parents"]),
        ),
        f"bodies:{body['key']}",
    )


def seats(ground: Ground) -> Block:
    places = [(body, seat) for body in ground.bodies for seat in body["seats"]]
    rows = [seat_row(ground, body, seat) for body, seat in places]
    return table(
        "seats",
        "Seats",
        ("Seat", "Body", "Capacity", "For", "Holder"),
        rows,
        empty="No seat is on record.",
        lacks=[Lacks(f"seats:{seat['key']}", VACANT) for _, seat in places if seat["vacant"]],
    )


def seat_row(ground: Ground, body: Plain, seat: Plain) -> Row:
    agency = ground.title(f"agencies:{seat['agency']}") if seat["agency"] else ""
    return Row(
        seat["key"],
        (
            seat["role"],
            body["name"],
            said(seat["capacity"]) if seat["capacity"] else "",
            seat["speaks_for"] or agency or said(seat["class"]),
            _holder(seat),
        ),
        f"seats:{seat['key']}",
    )


def roles(ground: Ground) -> Block:
    found = ground.of("roles")
    return table(
        "roles",
        "Role profiles",
        ("Role", "What it does", "Needs", "Terms", "Time given", "Stands"),
        [_role(ground, row) for row in found],
        empty="No role profile is on record.",
    )


def _role(ground: Ground, row: Plain) -> Row:
    phases = [each for each in ground.of("role_phases") if each["role__key"] == row["key"]]
    terms = (row["grade"], row["hours"], row["contract"], row["share"])
    return Row(
        row["key"],
        (
            row["title"],
            listed(row["duties"]) or row["about"],
            row["requires"],
            said(", ".join(part for part in terms if part)),
            listed(_phase(each) for each in phases),
            said(row["status"] or row["state"]),
        ),
        f"roles:{row['key']}",
    )


def _phase(row: Plain) -> str:
    days = " to ".join(dict.fromkeys(each for each in (row["days_from"], row["days_to"]) if each))
    told = f"{row['phase']}: {days} days a {row['per']}" if days and row["per"] else row["phase"]
    return f"{told}, {row['lasts']}" if row["lasts"] else str(told)


def links(ground: Ground) -> Block:
    rows = [
        Row(
            row["key"],
            (
                row["board__name"],
                ground.title(row["who"]) if row["who"] else "",
                row["owed"],
                settled(words_of(row["when"]))[0] if row["when"] else "",
                said(row["effect"]),
                said(row["state"]),
            ),
            f"bodies:{row['board__key']}",
        )
        for row in ground.of("links")
    ]
    columns = ("Board", "Our side", "What is owed", "How often", "What it does", "Stands")
    empty = "Nothing is on record of what other boards are owed."
    return table("links", "Other boards", columns, rows, empty=empty)


def reporting(ground: Ground) -> Block:
    rows = [
        Row(
            row["key"],
            (
                ground.title(row["who"]),
                said(row["how"] or "reports to"),
                ground.title(row["reports_to"]),
                said(row["state"]),
                row["about"],
            ),
            row["who"],
        )
        for row in ground.of("reporting")
    ]
    columns = ("Who", "How", "To whom", "Stands", "More")
    empty = "No line of reporting is on record."
    return table("reporting", "Lines of reporting", columns, rows, empty=empty)


def steps(ground: Ground) -> Block:
    found = ground.of("steps")
    rows = [
        Row(
            row["key"],
            (
                row["title"],
                " to ".join(day for day in (when(row["date"]), when(row["until"])) if day),
                said(row["state"]),
                row["about"],
            ),
            f"steps:{row['key']}",
        )
        for row in found
    ]
    lacks = [Lacks(f"steps:{r['key']}", f"{r['title']}: no day.") for r in found if not r["date"]]
    columns = ("Step", "When", "How far", "More")
    empty = "No step on the way is on record."
    return table("steps", "Steps on the way", columns, rows, empty=empty, lacks=lacks)


def promises(ground: Ground) -> Block:
    found = [row for row in ground.of("promises") if row["state"] != "released"]
    rows = [
        Row(
            row["key"],
            (
                row["promise"],
                when(row["latest"]) and f"By {when(row['latest'])}",
                said(row["lasts"]) if row["lasts"] else "",
                row["owner__title"] or "",
                f"Kept, {when(row['settled_on'])}" if row["state"] == "kept" else "Stands",
            ),
            f"promises:{row['key']}",
        )
        for row in found
    ]
    lacks = [gap for row in found for gap in _undated(row)]
    columns = ("Promise", "Looked at again", "How long", "Who keeps it", "Where it stands")
    empty = "No promise is on record."
    return table("promises", "Promises", columns, rows, empty=empty, lacks=lacks)


def _undated(row: Plain) -> Iterator[Lacks]:
    if row["lasts"] and not row["latest"]:
        told = f"“{row['lasts']}” has no first day, so that no day follows from it."
        yield Lacks(f"promises:{row['key']}", told)


Make = Callable[[Ground], Block]
BLOCKS: dict[str, Make] = {
    **{
        each.__name__: each
        for each in (
            identity, areas, footprints, partners, leads, delegations, matters, bodies, seats,
            roles, links, reporting, steps, promises,
        )
    },
    **AROUND,
}  # fmt: skip


def stated(ground: Ground, rows: Iterable[Plain]) -> Block | None:
    """What was stated on the topics of a section; nothing where nothing was."""
    told = tuple(
        Row(row["key"], (row["says"], row["law"]), f"statements:{row['key']}") for row in rows
    )
    if not told:
        return None
    return Block("statements", "Stated", Shape.SAYINGS, ("What is stated", "Relies on"), told)


def block(name: str, ground: Ground) -> Block:
    return BLOCKS[name](ground)
