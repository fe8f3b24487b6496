"""What a load would change, told before it changes anything."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import Change, difference, read
from tests.rules.exchange.examples import SEEDS, again, folder, one

BEFORE = """
    areas:
    - {key: a, name: A}
    - {key: b, name: B}
    bodies:
    - {key: e, name: Executive, kind: executive, rhythm: monthly, functions: [One]}
"""
AFTER = """
    areas:
    - {key: a, name: A}
    - {key: c, name: C}
    bodies:
    - {key: e, name: Executive, kind: executive, rhythm: quarterly, functions: [One, Two]}
"""


def test_the_same_file_changes_nothing() -> None:
    file = read(folder(SEEDS))
    assert difference(file, file) == []
    assert difference(file, again(file)) == []


def test_added_changed_and_absent_rows() -> None:
    changes = difference(one(BEFORE), one(AFTER))
    assert [(each.verb, each.kind, each.key, each.field) for each in changes] == [
        ("add", "areas", "c", ""),
        ("change", "bodies", "e", "functions"),
        ("change", "bodies", "e", "rhythm"),
        ("absent", "areas", "b", ""),
    ]
    assert changes[1].place == "fenmarsh.yaml:9"
    assert (changes[1].old, changes[1].new) == ("One", "One; Two")


def test_a_difference_is_told_in_words() -> None:
    told = [str(change) for change in difference(one(BEFORE), one(AFTER))]
    assert told[0] == "add fenmarsh areas c"
    assert told[1] == "change fenmarsh bodies e: functions from “One” to “One; Two”"
    assert told[2] == "change fenmarsh bodies e: rhythm from “every 1 month” to “every 3 months”"
    assert told[3] == "absent from the file, kept: fenmarsh areas b"


def test_a_date_typed_in_another_way_is_no_change() -> None:
    old = one("areas: [{key: a, name: A, from: 2019-03-29}]")
    assert difference(old, one("areas: [{key: a, name: A, from: 29 March 2019}]")) == []
    assert len(difference(old, one("areas: [{key: a, name: A, from: March 2019}]"))) == 1


def test_what_a_file_gains_against_nothing() -> None:
    changes = difference(read({}), one("areas: [{key: a, name: A}]"))
    assert changes == [
        Change("fenmarsh", "partnership", "fenmarsh", "add", place="fenmarsh.yaml:3"),
        Change("fenmarsh", "areas", "a", "add", place="fenmarsh.yaml:5"),
    ]


def test_partnerships_that_the_file_does_not_hold_are_left_alone() -> None:
    file = read(folder(SEEDS))
    bexley = {name: told for name, told in folder(SEEDS).items() if name.startswith("bexley/")}
    assert difference(file, read(bexley)) == []
