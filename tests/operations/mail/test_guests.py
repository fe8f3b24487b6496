"""A guest's link: for one person, for a time, with a code; and nothing for anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.signing import TimestampSigner
from django.db import connection

from concordat.domain.base.mail import operations, queries, rules
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.base.mail.rules import LinkState, Opening
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, public
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, House, build, verbs_on
from tests.operations.mail.conftest import Server

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACE = f"https://example.org/guest/{rules.TOKEN}"
ANYBODY = public(DAY)
MINUTE = timedelta(minutes=1)
FOR_ALL = pytest.mark.usefixtures("house", "server")


@pytest.fixture(autouse=True)
def this_moment() -> Iterator[None]:
    """However long the run takes, a code that was just sent is fresh."""
    with time_machine.travel(NOW):
        yield


def invited(house: House, record: Record | None = None, **more: Any) -> GuestLink:
    told: dict[str, Any] = {
        "record": record or house.restricted(),
        "opening": Opening.COMMENT,
        "name": "Jo Patel",
        "email": "jo@example.org",
        "place": PLACE,
        "now": NOW,
    }
    return operations.invite_guest(more.pop("by", house.chair.actor), **(told | more))


def latest(purpose: str) -> str:
    """What the newest message of a purpose says once it has gone out."""
    message = Message.objects.filter(purpose=purpose).latest("posted_at")
    outbox._send.call(str(message.pk))
    return str(mail.outbox[-1].body)


def token() -> str:
    found = re.search(r"https://example\.org/guest/(\S+)", latest("guest link"))
    assert found
    return found[1]


def code_for(link: str, now: datetime = NOW) -> str:
    assert operations.open_link(ANYBODY, token=link, now=now)
    found = re.search(r"^\d{6}$", latest("guest code"), re.MULTILINE)
    assert found
    return found[0]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def enter(link: str, code: str, now: datetime = NOW) -> GuestLink | None:
    return operations.enter_code(ANYBODY, token=link, code=code, now=now)


def guest(link: GuestLink | None, now: datetime = NOW) -> Actor | None:
    assert link
    assert link.entry
    return queries.guest(ANYBODY, link=link.pk, entry=link.entry, now=now)


@FOR_ALL
def test_a_guest_comes_in_with_the_code_and_sees_one_record(house: House) -> None:
    record, other = house.restricted(), house.restricted("Kestrel")
    invited(house, record)
    link = token()
    came = guest(enter(link, code_for(link)))
    assert came
    assert came.name == "Jo Patel"
    assert list(visible(came, Record.objects.all())) == [record]
    assert can(came, Verb.ANSWER, record)
    assert not can(came, Verb.CHANGE, record)
    assert not can(came, Verb.SEE, other)
    assert verbs_on(record)[-5:] == [
        "guest invited",
        "message sent",
        "guest code sent",
        "message sent",
        "guest came in",
    ]


@FOR_ALL
def test_neither_token_nor_code_is_kept(house: House) -> None:
    invited(house)
    link = token()
    code = code_for(link)
    row = GuestLink.objects.get()
    kept = " ".join(str(value) for value in [*vars(row).values()])
    assert link not in kept
    assert code not in (row.code_digest, kept)
    texts = Message.objects.values_list("text", "secret", "subject")
    assert not [told for told in texts if link in "".join(told) or code in "".join(told)]
    told = Event.objects.values_list("text", flat=True)
    assert not [each for each in told if link in each]


@FOR_ALL
def test_no_mail_names_the_record_by_its_title(house: House) -> None:
    record = house.restricted("Heron")
    invited(house, record)
    code_for(token())
    said = " ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    assert "Heron" not in said
    assert record.reference in mail.outbox[0].subject


@FOR_ALL
@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: "",
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: token.swapcase(),
        lambda token: "\x00\ud800",
        lambda token: TimestampSigner(salt="other").sign("a"),
        lambda token: TimestampSigner(salt=queries.SALT).sign("never issued"),
    ],
)
def test_a_forged_link_finds_nothing(house: House, spoil: Any) -> None:
    invited(house)
    forged, events = spoil(token()), Event.objects.count()
    assert queries.link_by(ANYBODY, forged, now=NOW) is None
    assert operations.open_link(ANYBODY, token=forged, now=NOW) is None
    assert enter(forged, "123456") is None
    assert Event.objects.count() == events


@FOR_ALL
def test_after_expiry_it_opens_nothing_and_whoever_is_in_is_out(house: House) -> None:
    made = invited(house, lasts=timedelta(days=1))
    link = token()
    came = enter(link, code_for(link))
    late = made.expires_at
    assert guest(came, late - MINUTE)
    assert guest(came, late) is None
    assert operations.open_link(ANYBODY, token=link, now=late) is None
    assert enter(link, "123456", late) is None
    assert GuestLink.objects.get().state(late) is LinkState.EXPIRED


@FOR_ALL
def test_a_code_works_once(house: House) -> None:
    invited(house)
    link = token()
    code = code_for(link)
    assert enter(link, code)
    assert enter(link, code) is None


@FOR_ALL
def test_a_code_works_for_ten_minutes(house: House) -> None:
    invited(house)
    link = token()
    code = code_for(link)
    assert enter(link, code, NOW + rules.CODE_LASTS) is None
    assert enter(link, code, NOW + rules.CODE_LASTS - MINUTE)


@FOR_ALL
def test_guessing_ends_after_five_tries_even_with_the_right_code(house: House) -> None:
    record = house.restricted()
    invited(house, record)
    link = token()
    code = code_for(link)
    for _ in range(rules.CODE_TRIES):
        assert enter(link, other_than(code)) is None
    assert enter(link, code) is None
    assert verbs_on(record).count("guest code refused") == rules.CODE_TRIES
    fresh = code_for(link, NOW + MINUTE)
    assert enter(link, fresh, NOW + MINUTE)


@FOR_ALL
def test_an_earlier_code_is_no_use_once_there_is_another(house: House) -> None:
    invited(house)
    link = token()
    first = code_for(link)
    second = code_for(link, NOW + MINUTE)
    if first != second:
        assert enter(link, first, NOW + MINUTE) is None
    assert enter(link, second, NOW + MINUTE)


@FOR_ALL
def test_codes_are_a_minute_apart(house: House) -> None:
    invited(house)
    link = token()
    code_for(link)
    with pytest.raises(Refused, match="Wait a minute"):
        operations.open_link(ANYBODY, token=link, now=NOW + MINUTE / 2)
    assert GuestLink.objects.get().codes_sent == 1


@FOR_ALL
@pytest.mark.long
def test_after_ten_codes_the_link_is_spent_until_it_is_renewed(house: House) -> None:
    made = invited(house)
    link = token()
    for number in range(rules.MOST_CODES):
        code = code_for(link, NOW + number * MINUTE)
    later = NOW + rules.MOST_CODES * MINUTE
    for _ in range(rules.CODE_TRIES):
        enter(link, other_than(code), later)
    assert GuestLink.objects.get().state(later) is LinkState.SPENT
    assert operations.open_link(ANYBODY, token=link, now=later + MINUTE) is None
    operations.renew_link(house.chair.actor, link=made, place=PLACE, now=later)
    fresh = token()
    assert enter(fresh, code_for(fresh, later), later)


@FOR_ALL
def test_entering_in_another_browser_shuts_the_first_out(house: House) -> None:
    invited(house)
    link = token()
    first = enter(link, code_for(link))
    second = enter(link, code_for(link, NOW + MINUTE), NOW + MINUTE)
    assert guest(first, NOW + MINUTE) is None
    assert guest(second, NOW + MINUTE)
    assert second
    assert queries.guest(ANYBODY, link=second.pk, entry=uuid4(), now=NOW) is None


@FOR_ALL
def test_a_link_of_single_use_is_over_once_used(house: House) -> None:
    record = house.restricted()
    invited(house, record, opening=Opening.VOTE)
    link = token()
    row = enter(link, code_for(link))
    came = guest(row)
    assert came
    assert row
    operations.use_link(came, link=row.pk, now=NOW)
    assert guest(row) is None
    assert queries.link_by(ANYBODY, link, now=NOW) is None
    with pytest.raises(Refused, match="no longer works"):
        operations.use_link(came, link=row.pk, now=NOW)
    assert verbs_on(record).count("guest link used") == 1


@FOR_ALL
def test_a_link_to_read_serves_until_it_ends(house: House) -> None:
    invited(house, opening=Opening.READ)
    link = token()
    row = enter(link, code_for(link))
    came = guest(row)
    assert came
    assert row
    for _ in range(2):
        operations.use_link(came, link=row.pk, now=NOW)
    assert guest(row)


@FOR_ALL
def test_nobody_else_uses_a_link(house: House) -> None:
    first = invited(house, opening=Opening.VOTE)
    for actor in (house.manager.actor, ANYBODY, replace(ANYBODY, admitted=frozenset({uuid4()}))):
        with pytest.raises(Refused, match="Only the guest"):
            operations.use_link(actor, link=first.pk, now=NOW)
    assert GuestLink.objects.get().used_at is None


@FOR_ALL
def test_taking_a_link_back_puts_the_guest_out(house: House) -> None:
    record = house.restricted()
    made = invited(house, record)
    link = token()
    row = enter(link, code_for(link))
    with pytest.raises(Invalid, match="reason"):
        operations.revoke_link(house.chair.actor, link=made, reason=" ", now=NOW)
    operations.revoke_link(house.chair.actor, link=made, reason="Sent in error", now=NOW)
    assert guest(row) is None if row and row.entry else False
    assert queries.link_by(ANYBODY, link, now=NOW) is None
    assert verbs_on(record)[-1] == "guest link revoked"
    with pytest.raises(Refused, match="already"):
        operations.revoke_link(house.chair.actor, link=made, reason="Again", now=NOW)
    with pytest.raises(Refused, match="taken back"):
        operations.renew_link(house.chair.actor, link=made, place=PLACE, now=NOW)


@FOR_ALL
def test_a_renewed_link_opens_and_the_old_one_does_not(house: House) -> None:
    made = invited(house, lasts=timedelta(days=1))
    old = token()
    late = made.expires_at + timedelta(days=30)
    operations.renew_link(house.manager.actor, link=made, place=PLACE, now=late)
    new = token()
    assert queries.link_by(ANYBODY, old, now=late) is None
    assert queries.link_by(ANYBODY, new, now=late)


@FOR_ALL
def test_what_is_sealed_later_is_shut_to_its_guest(house: House) -> None:
    record = house.restricted()
    invited(house, record)
    link = token()
    row = enter(link, code_for(link))
    chair = house.chair.actor
    records.admit(
        house.manager.actor,
        record=record,
        grantee=house.chair.person.record,
        level="see",  # type: ignore[arg-type]
        reason="Chairs it",
        from_day=DAY,
    )
    records.restrict(chair, record=record, sensitivity=Sensitivity.SEALED, reason="Police ask")
    assert guest(row) is None
    assert queries.link_by(ANYBODY, link, now=NOW) is None


@FOR_ALL
@pytest.mark.parametrize("who", ["member", "council", "co_ordinator"])
def test_who_may_not_invite(house: House, who: str) -> None:
    record = house.risk()
    with pytest.raises(Refused):
        invited(house, record, by=getattr(house, who).actor)
    assert not GuestLink.objects.exists()
    assert not Message.objects.exists()
    assert Record.objects.get(pk=record.pk).version == record.version


@FOR_ALL
def test_nobody_gives_a_guest_what_they_may_not_do(house: House) -> None:
    record = house.risk()
    with pytest.raises(Refused, match="change"):
        invited(house, record, opening=Opening.PAPER)
    assert invited(house, record, opening=Opening.PAPER, by=house.manager.actor)


@FOR_ALL
@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"name": " "}, Invalid),
        ({"email": "jo"}, Invalid),
        ({"lasts": timedelta(days=91)}, Refused),
        ({"scope": [Verb.SEE, Verb.SIGN], "by": "manager"}, Refused),
    ],
)
def test_what_is_no_invitation(house: House, more: dict[str, Any], problem: type) -> None:
    record = house.restricted()
    if "by" in more:
        more = more | {"by": house.chair.actor}
    with pytest.raises(problem):
        invited(house, record, **more)
    assert not GuestLink.objects.exists()
    assert "guest invited" not in verbs_on(record)


@FOR_ALL
def test_a_sealed_record_has_no_guests(house: House) -> None:
    record = house.risk("Kestrel", sensitivity=Sensitivity.SEALED)
    for actor in (house.chair.actor, house.manager.actor):
        with pytest.raises(Refused):
            invited(house, record, by=actor)
    assert not GuestLink.objects.exists()


@FOR_ALL
def test_a_guest_has_one_link_for_one_thing(house: House) -> None:
    record = house.restricted()
    invited(house, record)
    with pytest.raises(Invalid, match="already"):
        invited(house, record, email="JO@example.org")
    assert invited(house, record, opening=Opening.VOTE)


@FOR_ALL
def test_only_those_who_admit_see_the_links(house: House) -> None:
    record = house.restricted()
    made = invited(house, record)
    assert list(queries.links_on(house.manager.actor, record)) == [made]
    assert queries.link(house.chair.actor, made.pk) == made
    for actor in (house.member.actor, house.outsider.actor, ANYBODY):
        assert not queries.links_on(actor, record)


@pytest.mark.long
def test_two_right_entries_at_once_let_one_browser_in(inside: str, server: Server) -> None:
    house = build()
    invited(house)
    link = token()
    code, start, came = code_for(link), Barrier(2), []

    def go() -> None:
        start.wait(timeout=20)
        came.append(enter(link, code))
        connection.close()

    both = [Thread(target=go) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=30)
    assert sorted(bool(each) for each in came) == [False, True]
