"""Filters that put dates, numbers and money into words."""

from __future__ import annotations

from django import template

from concordat.kernel import labels
from concordat.kernel.money import Pence, in_pounds
from concordat.web.ui import words
from concordat.web.ui.parts import When

register = template.Library()


@register.filter
def day(when: When | None) -> str:
    """29 March 2019; nothing for no date."""
    return words.day(when) if when is not None else ""


@register.filter
def weekday(when: When | None) -> str:
    """Friday 29 March 2019; nothing for no date."""
    return words.weekday(when) if when is not None else ""


@register.filter
def moment(when: When | None) -> str:
    """29 March 2019 at 16:10; nothing for no date."""
    return words.moment(when) if when is not None else ""


@register.filter
def pounds(pence: int | None) -> str:
    """£157,719 from integer pence; nothing for no amount."""
    return in_pounds(Pence(pence)) if pence is not None else ""


@register.filter
def working_days_left(left: int | None) -> str:
    """3 working days left; Due today; Overdue by 2 working days."""
    return words.left_in_words(left) if left is not None else ""


@register.filter
def count(number: int, noun: str) -> str:
    """3 working days, 1 working day. A plural that is not regular follows a comma."""
    one, _, many = noun.partition(",")
    return labels.count(number, one.strip(), many.strip())


@register.filter
def joined(parts: list[str]) -> str:
    """a, b and c."""
    return labels.join_words([str(part) for part in parts])
