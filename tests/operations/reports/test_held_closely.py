"""What hangs beneath a record that is held closely is in no report, which goes to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from concordat.domain.assurance.exchange import rules as files
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.assurance.reports.queries import ground_of
from concordat.domain.assurance.reports.queries import rows as reading
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.governance.measures.models import Measure
from concordat.domain.governance.measures.operations import put_value
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reports.reporting import FILE, Reporting

MORE = """priorities:
  - {key: harm, title: Harm outside the home}
gates:
  - {key: hub, priority: harm, question: Is a hub desirable?}
replans:
  - {key: later, changes: "milestones:live", before: 2019-06, after: 2019-09, reasons: [Late]}
lessons:
  - {key: slow, kind: challenge, theme: Time, says: It began late, programme: change}
measures:
  - {key: heard, title: Children heard}
values:
  - {key: may, measure: heard, at: 2018-05, value: "12"}
workstreams:
  - {key: data, title: Data, programme: change, priority: harm}
"""


@pytest.fixture
def more(told: Reporting) -> Reporting:
    load(LOADER, file=files.read({"here.yaml": FILE + MORE}))
    return told


@pytest.mark.parametrize(
    ("title", "beneath"),
    [
        ("Harm outside the home", {"gates": 1, "workstreams": 1}),
        ("The change", {"phases": 1, "lessons": 1, "workstreams": 1}),
        ("Children heard", {"values": 1}),
        ("Go live", {"replans": 1}),
        ("Unknown cost", {"findings": 1}),
    ],
)
@pytest.mark.parametrize(
    "level", [Sensitivity.RESTRICTED, pytest.param(Sensitivity.SEALED, marks=pytest.mark.long)]
)
@pytest.mark.long
def test_no_report_tells_what_hangs_beneath(
    more: Reporting, title: str, beneath: dict[str, int], level: Sensitivity
) -> None:
    before = ground_of(more.manager, more.home, DAY)
    assert {kind: len(before.of(kind)) for kind in beneath} == beneath, "it could have been told"
    record = Record.objects.get(title=title, partnership=more.home.pk)
    records.restrict(LOADER, record=record, sensitivity=level, reason="A person is named")
    after = ground_of(more.manager, more.home, DAY)
    assert {kind: len(after.of(kind)) for kind in beneath} == dict.fromkeys(beneath, 0)


@pytest.mark.long
def test_a_value_corrected_later_says_what_it_said_on_an_earlier_day(more: Reporting) -> None:
    measure = Measure.objects.get(key="heard", partnership=more.home.pk)
    later = replace(more.manager, on=DAY + timedelta(days=30))
    put_value(later, measure=measure, at=UncertainDate.parse("2018-05"), value="14")
    for day, said in ((DAY, "12"), (later.on, "14")):
        (row,) = ground_of(later, more.home, day).of("values")
        assert row["value"] == said


def test_every_kind_says_what_it_hangs_beneath() -> None:
    """A kind without an address of its own is listed, or stands on its own for this reason."""
    alone = {
        "agreements", "areas", "comparators", "coverage", "events", "findings", "footprints",
        "laws", "matters", "members", "partners", "questions", "replans", "reporting",
        "role_phases", "roles", "sources", "steps", "review_routes",
    }  # fmt: skip
    bare = {kind for kind, model in reading._homes().items() if reading._guard(model) != "record"}
    assert bare == alone | set(reading.BENEATH)
    assert not alone & set(reading.BENEATH)
