"""What readers do: mark rows, join or part those that may be one event, keep a dispute.

Authors may read the history of the chronology, so that no event tells what a row says or why.
"""

from __future__ import annotations

from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Dispute,
    Entry,
    Mark,
    Pairing,
)
from concordat.domain.practice.chronologies.operations import taking
from concordat.domain.practice.chronologies.queries.versions import may_take_rows
from concordat.domain.practice.chronologies.rules import VALUED, MarkKind
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


def _taken(actor: Actor, row: Chronology) -> Chronology:
    """For what keeps more of a child, as a reason or a comment may: it needs the ground of rows."""
    held = taking.taken(actor, row, rules.may_read_all)
    may_take_rows(actor, held).require()
    return held


def _of(held: Chronology, entry: Entry) -> Entry:
    rows = Entry.objects.select_related("contribution__agency__record")
    found = rows.filter(pk=entry.pk, contribution__chronology=held).first()
    if found is None:
        raise Invalid("This row is of another chronology.")
    return found


def _told(entry: Entry) -> dict[str, object]:
    return {"agency": entry.contribution.agency.record.reference, "row": entry.stem}


@operation
def mark(actor: Actor, *, entry: Entry, kind: MarkKind, value: str = "", words: str = "") -> Mark:
    """Mark a row, with what is thought of it. Comment stays apart from what the agency tells."""
    held = _taken(actor, entry.contribution.chronology)
    row = _of(held, entry)
    said = _value(held, kind, value)
    same = Mark.objects.filter(stem=row.stem, kind=kind, value=said, ended_on=None)
    if same.exists():
        raise Invalid("It is marked so already.", field="kind", mend="Choose another mark.")
    found = Mark.objects.create(
        entry=row, stem_id=row.stem, kind=kind, value=said,
        words=words.strip()[:4000], by=actor.signature[:200], on=actor.on,
    )  # fmt: skip
    happened(actor, "row marked", held.record, after=_told(row) | {"as": kind})
    return found


def _value(held: Chronology, kind: MarkKind, value: str) -> str:
    said = " ".join(value.split())[: rules.LONGEST_TITLE]
    if kind not in VALUED:
        return ""
    if not said:
        raise Invalid(f"Say which {kind}.", field="value", mend="Choose or write it.")
    offered = {MarkKind.THEME: held.themes, MarkKind.LINE: held.enquiries}.get(kind)
    if offered is not None and said not in offered:
        raise Invalid(f"There is no {kind} “{said}”.", field="value", mend="Add it to the terms.")
    return said


@operation
def unmark(actor: Actor, *, mark: Mark) -> Mark:
    """Take a mark away. It stays on file with who set it and who took it away."""
    held = taking.taken(actor, mark.entry.contribution.chronology, rules.may_read_all)
    row = Mark.objects.select_related("entry__contribution__agency__record").get(pk=mark.pk)
    if row.ended_on:
        raise Refused("This mark is taken away already.")
    row.ended_by, row.ended_on = actor.signature[:200], actor.on
    row.save(update_fields=["ended_by", "ended_on"])
    happened(actor, "mark taken away", held.record, before=_told(row.entry) | {"as": row.kind})
    return row


@operation
def pair(actor: Actor, *, first: Entry, second: Entry, joined: bool, reason: str) -> Pairing:
    """Join two rows as one event, or say that they are two. Nothing of either is lost."""
    held = _taken(actor, first.contribution.chronology)
    rows = sorted((_of(held, first), _of(held, second)), key=lambda each: each.stem)
    one, other = rows
    if one.stem == other.stem:
        raise Invalid("This is the same row.", field="second", mend="Choose another.")
    why = taking.needed("reason", reason, "Say why.", 1000)
    before = Pairing.objects.filter(first=one.stem, second=other.stem, ended_on=None).first()
    if before is not None:
        raise Refused("These two are joined or kept apart already. Undo that first.")
    found = Pairing.objects.create(
        chronology=held, first_id=one.stem, second_id=other.stem, joined=joined, reason=why,
        by=actor.signature[:200], on=actor.on,
    )  # fmt: skip
    told = "rows joined" if joined else "rows kept apart"
    happened(actor, told, held.record, after={"rows": [one.stem, other.stem]})
    return found


@operation
def split(actor: Actor, *, pairing: Pairing) -> Pairing:
    """Undo that two rows were joined or kept apart."""
    held = taking.taken(actor, pairing.chronology, rules.may_read_all)
    row = Pairing.objects.get(pk=pairing.pk)
    if row.ended_on:
        raise Refused("This is undone already.")
    row.ended_by, row.ended_on = actor.signature[:200], actor.on
    row.save(update_fields=["ended_by", "ended_on"])
    happened(actor, "pair undone", held.record, before={"rows": [row.first_id, row.second_id]})
    return row


@operation
def dispute(
    actor: Actor, *, entry: Entry, contribution: Contribution, words: str, source: str
) -> Dispute:
    """Keep what another agency says instead of a row, with its source. Both texts stand."""
    held = _taken(actor, entry.contribution.chronology)
    row = _of(held, entry)
    if contribution.chronology_id != held.pk or contribution.pk == row.contribution_id:
        raise Invalid("Another agency of this chronology disputes a row.", field="contribution")
    found = Dispute.objects.create(
        entry=row, stem_id=row.stem, contribution=contribution,
        words=taking.needed("words", words, "Say what they say instead.", 4000),
        source=taking.needed("source", source, "Say where that stands."),
        by=actor.signature[:200], on=actor.on,
    )  # fmt: skip
    happened(actor, "row disputed", held.record, after=_told(row))
    return found


@operation
def settle(actor: Actor, *, dispute: Dispute, words: str) -> Dispute:
    """Say how a dispute ended. Both texts stay."""
    held = _taken(actor, dispute.entry.contribution.chronology)
    row = Dispute.objects.select_related("entry__contribution__agency__record").get(pk=dispute.pk)
    if row.settled_on:
        raise Refused("This is settled already.")
    row.settled = taking.needed("words", words, "Say how it ended.", 4000)
    row.settled_on = actor.on
    row.save(update_fields=["settled", "settled_on"])
    happened(actor, "dispute settled", held.record, after=_told(row.entry))
    return row
