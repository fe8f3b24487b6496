"""The shipped JSON Schema is the one that the kinds give, and it says what they say."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from concordat.domain.assurance.exchange.rules import row_kinds, words
from concordat.domain.assurance.exchange.rules.schema import to_json, to_schema
from concordat.kernel.actor import Office
from tests.rules.exchange.examples import HEAD, SEEDS, folder


class Plain(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `yes` and dates are texts."""


Plain.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in patterns
        if tag.rpartition(":")[2] in ("int", "float", "null")
    ]
    for first, patterns in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


CHECKER = jsonschema.Draft202012Validator(to_schema())


def errors(told: str) -> list[Any]:
    return list(CHECKER.iter_errors(yaml.load(told, Plain)))  # noqa: S506


def test_the_shipped_schema_matches_the_kinds() -> None:
    shipped = files("concordat.domain.assurance.exchange") / "partnership.schema.json"
    assert shipped.read_text(encoding="utf-8") == to_json()


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(to_schema())


@pytest.mark.long
def test_every_file_of_the_seed_world_fits() -> None:
    for name, told in folder(SEEDS).items():
        assert [str(error.message) for error in errors(told)] == [], name


MISFITS = [
    "areas: [{name: A}]",
    "areas: [{key: Not A Key, name: A}]",
    "areas: [{key: a, name: A, colour: red}]",
    "agencies: [{key: a, name: A, class: polcie}]",
    "bodies: [{key: a, name: A, kind: panel, rhythm: {often: yes}}]",
    "bodeis: []",
    "areas: a",
]


@pytest.mark.parametrize("body", MISFITS)
def test_it_refuses_what_the_parser_refuses(body: str) -> None:
    assert errors(HEAD + body)


def test_every_kind_and_field_is_explained() -> None:
    for kind in row_kinds().values():
        assert kind.about, kind.name
        for spec in kind.fields.values():
            assert spec.about, f"{kind.name} {spec.name}"


def test_offices_are_those_that_seats_know() -> None:
    assert tuple(office.value for office in Office) == words.OFFICES
