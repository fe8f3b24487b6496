"""Migrations never lose a row on their way back: they refuse."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations import RunPython
from django.db.migrations.exceptions import IrreversibleError

from concordat.domain.base.records.operations import keep
from concordat.domain.governance.finance.models import Comparator
from tests.operations.mail.cast import LOADER, House, build

LAST = {
    "finance": "governance.finance.migrations.0002_kept_rows",
    "risks": "governance.risks.migrations.0002_kept_rows",
    "programme": "governance.programme.migrations.0002_kept_rows",
    "measures": "governance.measures.migrations.0001_initial",
    "reports": "assurance.reports.migrations.0001_initial",
}


def back(app: str) -> None:
    step = import_module(f"concordat.domain.{LAST[app]}").Migration.operations[-1]
    assert isinstance(step, RunPython)
    assert step.reverse_code is not None
    step.reverse_code(apps, None)


@pytest.mark.django_db
@pytest.mark.parametrize("app", LAST)
def test_an_empty_package_goes_back(app: str) -> None:
    back(app)


@pytest.mark.django_db
@pytest.mark.long
def test_a_package_with_rows_refuses_and_says_how_many() -> None:
    house: House = build()
    keep(
        LOADER, model=Comparator, partnership=house.here, key="elsewhere",
        values={"title": "A review elsewhere", "source": "A paper"}, noun="comparator",
    )  # fmt: skip
    with pytest.raises(IrreversibleError, match="finance keeps 1 rows of Comparator"):
        back("finance")
    assert Comparator.objects.count() == 1
