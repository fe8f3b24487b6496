"""Freezing the text into editions, and beginning and following versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from concordat.craft import pdf
from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Version
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb, canonical, digest
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.models import Arrangements, Edition, Passage
from concordat.domain.governance.arrangements.operations.setting_down import set_down
from concordat.domain.governance.arrangements.operations.wording import keep_wording, send_back
from concordat.domain.governance.arrangements.operations.writing import hold_to_write
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import join_words, slug

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Set:
    """A text set in type: the canonical JSON and the PDF made from exactly that."""

    text: str
    data: bytes


def set_in_type(actor: Actor, arrangements: Arrangements) -> Set:
    """The text of today. The PDF bears no mark of a draft: what is signed is what is published."""
    live = queries.assembled(actor, arrangements, actor.on)
    lost = [f"[[{name}]] in {part.section.title}" for part in live.parts for name in part.unknown]
    if lost:
        gone = f"{join_words(lost)} cannot be quoted any more."
        raise Invalid(gone, field="text", mend="Write those sections anew.")
    told = live.told()
    text = canonical(told)
    page = queries.typeset(actor, told, mark="", digest=digest(text))
    return Set(text, pdf.write(page))


def _set_first(act: Callable[P, R]) -> Callable[P, R]:
    """Set the text in type before the act opens, so that nobody's writing waits for it."""

    @wraps(act)
    def ready(*args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs.get("ready") is None:
            kwargs["ready"] = set_in_type(args[0], kwargs["arrangements"])  # type: ignore[arg-type]
        return act(*args, **kwargs)

    return ready


@operation
def begin_draft(actor: Actor, *, arrangements: Arrangements) -> Arrangements:
    """Begin to write a version that was in preparation."""
    return move(actor, arrangements, "begin the draft", "draft begun")


def move(actor: Actor, arrangements: Arrangements, verb: str, past: str) -> Arrangements:
    """Take a version on by one move of the table, unless a hold stops it; within an operation."""
    held, row = hold_to_move(actor, arrangements, verb)
    before, row.state = row.state, rules.STATES.after(rules.Stage(row.state), verb)
    row.save()
    happened(actor, past, held, before={"state": before}, after={"state": row.state})
    return row


def hold_to_move(
    actor: Actor, arrangements: Arrangements, verb: str, may: Verb = Verb.CHANGE
) -> tuple[Record, Arrangements]:
    """The locked record and the version as it stands, if this move may be made from there."""
    held = take(arrangements.record_id, may=lambda record: can(actor, may, record))
    row = Arrangements.objects.select_related("record", "partnership").get(pk=arrangements.pk)
    rules.STATES.verdict(rules.Stage(row.state), verb).require()
    is_free(held, verb).require()
    return held, row


def newest_edition(actor: Actor, row: Arrangements) -> Edition:
    edition = queries.editions(actor, row).first()
    if edition is None:
        raise Refused("Make an edition first: people sign and comment on what cannot change.")
    return edition


@_set_first
@operation
def freeze(
    actor: Actor, *, arrangements: Arrangements, note: str = "", ready: Set | None = None
) -> Edition:
    """Freeze the text of today as the next edition: its words as JSON, and the PDF of them.

    The first edition adds a document to the version, later ones replace its file, which voids
    every sign-off of it. What was out for agreement is a draft again.
    """
    held, row = hold_to_write(actor, arrangements)
    made = ready or set_in_type(actor, row)
    newest = queries.editions(actor, row).first()
    if newest and newest.digest == digest(made.text):
        raise Refused(f"Nothing has changed since edition {newest.number}.")
    number = newest.number + 1 if newest else 1
    version = _filed(actor, row, newest, number, made, note)
    edition = Edition.objects.create(
        arrangements=row,
        number=number,
        as_at=actor.on,
        text=made.text,
        digest=digest(made.text),
        version=version,
        made_by=actor.signature[:200],
        made_on=actor.on,
    )
    after = {"edition": number, "sha256": edition.digest, "file": version.digest}
    happened(actor, "edition made", held, reason=note.strip(), after=after)
    send_back(actor, held, row, f"Edition {number} took the place of what was signed")
    return edition


def _filed(
    actor: Actor, row: Arrangements, newest: Edition | None, number: int, made: Set, note: str
) -> Version:
    upload = Upload(f"{slug(row.title)[:80] or 'arrangements'}-{number}.pdf", made.data)
    if newest is None:
        document = documents.add(
            actor,
            partnership=row.partnership,
            title=row.title[:300],
            file=upload,
            note=note.strip(),
            about=row.record,
        )
        return Version.objects.get(document=document, number=1)
    document = newest.version.document
    document.record.refresh_from_db(fields=["version"])
    return documents.replace(
        actor,
        document=document,
        file=upload,
        note=note.strip() or f"Edition {number}",
        seen_version=document.record.version,
    )


@operation
def follow(
    actor: Actor, *, arrangements: Arrangements, title: str, version: str = ""
) -> Arrangements:
    """Begin the version that follows: its text and what it promises to hold begin as this one's."""
    held = take(arrangements.record_id, may=lambda record: can(actor, Verb.CHANGE, record))
    row = Arrangements.objects.select_related("partnership").get(pk=arrangements.pk)
    if row.state not in (rules.Stage.PUBLISHED, rules.Stage.IN_FORCE):
        raise Refused(f"This version is {row.state}. Only what is published is followed.")
    if not title.strip():
        raise Invalid("The next version needs a title.", field="title")
    if Arrangements.objects.filter(follows=row).exists():
        raise Refused("The next version has been begun already.")
    keys = Arrangements.objects.filter(partnership=row.partnership)
    made = set_down(
        actor,
        partnership=row.partnership,
        kind="arrangements",
        key=free_key(title, set(keys.values_list("key", flat=True))),
        values={
            "title": title.strip(),
            "version": version.strip(),
            "state": rules.Stage.PREPARATION.value,
            "contents": row.contents,
            "follows": row,
        },
    )
    assert isinstance(made, Arrangements)  # noqa: S101 - narrows the type for the reader
    _carry_text(actor, row, made)
    happened(actor, "next version begun", held, after={"version": made.record.reference})
    return made


def _carry_text(actor: Actor, row: Arrangements, made: Arrangements) -> None:
    """The words go over and are not done: whoever follows looks at each again."""
    for each in Passage.objects.filter(arrangements=row):
        each.pk, each.arrangements, each.done = None, made, False
        each.key = f"{made.key}-{each.section}"[:120]
        each.save(force_insert=True)
        keep_wording(made, each.section, each.text, done=False, on=actor.on, by=actor.signature)
