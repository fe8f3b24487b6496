"""Reviews at every stage, and what stands in the addresses of their pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.children import operations as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.rules import Ground, What
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Clearing, Review
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules.clearance import Copy, Step
from concordat.domain.practice.reviews.rules.desk import (
    TERMS,
    Conflict,
    List,
    Part,
    Proceeding,
)
from concordat.kernel.actor import Actor, Office
from tests.operations.children.examples import ground
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, sits
from tests.operations.reviews.desk.examples import all_no, report


@dataclass(frozen=True)
class Reviewed:
    """`open` is under way, `clearing` in clearance, `checking` cleared and to be checked, `public`
    published. `rows` are keys of what stands beneath them, by kind."""

    open: str
    clearing: str
    checking: str
    public: str
    rows: dict[str, int] = field(default_factory=dict)

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route: every review is restricted."""
        if name in _NOT_OF_ONE:
            return {}
        reference = getattr(self, _STAGE.get(name, "open"))
        row = _ROW.get(name, "")
        more = {"pk": self.rows[row]} if row else {}
        return {"restricted": {"reference": reference, **more}}


_NOT_OF_ONE = frozenset({"reviews", "methods", "commission"})
_STAGE = {
    **dict.fromkeys(
        ("clearance", "clear", "back", "copies_send", "answer", "elsewhere", "planned",
         "clearance_ask"),
        "clearing",
    ),
    **dict.fromkeys(
        ("check", "aside", "checks_ask", "publish", "scan", "preview", "preview_pdf"), "checking"
    ),
    **dict.fromkeys(("publication", "down", "publish_there"), "public"),
    "terms_agree": "open",
}  # fmt: skip
_ROW = {
    **dict.fromkeys(("interests", "let_in", "end", "fee"), "member"),
    **dict.fromkeys(("invoice", "approve"), "fee"),
    **dict.fromkeys(("report", "brief", "hand_in", "judge", "sign"), "report"),
    "ended": "proceeding",
    **dict.fromkeys(("conclude", "point", "set_aside"), "line"),
    **dict.fromkeys(("amend", "rests", "recommend"), "finding"),
    "clear": "clearing",
    "check": "check",
    "aside": "leak",
    "answer": "agreement",
    "publish_there": "agreed",
    "down": "published",
    **dict.fromkeys(("came", "follow"), "event"),
    "did": "follow_up",
    **dict.fromkeys(("outcome", "moved"), "entry"),
}


def begun(house: House, title: str, **more: Any) -> Review:
    told: dict[str, Any] = {
        "title": title,
        "why": "Agencies did not work together",
        "decided_on": DAY - timedelta(days=30),
        "group": house.board,
        "statutory": False,
        "partners": [house.there],
    }
    return operations.commission(
        house.manager.actor, partnership=house.here, told=Commission(**(told | more))
    )


def _child(house: House) -> Child:
    """A child by label in an area where children may be kept."""
    area = agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="nest", values={"name": "Nest"}
    )
    assert isinstance(area, Area)
    agreed = added(house, title="Sharing agreement of Nest", file=paper("agreed in Nest"))
    for kind in Ground:
        ground(house, area, agreed, kind)
    child = children.keep_child(house.manager.actor, area=area, label="Heron")
    children.tell_identity(
        house.manager.actor, child=child, what=What.NAME, text="Samuel Larkspur",
        provenance="Birth notification",
    )  # fmt: skip
    return child


def _under_way(house: House, agency: Agency) -> tuple[Review, dict[str, int]]:
    """A review with one row of everything that stands beneath it."""
    by = house.manager.actor
    row = begun(house, "Heron")
    member = operations.ask_member(
        by, review=row, part=Part.PANEL, seat=house.chair.seat, why="Knows the service"
    )
    operations.check_interests(by, member=member, found=Conflict.NONE)
    fee = operations.agree_fee(by, member=member, what="First draft", amount=400_000)
    asked = operations.ask_report(
        by, review=row, agency=agency, seat=house.health.seat, due=DAY + timedelta(days=20)
    )
    held = operations.begin_proceeding(
        by, review=row, kind=Proceeding.CRIMINAL, what="A trial", holds=True, waits="The jury"
    )
    line = operations.add_line(by, review=row, question="Who knew of the move?")
    finding = operations.add_finding(by, review=row, title="Late", says="Told late", line=line)
    event = operations.plan_event(by, review=row, title="Learning from Heron", on=DAY)
    follow = operations.add_follow_up(
        by, event=event, partnership=house.here, what="Tell schools",
        due=DAY + timedelta(days=40), owner=house.health.seat,
    )  # fmt: skip
    entry = operations.add_entry(
        by, review=row, kind=List.PAPER, what="School file", who="Head teacher", planned=DAY
    )
    operations.choose_method(by, review=row, method="hybrid", why="Fits")
    operations.write_terms(by, review=row, says={each.key: "Said" for each in TERMS})
    rows = {"member": member, "fee": fee, "report": asked, "proceeding": held, "line": line,
            "finding": finding, "event": event, "follow_up": follow, "entry": entry}  # fmt: skip
    return row, {name: each.pk for name, each in rows.items()}


def _speaker(house: House, agency: Agency) -> Sitter:
    """Somebody who speaks for the statutory partner that this agency is."""
    found = sits(house.here, house.board, "Dora Delegate", Office.DELEGATE)
    seat = found.seat
    seats.set_down(
        LOADER, partnership=house.here, kind="seats", key=seat.key,
        values={"role": seat.role, "body": seat.body, "office": seat.office, "agency": agency},
    )  # fmt: skip
    return found


def _ready(house: House, row: Review, words: str, partner: Sitter) -> Review:
    """With terms, a finding, a draft and a seat for each step, sent into clearance."""
    by = house.manager.actor
    operations.choose_method(by, review=row, method="hybrid", why="Fits")
    operations.write_terms(by, review=row, says={each.key: "Said" for each in TERMS})
    operations.agree_terms(by, review=row, body=house.board, on=DAY)
    operations.add_finding(by, review=row, title="Late", says="Told late")
    operations.put_draft(by, review=row, file=report(words))
    named = [house.health.seat, house.co_ordinator.seat, house.chair.seat, partner.seat]
    for step, seat in zip(Step, named, strict=True):
        operations.name_seats(by, review=row, step=step, seats=[seat])
    operations.send_to_clearance(by, review=row)
    operations.plan_publication(by, review=row, on=DAY)
    return queries.review(by, row.record.reference)


def _in_clearance(house: House, partner: Sitter) -> tuple[Review, dict[str, int]]:
    by = house.manager.actor
    row = _ready(house, begun(house, "Wren"), "A household moved", partner)
    agreement = operations.ask_partnership(
        by, review=row, partnership=house.there, seat=_theirs(house)
    )
    rows = {
        "clearing": Clearing.objects.filter(review=row).order_by("pk")[0],
        "agreement": agreement,
    }
    return row, {name: each.pk for name, each in rows.items()}


def _theirs(house: House) -> Seat:
    there = Seat.objects.filter(partnership=house.there, office=Office.DELEGATE).first()
    if there:
        return there
    return sits(house.there, house.outsider.seat.body, "Della There", Office.DELEGATE).seat


def _hands(house: House, partner: Sitter) -> list[Actor]:
    return [each.actor for each in (house.health, house.co_ordinator, house.chair, partner)]


def _cleared(house: House, partner: Sitter, row: Review) -> None:
    """Everybody has signed, and the copies are out."""
    by = house.manager.actor
    text = queries.text_of(by, row)
    places = Clearing.objects.filter(review=row).order_by("pk")
    for hand, place in zip(_hands(house, partner), places, strict=True):
        operations.clear(hand, clearing=place, text=text, words="Offered by the worker")
    for to in Copy:
        operations.send_copy(by, review=row, to=to, on=DAY, how="Secure mail")


def _checking(house: House, partner: Sitter) -> tuple[Review, dict[str, int]]:
    by = house.manager.actor
    row = begun(house, "Plover", children=[_child(house)])
    row = _ready(house, row, "A larkspur grew", partner)
    _cleared(house, partner, row)
    checks = operations.ask_check(by, review=row, seats=[house.health.seat, house.member.seat])
    return row, {"check": checks[0].pk, "leak": queries.leaks(by, row)[0].pk}


def _published(house: House, partner: Sitter) -> tuple[Review, dict[str, int]]:
    by = house.manager.actor
    row = _ready(house, begun(house, "Kestrel"), "The household moved", partner)
    _cleared(house, partner, row)
    two = (house.health, house.member)
    checks = operations.ask_check(by, review=row, seats=[each.seat for each in two])
    for who, check in zip(two, checks, strict=True):
        operations.give_check(who.actor, check=check, answers=all_no())
    agreed = operations.ask_partnership(
        by, review=row, partnership=house.there, seat=_theirs(house)
    )
    (put,) = operations.publish(by, review=row)
    return row, {"published": put.pk, "agreed": agreed.pk}


def reviewed(house: House, agency: Agency) -> Reviewed:
    first, rows = _under_way(house, agency)
    partner = _speaker(house, agency)
    second, more = _in_clearance(house, partner)
    third, checks = _checking(house, partner)
    fourth, last = _published(house, partner)
    return Reviewed(
        *(each.record.reference for each in (first, second, third, fourth)),
        rows | more | checks | last,
    )
