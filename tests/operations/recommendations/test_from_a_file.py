"""Recommendations of a partnership file: loaded, found by their words, and given back the same."""

from __future__ import annotations

import pytest

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.base.recommendations import queries
from concordat.domain.base.recommendations.models import Entry, Recommendation
from concordat.domain.base.recommendations.rules import Stage
from concordat.kernel.errors import Invalid
from tests.operations.mail.cast import LOADER

pytestmark = pytest.mark.django_db
FILE = """format: 1
partnership: {key: heath, name: Heath Safeguarding Children Partnership}
agencies:
- {key: council, name: Heath Council, class: council}
posts:
- {key: director, title: Director, agency: council}
bodies:
- {key: board, name: Board, kind: executive}
seats:
- {key: director, role: Director, body: board, office: chair}
recommendations:
- key: moves
  title: Tell the next borough of a family that moves
  number: "4"
  from_kind: old serious case review
  from_title: Review of 2014
  made_on: spring 2014
  agency: council
  due: June 2019
  owner: director
  set_by: board
  state: accepted
  decided_on: "2014"
  source: Published response
"""


@pytest.mark.long
def test_a_file_is_taken_up_and_given_back_the_same() -> None:
    file = rules.read({"heath.yaml": FILE})
    load(LOADER, file=file)
    row = Recommendation.objects.select_related("record", "agency").get()
    assert row.stage_is is Stage.ACCEPTED
    assert (row.addressee, row.came_from) == (
        "Heath Council",
        "Review of 2014, recommendation 4",
    )
    assert str(row.due_day) == "2019-06-30"
    assert row.ask_on
    assert Entry.objects.get().words == "Published response"
    assert queries.like(LOADER, "family moves to the next borough")
    again = exchange.file_of(LOADER, ["heath"])
    assert rules.to_yaml(again) == rules.to_yaml(file)
    assert not load(LOADER, file=file).of("add")
    assert Entry.objects.count() == 1


def test_a_row_with_two_addressees_is_told_where_it_is_wrong() -> None:
    file = rules.read({"heath.yaml": FILE.replace("  due: ", "  outside: A ministry\n  due: ")})
    with pytest.raises(Invalid, match="It is addressed to one") as wrong:
        load(LOADER, file=file)
    assert wrong.value.faults[0].field == "outside"
    assert not Recommendation.objects.exists()
