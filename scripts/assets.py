"""Copies the design system's style sheets, scripts and icons into the package, without its badge.

What belongs to the government's own site is left behind: its typeface, crown, crests, icons and
share pictures. Needs `node_modules` beside `package.json`; it opens no network.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src/concordat/web/static/build"

SHEETS = (
    "@ministryofjustice/frontend/moj/moj-frontend.min.css",
    "govuk-frontend/dist/govuk/govuk-frontend.min.css",
)
SCRIPTS = (
    "@ministryofjustice/frontend/moj/moj-frontend.min.js",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
)
PICTURES = (
    "@ministryofjustice/frontend/moj/assets/images",
    "govuk-frontend/dist/govuk/assets/images",
)
PACKAGES = ("govuk-frontend", "@ministryofjustice/frontend")

NOT_OURS = re.compile(r"crest|logotype|opengraph|apple-touch|favicon|govuk-icon", re.IGNORECASE)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
CREST_RULE = re.compile(r"[^{}]*\{[^{}]*crest[^{}]*\}", re.IGNORECASE)
FONT_NAME = re.compile(r"""["']?GDS Transport["']?\s*,?\s*""", re.IGNORECASE)
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")
ADDRESS = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)["']?\s*\)""")
ABSOLUTE = "/assets/images/"


class Broken(Exception):
    """The packages are not what this step was written for."""


def sheet(text: str) -> str:
    """A style sheet without typeface, crests and source map, and with relative addresses."""
    for unwanted in (FONT_FACE, CREST_RULE, SOURCE_MAP, FONT_NAME):
        text = unwanted.sub("", text)
    return text.replace(f"url({ABSOLUTE}", "url(images/")


def script(text: str) -> str:
    return SOURCE_MAP.sub("", text)


def pictures(modules: Path) -> Iterator[Path]:
    for folder in PICTURES:
        for picture in sorted((modules / folder).iterdir()):
            if picture.suffix == ".svg" and not NOT_OURS.search(picture.name):
                yield picture


def notices(modules: Path) -> str:
    """The licence line of each copied package, which must travel with the copies."""
    told = ["Copied from these packages, each under the licence named, and shortened:"]
    for package in PACKAGES:
        facts = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        told.append(f"{facts['name']} {facts['version']}, {facts['license']} licence")
    return "\n".join(told) + "\n"


def check(folder: Path) -> None:
    """Every address in a style sheet must lead to a copied file, and nothing foreign is left."""
    for copied in sorted(folder.glob("*.css")):
        text = copied.read_text(encoding="utf-8")
        lost = [name for name in ADDRESS.findall(text) if not (folder / name).is_file()]
        if lost:
            raise Broken(f"{copied.name} names files that were not copied: {', '.join(lost)}")
        if re.search(r"@font-face|GDS Transport", text, re.IGNORECASE):
            raise Broken(f"{copied.name} still names a typeface that is not ours")


def fill(folder: Path, modules: Path) -> None:
    for name in SHEETS:
        source = modules / name
        (folder / source.name).write_text(sheet(source.read_text(encoding="utf-8")), "utf-8")
    for name in SCRIPTS:
        source = modules / name
        (folder / source.name).write_text(script(source.read_text(encoding="utf-8")), "utf-8")
    (folder / "images").mkdir()
    for picture in pictures(modules):
        shutil.copyfile(picture, folder / "images" / picture.name)
    (folder / "NOTICES.txt").write_text(notices(modules), encoding="utf-8")
    check(folder)


def build(modules: Path, target: Path = TARGET) -> int:
    """Fill a new folder beside the old one and swap them, so that a half-copied one never shows.

    Returns how many files were copied.
    """
    if not modules.is_dir():
        raise Broken(f"{modules.name} is missing. Run: npm ci --ignore-scripts")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".build-", dir=target.parent))
    try:
        fill(fresh, modules)
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return sum(1 for each in target.rglob("*") if each.is_file())


def main() -> int:
    modules = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "node_modules"
    try:
        copied = build(modules)
    except (Broken, FileNotFoundError) as problem:
        print(f"assets: {problem}", file=sys.stderr)
        return 1
    print(f"assets: {copied} files copied")
    return 0


if __name__ == "__main__":
    sys.exit(main())
