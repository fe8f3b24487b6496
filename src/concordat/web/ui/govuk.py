"""The design system's own markup, called from Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

from concordat.kernel.labels import near

_PACKAGE = "govuk_frontend_jinja"


@lru_cache(maxsize=1)
def environment() -> Environment:
    return Environment(
        loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def components() -> frozenset[str]:
    """The names that `component` knows."""
    names = environment().list_templates()
    return frozenset(
        name.split("/")[2] for name in names if name.startswith(f"{_PACKAGE}/components/")
    )


@lru_cache(maxsize=64)
def _macro(name: str) -> Callable[[Mapping[str, Any]], str]:
    if name not in components():
        like = ", ".join(near(name, components())) or "none is near"
        raise ValueError(f"There is no component “{name}” ({like}).")
    template = environment().get_template(f"{_PACKAGE}/components/{name}/macro.html")
    macro: Callable[[Mapping[str, Any]], str] = getattr(
        template.module, "govuk" + "".join(part.title() for part in name.split("-"))
    )
    return macro


def plain(text: object) -> str:
    """The same text with no claim to be safe: a literal in a template makes that claim."""
    return str.__str__(text) if isinstance(text, str) else str(text)


def guarded(value: Any, key: str = "") -> Any:
    """A copy in which only what is passed as `html` may be markup."""
    if isinstance(value, Mapping):
        return {name: guarded(part, str(name)) for name, part in value.items()}
    if isinstance(value, str):
        return value if key.lower().endswith("html") else plain(value)
    if isinstance(value, Sequence):
        return [guarded(part, key) for part in value]
    return value


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    return mark_safe(_macro(name)(guarded(params)).strip())  # noqa: S308 - the macros escape
