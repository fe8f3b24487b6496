from tests.operations.risks.conftest import *  # noqa: F403 - its fixtures, all of them
