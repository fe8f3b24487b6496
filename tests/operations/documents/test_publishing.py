"""The public is served published rows and nothing else."""

from __future__ import annotations

import pytest

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.models import Document, Publication
from concordat.domain.base.documents.rules import PublishState
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.kernel.actor import public
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.papers import paper, replaced, version_of
from tests.operations.mail.cast import DAY, House, verbs_on

ANYBODY = public(DAY)


def publish(house: House, document: Document) -> Publication:
    return operations.publish(
        house.manager.actor, document=document, seen_version=version_of(document)
    )


def test_what_is_published_is_served_to_anybody(house: House, document: Document) -> None:
    assert not queries.published(ANYBODY)
    row = publish(house, document)
    assert list(queries.published(ANYBODY)) == [row]
    assert queries.served(ANYBODY, row) == paper().data
    assert verbs_on(document.record)[-1] == "document published"
    assert queries.publish_state(house.member.actor, document) is PublishState.PUBLISHED


def test_a_newer_version_is_not_served_until_it_is_published(
    house: House, document: Document
) -> None:
    first = publish(house, document)
    replaced(house, document)
    assert queries.served(ANYBODY, first) == paper().data
    second = publish(house, document)
    assert list(queries.published(ANYBODY)) == [second]
    with pytest.raises(Publication.DoesNotExist):
        queries.served(ANYBODY, first)


def test_what_is_withdrawn_is_served_no_more(house: House, document: Document) -> None:
    row = publish(house, document)
    with pytest.raises(Invalid, match="reason"):
        operations.withdraw(house.manager.actor, document=document, reason=" ")
    operations.withdraw(house.manager.actor, document=document, reason="A figure was wrong")
    with pytest.raises(Publication.DoesNotExist):
        queries.served(ANYBODY, row)
    assert Publication.objects.get().withdraw_reason == "A figure was wrong"
    with pytest.raises(Refused, match="withdrawn"):
        operations.withdraw(house.manager.actor, document=document, reason="Again")
    assert publish(house, document)


def test_what_is_restricted_later_is_served_no_more(house: House, document: Document) -> None:
    row = publish(house, document)
    records.name_owner(house.manager.actor, record=document.record, owner=house.manager.seat.record)
    records.restrict(
        house.manager.actor,
        record=document.record,
        sensitivity=Sensitivity.RESTRICTED,
        reason="A name was left in",
    )
    assert not queries.published(ANYBODY)
    with pytest.raises(Publication.DoesNotExist):
        queries.served(ANYBODY, row)
    with pytest.raises(Refused, match="Open it to the partnership"):
        publish(house, document)


def test_who_may_not_publish(house: House, document: Document) -> None:
    for sitter in (house.council, house.member, house.chair, house.outsider):
        with pytest.raises(Refused):
            operations.publish(sitter.actor, document=document, seen_version=version_of(document))
    assert not Publication.objects.exists()


def test_nobody_publishes_a_version_they_have_not_seen(house: House, document: Document) -> None:
    seen = version_of(document)
    replaced(house, document)
    with pytest.raises(Stale):
        operations.publish(house.manager.actor, document=document, seen_version=seen)
    assert not Publication.objects.exists()


def test_the_same_version_is_published_once(house: House, document: Document) -> None:
    publish(house, document)
    with pytest.raises(Refused, match="already"):
        publish(house, document)
    assert Publication.objects.count() == 1


def test_a_hold_on_publishing_is_kept(house: House, document: Document) -> None:
    records.place_hold(
        house.manager.actor,
        record=document.record,
        blocks="publish",
        reason="The trial has not ended",
        on=DAY,
    )
    with pytest.raises(Refused, match="trial"):
        publish(house, document)
    assert Record.objects.get(pk=document.pk).sensitivity == Sensitivity.PARTNERSHIP


def test_what_was_never_published_cannot_be_withdrawn(house: House, document: Document) -> None:
    with pytest.raises(Refused, match="not published"):
        operations.withdraw(house.manager.actor, document=document, reason="A mistake")
