"""Dates are read as stated and never made sharper than they were."""

import random
import re
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.dates import Period, Precision, UncertainDate
from concordat.kernel.errors import Invalid

MONTHS = "January February March April May June July August September October November December"
NAMES = MONTHS.split()
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 13, 14)}
THIRDS = {"early": range(1, 5), "mid": range(5, 9), "late": range(9, 13)}

years = st.integers(1900, 2100)
months = st.integers(1, 12)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))

Stated = tuple[str, Precision, list[date]]


def all_days(year: int, *wanted: int) -> list[date]:
    """Every day of these months, walked one by one; month 13 is January of the next year."""
    places = {(year + (month - 1) // 12, (month - 1) % 12 + 1) for month in wanted}
    return [day for day in walked_from(year) if (day.year, day.month) in places]


@cache
def walked_from(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(430)]


@st.composite
def stated_day(draw: st.DrawFn) -> Stated:
    day = draw(days)
    name = NAMES[day.month - 1]
    form = draw(
        st.sampled_from(
            [
                day.isoformat(),
                f"{day.day}/{day.month}/{day.year}",
                f"{day.day:02d}/{day.month:02d}/{day.year}",
                f"{day.day} {name} {day.year}",
                f"{day.day} {name[:3].upper()} {day.year}",
                f"{day.day}-{name[:3]}-{day.year}",
                f"{name} {day.day}, {day.year}",
                f"{day.strftime('%A')} {day.day} {name} {day.year}",
            ]
        )
    )
    return form, Precision.DAY, [day]


@st.composite
def stated_month(draw: st.DrawFn) -> Stated:
    year, month = draw(years), draw(months)
    name = NAMES[month - 1]
    forms = [
        f"{name} {year}",
        f"{name[:3]}. {year}",
        f"{year}-{month:02d}",
        f"{month:02d}/{year}",
        f"{month}/{year}",
        f"early {name} {year}",
        f"end of {name} {year}",
    ]
    return draw(st.sampled_from(forms)), Precision.MONTH, all_days(year, month)


@st.composite
def stated_season(draw: st.DrawFn) -> Stated:
    year, season = draw(years), draw(st.sampled_from(list(SEASONS)))
    forms = [f"{season} {year}", f"{season.upper()} of {year}", f"late {season} {year}"]
    if season == "winter":
        forms += [f"winter {year}/{(year + 1) % 100:02d}", f"winter {year}/{year + 1}"]
    return draw(st.sampled_from(forms)), Precision.SEASON, all_days(year, *SEASONS[season])


@st.composite
def stated_quarter(draw: st.DrawFn) -> Stated:
    year, quarter = draw(years), draw(st.integers(1, 4))
    word = ("first", "second", "third", "fourth")[quarter - 1]
    forms = [f"Q{quarter} {year}", f"{year}-Q{quarter}", f"{word} quarter of {year}"]
    wanted = range(3 * quarter - 2, 3 * quarter + 1)
    return draw(st.sampled_from(forms)), Precision.QUARTER, all_days(year, *wanted)


@st.composite
def stated_year(draw: st.DrawFn) -> Stated:
    year, part = draw(years), draw(st.sampled_from(["", *THIRDS]))
    if not part:
        return str(year), Precision.YEAR, all_days(year, *range(1, 13))
    joined = draw(st.sampled_from([" ", "-"]))
    return f"{part}{joined}{year}", Precision.YEAR, all_days(year, *THIRDS[part])


one_span = st.one_of(stated_day(), stated_month(), stated_season(), stated_quarter(), stated_year())


@st.composite
def stated_range(draw: st.DrawFn) -> Stated:
    sides = [draw(one_span), draw(one_span)]
    (first, _, left), (last, _, right) = sorted(sides, key=lambda side: (side[2][0], side[2][-1]))
    form = draw(st.sampled_from(["{} to {}", "between {} and {}", "from {} until {}", "{} – {}"]))
    if left[-1] > right[-1]:
        first, last, left, right = str(left[0]), str(left[-1]), left[:1], left[-1:]
    span = [left[0] + timedelta(days=n) for n in range((right[-1] - left[0]).days + 1)]
    return form.format(first, last), Precision.RANGE, span


stated = st.one_of(one_span, stated_range())
SCRAPS = "1 29 03 2019 2018 19 / - – . ? c. to and between spring mid early march Q1 fri of"
scraps = st.lists(st.sampled_from(SCRAPS.split()), max_size=7).map(" ".join)
doubts = st.sampled_from(["?", "? ", "c.", "c. ", "circa ", "about ", "About ", "~"])
unknown = st.sampled_from(["", "?", "??", "  ", "unknown", "Not known", "undated?"])


dated = st.builds(str.__add__, st.one_of(st.just(""), doubts), stated.map(lambda said: said[0]))
any_date = st.one_of(dated, dated, dated, unknown).map(UncertainDate.parse)


@given(stated)
def test_a_date_spans_the_whole_stated_period_and_nothing_else(said: Stated) -> None:
    text, precision, possible = said
    read = UncertainDate.parse(text)
    assert (read.earliest, read.latest) == (possible[0], possible[-1])
    assert read.precision is precision
    assert read.text == text
    assert not read.doubtful


@given(stated, doubts)
def test_doubt_changes_neither_span_nor_precision(said: Stated, doubt: str) -> None:
    plain, doubted = UncertainDate.parse(said[0]), UncertainDate.parse(doubt + said[0])
    assert doubted.doubtful
    assert doubted != plain
    assert (doubted.earliest, doubted.latest) == (plain.earliest, plain.latest)
    assert doubted.precision is plain.precision


@given(unknown)
def test_an_undated_row_never_gains_a_date(text: str) -> None:
    read = UncertainDate.parse(text)
    assert read.precision is Precision.UNKNOWN
    assert read.earliest is None
    assert read.latest is None
    assert read.iso() == "?"
    assert str(read) == "date not known"


@given(any_date)
def test_canonical_text_and_words_read_back_to_the_same_date(stated_date: UncertainDate) -> None:
    for text in (stated_date.iso(), str(stated_date)):
        again = UncertainDate.parse(text)
        assert again == stated_date
        assert hash(again) == hash(stated_date)
        assert again.iso() == stated_date.iso()
        assert str(again) == str(stated_date)


@given(any_date)
def test_a_date_made_from_its_parts_is_the_date_as_read(read: UncertainDate) -> None:
    parts = (read.text, read.precision, read.earliest, read.latest, read.doubtful)
    assert UncertainDate(*parts) == read


@given(stated, days)
def test_certainty_means_every_possible_day(said: Stated, day: date) -> None:
    read, possible = UncertainDate.parse(said[0]), said[2]
    assert read.certainly_before(day) == all(each < day for each in possible)
    assert read.certainly_after(day) == all(each > day for each in possible)
    assert read.certainly_on_or_before(day) == all(each <= day for each in possible)
    assert read.possibly_on(day) == (possible[0] <= day <= possible[-1])


@given(any_date, days)
def test_exactly_one_of_before_after_and_possible(read: UncertainDate, day: date) -> None:
    answers = [read.certainly_before(day), read.certainly_after(day), read.possibly_on(day)]
    assert answers.count(True) == 1


@given(stated, doubts, days)
def test_a_doubtful_date_proves_nothing(said: Stated, doubt: str, day: date) -> None:
    read = UncertainDate.parse(doubt + said[0])
    assert not read.certainly_before(day)
    assert not read.certainly_after(day)
    assert not read.certainly_on_or_before(day)
    assert read.possibly_on(day)


@given(st.lists(any_date, max_size=12), st.randoms(use_true_random=False))
def test_sorting_is_total_and_leaves_undated_rows_last(
    rows: list[UncertainDate], shuffler: random.Random
) -> None:
    ordered = sorted(rows, key=lambda row: row.sort_key)
    shuffler.shuffle(rows)
    assert sorted(rows, key=lambda row: row.sort_key) == ordered
    dated = [row.earliest is not None for row in ordered]
    assert dated == sorted(dated, reverse=True)
    starts = [row.earliest for row in ordered if row.earliest]
    assert starts == sorted(starts)


@given(any_date, any_date)
def test_only_equal_dates_share_a_sort_key(one: UncertainDate, other: UncertainDate) -> None:
    assert (one.sort_key == other.sort_key) == (one == other)


def test_rows_of_the_same_date_keep_their_order() -> None:
    rows = [UncertainDate.parse(text) for text in ("29/03/2019", "2019-03-29", "29 March 2019")]
    ordered = sorted(rows, key=lambda row: row.sort_key)
    assert [row.text for row in ordered] == ["29/03/2019", "2019-03-29", "29 March 2019"]


def test_a_sharper_date_comes_before_the_longer_one_that_begins_with_it() -> None:
    texts = ["?", "2019", "?1 January 2019", "January 2019", "2018", "1 January 2019"]
    rows = sorted((UncertainDate.parse(text) for text in texts), key=lambda row: row.sort_key)
    assert [str(row) for row in rows] == [
        "2018",
        "1 January 2019",
        "about 1 January 2019",
        "January 2019",
        "2019",
        "date not known",
    ]


@given(st.one_of(st.text(max_size=120), scraps))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read = UncertainDate.parse(text)
    except Invalid as refusal:
        told = str(refusal)
    else:
        told = str(read)
        assert UncertainDate.parse(read.iso()) == read
        assert (read.earliest is None) == (read.precision is Precision.UNKNOWN)
    assert told


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("29 th March 2019", "29 March 2019", "2019-03-29"),
        ("29.3.2019", "29 March 2019", "2019-03-29"),
        ("Fri 29 Mar. 2019", "29 March 2019", "2019-03-29"),
        ("Sept 2019", "September 2019", "2019-09"),
        ("Spring 2019", "spring 2019", "spring 2019"),
        ("winter 2018", "winter 2018/19", "winter 2018/19"),
        ("winter 1999", "winter 1999/00", "winter 1999/00"),
        ("Q1 2019", "first quarter of 2019", "2019-Q1"),
        ("mid-2019", "mid 2019", "mid 2019"),
        ("end of March 2020", "end of March 2020", "end of 2020-03"),
        ("c.2015", "about 2015", "?2015"),
        ("2015?", "about 2015", "?2015"),
        ("?22 May 2018", "about 22 May 2018", "?2018-05-22"),
        ("June-September 2018", "June 2018 to September 2018", "2018-06 to 2018-09"),
        ("2018–2019", "2018 to 2019", "2018 to 2019"),
        ("1 to 5 March 2019", "1 March 2019 to 5 March 2019", "2019-03-01 to 2019-03-05"),
        ("Mon 4 to Fri 8 March 2019", "4 March 2019 to 8 March 2019", "2019-03-04 to 2019-03-08"),
        ("29 March to 2 April 2019", "29 March 2019 to 2 April 2019", "2019-03-29 to 2019-04-02"),
        ("2015 to circa 2018", "about 2015 to 2018", "?2015 to 2018"),
        ("29\u00a0March\u20022019", "29 March 2019", "2019-03-29"),
    ],
)
def test_dates_as_people_write_them(text: str, words: str, iso: str) -> None:
    read = UncertainDate.parse(text)
    assert str(read) == words
    assert read.iso() == iso


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("29 February 2019", "There is no 29 February 2019"),
        ("2019-02-29", "There is no 29 February 2019"),
        ("31/06/2019", "There is no 31 June 2019"),
        ("0 June 2019", "There is no 0 June 2019"),
        ("03/29/2019", "Write the day first"),
        ("29/03/19", "four digits"),
        ("29 March 19", "four digits"),
        ("29 March", "cannot be read"),
        ("March", "cannot be read"),
        ("March 19", "cannot be read"),
        ("29 Marsh 2019", 'no month "marsh"'),
        ("2018/19", "April 2018 to March 2019"),
        ("2018-19", "Say which months"),
        ("autumn 2018/19", "cannot be read"),
        ("winter 2018/20", "cannot be read"),
        ("Q5 2019", "cannot be read"),
        ("Thursday 29 March 2019", "is a Friday"),
        ("Friday 2019", "cannot be read"),
        ("2019 to 2018", "ends before it starts"),
        ("2019 to March 2019", "ends before it starts"),
        ("2017 to 2018 to 2019", "cannot be read"),
        ("? to 2019", "cannot be read"),
        ("2019 to ?", "cannot be read"),
        ("early 29 March 2019", "cannot be read"),
        ("early late 2019", "cannot be read"),
        ("3019", "not between 1800 and 2199"),
        ("0000-00-00", "not between 1800 and 2199"),
        ("before 2018", "no month"),
        ("29/03/2019 16:10", "cannot be read"),
        ("x" * 10_000, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_to_mend_it(text: str, told: str) -> None:
    with pytest.raises(Invalid, match=re.escape(told)) as refusal:
        UncertainDate.parse(text)
    assert len(str(refusal.value)) < 300


def test_two_digits_are_a_year_only_where_the_century_is_given() -> None:
    assert UncertainDate.parse("29/03/19", century=2000).iso() == "2019-03-29"
    assert UncertainDate.parse("29 Mar 98", century=1900).iso() == "1998-03-29"
    with pytest.raises(Invalid):
        UncertainDate.parse("29/03/19")


def test_a_leap_day_is_a_day_in_a_leap_year() -> None:
    assert UncertainDate.parse("29 February 2020").earliest == date(2020, 2, 29)


@given(stated, stated, days)
def test_in_force_tries_every_end_that_the_dates_leave_open(
    one: Stated, other: Stated, day: date
) -> None:
    (first, _, begins), (last, _, ends) = sorted((one, other), key=lambda side: side[2][0])
    period = Period(UncertainDate.parse(first), UncertainDate.parse(last))
    corners = [
        begin <= day <= end for begin in (begins[0], begins[-1]) for end in (ends[0], ends[-1])
    ]
    expected = "yes" if all(corners) else "uncertain" if any(corners) else "no"
    assert period.in_force(day) == expected


@given(days)
def test_an_open_side_is_not_an_unknown_one(day: date) -> None:
    known, not_known = UncertainDate.parse(day.isoformat()), UncertainDate.parse("?")
    assert Period().in_force(day) == "yes"
    assert Period(known, None).in_force(day) == "yes"
    assert Period(None, known).in_force(day) == "yes"
    assert Period(known, not_known).in_force(day) == "uncertain"
    assert Period(not_known, None).in_force(day) == "uncertain"
    assert Period(not_known, known).in_force(day + timedelta(days=1)) == "no"
    assert Period(known, not_known).in_force(day - timedelta(days=1)) == "no"


def test_a_partial_date_counts_only_when_it_is_certain() -> None:
    march = Period(UncertainDate.parse("March 2019"), UncertainDate.parse("2020"))
    asked = [date(2019, 2, 28), date(2019, 3, 1), date(2019, 3, 31), date(2020, 1, 1)]
    assert [march.in_force(day) for day in asked] == ["no", "uncertain", "yes", "yes"]
    assert march.in_force(date(2020, 1, 2)) == "uncertain"
    assert march.in_force(date(2021, 1, 1)) == "no"


def test_a_doubtful_side_leaves_the_answer_uncertain() -> None:
    about = Period(UncertainDate.parse("about 2015"), UncertainDate.parse("2018"))
    assert about.in_force(date(2017, 1, 1)) == "uncertain"
    assert about.in_force(date(2019, 1, 1)) == "no"


def test_a_period_cannot_end_before_it_starts() -> None:
    march, february = UncertainDate.parse("March 2019"), UncertainDate.parse("February 2019")
    with pytest.raises(Invalid, match="March 2019 to February 2019"):
        Period(march, february)
    assert Period(march, UncertainDate.parse("?February 2019")).in_force(date(2019, 2, 1)) == "no"
    assert Period(march, march).in_force(date(2019, 3, 15)) == "uncertain"
