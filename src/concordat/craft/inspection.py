"""Looking hard at a file in a process of its own, which answers with what it is, or with why it
is refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from concordat.craft import bounded, sniff
from concordat.craft.bounded import SECONDS
from concordat.craft.marks import shown
from concordat.craft.sniff import LIMIT, Sniffed
from concordat.kernel.errors import Invalid

AT_NEED = (
    *("concordat.craft.excel", "concordat.craft.images", "concordat.craft.office"),
    *("python_calamine", "PIL.Image", "defusedxml.ElementTree"),
)


def look_at(
    name: str, data: bytes, *, limit: int = LIMIT, kinds: Collection[str] = frozenset(sniff.KINDS)
) -> Sniffed:
    """What the file is, or Invalid with the reason. Sizes are bytes."""
    sniff.check_name(name)
    if len(data) > limit:
        return sniff.look_at(name, data, limit=limit, kinds=kinds)
    asked = {"name": name, "limit": limit, "kinds": sorted(kinds)}
    return Sniffed(**bounded.ask(__name__, asked, data, beyond=_beyond(name), seconds=SECONDS))


def _beyond(name: str) -> Invalid:
    return Invalid(
        f"'{shown(name)}' takes more memory or time to look at than any honest file.",
        mend="Save it afresh as a PDF and send that.",
    )


def work(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    seen = sniff.look_at(**asked, data=data)
    if seen.kind == "excel":
        from concordat.craft import excel

        excel.read(data)
    return asdict(seen)
