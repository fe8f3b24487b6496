"""Finding a record by words, the same on both databases, and only what may be seen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import RecordKind, search_terms
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.records.conftest import DAY, Cast, nothing_changed

# A title, and what it is found by.
FOUND = {
    "Thresholds differ in the boroughs": (
        "threshold",
        "Thresholds",
        "differ boroughs",
        "boroughs differ",
        "the thresholds",
        "thresh",
        "THRESHOLDS!",
    ),
    "Zoë O’Brien-Smith": ("zoe", "Zoë", "O'Brien", "obrien", "o’brien smith", "OBrien-Smith"),
    "Mail to a.person@example.org": ("example.org", "a.person@example.org", "person"),
    "Paper 0042/19 (v2.1)": ("0042", "0042/19", "v2.1", "paper 19"),
    "Children's plan": ("child", "children", "childrens", "Children’s plan"),
    "Minutes of meetings": ("mins", "meeting", "meetings"),
}
MISSED = {
    "Thresholds differ in the boroughs": ("thresholds agree", "orough", "x"),
    "Zoë O’Brien-Smith": ("Jones",),
}


def test_every_way_of_typing_finds_what_it_means(cast: Cast) -> None:
    for title in FOUND:
        cast.risk(title)
    wrong = [
        (typed, title)
        for title, ways in FOUND.items()
        for typed in ways
        if title not in [each.title for each in queries.search(cast.member, typed)]
    ]
    assert wrong == []


def test_every_word_must_be_there(cast: Cast) -> None:
    for title in MISSED:
        cast.risk(title)
    for title, ways in MISSED.items():
        for typed in ways:
            assert title not in [each.title for each in queries.search(cast.member, typed)], typed


words = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc"]),
    min_size=1,
    max_size=60,
)


@pytest.mark.long
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words)
def test_a_record_is_found_by_its_own_title(cast: Cast, title: str) -> None:
    if not title.strip():
        return
    risk = cast.risk(title)
    assert (risk in queries.search(cast.member, title)) is bool(search_terms(title))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "\x00",
        "board\x00",
        '"',
        "' OR 1=1 --",
        "NEAR(a b)",
        "a AND",
        "NOT",
        "board | !x & <->",
        "*",
        "col:board",
        "%_",
        "x" * 200_000,
        "word " * 50_000,
        "😀 board",
        "𝓐",
    ],
    ids=lambda typed: ascii(typed[:12]),
)
def test_whatever_is_typed_is_answered(cast: Cast, typed: str) -> None:
    with nothing_changed():
        assert isinstance(list(queries.search(cast.member, typed)), list)


def test_what_may_not_be_seen_is_not_found(cast: Cast) -> None:
    open_ = cast.risk("Heron open")
    heron = cast.restricted("Heron case")
    cast.risk("Heron sealed", sensitivity=Sensitivity.SEALED)
    public = cast.risk("Heron public", sensitivity=Sensitivity.PUBLIC)
    assert set(queries.search(cast.chair, "heron")) == {open_, heron, public}
    assert set(queries.search(cast.member, "heron")) == {open_, public}
    assert set(queries.search(cast.outsider, "heron")) == {public}
    assert not queries.search(cast.member, heron.reference)
    assert list(queries.search(cast.chair, heron.reference)) == [heron]


def test_a_reference_is_found_in_any_case(cast: Cast) -> None:
    risk = cast.risk()
    for typed in (risk.reference, f"  {risk.reference.lower()} "):
        assert list(queries.search(cast.member, typed)) == [risk]


def test_words_that_were_changed_or_taken_away_are_not_found(cast: Cast) -> None:
    risk = cast.risk("Before", words="old")
    operations.rename(cast.manager, record=risk.pk, title="After")

    @operations.operation
    def note(actor: object, *, record: Record, words: str) -> None:
        operations.index(cast.manager, record=record, words=words)
        operations.no_event("only the words were set")

    note(cast.manager, record=Record.objects.get(pk=risk.pk), words="new")
    found = {typed: bool(queries.search(cast.member, typed)) for typed in ("before", "old")}
    assert found == {"before": False, "old": False}
    assert list(queries.search(cast.member, "after new")) == [risk]


@pytest.mark.long
def test_a_very_long_text_is_taken(cast: Cast) -> None:
    words = " ".join(f"lexeme{n}" for n in range(200_000))
    risk = cast.risk("Long", words=words)
    assert list(queries.search(cast.member, "lexeme17")) == [risk]


def test_newest_first(cast: Cast) -> None:
    old = cast.risk("Heron one")
    new = operations.open_record(
        cast.manager,
        kind=RecordKind.RISK,
        title="Heron two",
        partnership=cast.here,
        opened=DAY.replace(day=30),
    )
    assert list(queries.search(cast.member, "heron")) == [new, old]


def test_best_fit_first_on_request(cast: Cast) -> None:
    fits = cast.risk("The heron")
    other = operations.open_record(
        cast.manager,
        kind=RecordKind.RISK,
        title="A long title that says heron once among many other words",
        partnership=cast.here,
        opened=DAY.replace(day=30),
    )
    assert list(queries.search(cast.member, "heron")) == [other, fits]
    assert list(queries.search(cast.member, "heron", ranked=True)) == [fits, other]
    assert list(queries.search(cast.outsider, "heron", ranked=True)) == []
