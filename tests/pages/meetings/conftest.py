from tests.operations.meetings.conftest import *  # noqa: F403 - its fixtures, all of them
