"""Asking agencies to say that they work to a version, and saying so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Version
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.models import Acknowledgement, Approval, Policy
from concordat.domain.governance.policies.operations.taking import again
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.verdict import Verdict


def _what(agency: Agency, version: Version) -> str:
    return f"Confirm that {agency.name} works to version {version.number}"[:300]


@operation
def ask_agencies(
    actor: Actor, *, policy: Policy, agencies: Iterable[Agency], due: date | None = None
) -> list[Acknowledgement]:
    """Ask agencies to say that they work to the version in force, or to the next to be."""
    record = take(policy.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    held = again(policy)
    version = _version(held)
    wanted = list(agencies)
    if not wanted:
        raise Invalid("Choose at least one agency.", field="agencies")
    if due and due < actor.on:
        raise Invalid("This day has passed.", field="due", mend="Choose a later day.")
    asked = [_ask(actor, held, version, agency, due) for agency in wanted]
    told = {"of": [each.agency.key for each in asked if each], "due": due}
    happened(actor, "agencies asked", record, after=told | {"version": version.number})
    return [each for each in asked if each]


def _version(held: Policy) -> Version:
    """The version that agencies are asked about: the last that has a first day."""
    row = Approval.objects.filter(policy=held).exclude(from_day=None).order_by("-from_day").first()
    rules.may_ask_agencies(held.state, row.version.number if row else 0).require()
    if row is None:
        raise Approval.DoesNotExist
    return row.version


def _ask(
    actor: Actor, held: Policy, version: Version, agency: Agency, due: date | None
) -> Acknowledgement | None:
    """One row for the agency, and an ask of each of its seats; none where it was asked."""
    seats = list(_seats(actor, held, agency))
    if not seats:
        raise Refused(f"{agency.name} holds no seat here, so nobody can answer for it.")
    row, made = Acknowledgement.objects.get_or_create(
        policy=held,
        version=version,
        agency=agency,
        defaults={"asked_on": actor.on, "asked_by": actor.signature[:200], "due": due},
    )
    if not made:
        return None
    for seat in seats:
        raise_ask(
            actor,
            record=held.record,
            seat=seat,
            errand=Errand.CONFIRM,
            what=_what(agency, version),
            why="Your agency works to it",
            due=due,
        )
    return row


def _seats(actor: Actor, held: Policy, agency: Agency) -> Iterable[Seat]:
    rows = Seat.objects.filter(
        surely_in_force(actor.on), partnership=held.partnership, agency=agency
    )
    return rows.exclude(office=Office.OBSERVER).select_related("record")


def ask_again(actor: Actor, held: Policy, version: Version) -> None:
    """Ask the agencies that were asked for the version before; within the act that brings it in."""
    rows = Acknowledgement.objects.filter(policy=held).select_related("agency", "version")
    agencies = list({row.agency_id: row.agency for row in rows}.values())
    clear_asks(
        actor, record=held.record, errand=Errand.CONFIRM, outcome="A newer version takes its place"
    )
    for agency in agencies:
        if any(True for _ in _seats(actor, held, agency)):
            _ask(actor, held, version, agency, None)


@operation
def acknowledge(
    actor: Actor, *, policy: Policy, agency: Agency, seat: Seat, digest: str
) -> Acknowledgement:
    """Say for an agency that it works to the version with this digest, once for all its seats."""
    record = take(policy.pk, may=lambda held: _may(actor, held, agency, seat))
    held = again(policy)
    version = _version(held)
    if version.digest != digest:
        read = Version.objects.filter(document=held.text, digest=digest).first()
        mine = read.in_words if read else "No version of this policy"
        raise Stale({"Version": mine}, {"Version": version.in_words}, by=version.uploaded_by)
    rows = Acknowledgement.objects.filter(policy=held, version=version, agency=agency)
    row = rows.select_for_update().first()
    if row is None:
        raise Refused(f"{agency.name} was not asked about this version.")
    if row.given_on:
        raise Refused(f"{row.given_by} has said so for {agency.name} already.")
    row.seat, row.digest = seat, version.digest
    row.given_by, row.given_on = actor.signature[:200], actor.on
    row.save(update_fields=["seat", "digest", "given_by", "given_on"])
    clear_asks(
        actor,
        record=record,
        errand=Errand.CONFIRM,
        what=_what(agency, version),
        outcome=f"{version.in_words} acknowledged",
    )
    after = {"agency": agency.key, "seat": seat.record.reference, "version": version.number}
    happened(actor, "policy acknowledged", record, after=after)
    return row


def _may(actor: Actor, held: Record, agency: Agency, seat: Seat) -> Verdict:
    return can(actor, Verb.ANSWER, held) & rules.speaks_for(actor, agency.pk, seat.pk)
