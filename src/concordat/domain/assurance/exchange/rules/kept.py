"""Rows out of and back into the plain mappings in which they are kept."""

from __future__ import annotations

from collections.abc import Mapping

from concordat.domain.assurance.exchange.rules.fields import Kind, Row
from concordat.domain.assurance.exchange.rules.marks import Node
from concordat.domain.assurance.exchange.rules.parse import read_row
from concordat.kernel.errors import Fault, Invalid


def read_plain(kind: Kind, plain: Mapping[str, object]) -> Row:
    """The row that `write.plain_fields` gave. Raises `Invalid` if somebody broke it since."""
    found: list[Fault] = []
    row = read_row(kind, _node(plain), found)
    if row is None or found:
        raise Invalid(found or f"A kept row of {kind.name} cannot be read.")
    return row


def _node(value: object) -> Node:
    if isinstance(value, Mapping):
        return Node({str(name): _node(each) for name, each in value.items()}, "")
    if isinstance(value, list):
        return Node([_node(each) for each in value], "")
    return Node(str(value), "", quoted=True)
