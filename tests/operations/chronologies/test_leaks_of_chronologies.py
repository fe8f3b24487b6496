"""Names never leave in a view by label: replaced where the key knows them, and looked for after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from concordat.craft import leaks
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area
from concordat.domain.practice.children import operations as children
from concordat.domain.practice.children.models import Child
from concordat.domain.practice.children.rules import Ground, What
from concordat.domain.practice.chronologies import operations, queries
from concordat.domain.practice.chronologies.models import Entry
from concordat.domain.practice.chronologies.queries import Export, Sifted
from concordat.domain.practice.chronologies.rules import MarkKind
from concordat.kernel.errors import Invalid
from tests.operations.children.examples import NAME, NICKNAME, ground
from tests.operations.chronologies.examples import TERMS, Table
from tests.operations.mail.cast import LOADER

MADE = datetime(2019, 3, 29, tzinfo=UTC)
NAMED = (
    "4 May 2018,,Samuel Larkspur seen. Sammo smiled,Wrote to Mrs Larkspur,He will thrive,Red book\n"
    "20 May 2018,,Heron and Mother at the clinic,,,Red book\n"
)


def exported(table: Table, ending: str = "docx", *, names: bool = False) -> Export:
    actor = table.reviewer
    made, told = queries.view(actor, table.row), queries.said(actor, table.row)
    words = queries.wording(actor, table.row, names=names)
    return queries.export(actor, table.row, made, told, words, ending, made=MADE)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.long
def test_names_become_labels_and_the_file_is_clean(table: Table, ending: str) -> None:
    table.signed(NAMED)
    found = exported(table, ending)
    assert not found.whole
    assert found.name == f"HERE-CY-0001-labels.{ending}"
    sought = [leaks.Sought(leaks.Kind.NAME, "Heron", "the label")]
    assert leaks.scan(found.name, found.data, sought), "the scan reads what the file tells"


@pytest.mark.long
def test_a_name_that_stands_outside_the_rows_stops_the_file_and_says_where(table: Table) -> None:
    table.signed(NAMED)
    mother = table.nest.mother
    children.tell_identity(
        table.manager, child=table.nest.child, relative=mother, what=What.NAME,
        text="Health Visiting", provenance="Invented to be found in a heading",
    )  # fmt: skip
    found = exported(table)
    assert [str(each) for each in found.whole] == ["The text: the name of Mother."]


@pytest.mark.long
def test_only_who_is_named_on_the_key_reads_names(table: Table) -> None:
    table.signed(NAMED)
    assert queries.may_name(table.reviewer, table.row)
    assert not queries.may_name(table.officer, table.row)
    with pytest.raises(Child.DoesNotExist):
        queries.wording(table.officer, table.row, names=True)
    found = exported(table, names=True)
    assert found.name == "HERE-CY-0001-names.docx"
    sought = [leaks.Sought(leaks.Kind.NAME, NAME, "Heron")]
    assert leaks.scan(found.name, found.data, sought)


def test_labels_are_the_same_in_every_row_and_ages_tell_no_birth(table: Table) -> None:
    table.signed(NAMED)
    actor = table.reviewer
    words = queries.wording(actor, table.row)
    made, told = queries.view(actor, table.row), queries.said(actor, table.row)
    rows = [words.row(row) for _, row in queries.sifted(actor, made, told, words, Sifted())]
    assert [row.event for row in rows] == [
        "Heron seen. Heron smiled", "Heron and Mother at the clinic"]  # fmt: skip
    assert rows[0].action == "Wrote to Mrs Heron"
    assert rows[0].comment == "He will thrive"
    assert {words.age(row) for row in rows} <= {"", "under 2 months"}
    named = queries.wording(actor, table.row, names=True)
    (_, last) = queries.sifted(actor, made, told, named, Sifted())[-1]
    assert named.row(last).event.startswith(NAME)
    found = queries.sifted(
        actor, made, told, words, Sifted(words="clinic", agency="Health visiting")
    )
    assert [number for number, _ in found] == [2]
    assert NICKNAME not in str(rows)


def test_the_title_of_a_chronology_is_looked_through_too(table: Table) -> None:
    table.signed(NAMED)
    operations.amend(
        table.manager, chronology=table.row, terms=replace(TERMS, title="About Samuel Larkspur")
    )
    row = queries.chronology(table.reviewer, table.row.record.reference)
    words = queries.wording(table.reviewer, row)
    made, told = queries.view(table.reviewer, row), queries.said(table.reviewer, row)
    found = queries.export(table.reviewer, row, made, told, words, "xlsx", made=MADE)
    assert not found.whole


def _keep(table: Table, label: str) -> Child:
    return children.keep_child(table.manager, area=table.nest.child.area, label=label)


def test_a_period_and_a_gap_that_touch_a_birth_are_worded(table: Table) -> None:
    born = date(2018, 5, 4)
    children.tell_identity(
        table.manager, child=table.nest.child, what=What.BIRTH, text="4 May 2018",
        provenance="Red book", reason="Put right",
    )  # fmt: skip
    operations.amend(table.manager, chronology=table.row, terms=replace(TERMS, first=born))
    table.signed("4 May 2018,,Seen,,,Red book\n1 December 2018,,Seen again,,,Red book\n"
                 "1 May 2018,,Booked,,,Red book\n")  # fmt: skip
    row = queries.chronology(table.reviewer, table.row.record.reference)
    made, told = queries.view(table.reviewer, row), queries.said(table.reviewer, row)
    assert made.merged.gaps
    words = queries.wording(table.reviewer, row)
    found = queries.export(table.reviewer, row, made, told, words, "xlsx", made=MADE)
    assert not found.whole


def test_two_children_of_one_label_are_never_in_one_chronology(table: Table) -> None:
    nest = table.nest
    other = agencies.set_down(
        LOADER, partnership=nest.house.here, kind="areas", key="mile", values={"name": "Mile End"}
    )
    assert isinstance(other, Area)
    for kind in Ground:
        ground(nest.house, other, nest.paper, kind)
    child = children.keep_child(table.manager, area=other, label="HERON")
    with pytest.raises(Invalid, match="Another child of this chronology"):
        operations.add_child(table.manager, chronology=table.row, child=child)


def test_two_children_of_one_name_are_parted_by_the_birth_that_a_row_gives(table: Table) -> None:
    wren = _keep(table, "Wren")
    for child, born in ((table.nest.child, "4 May 2012"), (wren, "9 June 2015")):
        for what, text in ((What.NAME, NAME), (What.BIRTH, born)):
            if child is wren or what is What.BIRTH:
                children.tell_identity(
                    table.manager, child=child, what=what, text=text,
                    provenance="Told", reason="Put right",
                )  # fmt: skip
    operations.add_child(table.manager, chronology=table.row, child=wren)
    head = "Date,Event,Person,Date of birth,Source of information\n"
    table.give(
        f"4 May 2018,a,{NAME},4/5/2012,Notes\n5 May 2018,b,{NAME},9/6/2015,Notes\n"
        f"6 May 2018,c,{NAME},,Notes\n",
        head=head,
    )
    actor = table.reviewer
    made = queries.view(actor, table.row, unsigned=True)
    words, said = queries.wording(actor, table.row), queries.said(actor, table.row)
    shown = [words.row(each).person for each in made.merged.rows]
    assert shown == ["Heron", "Wren", "[Heron or Wren]"]
    asked = Sifted(person="Wren")
    assert [e.event for _, e in queries.sifted(actor, made, said, words, asked)] == ["b", "c"]


def test_the_words_that_two_rows_share_are_by_label_too(table: Table) -> None:
    table.signed("4 May 2018,,Bruise: Samuel Larkspur fell from the sofa,,,Red book\n")
    table.signed(
        "4 May 2018,,Samuel Larkspur bruised after a fall from a sofa,,,Log 9\n",
        by=table.officer, of=table.police,
    )  # fmt: skip
    made = queries.view(table.reviewer, table.row)
    (pair,) = made.merged.duplicates
    assert "Larkspur" in pair.reason
    told = queries.wording(table.reviewer, table.row).put(pair.reason)
    assert "larkspur" not in told.casefold()
    assert "samuel" not in told.casefold()


def test_relatives_of_one_label_are_each_by_their_child_and_the_label_alone_names_nobody(
    table: Table,
) -> None:
    other = _keep(table, "Robin")
    mother = children.add_relative(table.manager, child=other, label="Mother")
    for child, relative, name in (
        (table.nest.child, table.nest.mother, "Ada Larkspur"), (other, mother, "Bea Thornbury"),
    ):  # fmt: skip
        children.tell_identity(
            table.manager, child=child, relative=relative, what=What.NAME, text=name,
            provenance="Told", reason="Put right",
        )  # fmt: skip
    operations.add_child(table.manager, chronology=table.row, child=other)
    words = queries.wording(table.manager, table.row)
    assert words.put("Ada Larkspur met Bea Thornbury") == "Mother of Heron met Mother of Robin"
    named = queries.wording(table.manager, table.row, names=True)
    assert named.put("Mother rang") == "Mother rang"
    assert named.put("Mother of Robin rang") == "Bea Thornbury rang"


def test_whom_a_row_is_about_is_found_whole_and_where_it_names_nobody(table: Table) -> None:
    head = "Date,Event,Person,Source of information\n"
    file = queries.preview(
        table.visitor, table.visiting, "rows.csv",
        (head + "4 May 2018,a,,Notes\n5 May 2018,b,Heron and Mother,Notes\n"
         "6 May 2018,c,Mother,Notes\n"
         "7 May 2018,d,Herons,Notes\n").encode(),
    )  # fmt: skip
    version = operations.give_file(table.visitor, contribution=table.visiting, file=file)
    operations.sign_off(table.visitor, contribution=table.visiting, digest=version.digest)
    actor = table.reviewer
    made, told = queries.view(actor, table.row), queries.said(actor, table.row)
    for names in (False, True):
        words = queries.wording(actor, table.row, names=names)

        def events(asked: Sifted, words: queries.Wording = words) -> list[str]:
            return [each.event for _, each in queries.sifted(actor, made, told, words, asked)]

        assert events(Sifted(person="Heron")) == ["a", "b"]
        assert events(Sifted(adult="mother")) == ["b", "c"]


def test_a_word_file_tells_beside_a_row_what_was_said_of_it_and_the_age(table: Table) -> None:
    children.tell_identity(
        table.manager, child=table.nest.child, what=What.BIRTH, text="3 May 2016",
        provenance="Red book", reason="Put right",
    )  # fmt: skip
    table.signed(NAMED)
    first = Entry.objects.order_by("pk")[0]
    operations.mark(table.reviewer, entry=first, kind=MarkKind.MISSED, words="Nobody asked Sammo")
    operations.dispute(
        table.reviewer, entry=first, contribution=table.police, words="Not so", source="Log 4"
    )
    found = exported(table)
    (table_of_rows, *_) = Document(BytesIO(found.data)).tables
    cells = [cell.text for cell in table_of_rows.rows[1].cells]
    assert cells[4] == "Age: 2 years"
    assert cells[7].splitlines() == [
        "He will thrive",
        "Marks: missed chance (Hetty Health): Nobody asked Heron",
        "Disputed: Police: Not so (Log 4)",
    ]
