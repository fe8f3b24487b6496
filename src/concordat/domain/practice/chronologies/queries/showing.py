"""The merged chronology as somebody reads it: by label or by name, filtered, and as a file.

By label is how everybody reads it; names are for who is named on the key of every child. The
program replaces what the keys hold, so that a reader by label never sees a name that a key knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from concordat.craft import files, leaks, long_tables
from concordat.craft.leaks import Kind, Leak
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.queries import Known
from concordat.domain.practice.children.rules import What
from concordat.domain.practice.chronologies.models import Chronology, Contribution, Version
from concordat.domain.practice.chronologies.queries.access import place_in
from concordat.domain.practice.chronologies.queries.files import written
from concordat.domain.practice.chronologies.queries.merged import Said, View
from concordat.domain.practice.chronologies.queries.versions import subjects, versions
from concordat.domain.practice.chronologies.rules import (
    VALUED,
    MarkKind,
    Merged,
    Row,
    age_at,
    bare_place,
)
from concordat.kernel.actor import Actor, process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words, join_words
from concordat.kernel.verdict import Verdict, no, yes

Words = Callable[[str], str]
MOST_OFFERED = 200
_KINDS = {
    What.NAME: Kind.NAME,
    What.OTHER_NAME: Kind.NAME,
    What.NICKNAME: Kind.NICKNAME,
    What.BIRTH: Kind.BIRTH,
    What.NHS: Kind.NHS,
    What.POSTCODE: Kind.POSTCODE,
}


_WORDED = ("person", "event", "present", "action", "comment", "significance", "source", "reference",
           "sequence", "place", "time", "end_time")  # fmt: skip


_OF_SEVERAL = re.compile(r"\[.+ or .+\]")


@dataclass(frozen=True, slots=True)
class Wording:
    """How texts are worded for a reader: `put` words one, `born` is by label, `names` says
    whether names stand in it, `only` is the label of the child where there is one."""

    put: Words
    born: Mapping[str, UncertainDate]
    sought: Sequence[leaks.Sought]
    names: bool = False
    only: str = ""

    @property
    def told(self) -> str:
        return "with names" if self.names else "anonymised: labels in the place of names"

    def row(self, row: Row) -> Row:
        """A row in the reader's words; one that names nobody is about the child where there is
        one."""
        put = self.put
        texts: dict[str, Any] = {
            name: put(text) for name in _WORDED if (text := getattr(row, name))
        }
        if not self.names:
            texts["place"] = bare_place(row.place)
            texts["person"] = self._closer(texts.get("person", ""), row)
        label = texts.get("person", "") or self.only
        return row._replace(
            **texts,
            date=_date(row.date, put),
            born=row.born or (self.born.get(self.label(label)) if label else None),
            more=tuple((put(title), put(text)) for title, text in row.more),
            notes=tuple(put(note) for note in row.notes),
        )

    def label_of(self, row: Row) -> str:
        """Whom a row is about, by label whatever the words of the reader."""
        return self._closer(self.label(row.person), row) if row.person else self.only

    def _closer(self, label: str, row: Row) -> str:
        """Of several people of one name the one whose date of birth the row gives."""
        if row.born is None or not _OF_SEVERAL.fullmatch(label):
            return label
        same = [each for each in label[1:-1].split(" or ") if self.born.get(each) == row.born]
        return same[0] if len(same) == 1 else label

    def label(self, person: str) -> str:
        """Somebody by label, who may be told by name."""
        return person if person in self.born else leaks.Replacing(self.sought)(person)

    def age(self, row: Row) -> str:
        """The age at a row. By label it is told in months, since days would tell a birth."""
        told = age_at(row.born, row.date)
        if self.names or not re.search(r"\b(day|week)s?\b", told):
            return told
        return "under 2 months"


def _date(stated: UncertainDate, put: Words) -> UncertainDate:
    said = put(stated.text)
    return stated if said == stated.text else replace(stated, text=said)


def may_name(actor: Actor, row: Chronology) -> bool:
    """Whether the actor is named on the key of every child of the chronology."""
    found = subjects(actor, row)
    return bool(found) and all(children.opens_key(actor, each) for each in found)


def may_have_file(actor: Actor, row: Contribution) -> Verdict:
    """Whether the actor may have what an agency sent as it was sent, names and all."""
    if place_in(actor, row.chronology).writes(row.pk) or may_name(actor, row.chronology):
        return yes()
    return no("The file holds names. It is for its agency, the manager and who is on the key.")


def sent_file(actor: Actor, row: Contribution, number: int) -> tuple[Version, bytes]:
    """The file of a version, exactly as it was sent. Raises DoesNotExist where none is kept."""
    may_have_file(actor, row).require()
    found = versions(actor, row).exclude(size=0).get(number=number)
    return found, files.read(Path(settings.MEDIA_ROOT), found.file)


def wording(actor: Actor, row: Chronology, *, names: bool = False) -> Wording:
    """The words for this reader. Raises DoesNotExist for names where a key does not open."""
    found = subjects(actor, row)
    only = found[0].label if len(found) == 1 else ""
    if names:
        known = _parted(found, [e for child in found for e in children.names(actor, child)])
        return Wording(_by_name(known), _born(known), _sought(known), names=True, only=only)
    known = _known(found)
    return Wording(leaks.Replacing(_sought(known)), _born(known), _sought(known), only=only)


def _known(found: Sequence[Child]) -> list[Known]:
    """For everybody of the team, whether or not they may open the child: it is never shown."""
    return _parted(found, children.known_of(process("labels", date.min), found))


def _parted(found: Sequence[Child], known: Iterable[Known]) -> list[Known]:
    """Relatives of two families who have one label, each by the label of their child besides."""
    relatives = children.relatives_of(process("labels", date.min), found)
    times = Counter([*(each.label for each in found), *(each.label for each in relatives)])
    of = {each.pk: each.label for each in found}
    return [
        replace(each, label=f"{each.label} of {of[each.row.child_id]}")
        if each.row.relative_id and times[each.label] > 1
        else each
        for each in known
    ]


def _sought(known: Iterable[Known]) -> list[leaks.Sought]:
    return [leaks.Sought(_KINDS[each.what], each.text, each.label) for each in known]


def _born(known: Iterable[Known]) -> dict[str, UncertainDate]:
    found = {}
    for each in known:
        if each.what is What.BIRTH and each.row.ended_on is None:
            try:
                found[each.label] = UncertainDate.parse(each.text)
            except Invalid:
                continue
    return found


def _by_name(known: Iterable[Known]) -> Words:
    """Labels replaced by names, where they stand as the label is written."""
    names = {each.label: each.text for each in known if each.what is What.NAME}
    if not names:
        return str
    every = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    form = re.compile(rf"(?<!\w)({every})(?!\w)")
    return lambda text: form.sub(lambda found: names[found[0]], text)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is looked for in a view. Empty texts look for nothing."""

    agency: str = ""
    person: str = ""
    mark: str = ""
    theme: str = ""
    enquiry: str = ""
    adult: str = ""
    words: str = ""

    @property
    def any(self) -> bool:
        return self != Sifted()


@dataclass(frozen=True, slots=True)
class Offered:
    """What rows can be looked for by, since a row or a mark has it. People are by label."""

    children: tuple[str, ...]
    adults: tuple[str, ...]
    themes: tuple[str, ...]
    enquiries: tuple[str, ...]


def offered(actor: Actor, row: Chronology, view: View, told: Said, words: Wording) -> Offered:
    """What a view is filtered by: the children whom it is about, whoever else its rows and marks
    are about, and the themes and lines of enquiry that are set or marked."""
    named = [each.label for each in subjects(actor, row)]
    marks = [m for many in told.marks.values() for m in many]
    marked = {kind: [m.value for m in marks if m.kind == kind] for kind in VALUED}
    label = leaks.Replacing(words.sought)
    children_ = _once([*named, *map(label, marked[MarkKind.CHILD])])
    persons = sorted({each.person for each in view.merged.rows if each.person})
    others = [
        each for each in map(label, persons) if each.casefold() not in map(str.casefold, children_)
    ]
    return Offered(
        children_,
        _once([*sorted(map(label, marked[MarkKind.ADULT])), *sorted(others)])[:MOST_OFFERED],
        _once([*row.themes, *marked[MarkKind.THEME]]),
        _once([*row.enquiries, *marked[MarkKind.LINE]]),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, whatever its capitals, as it stands first."""
    found: dict[str, str] = {}
    for each in texts:
        found.setdefault(each.casefold(), each)
    return tuple(found.values())


def sifted(
    actor: Actor, view: View, told: Said, words: Wording, asked: Sifted
) -> list[tuple[int, Row]]:
    """The rows that are asked for, as their agencies tell them, each with its number in the whole.

    What is asked is held against the reader's words: nobody finds by a name what they may read by
    label alone. Only what is asked is worded here, since a page shows few of many rows.
    """
    found = []
    for number, row in enumerate(view.merged.rows, 1):
        heard = view.heard[row.arrival]
        if asked.agency and row.agency != asked.agency:
            continue
        marks = {(mark.kind, mark.value) for mark in told.marks.get(heard.stem, ())}
        if not _marked(marks, asked):
            continue
        if not (asked.person or asked.adult or asked.words) or _told(row, marks, asked, words):
            found.append((number, row))
    return found


def _told(row: Row, marks: set[tuple[str, str]], asked: Sifted, words: Wording) -> bool:
    shown = words.row(row)
    persons = [words.label_of(row), shown.person]
    return _says(shown, {(kind, words.label(value)) for kind, value in marks}, asked, persons)


def _marked(marks: set[tuple[str, str]], asked: Sifted) -> bool:
    if asked.mark and not any(kind == asked.mark for kind, _ in marks):
        return False
    wanted = {MarkKind.THEME: asked.theme, MarkKind.LINE: asked.enquiry}
    return all((kind.value, value) in marks for kind, value in wanted.items() if value)


def _says(row: Row, marks: set[tuple[str, str]], asked: Sifted, persons: Sequence[str]) -> bool:
    for kind, name in ((MarkKind.CHILD, asked.person), (MarkKind.ADULT, asked.adult)):
        if name and (kind.value, name) not in marks and not _named(name, persons):
            return False
    if not asked.words:
        return True
    whole = f"{row.event} {row.action} {row.comment} {row.source} {row.person}".casefold()
    return all(word in whole for word in asked.words.casefold().split())


def _named(name: str, persons: Sequence[str]) -> bool:
    """Whether one of the texts names somebody, as a whole and not as a part of another's label."""
    form = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
    return any(form.search(each) for each in persons)


def noted(row: Row, view: View, told: Said, words: Wording) -> Row:
    """A row of an export with what was said of it: marks, what it is joined with, disputes."""
    heard = view.heard[row.arrival]
    more = list(row.more)
    for title, text in _beside(heard.stem, view, told, words):
        more.append((title, text))
    if heard.late:
        more.append(("Late", "Told after the day on which it was due, or after sign-off"))
    if heard.outside:
        more.append(("Period", words.put(heard.outside)))
    return row._replace(more=tuple(more))


def _beside(stem: int, view: View, told: Said, words: Wording) -> Iterator[tuple[str, str]]:
    put, places = words.put, view.by_stem
    marks = [_mark_in_words(m.kind, m.value, m.words, m.by) for m in told.marks.get(stem, ())]
    if marks:
        yield "Marks", put("; ".join(marks))
    others = [each for each in told.groups.get(stem, ()) if each != stem and each in places]
    if others:
        yield "Joined with row", join_words(str(places[each]) for each in others)
    disputed = [
        f"{d.contribution.name}: {d.words} ({d.source})" for d in told.disputes.get(stem, ())
    ]
    if disputed:
        yield "Disputed", put("; ".join(disputed))


def _mark_in_words(kind: str, value: str, words: str, by: str) -> str:
    of = f"{kind}: {value}" if value else kind
    return f"{of} ({by})" + (f": {words}" if words else "")


@dataclass(frozen=True, slots=True)
class Export:
    """A file, and where it gives somebody away. What is not clean is not handed out."""

    parts: Sequence[bytes]
    leaks: Sequence[Leak]
    name: str

    @property
    def data(self) -> bytes:
        """The file; the parts of a long Word document in one archive."""
        return self.parts[0] if len(self.parts) == 1 else long_tables.packed(self.parts, self.name)

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2] if len(self.parts) == 1 else "zip"

    @property
    def whole(self) -> list[Leak]:
        return [each for each in self.leaks if each.whole]


def export(
    actor: Actor, row: Chronology, view: View, told: Said, words: Wording, ending: str, *,
    made: datetime,
) -> Export:  # fmt: skip
    """The chronology as .docx or .xlsx in the reader's words, looked through before it leaves.

    With names nothing is looked for: it is for who is named on the key.
    """
    by_place = {r.arrival: noted(words.row(r), view, told, words)
                for r in view.merged.rows}  # fmt: skip
    merged = Merged(
        tuple(by_place[r.arrival]._replace(born=_coarse(by_place[r.arrival], words))
              for r in view.merged.rows),
        tuple(replace(d, first=by_place[d.first.arrival], second=by_place[d.second.arrival],
                      reason=words.put(d.reason)) for d in view.merged.duplicates),
        tuple(replace(g, before=by_place[g.before.arrival], after=by_place[g.after.arrival],
                      worded=words.put(g.reason))
              for g in view.merged.gaps),
        tuple(replace(s, reason=words.put(s.reason)) for s in view.merged.silences),
    )  # fmt: skip
    parts = written(actor, merged, ending, made=made, about=_about(row, view, words, made))
    name = f"{row.record.reference}-{'names' if words.names else 'labels'}.{ending}"
    found = [] if words.names else _found(name, parts, words.sought)
    return Export(parts, found, name)


def _found(name: str, parts: Sequence[bytes], sought: Sequence[leaks.Sought]) -> list[Leak]:
    """Where the file gives somebody away; a place in one of several parts names the part."""
    found = []
    for number, part in enumerate(parts, 1):
        for each in leaks.scan(name, part, sought):
            place = f"Part {number}, {each.place}" if parts[1:] else each.place
            found.append(replace(each, place=place))
    return found


def _coarse(row: Row, words: Wording) -> UncertainDate | None:
    """By label no age is told from which a day of birth could be worked out."""
    return None if words.age(row) == "under 2 months" else row.born


def _about(row: Chronology, view: View, words: Wording, made: datetime) -> list[str]:
    """What the reader of a file must know of it: which view, of what, made when."""
    of = [
        f"{o.contribution.name}, version {o.version.number}, {o.version.rows} rows"
        for o in view.of
        if o.version
    ]
    without = [o.contribution.name for o in view.of if o.version is None]
    told = [
        f"{words.put(row.record.title)} ({row.record.reference}), {words.told}.",
        f"Made on {day_in_words(made.date())} of: {'; '.join(of) or 'nothing yet'}.",
        f"Digest of what it is made of: {view.digest}.",
        f"Period: {day_in_words(row.first)} to {day_in_words(row.last)}.",
    ]
    if without:
        told.append(f"Without: {join_words(without)}.")
    return [words.put(each) for each in told]
