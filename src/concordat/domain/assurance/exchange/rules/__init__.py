"""The partnership file: its shape, reading, checking, writing, and what a load would change."""

from concordat.domain.assurance.exchange.rules.check import faults
from concordat.domain.assurance.exchange.rules.difference import Change, difference
from concordat.domain.assurance.exchange.rules.parse import read
from concordat.domain.assurance.exchange.rules.shape import (
    VERSION,
    Chapter,
    PartnershipFile,
    row_kinds,
)
from concordat.domain.assurance.exchange.rules.sheets import Cell, Sheet, from_sheets, to_sheets
from concordat.domain.assurance.exchange.rules.withheld import Opened, opened
from concordat.domain.assurance.exchange.rules.write import to_yaml

__all__ = [
    "VERSION",
    "Cell",
    "Change",
    "Chapter",
    "Opened",
    "PartnershipFile",
    "Sheet",
    "difference",
    "faults",
    "from_sheets",
    "opened",
    "read",
    "row_kinds",
    "to_sheets",
    "to_yaml",
]
