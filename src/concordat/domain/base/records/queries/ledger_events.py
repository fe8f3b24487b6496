"""The events themselves: screened in bulk, and looked at one by one where that leaves a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Disposal, Event, EventDetail, SealedLeaf
from concordat.domain.base.records.queries import ledger_screen as screen
from concordat.domain.base.records.queries.ledger_found import Finding, one, pages

if TYPE_CHECKING:
    from concordat.domain.base.records.queries.ledger import Across

Page = tuple[int, int]


def screened(across: Across, after: int | None = None) -> Iterable[list[int]]:
    """The keys in each page that the screen does not clear. Several processes begin at once."""
    return across(doubtful_of, _cuts(after))


def found(screened: Iterable[list[int]]) -> Iterator[Finding]:
    """Rows whose columns, text, digest, key code or detail do not agree."""
    yield from chain.from_iterable(map(row_by_row, chain.from_iterable(screened)))


def doubtful_of(page: Page) -> list[int]:
    """The keys in a page, its ends included, that the screen does not clear."""
    return screen.doubtful(connection, page, _key())


def _cuts(after: int | None) -> Iterator[Page]:
    """The first and last key of each page, found by going along the index."""
    rows = Event.objects.order_by("pk").values_list("pk", flat=True)
    first = (rows.filter(pk__gt=after) if after is not None else rows).first()
    while first is not None:
        rest = rows.filter(pk__gte=first)
        upto: list[int] = list(rest[screen.PAGE : screen.PAGE + 1])
        last = rest.filter(pk__lt=upto[0]).last() if upto else rest.last()
        if last is None:
            return
        yield first, last
        first = upto[0] if upto else None


def row_by_row(number: int) -> Iterator[Finding]:
    """One event with its detail, by the rules as they are written down."""
    event = one(Event, number)
    yield from _event(number, event)
    if EventDetail.objects.filter(pk=number).exists():
        yield from _detail(number, event, one(EventDetail, number))
    elif not Disposal.objects.filter(pk=number).exists():
        yield Finding(f"The detail of event {number} was removed.", number)


def _event(number: int, event: Event | None) -> Iterator[Finding]:
    if event is None or (rules.canonical(event.told()), rules.digest(event.text)) != (
        event.text,
        event.digest,
    ):
        sealed = SealedLeaf.objects.filter(event=number).exists()
        how = "was altered" if sealed else "is in no seal and was altered or inserted"
        yield Finding(f"Event {number} {how}.", number)
    elif rules.mac(_key(), event.digest) != event.mac:
        yield Finding(f"Event {number} was not written by this system.", number)


def _detail(number: int, event: Event | None, detail: EventDetail | None) -> Iterator[Finding]:
    if detail is None or (event and detail.digest() != event.detail_digest):
        yield Finding(f"The detail of event {number} was altered.", number)


def certificates(after: int | None = None) -> Iterator[Finding]:
    """Certificates that the application did not write, or that no event tells of."""
    rows = Disposal.objects.all()
    if after is not None:
        rows = rows.filter(Q(told_in__gt=after) | Q(pk__gt=after))
    for page in pages(rows):
        told_in = {each.told_in for each in page.values() if each and _is_number(each.told_in)}
        told = set(
            Event.objects.filter(pk__in=told_in, verb=rules.DISPOSED).values_list("pk", flat=True)
        )
        for number, disposal in page.items():
            if disposal is None or not _is_ours(disposal) or disposal.told_in not in told:
                what = f"The certificate for the detail of event {number} is not this system's."
                yield Finding(what, number)


def _is_number(value: object) -> bool:
    return isinstance(value, int)


def _is_ours(disposal: Disposal) -> bool:
    return rules.mac(_key(), rules.digest(rules.canonical(disposal.told()))) == disposal.mac


def leafless(after: int | None = None) -> Iterator[Finding]:
    """Details of events that are not there."""
    lone = EventDetail.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("pk"))))
    lone = lone if after is None else lone.filter(pk__gt=after)
    for pk in lone.order_by("pk").values_list("pk", flat=True).iterator():
        yield Finding(f"A detail of event {pk} is there without the event.", pk)


def _key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "event")
