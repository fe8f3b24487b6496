from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import (
    count,
    day_in_words,
    join_words,
    near,
    reference,
    slug,
    weekday_in_words,
)


@pytest.mark.parametrize(
    ("n", "noun", "words"),
    [
        (1, "working day", "1 working day"),
        (3, "working day", "3 working days"),
        (0, "working day", "0 working days"),
        (1234, "event", "1,234 events"),
        (2, "relevant agency", "2 relevant agencies"),
        (2, "body", "2 bodies"),
        (2, "survey", "2 surveys"),
        (2, "child", "2 children"),
        (2, "person", "2 people"),
        (2, "witness", "2 witnesses"),
        (2, "church", "2 churches"),
        (1, "child", "1 child"),
    ],
)
def test_counts_carry_their_noun(n: int, noun: str, words: str) -> None:
    assert count(n, noun) == words


def test_a_plural_can_be_given_where_the_last_word_does_not_carry_it() -> None:
    assert count(2, "member of staff", "members of staff") == "2 members of staff"
    assert count(1, "member of staff", "members of staff") == "1 member of staff"


def test_days_in_words() -> None:
    assert day_in_words(date(2019, 3, 29)) == "29 March 2019"
    assert weekday_in_words(date(2019, 3, 29)) == "Friday 29 March 2019"


@given(st.dates(date(1000, 1, 1)))
def test_days_in_words_agree_with_the_calendar(day: date) -> None:
    assert weekday_in_words(day) == day.strftime("%A %d %B %Y").replace(" 0", " ")


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["health"], "health"),
        (["health", "police"], "health and police"),
        (["a", "b", "c"], "a, b and c"),
    ],
)
def test_words_are_joined(words: list[str], joined: str) -> None:
    assert join_words(words) == joined
    assert join_words(iter(words)) == joined


def test_references_are_numbered_from_one() -> None:
    assert reference("THSCP", "R", 42) == "THSCP-R-0042"
    assert reference("THSCP", "R", 12345) == "THSCP-R-12345"
    with pytest.raises(Invalid):
        reference("THSCP", "R", 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tower Hamlets", "tower-hamlets"),
        ("Children's Café & Youth", "childrens-cafe-and-youth"),
        ("Children\u2019s", "childrens"),
        ("  -- x -- ", "x"),
        ("\u5b50\u3069\u3082", ""),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_plain_and_stays_what_it_is(text: str) -> None:
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in made
    assert made == made.strip("-")
    assert slug(made) == made


def test_near_names_are_found_whatever_the_capitals() -> None:
    bodies = ["Executive", "Operations Group", "Youth Panel"]
    assert near("execuitve", bodies) == ["Executive"]
    assert near("OPERATIONS", bodies) == ["Operations Group"]
    assert near("zzz", bodies) == []
    assert near("item", ["item 1", "item 2", "item 3", "item 4"], n=2) == ["item 4", "item 3"]
