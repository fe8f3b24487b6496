"""Stating the grounds of an area, keeping a child by label, and telling the key to the labels.

No event, title or search entry ever holds a name: what is told there is which kind of thing was
told of which label.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from concordat.craft import locking
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.documents.models import Document
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    admit,
    happened,
    open_record,
    operation,
)
from concordat.domain.base.records.operations.record import take_for
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.domain.practice.children import queries, rules
from concordat.domain.practice.children.models import Child, Identity, Relative, StatedGround
from concordat.domain.practice.children.rules import ONE_EACH, Checked, Ground, What
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity


@operation
def state_ground(
    actor: Actor,
    *,
    area: Area,
    ground: Ground,
    holder: str,
    from_day: date,
    review_by: date,
    document: Document | None = None,
) -> StatedGround:
    """Put on record who answers for the data of an area, or that they agreed or weighed the risk.

    Of each kind the newest that has begun counts. An agreement and an assessment are documents;
    `review_by` is the last day on which they hold without being looked at again.
    """
    held = take_for(actor, Verb.CHANGE, area.partnership_id)
    _of_here(held, area, document)
    told = _told(holder, "holder", "Say who answers for it.")
    if ground in rules.WRITTEN and document is None:
        raise Invalid(f"The {ground} is a document.", field="document", mend="Upload it first.")
    if review_by < from_day:
        raise Invalid(
            "It would be reviewed before it begins.", field="review_by", mend="Give a later day."
        )
    row = StatedGround.objects.create(
        area=area,
        ground=ground,
        holder=told,
        document=document,
        from_day=from_day,
        review_by=review_by,
        stated_by=actor.signature[:200],
    )
    after = {"area": area.key, "from": from_day, "review by": review_by}
    happened(actor, f"{ground} put on record", held, after=after)
    return row


def _of_here(held: Record, area: Area, document: Document | None) -> None:
    if area.outside:
        raise Invalid(f"{area.name} is outside this partnership.", field="area")
    if document and document.record.partnership_id != held.pk:
        raise Invalid("This document is another partnership's.", field="document")


def _told(text: str, field: str, mend: str) -> str:
    said = " ".join(text.split())
    if not said or len(said) > rules.LONGEST_TOLD:
        raise Invalid(mend, field=field, mend=f"Use {rules.LONGEST_TOLD} characters or fewer.")
    return said


@operation
def end_ground(actor: Actor, *, ground: StatedGround, on: date, reason: str) -> StatedGround:
    """Make `on` the last day of a ground. Without another, nothing new can be kept from then."""
    held = take_for(actor, Verb.CHANGE, ground.area.partnership_id)
    row = StatedGround.objects.select_related("area").get(pk=ground.pk)
    if row.ended_on:
        raise Refused("This has ended already.")
    if on < row.from_day:
        raise Invalid("It would end before it began.", field="on", mend="Give a later day.")
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    why = _told(reason, "reason", "Say why in one sentence.")
    happened(actor, f"{row.ground} ended", held, reason=why, after={"area": row.area.key, "on": on})
    return row


@operation
def keep_child(
    actor: Actor,
    *,
    area: Area,
    label: str,
    keepers: Sequence[Record] = (),
    owner: Record | None = None,
) -> Child:
    """Keep a child by label, with a key of its own beneath which names can be told.

    Refused until the area's controller, sharing agreement and impact assessment are on record.
    The key is sealed; `keepers` are the people named on it besides whoever opens it.
    """
    home = take_for(actor, Verb.CHANGE, area.partnership_id)
    _of_here(home, area, None)
    queries.may_store(actor, area).require()
    there = Child.objects.filter(area=area).values_list("label", flat=True)
    said = rules.label(label, there, f"by another child of {area.name}")
    record = open_record(
        actor,
        kind=RecordKind.CHILD,
        title=said,
        partnership=home,
        opened=actor.on,
        owner=owner,
        sensitivity=Sensitivity.RESTRICTED,
        listed=False,
    )
    key = open_record(
        actor,
        kind=RecordKind.CHILD_KEY,
        title=f"Key of {record.reference}",
        partnership=home,
        opened=actor.on,
        sensitivity=Sensitivity.SEALED,
        listed=False,
    )
    for keeper in keepers:
        why = "Keeps the key to the labels."
        admit(actor, record=key, grantee=keeper, level=Level.WORK, reason=why, from_day=actor.on)
    return Child.objects.create(record=record, key=key, area=area, label=said)


@operation
def move_child(actor: Actor, *, child: Child, area: Area, reason: str) -> Child:
    """Keep a child in another area of the same partnership, whose grounds it then rests on.

    Refused until that area's controller, sharing agreement and impact assessment are on record.
    """
    held = take_for(actor, Verb.CHANGE, child.record_id)
    if area.partnership_id != held.partnership_id:
        raise Invalid(f"{area.name} is another partnership's.", field="area")
    _of_here(held, area, None)
    queries.may_store(actor, area).require()
    row = Child.objects.select_related("area").get(pk=child.pk)
    before, row.area = row.area.key, area
    row.save(update_fields=["area"])
    happened(
        actor, "child moved", held, reason=_told(reason, "reason", "Say why."),
        before={"area": before}, after={"area": area.key},
    )  # fmt: skip
    return row


@operation
def add_relative(
    actor: Actor, *, child: Child, label: str, relation: str = "", seen_version: int | None = None
) -> Relative:
    """Keep somebody of the family or household, by label."""
    held = take_for(actor, Verb.CHANGE, child.record_id, seen_version=seen_version)
    queries.may_store(actor, child.area).require()
    there = Relative.objects.filter(child=child).values_list("label", flat=True)
    said = rules.label(label, [child.label, *there])
    relation = " ".join(relation.split())[:100]
    _is_no_name([said, relation], child)
    row = Relative.objects.create(child=child, label=said, relation=relation)
    happened(actor, "relative added", held, after={"label": said})
    return row


@operation
def tell_identity(
    actor: Actor,
    *,
    child: Child,
    what: What,
    text: str,
    provenance: str,
    relative: Relative | None = None,
    checked: Checked = Checked.TOLD,
    reason: str = "",
    seen_version: int | None = None,
) -> Identity:
    """Tell a name, date of birth, number or postcode of somebody who has a label.

    Only who is named on the key may. Of what somebody has one of, the one before ends and stays
    with the reason; the very same text told again only changes how it was checked.
    """
    held = take_for(actor, Verb.CHANGE, child.key_id, seen_version=seen_version)
    queries.may_store(actor, child.area).require()
    if relative and relative.child_id != child.pk:
        raise Invalid("This relative is of another child.", field="relative")
    said = rules.identity(what, text)
    if what in (What.NAME, What.OTHER_NAME, What.NICKNAME):
        _names_no_label(said, child)
    before = [
        each
        for each in queries.names(actor, child)
        if each.what is what and each.row.relative_id == (relative.pk if relative else None)
    ]
    for each in before:
        if each.text.casefold() == said.casefold() or what in ONE_EACH:
            _end(actor, each.row, reason, same=each.text.casefold() == said.casefold())
    row = Identity.objects.create(
        child=child,
        relative=relative,
        what=what,
        locked=locking.lock(said, [settings.SECRET_KEY], queries.PURPOSE),
        provenance=_told(provenance, "provenance", "Say where it comes from."),
        checked=checked,
        told_by=actor.signature[:200],
        told_on=actor.on,
    )
    of = relative.label if relative else child.label
    happened(actor, f"{what} told", held, after={"of": of, "checked": checked})
    return row


def _end(actor: Actor, row: Identity, reason: str, *, same: bool) -> None:
    """The row before stays with its last day; another text in its place needs a reason."""
    if not same and not reason.strip():
        raise Invalid(
            f"A {row.what} is on record already.",
            field="reason",
            mend="Say why it is put right, in one sentence.",
        )
    row.ended_on, row.reason = actor.on, reason.strip()[: rules.LONGEST_TOLD]
    row.save(update_fields=["ended_on", "reason"])


def _names_no_label(name: str, child: Child) -> None:
    labels = [child.label, *Relative.objects.filter(child=child).values_list("label", flat=True)]
    if found := rules.gives_away(labels, [name]):
        raise Invalid(
            f"The label “{found}” holds a word of this name.",
            field="text",
            mend="Give the person another label first.",
        )


def _is_no_name(labels: Sequence[str], child: Child) -> None:
    """Judged for everybody who adds a relative, whether they may see the names or not: the answer
    tells only that a label cannot be used."""
    rows = Identity.objects.filter(
        child=child, what__in=[What.NAME, What.OTHER_NAME, What.NICKNAME]
    )
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    told = [locking.unlock(row.locked, secrets, queries.PURPOSE) for row in rows]
    if found := rules.gives_away(labels, told):
        raise Invalid(
            f"“{found}” cannot be used here.",
            field="label",
            mend="Use a label that tells nothing, such as Mother or Sibling B.",
        )


@operation
def relabel(
    actor: Actor, *, relative: Relative, label: str, seen_version: int | None = None
) -> Relative:
    """Give a relative another label."""
    child = relative.child
    held = take_for(actor, Verb.CHANGE, child.record_id, seen_version=seen_version)
    queries.may_store(actor, child.area).require()
    row = Relative.objects.get(pk=relative.pk)
    others = Relative.objects.filter(child=child).exclude(pk=row.pk)
    said = rules.label(label, [child.label, *others.values_list("label", flat=True)])
    _is_no_name([said], child)
    before, row.label = row.label, said
    row.save(update_fields=["label"])
    happened(actor, "relative relabelled", held, before={"label": before}, after={"label": said})
    return row
