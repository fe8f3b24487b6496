"""One value of one field, from what stands in a file and back to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from concordat.domain.assurance.exchange.rules.fields import ANY_KIND, Sort, Spec
from concordat.domain.assurance.exchange.rules.marks import Node
from concordat.domain.base.seats.rules import rhythm
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words, near
from concordat.kernel.money import parse_pounds

LONGEST_TEXT = 20_000
LONGEST_KEY = 80
_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_REF = re.compile(rf"(?:({_KEY})/)?({_KEY})")
_ANY_REF = re.compile(rf"([a-z_]+):(?:({_KEY})/)?({_KEY})")
_BROKEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_YES = {"yes": True, "true": True, "no": False, "false": False}


def read(spec: Spec, node: Node) -> Any:
    """The value of a field. Raises `Invalid` with how to mend it."""
    return _READ[spec.sort](spec, node)


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise Invalid("This must be a text.", mend="Write one text after the colon.")
    told = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", node.value).strip()
    if broken := _BROKEN.search(told):
        raise Invalid(
            f"This text holds a control or broken character (U+{ord(broken[0]):04X}).",
            mend="Type the text again without it.",
        )
    if len(told) > LONGEST_TEXT:
        raise Invalid(
            f"This text is too long ({len(told):,} characters).",
            mend=f"Keep it below {LONGEST_TEXT:,}.",
        )
    return "\n".join(line.rstrip() for line in told.split("\n"))


def _line(node: Node) -> str:
    return " ".join(_text(node).split())


def _items(node: Node) -> list[Node]:
    items = node.value if isinstance(node.value, list) else [node]
    return [item for item in items if not item.empty]


def _choice(spec: Spec, node: Node) -> str:
    told = _line(node).lower().replace("’", "'")
    if told in spec.choices:
        return told
    like = near(told, spec.choices)
    mend = f"Did you mean {join_words(like)}? " if like else ""
    raise Invalid(
        f"“{_short(told)}” is not one of the words for this.",
        mend=f"{mend}Use one of: {', '.join(spec.choices)}.",
    )


def _short(told: str) -> str:
    return told if len(told) <= 60 else f"{told[:60]}..."


def _key(spec: Spec, node: Node) -> str:
    told = _line(node)
    if not re.fullmatch(_KEY, told) or len(told) > LONGEST_KEY:
        raise Invalid(
            f"“{_short(told)}” cannot be a key.",
            mend=f"Use small letters, digits and single hyphens, at most {LONGEST_KEY}.",
        )
    return told


def _ref(spec: Spec, node: Node) -> str:
    told = _line(node)
    if ANY_KIND in spec.kinds:
        if not _ANY_REF.fullmatch(told):
            raise Invalid(
                f"“{_short(told)}” does not say which row is meant.",
                mend="Write the kind and the key, such as bodies:executive.",
            )
    elif not _REF.fullmatch(told):
        raise Invalid(
            f"“{_short(told)}” is not a key.",
            mend="Write the key of a row, or slug/key for a row of another partnership.",
        )
    return told


def _number(spec: Spec, node: Node) -> Decimal:
    told = _line(node).replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", told):
        raise Invalid(f"“{_short(told)}” is not a number.", mend="Write digits, such as 4 or 2.5.")
    number = Decimal(told).normalize()
    return Decimal(0) if number == 0 else number


def _whole(spec: Spec, node: Node) -> int:
    number = _number(spec, node)
    if number != int(number) or number < 0:
        raise Invalid(f"“{number:f}” is not a whole number.", mend="Write digits only, such as 12.")
    return int(number)


def _pounds(spec: Spec, node: Node) -> int:
    return parse_pounds(_line(node))


def _yes_no(spec: Spec, node: Node) -> bool:
    told = _line(node).lower()
    if told not in _YES:
        raise Invalid(f"“{_short(told)}” is neither yes nor no.", mend="Write yes or no.")
    return _YES[told]


def _date(spec: Spec, node: Node) -> UncertainDate:
    return UncertainDate.parse(_line(node))


def _rhythm(spec: Spec, node: Node) -> rhythm.Rhythm:
    if isinstance(node.value, dict):
        _every_text(node)
        plain = node.plain()
        return rhythm.from_mapping(plain if isinstance(plain, Mapping) else {})
    return rhythm.from_words(_line(node))


def _every_text(node: Node) -> None:
    """Normalise every text below a node; a broken one is refused."""
    if isinstance(node.value, str):
        node.value = _line(node)
        return
    children = node.value.values() if isinstance(node.value, dict) else node.value
    for child in children:
        _every_text(child)


def _each(one: Callable[[Spec, Node], Any]) -> Callable[[Spec, Node], tuple[Any, ...]]:
    return lambda spec, node: tuple(one(spec, item) for item in _items(node))


_READ: dict[Sort, Callable[[Spec, Node], Any]] = {
    Sort.KEY: _key,
    Sort.TEXT: lambda spec, node: _text(node),
    Sort.TEXTS: _each(lambda spec, node: _line(node)),
    Sort.CHOICE: _choice,
    Sort.CHOICES: _each(_choice),
    Sort.REF: _ref,
    Sort.REFS: _each(_ref),
    Sort.DATE: _date,
    Sort.DATES: _each(_date),
    Sort.WHOLE: _whole,
    Sort.NUMBER: _number,
    Sort.POUNDS: _pounds,
    Sort.YES_NO: _yes_no,
    Sort.RHYTHM: _rhythm,
}


def told(value: Any) -> str:
    """One value as canonical text: what a cell holds and what a difference shows."""
    if isinstance(value, UncertainDate):
        return value.iso()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def in_pounds(pence: int) -> str:
    """Pounds as digits only, so that a sheet can add them up: "8000", "12.50"."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}" + (f".{rest:02d}" if rest else "")


def written(spec: Spec, value: Any) -> str | list[str] | dict[str, object]:
    """A value as plain texts, lists and mappings, ready to be written."""
    if spec.sort is Sort.POUNDS:
        return in_pounds(value)
    if isinstance(value, rhythm.Rhythm):
        return rhythm.to_mapping(value)
    if isinstance(value, tuple):
        return [told(item) for item in value]
    return told(value)
