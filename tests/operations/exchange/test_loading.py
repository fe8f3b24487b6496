"""Loading: rows by their key, all or nothing, told before it is done."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from concordat.domain.assurance.exchange import operations, rules
from concordat.domain.assurance.exchange.models import LoadedFile
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Event, EventDetail, Record
from concordat.domain.base.records.operations import New, keep_new, open_record
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Body, NamedPerson, Seat
from concordat.domain.governance.arrangements.models import Matter
from concordat.kernel.actor import Actor, Kind, process, public
from concordat.kernel.errors import Invalid, Refused
from tests.operations.exchange.examples import (
    LOADER,
    events_since,
    exported,
    last_number,
    load,
    nothing_changed,
    small,
)

pytestmark = pytest.mark.django_db


def test_what_is_absent_is_told_and_stays() -> None:
    load(small("matters: [{key: m, title: M}]\n"))
    loaded = load({"fell.yaml": small()["fell.yaml"].split("bodies:")[0]})
    assert {(c.kind, c.key) for c in loaded.of("absent")} == {
        ("bodies", "executive"),
        ("posts", "director"),
        ("seats", "council"),
        ("matters", "m"),
    }
    assert loaded.of("change") == []
    assert Body.objects.filter(key="executive").exists()


def test_part_of_a_file_may_point_to_what_is_there() -> None:
    load(small())
    number = last_number()
    head = "format: 1\npartnership: {key: fell, name: Fell Partnership}\n"
    loaded = load({"more.yaml": head + "holders: [{key: h, seat: council, post: director}]\n"})
    assert len(loaded.of("add")) == 1
    assert events_since(number) == ["holder set down", "partnership file loaded"]


def test_a_row_that_changed_is_amended_with_before_and_after() -> None:
    load(small())
    number = last_number()
    texts = small()
    texts["fell.yaml"] = texts["fell.yaml"].replace("Fell Council", "Fell and Dale Council")
    loaded = load(texts)
    assert (loaded.amended, loaded.unchanged) == (1, loaded.rows - 1)
    (change,) = loaded.of("change")
    assert (change.field, change.old, change.new) == (
        "name",
        "Fell Council",
        "Fell and Dale Council",
    )
    event = Event.objects.get(pk__gt=number, verb="agency amended")
    detail = EventDetail.objects.get(pk=event.pk)
    assert "Fell Council" in detail.before
    assert "Fell and Dale Council" in detail.after
    assert Agency.objects.get(key="council").record.title == "Fell and Dale Council"


def test_an_amended_row_may_point_to_a_new_one() -> None:
    load(small())
    texts = small("- {key: cabinet, role: Cabinet, body: cabinet}\n")
    texts["fell.yaml"] = texts["fell.yaml"].replace(
        "- {key: executive, name: Executive, kind: executive}",
        "- {key: executive, name: Executive, kind: executive, agency: council, parents: [cabinet]}"
        "\n- {key: cabinet, name: Cabinet, kind: cabinet, outside: yes}",
    )
    texts["fell.yaml"] = texts["fell.yaml"].replace(
        "body: executive, role: Council", "body: cabinet, role: Council"
    )
    load(texts)
    seat = Seat.objects.select_related("body", "record").get(key="council")
    assert (seat.body.key, seat.record.title) == ("cabinet", "Council, Cabinet")


def test_rows_of_one_kind_that_point_to_each_other_enter_at_once() -> None:
    chain = "".join(f"- {{key: s{n}, title: S{n}, supersedes: s{n + 1}}}\n" for n in range(5))
    load(small(f"sources:\n{chain}- {{key: s5, title: S5}}\n"))
    texts = exported("fell")
    assert rules.read(texts).found == ()
    assert "supersedes: s5" in texts["partnership.yaml"]


def test_a_named_person_is_set_down_and_amended() -> None:
    """A link that no file holds, to somebody who signs in, is left alone."""
    load(small("people: [{key: sam, name: Sam Invented}]\n"))
    load(small("people: [{key: sam, name: Sam Invented-Else, agency: council}]\n"))
    person = NamedPerson.objects.select_related("agency").get()
    assert (person.name, person.person, person.agency and person.agency.key) == (
        "Sam Invented-Else",
        None,
        "council",
    )


def test_two_partnerships_may_use_one_key_for_different_agencies() -> None:
    load({"a/f.yaml": small()["fell.yaml"], "b/d.yaml": small(key="dale")["dale.yaml"]})
    names = Agency.objects.filter(key="council").order_by("name").values_list("name", flat=True)
    assert list(names) == ["Dale Council", "Fell Council"]
    load(small(key="dale"))
    assert Agency.objects.count() == 2


@pytest.mark.long
def test_a_row_may_point_to_a_partnership_that_is_there_or_comes_with_it() -> None:
    more = "holders: [{key: h, seat: council, post: dale/director}]\n"
    with pytest.raises(Invalid, match="There is no partnership “dale”"):
        load(small(more))
    assert not Partnership.objects.exists()
    load({"a/f.yaml": small(more)["fell.yaml"], "b/d.yaml": small(key="dale")["dale.yaml"]})
    with nothing_changed(), pytest.raises(Invalid, match="no “nobody” among the posts of dale"):
        load(small(more.replace("dale/director", "dale/nobody")))


@pytest.mark.long
def test_a_preview_tells_what_loading_would_do_and_writes_nothing() -> None:
    load(small())
    file = rules.read(small("matters: [{key: m, title: M}]\n"))
    with nothing_changed():
        told = operations.preview(LOADER, file=file)
    assert [str(change) for change in told.changes] == ["add fell matters m"]
    assert operations.load(LOADER, file=file).changes == told.changes


def test_each_load_is_noted_with_its_counts() -> None:
    load(small())
    load(small("matters: [{key: m, title: M}]\n"))
    first, second = LoadedFile.objects.order_by("pk")
    assert (first.added, first.amended, first.unchanged, first.absent) == (5, 0, 0, 0)
    assert (second.added, second.unchanged) == (1, 5)
    assert first.digest != second.digest


def test_facts_of_the_past_enter_with_the_day_they_became_known() -> None:
    more = "states: [{key: s, body: executive, state: shadow, from: March 2019, stated_on: 2019-04-30, source: Minutes}]\n"  # noqa: E501
    load(small(more))
    (row,) = Body.objects.get(key="executive").states.all()
    assert (row.from_surely, row.from_maybe) == (date(2019, 3, 31), date(2019, 3, 1))
    assert (row.stated_on, row.source) == (date(2019, 4, 30), "Minutes")


TOO_LATE = [
    ("a fault at the very end", "holders: [{key: h, seat: nowhere, post: director}]\n"),
    ("two faults", "holders: [{key: h, seat: nowhere}, {key: h, seat: council}]\n"),
]


@pytest.mark.parametrize(("what", "more"), TOO_LATE)
def test_one_fault_keeps_all_of_it_out(what: str, more: str) -> None:
    load(small())
    texts = small("matters: [{key: new, title: New}]\n" + more)
    with nothing_changed(), pytest.raises(Invalid) as raised:
        load(texts)
    assert all(fault.place.startswith("fell.yaml:") for fault in raised.value.faults)
    assert all(fault.field and fault.mend for fault in raised.value.faults)


UNFIT = [
    ("a blank role", '- {key: s, body: executive, role: "\u00a0"}\n', "The role is blank"),
    ("a long title", f"matters: [{{key: m, title: {'x' * 401}}}]\n", "room for 400"),
    ("an order", "matters: [{key: m, title: M, order: 3000000000}]\n", "out of range"),
    ("places", "- {key: s, role: S, body: executive, how_many: 40000}\n", "out of range"),
]


@pytest.mark.parametrize(("what", "more", "told"), UNFIT, ids=[case[0] for case in UNFIT])
def test_what_no_table_can_keep_is_a_fault_with_its_place(what: str, more: str, told: str) -> None:
    load(small())
    with nothing_changed(), pytest.raises(Invalid) as raised:
        load(small(more))
    (fault,) = raised.value.faults
    assert told in fault.message
    assert fault.place.startswith("fell.yaml:")
    assert fault.field
    assert fault.mend


@pytest.mark.long
def test_only_who_may_change_a_partnership_may_load_its_file() -> None:
    load(small())
    file = rules.read(small("matters: [{key: m, title: M}]\n"))
    stranger = Actor(Kind.PERSON, "Stranger", date(2026, 3, 20))
    for actor in (public(date(2026, 3, 20)), stranger):
        with nothing_changed(), pytest.raises((Refused, Record.DoesNotExist)):
            operations.load(actor, file=file)


# --- many rows at once


def new(home: Record, key: str, **values: object) -> New:
    return New(Body, home, key, {"name": key, "kind": "panel", **values}, "body", RecordKind.BODY, key)  # fmt: skip  # noqa: E501


def home() -> Record:
    return open_record(
        LOADER, kind=RecordKind.PARTNERSHIP, title="Fell", partnership=None, opened=LOADER.on,
        prefix="FELL",
    )  # fmt: skip


def test_new_rows_get_references_in_their_order_and_events_of_their_own() -> None:
    fell = home()
    number = last_number()
    assert keep_new(LOADER, rows=[new(fell, f"b{n}") for n in range(3)]) == 3
    assert keep_new(LOADER, rows=[new(fell, "b3")]) == 1
    told = Body.objects.order_by("key").values_list("record__reference", flat=True)
    assert list(told) == [f"FELL-B-{n:04d}" for n in range(1, 5)]
    assert events_since(number) == ["body opened", "body set down"] * 4
    assert keep_new(LOADER, rows=[]) == 0


def test_a_key_that_is_taken_breaks_the_whole_act() -> None:
    from django.db import IntegrityError, transaction

    fell = home()
    keep_new(LOADER, rows=[new(fell, "b")])
    with nothing_changed(), pytest.raises(IntegrityError), transaction.atomic():
        keep_new(LOADER, rows=[new(fell, "a"), new(fell, "b")])


def test_a_row_without_a_title_breaks_the_whole_act() -> None:
    fell = home()
    with nothing_changed(), pytest.raises(Invalid, match="needs a title"):
        keep_new(LOADER, rows=[new(fell, "a"), new(fell, "")])


@pytest.mark.django_db(transaction=False)
@pytest.mark.long
def test_two_who_load_at_once_wait_for_each_other(inside: str) -> None:
    """The second finds what the first wrote: nothing is written twice, and nothing breaks."""
    load(small())
    more = small("matters: [{key: m, title: M}]\n")
    told: list[object] = []

    def run() -> None:
        try:
            told.append(len(load(more).of("add")))
        except Exception as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(map(str, told)) == ["0", "1"]
    assert Matter.objects.count() == 1
    assert Event.objects.filter(verb="matter set down").count() == 1


def test_the_loader_is_named_on_every_event() -> None:
    load(small())
    assert set(Event.objects.values_list("actor", flat=True)) == {"loader"}
    operations.load(process("import desk", LOADER.on), file=rules.read(small(key="dale")))
    assert Event.objects.latest("pk").actor == "import desk"
