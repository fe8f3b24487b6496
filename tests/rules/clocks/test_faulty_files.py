"""A fault in a file of law names the file, the rule and the field."""

import pytest

from concordat.domain.base.clocks.rules import read_law
from concordat.kernel.errors import Invalid

REGIMES = """
regimes:
  - {id: OLD, title: boards, from: 2006-04-01, to: null, conf: K, source: memory, edition: true}
  - {id: all, title: everything, from: 2018-06-29, to: null, conf: S, source: the Act}
"""
DOUBTS = """
doubts:
  - {id: G1, text: which day it starts}
"""
ROW = """
  - id: A-ONE
    title: First
    duty: Do the first thing.
    kind: deadline
    who: partners
    trigger: the start
    deadline: {value: 5, unit: wd}
    force: statute
    source: the Act
    regime: all
    in_force_from: 2018-06-29
    in_force_to: 2020-12-31
    conf: S
    doubts: [G1]
"""
LIST = """
  - id: A-LIST
    title: List
    duty: Tell these.
    kind: checklist
    who: partners
    force: statute
    source: the Act
    regime: all
    in_force_from: null
    conf: S
    items:
      - {id: A-LIST-1, text: one thing}
"""
HEAD = "subject: Things\nrules:\n"


def read(rows: str, **files: str) -> None:
    texts = {"regimes.yaml": REGIMES, "doubts.yaml": DOUBTS, "things.yaml": HEAD + rows}
    read_law(texts | files)


def test_a_sound_file_is_read() -> None:
    read(ROW + LIST)


FAULTS = [
    ("unit: wd", "unit: fortnights", "things.yaml, A-ONE, deadline.unit: 'fortnights' is not"),
    ("value: 5, ", "", "things.yaml, A-ONE, deadline.value: The value is missing"),
    ("value: 5", "value: -5", "deadline.value: -5 is not a whole number of at least 0"),
    ("value: 5", "value: true", "deadline.value: True is not a whole number"),
    ("value: 5", "value: five", "deadline.value: 'five' is not a whole number"),
    ("unit: wd}", "unit: wd, direction: sideways}", "deadline.direction: 'sideways' is not"),
    ("unit: wd}", "unit: wd, days: 4}", "deadline.days: days is not a field of this row"),
    ("unit: wd}", "unit: fixed}", "deadline.day: A fixed date, and nothing else, has a day"),
    ("unit: wd}", "unit: wd, day: 2019-06-29}", "deadline.day: A fixed date, and nothing else"),
    ("unit: wd}", "unit: fixed, day: 2019-13}", "deadline.day: '2019-13' is not a date"),
    ("unit: wd}", "unit: yearly}", "deadline.yearly: A yearly date, and nothing else"),
    ("unit: wd}", 'unit: yearly, yearly: "02-30"}', "deadline.yearly: '02-30' is not a day of"),
    ("unit: wd}", 'unit: yearly, yearly: "02-29"}', "deadline.yearly: '02-29' is not a day of"),
    ("unit: wd}", "unit: wd, window_from: 6}", "deadline.window_from: The window opens after"),
    ("unit: wd}", "unit: mo, day_counting: day1}", "deadline.day_counting: Only one or more days"),
    ("unit: wd}", "unit: wd, latest: soon}", "deadline.latest: 'soon' is not a date"),
    (
        "unit: wd}",
        "unit: wd, direction: backward, latest: 2019-01-01}",
        "deadline.latest: Only a forward deadline",
    ),
    ("unit: wd}", "unit: wd, later_of: [a], earlier_of: [b]}", "deadline.later_of: Choose the"),
    ("deadline: {value: 5, unit: wd}", "deadline: 5 days", "A-ONE, deadline: The deadline is a"),
    ("    deadline: {value: 5, unit: wd}\n", "", "A-ONE, deadline: A rule of kind deadline"),
    ("kind: deadline", "kind: definition", "A-ONE, kind: A definition has no deadline"),
    ("kind: deadline", "kind: duty", "A-ONE, kind: 'duty' is not a known kind"),
    ("    source: the Act\n", "", "things.yaml, A-ONE, source: The source is missing"),
    ("    trigger: the start\n", "", "things.yaml, A-ONE, trigger: The trigger is missing"),
    ("    in_force_from: 2018-06-29\n", "", "A-ONE, in_force_from: The in_force_from is missing"),
    ("to: 2020-12-31", "to: 2017-01-01", "A-ONE, in_force_to: 2017-01-01 is before the first"),
    ("from: 2018-06-29", "from: 29 June", "A-ONE, in_force_from: '29 June' is not a date"),
    ("regime: all", "regime: some", "A-ONE, regime: 'some' is not a known regime"),
    ("doubts: [G1]", "doubts: [G7]", "A-ONE, doubts: 'G7' is not a known doubt"),
    ("doubts: [G1]", "doubts: G1", "A-ONE, doubts: The doubts are a list of texts"),
    ("force: statute", "force: strong", "A-ONE, force: 'strong' is not a known force"),
    ("conf: S", "conf: sure", "A-ONE, conf: 'sure' is not a known conf"),
    ("    conf: S\n", "", "A-ONE, conf: The conf is missing. Use one of S, S2, K"),
    ("who: partners", "whom: partners", "whom: whom is not a field.*Did you mean who"),
    ("title: First", "title: 5", "A-ONE, title: The title is text, not 5"),
    ("id: A-ONE", "id: a one", "id: 'a one' is not an id"),
    ("conf: S", "conf: S\n    status: awaiting commencement", "A-ONE, status: A rule with a first"),
    ("conf: S", "conf: S\n    version: 0", "A-ONE, version: 0 is not a whole number of at least 1"),
]


@pytest.mark.parametrize(("old", "new", "why"), FAULTS)
def test_a_fault_is_told_where_it_is(old: str, new: str, why: str) -> None:
    assert old in ROW
    with pytest.raises(Invalid, match=why):
        read(ROW.replace(old, new))


ITEM_FAULTS = [
    (
        "text: one thing",
        'text: ""',
        "things.yaml, A-LIST, items.A-LIST-1.text: The text is missing",
    ),
    ("text: one thing", "text: one, force: x", "A-LIST, items.A-LIST-1.force: 'x' is not a known"),
    ("text: one thing", "text: one, regime: x", "items.A-LIST-1.regime: 'x' is not a known regime"),
    (
        "text: one thing",
        "text: one, deadline: {value: 1, unit: x}",
        "items.A-LIST-1.deadline.unit: 'x' is not a known unit",
    ),
    ("{id: A-LIST-1, text: one thing}", "one thing", "A-LIST, items: The items are a list of rows"),
    ("    items:\n      - {id: A-LIST-1, text: one thing}\n", "", "A-LIST, items: A checklist"),
]


@pytest.mark.parametrize(("old", "new", "why"), ITEM_FAULTS)
def test_a_fault_in_a_line_is_told_where_it_is(old: str, new: str, why: str) -> None:
    assert old in LIST
    with pytest.raises(Invalid, match=why):
        read(LIST.replace(old, new))


def second(begins: str, version: int = 2) -> str:
    return ROW.replace("in_force_from: 2018-06-29", f"in_force_from: {begins}").replace(
        "in_force_to: 2020-12-31", f"in_force_to: null\n    version: {version}"
    )


def test_two_versions_one_after_the_other_are_read() -> None:
    read(ROW + second("2021-01-01"))


def test_two_versions_in_force_together_are_refused() -> None:
    with pytest.raises(Invalid, match="A-ONE, in_force_from: Versions 1 and 2 are in force"):
        read(ROW + second("2020-12-31"))


def test_one_version_twice_is_refused() -> None:
    with pytest.raises(Invalid, match="A-ONE, version: Version 1 of A-ONE stands twice"):
        read(ROW + second("2021-01-01", version=1))


def test_a_rule_in_two_files_is_refused() -> None:
    with pytest.raises(Invalid, match=r"(more|things).yaml, A-ONE, version: .* stands twice"):
        read(ROW, **{"more.yaml": HEAD + ROW})


def test_a_line_twice_is_refused() -> None:
    twice = LIST + "      - {id: A-LIST-1, text: again}\n"
    with pytest.raises(Invalid, match=r"things.yaml, A-LIST, id: A-LIST-1 stands twice"):
        read(twice)
    other = LIST.replace("id: A-LIST\n", "id: B-LIST\n")
    with pytest.raises(Invalid, match="B-LIST, items: A-LIST-1 is a line of A-LIST too"):
        read(LIST + other)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("subject: [", r"bad.yaml, line \d+"),
        ("subject: x\nsubject: y\nrules: []\n", "bad.yaml, line 2: the key 'subject' stands twice"),
        ("- a\n- b\n", "bad.yaml: The file is a mapping of keys"),
        ("subject: x\nrules: 5\n", "bad.yaml, rules: The rules are a list of rows"),
        ("subject: x\nrules: []\n", "bad.yaml, rules: The file holds no rules"),
        ("rules:\n" + ROW, "bad.yaml, subject: The subject is missing"),
        ("subject: x\nmore: y\nrules:\n" + ROW, "bad.yaml, more: more is not a field"),
        ("[a]: x\n", "bad.yaml"),
        ("in_force_from: 2019-02-30\n", "bad.yaml: This is not YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        read(ROW, **{"bad.yaml": text})


def test_faults_of_all_files_are_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        read(ROW.replace("unit: wd", "unit: x").replace("conf: S", "conf: x"), **{"bad.yaml": "["})
    places = {(fault.place.split(",")[0], fault.field) for fault in caught.value.faults}
    assert {("things.yaml", "deadline.unit"), ("things.yaml", "conf"), ("bad.yaml", "")} <= places


@pytest.mark.parametrize("name", ["regimes.yaml", "doubts.yaml"])
def test_the_terms_are_needed(name: str) -> None:
    texts = {"regimes.yaml": REGIMES, "doubts.yaml": DOUBTS, "things.yaml": HEAD + ROW}
    del texts[name]
    with pytest.raises(Invalid, match=f"{name}: The file is missing"):
        read_law(texts)


def test_a_fault_in_the_terms_is_told() -> None:
    with pytest.raises(Invalid, match=r"regimes.yaml, all, to: 2017-01-01 is before the first day"):
        read(ROW, **{"regimes.yaml": REGIMES.replace("29, to: null", "29, to: 2017-01-01")})
    with pytest.raises(Invalid, match=r"doubts.yaml, id: G1 stands twice"):
        read(ROW, **{"doubts.yaml": DOUBTS + "  - {id: G1, text: again}\n"})
