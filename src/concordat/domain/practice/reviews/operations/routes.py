"""Writing down how a local review is begun."""

from __future__ import annotations

from datetime import date, timedelta

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
    question is open about it. What was said before stays on record to the day before."""
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
    before = _end(partnership, step, place.strip(), begins)
    row = RouteRow.objects.create(
        partnership=partnership,
        step=step,
        place=place.strip()[:120],
        words=said("words", words, "", needed=False),
        question=said("question", question, "", needed=False),
        source=said("source", source, "Say where this is written."),
        stated_on=_stated(stated_on),
        from_day=begins,
        set_by=actor.signature[:200],
    )
    happened(
        actor, "route of reviews told", partnership, before={"words": before},
        after={"step": step, "place": row.place, "words": words or question},
    )  # fmt: skip
    return row


def _stated(told: str) -> str:
    """When it became known, as exactly as it is known: "2018-11" stays a month."""
    if not told.strip():
        return ""
    try:
        UncertainDate.parse(told)
    except Invalid as problem:
        fault = problem.faults[0]
        raise Invalid(fault.message, field="stated_on", mend=fault.mend) from None
    return told.strip()[:60]


def _stands(partnership: Record, step: RouteStep, place: str) -> dict[str, str]:
    row = RouteRow.objects.filter(
        partnership=partnership, step=step, place=place.strip(), to_day=None
    ).first()
    return {"words": row.words, "question": row.question} if row else {}


def _end(partnership: Record, step: RouteStep, place: str, begins: date) -> str:
    row = RouteRow.objects.filter(
        partnership=partnership, step=step, place=place, to_day=None
    ).first()
    if row is None:
        return ""
    if row.from_day >= begins:
        raise Invalid(
            "What stands here began on that day, or after it.",
            field="from_day",
            mend="Give a later day.",
        )
    row.to_day = begins - timedelta(days=1)
    row.save(update_fields=["to_day"])
    return row.words or row.question
