"""Setting down busy times, finding and fixing dates, planning years, and calendars out."""

from concordat.domain.governance.diaries.operations.answering import answer
from concordat.domain.governance.diaries.operations.engaging import (
    call_off,
    change_engagement,
    engage,
    tell_guests,
)
from concordat.domain.governance.diaries.operations.feeding import make_feed, revoke_feed
from concordat.domain.governance.diaries.operations.fixing import (
    fix_date,
    withdraw_date,
    withdraw_search,
)
from concordat.domain.governance.diaries.operations.planning import (
    Wish,
    adopt_plan,
    plan_year,
    withdraw_plan,
)
from concordat.domain.governance.diaries.operations.polling import (
    ask_for_answers,
    close_due,
    close_poll,
    offer_another,
    remind,
    reopen,
)
from concordat.domain.governance.diaries.operations.searching import (
    Wanted,
    change_search,
    look_for_date,
)
from concordat.domain.governance.diaries.operations.times import (
    Holiday,
    bring_calendar,
    end_pattern,
    forget_calendar,
    remove_school_holiday,
    set_pattern,
    set_school_holidays,
)

__all__ = [
    "Holiday",
    "Wanted",
    "Wish",
    "adopt_plan",
    "answer",
    "ask_for_answers",
    "bring_calendar",
    "call_off",
    "change_engagement",
    "change_search",
    "close_due",
    "close_poll",
    "end_pattern",
    "engage",
    "fix_date",
    "forget_calendar",
    "look_for_date",
    "make_feed",
    "offer_another",
    "plan_year",
    "remind",
    "remove_school_holiday",
    "reopen",
    "revoke_feed",
    "set_pattern",
    "set_school_holidays",
    "tell_guests",
    "withdraw_date",
    "withdraw_plan",
    "withdraw_search",
]
