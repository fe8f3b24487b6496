"""Agencies without an account: a named person writes for one of them by a link."""

from __future__ import annotations

from datetime import datetime

from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail.operations.reaching import require_agency_address
from concordat.domain.base.mail.rules import LONGEST, Opening
from concordat.domain.base.people.rules import normal_address
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.models import Contribution, Guest
from concordat.domain.practice.chronologies.operations import asking, taking
from concordat.kernel.actor import Actor, process


@operation
def invite(
    actor: Actor, *, contribution: Contribution, name: str, email: str, door: str, now: datetime,
    why: str = "",
) -> Guest:  # fmt: skip
    """Send a named person of an agency a link by which they send or type its rows and sign off.

    `door` is the whole address of the guests' page with the place of the token. The link opens
    this chronology alone, with a code to their mailbox, and in it the rows of their agency alone.
    `why` says why it goes to an address at which the agency's people are not known.
    """
    held = taking.taken(actor, contribution.chronology, rules.may_manage)
    row = asking.fresh(contribution)
    require_agency_address(actor, row.agency, normal_address(email), why)
    link = mail.invite_guest(
        process(actor.signature, actor.on),
        record=held.record,
        opening=Opening.REQUEST,
        name=name,
        email=email,
        place=door,
        now=now,
        lasts=LONGEST,
    )
    found = Guest.objects.create(contribution=row, link=link)
    after = {"agency": row.agency.record.reference, "link": link.pk}
    happened(actor, "agency invited by link", held.record, reason=why.strip(), after=after)
    return found


@operation
def shut_out(actor: Actor, *, guest: Guest, reason: str, now: datetime) -> Guest:
    """Take a link back: its guest is out at once. What they gave and signed stays. A chronology
    that is locked lets nobody in by it, and takes it back all the same."""
    held = taking.taken(actor, guest.contribution.chronology, rules.may_manage, locked=None)
    row = Guest.objects.select_related("link", "contribution__agency__record").get(pk=guest.pk)
    mail.revoke_link(process(actor.signature, actor.on), link=row.link, reason=reason, now=now)
    after = {"agency": row.contribution.agency.record.reference, "link": row.link_id}
    happened(actor, "agency's link taken back", held.record, reason=reason.strip(), after=after)
    return row


@operation
def send_anew(actor: Actor, *, guest: Guest, door: str, now: datetime) -> Guest:
    """Send a guest a new link to the same address; the one before opens nothing any more."""
    held = taking.taken(actor, guest.contribution.chronology, rules.may_manage)
    row = Guest.objects.select_related("link__record", "contribution__agency__record").get(
        pk=guest.pk
    )
    post = process(actor.signature, actor.on)
    row.link = mail.renew_link(post, link=row.link, place=door, now=now, lasts=LONGEST)
    after = {"agency": row.contribution.agency.record.reference, "link": row.link_id}
    happened(actor, "agency's link sent anew", held.record, after=after)
    return row
