"""Programmes shared with other partnerships: asked for, agreed to, let in, and left again.

Nobody stands above those who share: each sees the same rows. What was let in for a programme is
told by its reason from what somebody shared for another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents import rules as papers
from concordat.domain.base.records.models import Record, Share
from concordat.domain.base.records.operations import happened, no_event, operation, remember, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Cut, Verb
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import (
    Joining,
    LearningCycle,
    Milestone,
    Priority,
    Product,
    Programme,
)
from concordat.domain.governance.programme.operations.taking import May, again, reasoned, valid
from concordat.domain.governance.programme.rules.joining import JOINING, Joined, may_propose
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid

SHARES = "It shares in the programme"


@operation
def share_out(actor: Actor, *, partnership: Record) -> int:
    """Let the partnerships that share a programme see it and what it holds; how many were let
    in anew. Nobody stands above them: each sees the same rows. Safe to run twice."""
    can(actor, Verb.CHANGE, partnership).require()
    rows = Programme.objects.filter(
        Q(partnership=partnership) | Q(priorities__cycles__partnership=partnership)
    )
    fresh = sum(_let_in(actor, row) for row in rows.select_related("record").distinct())
    if not fresh:
        no_event("everybody who shares it sees it")
    return fresh


def _let_in(actor: Actor, programme: Programme, anew: Collection[Any] = ()) -> int:
    return sum(_share(actor, programme, each, anew) for each in _records_of(programme))


def _records_of(programme: Programme) -> list[Record]:
    """A programme and what it holds, whoever runs the learning cycles of its priorities."""
    rows: list[Any] = [programme]
    for model in (Priority, Milestone, Product):
        rows += model._default_manager.filter(programme=programme).select_related("record")
    rows += LearningCycle.objects.filter(priority__programme=programme).select_related("record")
    return [row.record for row in rows]


def share_with_its_programme(actor: Actor, row: Any) -> None:
    """A new row of a programme that is shared is shared with it."""
    if isinstance(row, LearningCycle):
        programme = row.priority.programme if row.priority else None
    else:
        programme = row if isinstance(row, Programme) else getattr(row, "programme", None)
        if programme is not None and row.partnership_id != programme.partnership_id:
            return
    if programme is not None:
        _share(actor, programme, row.record)


def _share(actor: Actor, programme: Programme, record: Record, anew: Collection[Any] = ()) -> int:
    """Who left stays out, until it joins `anew`."""
    sharing = Q(key__in=programme.partnerships) | Q(pk=programme.partnership_id)
    known = Partnership.objects.filter(sharing).exclude(pk__in=_gone(programme))
    known = known.exclude(pk=record.partnership_id).select_related("record")
    shares = Share.objects.filter(record=record).values_list("partnership", "to_day")
    there = {pk for pk, last in shares if pk not in anew or last is None or last > actor.on}
    fresh = [home for home in known.order_by("key") if home.pk not in there]
    for home in fresh:
        Share.objects.create(
            record=record,
            partnership=home.record,
            cut=Cut.WHOLE,
            reason=SHARES,
            from_day=actor.on if anew else min(record.opened, actor.on),
        )
        after = {"with": home.record.reference}
        happened(actor, "record shared", record, reason=SHARES, after=after)
    return len(fresh)


def _gone(programme: Programme) -> list[Any]:
    """The partnerships that left it last, whatever a file says of them still."""
    rows = Joining.objects.filter(programme=programme).order_by("pk")
    last = {row.partnership_id: row.stage for row in rows}
    return [pk for pk, stage in last.items() if stage is Joined.LEFT]


# --- one partnership asks, the other answers


@operation
def propose(
    actor: Actor,
    *,
    programme: Programme,
    partnership: Record,
    reason: str,
    seen_version: int | None = None,
) -> Joining:
    """Ask another partnership to share in a programme, as a joint bidder or from now on.

    It sees what the proposal says and nothing of the programme until it agrees.
    """
    record = take(
        programme.pk,
        seen_version=seen_version,
        mine={"reason": reason},
        theirs=lambda: {"shared by": ", ".join(again(programme).partnerships)},
        may=lambda root: can(actor, Verb.SHARE, root) & papers.is_open(root.closed),
    )
    held = again(programme)
    home = Partnership.objects.get(pk=partnership.pk)
    asked = Joining.objects.filter(programme=held, state=Joined.PROPOSED)
    told = may_propose(
        home.slug,
        held.partnership.partnership_row.slug,
        held.partnerships,
        set(asked.values_list("partnership__partnership_row__key", flat=True)),
    )
    valid(told, "partnership")
    row = Joining.objects.create(
        programme=held,
        partnership=partnership,
        state=Joined.PROPOSED,
        reason=reasoned(reason),
        proposed_by=actor.signature[:200],
        proposed_on=actor.on,
    )
    system = process(actor.signature, actor.on)
    if seat := who_answers(system, partnership):
        raise_ask(
            system, record=partnership, seat=seat, errand=Errand.ANSWER, what=_asked(row),
            why=f"{held.partnership.title[:200]} asks it",
        )  # fmt: skip
    after = {"asked": partnership.reference}
    happened(actor, "sharing proposed", record, reason=row.reason, after=after)
    return row


def _asked(row: Joining) -> str:
    return f"the proposal to share in {row.programme.title[:200]}"


@operation
def agree(actor: Actor, *, joining: Joining, words: str = "") -> Joining:
    """The partnership that was asked shares in the programme from today."""
    row = _answered(actor, joining, "agree", words)
    programme = again(row.programme)
    home = row.partnership.partnership_row
    if home.slug not in programme.partnerships:
        programme.partnerships = [*programme.partnerships, home.slug]
        remember(actor, row=programme)
        programme.save()
    _let_in(actor, programme, anew={row.partnership_id})
    return row


@operation
def decline(actor: Actor, *, joining: Joining, words: str) -> Joining:
    """The partnership that was asked does not share in it, and says why."""
    return _answered(actor, joining, "decline", reasoned(words))


def _answered(actor: Actor, joining: Joining, verb: str, words: str) -> Joining:
    home = joining.partnership
    row = _moved(actor, joining, verb, lambda _: can(actor, Verb.SHARE, home))
    row.answer, row.answered_by, row.answered_on = words.strip(), actor.signature[:200], actor.on
    row.save()
    clear_asks(
        process(actor.signature, actor.on), record=home, errand=Errand.ANSWER, what=_asked(row),
        outcome=row.stage.label,
    )  # fmt: skip
    for record in (row.programme.record, home):
        after = {"partnership": home.reference, "programme": row.programme.record.reference}
        happened(actor, f"sharing {row.state}", record, reason=row.answer, after=after)
    return row


@operation
def withdraw(actor: Actor, *, joining: Joining) -> Joining:
    """The proposal is taken back before it is answered."""
    row = _moved(actor, joining, "withdraw", lambda held: can(actor, Verb.SHARE, held))
    row.save()
    home = row.partnership
    clear_asks(
        process(actor.signature, actor.on), record=home, errand=Errand.ANSWER, what=_asked(row),
        outcome="Withdrawn",
    )  # fmt: skip
    after = {"partnership": home.reference}
    happened(actor, "sharing withdrawn", row.programme.record, after=after)
    return row


def _moved(actor: Actor, joining: Joining, verb: str, may: May) -> Joining:
    take(joining.programme_id, may=may)
    rows = Joining.objects.select_related("programme__record", "programme__partnership")
    row = rows.select_related("partnership__partnership_row").get(pk=joining.pk)
    JOINING.verdict(row.stage, verb).require()
    row.state = str(JOINING.after(row.stage, verb))
    return row


# --- and leaves again


@operation
def leave(
    actor: Actor, *, programme: Programme, partnership: Record, on: date, reason: str
) -> Joining:
    """A partnership shares in a programme no longer: `on` is the last day on which it sees it.

    Its own strategy manager ends it, or whoever leads the programme does. What each ran for it
    stays with whoever ran it.
    """
    home = Partnership.objects.select_related("record").get(pk=partnership.pk)
    record = take(programme.pk, may=lambda _: queries.may_leave(actor, programme, home.record))
    held, why = again(programme), reasoned(reason)
    if home.slug not in held.partnerships:
        raise Invalid("This partnership does not share in the programme.", field="partnership")
    if on < actor.on:
        raise Invalid("It saw the programme until today. Give today or a day ahead.", field="on")
    held.partnerships = [each for each in held.partnerships if each != home.slug]
    remember(actor, row=held)
    held.save()
    row = _row_of(actor, held, home)
    row.state, row.left_on, row.left_by, row.left_for = Joined.LEFT, on, actor.signature[:200], why
    row.save()
    ended = _end_shares(held, home, on)
    after = {"partnership": home.record.reference, "last day": on, "records": ended}
    for root in (record, home.record):
        happened(actor, "sharing left", root, reason=why, after=after)
    return row


def _row_of(actor: Actor, programme: Programme, home: Partnership) -> Joining:
    """The row of a partnership that shares: a file may have named it, whom nobody asked."""
    found = Joining.objects.filter(
        programme=programme, partnership=home.record, state=Joined.AGREED
    ).first()
    return found or Joining(
        programme=programme, partnership=home.record, proposed_by="The partnership file",
        proposed_on=min(programme.record.opened, actor.on),
    )  # fmt: skip


def _end_shares(programme: Programme, home: Partnership, on: date) -> int:
    """What it was shown for this programme, and what the others were shown of its own."""
    records = _records_of(programme)
    shown = Q(partnership=home.record, record__in=[each.pk for each in records])
    own = Q(record__in=_own(records, home))
    running = Q(to_day=None) | Q(to_day__gt=on)
    return Share.objects.filter(shown | own, running, reason=SHARES).update(to_day=on)


def _own(records: Iterable[Record], home: Partnership) -> list[Any]:
    return [each.pk for each in records if each.partnership_id == home.pk]
