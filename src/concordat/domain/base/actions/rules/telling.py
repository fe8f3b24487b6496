"""Many actions in a sentence, and one action as it stood on an earlier day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.actions.rules.states import Stage, Told, is_overdue
from concordat.kernel.labels import count

_CLOSING = {
    Told.CLOSED: Stage.CLOSED,
    Told.ACCEPTED: Stage.ACCEPTED,
    Told.INADEQUATE: Stage.OPEN,
    Told.WITHDRAWN: Stage.WITHDRAWN,
    Told.SUPERSEDED: Stage.SUPERSEDED,
}


def in_a_sentence(open_: int, waiting: int, late: Sequence[str], *, more: bool = False) -> str:
    """ "14 open; 3 overdue, all of health; 2 wait for acceptance." `late` names whose each is.

    `more` says that there are more than were counted.
    """
    if not open_ and not waiting:
        return "Nothing is open."
    many = " or more" if more else ""
    said = [f"{open_:,}{many} open"]
    if late:
        said.append(f"{len(late):,} overdue{_whose(late)}")
    if waiting:
        said.append(f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for acceptance")
    told = "; ".join(said)
    return f"{told}." if late or not open_ else f"{told}. None is overdue."


def _whose(late: Sequence[str]) -> str:
    """Who is behind most of what is late, where one agency is."""
    times = Counter(late)
    name, most = times.most_common(1)[0]
    if not name or most * 2 <= len(late):
        return ""
    if most == len(late):
        return f", {'all of' if most > 1 else 'of'} {name}"
    return f", {most:,} of them of {name}"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as replaying needs it."""

    on: date
    told: str
    due_before: date | None = None
    due_after: date | None = None
    owner_after: str = ""


@dataclass(frozen=True, slots=True)
class Stood:
    """One action as it stood at the end of a day."""

    stage: Stage
    due: date | None
    owner: str
    extended: int
    overdue: bool


def stood(lines: Sequence[Line], on: date) -> Stood | None:
    """An action on a day, from its entries in their order; None before it was set."""
    stage, due, owner, extended = Stage.OPEN, None, "", 0
    known = [line for line in lines if line.on <= on]
    if not known:
        return None
    for line in known:
        told = Told(line.told)
        stage = _CLOSING.get(told, stage)
        owner = line.owner_after or owner
        if told in (Told.SET, Told.EXTENDED, Told.INADEQUATE):
            due = line.due_after
        extended += told is Told.EXTENDED
    return Stood(stage, due, owner, extended, is_overdue(stage, due, on))


@dataclass(frozen=True, slots=True)
class Tally:
    """One agency over a time: what was opened, closed in time and late, and put off."""

    agency: str
    opened: int = 0
    in_time: int = 0
    late: int = 0
    extended: int = 0
    overdue: int = 0

    @property
    def in_words(self) -> str:
        closed = self.in_time + self.late
        return f"{self.agency}: {count(closed, 'action')} closed, {self.late} of them late"
