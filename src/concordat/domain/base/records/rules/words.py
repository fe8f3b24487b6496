"""What a person typed into the search box, as terms that both databases take."""

import re

_SYNONYMS = {"children": "child", "childrens": "child", "lscb": "lscb", "mins": "minutes"}
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
LONGEST = 12


def search_terms(typed: str) -> tuple[str, ...]:
    """Lower-case words and numbers, at most twelve, everything else dropped."""
    words = (word.lower() for word in _WORD.findall(typed.replace("’", "").replace("'", "")))
    return tuple(_SYNONYMS.get(word, word) for word in words)[:LONGEST]
