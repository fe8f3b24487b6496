"""What is put on file: values before and after, what people said, and evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Recommendation, Shown
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.rules import VALUES, VOICES, Showing, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict, no, yes


@operation
def add_value(
    actor: Actor,
    *,
    recommendation: Recommendation,
    when: Showing,
    value: Decimal,
    unit: str,
    on: date,
    source: str,
    words: str = "",
    record: Record | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Put on file what was measured before or after, with its unit, day and source. `record` is
    the measure that it was taken from, where that is kept here."""
    held = holding.taken(
        actor, recommendation, "", rules.may_show, seen_version=seen_version,
        mine={"value": f"{value} {unit}"},
    )  # fmt: skip
    if when not in VALUES:
        raise Invalid("A value is from before or from after.", field="when")
    if record is not None:
        judged(actor, Verb.SEE, record).require()
    bare = rules.needed("unit", unit, "Say what the number counts.", "Children, days, per cent.")
    told = rules.needed("source", source, "Say where the value is from.")
    holding.require(rules.is_over_by(on, actor.on), "on")
    _keep(
        actor, held, when, words=words, on=on, source=told, value=value, unit=bare[:100],
        record=record,
    )  # fmt: skip
    if when is Showing.AFTER and (held.done_on is None or on >= held.done_on):
        owing.clear(actor, held, "Measured", Errand.GIVE)
    return held


@operation
def add_voice(
    actor: Actor,
    *,
    recommendation: Recommendation,
    who: Showing,
    words: str,
    source: str,
    on: date,
    seen_version: int | None = None,
) -> Recommendation:
    """Put on file what children, families or practitioners said of it, and how they were heard.
    Never a name."""
    held = holding.taken(
        actor, recommendation, "", rules.may_show, seen_version=seen_version,
        mine={"words": words.strip()},
    )  # fmt: skip
    if who not in VOICES:
        raise Invalid("Say who it was.", field="who")
    said = rules.needed("words", words, "Write what they said.", "In their words, without a name.")
    how = rules.needed("source", source, "Say how they were heard.", "A visit, a group, a survey.")
    holding.require(rules.is_over_by(on, actor.on), "on")
    _keep(actor, held, who, words=said, on=on, source=how)
    return held


@looked_at_first
@operation
def add_evidence(
    actor: Actor,
    *,
    recommendation: Recommendation,
    statement: str = "",
    place: str = "",
    file: Upload | None = None,
    seen_version: int | None = None,
) -> Recommendation:
    """Put on file what shows that something was done: a document, or words and their place."""
    held = holding.taken(
        actor, recommendation, "", rules.may_show, seen_version=seen_version,
        mine={"statement": statement.strip()},
    )  # fmt: skip
    keep_evidence(actor, held, statement, place, file)
    return held


def keep_evidence(
    actor: Actor, held: Recommendation, statement: str, place: str, file: Upload | None
) -> None:
    """Keep a document, or words with where they can be found."""
    if file is None:
        statement = rules.needed("statement", statement, "Choose a file, or say what shows it.")
        place = rules.needed("place", place, "Say where it can be found.")
    document = file and documents.add(
        process(actor.signature, actor.on),
        partnership=held.partnership,
        title=f"Evidence for {held.record.reference}",
        file=file,
        note=file.name[:200],
        about=held.record,
    )
    _keep(
        actor, held, Showing.EVIDENCE, words=statement, on=actor.on, source=place, document=document
    )


def has_evidence(held: Recommendation) -> Verdict:
    """What is said to be done has something that shows it."""
    rows = Shown.objects.filter(recommendation=held, kind=Showing.EVIDENCE)
    if rows.exists():
        return yes()
    return no("Nothing shows it yet. Choose a file, or say what shows it and where that is.")


def _keep(
    actor: Actor,
    held: Recommendation,
    kind: Showing,
    *,
    words: str,
    on: date,
    source: str,
    **more: object,
) -> None:
    row = Shown.objects.create(
        recommendation=held,
        kind=kind,
        words=words.strip(),
        on=on,
        source=source.strip()[:300],
        by=actor.signature[:200],
        said_on=actor.on,
        **more,
    )
    value = f"{row.value:f} {row.unit}" if row.value is not None else ""
    document = row.document.record.reference if row.document else ""
    said = value or row.words or document
    holding.tell(actor, held, Told.SHOWN, said, after=kind.label)
    happened(
        actor, "put on file", held.record,
        after={"what": kind, "said": said, "on": on, "source": row.source},
    )  # fmt: skip
