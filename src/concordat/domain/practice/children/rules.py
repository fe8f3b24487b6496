"""What must stand before anything about a child is kept, and what identifies a child.

A label ("Heron", "Mother") is what everybody who works on a case reads. Names, dates of birth,
NHS numbers and addresses are the key to the labels and are kept apart from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import PLAIN, day_in_words, join_words
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_LABEL, LONGEST_TOLD, LONGEST_TEXT = 40, 300, 200


class Ground(StrEnum):
    """What must be on record for an area before its first case."""

    CONTROLLER = "controller"
    AGREEMENT = "sharing agreement"
    ASSESSMENT = "impact assessment"

    @property
    def asks(self) -> str:
        return _ASKS[self]


_ASKS = {
    Ground.CONTROLLER: "who decides why and how the data are used",
    Ground.AGREEMENT: "what the partners may share, with whom and for how long",
    Ground.ASSESSMENT: "which risks to the child the use of the data brings",
}
SOURCES = {
    Ground.CONTROLLER: "UK GDPR, articles 4(7) and 26",
    Ground.AGREEMENT: "Data sharing code of practice (ICO)",
    Ground.ASSESSMENT: "UK GDPR, article 35",
}
WRITTEN = frozenset({Ground.AGREEMENT, Ground.ASSESSMENT})
"""Grounds that are a document; a controller is named and may be."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A ground as it is on record. `written` is whether its document is; days are whole."""

    ground: Ground
    from_day: date
    review_by: date
    written: bool
    ended_on: date | None = None


def lacks(stated: Sequence[Stated], on: date) -> list[str]:
    """What is missing on a day, a sentence each; nothing where a child may be kept."""
    return [told for ground in Ground if (told := _lack(ground, stated, on))]


def _lack(ground: Ground, stated: Sequence[Stated], on: date) -> str:
    standing = [s for s in stated if s.ground is ground and not (s.ended_on and s.ended_on < on)]
    if not standing:
        return f"No {ground} is on record: {ground.asks}."
    begun = [each for each in standing if each.from_day <= on]
    if not begun:
        first = min(each.from_day for each in standing)
        return f"The {ground} holds only from {day_in_words(first)}."
    latest = max(begun, key=lambda each: each.from_day)
    if ground in WRITTEN and not latest.written:
        return f"The document of the {ground} is not on record."
    if latest.review_by < on:
        return f"The {ground} was to be reviewed by {day_in_words(latest.review_by)}."
    return ""


def may_store(stated: Sequence[Stated], area: str, on: date) -> Verdict:
    """Whether anything about a child of an area may be kept on a day."""
    found = lacks(stated, on)
    if not found:
        return yes()
    missing = [ground for ground in Ground if _lack(ground, stated, on)]
    sources = join_words(SOURCES[ground] for ground in missing)
    return no(f"Nothing about a child of {area} can be kept yet. {' '.join(found)}", sources)


class What(StrEnum):
    """What identifies somebody."""

    NAME = "name"
    OTHER_NAME = "other name"
    NICKNAME = "nickname"
    BIRTH = "date of birth"
    NHS = "NHS number"
    POSTCODE = "postcode"


ONE_EACH = frozenset({What.NAME, What.BIRTH, What.NHS})
"""Of these somebody has one at a time; a new one takes the place of the one before."""


class Checked(StrEnum):
    """How far an identity is known to be right."""

    TOLD = "as told"
    SEEN = "seen in a record"
    TRACED = "traced"
    DISPUTED = "disputed"


def identity(what: What, text: str) -> str:
    """The text in the form in which it is kept. Raises `Invalid` for what cannot be one.

    A date of birth may be uncertain ("about May 2012") and is kept as it was typed.
    """
    said = " ".join(unicodedata.normalize("NFC", text).split())
    if not said:
        raise Invalid(f"Write the {what}.", field="text")
    if len(said) > LONGEST_TEXT:
        raise Invalid(f"Use {LONGEST_TEXT} characters or fewer.", field="text")
    if what is What.NHS:
        return nhs_number(said)
    if what is What.POSTCODE:
        return postcode(said)
    if what is What.BIRTH:
        _birth(said)
    return said


def _birth(said: str) -> None:
    try:
        read = UncertainDate.parse(said)
    except Invalid as problem:
        fault = problem.faults[0]
        raise Invalid(fault.message, field="text", mend=fault.mend) from None
    if read.precision is Precision.UNKNOWN:
        raise Invalid("This states no date.", field="text", mend="Leave it out until it is known.")


def nhs_number(text: str) -> str:
    """Ten digits as 943 476 5919. The last checks the others (modulus 11), so that a slip of one
    digit, or two digits swapped, is found."""
    digits = re.sub(r"[ \-]", "", text)
    if not re.fullmatch("[0-9]{10}", digits):
        raise Invalid("An NHS number has ten digits.", field="text", mend="Check the record.")
    weighed = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    check = (11 - weighed % 11) % 11
    if check == 10 or check != int(digits[9]) or len(set(digits)) == 1:
        raise Invalid(
            "This NHS number does not add up: a digit is wrong, or two are swapped.",
            field="text",
            mend="Check it against the record that it came from.",
        )
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?")


def postcode(text: str) -> str:
    """E14 3AB, or the first half alone where no more is known."""
    bare = re.sub(r"\s", "", text).upper()
    found = _POSTCODE.fullmatch(bare)
    if not found:
        raise Invalid("This is no postcode.", field="text", mend="Write it like E14 3AB.")
    return " ".join(part for part in found.groups() if part)


def label(text: str, taken: Iterable[str] = (), where: str = "in this family") -> str:
    """A label as it is kept; no two of a family, and no two children of an area, are alike,
    whatever their capitals."""
    said = " ".join(text.split())
    if not re.fullmatch(r"[^\W\d_][\w' \-]*", said) or len(said) > LONGEST_LABEL:
        raise Invalid(
            "A label is one or a few words.",
            field="label",
            mend=f"Use letters, {LONGEST_LABEL} or fewer, such as Heron or Mother's partner.",
        )
    if said.casefold() in {each.casefold() for each in taken}:
        raise Invalid(f"“{said}” is taken {where}.", field="label", mend="Choose another.")
    return said


_PLAIN = frozenset({"the", "and", "mother", "father", "brother", "sister", "aunt", "uncle"})


def gives_away(labels: Iterable[str], names: Iterable[str]) -> str:
    """The first label that holds a word of a name, since it would tell who somebody is."""
    words = {word for name in names for word in _words(name)} - _PLAIN
    return next((each for each in labels if words & _words(each)), "")


def _words(text: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    plain = bare.encode("ascii", "ignore").decode()
    return {word for word in re.findall("[a-z]+", plain) if len(word) > 2}
