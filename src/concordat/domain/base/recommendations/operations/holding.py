"""What every act on a recommendation shares: taking it, moving it on, and telling of it."""

from __future__ import annotations

from collections.abc import Callable

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.models import Entry, Recommendation
from concordat.domain.base.recommendations.queries.access import part_in
from concordat.domain.base.recommendations.rules import Part, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import index, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Post
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict

_WITH = (
    "record",
    "partnership",
    "from_record",
    "agency__record",
    "body",
    "seat__body",
    "owner__agency",
    "asked__record",
    "set_by__record",
    "decision",
    "worked_by__record",
)
May = Callable[[Part], Verdict]


def fresh(row: Recommendation) -> Recommendation:
    return Recommendation.objects.select_related(*_WITH).get(pk=row.pk)


def taken(
    actor: Actor,
    row: Recommendation,
    verb: str,
    may: May,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Recommendation:
    """Lock a recommendation that the actor may do this with now, in a state that allows it.

    Raises `Stale` with both texts when somebody else came first, before any other refusal. An
    empty `verb` is allowed in every state.
    """

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(row)))

    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(row), mine or {}),
        may=judge,
    )
    held = fresh(row)
    held.record = record
    if verb:
        rules.STATES.verdict(held.stage_is, verb).require()
        is_free(record, verb).require()
    return held


def _stands(row: Recommendation, mine: Texts) -> dict[str, str]:
    """What stands now under the labels of what somebody wrote, and where it is."""
    now = {
        "title": row.title,
        "change": row.change,
        "finding": row.finding,
        "measure": row.measure,
        "words": row.last_word,
        "owner": row.owner.title if row.owner else "Nobody",
        "due": said(row.due) if row.due else "No day",
        "done": row.done,
        "reasons": row.reasons,
        "why": row.effect_why,
    }
    told = {label: now[label] for label in mine if label in now}
    return told | {"state": row.stage_is.label}


def said(text: str) -> str:
    """A day as it is kept, in words."""
    return str(UncertainDate.parse(text)) if text else ""


def moved(row: Recommendation, verb: str) -> None:
    row.stage = rules.STATES.after(row.stage_is, verb)


def tell(
    actor: Actor,
    row: Recommendation,
    told: Told,
    words: str = "",
    *,
    before: str = "",
    after: str = "",
) -> Entry:
    """Set down one entry of its timeline."""
    return Entry.objects.create(
        recommendation=row,
        told=told,
        words=words,
        before=before,
        after=after,
        by=actor.signature[:200],
        on=actor.on,
    )


def indexed(actor: Actor, row: Recommendation) -> None:
    """Let it be found by what it says now."""
    index(actor, record=row.record, words=f"{row.change} {row.finding} {row.from_title}")


def of_here(row: Recommendation, given: Body | Post, field: str) -> None:
    """A body works it, a post owns it, only within its own partnership."""
    if given.partnership_id != row.partnership_id:
        what = "post" if isinstance(given, Post) else "body"
        raise Invalid(f"This {what} is of another partnership.", field=field)


def require(verdict: Verdict, field: str) -> None:
    """A refusal that is about what was typed is shown beside the field."""
    if not verdict:
        raise Invalid(str(verdict), field=field)
