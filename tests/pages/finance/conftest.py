from tests.operations.finance.conftest import *  # noqa: F403 - its fixtures, all of them
