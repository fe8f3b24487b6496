"""Who is asked for an agency's rows hears of it, and what is on file of that is true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import Message
from concordat.domain.base.records.models import Event
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import Contribution, Entry, Guest, Member
from concordat.domain.practice.chronologies.rules import Part
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused
from tests.operations.chronologies.examples import DUE, NOW, POST, Table
from tests.operations.chronologies.test_chronologies import BRUISE, LAWFUL
from tests.operations.mail.cast import DAY, verbs_on

LATE = process("chronology watcher", DUE + timedelta(days=1))


def now(row: Contribution) -> Contribution:
    return Contribution.objects.get(pk=row.pk)


def invited(table: Table) -> Guest:
    return operations.invite(
        table.manager, contribution=table.school, name="Nadia Nurse",
        email="nadia@school.example", **POST,
    )  # fmt: skip


def test_a_link_goes_to_an_address_of_the_agency_or_says_why_not(table: Table) -> None:
    asked = {"contribution": table.school, "name": "Nadia Nurse", **POST}
    with pytest.raises(Invalid, match="gives mailboxes to anybody"):
        operations.invite(table.manager, email="nadia@gmail.com", **asked)
    operations.invite(table.manager, email="nadia@gmail.com", why="No other mailbox", **asked)
    assert Event.objects.get(verb="agency invited by link").reason == "No other mailbox"


def author(table: Table, seat: str) -> Member:
    return operations.name_member(
        table.manager, chronology=table.row, whom=getattr(table.nest.house, seat).seat.record,
        part=Part.AUTHOR, contribution=table.school,
    )  # fmt: skip


def test_an_author_finds_what_is_owed_once_named_and_no_longer_once_ended(table: Table) -> None:
    member = author(table, "chair")
    seat = table.nest.house.chair.seat
    asked = Ask.objects.get(seat=seat, record=table.row.record)
    assert (asked.due, asked.cleared_on) == (DUE, None)
    operations.end_member(table.manager, member=member, on=DAY, reason="Left")
    asked.refresh_from_db()
    assert (asked.cleared_on, asked.outcome) == (DAY, "Does not write for the agency any more")
    assert Ask.objects.filter(record=table.row.record, cleared_on=None).count() == 2


def test_a_person_without_a_seat_is_told_by_letter_by_reference_alone(table: Table) -> None:
    person = table.nest.house.chair.person
    operations.name_member(
        table.manager, chronology=table.row, whom=person.record, part=Part.AUTHOR,
        contribution=table.school,
    )  # fmt: skip
    letter = Message.objects.get(to=person.email, about=table.row.record)
    assert table.row.record.reference in letter.text
    assert "30 April 2019" in letter.text
    assert "Heron" not in letter.text + letter.subject
    operations.chase(table.manager, contribution=table.school, **POST)
    operations.chase(table.manager, contribution=now(table.school), **POST)
    assert Message.objects.filter(to=person.email, about=table.row.record).count() == 2, (
        "at most once on a day"
    )


def test_an_agency_that_nobody_writes_for_is_not_said_to_be_reminded(table: Table) -> None:
    with pytest.raises(Refused, match="Nobody writes for School yet"):
        operations.chase(table.manager, contribution=table.school, **POST)
    assert now(table.school).chased == 0
    assert operations.chase_late(LATE, **POST) == 3
    assert operations.chase_late(LATE, **POST) == 0
    assert (now(table.school).chased, now(table.police).chased) == (0, 1)
    told = Event.objects.filter(record=table.row.record.pk, verb="agency not chased").get()
    assert told.reason.startswith("Nobody writes for it yet.")
    assert queries.unheard(table.manager, table.row) == {table.school.pk}


def test_a_guest_is_reminded_by_a_new_link_and_not_once_it_is_taken_back(table: Table) -> None:
    guest = invited(table)
    before = Message.objects.filter(to=guest.link.email).count()
    operations.chase(table.manager, contribution=table.school, **POST)
    letters = Message.objects.filter(to=guest.link.email).order_by("posted_at")
    assert letters.count() == before + 1
    assert "is due on 30 April 2019" in letters.last().text  # type: ignore[union-attr]
    assert now(table.school).chased == 1
    later = DUE + timedelta(days=14)
    operations.extend(table.manager, contribution=table.school, due=later, reason="Easter", **POST)
    assert "is due on 14 May 2019" in letters.last().text  # type: ignore[union-attr]
    guest.refresh_from_db()
    operations.shut_out(table.manager, guest=guest, reason="Left", now=NOW)
    with pytest.raises(Refused, match="Nobody writes"):
        operations.chase(table.manager, contribution=now(table.school), **POST)
    assert letters.count() == before + 2


def test_what_is_changed_after_a_sign_off_is_owed_again_until_it_is_signed(table: Table) -> None:
    table.signed(BRUISE)
    entry = Entry.objects.get()
    assert now(table.visiting).chase_on is None
    told = entry.told | {"Action": "Told the surgery"}
    operations.change_row(table.visitor, entry=entry, told=told)
    owed = now(table.visiting)
    assert (owed.due, owed.chase_on) == (DUE, DUE + timedelta(days=1))
    assert Ask.objects.filter(seat=table.nest.house.member.seat, cleared_on=None).get().due == DUE
    assert "sign-off owed again" in verbs_on(table.row.record)
    operations.enter_row(table.visitor, contribution=table.visiting, told=LAWFUL)
    assert verbs_on(table.row.record).count("sign-off owed again") == 1
    operations.chase(table.manager, contribution=table.visiting, **POST)
    last = queries.newest(table.visitor, table.visiting)
    assert last
    operations.sign_off(table.visitor, contribution=table.visiting, digest=last.digest)
    assert now(table.visiting).chase_on is None


def test_whoever_manages_sends_rows_for_an_agency_and_never_signs_them_off(table: Table) -> None:
    version = table.give(BRUISE, by=table.manager)
    with pytest.raises(Refused, match="own authors sign off"):
        operations.sign_off(table.manager, contribution=table.visiting, digest=version.digest)
    with pytest.raises(Refused, match="own authors sign off"):
        operations.sign_off(table.officer, contribution=table.visiting, digest=version.digest)
    assert queries.accepted(table.manager, table.visiting) is None
    operations.sign_off(table.visitor, contribution=table.visiting, digest=version.digest)


def test_a_locked_chronology_lets_people_out_and_its_part_of_manager_be_handed_over(
    table: Table,
) -> None:
    guest = invited(table)
    operations.lock(table.manager, chronology=table.row, reason="The report is signed")
    reviewer = Member.objects.get(part=Part.REVIEWER)
    operations.end_member(table.manager, member=reviewer, on=DAY, reason="Dismissed")
    operations.shut_out(table.manager, guest=guest, reason="Mailbox lost", now=NOW)
    guest.link.refresh_from_db()
    assert guest.link.revoked_at
    with pytest.raises(Refused, match="locked"):
        author(table, "chair")
    chair = table.nest.house.chair
    operations.name_member(
        table.manager, chronology=table.row, whom=chair.seat.record, part=Part.MANAGER
    )
    first = Member.objects.filter(part=Part.MANAGER).order_by("pk")[0]
    operations.end_member(table.manager, member=first, on=DAY, reason="Hands it over")
    operations.unlock(chair.actor, chronology=table.row, reason="A late file")
    assert verbs_on(table.row.record)[-1] == "chronology unlocked"
