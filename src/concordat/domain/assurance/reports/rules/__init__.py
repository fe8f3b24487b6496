"""Declared reports, what they are made of, and what people write in them."""

from concordat.domain.assurance.reports.rules.assembling import Assembled, Part, assemble
from concordat.domain.assurance.reports.rules.blocks import columns_of
from concordat.domain.assurance.reports.rules.declared import (
    COVER_PARTS,
    DECLARED,
    REPORT_NAMES,
    SECTION_KEYS,
    Declared,
    Section,
    declared,
)
from concordat.domain.assurance.reports.rules.ground import (
    MONEY,
    GoingOut,
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
    tangles,
    unknown,
)
from concordat.domain.assurance.reports.rules.quoting import check as check_quotes
from concordat.domain.assurance.reports.rules.templating import named, place_holders, values_of

__all__ = [
    "CLOSE",
    "COUNT",
    "COVER_PARTS",
    "DECLARED",
    "MARK",
    "MONEY",
    "OPEN",
    "REPORT_NAMES",
    "SECTION_KEYS",
    "Assembled",
    "Declared",
    "GoingOut",
    "Ground",
    "Named",
    "Part",
    "Plain",
    "Quote",
    "Section",
    "assemble",
    "check_quotes",
    "circles",
    "columns_of",
    "counted",
    "declared",
    "named",
    "named_in",
    "of_row",
    "parted",
    "place_holders",
    "tangles",
    "title_of",
    "unknown",
    "values_of",
]
