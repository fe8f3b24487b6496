"""Writing down how a local review is begun."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.reviews.models import RouteRow
from concordat.domain.practice.reviews.rules.referrals import said
from concordat.domain.practice.reviews.rules.routes import RouteStep
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import slug


@operation
def say(
    actor: Actor,
    *,
    partnership: Record,
    step: RouteStep,
    place: str = "",
    words: str = "",
    question: str = "",
    source: str,
    stated_on: str = "",
    from_day: date | None = None,
    seen_version: int | None = None,
) -> RouteRow:
    """Say who does a step in a borough, or in the shared way where no `place` is given; or which
    question is open about it. What was said before stays on record to the day before; what was
    said of the same first day is put right."""
    take(
        partnership.pk, seen_version=seen_version, mine={"words": words, "question": question},
        theirs=lambda: _stands(partnership, step, place),
        may=lambda held: judged(actor, Verb.CHANGE, held),
    )  # fmt: skip
    if bool(words.strip()) == bool(question.strip()):
        raise Invalid(
            "Say who does it, or which question is open: one of the two.",
            field="words",
            mend="What a source does not say is a question.",
        )
    begins = from_day or actor.on
    known = _stated(stated_on, actor.on)
    before, ends = _make_room(partnership, step, place.strip()[:120], begins)
    row = RouteRow.objects.create(
        partnership=partnership,
        key=_key(partnership, step, place, begins),
        step=step,
        place=place.strip()[:120],
        words=said("words", words, "", needed=False),
        question=said("question", question, "", needed=False),
        source=said("source", source, "Say where this is written."),
        stated_text=known,
        begins=begins.isoformat(),
        ended=ends.isoformat() if ends else "",
        set_by=actor.signature[:200],
    )
    happened(
        actor, "route of reviews told", partnership, before={"words": before},
        after={"step": step, "place": row.place, "words": words or question},
    )  # fmt: skip
    return row


def _key(partnership: Record, step: RouteStep, place: str, begins: date) -> str:
    bare = f"{slug(step.value)}-{slug(place)[:60] or 'shared'}-{begins.isoformat()}"
    rows = RouteRow.objects.filter(partnership=partnership, key__startswith=bare)
    return free_key(bare, set(rows.values_list("key", flat=True)))


def _stated(told: str, today: date) -> str:
    """When it became known, as exactly as it is known: "2018-11" stays a month."""
    if not told.strip():
        return ""
    try:
        known = UncertainDate.parse(told)
    except Invalid as problem:
        fault = problem.faults[0]
        raise Invalid(fault.message, field="stated_on", mend=fault.mend) from None
    if known.earliest and known.earliest > today:
        raise Invalid(
            "This is still to come.",
            field="stated_on",
            mend="Say when it became known, or leave it empty.",
        )
    return told.strip()[:60]


def _stands(partnership: Record, step: RouteStep, place: str) -> dict[str, str]:
    row = RouteRow.objects.filter(
        partnership=partnership, step=step, place=place.strip(), to_day=None
    ).first()
    return {"words": row.words, "question": row.question} if row else {}


def _make_room(
    partnership: Record, step: RouteStep, place: str, begins: date
) -> tuple[str, date | None]:
    """End what holds on that day, and take away what began on it. What was said before, and the
    last day of the new row: the eve of what is said to come."""
    rows = RouteRow.objects.filter(partnership=partnership, step=step, place=place)
    before = rows.filter(from_day__lte=begins).order_by("-from_day").first()
    after = rows.filter(from_day__gt=begins).order_by("from_day").first()
    if before and before.from_day == begins:
        before.delete()
    elif before and (before.to_day is None or before.to_day >= begins):
        before.ended = (begins - timedelta(days=1)).isoformat()
        before.save()
    told = (before.words or before.question) if before else ""
    return told, after.from_day - timedelta(days=1) if after else None
