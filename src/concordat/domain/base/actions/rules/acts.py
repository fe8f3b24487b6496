"""Who may do what with an action, and what an act needs before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from concordat.domain.base.actions.rules.states import (
    LONGEST_WORD,
    MOST_MONTHS,
    Priority,
    Standing,
)
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_WHAT = 300
LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Which part somebody has in an action. `body` names the body that set it.

    `contact` answers for the owner's agency; `chairs` and `secretariat` speak for that body;
    `answers` says that they may answer at all.
    """

    body: str
    owns: bool = False
    contact: bool = False
    closed_it: bool = False
    chairs: bool = False
    secretariat: bool = False
    answers: bool = True

    @property
    def speaks_for_body(self) -> bool:
        return self.chairs or self.secretariat


def may_add(part: Part, *, changes_source: bool) -> Verdict:
    """The chair and the secretariat raise actions, and whoever works on what they come from."""
    if part.speaks_for_body or changes_source:
        return yes()
    return no(f"Only the chair of {part.body} and the secretariat raise actions from this.")


def may_update(part: Part) -> Verdict:
    """Its owner says how it goes, or its agency's contact; the body may note it for them."""
    if part.answers and (part.owns or part.contact or part.speaks_for_body):
        return yes()
    return no(f"Only its owner, the chair of {part.body} and the secretariat update an action.")


def may_extend(part: Part, priority: str) -> Verdict:
    """An owner moves the day with a reason; of high priority, only the body that set it does."""
    if priority == Priority.HIGH:
        return _for_the_body(part, "move the day of a high-priority action")
    return may_update(part)


def may_judge(part: Part) -> Verdict:
    """Acceptance belongs to the body that set it: never to its owner, not even in the chair."""
    if part.closed_it and part.speaks_for_body and not part.owns:
        return no("You closed this. Somebody else accepts it.")
    return _for_the_body(part, "accept what was done")


def may_end(part: Part) -> Verdict:
    """Withdrawing and superseding let an owner off: the body does it, never the owner."""
    return _for_the_body(part, "take an action back")


def may_reassign(part: Part) -> Verdict:
    if part.speaks_for_body:
        return yes()
    return no(f"Only the chair of {part.body} and the secretariat give an action to another.")


def may_ask(part: Part) -> Verdict:
    if part.speaks_for_body:
        return yes()
    return no(f"Only the chair of {part.body} and the secretariat ask for an update.")


def _for_the_body(part: Part, act: str) -> Verdict:
    if part.owns:
        return no(f"You own this action. Somebody else of {part.body} has to {act}.")
    if part.speaks_for_body:
        return yes()
    return no(f"Only the chair of {part.body} and the secretariat {act}.")


# --- what an act needs


def a_sentence(told: str) -> str:
    """What is to be done, as one line. Raises `Invalid` for none."""
    bare = " ".join(told.split())
    if not bare:
        raise Invalid(
            "Say what is to be done.",
            field="what",
            mend="Begin with a verb, such as “Grade the strategy manager post”.",
        )
    if len(bare) > LONGEST_WHAT:
        raise Invalid(
            f"What is to be done is {len(bare)} characters long.",
            field="what",
            mend=f"Use {LONGEST_WHAT} or fewer; the reasons go below.",
        )
    return bare


def a_word(told: str, standing: str) -> str:
    """One line on how it stands; an action on track may go without."""
    bare = " ".join(told.split())
    if not bare and standing != Standing.ON_TRACK:
        raise Invalid(
            f"Say in one line why it is {standing}.", field="words", mend="One line is enough."
        )
    if len(bare) > LONGEST_WORD:
        raise Invalid(
            f"The line is {len(bare)} characters long.",
            field="words",
            mend=f"Use {LONGEST_WORD} or fewer. Longer things are evidence.",
        )
    return bare or Standing.ON_TRACK.label


def needed(field: str, told: str, message: str, mend: str = "One sentence is enough.") -> str:
    if not told.strip():
        raise Invalid(message, field=field, mend=mend)
    return told.strip()


def is_timed(due: date | None, look_every: int | None, today: date) -> Verdict:
    """An action has a day, or is looked at every so many months: one of the two."""
    if (due is None) == (look_every is None):
        return no("Give a due day, or say every how many months it is looked at: one of the two.")
    if look_every is not None and not 1 <= look_every <= MOST_MONTHS:
        return no(f"An action without an end is looked at every 1 to {MOST_MONTHS} months.")
    if due is not None and due < today:
        return no(f"{day_in_words(due)} is over. Give a day that is still to come.")
    return yes()


def is_later(due: date, before: date | None, today: date) -> Verdict:
    """Whether a new day moves an action on; it is still to come."""
    if due < today:
        return no(f"{day_in_words(due)} is over. Give a day that is still to come.")
    if before is not None and due <= before:
        return no(f"It is due on {day_in_words(before)} already. A new day is later than that.")
    return yes()


def may_be_closed(priority: str, has_evidence: bool) -> Verdict:
    """A high priority needs evidence: a document, or a statement with where it is."""
    if priority == Priority.HIGH and not has_evidence:
        return no(
            "A high-priority action needs evidence before it is closed: a document, or what "
            "shows it and where that is."
        )
    return yes()


def is_evidence(statement: str, place: str) -> Verdict:
    """A written statement says where what it speaks of can be found."""
    if place.strip() and not statement.strip():
        return no("Say what can be found there.")
    if statement.strip() and not place.strip():
        return no("Say where it can be found: a file, a minute, a page.")
    return yes()


def how_extended(first: date | None, due: date | None, times: int) -> str:
    """ "Extended twice, by 43 days in all"; empty for never."""
    if not times:
        return ""
    often = {1: "once", 2: "twice"}.get(times, f"{times} times")
    if first is None or due is None:
        return f"Extended {often}"
    return f"Extended {often}, by {count((due - first).days, 'day')} in all"
