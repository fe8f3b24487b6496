"""The paper as which a report is about to go out, as the report's own cover tells it.

A report is made before its paper is settled, and as known on a day on which nobody knew of that
paper: what its cover says is therefore handed in, not read from the rows of the day.
"""

from __future__ import annotations

from collections.abc import Iterable

from concordat.domain.assurance.reports.rules import GoingOut
from concordat.domain.governance.meetings.models import Meeting, Paper
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words


def going_out(actor: Actor, paper: Paper) -> GoingOut:
    """A paper that is there already, with the meetings it comes before."""
    rows = paper.presentations.select_related("line__meeting__body").order_by("pk")
    plain = {
        "key": paper.key,
        "title": paper.title,
        "author": paper.author,
        "presented_by": paper.presented_by.key if paper.presented_by else "",
        "dated": paper.dated,
        "version": paper.version,
        "follows": paper.follows.key if paper.follows else "",
        "purposes": paper.purposes,
        "asks": paper.asks,
        "decision_to_tell": paper.decision_to_tell,
        "appendices": paper.appendices,
    }
    ahead = [each.line.meeting for each in rows if each.line]
    return GoingOut(plain, meetings_in_words(actor, ahead))


def meetings_in_words(actor: Actor, meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """Each meeting by its body and day."""
    return tuple(
        ", ".join(
            part
            for part in (
                each.body.name if each.body else each.record.title,
                day_in_words(each.day) if each.day else "",
            )
            if part
        )
        for each in meetings
    )
