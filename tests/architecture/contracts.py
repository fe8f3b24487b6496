"""The import contracts, written out for what is built. Nothing is ever exempt from them.

The order of the packages is `concordat.config.wings`; the rest of the house's order is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

WORDS = ("operations", "queries", "models", "rules")
AROUND_PAGES = ("urls", "apps", "home", "templatetags", "ui")

Contract = dict[str, str | list[str]]


def contracts(root: str, packages: Iterable[str], pages: Iterable[str]) -> dict[str, Contract]:
    """Each contract by its name. `packages` are dotted names, lowest first; `pages` bare names."""
    built = list(packages)
    word = {name: f"{root}.domain.*.*.{name}" for name in WORDS}
    faces = [f"{root}.{name}" for name in ("web", "api", "cli", "config")]
    return {
        "layers": _layers([root], ["config", "web | api | cli", "domain", "craft", "kernel"]),
        "wings": _layers([f"{root}.domain"], _wings()),
        **_packages(built),
        "words": {
            **_layers(built, [f"({name})" for name in WORDS]),
            "exhaustive_ignores": ["apps", "migrations"],
        },
        "rules read values only": _never(
            [f"{root}.kernel", word["rules"]],
            ["django", f"{root}.craft", word["models"], word["queries"], word["operations"]],
        ),
        "models remember only": _never(
            [word["models"]], [f"{root}.craft", word["queries"], word["operations"]]
        ),
        "queries never act": _never([word["queries"]], [word["operations"]]),
        "tables are private": {
            **_never(faces, [word["models"]]),
            "allow_indirect_imports": "True",
        },
        "pages stand apart": _layers(
            [f"{root}.web"],
            ["(urls) : (apps)", "(home)", _beside(pages), "(templatetags)", "(ui)"],
        ),
    }


def _layers(containers: list[str], layers: list[str]) -> Contract:
    kept = [layer for layer in layers if layer]
    return {"type": "layers", "containers": containers, "layers": kept, "exhaustive": "True"}


def _never(sources: list[str], forbidden: list[str]) -> Contract:
    return {"type": "forbidden", "source_modules": sources, "forbidden_modules": forbidden}


def _wings() -> list[str]:
    from concordat.config.wings import WINGS

    return [f"({wing})" for wing in reversed(WINGS)]


def _packages(built: list[str]) -> dict[str, Contract]:
    """One contract for each wing that has a package: highest package first."""
    wings: dict[str, list[str]] = {}
    for name in reversed(built):
        wing, _, package = name.rpartition(".")
        wings.setdefault(wing, []).append(package)
    return {f"packages of {wing}": _layers([wing], names) for wing, names in wings.items()}


def _beside(pages: Iterable[str]) -> str:
    return " | ".join(f"({page})" for page in pages if page not in AROUND_PAGES)


def pages_in(web: Path) -> list[str]:
    """The page packages in a folder of pages."""
    return sorted(each.parent.name for each in web.glob("*/__init__.py"))


def written_out(root: str, all_contracts: Mapping[str, Contract]) -> str:
    """The text of a configuration file for import-linter."""
    lines = ["[importlinter]", f"root_package = {root}", "include_external_packages = True"]
    for number, (name, contract) in enumerate(all_contracts.items()):
        lines += ["", f"[importlinter:contract:{number}]", f"name = {name}"]
        for key, value in contract.items():
            shown = value if isinstance(value, str) else "".join(f"\n    {item}" for item in value)
            lines.append(f"{key} = {shown}")
    return "\n".join(lines) + "\n"
