"""A sheet of recommendations: what its columns hold, and what one row of it says.

A list that was downloaded here is such a sheet: it may be added to and brought back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.recommendations.rules.acts import LONGEST_TEXT, LONGEST_TITLE
from concordat.domain.base.recommendations.rules.states import Level, Nature, Origin
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import join_words, near

MOST_LINES = 500
COLUMNS: dict[str, str] = {
    "Reference": "Left empty. A row with the reference of one on file is left alone",
    "Recommendation": "The change wanted, in one sentence",
    "Change in full": "The change in full, if one sentence is not enough",
    "Finding": "The finding that it answers",
    "Comes from": f"One of: {join_words(each.value for each in Origin)}",
    "Source": "What it comes from, cited",
    "Number": "Its number there",
    "Made on": "When its source made it, as exactly as is known",
    "Addressed to": "An agency, a body, a seat with its body (Chair, Executive), or somebody else",
    "Level": f"One of: {join_words(each.value for each in Level)}",
    "Nature": f"One of: {join_words(each.value for each in Nature)}",
    "Why": "Why it is system change or compliance",
    "Due": "A day",
    "Owner": "The title of a post",
    "Measure": "How it will be seen that it worked",
    "Measured on": "A day",
    "State": "Told by a list that was downloaded. It is not read",
    "Accepted by": "The body that accepted it before. Left empty, it becomes a draft",
    "Accepted on": "When it did, as exactly as is known",
    "Stated where": "Where it is stated that it was accepted",
}
NEEDED = ("Recommendation", "Source")
_LONGEST = {"Recommendation": LONGEST_TITLE, "Source": 400, "Number": 20, "Addressed to": 300}
_WITH_ACCEPTANCE = ("Accepted on", "Stated where")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What one row says; whom it is addressed to, who owns it and who accepted it are names."""

    title: str
    change: str
    finding: str
    origin: Origin
    source: str
    number: str
    made_on: UncertainDate | None
    addressee: str
    level: str
    nature: str
    nature_why: str
    due: date | None
    owner: str
    measure: str
    measure_on: date | None
    set_by: str
    decided_on: UncertainDate | None
    stated: str


def read_row(cells: Mapping[str, str], on: date) -> tuple[SheetRow | None, list[Fault]]:
    """One row by the titles of its columns, or what is wrong with it: `field` names the column."""
    faults: list[Fault] = []
    told = {column: " ".join(cells.get(column, "").split()) for column in COLUMNS}
    faults += _missing(told)
    faults += _too_long(told)
    origin = _one_of(told, "Comes from", [each.value for each in Origin], faults)
    level = _one_of(told, "Level", [each.value for each in Level], faults)
    nature = _one_of(told, "Nature", [each.value for each in Nature], faults)
    row = SheetRow(
        title=told["Recommendation"],
        change=cells.get("Change in full", "").strip(),
        finding=cells.get("Finding", "").strip(),
        origin=Origin(origin) if origin else Origin.OTHER,
        source=told["Source"],
        number=told["Number"],
        made_on=_said(told, "Made on", faults),
        addressee=told["Addressed to"],
        level=level,
        nature=nature,
        nature_why=told["Why"],
        due=_day(told, "Due", faults),
        owner=told["Owner"],
        measure=cells.get("Measure", "").strip(),
        measure_on=_day(told, "Measured on", faults),
        set_by=told["Accepted by"],
        decided_on=_said(told, "Accepted on", faults, by=on),
        stated=told["Stated where"],
    )
    return (None if faults else row), faults


def _missing(told: Mapping[str, str]) -> list[Fault]:
    found = [Fault("This is empty.", field=name) for name in NEEDED if not told[name]]
    if told["Nature"] and not told["Why"]:
        found.append(Fault(f"Say why it is {told['Nature'].lower()}.", field="Why"))
    if told["Accepted by"] and not told["Stated where"]:
        found.append(Fault("Say where it is stated that it was accepted.", field="Stated where"))
    without = [name for name in _WITH_ACCEPTANCE if told[name] and not told["Accepted by"]]
    found += [Fault("Nobody is named who accepted it.", field=name) for name in without]
    return found


def _too_long(told: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(f"This is {len(text):,} characters long.", field=name, mend=f"Use {most:,} or fewer.")
        for name, text in told.items()
        if len(text) > (most := _LONGEST.get(name, LONGEST_TEXT))
    ]


def _one_of(told: Mapping[str, str], column: str, values: list[str], faults: list[Fault]) -> str:
    text = told[column].lower()
    if text and text not in values:
        mend = f"Give one of: {join_words(near(text, values) or values)}."
        faults.append(Fault(f"“{told[column]}” is none of them.", field=column, mend=mend))
        return ""
    return text


def _said(
    told: Mapping[str, str], column: str, faults: list[Fault], by: date | None = None
) -> UncertainDate | None:
    if not told[column]:
        return None
    try:
        said = UncertainDate.parse(told[column])
    except Invalid as problem:
        faults.append(Fault(problem.faults[0].message, field=column, mend=problem.faults[0].mend))
        return None
    if by and said.earliest and said.earliest > by:
        faults.append(Fault(f"{said} is still to come.", field=column))
    return said


def _day(told: Mapping[str, str], column: str, faults: list[Fault]) -> date | None:
    said = _said(told, column, faults)
    if said is None:
        return None
    if said.doubtful or said.earliest is None or said.earliest != said.latest:
        mend = "Give a day, such as 5 April 2019."
        faults.append(Fault(f"“{told[column]}” is no day.", field=column, mend=mend))
        return None
    return said.earliest
