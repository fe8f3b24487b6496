"""A priority's learning cycle: who takes part, what is done, what it finds, what the board answers
and whether it changed anything.

How long a cycle lasts and what belongs to it differ by place: a model is data, none of it is law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count, join_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class Turn(StrEnum):
    """How far a learning cycle is, as a partnership file says it."""

    NOT_STATED = "not stated"
    PLANNED = "planned"
    UNDER_WAY = "under way"
    REPORTED = "reported to board"
    ANSWERED = "answered"
    CHECKED = "impact checked"
    ABANDONED = "abandoned"

    @property
    def is_over(self) -> bool:
        return self in (Turn.CHECKED, Turn.ABANDONED)

    @property
    def has_found(self) -> bool:
        """Whether it has told the board what it found."""
        return self in (Turn.REPORTED, Turn.ANSWERED, Turn.CHECKED)

    @property
    def label(self) -> str:
        return self.value.capitalize()


def turn_of(said: str) -> Turn:
    return Turn(said) if said else Turn.NOT_STATED


_BEFORE = (Turn.NOT_STATED, Turn.PLANNED)
LEARNING = States(
    [
        Move("plan", Turn.NOT_STATED, Turn.PLANNED, note="where a source says nothing"),
        *(Move("begin", state, Turn.UNDER_WAY, note="once it is known who takes part")
          for state in _BEFORE),
        Move("report", Turn.UNDER_WAY, Turn.REPORTED, note="the board is asked for its answer"),
        Move("take back", Turn.REPORTED, Turn.UNDER_WAY, note="with a reason"),
        Move("answer", Turn.REPORTED, Turn.ANSWERED, note="by the board, each suggestion"),
        Move("check", Turn.ANSWERED, Turn.CHECKED, note="what came of each suggestion"),
        *(Move("abandon", state, Turn.ABANDONED, note="with a reason")
          for state in (*_BEFORE, Turn.UNDER_WAY)),
    ],
    Turn.NOT_STATED,
)  # fmt: skip
STEPS = (Turn.PLANNED, Turn.UNDER_WAY, Turn.REPORTED, Turn.ANSWERED, Turn.CHECKED)


class Sort(StrEnum):
    """What is done in a cycle."""

    AUDIT = "multi-agency audit"
    CHILDREN = "voice of children"
    FAMILIES = "voice of families"
    PRACTITIONERS = "voice of practitioners"
    CASES = "examination of cases"
    SESSION = "session"
    DEBRIEF = "debrief"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Part(StrEnum):
    """As what somebody takes part."""

    LEADS = "leads"
    TAKES_PART = "takes part"
    FACILITATES = "facilitates"
    OBSERVES = "observes"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Model(StrEnum):
    """After which model a cycle is run."""

    HUB = "learning hub"
    DIVE = "deep dive"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Way:
    """What a model is known for: `months` it lasts, what is `done` in it, and how that is known."""

    months: int | None
    done: tuple[Sort, ...]
    known: str


WAYS: Mapping[Model, Way] = {
    Model.HUB: Way(
        4,
        (Sort.AUDIT, Sort.CHILDREN, Sort.FAMILIES, Sort.PRACTITIONERS),
        "As Bexley describes its hub: one theme in a cycle of four months. It is local practice, "
        "not a duty.",
    ),
    Model.DIVE: Way(
        None,
        (),
        "Named in Greenwich and Lewisham and described nowhere: how long it lasts and what is done "
        "is for whoever runs it to say.",
    ),
    Model.OTHER: Way(None, (), ""),
}


class Answer(StrEnum):
    """What the board says to one suggestion."""

    ACCEPTED = "accepted"
    ADAPTED = "adapted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Impact(StrEnum):
    """What came of one suggestion."""

    SEEN = "seen"
    PARTLY = "partly seen"
    NOT_SEEN = "not seen"
    UNKNOWN = "cannot be told"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of a cycle. `members`, `done` and `found` are numbers of rows."""

    run_by: str
    start: UncertainDate | None
    end: UncertainDate | None
    members: int
    done: Sequence[Sort]
    found: int


_NOUNS = (
    "who runs it", "when it begins", "when it ends", "who takes part", "what was done",
    "what it found",
)  # fmt: skip


def missing(known: Known, turn: Turn) -> list[str]:
    """What is not stated, as nouns in order; what was done and found only once it should be."""
    has = (known.run_by, known.start, known.end, known.members, known.done, known.found)
    ahead = 4 if turn in (Turn.PLANNED, Turn.UNDER_WAY, Turn.ABANDONED) else len(has)
    pairs = list(zip(_NOUNS, has, strict=True))[:ahead]
    return [noun for noun, there in pairs if not there]


def not_done(model: Model, done: Iterable[Sort]) -> list[str]:
    """What the model is known for and nobody has written down yet."""
    there = set(done)
    return [each.value for each in WAYS[model].done if each not in there]


def may_begin(known: Known) -> Verdict:
    wanted = [noun for noun, has in (("who runs it", known.run_by),
                                     ("who takes part", known.members)) if not has]  # fmt: skip
    return no(f"Say first {join_words(wanted)}.") if wanted else yes()


def may_report(known: Known) -> Verdict:
    """A report to the board rests on something that was done, and says what was found."""
    wanted = [noun for noun, has in (("what was done", known.done),
                                     ("what it found", known.found)) if not has]  # fmt: skip
    return no(f"Write down first {join_words(wanted)}.") if wanted else yes()


def may_change_findings(turn: Turn) -> Verdict:
    if turn.has_found:
        return no("The board has them. Take the report back first, or suggest more in a new cycle.")
    return yes()


def is_answer(answer: str, reason: str) -> Verdict:
    """Every suggestion gets an answer, with a reason unless it is taken as it is."""
    if not answer:
        return no("Choose an answer to this suggestion.")
    if answer != Answer.ACCEPTED and not reason.strip():
        return no("Say why, or what is done instead.")
    return yes()


def is_impact(impact: str, words: str) -> Verdict:
    if not impact:
        return no("Choose what came of this suggestion.")
    return yes() if words.strip() else no("Say what shows it.")


def may_rest(cycles: Iterable[tuple[str, Turn]]) -> Verdict:
    """A gate is decided on what cycles found: none of them may be still at work."""
    waiting = [theme for theme, turn in cycles if not turn.has_found]
    if waiting:
        return no(f"“{waiting[0]}” has not reported yet. Decide “not yet” until it has.")
    return yes()


# --- whose turn it is


def a_cycle_later(end: UncertainDate | None, months: int | None) -> UncertainDate | None:
    """The end of the cycle after one, where both its end and its length are known."""
    if months is None or end is None or end.doubtful or end.latest is None:
        return None
    at = end.latest.year * 12 + end.latest.month - 1 + months
    return UncertainDate.parse(f"{at // 12}-{at % 12 + 1:02d}")


@dataclass(frozen=True, slots=True)
class Next:
    """The next step of whoever owns a cycle, and when it comes."""

    verb: str
    asked: str
    due: UncertainDate | None

    def has_come(self, on: date) -> bool:
        """Whether its day is certainly here; what could lie ahead is not asked for."""
        if self.due is None or self.due.doubtful or self.due.latest is None:
            return False
        return self.due.latest <= on


def next_step(
    turn: Turn, start: UncertainDate | None, end: UncertainDate | None, check: UncertainDate | None
) -> Next | None:
    """What the owner does next; nothing while the board has the word, or when it is over."""
    steps = {
        Turn.NOT_STATED: Next("begin", "whether the learning cycle has begun", start),
        Turn.PLANNED: Next("begin", "whether the learning cycle has begun", start),
        Turn.UNDER_WAY: Next("report", "what the learning cycle found", end),
        Turn.ANSWERED: Next("check", "what came of the learning cycle", check),
    }
    return steps.get(turn)


def in_words(turn: Turn, suggestions: int, answers: Sequence[str], impacts: Sequence[str]) -> str:
    """Where a cycle stands, in a sentence."""
    told = count(suggestions, "suggestion")
    if turn is Turn.REPORTED:
        return f"The board has {told} to answer."
    if turn not in (Turn.ANSWERED, Turn.CHECKED):
        far = "How far it has come is not stated" if turn is Turn.NOT_STATED else turn.label
        return f"{far}. {told.capitalize()} so far." if suggestions else f"{far}."
    said = f"Of {told} the board {_sorted(answers, Answer)}."
    if turn is Turn.ANSWERED:
        return f"{said} What came of it is to be checked."
    return f"{said} Impact: {_sorted(impacts, Impact)}."


def _sorted(told: Sequence[str], sorts: type[Answer] | type[Impact]) -> str:
    parts = [f"{sort.value} {told.count(sort)}" for sort in sorts if sort in told]
    return join_words(parts) or "said nothing of them"
