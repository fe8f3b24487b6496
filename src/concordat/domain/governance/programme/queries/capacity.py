"""Days needed against days free, and contracts with what is left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.programme.models import Claim, Contract, Milestone, Need, Room
from concordat.domain.governance.programme.queries.lists import Home, contracts
from concordat.domain.governance.programme.rules import contracts as paid
from concordat.domain.governance.programme.rules.capacity import (
    Fit,
    Piece,
    Worth,
    fit,
    in_words,
    quarter_of,
)
from concordat.domain.governance.programme.rules.contracts import Account
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate


@dataclass(frozen=True, slots=True)
class Load:
    """One post in one quarter: what it is free for, what is asked of it, and whether it fits."""

    post: Post
    quarter: UncertainDate
    room: Room | None
    needs: Sequence[Need]
    fit: Fit
    says: str


@dataclass(frozen=True, slots=True)
class Engagement:
    """A contract with what was claimed on it and where it stands today."""

    contract: Contract
    account: Account
    says: str
    stands: str


def needs(actor: Actor, home: Home) -> QuerySet[Need]:
    rows = Need.objects.filter(partnership=home.pk).select_related("post", "milestone__record")
    return visible(actor, rows, record="partnership").order_by("quarter", "order", "title", "pk")


def rooms(actor: Actor, home: Home) -> QuerySet[Room]:
    rows = Room.objects.filter(partnership=home.pk).select_related("post")
    return visible(actor, rows, record="partnership").order_by("quarter", "pk")


def years(actor: Actor, home: Home) -> list[int]:
    """The years in which something is asked of anybody, or somebody has room."""
    quarters = {*needs(actor, home).values_list("quarter", flat=True),
                *rooms(actor, home).values_list("quarter", flat=True)}  # fmt: skip
    return sorted({int(each[:4]) for each in quarters})


def overfull(actor: Actor, home: Home) -> int:
    """How many posts have too little time in this quarter or a later one."""
    coming = loads(actor, home, since=quarter_of(actor.on))
    return len({each.post.pk for each in coming if each.fit.short})


def loads(actor: Actor, home: Home, *, year: int | None = None, since: str = "") -> list[Load]:
    """Each post in each quarter in which something is asked of it or it has room: of a year, or
    from a quarter on."""
    wanted = Q(quarter__gte=since) & (Q(quarter__startswith=f"{year}-") if year else Q())
    asked: dict[tuple[str, UUID | int], list[Need]] = defaultdict(list)
    posts: dict[UUID | int, Post] = {}
    for row in needs(actor, home).filter(wanted):
        asked[row.quarter, row.post_id].append(row)
        posts[row.post_id] = row.post
    free: dict[tuple[str, UUID | int], Room] = {}
    for each in rooms(actor, home).filter(wanted):
        free[each.quarter, each.post_id] = each
        posts[each.post_id] = each.post
    places = sorted(asked.keys() | free.keys(), key=lambda at: (at[0], posts[at[1]].title))
    return [_load(posts[at[1]], at[0], free.get(at), asked.get(at, [])) for at in places]


def milestones_named(actor: Actor, rows: Iterable[Need]) -> dict[UUID, str]:
    """The milestones that pieces of work are for, as far as the actor may open them."""
    wanted = {row.milestone_id for row in rows if row.milestone_id}
    seen = visible(actor, Milestone.objects.filter(pk__in=wanted))
    return dict(seen.values_list("pk", "title"))


def _load(post: Post, quarter: str, room: Room | None, rows: Sequence[Need]) -> Load:
    pieces = [
        Piece(row.title, row.halves, Worth(row.worth), row.set_aside_on is not None) for row in rows
    ]
    fits = fit(room.halves if room else None, pieces)
    return Load(post, UncertainDate.parse(quarter), room, rows, fits, in_words(fits))


def account_of(actor: Actor, contract: Contract) -> Account:
    (found,) = engagements(actor, [contract])
    return found.account


def engagements(actor: Actor, rows: Sequence[Contract]) -> list[Engagement]:
    """Contracts with their accounts. Asks as much for one as for many."""
    claimed = visible(actor, Claim.objects.filter(contract__in=rows), record="contract__record")
    yes = Q(approved_on__isnull=False)
    sums = (
        claimed.filter(void="")
        .order_by()
        .values_list("contract")
        .annotate(
            approved=Sum("halves", filter=yes, default=0),
            waiting=Sum("halves", filter=~yes, default=0),
            owed=Sum(F("halves") * F("rate"), filter=yes),
        )
    )
    halves = {pk: told for pk, *told in sums}
    found = []
    for row in rows:
        approved, waiting, owed = halves.get(row.pk, (0, 0, None))
        if owed is None and row.rate is not None:
            owed = 0
        account = Account(row.agreed, approved, waiting, owed)
        stands = paid.stands(row.stage, row.period.end, actor.on)
        found.append(Engagement(row, account, paid.in_words(account), stands))
    return found


def to_decide(actor: Actor, home: Home) -> int:
    """Of how many contracts somebody has to decide whether they go on: near their end or past."""
    rows = contracts(actor, home).filter(state=Engaged.ORDERED)
    stands = [paid.stands(row.stage, row.period.end, actor.on) for row in rows]
    return sum(each in ("ends soon", "over") for each in stands)
