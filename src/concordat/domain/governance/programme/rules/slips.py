"""How far a milestone has slipped, in the precision of the dates that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.governance.programme.rules.life import LONGEST_REASON
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.labels import count
from concordat.kernel.verdict import Verdict, no, yes

MONTHS_IN_A_YEAR = 12
LONGEST_AGREED = 300


@dataclass(frozen=True, slots=True)
class Slip:
    """Days from the first plan to the newest, the fewest and the most that the dates allow."""

    least: int
    most: int
    words: str


def slip(first: UncertainDate | None, now: UncertainDate | None) -> Slip | None:
    """How much later (or earlier, below nought) `now` is.

    None where a date is missing or doubtful, and where `now` only says more exactly, or less,
    what was said first: that is no slip.
    """
    if first is None or now is None or first == now or first.doubtful or now.doubtful:
        return None
    if not (first.earliest and first.latest and now.earliest and now.latest):
        return None
    if first.earliest <= now.earliest and now.latest <= first.latest:
        return None
    words = _words(first, now)
    least, most = (now.earliest - first.latest).days, (now.latest - first.earliest).days
    return Slip(least, most, words) if words else None


def _words(first: UncertainDate, now: UncertainDate) -> str:
    """The difference in words that "than first planned" may follow; none within one month."""
    assert first.earliest and first.latest  # noqa: S101, PT018 - the caller has looked
    assert now.earliest and now.latest  # noqa: S101, PT018 - the caller has looked
    if first.precision is now.precision is Precision.DAY:
        return _way((now.earliest - first.earliest).days, "day")
    months = _months(now.earliest) - _months(first.earliest)
    if months and first.precision is now.precision is not Precision.RANGE:
        about = "" if first.precision is Precision.MONTH else "about "
        return f"{about}{_way(months, 'month')}"
    least = _months(now.earliest) - _months(first.latest)
    most = _months(now.latest) - _months(first.earliest)
    return _between(least, most)


def _between(least: int, most: int) -> str:
    """A difference of whole months that lies between two numbers of them."""
    if least == most:
        return f"about {_way(least, 'month')}" if least else ""
    if least < 0 < most:
        return f"between {_way(least, 'month')} and {_way(most, 'month')}"
    low, high = sorted((abs(least), abs(most)))
    way = "later" if most > 0 else "earlier"
    return (
        f"between {low} and {high} months {way}" if low else f"up to {_way(most or least, 'month')}"
    )


def _way(number: int, noun: str) -> str:
    return f"{count(abs(number), noun)} {'later' if number > 0 else 'earlier'}"


def _months(day: date) -> int:
    return day.year * MONTHS_IN_A_YEAR + day.month


def may_replan(
    old: UncertainDate | None, new: UncertainDate | None, *, starts: UncertainDate | None = None
) -> Verdict:
    """Whether another day is a plan at all: another one, and not before the programme begins."""
    if new == old:
        return no("This is the day that stands already. Give another one.")
    began = starts.earliest if starts and not starts.doubtful else None
    if new and began and new.certainly_before(began):
        return no(f"The programme begins {starts}: a milestone cannot be due before that.")
    return yes()


def are_reasons(reasons: Sequence[str], agreed_by: str) -> tuple[Verdict, Verdict]:
    """A plan is changed for a reason and by somebody; both stay on file."""
    said = [each for each in reasons if each.strip()]
    why = yes() if said else no("Say why the plan changes. Give each reason a line of its own.")
    if sum(map(len, said)) > LONGEST_REASON:
        why = no(f"Say why in {LONGEST_REASON:,} characters or fewer.")
    who = yes() if agreed_by.strip() else no("Say who agreed, such as the steering group.")
    if len(agreed_by) > LONGEST_AGREED:
        who = no(f"Say who agreed in {LONGEST_AGREED} characters or fewer.")
    return why, who


def stands(due: UncertainDate | None, is_over: bool, today: date) -> str:
    """ "late", "soon" (within four weeks), "later", "undated" or "over"."""
    if is_over:
        return "over"
    if due is None or due.latest is None:
        return "undated"
    if due.certainly_before(today):
        return "late"
    earliest = due.earliest or due.latest
    near = (earliest - today).days <= SOON and (due.latest - today).days <= SOON + A_MONTH
    return "soon" if near else "later"


SOON, A_MONTH = 28, 31
"""Days ahead that are soon; and the longest month, since a month that begins soon is soon, and a
year that has begun is not."""
