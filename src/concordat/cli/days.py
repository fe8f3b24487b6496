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
        said = UncertainDate.parse(value)
        if said.precision is not Precision.DAY or said.earliest is None:
            raise Invalid(
                f"“{value}” is not one day.",
                field=param.name or "" if param else "",
                mend="Write it like 2019-03-29.",
            )
        return said.earliest
