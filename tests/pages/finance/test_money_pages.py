"""Money as people find, build, give, share, draw, dispute and bring it back."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.models import (
    Budget,
    Comparator,
    Contribution,
    Cost,
    Formula,
    FundingDispute,
    Total,
)
from concordat.domain.governance.finance.rules import Stage
from concordat.domain.governance.finance.rules.demand import Demand
from concordat.domain.governance.finance.rules.disputes import State
from concordat.domain.governance.risks import operations as risks
from tests.operations.finance.purse import ISSUE, Purse
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.documents.test_documents_pages import read, told
from tests.pages.people.browsing import client, day, form
from tests.pages.signed_in import as_

LIST = "/partnership/here/money"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def at(purse: Purse, tail: str = "") -> str:
    return f"/budgets/{purse.budget.record.reference}{tail}"


def gift(purse: Purse, tail: str = "") -> str:
    return f"/contributions/{purse.council.record.reference}{tail}"


def seen(purse: Purse) -> int:
    return purse.now().record.version


# --- the list and who gets what


def test_the_list_says_how_each_year_stands(purse: Purse) -> None:
    page = read(as_(purse.room.house.member), LIST)
    assert "Budget 2019/20: The year is short of £75,000" in page
    assert "Nothing is on record of what others pay." in page
    assert "Open a budget" not in page
    assert "Open a budget" in read(as_(purse.room.house.manager), LIST)


def test_who_gets_what(purse: Purse) -> None:
    member, outsider = as_(purse.room.house.member), as_(purse.room.house.outsider)
    assert client().get(at(purse)).status_code == 302
    for page in (LIST, at(purse), gift(purse)):
        told(outsider.get(page), 404)
        read(member, page)
    for tail in (
        *("/change", "/agree", "/move/close", "/costs/new", f"/costs/{purse.cost.key}", "/total"),
        *("/contributions/new", "/formulas/new/equal", "/reviews/figures", "/reviews/put-in"),
        *("/disagreements/new", "/workbook"),
    ):
        told(member.get(at(purse, tail)), 403)
        told(member.post(at(purse, tail), form()), 403)
        told(outsider.get(at(purse, tail)), 404)
    for tail in ("/change", "/agree", "/decision", "/money/receive", "/pledge"):
        told(member.get(gift(purse, tail)), 403)
        told(outsider.get(gift(purse, tail)), 404)
    manager = as_(purse.room.house.manager)
    for missing in ("/move/sell", "/formulas/new/lottery", "/put-in/costs/none", "/put-in/x/y"):
        told(manager.get(at(purse, missing)), 404)
    told(manager.get(gift(purse, "/money/burn")), 404)


# --- building a budget


def test_a_budget_is_opened(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    assert "2018/19" in read(browser, f"{LIST}/open")
    wrong = form(year="2019/20", reserve="12.345")
    page = told(browser.post(f"{LIST}/open", wrong), 422)
    assert "parts of a penny" in page
    page = told(browser.post(f"{LIST}/open", form(year="2019/20")), 422)
    assert "Budget 2019/20 is there already." in page
    answers = form(year="2020/21", reserve="£1,000", inherits=purse.budget.key, matter="money")
    told(browser.post(f"{LIST}/open", answers), 302)
    row = Budget.objects.get(year="2020/21")
    assert (row.reserve, row.inherits, row.matter is not None) == (1_000_00, purse.budget, True)
    page = read(browser, f"/budgets/{row.record.reference}")
    assert "It takes over from" in page
    assert "Nobody is asked for anything yet." in page


def test_the_page_of_a_year_flags_what_does_not_fit(purse: Purse) -> None:
    operations.state_total(LOADER, budget=purse.now(), of="All costs", amount=125_000_00)
    operations.agree(LOADER, contribution=purse.given(), amount=40_000_00, on=DAY)
    operations.change_cost(
        LOADER, cost=purse.line(), facts={"spent": 130_000_00, "full_cost": 90_000_00}
    )
    page = read(as_(purse.room.house.member), at(purse))
    for words in (
        "1 contribution agreed with no decision on record.",
        "1 cost over budget with no decision on it.",
        "1 stated total that the rows do not add up to.",
        "It states £5,000 more than the rows, which add up to £120,000. Neither is changed.",
        "Worked out it is £90,000, £30,000 less.",
        "£10,000 over, and no decision on it.",
        "£40,000 is agreed and not yet received.",
        "The matter is “Contributions”",
        "The delegated partners between themselves".lower(),
    ):
        assert words.replace("’", "’") in page, words


def test_a_cost_is_added_changed_and_a_conflict_shown(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    read(browser, at(purse, "/costs/new"))
    page = told(browser.post(at(purse, "/costs/new"), form(title="", level="recurrent")), 422)
    assert "what is paid for" in page
    answers = form(title="Analyst", level="recurrent", full_cost="50,000", share="120")
    page = told(browser.post(at(purse, "/costs/new"), answers), 422)
    assert "120 percent of a post cannot be paid" in page
    told(browser.post(at(purse, "/costs/new"), answers | {"share": "40", **form()}), 302)
    assert Cost.objects.get(title="Analyst").line.budgeted == 20_000_00
    address = at(purse, f"/costs/{purse.cost.key}")
    read(browser, address)
    was = purse.line().fingerprint
    operations.change_cost(LOADER, cost=purse.line(), facts={"amount": 5_00})
    answers = form(title="Scrutineer", level="recurrent", amount="7", heading="Personnel",
                   seen_version=was)  # fmt: skip
    page = told(browser.post(address, answers), 409)
    assert "£" in page
    assert purse.line().amount == 5_00


def test_a_budget_is_agreed_by_a_decision(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    decision = purse.decided("Budget set")
    read(browser, at(purse, "/agree"))
    answers = form(decision=decision.key, seen_version=seen(purse))
    told(browser.post(at(purse, "/agree"), answers), 302)
    assert "Budget set" in read(browser, at(purse))
    page = told(browser.post(at(purse, "/move/close"), form(seen_version=seen(purse))), 422)
    assert "runs until 31 March 2020" in page
    answers = form(reason="A partner fell out", seen_version=seen(purse))
    told(browser.post(at(purse, "/move/redraft"), answers), 302)
    assert "No decision yet" in read(browser, at(purse))


def test_totals_and_comparators_say_who_says_so(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    answers = form(of="All costs", amount="125000", source="The paper")
    told(browser.post(at(purse, "/total"), answers), 302)
    assert Total.objects.get().source == "The paper"
    page = told(browser.post(f"{LIST}/elsewhere", form(title="x", average="1", source="")), 422)
    assert "who says so" in page
    answers = form(title="A local review", average="8000", highest="15000", source="The paper",
                   per="case", found_in="nationally", year="2018/19")  # fmt: skip
    told(browser.post(f"{LIST}/elsewhere", answers), 302)
    assert Comparator.objects.get().highest == 15_000_00
    page = read(browser, LIST)
    for words in ("£8,000", "£15,000", "For each case, nationally, 2018/19", "The paper"):
        assert words in page


# --- giving


def test_a_contribution_from_asked_to_received(purse: Purse) -> None:
    council, manager = as_(purse.room.house.council), as_(purse.room.house.manager)
    page = read(council, gift(purse))
    assert "Record a pledge" in page
    assert "Record what is agreed" not in page
    version = purse.given().record.version
    answers = form(amount="42000", seen_version=version)
    told(council.post(gift(purse, "/pledge"), answers), 302)
    told(manager.post(gift(purse, "/pledge"), form(amount="1", seen_version=version)), 409)
    answers = form(amount="40000.50", **day("on", DAY))
    told(manager.post(gift(purse, "/agree"), answers | _seen(purse)), 302)
    page = read(manager, gift(purse))
    assert "No decision on record" in page
    decision = purse.decided()
    told(manager.post(gift(purse, "/decision"), form(decision=decision.key) | _seen(purse)), 302)
    assert "Contribution approved" in read(council, gift(purse))
    for verb, amount in (("invoice", "40000.50"), ("receive", "15000")):
        answers = form(amount=amount, **day("on", DAY)) | _seen(purse)
        told(manager.post(gift(purse, f"/money/{verb}"), answers), 302)
    row = purse.given()
    assert (row.stage, row.agreed, row.received) == (Stage.RECEIVED, 40_000_50, 15_000_00)
    assert "£25,000.50 is agreed and not yet received." in read(council, gift(purse))
    answers = form(amount="30000", **day("on", DAY)) | _seen(purse)
    assert "too much" in told(manager.post(gift(purse, "/money/receive"), answers), 422)


def _seen(purse: Purse) -> dict[str, int]:
    return {"seen_version": purse.given().record.version}


def test_an_agency_declines_and_is_asked_again(purse: Purse) -> None:
    council, manager = as_(purse.room.house.council), as_(purse.room.house.manager)
    address = f"/contributions/{purse.council.record.reference}"
    assert "Decline to give" in read(council, address)
    answers = form(reason="", seen_version=purse.given().record.version)
    assert "There is a problem" in told(council.post(f"{address}/decline", answers), 422)
    answers = form(reason="The grant ended", seen_version=purse.given().record.version)
    told(council.post(f"{address}/decline", answers), 302)
    page = read(council, address)
    assert "The grant ended" in page
    assert "£45,000 was asked for. Nothing of it is expected." in page
    assert "Decline to give" not in page
    assert "Declined" in read(manager, at(purse))
    answers = form(amount="30000", seen_version=purse.given().record.version)
    told(council.post(f"{address}/ask-again", answers), 403)
    told(manager.post(f"{address}/ask-again", answers), 302)
    answers = form(reason="Asked twice", seen_version=purse.given().record.version)
    told(manager.post(f"{address}/withdraw", answers), 302)
    assert "Asked twice" in read(manager, address)


def test_a_formula_is_changed_from_what_it_says(purse: Purse) -> None:
    manager = as_(purse.room.house.manager)
    formula = purse.flat()
    address = at(purse, f"/formulas/{formula.key}/change")
    page = read(manager, address)
    assert 'value="5000.00"' in page or 'value="5000"' in page
    police = purse.agency("police").key
    answers = form(**{f"of_{police}": "6000"}, seen_version=purse.now().record.version)
    told(manager.post(address, answers), 302)
    assert "£6,000" in read(manager, at(purse, "/formulas"))
    told(manager.post(address, answers | form()), 409)


def test_who_could_authorise_stands_on_the_page(purse: Purse) -> None:
    browser = as_(purse.room.house.member)
    page = read(browser, gift(purse))
    assert "Who could authorise it" in page
    for shown in (page, read(browser, at(purse))):
        assert "Meg Member" in shown.partition("<main")[0], "The frame says who is looking."
    assert "As the arrangements answer on 29 March 2019." in page


def test_a_budget_shows_the_risks_that_are_tied_to_it(purse: Purse) -> None:
    register = risks.open_register(
        LOADER,
        partnership=purse.here,
        title="Register",
        likelihoods=["LOW", "HIGH"],
        impacts=["LOW", "HIGH"],
    )
    risk = risks.add(
        LOADER,
        register=register,
        title="The money does not suffice",
        reason="No partner has agreed",
        current=("LOW", "HIGH"),
    )
    browser = as_(purse.room.house.member)
    assert "The money does not suffice" not in read(browser, at(purse))
    risks.tie(LOADER, risk=risk, record=purse.budget.record)
    assert f"/risks/{risk.record.reference}" in read(browser, at(purse))


def test_income_is_asked_for(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    read(browser, at(purse, "/contributions/new"))
    page = told(browser.post(at(purse, "/contributions/new"), form()), 422)
    assert "Say who gives, or what the income is." in page
    answers = form(fund="Grant", amount="47300", conditions="Spent by March", report_due="2020-05")
    told(browser.post(at(purse, "/contributions/new"), answers), 302)
    row = Contribution.objects.get(fund="Grant")
    page = read(browser, f"/contributions/{row.record.reference}")
    assert "Spent by March" in page
    assert "by May 2020" in page
    answers = form(fund="Grant", amount="47300", in_kind="Rooms", in_kind_value="500",
                   seen_version=row.record.version)  # fmt: skip
    told(browser.post(f"/contributions/{row.record.reference}/change", answers), 302)
    assert "In kind: Rooms, worth £500." in read(browser, f"/contributions/{row.record.reference}")


# --- formulas and reviews


def test_formulas_are_set_down_compared_and_chosen(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    assert "No formula is set down yet" in read(browser, at(purse, "/formulas"))
    keys = {name: purse.agency(name).key for name in ("council", "health", "police")}
    read(browser, at(purse, "/formulas/new/percentage"))
    percents = {f"of_{key}": "33.3" for key in keys.values()}
    page = told(
        browser.post(at(purse, "/formulas/new/percentage"), form(title="Thirds", **percents)), 422
    )
    assert "The percentages add up to 99.9, which is 0.1 less than 100." in page
    assert page.count('value="33.3"') == 3
    equal = {f"of_{key}": "yes" for key in keys.values()}
    told(browser.post(at(purse, "/formulas/new/equal"), form(title="Thirds", **equal)), 302)
    flat = {f"of_{keys['police']}": "5000"}
    told(browser.post(at(purse, "/formulas/new/flat"), form(title="Flat police", **flat)), 302)
    cases = {f"of_{key}": str(n) for n, key in enumerate(keys.values(), 1)}
    answers = form(title="Half and half", equal_part="50", **cases)
    told(browser.post(at(purse, "/formulas/new/hybrid"), answers), 302)
    page = read(as_(purse.room.house.member), at(purse, "/formulas"))
    for words in ("£40,000", "£57,500", "£5,000", "£45,000", "<svg"):
        assert words in page
    thirds = Formula.objects.get(title="Thirds")
    address = at(purse, f"/formulas/{thirds.key}/choose")
    assert "Heath police" in read(browser, address)
    answers = form(decision=purse.decided("Thirds agreed").key, seen_version=seen(purse))
    told(browser.post(address, answers), 302)
    assert "The partners work to it" in read(browser, at(purse, "/formulas"))
    assert Contribution.objects.get(agency=purse.agency("police")).amount == 40_000_00


def test_reviews_say_how_much_is_enough(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    operations.add_comparator(
        LOADER,
        partnership=purse.here,
        title="Cost of local reviews",
        facts={"average": 8_000_00, "highest": 15_000_00, "source": "The paper"},
    )
    assert "Nobody has said yet how many" in read(browser, at(purse, "/reviews"))
    told(browser.get(at(purse, "/reviews/put-in")), 404)
    page = read(browser, at(purse, "/reviews/figures"))
    for words in ("8000.00", "15000.00", "The paper"):
        assert words in page
    figures = {"low": 3, "likely": 2, "high": 4, "usual": "8000", "most": "15000", "seed": 2019}
    page = told(browser.post(at(purse, "/reviews/figures"), form(about="x", **figures)), 422)
    assert "low, likely and high must rise" in page
    answers = form(about="The paper", **(figures | {"low": 1}))
    told(browser.post(at(purse, "/reviews/figures"), answers), 302)
    page = read(browser, at(purse, "/reviews"))
    enough = queries.drawn(LOADER, _demand(purse)).enough
    for sure, pence in enough.items():
        assert f"{sure} of 100 years" in page
        assert f"£{pence // 100:,}" in page
    told(browser.post(at(purse, "/reviews/put-in"), form(sure="80")), 302)
    assert Cost.objects.get(title="Local reviews").amount == enough[80]


def _demand(purse: Purse) -> Demand:
    row = queries.demand_of(LOADER, purse.now())
    assert row is not None
    assert row.demand is not None
    return row.demand


# --- disagreements


def disputed(purse: Purse, browser: Client, more: dict[str, str] | None = None) -> FundingDispute:
    sides = {
        "one": purse.agency("council").key,
        "one_says": "Equal thirds",
        "one_offers": "40000",
        "other": purse.agency("police").key,
        "other_says": "A flat sum",
        "other_offers": "5000",
    }
    answers = form(
        title="Thirds or flat", issue=ISSUE, needed="120000",
        standard="An agreement between the partners", **sides,
    )  # fmt: skip
    read(browser, at(purse, "/disagreements/new"))
    alone = answers | {"other": sides["one"]}
    assert "At least two agencies" in told(
        browser.post(at(purse, "/disagreements/new"), alone), 422
    )
    third = {"third": sides["other"], "third_says": "The same"}
    assert "One agency stands there twice" in told(
        browser.post(at(purse, "/disagreements/new"), answers | form() | third), 422
    )
    told(browser.post(at(purse, "/disagreements/new"), answers | form() | (more or {})), 302)
    return FundingDispute.objects.select_related("record").get()


def test_three_agencies_differ_and_each_has_a_seat_that_speaks_for_it(purse: Purse) -> None:
    manager = as_(purse.room.house.manager)
    third = {"third": purse.agency("health").key, "third_says": "By caseload"}
    row = disputed(purse, manager, third)
    assert row.claims.count() == len(("council", "health", "police"))
    body = purse.room.body.record.reference
    page = read(manager, f"/funding-disputes/{row.record.reference}/carry-up/{body}")
    for class_ in ("council", "health", "police"):
        assert f"Which seat speaks for {purse.agency(class_).name}?" in page


def test_a_disagreement_is_settled_by_those_who_differ(purse: Purse) -> None:
    manager, member = as_(purse.room.house.manager), as_(purse.room.house.member)
    row = disputed(purse, manager)
    address = f"/funding-disputes/{row.record.reference}"
    page = read(member, address)
    for words in (
        "The offers leave £75,000 of £120,000 unpaid.",
        "Open since today, 29 March 2019.",
        "Relied on: An agreement between the partners",
        "The delegated partners between themselves",
    ):
        assert words in page
    assert "Thirds or flat" in read(member, at(purse))
    answers = form(seen_version=row.record.version)
    assert "Propose a settlement first" in told(manager.post(f"{address}/settle", answers), 422)
    answers = form(settlement="Halves", seen_version=row.record.version)
    told(manager.post(f"{address}/propose", answers), 302)
    mine = f"{address}/agree/{row.claims.get(agency=purse.agency('council')).pk}"
    council, police = as_(purse.room.house.council), as_(purse.room.police)
    assert "Halves" in read(council, mine)
    row.refresh_from_db()
    seen = row.fingerprint
    operations.propose_settlement(LOADER, dispute=row, settlement="Thirds")
    assert "Thirds" in told(council.post(mine, form(seen_version=seen)), 409)
    row.refresh_from_db()
    for sitter, class_ in ((council, "council"), (police, "police")):
        claim = row.claims.get(agency=purse.agency(class_))
        told(manager.get(f"{address}/agree/{claim.pk}"), 403)
        seen = row.fingerprint
        told(sitter.post(f"{address}/agree/{claim.pk}", form(seen_version=seen)), 302)
    row.record.refresh_from_db()
    answers = form(seen_version=row.record.version)
    told(manager.post(f"{address}/settle", answers), 302)
    assert "How it ended" in read(manager, address)
    told(manager.get(f"{address}/agree/0"), 404)


def test_a_disagreement_is_carried_up_or_withdrawn(purse: Purse) -> None:
    manager = as_(purse.room.house.manager)
    row = disputed(purse, manager)
    address = f"/funding-disputes/{row.record.reference}"
    body = purse.room.body.record.reference
    assert "Executive" in read(manager, f"{address}/carry-up")
    told(manager.get(f"{address}/carry-up/HERE-B-9999"), 404)
    sides = {"one": purse.room.house.council.seat.record.reference,
             "other": purse.room.police.seat.record.reference}  # fmt: skip
    read(manager, f"{address}/carry-up/{body}")
    answers = form(seen_version=row.record.version, **sides)
    told(manager.post(f"{address}/carry-up/{body}", answers), 302)
    row.refresh_from_db()
    assert row.state == State.CARRIED
    assert "It is settled there first." in read(manager, address)
    row.record.refresh_from_db()
    answers = form(reason="A grant came", seen_version=row.record.version)
    page = told(manager.post(f"{address}/withdraw", answers), 422)
    assert "It is withdrawn there first." in page


# --- the workbook


def _book(purse: Purse, title: str, value: Any) -> SimpleUploadedFile:
    made = timezone.now().replace(tzinfo=None, microsecond=0)
    sheets = excel.read(queries.workbook(LOADER, purse.now(), made=made))
    grids = []
    for sheet in sheets:
        titles = [str(each) for each in sheet.rows[0]]
        rows = [list(row) for row in sheet.rows[1:]]
        if sheet.name == "Costs":
            rows[0][titles.index(title)] = value
        if sheet.name == "Totals":
            rows.append(["All costs", 125000, None])
        grids.append(Grid(sheet.name, titles, rows))
    return SimpleUploadedFile("b.xlsx", excel.write(grids, title="x", made=made), XLSX)


def test_the_workbook_goes_out_and_comes_back(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    read(browser, at(purse, "/workbook"))
    answer = browser.get(at(purse, "/workbook/file"))
    assert answer["Content-Type"] == XLSX
    assert [sheet.name for sheet in excel.read(answer.content)] == ["Income", "Costs", "Totals"]
    page = told(browser.post(at(purse, "/workbook"), form(file=_book(purse, "Budget", 9.125))), 200)
    assert "parts of a penny" in page
    assert "Kept as stated" in page
    answer = browser.post(at(purse, "/workbook"), form(file=_book(purse, "Spent", 60000)))
    page = told(answer, 200)
    assert "Nothing is written yet." in page
    assert purse.line().spent is None
    carried = answer.context["form"].initial["carried"]
    told(browser.post(at(purse, "/workbook/take-in"), form(carried=carried)), 302)
    assert purse.line().spent == 60_000_00
    assert "1 stated total that the rows do not add up to." in read(browser, at(purse))
    assert "Budget workbook as it came back" in read(browser, at(purse, "/workbook"))
    told(browser.get(at(purse, "/workbook/take-in")), 302)


def test_what_a_source_tells_is_put_into_its_year(purse: Purse) -> None:
    old = operations.open_budget(LOADER, partnership=purse.here, year="2018/19")
    row = operations.add_cost(LOADER, budget=old, facts={"title": "Rooms"})
    browser = as_(purse.room.house.manager)
    told(browser.get(at(purse, f"/put-in/costs/{row.key}")), 404)
    assert "Rooms" in read(browser, f"/budgets/{old.record.reference}")
