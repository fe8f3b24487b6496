"""Writes the requirement files: every package at one version, with the hashes of its files.

They name no registry, so that any may serve them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
QUIET = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header")


def pin(name: str, *source: str) -> None:
    target = f"requirements/{name}.txt"
    command = [str(UV), "pip", "compile", *source, *QUIET, "--upgrade", "-o", target]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> int:
    pin("core", "pyproject.toml")
    for group in ("test", "lint"):
        pin(group, "--group", group, "-c", "requirements/core.txt")
    for group in ("tools", "node"):
        pin(group, "--group", group)
    return 0


if __name__ == "__main__":
    sys.exit(main())
