"""A value on the file of a recommendation, as people write it."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def value(shown: Any) -> str:
    """ "42 per cent": no needless zeros, and what it counts."""
    told = f"{shown.value or 0:,f}"
    bare = told.rstrip("0").rstrip(".") if "." in told else told
    return f"{bare} {shown.unit}".strip()
