"""Records that an actor may know of, or let others into, whether or not they open them."""

from __future__ import annotations

from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries.access import admissible, can, fetch, standing_of
from concordat.domain.base.records.rules import Standing, Verb
from concordat.kernel.actor import Actor


def known_record(actor: Actor, reference: str) -> Record:
    """A record that the actor may at least know of. Raises DoesNotExist for any other."""
    found = _by_reference(reference)
    if found is None or standing_of(actor, found) is Standing.ABSENT:
        raise Record.DoesNotExist
    return found


def admissible_record(actor: Actor, reference: str) -> Record:
    """A record that the actor may admit others to, whether or not they may open it.

    Raises `Refused` for one that they may open only, `Restricted` for one that they may
    only know of, and DoesNotExist for any other.
    """
    found = _by_reference(reference)
    if found is not None and admissible(actor, Record.objects.filter(pk=found.pk)).exists():
        return found
    records = Record.objects.select_related("partnership", "owner")
    opened = fetch(actor, records, reference=reference)
    can(actor, Verb.ADMIT, opened).require()
    return opened


def _by_reference(reference: str) -> Record | None:
    if not rules.is_reference(reference):
        return None
    records = Record.objects.select_related("partnership", "owner")
    return records.filter(reference=reference).first()
