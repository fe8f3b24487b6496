"""What the pages of risks look up in what they were given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(told: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key; nothing if it holds nothing."""
    return told.get(key, ())
