"""What every test stands on."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import settings as hypothesis

# What is imported and collected stays: looking through it for garbage again and again is in vain.
gc.set_threshold(100_000, 50, 50)

# A busy machine is no failure, and a case that fails is told in full: nothing need be remembered.
hypothesis.register_profile("house", deadline=None, database=None, print_blob=True)
# The inner loop tries fewer cases of each property.
hypothesis.register_profile("quick", hypothesis.get_profile("house"), max_examples=20)
hypothesis.load_profile("house")

pytest_plugins = [
    *("tests.databases", "tests.walls", "tests.casts", "tests.servers", "tests.browsers"),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--redraw", action="store_true", help="write the generated pages instead of comparing them"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One order in every process, even of cases that come from a set."""
    items.sort(key=lambda item: (str(item.path), item.reportinfo()[1] or 0, item.name))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it need not be looked through for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches what a person keeps in var/, and passwords need not be slow to guess."""
    logging.getLogger().setLevel(logging.WARNING)
    with override_settings(
        VAR=tmp_path_factory.mktemp("var"),
        MEDIA_ROOT=tmp_path_factory.mktemp("documents"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield
