"""A review of three boroughs in the world of the papers, brought as far as its last signature."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.base.seats.queries import actor_for, sitting_in
from concordat.domain.practice.children import operations as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.rules import Ground, What
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Clearing, Review
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import TERMS, Conflict, Part, Proceeding
from concordat.kernel.actor import Actor, Office, process
from tests.databases import pointed_at
from tests.operations.documents.papers import paper
from tests.operations.reviews.desk.examples import report
from tests.servers import Server

ON = date(2019, 3, 29)
LOADER = process("loader", ON)
NAME = "Alder Quillfeather"
OTHERS = ("greenwich", "lewisham")
CHECKERS = ("executive-council", "executive-police")


@contextmanager
def beside(server: Server, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Act in the server's own world: its database, its files, its secrets."""
    secrets = {
        "MEDIA_ROOT": server.var / "documents",
        "SECRET_KEY": (server.var / "secret-key").read_text().strip(),
        "LEDGER_SECRET": (server.var / "ledger-secret").read_text().strip(),
    }
    with override_settings(**secrets), pointed_at(server.database, blocker):
        yield


@dataclass(frozen=True)
class Borough:
    """A partnership with somebody who signs for a partner there."""

    home: Partnership
    seat: Seat
    actor: Actor


def borough(slug: str) -> Borough:
    """The partnership of a file, with an invented delegate."""
    home = Partnership.objects.select_related("record").get(key=slug)
    body = Body.objects.filter(partnership=home.pk).order_by("order", "pk").first()
    key, name = f"{slug}-invented-delegate", f"Delegate of {slug.title()} (Invented)"
    post = seats.set_down(
        LOADER, partnership=home.record, kind="posts", key=key, values={"title": name}
    )
    seat = seats.set_down(
        LOADER, partnership=home.record, kind="seats", key=key,
        values={"role": name, "body": body, "office": Office.DELEGATE},
    )  # fmt: skip
    assert isinstance(post, Post)
    assert isinstance(seat, Seat)
    first = date(2018, 1, 1)
    seats.appoint(LOADER, seat=seat, post=post, holding="holder", from_day=first)  # type: ignore[arg-type]
    person = people.register(
        LOADER, partnership=home.record, opened=ON, full_name=name, email=f"{key}@example.org"
    )
    seats.take_post(LOADER, person=person, post=post, from_day=first)
    people.add_persona(LOADER, person=person, line="Signs for a partner of another borough")
    return Borough(home, Seat.objects.get(pk=seat.pk), actor_for(person, on=ON))


def of_post(title: str) -> Actor:
    return actor_for(Person.objects.get(post_title=title), on=ON)


def _child(manager: Actor, home: Partnership) -> Child:
    area = (
        Area.objects.filter(partnership=home.pk, outside=None).order_by("pk").first()
        or (Area.objects.filter(partnership=home.pk).order_by("pk")[0])
    )
    agreed = documents.add(
        manager, partnership=home.record, title="Sharing agreement (Invented)", file=paper("agreed")
    )
    for kind in Ground:
        children.state_ground(
            manager, area=area, ground=kind, holder="The council", from_day=date(2019, 1, 1),
            review_by=date(2019, 12, 31),
            document=None if kind is Ground.CONTROLLER else agreed,
        )  # fmt: skip
    child = children.keep_child(manager, area=area, label="Wren")
    children.tell_identity(manager, child=child, what=What.NAME, text=NAME, provenance="Invented")
    return child


def told(manager: Actor, reviewer: Person) -> Review:
    """Commissioned, agreed, drafted with a name in a footnote; an agency is asked for its report,
    and the reviewer is let in."""
    home = Partnership.objects.select_related("record").get(key="tower-hamlets")
    group = Body.objects.get(partnership=home.pk, key="executive-group")
    rows = Partnership.objects.filter(key__in=OTHERS).select_related("record")
    row = operations.commission(
        manager, partnership=home.record,
        told=Commission(
            title="Wren (Invented)", why="C3: three boroughs knew a part each",
            decided_on=date(2019, 2, 20), group=group, statutory=False,
            children=[_child(manager, home)], partners=[each.record for each in rows],
        ),
    )  # fmt: skip
    operations.choose_method(manager, review=row, method="hybrid", why="A trial runs beside it")
    operations.write_terms(manager, review=row, says={each.key: "Said" for each in TERMS})
    operations.agree_terms(manager, review=row, body=group, on=ON)
    member = operations.ask_member(
        manager, review=row, part=Part.REVIEWER, person=reviewer, why="Independent"
    )
    operations.check_interests(manager, member=member, found=Conflict.NONE)
    operations.let_in(
        manager, member=member, from_day=ON - timedelta(days=20), to_day=ON + timedelta(days=90),
        appointed="The executive group, 1 March 2019", uncontracted="Paid by the day",
    )  # fmt: skip
    held = operations.begin_proceeding(
        manager, review=row, kind=Proceeding.CRIMINAL, what="Trial of an adult", holds=True,
        waits="The report could prejudice it",
    )  # fmt: skip
    operations.end_proceeding(manager, proceeding=held, how="A verdict was given")
    operations.add_finding(
        manager, review=row, title="Moves are told late", says="Nobody owns a move"
    )
    operations.put_draft(manager, review=row, file=report(footnote=f"As {NAME} said"))
    _asked(manager, row)
    return row


def _asked(manager: Actor, row: Review) -> None:
    """A school is asked for its own report, and its author is briefed."""
    seat = Seat.objects.get(key="wider-education", partnership=row.partnership)
    asked = operations.ask_report(
        manager, review=row, agency=queries.agencies_of(manager, row)[0], seat=seat,
        due=ON + timedelta(days=20),
    )  # fmt: skip
    operations.brief(
        manager, report=asked, author="A head teacher of another school",
        independent="Another school", on=ON,
    )  # fmt: skip


def in_clearance(manager: Actor, row: Review, boroughs: list[Borough]) -> None:
    """Every step has its seat, each statutory partner one; each other borough is asked."""
    here = {each.office: each.seat for each in manager.seats}
    own = Seat.objects.get(pk=next(iter(here.values())))
    facts = Seat.objects.get(key="executive-police", partnership=row.partnership)
    owed = [each.seats[0] for each in queries.owed(manager, row) if each.step is Step.PARTNERS]
    partners = [*Seat.objects.filter(pk__in=owed), *(each.seat for each in boroughs)]
    steps = {Step.ACCURACY: [facts], Step.LEGAL: [own], Step.FAMILY: [own],
             Step.PARTNERS: partners}  # fmt: skip
    for step, named in steps.items():
        operations.name_seats(manager, review=row, step=step, seats=named)
    operations.send_to_clearance(manager, review=row)
    operations.plan_publication(manager, review=row, on=ON)
    for each in boroughs:
        operations.ask_partnership(
            manager, review=row, partnership=each.home.record, seat=each.seat
        )


def everybody_signs(
    manager: Actor, row: Review, *, but: Collection[str] = (), by_hand: Collection[str] = ()
) -> None:
    """Each seat signs the text as it stands in its turn, save those of these keys, and each other
    borough agrees to it, save those whose seat signs `by_hand`."""
    text = queries.text_of(manager, queries.review(manager, row.record.reference))
    places = Clearing.objects.filter(review=row).exclude(seat__key__in=but)
    for place in sorted(places.select_related("seat"), key=lambda each: each.step_is.number):
        operations.clear(
            _hand(manager, place.seat), clearing=place, text=text,
            words="Offered by the social worker; they thanked us",
        )  # fmt: skip
    for asked in queries.agreements(manager, row).exclude(seat__key__in=by_hand):
        operations.answer_partnership(
            _hand(manager, asked.seat), agreement=asked, agree=True, text=text
        )


def copies_and_checks(manager: Actor, row: Review, *, by_hand: str = "") -> None:
    """Copies go out, and two people are asked to check it; one gives their check by hand."""
    for to in Copy:
        operations.send_copy(manager, review=row, to=to, on=ON, how="Secure mail")
    named = Seat.objects.filter(key__in=CHECKERS, partnership=row.partnership).order_by("key")
    for check in operations.ask_check(manager, review=row, seats=list(named)):
        answers = {each.key: "no" for each in DISCLOSURE}
        if check.seat.key != by_hand:
            operations.give_check(_hand(manager, check.seat), check=check, answers=answers)


def _hand(manager: Actor, seat: Seat) -> Actor:
    (person, *_) = sitting_in(manager, [seat.pk], on=ON)[seat.pk]
    return actor_for(person, on=ON)


__all__ = ["Person", "queries"]
