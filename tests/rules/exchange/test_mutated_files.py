"""Whatever is done to a file, reading and checking it tells faults and never breaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concordat.domain.assurance.exchange.rules import (
    Sheet,
    faults,
    from_sheets,
    read,
    row_kinds,
    to_yaml,
)
from concordat.kernel.errors import Fault
from tests.rules.exchange.examples import SEEDS, folder, through_sheets

SMALL = {name: told for name, told in folder(SEEDS).items() if name.startswith("greenwich/")}
NAMES = sorted(SMALL)
SHEETS = through_sheets(read(SMALL))
PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["- ", ": ", "\n", "  ", "[", "{", "}", "]", "&a ", "*a", "!!x ", "|", ">", "#", '"', "'"]
    ),
    st.sampled_from(["key: ", "from: ?", "to: 2019-02-30", "partnership:\n", "format: 9", "\x00"]),
)


def tells_or_passes(found: list[Fault]) -> None:
    assert all(fault.message for fault in found)


@pytest.mark.long
@settings(max_examples=150)
@given(st.data())
def test_a_file_cut_and_filled_at_random(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    told = SMALL[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(told)))
        end = min(len(told), start + data.draw(st.integers(0, 40)))
        told = told[:start] + data.draw(PIECES) + told[end:]
    file = read(SMALL | {name: told})
    found = faults(file)
    tells_or_passes(found)
    if not found:
        assert to_yaml(read(to_yaml(file))) == to_yaml(file)


@pytest.mark.parametrize("name", ["/a.yaml", "/a/b.yaml", "//a.yaml", "../a.yaml", "./a.yaml"])
def test_a_name_that_begins_at_the_root_belongs_to_no_partnership(name: str) -> None:
    told = [fault.message for fault in faults(read({name: "areas: []"}))]
    assert any("belongs to no partnership" in each for each in told), told


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=3))
def test_any_texts_by_any_names(files: dict[str, str]) -> None:
    tells_or_passes(faults(read(files)))


VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["yes", "2019", "?", "bodies:lscb", "lscb", "a/b", "-1", "monthly", "{}"]),
    st.lists(st.text(max_size=5), max_size=3).map(str),
)


@given(st.data())
def test_any_value_in_any_field(data: st.DataObject) -> None:
    kinds = row_kinds()
    kind = kinds[data.draw(st.sampled_from(sorted(kinds)))]
    names = data.draw(st.lists(st.sampled_from(sorted(kind.fields)), unique=True))
    row = [data.draw(VALUES) for _ in names]
    head = Sheet.of("partnership", [["format", "key", "name"], ["1", "p", "P"]])
    file = from_sheets([head, Sheet.of(kind.name, [names, row])])
    found = faults(file)
    tells_or_passes(found)
    if not file.found:
        assert to_yaml(read(to_yaml(file))) == to_yaml(file)


@given(st.data())
def test_cells_changed_at_random(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SHEETS) - 1))
    rows = [[cell.value for cell in row] for row in SHEETS[at].rows]
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(
        st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates())
    )
    changed = [Sheet.of(SHEETS[at].name, rows) if n == at else s for n, s in enumerate(SHEETS)]
    tells_or_passes(faults(from_sheets(changed)))
