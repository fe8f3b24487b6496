"""Where a link about a child may go: to an agency's own address, or with a reason elsewhere."""

from __future__ import annotations

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.mail.rules.addresses import is_of_agency
from concordat.domain.base.seats.queries import hosts_of_agency
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


def require_agency_address(actor: Actor, agency: Agency | None, address: str, why: str) -> None:
    """Raises `Invalid` at `email` where the agency's people are not known there, or where anybody
    may have a mailbox there, unless `why` says why the link goes to it. Of a person whose agency
    is not on file only the second is asked."""
    hosts = hosts_of_agency(actor, agency) if agency else set()
    found = is_of_agency(address, hosts, why)
    if not found:
        raise Invalid(str(found), field="email", mend="Or say below why it goes there.")
