"""What may import what."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application.use_cases import lint_imports

import concordat
from concordat.config.wings import WINGS, built
from tests.architecture.contracts import WORDS, contracts, pages_in, written_out

SOURCE = Path(concordat.__file__).parent
configuration.configure()


def lint(folder: Path, root: str, packages: list[str], pages: list[str]) -> bool:
    """Whether every contract holds.

    The linter's own command would also set up logging, and silence every logger that there is.
    """
    file = folder / "contracts.ini"
    file.write_text(written_out(root, contracts(root, packages, pages)), "utf-8")
    return lint_imports(config_filename=str(file), cache_dir=None, no_logo=True)


def test_every_contract_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = lint(tmp_path, "concordat", list(built()), pages_in(SOURCE / "web"))
    assert kept, capsys.readouterr().out


def test_every_folder_of_the_domain_is_in_the_order() -> None:
    found = {each.parent.name for each in (SOURCE / "domain").glob("*/*/__init__.py")}
    known = {package for packages in WINGS.values() for package in packages}
    assert found <= known, "Add these to concordat/config/wings.py, in their place."


# A little house with every room: each line of BREACHES adds one import that a contract forbids.
ROOMS = (
    *("config/urls", "cli/root", "api/health", "craft/pdf", "kernel/actor"),
    *("web/urls", "web/home", "web/seats", "web/people", "web/ui"),
    *(f"domain/base/records/{word}" for word in (*WORDS, "apps")),
    *(f"domain/base/seats/{word}" for word in WORDS),
    "domain/practice/reviews/operations",
)

BREACHES = [
    ("kernel/actor", "craft.pdf", "layers"),
    ("craft/pdf", "domain.base.seats.rules", "layers"),
    ("domain/base/seats/operations", "web.seats", "layers"),
    ("web/seats", "api.health", "layers"),
    ("cli/root", "config.urls", "layers"),
    ("domain/base/seats/operations", "domain.practice.reviews.operations", "wings"),
    ("domain/base/records/operations", "domain.base.seats.operations", "packages of"),
    ("domain/base/seats/rules", "domain.base.seats.models", "words"),
    ("domain/base/seats/models", "domain.base.seats.queries", "words"),
    ("domain/base/seats/queries", "domain.base.seats.operations", "words"),
    ("domain/base/seats/rules", "domain.base.records.models", "rules read values only"),
    ("domain/base/seats/rules", "craft.pdf", "rules read values only"),
    ("domain/base/seats/models", "domain.base.records.queries", "models remember only"),
    ("domain/base/seats/models", "craft.pdf", "models remember only"),
    ("domain/base/seats/queries", "domain.base.records.operations", "queries never act"),
    ("web/seats", "domain.base.seats.models", "tables are private"),
    ("web/seats", "web.people", "pages stand apart"),
    ("web/ui", "web.seats", "pages stand apart"),
]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of the same shape as ours, with a name that no other test has used."""
    root = tmp_path / f"house_{tmp_path.name.replace('-', '_')}"
    for room in ROOMS:
        file = root / f"{room}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", "utf-8")
        _name_folders(file.parent, root)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    return root


def _name_folders(folder: Path, root: Path) -> None:
    while True:
        (folder / "__init__.py").touch()
        if folder == root:
            return
        folder = folder.parent


def check(house: Path) -> bool:
    domain = f"{house.name}.domain"
    packages = [f"{domain}.base.records", f"{domain}.base.seats", f"{domain}.practice.reviews"]
    return lint(house.parent, house.name, packages, ["seats", "people", "home", "ui"])


def test_a_house_in_order_breaks_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("concordat.there.before")
    assert check(house), capsys.readouterr().out
    assert not log.disabled, "what others log is still heard"


@pytest.mark.parametrize(("room", "imported", "contract"), BREACHES)
def test_each_breach_is_caught(
    house: Path, room: str, imported: str, contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / f"{room}.py").write_text(f"import {house.name}.{imported}\n", "utf-8")
    assert not check(house)
    told = [line for line in capsys.readouterr().out.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in told), told


def test_a_fifth_word_is_caught(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "domain/base/seats/services.py").write_text("", "utf-8")
    assert not check(house)
    assert "words BROKEN" in capsys.readouterr().out


def test_rules_that_reach_django_are_caught(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "domain/base/seats/rules.py").write_text("import django.db\n", "utf-8")
    assert not check(house)
    assert "rules read values only BROKEN" in capsys.readouterr().out


@pytest.fixture(autouse=True)
def forget_modules() -> None:
    """Each house is read afresh."""
    for name in [name for name in sys.modules if name.startswith("house_")]:
        del sys.modules[name]
