"""Words as both databases find them: what a record says, and what a person typed.

Both sides are brought to the same plain words before a database sees them, since the two
full-text indexes differ in what they make of accents, apostrophes, hyphens and addresses.
"""

import re
import unicodedata

_SYNONYMS = {"children": "child", "childrens": "child", "mins": "minutes"}
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
_REFERENCE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
MOST_TERMS = 12
LONGEST_TERM = 60
LONGEST_REFERENCE = 40

# PostgreSQL's English index does not hold these words, so nothing is looked up by them.
_UNINDEXED = frozenset(
    (  # noqa: SIM905
        "a about above after again against all am an and any are as at be because been before "
        "being below between both but by can did do does doing don down during each few for "
        "from further had has have having he her here hers herself him himself his how i if in "
        "into is it its itself just me more most my myself no nor not now of off on once only "
        "or other our ours ourselves out over own s same she should so some such t than that "
        "the their theirs them themselves then there these they this those through to too "
        "under until up very was we were what when where which while who whom why will with "
        "you your yours yourself yourselves"
    ).split()
)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    parts = unicodedata.normalize("NFKD", plain)
    bare = "".join(each for each in parts if not unicodedata.combining(each))
    return [_SYNONYMS.get(word, word)[:LONGEST_TERM] for word in _WORD.findall(bare)]


def search_text(text: str, longest: int = 400_000) -> str:
    """The words of a text, each once, as the index keeps them; at most `longest` bytes.

    PostgreSQL refuses a text whose different words come to more than a megabyte.
    """
    kept, length = [], 0
    for word in dict.fromkeys(_words(text)):
        length += len(word.encode()) + 1
        if length > longest:
            break
        kept.append(word)
    return " ".join(kept)


def search_terms(typed: str) -> tuple[str, ...]:
    """Words and numbers to be found, at most twelve; the commonest English words are dropped."""
    words = dict.fromkeys(_words(typed))
    return tuple(word for word in words if word not in _UNINDEXED)[:MOST_TERMS]


def is_reference(typed: str) -> bool:
    """Whether a text has the shape of a reference: letters, digits and single hyphens."""
    return len(typed) <= LONGEST_REFERENCE and bool(_REFERENCE.fullmatch(typed))
