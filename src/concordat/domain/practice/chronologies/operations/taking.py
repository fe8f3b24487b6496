"""What every act on a chronology shares: taking it, and letting people in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import Chronology
from concordat.domain.practice.chronologies.queries.access import place_in
from concordat.domain.practice.chronologies.rules import Place, Stage, is_open
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict, no, yes

May = Callable[[Place], Verdict]
_WITH = ("record__partnership", "partnership", "about")


def fresh(row: Chronology) -> Chronology:
    return Chronology.objects.select_related(*_WITH).get(pk=row.pk)


def taken(
    actor: Actor,
    row: Chronology,
    may: May,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
    locked: bool | None = False,
) -> Chronology:
    """Lock a chronology that the actor may do this with. `locked` is what it must be; None is for
    what can be done either way, such as shutting somebody out."""

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & may(place_in(actor, row))

    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(row)),
        may=judge,
    )
    held = fresh(row)
    held.record = record
    if locked is not None:
        _as_it_must(held, locked=locked).require()
        is_free(record, "unlock" if locked else "change").require()
    return held


def _as_it_must(held: Chronology, *, locked: bool) -> Verdict:
    if not locked:
        return is_open(held.stage_is)
    return yes() if held.stage_is is Stage.LOCKED else no("It is not locked.")


def _stands(row: Chronology) -> dict[str, str]:
    return {
        "title": row.record.title,
        "first": day_in_words(row.first),
        "last": day_in_words(row.last),
    }


def let_in(
    actor: Actor, row: Chronology, grantee: Record, reason: str, to_day: date | None
) -> Grant:
    return Grant.objects.create(
        record=row.record,
        grantee=grantee,
        level=Level.SEE,
        reason=reason[:300],
        granted_by=actor.signature[:200],
        from_day=actor.on,
        to_day=to_day,
    )


def needed(field: str, text: str, message: str, most: int = rules.LONGEST_SHORT) -> str:
    said = text.strip()
    if not said:
        raise Invalid(message, field=field, mend="Write it in a sentence.")
    if len(said) > most:
        raise Invalid(f"Use {most:,} characters or fewer.", field=field)
    return said
