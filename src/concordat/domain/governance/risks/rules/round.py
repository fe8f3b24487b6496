"""The workbook of a register: what it holds, what was changed in it, what clashes.

As with the workbook of an agency's actions: a cell that still bears the mark with which it was
given out was not changed by whoever filled the file in; where what stands here no longer bears
it, somebody changed it here meanwhile, and what both changed is left to a person.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.base.actions.rules.round import (
    Cell,
    Given,
    Judged,
    Problem,
    as_day,
    cell_mark,
    parts_of,
    plain,
    whole_mark,
)
from concordat.domain.governance.risks.rules.life import LONGEST_REASON, is_next_review
from concordat.domain.governance.risks.rules.schemes import Scheme
from concordat.kernel.errors import Invalid

SHEET = "Risks"
REFERENCE, RISK, SCHEME, MARK = "Reference", "Risk", "Scheme", "As given out"
LIKELIHOOD, IMPACT, WHY = "Likelihood", "Impact", "Reason for the score"
FOUND, NEXT = "What the review found", "Next review"
LOCKED = (REFERENCE, RISK, SCHEME, "Owner", "Target", "Controls")
CHANGEABLE = (LIKELIHOOD, IMPACT, WHY, FOUND, NEXT)
TITLES = (*LOCKED, *CHANGEABLE, MARK)
NEEDED = (REFERENCE, RISK, SCHEME, *CHANGEABLE, MARK)
MOST_ROWS = 500


class Part(StrEnum):
    """What the cells of a row do together."""

    SCORE = "score"
    REVIEW = "review"


PARTS = {Part.SCORE: (LIKELIHOOD, IMPACT, WHY), Part.REVIEW: (FOUND, NEXT)}


@dataclass(frozen=True, slots=True)
class Here:
    """A risk as it stands here now: the texts that its row would be given out with."""

    what: str
    texts: Mapping[str, str]
    closed: bool = False


Line = Judged[Part]


def mark(key: bytes, reference: str, what: str, scheme: str, texts: Mapping[str, str]) -> str:
    """The mark of a row as it is given out: one for each changeable cell, and one for them all,
    in which its scheme is bound too."""
    cells = [cell_mark(key, reference, title, texts[title]) for title in CHANGEABLE]
    return ".".join([*cells, whole_mark(key, reference, f"{what}\n{scheme}", cells)])


def judge(
    key: bytes, rows: Sequence[Given], here: Mapping[str, Here], scheme: Scheme, today: date
) -> tuple[Line, ...]:
    """Every row that came back, against what stands here. `here` is by reference."""
    seen: set[str] = set()
    found = []
    for row in rows:
        reference = plain(row.texts[REFERENCE])
        stands = None if reference in seen else here.get(reference)
        found.append(_judged(key, row, reference, stands, scheme, today))
        seen.add(reference)
    return tuple(found)


def _judged(
    key: bytes, row: Given, reference: str, here: Here | None, scheme: Scheme, today: date
) -> Line:
    if here is None:
        told = "This is no risk of the register, or stands above in this file."
        mend = "Raise risks on screen. Leave this row as it was given out, or delete it."
        problem = Problem(row.places[REFERENCE], told, mend)
        return Line(reference, plain(row.texts[RISK]), problems=(problem,))
    if wrong := _not_as_given(key, row, reference, scheme):
        return Line(reference, here.what, problems=(wrong,))
    cells = tuple(_changed(key, row, reference, here))
    problems = tuple(_wrong(row, here, cells, scheme, today))
    parts = {} if problems else parts_of(PARTS, row, cells, _as_kept)
    return Line(reference, here.what, cells, problems, parts)


def _not_as_given(key: bytes, row: Given, reference: str, scheme: Scheme) -> Problem | None:
    *cells, whole = row.texts[MARK].split(".")
    told = f"{plain(row.texts[RISK])}\n{plain(row.texts[SCHEME])}"
    right = whole_mark(key, reference, told, cells)
    if len(cells) != len(CHANGEABLE) or not hmac.compare_digest(right, whole):
        return Problem(
            row.places[MARK],
            "This row is not as it was given out: its reference, its words or its mark was "
            "changed, or it was sorted apart.",
            "Download the workbook again and copy your changes into it.",
        )
    if plain(row.texts[SCHEME]) != scheme.name:
        return Problem(
            row.places[SCHEME],
            f"The register scores by another scheme now: {scheme.name}.",
            "Download the workbook again. A score is never converted.",
        )
    return None


def _as_kept(title: str, text: str) -> str:
    bare = plain(text)
    day = as_day(bare) if title == NEXT else None
    return day.isoformat() if day else bare


def _changed(key: bytes, row: Given, reference: str, here: Here) -> Iterator[Cell]:
    for title, given in zip(CHANGEABLE, row.texts[MARK].split("."), strict=False):
        theirs, ours = _as_kept(title, row.texts[title]), here.texts[title]
        if plain(theirs) == plain(ours) or cell_mark(key, reference, title, theirs) == given:
            continue
        clash = cell_mark(key, reference, title, ours) != given
        yield Cell(title, row.places[title], theirs, ours, clash)


def _wrong(
    row: Given, here: Here, cells: Sequence[Cell], scheme: Scheme, today: date
) -> Iterator[Problem]:
    for title in row.formulas:
        yield Problem(row.places[title], "This is a formula.", "Write the value itself.")
    changed = {cell.title for cell in cells}
    if here.closed and cells:
        yield Problem(row.places[REFERENCE], "This risk is closed.", "Reopen it on screen first.")
    if changed.intersection(PARTS[Part.SCORE]):
        yield from _of_score(row, scheme)
    if changed.intersection(PARTS[Part.REVIEW]):
        yield from _of_review(row, today)
    for title in (WHY, FOUND):
        if len(row.texts[title]) > LONGEST_REASON:
            told = f"The text is {len(row.texts[title])} characters long."
            yield Problem(row.places[title], told, f"Use {LONGEST_REASON} or fewer.")


def _of_score(row: Given, scheme: Scheme) -> Iterator[Problem]:
    try:
        scheme.score(row.texts[LIKELIHOOD], row.texts[IMPACT])
    except Invalid as problem:
        for fault in problem.faults:
            title = IMPACT if fault.field == "impact" else LIKELIHOOD
            yield Problem(row.places[title], fault.message, fault.mend)
    if not plain(row.texts[WHY]):
        yield Problem(row.places[WHY], "A score needs its reason.", "Say why.")


def _of_review(row: Given, today: date) -> Iterator[Problem]:
    day = as_day(plain(row.texts[NEXT]))
    if day is None:
        told = plain(row.texts[NEXT])
        message = f"“{told}” is not a day." if told else "There is no day."
        yield Problem(row.places[NEXT], message, "Write a day, such as 12 April 2019.")
    elif not (allowed := is_next_review(day, today)):
        yield Problem(row.places[NEXT], str(allowed))
    if not plain(row.texts[FOUND]):
        yield Problem(row.places[FOUND], "A review says what was found.", "“No change” will do.")
