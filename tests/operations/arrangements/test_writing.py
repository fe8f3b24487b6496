"""Passages written, conflicts, quotes; editions frozen; what a change does to sign-offs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.craft import pdf
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.documents.models import SignOff
from concordat.domain.base.documents.queries import bytes_of
from concordat.domain.base.records.rules import digest
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Edition, Passage, Placement
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.arrangements.drafting import WORDS, Drafting
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.seats.county import nothing_changed


def passage(section: str = "who-we-are") -> Passage:
    return Passage.objects.get(section=section)


def standing() -> int:
    return SignOff.objects.filter(voided_on=None).count()


def asked() -> int:
    return Ask.objects.filter(errand="sign", cleared_on=None).count()


def test_nothing_is_written_before_the_draft_is_begun(drafting: Drafting) -> None:
    with nothing_changed(), pytest.raises(Refused, match="Begin the draft"):
        drafting.write()
    operations.begin_draft(drafting.manager, arrangements=drafting.version)
    drafting.write()
    assert (passage().text, passage().key) == (WORDS, "first-who-we-are")
    assert verbs_on(drafting.version.record)[-2:] == ["draft begun", "passage written"]


def test_only_who_runs_the_partnership_writes(drafting: Drafting) -> None:
    drafting.begin()
    for actor in (drafting.house.health.actor, drafting.house.outsider.actor):
        with nothing_changed(), pytest.raises(Refused):
            operations.write(actor, arrangements=drafting.version, section="area", text="Ours")


def test_an_unknown_quote_is_refused_with_near_names(drafting: Drafting) -> None:
    operations.begin_draft(drafting.manager, arrangements=drafting.version)
    with nothing_changed(), pytest.raises(Invalid) as told:
        drafting.write(text="They meet [[bodies:executiv.rhythm]].")
    (fault,) = told.value.faults
    assert (fault.field, "[[bodies:executive.rhythm]]" in fault.mend) == ("text", True)


def test_a_section_that_is_not_there_and_a_text_too_long(drafting: Drafting) -> None:
    drafting.begin()
    with nothing_changed(), pytest.raises(Invalid, match="no section"):
        drafting.write(section="weather")
    with nothing_changed(), pytest.raises(Invalid, match="room for"):
        drafting.write(section="area", text="x" * (rules.LONGEST + 1))


def test_two_who_write_the_same_section_see_both_texts(drafting: Drafting) -> None:
    drafting.begin()
    seen = rules.mark_of(WORDS, True)
    drafting.write(text="Mine", seen=seen)
    with nothing_changed(), pytest.raises(Stale) as told:
        drafting.write(text="Theirs", seen=seen)
    assert (told.value.mine, told.value.theirs) == ({"text": "Theirs"}, {"text": "Mine"})
    assert told.value.by == "Mary Manager"


def test_two_who_write_different_sections_do_not_meet(drafting: Drafting) -> None:
    drafting.begin()
    drafting.write(section="area", text="One place.")
    drafting.write(section="voice", text="We listen.")
    assert Passage.objects.count() == 3


def test_a_passage_is_taken_out_by_writing_nothing(drafting: Drafting) -> None:
    drafting.begin()
    drafting.write(text="  ", seen=rules.mark_of(WORDS, True))
    assert not Passage.objects.exists()
    assert verbs_on(drafting.version.record)[-1] == "passage taken out"


@pytest.mark.long
def test_an_edition_is_the_text_and_the_pdf_made_from_exactly_that(drafting: Drafting) -> None:
    drafting.begin()
    edition = drafting.freeze()
    assert (edition.number, edition.digest) == (1, digest(edition.text))
    told = json.loads(edition.text)
    assert "They meet every 2 months." in told["sections"][0]["text"]
    again = pdf.write(queries.typeset(drafting.manager, told, mark="", digest=edition.digest))
    assert bytes_of(drafting.manager, edition.version) == again
    assert edition.version.document.about == drafting.version.record


@pytest.mark.long
def test_the_same_text_is_not_frozen_twice(drafting: Drafting) -> None:
    drafting.begin()
    drafting.freeze()
    with nothing_changed(), pytest.raises(Refused, match="Nothing has changed since edition 1"):
        drafting.freeze()
    drafting.set_down("matters", "money", title="Money")
    assert drafting.freeze().number == 2
    assert list(drafting.document.versions.values_list("number", flat=True)) == [1, 2]


def test_a_quote_whose_row_is_gone_stops_an_edition(drafting: Drafting) -> None:
    drafting.begin()
    values = {"arrangements": drafting.version, "section": "who-we-are"}
    gone = "They meet [[bodies:gone.rhythm]]."
    drafting.set_down("passages", "first-who-we-are", **values, text=gone)
    with pytest.raises(Invalid, match="cannot be quoted any more"):
        drafting.freeze()
    assert not Edition.objects.exists()


def test_a_passage_after_two_sign_offs_voids_them(offered: Drafting) -> None:
    offered.sign(0, 1)
    assert queries.standing_sign_offs(offered.manager, offered.now) == 2
    offered.write(section="area", text="One place.")
    assert (standing(), asked(), offered.now.state) == (0, 0, "draft")
    assert verbs_on(offered.version.record)[-2:] == ["passage written", "sent back to draft"]


@pytest.mark.long
def test_a_new_edition_after_two_sign_offs_voids_them(offered: Drafting) -> None:
    offered.sign(0, 1)
    offered.set_down("matters", "money", title="Money")
    offered.freeze()
    assert (standing(), asked(), offered.now.state) == (0, 0, "draft")


def test_an_item_is_placed_in_a_further_section(drafting: Drafting) -> None:
    drafting.begin()
    put: dict[str, Any] = {"arrangements": drafting.version}
    put |= {"item": "ARR-P12", "section": "voice"}
    with nothing_changed(), pytest.raises(Invalid, match="why only partly"):
        operations.place(drafting.manager, **put, extent=rules.Extent.PARTLY)
    with nothing_changed(), pytest.raises(Invalid, match="no item"):
        operations.place(drafting.manager, **{**put, "item": "ARR-P99"}, extent=rules.Extent.FULLY)
    placed = operations.place(
        drafting.manager, **put, extent=rules.Extent.PARTLY, remark="Only for older children"
    )
    operations.take_away(drafting.manager, arrangements=drafting.version, placement=placed.pk)
    assert not Placement.objects.exists()
    assert verbs_on(drafting.version.record)[-2:] == ["item placed", "placement taken away"]


def words_on(drafting: Drafting, day: date, section: str = "who-we-are") -> str:
    return queries.assembled(drafting.manager, drafting.now, day).part(section).filled


def on(actor: Actor, day: date) -> Actor:
    return replace(actor, on=day)


@pytest.mark.long
def test_a_text_of_a_past_day_holds_what_was_written_by_then(drafting: Drafting) -> None:
    drafting.begin()
    first = "The partners decide together. They meet every 2 months."
    later = on(drafting.manager, DAY + timedelta(days=3))
    seen = rules.mark_of(WORDS, True)
    written: dict[str, Any] = {"arrangements": drafting.version, "section": "who-we-are"}
    operations.write(later, **written, text="They decide alone.", seen=seen)
    assert words_on(drafting, DAY - timedelta(days=1)) == ""
    assert words_on(drafting, DAY + timedelta(days=2)) == first
    assert words_on(drafting, DAY + timedelta(days=3)) == "They decide alone."


def test_a_passage_that_is_taken_out_stands_until_that_day(drafting: Drafting) -> None:
    drafting.begin()
    later = on(drafting.manager, DAY + timedelta(days=3))
    written: dict[str, Any] = {"arrangements": drafting.version, "section": "who-we-are"}
    operations.write(later, **written, text="", seen=rules.mark_of(WORDS, True))
    assert words_on(drafting, DAY) != ""
    assert words_on(drafting, later.on) == ""
    said = queries.wordings(drafting.manager, drafting.now).filter(section="who-we-are")
    assert [(each.written_on, bool(each.text), each.done) for each in said] == [
        (later.on, False, False),
        (DAY, True, True),
    ]
    assert {each.written_by for each in said} == {drafting.manager.signature}


def test_two_wordings_of_one_day_are_both_kept_and_the_last_holds(drafting: Drafting) -> None:
    drafting.begin()
    drafting.write(text="They decide alone.", seen=rules.mark_of(WORDS, True))
    assert words_on(drafting, DAY) == "They decide alone."
    said = queries.wordings(drafting.manager, drafting.now).values_list("text", flat=True)
    assert list(said) == ["They decide alone.", WORDS]


def test_the_next_version_begins_with_the_words_on_its_own_day(published: Drafting) -> None:
    later = on(published.manager, DAY + timedelta(days=30))
    made = operations.follow(later, arrangements=published.version, title="The next")
    held = queries.assembled(later, made, later.on).part("who-we-are")
    assert held.filled
    assert held.written
    assert not held.written.done
    assert queries.assembled(later, made, DAY).part("who-we-are").filled == ""


@pytest.mark.parametrize(
    ("stated", "known"),
    [("", True), ("2019-03-29", True), ("2019-04-02", False)],
    ids=["without a day on every day", "by its day", "not before its day"],
)
def test_the_first_words_from_a_file_have_the_day_it_states(
    drafting: Drafting, stated: str, known: bool
) -> None:
    values = {"arrangements": drafting.version, "section": "area", "stated_text": stated}
    drafting.set_down("passages", "first-area", **values, text="One place.")
    assert (words_on(drafting, DAY, "area") == "One place.") is known
    assert words_on(drafting, date(2019, 4, 2), "area") == "One place."


def test_words_from_a_file_after_two_sign_offs_void_them(offered: Drafting) -> None:
    offered.sign(0, 1)
    values = {"arrangements": offered.version, "section": "area"}
    offered.set_down("passages", "first-area", **values, text="One place.")
    assert (standing(), asked(), offered.now.state) == (0, 0, "draft")
    why = "A file that was loaded writes Area and footprints anew"
    assert set(SignOff.objects.values_list("void_reason", flat=True)) == {why}


def test_a_file_that_sets_a_version_back_voids_what_was_signed_of_it(offered: Drafting) -> None:
    offered.sign(0, 1)
    offered.set_down("arrangements", "first", title="The Arrangements", state="draft")
    operations.take_up_wordings(LOADER, partnership=offered.house.here, moved={"first"})
    assert (standing(), asked()) == (0, 0)


def test_the_same_words_from_a_file_void_nothing(offered: Drafting) -> None:
    offered.sign(0, 1)
    with nothing_changed():
        assert operations.take_up_wordings(LOADER, partnership=offered.house.here) == []
    assert standing() == 2
