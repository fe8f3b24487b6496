"""The closed days of England: bank holidays by rule, and the days proclaimed besides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

FIRST_YEAR = 1971
"""The year of the Banking and Financial Dealings Act, whose Schedule 1 the rules follow."""

_SATURDAY = 5


class ProclaimedDay(NamedTuple):
    """A day made a bank holiday by proclamation.

    Banking and Financial Dealings Act 1971, section 1(2) where it is `in_place_of` another
    day, which is then worked, and section 1(3) where it is a day more.
    """

    day: date
    name: str
    in_place_of: date | None = None


@lru_cache(maxsize=1)
def proclaimed_days() -> tuple[ProclaimedDay, ...]:
    """The packaged table, which holds whatever the library's release knows."""
    import yaml

    table = files("concordat.craft").joinpath("proclaimed_days.yaml").read_text("utf-8")
    return tuple(ProclaimedDay(**row) for row in yaml.safe_load(table))


@lru_cache(maxsize=8)
def england_closed_days(first_year: int, last_year: int) -> frozenset[date]:
    """The bank holidays of England that fall from Monday to Friday, both years included.

    Raises `Invalid` for a year before 1971 or years in the wrong order.
    """
    if not FIRST_YEAR <= first_year <= last_year:
        raise Invalid(
            f"Bank holidays cannot be given from {first_year} to {last_year}.",
            mend=f"Give a first year from {FIRST_YEAR} on, and a last year not before it.",
        )
    table = [row for row in proclaimed_days() if first_year <= row.day.year <= last_year]
    closed = {*_by_rule(first_year, last_year), *(row.day for row in table)}
    closed -= {row.in_place_of for row in table if row.in_place_of}
    return frozenset(day for day in closed if day.weekday() < _SATURDAY)


def england_working_days(*, first_year: int = 1990, last_year: int = 2050) -> WorkingDays:
    """Working days in England, with these years as their horizon.

    Years ahead follow the rules; a day proclaimed later arrives with the packaged table.
    """
    horizon = (date(first_year, 1, 1), date(last_year, 12, 31))
    return WorkingDays(england_closed_days(first_year, last_year), horizon)


def _by_rule(first_year: int, last_year: int) -> Iterator[date]:
    import holidays

    years = range(first_year, last_year + 1)
    yield from holidays.country_holidays("GB", subdiv="ENG", years=years)
