"""Minutes: put together from what was recorded, and agreed at the next meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from concordat.domain.governance.meetings.rules.life import AFTER, SENT_OR_LATER, Place, Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.labels import count, join_words
from concordat.kernel.verdict import Verdict, no, yes


def may_agree(
    places: Iterable[tuple[str, Place]], *, day: date | None, at: date | None, at_stage: Stage
) -> Verdict:
    """Minutes are agreed at a later meeting of the same body, once each item says what came of
    it. `places` are the titles of its items and where each stands, `at` the day of the later."""
    left = [title for title, place in places if place is Place.ON_AGENDA]
    if left:
        names = join_words(f"“{title}”" for title in left)
        return no(f"Say first whether the meeting took, carried over or did not reach {names}.")
    if day is None or at is None or at <= day:
        return no("Minutes are agreed at a later meeting of the same body.")
    if at_stage not in SENT_OR_LATER:
        return no(f"That meeting is {at_stage}. It can agree minutes once it is sent or held.")
    return yes()


def is_agreed(stage: Stage) -> bool:
    return stage is Stage.MINUTES_AGREED


def may_read(stage: Stage) -> bool:
    """There is something to read once the meeting was held."""
    return stage in AFTER


_ORDER = (
    (Presence.PRESENT, "Present"),
    (Presence.DEPUTY, "By deputy"),
    (Presence.APOLOGIES, "Apologies"),
    (Presence.ABSENT, "Absent"),
)


def came(people: Iterable[tuple[Presence, str]]) -> list[tuple[str, list[str]]]:
    """Who was present, came by deputy, sent apologies or was absent, each group with its names."""
    found: Mapping[Presence, list[str]] = {presence: [] for presence, _ in _ORDER}
    for presence, name in people:
        if presence in found:
            found[presence].append(name)
    return [(label, found[presence]) for presence, label in _ORDER if found[presence]]


def in_a_sentence(items: int, decisions: int, actions: int) -> str:
    """ "9 items, 3 decisions and 4 actions"."""
    return (
        join_words([count(items, "item"), count(decisions, "decision"), count(actions, "action")])
        + "."
    )
