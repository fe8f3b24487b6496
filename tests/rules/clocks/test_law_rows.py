"""What is on file: nothing of the two domain papers is missing, nothing is stated too firmly."""

import re
from datetime import date, timedelta

import pytest

from concordat.domain.base.clocks.rules import Confidence, Kind, Law, Status, due_on, law
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

RULE_IDS = """
PART-DEF ARR-ACT INF-16H CDR-REVIEW CDR-REPORT CDR-PRACTICE EDU-16E MACPT SHARE-16LA SUI-16LC
ROLE-WT18 ROLE-LSP ROLE-DSP ROLE-CHAIR ROLE-EDU ROLE-INDCHAIR YR-0 YR-SEND YR-DATE YR-ROUTE
SCR-FUNC SCR-ARR DISP FUND TR-START TR-PUBLISH TR-IMPLEMENT TR-LSCB TR-SCR TR-CDR TR-HANDOVER
TR-WT23 SIN-CRIT SIN-LAC SIN-CARELEAVER RR-DO RR-AIMS RR-CONTENT RR-DEVON RR-PANELREPLY LC-CRIT
LC-REVIEWER LC-MONITOR LC-REPORT LC-ADVANCE LC-PUBLISH LC-WRITE LC-FOLLOW CHRON-FIELDS CHRON-RULES
IMR TOR REV-PANEL S11 S175 AUDIT JTAI DATASET QAF QUORUM MTG-TOR CADENCE DECISION COVER RISK ACTION
"""

ITEM_IDS = """
ARR-P1 ARR-P2 ARR-P3 ARR-P4 ARR-P5 ARR-P6 ARR-P7 ARR-P8 ARR-P9 ARR-P10 ARR-P11 ARR-P12 ARR-P13
ARR-P14 ARR-P15 ARR-P16 ARR-P17 ARR-P18 ARR-P19 ARR-P20 ARR-P21 ARR-P22 YR-A1 YR-A2 YR-A3 YR-A4
YR-A5 YR-A6 YR-B0 YR-B1 YR-B2 YR-B3 YR-B4 YR-B5 YR-B6 YR-B7 YR-B8 YR-C1 YR-C2 YR-SIGN
LC-CRIT-C1 LC-CRIT-C2 LC-CRIT-C3 LC-CRIT-C4
"""

KEYS = """
cdop_notification cdop_notification.local_override old_form_completion jar_first_discussion
jar_joint_scene_visit jar_followup_meeting registrar_notice coroner_notice reporting_form_return
cdrm_target cdrm_not_before cdrm_invite_notice cdrm_before cdop_after_trigger review_12_months
review_6_months ncmd_year_cut_off jar_criteria nrm.reasonable_grounds nrm.conclusive_grounds
nrm.devolved_la_pilot foi_request.due foi_request.exemptions lundy psed_s149 first_year
min_hours_per_3_years instruments.followup cdr_flow.immediate JTAI.after LC-PUBLISH.delay
"""

VERIFIED_IN_2019 = """
SIN-CRIT LC-PUBLISH LC-CRIT LC-MONITOR YR-0 YR-SEND TR-START TR-PUBLISH TR-IMPLEMENT TR-LSCB ARR
YR RR-AIMS CDRM-INVITE CDRM-NOT-BEFORE FOI-REPLY NRM-RG NRM-CG JTAI CDR-REVIEW CDR-REPORT
JAR-CRIT S11 PSED
"""

NOT_VERIFIED_IN_2019 = """
RR-DO SIN-LAC LC-ADVANCE LC-AVAILABLE LC-REPORT LC-REVIEWER TR-SCR TR-CDR TR-HANDOVER RR-CONTENT
CDR-NOTIFY CDR-FORMS CDRM-TARGET CDOP-MEET CDR-12MO RHI-OFFER SAR-REPLY JTAI-STATEMENT TOR
OLD-SCR-CRIT OLD-SCR-DECIDE OLD-SCR-COMPLETE WORKING-DAY INF-16H SIX-STEPS JAR-FOLLOWUP
"""


@pytest.mark.parametrize("rule_id", RULE_IDS.split())
def test_every_rule_of_the_papers_is_on_file(rule_id: str, the_law: Law) -> None:
    assert the_law.variants(rule_id)


@pytest.mark.parametrize("item_id", ITEM_IDS.split())
def test_every_named_line_is_on_file(item_id: str, the_law: Law) -> None:
    held_by, item = the_law.item(item_id)
    assert held_by.kind is Kind.CHECKLIST
    assert item.text


@pytest.mark.parametrize("key", KEYS.split())
def test_every_key_of_the_papers_is_on_file(key: str, the_law: Law) -> None:
    assert [rule.id for rule in the_law.rules if rule.key == key]


@pytest.mark.parametrize("rule_id", VERIFIED_IN_2019.split())
def test_read_and_undoubted_rows_are_verified(rule_id: str, the_law: Law) -> None:
    assert the_law.rule(rule_id, on=date(2019, 3, 29)).standing(date(2019, 3, 29)) == "verified"


@pytest.mark.parametrize("rule_id", NOT_VERIFIED_IN_2019.split())
def test_remembered_or_doubted_rows_are_not(rule_id: str, the_law: Law) -> None:
    day = date(2019, 3, 29)
    assert the_law.rule(rule_id, on=day).standing(day) == "not verified"


def test_nothing_remembered_or_inferred_is_ever_verified(the_law: Law) -> None:
    days = [date(2006, 1, 1) + timedelta(days=100 * n) for n in range(120)]
    loose = {Confidence.SURE, Confidence.MEMORY, Confidence.SHAKY, Confidence.INFERRED}
    rows = [rule for rule in the_law.rules if rule.conf in loose]
    lines = [item for rule in the_law.rules for item in rule.items if item.conf in loose]
    assert len(rows) > 40
    assert len(lines) > 100
    assert not [row.id for row in [*rows, *lines] if any(row.verified(day) for day in days)]


def test_a_doubt_with_a_day_ends_the_standing_from_that_day(the_law: Law) -> None:
    notify = the_law.rule("SIN-CRIT", on=date(2026, 3, 19))
    assert notify.verified(date(2026, 3, 18))
    assert not notify.verified(date(2026, 3, 19))
    assert {doubt.id for doubt in notify.open_doubts(date(2026, 3, 19))} == {"G2", "G13"}
    assert notify.open_doubts(date(2026, 3, 18)) == ()


def test_the_due_date_carries_the_standing_and_the_doubts(england: WorkingDays) -> None:
    doubted = due_on(date(2019, 3, 28), law().rule("RR-DO", on=date(2019, 3, 28)), england)
    assert not doubted.verified
    assert any("rapid review clock starts" in caveat for caveat in doubted.caveats)


LAW_WORDS = re.compile(r"\b(must|shall|required by law|legal duty|by law|obliged to)\b", re.I)


def test_nothing_is_worded_as_law(the_law: Law) -> None:
    texts = {
        rule.id: " ".join([rule.title, rule.duty, *(item.text for item in rule.items)])
        for rule in the_law.rules
    }
    assert not {name for name, text in texts.items() if LAW_WORDS.search(text)}


def test_what_awaits_commencement_is_never_in_force(the_law: Law) -> None:
    waiting = [rule for rule in the_law.rules if rule.status is Status.AWAITING]
    assert {rule.id for rule in waiting} == {"EDU-16E", "MACPT", "SHARE-16LA", "SUI-16LC"}
    assert not any(rule.in_force(date(2030, 1, 1)) for rule in waiting)
    with pytest.raises(Invalid, match="MACPT is enacted and awaits commencement"):
        the_law.rule("MACPT", on=date(2026, 11, 22))
    shown = {item.id for item in the_law.items("ARR", on=date(2026, 11, 22))}
    assert "ARR-P20" in shown
    assert "ARR-P21" not in shown


def test_every_row_has_a_source_and_an_owner(the_law: Law) -> None:
    assert not [rule.id for rule in the_law.rules if not (rule.source and rule.who)]


def test_no_line_stands_in_two_checklists(the_law: Law) -> None:
    lines = [item.id for rule in the_law.rules for item in rule.items]
    assert len(lines) == len(set(lines))
    assert not set(lines) & set(the_law.ids)


def test_the_force_of_an_unverified_row_is_told_with_the_warning(the_law: Law) -> None:
    day = date(2019, 3, 29)
    assert the_law.rule("LC-ADVANCE", on=day).force_in_words(day) == "regulations (not verified)"
    assert the_law.rule("LC-CRIT", on=day).force_in_words(day) == "regulations"
