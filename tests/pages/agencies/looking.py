"""Many agencies of one partnership."""

from __future__ import annotations

from concordat.domain.governance.arrangements import operations
from tests.operations.mail.cast import LOADER
from tests.operations.seats.county import County


def more_agencies(county: County, number: int) -> None:
    for each in range(number):
        operations.enter_agency(
            LOADER,
            partnership=county.house.here,
            values={"name": f"Council {each}", "agency_class": "council"},
            is_partner=True,
        )
