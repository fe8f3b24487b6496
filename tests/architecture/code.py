"""The code itself as something to look at: its files, its functions, its packages."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType

from concordat.config.wings import built

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "concordat"


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is kept in the repository and is there, and every new one not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Every Python file under the folders, migrations apart: those are made, not written."""
    return [
        path
        for path in kept_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    ]


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement at any depth, without going through what each is made of."""
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        for each in getattr(tree, name, ()):
            yield each
            yield from statements(each)


def word_modules(word: str) -> Iterator[ModuleType]:
    """That word of every package that is built and has it."""
    for package in built():
        if find_spec(f"{package}.{word}"):
            yield import_module(f"{package}.{word}")


def public_functions(module: ModuleType) -> Iterator[FunctionType]:
    """What others call: of a folder what it lists, of a file every function without a dash."""
    listed = getattr(module, "__all__", None)
    for name, thing in vars(module).items():
        offered = name in listed if listed is not None else not name.startswith("_")
        if offered and isinstance(thing, FunctionType) and _is_own(thing, module):
            yield thing


def _is_own(thing: FunctionType, module: ModuleType) -> bool:
    return f"{thing.__module__}.".startswith(f"{module.__name__}.")
