"""The text of one version of the arrangements as an actor may see it, live and frozen."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks import rules as law
from concordat.domain.base.clocks.queries import go_lives, law_of
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.documents.models import Document, SignOff
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import digest, is_reference
from concordat.domain.base.seats.models import Holder, Partner, Seat
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements.models import (
    Arrangements,
    Edition,
    Passage,
    Placement,
    Sending,
    Wording,
)
from concordat.domain.governance.arrangements.queries.grounding import ground_of
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor, Office
from concordat.kernel.verdict import Verdict

CHECKLIST = "ARR"
_SPEAKERS = (Office.LEAD_PARTNER, Office.DELEGATE)


def arrangement(actor: Actor, reference: str) -> Arrangements:
    """One version of the arrangements. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Arrangements.DoesNotExist
    rows = Arrangements.objects.select_related("record__partnership", "record__owner", "follows")
    return fetch(actor, rows.select_related("partnership"), record__reference=reference)


def home_of(actor: Actor, arrangements: Arrangements) -> Partnership:
    rows = Partnership.objects.select_related("record")
    return fetch(actor, rows, pk=arrangements.partnership_id)


def passages(actor: Actor, arrangements: Arrangements) -> QuerySet[Passage]:
    rows = Passage.objects.filter(arrangements=arrangements.pk)
    return visible(actor, rows, record="arrangements__record").order_by("order", "key")


def assembled(actor: Actor, arrangements: Arrangements, on: date) -> rules.Assembled:
    """The text as it would read on a day, with every fact as known by then."""
    home = home_of(actor, arrangements)
    return assembled_on(actor, arrangements, ground_of(actor, home, on))


def assembled_on(actor: Actor, arrangements: Arrangements, ground: rules.Ground) -> rules.Assembled:
    """The text on a ground that was read already."""
    version = {name: getattr(arrangements, name) for name in ("key", "title", "version")}
    return rules.assemble(ground, version, _written(actor, arrangements, ground.on))


def _written(actor: Actor, arrangements: Arrangements, on: date) -> list[rules.Written]:
    """What every passage said on a day: the last that was written of it by then."""
    known = wordings(actor, arrangements).filter(Q(written_on=None) | Q(written_on__lte=on))
    last = {section: pk for pk, section in known.order_by("pk").values_list("pk", "section")}
    rows = Wording.objects.filter(pk__in=last.values()).exclude(text="").order_by("pk")
    return [rules.Written(row.section, row.text, row.done) for row in rows]


def wordings(actor: Actor, arrangements: Arrangements) -> QuerySet[Wording]:
    """What the passages of a version ever said, the newest first."""
    rows = Wording.objects.filter(arrangements=arrangements.pk)
    return visible(actor, rows, record="arrangements__record").order_by("-pk")


def worded(actor: Actor, arrangements: Arrangements) -> set[str]:
    """The sections that said something else before, or say nothing any more."""
    rows = wordings(actor, arrangements).values_list("section", flat=True).order_by()
    counted = rows.annotate(wordings=Count("pk")).filter(wordings__gt=1)
    return set(counted)


def frozen(actor: Actor, slug: str) -> dict[str, str]:
    """The versions of a partnership that were frozen and published here: key and title."""
    rows = Arrangements.objects.filter(
        partnership__partnership_row__key=slug, editions__isnull=False
    )
    done = set(rules.Stage) - rules.BEFORE_SIGNING - rules.SIGNED_IN
    return dict(rows.filter(state__in=done).values_list("key", "title"))


# --- editions


def editions(actor: Actor, arrangements: Arrangements) -> QuerySet[Edition]:
    """The frozen editions, newest first, each with its version of the document."""
    rows = Edition.objects.filter(arrangements=arrangements.pk)
    rows = rows.select_related("version__document__record")
    return visible(actor, rows, record="arrangements__record").order_by("-number")


def edition(actor: Actor, arrangements: Arrangements, number: int) -> Edition:
    return editions(actor, arrangements).get(number=number)


def told(actor: Actor, edition: Edition) -> dict[str, Any]:
    """What an edition froze. Raises ValueError for a row that is not what it was."""
    if digest(edition.text) != edition.digest:
        raise ValueError(f"Edition {edition.number} is not what was frozen.")
    found: dict[str, Any] = json.loads(edition.text)
    return found


def document_of(actor: Actor, arrangements: Arrangements) -> Document | None:
    """The document that the editions are versions of."""
    newest = editions(actor, arrangements).first()
    return newest.version.document if newest else None


def published_edition(actor: Actor, arrangements: Arrangements) -> Edition | None:
    """The edition that the public is served, whoever asks; none before or after."""
    rows = Edition.objects.filter(
        arrangements=arrangements.pk, version__in=documents.published(actor).values("version")
    )
    return rows.select_related("version__document__record").order_by("-number").first()


def published_in(actor: Actor, partnership: Partnership) -> list[Edition]:
    """Every edition of a partnership that the public is served, newest first."""
    rows = Edition.objects.filter(
        arrangements__partnership=partnership.pk,
        version__in=documents.published(actor).values("version"),
    )
    rows = rows.select_related("arrangements__record", "version__document__record")
    return list(rows.order_by("-version__publications__published_on", "-number"))


def drift(actor: Actor, edition: Edition, live: rules.Assembled) -> list[rules.Change]:
    """What has changed in the facts and the text since an edition was frozen."""
    return rules.changes(told(actor, edition), live.told())


# --- signing


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who has to agree, who has signed the newest edition, and whether that is everybody."""

    parties: list[rules.Party]
    signed: dict[UUID, SignOff]

    @property
    def lines(self) -> list[tuple[rules.Party, SignOff | None]]:
        return [
            (party, next((self.signed[each] for each in party.seats if each in self.signed), None))
            for party in self.parties
        ]

    @property
    def verdict(self) -> Verdict:
        return rules.is_agreed(self.parties, self.signed)


def parties(actor: Actor, arrangements: Arrangements, on: date) -> list[rules.Party]:
    """The statutory partners certainly in force that day, each with the seats that speak for it.

    The seat of the post that the partner names as its delegate or accountable lead comes first.
    """
    rows = Partner.objects.filter(surely_in_force(on), partnership=arrangements.partnership_id)
    named = list(rows.order_by("partner_class", "agency__name", "key").values(*_PARTNER))
    leads = {row[name] for row in named for name in ("delegate", "accountable")} - {None}
    led = Holder.objects.filter(surely_in_force(on), post__in=leads).values_list("seat", flat=True)
    held = set(led.exclude(holding=Holding.DEPUTY))
    seats: dict[UUID, list[UUID]] = defaultdict(list)
    places = Seat.objects.filter(
        surely_in_force(on), partnership=arrangements.partnership_id, office__in=_SPEAKERS
    )
    told = places.exclude(agency=None).values_list("pk", "agency", "office", "order", "key")
    for pk, agency, _, _, _ in sorted(told, key=lambda each: _rank(each, held)):
        seats[agency].append(pk)
    return rules.parties_of([(row["agency"], row["agency__name"]) for row in named], seats)


_PARTNER = ("agency", "agency__name", "accountable", "delegate")


def _rank(told: tuple[Any, ...], held: set[UUID]) -> tuple[Any, ...]:
    """Seats of the named leads first, then lead partners before delegates, then their order."""
    pk, _, office, order, key = told
    return (pk not in held, _SPEAKERS.index(Office(office)), order is None, order or 0, key)


def agreement(actor: Actor, arrangements: Arrangements, on: date) -> Agreement:
    """Where the agreement of the newest edition stands."""
    newest = editions(actor, arrangements).first()
    signed: dict[UUID, SignOff] = {}
    if newest:
        rows = SignOff.objects.filter(version=newest.version_id, voided_on=None)
        signed = {row.seat_id: row for row in rows.select_related("seat__record", "seat__body")}
    return Agreement(parties(actor, arrangements, on), signed)


def standing_sign_offs(actor: Actor, arrangements: Arrangements) -> int:
    """How many sign-offs a change to the text would make void."""
    newest = editions(actor, arrangements).first()
    if newest is None or arrangements.state not in rules.SIGNED_IN:
        return 0
    return SignOff.objects.filter(
        version__document=newest.version.document_id, voided_on=None
    ).count()


# --- checking


@dataclass(frozen=True, slots=True)
class Checklist:
    """What the law of the day asks, what was promised of the contents, and how far each is met.

    `regime` is the edition that the points are those of; `area_regimes` what each area follows
    that day, by its name.
    """

    law: list[rules.Checked]
    local: list[rules.Checked]
    regime: str
    area_regimes: dict[str, str]


def checklist(actor: Actor, arrangements: Arrangements, live: rules.Assembled) -> Checklist:
    home = home_of(actor, arrangements)
    on = live.ground.on
    known = law_of(actor, home.record)
    placed = [
        rules.Placed(row.item, row.section, rules.Extent(row.extent), row.remark)
        for row in placements(actor, arrangements)
    ]
    items = rules.of_law(known.items(CHECKLIST, on=on), on)
    return Checklist(
        rules.check(live, items, placed),
        rules.check(live, rules.of_contents(arrangements.contents), placed),
        live.ground.regime,
        _area_regimes(actor, home, known, on),
    )


def _area_regimes(actor: Actor, home: Partnership, known: law.Law, on: date) -> dict[str, str]:
    lives = {
        row.area_id: row.live_on
        for row in go_lives(actor, home.record)
        if row.arrangements == law.Arrangements.SAFEGUARDING
    }
    rows = Area.objects.filter(partnership=home.pk, part_of__isnull=True).exclude(outside=True)
    return {
        area.name: law.regime_for(lives.get(area.pk), on, known).title
        for area in visible(actor, rows, record="partnership").order_by("name")
    }


def items_of(actor: Actor, arrangements: Arrangements) -> list[rules.Item]:
    """Every item of both checklists that counts today."""
    home = home_of(actor, arrangements)
    known = law_of(actor, home.record)
    items = rules.of_law(known.items(CHECKLIST, on=actor.on), actor.on)
    return [*items, *rules.of_contents(arrangements.contents)]


def placements(actor: Actor, arrangements: Arrangements) -> QuerySet[Placement]:
    rows = Placement.objects.filter(arrangements=arrangements.pk)
    return visible(actor, rows, record="arrangements__record").order_by("item", "section")


def sendings(actor: Actor, arrangements: Arrangements) -> QuerySet[Sending]:
    rows = Sending.objects.filter(edition__arrangements=arrangements.pk)
    rows = rows.select_related("edition")
    return visible(actor, rows, record="edition__arrangements__record").order_by("sent_on", "pk")


def sending(actor: Actor, arrangements: Arrangements, pk: int) -> Sending:
    return sendings(actor, arrangements).get(pk=pk)
