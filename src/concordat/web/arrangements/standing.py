"""How far a partnership is set up: what is there, and so how each step of the list stands.

The secretariat in which the founder sits is there from the first moment and counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.agencies.rules import STATUTORY_CLASSES
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import queries, rules
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, join_words
from concordat.web.ui.parts import Task
from concordat.web.ui.states import Progress


@dataclass(frozen=True, slots=True)
class Stand:
    """What is there, counted once. `partners` by class; `settled` bodies say how often they meet;
    `seated` ones have a seat."""

    areas: int = 0
    partners: tuple[tuple[str, int], ...] = ()
    bodies: int = 0
    settled: int = 0
    seated: int = 0
    seats: int = 0
    held: int = 0
    sitting_posts: int = 0
    filled_posts: int = 0
    matters: int = 0
    delegated: int = 0
    gaps: int = 0

    @property
    def all_partners(self) -> int:
        return sum(number for _, number in self.partners)

    @property
    def classes(self) -> int:
        return sum(1 for _, number in self.partners if number)


def stand_of(actor: Actor, home: Partnership) -> Stand:
    built = queries.structure(actor, home, actor.on)
    own = [
        each
        for each in built["bodies"]
        if not each["outside"] and each["state"] != "ended" and each["kind"] != "secretariat"
    ]
    sitting = [seat for each in own for seat in each["seats"]]
    partners = [row for row in queries.partners(actor, home) if row.in_force(actor.on) != "no"]
    given = _delegating(actor, home)
    rows = seats.holdings_of(actor, home)
    posts = {row.post_id for row in rows if row.in_force(actor.on) != "no"}
    filled = {row.post_id for row in seats.incumbencies(actor, home) if not row.to_day}
    return Stand(
        areas=agencies.areas(actor).filter(partnership=home.pk).count(),
        partners=tuple(
            (each.value, sum(1 for row in partners if row.partner_class == each))
            for each in STATUTORY_CLASSES
        ),
        bodies=len(own),
        settled=sum(1 for each in own if each["rhythm"] and not rules.settled(each["rhythm"])[1]),
        seated=sum(1 for each in own if each["seats"]),
        seats=len(sitting),
        held=sum(1 for seat in sitting if seat["holder"]),
        sitting_posts=len(posts),
        filled_posts=len(posts & filled),
        matters=queries.matters(actor, home).count(),
        delegated=sum(1 for row in partners if row.agency_id in given),
        gaps=len(rules.gaps(built)),
    )


def _delegating(actor: Actor, home: Partnership) -> set[object]:
    """The agencies with a delegation in force today."""
    return {
        row.agency_id
        for row in queries.delegations(actor, home)
        if row.in_force(actor.on) == "yes" and row.state in ("", "in force")
    }


def far(made: int, of: int, *, after: bool = True) -> Progress:
    """How a step stands: `after` says whether what it needs is there."""
    if not after:
        return Progress.CANNOT_START
    if not made:
        return Progress.NOT_STARTED
    return Progress.COMPLETED if made >= of else Progress.IN_PROGRESS


def checked(stand: Stand) -> Progress:
    """Nothing is lacking only where there is something that could lack anything."""
    if not (stand.bodies or stand.all_partners):
        return Progress.CANNOT_START
    whole = stand.seats and stand.matters and stand.classes == len(stand.partners)
    return Progress.COMPLETED if whole and not stand.gaps else Progress.IN_PROGRESS


def tasks_of(slug: str, stand: Stand) -> list[Task]:
    def step(name: str) -> str:
        return reverse("arrangements:step", args=[slug, name])

    here = [count(n, f"{each} partner") for each, n in stand.partners if n]
    people = far(stand.filled_posts, stand.sitting_posts, after=bool(stand.sitting_posts))
    bodies = far(stand.bodies and stand.settled + 1, stand.bodies + 1)
    delegated = far(stand.delegated, stand.all_partners, after=bool(stand.all_partners))
    return [
        Task("Areas", far(stand.areas, 1), step("areas"), count(stand.areas, "area")),
        Task("Agencies, any number of each class", far(stand.classes, len(stand.partners)),
             step("agencies"), join_words(here) or "Councils, health bodies and police first"),
        Task("Bodies, and how often each meets", bodies, step("bodies"),
             f"{count(stand.bodies, 'body')}, {stand.settled} with a settled rhythm"),
        Task("Seats", far(stand.seated, stand.bodies, after=bool(stand.bodies)), step("seats"),
             f"{count(stand.seats, 'seat')} on {stand.seated} of {count(stand.bodies, 'body')}"),
        Task("Posts and who holds each seat",
             far(stand.held, stand.seats, after=bool(stand.seats)), step("holders"),
             f"{stand.held} of {count(stand.seats, 'seat')} held"),
        Task("People in the posts", people, reverse("seats:people", args=[slug]),
             f"{stand.filled_posts} of {count(stand.sitting_posts, 'post')} that sit"),
        Task("Matters to be decided", far(stand.matters, 1), step("matters"),
             count(stand.matters, "matter")),
        Task("Delegations", delegated, reverse("arrangements:delegations", args=[slug]),
             f"{stand.delegated} of {count(stand.all_partners, 'partner')} with one"),
        Task("Check what is lacking", checked(stand), step("check"), _lacks(stand)),
    ]  # fmt: skip


def _lacks(stand: Stand) -> str:
    if checked(stand) is Progress.CANNOT_START:
        return "Once there is a partner or a body"
    return count(stand.gaps, "gap")
