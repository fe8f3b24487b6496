"""Links for guests: one named person, one record, one purpose, and a code to their mailbox.

What somebody does who has not shown that they are the guest locks the link alone and counts no
version of its record: a stranger at the door is no conflict for those who work inside.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from concordat.domain.base.mail import queries, rules
from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.mail.operations.outbox import post
from concordat.domain.base.mail.rules import Opening, Purpose
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict, every

SALT_OF_CODES = "concordat.mail.code"
# Whoever may admit somebody lets them see and answer; more than that they must be able to do.
GIVEN_BY_ADMITTING = frozenset({Verb.SEE, Verb.ANSWER})


@operation
def invite_guest(
    actor: Actor,
    *,
    record: Record,
    opening: Opening,
    name: str,
    email: str,
    place: str,
    now: datetime,
    lasts: timedelta = rules.GUEST_LASTS,
    scope: Iterable[Verb] | None = None,
    asker: str = "",
    says: Sequence[str] = (),
) -> GuestLink:
    """Send one named person a link to one record.

    `place` is the whole address of the guests' page with `rules.TOKEN` where the token goes;
    `asker` and `says` are as the letter takes them.
    """
    verbs = opening.verbs if scope is None else frozenset(scope)
    held = take(record.pk, may=lambda held: _may_admit(actor, held, verbs))
    rules.may_invite(opening, verbs, level=held.level, lasts=lasts).require()
    link = GuestLink(
        record=held,
        purpose=opening,
        name=_named(name),
        email=_address(email),
        scope=sorted(verb.value for verb in verbs),
        invited_by=actor.signature[:200],
        invited_at=now,
        expires_at=now + lasts,
    )
    _none_is_open(link)
    token = _issue(link)
    link.save(force_insert=True)
    _mail_link(actor, link, place, token, asker, says)
    happened(actor, "guest invited", held, after=_told(link) | {"until": link.expires_at})
    return link


def _may_admit(actor: Actor, held: Record, verbs: Iterable[Verb]) -> Verdict:
    needed = [Verb.ADMIT, *(verb for verb in verbs if verb not in GIVEN_BY_ADMITTING)]
    return every(*(can(actor, verb, held) for verb in needed))


def _named(name: str) -> str:
    bare = " ".join(name.split())
    if not bare or len(bare) > 200:
        raise Invalid(
            "A guest is one named person.", field="name", mend="Give a name of 200 letters or less."
        )
    return bare


def _address(typed: str) -> str:
    address = normal_address(typed)
    if not (allowed := is_address(address)):
        raise Invalid(str(allowed), field="email")
    return address


def _none_is_open(link: GuestLink) -> None:
    same = GuestLink.objects.filter(record=link.record, email=link.email, purpose=link.purpose)
    if same.filter(used_at=None, revoked_at=None).exists():
        raise Invalid(
            "This guest has a link for this already.",
            field="email",
            mend="Send that one anew, or take it back first.",
        )


def _issue(link: GuestLink) -> str:
    """A new token for the link, which from now on opens by no other."""
    token = signing.TimestampSigner(salt=queries.SALT).sign(secrets.token_urlsafe(24))
    link.digest = rules.token_digest(token)
    link.code_digest, link.code_tries, link.codes_sent = "", 0, 0
    link.code_sent_at = link.code_expires_at = link.entry = link.entered_at = None
    return token


def _mail_link(
    actor: Actor, link: GuestLink, place: str, token: str, asker: str, says: Sequence[str]
) -> None:
    if rules.TOKEN not in place:
        raise ValueError(f"The address needs {rules.TOKEN} where the token goes.")
    reference = link.record.reference
    post(
        actor,
        to=link.email,
        purpose=Purpose.GUEST_LINK,
        subject=rules.subject(Purpose.GUEST_LINK, reference=reference),
        text=rules.link_letter(
            name=link.name,
            by=link.invited_by,
            opening=link.opening,
            reference=reference,
            kind=link.record.kind,
            until=timezone.localdate(link.expires_at),
            asker=asker,
            says=says,
        ),
        about=link.record,
        secret=place.replace(rules.TOKEN, token),
        good_until=link.expires_at,
    )


def _told(link: GuestLink) -> dict[str, object]:
    """A link as an event tells of it."""
    return {"link": link.pk, "guest": link.name, "to": link.purpose, "may": link.scope}


@operation
def renew_link(
    actor: Actor,
    *,
    link: GuestLink,
    place: str,
    now: datetime,
    lasts: timedelta = rules.GUEST_LASTS,
    asker: str = "",
    says: Sequence[str] = (),
) -> GuestLink:
    """Send the guest a new link to the same address; the earlier one opens nothing any more."""
    held = _taken(actor, link)
    rules.may_renew(held.state(now)).require()
    rules.may_invite(held.opening, held.scope, level=held.record.level, lasts=lasts).require()
    held.issue += 1
    held.invited_by, held.invited_at = actor.signature[:200], now
    held.expires_at = now + lasts
    token = _issue(held)
    held.save()
    _mail_link(actor, held, place, token, asker, says)
    happened(actor, "guest link renewed", held.record, after=_told(held))
    return held


@operation
def revoke_link(actor: Actor, *, link: GuestLink, reason: str, now: datetime) -> GuestLink:
    """Take a link back. Whoever came in by it is out at once."""
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    held = _taken(actor, link)
    if held.revoked_at:
        raise Refused(f"{held.revoked_by} took this link back already.")
    held.revoked_at, held.revoked_by = now, actor.signature[:200]
    held.revoke_reason = reason.strip()
    held.entry = held.entered_at = None
    held.code_digest = ""
    held.save()
    happened(actor, "guest link revoked", held.record, reason=reason, after=_told(held))
    return held


def _taken(actor: Actor, link: GuestLink) -> GuestLink:
    """The link as it stands, its record taken by somebody who may admit others to it."""
    record = take(link.record_id, may=lambda held: _may_admit(actor, held, map(Verb, link.scope)))
    held = GuestLink.objects.select_for_update().get(pk=link.pk)
    held.record = record
    return held


# --- at the door


@operation
def open_link(actor: Actor, *, token: str, now: datetime) -> GuestLink | None:
    """Mail a code to the address that the link was sent to; None where it opens nothing.

    Raises `Refused` for a code asked for too soon after the last one.
    """
    held = _at_the_door(actor, token, now)
    if held is None:
        no_event("a link that opens nothing leaves no trace")
        return None
    rules.may_have_code(held.code_sent_at, held.codes_sent, now).require()
    code = f"{secrets.randbelow(10**6):06d}"
    held.codes_sent, held.code_tries = held.codes_sent + 1, 0
    held.code_digest = _code_digest(held, code)
    held.code_sent_at, held.code_expires_at = now, now + rules.CODE_LASTS
    held.save()
    post(
        actor,
        to=held.email,
        purpose=Purpose.GUEST_CODE,
        subject=rules.subject(Purpose.GUEST_CODE),
        text=rules.code_letter(name=held.name),
        about=held.record,
        secret=code,
        good_until=held.code_expires_at,
    )
    happened(actor, "guest code sent", held.record, after=_told(held))
    return held


def _at_the_door(actor: Actor, token: str, now: datetime) -> GuestLink | None:
    """The link that a token opens, locked, and asked again once it is."""
    found = queries.link_by(actor, token, now=now)
    if found is None:
        return None
    GuestLink.objects.select_for_update().get(pk=found.pk)
    return queries.link_by(actor, token, now=now)


def _code_digest(link: GuestLink, code: str) -> str:
    """Keyed, since six digits could be tried out from a plain digest in a moment."""
    said = f"{link.pk.hex}:{link.issue}:{link.codes_sent}:{code}"
    return salted_hmac(SALT_OF_CODES, said, algorithm="sha256").hexdigest()


@operation
def enter_code(actor: Actor, *, token: str, code: str, now: datetime) -> GuestLink | None:
    """Enter the code that was mailed; None where it is wrong, late or tried too often.

    With the row's `pk` and `entry`, `queries.guest` gives the guest as an actor. Entering
    in a second browser shuts the first one out.
    """
    held = _at_the_door(actor, token, now)
    if held is None or not held.code_works(now):
        no_event("there is no code to be entered")
        return None
    if not _is_right(held, code):
        held.code_tries += 1
        held.save(update_fields=["code_tries"])
        happened(actor, "guest code refused", held.record, after=_told(held))
        return None
    held.code_digest, held.entry, held.entered_at = "", uuid4(), now
    held.save(update_fields=["code_digest", "entry", "entered_at"])
    happened(actor, "guest came in", held.record, after=_told(held))
    return held


def _is_right(link: GuestLink, code: str) -> bool:
    return rules.is_code(code) and constant_time_compare(_code_digest(link, code), link.code_digest)


@operation
def use_link(actor: Actor, *, link: UUID, now: datetime) -> GuestLink:
    """Say that the guest has done what the link is for: one of a single use is then over.

    Called inside the operation that did it, so that both happen or neither.
    """
    held = GuestLink.objects.select_for_update().get(pk=link)
    if actor.kind is not Kind.GUEST or held.record_id not in actor.admitted:
        raise Refused("Only the guest whom this link let in can use it.")
    if not held.is_open(now):
        raise Refused("This link no longer works. Ask the person who sent it for a new one.")
    held.record = Record.objects.get(pk=held.record_id)
    if not held.opening.is_single_use:
        no_event("the link serves until it ends")
        return held
    held.used_at, held.entry, held.entered_at = now, None, None
    held.save(update_fields=["used_at", "entry", "entered_at"])
    happened(actor, "guest link used", held.record, after=_told(held))
    return held
