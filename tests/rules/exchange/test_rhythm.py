"""Rhythms in words that cannot be read two ways, or kept as unsettled."""

from __future__ import annotations

import pytest

from concordat.domain.base.seats.rules import rhythm
from concordat.domain.base.seats.rules.rhythm import Form
from concordat.kernel.errors import Invalid
from tests.rules.exchange.examples import one, the_fault, whole

SETTLED = {
    "every 2 months": "every 2 months",
    "Every two months": "every 2 months",
    "monthly": "every 1 month",
    "quarterly": "every 3 months",
    "fortnightly": "every 2 weeks",
    "6weekly": "every 6 weeks",
    "3-weekly": "every 3 weeks",
    "every 4 to 6 weeks": "every 4 to 6 weeks",
    "twice a year": "2 times a year",
    "once a year": "1 time a year",
    "six times a year": "6 times a year",
    "at least 4 times a year": "at least 4 times a year",
    "in cycles of 4 months": "in cycles of 4 months",
    "on 1 May 2019, June 2019": "on 2019-05-01, 2019-06",
    "as needed: a case is referred": "as needed: a case is referred",
    "every 3 months; also as needed: an urgent case": (
        "every 3 months; also as needed: an urgent case"
    ),
    "standing": "standing",
}
UNSETTLED = [
    "bi-monthly",
    "bimonthly",
    "biannual",
    "Monthly/Quarterly",
    "regularly",
    "at least now and then",
    "unsettled: monthly",
]


@pytest.mark.parametrize(("told", "means"), SETTLED.items())
def test_plain_words_become_one_meaning(told: str, means: str) -> None:
    read = rhythm.from_words(told)
    assert str(read) == means
    assert rhythm.open_question(read) == ""


@pytest.mark.parametrize("told", [*SETTLED, *UNSETTLED])
def test_words_and_structure_say_the_same(told: str) -> None:
    read = rhythm.from_words(told)
    assert rhythm.from_words(str(read)) == read
    assert rhythm.from_mapping(rhythm.to_mapping(read)) == read


@pytest.mark.parametrize("told", UNSETTLED)
def test_words_with_two_meanings_are_kept_with_a_question(told: str) -> None:
    read = rhythm.from_words(told)
    assert read.form is Form.UNSETTLED
    assert read.words == told.removeprefix("unsettled: ")
    assert read.words in rhythm.open_question(read)


def test_bi_monthly_asks_which_of_the_two() -> None:
    asked = rhythm.open_question(rhythm.from_words("bi-monthly"))
    assert asked == "Does “bi-monthly” mean once in 2 months or twice in 1 month?"


def test_the_question_of_the_source_is_kept() -> None:
    read = rhythm.from_words("unsettled: TBC | question: Who says?")
    assert (read.words, rhythm.open_question(read)) == ("TBC", "Who says?")


WRONG = {
    "{every: {fortnights: 2}}": "“fortnights” is not a unit of a rhythm.",
    "{every: {months: 0}}": "“0” is not a whole number from 1 to 999.",
    "{every: {weeks: 6 to 4}}": "“6 to 4” runs backwards.",
    "{every: 2}": "“every” needs one unit and its number.",
    "{every: {months: 2}, times_a_year: 6}": "A rhythm is one thing.",
    "{often: yes}": "“often” is not part of a rhythm.",
    "{standing: no}": "“standing” can only be yes.",
    "{dates: []}": "Every date of a rhythm must be a date.",
    '{dates: ["?"]}': "Every date of a rhythm must be a date.",
    "{unsettled: x, at_least: yes}": "What is unsettled cannot be settled beside it.",
    "{cycle: {months: 4}, at_least: yes}": "Only a frequency can be “at least”.",
}


@pytest.mark.parametrize(("told", "message"), WRONG.items())
def test_a_rhythm_that_cannot_be_is_refused_with_how_to_write_one(told: str, message: str) -> None:
    fault = the_fault(f"bodies:\n- {{key: a, name: A, kind: panel, rhythm: {told}}}")
    assert (fault.message, fault.field, fault.place) == (message, "rhythm", "fenmarsh.yaml:6")
    assert fault.mend


def test_a_rhythm_of_wrong_dates_tells_about_the_date() -> None:
    with pytest.raises(Invalid, match="30 February"):
        rhythm.from_words("on 30 February 2019")


def test_an_unsettled_rhythm_is_no_fault() -> None:
    file = whole(one("bodies: [{key: a, name: A, kind: panel, rhythm: bi-monthly}]"))
    assert str(file.chapters[0].rows["bodies"][0].rhythm) == "unsettled: bi-monthly"  # type: ignore[attr-defined]
