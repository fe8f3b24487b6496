"""Milestones that a file has before their programme begins, or after it ends."""

from __future__ import annotations

from concordat.domain.governance.programme.rules import findings
from concordat.domain.governance.programme.rules.findings import Known
from concordat.domain.governance.programme.rules.path import Node, plan_of
from concordat.kernel.dates import UncertainDate

said = UncertainDate.parse


def test_a_milestone_outside_the_time_of_its_programme_is_told() -> None:
    plan = plan_of(
        [
            Node("a", "A", said("2019-03")),
            Node("b", "B", said("2019-04")),
            Node("c", "C", said("2019")),
            Node("d", "D", said("2019-10-01")),
            Node("e", "E", said("2018"), is_over=True),
            Node("f", "F", said("2018?")),
        ]
    )
    told = findings.findings(Known(plan, begins=said("2019-04"), ends=said("2019-09")))
    assert told == [
        "“A” is due March 2019, before the programme begins: April 2019.",
        "“D” is due 1 October 2019, after the programme ends: September 2019.",
    ]
    assert findings.findings(Known(plan)) == []
