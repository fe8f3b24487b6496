"""The way from an old board to new arrangements, set against the national timetable.

SI 2018/497 and the transitional guidance of July 2018 (rows TR-* of the law): arrangements are
published by a last day and in effect within months of it; a board keeps its functions until
then and ceases; only open serious case reviews and child death reviews outlast it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.clocks.rules import Law, Rule
from concordat.kernel.calendar import add_months
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.labels import count, day_in_words, join_words

PUBLISHED, LIVE, BESIDE = "arrangements published", "go-live", "parallel running"
ENDS, WHOLE = "old board ends", "full implementation"
TITLES = {
    "bid": "Bid",
    "funding confirmed": "Funding award",
    "shadow running": "Shadow running",
    "arrangements drafted": "Arrangements drafted",
    "arrangements sent": "Arrangements sent",
    PUBLISHED: "Arrangements published",
    BESIDE: "Parallel running",
    LIVE: "Go-live",
    ENDS: "Old board ends",
    WHOLE: "Full implementation",
    "merger": "Merger",
    "other": "Other steps",
}
"""Every step of a transition in the order in which it is taken, with its name on a page."""
_ACTS = {PUBLISHED: "Publication", LIVE: "Go-live"}
OLD_BOARD = ("old board", "transitional board")
"""Kinds of body that a transition leaves behind."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step as a source states it or as an act left it; `when` is never sharpened."""

    step: str
    title: str
    is_done: bool = False
    when: UncertainDate | None = None
    until: UncertainDate | None = None
    source: str = ""
    subject: str = ""
    about: str = ""

    @property
    def span(self) -> tuple[date, date] | None:
        """The earliest and the latest day of it that the source allows."""
        known = [each for each in (self.when, self.until) if each]
        first = [each.earliest for each in known if each.earliest]
        last = [each.latest for each in known if each.latest]
        return (min(first), max(last)) if first and last else None

    @property
    def dated(self) -> str:
        """When, in the source's own precision; empty where it states nothing."""
        told = [str(each) for each in (self.when, self.until) if each and each.earliest]
        return " to ".join(told)

    def late(self, on: date) -> bool:
        """Planned for days that are all over, and not said to be done."""
        span = self.span
        return not self.is_done and span is not None and span[1] < on


@dataclass(frozen=True, slots=True)
class Timetable:
    """The national rows: begin on, publish by, in effect by, what a board does until then, and
    the tails."""

    start: Rule
    publish: Rule
    implement: Rule
    board: Rule
    tails: tuple[Rule, ...]

    @property
    def starts_on(self) -> date:
        return _fixed(self.start)

    @property
    def publish_by(self) -> date:
        return _fixed(self.publish)

    @property
    def live_by(self) -> date:
        return _last(self.implement)

    @property
    def months(self) -> int:
        """Months from publication within which arrangements take effect."""
        limit = self.implement.deadline
        return limit.value if limit else 0


def timetable(law: Law) -> Timetable:
    """The transition rows of the law as a partnership has them."""
    names = ("TR-START", "TR-PUBLISH", "TR-IMPLEMENT", "TR-LSCB", "TR-SCR", "TR-CDR")
    start, publish, implement, board, *tails = (law.variants(name)[-1] for name in names)
    return Timetable(start, publish, implement, board, tuple(tails))


def _fixed(rule: Rule) -> date:
    if rule.deadline is None or rule.deadline.day is None:
        raise ValueError(f"{rule.id} has no fixed day.")
    return rule.deadline.day


def _last(rule: Rule) -> date:
    if rule.deadline is None or rule.deadline.latest is None:
        raise ValueError(f"{rule.id} has no last day.")
    return rule.deadline.latest


def stage_of(stages: Sequence[Stage], step: str) -> Stage | None:
    """The stage of that name that counts: the latest that was done, else the first planned."""
    found = [each for each in stages if each.step == step]
    done = [each for each in found if each.is_done]
    return done[-1] if done else (found[0] if found else None)


def begins(stages: Sequence[Stage]) -> Stage | None:
    """The stage at which new arrangements take effect: go-live, else running beside the board."""
    return stage_of(stages, LIVE) or stage_of(stages, BESIDE)


def begins_when(stages: Sequence[Stage]) -> UncertainDate | None:
    found = begins(stages)
    return found.when if found else None


# --- what a plan says and the timetable does not allow


@dataclass(frozen=True, slots=True)
class Clash:
    """What one source says set against what another does; `rules` names the rows of law.

    `is_certain` False: it depends on a day that the source does not give. `verified` False: a
    row that it rests on has not been read in its source.
    """

    subject: str
    told: str
    source: str
    law: str
    rules: tuple[str, ...]
    is_certain: bool = True
    verified: bool = True


def clashes(stages: Sequence[Stage], table: Timetable, on: date) -> list[Clash]:
    """Every place where steps and the national timetable do not fit, the firm ones first."""
    found = [
        *_run_beside(stages, table, on),
        *_whole_late(stages, table, on),
        *_late(stage_of(stages, PUBLISHED), table.publish, table.publish_by, on),
        *_late(stage_of(stages, LIVE), table.implement, table.live_by, on),
        *_out_of_order(stages, table),
        *_too_long_between(stages, table),
        *_board_apart(stages, table),
    ]
    return sorted(found, key=lambda each: not each.is_certain)


def _clash(stage: Stage, told: str, on: date, *rows: Rule, is_certain: bool = True) -> Clash:
    return Clash(
        subject=stage.subject,
        told=told,
        source=stage.source,
        law="; ".join(dict.fromkeys(row.source for row in rows)),
        rules=tuple(row.id for row in rows),
        is_certain=is_certain,
        verified=all(row.verified(on) for row in rows),
    )


def _run_beside(stages: Sequence[Stage], table: Timetable, on: date) -> Iterator[Clash]:
    """Two systems side by side: a board ceases in an area when the new arrangements begin there."""
    for stage in stages:
        if stage.step != BESIDE or stage.span is None:
            continue
        beyond = stage.span[1] > table.live_by
        planned = "ran" if stage.is_done else "are to run"
        told = (
            f"The old board and the new arrangements {planned} side by side, {stage.dated}. "
            f"{_by(table.implement, 'Arrangements were to be in effect', table.live_by)}, and a "
            f"board keeps its functions only until they begin in its area ({table.board.id}). "
            f"{_only_tails(table, on)}"
        )
        sure = beyond and (stage.until or stage.when) is not None
        yield _clash(stage, told, on, table.implement, table.board, is_certain=sure)


def _by(rule: Rule, what: str, day: date) -> str:
    return f"{what} by {day_in_words(day)} ({rule.id})"


def _only_tails(table: Timetable, on: date) -> str:
    """What may outlast the board. Rows that nobody has read are marked, never worded as law."""
    told = [
        f"{each.title[:1].lower()}{each.title[1:]} until {day_in_words(_last(each))} "
        f"({each.id}{'' if each.verified(on) else ', not verified'})"
        for each in table.tails
    ]
    return f"On file to outlast it are two tails: {join_words(told)}."


def _whole_late(stages: Sequence[Stage], table: Timetable, on: date) -> Iterator[Clash]:
    stage = stage_of(stages, WHOLE)
    if stage and stage.span and stage.span[1] > table.live_by:
        sure = stage.span[0] > table.live_by
        was = "was reached in" if stage.is_done else "is planned for"
        told = (
            f"Full implementation {was} {stage.dated}. "
            f"{_by(table.implement, 'All arrangements were to be in effect', table.live_by)}."
        )
        yield _clash(stage, told, on, table.implement, is_certain=sure)


def _late(stage: Stage | None, rule: Rule, last: date, on: date) -> Iterator[Clash]:
    """A step that comes after its last day, or may."""
    if stage is None or stage.span is None or stage.span[1] <= last:
        return
    sure = stage.span[0] > last
    was = "is dated" if stage.is_done else "is planned for"
    what = f"{_ACTS[stage.step]} {was} {stage.dated}; the last day is {day_in_words(last)}"
    if sure:
        yield _clash(stage, f"{what} ({rule.id}).", on, rule)
        return
    told = f"{what} ({rule.id}), and {stage.dated} goes on after it: settle the day."
    yield _clash(stage, told, on, rule, is_certain=False)


def _out_of_order(stages: Sequence[Stage], table: Timetable) -> Iterator[Clash]:
    """Arrangements are published before they take effect."""
    published, live = stage_of(stages, PUBLISHED), begins(stages)
    if live is None or live.span is None or published is None:
        return
    on, rows = live.span[1], (table.implement,)
    if published.span is None:
        told = (
            f"{TITLES[live.step]}: {live.dated}. When the arrangements were published is not "
            "stated, so it cannot be told that they were published first."
        )
        yield _clash(published, told, on, *rows, is_certain=False)
    elif live.when and live.when.latest and live.when.latest < published.span[0]:
        told = (
            f"{TITLES[live.step]} ({live.dated}) comes before the arrangements are published "
            f"({published.dated}); the time to put them into effect runs from publication "
            f"({table.implement.id})."
        )
        yield _clash(live, told, on, *rows)


def _too_long_between(stages: Sequence[Stage], table: Timetable) -> Iterator[Clash]:
    published, live = stage_of(stages, PUBLISHED), begins(stages)
    if not (published and live and published.when and live.when):
        return
    first, last = published.when.earliest, published.when.latest
    if not (first and last and live.when.earliest and live.when.latest):
        return
    due, soonest = add_months(last, table.months), add_months(first, table.months)
    if live.when.latest <= soonest:
        return
    sure = live.when.earliest > due
    length = count(table.months, "month")
    told = f"From publication ({published.dated}) to {TITLES[live.step].lower()} ({live.when}) "
    told += f"is more than {length} ({table.implement.id})." if sure else (
        f"may be more than {length} ({table.implement.id}): published on "
        f"{day_in_words(first)}, they take effect by {day_in_words(min(soonest, table.live_by))}."
    )  # fmt: skip
    yield _clash(live, told, last, table.implement, is_certain=sure)


def _board_apart(stages: Sequence[Stage], table: Timetable) -> Iterator[Clash]:
    """A board ends when the new arrangements begin: neither before nor after."""
    ends, live = stage_of(stages, ENDS), stage_of(stages, LIVE)
    if not (ends and live and ends.span and live.span):
        return
    if ends.span[1] < live.span[0]:
        told = f"The old board ends ({ends.dated}) before the new arrangements begin ({live.dated})"
        yield _clash(
            ends, f"{told}: nobody holds its functions between.", ends.span[1], table.board
        )
    elif ends.span[0] > live.span[1]:
        told = f"The old board ends ({ends.dated}) after the new arrangements begin ({live.dated})"
        yield _clash(ends, f"{told} ({table.board.id}).", ends.span[1], table.board)


# --- the tails, and the sentence that a picture is headed by


@dataclass(frozen=True, slots=True)
class Tail:
    """How long one kind of open work may outlast the board; a window where go-live is no day."""

    rule: Rule
    first: date | None
    last: date
    told: str


def tails(table: Timetable, live: UncertainDate | None) -> list[Tail]:
    """Each tail counted from go-live as it is stated; unknown go-live leaves its last day."""
    return [_tail(each, live) for each in table.tails]


def _tail(rule: Rule, live: UncertainDate | None) -> Tail:
    cap, months = _last(rule), rule.deadline.value if rule.deadline else 0
    if live is None or live.earliest is None or live.latest is None:
        return Tail(rule, None, cap, f"At the latest {day_in_words(cap)}; go-live is not known.")
    first, last = (min(add_months(day, months), cap) for day in (live.earliest, live.latest))
    length = count(months, "month")
    if live.precision is Precision.DAY and first == last:
        return Tail(rule, first, last, f"{length} from {live}: {day_in_words(last)}.")
    told = f"{length} from a day in {live}: {day_in_words(first)} to {day_in_words(last)}."
    return Tail(rule, first, last, told)


def message(stages: Sequence[Stage], table: Timetable, on: date) -> str:
    """The one sentence that the timeline says."""
    live = stage_of(stages, LIVE)
    if live and live.is_done:
        return f"The new arrangements have been in effect since {live.dated or 'a day not stated'}"
    beside = stage_of(stages, BESIDE)
    if beside and beside.span and beside.span[1] > table.live_by:
        end = beside.until or beside.when
        return (
            f"The plan runs beside the old board until {end}; the national timetable ends on "
            f"{day_in_words(table.live_by)}"
        )
    if live and live.span:
        return f"Go-live is planned for {live.dated}"
    published = stage_of(stages, PUBLISHED)
    if published and published.is_done:
        return f"Published; in effect by {day_in_words(table.live_by)} at the latest"
    days = (table.publish_by - on).days
    if days < 0:
        return f"Not published: the last day was {day_in_words(table.publish_by)}"
    return (
        f"The old board works on: {count(days, 'day')} to the last day to publish, "
        f"{day_in_words(table.publish_by)}"
    )
