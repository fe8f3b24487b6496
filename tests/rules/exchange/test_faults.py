"""Every family of faults: where it stands, which field, and how it is mended."""

from __future__ import annotations

import pytest

from concordat.domain.assurance.exchange.rules import faults, read
from tests.rules.exchange.examples import HEAD, one, the_fault, whole, wrong

PLACE = "fenmarsh.yaml:"
WORLD = """
    bodies:
    - {key: exec, name: Executive, kind: executive}
    agencies: [{key: council, name: Council, class: council}]
    people:
    - {key: kim, name: A Person}
    posts:
    - {key: director, title: Director}
    - {key: deputy, title: Deputy director}
    seats:
    - {key: chair, body: exec, role: Chair, from: 2019-01-01, to: 2020-12-31}
"""
# WORLD fills lines 5 to 14, so that what follows it begins on line 15.
FAMILIES = [
    (
        "front_doors:\n- key: a\n  name: A\n  phone: call us",
        (8, "phone", "“call us” is not a telephone number.", "Write digits and spaces"),
    ),
    (
        "front_doors:\n- key: a\n  name: A\n  phone: 020 7946 0000\n  after_hours: nobody",
        (9, "after_hours", "“nobody” is not a telephone number.", "Write digits and spaces"),
    ),
    (
        "front_doors:\n- key: a\n  name: A\n  phone: 020 7946 0000\n  email: the duty desk",
        (9, "email", "“the duty desk” is not an email address.", "Give an email address like"),
    ),
    (
        "areas:\n- key: a\n  name: A\n  from: 30 February 2019",
        (8, "from", "There is no 30 February 2019.", "the month"),
    ),
    (
        "areas:\n- key: a\n  name: A\n  from: bananas",
        (8, "from", "bananas", "Write"),
    ),
    (
        "agencies:\n- key: a\n  name: A\n  class: polcie",
        (8, "class", "“polcie” is not one of the words for this.", "Did you mean police?"),
    ),
    (
        "seats:\n- key: a\n  role: Chair",
        (6, "body", "This row of seats has no body.", "Add “body:”."),
    ),
    (
        "seats:\n- key: a\n  role: Chair\n  body: executve\n"
        "bodies: [{key: executive, name: E, kind: executive}]",
        (
            8,
            "body",
            "There is no “executve” among the bodies of fenmarsh.",
            "Did you mean executive?",
        ),
    ),
    (
        "findings:\n- key: a\n  finding: F\n  subject: bodies:lost",
        (8, "subject", "There is no “lost” among the bodies of fenmarsh.", "Add it to bodies"),
    ),
    (
        "findings:\n- key: a\n  finding: F\n  subject: boddies:lost",
        (8, "subject", "There is no kind of row called “boddies”.", "Did you mean bodies"),
    ),
    (
        "findings:\n- key: a\n  finding: F\n  subject: lost",
        (8, "subject", "“lost” does not say which row is meant.", "kind and the key"),
    ),
    (
        "bodies:\n- key: a\n  name: A\n  kind: panel\n  parents: [wold/b]",
        (9, "parents", "There is no partnership “wold”.", "Load that partnership too"),
    ),
    (
        "areas:\n- key: a\n  name: A\n- key: a\n  name: B",
        (8, "key", "“a” is already the key of areas at fenmarsh.yaml:6.", "its own key"),
    ),
    (
        "areas:\n- key: Not A Key\n  name: A",
        (6, "key", "“Not A Key” cannot be a key.", "small letters"),
    ),
    (
        "areas:\n- key: a\n  name: A\n  name: B",
        (8, "name", "“name” stands twice; the first is at fenmarsh.yaml:7.", "Keep one"),
    ),
    (
        "areas:\n- key: a\n  nmae: A\n  name: A",
        (7, "nmae", "There is no field of areas called “nmae”.", "Did you mean name"),
    ),
    (
        "boddies:\n- key: a",
        (5, "boddies", "There is no kind of row called “boddies”.", "Did you mean bodies"),
    ),
    (
        "areas: a",
        (5, "areas", "This must be a list of rows.", "hyphen"),
    ),
    (
        "areas:\n- a",
        (6, "areas", "This is not a row.", "beginning with key"),
    ),
    (
        "areas:\n- key: a\n  name: [A]",
        (7, "name", "This must be a text.", "one text"),
    ),
    (
        "areas:\n- key: a\n  name: A\n  outside: maybe",
        (8, "outside", "“maybe” is neither yes nor no.", "Write yes or no."),
    ),
    (
        "areas:\n- key: a\n  name: A\n  order: 1.5",
        (8, "order", "“1.5” is not a whole number.", "digits"),
    ),
    (
        "role_phases:\n- {key: a, role: r, phase: P,\n  days_from: lots}\n"
        "roles: [{key: r, title: R}]",
        (7, "days_from", "“lots” is not a number.", "Write digits"),
    ),
    (
        "costs:\n- key: a\n  title: A\n  amount: £1.005",
        (8, "amount", "parts of a penny", "two decimals"),
    ),
    (
        "costs:\n- key: a\n  title: A\n  amount: 99999999999999999",
        (8, "amount", "not an amount in pounds", "at most twelve digits"),
    ),
    (
        "areas:\n- key: a\n  name: A\n  from: 2019-06\n  to: 2019-05-31",
        (9, "to", "This row ends (31 May 2019) before it begins (June 2019).", "last day"),
    ),
    (
        "promises:\n- key: a\n  promise: P\n  earliest: 2021\n  latest: 2020",
        (9, "latest", "The latest day (2020) is before the earliest (2021).", "both dates"),
    ),
    (
        "posts:\n- key: a\n  title: A\n  successor: a",
        (8, "successor", "“a” is named as its own successor.", "Name other posts."),
    ),
]


@pytest.mark.parametrize(("body", "told"), FAMILIES)
def test_a_fault_in_one_row(body: str, told: tuple[int, str, str, str]) -> None:
    line, field, message, mend = told
    found = [fault for fault in wrong(body) if "circle" not in fault.message]
    assert [(fault.place, fault.field) for fault in found] == [(f"{PLACE}{line}", field)]
    assert message in found[0].message
    assert mend in found[0].mend


def test_the_world_of_these_tests_has_no_fault() -> None:
    whole(one(WORLD))


IN_THE_WORLD = [
    (
        "holders:\n- {key: a, seat: chair, post: director}\n- key: b\n  seat: chair\n"
        "  holding: deputy\n  post: director",
        (20, "post", "The deputy is the holder (“a” at fenmarsh.yaml:16).", "somebody else"),
    ),
    (
        "holders:\n- {key: a, seat: chair, post: director, to: 2019-06-30}\n"
        "- {key: b, seat: chair, post: deputy,\n  from: 2019-06-30}",
        (
            18,
            "from",
            "The seat “chair” has two holders at once: “a” and “b” (30 June 2019).",
            "End “a” on 29 June 2019 or write “holding: job share” on both.",
        ),
    ),
    (
        "holders:\n- {key: a, seat: chair, post: director}\n- {key: b, seat: chair, post: deputy}",
        (
            17,
            "from",
            "The seat “chair” has two holders at once: “a” and “b” (all their time).",
            "Give each its dates or write “holding: job share” on both.",
        ),
    ),
    (
        "holders:\n- {key: a, seat: chair, post: director}\n"
        "- {key: b, seat: chair, holding: vacant,\n  from: 2019-03-01}",
        (18, "from", "has two holders at once", "End “a” on 28 February 2019."),
    ),
    (
        "holders:\n- key: a\n  seat: chair\n  post: director\n  from: 2021-01-01",
        (19, "from", "This begins (1 January 2021) after the seat ends", "both"),
    ),
    (
        "holders:\n- key: a\n  seat: chair\n  post: director\n  to: 2018",
        (19, "to", "This ends (2018) before the seat begins", "both"),
    ),
    (
        "holders:\n- key: a\n  seat: chair",
        (16, "post", "This row does not say who holds the seat.", "holding: vacant"),
    ),
    (
        "holders:\n- key: a\n  seat: chair\n  holding: vacant\n  post: director",
        (18, "holding", "A vacant seat has no holder.", "Take the post away"),
    ),
    (
        "holders:\n- {key: a, seat: chair, person: kim, from: 2019}\n- key: b\n  seat: chair\n"
        "  post: director\n  from: second half 2020",
        (20, "from", "cannot be read as a date", "Write it like"),
    ),
    (
        "holders:\n- {key: a, seat: chair, person: kim, to: 2019-06-30}\n"
        "delegations:\n- key: d\n  agency: council\n  person: kim\n  to: 2019-07-01",
        (
            21,
            "to",
            "which ends 30 June 2019 (“a” at fenmarsh.yaml:16).",
            "End it on 30 June 2019, or delegate to the post.",
        ),
    ),
    (
        "holders:\n- {key: a, seat: chair, person: kim, to: 2019-06-30}\n"
        "delegations:\n- key: d\n  agency: council\n  person: kim",
        (18, "to", "outlasts that person's seat", "End it on"),
    ),
    (
        "delegations:\n- key: d\n  agency: council",
        (16, "post", "This delegation names none of post, seat and person.", "exactly one"),
    ),
    (
        "delegations:\n- key: d\n  agency: council\n  post: director\n  seat: chair",
        (19, "seat", "This delegation names both post and seat.", "exactly one"),
    ),
    (
        "delegations:\n- key: d\n  agency: council\n  post: director\n  limit: -5",
        (19, "limit", "A limit cannot be below nothing.", "Write a sum."),
    ),
    (
        "states:\n- {key: a, body: exec, state: shadow}\n- key: b\n  body: exec\n"
        "  state: in force\n  from: 2019-09",
        (20, "from", "“exec” is shadow and in force at once (30 September 2019).", "end the day"),
    ),
    (
        "footprints: [{key: f, name: F, kind: policing}]\ncoverage:\n- {key: c, footprint: f}",
        (17, "area", "This row of coverage names none of area and agency.", "exactly one"),
    ),
]


@pytest.mark.parametrize(("body", "told"), IN_THE_WORLD)
def test_a_fault_between_rows(body: str, told: tuple[int, str, str, str]) -> None:
    line, field, message, mend = told
    indented = "".join(f"    {each}\n" for each in body.split("\n"))
    fault = the_fault(WORLD + indented)
    assert (fault.place, fault.field) == (f"{PLACE}{line}", field)
    assert message in fault.message
    assert mend in fault.mend


def test_bodies_that_are_each_other_s_parents() -> None:
    fault = the_fault(
        """
        bodies:
        - {key: a, name: A, kind: panel, parents: [b]}
        - {key: b, name: B, kind: panel, parents: [c]}
        - {key: c, name: C, kind: panel, parents: [a, d]}
        - {key: d, name: D, kind: panel}
        """
    )
    assert fault.message == "These bodies lead round in a circle: a to b to c to a."
    assert (fault.field, fault.place) == ("parents", "fenmarsh.yaml:6")
    assert fault.mend == "Take one of these steps away."


def test_two_ways_to_one_parent_are_no_circle() -> None:
    whole(
        one(
            """
            bodies:
            - {key: a, name: A, kind: panel, parents: [b, c]}
            - {key: b, name: B, kind: panel, parents: [d]}
            - {key: c, name: C, kind: panel, parents: [d]}
            - {key: d, name: D, kind: panel}
            """
        )
    )


def test_a_circle_through_two_partnerships() -> None:
    second = HEAD.replace("fenmarsh", "wold").replace("Fenmarsh", "Wold")
    row = "bodies: [{{key: a, name: A, kind: panel, parents: [{}/a]}}]"
    found = faults(
        read({"f.yaml": HEAD + row.format("wold"), "w.yaml": second + row.format("fenmarsh")})
    )
    assert [fault.message for fault in found] == [
        "These bodies lead round in a circle: a to a to a."
    ]


MERELY_POSSIBLE = """
holders:
- {key: a, seat: chair, post: director, to: 2019-06}
- {key: b, seat: chair, post: deputy, from: 2019-06}
states:
- {key: c, body: exec, state: shadow, to: summer 2019}
- {key: d, body: exec, state: in force, from: 2019}
"""


def test_what_is_merely_possible_is_no_fault() -> None:
    whole(one(WORLD + "".join(f"    {line}\n" for line in MERELY_POSSIBLE.split("\n"))))


def test_a_row_of_a_partnership_that_is_known_already_is_no_fault() -> None:
    file = one("bodies: [{key: a, name: A, kind: panel, parents: [wold/board]}]")
    assert faults(file, {"wold": {"bodies": {"board"}}}) == []
    told = faults(file, {"wold": {"bodies": {"boards"}}})
    assert told[0].mend == "Did you mean boards?"


def test_all_faults_are_told_at_once_in_the_order_of_their_places() -> None:
    found = wrong(
        """
        seats: [{key: s, body: lost, role: R}]
        areas:
        - {key: a, name: A, from: never}
        - {key: a, name: A, foo: bar}
        """
    )
    lines = [fault.place for fault in found]
    assert len(found) == 4
    assert lines == sorted(lines)
