"""What is suggested for an agenda, to whom, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.base.actions import operations as actions
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.recommendations import operations as recommendations
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import Came, Wording
from concordat.domain.base.recommendations.rules import Point
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import keep
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Line, NotNow, Presentation, Suggestion
from concordat.domain.governance.meetings.rules.deciding import Outcome
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.domain.governance.meetings.rules.suggesting import Sort, Suggested
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at, shown


def told(room: Boardroom) -> dict[str, Suggested]:
    return {each.title: each for each in queries.suggested(room.manager, room.now())}


def risk(room: Boardroom, title: str = "Costs", **more: object) -> Record:
    values = {"sensitivity": Sensitivity.PARTNERSHIP, **more}
    return records.open_record(
        LOADER,
        kind=RecordKind.RISK,
        title=title,
        partnership=room.here,
        opened=DAY,
        **values,  # type: ignore[arg-type]
    )


def raised(room: Boardroom, about: Record, key: str = "risk-up:1") -> Suggestion:
    return operations.suggest(
        LOADER,
        body=room.body,
        key=key,
        label="risk went up",
        title=about.title,
        about=about,
        why="It went from amber to red.",
        purpose=Purpose.ASSURE,
    )


@pytest.mark.long
def test_a_higher_package_proposes_by_record_and_it_is_added_with_one_act(room: Boardroom) -> None:
    about = risk(room)
    raised(room, about)
    found = told(room)["Costs"]
    assert (found.sort, found.word, found.why) == (
        Sort.ABOVE,
        "risk went up",
        "It went from amber to red.",
    )
    line = operations.add_suggested(room.manager, meeting=room.now(), key=found.key)
    assert (line.place, line.purpose, line.item.about_id) == ("on the agenda", "assure", about.pk)
    row = Suggestion.objects.get()
    assert (row.line_id, row.ended_on) == (line.pk, DAY)
    assert told(room) == {}
    with pytest.raises(Refused, match="not suggested any more"):
        operations.add_suggested(room.manager, meeting=room.now(), key=found.key)
    assert "suggestion taken on" in verbs_on(room.now().record)


@pytest.mark.long
def test_the_same_key_again_amends_and_taking_it_back_ends_it(room: Boardroom) -> None:
    about = risk(room)
    first, second = raised(room, about), raised(room, about)
    assert first.pk == second.pk
    assert operations.take_back(LOADER, body=room.body, key="risk-up:1", because="It fell") == 1
    assert operations.take_back(LOADER, body=room.body, key="risk-up:1", because="It fell") == 0
    assert told(room) == {}
    assert Suggestion.objects.get().ended_because == "It fell"
    with pytest.raises(Invalid, match="reason"):
        operations.take_back(LOADER, body=room.body, key="risk-up:1", because=" ")


@pytest.mark.long
def test_nothing_is_suggested_that_the_actor_may_not_know(room: Boardroom) -> None:
    raised(room, risk(room, "A child’s name", sensitivity=Sensitivity.SEALED, listed=False))
    found = [each.title for each in queries.suggested(LOADER, room.now())]
    assert len(found) == 1
    assert found[0].startswith("Risk HERE-")
    assert told(room) == {}
    key = queries.suggested(LOADER, room.now())[0].key
    with pytest.raises(Refused, match="may not know of it"):
        operations.add_suggested(room.manager, meeting=room.now(), key=key)
    assert not Line.objects.exists()


def test_an_item_about_something_closer_is_called_by_its_reference(room: Boardroom) -> None:
    about = risk(room, "Kestrel", sensitivity=Sensitivity.RESTRICTED)
    raised(room, about)
    (found,) = queries.suggested(LOADER, room.now())
    assert found.title == f"Risk {about.reference}"
    line = operations.add_suggested(LOADER, meeting=room.now(), key=found.key)
    assert line.item.record.level is Sensitivity.RESTRICTED
    assert "Kestrel" not in line.item.record.title


def test_members_build_no_agenda_and_keep_no_forward_plan(room: Boardroom) -> None:
    raised(room, risk(room))
    key = queries.suggested(LOADER, room.now())[0].key
    member = room.house.member.actor
    for act in (
        lambda: operations.add_suggested(member, meeting=room.now(), key=key),
        lambda: operations.put_off(member, meeting=room.now(), key=key, reason="No"),
        lambda: operations.lay_fixed(member, meeting=room.now()),
        lambda: operations.suggest(member, body=room.body, key="x", label="x", title="Mine"),
    ):
        with pytest.raises(Refused):
            act()
    assert not Line.objects.exists()


@pytest.mark.long
def test_not_now_is_for_one_meeting_with_a_reason_and_is_taken_back(room: Boardroom) -> None:
    raised(room, risk(room))
    key = told(room)["Costs"].key
    with pytest.raises(Refused, match="why not now"):
        operations.put_off(room.chair, meeting=room.now(), key=key, reason=" ")
    operations.put_off(room.chair, meeting=room.now(), key=key, reason="After the audit")
    assert told(room) == {}
    (row,) = queries.put_off(room.manager, room.now())
    assert (row.title, row.reason) == ("Costs", "After the audit")
    later = operations.call(
        room.manager,
        body=room.body,
        starts_at=at(9, day=DAY + timedelta(days=30)),
        ends_at=at(11, day=DAY + timedelta(days=30)),
    )
    assert [each.key for each in queries.suggested(room.manager, later)] == [key]
    operations.suggest_again(room.manager, meeting=room.now(), key=key)
    assert "Costs" in told(room)
    assert not NotNow.objects.exists()
    with pytest.raises(Refused, match="not put off"):
        operations.suggest_again(room.manager, meeting=room.now(), key=key)


def test_what_was_put_off_is_told_only_to_who_may_open_it(room: Boardroom) -> None:
    raised(room, risk(room, "Kestrel", sensitivity=Sensitivity.SEALED, listed=False))
    (found,) = queries.suggested(LOADER, room.now())
    operations.put_off(LOADER, meeting=room.now(), key=found.key, reason="Later")
    assert len(queries.put_off(LOADER, room.now())) == 1
    assert queries.put_off(room.manager, room.now()) == []


@pytest.mark.long
def test_two_who_add_at_once(room: Boardroom) -> None:
    raised(room, risk(room))
    raised(room, risk(room, "Staff"), "risk-up:2")
    rows, seen = told(room), room.now().record.version
    operations.add_suggested(
        room.chair, meeting=room.now(), key=rows["Costs"].key, seen_version=seen
    )
    room.item("Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    with pytest.raises(Stale) as conflict:
        operations.add_suggested(
            room.manager, meeting=room.now(), key=rows["Staff"].key, seen_version=seen
        )
    assert conflict.value.mine == {"Add": "Staff"}
    assert conflict.value.theirs == {"Agenda": "Costs"}, "a conflict tells nothing hidden"
    assert not Line.objects.filter(item__record__title="Staff").exists()


@pytest.mark.long
def test_a_member_s_request_is_added_or_declined(room: Boardroom) -> None:
    member = room.house.member.actor
    for title in ("Missing children", "Parking"):
        operations.propose(member, meeting=room.now(), title=title, purpose=Purpose.ADVISE)
    rows = told(room)
    assert rows["Parking"].sort is Sort.REQUEST
    operations.add_suggested(room.chair, meeting=room.now(), key=rows["Missing children"].key)
    operations.put_off(room.chair, meeting=room.now(), key=rows["Parking"].key, reason="Not ours")
    assert dict(Line.objects.values_list("item__record__title", "place")) == {
        "Missing children": Place.ON_AGENDA,
        "Parking": Place.DECLINED,
    }


@pytest.mark.long
def test_what_was_left_over_comes_back(room: Boardroom) -> None:
    earlier = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=date(2019, 3, 1)),
        ends_at=at(10, day=date(2019, 3, 1)),
    )  # fmt: skip
    line = operations.propose(LOADER, meeting=earlier, title="Thresholds", purpose=Purpose.DECIDE)
    operations.take_on(LOADER, line=line)
    operations.carry_over(LOADER, line=line, reason="No time")
    found = told(room)["Thresholds"]
    assert (found.sort, found.why) == (Sort.CARRIED, "Executive, 1 March 2019: No time")
    brought = operations.add_suggested(room.manager, meeting=room.now(), key=found.key)
    assert (brought.item_id, brought.carried_from_id) == (line.item_id, line.pk)
    assert told(room) == {}


@pytest.mark.long
def test_what_was_on_the_agenda_of_a_meeting_called_off_comes_back(room: Boardroom) -> None:
    later = DAY + timedelta(days=14)
    off = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=later), ends_at=at(10, day=later)
    )
    line = operations.propose(LOADER, meeting=off, title="Thresholds", purpose=Purpose.DECIDE)
    operations.take_on(LOADER, line=line)
    operations.cancel(LOADER, meeting=off, reason="Snow")
    assert told(room)["Thresholds"].why.endswith("The meeting was called off.")


@pytest.mark.long
def test_actions_of_this_body_that_are_late_are_suggested(room: Boardroom) -> None:
    late = actions.add(
        LOADER,
        source=room.meeting.record,
        what="Write to the schools",
        set_by=room.body,
        owner=room.house.member.seat,
        due=DAY + timedelta(days=1),
    )
    assert told(room) == {}
    on = replace(room.manager, on=DAY + timedelta(days=5))
    meeting = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=on.on + timedelta(days=1)),
        ends_at=at(10, day=on.on + timedelta(days=1)),
    )  # fmt: skip
    (found,) = queries.suggested(on, meeting)
    assert (found.sort, found.word) == (Sort.ACTION, "overdue action")
    assert found.title == "Action: Write to the schools"
    line = operations.add_suggested(on, meeting=meeting, key=found.key)
    assert line.item.about_id == late.pk


@pytest.mark.long
def test_drafts_to_work_on_and_recommendations_to_decide_are_suggested(room: Boardroom) -> None:
    def drafted(title: str) -> Recommendation:
        row = recommendations.draft(
            LOADER,
            partnership=room.house.here,
            wording=Wording(title=title),
            came=Came(title="Audit (Invented)"),
        )
        return recommendations.send(LOADER, recommendation=row, to=room.body)

    assert told(room) == {}
    first = drafted("Hear the child alone")
    work = "Draft recommendations to work on"
    assert told(room)[work].word == "drafts to work on"
    recommendations.set_caseload(LOADER, body=room.body, at_least=1, reason="Agreed")
    found = told(room)[work]
    assert found.word == "caseload reached"
    assert "a meeting is due" in found.why
    for point in Point:
        recommendations.check(
            LOADER, recommendation=first, point=point, answer=False, reason="Seen"
        )
    recommendations.put(LOADER, recommendation=first, before=room.body)
    assert set(told(room)) == {"Recommendation: Hear the child alone"}
    (decide,) = told(room).values()
    line = operations.add_suggested(room.manager, meeting=room.meeting, key=decide.key)
    assert line.item.about_id == first.pk
    assert told(room) == {}


@pytest.mark.long
def test_clocks_that_run_out_before_the_next_meeting_are_suggested(room: Boardroom) -> None:
    about = risk(room, "An incident")
    held = clocks.start(
        LOADER,
        record=about,
        rule="SIN-CRIT",
        started_by="The council heard of the incident",
        on=DAY,
        holder=room.house.health.seat,
    )
    assert held.due is not None
    assert told(room) == {}, "it runs out after the only meeting that there is"
    after = held.due + timedelta(days=3)
    meeting = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=after), ends_at=at(10, day=after)
    )
    (found,) = queries.suggested(room.manager, meeting)
    assert (found.sort, found.due) == (Sort.CLOCK, held.due)
    assert "before the meeting" in found.why
    assert [each.sort for each in queries.suggested(room.manager, room.now())] == [Sort.CLOCK]
    line = operations.add_suggested(room.manager, meeting=meeting, key=found.key)
    assert line.item.about_id == about.pk


@pytest.mark.long
def test_a_decision_to_look_at_again_and_a_paper_that_was_promised(room: Boardroom) -> None:
    row = operations.draft(
        LOADER,
        body=room.body,
        on=DAY,
        meeting=room.now(),
        text="Use one method",
        outcome=Outcome.AGREED,
        reasons="It works",
        rest={"review_on": DAY},
    )
    keep(
        LOADER,
        model=Presentation,
        partnership=room.here,
        key="promised",
        values={"body": room.body, "title": "Yearly report", "date": "2019-03", "state": "planned"},
        noun="presentation",
    )
    rows = told(room)
    assert rows["Look again at: Use one method"].sort is Sort.REVIEW
    assert rows["Yearly report"].why == "Planned for March 2019."
    line = operations.add_suggested(room.manager, meeting=room.now(), key=rows["Yearly report"].key)
    assert Presentation.objects.get(key="promised").line_id == line.pk
    again = operations.add_suggested(
        room.manager, meeting=room.now(), key=rows["Look again at: Use one method"].key
    )
    assert again.item.about_id == row.pk
    assert told(room) == {}


@pytest.mark.long
def test_the_forward_plan_waits_for_its_day(room: Boardroom) -> None:
    operations.suggest(
        room.chair,
        body=room.body,
        key="plan:1",
        label="forward plan",
        title="Yearly report",
        from_day=DAY + timedelta(days=20),
        lead=room.house.health.seat,
    )
    assert told(room) == {}
    later = DAY + timedelta(days=30)
    meeting = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=later), ends_at=at(10, day=later)
    )
    (found,) = queries.suggested(room.manager, meeting)
    assert found.sort is Sort.PLANNED
    line = operations.add_suggested(room.manager, meeting=meeting, key=found.key)
    assert line.item.lead_id == room.house.health.seat.pk


FIXED = [
    {"title": "Apologies", "purpose": "note", "minutes": 5, "at": "opens"},
    {"title": "Any other business", "purpose": "agree", "minutes": 10, "at": "closes"},
]


@pytest.mark.long
def test_what_is_fixed_is_laid_when_the_agenda_opens_and_is_the_same_item_again(
    room: Boardroom,
) -> None:
    operations.settle_ways(room.manager, body=room.body, values={"fixed_items": FIXED})
    room.item("The budget")
    operations.open_agenda(room.manager, meeting=room.now())
    assert shown(room.manager, room.now()) == [
        ("1", "Apologies"),
        ("2", "The budget"),
        ("3", "Any other business"),
    ]
    assert operations.lay_fixed(room.manager, meeting=room.now()) == 0
    later = DAY + timedelta(days=30)
    meeting = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=later), ends_at=at(10, day=later)
    )
    operations.open_agenda(room.manager, meeting=meeting)
    both = Line.objects.filter(item__record__title="Apologies")
    assert both.count() == 2
    assert len({row.item_id for row in both}) == 1


@pytest.mark.long
def test_items_keep_to_their_part_of_the_agenda(room: Boardroom) -> None:
    operations.settle_ways(room.manager, body=room.body, values={"fixed_items": FIXED})
    budget, risks = room.item("The budget"), room.item("Risks")
    operations.open_agenda(room.manager, meeting=room.now())
    operations.move(room.manager, line=risks, by=-1)
    assert [title for _, title in shown(room.manager, room.now())] == [
        "Apologies",
        "Risks",
        "The budget",
        "Any other business",
    ]
    operations.move(room.manager, line=risks, by=-1)
    assert shown(room.manager, room.now())[1] == ("2", "Risks")
    operations.place_at(room.manager, line=budget, at=2)
    assert shown(room.manager, room.now())[1] == ("2", "The budget")
    with pytest.raises(Invalid, match="can stand at 2 to 3"):
        operations.place_at(room.manager, line=budget, at=4)


@pytest.mark.long
def test_nothing_is_suggested_once_a_meeting_is_held(room: Boardroom) -> None:
    raised(room, risk(room))
    key = told(room)["Costs"].key
    room.held()
    assert told(room) == {}
    with pytest.raises(Refused, match="agenda is closed"):
        operations.add_suggested(room.manager, meeting=room.now(), key=key)
