"""Sending an edition out for comment, and closing the round once each comment is answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents import queries as papers
from concordat.domain.base.documents.models import Document, Round
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Arrangements
from concordat.domain.governance.arrangements.operations.editing import (
    hold_to_move,
    move,
    newest_edition,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.kernel.labels import count


@operation
def open_for_comment(
    actor: Actor,
    *,
    arrangements: Arrangements,
    seats: Iterable[Seat],
    closes: date,
    question: str = "",
) -> Round:
    """Send the newest edition out to seats; guests are invited to the open round."""
    _, row = hold_to_move(actor, arrangements, "open for comment")
    edition = newest_edition(actor, row)
    opened = documents.open_for_comment(
        actor, document=edition.version.document, seats=seats, closes=closes, question=question
    )
    move(actor, row, "open for comment", "sent out for comment")
    return opened


@operation
def close_comments(actor: Actor, *, arrangements: Arrangements) -> Arrangements:
    """End the round: every comment has its answer. The text is a draft again."""
    _, row = hold_to_move(actor, arrangements, "close comments")
    document = queries.document_of(actor, row)
    opened = papers.open_round(actor, document) if document else None
    if opened:
        documents.close_comments(actor, round=opened)
    return move(actor, row, "close comments", "comments on the arrangements closed")


def is_commented_out(actor: Actor, document: Document) -> None:
    """Raises `Refused` while a round is open or a comment waits for its answer."""
    if papers.open_round(actor, document):
        raise Refused("This is out for comment. Close the comments first.")
    if waiting := papers.unanswered(actor, document).count():
        told = count(waiting, "comment")
        raise Refused(f"{told} {'has' if waiting == 1 else 'have'} no answer yet.")
