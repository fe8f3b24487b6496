"""Files brought in by those who run a partnership: loaded, and kept with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.craft import files
from concordat.craft.sniff import KINDS, Sniffed
from concordat.domain.assurance.exchange.models import LoadedFile
from concordat.domain.assurance.exchange.operations.loading import load
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.operations.uploading import looked_at_first
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.rules.sheet import Line
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count

_YAML = Sniffed("partnership file", "yaml", "application/yaml")
TAKEN = {
    "yaml": _YAML,
    "yml": _YAML,
    "zip": Sniffed("partnership file", "zip", "application/zip"),
    "xlsx": KINDS["xlsx"],
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that somebody chose, under the name they gave it."""

    name: str
    data: bytes


@operation
def bring_in(
    actor: Actor, *, home: Partnership, file: PartnershipFile, chosen: Chosen | None = None
) -> int:
    """Load the file of this very partnership; how many rows were added or amended.

    What was `chosen` is kept as a document of the partnership with the outcome. Raises
    `Invalid` for a file of another partnership, or with faults.
    """
    can(actor, Verb.CHANGE, home.record).require()
    if file.slugs != (home.slug,):
        told = ", ".join(file.slugs) or "no partnership"
        raise Invalid(
            f"This file is of {told}.",
            field="file",
            mend=f"Choose the file of {home.slug}: its “key” is the word in the address here.",
        )
    loaded = load(actor, file=file)
    changed = len(loaded.of("add")) + loaded.amended
    if not changed:
        no_event("the file says what is kept already")
        return 0
    outcome = (
        f"{len(loaded.of('add'))} added, {loaded.amended} amended, {loaded.unchanged} unchanged, "
        f"{len(loaded.of('absent'))} absent and kept"
    )
    if chosen:
        row = LoadedFile.objects.filter(partnership=home.pk).latest("pk")
        ending = chosen.name.rpartition(".")[2].lower()
        upload = Upload(chosen.name, chosen.data, TAKEN[ending])
        row.document = _kept(actor, home, "Partnership file", upload, outcome)
        row.save(update_fields=["document"])
    happened(actor, "partnership file brought in", home.record, after={"rows": changed})
    return changed


@looked_at_first
@operation
def bring_in_seats(
    actor: Actor, *, home: Partnership, lines: Sequence[Line], file: Upload
) -> list[Seat]:
    """Add the seats of a sheet, but for the lines with a problem, which were left out.

    The sheet is kept as a document of the partnership with the outcome.
    """
    good = [line for line in lines if not line.problems]
    made = seats.bring_in(actor, partnership=home.record, lines=good)
    left = len(lines) - len(good)
    outcome = f"{count(len(made), 'seat')} added, {count(left, 'row')} left out"
    LoadedFile.objects.create(
        partnership=home.record,
        by=actor.signature[:200],
        what=LoadedFile.SEATS,
        digest=files.digest_of(file.data),
        document=_kept(actor, home, "Sheet of seats", file, outcome),
        added=len(made),
        amended=0,
        unchanged=0,
        absent=left,
    )
    return made


def _kept(actor: Actor, home: Partnership, what: str, file: Upload, outcome: str) -> Document:
    return documents.add(
        actor,
        partnership=home.record,
        title=f"{what} {file.name}"[:300],
        file=file,
        note=outcome,
        about=home.record,
    )
