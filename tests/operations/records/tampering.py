"""What somebody with the database's own password, and perhaps the keys, might do to the ledger.

Each act says which event or seal it touched, so that a test can ask whether that row is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Max

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import (
    Disposal,
    Event,
    EventDetail,
    Seal,
    SealedLeaf,
)
from tests.walls import behind_the_wall


@dataclass(frozen=True)
class Touched:
    """The row that must be named; neither, if no row is left to name."""

    event: int | None = None
    seal: int | None = None


Act = Callable[[Random], Touched]


def dice(seed: object) -> Random:
    """The same throws for the same seed."""
    return Random(str(seed))  # noqa: S311


@contextmanager
def without_walls() -> Iterator[None]:
    """The triggers out of the way, everything done meanwhile undone at the end."""
    with behind_the_wall(), transaction.atomic():
        connection.check_constraints()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
        yield
        transaction.set_rollback(True)


def _any(chance: Random, model: type[models.Model], **only: Any) -> Any:
    return chance.choice(list(model._default_manager.filter(**only).order_by("pk")))


def _sealed(chance: Random) -> Event:
    return _any(chance, Event, pk__in=SealedLeaf.objects.values("event"))


def _other(value: Any) -> Any:
    """Another value of the same type."""
    if value is None or (hasattr(value, "hex") and hasattr(value, "bytes")):
        return uuid4()
    if hasattr(value, "microsecond"):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 1
    flipped = "1" if value[:1] == "0" else "0"
    return flipped + value[1:]


def _alter(row: models.Model, column: str) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{column: _other(getattr(row, column))})


def _columns(model: type[models.Model]) -> list[str]:
    return [each.attname for each in model._meta.concrete_fields if not each.primary_key]


def alter_event(chance: Random) -> Touched:
    event = _any(chance, Event)
    _alter(event, chance.choice(_columns(Event)))
    return Touched(event.pk)


def rewrite_event(chance: Random) -> Touched:
    """Alter an event and make text and digest agree, without the key."""
    event = _any(chance, Event)
    event.verb, event.actor = "nothing happened", "Nobody"
    event.text = rules.canonical(event.told())
    event.digest = rules.digest(event.text)
    event.save()
    return Touched(event.pk)


def remove_event(chance: Random) -> Touched:
    number = _sealed(chance).pk
    if chance.random() < 0.5:
        EventDetail.objects.filter(pk=number).delete()
    Event.objects.filter(pk=number).delete()
    return Touched(number)


def _insert(event: Event, chance: Random) -> Touched:
    """Put an event, with its detail, under a number that is free."""
    detail = EventDetail.objects.filter(pk=event.pk).first()
    event.pk = Event.objects.aggregate(last=Max("pk"))["last"] + chance.randint(1, 3)
    event.save(force_insert=True)
    if detail:
        detail.pk = event.pk
        detail.save(force_insert=True)
    return Touched(event.pk)


def copy_event(chance: Random) -> Touched:
    """A genuine event a second time, key code and all."""
    return _insert(_any(chance, Event), chance)


def forge_event(chance: Random) -> Touched:
    event = _any(chance, Event)
    event.verb = "access given"
    touched = _insert(event, chance)
    event.text = rules.canonical(event.told())
    event.digest = rules.digest(event.text)
    event.save()
    return touched


def swap_events(chance: Random) -> Touched:
    """Two events trade numbers, and their details with them."""
    first, second = chance.sample(list(Event.objects.order_by("pk")), 2)
    for model in (Event, EventDetail):
        rows = model._default_manager
        rows.filter(pk=first.pk).update(**{model._meta.pk.attname: -1})
        rows.filter(pk=second.pk).update(**{model._meta.pk.attname: first.pk})
        rows.filter(pk=-1).update(**{model._meta.pk.attname: second.pk})
    return Touched(first.pk)


def alter_detail(chance: Random) -> Touched:
    detail = _any(chance, EventDetail)
    _alter(detail, chance.choice(["salt", "before", "after"]))
    return Touched(detail.pk)


def move_detail_text(chance: Random) -> Touched:
    detail = _any(chance, EventDetail)
    whole = detail.before + detail.after
    cut = len(detail.before) + chance.choice([-1, 1])
    detail.before, detail.after = whole[:cut], whole[cut:]
    detail.save()
    return Touched(detail.pk)


def remove_detail(chance: Random) -> Touched:
    number = _any(chance, EventDetail).pk
    EventDetail.objects.filter(pk=number).delete()
    return Touched(number)


def forge_certificate(chance: Random) -> Touched:
    """Remove a detail under a certificate that nobody gave."""
    detail = _any(chance, EventDetail)
    genuine = _any(chance, Disposal)
    genuine.pk = detail.pk
    genuine.save(force_insert=True)
    detail.delete()
    return Touched(genuine.pk)


def alter_certificate(chance: Random) -> Touched:
    disposal = _any(chance, Disposal)
    _alter(disposal, chance.choice(_columns(Disposal)))
    return Touched(disposal.pk)


def remove_certificate(chance: Random) -> Touched:
    number = _any(chance, Disposal).pk
    Disposal.objects.filter(pk=number).delete()
    return Touched(number)


def alter_seal(chance: Random) -> Touched:
    seal = _any(chance, Seal)
    _alter(seal, chance.choice(_columns(Seal)))
    return Touched(seal=seal.pk)


def remove_seal(chance: Random) -> Touched:
    seal = chance.choice(list(Seal.objects.order_by("pk"))[:-1])
    if chance.random() < 0.5:
        SealedLeaf.objects.filter(seal=seal).delete()
    Seal.objects.filter(pk=seal.pk)._raw_delete("default")  # type: ignore[attr-defined]
    return Touched(seal=seal.pk)


def alter_leaf(chance: Random) -> Touched:
    leaf = _any(chance, SealedLeaf)
    column = chance.choice(["digest", "event"])
    changed = leaf.event + 5000 if column == "event" else _other(leaf.digest)
    SealedLeaf.objects.filter(pk=leaf.pk).update(**{column: changed})
    return Touched(seal=leaf.seal_id)


def remove_leaf(chance: Random) -> Touched:
    leaf = _any(chance, SealedLeaf)
    SealedLeaf.objects.filter(pk=leaf.pk).delete()
    return Touched(seal=leaf.seal_id)


def insert_leaf(chance: Random) -> Touched:
    seal = _any(chance, Seal)
    event = Event.objects.exclude(pk__in=SealedLeaf.objects.values("event")).earliest("pk")
    SealedLeaf.objects.create(seal=seal, position=seal.leaves, event=event.pk, digest=event.digest)
    Seal.objects.filter(pk=seal.pk).update(leaves=F("leaves") + 1)
    return Touched(seal=seal.pk)


def stray_leaf(chance: Random) -> Touched:
    """A leaf of a seal that is not there keeps its event from ever being sealed."""
    event = Event.objects.exclude(pk__in=SealedLeaf.objects.values("event")).earliest("pk")
    SealedLeaf.objects.create(seal_id=9999, position=0, event=event.pk, digest=event.digest)
    return Touched(event.pk)


def swap_leaves(chance: Random) -> Touched:
    seal = _any(chance, Seal, leaves__gte=2)
    first, second = chance.sample(list(SealedLeaf.objects.filter(seal=seal)), 2)
    SealedLeaf.objects.filter(pk=first.pk).update(position=90_000)
    SealedLeaf.objects.filter(pk=second.pk).update(position=first.position)
    SealedLeaf.objects.filter(pk=first.pk).update(position=second.position)
    return Touched(seal=seal.pk)


def move_leaf(chance: Random) -> Touched:
    """From one seal to the end of another, with both counts put right."""
    leaf = _any(chance, SealedLeaf)
    other = _any(chance, Seal, pk__in=Seal.objects.exclude(pk=leaf.seal_id).values("pk"))
    SealedLeaf.objects.filter(pk=leaf.pk).update(seal=other, position=other.leaves)
    Seal.objects.filter(pk=other.pk).update(leaves=F("leaves") + 1)
    Seal.objects.filter(pk=leaf.seal_id).update(leaves=F("leaves") - 1)
    return Touched(seal=other.pk)


# --- with every key in hand: shown by the heads that partners kept, and by nothing else


def cut_tail(chance: Random) -> Touched:
    """Everything from a seal on, as if it had never been."""
    certified = SealedLeaf.objects.filter(event__in=Disposal.objects.values("told_in"))
    first = certified.aggregate(last=Max("seal"))["last"] + 1
    seal = _any(chance, Seal, pk__gte=first)
    keep = list(SealedLeaf.objects.filter(seal__lt=seal.pk).values_list("event", flat=True))
    for model in (Event, EventDetail):
        model._default_manager.exclude(pk__in=keep)._raw_delete("default")  # type: ignore[attr-defined]
    SealedLeaf.objects.filter(seal__gte=seal.pk)._raw_delete("default")  # type: ignore[attr-defined]
    Seal.objects.filter(pk__gte=seal.pk)._raw_delete("default")  # type: ignore[attr-defined]
    return Touched(seal=seal.pk)


def rewrite_suffix(chance: Random) -> Touched:
    """Change one event and make everything after it agree, signatures included."""
    event = _sealed(chance)
    key = signing.derive(settings.LEDGER_SECRET, "event")
    event.actor = "Somebody else"
    event.text = rules.canonical(event.told())
    event.digest = rules.digest(event.text)
    event.mac = rules.mac(key, event.digest)
    event.save()
    SealedLeaf.objects.filter(event=event.pk).update(digest=event.digest)
    leaf = SealedLeaf.objects.get(event=event.pk)
    _seal_again(leaf.seal_id)
    return Touched(seal=leaf.seal_id)


def _seal_again(first: int) -> None:
    seed = signing.derive(settings.LEDGER_SECRET, "seal")
    for seal in Seal.objects.filter(pk__gte=first).order_by("pk"):
        before = Seal.objects.filter(pk=seal.pk - 1).first()
        seal.previous = before.hash if before else rules.GENESIS
        rows = SealedLeaf.objects.filter(seal=seal).order_by("position")
        leaves = (rules.leaf(*row) for row in rows.values_list("position", "event", "digest"))
        seal.hash = rules.seal_hash(seal.pk, seal.previous, seal.at, leaves)
        seal.signature = signing.sign(seed, rules.head_text(seal.pk, seal.hash))
        seal.save()


WITHOUT_KEY: tuple[Act, ...] = (
    alter_event,
    rewrite_event,
    remove_event,
    copy_event,
    forge_event,
    swap_events,
    alter_detail,
    move_detail_text,
    remove_detail,
    forge_certificate,
    alter_certificate,
    remove_certificate,
    alter_seal,
    remove_seal,
    alter_leaf,
    remove_leaf,
    insert_leaf,
    stray_leaf,
    swap_leaves,
    move_leaf,
)
WITH_KEY: tuple[Act, ...] = (cut_tail, rewrite_suffix)
