"""Inviting somebody, how they sign in, and closing their account."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from concordat.domain.base.people import rules
from concordat.domain.base.people.models import Account, Invitation, Person
from concordat.domain.base.people.operations.first_days import take_step
from concordat.domain.base.people.rules import BY_ANYBODY, FirstStep, Step
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused

# --- invitations


@operation
def invite(actor: Actor, *, person: Person, now: datetime, email: str = "") -> Invitation:
    """Invite somebody to sign in. The caller sends the link, which holds `invitation.token`.

    An invitation that is still open is replaced: its link stops working.
    """
    record = take(person.pk)
    can(actor, Verb.CHANGE, record).require()
    address = _free_address(email or person.email, person)
    if Account.objects.filter(person=person).exists():
        raise Refused(
            f"{person.name} has an account. A forgotten password is reset on the sign-in page."
        )
    _open_of(person).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        person=person,
        email=address,
        invited_by=actor.signature[:200],
        sent_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )
    happened(actor, "person invited", record, after={"until": invitation.expires_at})
    return invitation


def _open_of(person: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        person=person, accepted_at__isnull=True, withdrawn_at__isnull=True
    )


def _free_address(typed: str, person: Person) -> str:
    address = rules.normal_address(typed)
    if not (allowed := rules.is_address(address)):
        raise Invalid(str(allowed), field="email")
    if Account.objects.filter(email=address).exclude(person=person).exists():
        raise Invalid(
            "Somebody else signs in with this address.",
            field="email",
            mend="Give the person's own work address.",
        )
    return address


@operation
def renew_invitation(actor: Actor, *, invitation: Invitation, now: datetime) -> Invitation:
    """Issue the link anew, to the same address; the earlier link opens nothing any more.

    Who was invited may ask for this, since the new link goes to their own mailbox only.
    """
    record = take(invitation.person_id)
    if not _is_invited(actor, invitation):
        can(actor, Verb.CHANGE, record).require()
    held = Invitation.objects.select_related("person").get(pk=invitation.pk)
    if held.accepted_at or held.withdrawn_at:
        rules.may_accept(held.state(now)).require()
    held.issue += 1
    held.sent_at, held.expires_at = now, now + rules.INVITATION_LASTS
    held.save(update_fields=["issue", "sent_at", "expires_at"])
    happened(actor, "invitation sent again", record, after={"until": held.expires_at})
    return held


@operation
def withdraw_invitation(
    actor: Actor, *, invitation: Invitation, now: datetime, reason: str
) -> Invitation:
    record = take(invitation.person_id)
    can(actor, Verb.CHANGE, record).require()
    held = Invitation.objects.get(pk=invitation.pk)
    if held.accepted_at or held.withdrawn_at:
        rules.may_accept(held.state(now)).require()
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    happened(actor, "invitation withdrawn", record, reason=reason)
    return held


@operation
def accept_invitation(
    actor: Actor, *, invitation: Invitation, password: str, now: datetime
) -> Account:
    """Set the first password, through the link that was sent. The link works once."""
    record = take(invitation.person_id)
    if not _is_invited(actor, invitation):
        raise Refused("Only the person who was invited may accept.")
    held = Invitation.objects.select_related("person").get(pk=invitation.pk)
    rules.may_accept(held.state(now)).require()
    if held.issue != invitation.issue:
        raise Refused("A newer link was sent. Use that one.")
    account = Account(person=held.person, email=_free_address(held.email, held.person))
    _choose_password(account, password)
    account.save(force_insert=True)
    held.accepted_at = now
    held.save(update_fields=["accepted_at"])
    happened(actor, "invitation accepted", record)
    return account


def _is_invited(actor: Actor, invitation: Invitation) -> bool:
    return actor.kind is Kind.GUEST and actor.person == invitation.person_id


# --- signing in


@operation
def note(actor: Actor, *, step: Step, account: Account | None = None) -> None:
    """Set down a step of signing in. What was typed is never kept.

    Where no account is known, the event names no record: an unknown address leaves no trace.
    """
    if step not in BY_ANYBODY and not _is_own(actor, account):
        raise Refused("Only the person themselves takes this step.")
    happened(actor, step.value, account.person.record if account else None)


def _is_own(actor: Actor, account: Account | None) -> bool:
    return account is not None and account.person_id == (actor.hand_person or actor.person)


@operation
def set_password(actor: Actor, *, account: Account, password: str) -> Account:
    """Change a password: one's own, signed in or through a link sent to one's mailbox."""
    if not _is_own(actor, account):
        raise Refused("Only the person themselves may set their password.")
    record = take(account.person_id)
    _choose_password(account, password)
    account.save(update_fields=["password"])
    happened(actor, Step.PASSWORD_CHANGED, record)
    return account


def _choose_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise Invalid(" ".join(problem.messages), field="password") from problem
    account.set_password(password)


@operation
def choose_letter_day(
    actor: Actor, *, account: Account, day: int | None, seen_version: int | None = None
) -> Account:
    """Choose the weekday of one's weekly letter, Monday as 1, or none for no letter."""
    if not _is_own(actor, account):
        raise Refused("Only the person themselves chooses the day of their letter.")
    if day is not None and day not in range(1, 8):
        raise Invalid("That is no day of the week.", field="day", mend="Choose a day.")
    record = take(
        account.person_id,
        seen_version=seen_version,
        mine={"day": str(day or 0)},
        theirs=lambda: {"day": str(Account.objects.get(pk=account.pk).letter_day or 0)},
    )
    held = Account.objects.get(pk=account.pk)
    before, held.letter_day = held.letter_day, day
    held.save(update_fields=["letter_day"])
    happened(
        actor, "day of weekly letter chosen", record, before={"day": before}, after={"day": day}
    )
    take_step(actor, step=FirstStep.LETTER)
    return held


@operation
def remove_authenticator(actor: Actor, *, person: Person, reason: str) -> None:
    """Take away a lost authenticator and its recovery codes, so that a new one can be set up.

    The one who does it has made sure, by other means, who asks; it is never done for oneself.
    """
    from allauth.mfa.models import Authenticator

    account, record = _account_of(actor, person, reason)
    if (actor.hand_person or actor.person) == person.pk:
        raise Refused("Ask somebody else to remove your authenticator.")
    Authenticator.objects.filter(user=account).delete()
    happened(actor, Step.AUTHENTICATOR_REMOVED, record, reason=reason)


# --- the account itself


@operation
def change_address(actor: Actor, *, person: Person, email: str, reason: str) -> Account:
    """Change the address that somebody signs in with."""
    account, record = _account_of(actor, person, reason)
    before, account.email = account.email, _free_address(email, person)
    account.save(update_fields=["email"])
    happened(
        actor,
        "sign-in address changed",
        record,
        reason=reason,
        before={"address": before},
        after={"address": account.email},
    )
    return account


@operation
def close_account(actor: Actor, *, person: Person, reason: str) -> Account:
    """Stop somebody from signing in, at once and in every session. Nothing else is lost."""
    account, record = _account_of(actor, person, reason)
    if not account.is_active:
        raise Refused("This account is closed already.")
    account.is_active = False
    account.save(update_fields=["is_active"])
    happened(actor, "account closed", record, reason=reason)
    return account


@operation
def reopen_account(actor: Actor, *, person: Person, reason: str) -> Account:
    account, record = _account_of(actor, person, reason)
    if account.is_active:
        raise Refused("This account is open already.")
    account.is_active = True
    account.save(update_fields=["is_active"])
    happened(actor, "account opened again", record, reason=reason)
    return account


def _account_of(actor: Actor, person: Person, reason: str) -> tuple[Account, Record]:
    """Somebody's account, locked with their record, for one who may change it."""
    record = take(person.pk)
    can(actor, Verb.CHANGE, record).require()
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    account = Account.objects.filter(person=person).first()
    if account is None:
        raise Refused(f"{person.name} has no account.")
    return account, record
