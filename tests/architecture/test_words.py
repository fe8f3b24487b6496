"""The four words of every package: who asks comes first, and only operations write."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

from concordat.kernel.actor import Actor
from tests.architecture.code import (
    public_functions,
    python_files,
    tree_of,
    where,
    word_modules,
)

# What has no actor: it finds out who is asking, holds an operation together, compares files that a
# query gave, or says whether the ledger is whole, which anybody may know.
WITHOUT_ACTOR = {
    "concordat.domain.assurance.exchange.queries": {"home_of", "known_keys", "whole"},
    "concordat.domain.base.people.queries": {
        "account",
        "account_at",
        "acting",
        "bare_actor",
        "guest_of",
        "invitation",
        "invitation_by",
        "person_of",
        "persona_account",
        "personas",
        "principals_of",
        "world",
    },
    "concordat.domain.base.records.operations": {
        "in_operation",
        "no_event",
        "once",
        "operation",
        "take",
    },
    "concordat.domain.base.records.queries": {
        "extent",
        "head_of",
        "heads",
        "sealed_up_to",
        "verify_since",
        "is_free",
        "open_holds",
        "verify",
    },
    "concordat.domain.base.seats.queries": {"actor_for", "posts_held", "seats_held"},
}
# The first tells what happened within an operation, the second who looked, the third what an
# operation would do; none is one.
NO_OPERATION = {"happened", "look", "preview"}

TABLES = {"objects", "_default_manager", "_base_manager"}


def faults(function: FunctionType, word: str) -> Iterator[str]:
    """How a function breaks the one shape that queries and operations have."""
    first, *rest = [*inspect.signature(function).parameters.values(), None]
    name = f"{function.__module__}.{function.__qualname__}"
    if first is None or first.name != "actor":
        yield f"{name} does not take the actor first"
    if word == "operations" and function.__name__ not in NO_OPERATION:
        loose = [each.name for each in rest if each and each.kind is not each.KEYWORD_ONLY]
        if loose:
            yield f"{name} takes {', '.join(loose)} by place instead of by name"
        if not getattr(function, "is_operation", False):
            yield f"{name} is not wrapped by @operation"


def shape_of(word: str) -> list[str]:
    return [
        fault
        for module in word_modules(word)
        for function in public_functions(module)
        if function.__name__ not in WITHOUT_ACTOR.get(module.__name__, ())
        for fault in faults(function, word)
    ]


def test_queries_say_who_asks() -> None:
    assert not shape_of("queries")


def test_operations_say_who_acts_and_are_wrapped() -> None:
    assert not shape_of("operations")


def test_a_function_of_another_shape_is_caught() -> None:
    def open_reviews(partnership: str) -> None: ...
    def publish(actor: Actor, review: str) -> None: ...

    assert len(list(faults(open_reviews, "queries"))) == 1  # type: ignore[arg-type]
    assert len(list(faults(publish, "operations"))) == 2  # type: ignore[arg-type]


def tables_reached(tree: ast.AST) -> list[int]:
    """The lines that reach for a table."""
    return [
        each.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.Attribute) and each.attr in TABLES
    ]


def outside_the_domain() -> list[Path]:
    return [path for path in python_files("src") if "domain" not in path.parts]


def test_tables_are_reached_from_the_domain_only() -> None:
    found = [
        where(path, line) for path in outside_the_domain() for line in tables_reached(tree_of(path))
    ]
    assert not found, "Ask a query of the package instead."


def test_reaching_for_a_table_is_caught() -> None:
    assert tables_reached(ast.parse("from x import Seat\nSeat.objects.all()\n")) == [2]
