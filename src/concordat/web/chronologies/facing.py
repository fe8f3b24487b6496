"""Chronologies in the words, tones and pictures of a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from concordat.craft import svg
from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.mail.rules import TOKEN, LinkState
from concordat.domain.practice.chronologies import queries, rules
from concordat.domain.practice.chronologies.queries import (
    Chronology,
    Contribution,
    Entry,
    Guest,
    Said,
    Stand,
    Version,
    View,
    Wording,
)
from concordat.domain.practice.chronologies.rules import MarkKind, Place, Row, Stage
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.labels import count
from concordat.web.ui import words
from concordat.web.ui.paging import Page
from concordat.web.ui.parts import Link

PER_PAGE, MOST_TOLD = 50, 200
_NEAR = {Nearness.OVERDUE: "Overdue", Nearness.DUE_SOON: "Due soon"}


def links(row: Chronology, current: str, place: Place, *, guest: bool = False) -> list[Link]:
    pages = {"chronology": "Chronology"}
    if place.reads_all:
        pages |= {"merged": "Merged", "found": "What stands out", "export": "Export"}
    at = [row.record.reference]
    return [
        *(
            Link(text, reverse(f"chronologies:{route}", args=at), current=route == current)
            for route, text in pages.items()
        ),
        *(
            ()
            if guest
            else (
                Link("History", reverse("records:history", args=at)),
                Link("About", reverse("records:record", args=at)),
            )
        ),
    ]


def door(request: HttpRequest) -> str:
    """The whole address of the guests' page, with the place of the token."""
    return request.build_absolute_uri(reverse("mail:door", args=[TOKEN]))


def frame(actor: Actor, row: Chronology, current: str) -> dict[str, Any]:
    """What each page of one chronology shows about it."""
    place = queries.place_in(actor, row)
    return {
        "chronology": row,
        "record": row.record,
        "place": place,
        "locked": row.stage_is is Stage.LOCKED,
        "locking": queries.locking(actor, row),
        "links": links(row, current, place, guest=actor.kind is Kind.GUEST),
    }


def period(actor: Actor, row: Chronology) -> str:
    """The period that is asked for. It often begins on a birth, so that who reads by label alone
    has it in those words; whoever sets it or tells rows needs its days."""
    told, place = f"{words.day(row.first)} to {words.day(row.last)}", queries.place_in(actor, row)
    if place.manages or place.agencies:
        return told
    return queries.wording(actor, row).put(told)


def agency_line(each: Stand, today: date, unheard: Collection[int] = ()) -> dict[str, Any]:
    """Where an agency stands; `unheard` are those for which nobody writes."""
    row = each.contribution
    return {
        "contribution": row,
        "href": reverse("chronologies:agency", args=[row.chronology.record.reference, row.pk]),
        "last": each.newest,
        "tag": state_of(row, each.newest, each.accepted, today),
        "owed": row.chase_on is not None,
        "unheard": row.chase_on is not None and row.pk in unheard,
    }


def state_of(
    each: Contribution, last: Version | None, signed: Version | None, today: date
) -> tuple[str, str]:
    """A registered word for the tone, and the words shown."""
    if last is not None and last == signed:
        return "Accepted", f"Signed off, version {last.number}"
    if signed is not None:
        return "Waiting", "Changed since it was signed off"
    near = _NEAR.get(nearness(each.due, today))
    told = "Not signed off yet" if last else "Nothing given yet"
    return (near, f"{near}: {told.lower()}") if near else ("Open", told)


def entry_line(row: Chronology, entry: Entry, put: Words) -> dict[str, Any]:
    told = {title: put(text) for title, text in entry.told.items() if isinstance(text, str)}
    read = entry.row("", 0)
    outside = row.scope.note(read.date)
    return {
        "entry": entry,
        "href": reverse("chronologies:row", args=[row.record.reference, entry.stem]),
        "date": told.get("Date") or "Undated",
        "read_as": read_as(read, told.get("Date", "")),
        "time": told.get("Time", ""),
        "event": told.get("Event", ""),
        "action": told.get("Action", ""),
        "source": told.get("Source of information", ""),
        "notes": [*map(put, entry.notes), *([put(outside)] if outside else [])],
    }


_LETTER, _YEAR = re.compile(r"[^\W\d_]"), re.compile(r"\D*\d{4}\D*")


def read_as(row: Row, shown: str) -> str:
    """What a date of figures alone was read as, so that whoever checks a row sees which is the day
    and which the month; nothing where the text itself says so, or is not shown as it is."""
    when = row.date
    if not (when.earliest and when.latest) or _LETTER.search(shown) or _YEAR.fullmatch(shown):
        return ""
    first, last = words.day(when.earliest), words.day(when.latest)
    told = first if first == last else f"{first} to {last}"
    return f"About {told}" if when.doubtful else told


def page_of(rows: Sequence[Any], asked: str | None) -> Page:
    """The page of a view that is worked out already: none of its rows is left out."""
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(int(asked), 1), pages) if asked and asked.isdecimal() else 1
    start = (number - 1) * PER_PAGE
    shown = rows[start : start + PER_PAGE]
    return Page(shown, number, pages, len(rows), start + 1 if shown else 0)


def merged_line(
    chronology: Chronology, number: int, row: Row, view: View, told: Said, words: Wording
) -> dict[str, Any]:
    """One row in the reader's words."""
    heard, row = view.heard[row.arrival], words.row(row)
    others = [view.by_stem.get(each, 0) for each in told.groups.get(heard.stem, ())]
    return {
        "number": number,
        "row": row,
        "href": reverse("chronologies:row", args=[chronology.record.reference, heard.stem]),
        "date": row.date.text or "Undated",
        "read_as": read_as(row, row.date.text),
        "age": words.age(row),
        "marks": [
            (mark.kind, words.put(mark.value), mark.by) for mark in told.marks.get(heard.stem, ())
        ],
        "joined": [each for each in others if each and each != number],
        "disputes": [
            (each.contribution.name, words.put(each.words), words.put(each.source), each.settled_on)
            for each in told.disputes.get(heard.stem, ())
        ],
        "late": heard.late,
        "outside": words.put(heard.outside),
    }


def since_before(rows: Iterable[tuple[int, Row]]) -> dict[int, str]:
    """By number of a row: how long after the row before it. Where either date spans a time or is
    doubtful, the least that it surely is."""
    found, before = {}, None
    for number, row in rows:
        if before and before.date.latest and row.date.earliest:
            days = (row.date.earliest - before.date.latest).days
            sure = row.day and before.day and not (row.date.doubtful or before.date.doubtful)
            if days > 0:
                least = "" if sure else "At least "
                found[number] = f"{least}{count(days, 'day')} after the row before"
        before = row if row.date.earliest else before
    return found


def lanes(rows: Sequence[tuple[int, Row]], told: Said, view: View) -> SafeString | None:
    """A lane for each agency: how many rows it tells in each month, quarter or year."""
    dated = [row for _, row in rows if row.date.earliest]
    if not dated:
        return None
    days = [row.date.earliest for row in dated if row.date.earliest]
    months = (max(days).year - min(days).year) * 12 + max(days).month - min(days).month + 1
    step = 1 if months <= 14 else 3 if months <= 42 else 12
    by_agency: dict[str, dict[date, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in dated:
        if row.date.earliest:
            by_agency[row.agency][_bucket(row.date.earliest, step)].append(row)
    drawn = [
        svg.Lane(agency, [_mark(day, found, told, view) for day, found in sorted(parts.items())])
        for agency, parts in sorted(by_agency.items())
    ]
    length = {1: "month", 3: "quarter", 12: "year"}[step]
    return mark_safe(  # noqa: S308 - drawn by our own craft, which escapes every text
        svg.timeline(
            drawn,
            title="What each agency tells, by lane",
            desc=f"How many rows each agency tells in each {length}. The table holds the same.",
        )
    )


def _bucket(day: date, step: int) -> date:
    return date(day.year, (day.month - 1) // step * step + 1, 1)


_MARKED = (MarkKind.SIGNIFICANT, MarkKind.MISSED)


def _mark(day: date, rows: Sequence[Row], told: Said, view: View) -> svg.Mark:
    stems = [view.heard[row.arrival].stem for row in rows]
    kinds = Counter(mark.kind for stem in stems for mark in told.marks.get(stem, ()))
    for kind, tone in ((MarkKind.MISSED, "late"), (MarkKind.SIGNIFICANT, "soon")):
        if kinds[kind]:
            word = f"{kinds[kind]} {kind.value}"
            return svg.Mark(day, f"{len(rows)}", tone=tone, word=word)  # type: ignore[arg-type]
    return svg.Mark(day, f"{len(rows)}")


def rejected_lines(
    rejected: Sequence[Any], put: Callable[[str], str] = str
) -> list[dict[str, Any]]:
    """Rows that were not taken, as they are kept or as they were just read."""
    found = [
        each
        if isinstance(each, dict)
        else {"line": each.row, "place": each.place, "reason": each.reason, "mend": each.mend}
        for each in rejected
    ]
    return [
        each | {"place": placed(each["place"], put), "reason": put(each["reason"])}
        for each in found
    ]


def placed(place: str, put: Callable[[str], str]) -> str:
    """Where something stands in a file; the names of files and sheets are for who may have it."""
    return place if put is str else rules.bare_place(place)


def not_taken(rejected: Sequence[Any], put: Callable[[str], str] = str) -> dict[str, Any]:
    """The first rows that were not taken, and how many more there are."""
    return {
        "rejected": rejected_lines(rejected[:MOST_TOLD], put),
        "more_rejected": max(0, len(rejected) - MOST_TOLD),
    }


def guest_lines(
    guests: Iterable[Guest], now: datetime
) -> list[tuple[Guest, tuple[str, str], bool]]:
    """Each guest, how their link stands, and whether another can be sent."""
    found = []
    for each in guests:
        state = each.link.state(now)
        tone = "Open" if state is LinkState.OPEN else "Closed"
        found.append((each, (tone, state.label), state is not LinkState.REVOKED))
    return found


def compared_lines(found: queries.Compared, put: Callable[[str], str]) -> dict[str, Any]:
    """What differs between two versions, each wording whole and marked late where it is."""
    return {
        "changed": [
            (_whole(before, put), _whole(after, put), after.late) for before, after in found.changed
        ],
        "added": [(_whole(each, put), each.late) for each in found.added],
        "withdrawn": [(_whole(each, put), put(each.why)) for each in found.withdrawn],
    }


def _whole(entry: Entry, put: Callable[[str], str]) -> list[tuple[str, str]]:
    return worded(entry.told, put)


def worded(told: rules.Told, put: Words) -> list[tuple[str, str]]:
    """A row in the reader's words: an agency's own columns may have names in their titles too."""
    return [(put(title), put(text)) for title, text in told_rows(told)]


def differences_of(preview: queries.Preview) -> list[tuple[str, int]]:
    found = preview.differences
    return [
        ("Rows in the file", preview.read.count),
        ("That can be taken", len(preview.read.rows)),
        ("That cannot be taken", len(preview.read.rejected)),
        ("New", len(found.added)),
        ("Worded anew", len(found.changed)),
        ("The same as before", len(found.same)),
        ("Withdrawn: there before, not in this file", len(found.withdrawn)),
    ]


def gone_lines(preview: queries.Preview) -> list[tuple[str, str]]:
    """The first rows that stand now and are not in a file: its author sees what it would take."""
    gone = [preview.before[pk] for pk in preview.differences.withdrawn[:MOST_TOLD]]
    return [(told.get("Date") or "Undated", told.get("Event", "")) for told in gone]


def told_rows(told: rules.Told) -> list[tuple[str, str]]:
    """A row by the title of each column, the agency's own columns last."""
    own = [(title, text) for title, text in told.get("more", ())]
    return [*((m.value, told[m]) for m in rules.Means if told.get(m)), *own]


def pair_lines(view: View, told: Said, words: Wording) -> list[dict[str, Any]]:
    """The pairs that may be one event, with what a person decided of them."""
    at = {each.arrival: number for number, each in enumerate(view.merged.rows, 1)}
    found = []
    for pair in view.merged.duplicates[:MOST_TOLD]:
        both = [(at[r.arrival], view.heard[r.arrival].stem, r) for r in (pair.first, pair.second)]
        low, high = sorted(stem for _, stem, _ in both)
        found.append(
            {
                "reason": words.put(pair.reason),
                "rows": [(number, stem, words.row(row)) for number, stem, row in both],
                "decided": told.decided.get((low, high)),
            }
        )
    return found


def silence_lines(view: View, words: Wording) -> list[dict[str, Any]]:
    at = {each.arrival: number for number, each in enumerate(view.merged.rows, 1)}
    return [
        {
            "silent": each.silent,
            "reason": words.put(each.reason),
            "number": at[each.known.arrival] if each.known else 0,
            "stem": view.heard[each.known.arrival].stem if each.known else 0,
        }
        for each in view.merged.silences[:MOST_TOLD]
    ]


def standing_out(view: View, told: Said, words: Wording) -> dict[str, Any]:
    """What stands out in a view, as the page shows it."""
    at = {each.arrival: number for number, each in enumerate(view.merged.rows, 1)}
    by_stem = view.by_stem
    return {
        "pairs": pair_lines(view, told, words),
        "silences": silence_lines(view, words),
        "gaps": [
            (
                replace(each, worded=words.put(each.reason)),
                at[each.before.arrival],
                at[each.after.arrival],
            )
            for each in view.merged.gaps[:MOST_TOLD]
        ],
        "decided": [
            (
                each,
                words.put(each.reason),
                by_stem.get(each.first_id, 0),
                by_stem.get(each.second_id, 0),
            )
            for each in told.pairings
        ],
        "most": MOST_TOLD,
    }


def merged_page(
    chronology: Chronology, rows: Sequence[tuple[int, Row]], asked: str | None, view: View,
    told: Said, words: Wording,
) -> dict[str, Any]:  # fmt: skip
    """One page of the merged rows, and the picture of all of them."""
    page, since = page_of(rows, asked), since_before(rows)
    return {
        "view": view,
        "page": page,
        "lines": [
            merged_line(chronology, number, each, view, told, words)
            | {"since": since.get(number, "")}
            for number, each in page.rows
        ],
        "picture": lanes(rows, told, view),
        "without": [o.contribution.name for o in view.of if o.version is None],
    }


def said_of(entry: Entry, told: Said, put: Words) -> dict[str, Any]:
    """What readers said of a row."""
    return {
        "marks": [
            (mark, put(mark.value), put(mark.words)) for mark in told.marks.get(entry.stem, ())
        ],
        "disputes": [
            (each, put(each.words), put(each.source), put(each.settled))
            for each in told.disputes.get(entry.stem, ())
        ],
    }


Words = Callable[[str], str]
