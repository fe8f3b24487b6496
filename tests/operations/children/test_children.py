"""A child is kept by label, on lawful ground, with the key to the names apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from concordat.domain.base.records.models import Event, EventDetail, Grant, Record, SearchEntry
from concordat.domain.base.records.operations import look, withdraw
from concordat.domain.base.records.queries import looks_at
from concordat.domain.practice.children import operations, queries
from concordat.domain.practice.children.models import Child, Identity, Relative, StatedGround
from concordat.domain.practice.children.rules import Checked, Ground, What
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.children.examples import BORN, DAY, NAME, NHS, NICKNAME, Nest, ground
from tests.operations.mail.cast import verbs_on


def told(here: Nest, **more: Any) -> Identity:
    asked: dict[str, Any] = {"what": What.NHS, "text": NHS, "provenance": "GP record"}
    by = more.pop("by", here.house.manager.actor)
    return operations.tell_identity(by, child=here.child, **(asked | more))


def texts(here: Nest, what: What) -> list[str]:
    known = queries.names(here.house.manager.actor, here.child)
    return [each.text for each in known if each.what is what]


@pytest.mark.parametrize("missing", Ground)
def test_without_a_ground_nothing_is_kept(here: Nest, missing: Ground) -> None:
    actor = here.house.manager.actor
    row = StatedGround.objects.get(ground=missing)
    operations.end_ground(actor, ground=row, on=date(2019, 3, 1), reason="It was withdrawn")
    before = (Child.objects.count(), Relative.objects.count(), Record.objects.count())
    assert f"No {missing}" in queries.may_store(actor, here.area).reason
    for act in (
        lambda: operations.keep_child(actor, area=here.area, label="Wren"),
        lambda: operations.add_relative(actor, child=here.child, label="Father"),
        lambda: told(here),
    ):
        with pytest.raises(Refused, match=f"No {missing} is on record"):
            act()
    assert (Child.objects.count(), Relative.objects.count(), Record.objects.count()) == before


def test_no_two_children_of_an_area_have_one_label(here: Nest) -> None:
    actor = here.house.manager.actor
    with pytest.raises(Invalid, match="taken by another child of Bow"):
        operations.keep_child(actor, area=here.area, label="HERON")
    assert Child.objects.count() == 1
    assert operations.keep_child(actor, area=here.area, label="Wren").label == "Wren"


def test_a_ground_that_is_put_on_record_anew_lets_children_be_kept_again(here: Nest) -> None:
    actor = here.house.manager.actor
    row = StatedGround.objects.get(ground=Ground.ASSESSMENT)
    operations.end_ground(actor, ground=row, on=date(2019, 3, 1), reason="Out of date")
    ground(here.house, here.area, here.paper, Ground.ASSESSMENT, from_day=date(2019, 3, 2))
    assert queries.may_store(actor, here.area)
    assert verbs_on(here.house.here)[-2:] == [
        "impact assessment ended",
        "impact assessment put on record",
    ]
    assert len(queries.grounds(actor, here.area)) == 4


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"document": None}, "document"),
        ({"holder": " "}, "holder"),
        ({"review_by": date(2018, 1, 1)}, "review_by"),
    ],
)
def test_a_ground_that_cannot_stand(here: Nest, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ground(here.house, here.area, here.paper, Ground.AGREEMENT, **more)
    assert refusal.value.faults[0].field == field
    assert StatedGround.objects.count() == len(Ground)


def test_who_works_on_the_child_sees_labels_and_no_key(here: Nest) -> None:
    chair, nurse = here.house.chair.actor, here.house.health.actor
    found = queries.child(chair, here.child.record.reference)
    assert [each.label for each in queries.family(chair, found)] == ["Mother"]
    with pytest.raises(Child.DoesNotExist):
        queries.names(chair, found)
    assert {each.text for each in queries.names(nurse, found)} == {NAME, NICKNAME, BORN}
    with pytest.raises(Child.DoesNotExist):
        queries.child(nurse, "HERE-CH-0002")


@pytest.mark.parametrize("who", ["outsider", "council", "co_ordinator", "member"])
def test_others_find_neither(here: Nest, who: str) -> None:
    actor = getattr(here.house, who).actor
    assert not queries.children(actor).exists()
    with pytest.raises(Child.DoesNotExist):
        queries.child(actor, here.child.record.reference)
    with pytest.raises(Child.DoesNotExist):
        queries.key_of(actor, here.child)
    with pytest.raises(Record.DoesNotExist):
        told(here, by=actor)


def test_the_key_is_looked_at_by_name(here: Nest) -> None:
    nurse = here.house.health.actor
    key = queries.key_of(nurse, here.child).key
    look(nurse, record=key, what="opened the key")
    seen = looks_at(here.house.manager.actor, key)
    assert [(each.actor, each.what) for each in seen] == [("Hetty Health", "opened the key")]
    assert not looks_at(nurse, key)


def test_a_keeper_whose_time_is_over_sees_no_more(here: Nest) -> None:
    nurse = here.house.health
    grant = Grant.objects.get(record=here.child.key, grantee=nurse.person.record)
    withdraw(here.house.manager.actor, grant=grant, on=date(2019, 3, 28), reason="Left the case")
    with pytest.raises(Child.DoesNotExist):
        queries.names(nurse.actor, here.child)


def test_no_name_stands_in_clear_anywhere(here: Nest) -> None:
    told(here)
    hidden = [NAME.lower(), NICKNAME.lower(), BORN, NHS, NHS.replace(" ", "")]
    assert [each.text for each in queries.names(here.house.manager.actor, here.child)] != []
    kept = [str(row) for model in (Event, EventDetail, SearchEntry, Record) for row in raw(model)]
    kept += [str(row) for row in raw(Identity)]
    assert kept
    assert not [text for text in kept for name in hidden if name in text.lower()]


def raw(model: Any) -> list[Any]:
    """Every row as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return cursor.fetchall()


def test_what_is_put_right_keeps_what_stood_before(here: Nest) -> None:
    with pytest.raises(Invalid, match="on record already"):
        told(here, what=What.NAME, text="Samuel Larkspire")
    told(here, what=What.NAME, text="Samuel Larkspire", reason="Misspelt on the notification")
    assert texts(here, What.NAME) == ["Samuel Larkspire"]
    every = queries.names(here.house.manager.actor, here.child, ended=True)
    (old,) = [each for each in every if each.text == NAME]
    assert (old.row.ended_on, old.row.reason) == (DAY, "Misspelt on the notification")
    assert verbs_on(here.child.key)[-1] == "name told"


def test_more_than_one_nickname_and_one_checked_anew(here: Nest) -> None:
    told(here, what=What.NICKNAME, text="Lark")
    told(here, what=What.NICKNAME, text="sammo", checked=Checked.SEEN, provenance="School file")
    assert texts(here, What.NICKNAME) == ["Lark", "sammo"]


def test_a_name_of_the_mother_stands_under_her_label(here: Nest) -> None:
    told(here, what=What.NAME, text="Ada Larkspur", relative=here.mother)
    known = queries.names(here.house.health.actor, here.child)
    assert [(each.label, each.text) for each in known if each.what is What.NAME] == [
        ("Heron", NAME),
        ("Mother", "Ada Larkspur"),
    ]


def test_a_label_never_holds_a_word_of_a_name(here: Nest) -> None:
    manager = here.house.manager.actor
    with pytest.raises(Invalid, match="cannot be used here"):
        operations.add_relative(manager, child=here.child, label="Larkspur senior")
    with pytest.raises(Invalid, match="cannot be used here"):
        operations.relabel(manager, relative=here.mother, label="Mrs Larkspur")
    with pytest.raises(Invalid, match="holds a word of this name"):
        told(here, what=What.OTHER_NAME, text="Heron Smith")
    assert verbs_on(here.child.record)[-1] == "relative added"


def test_a_relative_gets_another_label(here: Nest) -> None:
    manager = here.house.manager.actor
    operations.relabel(manager, relative=here.mother, label="Parent A")
    assert [each.label for each in queries.family(manager, here.child)] == ["Parent A"]
    with pytest.raises(Invalid, match="taken"):
        operations.add_relative(manager, child=here.child, label="parent a")


@pytest.mark.parametrize("text", ["943 476 5918", ""])
def test_a_number_that_cannot_be_one_changes_nothing(here: Nest, text: str) -> None:
    with pytest.raises(Invalid):
        told(here, text=text)
    assert texts(here, What.NHS) == []


def test_two_people_at_once_are_told_of_each_other(here: Nest) -> None:
    version = Record.objects.get(pk=here.child.record_id).version
    operations.add_relative(
        here.house.manager.actor, child=here.child, label="Father", seen_version=version
    )
    with pytest.raises(Stale):
        operations.add_relative(
            here.house.manager.actor, child=here.child, label="Sibling A", seen_version=version
        )
