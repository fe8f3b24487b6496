"""The newest seal head goes to whoever holds a partner's seat, once."""

from __future__ import annotations

import json

import pytest
from django.core import mail

from concordat.domain.base.mail import operations
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.base.people import operations as people
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.queries import heads, verify
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Incumbency
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from tests.operations.mail.cast import DAY, LOADER, House

SEALER = process("sealer", DAY)
pytestmark = pytest.mark.usefixtures("house", "server")


def addresses() -> set[str]:
    return set(Message.objects.values_list("to", flat=True))


def test_each_partner_gets_the_newest_head_as_a_file_that_verifies() -> None:
    records.seal(SEALER)
    assert operations.send_seal_heads(SEALER) == 2
    assert addresses() == {"colin-council@example.org", "hetty-health@example.org"}
    outbox._send.call(str(Message.objects.earliest("posted_at").pk))
    (letter,) = mail.outbox
    ((name, text, kind),) = letter.attachments
    assert (name, kind) == ("concordat-seal-1.txt", "text/plain")
    assert letter.subject == "Ledger seal 1, for you to keep"
    kept = json.loads(str(text))
    assert kept == list(heads())[-1]
    assert verify([kept]) == []
    assert verify([kept | {"hash": "0" * 64}])


def test_the_same_head_is_sent_once_and_the_next_one_again() -> None:
    records.seal(SEALER)
    for _ in range(2):
        assert operations.send_seal_heads(SEALER) == 2
    assert Message.objects.count() == 2
    records.seal(SEALER)
    operations.send_seal_heads(SEALER)
    assert Message.objects.count() == 2, "nothing happened, so nothing was sealed"


def test_a_new_seal_is_a_new_letter(house: House) -> None:
    records.seal(SEALER)
    operations.send_seal_heads(SEALER)
    house.risk()
    records.seal(SEALER)
    operations.send_seal_heads(SEALER)
    assert Message.objects.count() == 4


def test_without_a_seal_nothing_is_sent() -> None:
    assert operations.send_seal_heads(SEALER) == 0
    assert not Message.objects.exists()


def test_whoever_has_left_the_post_gets_none(house: House) -> None:
    records.seal(SEALER)
    row = Incumbency.objects.get(person=house.council.person)
    seats.leave_post(LOADER, incumbency=row, last_day=DAY.replace(day=28))
    assert operations.send_seal_heads(SEALER) == 1
    assert addresses() == {"hetty-health@example.org"}


def test_without_an_address_there_is_nobody_to_send_to(house: House) -> None:
    records.seal(SEALER)
    people.change(
        LOADER,
        person=house.council.person.pk,
        full_name="Colin Council",
        post_title="",
        email="",
        phone="",
    )
    assert operations.send_seal_heads(SEALER) == 1


def test_only_the_sealer_sends_heads(house: House) -> None:
    with pytest.raises(Refused):
        operations.send_seal_heads(house.manager.actor)
    assert not Message.objects.exists()
