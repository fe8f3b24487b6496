"""A chronology is asked for, told by each agency alone, and merged without a lost row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Event, EventDetail
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.children import operations as children
from concordat.domain.practice.children.models import StatedGround
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Entry,
    Mark,
    Member,
    Version,
)
from concordat.domain.practice.chronologies.rules import MarkKind
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.chronologies.examples import DUE, HEAD, LAST, POST, TERMS, Table
from tests.operations.mail.cast import DAY, verbs_on

BRUISE = "4 May 2018,10:00,Bruise seen on the cheek at a home visit,Told nobody,,Visit notes\n"
SEEN = "6 May 2018,,Weighed at the clinic with Mother present,None,,Visit notes\n"
CALL = "5 May 2018,22:10,Called to the flat by a neighbour,Calmed and left,,Log 12\n"
MADE = datetime(2019, 3, 29, tzinfo=UTC)
LAWFUL = {"Date": "1 June 2018", "Event": "Phoned the school", "Source of information": "Diary"}


def test_who_asks_raises_what_authors_owe_and_nobody_else_knows_of_it(table: Table) -> None:
    operations.chase(table.manager, contribution=table.visiting, **POST)
    asked = Ask.objects.get(cleared_on=None, seat=table.nest.house.member.seat)
    assert (asked.seat_id, asked.due) == (table.nest.house.member.seat.pk, DUE)
    assert "Heron" not in asked.what
    assert verbs_on(table.row.record)[-1] == "agency chased"
    for who in ("chair", "co_ordinator", "outsider"):
        actor = getattr(table.nest.house, who).actor
        assert not queries.chronologies(actor).exists()
        with pytest.raises(Chronology.DoesNotExist):
            queries.chronology(actor, table.row.record.reference)


@pytest.mark.long
def test_a_late_agency_is_chased_each_week_until_it_signs(table: Table) -> None:
    operations.chase(table.manager, contribution=table.visiting, **POST)
    table.signed(BRUISE)
    assert not Ask.objects.filter(cleared_on=None, seat=table.nest.house.member.seat).exists()
    late = process("chronology watcher", DUE + timedelta(days=1))
    assert operations.chase_late(late, **POST) == 2, "the school, for which nobody writes, too"
    assert operations.chase_late(late, **POST) == 0
    assert (
        operations.chase_late(process("chronology watcher", DUE + timedelta(days=9)), **POST) == 2
    )
    with pytest.raises(Refused, match="Nothing is owed"):
        operations.chase(table.manager, contribution=table.visiting, **POST)


def test_every_row_of_a_file_is_kept_or_named(table: Table) -> None:
    version = table.give(
        BRUISE + "6 May 2018,,Weighed,,,\n31 June 2018,,Late,,,Notes\n,,,,,Notes\n"
    )
    assert (version.read, version.rows, len(version.rejected)) == (4, 2, 2)
    (no_source, no_day) = version.rejected
    assert no_source["line"] == 3
    assert "source of information" in no_source["reason"]
    assert "31 June" in no_day["reason"]
    assert Entry.objects.filter(contribution=table.visiting).count() == 2


def test_a_file_with_no_row_to_take_changes_nothing(table: Table) -> None:
    with pytest.raises(Invalid, match="No row of this file"):
        table.give("6 May 2018,,Weighed,,,\n")
    assert not Version.objects.exists()


def test_the_same_file_twice_is_refused_and_a_new_one_shows_what_it_changes(table: Table) -> None:
    table.give(BRUISE + SEEN)
    with pytest.raises(Refused, match="given before, as version 1"):
        table.give(BRUISE + SEEN)
    changed = BRUISE.replace("cheek at", "left cheek at")
    table.give("1 May 2018,,Moved in,,,File\n" + changed)
    found = queries.compared(table.visitor, table.visiting, 1, 2)
    assert [(a.told["Event"], b.told["Event"]) for a, b in found.changed] == [
        (
            "Bruise seen on the cheek at a home visit",
            "Bruise seen on the left cheek at a home visit",
        )
    ]
    assert [each.told["Event"] for each in found.added] == ["Moved in"]
    assert [each.told["Event"] for each in found.withdrawn] == [
        "Weighed at the clinic with Mother present"
    ]
    assert len(table.texts(number=1)) == 2
    assert table.texts() == ["Moved in", "Bruise seen on the left cheek at a home visit"]


def test_a_sign_off_is_of_one_digest_and_a_change_needs_another(table: Table) -> None:
    first = table.signed(BRUISE)
    assert first.is_accepted
    with pytest.raises(Refused, match="signed off already"):
        operations.sign_off(table.visitor, contribution=table.visiting, digest=first.digest)
    entry = Entry.objects.get(contribution=table.visiting)
    told = entry.told | {"Comment": "Not asked about"}
    operations.change_row(table.visitor, entry=entry, told=told)
    with pytest.raises(Invalid, match="not those that you saw"):
        operations.sign_off(table.visitor, contribution=table.visiting, digest=first.digest)
    made = queries.view(table.manager, table.row)
    part = next(each for each in made.of if each.contribution == table.visiting)
    assert part.version
    assert part.newer
    assert (part.version.number, part.newer.number) == (1, 2)
    assert made.merged.rows[0].comment == ""
    assert queries.view(table.manager, table.row, unsigned=True).merged.rows[0].comment


def test_a_row_typed_on_screen_is_checked_kept_as_typed_and_withdrawn(table: Table) -> None:
    with pytest.raises(Invalid) as problem:
        operations.enter_row(
            table.visitor, contribution=table.visiting, told={"Date": "31 June 2018", "Event": "x"}
        )
    assert {fault.field for fault in problem.value.faults} == {"Date", "Source of information"}
    assert not Version.objects.exists()
    told = LAWFUL | {"Date": "?early 2018"}
    entry = operations.enter_row(table.visitor, contribution=table.visiting, told=told)
    assert entry.told["Date"] == "?early 2018"
    operations.enter_row(table.visitor, contribution=table.visiting, told=LAWFUL)
    assert Version.objects.count() == 1
    operations.withdraw_row(table.visitor, entry=entry, reason="Another family")
    assert table.texts() == ["Phoned the school"]
    with pytest.raises(Refused, match="was withdrawn"):
        operations.change_row(table.visitor, entry=entry, told=LAWFUL)


def test_two_people_at_once_are_told_of_each_other(table: Table) -> None:
    entry = operations.enter_row(table.visitor, contribution=table.visiting, told=LAWFUL)
    theirs = LAWFUL | {"Event": "Rang the school"}
    operations.change_row(table.manager, entry=entry, told=theirs, seen_version=entry.pk)
    with pytest.raises(Stale) as conflict:
        operations.change_row(
            table.visitor, entry=entry, told=LAWFUL | {"Action": "None"}, seen_version=entry.pk
        )
    assert conflict.value.theirs["Event"] == "Rang the school"
    assert "Date" not in conflict.value.theirs, "what both say alike is no conflict"
    file = queries.preview(table.visitor, table.visiting, "rows.csv", (HEAD + BRUISE).encode())
    operations.enter_row(table.manager, contribution=table.visiting, told=LAWFUL)
    with pytest.raises(Refused, match="changed since the file was looked at"):
        operations.give_file(table.visitor, contribution=table.visiting, file=file)
    assert table.texts() == ["Rang the school", "Phoned the school"]


def test_an_agency_sees_its_own_rows_and_no_others(table: Table) -> None:
    table.give(BRUISE)
    entry = Entry.objects.get()
    assert list(queries.contributions(table.officer, table.row)) == [table.police]
    with pytest.raises(Contribution.DoesNotExist):
        queries.contribution(table.officer, table.row, table.visiting.pk)
    with pytest.raises(Entry.DoesNotExist):
        queries.entry(table.officer, table.row, entry.pk)
    for act in (
        lambda: table.give(CALL, by=table.officer),
        lambda: operations.change_row(table.officer, entry=entry, told=LAWFUL),
        lambda: operations.mark(table.visitor, entry=entry, kind=MarkKind.GAP),
        lambda: queries.view(table.visitor, table.row),
        lambda: operations.lock(table.reviewer, chronology=table.row, reason="Done"),
    ):
        with pytest.raises(Refused):
            act()
    assert Entry.objects.get().told["Event"].startswith("Bruise")


def test_no_event_tells_what_a_row_says_or_why_it_was_judged_so(table: Table) -> None:
    table.signed(BRUISE)
    table.signed(CALL, by=table.officer, of=table.police)
    first, second = Entry.objects.order_by("pk")
    operations.pair(table.reviewer, first=first, second=second, joined=True, reason="A bruise")
    operations.mark(table.reviewer, entry=first, kind=MarkKind.MISSED, words="The bruise")
    operations.withdraw_row(table.visitor, entry=first, reason="Bruise of another")
    told = [str(row) for model in (Event, EventDetail) for row in model.objects.values_list()]
    assert len(told) > 10
    assert not [text for text in told if "ruise" in text]
    assert Entry.objects.get(pk=first.pk).why == "Bruise of another"


def test_a_reviewer_whose_time_is_over_sees_nothing(table: Table) -> None:
    person = table.nest.house.health.person
    assert queries.chronology(actor_for(person, on=LAST), table.row.record.reference)
    after = actor_for(person, on=LAST + timedelta(days=1))
    with pytest.raises(Chronology.DoesNotExist):
        queries.chronology(after, table.row.record.reference)
    member = Member.objects.get(grant__grantee=person.record)
    operations.end_member(table.manager, member=member, on=DAY, reason="Left")
    with pytest.raises(Chronology.DoesNotExist):
        queries.chronology(
            actor_for(person, on=DAY + timedelta(days=1)), table.row.record.reference
        )


def test_the_last_manager_cannot_leave(table: Table) -> None:
    member = Member.objects.get(part="manager")
    with pytest.raises(Refused, match="Name another manager first"):
        operations.end_member(table.manager, member=member, on=DAY, reason="Left")


def test_the_merge_is_the_same_each_time_and_says_what_it_is_made_of(table: Table) -> None:
    table.signed(BRUISE + SEEN)
    table.signed(CALL, by=table.officer, of=table.police)
    made = queries.view(table.reviewer, table.row)
    assert [row.agency for row in made.merged.rows] == [
        "Health visiting", "Police", "Health visiting"]  # fmt: skip
    assert made.digest == queries.view(table.manager, table.row).digest
    assert [each.version.number if each.version else 0 for each in made.of] == [1, 1, 0]
    (silence, *_) = made.merged.silences
    assert (silence.known.agency if silence.known else "", silence.silent) == (
        "Health visiting", "Police")  # fmt: skip
    table.signed(CALL + CALL.replace("5 May", "7 May"), by=table.officer, of=table.police)
    assert queries.view(table.manager, table.row).digest != made.digest


def test_pairs_say_of_whom_silences_are_told_and_what_contact_is_expected(table: Table) -> None:
    table.signed(BRUISE + SEEN)
    table.signed(CALL, by=table.officer, of=table.police)
    row = operations.expect(
        table.manager, chronology=table.row, pairs=[(table.police, table.visiting)],
        expected=[(table.visiting, 1)],
    )  # fmt: skip
    found = queries.view(table.manager, row).merged.silences
    assert not [each for each in found if each.silent == "Police"]
    assert [each.kind for each in found if each.silent == "Health visiting"]


def test_rows_are_joined_by_a_person_and_split_at_will(table: Table) -> None:
    table.signed(BRUISE)
    same = "4 May 2018,10:05,Bruise on the cheek seen at the home visit,,,Log 9\n"
    table.signed(same, by=table.officer, of=table.police)
    made = queries.view(table.reviewer, table.row)
    (suggested,) = made.merged.duplicates
    first, second = (
        Entry.objects.get(pk=made.heard[row.arrival].pk)
        for row in (suggested.first, suggested.second)
    )
    pairing = operations.pair(
        table.reviewer, first=first, second=second, joined=True, reason="One visit"
    )
    told = queries.said(table.reviewer, table.row)
    assert sorted(told.groups[first.stem]) == sorted([first.stem, second.stem])
    with pytest.raises(Refused, match="Undo that first"):
        operations.pair(
            table.reviewer, first=second, second=first, joined=False, reason="Two visits"
        )
    operations.split(table.reviewer, pairing=pairing)
    assert not queries.said(table.reviewer, table.row).groups
    assert len(queries.view(table.reviewer, table.row).merged.rows) == 2


def test_a_mark_says_who_set_it_and_stays_with_a_changed_row(table: Table) -> None:
    table.signed(BRUISE)
    entry = Entry.objects.get()
    with pytest.raises(Invalid, match="There is no theme"):
        operations.mark(table.reviewer, entry=entry, kind=MarkKind.THEME, value="Poverty")
    operations.mark(table.reviewer, entry=entry, kind=MarkKind.THEME, value="Neglect")
    found = operations.mark(
        table.reviewer, entry=entry, kind=MarkKind.MISSED, words="Nobody was told"
    )
    with pytest.raises(Invalid, match="marked so already"):
        operations.mark(table.reviewer, entry=entry, kind=MarkKind.MISSED)
    again = entry.told | {"Action": "Told the surgery"}
    changed = operations.change_row(table.visitor, entry=entry, told=again)
    told = queries.said(table.manager, table.row).marks[changed.stem]
    assert [(each.kind, each.by) for each in told] == [
        ("theme", "Hetty Health"), ("missed chance", "Hetty Health")]  # fmt: skip
    operations.unmark(table.manager, mark=found)
    assert Mark.objects.get(pk=found.pk).ended_by == "Mary Manager"


def test_a_dispute_keeps_both_texts(table: Table) -> None:
    table.signed(BRUISE)
    entry = Entry.objects.get()
    row = operations.dispute(
        table.reviewer, entry=entry, contribution=table.police,
        words="It was on the arm", source="Log 9",
    )  # fmt: skip
    with pytest.raises(Invalid, match="Another agency"):
        operations.dispute(
            table.reviewer, entry=entry, contribution=table.visiting, words="No", source="Notes"
        )
    operations.settle(table.manager, dispute=row, words="Both stand")
    (kept,) = queries.said(table.manager, table.row).disputes[entry.stem]
    assert (kept.words, kept.settled) == ("It was on the arm", "Both stand")
    assert Entry.objects.get().told["Event"].startswith("Bruise")


def test_a_locked_chronology_takes_nothing_more(table: Table) -> None:
    table.signed(BRUISE)
    operations.lock(table.manager, chronology=table.row, reason="The report is signed")
    entry = Entry.objects.get()
    for act in (
        lambda: table.give(SEEN),
        lambda: operations.mark(table.reviewer, entry=entry, kind=MarkKind.GAP),
        lambda: operations.amend(table.manager, chronology=table.row, terms=TERMS),
    ):
        with pytest.raises(Refused, match="locked"):
            act()
    assert len(queries.view(table.reviewer, table.row).merged.rows) == 1
    operations.unlock(table.manager, chronology=table.row, reason="A late file")
    table.give(SEEN)
    assert verbs_on(table.row.record)[-1] == "rows given"


def test_without_lawful_ground_no_row_is_kept(table: Table) -> None:
    ground = StatedGround.objects.get(ground="controller")
    children.end_ground(table.manager, ground=ground, on=DAY - timedelta(days=1), reason="Gone")
    with pytest.raises(Refused, match="No controller is on record"):
        table.give(BRUISE)
    assert not Version.objects.exists()


def test_terms_that_cannot_stand(table: Table) -> None:
    for terms in (
        replace(TERMS, last=date(2017, 1, 1)),
        replace(TERMS, gap=0),
        replace(TERMS, columns=["Weather"]),
    ):
        with pytest.raises(Invalid):
            operations.amend(table.manager, chronology=table.row, terms=terms)
    held = operations.amend(
        table.manager, chronology=table.row, terms=replace(TERMS, required=["Action"])
    )
    table = replace(table, visiting=Contribution.objects.get(pk=table.visiting.pk), row=held)
    version = table.give(BRUISE + "6 May 2018,,Weighed,,,Notes\n")
    assert version.rejected[0]["reason"] == "Action is missing."
    assert version.rejected[0]["place"].endswith("column Action")


def test_an_agency_that_tells_nothing_is_told_as_absent_and_stops_no_view(table: Table) -> None:
    table.signed(CALL, by=table.officer, of=table.police)
    row = operations.expect(table.manager, chronology=table.row, expected=[(table.visiting, 28)])
    found = queries.view(table.reviewer, row).merged.silences
    assert [(e.silent, e.first, e.last) for e in found] == [
        ("Health visiting", TERMS.first, TERMS.last)]  # fmt: skip


def test_a_corrected_row_keeps_what_the_chronology_does_not_ask_for(table: Table) -> None:
    head = HEAD.rstrip() + ",Reference,Date of birth,Weather\n"
    table.give(BRUISE.rstrip() + ",REF 7,1 May 2012,Rain\n", head=head)
    entry = Entry.objects.get(contribution=table.visiting)
    form = {name: str(entry.told.get(name, "")) for name in table.row.columns}
    operations.change_row(table.visitor, entry=entry, told=form | {"Action": "Told the surgery"})
    told = Entry.objects.order_by("-pk")[0].told
    assert told == entry.told | {"Action": "Told the surgery"}
    assert (told["Reference"], told["Date of birth"], told["more"]) == (
        "REF 7", "1 May 2012", [["Weather", "Rain"]])  # fmt: skip


def test_without_lawful_ground_nothing_is_said_of_a_row_and_it_can_be_taken_out(
    table: Table,
) -> None:
    table.signed(BRUISE + SEEN)
    first, second = Entry.objects.order_by("pk")
    kept = operations.dispute(
        table.reviewer, entry=first, contribution=table.police, words="On the arm", source="Log"
    )
    ground = StatedGround.objects.get(ground="controller")
    children.end_ground(table.manager, ground=ground, on=DAY - timedelta(days=1), reason="Gone")
    for act in (
        lambda: operations.mark(table.reviewer, entry=first, kind=MarkKind.GAP, words="Why"),
        lambda: operations.dispute(
            table.reviewer, entry=first, contribution=table.police, words="No", source="Log"
        ),
        lambda: operations.settle(table.manager, dispute=kept, words="Both"),
        lambda: operations.pair(
            table.reviewer, first=first, second=second, joined=True, reason="One"
        ),
        lambda: children.relabel(table.manager, relative=table.nest.mother, label="Parent"),
    ):
        with pytest.raises(Refused, match="No controller is on record"):
            act()
    operations.withdraw_row(table.visitor, entry=first, reason="Another family")
    assert table.texts() == ["Weighed at the clinic with Mother present"]
