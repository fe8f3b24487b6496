"""The law as a partnership sees it, its checks, its own rules, its areas and its closed days."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.models import AreaLive, ClosedDay, LocalRule, Verified
from concordat.domain.base.clocks.rules import Kind
from tests.operations.clocks.examples import DAY, KNOWN, House, built, times
from tests.operations.clocks.test_terms import MONITOR, checked
from tests.pages.clocks.browsing import browser, form, page, sent
from tests.pages.people.browsing import day

HOME = "/partnership/heath"
CHECK = f"{HOME}/law/CDR-NOTIFY/1/check"


def test_every_row_is_listed_with_its_force_source_and_standing(house: House) -> None:
    answer = browser(house, "other").get(f"{HOME}/law")
    lines = [line for group in answer.context["groups"] for line in group["lines"]]
    assert len(lines) == len(rules.law().rules)
    for line in lines:
        row = line["rule"]
        assert line["standing"].words == ("Verified" if row.verified(DAY) else "Not verified")
        assert ("(not verified)" in line["force"]) is not row.verified(DAY)
    text = page(browser(house, "member"), f"{HOME}/law")
    assert "Children Act 2004 s.16C(1)" in text
    assert "Working Together 2023" in text


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("standing=verified", lambda row: row.verified(DAY)),
        ("standing=not", lambda row: not row.verified(DAY)),
        ("subject=Reviews", lambda row: True),
        ("on-day=28&on-month=3&on-year=2019", lambda row: row.in_force(KNOWN)),
    ],
)
def test_the_rules_are_filtered(house: House, query: str, holds: object) -> None:
    answer = browser(house, "other").get(f"{HOME}/law?{query}")
    shown = [line["rule"] for group in answer.context["groups"] for line in group["lines"]]
    wanted = [row for row in rules.law().rules if holds(row)]  # type: ignore[operator]
    assert shown == wanted


def test_the_law_costs_as_many_questions_with_checks_and_local_rules(house: House) -> None:
    opened = browser(house, "manager")

    def asked() -> int:
        opened.get(f"{HOME}/law")
        with CaptureQueriesContext(connection) as found:
            assert opened.get(f"{HOME}/law").status_code == 200
        return len(found)

    before = asked()
    checked(house)
    checked(house, "FOI-REPLY")
    operations.set_local_rule(house.actor("manager"), partnership=house.record, row=MONITOR)
    assert asked() == before


@pytest.mark.parametrize("row", [each for each in rules.law().rules if each.kind is Kind.CHECKLIST])
def test_a_checklist_shows_each_line_with_its_standing(row: rules.Rule) -> None:
    from concordat.web.clocks import facing

    assert facing.heading(row, verified=False) == "What we understand, not verified"
    assert facing.standing(row, DAY) is (
        facing.VERIFIED if row.verified(DAY) else facing.NOT_VERIFIED
    )


def test_a_row_that_is_not_verified_says_so_before_its_words(house: House) -> None:
    text = page(browser(house, "other"), f"{HOME}/law/CDR-NOTIFY/1")
    assert "What we understand, not verified" in text
    assert "Do not quote it as law." in text
    assert "The child death clocks (24 or 48 hours" in text
    assert "Check this row" not in text
    assert "What the rule says" in page(browser(house, "member"), f"{HOME}/law/SIN-CRIT/1")


def test_a_check_takes_two_steps_and_is_kept_with_who_and_where(house: House) -> None:
    opened = browser(house, "manager")
    assert "Step 1 of 2" in page(opened, CHECK)
    first = form(read="Guidance of October 2018", against="Paragraph 2.3")
    second = sent(opened, CHECK, first, status=200)
    text = second.content.decode()
    assert "Step 2 of 2" in text
    assert not Verified.objects.exists()
    carried = {name: second.context["form"][name].value() for name in ("read", "against", "digest")}
    assert carried["read"] == "Guidance of October 2018"
    unanswered = sent(opened, CHECK, form(**carried), status=422)
    assert "Choose whether it says the same" in unanswered.content.decode()
    sent(opened, CHECK, form(outcome="same", **carried))
    check = Verified.objects.get()
    assert (check.read, check.against, check.confirmed) == (
        "Guidance of October 2018",
        "Paragraph 2.3",
        True,
    )
    text = page(opened, f"{HOME}/law/CDR-NOTIFY/1")
    assert "Says the same" in text
    assert "What the rule says" in text


def test_a_difference_has_to_be_told_and_is_shown(house: House) -> None:
    opened = browser(house, "manager")
    digest = rules.digest(rules.rule("SIN-CRIT", on=KNOWN))
    told = {"read": "The Act", "against": "s.16C", "digest": digest, "outcome": "differs"}
    address = f"{HOME}/law/SIN-CRIT/1/check"
    answer = sent(opened, address, form(**told), status=422)
    assert "What differs is needed." in answer.content.decode()
    sent(opened, address, form(note="It says seven days.", **told))
    text = page(opened, f"{HOME}/law/SIN-CRIT/1")
    assert "found that it differs" in text
    assert "What the rule says" not in text


def test_a_row_reworded_meanwhile_is_not_checked(house: House) -> None:
    told = form(read="x", against="y", digest="0" * 64, outcome="same")
    answer = sent(browser(house, "manager"), CHECK, told, status=422)
    assert "reworded while you read it" in answer.content.decode()


def test_only_the_secretariat_checks_and_an_unknown_row_is_absent(house: House) -> None:
    page(browser(house, "member"), CHECK, status=403)
    opened = browser(house, "manager")
    page(opened, f"{HOME}/law/SIN-CRT/1", status=404)
    page(opened, f"{HOME}/law/SIN-CRIT/9", status=404)
    page(browser(built("moor", "MOOR"), "manager"), f"{HOME}/law", status=404)


LOCAL = {
    "title": "Notify within three working days",
    "duty": "Notify the Panel within three working days.",
    "who": "the council",
    "tightens": "SIN-CRIT",
    "value": "3",
    "unit": "wd",
    "source": "Executive group, 4 March 2019",
    **day("in_force_from", date(2019, 3, 4)),
}


def test_a_local_rule_is_set_and_listed(house: House) -> None:
    opened = browser(house, "manager")
    assert "No local rule is set." in page(opened, f"{HOME}/local-rules")
    sent(opened, f"{HOME}/local-rules/new", form(**LOCAL))
    kept = LocalRule.objects.get()
    assert kept.rule == "LOCAL-NOTIFY-WITHIN-THREE-WORKING-DAYS"
    text = page(opened, f"{HOME}/local-rules")
    assert "shortens SIN-CRIT" in text
    assert "Executive group, 4 March 2019" in text
    assert "Our own, shorter" in page(opened, f"{HOME}/law/SIN-CRIT/1")
    assert "What we have agreed" in page(opened, f"{HOME}/law/{kept.rule}/1")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"value": "9"}, "This does not tighten SIN-CRIT"),
        ({"unit": "mo"}, "This does not tighten SIN-CRIT"),
        ({"tightens": "", "trigger": ""}, "Enter what starts the clock"),
        ({"source": ""}, "Enter who decided this"),
    ],
)
def test_a_local_rule_that_loosens_or_says_too_little_is_refused(
    house: House, changed: dict[str, str], why: str
) -> None:
    answers = form(**{**LOCAL, **changed})
    answer = sent(browser(house, "manager"), f"{HOME}/local-rules/new", answers, status=422)
    assert why in answer.content.decode()
    assert not LocalRule.objects.exists()


def test_an_area_is_told_live_with_its_source(house: House) -> None:
    opened = browser(house, "manager")
    assert "29 September 2019 is used, the last day allowed" in page(opened, f"{HOME}/go-live")
    address = f"{HOME}/go-live/heath/safeguarding"
    answers = form(source="Published arrangements, page 2", **day("live_on", date(2019, 3, 1)))
    sent(opened, address, answers)
    assert AreaLive.objects.get().live_on == date(2019, 3, 1)
    text = page(opened, f"{HOME}/go-live")
    assert "Friday 1 March 2019" in text
    assert "Published arrangements, page 2" in text
    page(opened, f"{HOME}/go-live/nowhere/safeguarding", status=404)
    page(opened, f"{HOME}/go-live/heath/nothing", status=404)
    page(browser(house, "member"), address, status=403)


def test_a_day_is_closed_and_opened_again_and_clocks_follow(house: House) -> None:
    clock, opened = house.clock(), browser(house, "manager")
    closing = form(name="Town Hall moves", kind="closure", **day("day", date(2019, 4, 2)))
    sent(opened, f"{HOME}/closed-days/new", closing)
    clock.refresh_from_db()
    assert clock.due == date(2019, 4, 5)
    text = page(opened, f"{HOME}/closed-days")
    assert "Tuesday 2 April 2019" in text
    assert "Counted again. Due 5 April 2019" in page(opened, f"/clocks/{clock.pk}")
    held = ClosedDay.objects.get()
    sent(opened, f"{HOME}/closed-days/{held.pk}/open", form(reason="It was put off."))
    clock.refresh_from_db()
    assert clock.due == date(2019, 4, 4)
    assert times("due date moved") == 2
    page(opened, f"{HOME}/closed-days/{held.pk}/open", status=404)
    assert "It was put off." in page(opened, f"{HOME}/closed-days")


def test_a_day_that_is_closed_already_is_told_beside_its_field(house: House) -> None:
    closing = form(name="Good Friday", kind="closure", **day("day", date(2019, 4, 19)))
    address = f"{HOME}/closed-days/new"
    answer = sent(browser(house, "manager"), address, closing, status=422)
    assert "19 April 2019 is not a working day already." in answer.content.decode()
    page(browser(house, "member"), address, status=403)


def test_the_horizon_of_the_bank_holidays_is_told(house: House) -> None:
    assert queries.last_known_day(house.actor("other")) == date(2050, 12, 31)
    assert "31 December 2050" in page(browser(house, "other"), f"{HOME}/closed-days")
