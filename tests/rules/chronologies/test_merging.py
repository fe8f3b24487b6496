"""One order for all rows, and what stands out: pairs, gaps and silences."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.chronologies.rules import (
    ABSENT,
    KNEW,
    SAID_TOLD,
    Expected,
    Given,
    Looking,
    age_at,
    matters_in,
    merge,
    order,
)
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from tests.rules.chronologies.files import file, merged, read, row

DAYS = st.sampled_from(["1 May 2018", "?1 May 2018", "May 2018", "2018", "?", "2 May 2018", "x"])
ROWS = st.tuples(DAYS, st.none() | st.sampled_from(["9:00", "10:00", "pm"]), st.none() | st.just(1))


def events(*files: Given) -> list[str]:
    return [each.event for each in merged(*files).rows]


def test_the_order_within_a_day_is_time_then_sequence_then_arrival() -> None:
    lines = [
        row("1 May 2018", "last", sequence=2),
        row("1 May 2018", "third", sequence=1),
        row("1 May 2018", "second", time="10:00"),
        row("1 May 2018", "first", time="9.00", sequence=9),
        row("1 May 2018", "arrived", sequence=2),
        row("May 2018", "sometime"),
        row("?", "undated"),
        row("2 May 2018", "next day"),
    ]
    told = "first second third last arrived sometime next-day undated".replace("-", " ").split()
    assert " ".join(events(file("a", *lines))).split() == told


@given(st.lists(st.lists(ROWS, max_size=4), min_size=2, max_size=3))
def test_permuting_files_changes_nothing_but_ties(files: list[list[tuple[str, str, int]]]) -> None:
    given_ = [
        file(
            f"f{number}", *(row(d, f"{number}-{at}", time=t, sequence=s) for at, (d, t, s) in each)
        )
        for number, rows in enumerate(files)
        if (each := list(enumerate(rows))) is not None
    ]
    told = set()
    for order_ in permutations(given_):
        found = merged(*order_)
        assert all(order(one) < order(other) for one, other in pairwise(found.rows))
        told.add(tuple(order(each)[:-1] for each in found.rows))
        assert sorted(each.event for each in found.rows) == sorted(
            each.event for given in given_ for each in read(given).rows
        )
    assert len(told) == 1


FALL = "Brought to the clinic with a swollen wrist after a fall from the sofa"


def test_one_event_told_by_two_agencies_is_suggested_and_not_joined() -> None:
    other = "Swollen wrist, fell from sofa, seen in clinic and sent for x-ray"
    found = merged(
        file("GP", row("1 May 2018", FALL, time="10:00")),
        file("HV", row("1 May 2018", other, time="10.15"), row("9 May 2018", "Weighed at home")),
    )
    (pair,) = found.duplicates
    assert {pair.first.agency, pair.second.agency} == {"GP", "HV"}
    assert "“swollen”" in pair.reason
    assert "at 10:00 and at 10.15" in pair.reason
    assert len(found.rows) == 3


@pytest.mark.parametrize(
    "other",
    [
        file("GP2", row("8 May 2018", FALL)),
        file("GP", row("1 May 2018", FALL)),
        file("HV", row("1 May 2018", "Telephone call about housing")),
        file("HV", ("1 May 2018", FALL, "R", "B"), titles=("Date", "Event", "Source", "Person")),
    ],
)
def test_what_is_apart_is_not_suggested(other: Given) -> None:
    titles = ("Date", "Event", "Source", "Person")
    assert not merged(file("GP", ("1 May 2018", FALL, "R", "A"), titles=titles), other).duplicates


def test_an_injury_is_one_event_in_the_words_of_either_agency() -> None:
    found = merged(
        file("GP", row("1 May 2018", "Bruising to left arm; mother says fell from sofa")),
        file("HV", row("1 May 2018", "Bruise to L arm, mum reports fall off settee")),
    )
    (pair,) = found.duplicates
    assert all(f"“{word}”" in pair.reason for word in ("Bruising", "arm", "fell", "sofa"))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Sam Reed", "sam reed", True),
        ("Sam Reed", "Reed, Sam", True),
        ("Samuel Reed", "Sam Reed", True),
        ("Samuel Reed", "Sam", True),
        ("SR", "Sam Reed", True),
        ("Subject child", "Sam Reed", True),
        ("Sam Reed", "Tia Reed", False),
        ("Sam Reed", "Sam Wood", False),
        ("A", "B", False),
    ],
)
def test_one_person_is_named_in_many_ways(one: str, other: str, may: bool) -> None:
    titles = ("Date", "Event", "Source", "Person")
    given_ = [
        file(name, ("1 May 2018", FALL, "R", person), titles=titles)
        for name, person in (("GP", one), ("HV", other))
    ]
    assert bool(merged(*given_).duplicates) is may


def test_an_everyday_entry_needs_the_same_time() -> None:
    days = [f"{day} May 2018" for day in range(1, 29)]
    routine = "Home visit, child seen and well"
    alone = [file(name, *(row(day, routine) for day in days)) for name in ("HV", "GP")]
    assert merged(*alone).duplicates == ()
    at_ten = [file(n, *(row(d, routine, time="10:00") for d in days)) for n in ("HV", "GP")]
    assert len(merged(*at_ten).duplicates) == len(days)


def test_a_gap_is_never_told_longer_than_it_surely_was() -> None:
    lines = [row("March 2018", "a"), row("20 June 2018", "b"), row("?", "c")]
    (gap,) = merged(file("GP", *lines)).gaps
    assert (gap.first, gap.last, gap.days, gap.undated) == (
        date(2018, 3, 31),
        date(2018, 6, 20),
        81,
        1,
    )
    assert merge(read(file("GP", *lines)).rows, Looking(gap=81)).gaps == ()


HEARD = "GP told us of the bruise seen in February"


def test_what_one_knew_and_another_learned_late_is_a_silence() -> None:
    found = merged(
        file("GP", row("12 February 2019", "Bruise on the left cheek, not explained")),
        file("HV", row("20 February 2019", "Home visit, well"), row("14 March 2019", HEARD)),
        file("School", row("3 September 2018", "Sibling started in reception")),
    )
    (silence,) = found.silences
    assert (silence.kind, silence.silent, silence.matter) == (KNEW, "HV", "an injury")
    assert silence.reason == (
        "GP recorded an injury on 12 February 2019. HV was in touch on 20 February 2019 and first "
        "tells of it on 14 March 2019, 30 days later."
    )


@pytest.mark.parametrize(
    ("knew", "other"),
    [
        ("No bruise or other injury seen", "Home visit, well"),
        ("Bruise on the cheek", "Bruise seen at the visit, mother asked"),
        ("Weighed and measured", "Home visit, well"),
    ],
)
def test_what_is_denied_known_or_everyday_is_no_silence(knew: str, other: str) -> None:
    found = merged(
        file("GP", row("12 February 2019", knew)), file("HV", row("14 February 2019", other))
    )
    assert found.silences == ()


def test_a_row_marked_as_significant_is_looked_for_by_its_words() -> None:
    titles = ("Date", "Event", "Source", "Significance")
    lines = ("12 February 2019", "Family moved to Larch Street overnight", "R", "Yes")
    knows = file("HV", row("13 February 2019", "Told that family moved to Larch Street"))
    silent = file("HV", row("13 February 2019", "Weighed at clinic"))
    gp = file("GP", lines, titles=titles)
    assert merged(gp, knows).silences == ()
    assert [each.kind for each in merged(gp, silent).silences] == [KNEW]


def test_a_marked_row_that_only_begins_like_a_matter_is_looked_for_by_its_words() -> None:
    titles = ("Date", "Event", "Source", "Significance")
    gp = file(
        "GP", ("12 February 2019", "Broken window at Larch Street", "R", "Yes"), titles=titles
    )
    knows = file("HV", row("13 February 2019", "Window at Larch Street is broken"))
    assert matters_in("Broken window at Larch Street") == ()
    assert merged(gp, knows).silences == ()


@pytest.mark.parametrize(
    ("knew", "matter"),
    [
        ("Police called to a DV incident", "domestic abuse"),
        ("Says that he was slapped by his uncle", "violence or a weapon"),
        ("A registered sex offender stays at the flat", "sexual harm"),
        ("Mother's new partner has moved in", "a change at home"),
        ("The family was evicted", "a change at home"),
        ("Was not brought to the clinic", "neglect"),
    ],
)
def test_what_agencies_should_tell_each_other_has_many_words(knew: str, matter: str) -> None:
    found = merged(
        file("Police", row("12 February 2019", knew)),
        file("School", row("14 February 2019", "In class, happy")),
    )
    assert matter in {each.matter for each in found.silences}


def test_who_is_said_to_have_been_told_and_has_nothing() -> None:
    found = merged(
        file("Police", row("1 March 2019", "Domestic incident; Health visiting informed")),
        file("Health visiting", row("8 March 2019", "Home visit, well")),
    )
    assert [each.kind for each in found.silences] == [SAID_TOLD]


def test_expected_contacts_that_are_absent() -> None:
    lines = [row("1 January 2019", "a"), row("28 January 2019", "b"), row("28 March 2019", "c")]
    looking = Looking(expected=(Expected("hv", 28),))
    (found,) = merge(read(file("HV", *lines)).rows, looking).silences
    assert (found.kind, found.first, found.last) == (ABSENT, date(2019, 1, 28), date(2019, 3, 28))
    assert "2 expected contacts absent" in found.reason
    with pytest.raises(Invalid, match="No file is of Scool"):
        merge(read(file("School", *lines)).rows, Looking(expected=(Expected("Scool", 28),)))


def test_a_matter_is_named_only_where_it_is_not_denied() -> None:
    assert matters_in("Bruising noted; father was intoxicated") == ("an injury", "drugs or alcohol")
    assert matters_in("No sign of bruising. Denies drug use") == ()
    assert matters_in("Denied any pain. Bruise seen") == ("an injury",)


@pytest.mark.parametrize(
    ("born", "on", "told"),
    [
        ("1 May 2018", "4 May 2018", "3 days"),
        ("1 May 2018", "1 June 2018", "4 weeks"),
        ("1 May 2018", "30 April 2019", "11 months"),
        ("1 May 2012", "30 April 2019", "6 years"),
        ("2012", "30 April 2019", "6 years to 7 years"),
        ("?1 May 2012", "30 April 2019", "about 6 years"),
        ("1 May 2018", "?", ""),
        ("1 May 2018", "1 April 2018", "before birth"),
    ],
)
def test_the_age_at_an_event(born: str, on: str, told: str) -> None:
    assert age_at(UncertainDate.parse(born), UncertainDate.parse(on)) == told


def test_expected_contacts_are_counted_from_the_start_of_the_period_to_its_end() -> None:
    looking = Looking(
        expected=(Expected("Health visiting", 28), Expected("School", 28)),
        first=date(2018, 1, 1),
        last=date(2018, 12, 31),
    )
    rows = read(
        file("Health visiting", row("1 April 2018", "Seen"), row("20 April 2018", "Seen again"))
    ).rows
    found = [each for each in merge(rows, looking).silences if each.kind == ABSENT]
    assert [(each.silent, each.first, each.last) for each in found] == [
        ("Health visiting", date(2018, 1, 1), date(2018, 4, 1)),
        ("School", date(2018, 1, 1), date(2018, 12, 31)),
        ("Health visiting", date(2018, 4, 20), date(2018, 12, 31)),
    ]
    assert "3 expected contacts absent" in found[0].reason
