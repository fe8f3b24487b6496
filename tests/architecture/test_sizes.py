"""How long things may be. Complexity is counted by the linter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from tests.architecture.code import SOURCE, python_files, statements, tree_of, where

FILE, FUNCTION, VIEW, KERNEL = 500, 60, 25, 1000
WHOLE = ("src", "tests", "scripts")
FORBIDDEN_MODULES = {
    "admin",
    "helpers",
    "managers",
    "presenters",
    "services",
    "signals",
    "utils",
}
VAGUE = r"(Manager|Handler|Processor|Engine|Util|Utils|Helper)"
FORBIDDEN_CLASS = re.compile(f"{VAGUE}$")
DOUBTFUL = re.compile(rf"\bclass\s+\w*{VAGUE}\b")
"""What a file says that has such a class: the others need not be taken apart."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a function. To hold the trees of all files costs more than to read them."""

    line: int
    length: int
    view: bool


def outlines(tree: ast.AST) -> tuple[Outline, ...]:
    return tuple(
        Outline(each.lineno, (each.end_lineno or each.lineno) - each.lineno + 1, is_view(each))
        for each in statements(tree)
        if isinstance(each, Function)
    )


@cache
def outlines_of(path: Path) -> tuple[Outline, ...]:
    return outlines(tree_of(path))


def is_view(function: Function) -> bool:
    """Whether it takes a request and answers it."""
    arguments = function.args.args
    if not arguments or arguments[0].arg != "request":
        return False
    return "Response" in ast.unparse(function.returns) if function.returns else True


def too_long(
    functions: Iterable[Outline], limit: int, *, of: Literal["function", "view"] = "function"
) -> list[int]:
    """The lines where something longer than the limit begins."""
    return [
        each.line for each in functions if each.length > limit and (of == "function" or each.view)
    ]


def test_files_are_short() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in python_files(*WHOLE)}
    assert not [where(path, count) for path, count in lines.items() if count > FILE]


def test_functions_are_short() -> None:
    files = python_files(*WHOLE)
    assert not [
        where(path, line) for path in files for line in too_long(outlines_of(path), FUNCTION)
    ]


def test_views_are_thin() -> None:
    files = [path for path in python_files("src") if "web" in path.parts]
    found = [
        where(path, line) for path in files for line in too_long(outlines_of(path), VIEW, of="view")
    ]
    assert not found


def test_the_kernel_is_small() -> None:
    kernel = [path for path in python_files("src") if path.is_relative_to(SOURCE / "kernel")]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in kernel) < KERNEL


def vague_names(tree: ast.AST) -> list[str]:
    return [
        each.name
        for each in statements(tree)
        if isinstance(each, ast.ClassDef) and FORBIDDEN_CLASS.search(each.name)
    ]


def test_nothing_has_a_name_that_says_nothing() -> None:
    files = python_files(*WHOLE)
    assert not [path for path in files if path.stem in FORBIDDEN_MODULES]
    doubtful = [path for path in files if DOUBTFUL.search(path.read_text("utf-8"))]
    assert not [name for path in doubtful for name in vague_names(tree_of(path))]


def test_what_is_too_long_or_vague_is_caught() -> None:
    body = "\n".join("    pass" for _ in range(FUNCTION))
    view = "\n".join("    pass" for _ in range(VIEW))
    text = f"def show(request):\n{view}\n\ndef work():\n{body}\n\nclass SeatManager: ..."
    tree = ast.parse(text)
    assert too_long(outlines(tree), FUNCTION) == [VIEW + 3]
    assert too_long(outlines(tree), VIEW, of="view") == [1]
    assert vague_names(tree) == ["SeatManager"]
    assert DOUBTFUL.search(text)
    assert not DOUBTFUL.search("class Seat: ...  # of the Manager")
