"""Declared reports, what they are made of, and what people write in them."""

from concordat.domain.assurance.reports.rules.assembling import Assembled, Part, assemble
from concordat.domain.assurance.reports.rules.declared import (
    DECLARED,
    REPORT_NAMES,
    SECTION_KEYS,
    Declared,
    Section,
    declared,
)
from concordat.domain.assurance.reports.rules.ground import (
    MONEY,
    Ground,
    Plain,
    of_row,
    title_of,
)
from concordat.domain.assurance.reports.rules.quoting import (
    CLOSE,
    COUNT,
    MARK,
    OPEN,
    Named,
    Quote,
    circles,
    counted,
    named_in,
    parted,
    unknown,
)
from concordat.domain.assurance.reports.rules.quoting import check as check_quotes

__all__ = [
    "CLOSE",
    "COUNT",
    "DECLARED",
    "MARK",
    "MONEY",
    "OPEN",
    "REPORT_NAMES",
    "SECTION_KEYS",
    "Assembled",
    "Declared",
    "Ground",
    "Named",
    "Part",
    "Plain",
    "Quote",
    "Section",
    "assemble",
    "check_quotes",
    "circles",
    "counted",
    "declared",
    "named_in",
    "of_row",
    "parted",
    "title_of",
    "unknown",
]
