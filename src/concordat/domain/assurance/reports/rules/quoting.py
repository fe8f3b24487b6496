"""What narrative quotes: facts of rows, numbers of rows, and other sections of its report.

`[[kind:key]]` is what a row is called, `[[kind:key.field]]` what one of its fields says,
`[[count:kind]]` how many rows of a kind there are, `[[count:kind.field=value]]` how many of them
say so, and `[[section:key]]` the narrative of another section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from concordat.domain.assurance.reports.rules.declared import Declared
from concordat.domain.assurance.reports.rules.ground import Ground, of_row, title_of
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import day_in_words, join_words, near

MARK = re.compile(r"\[\[\s*([^\[\]]*?)\s*\]\]")
COUNT, SECTION, HOME = "count", "section", "partnership"
MOST_QUOTES = 2_000
"""In one section, with those of the sections that it quotes: they would grow without end."""
OPEN, CLOSE = "\ue000", "\ue001"
"""What stands around each quote in a marked text, with its number; nobody can type them."""
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~!()+.{}-])")
_NAME = re.compile(
    r"(?P<kind>[a-z_]+):(?P<key>[a-z0-9/_-]+)(?:\.(?P<field>[a-z_]+)(?:=(?P<value>[^\]]+))?)?\Z"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A quote taken apart. Of a count `key` is the kind of the rows that are counted."""

    kind: str
    key: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One fact that is quoted: what it says that day, what it is of, and where its rows are."""

    name: str
    says: str
    of: str
    ref: str


def parted(name: str) -> Named | None:
    """The parts of a quote; None for something that no quote looks like."""
    found = _NAME.match(name)
    if found is None:
        return None
    made = Named(found["kind"], found["key"], found["field"] or "", found["value"] or "")
    return None if made.value and made.kind != COUNT else made


def named_in(text: str) -> list[str]:
    """The quotes that a text names, each once."""
    return list(dict.fromkeys(MARK.findall(text)))


def quote(name: str, ground: Ground) -> Quote | None:
    """What a quote says; None where it means nothing that is known that day."""
    made = parted(name)
    if made is None:
        return None
    if made.kind == COUNT:
        return _count(name, made, ground)
    if made.kind == HOME:
        said = of_row(ground, made.field, ground.home.get(made.field or "name"))
        of = str(ground.home["name"])
        return Quote(name, said, of, f"{HOME}:{made.key}") if said else None
    row = ground.row(f"{made.kind}:{made.key}")
    if row is None or (made.field and made.field not in row):
        return None
    of = title_of(made.kind, row)
    said = of_row(ground, made.field, row[made.field], made.kind) if made.field else of
    return Quote(name, said or "not stated", of, f"{made.kind}:{made.key}")


def _count(name: str, made: Named, ground: Ground) -> Quote | None:
    if made.key not in ground.rows:
        return None
    if not _is_said(made, ground):
        return None
    of = f"Number of {made.key.replace('_', ' ')}"
    return Quote(name, f"{len(counted(name, ground)):,}", of, name)


def _is_said(made: Named, ground: Ground) -> bool:
    """Whether the rows that are counted have the field at all; where there are none, who knows."""
    rows = ground.of(made.key)
    return not made.field or not rows or any(made.field in row for row in rows)


def _says(value: object, wanted: str) -> bool:
    return wanted in value if isinstance(value, list | tuple) else str(value) == wanted


def counted(name: str, ground: Ground) -> list[tuple[str, Mapping[str, object]]]:
    """The rows behind a number, each with its kind."""
    made = parted(name)
    if made is None or made.kind != COUNT:
        return []
    return [
        (made.key, row)
        for row in ground.of(made.key)
        if not made.field or _says(row.get(made.field), made.value)
    ]


def filled(text: str, ground: Ground, others: Mapping[str, str]) -> tuple[str, list[Quote]]:
    """The Markdown with every quote as it stands that day, marked, and the quotes by number.

    What a quote says never acts as markup. `others` holds the narrative of each section, which
    may be quoted whole. `bare` takes the marks out again.
    """
    quotes: list[Quote] = []
    return _filled(bare(text), ground, others, quotes), quotes


def _filled(text: str, ground: Ground, others: Mapping[str, str], quotes: list[Quote]) -> str:
    def say(found: re.Match[str]) -> str:
        made = parted(found[1])
        if made and made.kind == SECTION:
            inner = bare(others.get(made.key, ""))
            return _filled(inner, ground, _without(others, made.key), quotes)
        told = quote(found[1], ground)
        if told is None:
            return _escaped(f"[not known by {day_in_words(ground.on)}]")
        quotes.append(told)
        return f"{OPEN}{len(quotes)}{OPEN}{_escaped(told.says)}{CLOSE}"

    return MARK.sub(say, text)


def bare(text: str) -> str:
    """A text without the marks around its quotes."""
    return re.sub(f"{OPEN}(?:[0-9]+{OPEN})?|{CLOSE}", "", text)


def _without(others: Mapping[str, str], key: str) -> dict[str, str]:
    return {name: text for name, text in others.items() if name != key}


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def check(report: Declared, section: str, text: str, ground: Ground) -> None:
    """Raises `Invalid` for every quote of something that is not there, with its line."""
    faults = [
        Fault(problem.message, "text", mend=problem.mend)
        for problem in unknown(report, section, text, lambda made: _has(made, ground))
    ]
    if faults:
        raise Invalid(faults)


def _has(made: Named, ground: Ground) -> list[str] | None:
    """None where the row is there and has the field; else what comes near."""
    if made.kind == COUNT:
        return _has_number(made, ground)
    if made.kind == HOME:
        return (
            None if not made.field or made.field in ground.home else near(made.field, ground.home)
        )
    row = ground.row(f"{made.kind}:{made.key}")
    if row is None:
        return near(f"{made.kind}:{made.key}", _refs(ground))
    fields = [f"{made.kind}:{made.key}.{name}" for name in row]
    return (
        None
        if not made.field or made.field in row
        else near(f"{made.kind}:{made.key}.{made.field}", fields)
    )


def _has_number(made: Named, ground: Ground) -> list[str] | None:
    if made.key not in ground.rows:
        return [f"{COUNT}:{each}" for each in near(made.key, ground.rows)]
    if _is_said(made, ground):
        return None
    fields = {name: None for row in ground.of(made.key) for name in row}
    more = f"={made.value}" if made.value else ""
    return [f"{COUNT}:{made.key}.{each}{more}" for each in near(made.field, fields)]


def _refs(ground: Ground) -> list[str]:
    return [f"{kind}:{row['key']}" for kind, rows in ground.rows.items() for row in rows]


Has = Callable[[Named], list[str] | None]


def unknown(report: Declared, section: str, text: str, has: Has) -> Iterator[Fault]:
    """Every quote that leads nowhere: in which section, on which line, and what comes near.

    `has` says of a quote taken apart None if its row is there, else the names that come near.
    """
    titles = {each.key: each.title for each in report.sections}
    told = titles.get(section, section)
    for number, line in enumerate(text.splitlines(), 1):
        for name in MARK.findall(line):
            made = parted(name)
            if made and made.kind == SECTION:
                likely = None if made.key in titles else near(made.key, titles)
            else:
                likely = has(made) if made else []
            if likely is not None:
                yield Fault(
                    f"“{told}”, line {number}: nothing can be quoted as [[{name}]].",
                    "text",
                    mend=_mend(likely),
                )


def _mend(likely: list[str]) -> str:
    if not likely:
        return "Copy a name from the list of what can be quoted."
    return f"Did you mean {' or '.join(f'[[{each}]]' for each in likely)}?"


def circles(report: Declared, texts: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Sections whose narrative comes back to itself: the section that begins, and what is wrong."""
    titles = {each.key: each.title for each in report.sections}
    seen: set[frozenset[str]] = set()
    for start in texts:
        path = _way_back(start, start, texts, (), set())
        if path and frozenset(path) not in seen:
            seen.add(frozenset(path))
            way = join_words(f"“{titles.get(each, each)}”" for each in path[1:])
            yield (
                start,
                Fault(
                    f"“{titles.get(start, start)}”, line {_line(texts[start], path[1])}: "
                    f"it quotes itself, by way of {way}.",
                    "text",
                    mend=f"Take [[{SECTION}:{path[1]}]] out.",
                ),
            )


def _way_back(
    at: str, start: str, texts: Mapping[str, str], path: tuple[str, ...], seen: set[str]
) -> tuple[str, ...]:
    """A way from a section back to where it began; `seen` lead nowhere or are on the way."""
    seen.add(at)
    for key in _sections_in(texts.get(at, "")):
        if key == start:
            return (*path, at, start)
        if key not in seen and (found := _way_back(key, start, texts, (*path, at), seen)):
            return found
    return ()


def _sections_in(text: str) -> list[str]:
    named = (parted(name) for name in MARK.findall(text))
    return [each.key for each in named if each and each.kind == SECTION]


def overgrown(report: Declared, texts: Mapping[str, str]) -> Iterator[tuple[str, Fault]]:
    """Sections that quote too much, by way of other sections too: which, and what is wrong.

    Asked of texts without circles.
    """
    titles = {each.key: each.title for each in report.sections}
    numbers: dict[str, int] = {}

    def quoted(key: str) -> int:
        if key not in numbers:
            text = texts.get(key, "")
            inner = _sections_in(text)
            own = len(MARK.findall(text)) - len(inner)
            numbers[key] = own + sum(quoted(each) for each in inner)
        return numbers[key]

    for key in texts:
        if quoted(key) > MOST_QUOTES:
            yield (
                key,
                Fault(
                    f"“{titles.get(key, key)}” quotes {quoted(key):,} facts, those of the sections "
                    f"that it quotes among them; there is room for {MOST_QUOTES:,}.",
                    "text",
                    mend="Quote fewer sections.",
                ),
            )


def tangles(report: Declared, texts: Mapping[str, str]) -> list[tuple[str, Fault]]:
    """What keeps sections from being put together: circles, else what grows too large."""
    return list(circles(report, texts)) or list(overgrown(report, texts))


def _line(text: str, key: str) -> int:
    wanted = f"{SECTION}:{key}"
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if wanted in MARK.findall(line)), 1)
