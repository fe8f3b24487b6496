"""A search for a date and its poll: where it stands, who may answer, and how answers add up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from concordat.domain.governance.diaries.rules.sitting import (
    Chair,
    Quorate,
    Quorum,
    Sitter,
    Unmet,
    quorate,
    seat_best,
)
from concordat.domain.governance.diaries.rules.times import LONDON
from concordat.kernel.labels import day_in_words, join_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

MOST_SLOTS = 12
LONGEST_POLL = timedelta(days=60)
REMIND = timedelta(days=2)
"""How long before the deadline those who have not answered are reminded."""


class DiaryState(StrEnum):
    """Where the search for one date stands."""

    DRAFT = "draft"
    ASKING = "asking"
    CLOSED = "closed"
    FIXED = "fixed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            DiaryState.ASKING: "Asking for answers",
            DiaryState.CLOSED: "Answers are in",
            DiaryState.FIXED: "Date fixed",
        }.get(self, self.value.capitalize())


STATES = States(
    [
        Move("ask", DiaryState.DRAFT, DiaryState.ASKING, note="with a deadline"),
        Move("fix", DiaryState.DRAFT, DiaryState.FIXED, note="without a poll"),
        Move("withdraw", DiaryState.DRAFT, DiaryState.WITHDRAWN),
        Move("close", DiaryState.ASKING, DiaryState.CLOSED, note="by itself at the deadline"),
        Move("fix", DiaryState.ASKING, DiaryState.FIXED, note="before the deadline"),
        Move("withdraw", DiaryState.ASKING, DiaryState.WITHDRAWN),
        Move("reopen", DiaryState.CLOSED, DiaryState.ASKING, note="with a new deadline"),
        Move("fix", DiaryState.CLOSED, DiaryState.FIXED),
        Move("withdraw", DiaryState.CLOSED, DiaryState.WITHDRAWN),
        Move("move", DiaryState.FIXED, DiaryState.FIXED, note="everybody gets an update"),
        Move("withdraw", DiaryState.FIXED, DiaryState.WITHDRAWN, note="it is called off"),
    ],
    DiaryState.DRAFT,
)


class PlanState(StrEnum):
    """Where a plan of a year stands."""

    WORKING = "being worked out"
    FAILED = "could not be worked out"
    PLANNED = "planned"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


PLAN_STATES = States(
    [
        Move("plan", PlanState.WORKING, PlanState.PLANNED),
        Move("give up", PlanState.WORKING, PlanState.FAILED, note="with the reason"),
        Move("withdraw", PlanState.WORKING, PlanState.WITHDRAWN),
        Move("adopt", PlanState.PLANNED, PlanState.ADOPTED, note="its dates are fixed"),
        Move("withdraw", PlanState.PLANNED, PlanState.WITHDRAWN),
        Move("withdraw", PlanState.FAILED, PlanState.WITHDRAWN),
        Move("withdraw", PlanState.ADOPTED, PlanState.WITHDRAWN, note="its dates are called off"),
    ],
    PlanState.WORKING,
)


class Says(StrEnum):
    YES = "yes"
    IF_NEEDED = "if needed"
    NO = "no"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def mark_of(said: Mapping[tuple[int, int], Says]) -> int:
    """A number that is another as soon as some answer is. `said` is by voice and offer."""
    told = ",".join(f"{voice}:{offer}:{says}" for (voice, offer), says in sorted(said.items()))
    return int(hashlib.sha256(told.encode()).hexdigest()[:12], 16)


def may_answer(state: DiaryState, deadline: datetime | None, now: datetime) -> Verdict:
    """Whether an answer still counts."""
    if state is DiaryState.FIXED:
        return no("The date is fixed. Tell the co-ordinator if you can no longer come.")
    if state is DiaryState.WITHDRAWN:
        return no("This search for a date was withdrawn. Nothing more is needed of you.")
    if state is DiaryState.DRAFT:
        return no("Nobody has been asked yet.")
    if deadline and (state is DiaryState.CLOSED or now >= deadline):
        return no(
            f"Answers were taken until {moment_in_words(deadline)}. "
            "Ask the co-ordinator to open the poll again."
        )
    return yes()


def moment_in_words(when: datetime) -> str:
    """17:00 on 5 April 2019."""
    here = when.astimezone(LONDON)
    return f"{here:%H:%M} on {day_in_words(here.date())}"


def may_ask(slots: int, deadline: datetime, now: datetime, first: datetime | None) -> Verdict:
    """Whether a poll of so many slots may be opened until then; `first` is the earliest slot."""
    if not 1 <= slots <= MOST_SLOTS:
        return no(f"Ask about one date at least and {MOST_SLOTS} at most.")
    if deadline <= now:
        return no("The deadline has passed already. Choose a later one.")
    if deadline - now > LONGEST_POLL:
        return no(f"A poll lasts {LONGEST_POLL.days} days at most.")
    if first and deadline >= first:
        return no("The deadline is not before the first date that you ask about.")
    return yes()


@dataclass(frozen=True, slots=True)
class Tally:
    """How one slot stands in the poll. `silent` are the chairs that nobody has answered for."""

    quorate: Quorate
    words: str
    yes: int
    if_needed: int
    no: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Quorum first, then what else is unmet, then deputies, then the fewest “if needed”."""
        legal = sum(each.legal for each in self.quorate.unmet)
        return legal, len(self.quorate.unmet), self.quorate.deputies, self.if_needed


Answers = Mapping[tuple[str, str], Says]
"""What was said, by chair and by who sits in it."""


def tally(chairs: Sequence[Chair], quorum: Quorum, answers: Answers) -> Tally:
    """Count the answers to one slot. Whoever has not answered is not counted on; a chair without
    sitters is one that nobody was asked for."""
    seated: dict[str, Sitter] = {}
    silent: list[str] = []
    refused: list[str] = []
    for chair in chairs:
        said = [answers.get((chair.key, sitter.who)) for sitter in chair.sitters]
        free = [n for n, each in enumerate(said) if each in (Says.YES, Says.IF_NEEDED)]
        best = seat_best(chair, free, quorum.deputies)
        if best is not None:
            seated[chair.key] = chair.sitters[best]
        elif said and not any(said):
            silent.append(chair.key)
        if Says.NO in said and best is None:
            refused.append(chair.title)
    counted = [answers[key, sitter.who] for key, sitter in seated.items()]
    found = quorate(chairs, quorum, seated)
    return Tally(
        quorate=found,
        words=_told(found, silent),
        yes=counted.count(Says.YES),
        if_needed=counted.count(Says.IF_NEEDED),
        no=tuple(refused),
        silent=tuple(silent),
    )


def _told(found: Quorate, silent: Sequence[str]) -> str:
    legal = [each for each in found.unmet if each.legal]
    if not legal:
        return found.words
    waiting = [each for each in legal if _may_still_come(each, silent)]
    if len(waiting) < len(legal):
        lost = [each.words for each in legal if each not in waiting]
        return f"Cannot be quorate: without {join_words(dict.fromkeys(lost))}"
    return f"Not quorate yet: {join_words(dict.fromkeys(e.words for e in waiting))} not answered"


def _may_still_come(need: Unmet, silent: Sequence[str]) -> bool:
    return len(set(need.chairs) & set(silent)) >= need.lacking


def may_fix(found: Tally | None, reason: str) -> Verdict:
    """Whether a slot may be fixed as answers stand; none asked is the chooser's own judgement.

    A date that nobody can make is never fixed; one without a quorum only with a reason.
    """
    if found is None:
        return yes()
    if found.yes + found.if_needed == 0 and found.no:
        return no("Nobody who answered can come on this date. Choose another.")
    if not found.quorate.is_legal and not reason.strip():
        return no(f"{found.words}. Say why you fix it all the same.")
    return yes()
