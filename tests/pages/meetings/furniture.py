"""A meeting with something on each of its pages, and what stands in the addresses of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from concordat.craft import pdf
from concordat.craft.document import Document as Page
from concordat.craft.document import Paragraph
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.models import (
    Assent,
    Clearance,
    Dispute,
    Letter,
    Line,
    Meeting,
    Pack,
    Paper,
    Presentation,
    Resolution,
    Suggestion,
    Voice,
)
from concordat.domain.governance.meetings.operations.binding import bound
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.deciding import Outcome
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import Check, Status
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, House


@dataclass(frozen=True)
class Convened:
    """One of each thing that belongs to meetings. `closely` is an item of the executive alone."""

    house: House
    agency: Agency
    meeting: Meeting
    line: Line
    closely: Line
    carried: Line
    paper: Paper
    clearance: Clearance
    presentation: Presentation
    pack: Pack
    decision: Resolution
    voice: Voice
    dispute: Dispute
    letter: Letter
    off: Meeting
    assent: Assent
    planned: Suggestion

    def cases(self, name: str) -> dict[str, dict[str, Any]]:
        """Values for the places of a route within meetings."""
        here = {"reference": self.meeting.record.reference}
        if name in _OF_ITEMS:
            more = _OF_ITEMS[name] | self._of_paper(name)
            opened, closed = (each.item.record.reference for each in (self.line, self.closely))
            return {
                "partnership": here | {"item": opened, **more},
                "restricted": here | {"item": closed, **more},
            }
        if name in _OF_WHOLE_PAPERS:
            return {"partnership": {"paper": self.paper.pk} | self._of_presentation(name)}
        if name == "bring":
            return {"partnership": here | {"item": self.carried.item.record.reference}}
        if name in _OF_BODIES:
            more = {"year": 2019, "way": "csv"} if name == "attendance_file" else {}
            return {"partnership": {"reference": self.house.board.record.reference, **more}}
        return {"partnership": self._of_others(name, here)}

    def _of_paper(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if name in _OF_PAPERS:
            told["paper"] = self.paper.pk
        if name == "give":
            told["clearance"] = self.clearance.pk
        if name == "brief":
            told["seat"] = self.house.member.seat.record.reference
        return told

    def _of_presentation(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if name not in ("paper_whole", "put_before"):
            told["presentation"] = self.presentation.pk
        return told | ({"number": 1} if name == "answer_feedback" else {})

    def _of_others(self, name: str, here: dict[str, str]) -> dict[str, Any]:
        place = self.meeting.places.get(seat=self.house.health.seat).pk
        if name == "drop":
            return {"reference": self.house.board.record.reference, "number": self.planned.pk}
        if name == "again":
            return {"reference": self.off.record.reference}
        if name in ("answer_letter", "no_answer", "draft_answer"):
            return {"letter": self.letter.pk}
        if name in ("letter", "change_letter", "send_letter", "agree_letter"):
            more_told = {"assent": self.assent.pk} if name == "agree_letter" else {}
            return {"letter": self.assent.letter_id, **more_told}
        if name in ("say", "confirm"):
            return {"reference": self.decision.record.reference, "voice": self.voice.pk}
        if name in ("decision", "amend", "seal", "ratify", "correct", "told"):
            return {"reference": self.decision.record.reference}
        if name in ("dispute", "tell", "climb", "settle_dispute", "withdraw_dispute"):
            return {"reference": self.dispute.record.reference}
        if name == "agree":
            position = self.dispute.positions.get(seat=self.house.health.seat)
            return {"reference": self.dispute.record.reference, "position": position.pk}
        if name == "account":
            return {"reference": self.agency.record.reference}
        more: dict[str, dict[str, Any]] = {
            "move": {"verb": "hold"},
            "chase": {"paper": self.paper.pk},
            "not_now": {"key": f"planned:{self.planned.pk}"},
            "answer": {"place": place},
            "mark": {"place": place},
            "pack_file": {"pack": self.pack.pk},
            "pack_page": {"pack": self.pack.pk},
            "bind_again": {"pack": self.pack.pk},
            "minutes_file": {"way": "word"},
        }
        return here | more.get(name, {})


_OF_PAPERS = frozenset(("paper", "write", "text", "ask_clearance", "give", "move_paper"))
_OF_WHOLE_PAPERS = frozenset(
    ("paper_whole", "put_before", "presentation", "tell_body", "ask_feedback", "give_feedback",
     "answer_feedback")
)  # fmt: skip
_OF_ITEMS: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("item", "settle", "minute", "note", "want", "decide", "brief", "act")},
    **{name: {} for name in _OF_PAPERS},
    "put": {"verb": "withdraw"},
    "move_paper": {"verb": "withdraw"},
}
_OF_BODIES = frozenset(
    (
        *("call", "call_many", "plan", "series", "ways", "urgent", "new_dispute"),
        *("attendance_year", "attendance_file", "forward", "plan_item"),
    )
)


def called(house: House, day: date) -> Meeting:
    starts, ends = (moments.moment(day, time(hour)) for hour in (10, 12))
    row = operations.call(LOADER, body=house.board, starts_at=starts, ends_at=ends, place="Hall")
    return Meeting.objects.select_related("record__partnership", "body__record").get(pk=row.pk)


def item(meeting: Meeting, title: str, **more: Any) -> Line:
    line = operations.propose(LOADER, meeting=meeting, title=title, purpose=Purpose.NOTE, **more)
    operations.take_on(LOADER, line=line)
    return Line.objects.select_related("item__record", "meeting__record", "meeting__body").get(
        pk=line.pk
    )


def paper(line: Line, title: str) -> Paper:
    return operations.want(LOADER, line=line, title=title)


def supplement(meeting: Meeting, line: Line, title: str) -> Pack:
    """One more paper on an item, sent after the pack."""
    row = paper(line, title)
    told = Cover(title, purposes=[Status.INFORMATION], parts={"summary": "Invented."})
    operations.write(LOADER, paper=row, cover=told)
    operations.clear(LOADER, paper=Paper.objects.get(pk=row.pk))
    operations.send_supplement(LOADER, meeting=meeting)
    return _bound(meeting)


def _bound(meeting: Meeting) -> Pack:
    """The last cut that was sent, as a page of its own."""
    row = meeting.packs.order_by("supplement", "cut").last()
    data = pdf.write(Page(title=f"Pack {row.supplement}", blocks=(Paragraph("Invented."),)))
    return bound(LOADER, pack=row, data=data, pieces=[], page=b"<h2>1. The budget</h2>")


def decided(house: House, meeting: Meeting | None, line: Line | None, text: str) -> Resolution:
    return operations.draft(
        LOADER,
        body=house.board,
        on=DAY,
        meeting=meeting,
        line=line,
        text=text,
        outcome=Outcome.AGREED,
        reasons="It works.",
        why_urgent="" if meeting else "A child could not wait.",
    )


def lettered(about: Record, who: str) -> Letter:
    return operations.register_letter(
        LOADER,
        about=about,
        incoming=True,
        party="department",
        who=who,
        subject="Your report",
        dated=DAY,
        reply_due=DAY + timedelta(days=14),
    )


def drafted(house: House) -> Assent:
    """A letter that is to go once health has agreed."""
    letter = operations.draft_letter(
        LOADER,
        about=house.board.record,
        party="department",
        who="A. Minister",
        subject="Our plans",
        agreeing=[Seat.objects.select_related("record").get(pk=house.health.seat.pk)],
    )
    return Assent.objects.select_related("letter").get(letter=letter)


def disputed(house: House, title: str) -> Dispute:
    rows = Seat.objects.select_related("record").order_by("key")
    seats = rows.filter(pk__in=[house.council.seat.pk, house.health.seat.pk])
    told = list(zip(seats, ("Thirds", "A flat sum"), strict=True))
    return operations.open_dispute(
        LOADER, body=house.board, title=title, issue="Who pays what", positions=told
    )


def planned(house: House, title: str) -> Suggestion:
    """Something on the forward plan of the executive."""
    board = Body.objects.select_related("record").get(pk=house.board.pk)
    return operations.suggest(
        LOADER, body=board, key=f"plan:{title}", label="forward plan", title=title
    )


def convened(house: House, agency: Agency) -> Convened:
    earlier, meeting = called(house, DAY - timedelta(days=14)), called(house, DAY)
    carried = operations.carry_over(
        LOADER, line=item(earlier, "Left over"), reason="There was no time."
    )
    line = item(meeting, "The budget")
    closely = item(meeting, "A child", sensitivity=Sensitivity.RESTRICTED)
    operations.settle(LOADER, line=closely, purpose=Purpose.NOTE, minutes=5, lead=None,
                      withheld_reason="It is about a child.")  # fmt: skip
    operations.move_on(LOADER, meeting=meeting, verb="open the agenda")
    operations.send_pack(LOADER, meeting=meeting)
    pack, row = _bound(meeting), paper(line, "Budget report")
    clearance = operations.ask_clearance(
        LOADER, paper=row, seat=house.health.seat, sort=Check.ADVICE
    )
    presentation = Presentation.objects.select_related("paper").get(paper=row)
    operations.give_feedback(LOADER, presentation=presentation, points=["Who pays?"])
    called(house, DAY + timedelta(days=21))
    decision = decided(house, meeting, line, "Use one method")
    voice = decision.voices.select_related("seat").get(seat=house.health.seat)
    return Convened(
        house, agency, meeting, line, closely, carried, row, clearance, presentation, pack,
        decision,
        voice, disputed(house, "Equal thirds"), lettered(house.board.record, "A. Inspector"),
        operations.cancel(LOADER, meeting=called(house, DAY + timedelta(days=70)), reason="Snow"),
        drafted(house),
        planned(house, "Yearly report"),
    )  # fmt: skip
