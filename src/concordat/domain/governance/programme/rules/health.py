"""Written updates: how it goes, in whose words, and when the word has gone stale.

An update is written by a person. No colour is worked out from dates: what the dates say stands
beside what people say, so that a difference can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.labels import count, day_in_words
from concordat.kernel.verdict import Verdict, no, yes

STALE_AFTER = 30
"""Days after which a written update no longer says how it stands."""
LONGEST_WORDS = 1000


class Health(StrEnum):
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def is_stale(last: date | None, today: date, *, known_since: date) -> bool:
    """No update for 30 days; without any, 30 days after it was set down."""
    return (today - (last or known_since)).days > STALE_AFTER


def stale_in_words(last: date | None, today: date) -> str:
    if last is None:
        return "Nobody has said yet how it goes."
    days = (today - last).days
    return f"The last update is {count(days, 'day')} old ({day_in_words(last)})."


def is_update(words: str, health: Health | None) -> Verdict:
    if health is None:
        return no("Say whether it is on track, at risk or off track.")
    if not words.strip():
        return no("Say in a sentence or two how it goes.")
    if len(words) > LONGEST_WORDS:
        return no(f"Say it in {LONGEST_WORDS:,} characters or fewer.")
    return yes()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the head of a roadmap needs to know of its milestones.

    `next_title` and `next_due` are of the open milestone that comes next; `waits_for` names what
    it waits for that is not done.
    """

    total: int
    done: int
    late: int
    undated: int
    slipped: int
    next_title: str = ""
    next_due: str = ""
    waits_for: Sequence[str] = ()


def sentence(stands: Standing) -> str:
    """Whether the next milestone holds and what it waits on, then the counts."""
    if not stands.total:
        return "No milestone is planned yet."
    said = [_next(stands)]
    parts = [f"{stands.done} of {count(stands.total, 'milestone')} reached"]
    parts += [f"{stands.late} late"] if stands.late else []
    parts += [f"{stands.slipped} planned again"] if stands.slipped else []
    parts += [f"{stands.undated} without a date"] if stands.undated else []
    return " ".join([*filter(None, said), f"{', '.join(parts)}."])


def _next(stands: Standing) -> str:
    if not stands.next_title:
        return ""
    due = f", due {stands.next_due}" if stands.next_due else ", which has no date"
    waits = ""
    if stands.waits_for:
        names = " and ".join(f"“{each}”" for each in stands.waits_for)
        waits = f" It waits for {names}."
    return f"Next: “{stands.next_title}”{due}.{waits}"
