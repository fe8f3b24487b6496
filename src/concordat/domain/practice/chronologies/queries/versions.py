"""What each agency gave: its versions, the rows of each, and what one changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q, QuerySet

from concordat.craft import scan
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Entry,
    Subject,
    Version,
)
from concordat.domain.practice.chronologies.queries.access import contributions, place_in
from concordat.domain.practice.chronologies.queries.files import given
from concordat.domain.practice.chronologies.rules import (
    Differences,
    Read,
    Told,
    differences,
    judged,
    read_file,
    told_of,
)
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict, no, yes


def versions(actor: Actor, row: Contribution) -> QuerySet[Version]:
    """The versions of one agency, newest first."""
    own = contributions(actor, row.chronology).filter(pk=row.pk)
    return Version.objects.filter(contribution__in=own.values("pk")).order_by("-number")


def newest(actor: Actor, row: Contribution) -> Version | None:
    return versions(actor, row).first()


def accepted(actor: Actor, row: Contribution) -> Version | None:
    """The newest version that the agency signed off."""
    signed = versions(actor, row).exclude(signed="")
    return next((each for each in signed if each.is_accepted), None)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one agency stands: its newest version, and the newest that it signed off."""

    contribution: Contribution
    newest: Version | None
    accepted: Version | None


def stands(actor: Actor, row: Chronology) -> list[Stand]:
    """Where each agency stands whose rows the actor may read, in as many queries for many."""
    asked = list(contributions(actor, row))
    by_agency: dict[int, list[Version]] = defaultdict(list)
    for each in Version.objects.filter(contribution__in=asked).order_by("-number"):
        by_agency[each.contribution_id].append(each)
    return [
        Stand(
            each,
            next(iter(by_agency[each.pk]), None),
            next((version for version in by_agency[each.pk] if version.is_accepted), None),
        )
        for each in asked
    ]


def within(number: int) -> Q:
    """The rows that stand in a version."""
    return Q(since__lte=number) & (Q(until__isnull=True) | Q(until__gt=number)) & ~Q(
        until=F("since")
    )  # fmt: skip


def entries(actor: Actor, row: Contribution, number: int) -> QuerySet[Entry]:
    """The rows of one agency in one version, in the order in which it told them."""
    own = contributions(actor, row.chronology).filter(pk=row.pk)
    found = Entry.objects.filter(within(number), contribution__in=own.values("pk"))
    return found.order_by("position", "pk")


def entry(actor: Actor, row: Chronology, pk: int) -> Entry:
    """One row of a chronology. Raises DoesNotExist for whoever may not read it."""
    own = contributions(actor, row)
    rows = Entry.objects.select_related("contribution__agency", "contribution__chronology")
    return rows.get(pk=pk, contribution__in=own.values("pk"))


def standing(actor: Actor, entry: Entry) -> Entry | None:
    """The wording of a row that stands in the newest version; None where it was withdrawn."""
    last = newest(actor, entry.contribution)
    if last is None:
        return None
    rows = entries(actor, entry.contribution, last.number)
    return rows.filter(Q(root=entry.stem) | Q(pk=entry.stem)).first()


def wordings(actor: Actor, entry: Entry) -> QuerySet[Entry]:
    """Every wording of a row that a reader may know, newest first."""
    own = contributions(actor, entry.contribution.chronology).filter(pk=entry.contribution_id)
    rows = Entry.objects.filter(Q(root=entry.stem) | Q(pk=entry.stem))
    return rows.filter(contribution__in=own.values("pk")).order_by("-since", "-pk")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds and what it would change, before anything is written. `elsewhere` says
    that another agency gave the very same file."""

    name: str
    digest: str
    read: Read
    differences: Differences
    before: dict[int, Told]
    data: bytes = b""
    same_as: Version | None = None
    elsewhere: bool = False

    @property
    def told(self) -> list[Told]:
        return [told_of(row) for row in self.read.rows]


def preview(actor: Actor, row: Contribution, name: str, data: bytes) -> Preview:
    """A file that an agency would send, row by row, and what it changes in the newest version.

    Raises `Invalid` for a file that cannot be read or may not come in.
    """
    place = place_in(actor, row.chronology)
    rules.may_write(place, row.pk).require()
    if scanner := getattr(settings, "CLAMD", ""):
        scan.check(scanner, data)
    file = given(actor, name, data, agency=row.name)
    read = _own(judged(read_file(file, number=0, on=actor.on), row.chronology.required), row.name)
    before = _before(actor, row)
    told = [told_of(each) for each in read.rows]
    same = versions(actor, row).filter(file=file.digest).first()
    others = Version.objects.filter(contribution__chronology=row.chronology_id, file=file.digest)
    return Preview(
        name, file.digest, read, differences(before, told), before, data, same,
        elsewhere=others.exclude(contribution=row).exists(),
    )  # fmt: skip


def _own(read: Read, agency: str) -> Read:
    """Every row is the agency's that sent it; another name in the file is kept beside it."""
    for at, row in enumerate(read.rows):
        if row.agency != agency:
            more = (*row.more, ("Agency as written", row.agency))
            read.rows[at] = row._replace(agency=agency, more=more)
    return read


def _before(actor: Actor, row: Contribution) -> dict[int, Told]:
    last = newest(actor, row)
    return {e.pk: e.told for e in entries(actor, row, last.number)} if last else {}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of one agency: pairs of wordings, what came and what went."""

    changed: list[tuple[Entry, Entry]]
    added: list[Entry]
    withdrawn: list[Entry]

    @property
    def any(self) -> bool:
        return bool(self.changed or self.added or self.withdrawn)


def compared(actor: Actor, row: Contribution, first: int, second: int) -> Compared:
    """What stands differently in the second version."""
    before = {each.stem: each for each in entries(actor, row, first)}
    after = {each.stem: each for each in entries(actor, row, second)}
    return Compared(
        [(before[s], e) for s, e in after.items() if s in before and before[s].told != e.told],
        [each for stem, each in after.items() if stem not in before],
        [each for stem, each in before.items() if stem not in after],
    )


def subjects(actor: Actor, row: Chronology) -> list[Child]:
    """The children whom the chronology is about, by label, for everybody of the team."""
    rows = Subject.objects.select_related("child__area", "child__record", "child__key")
    return [each.child for each in rows.filter(chronology=row).order_by("child__label", "pk")]


def may_take_rows(actor: Actor, row: Chronology) -> Verdict:
    """Whether rows may be kept: each child named, on lawful ground, and nothing locked."""
    open_ = rules.is_open(row.stage_is)
    if not open_:
        return open_
    found = subjects(actor, row)
    if not found:
        return no("The manager names the child first, by label.")
    return _all(children.may_store(actor, each.area) for each in found)


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    return next((each for each in verdicts if not each), yes())
