"""Money of a partnership file: loaded, given back to the byte, and taken over where kept whole."""

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
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.arrangements.models import QuotedRow
from concordat.domain.governance.finance.models import KINDS, Budget, Contribution, Cost
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from tests.operations.mail.cast import LOADER

HEAD = """format: 1
partnership: {key: heath, name: Heath Safeguarding Children Partnership}
agencies:
- {key: council, name: Heath Council, class: council}
- {key: police, name: Heath Police, class: police}
roles:
- {key: scrutineer, title: Independent Scrutineer}
decisions:
- {key: cabinet, title: Contribution approved, agency: council, state: made, date: 2019-03-26}
"""
OLD = """contributions:
- {key: c-1, agency: council, year: 2019/20, fund: General fund, amount: 45000.50, state: agreed,
   decision: cabinet, authorised_by: "agencies:council", source: "Budget, page 2",
   stated_on: 2019-03}
- {key: c-2, agency: police, year: 2019/20, amount: 5000, state: not stated, order: 1}
- {key: c-3, fund: Charges, year: 2019/20, in_kind: Rooms}
costs:
- {key: k-1, title: Scrutineer, heading: Personnel, amount: 20000, level: recurrent,
   role: scrutineer, share: 50, state: under way, about: Part time}
shares:
- {key: s-1, formula: thirds, agency: council, year: 2019/20, percent: 33.3}
totals:
- {key: t-1, of: All income, year: 2019/20, amount: 51000}
comparators:
- {key: r-1, title: A review, average: 8000, highest: 15000, per: case, found_in: nationally}
"""
NEW = """budgets:
- {key: old, title: Budget 2018/19, year: 2018/19, state: closed}
- {key: new, title: Budget 2019/20, year: 2019/20, state: agreed, reserve: 1200.05, inherits: old,
   decision: cabinet}
contributions:
- {key: c-4, agency: council, year: 2019-20, budget: new, amount: 40000, state: received,
   pledged: 41000, agreed: 40000, agreed_on: 2019-03-26, received: 10000, received_on: 2019-05,
   in_kind_value: 500, conditions: Report by May, report_due: 2020-05}
costs:
- {key: k-2, title: Analyst, budget: new, grade: PO5, full_cost: 50000, days: 2.5, day_rate: 100,
   spent: 1, forecast: 2, decision: cabinet}
formulas:
- {key: f-1, title: thirds, year: 2019/20, budget: new, method: hybrid, sum: 120000,
   equal_part: 40, chosen: yes, decision: cabinet}
shares:
- {key: s-2, formula: thirds, agency: police, year: 2019/20, number: 12.5, budget: new}
review_demand:
- {key: d-1, budget: new, low: 1, likely: 2, high: 4, usual: 8000, most: 15000, seed: 7}
"""


def loaded(*parts: str) -> dict[str, str]:
    """What comes out again of a file with these rows."""
    load(LOADER, file=read(*parts))
    return given_back()


def read(*parts: str) -> Any:
    file = rules.read({"heath.yaml": "".join((HEAD, *parts))})
    assert not file.found
    return file


def given_back() -> dict[str, str]:
    return rules.to_yaml(exchange.file_of(LOADER, ["heath"]))


@pytest.mark.django_db
@pytest.mark.parametrize("part", [OLD, NEW])
def test_money_comes_back_as_it_was(part: str) -> None:
    texts = loaded(part)
    assert rules.read(texts) == read(part)
    assert not KeptRow.objects.filter(kind__in=KINDS).exists()
    again = load(LOADER, file=rules.read(texts))
    assert (again.of("add"), again.amended) == ([], 0)


@pytest.mark.django_db
def test_a_contribution_has_an_address_and_says_who_gives() -> None:
    loaded(OLD)
    row = Contribution.objects.select_related("record", "decision").get(key="c-1")
    assert row.record.title == "Heath Council, General fund, 2019/20"
    assert (row.amount, row.decision.title) == (45_000_50, "Contribution approved")  # type: ignore[union-attr]
    assert Cost.objects.get(key="k-1").role is not None


@pytest.mark.django_db
@pytest.mark.long
def test_a_budget_inherits_and_a_row_of_another_year_is_refused() -> None:
    loaded(NEW)
    assert Budget.objects.get(key="new").inherits == Budget.objects.get(key="old")
    wrong = NEW.replace("year: 2019-20, budget: new", "year: 2018/19, budget: new")
    with pytest.raises(Invalid, match="is for 2018/19, and the budget is for 2019/20"):
        load(LOADER, file=read(wrong))
    below = NEW.replace("received: 10000", "received: -10000")
    with pytest.raises(Invalid, match="below nothing"):
        load(LOADER, file=read(below))
    round_ = NEW.replace("state: closed}", "state: closed, inherits: new}")
    with pytest.raises(Invalid):
        load(LOADER, file=read(round_))


@pytest.mark.django_db
def test_the_arrangements_quote_what_a_file_tells() -> None:
    loaded(OLD)
    rows = QuotedRow.objects.filter(block="money").order_by("order")
    assert list(rows.values_list("key", "title", "says")) == [
        ("contributions-c-2", "Heath Police", "£5,000; for 2019/20"),
        ("contributions-c-1", "Heath Council, General fund", "£45,000.50; for 2019/20; agreed"),
        ("contributions-c-3", "Charges", "In kind: Rooms; for 2019/20"),
        ("shares-s-1", "Heath Council", "Percent: 33.3; formula: thirds; for 2019/20"),
        (
            "costs-k-1",
            "Scrutineer",
            "Personnel; £20,000; recurrent; costing under way; Part time",
        ),
        ("totals-t-1", "All income", "Stated total £51,000; for 2019/20"),
    ]


@operation
def _keep_whole(actor: Actor, *, chapter: Any, home: Any) -> None:
    """Rows as they stood before this package was built."""
    no_event("a test goes back in time")
    for kind, (model, _) in reversed(KINDS.items()):
        for row in chapter.rows.get(kind, ()):
            values = dict(rules.write.plain_fields(row))
            KeptRow.objects.create(
                partnership=home,
                kind=kind,
                key=row.key,
                values=values,
                order=row.order,
                source=row.source,
                stated_text=values.get("stated_on", ""),
            )
        model._default_manager.all().delete()


@operation
def _migrate(actor: Actor) -> None:
    no_event("a migration is no act")
    path = "concordat.domain.governance.finance.migrations.0002_kept_rows"
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module(path).take_over(apps, editor)


@pytest.mark.django_db
@pytest.mark.long
def test_rows_kept_whole_move_over_and_the_export_is_the_same_to_the_byte() -> None:
    before = loaded(OLD)
    home = Contribution.objects.select_related("partnership").first()
    assert home is not None
    chapter = exchange.file_of(LOADER, ["heath"]).chapters[0]
    _keep_whole(LOADER, chapter=chapter, home=home.partnership)
    assert not Contribution.objects.exists()
    _migrate(LOADER)
    assert not KeptRow.objects.filter(kind__in=KINDS).exists()
    row = Contribution.objects.select_related("record").get(key="c-1")
    assert row.record.title == "Heath Council, General fund, 2019/20"
    assert str(row.stated_on) == "2019-03-31"
    assert given_back() == before
