"""A review led by one partnership with another beside it, taken through each stage by real acts."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from concordat.craft import word
from concordat.craft.document import Bullets, Heading, Paragraph
from concordat.craft.document import Document as Page
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.clocks.rules import Arrangements
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import AgencyReport, Agreement, Clearing, Review
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import TERMS, Conflict, Part, Points
from concordat.kernel.actor import Actor, Office
from tests.operations.children.examples import NAME, Nest, nest
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, sits

LIVE = date(2019, 1, 15)
DECIDED = date(2019, 2, 20)
FOOTNOTES = "word/footnotes.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Studio:
    """`nest` leads; `theirs` signs for the partnership beside it; `writer` holds no seat."""

    nest: Nest
    agency: Agency
    theirs: Sitter
    writer: Person
    review: Review

    @property
    def manager(self) -> Actor:
        return self.nest.house.manager.actor

    def row(self) -> Review:
        return queries.review(self.manager, self.review.record.reference)

    def writer_on(self, day: date) -> Actor:
        return actor_for(self.writer, on=day)


def report(words: str = "The household moved twice", footnote: str = "") -> Upload:
    """A Word file with a heading, a list, and a footnote if one is wanted."""
    blocks = [Heading(1, "What happened"), Paragraph(words), Bullets(["One", "Two"])]
    made = word.write(Page("Report", blocks))
    return Upload("report.docx", _noted(made, footnote) if footnote else made)


def _noted(made: bytes, text: str) -> bytes:
    """The same file with a footnote, as Word keeps one."""
    note = (
        f'<?xml version="1.0"?><w:footnotes xmlns:w="{_W}"><w:footnote w:id="2"><w:p><w:r>'
        f"<w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    mark = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                at = body.index(b"<w:sectPr")
                body = body[:at] + mark.encode() + body[at:]
            if name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes"
                part = f'<Override PartName="/{FOOTNOTES}" ContentType="{kind}+xml"/></Types>'
                body = body.replace(b"</Types>", part.encode())
            new.writestr(name, body)
        new.writestr(FOOTNOTES, note)
    return out.getvalue()


def speaks(house: House, sitter: Sitter, of_class: str) -> None:
    """Let a seat speak for a statutory partner of its own."""
    made = agencies.set_down(
        LOADER, partnership=house.here, kind="agencies", key=f"the-{of_class}",
        values={"name": f"The {of_class} here", "agency_class": of_class},
    )  # fmt: skip
    seat = sitter.seat
    seats.set_down(
        LOADER, partnership=house.here, kind="seats", key=seat.key,
        values={"role": seat.role, "body": seat.body, "office": seat.office, "agency": made},
    )  # fmt: skip
    seats.set_down(
        LOADER, partnership=house.here, kind="partners", key=of_class,
        values={"agency": made, "partner_class": of_class},
    )  # fmt: skip


def commissioned(**more: Any) -> Studio:
    here = nest()
    house = here.house
    clocks.set_area_live(
        LOADER, area=here.area, arrangements=Arrangements.SAFEGUARDING, live_on=LIVE,
        source="Published arrangements, page 2",
    )  # fmt: skip
    agency = agencies.set_down(
        LOADER, partnership=house.here, kind="agencies", key="heath",
        values={"name": "Heath Trust", "agency_class": "health"},
    )  # fmt: skip
    assert isinstance(agency, Agency)
    speaks(house, house.council, "council")
    speaks(house, house.health, "health")
    other = house.outsider.seat.body
    theirs = sits(house.there, other, "Della There", Office.DELEGATE)
    writer = people.register(
        LOADER, partnership=house.here, opened=DAY, full_name="Rhoda Writer",
        email="rhoda@example.org",
    )  # fmt: skip
    told: dict[str, Any] = {
        "title": "Heron",
        "why": "C3: agencies did not work together",
        "decided_on": DECIDED,
        "group": house.board,
        "decided_by": house.board,
        "area": here.area,
        "children": [here.child],
        "partners": [house.there],
    }
    row = operations.commission(
        house.manager.actor, partnership=house.here, told=Commission(**(told | more))
    )
    return Studio(here, agency, theirs, writer, row)


def agreed(studio: Studio) -> Review:
    """With a method and terms that the board agreed to."""
    actor = studio.manager
    operations.choose_method(
        actor, review=studio.review, method="hybrid", why="A trial runs beside it",
        answers={"proceedings": "trial"},
    )  # fmt: skip
    says = {each.key: f"{each.text}: said" for each in TERMS}
    operations.write_terms(actor, review=studio.review, says=says)
    operations.agree_terms(actor, review=studio.review, body=studio.nest.house.board, on=DAY)
    return studio.row()


def stopped(studio: Studio) -> Review:
    """Ended without a report, as its board decided."""
    return operations.stop(
        studio.manager, review=studio.row(), reason="The criteria fell away",
        body=studio.nest.house.board, on=DAY,
    )  # fmt: skip


def reviewer(studio: Studio, until: date) -> Any:
    actor = studio.manager
    row = operations.ask_member(
        actor, review=studio.review, part=Part.REVIEWER, person=studio.writer, why="Independent"
    )
    operations.check_interests(actor, member=row, found=Conflict.NONE)
    return operations.let_in(
        actor, member=row, from_day=DAY - timedelta(days=5), to_day=until,
        appointed="The executive group, 1 March 2019", uncontracted="Paid by the day",
    )  # fmt: skip


def handed_in(studio: Studio) -> AgencyReport:
    """A report that an agency was asked for, its author briefed, and that is in."""
    house = studio.nest.house
    row = operations.ask_report(
        studio.manager, review=studio.review, agency=studio.agency, seat=house.health.seat,
        due=DAY + timedelta(days=20),
    )  # fmt: skip
    operations.brief(
        house.health.actor, report=row, author="Named nurse", independent="Another service",
        on=DAY,
    )  # fmt: skip
    return operations.hand_in(house.health.actor, report=row, file=report("What the trust did"))


def signed_report(studio: Studio) -> AgencyReport:
    house, row = studio.nest.house, handed_in(studio)
    operations.judge_report(studio.manager, report=row, adequate=True, words="It says why")
    newest = queries.newest(studio.manager, row.document)
    assert newest
    version = queries.version_of(studio.manager, newest)
    return operations.sign_report(house.health.actor, report=row, version=version)


def in_clearance(studio: Studio, footnote: str = "") -> Review:
    """Agreed, with a signed report, a finding, a draft, and seats named for every step."""
    actor, house = studio.manager, studio.nest.house
    agreed(studio)
    signed_report(studio)
    line = operations.add_line(actor, review=studio.review, question="Who knew of the move?")
    operations.point(actor, line=line, kind=Points.VOICE, place="The head teacher, 2 May")
    operations.conclude(actor, line=line, conclusion="The school did, and told nobody")
    operations.add_finding(
        actor, review=studio.review, title="Moves are told late", says="Nobody owns it", line=line
    )
    operations.put_draft(actor, review=studio.review, file=report(footnote=footnote))
    for step, named in places(studio).items():
        operations.name_seats(actor, review=studio.row(), step=step, seats=named)
    operations.send_to_clearance(actor, review=studio.row())
    operations.plan_publication(actor, review=studio.row(), on=DAY)
    operations.ask_partnership(
        actor, review=studio.row(), partnership=house.there, seat=studio.theirs.seat
    )
    return studio.row()


def places(studio: Studio) -> dict[Step, list[Seat]]:
    house = studio.nest.house
    return {
        Step.ACCURACY: [house.health.seat],
        Step.LEGAL: [house.co_ordinator.seat],
        Step.FAMILY: [house.chair.seat],
        Step.PARTNERS: [house.council.seat, house.health.seat, studio.theirs.seat],
    }


def hand_of(studio: Studio, seat: Seat) -> Actor:
    house = studio.nest.house
    sitters = [house.health, house.co_ordinator, house.chair, house.council, house.member,
               house.manager, studio.theirs]  # fmt: skip
    return next(each.actor for each in sitters if each.seat.pk == seat.pk)


def sign(studio: Studio, row: Clearing) -> Clearing:
    words = "Offered by the social worker; they thanked us" if row.step == Step.FAMILY else ""
    return operations.clear(
        hand_of(studio, row.seat), clearing=row, words=words,
        text=queries.text_of(studio.manager, studio.row()),
    )  # fmt: skip


def agrees(studio: Studio, who: Sitter, row: Agreement) -> Agreement:
    text = queries.text_of(studio.manager, studio.row())
    return operations.answer_partnership(who.actor, agreement=row, agree=True, text=text)


def everybody_signs(studio: Studio) -> None:
    """Every step signed in order."""
    for row in Clearing.objects.filter(review=studio.review).select_related("seat").order_by("pk"):
        sign(studio, row)


def copies_go_out(studio: Studio) -> None:
    for to in Copy:
        operations.send_copy(studio.manager, review=studio.row(), to=to, on=DAY, how="Secure mail")


def cleared(studio: Studio) -> Review:
    """Every step signed in order, copies sent, both checks in and clear."""
    everybody_signs(studio)
    copies_go_out(studio)
    checkers = [studio.nest.house.member, studio.nest.house.co_ordinator]
    rows = operations.ask_check(
        studio.manager, review=studio.row(), seats=[each.seat for each in checkers]
    )
    for who, row in zip(checkers, rows, strict=True):
        operations.give_check(who.actor, check=row, answers=all_no())
    return studio.row()


def all_no(**more: str) -> dict[str, str]:
    return {each.key: "no" for each in DISCLOSURE} | more


def partnership(studio: Studio) -> Record:
    return studio.nest.house.here


LATE = "The coroner asked for it at once"
"""Why a report is published although its advance copies went out on the same day."""

__all__ = ["DAY", "NAME"]
