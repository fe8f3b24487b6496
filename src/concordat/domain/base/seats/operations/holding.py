"""Who sits in a seat from a day, and that nobody does."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import Holder, NamedPerson, Post, Seat
from concordat.domain.base.seats.operations.setting_down import set_down
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid, Refused


@operation
def appoint(
    actor: Actor,
    *,
    seat: Seat,
    post: Post | None = None,
    named: NamedPerson | None = None,
    holding: rules.Holding,
    from_day: date,
    to_day: date | None = None,
    source: str = "",
    seen_version: int | None = None,
) -> Holder:
    """Put a post into a seat, or somebody by name.

    A new sole holder ends the one before on the day before, unless the seat stands for several
    places; a vacancy ends too. One of a job share shares with whoever held the seat alone.
    """
    records.can(actor, Verb.CHANGE, seat.record).require()
    who = post or named
    if who is None or (post and named):
        raise Invalid("One post or one named person sits.", field="post", mend="Choose one.")
    title = post.title if post else who.name  # type: ignore[union-attr]
    _take(seat, title, seen_version)
    if holding is not rules.Holding.DEPUTY:
        _make_room(actor, seat, holding, from_day)
    row = set_down(
        actor,
        partnership=seat.partnership,
        kind="holders",
        key=f"{seat.key}-{'' if post else 'named-'}{who.key}-{from_day.isoformat()}"[:120],
        values={
            "seat": seat,
            "holding": holding,
            "post": post,
            "named": named,
            "from_text": from_day.isoformat(),
            "to_text": to_day.isoformat() if to_day else "",
            "source": source,
        },
    )
    happened(actor, f"{holding} appointed", seat.record, after={"post" if post else "named": title})
    assert isinstance(row, Holder)  # noqa: S101 - narrows the type for the reader
    return row


def _take(seat: Seat, holder: str, seen_version: int | None) -> None:
    take(
        seat.pk,
        seen_version=seen_version,
        mine={"Holder": holder},
        theirs=lambda: {"Holder": _holders(seat)},
    )


def _holders(seat: Seat) -> str:
    """Whoever holds the seat until further notice, by post or as the source names them."""
    rows = Holder.objects.filter(seat=seat, to_text="").select_related("post", "named")
    return "\n".join(f"{_who(row)}, {row.holding}" for row in rows.order_by("from_surely", "pk"))


def _who(row: Holder) -> str:
    return str(row.post.title if row.post else row.named.name if row.named else "Nobody")


def _make_room(actor: Actor, seat: Seat, holding: rules.Holding, day: date) -> None:
    """End the rows that cannot stand beside the new one, on the day before."""
    shares = holding == rules.Holding.JOB_SHARE
    for row in Holder.objects.filter(seat=seat, to_text="").exclude(holding=rules.Holding.DEPUTY):
        stays = row.holding == rules.Holding.JOB_SHARE if shares else (seat.how_many or 1) > 1
        began_later = row.from_surely is not None and row.from_surely >= day
        if began_later or (stays and row.holding != rules.Holding.VACANT):
            continue
        end_holding(actor, holder=row, last_day=day - timedelta(days=1))
        if shares and row.holding in rules.SOLE:
            _share(actor, seat, row, day)


def _share(actor: Actor, seat: Seat, row: Holder, day: date) -> None:
    """Whoever held the seat alone shares it from this day."""
    keys = Holder.objects.filter(partnership=seat.partnership_id).values_list("key", flat=True)
    set_down(
        actor,
        partnership=seat.partnership,
        kind="holders",
        key=free_key(f"{row.key}-shared", set(keys)),
        values={
            "seat": seat,
            "holding": rules.Holding.JOB_SHARE,
            "post": row.post,
            "named": row.named,
            "from_text": day.isoformat(),
        },
    )


@operation
def end_holding(actor: Actor, *, holder: Holder, last_day: date, reason: str = "") -> Holder:
    """End a row on its last whole day. What began later cannot have ended before."""
    seat = holder.seat
    records.can(actor, Verb.CHANGE, seat.record).require()
    take(seat.pk)
    Period(holder.period.start, UncertainDate.parse(last_day.isoformat()))
    before, holder.to_text = holder.to_text, last_day.isoformat()
    holder.save()
    happened(
        actor,
        "holding ended",
        seat.record,
        reason=reason,
        before={"to": before},
        after={"to": holder.to_text, "holder": holder.key},
    )
    return holder


@operation
def vacate(
    actor: Actor,
    *,
    seat: Seat,
    from_day: date,
    reason: str,
    seen_version: int | None = None,
) -> Holder:
    """Say that nobody sits in a seat from a day; whoever did left on the day before."""
    records.can(actor, Verb.CHANGE, seat.record).require()
    _take(seat, "Vacant", seen_version)
    rows = Holder.objects.filter(seat=seat)
    standing = [row for row in rows if row.in_force(from_day) != "no"]
    if any(row.holding == rules.Holding.VACANT for row in standing):
        raise Refused("This seat is vacant already.")
    for row in standing:
        if row.holding != rules.Holding.DEPUTY and row.to_text == "":
            end_holding(actor, holder=row, last_day=from_day - timedelta(days=1), reason=reason)
    keys = set(Holder.objects.filter(partnership=seat.partnership_id).values_list("key", flat=True))
    vacancy = set_down(
        actor,
        partnership=seat.partnership,
        kind="holders",
        key=free_key(f"{seat.key}-vacant-{from_day.isoformat()}", keys),
        values={
            "seat": seat,
            "holding": rules.Holding.VACANT,
            "from_text": from_day.isoformat(),
            "note": reason,
        },
    )
    happened(actor, "seat vacant", seat.record, reason=reason, after={"from": from_day})
    assert isinstance(vacancy, Holder)  # noqa: S101 - narrows the type for the reader
    return vacancy
