"""Who sits: holders, deputies, interims, job shares, vacancies, and seats that close."""

from __future__ import annotations

import json
from datetime import date

import pytest

from concordat.domain.base.records.models import Event, EventDetail
from concordat.domain.base.seats import operations
from concordat.domain.base.seats.models import Holder, Incumbency, Post, Seat
from concordat.domain.base.seats.rules import Holding
from concordat.domain.base.seats.rules.sheet import Line
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, holders, last, nothing_changed

MAY = date(2019, 5, 1)
JUNE = date(2019, 6, 1)


def test_a_new_holder_ends_the_one_before(county: County) -> None:
    post, seat = county.post("Chief executive"), county.council_seat
    operations.appoint(county.manager, seat=seat, post=post, holding=Holding.INTERIM, from_day=MAY)
    assert holders(seat) == [
        ("holder", "Colin Council", "2019-01-01", "2019-04-30"),
        ("interim", "Chief executive", "2019-05-01", ""),
    ]
    assert last("interim appointed")[1] == {"post": "Chief executive"}


def test_a_deputy_and_a_job_share_stand_beside(county: County) -> None:
    seat = county.council_seat
    for title, holding in (("Deputy", Holding.DEPUTY), ("Other half", Holding.JOB_SHARE)):
        operations.appoint(
            county.manager, seat=seat, post=county.post(title), holding=holding, from_day=MAY
        )
    assert holders(seat) == [
        ("holder", "Colin Council", "2019-01-01", "2019-04-30"),
        ("deputy", "Deputy", "2019-05-01", ""),
        ("job share", "Colin Council", "2019-05-01", ""),
        ("job share", "Other half", "2019-05-01", ""),
    ]
    operations.appoint(
        county.manager,
        seat=seat,
        post=county.post("Third part"),
        holding=Holding.JOB_SHARE,
        from_day=date(2019, 6, 1),
    )
    assert [row[3] for row in holders(seat)] == ["2019-04-30", "", "", "", ""]


def test_a_seat_of_several_places_holds_so_many_and_no_more(county: County) -> None:
    seat = county.council_seat
    operations.set_down(
        county.manager,
        partnership=county.house.here,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": seat.body, "how_many": 2},
    )
    for title in ("Second", "Third"):
        post, seat = county.post(title), county.council_seat
        if title == "Third":
            with nothing_changed(), pytest.raises(Refused, match="All 2 places"):
                operations.appoint(
                    county.manager, seat=seat, post=post, holding=Holding.HOLDER, from_day=MAY
                )
        else:
            operations.appoint(
                county.manager, seat=seat, post=post, holding=Holding.HOLDER, from_day=MAY
            )
    assert [row[3] for row in holders(seat)] == ["", ""]


def test_a_vacancy_ends_when_somebody_sits(county: County) -> None:
    seat = county.council_seat
    operations.vacate(county.manager, seat=seat, from_day=DAY, reason="Moved")
    operations.appoint(
        county.manager,
        seat=seat,
        post=county.post("One half"),
        holding=Holding.JOB_SHARE,
        from_day=MAY,
    )
    assert [(row[0], row[3]) for row in holders(seat)] == [
        ("holder", "2019-03-28"),
        ("vacant", "2019-04-30"),
        ("job share", ""),
    ]


def test_the_deputy_is_not_the_holder(county: County) -> None:
    post = Post.objects.get(key="colin-council")
    with nothing_changed(), pytest.raises(Refused, match="deputy"):
        operations.appoint(
            county.manager,
            seat=county.council_seat,
            post=post,
            holding=Holding.DEPUTY,
            from_day=MAY,
        )


def test_appointing_on_an_old_view_shows_both(county: County) -> None:
    seat, seen = county.council_seat, county.council_seat.record.version
    operations.appoint(
        county.manager,
        seat=seat,
        post=county.post("First"),
        holding=Holding.DEPUTY,
        from_day=MAY,
        seen_version=seen,
    )
    second = county.post("Second")
    with nothing_changed(), pytest.raises(Stale):
        operations.appoint(
            county.manager,
            seat=seat,
            post=second,
            holding=Holding.HOLDER,
            from_day=MAY,
            seen_version=seen,
        )


def test_a_holding_ends_and_never_before_it_began(county: County) -> None:
    row = Holder.objects.select_related("seat__record").get(seat=county.council_seat)
    with nothing_changed(), pytest.raises(Invalid):
        operations.end_holding(county.manager, holder=row, last_day=date(2018, 12, 31))
    operations.end_holding(county.manager, holder=row, last_day=DAY, reason="Moved")
    assert holders(county.council_seat)[0][3] == "2019-03-29"
    assert last("holding ended")[0].reason == "Moved"


def test_a_vacancy_ends_the_holder_and_leaves_the_deputy(county: County) -> None:
    seat = county.council_seat
    deputy = county.post("Deputy")
    operations.appoint(county.manager, seat=seat, post=deputy, holding=Holding.DEPUTY, from_day=DAY)
    operations.vacate(county.manager, seat=seat, from_day=MAY, reason="Nobody was found")
    assert holders(seat) == [
        ("holder", "Colin Council", "2019-01-01", "2019-04-30"),
        ("deputy", "Deputy", "2019-03-29", ""),
        ("vacant", "", "2019-05-01", ""),
    ]
    with nothing_changed(), pytest.raises(Refused, match="vacant already"):
        operations.vacate(county.manager, seat=seat, from_day=MAY, reason="Again")


def test_only_the_secretariat_appoints_and_vacates(county: County) -> None:
    seat, post = county.council_seat, county.post("Friend")
    with nothing_changed(), pytest.raises(Refused):
        operations.appoint(
            county.member, seat=seat, post=post, holding=Holding.HOLDER, from_day=MAY
        )
    with nothing_changed(), pytest.raises(Refused):
        operations.vacate(county.member, seat=seat, from_day=MAY, reason="No")
    with nothing_changed(), pytest.raises(Refused):
        operations.close_seat(county.member, seat=seat, last_day=MAY)


def test_a_seat_changes_as_somebody_saw_it(county: County) -> None:
    seat, seen = county.council_seat, county.council_seat.record.version
    changed = operations.amend_seat(
        county.manager, seat=seat, values={"role": "Delegate"}, seen_version=seen
    )
    assert changed.record.title == "Delegate, Executive"
    with nothing_changed(), pytest.raises(Stale) as told:
        operations.amend_seat(county.manager, seat=seat, values={"role": "Lead"}, seen_version=seen)
    assert told.value.theirs == {"role": "Delegate"}


def test_a_seat_goes_over_with_those_who_sit(county: County) -> None:
    new = operations.carry_seat(
        county.manager, seat=county.council_seat, from_day=MAY, agency=county.west
    )
    assert (new.agency, new.from_text) == (county.west, "2019-05-01")
    assert holders(new) == [("holder", "Colin Council", "2019-05-01", "")]
    assert Seat.objects.get(pk=county.council_seat.pk).to_text == "2019-04-30"


def test_who_was_to_sit_for_a_time_or_later_goes_over_with_the_seat(county: County) -> None:
    seat = county.council_seat
    until, later = county.post("Head of practice"), county.post("Head of quality")
    operations.appoint(
        county.manager,
        seat=seat,
        post=until,
        holding=Holding.DEPUTY,
        from_day=DAY,
        to_day=date(2019, 9, 30),
    )
    operations.appoint(county.manager, seat=seat, post=later, holding=Holding.DEPUTY, from_day=JUNE)
    new = operations.carry_seat(
        county.manager, seat=seat, from_day=MAY, agency=county.west, posts={until.pk: later}
    )
    assert sorted(holders(new)) == [
        ("deputy", "Head of quality", "2019-05-01", "2019-09-30"),
        ("deputy", "Head of quality", "2019-06-01", ""),
        ("holder", "Colin Council", "2019-05-01", ""),
    ]
    assert sorted(holders(seat)) == [
        ("deputy", "Head of practice", "2019-03-29", "2019-04-30"),
        ("holder", "Colin Council", "2019-01-01", "2019-04-30"),
    ]


def test_a_seat_that_closes_withdraws_who_was_to_sit_only_later(county: County) -> None:
    seat, later = county.council_seat, county.post("Head of quality")
    row = operations.appoint(
        county.manager, seat=seat, post=later, holding=Holding.DEPUTY, from_day=JUNE
    )
    operations.close_seat(county.manager, seat=seat, last_day=MAY, reason="Not needed")
    assert holders(seat) == [("holder", "Colin Council", "2019-01-01", "2019-05-01")]
    event = Event.objects.get(verb="appointment withdrawn")
    assert json.loads(EventDetail.objects.get(pk=event.pk).before) == {
        "holder": row.key,
        "from": "2019-06-01",
    }


def test_a_seat_of_a_known_end_keeps_it_and_one_to_come_is_changed_itself(county: County) -> None:
    fixed, coming = (
        operations.set_down(
            county.manager,
            partnership=county.house.here,
            kind="seats",
            key=key,
            values={"role": key, "body": county.house.board, **span},
        )
        for key, span in (
            ("fixed", {"to_text": "2020-03-31"}),
            ("coming", {"from_text": "2019-06-01"}),
        )
    )
    new = operations.carry_seat(county.manager, seat=fixed, from_day=MAY, body=county.learning)  # type: ignore[arg-type]
    assert (new.from_text, new.to_text) == ("2019-05-01", "2020-03-31")
    same = operations.carry_seat(county.manager, seat=coming, from_day=MAY, body=county.learning)  # type: ignore[arg-type]
    assert same.pk == coming.pk
    assert (same.body_id, same.from_text) == (county.learning.pk, "2019-06-01")


def test_a_post_goes_over_with_whoever_is_in_it(county: County) -> None:
    post = Post.objects.select_related("partnership", "role").get(key="colin-council")
    new = operations.succeed_post(
        county.manager, post=post, agency=county.west, from_day=MAY, reason="Merged"
    )
    post.refresh_from_db()
    assert (post.successor, post.to_text, new.agency) == (new, "2019-04-30", county.west)
    days = Incumbency.objects.filter(person=county.house.council.person).order_by("from_day")
    assert [(row.post_id, row.to_day) for row in days] == [
        (post.pk, date(2019, 4, 30)),
        (new.pk, None),
    ]


def line(row: int = 2, **told: str) -> Line:
    return Line(row, "Executive", **{"role": "Delegate for health", **told})  # type: ignore[arg-type]


def test_seats_come_in_from_a_sheet_with_their_posts(county: County) -> None:
    told = line(agency="Westshire", capacity="voting", holder="Chief nurse", deputy="colin council")
    (seat,) = operations.bring_in(county.manager, partnership=county.house.here, lines=[told])
    assert (seat.agency, seat.capacity) == (county.west, "voting")
    assert [row[:2] for row in holders(seat)] == [
        ("holder", "Chief nurse"),
        ("deputy", "Colin Council"),
    ]
    assert last("seats brought in")[1] == {"seats": 1}


def test_a_sheet_with_a_problem_or_without_a_row_writes_nothing(county: County) -> None:
    lines = [line(), line(row=3, role="Other", problems=("No body is named.",))]  # type: ignore[arg-type]
    with nothing_changed(), pytest.raises(Invalid, match="row 3"):
        operations.bring_in(county.manager, partnership=county.house.here, lines=lines)
    with nothing_changed(), pytest.raises(Invalid, match="no seat"):
        operations.bring_in(county.manager, partnership=county.house.here, lines=[])
    with nothing_changed(), pytest.raises(Refused):
        operations.bring_in(county.member, partnership=county.house.here, lines=[line()])
