"""What the body decides: to accept for a time, to close, to keep open, to take up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.base.records.operations import keep
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Acceptance, Risk
from concordat.domain.governance.risks.queries.over_time import open_on
from concordat.domain.governance.risks.rules.life import Stage, Treatment, Which
from concordat.domain.governance.risks.rules.movement import Quarter
from concordat.domain.governance.risks.rules.schemes import READY
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import seat_row
from tests.operations.risks.examples import JUNE, Desk, asked


def accepted(here: Desk, **more: object) -> Acceptance:
    told = {
        "approver": seat_row(here.room.house.council),
        "reason": "Until the new document is agreed",
        "expires": JUNE,
    }
    return operations.accept(here.manager, risk=here.risk, **(told | more))  # type: ignore[arg-type]


@pytest.mark.long
def test_an_acceptance_has_an_approver_a_reason_and_an_end(here: Desk) -> None:
    row = accepted(here)
    assert row.approver_words == "Colin Council, Heath council"
    assert (row.on, row.expires, row.recorded_by) == (DAY, JUNE, "Mary Manager")
    assert here.now().treatment == "tolerate"
    assert queries.acceptance(here.owner, here.risk) == row
    assert verbs_on(here.risk.record)[-1] == "risk accepted"
    with pytest.raises(Refused, match="accepted already"):
        accepted(here)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"expires": DAY}, "expires"),
        ({"expires": date(2021, 3, 30)}, "expires"),
    ],
)
@pytest.mark.long
def test_what_an_acceptance_needs(here: Desk, more: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as error:
        accepted(here, **more)
    assert error.value.faults[0].field == field
    assert not Acceptance.objects.exists()


def test_an_approver_sits_in_the_body_and_does_not_own_the_risk(here: Desk) -> None:
    with pytest.raises(Invalid, match="not of the body"):
        accepted(here, approver=seat_row(here.group_chair))
    operations.own(here.manager, risk=here.risk, owner="seats:colin-council", reason="Theirs")
    with pytest.raises(Invalid, match="owns the risk"):
        accepted(here)


def test_the_owner_does_not_accept_even_in_the_chair(here: Desk) -> None:
    told = {"approver": seat_row(here.room.house.council), "reason": "Fine", "expires": JUNE}
    with pytest.raises(Refused, match="You own this risk"):
        operations.accept(here.owner, risk=here.risk, **told)
    operations.own(here.manager, risk=here.risk, owner="seats:chai-reed", reason="Theirs")
    with pytest.raises(Refused, match="Somebody else of Executive"):
        operations.accept(here.chair, risk=here.risk, **told)


def test_an_acceptance_runs_out_on_its_day_and_the_owner_is_asked(here: Desk) -> None:
    row = accepted(here)
    on_its_day = process("risk watcher", JUNE)
    assert operations.let_acceptances_lapse(on_its_day) == 0
    after = process("risk watcher", date(2019, 6, 29))
    assert operations.let_acceptances_lapse(after) == 1
    assert operations.let_acceptances_lapse(after) == 0
    assert Acceptance.objects.get(pk=row.pk).ended_on == after.on
    assert queries.acceptance(here.owner, here.risk) is None
    assert verbs_on(here.risk.record)[-2:] == ["acceptance ran out", "item suggested"]


def test_a_risk_that_a_file_closes_owes_nothing_any_more(here: Desk) -> None:
    accepted(here)
    operations.propose_to_close(here.owner, risk=here.now(), reason="The document is in use")
    assert asked(here.risk)
    keep(
        LOADER,
        model=Risk,
        partnership=here.room.here,
        key=here.risk.key,
        values={"from_text": "2019-01-01", "to_text": "2019-03-01"},
        noun="risk",
    )
    operations.take_up_stated(LOADER, partnership=here.room.here, keys=[here.risk.key])
    assert here.now().over
    assert not asked(here.risk)
    assert operations.let_acceptances_lapse(process("risk watcher", date(2019, 6, 29))) == 0
    assert not asked(here.risk)


@pytest.mark.long
def test_what_one_body_accepted_another_has_not(here: Desk) -> None:
    words = READY["words"]
    accepted(here)
    beside, below = (
        operations.open_register(
            LOADER,
            partnership=here.room.here,
            title=title,
            keeper=keeper,
            likelihoods=words[0],
            impacts=words[1],
        )
        for title, keeper in (("Second", here.room.body), ("Of the group", here.group))
    )
    operations.move(LOADER, risk=here.now(), to=beside, reason="Sorted")
    assert queries.acceptance(here.owner, here.risk)
    operations.move(LOADER, risk=here.now(), to=below, reason="For the group")
    assert queries.acceptance(here.owner, here.risk) is None
    row = Acceptance.objects.get()
    assert (row.ended_on, row.end_reason) == (DAY, "It stands in Of the group now")
    assert here.now().treatment == ""


def test_an_acceptance_can_be_ended_with_a_reason(here: Desk) -> None:
    with pytest.raises(Refused, match="No acceptance"):
        operations.end_acceptance(here.chair, risk=here.risk, reason="Worse now")
    accepted(here)
    operations.end_acceptance(here.chair, risk=here.risk, reason="Worse now")
    [row] = queries.acceptances(here.chair, here.risk)
    assert (row.ended_on, row.end_reason) == (DAY, "Worse now")


def test_the_owner_proposes_and_the_body_closes(here: Desk) -> None:
    operations.propose_to_close(here.owner, risk=here.risk, reason="Agreed in all boroughs")
    assert here.now().stage is not Stage.OPEN
    assert ("Chai Reed", "approve") in asked(here.risk)
    with pytest.raises(Refused, match="You own this risk"):
        operations.close(here.owner, risk=here.risk, reason="Done")
    operations.close(here.chair, risk=here.risk, reason="Agreed on 27 March")
    closed = here.now()
    assert (closed.stage, closed.over, closed.to_text) == ("closed", True, "2019-03-29")
    assert asked(here.risk) == []
    assert not queries.listed(here.chair, here.above).exists()
    assert list(queries.listed(here.chair, here.above, stage="closed")) == [here.risk]


def test_it_is_kept_open_with_a_reason(here: Desk) -> None:
    operations.propose_to_close(here.owner, risk=here.risk, reason="Done")
    with pytest.raises(Invalid, match="kept open"):
        operations.keep_open(here.chair, risk=here.risk, reason=" ")
    operations.keep_open(here.chair, risk=here.risk, reason="One borough is missing")
    assert here.now().stage == "open"
    assert asked(here.risk) == [("Meg Member", "review")]


def test_a_closed_risk_is_reopened_with_its_history(here: Desk) -> None:
    accepted(here)
    operations.close(here.chair, risk=here.risk, reason="Agreed")
    assert queries.acceptance(here.chair, here.risk) is None
    with pytest.raises(Refused, match="You can reopen"):
        operations.score(here.manager, risk=here.risk, likelihood="LOW", impact="LOW", reason="No")
    operations.reopen(here.chair, risk=here.risk, reason="It came back")
    risk = here.now()
    assert (risk.stage, risk.to_text, risk.over) == ("open", "", False)
    assert risk.score(Which.CURRENT) == here.above.scheme.score("MEDIUM", "HIGH")
    assert asked(risk) == [("Meg Member", "review")]


@pytest.mark.long
def test_an_acceptance_that_somebody_ended_did_not_run_out(here: Desk) -> None:
    accepted(here)
    with pytest.raises(Invalid, match="It is accepted") as error:
        operations.amend(
            here.owner, risk=here.risk, title="Fragments", treatment=Treatment.TREAT, reason="No"
        )
    assert error.value.faults[0].field == "treatment"
    row = operations.end_acceptance(here.chair, risk=here.risk, reason="No longer")
    assert (row.ran_out, here.now().treatment) == (False, "")
    with pytest.raises(Invalid, match="Only the body"):
        operations.amend(
            here.owner, risk=here.risk, title="Fragments", treatment=Treatment.TOLERATE,
            reason="I can live with it",
        )  # fmt: skip
    again = accepted(here)
    operations.let_acceptances_lapse(process("risk watcher", JUNE + timedelta(days=1)))
    again.refresh_from_db()
    assert (again.ran_out, here.now().treatment) == (True, "")


@pytest.mark.long
def test_a_risk_that_is_taken_up_again_was_closed_then(here: Desk) -> None:
    operations.close(here.chair, risk=here.risk, reason="Agreed")
    between, later = date(2019, 4, 30), replace(here.chair, on=date(2019, 5, 7))
    operations.reopen(later, risk=here.risk, reason="It came back")
    [held] = queries.closures(later, here.risk)
    assert (held.on, held.reason, held.reopened_on, held.why) == (
        DAY, "Agreed", later.on, "It came back",
    )  # fmt: skip
    stood = [here.risk in open_on(later, here.above, day) for day in (DAY, between, later.on)]
    assert stood == [False, False, True]
    assert queries.movement_in(later, here.above, Quarter.of(DAY)).closed == (here.risk,)
    assert queries.movement_in(later, here.above, Quarter.of(between)).closed == ()


def test_a_quarter_tells_what_was_closed_in_it(here: Desk) -> None:
    here.raised()
    operations.close(here.chair, risk=here.risk, reason="Agreed")
    told = queries.movement_in(here.manager, here.above, Quarter.of(DAY))
    assert told.closed == (here.risk,)
    assert told.sentence == "2 risks from January to March 2019: 1 new and 1 closed."
    later = replace(here.manager, on=date(2019, 4, 2))
    after = queries.movement_in(later, here.above, Quarter.of(DAY).after)
    assert after.sentence == "1 risk from April to June 2019: 1 unchanged."
