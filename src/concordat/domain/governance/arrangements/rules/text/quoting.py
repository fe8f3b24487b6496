"""Facts quoted in what people write: `[[kind:key.field]]`, or `[[kind:key]]` for its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from concordat.domain.governance.arrangements.rules.structure import settled
from concordat.domain.governance.arrangements.rules.text.ground import (
    NOT_STATED,
    TITLES,
    Ground,
    Plain,
    when,
)
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import near

MARK = re.compile(r"\[\[\s*([^\[\]]*?)\s*\]\]")
_MARKUP = re.compile(r"([\\`*_\[\]<>|#&~!()+.{}-])")


@dataclass(frozen=True, slots=True)
class Quote:
    """One fact that may be quoted: what it says now, what it is of, and the row behind it."""

    name: str
    says: str
    of: str
    ref: str


_FIELDS: dict[str, dict[str, str]] = {
    "areas": {"kind": "kind"},
    "agencies": {"class": "agency_class"},
    "footprints": {"state": "state", "host": "host__name"},
    "matters": {"law": "law"},
    "posts": {"agency": "agency__name"},
    "promises": {"lasts": "lasts"},
    "relevant_agencies": {"class": "agency_class", "speaks": "represented_by"},
    "roles": {"grade": "grade", "hours": "hours", "contract": "contract"},
    "statements": {"law": "law"},
    "steps": {"state": "state", "about": "about"},
}
_DAYS: dict[str, dict[str, str]] = {
    "promises": {"latest": "latest", "earliest": "earliest"},
    "steps": {"date": "date", "until": "until"},
    "footprints": {"from": "from_text", "to": "to_text"},
}


def quotes(ground: Ground) -> dict[str, Quote]:
    """Every fact that may be quoted, by its name, in the order in which people look for it."""
    found = [*_of_home(ground)]
    for body in ground.structure["bodies"]:
        found += _of_body(body)
    for kind in ("agencies", "areas", *(each for each in _FIELDS if each not in _PLACED)):
        for row in ground.of(kind):
            found += _of_row(kind, row)
    return {each.name: each for each in found}


_PLACED = ("agencies", "areas")


def _of_home(ground: Ground) -> Iterator[Quote]:
    home, ref = ground.home, f"partnership:{ground.home['key']}"
    for name, says in (("", home["name"]), (".short", home["short"]), (".about", home["about"])):
        yield Quote(f"partnership{name}", said_or_not(says), str(home["name"]), ref)
    yield Quote("partnership.regime", said_or_not(ground.regime), str(home["name"]), ref)


def _of_body(body: Plain) -> Iterator[Quote]:
    ref, of = f"bodies:{body['key']}", str(body["name"])
    rhythm, question = settled(body["rhythm"])
    facts = {
        "": of,
        ".rhythm": f"not settled (“{rhythm}”)" if question else rhythm,
        ".chair": body["chair_role"],
        ".quorum": body["quorum"],
        ".state": body["state"],
        ".members": "; ".join(body["composition"]),
    }
    for name, says in facts.items():
        yield Quote(f"{ref}{name}", said_or_not(says), of, ref)
    for seat in body["seats"]:
        yield from _of_seat(seat)


def _of_seat(seat: Plain) -> Iterator[Quote]:
    ref, of = f"seats:{seat['key']}", str(seat["role"])
    holder = seat["holder"] or ("vacant" if seat["vacant"] else "")
    facts = {"": of, ".holder": holder, ".deputy": seat["deputy"], ".capacity": seat["capacity"]}
    for name, says in facts.items():
        yield Quote(f"{ref}{name}", said_or_not(says), of, ref)


def _of_row(kind: str, row: Plain) -> Iterator[Quote]:
    ref, of = f"{kind}:{row['key']}", str(row[TITLES.get(kind, "title")])
    yield Quote(ref, of, of, ref)
    for name, field in _FIELDS[kind].items():
        yield Quote(f"{ref}.{name}", said_or_not(row[field]), of, ref)
    for name, field in _DAYS.get(kind, {}).items():
        yield Quote(f"{ref}.{name}", said_or_not(when(row[field])), of, ref)


def said_or_not(text: object) -> str:
    return " ".join(str(text or "").split()) or NOT_STATED.lower()


def named_in(text: str) -> list[str]:
    """The quotes that a text names, each once."""
    return list(dict.fromkeys(MARK.findall(text)))


def unknown(text: str, known: Mapping[str, Quote]) -> list[str]:
    return [name for name in named_in(text) if name not in known]


def check(text: str, known: Mapping[str, Quote]) -> None:
    """Raises `Invalid` with near names for every quote of something that is not there."""
    faults = [_fault(name, known) for name in unknown(text, known)]
    if faults:
        raise Invalid(faults)


def _fault(name: str, known: Mapping[str, Quote]) -> Fault:
    likely = near(name, known)
    mend = f"Did you mean {' or '.join(f'[[{each}]]' for each in likely)}?" if likely else ""
    return Fault(
        f"Nothing can be quoted as [[{name}]].",
        field="text",
        mend=mend or "Copy a name from the list of what can be quoted.",
    )


def filled(text: str, known: Mapping[str, Quote]) -> str:
    """The Markdown with every quote as it stands now; what it says never acts as markup."""

    def say(found: re.Match[str]) -> str:
        quote = known.get(found[1])
        return _MARKUP.sub(r"\\\1", quote.says) if quote else f"\\[\\[{found[1]}\\]\\]"

    return MARK.sub(say, text)
