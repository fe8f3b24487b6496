"""Partnership files as canonical text: the same rows always give the same bytes.

Kinds stand in the order in which they are declared, rows by `order` and then by key, fields in
the order of their kind. Lines hold at most 100 characters where a text can be folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from textwrap import wrap

import yaml

from concordat.domain.assurance.exchange.rules import values
from concordat.domain.assurance.exchange.rules.fields import KINDS, Row, Sort, kind_of
from concordat.domain.assurance.exchange.rules.parse import FORMAT
from concordat.domain.assurance.exchange.rules.shape import (
    HEADER,
    VERSION,
    Chapter,
    PartnershipFile,
    row_kinds,
)

UNKNOWN = "?"
"""A date that is not known: bare, YAML would read a question mark as a mapping."""
WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z0-9£“‘(][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\t]*")
_LOOKS_LIKE_ANOTHER = {
    first: [pattern for _, pattern in patterns]
    for first, patterns in yaml.resolver.Resolver.yaml_implicit_resolvers.items()
}
_AS_IS = frozenset({Sort.DATE, Sort.DATES, Sort.WHOLE, Sort.NUMBER, Sort.POUNDS, Sort.YES_NO})


def to_yaml(file: PartnershipFile) -> dict[str, str]:
    """Canonical texts by file name: a folder for each partnership, or none if there is one."""
    alone = len(file.chapters) == 1
    texts: dict[str, str] = {}
    for chapter in file.chapters:
        for name, told in chapter_to_yaml(chapter).items():
            texts[name if alone else f"{chapter.slug}/{name}"] = told
    return texts


def chapter_to_yaml(chapter: Chapter) -> dict[str, str]:
    """The files of one partnership by name; a file without rows is left out."""
    head = [f"{FORMAT}: {VERSION}", f"{HEADER}:", *_fields(chapter.partnership, "  ")]
    lines: dict[str, list[str]] = {KINDS[HEADER].file: head}
    for name, kind in row_kinds().items():
        rows = chapter.rows.get(name, ())
        if rows:
            into = lines.setdefault(kind.file, [])
            into += ([""] if into else []) + [f"{name}:"] + list(_rows(rows))
    return {f"{name}.yaml": "\n".join(told) + "\n" for name, told in lines.items()}


def _rows(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        first, *rest = _fields(row, "    ")
        yield f"  - {first[4:]}"
        yield from rest


def _fields(row: Row, indent: str) -> list[str]:
    lines: list[str] = []
    for name, value in plain_fields(row).items():
        as_is = kind_of(row).fields[name].sort in _AS_IS
        lines += _field(name, value, indent, as_is)
    return lines


def plain_fields(row: Row) -> dict[str, str | list[str] | dict[str, object]]:
    """What a row says, as texts, lists and mappings, in canonical order; empty fields left out."""
    said = {}
    for name, spec in kind_of(row).fields.items():
        value = getattr(row, spec.attribute)
        if value is not None and value not in ("", ()):
            said[name] = values.written(spec, value)
    return said


def _field(name: str, value: object, indent: str, as_is: bool) -> list[str]:
    if isinstance(value, Mapping):
        return _mapping(name, value, indent)
    if isinstance(value, list):
        flow = f"{indent}{name}: [{', '.join(_in_flow(each, as_is) for each in value)}]"
        if len(flow) <= WIDTH and all(re.fullmatch(r"[a-z0-9:/_-]+", each) for each in value):
            return [flow]
        return [f"{indent}{name}:", *(line for each in value for line in _item(each, indent))]
    return _text(f"{indent}{name}:", str(value), indent, as_is)


def _mapping(name: str, value: Mapping[str, object], indent: str) -> list[str]:
    """On one line where it fits, otherwise one line for each part."""
    flow = f"{indent}{name}: {_flow(value)}"
    if len(flow) <= WIDTH:
        return [flow]
    lines = [f"{indent}{name}:"]
    for part, told in value.items():
        if isinstance(told, str):
            lines += _text(f"{indent}  {part}:", told, f"{indent}  ", _is_bare(told))
        else:
            lines.append(f"{indent}  {part}: {_flow_value(told)}")
    return lines


def _item(told: str, indent: str) -> list[str]:
    return _text(f"{indent}  -", told, f"{indent}  ", as_is=False)


def _text(lead: str, told: str, indent: str, as_is: bool) -> list[str]:
    """A text in the plainest style that reads back the same."""
    if (as_is and told != UNKNOWN) or (_is_plain(told) and len(lead) + 1 + len(told) <= WIDTH):
        return [f"{lead} {told}"]
    inner = f"{indent}  "
    if "\n" in told and _is_blockable(told):
        return [f"{lead} |-", *(f"{inner}{line}" if line else "" for line in told.split("\n"))]
    if "\n" in told or len(lead) + 1 + len(_quoted(told)) <= WIDTH:
        return [f"{lead} {_quoted(told)}"]
    folded = wrap(told, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
    if " ".join(folded) == told and _is_blockable(told):
        return [f"{lead} >-", *(f"{inner}{line}" for line in folded)]
    return [f"{lead} {_quoted(told)}"]


def _is_plain(told: str) -> bool:
    if not _PLAIN.fullmatch(told) or re.search(r":( |$)| #|^-|[ :]$", told):
        return False
    return not any(looks.match(told) for looks in _LOOKS_LIKE_ANOTHER.get(told[0], ()))


def _is_blockable(told: str) -> bool:
    """No line begins or ends with a space, and nothing needs an escape."""
    odd = re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", told)
    return not odd and not re.search(r"(^|\n)[ #]| (\n|$)", told)


def _quoted(told: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(char) or _escaped(char) for char in told) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 32 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF):
        return f"\\u{code:04x}"
    return char


def _flow(value: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{name}: {_flow_value(each)}" for name, each in value.items()) + "}"


def _flow_value(value: object) -> str:
    if isinstance(value, Mapping):
        return _flow(value)
    if isinstance(value, list):
        return "[" + ", ".join(_in_flow(str(each), True) for each in value) + "]"
    told = str(value)
    return _in_flow(told, _is_bare(told))


def _is_bare(told: str) -> bool:
    """A number or a yes within a rhythm, which is no text there."""
    return bool(re.fullmatch(r"[0-9]+|yes", told))


def _in_flow(told: str, as_is: bool) -> str:
    plain = (as_is and told != UNKNOWN) or (_is_plain(told) and not re.search(r"[^\w ./()-]", told))
    return told if plain else _quoted(told)
