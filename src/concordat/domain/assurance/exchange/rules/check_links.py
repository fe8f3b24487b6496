"""References between rows: whether they lead somewhere, and never round in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from concordat.domain.assurance.exchange.rules.fields import KINDS, Row, Sort, Spec, kind_of
from concordat.domain.assurance.exchange.rules.shape import HEADER, Chapter, PartnershipFile
from concordat.kernel.errors import Fault
from concordat.kernel.labels import join_words, near

Known = Mapping[str, Mapping[str, Set[str]]]
CIRCLES = {
    "bodies": ("parents", "successor"),
    "areas": ("part_of", "successor"),
    "agencies": ("part_of", "successor"),
    "footprints": ("successor",),
    "posts": ("successor",),
    "delegations": ("under",),
    "sources": ("supersedes",),
    "arrangements": ("follows",),
    "papers": ("follows",),
    "budgets": ("inherits",),
    "milestones": ("depends_on",),
}


def parted(kind: str, told: str, slug: str) -> tuple[str, str, str]:
    """Kind, slug and key that a reference means, seen from the partnership `slug`."""
    if ":" in told:
        kind, _, told = told.partition(":")
    other, _, key = told.rpartition("/")
    return kind, other or slug, key


class Index:
    """All keys by slug and kind, those of this file and those known before."""

    def __init__(self, file: PartnershipFile, known: Known) -> None:
        self.known = known
        self.here: dict[str, dict[str, set[str]]] = {}
        for chapter in file.chapters:
            kinds = self.here.setdefault(chapter.slug, {})
            for row in chapter.every():
                kinds.setdefault(kind_of(row).name, set()).add(row.key)

    def keys(self, slug: str, kind: str) -> set[str]:
        before = self.known.get(slug, {}).get(kind, set())
        return self.here.get(slug, {}).get(kind, set()) | set(before)

    def slugs(self) -> set[str]:
        return set(self.here) | set(self.known)


def unknown_references(chapter: Chapter, index: Index) -> Iterator[Fault]:
    for row in chapter.every():
        for spec, told in references(row):
            for message, mend in _unknown(spec, told, chapter.slug, index):
                yield Fault(message, spec.name, row.where(spec.name), mend)


def references(row: Row) -> Iterator[tuple[Spec, str]]:
    """Every row that this one names, with the field that does so."""
    for spec in kind_of(row).fields.values():
        if spec.sort not in (Sort.REF, Sort.REFS):
            continue
        value = getattr(row, spec.attribute)
        for told in value if isinstance(value, tuple) else (value,):
            if told:
                yield spec, told


def _unknown(spec: Spec, told: str, slug: str, index: Index) -> Iterator[tuple[str, str]]:
    kind, other, key = parted(spec.kinds[0], told, slug)
    if kind not in KINDS:
        like = near(kind, KINDS) or list(KINDS)[:3]
        yield f"There is no kind of row called “{kind}”.", f"Did you mean {join_words(like)}?"
    elif other not in index.slugs():
        mend = _did_you_mean(other, index.slugs(), "Load that partnership too, or take it away.")
        yield f"There is no partnership “{other}”.", mend
    elif key not in index.keys(other, kind):
        mend = _did_you_mean(key, index.keys(other, kind), f"Add it to {kind}, or take it away.")
        yield f"There is no “{key}” among the {_called(kind)} of {other}.", mend


def _called(kind: str) -> str:
    return "partnership" if kind == HEADER else kind.replace("_", " ")


def _did_you_mean(word: str, choices: Set[str], otherwise: str) -> str:
    like = near(word, sorted(choices))
    return f"Did you mean {join_words(like)}?" if like else otherwise


def cycles(file: PartnershipFile) -> Iterator[Fault]:
    """Rows that lead back to themselves, across all the partnerships of the file."""
    for kind, names in CIRCLES.items():
        for name in names:
            yield from _cycles_of(file, kind, name)


def _cycles_of(file: PartnershipFile, kind: str, name: str) -> Iterator[Fault]:
    rows: dict[tuple[str, str], Row] = {}
    onward: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for chapter in file.chapters:
        for row in chapter.rows.get(kind, ()):
            value = getattr(row, KINDS[kind].fields[name].attribute)
            told = value if isinstance(value, tuple) else (value,)
            rows[chapter.slug, row.key] = row
            onward[chapter.slug, row.key] = [
                parted(kind, each, chapter.slug)[1:] for each in told if each
            ]
    for circle in _circles(onward):
        way = " to ".join(key for _, key in (*circle, circle[0]))
        row = rows[circle[0]]
        message = f"These {_called(kind)} lead round in a circle: {way}."
        yield Fault(message, name, row.where(name), "Take one of these steps away.")


def _circles(
    onward: Mapping[tuple[str, str], list[tuple[str, str]]],
) -> list[tuple[tuple[str, str], ...]]:
    """Each circle once, without recursion; a row naming itself counts."""
    done: set[tuple[str, str]] = set()
    circles: list[tuple[tuple[str, str], ...]] = []
    for start in onward:
        path: list[tuple[str, str]] = []
        steps = [iter((start,))]
        while steps:
            node = next(steps[-1], None)
            if node is None:
                steps.pop()
                if path:
                    done.add(path.pop())
            elif node in path:
                circles.append(tuple(path[path.index(node) :]))
            elif node in onward and node not in done:
                path.append(node)
                steps.append(iter(onward[node]))
    return circles
