"""Letters that go out: drafted, agreed to, changed and sent, on the pages of their people."""

from __future__ import annotations

from django.test import Client

from concordat.domain.base.records.models import Record
from concordat.domain.governance.meetings.models import Assent, Letter
from tests.operations.mail.cast import DAY
from tests.operations.meetings.boardroom import Boardroom, seat_row
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def drafted(room: Boardroom, manager: Client, risk: Record) -> Letter:
    health = seat_row(room.house.health)
    post(
        manager,
        f"/records/{risk.reference}/letters/draft",
        party="department",
        who="A minister",
        subject="Our plans",
        their_reference="",
        agreeing=[health.record.reference],
    )
    return Letter.objects.get()


def test_a_draft_goes_round_and_goes_out(room: Boardroom) -> None:
    risk = room.house.risk()
    manager, health = as_(room.house.manager), as_(room.house.health)
    letter = drafted(room, manager, risk)
    address = f"/letters/{letter.pk}"
    assent = Assent.objects.get()
    assert "A draft that has not gone yet" in read(manager, address)
    sending = read(manager, f"{address}/send")
    assert "It still waits for" in sending
    typed = {"signed_by": "The chair", **day("dated", DAY)}
    assert "still waits" in told(post(manager, f"{address}/send", 422, **typed), 422)
    unclear = post(health, f"{address}/agree/{assent.pk}", 422, said="change it", words="")
    assert "Say what has to change" in told(unclear, 422)
    post(health, f"{address}/agree/{assent.pk}", said="change it", words="Name us")
    assert "Name us" in read(manager, address)
    seen = str(Record.objects.get(pk=risk.pk).version)
    told_then = {"who": "A minister", "subject": "All our plans", "seen_version": seen}
    post(manager, f"{address}/change", **told_then)
    conflict = told(post(manager, f"{address}/change", 409, **told_then | {"subject": "None"}), 409)
    assert "All our plans" in conflict
    post(health, f"{address}/agree/{assent.pk}", said="agreed", words="")
    post(manager, f"{address}/send", **typed)
    page = read(health, address)
    assert "A letter that went out" in page
    assert "The chair" in page
    read(manager, f"{address}/send", 404)
    read(health, f"{address}/agree/{assent.pk}", 404)


def test_who_was_not_asked_and_who_may_not_change_do_neither(room: Boardroom) -> None:
    risk = room.house.risk()
    letter = drafted(room, as_(room.house.manager), risk)
    assent = Assent.objects.get()
    council = as_(room.house.council)
    read(council, f"/letters/{letter.pk}/agree/{assent.pk}", 404)
    for tail in ("/change", "/send"):
        read(council, f"/letters/{letter.pk}{tail}", 403)
    read(council, f"/records/{risk.reference}/letters/draft", 403)
    read(as_(room.house.outsider), f"/letters/{letter.pk}", 404)


def test_the_register_of_one_record_shows_its_letters_alone(room: Boardroom) -> None:
    risk = room.house.risk()
    manager = as_(room.house.manager)
    drafted(room, manager, risk)
    page = read(manager, f"/letters?about={risk.reference}")
    assert "Our plans" in page
    assert "Draft a letter" in page
    other = room.meeting.record.reference
    assert "Our plans" not in read(manager, f"/letters?about={other}")
    read(as_(room.house.outsider), f"/letters?about={risk.reference}", 404)
