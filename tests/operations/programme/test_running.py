"""Updates, products, priorities and gates, what the funder is owed, lessons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.operations import close
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Deed, Update
from concordat.domain.governance.programme.queries.naming import NOT_SHOWN
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.health import Health
from concordat.kernel.actor import process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, House, verbs_on
from tests.operations.programme.examples import (
    Planned,
    add,
    again,
    kept_after,
    kept_before,
    reason_of,
    seen,
)


def open_asks(row: Any) -> list[tuple[str, str]]:
    rows = Ask.objects.filter(record=row.pk, cleared_on=None).order_by("pk")
    return list(rows.values_list("errand", "seat__key"))


# --- updates


def test_an_owner_says_how_it_goes_and_the_plan_stays(here: Planned) -> None:
    row = operations.tell(
        here.house.member.actor,
        thing=here.publish,
        health=Health.AT_RISK,
        words="Health has not answered.",
        forecast=UncertainDate.parse("2019-07"),
    )
    assert (row.health, str(row.expected), row.by) == ("at risk", "July 2019", "Meg Member")
    assert again(here.publish).due == "2019-06"
    assert verbs_on(here.publish.record)[-1] == "update written"
    assert not queries.roadmap(here.house.member.actor, here.programme).rows[1].stale


@pytest.mark.parametrize(
    ("health", "words", "field"),
    [
        (None, "Well", "health"),
        (Health.ON_TRACK, " ", "words"),
        (Health.AT_RISK, "x" * 1001, "words"),
    ],
)
def test_an_update_without_words_is_none(
    here: Planned, health: Health | None, words: str, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        operations.tell(here.house.manager.actor, thing=here.publish, health=health, words=words)
    assert told.value.faults[0].field == field
    assert not Update.objects.exists()


def test_only_owners_and_the_secretariat_say_how_it_goes(here: Planned) -> None:
    for actor in (here.house.health.actor, here.house.outsider.actor):
        with pytest.raises(Refused):
            operations.tell(actor, thing=here.publish, health=Health.ON_TRACK, words="Well")
    version = seen(here.publish)
    told = {"thing": here.publish, "health": Health.ON_TRACK, "seen_version": version}
    operations.tell(here.house.manager.actor, words="First", **told)  # type: ignore[arg-type]
    with pytest.raises(Stale) as late:
        operations.tell(here.house.member.actor, words="Second", **told)  # type: ignore[arg-type]
    assert (late.value.mine, late.value.theirs) == ({"words": "Second"}, {"words": "First"})


def test_whoever_answers_is_asked_once_a_word_is_stale(here: Planned) -> None:
    watcher = process("programme watcher", DAY)
    assert operations.ask_for_updates(watcher) == 0
    later = replace(watcher, on=date(2019, 5, 2))
    assert operations.ask_for_updates(later) == 2
    assert open_asks(here.priority) == []
    assert Ask.objects.get(record=here.draft.pk).due == date(2019, 5, 7)
    assert open_asks(here.programme) == [("update", "chai-reed")]
    assert open_asks(here.draft) == [("update", "meg-member")]
    assert open_asks(here.publish) == []
    assert operations.ask_for_updates(later) == 0
    member = replace(here.house.member.actor, on=later.on)
    operations.tell(member, thing=here.draft, health=Health.ON_TRACK, words="Nearly done")
    assert open_asks(here.draft) == []
    month = replace(watcher, on=later.on + timedelta(31))
    assert operations.ask_for_updates(month) == 2
    assert open_asks(here.draft) == [("update", "meg-member")]


def test_an_owner_who_hands_over_is_asked_no_more(house: House, here: Planned) -> None:
    later = process("programme watcher", date(2019, 5, 2))
    operations.ask_for_updates(later)
    manager = replace(house.manager.actor, on=later.on)
    told = {"partnership": house.here, "kind": "milestones", "key": "draft"}
    operations.set_down(manager, values={"title": "First draft"}, **told)  # type: ignore[arg-type]
    assert open_asks(here.draft) == [("update", "meg-member")]
    operations.set_down(manager, values={"owner": "posts:hetty-health"}, **told)  # type: ignore[arg-type]
    assert open_asks(here.draft) == []
    operations.ask_for_updates(later)
    assert open_asks(here.draft) == [("update", "hetty-health")]


# --- products


def test_a_product_is_handed_over_and_accepted_by_whoever_is_named(here: Planned) -> None:
    house, product = here.house, here.product
    operations.hand_over(house.manager.actor, product=product)
    assert open_asks(product) == [("approve", "chai-reed")]
    for actor in (house.manager.actor, house.member.actor):
        with pytest.raises(Refused):
            operations.accept(actor, product=product)
    operations.send_back(house.chair.actor, product=product, reason="Say who pays")
    assert (again(product).state, open_asks(product)) == ("under way", [])
    operations.hand_over(house.manager.actor, product=product)
    operations.accept(house.chair.actor, product=product, words="As agreed")
    held = again(product)
    assert (held.making.value, held.acceptor, held.acceptance) == (
        "accepted",
        "Chai Reed",
        "As agreed",
    )
    done = [verb for verb in verbs_on(held.record) if verb.startswith("product")]
    assert done[-2:] == ["product handed over", "product accepted"]


def test_what_is_handed_over_is_accepted_as_it_is(house: House, here: Planned) -> None:
    operations.hand_over(house.manager.actor, product=here.product)
    for values in ({"accepted_by": "posts:meg-member"}, {"contents": ["Another part"]}):
        with pytest.raises(Invalid, match="Send it back first"):
            operations.set_down(
                house.manager.actor, partnership=house.here, kind="products",
                key=here.product.key, values=values,
            )  # fmt: skip
    stale = here.product
    stale.accepted_by = "posts:meg-member"
    with pytest.raises(Refused):
        operations.accept(house.member.actor, product=stale)


def test_where_nobody_sits_whoever_runs_the_partnership_is_asked(
    house: House, here: Planned
) -> None:
    paper = add(house, "products", "Plan", programme=here.programme, accepted_by="posts:nobody")
    operations.hand_over(house.manager.actor, product=paper)
    assert open_asks(paper) == [("approve", "mary-manager")]


def test_what_people_wrote_stands_where_it_can_be_disposed_of(house: House, here: Planned) -> None:
    manager = house.manager.actor
    told = {"health": Health.ON_TRACK, "words": "Ann is away"}
    operations.tell(manager, thing=here.publish, **told)  # type: ignore[arg-type]
    assert (reason_of(here.publish.record), kept_after(here.publish.record)["words"]) == (
        "", "Ann is away",
    )  # fmt: skip
    decide(here, Outcome.NOT_YET, reason="Ann is away")
    decide(here, Outcome.YES, reason="Ann is back")
    record = here.priority.record
    assert (reason_of(record), kept_before(record)) == (
        "", {"outcome": "not yet", "reason": "Ann is away"},
    )  # fmt: skip
    lesson = add(house, "lessons", "Ask early", kind="lesson", theme="Time",
                 programme=here.programme)  # fmt: skip
    clerk = process("clerk", DAY)
    operations.link_deed(clerk, lesson=lesson, record=house.restricted(), how="Held closely")
    assert kept_after(here.programme.record) == {"lesson": lesson.key}


def test_nothing_is_done_with_what_is_closed(house: House, here: Planned) -> None:
    manager = house.manager.actor
    for row in (here.publish, here.priority):
        close(manager, record=again(row).record, on=DAY)
    with pytest.raises(Refused, match="This was closed"):
        operations.tell(manager, thing=here.publish, health=Health.ON_TRACK, words="Well")
    with pytest.raises(Refused, match="This was closed"):
        decide(here, Outcome.YES)
    with pytest.raises(Refused, match="This was closed"):
        add(house, "gates", "And now?", priority=again(here.priority))


def test_nothing_more_is_planned_in_what_is_over(house: House, here: Planned) -> None:
    operations.move_on(house.manager.actor, thing=here.programme, verb="abandon", reason="No money")
    with pytest.raises(Refused, match="is over"):
        add(house, "milestones", "Late idea", programme=again(here.programme))
    add(house, "lessons", "Ask early", kind="lesson", theme="Time",
        programme=again(here.programme))  # fmt: skip


def test_a_product_that_nobody_accepts_is_not_handed_over(house: House, here: Planned) -> None:
    loose = add(house, "products", "Leaflet", programme=here.programme)
    with pytest.raises(Refused, match="Name them first"):
        operations.hand_over(house.manager.actor, product=loose)
    assert again(loose).handed_on is None


def test_what_a_body_accepts_its_chair_or_the_secretariat_writes_down(
    house: House, here: Planned
) -> None:
    paper = add(house, "products", "Plan", programme=here.programme, accepted_by="bodies:executive")
    operations.hand_over(house.manager.actor, product=paper)
    with pytest.raises(Refused):
        operations.accept(house.health.actor, product=paper)
    operations.accept(house.co_ordinator.actor, product=paper, words="Item 4 of 27 March")
    assert again(paper).acceptor == "Cora Ordinator"


# --- priorities and gates


def test_a_priority_goes_through_its_year(here: Planned) -> None:
    manager, priority = here.house.manager.actor, here.priority
    with pytest.raises(Refused, match="a lead and a test of success"):
        operations.move_on(manager, thing=priority, verb="begin")
    with pytest.raises(Invalid):
        operations.choose(
            manager, priority=priority, body=here.house.board, chosen_on=DAY, evidence=""
        )
    operations.choose(
        manager, priority=priority, body=here.house.board, chosen_on=DAY, evidence="Six reviews"
    )
    operations.set_down(
        manager, partnership=here.house.here, kind="priorities", key=priority.key,
        values={"lead": "posts:hetty-health", "success": "Fewer episodes"},
    )  # fmt: skip
    operations.move_on(manager, thing=priority, verb="begin")
    with pytest.raises(Refused, match="Is a shared hub desirable"):
        operations.end(manager, priority=priority, outcome="Fewer")
    decide(here, Outcome.NO)
    with pytest.raises(Invalid):
        operations.end(manager, priority=priority, outcome=" ")
    operations.end(manager, priority=priority, outcome="A third fewer episodes")
    held = again(priority)
    assert (held.state, held.to_text) == ("done", DAY.isoformat())
    assert not list(queries.lines(here.house.member.actor, [held])[0].lacks)
    done = [verb for verb in verbs_on(held.record) if verb.startswith(("priority", "gate"))]
    assert done[-4:] == ["priority amended", "priority begun", "gate decided", "priority ended"]


def decide(here: Planned, outcome: Outcome, **more: Any) -> None:
    told = {"gate": here.gate, "reason": "Three boroughs differ", "body": here.house.board}
    told |= {"decided_on": DAY, **more}
    operations.decide_gate(here.house.manager.actor, outcome=outcome, **told)


def test_a_gate_stays_open_until_it_is_decided(here: Planned) -> None:
    version = seen(here.priority)
    decide(here, Outcome.NOT_YET, seen_version=version)
    assert again_gate(here).is_open
    with pytest.raises(Stale) as late:
        decide(here, Outcome.YES, seen_version=version)
    assert late.value.theirs["outcome"] == "not yet"
    with pytest.raises(Invalid):
        decide(here, Outcome.YES, reason=" ")
    with pytest.raises(Invalid):
        decide(here, Outcome.YES, decided_on=DAY + timedelta(1))
    decide(here, Outcome.YES)
    held = again_gate(here)
    assert (held.outcome, held.decided_by.name, held.date) == ("yes", "Executive", DAY.isoformat())
    with pytest.raises(Refused, match="This gate is decided"):
        decide(here, Outcome.NO)


def test_a_body_that_is_not_shown_is_not_named(house: House, here: Planned) -> None:
    decide(here, Outcome.YES)
    pk = here.house.board.pk
    assert queries.bodies_named(house.member.actor, [pk, None]) == {pk: "Executive"}
    assert queries.bodies_named(house.outsider.actor, [pk]) == {pk: NOT_SHOWN}


def again_gate(here: Planned) -> Any:
    return queries.gate(here.house.member.actor, here.priority, here.gate.key)


# --- what the funder is owed, and lessons


def test_a_programme_closes_once_nothing_is_owed_and_something_is_learnt(
    house: House, here: Planned
) -> None:
    manager = house.manager.actor
    owed = add(
        house, "obligations", "Send the last return", kind="return", programme=here.programme,
        due="2019-04-30",
    )  # fmt: skip
    with pytest.raises(Refused, match="still owed to the funder"):
        operations.close(manager, programme=here.programme, words="Over")
    with pytest.raises(Invalid):
        operations.fulfil(manager, obligation=owed, words="")
    operations.fulfil(manager, obligation=owed, words="Sent by post on 28 March")
    with pytest.raises(Refused):
        operations.fulfil(manager, obligation=owed, words="Again")
    with pytest.raises(Refused, match="No lesson"):
        operations.close(manager, programme=here.programme, words="Over")
    add(house, "lessons", "Ask early", kind="lesson", theme="Time", programme=here.programme)
    operations.close(manager, programme=here.programme, words="It is all live")
    assert again(here.programme).state == "done"
    with pytest.raises(Refused):
        operations.tell(manager, thing=again(here.programme), health=Health.ON_TRACK, words="Well")


def test_a_lesson_leads_to_what_was_done(house: House, here: Planned) -> None:
    lesson = add(
        house, "lessons", "It competes with daily work", kind="challenge", theme="Competition",
        programme=here.programme,
    )  # fmt: skip
    manager, risk = house.manager.actor, house.risk()
    with pytest.raises(Invalid):
        operations.link_deed(manager, lesson=lesson, record=risk, how="")
    operations.link_deed(manager, lesson=lesson, record=risk, how="We keep it as a risk")
    with pytest.raises(Invalid, match="linked already"):
        operations.link_deed(manager, lesson=lesson, record=risk, how="Again")
    with pytest.raises(Refused):
        operations.link_deed(house.member.actor, lesson=lesson, record=house.risk("B"), how="x")
    assert list(queries.deeds(house.member.actor, here.programme)) == list(Deed.objects.all())
    closely = house.restricted()
    operations.link_deed(process("clerk", DAY), lesson=lesson,
                         record=closely, how="Held closely")  # fmt: skip
    assert len(queries.deeds(house.member.actor, here.programme)) == 1
