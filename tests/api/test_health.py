"""Alive and ready, for whatever watches the server."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from tests.databases import Databases, pointed_at
from tests.walls import nothing_written


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_watcher_needs_no_account_and_changes_nothing(client: Client, address: str) -> None:
    with nothing_written():
        answer = client.get(address)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert client.post(address).status_code == 405


def test_an_empty_database_is_alive_but_not_ready(
    client: Client, databases: Databases, django_db_blocker: object
) -> None:
    empty = databases.copier.new("empty")
    with pointed_at(empty, django_db_blocker):  # type: ignore[arg-type]
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert not connection.introspection.table_names()
    databases.copier.drop(empty)
    assert answer.status_code == 503
    assert answer.json()["reason"] == "The database is not migrated. Run: concordat migrate"
