"""Days as they are given on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid


class Day(click.ParamType):
    """A whole day, as people write it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        return one_day(value, _option(param), "Write it like 2019-03-29.")


def one_day(value: str, field: str, mend: str) -> date:
    """The one day that somebody wrote. Raises `Invalid` naming the option and how to mend it."""
    try:
        said = UncertainDate.parse(value)
    except Invalid as problem:
        raise Invalid(problem.faults[0].message, field=field, mend=mend) from None
    if said.precision is not Precision.DAY or said.earliest is None:
        raise Invalid(f"“{value}” is not one day.", field=field, mend=mend)
    return said.earliest


def _option(param: click.Parameter | None) -> str:
    """As it is typed, as-at, and not as the command knows it."""
    return param.opts[0].lstrip("-") if param and param.opts else ""
