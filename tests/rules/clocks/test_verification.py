"""Who checked which row against what, and the digest that a clock pins."""

from dataclasses import replace
from datetime import date

from concordat.domain.base.clocks.rules import (
    Law,
    Verification,
    digest,
    due_on,
    law,
    with_verifications,
)
from concordat.kernel.calendar import WorkingDays

DAY = date(2019, 3, 29)


def record(rule_id: str, *, on: date = date(2026, 11, 23), confirmed: bool = True) -> Verification:
    row = law().rule(rule_id, on=DAY)
    return Verification(
        rule=row.id,
        version=row.version,
        digest=digest(row),
        by="legal adviser",
        against="SI 2018/789, as in force on 23 November 2026",
        on=on,
        confirmed=confirmed,
    )


def test_a_check_verifies_the_row_and_its_lines(england: WorkingDays) -> None:
    checked = with_verifications(law(), [record("LC-ADVANCE"), record("LC-REPORT")])
    row = checked.rule("LC-ADVANCE", on=DAY)
    assert row.checked is not None
    assert row.checked.by == "legal adviser"
    assert due_on(DAY, row, england).verified
    assert all(item.verified(DAY) for item in checked.items("LC-REPORT", on=DAY))
    assert not law().rule("LC-ADVANCE", on=DAY).verified(DAY)


def test_a_check_that_found_it_wrong_takes_the_standing_away() -> None:
    wrong = with_verifications(law(), [record("SIN-CRIT", confirmed=False)])
    assert law().rule("SIN-CRIT", on=DAY).verified(DAY)
    assert not wrong.rule("SIN-CRIT", on=DAY).verified(DAY)


def test_the_newest_check_counts_in_whatever_order_they_come() -> None:
    earlier = record("LC-ADVANCE", on=date(2026, 1, 1), confirmed=True)
    later = record("LC-ADVANCE", on=date(2026, 2, 1), confirmed=False)
    for order in ([earlier, later], [later, earlier]):
        assert not with_verifications(law(), order).rule("LC-ADVANCE", on=DAY).verified(DAY)


def test_a_check_of_an_earlier_text_is_set_aside(the_law: Law) -> None:
    stale = replace(record("LC-ADVANCE"), digest="0" * 64)
    checked = with_verifications(the_law, [stale])
    assert not checked.rule("LC-ADVANCE", on=DAY).verified(DAY)
    assert checked.stale_checks == (stale,)


def test_the_digest_changes_with_the_row_and_not_with_the_check(the_law: Law) -> None:
    row = the_law.rule("SIN-CRIT", on=DAY)
    assert row.deadline is not None
    assert digest(row) == digest(replace(row, checked=record("SIN-CRIT")))
    changed = [
        replace(row, note="another note"),
        replace(row, deadline=replace(row.deadline, value=6)),
        replace(row, doubts=()),
        replace(row, in_force_to=date(2026, 3, 18)),
    ]
    assert len({digest(each) for each in [row, *changed]}) == 5


def test_every_row_has_a_digest_of_its_own(the_law: Law) -> None:
    digests = {digest(row) for row in the_law.rules}
    assert len(digests) == len(the_law.rules)
    assert all(len(each) == 64 for each in digests)


def test_the_digest_of_lines_covers_each_line(the_law: Law) -> None:
    row = the_law.rule("LC-CRIT", on=DAY)
    reworded = replace(row.items[0], text="reworded")
    assert digest(row) != digest(replace(row, items=(reworded, *row.items[1:])))
