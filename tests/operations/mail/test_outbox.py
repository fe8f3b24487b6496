"""What is posted goes out once, is tried again, and is given up with an event."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from concordat.craft import locking
from concordat.domain.base.mail import operations, queries, rules
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.base.mail.rules import Purpose, State
from concordat.domain.base.people import operations as people
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.operations import operation
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import LOADER, House, build, verbs_on
from tests.operations.mail.conftest import Server

FOR_ALL = pytest.mark.usefixtures("house", "server")


def posted(about: Record | None = None, **more: Any) -> Message:
    told: dict[str, Any] = {
        "to": "Jo@Example.org ",
        "purpose": Purpose.INVITATION,
        "subject": rules.subject(Purpose.INVITATION),
        "text": "Dear Jo,\n\nwelcome.",
        "about": about,
    }
    return operations.post(LOADER, **(told | more))


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def send(message: Message) -> Message:
    """As the worker does it."""
    outbox._send.call(str(message.pk))
    return again(message)


@FOR_ALL
def test_a_message_goes_out_as_plain_text_and_simple_html(house: House) -> None:
    record = house.risk()
    before = record.version
    sent = send(posted(record))
    assert (sent.state, sent.tries, sent.last_error) == (State.SENT, 1, "")
    (letter,) = mail.outbox
    assert letter.to == ["jo@example.org"]
    assert letter.body == "Dear Jo,\n\nwelcome."
    assert [kind for _, kind in letter.alternatives] == ["text/html"]  # type: ignore[attr-defined]
    assert letter.extra_headers["Message-ID"].startswith(f"<{sent.pk.hex}@")
    assert verbs_on(record)[-1] == "message sent"
    assert Record.objects.get(pk=record.pk).version == before


@FOR_ALL
def test_a_secret_goes_out_and_is_forgotten() -> None:
    message = posted(text=f"Open {rules.SECRET}", secret="https://example.org/abc")
    assert "abc" not in message.secret
    assert message.secret
    assert send(message).secret == ""
    assert mail.outbox[0].body == "Open https://example.org/abc"
    assert not Message.objects.filter(text__contains="abc").exists()


def test_a_locked_secret_opens_with_its_own_key_and_purpose_only() -> None:
    locked = locking.lock("123456", ["new", "old"], "outbox")
    assert locking.unlock(locked, ["newer", "new"], "outbox") == "123456"
    for keys, purpose in ((["other"], "outbox"), (["new"], "codes")):
        with pytest.raises(ValueError, match="another secret"):
            locking.unlock(locked, keys, purpose)


@FOR_ALL
def test_a_secret_without_a_place_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="place"):
        posted(secret="123456")
    with pytest.raises(ValueError, match="place"):
        posted(text=rules.SECRET)
    assert not Message.objects.exists()


@FOR_ALL
def test_what_cannot_be_posted_leaves_nothing(house: House) -> None:
    heron = house.restricted("Heron")
    with pytest.raises(Refused, match="never a title"):
        posted(heron, purpose=Purpose.ASKED, subject=f"Something waits for you: {heron.title}")
    with pytest.raises(Invalid, match="email address"):
        posted(to="nobody")
    with pytest.raises(Invalid):
        posted(to="a@example.org\nBcc: b@example.org")
    assert not Message.objects.exists()


@FOR_ALL
def test_an_act_that_fails_posts_nothing(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    @operation
    def halfway(actor: Any) -> None:
        posted(house.risk())
        raise Refused("No.")

    with django_capture_on_commit_callbacks(execute=True) as waiting, pytest.raises(Refused):
        halfway(LOADER)
    assert not waiting
    assert not Message.objects.exists()


@FOR_ALL
def test_the_worker_is_told_once_the_act_is_committed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        message = posted()
        assert not DBTaskResult.objects.exists()
    (waiting,) = DBTaskResult.objects.all()
    assert waiting.args_kwargs["args"] == [str(message.pk)]


@FOR_ALL
def test_the_same_key_is_one_message() -> None:
    first = posted(key="digest 2019-W13 jo")
    assert posted(key="digest 2019-W13 jo", text="other").pk == first.pk
    assert Message.objects.count() == 1


@FOR_ALL
def test_a_message_that_is_sent_is_never_sent_again() -> None:
    message = send(posted())
    send(message)
    operations.send_due(LOADER)
    assert len(mail.outbox) == 1
    assert again(message).tries == 1


@FOR_ALL
def test_a_message_that_somebody_has_is_left_to_them() -> None:
    message = posted()
    held = outbox._claim(LOADER, message=message.pk, now=timezone.now())
    assert held
    send(message)
    assert mail.outbox == []
    outbox._sent(LOADER, message=held, now=timezone.now())
    assert again(message).state == State.SENT


@FOR_ALL
def test_the_claim_of_somebody_who_died_lapses(django_capture_on_commit_callbacks: Any) -> None:
    message = posted()
    lost = outbox._claim(LOADER, message=message.pk, now=timezone.now())
    assert lost
    with time_machine.travel(timezone.now() + outbox.CLAIM + timedelta(seconds=1), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert operations.send_due(LOADER) == 1
        assert again(message).state == State.SENT
        outbox._failed(LOADER, message=lost, problem="TimeoutError", now=timezone.now())
    assert again(message).state == State.SENT
    assert len(mail.outbox) == 1


@FOR_ALL
def test_it_is_tried_six_times_and_then_given_up(
    house: House, server: Server, django_capture_on_commit_callbacks: Any
) -> None:
    server.down = True
    record = house.risk()
    message, moment = posted(record), timezone.now()
    for tries in range(1, rules.MOST_TRIES + 1):
        with time_machine.travel(moment, tick=False):
            with django_capture_on_commit_callbacks(execute=True):
                assert operations.send_due(LOADER) == 1
            message = again(message)
            assert message.tries == tries
            moment = message.next_try or moment
    assert message.state == State.GIVEN_UP
    assert message.last_error == "ConnectionRefusedError"
    with time_machine.travel(moment + timedelta(days=9), tick=False):
        assert operations.send_due(LOADER) == 0
    given_up = Event.objects.filter(record=record.pk, verb="message given up").get()
    assert given_up.reason == "ConnectionRefusedError"


@FOR_ALL
def test_a_failure_asks_the_worker_for_the_next_try(
    server: Server, django_capture_on_commit_callbacks: Any
) -> None:
    from django_tasks_db.models import DBTaskResult

    server.down = True
    message = posted()
    with django_capture_on_commit_callbacks(execute=True):
        message = send(message)
    (waiting,) = DBTaskResult.objects.all()
    assert message.state == State.FAILED
    assert waiting.run_after == message.next_try
    send(message)
    assert again(message).tries == 1, "not before its time"


@FOR_ALL
def test_a_code_that_is_late_is_not_sent(house: House) -> None:
    record = house.risk()
    message = posted(record, good_until=timezone.now() - timedelta(seconds=1))
    assert send(message).state == State.GIVEN_UP
    assert again(message).last_error == "TooLate"
    assert mail.outbox == []
    assert verbs_on(record)[-1] == "message given up"


@FOR_ALL
def test_the_secretariat_tries_again(house: House, server: Server) -> None:
    record, server.down = house.risk(), True
    message = given_up(record)
    server.down = False
    assert operations.try_again(house.manager.actor, message=message.pk).tries == 0
    assert send(message).state == State.SENT
    assert verbs_on(record)[-2:] == ["message queued again", "message sent"]


def given_up(record: Record) -> Message:
    message = posted(record)
    for _ in range(rules.MOST_TRIES):
        late = again(message).next_try
        assert late
        with time_machine.travel(late, tick=False):
            send(message)
    assert again(message).state == State.GIVEN_UP
    return again(message)


@FOR_ALL
def test_who_may_not_try_again(house: House, server: Server) -> None:
    server.down = True
    message = given_up(house.risk())
    for actor in (house.member.actor, house.chair.actor, house.outsider.actor):
        with pytest.raises(Message.DoesNotExist):
            operations.try_again(actor, message=message.pk)
    with pytest.raises(Message.DoesNotExist):
        operations.try_again(house.manager.actor, message=uuid4())
    assert again(message).state == State.GIVEN_UP


@FOR_ALL
def test_what_was_sent_is_not_queued_again(house: House) -> None:
    message = send(posted(house.risk()))
    with pytest.raises(Refused, match="sent"):
        operations.try_again(house.manager.actor, message=message.pk)
    assert again(message).state == State.SENT


@FOR_ALL
def test_only_a_process_sends_what_is_due(house: House) -> None:
    with pytest.raises(Refused):
        operations.send_due(house.manager.actor)


@FOR_ALL
def test_the_outbox_shows_the_secretariat_its_own(house: House) -> None:
    here = posted(house.risk())
    sealed = posted(house.risk("Kestrel", sensitivity=3))
    hidden = posted(house.restricted(listed=False))
    known = posted(house.restricted())
    seen = set(queries.outbox(house.manager.actor))
    assert seen == {here, known}
    assert sealed not in seen
    assert hidden not in seen
    assert not queries.outbox(house.outsider.actor)
    assert not queries.outbox(house.council.actor)


@FOR_ALL
def test_an_invitation_is_posted_once_for_each_issue(house: House) -> None:
    invited = people.invite(house.manager.actor, person=house.council.person, now=timezone.now())
    link = f"https://example.org/invitation/{invited.token}"
    first, second = (
        operations.send_invitation(house.manager.actor, invitation=invited, link=link)
        for _ in range(2)
    )
    assert first.pk == second.pk
    assert invited.token not in first.text
    send(first)
    assert link in str(mail.outbox[0].body)
    renewed = people.renew_invitation(house.manager.actor, invitation=invited, now=timezone.now())
    assert operations.send_invitation(LOADER, invitation=renewed, link=link).pk != first.pk


@pytest.mark.long
def test_two_places_at_once_send_it_once(inside: str, server: Server) -> None:
    """Real commits, two threads, one message."""
    build()
    message = posted()
    start, claims = Barrier(2), []

    def claim() -> None:
        start.wait(timeout=20)
        claims.append(outbox._claim(LOADER, message=message.pk, now=timezone.now()))
        connection.close()

    both = [Thread(target=claim) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=30)
    assert sorted(bool(each) for each in claims) == [False, True]
    assert Message.objects.get().tries == 1


@pytest.mark.long
def test_what_is_due_is_sent_after_the_act_and_not_within_it(inside: str, server: Server) -> None:
    build()
    posted()
    with transaction.atomic():
        operations.send_due(LOADER)
        assert mail.outbox == []
    assert len(mail.outbox) == 1
    assert Message.objects.get().state == State.SENT
