"""Formulas by which partners share one sum, side by side. Every share is whole pence and all
shares together are the sum, to the penny.

No law sets a formula: the level is to be equitable and proportionate (Working Together to
Safeguard Children; `domain` row FUND), and how that is reached is for the partners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from concordat.kernel.errors import Fault
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds, share
from concordat.kernel.verdict import Verdict, no, yes

WHOLE = Decimal(100)


class Method(StrEnum):
    EQUAL = "equal"
    PERCENTAGE = "percentage"
    POPULATION = "population"
    CASELOAD = "caseload"
    FLAT = "flat"
    HYBRID = "hybrid"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def asks(self) -> str:
        """What each partner's number is; empty where none is needed."""
        return _ASKS[self]

    @property
    def rests_on(self) -> str:
        """How it works, in one sentence."""
        return _RESTS[self]


_LABELS = {
    Method.EQUAL: "Equal shares",
    Method.PERCENTAGE: "Agreed percentages",
    Method.POPULATION: "By population",
    Method.CASELOAD: "By caseload",
    Method.FLAT: "Flat sums",
    Method.HYBRID: "Part equal, part by number",
}
_ASKS = {
    Method.EQUAL: "",
    Method.PERCENTAGE: "Percent",
    Method.POPULATION: "Children living there",
    Method.CASELOAD: "Cases",
    Method.FLAT: "Flat sum",
    Method.HYBRID: "Number",
}
_RESTS = {
    Method.EQUAL: "Everybody pays the same.",
    Method.PERCENTAGE: "Each pays a percentage; together they are 100.",
    Method.POPULATION: "Each pays by the number of children in its area.",
    Method.CASELOAD: "Each pays by the number of cases that it brings.",
    Method.FLAT: "Those with a flat sum pay it; the others share the rest equally.",
    Method.HYBRID: "One part is shared equally, the rest by a number.",
}
NUMBERED = (Method.POPULATION, Method.CASELOAD, Method.HYBRID)


@dataclass(frozen=True, slots=True)
class Partner:
    """One that pays: `percent` of 100, `number` of children or cases, `flat` in pence."""

    key: str
    name: str = ""
    percent: Decimal | None = None
    number: Decimal | None = None
    flat: int | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """`equal_part` is the percentage of a hybrid that is shared equally."""

    method: Method
    partners: tuple[Partner, ...]
    title: str = ""
    equal_part: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What each partner would pay, in pence by key, or why that cannot be worked out."""

    formula: Formula
    total: int
    pence: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def works(self) -> bool:
        return not self.faults

    def percent(self, key: str) -> Decimal:
        """The share as a percentage with one decimal, for reading only."""
        if not self.total:
            return Decimal(0)
        return (Decimal(self.pence.get(key, 0)) * 100 / self.total).quantize(Decimal("0.1"))


def work_out(formula: Formula, total: int) -> Shared:
    """The shares of `total` pence, or the faults that stand in the way."""
    found = tuple(faults(formula, total))
    if found:
        return Shared(formula, total, faults=found)
    pence = _SHARES[formula.method](formula, total)
    keys = [each.key for each in formula.partners]
    return Shared(formula, total, dict(zip(keys, pence, strict=True)))


def faults(formula: Formula, total: int) -> list[Fault]:
    """Everything that keeps a formula from sharing `total` pence."""
    if not formula.partners:
        return [Fault("Nobody shares.", "partners", mend="Choose at least one agency.")]
    if total < 0:
        return [Fault(f"{in_pounds(total)} cannot be shared.", "sum", mend="Give a sum.")]
    match formula.method:
        case Method.PERCENTAGE:
            return _percentages(formula)
        case Method.POPULATION | Method.CASELOAD:
            return _numbers(formula)
        case Method.FLAT:
            return _flats(formula, total)
        case Method.HYBRID:
            return _equal_part(formula) + _numbers(formula)
    return []


def are_whole(percents: Sequence[Decimal]) -> Verdict:
    """Shares of 99.9 percent leave a penny that nobody pays."""
    told = sum(percents, Decimal(0))
    if told != WHOLE:
        less = "less" if told < WHOLE else "more"
        return no(
            f"The percentages add up to {told.normalize():f}, which is "
            f"{abs(WHOLE - told).normalize():f} {less} than 100."
        )
    return yes()


def _percentages(formula: Formula) -> list[Fault]:
    missing = [each.name for each in formula.partners if each.percent is None]
    if missing:
        return [Fault(f"{join_words(missing)} has no percentage.", "percent", mend="Give each.")]
    below = [each.name for each in formula.partners if (each.percent or 0) < 0]
    if below:
        return [Fault(f"{join_words(below)} is below nothing.", "percent", mend="Give 0 or more.")]
    whole = are_whole([each.percent for each in formula.partners if each.percent is not None])
    if whole:
        return []
    return [Fault(whole.reason, "percent", mend="Change them until they add up to 100.")]


def _numbers(formula: Formula) -> list[Fault]:
    asks = formula.method.asks.lower()
    missing = [each.name for each in formula.partners if each.number is None]
    if missing:
        mend = f"Give its number ({asks}), 0 where there are none."
        return [Fault(f"{join_words(missing)} has no number.", "number", mend=mend)]
    if any((each.number or 0) < 0 for each in formula.partners):
        return [Fault("A number is below nothing.", "number", mend="Give 0 or more.")]
    if not any(each.number for each in formula.partners):
        return [Fault("Every number is 0.", "number", mend="Give at least one above 0.")]
    return []


def _flats(formula: Formula, total: int) -> list[Fault]:
    flat = sum(each.flat or 0 for each in formula.partners)
    if any((each.flat or 0) < 0 for each in formula.partners):
        return [Fault("A flat sum is below nothing.", "flat", mend="Give 0 or more.")]
    if flat > total:
        return [
            Fault(
                f"The flat sums are {in_pounds(flat)}, more than the {in_pounds(total)} to share.",
                "flat",
                mend="Lower them.",
            )
        ]
    if flat < total and all(each.flat is not None for each in formula.partners):
        return [
            Fault(
                f"The flat sums are {in_pounds(flat)}: nobody pays the other "
                f"{in_pounds(total - flat)}.",
                "flat",
                mend="Raise one, or leave one empty: who has none shares the rest.",
            )
        ]
    return []


def _equal_part(formula: Formula) -> list[Fault]:
    part = formula.equal_part
    if part is None or not 0 <= part <= WHOLE:
        told = "is missing" if part is None else f"is {part:f} percent"
        return [Fault(f"The equal part {told}.", "equal_part", mend="Give 0 to 100.")]
    return []


def _equal(formula: Formula, total: int) -> list[int]:
    return share(total, [1] * len(formula.partners))


def _by_percent(formula: Formula, total: int) -> list[int]:
    return share(total, [each.percent or Decimal(0) for each in formula.partners])


def _by_number(formula: Formula, total: int) -> list[int]:
    return share(total, [each.number or Decimal(0) for each in formula.partners])


def _flat(formula: Formula, total: int) -> list[int]:
    rest = total - sum(each.flat or 0 for each in formula.partners)
    sharers = [each for each in formula.partners if each.flat is None]
    parts = iter(share(rest, [1] * len(sharers)) if sharers else [])
    return [next(parts) if each.flat is None else each.flat for each in formula.partners]


def _hybrid(formula: Formula, total: int) -> list[int]:
    """Weights are added before sharing, so that pennies are left over once and not twice."""
    numbers = [Fraction(each.number or Decimal(0)) for each in formula.partners]
    whole, many = sum(numbers), len(numbers)
    equal = Fraction(formula.equal_part or Decimal(0)) / 100
    return share(total, [equal / many + (1 - equal) * each / whole for each in numbers])


_SHARES = {
    Method.EQUAL: _equal,
    Method.PERCENTAGE: _by_percent,
    Method.POPULATION: _by_number,
    Method.CASELOAD: _by_number,
    Method.FLAT: _flat,
    Method.HYBRID: _hybrid,
}


def told_by(shares: Sequence[Partner]) -> Method:
    """What a source's shares are where it names no method: percentages, flat sums, or equal."""
    if any(each.flat is not None for each in shares):
        return Method.FLAT
    if any(each.percent is not None for each in shares):
        return Method.PERCENTAGE
    return Method.CASELOAD if any(each.number is not None for each in shares) else Method.EQUAL


@dataclass(frozen=True, slots=True)
class Beside:
    """One partner under each formula, in their order; None where a formula does not work."""

    key: str
    name: str
    pence: tuple[int | None, ...]
    short: str = ""

    @property
    def spread(self) -> int:
        """Between the least and the most that this partner would pay."""
        known = [each for each in self.pence if each is not None]
        return max(known) - min(known) if known else 0


def are_of_one_sum(shared: Sequence[Shared]) -> bool:
    """Whether what one pays more or less under these formulas comes of the formulas alone."""
    return len({one.total for one in shared}) < 2


def side_by_side(shared: Sequence[Shared]) -> list[Beside]:
    """Every partner that any formula names, in the order in which they are first named."""
    partners: dict[str, Partner] = {}
    for one in shared:
        for each in one.formula.partners:
            partners.setdefault(each.key, each)
    return [
        Beside(
            key,
            each.name or key,
            tuple(one.pence.get(key, 0) if one.works else None for one in shared),
            each.short,
        )
        for key, each in partners.items()
    ]
