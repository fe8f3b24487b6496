"""The newest seal head, mailed to the statutory partners: it shows a cut tail or a rewriting."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from concordat.domain.base.mail import rules
from concordat.domain.base.mail.operations.outbox import post
from concordat.domain.base.mail.rules import Purpose
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.records.queries import heads
from concordat.domain.base.seats.models import Holder
from concordat.domain.base.seats.rules import Holding
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Refused

KEEPERS = (Office.LEAD_PARTNER, Office.DELEGATE)


@operation
def send_seal_heads(actor: Actor) -> int:
    """Mail the newest signed seal head to whoever holds a partner's seat on the actor's day.

    Nobody is sent the same head twice. How many have it waiting for them or were sent it.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Only the sealer sends seal heads.")
    no_event("the outbox is its own trace")
    newest = next(iter(deque(heads(), maxlen=1)), None)
    if newest is None:
        return 0
    number = int(str(newest["seal"]))
    head = json.dumps(newest, sort_keys=True) + "\n"
    keepers = dict(_keepers(actor.on))
    for person, partnership in keepers.items():
        post(
            actor,
            to=person.email,
            purpose=Purpose.SEAL,
            subject=rules.subject(Purpose.SEAL, count=number),
            text=rules.seal_letter(name=person.name, number=number),
            partnership=partnership,
            attachment=(f"concordat-seal-{number}.txt", head),
            key=f"seal {number} {person.pk.hex}",
        )
    return len(keepers)


def _keepers(on: date) -> Iterator[tuple[Person, Record]]:
    """Holders and job sharers, by name or by the post that somebody is in, with an address."""
    rows = (
        Holder.objects.filter(surely_in_force(on), surely_in_force(on, "seat__"))
        .filter(seat__office__in=KEEPERS)
        .exclude(holding__in=[Holding.VACANT, Holding.DEPUTY])
        .select_related("partnership", "named__person")
        .order_by("partnership__reference", "seat__role", "pk")
    )
    for row in rows:
        people = [row.named.person] if row.named and row.named.person else []
        people += _in_post(row, on)
        yield from ((each, row.partnership) for each in people if is_address(each.email))


def _in_post(row: Holder, on: date) -> list[Person]:
    in_post = Q(posts__from_day__lte=on) & (Q(posts__to_day=None) | Q(posts__to_day__gte=on))
    return list(Person.objects.filter(in_post, posts__post=row.post_id)) if row.post_id else []
