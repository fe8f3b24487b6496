"""How a search is taken to be changed, and how it stands where somebody came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import Diary, Offer, Voice
from concordat.domain.governance.diaries.operations.engaging import tell_guests
from concordat.kernel.actor import Actor
from concordat.kernel.labels import weekday_in_words

WHAT = "Answer which dates suit"


def taken(
    actor: Actor,
    diary: Diary,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> tuple[Record, Diary]:
    """Raises `Stale` with `mine` beside how the search stands when somebody came first."""
    record = take(
        diary.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: stands(actor, diary),
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    held = Diary.objects.select_related("body__record", "record").get(pk=diary.pk)
    return record, held


def stands(actor: Actor, diary: Diary) -> dict[str, str]:
    """How a search stands now, under the labels that those who change it write under."""
    held = Diary.objects.select_related("body__record", "record").get(pk=diary.pk)
    told = {"Where it stands": held.stage.label}
    if held.deadline:
        told["Answers until"] = rules.moment_in_words(held.deadline)
    open_ = [each for each in queries.standings(actor, held) if not each.offer.withdrawn_at]
    fixed = [when(each.offer.start) for each in open_ if each.offer.chosen_at]
    if open_:
        told["Date" if fixed else "Dates"] = "\n".join(fixed or map(_line, open_))
    return told | ({"Reason": held.reason} if held.reason else {})


def _line(standing: queries.Standing) -> str:
    words = standing.tally.words if standing.tally else standing.offer.words
    return f"{when(standing.offer.start)}. {words}"


def when(start: datetime) -> str:
    here = start.astimezone(rules.LONDON)
    return f"{weekday_in_words(here.date())}, {here:%H:%M}"


def tell_of_holds(actor: Actor, record: Record, diary: Diary, offers: Iterable[Offer]) -> None:
    """Send whoever is asked the dates that are held for them, each as one entry that follows
    what becomes of it."""
    held = [offer.engagement for offer in offers if offer.engagement]
    if held:
        guests = queries.guests_of(actor, diary)
        tell_guests(actor, record=record, engagements=held, guests=guests)


def answered(actor: Actor, record: Record, voice: Voice) -> None:
    """A voice has said something to every date that is offered."""
    clear_asks(
        actor,
        record=record,
        errand=Errand.ANSWER,
        what=WHAT,
        seat=voice.seat,
        outcome="Answered",
    )


def no_more(actor: Actor, record: Record, outcome: str) -> None:
    clear_asks(actor, record=record, errand=Errand.ANSWER, what=WHAT, outcome=outcome)
