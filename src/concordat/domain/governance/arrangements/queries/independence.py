"""Who would manage those who scrutinise, where the manager belongs to a partner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import known_by, maybe_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Holder, Partner, Post, Reporting, Seat
from concordat.domain.governance.arrangements.rules import structure as rules
from concordat.kernel.actor import Actor, Office

MANAGED = "line managed by"


def independence(actor: Actor, partnership: Partnership, on: date) -> list[rules.Remark]:
    """Lines known by a day by which a statutory partner manages, or would manage, a scrutineer.

    One query where nobody is said to be managed by anybody, five where somebody is.
    """
    lines = Reporting.objects.filter(
        maybe_in_force(on), known_by(on), partnership=partnership.pk, how=MANAGED
    ).exclude(state="ended")
    told = list(lines.order_by("order", "key"))
    if not told:
        return []
    seats = _scrutineers(actor, partnership, on)
    posts = _posts(partnership, [side for line in told for side in (line.who, line.reports_to)])
    partners = _partners(partnership, on)
    found = []
    for line in told:
        seat, post = _scrutinised(line.who, seats, posts), posts.get(line.reports_to)
        if seat and post and {post.agency_id, _whole(post)} & partners:
            words = rules.at_risk(seat.role, post.title, _agency(post), line.state)
            found.append(rules.Remark(f"seats:{seat.key}", words))
    return found


def _partners(partnership: Partnership, on: date) -> set[object]:
    rows = Partner.objects.filter(maybe_in_force(on), partnership=partnership.pk)
    return set(rows.values_list("agency", flat=True))


def _scrutineers(actor: Actor, partnership: Partnership, on: date) -> dict[str, Seat]:
    """The seats of scrutineers under each name that a line may give them: the seat itself, the
    body of scrutiny that it makes, or a post that sits in it."""
    seats = Seat.objects.filter(partnership=partnership.pk, office=Office.SCRUTINEER)
    found: dict[str, Seat] = {}
    for seat in visible(actor, seats).select_related("body").order_by("key"):
        found[f"seats:{seat.key}"] = seat
        if seat.body.kind == "scrutiny":
            found[f"bodies:{seat.body.key}"] = seat
    rows = Holder.objects.filter(maybe_in_force(on), seat__in=[row.pk for row in found.values()])
    for row in rows.filter(post__isnull=False).select_related("seat", "post"):
        if row.post:
            found[f"posts:{row.post.key}"] = found[f"seats:{row.seat.key}"]
    return found


def _posts(partnership: Partnership, subjects: Iterable[str]) -> dict[str, Post]:
    keys = [each.removeprefix("posts:") for each in subjects if each.startswith("posts:")]
    rows = Post.objects.filter(partnership=partnership.pk, key__in=keys)
    return {f"posts:{row.key}": row for row in rows.select_related("agency")}


def _scrutinised(who: str, seats: Mapping[str, Seat], posts: Mapping[str, Post]) -> Seat | None:
    """The scrutineer's seat that a line speaks of; a post of the seat's own name is its post,
    though no source says that it sits there."""
    if who in seats:
        return seats[who]
    title = posts[who].title.casefold() if who in posts else ""
    return next((seat for seat in seats.values() if seat.role.casefold() == title), None)


def _whole(post: Post) -> object:
    """The agency of which the post's own is a part, if it is of any."""
    return post.agency.part_of_id if post.agency else None


def _agency(post: Post) -> str:
    return post.agency.name if post.agency else ""
