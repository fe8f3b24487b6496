"""Asking for the signatures under a decision, and giving one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import Incident, RapidDecision, RapidSignature
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.queries import incident_facts as here
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.rules import Signatory, Stage
from concordat.domain.practice.reviews.rules.duties import OLD_TELL, RAPID_REVIEW
from concordat.domain.practice.reviews.rules.life import may_sign
from concordat.domain.practice.reviews.rules.signing import covered
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused, Stale
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes


def what_to_sign(held: Incident) -> str:
    return f"the decision on {held.record.reference}"


def ask_to_sign(actor: Actor, held: Incident, only: Collection[Seat] | None = None) -> None:
    """Ask each seat once, for every partner that it speaks for; of `only` these seats, where some
    came later, those whose partner has not signed yet."""
    due, wanted = _due(held), people.signatories_of(actor, held)
    row = here.decision_of(actor, held)
    signed = set(here.signed_by(actor, row)) if row else set()
    for seat in _seats(wanted):
        done = {each.key for each in covered(wanted, {str(seat.pk)})} <= signed
        if done or (only is not None and seat not in only):
            continue
        taking.ask(
            actor, held, [seat], Errand.SIGN, what_to_sign(held),
            f"You sign for {_names(covered(wanted, {str(seat.pk)}))}", due,
        )  # fmt: skip


def all_who_sign(actor: Actor, held: Incident) -> list[Seat]:
    return _seats(people.signatories_of(actor, held))


def _seats(wanted: list[Signatory]) -> list[Seat]:
    keys = {UUID(seat.seat) for each in wanted for seat in each.seats}
    rows = Seat.objects.filter(pk__in=keys).select_related("record", "body")
    return list(rows.order_by("order", "role", "pk"))


def _names(wanted: list[Signatory]) -> str:
    return join_words([each.name for each in wanted])


def _due(held: Incident) -> date | None:
    clock = clocking.open_of(held, OLD_TELL if held.old_board else RAPID_REVIEW)
    return clock.due if clock else None


def _may_sign(actor: Actor, held: Incident, seat: Seat, mine: set[str]) -> Verdict:
    if str(seat.pk) not in mine:
        return no("This seat does not sign this decision, or you do not sit in it.")
    if not held.old_board:
        return can(actor, Verb.SIGN, held.record)
    return yes() if people.lets_sign(actor) else no(f"{actor.name} has not let you sign for them.")


@operation
def sign(
    actor: Actor, *, incident: Incident, seat: Seat, digest: str, seen_version: int | None = None
) -> RapidSignature:
    """Sign the decision as it was read, for every partner for which the person speaks.

    Raises `Stale` where another decision has taken its place since.
    """
    held = taking.taken(actor, incident, "", may_sign, seen_version=seen_version)
    mine = {str(each.pk) for each in people.seats_to_sign(actor, held)}
    _may_sign(actor, held, seat, mine).require()
    row = _as_read(actor, held, digest)
    wanted = people.signatories_of(actor, held)
    needed = {each.agency for each in row.wanted}
    holds = [each for each in covered(wanted, mine) if each.key in needed]
    if not holds:
        raise Refused("This decision needs no signature of yours.")
    if {each.key for each in holds} <= set(here.signed_by(actor, row)):
        raise Refused(f"It is signed for {_names(holds)} already.")
    signed = RapidSignature.objects.create(
        decision=row, seat=seat, holds_for=_names(holds)[:600],
        partners=[each.key for each in holds], digest=row.digest,
        by=actor.signature[:200], on=actor.on,
    )  # fmt: skip
    _clear_signed(actor, held, wanted, here.signed_by(actor, row))
    taking.tell(actor, held, "Signed", f"For {_names(holds)}")
    after = {"for": _names(holds), "seat": seat.record.reference, "number": row.number,
             "sha256": row.digest}  # fmt: skip
    happened(actor, "rapid review signed", held.record, after=after)
    return signed


def _as_read(actor: Actor, held: Incident, digest: str) -> RapidDecision:
    row = here.decision_of(actor, held)
    if row is None or held.stage not in (Stage.DECIDED, Stage.SENT, Stage.ANSWERED):
        raise Refused("Nothing is decided that could be signed.")
    if row.digest != digest:
        raise Stale(
            {"Decision": "The one that you read"},
            {"Decision": f"Number {row.number}: {row.outcome_is.label}"}, by=row.by,
        )  # fmt: skip
    return row


def _clear_signed(actor: Actor, held: Incident, wanted: list[Signatory], signed: list[str]) -> None:
    """Whoever speaks for nobody that has not signed yet is asked no longer."""
    for seat in _seats(wanted):
        if {each.key for each in covered(wanted, {str(seat.pk)})} <= set(signed):
            clear_asks(
                actor, record=held.record, errand=Errand.SIGN, seat=seat, outcome="Signed",
                what=what_to_sign(held),
            )  # fmt: skip
