"""How far each step of the day plan has come, as far as the record tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.practice.reviews.rules.duties import Planned
from concordat.kernel.labels import join_words


class Standing(StrEnum):
    DONE = "done"
    LATE = "late"
    GOES_ON = "under way"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Come:
    """What the record tells of a rapid review: requests, the panel's meeting, signatures.

    `refused` and `late` are of the requests that have no answer; `panel_on` is the day of the
    last meeting that it was put before, `safe` whether the safety of other children is written.
    """

    asked: int = 0
    answered: int = 0
    late: int = 0
    refused: int = 0
    safe: bool = False
    put: bool = False
    panel_on: date | None = None
    decided: bool = False
    signed: int = 0
    wanted: int = 0
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paced:
    """A step with its day, how it stands, and what that rests on."""

    planned: Planned
    standing: Standing
    words: str


def paced(steps: Iterable[Planned], come: Come, today: date) -> list[Paced]:
    return [_paced(each, come, today) for each in steps]


def _paced(step: Planned, come: Come, today: date) -> Paced:
    done, begun, words = _TELL[step.step.key](come, today)
    if done:
        return Paced(step, Standing.DONE, words)
    if step.on < today:
        return Paced(step, Standing.LATE, words)
    return Paced(step, Standing.GOES_ON if begun else Standing.OPEN, words)


def _told(*parts: str) -> str:
    return join_words([each for each in parts if each])


def _ask(come: Come, today: date) -> tuple[bool, bool, str]:
    return bool(come.asked), False, f"{come.asked} asked" if come.asked else "Nobody was asked"


def _safe(come: Come, today: date) -> tuple[bool, bool, str]:
    words = "Written in the rapid review" if come.safe else "Not written in the rapid review"
    return come.safe, False, words


def _answers(come: Come, today: date) -> tuple[bool, bool, str]:
    if not come.asked:
        return False, False, "Nobody was asked"
    words = _told(
        f"{come.answered} of {come.asked} answered",
        f"{come.late} late" if come.late else "",
        f"{come.refused} refused" if come.refused else "",
    )
    return come.answered == come.asked, come.answered > 0, words


def _read(come: Come, today: date) -> tuple[bool, bool, str]:
    return come.put, False, "On an agenda" if come.put else "On no agenda yet"


def _panel(come: Come, today: date) -> tuple[bool, bool, str]:
    if come.panel_on is None:
        return False, come.put, "No day yet" if come.put else "Put before no meeting"
    held = come.panel_on <= today
    return held, True, "The day has come" if held else "A meeting is called"


def _sign(come: Come, today: date) -> tuple[bool, bool, str]:
    if not come.decided:
        return False, False, "Not decided"
    words = f"{come.signed} of {come.wanted} signed"
    return bool(come.wanted) and come.signed == come.wanted, True, words


def _decide(come: Come, today: date) -> tuple[bool, bool, str]:
    return come.decided, False, "Decided" if come.decided else "Not decided"


def _send(come: Come, today: date) -> tuple[bool, bool, str]:
    return bool(come.sent_on), False, "Sent" if come.sent_on else "Not sent"


_TELL = {
    "ask": _ask,
    "safe": _safe,
    "answers": _answers,
    "read": _read,
    "panel": _panel,
    "sign": _sign,
    "decide": _decide,
    "send": _send,
}
