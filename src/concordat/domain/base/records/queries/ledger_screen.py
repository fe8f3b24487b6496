"""Which rows of a page are plainly as they were written, in as few steps as an engine allows.

Two twins behind one function. SQLite hands its columns over as they lie, and the texts and
digests are made here. PostgreSQL makes and compares them itself; only digests and key codes
come over, since the key stays with the application. Whatever raises a doubt, down to a value
that cannot be read, sends its row (or its page) to be looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from concordat.domain.base.records import rules

PAGE = 5000
_AT_ONCE = 500
Page = tuple[int, int]
_KEYS = "SELECT id FROM records_event WHERE id BETWEEN %s AND %s ORDER BY id"
_TROUBLE = (ValueError, TypeError, AttributeError, OverflowError, DatabaseError)


def doubtful(connection: BaseDatabaseWrapper, page: Page, key: bytes) -> list[int]:
    """The keys of a page whose event or detail is not cleared, in order."""
    try:
        return sorted(set(_TWINS[connection.vendor](connection, page, rules.coder(key))))
    except _TROUBLE:
        with connection.cursor() as cursor:
            cursor.execute(_KEYS, page)
            return [int(number) for (number,) in cursor.fetchall()]


# --- SQLite

# Joined to nothing, a moment comes as the text that it is kept as, unread.
_ROWS = """
SELECT e.id, e.at || '', e.verb, e.actor, e.hand, e.record || '', e.reference, e.kind,
       e.partnership || '', e.reason, e.text, e.digest, e.mac, e.detail_digest,
       d.salt, d.before, d.after
FROM records_event e LEFT JOIN records_eventdetail d
  ON d.event = e.id AND d.event BETWEEN %s AND %s
WHERE e.id BETWEEN %s AND %s
"""
_TO_THE_SECOND = len("2019-03-29 12:00:00")


def _by_hand(
    connection: BaseDatabaseWrapper, page: Page, code: Callable[[str], str]
) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [*page, *page])
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from (row[0] for row in rows if not _is_clear(row, code))


def _is_clear(row: Sequence[Any], code: Callable[[str], str]) -> bool:
    (
        number, at, verb, actor, hand, record, reference, kind, partnership, reason,
        text, digest, mac, detail, salt, before, after,
    ) = row  # fmt: skip
    fraction = ".000000" if len(at) == _TO_THE_SECOND else ""
    told = rules.event_text(
        number, f"{at[:10]}T{at[11:]}{fraction}+00:00", verb, actor, hand, _id(record), reference,
        kind, _id(partnership), reason, detail,
    )  # fmt: skip
    return (
        told == text
        and rules.digest(told) == digest
        and code(digest) == mac
        and salt is not None
        and rules.digest(f"{salt}\n{_digest(before)}\n{_digest(after)}") == detail
    )


@lru_cache(maxsize=2000)
def _id(kept: str | None) -> str:
    """A record's key as it is printed, or nothing."""
    if not kept:
        return ""
    return f"{kept[:8]}-{kept[8:12]}-{kept[12:16]}-{kept[16:20]}-{kept[20:]}"


@lru_cache(maxsize=2000)
def _digest(text: str) -> str:
    """Many events say the same, most of all nothing."""
    return rules.digest(text)


# --- PostgreSQL

_SHA = "encode(sha256(convert_to({}, 'UTF8')), 'hex')"
_TOLD = """
'{{"actor":' || to_json(e.actor::text)
|| ',"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'
|| '","detail":' || to_json(e.detail_digest::text) || ',"hand":' || to_json(e.hand::text)
|| ',"id":' || e.id || ',"kind":' || to_json(e.kind::text)
|| ',"partnership":"' || coalesce(e.partnership::text, '')
|| '","reason":' || to_json(e.reason) || ',"record":"' || coalesce(e.record::text, '')
|| '","reference":' || to_json(e.reference::text) || ',"verb":' || to_json(e.verb::text) || '}}'
""".format()
_DETAIL = _SHA.format(
    f"d.salt || chr(10) || {_SHA.format('d.before')} || chr(10) || {_SHA.format('d.after')}"
)
_CLEAR = f"""
SELECT e.id, e.digest || e.mac,
       coalesce(e.text = ({_TOLD}) AND e.digest = {_SHA.format("e.text")}
                AND e.detail_digest = {_DETAIL}, false)
FROM records_event e LEFT JOIN records_eventdetail d
  ON d.event = e.id AND d.event BETWEEN %s AND %s
WHERE e.id BETWEEN %s AND %s
"""  # noqa: S608 - made of the constants above
_CODES = f"""
SELECT string_agg(id::text, ','), string_agg(codes, ''), string_agg(clear::int::text, '')
FROM ({_CLEAR}) AS told (id, codes, clear)
"""  # noqa: S608 - made of the constants above
_LENGTH = 64


def _by_itself(
    connection: BaseDatabaseWrapper, page: Page, code: Callable[[str], str]
) -> Iterator[int]:
    """The three columns come as three long texts: taking rows apart costs more than hashing."""
    with connection.cursor() as cursor:
        cursor.execute(_CODES, [*page, *page])
        numbers, codes, clear = cursor.fetchone()
    keys = [int(number) for number in numbers.split(",")]
    if len(codes) != 2 * _LENGTH * len(keys):
        yield from keys
        return
    for place, key in enumerate(keys):
        start = place * 2 * _LENGTH
        middle = start + _LENGTH
        if clear[place] != "1" or code(codes[start:middle]) != codes[middle : middle + _LENGTH]:
            yield key


_TWINS = {"sqlite": _by_hand, "postgresql": _by_itself}
