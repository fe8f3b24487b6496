"""Founding partnerships, and setting down areas and agencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from concordat.craft import images
from concordat.domain.base.agencies import rules
from concordat.domain.base.agencies.models import KINDS, Partnership
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import (
    happened,
    keep,
    no_event,
    open_record,
    operation,
    take,
)
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Invalid, Refused


@operation
def found(
    actor: Actor, *, slug: str, name: str, prefix: str = "", values: Mapping[str, Any] | None = None
) -> Partnership:
    """Set a partnership up. `prefix` stands before its references; made from its name if empty.

    Only a process or somebody who runs another partnership here may found one.
    """
    if actor.kind is not Kind.PROCESS and not actor.holds(Office.STRATEGY_MANAGER):
        raise Refused("Only a strategy manager may set up a partnership.")
    rules.slug_of(slug)
    if Partnership.objects.filter(key=slug).exists():
        raise Invalid(
            f"There is a partnership called {slug} already.", field="slug", mend="Choose another."
        )
    record = open_record(
        actor,
        kind=RecordKind.PARTNERSHIP,
        title=name,
        partnership=None,
        opened=actor.on,
        prefix=_free_prefix(prefix or _initials(name)),
    )
    partnership = Partnership(
        record=record,
        partnership=record,
        key=slug,
        name=name,
        **{"kind": rules.PartnershipKind.SAFEGUARDING, **(values or {})},
    )
    partnership.save(force_insert=True)
    happened(actor, "partnership founded", record, after={"slug": slug})
    return partnership


def _initials(name: str) -> str:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper())
    return letters.upper()[:10] or "P"


def _free_prefix(wanted: str) -> str:
    taken = set(
        Record.objects.filter(reference__startswith=wanted).values_list("reference", flat=True)
    )
    numbers = (f"{wanted}{n or ''}" for n in range(len(taken) + 2) if n != 1)
    return next(prefix for prefix in numbers if prefix not in taken)


@operation
def restate(actor: Actor, *, partnership: Partnership, values: Mapping[str, Any]) -> Partnership:
    """Change what a partnership says of itself; an equal statement changes nothing."""
    changed = {n: v for n, v in values.items() if getattr(partnership, n) != v}
    if not changed:
        no_event("the partnership says this already")
        return partnership
    records.can(actor, Verb.CHANGE, partnership.record).require()
    held = take(partnership.pk)
    before = {name: getattr(partnership, name) for name in changed}
    for name, value in changed.items():
        setattr(partnership, name, value)
    partnership.save()
    if "name" in changed:
        held.title = partnership.name
        held.save(update_fields=["title"])
    happened(actor, "partnership restated", held, before=before, after=changed)
    return partnership


@operation
def set_down(
    actor: Actor,
    *,
    partnership: Record,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Keyed:
    """Set down or amend an area, an agency, a member or a source under its key."""
    model, noun = KINDS[kind]
    if kind == "agencies" and "agency_class" in values:
        rules.agency_class(values["agency_class"])
    return keep(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=values,
        noun=noun,
        kind=RecordKind.AGENCY if kind == "agencies" else None,
        title=str(values.get("name", "")) if kind == "agencies" else "",
        seen_version=seen_version,
    )


@operation
def dress(
    actor: Actor, *, partnership: Partnership, accent: str, logo: bytes | None = None
) -> Partnership:
    """Give a partnership its accent colour and logo. The logo is drawn anew as a small PNG."""
    records.can(actor, Verb.CHANGE, partnership.record).require()
    if not rules.ACCENT.fullmatch(accent):
        raise Invalid(f"“{accent}” is not a colour.", field="accent", mend="Write it like #12436d.")
    held = take(partnership.pk)
    before, partnership.accent = partnership.accent, accent
    if logo is not None:
        partnership.logo = images.clean_logo(logo)
    partnership.save(update_fields=["accent", "logo"])
    happened(
        actor, "partnership dressed", held, before={"accent": before}, after={"accent": accent}
    )
    return partnership
