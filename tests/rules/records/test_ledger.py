"""One text for equal values, and a different digest for everything else."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.records.rules import (
    GENESIS,
    canonical,
    coder,
    detail_digest,
    digest,
    event_text,
    head_text,
    leaf,
    mac,
    seal_hash,
)

NOON = datetime(2019, 3, 29, 12, tzinfo=UTC)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
leaves = st.lists(
    st.tuples(st.integers(1, 99), st.text("0123456789abcdef", min_size=64, max_size=64)),
    min_size=1,
    max_size=6,
)


@given(st.dictionaries(st.text(), values, max_size=5))
def test_canonical_text_does_not_depend_on_order_and_loses_nothing(
    given_: dict[str, object],
) -> None:
    backwards = dict(reversed(given_.items()))
    assert canonical(given_) == canonical(backwards)
    assert json.loads(canonical(given_)) == given_


def test_a_moment_is_told_in_utc_and_to_the_microsecond() -> None:
    summer = datetime(2019, 7, 1, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert canonical({"at": summer}) == '{"at":"2019-07-01T12:00:00.000005+00:00"}'
    assert canonical({"at": NOON}) == '{"at":"2019-03-29T12:00:00.000000+00:00"}'


def test_days_ids_and_accents_are_told_as_they_are_read() -> None:
    told = canonical({"day": date(2019, 3, 29), "id": UUID(int=7), "name": "Zoë"})
    assert told == ('{"day":"2019-03-29","id":"00000000-0000-0000-0000-000000000007","name":"Zoë"}')


def test_digest_is_sha_256() -> None:
    assert digest("Zoë") == hashlib.sha256("Zoë".encode()).hexdigest()


@given(st.text(), st.text(), st.text(), st.text(), st.text(), st.text())
def test_details_are_equal_only_if_salt_before_and_after_are(
    salt: str, before: str, after: str, other_salt: str, other_before: str, other_after: str
) -> None:
    same = (salt, before, after) == (other_salt, other_before, other_after)
    digests = (
        detail_digest(salt, before, after),
        detail_digest(other_salt, other_before, other_after),
    )
    assert (digests[0] == digests[1]) is same


def test_nothing_moves_from_before_to_after_unseen() -> None:
    assert detail_digest("s", "ab", "c") != detail_digest("s", "a", "bc")
    assert detail_digest("s", "", "ab") != detail_digest("s", "ab", "")


def test_the_key_code_depends_on_key_and_digest() -> None:
    codes = {mac(key, text) for key in (b"a" * 32, b"b" * 32) for text in ("x", "y")}
    assert len(codes) == 4
    assert all(len(code) == 64 for code in codes)


@given(st.binary(min_size=1, max_size=64), st.text("0123456789abcdef", max_size=64))
def test_a_key_made_ready_codes_as_the_key_does(key: bytes, told: str) -> None:
    assert coder(key)(told) == mac(key, told)


@given(st.integers(), st.lists(st.text(), min_size=7, max_size=7), st.none() | st.uuids())
def test_an_events_text_made_at_once_is_its_canonical_text(
    number: int, texts: list[str], record: UUID | None
) -> None:
    names = ("verb", "actor", "hand", "reference", "kind", "reason", "detail")
    told = dict(zip(names, texts, strict=True))
    plain = {"record": str(record or ""), "partnership": str(record or "")}
    at = canonical({"at": NOON})[7:-2]
    whole = {"id": number, "at": NOON, **told, **plain}
    assert event_text(number, at, **told, **plain) == canonical(whole)


def _hash(rows: list[tuple[int, str]], number: int = 1, previous: str = GENESIS) -> str:
    return seal_hash(
        number, previous, NOON, (leaf(i, event, told) for i, (event, told) in enumerate(rows))
    )


@given(leaves, st.data())
def test_any_change_of_its_leaves_changes_a_seal(
    rows: list[tuple[int, str]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    event, told = rows[place]
    flipped = ("1" if told[0] == "0" else "0") + told[1:]
    changed = {
        "altered": [*rows[:place], (event, flipped), *rows[place + 1 :]],
        "renumbered": [*rows[:place], (event + 100, told), *rows[place + 1 :]],
        "removed": [*rows[:place], *rows[place + 1 :]],
        "inserted": [*rows[:place], (1000, told), *rows[place:]],
        "cut": rows[:-1],
    }
    for name, others in changed.items():
        assert _hash(others) != _hash(rows), name
    if len(set(rows)) > 1:
        turned = rows[::-1]
        assert (_hash(turned) != _hash(rows)) is (turned != rows)


def test_a_seal_is_bound_to_its_number_its_moment_and_the_seal_before_it() -> None:
    rows = [(1, "a" * 64)]
    plain = _hash(rows)
    assert _hash(rows, number=2) != plain
    assert _hash(rows, previous="1" * 64) != plain
    later = seal_hash(1, GENESIS, NOON + timedelta(microseconds=1), [leaf(0, 1, "a" * 64)])
    assert later != plain


def test_a_head_tells_number_and_hash() -> None:
    assert head_text(7, "ab") == "concordat seal 7 ab"
