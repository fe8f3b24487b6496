"""The tables of the manual, drawn from the kinds."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.fields import KINDS, TAIL, Kind, Sort, Spec
from concordat.domain.assurance.exchange.rules.shape import HEADER, row_kinds


def to_markdown() -> str:
    """Every kind with its own fields; those that every row has are told once."""
    lines: list[str] = []
    for kind in (KINDS[HEADER], *row_kinds().values()):
        lines += _kind(kind)
    return "\n".join(lines)


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield f"{kind.about} Exported to `{kind.file}.yaml`."
    yield ""
    yield "| Field | Holds | Meaning |"
    yield "| --- | --- | --- |"
    for name, spec in kind.fields.items():
        if name != "key" and name not in TAIL:
            needed = " (needed)" if spec.required else ""
            yield f"| `{name}`{needed} | {_holds(spec)} | {spec.about} |"
    yield ""


def _holds(spec: Spec) -> str:
    if spec.choices:
        return f"{spec.sort.value}: {', '.join(spec.choices)}"
    if spec.sort in (Sort.REF, Sort.REFS):
        return "any row, as kind:key" if "*" in spec.kinds else f"{spec.sort.value} {spec.kinds[0]}"
    return spec.sort.value
