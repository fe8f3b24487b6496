from datetime import date

import pytest
from hypothesis import settings

from concordat.domain.base.clocks.rules import Law, law
from concordat.kernel.calendar import WorkingDays
from tests.kernel.bank_holidays import FIRST_YEAR, LAST_YEAR, closed_days

settings.register_profile("steady", deadline=None, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def england() -> WorkingDays:
    """Working days from the bank holidays as they were published, not from a library."""
    return WorkingDays(closed_days(), (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))


@pytest.fixture(scope="session")
def the_law() -> Law:
    return law()
