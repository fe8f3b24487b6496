from tests.operations.programme.conftest import *  # noqa: F403 - its fixtures, all of them
