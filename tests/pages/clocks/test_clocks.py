"""The board, the page of a clock, and what is done there."""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID

import pytest

from concordat.domain.base.clocks import operations, queries
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import Stage
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.clocks.examples import DAY, KNOWN, House, built, times
from tests.pages.clocks.browsing import browser, form, page, sent
from tests.pages.people.browsing import day

TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


def at(clock: Clock, what: str = "") -> str:
    return f"/clocks/{clock.pk}{what}"


def test_the_board_says_which_clock_breaks_next_and_what_is_late(house: House) -> None:
    house.clock()
    late = house.clock(rule="CDR-NOTIFY", on=date(2019, 3, 1), part="Kestrel")
    house.clock(on=None, part="somebody")
    text = page(browser(house, "other"), "/clocks")
    assert "1 clock is late. Next: Notify the Panel of a serious incident" in text
    assert "4 working days left" in text
    assert "Start date needed to work this out" in text
    assert "the council heard of the incident, 28 March 2019" in text
    assert text.index(str(late.pk)) < text.index("Start date needed to work this out")
    assert "national guidance (not verified)" in text.lower()


def test_an_empty_board_says_what_would_stand_there(house: House) -> None:
    text = page(browser(house, "other"), "/clocks")
    assert "No clock is running. Clocks start with the events that the rules name" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("subject=Serious+incidents+and+rapid+reviews", {"SIN-CRIT"}),
        ("subject=Local+rules", set()),
        ("state=met", {"FOI-REPLY"}),
        ("state=met&state=overdue", {"FOI-REPLY", "CDR-NOTIFY"}),
        ("subject=nonsense&state=nonsense", {"SIN-CRIT", "FOI-REPLY", "CDR-NOTIFY"}),
        ("", {"SIN-CRIT", "FOI-REPLY", "CDR-NOTIFY"}),
    ],
)
def test_the_board_is_filtered_by_its_address(house: House, query: str, shown: set[str]) -> None:
    house.clock()
    met = house.clock(rule="FOI-REPLY", on=KNOWN, holder=house.seats["other"])
    operations.meet(house.actor("manager"), clock=met, on=DAY, proof="Reply")
    house.clock(rule="CDR-NOTIFY", on=date(2019, 3, 1))
    opened = browser(house, "member")
    answer = opened.get(f"/clocks?{query}")
    assert {line["clock"].rule for line in answer.context["lines"]} == shown


def test_the_board_is_filtered_by_the_seat_that_holds(house: House) -> None:
    house.clock()
    house.clock(rule="FOI-REPLY", on=KNOWN, holder=house.seats["other"])
    seat = house.seats["other"].pk
    answer = browser(house, "member").get(f"/clocks?holder={seat}")
    assert [line["clock"].rule for line in answer.context["lines"]] == ["FOI-REPLY"]


def test_the_trend_counts_by_month_and_never_a_pause_as_on_time(house: House) -> None:
    manager = house.actor("manager")
    for part, met_on in (("a", date(2019, 3, 5)), ("b", date(2019, 3, 12))):
        clock = house.clock(on=date(2019, 3, 1), part=part)
        operations.meet(manager, clock=clock, on=met_on, proof="Receipt")
    house.clock(on=date(2019, 3, 1), part="c")
    paused = house.clock(rule="CDRM-TARGET", on=date(2018, 12, 10))
    operations.pause(manager, clock=paused, ground="inquest")
    months = queries.trend(manager, now=DAY)
    assert [month.begins for month in (months[0], months[-1])] == [
        date(2018, 4, 1),
        date(2019, 3, 1),
    ]
    last = months[-1]
    assert (last.met, last.late, last.missed, last.paused) == (1, 1, 1, 1)
    assert not any(month.met or month.missed for month in months[:-1])
    board = page(browser(house, "manager"), "/clocks")
    assert "4 clocks were due: 1 was met in time." in board
    assert "March 2019" in board
    assert "April 2018" not in board, "a month without any clock is no row"


def test_the_page_of_a_clock_tells_its_sum_its_rule_and_its_log(house: House) -> None:
    clock = house.clock()
    operations.restart(
        house.actor("manager"), clock=clock, on=date(2019, 3, 27), reason="Told at the desk."
    )
    text = page(browser(house, "manager"), at(clock))
    assert "5 working days after Wednesday 27 March 2019 is Wednesday 3 April 2019" in text
    assert "What the rule says" in text
    assert "The time limit itself: Working Together, an expectation" in text
    assert "Start date changed to 27 March 2019. Due 3 April 2019" in text
    assert "Told at the desk." in text
    assert "Started: the council heard of the incident. Due 4 April 2019" in text
    assert "Nothing has stopped it yet" in text


def test_what_is_not_verified_is_not_worded_as_law(house: House) -> None:
    clock = house.clock(rule="CDR-NOTIFY", on=KNOWN)
    text = page(browser(house, "manager"), at(clock))
    assert "What we understand, not verified" in text
    assert "What the rule says" not in text
    assert "Do not quote it as law." in text


def test_a_row_that_was_reworded_is_told_beside_the_clock(house: House) -> None:
    from tests.walls import behind_the_wall

    clock = house.clock()
    assert "was reworded" not in page(browser(house, "other"), at(clock))
    with behind_the_wall():
        older = clock.rule_text.replace("Notify the Panel where", "Tell the Panel where")
        Clock.objects.filter(pk=clock.pk).update(rule_text=older)
    facts = queries.clock_facts(house.actor("manager"), clock, now=DAY)
    assert facts.reworded


def test_only_what_one_may_do_is_offered(house: House) -> None:
    clock = house.clock()
    acts = ("/start-date", "/proof", "/delay", "/holder", "/not-applicable", "/pause")
    texts = {name: page(browser(house, name), at(clock)) for name in ("manager", "member", "other")}
    offered = {
        name: {what for what in acts if f'href="{at(clock, what)}"' in text}
        for name, text in texts.items()
    }
    assert offered == {
        "manager": {"/start-date", "/proof", "/delay", "/holder", "/not-applicable"},
        "member": {"/proof", "/delay"},
        "other": set(),
    }


def test_the_holder_gives_the_proof_once_however_often_the_form_is_sent(house: House) -> None:
    clock, opened = house.clock(), browser(house, "member")
    assert "A clock stops only with what proves" in page(opened, at(clock, "/proof"))
    answers = form(proof="Receipt 12", proof_record="", **day("on", DAY))
    sent(opened, at(clock, "/proof"), answers)
    sent(opened, at(clock, "/proof"), answers, status=403)
    assert times("clock met") == 1
    text = page(opened, at(clock))
    assert "Receipt 12" in text
    assert "Given by" in text


def test_no_proof_and_an_unknown_record_are_told_beside_the_field(house: House) -> None:
    clock, opened = house.clock(), browser(house, "member")
    empty = sent(opened, at(clock, "/proof"), form(**day("on", DAY)), status=422)
    assert "Enter what proves it" in empty.content.decode()
    lost = form(proof="See", proof_record="HEATH-D-0099", **day("on", DAY))
    answer = sent(opened, at(clock, "/proof"), lost, status=422)
    assert "There is no record HEATH-D-0099." in answer.content.decode()
    wrong = form(proof="See", time="25:10", **day("on", DAY))
    answer = sent(opened, at(clock, "/proof"), wrong, status=422)
    assert "Write the time of day like 16:10" in answer.content.decode()
    clock.refresh_from_db()
    assert clock.stage == Stage.RUNNING


def test_a_time_of_day_reaches_the_clock(house: House) -> None:
    clock = house.clock(rule="RHI-OFFER", on=datetime.fromisoformat("2019-03-28T16:10"))
    answers = form(proof="Note", time="09:30", **day("on", DAY))
    sent(browser(house, "member"), at(clock, "/proof"), answers)
    clock.refresh_from_db()
    assert clock.met_at is not None
    assert clock.met_at.isoformat() == "2019-03-29T09:30:00+00:00"


def test_a_changed_start_needs_its_reason_and_a_conflict_shows_both_texts(house: House) -> None:
    clock, opened = house.clock(), browser(house, "manager")
    answers = {"started_by": "The duty desk was told", **day("on", date(2019, 3, 27))}
    answer = sent(opened, at(clock, "/start-date"), form(**answers), status=422)
    assert "Enter the reason" in answer.content.decode()
    clock.record.refresh_from_db()
    seen = clock.record.version
    operations.explain(house.actor("manager"), clock=clock, reason="Somebody else was here.")
    stale = form(reason="A note was found.", seen_version=seen, **answers)
    answer = sent(opened, at(clock, "/start-date"), stale, status=409)
    assert "27 March 2019" in answer.content.decode()
    assert "28 March 2019" in answer.content.decode()
    again = form(reason="A note was found.", seen_version=seen + 1, **answers)
    sent(opened, at(clock, "/start-date"), again)
    clock.refresh_from_db()
    assert (clock.due, clock.started_by) == (date(2019, 4, 3), "The duty desk was told")


def test_a_missing_start_is_given_without_a_reason(house: House) -> None:
    clock, opened = house.clock(on=None), browser(house, "manager")
    assert "Why does the start date change?" not in page(opened, at(clock, "/start-date"))
    answers = form(started_by="The council heard", **day("on", KNOWN))
    sent(opened, at(clock, "/start-date"), answers)
    clock.refresh_from_db()
    assert clock.stage == Stage.RUNNING


def test_a_delay_is_explained_and_shown_with_who_was_told(house: House) -> None:
    clock, opened = house.clock(), browser(house, "member")
    told = form(reason="The trial began.", told="The Panel, by letter")
    sent(opened, at(clock, "/delay"), told | day("expected_on", date(2019, 6, 1)))
    text = page(opened, at(clock))
    assert "The trial began." in text
    assert "told: The Panel, by letter" in text
    assert "expected by 1 June 2019" in text


def test_a_clock_is_paused_resumed_ruled_out_and_taken_back(house: House) -> None:
    clock, opened = house.clock(rule="CDRM-TARGET", on=KNOWN), browser(house, "manager")
    sent(opened, at(clock, "/pause"), form(ground="holidays"), status=422)
    sent(opened, at(clock, "/pause"), form(ground="inquest", words="Opened"))
    assert "Paused: inquest" in page(opened, at(clock))
    sent(opened, at(clock, "/resume"), form())
    sent(opened, at(clock, "/not-applicable"), form(reason="Another area."))
    assert "It does not apply: Another area." in page(opened, at(clock))
    sent(opened, at(clock, "/reopen"), form(reason="It is ours."))
    clock.refresh_from_db()
    assert clock.stage == Stage.START_NEEDED


def test_a_statutory_clock_offers_no_pause(house: House) -> None:
    clock = house.clock()
    text = page(browser(house, "manager"), at(clock, "/pause"), status=403)
    assert "explain the delay instead" in text


def test_a_clock_is_given_to_another_seat(house: House) -> None:
    clock, other = house.clock(), house.seats["other"]
    sent(
        browser(house, "manager"), at(clock, "/holder"), form(holder=str(other.pk), reason="Leave.")
    )
    clock.refresh_from_db()
    assert clock.holder == other


def test_a_clock_is_started_by_hand_on_a_record(house: House) -> None:
    opened = browser(house, "manager")
    address = f"/clocks/start/{house.review.reference}"
    assert "Notify the Panel of a serious incident (SIN-CRIT)" in page(opened, address)
    seat = str(house.seats["member"].pk)
    answers = form(rule="SIN-CRIT", started_by="A call", holder=seat, **day("on", KNOWN))
    answer = sent(opened, address, answers)
    clock = Clock.objects.get()
    assert answer["Location"] == at(clock)
    assert clock.due == date(2019, 4, 4)
    again = form(rule="RR-DO", started_by="A call", holder=seat, **day("on", KNOWN))
    refused = sent(opened, address, again, status=422)
    assert "still with its old board" in refused.content.decode()
    sent(browser(house, "member"), address, form(), status=403)


def test_what_one_may_not_open_is_absent_or_refused(house: House) -> None:
    hidden = house.incident(title="Wren", sensitivity=Sensitivity.RESTRICTED)
    clock = house.clock(record=hidden)
    elsewhere = built("moor", "MOOR")
    member = browser(house, "other")
    assert str(clock.pk) not in page(member, "/clocks")
    assert "You do not have access" in page(member, at(clock), status=403)
    stranger = browser(elsewhere, "manager")
    hidden_page = page(stranger, at(clock), status=404)
    absent_page = page(stranger, f"/clocks/{UUID(int=0)}", status=404)
    assert TOKEN.sub("", hidden_page) == TOKEN.sub("", absent_page)
    for what in ("/proof", "/start-date", "/delay", "/holder"):
        page(member, at(clock, what), status=403)


def test_my_work_reads_at_most_five_clocks_that_name_the_actor(house: House) -> None:
    for number in range(7):
        house.clock(part=f"child {number}")
    house.clock(part="not mine", holder=house.seats["other"])
    mine = queries.clocks_naming(house.actor("member"), now=DAY)
    assert len(mine) == 5
    assert {row.clock.holder for row in mine} == {house.seats["member"]}
    assert queries.clocks_naming(house.actor("manager"), now=DAY) == []
