"""Money as whole pence, so that nothing is lost to rounding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NewType

from concordat.kernel.errors import Invalid

Pence = NewType("Pence", int)
_MEND = "Write it like £1,234.56, with at most twelve digits before the point."

_POUNDS = re.compile(
    r"(?P<minus>-?)£? ?(?P<pounds>[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.(?P<pence>[0-9]+))?"
)


def parse_pounds(text: str) -> Pence:
    """Pence from pounds as people write them: "£157,719", "12.50", "-£3".

    Raises `Invalid` for anything else, for parts of a penny and for more than twelve digits.
    """
    found = _POUNDS.fullmatch(text.strip().replace("\u2212", "-"))
    if not found:
        raise Invalid(f'"{text[:40]}" is not an amount in pounds.', mend=_MEND)
    pence = (found["pence"] or "").rstrip("0")
    if len(pence) > 2:
        raise Invalid(f'"{text}" has parts of a penny.', mend="Give at most two decimals.")
    amount = int(found["pounds"].replace(",", "")) * 100 + int(pence.ljust(2, "0"))
    return Pence(-amount if found["minus"] else amount)


def in_pounds(pence: int) -> str:
    """ "£157,719" where the pounds are whole, otherwise "£12.50"; reads back to the same pence."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}" + (f".{rest:02d}" if rest else "")


def share(total_pence: int, weights: Sequence[int | Fraction | Decimal]) -> list[int]:
    """Pence for each weight, in order, adding up to `total_pence` exactly.

    Pennies left over go to the largest remainders, the earlier position first among equals.
    A negative total (a refund) is shared as its positive. Raises `Invalid` for a weight
    below nothing or not a number, and where no weight is above nothing.
    """
    parts = [_part(weight) for weight in weights]
    whole = sum(parts)
    if not whole:
        raise Invalid("Nobody has a share.", mend="Give at least one share above nothing.")
    due = [abs(total_pence) * part / whole for part in parts]
    pence = [floor(amount) for amount in due]
    left = abs(total_pence) - sum(pence)
    for position in sorted(range(len(due)), key=lambda at: pence[at] - due[at])[:left]:
        pence[position] += 1
    return [-amount for amount in pence] if total_pence < 0 else pence


def _part(weight: int | Fraction | Decimal) -> Fraction:
    if (isinstance(weight, Decimal) and not weight.is_finite()) or weight < 0:
        raise Invalid(f"A share of {weight} cannot be paid.", mend="Give a number, 0 or more.")
    return Fraction(weight)
