"""What `make run` does once everything is set up: prepare, load an example world once, serve.

All of it in one process, because starting one takes longer than most of what it does.

The world `seeds-2019` lives in `CONCORDAT_VAR`; any other has a folder of its own within it, so
that two worlds never mix.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from concordat.cli import REFUSED, run

ROOT = Path(__file__).parents[1]
USUAL = "seeds-2019"


def folder_of(world: str) -> Path:
    var = Path(os.environ.get("CONCORDAT_VAR") or ROOT / "var").resolve()
    return var if world == USUAL else var / "worlds" / world


def load_once(world: str, folder: Path) -> int:
    """Load the world unless this folder has it; a load that fails is tried again next time.

    A database that holds something already is served as it is.
    """
    mark = folder / "example-world"
    if mark.exists():
        return 0
    print(f"Loading the example world {world} ...", flush=True)
    code = run(["world", "load", world])
    if code in (0, REFUSED):
        mark.write_text(world, "ascii")
    return 0 if code == REFUSED else code


def prepare(world: str, folder: Path) -> int:
    code = run(["migrate"])
    if code or os.environ.get("CONCORDAT_MODE") == "production":
        return code
    return load_once(world, folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--world", default=USUAL)
    asked = parser.parse_args()
    folder = folder_of(asked.world)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["CONCORDAT_VAR"] = str(folder)
    code = prepare(asked.world, folder)
    return code or run(["serve", "--port", asked.port])


if __name__ == "__main__":
    sys.exit(main())
