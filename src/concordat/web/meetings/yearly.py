"""A body over a year: who came, by agency, with a picture and as a file to work with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from concordat.craft.bars import Bar, bars
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Holder
from concordat.domain.governance.meetings.queries import yearly as asked
from concordat.domain.governance.meetings.rules import attendance as rules
from concordat.domain.governance.meetings.rules.attendance import Row
from concordat.kernel.labels import count, day_in_words
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import YearFilter

TITLES = ("Agency", "Meetings", "In person", "By deputy", "Apologies", "No word")
PARTS = (("In person", "done"), ("By deputy", "soon"), ("Apologies", "plain"), ("No word", "late"))
WAYS = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    title: str
    sentence: str


def _span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


@require_safe
def attendance(request: Request, reference: str) -> HttpResponse:
    """Who came to a body over a year, interests declared there, and where else members sit."""
    body = seats.body(request.actor, reference)
    form = YearFilter(request.GET)
    year = int(form.chosen.get("year", request.actor.on.year))
    since, until = _span(year)
    rows = asked.by_agency(request.actor, body, since, until)
    members = asked.boards_of(request.actor, body, min(until, request.actor.on))
    meetings = asked.held(request.actor, body, since, until).count()
    told = {
        "body": body,
        "form": form,
        "year": year,
        "until": day_in_words(min(until, request.actor.on)),
        "rows": rows,
        "sentence": rules.in_words(rows, meetings),
        "picture": _drawn(rows, meetings),
        "stated": list(asked.stated(request.actor, body)),
        "interests": list(asked.declared(request.actor, body, since, until)),
        "members": [_member(each) for each in members],
    }
    return render(request, "meetings/attendance_year.html", told)


def _member(each: asked.Member) -> dict[str, Any]:
    return {
        "seat": each.seat,
        "holders": [_named(row) for row in each.holders],
        "boards": each.boards,
    }


def _named(row: Holder) -> str:
    who = row.post.title if row.post else row.named.name if row.named else "Named elsewhere"
    return f"{who} ({row.holding})" if row.holding == "deputy" else who


def _drawn(rows: Sequence[Row], meetings: int) -> Picture | None:
    if not rows:
        return None
    drawn = [Bar(r.agency, (r.in_person, r.by_deputy, r.apologies, r.silent)) for r in rows]
    title, sentence = f"Attendance at {count(meetings, 'meeting')}", rules.by_deputies(rows)
    svg = bars(drawn, PARTS, title=title, desc=sentence)  # type: ignore[arg-type]
    # Drawn here, its texts escaped one by one.
    return Picture(SafeString(svg), title, sentence)


@require_safe
def file(request: Request, reference: str, year: int, way: str) -> HttpResponse:
    """The same numbers as CSV or Excel, with every seat at every meeting on a second sheet."""
    if way not in WAYS or not 2000 <= year <= 2100:
        raise Http404
    body = seats.body(request.actor, reference)
    rows = asked.by_agency(request.actor, body, *_span(year))
    ending, media_type = WAYS[way]
    numbers = [
        (r.agency, r.meetings, r.in_person, r.by_deputy, r.apologies, r.silent) for r in rows
    ]
    if way == "csv":
        from concordat.craft.tables import write_csv

        data = write_csv([TITLES, *numbers])
    else:
        data = _workbook(body.name, year, numbers, asked.came(request.actor, body, *_span(year)))
    answer = HttpResponse(data, content_type=media_type)
    name = f"attendance-{reference}-{year}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _workbook(
    name: str, year: int, numbers: Sequence[tuple[str | int, ...]], came: Sequence[rules.Came]
) -> bytes:
    from concordat.craft import excel

    seats_told = [(row.meeting, row.agency, row.seat, row.presence.value) for row in came]
    sheets = [
        excel.Grid("By agency", TITLES, numbers),
        excel.Grid("Each seat", ("Meeting", "Agency", "Seat", "There"), seats_told),
    ]
    return excel.write(sheets, title=f"Attendance at the {name}, {year}", made=timezone.now())
