"""Words that no page of ours says, however it came about: the copy rules, as far as a machine
can read them."""

from __future__ import annotations

import re
from html import unescape

UNSEEN = re.compile(
    r"<(script|style|title|textarea)\b.*?</\1>|<span class=\"govuk-warning-text__icon\".*?</span>",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"<[^>]+>")
NEVER = re.compile(
    r"click here|\b(?:users?|entity|entities|workflows?|bi-?monthly|please|submit)\b|!",
    re.IGNORECASE,
)


def wrong_words(html: str) -> list[str]:
    """Each with what stands around it."""
    text = " ".join(unescape(TAG.sub(" ", UNSEEN.sub(" ", html))).split())
    return [
        f"says {found.group()!r}: …{text[max(0, found.start() - 30) : found.end() + 30]}…"
        for found in NEVER.finditer(text)
    ]
