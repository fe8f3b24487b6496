"""Rows kept under a key: set down once, amended afterwards, and never to somebody's surprise."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.agencies.models import Agency, Source
from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.records.conftest import SYSTEM, Cast, last_event, nothing_changed


def kept(cast: Cast, actor: Actor = SYSTEM, key: str = "paper", **values: Any) -> Source:
    more = {"seen_version": values.pop("seen_version", None)}
    return operations.keep(
        actor,
        model=Source,
        partnership=cast.here,
        key=key,
        values=values,
        noun="source",
        **more,
    )


def agency(cast: Cast, name: str, actor: Actor = SYSTEM, seen: int | None = None) -> Agency:
    return operations.keep(
        actor,
        model=Agency,
        partnership=cast.here,
        key="council",
        values={"name": name},
        noun="agency",
        kind=RecordKind.AGENCY,
        title=name,
        seen_version=seen,
    )


def test_a_new_row_is_set_down(cast: Cast) -> None:
    row = kept(cast, cast.co_ordinator, title="Plan", author="Board")
    assert (row.title, row.partnership) == ("Plan", cast.here)
    event, _, after = last_event("source set down")
    assert (event.record, event.actor) == (cast.here.pk, "Co-ordinator")
    assert after == {"author": "Board", "key": "paper", "title": "Plan"}


def test_an_equal_row_changes_nothing(cast: Cast) -> None:
    row = kept(cast, title="Plan")
    version = Record.objects.get(pk=cast.here.pk).version
    with nothing_changed():
        assert kept(cast, title="Plan") == row
    assert Record.objects.get(pk=cast.here.pk).version == version


def test_a_different_row_is_amended_and_what_is_not_named_stays(cast: Cast) -> None:
    kept(cast, title="Plan", author="Board")
    row = kept(cast, cast.co_ordinator, title="Plan 2019")
    assert (row.title, row.author) == ("Plan 2019", "Board")
    assert last_event("source amended")[1:] == ({"title": "Plan"}, {"title": "Plan 2019"})
    assert Source.objects.count() == 1


def test_a_row_with_an_address_takes_its_title_along(cast: Cast) -> None:
    row = agency(cast, "Council of Here")
    assert row.record.kind == RecordKind.AGENCY
    again = agency(cast, "Borough of Here", cast.co_ordinator)
    assert again.record_id == row.record_id
    assert Record.objects.get(pk=row.record_id).title == "Borough of Here"
    assert list(queries.search(cast.member, "borough")) == [row.record]
    assert row.record not in queries.search(cast.member, "council")


def test_the_second_of_two_who_amend_is_shown_both_texts(cast: Cast) -> None:
    row = agency(cast, "Council of Here")
    seen = row.record.version
    agency(cast, "Borough of Here", cast.manager, seen)
    with nothing_changed(), pytest.raises(Stale) as conflict:
        agency(cast, "City of Here", cast.co_ordinator, seen)
    assert conflict.value.mine == {"name": "City of Here"}
    assert conflict.value.theirs == {"name": "Borough of Here"}


def test_who_may_keep(cast: Cast) -> None:
    row = agency(cast, "Council of Here")
    with nothing_changed(), pytest.raises(Refused):
        agency(cast, "Mine", cast.member, row.record.version - 1)
    with nothing_changed(), pytest.raises(Refused):
        kept(cast, cast.member, title="Mine")
    for actor in (cast.outsider, cast.there_manager):
        with nothing_changed(), pytest.raises(Record.DoesNotExist):
            kept(cast, actor, title="Mine")
    with nothing_changed(), pytest.raises(Invalid, match="needs a key"):
        kept(cast, key="", title="No key")


def new(cast: Cast, key: str, **values: Any) -> operations.New:
    return operations.New(Source, cast.here, key, values, "source")


def test_many_new_rows_are_set_down_with_an_event_each(cast: Cast) -> None:
    before = Event.objects.count()
    first = new(cast, "old", title="Old")
    rows = [first, new(cast, "young", title="Young", supersedes=first)]
    assert operations.keep_new(cast.co_ordinator, rows=rows) == 2
    assert Source.objects.get(key="young").supersedes == Source.objects.get(key="old")
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True))[before:] == [
        "source set down",
        "source set down",
    ]
    assert queries.verify() == []


def test_many_new_rows_are_all_or_nothing(cast: Cast) -> None:
    kept(cast, title="Plan")
    rows = [new(cast, "fresh", title="Fresh"), new(cast, "paper", title="Taken")]
    with nothing_changed(), pytest.raises(IntegrityError), transaction.atomic():
        operations.keep_new(SYSTEM, rows=rows)
    assert not Source.objects.filter(key="fresh").exists()
    with nothing_changed(), pytest.raises(Refused):
        operations.keep_new(cast.member, rows=[new(cast, "fresh", title="Fresh")])
    with nothing_changed():
        assert operations.keep_new(cast.member, rows=[]) == 0
