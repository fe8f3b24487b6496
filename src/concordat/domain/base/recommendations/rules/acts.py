"""Who may do what with a recommendation, and what an act needs before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.recommendations.rules.states import (
    MOST_WAITING,
    Effect,
    Level,
    Nature,
    Showing,
)
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE = 300
LONGEST_WORD = 300
LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Part:
    """Which part somebody has in a recommendation.

    `works` sits in the body that works it, `leads` chairs that body, or any body while none works
    it; `decides` chairs the body that sets it. `owns` is its owner, `addressed` sits for its
    addressee, `did` said it was done. `drafts` may draft what comes
    from its source.
    """

    group: str = "the body that works it"
    board: str = "the body that sets it"
    secretariat: bool = False
    works: bool = False
    leads: bool = False
    decides: bool = False
    owns: bool = False
    addressed: bool = False
    did: bool = False
    drafts: bool = False
    answers: bool = True

    @property
    def frames(self) -> bool:
        return self.answers and (self.secretariat or self.works or self.leads)

    @property
    def speaks_for_group(self) -> bool:
        return self.secretariat or self.leads

    @property
    def speaks_for_board(self) -> bool:
        return self.secretariat or self.decides


def may_frame(part: Part) -> Verdict:
    """A draft is worked on by whoever sits in the body that works it, and the secretariat."""
    if part.frames:
        return yes()
    return no(f"Only {part.group} and the secretariat work on this draft.")


def may_send(part: Part) -> Verdict:
    if part.secretariat or part.decides or part.leads:
        return yes()
    return no("Only a chair and the secretariat send a draft to be worked on.")


def may_put(part: Part) -> Verdict:
    if part.speaks_for_group:
        return yes()
    return no(f"Only the chair of {part.group} and the secretariat put it before the board.")


def may_withdraw(part: Part, accepted: bool, refused: bool = False) -> Verdict:
    """A draft by whoever speaks for those who work it; what was accepted by its board alone; what
    was not by whoever drafts."""
    if accepted:
        return may_decide(part)
    if refused and part.drafts:
        return yes()
    if part.speaks_for_group or part.decides:
        return yes()
    return no("Only a chair and the secretariat withdraw a draft.")


def may_decide(part: Part) -> Verdict:
    """What the body decided is set down by its chair or for it by the secretariat."""
    if part.speaks_for_board:
        return yes()
    return no(f"Only the chair of {part.board} and the secretariat record what it decided.")


def may_take_up(part: Part) -> Verdict:
    """What a board did not accept is framed anew, or let rest, by whoever drafts."""
    if part.drafts:
        return yes()
    return may_decide(part)


def may_send_back(part: Part, before_board: bool) -> Verdict:
    return may_decide(part) if before_board else may_put(part)


def may_update(part: Part) -> Verdict:
    """Its owner says how it goes, or whoever sits for its addressee; the body may note it."""
    if part.answers and (part.owns or part.addressed or part.speaks_for_board):
        return yes()
    return no(
        f"Only its owner, its addressee, the chair of {part.board} and the secretariat update it."
    )


def may_show(part: Part) -> Verdict:
    """What was measured or said is put on file by whoever works on it at any stage."""
    if part.frames or (part.answers and (part.owns or part.addressed or part.speaks_for_board)):
        return yes()
    return no("Only those who work on this recommendation put something on its file.")


def may_tell(part: Part, addressee: str) -> Verdict:
    """That somebody was told is noted only where somebody is named."""
    return may_show(part) if addressee else no("It is addressed to nobody yet.")


def may_judge(part: Part) -> Verdict:
    """Acceptance as adequate belongs to the body that set it: never to its owner."""
    if part.owns:
        return no(f"You own this. Somebody else of {part.board} accepts what was done.")
    if part.did:
        return no("You said that it is done. Somebody else accepts it.")
    if part.speaks_for_board:
        return yes()
    return no(f"Only the chair of {part.board} and the secretariat accept what was done.")


def may_link(part: Part) -> Verdict:
    """That two are the same is said by a person who works on either."""
    return may_show(part)


# --- what an act needs


def needed(field: str, told: str, message: str, mend: str = "One sentence is enough.") -> str:
    """The words without what surrounds them. Raises `Invalid` beside the field for none."""
    if not told.strip():
        raise Invalid(message, field=field, mend=mend)
    return told.strip()


def a_title(told: str) -> str:
    """What is to change, as one line. Raises `Invalid` for none or too much."""
    bare = " ".join(told.split())
    if not bare:
        raise Invalid("Say what is to change.", field="title", mend="One sentence is enough.")
    if len(bare) > LONGEST_TITLE:
        raise Invalid(
            f"What is to change is {len(bare)} characters long.",
            field="title",
            mend=f"Use {LONGEST_TITLE} or fewer; the rest goes into the full text.",
        )
    return bare


def one_addressee(agency: object, body: object, seat: object, outside: str) -> Verdict:
    """A recommendation is addressed to one: an agency, a body, a seat, or somebody outside."""
    named = sum(bool(each) for each in (agency, body, seat, outside.strip()))
    if named > 1:
        told = "It is addressed to one: an agency, a body, a seat, or somebody outside. Split it."
        return no(told)
    return yes()


def is_judged(nature: str, why: str) -> Verdict:
    """Whether it is system change or compliance is said with its reason."""
    if nature and not why.strip():
        return no(f"Say why it is {Nature(nature).value}.")
    return yes()


def is_known(level: str, nature: str) -> Verdict:
    if level and level not in set(Level):
        return no("This is no level.")
    if nature and nature not in set(Nature):
        return no("It is either system change or compliance.")
    return yes()


def is_to_come(due: date | None, today: date) -> Verdict:
    if due is not None and due < today:
        return no(f"{day_in_words(due)} is over. Give a day that is still to come.")
    return yes()


def is_over_by(day: date, today: date) -> Verdict:
    """What was measured or said was so by today."""
    if day > today:
        return no(f"{day_in_words(day)} is still to come.")
    return yes()


@dataclass(frozen=True, slots=True)
class Measured:
    """A value on file: whether it is from before or after, its day, and what it counts."""

    kind: str
    on: date
    unit: str


def may_be_closed(
    effect: Effect, why: str, values: Sequence[Measured], done_on: date | None = None
) -> Verdict:
    """Closing says what it changed: a value after beside one from before, or why none.

    The one after counts the same, is later, and is not from before `done_on`: the day on which
    it was said to be done, this time.
    """
    if not why.strip():
        return no("Say what it changed for children, and how that is known.")
    if effect is Effect.UNKNOWN:
        return yes()
    kinds = {each.kind for each in values}
    missing = [each.label.lower() for each in (Showing.BEFORE, Showing.AFTER) if each not in kinds]
    if missing:
        return no(
            f"Nothing is {' or '.join(missing)} yet. Put the values on file, or say that the "
            "effect cannot be told."
        )
    return _compares(values, done_on)


def _compares(values: Sequence[Measured], done_on: date | None) -> Verdict:
    last: dict[str, date] = {}
    for each in values:
        if each.kind == Showing.BEFORE:
            unit = each.unit.casefold()
            last[unit] = max(each.on, last.get(unit, each.on))
    after = [each for each in values if each.kind == Showing.AFTER]
    same = [each for each in after if each.unit.casefold() in last]
    if not same:
        return no("The values before and after count different things. Put one on file that does.")
    if any(
        each.on > last[each.unit.casefold()] and (done_on is None or each.on >= done_on)
        for each in same
    ):
        return yes()
    since = f" and not from before {day_in_words(done_on)}, when it was done" if done_on else ""
    return no(f"No value after is later than the last from before{since}. Measure it again.")


def is_caseload(at_least: int | None) -> Verdict:
    if at_least is not None and not 1 <= at_least <= MOST_WAITING:
        return no(f"Give a number of drafts from 1 to {MOST_WAITING}, or none.")
    return yes()


def calls(body: str, waiting: int, at_least: int | None) -> str:
    """The caseload of a body in a sentence: "5 drafts wait for the group. The caseload has
    reached 5: a meeting is due."."""
    told = f"{count(waiting, 'draft')} {'waits' if waiting == 1 else 'wait'} for {body}."
    if not waiting:
        told = f"No draft waits for {body}."
    if at_least is None:
        return f"{told} No number of drafts is set that calls for a meeting."
    if waiting >= at_least:
        return f"{told} The caseload has reached {at_least}: a meeting is due."
    return f"{told} A meeting is due at {at_least}."
