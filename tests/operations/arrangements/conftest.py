from tests.operations.arrangements.lending import *  # noqa: F403 - its fixtures, all of them
