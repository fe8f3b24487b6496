"""A search with a poll, a plan, a pattern, a school holiday and a feed of one partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import operations, queries
from concordat.domain.governance.diaries.models import (
    CalendarFeed,
    Diary,
    SchoolHoliday,
    WorkingPattern,
    YearPlan,
)
from concordat.domain.governance.diaries.operations import Holiday, Wanted, Wish
from concordat.domain.governance.diaries.queries import Guest
from concordat.domain.governance.diaries.rules import Need, Part, Strength, minute_of
from tests.operations.mail.cast import LOADER, House

START = datetime(2019, 4, 10, 9, 0, tzinfo=UTC)
TOKEN = "t" * 43


@dataclass(frozen=True)
class Furniture:
    draft: Diary
    diary: Diary
    plan: YearPlan
    person: str
    pattern: WorkingPattern
    holiday: SchoolHoliday
    feed: CalendarFeed
    body: str

    def case(self, name: str) -> dict[str, Any]:
        """What stands in an address of diaries; nothing where it names a partnership alone."""
        if name in ("change", "ask"):
            return {"reference": self.draft.record.reference}
        if name in ("slot", "fix", "offer", "withdraw_date"):
            return {"reference": self.diary.record.reference, "start": minute_of(START)}
        if name in ("plan", "adopt", "withdraw_plan"):
            return {"reference": self.plan.record.reference}
        polled = ("diary", "answer", "close", "reopen", "withdraw")
        held = {"reference": self.diary.record.reference} if name in polled else {}
        return {
            "begin": {"reference": self.body},
            "add_pattern": {"person": self.person},
            "bring": {"person": self.person},
            "forget": {"person": self.person},
            "end_pattern": {"pattern": self.pattern.pk},
            "remove_holiday": {"slug": "here", "holiday": self.holiday.pk},
            "revoke_feed": {"feed": self.feed.pk},
            "calendar": {"token": TOKEN},
        }.get(name, held)


def furniture(house: House) -> Furniture:
    """The delegate for health is asked by her account's absence: by a link."""
    return Furniture(
        draft=_search(house),
        diary=_asked(house),
        plan=operations.plan_year(
            LOADER,
            partnership=house.here,
            title="Meetings of a year",
            first=date(2019, 4, 1),
            last=date(2019, 12, 20),
            wishes=[Wish(house.board, "every 8 weeks", 120)],
        ),
        person=house.health.person.record.reference,
        pattern=operations.set_pattern(
            LOADER,
            strength=Strength.NEVER,
            weekday=1,
            part=Part.MORNING,
            from_day=date(2019, 1, 1),
            post=Post.objects.get(title="Hetty Health"),
        ),
        holiday=_holiday(house),
        feed=operations.make_feed(house.health.actor, token=TOKEN, now=START),
        body=house.board.record.reference,
    )


def _search(house: House) -> Diary:
    seats = {each.seat: Need.REQUIRED for each in (house.council, house.health, house.chair)}
    return operations.look_for_date(
        house.co_ordinator.actor,
        body=house.board,
        title="Executive in April",
        wanted=Wanted(120, date(2019, 4, 8), date(2019, 4, 30), seats=seats),
    )


def _asked(house: House) -> Diary:
    diary = _search(house)
    actor = house.co_ordinator.actor
    people = queries.to_be_asked(actor, diary)
    return operations.ask_for_answers(
        actor,
        diary=diary,
        starts=[START],
        deadline=datetime(2019, 4, 5, 16, 0, tzinfo=UTC),
        guests={each.key: Guest(each.name, each.email) for each in people},
        place="http://testserver/guest/TOKEN",
        now=datetime(2019, 3, 29, 10, 0, tzinfo=UTC),
    )


def _holiday(house: House) -> SchoolHoliday:
    area = agencies.set_down(
        LOADER, partnership=house.here, kind="areas", key="here", values={"name": "Here"}
    )
    assert isinstance(area, Area)
    row = Holiday("Here", "Easter", date(2019, 4, 8), date(2019, 4, 22), "Invented")
    return operations.set_school_holidays(LOADER, partnership=house.here, rows=[row])[0]
