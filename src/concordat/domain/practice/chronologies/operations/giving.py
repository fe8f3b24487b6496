"""What an agency does: sends a file, types a row, changes or withdraws one, signs off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from django.conf import settings

from concordat.craft import files
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Entry,
    Version,
)
from concordat.domain.practice.chronologies.operations import asking, reminding, taking
from concordat.domain.practice.chronologies.queries.versions import (
    Preview,
    may_take_rows,
    within,
)
from concordat.domain.practice.chronologies.rules import (
    Differences,
    Read,
    Told,
    differences,
    positions,
    told_of,
)
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.labels import count


def _taken(
    actor: Actor, row: Contribution, *, keeps: bool = True, signs: bool = False
) -> tuple[Chronology, Contribution]:
    """Many agencies write at once, so that a row is held against its own wording and a file
    against the newest version, never against the whole chronology. What `keeps` nothing new of a
    child needs no ground; what `signs` is for the agency alone."""
    may = partial(rules.may_sign if signs else rules.may_write, contribution=row.pk)
    held = taking.taken(actor, row.chronology, may)
    if keeps:
        may_take_rows(actor, held).require()
    return held, asking.fresh(row)


@operation
def give_file(actor: Actor, *, contribution: Contribution, file: Preview) -> Version:
    """Take the rows of a file as the agency's newest version, and keep the file as it was sent.

    What was there before stays: rows that the file does not hold are withdrawn in this version
    and stand in the one before. Every row that cannot be taken is named on the version.
    """
    held, row = _taken(actor, contribution)
    if file.read.count > rules.MOST_ROWS:
        raise Invalid(f"Send at most {rules.MOST_ROWS:,} rows at once.", field="file")
    if not file.read.rows:
        raise Invalid("No row of this file can be taken.", field="file", mend="See what is wrong.")
    before = _now(row)
    if {pk: each.told for pk, each in before.items()} != file.before:
        raise Refused("The rows were changed since the file was looked at. Look at it again.")
    if file.same_as and _same_rows(before, file.read.rows):
        raise Refused(f"This file was given before, as version {file.same_as.number}.")
    kept = files.put(Path(settings.MEDIA_ROOT), file.data)
    version = _next(actor, row, file.name, kept, file.read, len(file.data))
    told = [told_of(each) for each in file.read.rows]
    found = differences({pk: e.told for pk, e in before.items()}, told)
    fresh = _written(actor, row, version, file.read, told, before, found)
    _ended(version, [*found.withdrawn, *fresh])
    _counted(version)
    happened(actor, "rows given", held.record, after=_after(row, version) | {
        "added": len(found.added), "changed": len(found.changed),
        "withdrawn": len(found.withdrawn), "not taken": len(file.read.rejected)})  # fmt: skip
    return version


def _same_rows(before: Mapping[int, Entry], rows: Sequence[rules.Row]) -> bool:
    return [e.told for e in before.values()] == [told_of(each) for each in rows]


def _now(row: Contribution) -> dict[int, Entry]:
    last = Version.objects.filter(contribution=row).order_by("-number").first()
    if last is None:
        return {}
    found = Entry.objects.filter(within(last.number), contribution=row)
    return {each.pk: each for each in found.order_by("position", "pk")}


def _next(
    actor: Actor, row: Contribution, name: str, digest: str, read: Read | None = None,
    size: int = 0,
) -> Version:  # fmt: skip
    last = Version.objects.filter(contribution=row).order_by("-number").first()
    rejected = read.rejected if read else []
    if row.chase_on is None and _signed_before(row):
        asking.owed_again(actor, row)
    return Version.objects.create(
        contribution=row,
        number=last.number + 1 if last else 1,
        name=name[:300],
        file=digest,
        size=size,
        read=read.count if read else 0,
        rejected=[
            {"line": r.row, "place": r.place, "reason": r.reason, "mend": r.mend} for r in rejected
        ],
        notes=read.notes if read else [],
        digest=rules.digest_of([]),
        given_by=actor.signature[:200],
        given_on=actor.on,
    )


def _ended(version: Version, pks: Iterable[int]) -> None:
    Entry.objects.filter(pk__in=list(pks)).update(until=version.number)


def _written(
    actor: Actor,
    row: Contribution,
    version: Version,
    read: Read,
    told: Sequence[Told],
    before: Mapping[int, Entry],
    found: Differences,
) -> list[int]:
    """Write what is new in a version; the keys of those before whose place it takes.

    A row that stays keeps its own entry, unless the new file tells it in another order.
    """
    same = {place: before[pk] for pk, place in found.same}
    roots = same | {place: before[pk] for pk, place in found.changed}
    where = positions([same[n].position if n in same else None for n in range(len(told))])
    late = _is_late(row, version)
    fresh = [n for n in range(len(told)) if n not in same or same[n].position != where[n]]
    Entry.objects.bulk_create(
        [
            Entry(
                contribution=row,
                root_id=roots[n].stem if n in roots else None,
                since=version.number,
                position=where[n],
                line=read.rows[n].row,
                place=read.rows[n].place[:300],
                told=told[n],
                notes=list(read.rows[n].notes),
                year=same[n].year if n in same else actor.on.year,
                late=same[n].late if n in same else late,
            )
            for n in fresh
        ],
        batch_size=500,
    )
    return [roots[n].pk for n in fresh if n in roots]


def _is_late(row: Contribution, version: Version) -> bool:
    """Rows that come after the day they were due, or after the agency signed off."""
    return _signed_before(row) or version.given_on > row.due


def _signed_before(row: Contribution) -> bool:
    return Version.objects.filter(contribution=row).exclude(signed="").exists()


def _counted(version: Version) -> None:
    """The number and the digest of the rows that stand in a version."""
    found = Entry.objects.filter(within(version.number), contribution=version.contribution_id)
    told = list(found.order_by("position", "pk").values_list("told", flat=True))
    version.rows, version.digest = len(told), rules.digest_of(told)
    version.save(update_fields=["rows", "digest"])


def _after(row: Contribution, version: Version) -> dict[str, object]:
    return {
        "agency": row.agency.record.reference,
        "version": version.number,
        "rows": version.rows,
        "digest": version.digest,
    }


def _open_version(actor: Actor, row: Contribution) -> Version:
    """The version that rows typed on screen go into: one that is not signed and is no file's."""
    last = Version.objects.filter(contribution=row).order_by("-number").first()
    if last is None or last.signed or last.file:
        return _next(actor, row, "", "")
    return last


@operation
def enter_row(
    actor: Actor,
    *,
    contribution: Contribution,
    told: Mapping[str, str],
) -> Entry:
    """Type a row. Dates and times are kept as typed; a required cell that is empty is refused."""
    held, row = _taken(actor, contribution)
    said = rules.typed(told, held.required, year=actor.on.year)
    version = _open_version(actor, row)
    last = Entry.objects.filter(contribution=row).order_by("-position").first()
    entry = _entered(actor, row, version, said, last.position + 1 if last else 1)
    _counted(version)
    happened(actor, "row entered", held.record, after=_after(row, version))
    return entry


def _entered(
    actor: Actor, row: Contribution, version: Version, said: Told, position: float,
    root: int | None = None,
) -> Entry:  # fmt: skip
    return Entry.objects.create(
        contribution=row,
        root_id=root,
        since=version.number,
        position=position,
        told=said,
        year=actor.on.year,
        late=_is_late(row, version),
    )


@operation
def change_row(
    actor: Actor, *, entry: Entry, told: Mapping[str, str], seen_version: int | None = None
) -> Entry:
    """Word a row anew. The wording before stays, and what was signed is not signed any more.

    Columns that `told` does not name, such as those that the chronology does not ask for, stay as
    the file told them; one that is to be empty is told as empty.
    """
    held, row = _taken(actor, entry.contribution)
    before = _standing(row, entry)
    if seen_version not in (None, before.pk):
        raise _stale(held, before, told)
    unasked = {name: text for name, text in before.told.items() if name not in told}
    more = unasked.pop("more", None)
    said = rules.typed(unasked | dict(told), held.required, year=actor.on.year)
    if more:
        said["more"] = more
    if said == before.told:
        raise Invalid("Nothing is changed.", mend="Change what is wrong, or go back.")
    version = _open_version(actor, row)
    _ended(version, [before.pk])
    found = _entered(actor, row, version, said, before.position, before.stem)
    _counted(version)
    happened(actor, "row changed", held.record, after=_after(row, version))
    return found


def _standing(row: Contribution, entry: Entry) -> Entry:
    """The wording of a row that stands now."""
    found = next((each for each in _now(row).values() if each.stem == entry.stem), None)
    if found is None:
        raise Refused("This row was withdrawn. It does not stand any more.")
    return found


def _stale(held: Chronology, before: Entry, told: Mapping[str, str]) -> Stale:
    """Both texts of the columns in which they differ; of all where they differ in none."""
    kept = {name: str(before.told.get(name, "")) for name in told}
    apart = [name for name in told if told[name] != kept[name]] or list(told)
    mine, theirs = ({name: texts[name] for name in apart} for texts in (told, kept))
    last = Event.objects.filter(record=held.pk).order_by("-id").first()
    by, at = (last.hand or last.actor, last.at) if last else ("", None)
    return Stale(mine, theirs, by=by, at=at, version=before.pk)


@operation
def withdraw_row(
    actor: Actor, *, entry: Entry, reason: str, seen_version: int | None = None
) -> Version:
    """Take a row out of the agency's newest version. It stands in those before."""
    held, row = _taken(actor, entry.contribution, keeps=False)
    before = _standing(row, entry)
    if seen_version not in (None, before.pk):
        raise _stale(held, before, {})
    why = taking.needed("reason", reason, "Say why.")
    version = _open_version(actor, row)
    _ended(version, [before.pk])
    Entry.objects.filter(pk=before.pk).update(why=why)
    _counted(version)
    happened(actor, "row withdrawn", held.record, after=_after(row, version))
    return version


@operation
def sign_off(actor: Actor, *, contribution: Contribution, digest: str) -> Version:
    """Say for the agency that its rows are right as they stand, by their digest.

    Any change makes another version, which needs a sign-off of its own; until then the merged
    chronology stands on the version that was signed.
    """
    held, row = _taken(actor, contribution, signs=True)
    version = Version.objects.filter(contribution=row).order_by("-number").first()
    if version is None or not version.rows:
        raise Refused("There is no row to sign off.")
    if version.signed:
        raise Refused(f"Version {version.number} is signed off already.")
    _counted(version)
    if version.digest != digest:
        raise Invalid("The rows are not those that you saw.", mend="Read them again.")
    version.signed = version.digest
    version.signed_by, version.signed_on = actor.signature[:200], actor.on
    version.save(update_fields=["signed", "signed_by", "signed_on"])
    Contribution.objects.filter(pk=row.pk).update(chase_on=None)
    reminding.cleared(actor, row, f"Signed off, {count(version.rows, 'row')}")
    happened(actor, "rows signed off", held.record, after=_after(row, version))
    return version
