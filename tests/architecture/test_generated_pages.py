"""Pages of `docs/` that the code decides are as the code decides. `make docs` redraws them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from concordat.kernel.transitions import Move, States
from tests.architecture.code import ROOT, word_modules

STATES = ROOT / "docs" / "states"


def state_tables() -> Iterator[tuple[str, str, States]]:
    """Package, name of the table and the table, for every state table in any package's rules."""
    for module in word_modules("rules"):
        package = module.__name__.split(".")[-2]
        for name, thing in vars(module).items():
            if isinstance(thing, States):
                yield package, name, thing


def title(package: str, name: str) -> str:
    words = name.lower().replace("_", " ")
    return package.capitalize() if words == "states" else f"{package.capitalize()}: {words}"


def state_pages() -> dict[Path, str]:
    """One page for each package that has state tables."""
    pages: dict[Path, str] = {}
    for package, name, table in state_tables():
        page = STATES / f"{package}.md"
        drawn = table.to_markdown(title(package, name))
        pages[page] = f"{pages[page]}\n{drawn}" if page in pages else drawn
    return pages


def differences(pages: dict[Path, str], folder: Path) -> list[str]:
    """Which pages are missing, out of date, or left over from something that is gone."""
    kept = set(folder.glob("*.md")) if folder.is_dir() else set()
    stale = [page for page, text in pages.items() if page in kept and page.read_text() != text]
    return sorted(page.name for page in [*stale, *(set(pages) - kept), *(kept - set(pages))])


def test_drawn_states_are_as_the_rules_say(request: pytest.FixtureRequest) -> None:
    pages = state_pages()
    if request.config.getoption("--redraw"):
        STATES.mkdir(parents=True, exist_ok=True)
        for page in set(STATES.glob("*.md")) - set(pages):
            page.unlink()
        for page, text in pages.items():
            page.write_text(text, "utf-8")
    assert not differences(pages, STATES), "Run: make docs"


def test_a_page_that_is_missing_old_or_left_over_is_caught(tmp_path: Path) -> None:
    table = States([Move("close", "open", "closed")], "open")
    pages = {tmp_path / "a.md": table.to_markdown("A"), tmp_path / "b.md": table.to_markdown("B")}
    assert differences(pages, tmp_path) == ["a.md", "b.md"]
    for page, text in pages.items():
        page.write_text(text, "utf-8")
    assert not differences(pages, tmp_path)
    (tmp_path / "b.md").write_text("by hand", "utf-8")
    (tmp_path / "c.md").write_text("left over", "utf-8")
    assert differences(pages, tmp_path) == ["b.md", "c.md"]
