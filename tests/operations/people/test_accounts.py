from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import Account, Invitation
from concordat.domain.base.people.rules import BY_ANYBODY, InvitationState, Step
from concordat.domain.base.records.models import Event, EventDetail
from concordat.domain.base.records.operations import operation
from concordat.kernel.actor import public
from concordat.kernel.errors import Invalid, Refused
from tests.operations.people.examples import DAY, LOADER, PASSWORD, House, signed_up

NOW = timezone.now()


def invited(house: House) -> Invitation:
    return operations.invite(house.as_actor(house.manager), person=house.director, now=NOW)


def test_an_invitation_becomes_an_account_once(house: House) -> None:
    invitation = invited(house)
    found = queries.invitation_by(invitation.token)
    assert found == invitation
    guest = queries.guest_of(invitation, DAY)
    account = operations.accept_invitation(guest, invitation=invitation, password=PASSWORD, now=NOW)
    assert account.email == "director@heath.example"
    assert account.check_password(PASSWORD)
    assert queries.account_at(" Director@HEATH.example ") == account
    with pytest.raises(Refused, match="used already"):
        operations.accept_invitation(guest, invitation=invitation, password=PASSWORD, now=NOW)
    with pytest.raises(Refused, match="has an account"):
        invited(house)
    verbs = Event.objects.filter(record=house.director.pk).values_list("verb", flat=True)
    assert {"person invited", "invitation accepted"} <= set(verbs)


def test_only_the_secretariat_invites_and_only_the_invited_accepts(house: House) -> None:
    with pytest.raises(Refused):
        operations.invite(house.as_actor(house.assistant), person=house.director, now=NOW)
    invitation = invited(house)
    for actor in (house.as_actor(house.director), LOADER, public(DAY)):
        with pytest.raises(Refused):
            operations.accept_invitation(actor, invitation=invitation, password=PASSWORD, now=NOW)
    assert not Account.objects.exists()


def test_a_link_expires_and_a_newer_one_replaces_it(house: House) -> None:
    invitation = invited(house)
    old, later = invitation.token, NOW + timedelta(days=7)
    assert invitation.state(later) is InvitationState.EXPIRED
    guest = queries.guest_of(invitation, DAY)
    with pytest.raises(Refused, match="expired"):
        operations.accept_invitation(guest, invitation=invitation, password=PASSWORD, now=later)
    renewed = operations.renew_invitation(guest, invitation=invitation, now=later)
    assert renewed.state(later) is InvitationState.OPEN
    assert queries.invitation_by(old) is None
    assert queries.invitation_by(renewed.token) == invitation
    with pytest.raises(Refused, match="newer link"):
        operations.accept_invitation(guest, invitation=invitation, password=PASSWORD, now=later)


def test_a_link_that_was_changed_or_made_elsewhere_opens_nothing(house: House) -> None:
    token = invited(house).token
    changed = ("A" if token[0] != "A" else "B") + token[1:]
    for wrong in (changed, token[:-1], token + "a", "", "x:y", "é"):
        assert queries.invitation_by(wrong) is None


def test_inviting_again_withdraws_the_first_and_so_does_withdrawing(house: House) -> None:
    first, second = invited(house), invited(house)
    first.refresh_from_db()
    assert first.state(NOW) is InvitationState.WITHDRAWN
    operations.withdraw_invitation(
        house.as_actor(house.manager), invitation=second, now=NOW, reason="Left"
    )
    with pytest.raises(Refused, match="withdrawn"):
        operations.accept_invitation(
            queries.guest_of(second, DAY), invitation=second, password=PASSWORD, now=NOW
        )


@pytest.mark.parametrize("weak", ["short", "password1234", "director@heath"])
def test_a_weak_password_is_refused_and_nothing_is_kept(house: House, weak: str) -> None:
    invitation = invited(house)
    with pytest.raises(Invalid) as problem:
        operations.accept_invitation(
            queries.guest_of(invitation, DAY), invitation=invitation, password=weak, now=NOW
        )
    assert problem.value.faults[0].field == "password"
    assert not Account.objects.exists()


def test_an_address_belongs_to_one_account_however_it_is_written(house: House) -> None:
    account = signed_up(house.director)
    with pytest.raises(Invalid, match="Somebody else"):
        operations.invite(LOADER, person=house.assistant, email="DIRECTOR@heath.example", now=NOW)

    @operation
    def shout(actor: object) -> None:
        Account.objects.filter(pk=account.pk).update(email="DIRECTOR@heath.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        shout(LOADER)


def test_closing_stops_the_account_and_is_undone_with_a_reason(house: House) -> None:
    signed_up(house.director)
    manager = house.as_actor(house.manager)
    with pytest.raises(Invalid):
        operations.close_account(manager, person=house.director, reason=" ")
    with pytest.raises(Refused):
        operations.close_account(
            house.as_actor(house.assistant), person=house.director, reason="No"
        )
    assert not operations.close_account(manager, person=house.director, reason="Left").is_active
    assert operations.reopen_account(manager, person=house.director, reason="Back").is_active
    with pytest.raises(Refused):
        operations.reopen_account(manager, person=house.director, reason="Back")
    with pytest.raises(Refused, match="no account"):
        operations.close_account(manager, person=house.assistant, reason="Left")


def test_the_sign_in_address_is_changed_by_the_secretariat(house: House) -> None:
    signed_up(house.director)
    changed = operations.change_address(
        house.as_actor(house.manager), person=house.director, email="Jo@new.example", reason="Moved"
    )
    assert changed.email == "jo@new.example"
    with pytest.raises(Refused):
        operations.change_address(
            house.as_actor(house.director), person=house.director, email="a@b.example", reason="x"
        )


@pytest.mark.parametrize("step", list(Step))
def test_every_step_is_an_event_of_the_person(house: House, step: Step) -> None:
    account = signed_up(house.director)
    operations.note(house.as_actor(house.director), step=step, account=account)
    event = Event.objects.get(verb=step.value)
    assert (event.record, event.actor) == (house.director.pk, "Jo Patel")


@pytest.mark.parametrize("step", list(Step))
def test_only_oneself_takes_a_step_but_anybody_may_fail(house: House, step: Step) -> None:
    account = signed_up(house.director)
    for actor in (public(DAY), house.as_actor(house.assistant)):
        if step in BY_ANYBODY:
            operations.note(actor, step=step, account=account)
        else:
            with pytest.raises(Refused):
                operations.note(actor, step=step, account=account)


def test_an_unknown_address_leaves_no_trace_of_itself(house: House) -> None:
    operations.note(public(DAY), step=Step.FAILED)
    event = Event.objects.get(verb="sign-in failed")
    assert (event.record, event.reference, event.actor) == (None, "", "A member of the public")
    assert EventDetail.objects.get(event=event.pk).after == "{}"


def test_only_oneself_sets_a_password(house: House) -> None:
    account = signed_up(house.director)
    with pytest.raises(Refused):
        operations.set_password(
            house.as_actor(house.manager), account=account, password="another heron here"
        )
    operations.set_password(
        house.as_actor(house.director), account=account, password="another heron here"
    )
    assert Event.objects.filter(verb="password changed").count() == 1


def test_a_lost_authenticator_is_removed_by_somebody_else(house: House) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    account = signed_up(house.director)
    own = signed_up(house.manager)
    for each in (account, own):
        TOTP.activate(each, "JBSWY3DPEHPK3PXP")
    manager = house.as_actor(house.manager)
    with pytest.raises(Refused, match="somebody else"):
        operations.remove_authenticator(manager, person=house.manager, reason="Lost")
    operations.remove_authenticator(manager, person=house.director, reason="Lost, seen in person")
    assert not Authenticator.objects.filter(user=account).exists()
    assert Authenticator.objects.filter(user=own).exists()
    assert Event.objects.get(verb="authenticator removed").reason == "Lost, seen in person"
