"""The JSON Schema of one YAML file of a partnership, drawn from the kinds.

It is for editors that help while somebody writes: read as YAML 1.2, where `yes` and
2019-03-29 are texts. What it cannot say (references, periods) `check` says.
"""

from __future__ import annotations

import json
from typing import Any

from concordat.domain.assurance.exchange.rules.fields import KINDS, LISTS, Kind, Sort, Spec
from concordat.domain.assurance.exchange.rules.parse import FORMAT
from concordat.domain.assurance.exchange.rules.shape import HEADER, VERSION, row_kinds
from concordat.domain.base.seats.rules.rhythm import FORMS, UNITS

_KEY = "[a-z0-9]+(-[a-z0-9]+)*"


def to_schema() -> dict[str, Any]:
    lists = {
        name: {"type": ["array", "null"], "items": _row(kind), "description": kind.about}
        for name, kind in row_kinds().items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A partnership file of Concordat",
        "type": "object",
        "additionalProperties": False,
        "properties": {FORMAT: {"const": VERSION}, HEADER: _row(KINDS[HEADER]), **lists},
        "dependentRequired": {HEADER: [FORMAT]},
        "$defs": _shapes(),
    }


def to_json() -> str:
    return json.dumps(to_schema(), indent=2, ensure_ascii=False) + "\n"


def _row(kind: Kind) -> dict[str, Any]:
    return {
        "type": "object",
        "description": kind.about,
        "additionalProperties": False,
        "required": [name for name, spec in kind.fields.items() if spec.required],
        "properties": {name: _field(spec) for name, spec in kind.fields.items()},
    }


def _field(spec: Spec) -> dict[str, Any]:
    about = {"description": spec.about}
    if not spec.choices:
        return about | {"$ref": f"#/$defs/{_NAMES[spec.sort]}"}
    one = {"enum": list(spec.choices)}
    if spec.sort in LISTS:
        return about | {"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]}
    return about | {"enum": [*spec.choices, None]}


_NAMES = {
    Sort.KEY: "key",
    Sort.TEXT: "text",
    Sort.TEXTS: "texts",
    Sort.REF: "reference",
    Sort.REFS: "references",
    Sort.DATE: "date",
    Sort.DATES: "dates",
    Sort.WHOLE: "whole",
    Sort.NUMBER: "number",
    Sort.POUNDS: "pounds",
    Sort.YES_NO: "yes_no",
    Sort.RHYTHM: "rhythm",
}


def _shapes() -> dict[str, Any]:
    """What each sort of field may hold; null is a field left empty."""
    reference = rf"^([a-z_]+:)?({_KEY}/)?{_KEY}$"
    return {
        "key": {"type": "string", "pattern": f"^{_KEY}$"},
        "text": {"type": ["string", "number", "null"]},
        "texts": _one_or_many({"type": ["string", "number"]}),
        "reference": {"type": ["string", "null"], "pattern": reference},
        "references": _one_or_many({"type": "string", "pattern": reference}),
        "date": {"type": ["string", "integer", "null"]},
        "dates": _one_or_many({"type": ["string", "integer"]}),
        "whole": {"type": ["integer", "null"], "minimum": 0},
        "number": {"type": ["number", "null"]},
        "pounds": {"type": ["number", "string", "null"]},
        "yes_no": {"enum": [True, False, "yes", "no", None]},
        "rhythm": _rhythm(),
    }


def _one_or_many(one: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]}


def _rhythm() -> dict[str, Any]:
    told = {"type": ["string", "integer"]}
    span = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": dict.fromkeys(UNITS, told),
    }
    forms: dict[str, Any] = {name: {} for name in FORMS} | {"every": span, "cycle": span}
    forms |= {"times_a_year": {"type": "integer", "minimum": 1}}
    forms |= {"dates": {"type": "array", "items": told}}
    return {
        "description": "How often. A plain text that can be read two ways is kept as unsettled.",
        "anyOf": [
            {"type": ["string", "null"]},
            {
                "type": "object",
                "additionalProperties": False,
                "properties": forms | {"at_least": {}, "question": {"type": "string"}},
            },
        ],
    }
