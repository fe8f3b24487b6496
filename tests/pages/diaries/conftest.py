from tests.operations.diaries.conftest import *  # noqa: F403 - its fixtures, all of them
