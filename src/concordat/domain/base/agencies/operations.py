"""Founding partnerships, and setting down areas and agencies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from concordat.craft import images
from concordat.domain.base.agencies import rules
from concordat.domain.base.agencies.models import KINDS, Agency, FrontDoor, Partnership
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
from concordat.domain.base.records.rules import INSTALLATION, RecordKind, Verb
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Invalid, Refused

FOUNDERS = (Office.STRATEGY_MANAGER, Office.CO_ORDINATOR)


@operation
def found(
    actor: Actor, *, slug: str, name: str, prefix: str = "", values: Mapping[str, Any] | None = None
) -> Partnership:
    """Set a partnership up. `prefix` stands before its references; made from its name if empty.

    Only a process or somebody who runs another partnership here may found one.
    """
    if actor.kind is not Kind.PROCESS and not actor.holds(*FOUNDERS):
        raise Refused("Only a strategy manager or a co-ordinator may set up a partnership.")
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
    taken = {
        INSTALLATION,
        *Record.objects.filter(reference__startswith=wanted).values_list("reference", flat=True),
    }
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
    if kind == "front_doors":
        values = {**values, **_phones(values)}
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


def _phones(values: Mapping[str, Any]) -> dict[str, str]:
    told = {name: str(values.get(name) or "") for name in ("phone", "after_hours")}
    return {name: rules.phone_of(said, name) for name, said in told.items() if said}


@operation
def add(
    actor: Actor, *, partnership: Record, kind: str, name: str, values: Mapping[str, Any]
) -> Keyed:
    """Set down a new row; its key is made of its name and is nobody else's."""
    records.can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    rows = KINDS[kind][0]._default_manager.filter(partnership=partnership)
    key = rules.free_key(name, set(rows.values_list("key", flat=True)))
    return set_down(actor, partnership=partnership, kind=kind, key=key, values=values)


@operation
def amend_agency(
    actor: Actor, *, agency: Agency, values: Mapping[str, Any], seen_version: int | None = None
) -> Agency:
    """Correct what an agency says of itself. A new name from a day is a successor's."""
    set_down(
        actor,
        partnership=agency.partnership,
        kind="agencies",
        key=agency.key,
        values={"name": agency.name, **values},
        seen_version=seen_version,
    )
    return Agency.objects.select_related("record").get(pk=agency.pk)


@operation
def tell_public(
    actor: Actor,
    *,
    partnership: Record,
    topic: rules.Topic,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Keyed:
    """Say what everybody is told about one topic; each topic is told once."""
    if not str(values.get("says", "")).strip():
        raise Invalid("Say it in a sentence or two.", field="says")
    return set_down(
        actor,
        partnership=partnership,
        kind="public_notes",
        key=topic.value.replace(" ", "-"),
        values={**values, "topic": topic.value},
        seen_version=seen_version,
    )


@operation
def close_front_door(actor: Actor, *, front_door: FrontDoor, last_day: date) -> Keyed:
    """A number that nobody answers any more is told no longer than its last day."""
    if front_door.period.end:
        raise Refused(f"This number ends on {front_door.period.end} already.")
    return set_down(
        actor,
        partnership=front_door.partnership,
        kind="front_doors",
        key=front_door.key,
        values={"to_text": last_day.isoformat()},
    )


@operation
def hand_over(
    actor: Actor,
    *,
    agencies: Sequence[Agency],
    into: Sequence[Mapping[str, Any]],
    from_day: date,
    reason: str,
) -> list[Agency]:
    """Agencies end on the day before and others take over from a day: merged, split or redrawn.

    Each of `into` maps the fields of a new agency, its name among them. The old ones keep
    their names in every old record and name those that took over.
    """
    if not agencies or not into:
        raise Invalid("Say which agencies end and what takes over.", field="agencies")
    partnership, last = agencies[0].partnership, from_day - timedelta(days=1)
    first = {**_carried(agencies[0]), "from_text": from_day.isoformat()}
    made = [
        add(
            actor,
            partnership=partnership,
            kind="agencies",
            name=str(values["name"]),
            values={**first, **values},
        )
        for values in into
    ]
    for old in agencies:
        if old.period.end:
            raise Refused(f"{old.name} ends on {old.period.end} already.")
        told = {"to_text": last.isoformat(), "successor": [each.key for each in made]}
        amend_agency(actor, agency=old, values=told)
        happened(actor, "agency handed over", old.record, reason=reason, after=told)
    return made  # type: ignore[return-value]


def _carried(agency: Agency) -> dict[str, Any]:
    return {
        "agency_class": agency.agency_class,
        "type": agency.type,
        "areas": agency.areas,
        "part_of": agency.part_of,
    }


@operation
def dress(
    actor: Actor,
    *,
    partnership: Partnership,
    accent: str,
    logo: bytes | None = None,
    seen_version: int | None = None,
) -> Partnership:
    """Give a partnership its accent colour and logo. The logo is drawn anew as a small PNG.

    Without a logo the one before stays; an empty one takes it away.
    """
    held = take(
        partnership.pk,
        seen_version=seen_version,
        mine={"accent": accent},
        theirs=lambda: {"accent": Partnership.objects.get(pk=partnership.pk).accent},
        may=lambda record: records.can(actor, Verb.CHANGE, record),
    )
    if not rules.ACCENT.fullmatch(accent):
        raise Invalid(f"“{accent}” is not a colour.", field="accent", mend="Write it like #12436d.")
    before = {"accent": partnership.accent, "logo": partnership.logo_digest}
    partnership.accent, changed = accent, ["accent"]
    if logo is not None:
        changed += ["logo", "logo_digest"]
        partnership.logo = images.clean_logo(logo) if logo else None
        drawn = partnership.logo or b""
        partnership.logo_digest = sha256(drawn).hexdigest()[:16] if drawn else ""
    partnership.save(update_fields=changed)
    after = {"accent": accent, "logo": partnership.logo_digest}
    happened(actor, "partnership dressed", held, before=before, after=after)
    return partnership
