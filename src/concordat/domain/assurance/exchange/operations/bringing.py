"""One partnership's own file, brought in by somebody who runs it."""

from __future__ import annotations

from concordat.domain.assurance.exchange.operations.loading import load
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


@operation
def bring_in(actor: Actor, *, home: Partnership, file: PartnershipFile) -> int:
    """Load the file of this very partnership; how many rows were added or amended.

    Raises `Invalid` for a file of another partnership, or with faults.
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
    if changed:
        happened(actor, "partnership file brought in", home.record, after={"rows": changed})
    else:
        no_event("the file says what is kept already")
    return changed
