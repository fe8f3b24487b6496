from tests.operations.reports.conftest import *  # noqa: F403 - its fixtures, all of them
