"""The walls that every test stands behind hold, and only where they should."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.walls import (
    WroteOutsideOperation,
    behind_the_wall,
    is_plumbing,
    nothing_written,
    table_written,
)

WRITE = "UPDATE records_counter SET last = last"
LOOK = "DELETE FROM records_look WHERE 1 = 0"


def say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_a_write_outside_an_operation_is_stopped() -> None:
    with pytest.raises(WroteOutsideOperation), transaction.atomic():
        say(WRITE)


@pytest.mark.django_db
def test_reading_and_looking_are_free() -> None:
    say("SELECT count(*) FROM records_counter")
    say(LOOK)


@pytest.mark.django_db
def test_tampering_is_possible_where_it_is_said() -> None:
    with behind_the_wall():
        say(WRITE)
    with pytest.raises(WroteOutsideOperation), transaction.atomic():
        say(WRITE)


@pytest.mark.django_db
def test_a_page_that_writes_while_it_is_read_is_caught() -> None:
    with nothing_written():
        say(LOOK)
        say("DELETE FROM django_session WHERE 1 = 0")
    with pytest.raises((AssertionError, WroteOutsideOperation)), nothing_written():
        say(WRITE)


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "seats_seat" ("id") VALUES (%s)', "seats_seat"),
        ("insert or ignore into seats_seat values (1)", "seats_seat"),
        ('UPDATE "seats_seat" SET "a" = 1', "seats_seat"),
        ('DELETE FROM "seats_seat"', "seats_seat"),
        ("TRUNCATE TABLE seats_seat", "seats_seat"),
        ("WITH old AS (SELECT 1) DELETE FROM seats_seat", "seats_seat"),
        ("  SELECT * FROM seats_seat WHERE note = 'UPDATE x SET y'", ""),
        ("SAVEPOINT s1", ""),
    ],
)
def test_what_a_statement_writes_to(sql: str, table: str) -> None:
    assert table_written(sql) == table


def test_signing_in_is_plumbing_but_changing_an_account_is_not() -> None:
    assert is_plumbing('UPDATE "people_account" SET "last_login" = %s WHERE "id" = %s')
    assert not is_plumbing('UPDATE "people_account" SET "email" = %s WHERE "id" = %s')
    assert not is_plumbing(
        'UPDATE "people_account" SET "last_login" = %s, "email" = %s WHERE "id" = %s'
    )
