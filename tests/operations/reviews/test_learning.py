"""Near misses that a second person agrees to and a shared group learns from; how reviews are begun;
and disagreements that go stage by stage to their outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.mail.operations import use_link
from concordat.domain.base.records.models import Record, Share
from concordat.domain.practice.reviews.models import (
    Escalation,
    EscalationPolicy,
    EscalationStep,
    LearningReferral,
    ReferralTurn,
    RouteRow,
)
from concordat.domain.practice.reviews.operations import (
    escalations,
    referrals,
    referrals_learning,
    routes,
)
from concordat.domain.practice.reviews.queries import escalations as asking
from concordat.domain.practice.reviews.queries import referrals as reading
from concordat.domain.practice.reviews.queries.routes import route_rows
from concordat.domain.practice.reviews.rules.escalations import (
    EscalationOutcome,
    EscalationState,
    PolicyStage,
)
from concordat.domain.practice.reviews.rules.referrals import ReferralStage
from concordat.domain.practice.reviews.rules.routes import RouteStep, Said
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.casts import Kept
from tests.operations.actions.examples import on
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.reviews.learning import (
    DOOR,
    NOW,
    STAGES,
    Learning,
    again,
    asked,
    timer,
    version,
)
from tests.walls import behind_the_wall

LR = "the learning referral HERE-LR-0001"
ES = "the escalation HERE-ES-0001"


@pytest.fixture
def cast(learnings: Kept[Learning]) -> Iterator[Learning]:
    with learnings.lent() as cast:
        yield cast


@pytest.mark.long
def test_a_near_miss_waits_for_a_second_person_and_nobody_else_finds_it(cast: Learning) -> None:
    row = cast.referred()
    assert row.record.reference == "HERE-LR-0001"
    assert row.stage_is is ReferralStage.REFERRED
    assert asked(cast.nurse.seat) == [f"confirm {LR}"]
    assert reading.referral(cast.head.actor, "HERE-LR-0001") == row
    assert reading.referral(cast.house.manager.actor, "HERE-LR-0001") == row
    for stranger in (cast.house.member, cast.house.outsider, cast.leader):
        with pytest.raises(LearningReferral.DoesNotExist):
            reading.referral(stranger.actor, "HERE-LR-0001")
    assert not reading.caseload(cast.leader.actor, cast.group).exists()


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"harm": "yes"}, "tell it as an incident"),
        ({"harm": "not known"}, "tell it as an incident"),
        ({"kind": ""}, "near miss or good practice"),
        ({"what": " "}, "Say what happened"),
        ({"why": ""}, "Say why it matters"),
        ({"what": "Her number is 943 476 5919"}, "holds an NHS number"),
        ({"lesson": "She lives at E14 3AB"}, "holds a postcode"),
    ],
)
def test_what_is_no_near_miss_is_not_taken(
    cast: Learning, told: dict[str, str], match: str
) -> None:
    with pytest.raises(Invalid, match=match):
        cast.referred(told=cast.told(**told))
    assert not LearningReferral.objects.exists()


def test_the_second_person_is_of_another_agency(cast: Learning) -> None:
    for seat, match in ((cast.head.seat, "does not agree to it as well"),
                        (cast.house.member.seat, "which agency this seat speaks for")):  # fmt: skip
        with pytest.raises(Invalid, match=match):
            cast.referred(second=seat)
    assert not LearningReferral.objects.exists()
    with pytest.raises(Refused, match="none of your seats here speaks for one"):
        referrals.refer(cast.house.member.actor, partnership=cast.house.here, told=cast.told())
    row = cast.referred(second=None)
    assert asked(cast.house.manager.seat) == [f"give {LR}"]
    assert [seat.role for seat in reading.seconds(cast.house.manager.actor, cast.house.here, row)
            ] == ["Nia Nurse"]  # fmt: skip
    referrals.name_second(cast.house.manager.actor, referral=row, second=cast.nurse.seat)
    assert asked(cast.house.manager.seat) == []
    for somebody in (cast.head, cast.house.manager):
        with pytest.raises(Refused, match="Only the second person"):
            referrals.agree(somebody.actor, referral=row, why="Yes")


@pytest.mark.long
def test_what_is_agreed_lands_on_the_shared_caseload_and_is_learnt_from(cast: Learning) -> None:
    row = cast.agreed()
    assert again(row).stage_is is ReferralStage.AGREED
    share = Share.objects.get(record=row.record)
    assert share.partnership == cast.house.there
    assert [each.pk for each in reading.caseload(cast.leader.actor, cast.group)] == [row.pk]
    with pytest.raises(LearningReferral.DoesNotExist):
        reading.referral(cast.house.outsider.actor, "HERE-LR-0001")
    assert asked(cast.leader.seat) == [f"review {LR}"]
    with pytest.raises(Refused, match="Only the group"):
        referrals_learning.take_on(cast.house.manager.actor, referral=row, why="Yes")
    with pytest.raises(Refused, match="cannot learn"):
        referrals_learning.learn(
            cast.leader.actor, referral=row, learnt="Gates", told_to="Every school"
        )
    referrals_learning.take_on(cast.leader.actor, referral=row, why="Gates elsewhere")
    with pytest.raises(Invalid, match="who was told"):
        referrals_learning.learn(cast.leader.actor, referral=row, learnt="Gates", told_to="")
    referrals_learning.learn(
        cast.leader.actor, referral=row, learnt="Gates", told_to="Every school"
    )
    assert again(row).stage_is is ReferralStage.LEARNT
    assert asked(cast.head.seat) == [f"read {LR}"]
    assert verbs_on(row.record)[-1] == "referral learnt from"


@pytest.mark.long
def test_what_is_returned_is_referred_again_with_the_reason_kept(cast: Learning) -> None:
    row = cast.agreed()
    referrals_learning.send_back(cast.leader.actor, referral=row, reason="Which gate?")
    assert asked(cast.head.seat) == [f"update {LR}"]
    referrals.refer_again(cast.head.actor, referral=row, told=cast.told(what="The back gate"))
    held = again(row)
    assert (held.stage_is, held.what, held.seconded_on) == (
        ReferralStage.REFERRED, "The back gate", None
    )  # fmt: skip
    assert asked(cast.nurse.seat) == [f"confirm {LR}"]
    assert "Which gate?" in ReferralTurn.objects.values_list("words", flat=True)
    referrals.differ(cast.nurse.actor, referral=row, reason="It was shut")
    assert again(row).stage_is is ReferralStage.NOT_AGREED
    referrals.withdraw(cast.head.actor, referral=row, reason="It was shut")
    assert asked(cast.head.seat) == []


def test_two_who_change_one_referral_at_once(cast: Learning) -> None:
    row = cast.referred()
    seen = version(row)
    referrals.agree(cast.nurse.actor, referral=row, why="I saw it")
    with pytest.raises(Stale):
        referrals.withdraw(cast.head.actor, referral=row, reason="No", seen_version=seen)
    assert again(row).stage_is is ReferralStage.AGREED


def test_a_guest_tells_by_link_once(cast: Learning) -> None:
    row = cast.invited()
    assert row.stage_is is ReferralStage.AWAITED
    assert row.referrer == "Jo Patel, Ash School"
    with pytest.raises(Refused, match="Only whoever was asked"):
        referrals.tell(cast.house.manager.actor, referral=row, told=cast.told())
    with pytest.raises(Refused, match="The secretariat"):
        referrals.invite(
            cast.head.actor, partnership=cast.house.here, agency=cast.school, name="A",
            email="a@example.org", door=DOOR, now=NOW,
        )  # fmt: skip
    for host in ("gmail.com", "elsewhere.test"):
        with pytest.raises(Invalid, match=host):
            referrals.invite(
                cast.house.manager.actor, partnership=cast.house.here, agency=cast.school,
                name="A", email=f"a@{host}", door=DOOR, now=NOW,
            )  # fmt: skip
    link = again(row).link
    assert link
    with pytest.raises(Refused, match="Only the guest"):
        use_link(cast.head.actor, link=link.pk, now=NOW)
    referrals.withdraw(cast.house.manager.actor, referral=row, reason="Told by phone", now=NOW)
    link.refresh_from_db()
    assert link.revoked_at


def test_no_group_no_caseload(cast: Learning) -> None:
    row = cast.referred()
    with pytest.raises(Invalid, match="Choose a group"):
        referrals.set_group(
            cast.house.manager.actor, partnership=cast.house.here, group=cast.house.here,
            source="The agreement",
        )  # fmt: skip
    with pytest.raises(Record.DoesNotExist):
        referrals.set_group(
            cast.house.outsider.actor, partnership=cast.house.here, group=cast.group.record,
            source="The agreement",
        )  # fmt: skip
    found = reading.group_of(cast.head.actor, cast.house.here)
    assert found
    with behind_the_wall():
        found.delete()
    with pytest.raises(Refused, match="No group"):
        referrals.agree(cast.nurse.actor, referral=row, why="I saw it")


def test_how_a_review_is_begun_is_dated_and_asks_what_no_source_says(cast: Learning) -> None:
    told = {"partnership": cast.house.here, "step": RouteStep.LEADS, "source": "The paper"}
    manager = cast.house.manager.actor

    def rows_of(actor: Actor) -> list[Said]:
        return route_rows(actor, [cast.house.here], DAY).get(cast.house.here.pk, [])

    for bad in ({"words": "", "question": ""}, {"words": "A", "question": "B"}):
        with pytest.raises(Invalid, match="one of the two"):
            routes.say(manager, **told, place="Ash", **bad)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        routes.say(cast.head.actor, **told, words="The head")  # type: ignore[arg-type]
    before = DAY - timedelta(days=30)
    routes.say(manager, **told, place="Ash", question="Who leads?", from_day=before)  # type: ignore[arg-type]
    routes.say(manager, **told, place="Ash", words="The council", stated_on="29 March 2019")  # type: ignore[arg-type]
    rows = RouteRow.objects.order_by("from_day")
    assert [row.to_day for row in rows] == [DAY - timedelta(days=1), None]
    assert [row.is_open for row in rows_of(manager)] == [True, False]
    assert rows_of(cast.house.outsider.actor) == []
    routes.say(manager, **told, place="Ash", words="The board")  # type: ignore[arg-type]
    assert [row.words for row in rows_of(manager)] == ["", "The board"]
    with pytest.raises(Invalid, match="still to come"):
        routes.say(manager, **told, place="Ash", words="All", stated_on="June 2019")  # type: ignore[arg-type]


def test_a_row_to_come_hides_nothing_said_before_it(cast: Learning) -> None:
    told = {
        "partnership": cast.house.here, "step": RouteStep.LEADS, "source": "The paper",
        "place": "Ash",
    }  # fmt: skip
    manager, coming = cast.house.manager.actor, DAY + timedelta(days=30)
    routes.say(manager, **told, words="The partners", from_day=coming)  # type: ignore[arg-type]
    routes.say(manager, **told, words="The board")  # type: ignore[arg-type]
    rows = RouteRow.objects.order_by("from_day")
    assert [(row.words, row.to_day) for row in rows] == [
        ("The board", coming - timedelta(days=1)),
        ("The partners", None),
    ]


@pytest.mark.long
def test_a_disagreement_goes_stage_by_stage_to_its_outcome(cast: Learning) -> None:
    row = cast.raised()
    step = EscalationStep.objects.get()
    assert (row.label, row.number, step.due) == ("Wren", 1, date(2019, 4, 2))
    assert asked(cast.nurse.seat) == asked(cast.head.seat) == [f"answer {ES}"]
    escalations.add_to(cast.nurse.actor, escalation=row, words="We visited in March")
    later = on(cast.head.actor, DAY + timedelta(days=5))
    with pytest.raises(Invalid, match="speaks for Elm Surgery"):
        escalations.take_further(later, escalation=row, why="No", theirs=cast.head.seat)
    escalations.take_further(later, escalation=row, why="No visit", theirs=cast.nurse.seat)
    held = asking.escalation(later, "HERE-ES-0001")
    assert (held.number, held.stage) == (2, STAGES[1])
    with pytest.raises(Refused, match="the last stage"):
        escalations.take_further(later, escalation=row, why="No", theirs=cast.nurse.seat)
    with pytest.raises(Refused, match="Only the agency that raised it"):
        escalations.settle(
            cast.nurse.actor, escalation=row, outcome=EscalationOutcome.STOOD, words="It stood"
        )
    with pytest.raises(Invalid, match="what was agreed"):
        escalations.settle(later, escalation=row, outcome=EscalationOutcome.PART, words="")
    escalations.settle(later, escalation=row, outcome=EscalationOutcome.PART, words="One visit")
    held = asking.escalation(later, "HERE-ES-0001")
    assert held.state_is is EscalationState.SETTLED
    assert [each.is_late(later.on) for each in asking.steps(later, held)] == [True, False]
    assert asked(cast.nurse.seat) == [f"read {ES}"]
    with pytest.raises(Refused):
        escalations.add_to(later, escalation=row, words="More")


def test_no_disagreement_about_a_child_is_kept_without_grounds(cast: Learning) -> None:
    agencies.set_down(
        LOADER, partnership=cast.house.here, kind="areas", key="ash", values={"name": "Ash"}
    )
    with pytest.raises(Refused, match="Ash"):
        cast.raised()
    assert not Escalation.objects.exists()


@pytest.mark.long
def test_who_finds_a_disagreement(cast: Learning) -> None:
    row = cast.raised()
    assert asking.escalation(cast.nurse.actor, "HERE-ES-0001") == row
    for stranger in (cast.house.member, cast.house.outsider, cast.leader):
        with pytest.raises(Escalation.DoesNotExist):
            asking.escalation(stranger.actor, "HERE-ES-0001")
    with pytest.raises(Refused, match="Only whoever raised it"):
        escalations.withdraw(cast.nurse.actor, escalation=row, reason="No")
    escalations.withdraw(cast.head.actor, escalation=row, reason="They visited")
    assert asked(cast.nurse.seat) == [f"read {ES}"]


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ({"about": " "}, "what you disagree about"),
        ({"wanted": "See E14 3AB"}, "holds a postcode"),
        ({"label": "12 Ash Road!"}, "A label is one or a few words"),
    ],
)
def test_what_is_raised_tells_nothing_of_who_the_child_is(
    cast: Learning, told: dict[str, str], match: str
) -> None:
    with pytest.raises(Invalid, match=match):
        cast.raised(**told)
    with pytest.raises(Invalid, match="your own agency"):
        cast.raised(other=cast.school, theirs=cast.head.seat)
    assert not Escalation.objects.exists()


def test_a_late_stage_is_told_once(cast: Learning) -> None:
    cast.raised()
    assert escalations.tell_of_late(timer(date(2019, 4, 2))) == 0
    assert escalations.tell_of_late(timer(date(2019, 4, 3))) == 1
    assert escalations.tell_of_late(timer(date(2019, 4, 4))) == 0
    assert f"review {ES}" in asked(cast.head.seat)
    assert asked(cast.house.manager.seat) == [f"review {ES}"]
    with pytest.raises(Refused):
        escalations.tell_of_late(cast.head.actor)


def test_a_new_policy_leaves_what_is_open_with_its_own_stages(cast: Learning) -> None:
    row = cast.raised()
    manager = on(cast.house.manager.actor, DAY + timedelta(days=1))
    escalations.set_policy(
        manager, partnership=cast.house.here, stages=[PolicyStage("Heads", 1)], source="Board"
    )
    assert asking.escalation(manager, "HERE-ES-0001").policy == STAGES
    assert [each.to_day for each in EscalationPolicy.objects.order_by("from_day")] == [DAY, None]
    with pytest.raises(Refused):
        escalations.set_policy(
            cast.head.actor, partnership=cast.house.here, stages=STAGES, source="Mine"
        )
    assert row.policy == STAGES


def test_figures_open_no_case(cast: Learning) -> None:
    cast.raised()
    here = [cast.house.here]
    found = asking.figures_of(cast.house.member.actor, here)[cast.house.here.pk]
    assert found["stage"] == {"Between the practitioners": "Fewer than 5"}
    assert found["in all"]["Raised"] == "Fewer than 5"
    assert "Wren" not in str(found)
    assert asking.figures_of(cast.house.outsider.actor, here) == {}


FILE = """format: 1
partnership: {key: heath, name: Heath Safeguarding Children Partnership}
review_routes:
- key: leads-ash
  step: who leads
  borough: Ash
  words: The council
  begins: 2018-03-01
  ended: 2018-12-31
  source: The paper, page 4
  stated_on: November 2018
- key: leads-ash-now
  step: who leads
  borough: Ash
  question: Who leads since the board ended?
  begins: 2019-01-01
  source: Nothing says
- {key: leads-shared, step: who leads, words: The council of the child, begins: 2019-02-01}
"""


@pytest.mark.django_db
def test_the_map_comes_with_a_partnership_file_and_is_given_back_the_same() -> None:
    file = rules.read({"heath.yaml": FILE})
    load(LOADER, file=file)
    home = Record.objects.get(reference="HSCP")
    (found,) = route_rows(LOADER, [home], DAY).values()
    assert [(row.place, row.is_open, str(row.from_day)) for row in found] == [
        ("Ash", False, "2018-03-01"),
        ("Ash", True, "2019-01-01"),
        ("", False, "2019-02-01"),
    ]
    assert rules.to_yaml(exchange.file_of(LOADER, ["heath"])) == rules.to_yaml(file)
    assert not load(LOADER, file=file).of("add")


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ("{key: a, step: who leads, begins: 2019-01-01}", "one of the two"),
        ("{key: a, step: who leads, words: A, question: B, begins: 2019-01-01}", "one of the two"),
        ("{key: a, step: who leads, words: A, begins: 2019-02-01, ended: 2019-01-01}", "before it"),
        (
            "{key: a, step: who leads, words: A, begins: 2019-01-01}\n"
            "- {key: b, step: who leads, words: B, begins: 2019-02-01}",
            "has no last day",
        ),
    ],
)
@pytest.mark.django_db
def test_a_map_that_cannot_be_is_refused_whole(told: str, match: str) -> None:
    head = FILE.partition("review_routes")[0]
    with pytest.raises(Invalid, match=match):
        load(LOADER, file=rules.read({"heath.yaml": f"{head}review_routes:\n- {told}\n"}))
    assert not RouteRow.objects.exists()


def test_what_is_said_here_leaves_with_the_partnership_file(cast: Learning) -> None:
    told = {"partnership": cast.house.here, "step": RouteStep.LEADS, "source": "The paper"}
    before = DAY - timedelta(days=30)
    routes.say(cast.house.manager.actor, **told, place="Ash", words="A", from_day=before)  # type: ignore[arg-type]
    routes.say(cast.house.manager.actor, **told, place="Ash", words="B")  # type: ignore[arg-type]
    file = exchange.file_of(LOADER, ["here"])
    yaml = rules.to_yaml(file)
    (text,) = [each for each in yaml.values() if "review_routes" in each]
    assert "key: who-leads-ash-2019-02-27" in text
    assert "ended: 2019-03-28" in text
    assert not load(LOADER, file=rules.read(yaml)).of("add")
