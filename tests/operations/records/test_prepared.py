"""A query that is put into SQL once finds what Django would find, whatever it is asked with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from concordat.domain.base.records import operations
from concordat.domain.base.records.models import Grant, KeptRow, Record
from concordat.domain.base.records.queries import Prepared, PreparedRows, first_of
from concordat.domain.base.records.rules import Level
from tests.operations.records.conftest import DAY, SYSTEM, Cast

LATER = DAY + timedelta(days=9)


def grants(on: date, people: Iterable[UUID]) -> QuerySet[Grant, Any]:
    """One with a constant, a day that stands twice, several ids and a column of each kind."""
    return (
        Grant.objects.filter(from_day__lte=on, record__opened__lte=on, level=Level.SEE)
        .filter(grantee__in=people)
        .order_by("pk")
        .values_list("record", "level", "from_day", "record__listed")
    )


@pytest.fixture
def people(cast: Cast) -> list[UUID]:
    """Three of whom the first two were given something, the second later and to work on."""
    first, second, third = (
        cast.record_of(each) for each in (cast.member, cast.observer, cast.outsider)
    )
    for grantee, level, day in ((first, Level.SEE, DAY), (second, Level.SEE, LATER)):
        operations.admit(
            SYSTEM,
            record=cast.restricted(),
            grantee=grantee,
            level=level,
            reason="Is to read it",
            from_day=day,
        )
    return [first.pk, second.pk, third.pk]


@pytest.mark.parametrize("on", [DAY - timedelta(days=1), DAY, LATER])
@pytest.mark.parametrize("many", [1, 2, 3])
def test_rows_are_those_that_django_finds(people: list[UUID], on: date, many: int) -> None:
    prepared, asked = Prepared(grants), people[:many]
    for _ in range(2):
        assert prepared.rows(on=on, people=asked) == list(grants(on, asked))


def test_the_same_query_is_asked_with_other_values(people: list[UUID]) -> None:
    prepared = Prepared(grants)
    found = [len(prepared.rows(on=LATER, people=[each])) for each in people]
    assert found == [1, 1, 0]
    assert [len(prepared.rows(on=DAY, people=[each])) for each in people] == [1, 0, 0]


def test_another_query_looks_in_it(people: list[UUID]) -> None:
    records = Prepared(lambda on, people: grants(on, people).order_by().values_list("record"))
    both = Record.objects.filter(pk__in=records.within(on=LATER, people=people))
    first = Record.objects.filter(pk__in=records.within(on=DAY, people=people))
    assert {each.pk for each in both} == {row[0] for row in grants(LATER, people)}
    assert [each.pk for each in first] == [row[0] for row in grants(DAY, people)]
    assert not both.exclude(pk__in=records.within(on=LATER, people=people)).exists()


def test_it_is_one_question_and_made_once(people: list[UUID]) -> None:
    from django.db import connection

    made: list[int] = []

    def counted(on: date, people: list[UUID]) -> QuerySet[Grant, Any]:
        made.append(len(people))
        return grants(on, people)

    prepared = Prepared(counted)
    with CaptureQueriesContext(connection) as asked:
        for on in (DAY, LATER, DAY):
            prepared.rows(on=on, people=people)
        prepared.rows(on=DAY, people=people[:1])
    assert len(asked) == 4
    assert made == [3, 1]


def test_whether_a_partnership_has_any_row_of_a_kind(cast: Cast) -> None:
    found = first_of(KeptRow)
    assert not found.rows(partnership=cast.here.pk)
    for key in ("one", "two"):
        operations.keep(
            SYSTEM,
            model=KeptRow,
            partnership=cast.here,
            key=key,
            values={"kind": "values", "values": {}},
            noun="row",
        )
    assert len(found.rows(partnership=cast.here.pk)) == 1
    assert not found.rows(partnership=cast.there.pk)


def held(pk: UUID) -> QuerySet[Record]:
    """One whose owner may be nobody, with a column that is left for later."""
    return Record.objects.filter(pk=pk).select_related("partnership", "owner").defer("title")


def test_whole_rows_are_those_that_django_finds(cast: Cast) -> None:
    prepared = PreparedRows(held)
    for wanted in (cast.restricted(), cast.record_of(cast.member)):
        with CaptureQueriesContext(connection) as asked:
            found = prepared.first(pk=wanted.pk)
            assert found
            told = (found.partnership and found.partnership.reference, found.owner)
        assert len(asked) == 1, "what it follows came with it"
        expected = held(wanted.pk).get()
        assert (found, told) == (
            expected,
            (wanted.partnership and wanted.partnership.reference, expected.owner),
        )
        assert found.level is expected.level
        assert found.get_deferred_fields() == {"title"}
        assert found.title == wanted.title
        found.refresh_from_db()
        assert not found._state.adding


def test_nothing_is_found_where_nothing_is(cast: Cast) -> None:
    assert PreparedRows(held).first(pk=UUID(int=7)) is None
    assert PreparedRows(held).found(pk=UUID(int=7)) == []
