"""Ways of beginning a review that say nothing, end before they begin, or stand beside another."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.kinds_running import ReviewRoute
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.kernel.errors import Fault


def routes_that_cannot_be(chapter: Chapter) -> Iterator[Fault]:
    """Each says who does a step or asks, and of one step in one place only one has no last day."""
    open_: dict[tuple[str, str], ReviewRoute] = {}
    for row in chapter.of(ReviewRoute):
        if bool(row.words.strip()) == bool(row.question.strip()):
            told = "It says who does it, or which question is open: one of the two."
            yield Fault(told, "words", row.where("words"), "What no source says is a question.")
        if _ends_before(row):
            told = "It ends before it begins."
            yield Fault(told, "ended", row.where("ended"), "Check both days.")
        if row.ended is None:
            key = (row.step, row.borough)
            if key in open_:
                told = f"“{open_[key].key}” is about the same step there and has no last day."
                yield Fault(told, "ended", row.where(), "Give the earlier one its last day.")
            open_[key] = row


def _ends_before(row: ReviewRoute) -> bool:
    begun = row.begins.latest if row.begins else None
    ended = row.ended.latest if row.ended else None
    return begun is not None and ended is not None and ended < begun
