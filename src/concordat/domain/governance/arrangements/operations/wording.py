"""Keeping what a passage said, by whom and from which day, whichever way it came."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.operations.signing import void_all
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Arrangements, Passage, Wording
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.labels import join_words


def keep_wording(
    row: Arrangements,
    section: str,
    text: str,
    *,
    done: bool,
    on: date | None,
    by: str,
    source: str = "",
) -> Wording:
    """Add what a passage says from a day on; within the act that writes it."""
    return Wording.objects.create(
        arrangements=row,
        section=section,
        text=text,
        done=done,
        written_on=on,
        written_by=by[:200],
        source=source,
    )


def send_back(actor: Actor, held: Record, row: Arrangements, why: str) -> None:
    """Make a signed or offered text a draft again: its sign-offs are void, nobody is asked."""
    if row.state not in rules.SIGNED_IN:
        return
    before = row.state
    void_signatures(actor, row, why)
    row.state = rules.STATES.after(rules.Stage(before), "change")
    row.save(update_fields=["state"])
    happened(
        actor, "sent back to draft", held, reason=why, before={"state": before},
        after={"state": row.state},
    )  # fmt: skip


def void_signatures(actor: Actor, row: Arrangements, why: str) -> None:
    """Void every sign-off that stands of a version's document, and ask nobody any more."""
    document = queries.document_of(actor, row)
    if document:
        record = take(document.pk)
        void_all(actor, record, why)
        clear_asks(actor, record=record, errand=Errand.SIGN, outcome=why)


@operation
def take_up_wordings(
    actor: Actor, *, partnership: Record, moved: Collection[str] = ()
) -> list[Wording]:
    """Keep what passages say that came from a file, and void what was signed of other words.

    The first wording of a passage has the day that its file states, or none. A later one that
    states no day, or one before the wording that it follows, has the day on which it came.
    `moved` are the keys of versions whose state came with the file: nothing that was signed of
    one that is to be signed anew stands.
    """
    made: list[Wording] = []
    versions = Arrangements.objects.filter(partnership=partnership.pk)
    for row in versions.select_related("record", "partnership").order_by("key"):
        made += _taken_up(actor, row, row.key in moved)
    if not made:
        no_event("every passage says what it said")
    return made


def _taken_up(actor: Actor, row: Arrangements, moved: bool) -> list[Wording]:
    said = {each.section: each for each in Wording.objects.filter(arrangements=row).order_by("pk")}
    passages = Passage.objects.filter(arrangements=row).order_by("order", "key")
    changed = [each for each in passages if _is_new(each, said.get(each.section))]
    if not changed and not moved:
        return []
    held = take(row.record_id)
    if moved and row.state in rules.BEFORE_SIGNING:
        void_signatures(actor, row, f"A file that was loaded says that this is {row.state}")
    if not changed:
        return []
    made = [_kept(actor, row, each, said.get(each.section)) for each in changed]
    after = {each.section: each.text for each in made}
    happened(actor, "passages taken up from a file", held, after=after)
    titles = join_words(rules.title_of(each.section) for each in changed)
    send_back(actor, held, row, f"A file that was loaded writes {titles} anew")
    return made


def _is_new(row: Passage, said: Wording | None) -> bool:
    return said is None or (said.text, said.done) != (row.text, bool(row.done))


def _kept(actor: Actor, row: Arrangements, passage: Passage, before: Wording | None) -> Wording:
    stated = passage.stated_on
    if before and (stated is None or (before.written_on and stated < before.written_on)):
        stated = actor.on
    return keep_wording(
        row,
        passage.section,
        passage.text,
        done=bool(passage.done),
        on=stated,
        by=actor.signature,
        source=passage.source,
    )
