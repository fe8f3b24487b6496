"""The structure of a partnership as at a day, in the shape that outside checks read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Keyed, known_by, maybe_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import (
    Body,
    BodyState,
    Holder,
    Partner,
    Post,
    Seat,
    Terms,
)
from concordat.domain.base.seats.rules.rhythm import words_of
from concordat.domain.governance.arrangements.models import Delegation, Finding
from concordat.domain.governance.arrangements.queries.authority import Naming, period
from concordat.domain.governance.arrangements.queries.independence import independence
from concordat.domain.governance.arrangements.queries.joined import in_posts
from concordat.domain.governance.arrangements.rules import structure as rules
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate

K = TypeVar("K", bound=Keyed)


def structure(actor: Actor, partnership: Partnership, as_at: date) -> dict[str, Any]:
    """Who sat where with what authority on a day, as known by that day.

    The shape is that of `structure --json`. Bodies and seats that the actor may not open are
    left out. Rows that only may be in force are shown, and a finding says what is not certain.
    Sixteen queries, however large the partnership, and four more where lines of management stand.
    """
    view = _View(actor, partnership, as_at)
    bodies = [told for body in view.bodies if (told := view.body(body))]
    return {
        "partnership": partnership.slug,
        "as_at": as_at.isoformat(),
        "bodies": bodies,
        "agencies": view.agencies(),
        "findings": view.findings(),
    }


def compare(
    actor: Actor, partnership: Partnership, one: date, other: date
) -> list[rules.Difference]:
    """What is not the same on two days."""
    return rules.differences(
        structure(actor, partnership, one), structure(actor, partnership, other)
    )


class _View:
    """Every row of one partnership that was known by a day, read once."""

    def __init__(self, actor: Actor, partnership: Partnership, on: date) -> None:
        self.partnership, self.on, self.name = partnership, on, Naming(partnership)
        self.actor = actor
        self.remarks: list[rules.Remark] = []
        bodies = self._known(Body).select_related("agency").order_by("order", "name")
        self.bodies = list(visible(actor, bodies))
        self.states = _by(self._known(BodyState, "body__").order_by("key"), "body_id")
        terms = self._known(Terms, "body__").filter(maybe_in_force(on))
        self.terms = _by(terms.order_by("key"), "body_id")
        seats = self._known(Seat, "body__").order_by("order", "role", "key")
        self.seats = _by(visible(actor, seats), "body_id")
        self.holders: dict[UUID, list[_Holding]] = defaultdict(list)
        self._read_holders(maybe_in_force(on))
        self._read_holders(Q(to_maybe__lt=on) & Q(seat__in=self._empty()))
        posts = {row.post for rows in self.holders.values() for row in rows if row.post}
        self.joined = in_posts(posts, on)
        self.delegations = list(self._delegations())
        self.followed = self._followed()
        self.powerless: list[_Powerless] = []
        self.reached: set[int] = set()
        mine = {row.pk: row for row in self._known(Agency).order_by("agency_class", "name")}
        there = {seat.agency_id for rows in self.seats.values() for seat in rows}
        others = Agency.objects.filter(pk__in=there - mine.keys() - {None})
        self.mine = list(mine.values())
        self.agency: dict[UUID | None, Agency] = mine | {row.pk: row for row in others}

    def _known(self, model: type[K], path: str = "") -> Any:
        """Rows of this partnership, or, by a path, rows of any about bodies of this one."""
        rows = model._default_manager.filter(**{f"{path}partnership": self.partnership.pk})
        return rows.filter(known_by(self.on))

    def _read_holders(self, which: Q) -> None:
        rows = self._known(Holder, "seat__body__").filter(which).order_by("order", "key")
        for row in rows.values(*_HOLDER):
            self.holders[row["seat_id"]].append(_holding(row))

    def _empty(self) -> list[UUID]:
        """Seats that nobody certainly or perhaps holds: who held them before is told."""
        held = {seat for seat, rows in self.holders.items() if any(r.main for r in rows)}
        return [seat.pk for seats in self.seats.values() for seat in seats if seat.pk not in held]

    def _delegations(self) -> Any:
        """Those given here that may be in force, and those given elsewhere to who sits here."""
        rows = [row for held in self.holders.values() for row in held]
        posts = {row.post for row in rows if row.post and row.home != self.partnership.pk}
        people = {row.named for row in rows if row.named and row.home != self.partnership.pk}
        people |= set().union(*self.joined.values())
        here = Q(partnership=self.partnership.pk) | Q(seat__body__partnership=self.partnership.pk)
        found = Delegation.objects.filter(here | Q(post__in=posts) | Q(person__in=people))
        found = found.filter(known_by(self.on) & maybe_in_force(self.on))
        return found.order_by("key", "pk")

    def _followed(self) -> dict[int, set[int]]:
        """Posts that have ended, by the post that took over from them and holds their power."""
        posts = self._known(Post).filter(successor__isnull=False)
        ended = {row.successor_id: row.pk for row in posts if row.in_force(self.on) == "no"}
        found: dict[int, set[int]] = {}
        for post in ended:
            here, line = post, {post}
            while (here := ended.get(here, 0)) and here not in line:
                line.add(here)
            found[post] = line
        return found

    def body(self, body: Body) -> dict[str, Any] | None:
        """One body; None before its first state."""
        stated = [rules.Stated(s.state, s.period) for s in self.states[body.pk]]
        state, certain = rules.standing_on(stated, self.on)
        if not state:
            return None
        if not certain:
            self._remark(f"bodies:{body.key}", f"Whether it was {state} that day is not certain.")
        terms = self._terms(body)
        rhythm = (terms and terms.rhythm) or body.rhythm
        seats = [self.seat(seat) for seat in self.seats[body.pk]]
        return {
            "key": body.key,
            "name": body.name,
            "kind": body.kind,
            "state": state,
            "rhythm": words_of(rhythm) if rhythm else None,
            "parents": list((terms and terms.parents) or body.parents),
            "chair_role": (terms and terms.chair_role) or body.chair_role or None,
            "quorum": (terms and terms.quorum) or body.quorum or None,
            "composition": list((terms and terms.composition) or body.composition),
            "outside": bool(body.outside),
            "seats": [told for told in seats if told],
        }

    def _terms(self, body: Body) -> Terms | None:
        rows = self.terms[body.pk]
        for each in rows:
            if each.in_force(self.on) == "uncertain":
                told = "Whether these terms of reference held that day is not certain."
                self._remark(f"terms:{self.name.key(each)}", told)
        return rules.latest([rules.Stated(each, each.period) for each in rows], self.on)

    def seat(self, seat: Seat) -> dict[str, Any] | None:
        """One seat; None when it is certainly not there that day."""
        standing = seat.period.in_force(self.on)
        if standing == "no":
            return None
        subject = f"seats:{self.name.key(seat)}"
        if standing == "uncertain":
            self._remark(subject, "Whether the seat was there that day is not certain.")
        rows, agency = self.holders[seat.pk], self.agency.get(seat.agency_id)
        places = [rules.Place(row.who, row.holding, row.period) for row in rows]
        there = rules.occupancy(places, self.on)
        for each in there.unclear:
            self._remark(subject, each)
        if there.vacant:
            self._remark(subject, rules.VACANT)
        return {
            "key": self.name.key(seat),
            "role": seat.role,
            "capacity": seat.capacity or None,
            "office": seat.office or None,
            "agency": self.name.key(agency) or None,
            "class": (agency.agency_class if agency else seat.seat_class) or None,
            "speaks_for": seat.speaks_for or None,
            "holder": there.holder or None,
            "deputy": there.deputy or None,
            "vacant": there.vacant,
            "vacant_since": rules.vacant_since(places, self.on) or None if there.vacant else None,
            "delegations": self._held(seat, rows),
        }

    def _held(self, seat: Seat, rows: list[_Holding]) -> list[dict[str, Any]]:
        sitting = [row for row in rows if row.period.in_force(self.on) == "yes"]
        sit = {row.post for row in sitting if row.post}
        posts = sit.union(*(self.followed.get(post, ()) for post in sit))
        people = {row.named for row in sitting if row.named}
        people |= set().union(*(self.joined.get(post, ()) for post in sit))
        held = [
            (d, period(d.from_text, d.to_text).in_force(self.on))
            for d in self.delegations
            if d.seat_id == seat.pk or d.post_id in posts or d.person_id in people
        ]
        self.reached |= {delegation.pk for delegation, _ in held}
        for delegation, standing in held:
            if standing == "uncertain" or (
                standing == "yes" and delegation.instrument == "none on record"
            ):
                self._doubt(delegation, standing)
        told = [d for d, standing in held if standing == "yes" and d.state in ("", "in force")]
        if not told:
            key = f"seats:{self.name.key(seat)}"
            self.powerless.append(_Powerless(key, seat.pk, frozenset(posts), frozenset(people)))
        return [self._delegation(each) for each in told]

    def _doubt(self, delegation: Delegation, standing: str) -> None:
        subject = f"delegations:{self.name.key(delegation)}"
        if standing == "uncertain":
            self._remark(subject, "Whether it was in force that day is not certain.")
        else:
            self._remark(subject, rules.NO_INSTRUMENT)

    def _delegation(self, row: Delegation) -> dict[str, Any]:
        return {
            "matters": [self.name.told(row.partnership_id, key) for key in row.matters],
            "limbs": list(row.limbs),
            "limit": _pounds(row.limit),
            "from": _iso(row.from_text),
            "to": _iso(row.to_text),
            "instrument": row.instrument_title or row.instrument or None,
        }

    def _lapsed(self) -> None:
        """The power of a seat that has none any more ended on the last of its days."""
        seats = {each.seat for each in self.powerless}
        posts = {post for each in self.powerless for post in each.posts}
        people = {person for each in self.powerless for person in each.people}
        rows = Delegation.objects.filter(known_by(self.on), to_maybe__lt=self.on).filter(
            Q(seat__in=seats) | Q(post__in=posts) | Q(person__in=people)
        )
        over = list(rows.values_list("seat_id", "post_id", "person_id", "to_text"))
        for each in self.powerless:
            ends = [
                end
                for seat, post, person, text in over
                if (seat == each.seat or post in each.posts or person in each.people)
                and (end := period("", text).end)
            ]
            if ends:
                last = max(ends, key=lambda end: end.sort_key)
                self._remark(each.subject, f"{rules.EXPIRED} {last}.")

    def _lapsed_by_name(self) -> None:
        """Power given by name went with the seat of whoever it was given to."""
        given = {
            row.person_id: row
            for row in self.delegations
            if row.person_id and row.pk not in self.reached and row.in_force(self.on) == "yes"
        }
        sat = defaultdict(set)
        rows = Holder.objects.filter(named__in=given).select_related("named") if given else ()
        for row in rows:
            sat[row.named_id].add(row.in_force(self.on))
        for person, row in given.items():
            subject = f"delegations:{self.name.key(row)}"
            if sat[person] == {"no"}:
                self._remark(subject, rules.LAPSED)
            elif not sat[person]:
                self._remark(subject, rules.UNSEATED)

    def _remark(self, subject: str, finding: str) -> None:
        remark = rules.Remark(subject, finding)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def agencies(self) -> list[dict[str, Any]]:
        """Agencies there that day, with whether each is a statutory partner."""
        partners = {
            row.agency_id: row.partner_class
            for row in self._known(Partner)
            if row.in_force(self.on) != "no"
        }
        return [
            {
                "key": row.key,
                "name": row.name,
                "class": row.agency_class,
                "statutory_partner": row.pk in partners,
                "from": _iso(row.from_text),
                "to": _iso(row.to_text),
                "successor": list(row.successor),
            }
            for row in self.mine
            if period(row.from_text, row.to_text).in_force(self.on) != "no"
        ]

    def findings(self) -> list[dict[str, Any]]:
        """What sources were found to leave open, then what is uncertain that day."""
        self._lapsed()
        self._lapsed_by_name()
        self.remarks += independence(self.actor, self.partnership, self.on)
        stated = [
            rules.Remark(row.subject, row.finding, row.source)
            for row in self._known(Finding).order_by("order", "key")
        ]
        return [
            {"subject": each.subject, "finding": each.finding, "source": each.source}
            for each in (*stated, *self.remarks)
        ]


@dataclass(frozen=True, slots=True)
class _Powerless:
    """A seat without power that day, by its subject, and the posts and people who sit in it."""

    subject: str
    seat: UUID
    posts: frozenset[int]
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Holding:
    """A holder row: who, as what, for how long; `home` is the partnership of post or person."""

    who: str
    holding: str
    period: Period
    post: int | None
    named: int | None
    home: UUID | None

    @property
    def main(self) -> bool:
        return self.holding not in ("deputy", "vacant")


_HOLDER = (
    "seat_id", "holding", "from_text", "to_text", "post_id", "named_id", "post__title",
    "named__name", "post__partnership_id", "named__partnership_id",
)  # fmt: skip


def _holding(row: dict[str, Any]) -> _Holding:
    return _Holding(
        who=row["post__title"] or row["named__name"] or "",
        holding=row["holding"],
        period=period(row["from_text"], row["to_text"]),
        post=row["post_id"],
        named=row["named_id"],
        home=row["post__partnership_id"] or row["named__partnership_id"],
    )


def _by(rows: Iterable[Any], field: str) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, field)].append(row)
    return grouped


def _pounds(pence: int | None) -> float | None:
    """A whole number where the pounds are whole."""
    return pence if pence is None else pence // 100 if pence % 100 == 0 else pence / 100


def _iso(text: str) -> str | None:
    return UncertainDate.parse(text).iso() if text else None
