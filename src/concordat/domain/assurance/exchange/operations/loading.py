"""Loading a partnership file: everything is checked before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import F

from concordat.domain.assurance.exchange import queries, rules
from concordat.domain.assurance.exchange.models import KeptRow, LoadedFile
from concordat.domain.assurance.exchange.operations.writing import Writer, misfits, named, values_of
from concordat.domain.assurance.exchange.queries import Home
from concordat.domain.assurance.exchange.rules.fields import Kind, Row, Sort, kind_of
from concordat.domain.assurance.exchange.rules.kinds_authority import Passage
from concordat.domain.assurance.exchange.rules.quoting import QUOTED, told
from concordat.domain.assurance.exchange.rules.shape import Chapter, PartnershipFile
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.operations import found, restate
from concordat.domain.base.recommendations import operations as recommendations
from concordat.domain.base.records.operations import happened, hold_still, no_event, operation
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.operations import quote_from_above, take_up_wordings
from concordat.domain.governance.finance.operations import tell_arrangements as tell_of_money
from concordat.domain.governance.programme.operations import share_out
from concordat.domain.governance.risks.operations import take_up_stated
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid

_FIRST = (
    "sources", "areas", "agencies", "members", "agreements", "footprints", "coverage", "steps",
    "roles", "role_phases", "posts", "people", "bodies", "states", "seats", "terms", "holders",
    "partners", "matters", "decisions", "delegations", "arrangements",
)  # fmt: skip
"""Kinds that others point to are written before those that point to them."""


@dataclass(slots=True)
class Loaded:
    """What a load did, by partnership: rows added, amended, unchanged, absent from the file."""

    changes: list[rules.Change] = field(default_factory=list)
    rows: int = 0

    def of(self, verb: str, slug: str | None = None) -> list[rules.Change]:
        return [c for c in self.changes if c.verb == verb and slug in (None, c.partnership)]

    @property
    def amended(self) -> int:
        return len({(c.partnership, c.kind, c.key) for c in self.of("change")})

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.of("add")) - self.amended


def preview(actor: Actor, *, file: PartnershipFile) -> Loaded:
    """What loading would change, and every fault at once as `Invalid`; writes nothing."""
    old = queries.file_of(actor, file.slugs)
    whole = queries.whole(old, file)
    faults = rules.faults(whole, queries.known_keys(whole.slugs))
    faults = faults or [fault for chapter in file.chapters for fault in misfits(chapter)]
    if faults:
        raise Invalid(faults)
    rows = sum(1 for chapter in file.chapters for _ in chapter.every())
    loaded = Loaded(rules.difference(old, file), rows)
    if faults := [
        fault for chapter in file.chapters for fault in _of_frozen(actor, chapter, loaded)
    ]:
        raise Invalid(faults)
    return loaded


def _of_frozen(actor: Actor, chapter: Chapter, loaded: Loaded) -> Iterator[Fault]:
    """Passages that a file would write anew though they were frozen here and published."""
    rows = [c for c in loaded.changes if (c.partnership, c.kind) == (chapter.slug, "passages")]
    changed = {c.key for c in rows if c.verb == "add" or c.field in ("text", "done")}
    if not changed:
        return
    frozen = arrangements.frozen(actor, chapter.slug)
    for row in chapter.of(Passage):
        if row.key in changed and row.arrangements in frozen:
            yield Fault(
                f"“{frozen[row.arrangements]}” is published here: its text changes no more.",
                "text",
                row.where("text"),
                "Begin the next version, or leave this passage out of the file.",
            )


@operation
def load(actor: Actor, *, file: PartnershipFile) -> Loaded:
    """Set down what a file says, all or nothing.

    Rows match by their key; the same file again changes nothing; what is absent from the
    file is told and never deleted. Facts of the past enter with their source and the day
    from which they were known.
    """
    known = Partnership.objects.filter(key__in=file.slugs).select_related("record")
    hold_still(actor, partnerships=[each.record for each in known])
    loaded = preview(actor, file=file)
    verbs = {(c.partnership, c.kind, c.key): c.verb for c in loaded.changes if c.verb != "absent"}
    if not verbs:
        no_event("the file says what is kept already")
        return loaded
    homes = {chapter.slug: _header(actor, chapter) for chapter in file.chapters}
    writer = Writer(actor, homes)
    for kind, chapter, row in _in_order(file):
        match verbs.get((chapter.slug, kind.name, row.key)):
            case "add":
                writer.add(kind, homes[chapter.slug], row)
            case "change":
                writer.amend(kind, homes[chapter.slug], row)
    writer.finish()
    _take_up_wordings(actor, homes, loaded)
    _take_up_risks(actor, homes, loaded)
    _take_up_recommendations(actor, homes, loaded)
    for home in homes.values():
        _quote(actor, home)
        share_out(actor, partnership=home.record)
    for chapter in file.chapters:
        _note(actor, homes[chapter.slug], chapter, loaded)
    return loaded


def _take_up_wordings(actor: Actor, homes: Mapping[str, Partnership], loaded: Loaded) -> None:
    """What people wrote and how far a version is came with the file: what was signed follows."""
    for slug, home in homes.items():
        rows = [c for c in loaded.changes if c.partnership == slug and c.verb != "absent"]
        moved = {c.key for c in rows if c.kind == "arrangements" and c.field == "state"}
        if moved or any(c.kind == "passages" for c in rows):
            take_up_wordings(actor, partnership=home.record, moved=moved)


def _take_up_risks(actor: Actor, homes: Mapping[str, Partnership], loaded: Loaded) -> None:
    """Scores and controls that a file states go into the history of their risks."""
    for slug, home in homes.items():
        rows = [c for c in loaded.changes if c.partnership == slug and c.verb != "absent"]
        if keys := {c.key for c in rows if c.kind == "risks"}:
            take_up_stated(actor, partnership=home.record, keys=keys)


def _take_up_recommendations(
    actor: Actor, homes: Mapping[str, Partnership], loaded: Loaded
) -> None:
    """What a file recommends is found by its words, and asked of whoever owns it."""
    for slug, home in homes.items():
        rows = [c for c in loaded.changes if c.partnership == slug and c.verb != "absent"]
        if keys := {c.key for c in rows if c.kind == "recommendations"}:
            recommendations.take_up_stated(actor, partnership=home.record, keys=keys)


def _quote(actor: Actor, home: Partnership) -> None:
    """Rows that the arrangements quote: those of money, and those that no package keeps yet."""
    tell_of_money(actor, partnership=home.record)
    kept = list(
        KeptRow.objects.filter(partnership=home.pk).order_by(F("order").asc(nulls_last=True), "key")
    )
    for block, kinds in QUOTED.items():
        rows = [
            replace(told(kind, row.key, row.values), stated_on=row.stated_on)
            for kind in kinds
            for row in kept
            if row.kind == kind
        ]
        quote_from_above(actor, partnership=home.record, block=block, rows=rows)


def _in_order(file: PartnershipFile) -> Iterator[tuple[Kind, Chapter, Row]]:
    """Kinds in order of who points to whom; within a kind what is pointed to comes first."""
    kinds = rules.row_kinds()
    names = [*_FIRST, *(name for name in kinds if name not in _FIRST)]
    for name in names:
        pairs = {
            (chapter.slug, row.key): (chapter, row)
            for chapter in file.chapters
            for row in chapter.rows.get(name, ())
        }
        for chapter, row in _pointed_to_first(kinds[name], pairs):
            yield kinds[name], chapter, row


Pairs = Mapping[tuple[str, str], tuple[Chapter, Row]]


def _pointed_to_first(kind: Kind, pairs: Pairs) -> list[tuple[Chapter, Row]]:
    own = [s for s in kind.fields.values() if s.sort is Sort.REF and s.kinds == (kind.name,)]
    done: dict[tuple[str, str], tuple[Chapter, Row]] = {}

    def place(name: tuple[str, str], path: frozenset[tuple[str, str]]) -> None:
        if name in done or name in path or name not in pairs:
            return
        chapter, row = pairs[name]
        for spec in own:
            if told := getattr(row, spec.attribute):
                place(named(told, chapter.slug), path | {name})
        done[name] = (chapter, row)

    for name in pairs:
        place(name, frozenset())
    return list(done.values())


def _header(actor: Actor, chapter: Chapter) -> Partnership:
    row = chapter.partnership
    kept = Partnership.objects.select_related("record").filter(key=chapter.slug).first()
    values = values_of(kind_of(row), Home(Partnership, "partnership"), row)
    values = {name: value for name, value in values.items() if name != "key"}
    if kept is None:
        short = row.short if row.short.isalnum() and row.short.isupper() else ""
        rest = {name: value for name, value in values.items() if name != "name"}
        return found(actor, slug=chapter.slug, name=row.name, prefix=short, values=rest)
    return restate(actor, partnership=kept, values=values)


def _note(actor: Actor, partnership: Partnership, chapter: Chapter, loaded: Loaded) -> None:
    slug = chapter.slug
    added, absent = len(loaded.of("add", slug)), len(loaded.of("absent", slug))
    amended = len({(c.kind, c.key) for c in loaded.of("change", slug)})
    rows = sum(1 for _ in chapter.every())
    texts = rules.to_yaml(PartnershipFile((chapter,)))
    digest = hashlib.sha256("".join(texts[name] for name in sorted(texts)).encode()).hexdigest()
    LoadedFile.objects.create(
        partnership=partnership.record,
        by=actor.signature[:200],
        digest=digest,
        added=added,
        amended=amended,
        unchanged=rows - added - amended,
        absent=absent,
    )
    counts = {"added": added, "amended": amended, "absent": absent, "digest": digest}
    happened(actor, "partnership file loaded", partnership.record, after=counts)
