"""The packages of the domain, lowest first.

A package may import those before it and never one after it. The import contracts, the order of
installation and the direction of foreign keys are all read from this one list.
"""

from __future__ import annotations

from pathlib import Path

WINGS: dict[str, tuple[str, ...]] = {
    "base": (
        "records",
        "people",
        "agencies",
        "seats",
        "mail",
        "asks",
        "documents",
        "clocks",
        "requests",
        "actions",
        "recommendations",
    ),
    "governance": (
        "arrangements",
        "policies",
        "diaries",
        "meetings",
        "measures",
        "programme",
        "risks",
        "finance",
    ),
    "practice": ("children", "chronologies", "reviews", "deaths", "missing"),
    "improvement": ("audits", "learning", "training", "engagement", "equality", "evaluation"),
    "assurance": ("scrutiny", "handover", "reports", "exchange"),
}

DOMAIN = Path(__file__).parents[1] / "domain"


def planned() -> tuple[str, ...]:
    """Every package of the order as a dotted name, lowest first, built or not."""
    return tuple(
        f"concordat.domain.{wing}.{package}"
        for wing, packages in WINGS.items()
        for package in packages
    )


def built(domain: Path = DOMAIN) -> tuple[str, ...]:
    """The packages that are built, lowest first: those that Django can install."""
    return tuple(
        name for name in planned() if domain.joinpath(*name.split(".")[2:], "apps.py").is_file()
    )
