"""Words for numbers, days, lists and references, the same everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from concordat.kernel.errors import Invalid

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_IRREGULAR = {"child": "children", "person": "people"}
_NEAR_ENOUGH = 0.5


def count(n: int, noun: str, plural: str = "") -> str:
    """The number with its noun: "1 working day", "3 working days", "1,200 children".

    `plural` is needed only where the last word does not carry it ("member of staff").
    """
    return f"{n:,} {noun if n == 1 else plural or _plural(noun)}"


def day_in_words(day: date) -> str:
    """29 March 2019."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_in_words(day: date) -> str:
    """Friday 29 March 2019."""
    return f"{WEEKDAYS[day.weekday()]} {day_in_words(day)}"


def join_words(words: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"; nothing gives an empty text."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def reference(prefix: str, letter: str, number: int) -> str:
    """The reference of a record: THSCP-R-0042. Past 9999 it grows by a digit.

    `prefix` is the partnership's, `letter` the kind's. Raises `Invalid` for a number below 1.
    """
    if number < 1:
        raise Invalid(f"A reference is numbered from 1, not {number}.")
    return f"{prefix}-{letter}-{number:04d}"


def slug(text: str) -> str:
    """Small letters, digits and single hyphens, for addresses and keys.

    Accents are dropped, "&" is written out; empty when no letter or digit is left.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    kept = re.sub(r"['\u2019]", "", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def near(word: str, choices: Iterable[str], n: int = 3) -> list[str]:
    """At most `n` of the choices that look like `word`, nearest first, capitals ignored."""
    known = {choice.casefold(): choice for choice in choices}
    return [known[hit] for hit in get_close_matches(word.casefold(), known, n, _NEAR_ENOUGH)]


def _plural(noun: str) -> str:
    *before, last = noun.split(" ")
    return " ".join([*before, _IRREGULAR.get(last) or _plural_ending(last)])


def _plural_ending(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"


PLAIN: dict[int, str | int] = {**str.maketrans("łøđðħı", "loddhi"), 230: "ae", 339: "oe", 254: "th"}
"""Small letters that no accent can be taken off, as they are written without them: æ, œ, þ too."""
