"""Programmes of a partnership file: loaded, shared out, given back to the byte."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.models import KeptRow
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.assurance.exchange.queries import home_of
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Share
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.records.queries import search
from concordat.domain.governance.measures.models import Measure, Value
from concordat.domain.governance.measures.rules import Symbol
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import KINDS as KEPT_HERE
from concordat.domain.governance.programme.models import Milestone, Programme
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from tests.operations.mail.cast import LOADER

HEATH = """format: 1
partnership: {key: heath, name: Heath programme, kind: shared programme}
bodies:
- {key: steering, name: Steering group, kind: steering group}
posts:
- {key: lead, title: Project lead}
programmes:
- key: adopter
  title: Early adopter programme
  fund: Early adopter funding
  amount: 12000.50
  bid_on: 2018-05
  steered_by: [steering]
  partnerships: [fen, marsh, unknown]
  state: under way
  to: 2019-03
priorities:
- {key: hub, title: Learning hub, numbered: "1", programme: adopter, aims: [One, Two]}
gates:
- {key: desirable, question: Is it desirable?, priority: hub, outcome: not yet}
workstreams:
- {key: strand, title: Strand, programme: adopter, priority: hub, lead: "posts:lead"}
phases:
- {key: first, title: First phase, programme: adopter, months: 4, from: 2018-06}
milestones:
- {key: ends, title: Programme ends, programme: adopter, due: 2019-03, first_due: 2018-09}
- key: begins
  title: Programme begins
  programme: adopter
  priority: hub
  workstream: strand
  done_on: 2018-06
  state: done
  takes: 5
  rule: TR-PUBLISH
- {key: undated, title: Undated, programme: adopter, depends_on: [begins], owner: "posts:lead"}
replans:
- key: longer
  changes: programmes:adopter
  before: Four months
  after: Two phases
  reasons: [A late start, An inspection]
products:
- {key: plan, title: Plan, programme: adopter, contents: [Dates], accepted_by: "bodies:steering"}
appointments:
- {key: lead, title: Project lead, post: lead, date: 2018-08, ends: 2019-03}
lessons:
- {key: busy, kind: challenge, theme: Competition, says: Business as usual, programme: adopter}
- {key: focus, kind: response, theme: Focus, says: Must dos, programme: adopter, answers: [busy]}
events:
- {key: ofsted, title: Inspection, type: inspection, by: Ofsted, date: 2018-07}
measures:
- key: episodes
  title: Missing episodes
  better: lower
  serves: "priorities:hub"
  definition: Each time counted once
  target: 2.5
values:
- {key: june, measure: episodes, at: 2018-06, value: 12, symbol: provisional}
- {key: july, measure: episodes, at: 2018-07, shown_as: "<5"}
"""
OTHER = "format: 1\npartnership: {{key: {key}, name: {key} partnership}}\n"


def files() -> dict[str, str]:
    return {
        "heath/heath.yaml": HEATH,
        **{f"{key}/{key}.yaml": OTHER.format(key=key) for key in ("fen", "marsh")},
    }


@pytest.fixture
def loaded(db: None) -> None:
    file = rules.read(files())
    assert not file.found
    load(LOADER, file=file)


def given_back() -> dict[str, str]:
    return rules.to_yaml(exchange.file_of(LOADER))


def home(key: str) -> Partnership:
    return Partnership.objects.select_related("record").get(key=key)


@pytest.mark.usefixtures("loaded")
@pytest.mark.long
def test_a_programme_comes_back_as_it_was() -> None:
    assert rules.read(given_back()) == rules.read(files())
    assert not KeptRow.objects.exists()
    assert Programme.objects.get().amount == 1_200_050
    before = given_back()
    again = load(LOADER, file=rules.read(files()))
    assert (again.changes, given_back()) == ([], before)


@pytest.mark.usefixtures("loaded")
@pytest.mark.long
def test_partnerships_that_share_a_programme_see_it_and_what_it_holds() -> None:
    programme = Programme.objects.select_related("record").get()
    assert {share.partnership.title for share in Share.objects.filter(record=programme.pk)} == {
        "fen partnership", "marsh partnership",
    }  # fmt: skip
    assert list(queries.programmes(LOADER, home("fen"))) == [programme]
    assert [row.key for row in queries.priorities(LOADER, home("marsh"))] == ["hub"]
    assert Share.objects.count() == 2 * (1 + 1 + 3 + 1)
    assert operations.share_out(LOADER, partnership=programme.partnership) == 0
    assert not queries.contracts(LOADER, home("fen"))


@pytest.mark.long
@pytest.mark.usefixtures("loaded")
def test_what_is_done_here_goes_out_with_the_file() -> None:
    milestone = Milestone.objects.select_related("record").get(key="ends")
    operations.replan(
        LOADER, milestone=milestone, due=UncertainDate.parse("2019-06"), reasons=["Funding"],
        agreed_by="Steering group",
    )  # fmt: skip
    file = rules.read(given_back())
    assert not file.found
    chapter = file.chapter("heath")
    assert chapter
    assert [row.key for row in chapter.rows["replans"]] == ["ends-2019-03-29", "longer"]
    assert "Funding" in given_back()["heath/programme.yaml"]


@pytest.mark.usefixtures("loaded")
def test_rows_are_found_by_what_they_are_called_and_values_by_their_signs() -> None:
    kinds = set(search(LOADER, "hub").values_list("kind", flat=True))
    assert kinds == {"priority"}
    assert Measure.objects.get().serves == "priorities:hub"
    june, july = Value.objects.order_by("at")
    assert (june.shown, july.shown) == ("12 [p]", "<5")
    assert july.sign is Symbol.SUPPRESSED
    told = queries.roadmap(LOADER, Programme.objects.select_related("record").get())
    assert "1 change of plan does not say who agreed." in told.findings
    assert "“Programme ends”" in told.sentence


@pytest.mark.django_db
def test_milestones_that_wait_for_each_other_are_refused_by_name() -> None:
    broken = HEATH.replace("done_on: 2018-06\n", "depends_on: [undated]\n")
    file = rules.read({**files(), "heath/heath.yaml": broken})
    told = [str(fault) for fault in rules.faults(file)]
    assert any("lead round in a circle: begins to undated to begins" in each for each in told)


KINDS = (*KEPT_HERE, "measures", "values")


@operation
def _keep_whole(actor: Actor, *, rows: list[tuple[str, dict[str, Any]]], home: Any) -> None:
    """Rows as they stood before these packages were built."""
    no_event("a test goes back in time")
    Share.objects.all().delete()
    for kind in reversed(KINDS):
        home_of(kind).model._default_manager.all().delete()  # type: ignore[union-attr]
    for kind, said in rows:
        KeptRow.objects.create(
            partnership=home,
            kind=kind,
            key=said["key"],
            values=said,
            source=said.get("source", ""),
            stated_text=said.get("stated_on", ""),
        )


@operation
def _migrate(actor: Actor) -> None:
    no_event("a migration is no act")
    path = "concordat.domain.governance.programme.migrations.0002_kept_rows"
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module(path).take_over(apps, editor)


@pytest.mark.long
@pytest.mark.django_db
def test_rows_kept_whole_move_over_and_the_export_is_the_same_to_the_byte() -> None:
    """Gates are newer than the rows that were kept whole."""
    gate = next(line for line in HEATH.splitlines() if "desirable" in line)
    old = HEATH.replace("gates:\n", "").replace(f"{gate}\n", "")
    load(LOADER, file=rules.read({**files(), "heath/heath.yaml": old}))
    before = given_back()
    chapter = exchange.file_of(LOADER, ["heath"]).chapters[0]
    rows = [
        (kind, dict(rules.write.plain_fields(row)))
        for kind in KINDS
        for row in chapter.rows.get(kind, ())
    ]
    _keep_whole(LOADER, rows=rows, home=home("heath").record)
    assert not Programme.objects.exists()
    _migrate(LOADER)
    assert not KeptRow.objects.exists()
    assert given_back() == before
    assert Programme.objects.get().amount == 1_200_050
    assert str(Programme.objects.get().to_maybe) == "2019-03-31"
