"""The life of an incident, from the first telling to the national body's answer.

A rapid review follows every notification by itself and cannot happen without one. It falls away
only where the case is later found outside the criteria. Before an area's own go-live the old
board's chair decides instead of the partners; the states are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concordat.domain.base.records.rules.access import PARTNERS, SECRETARIAT
from concordat.kernel.errors import Invalid
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST = 8_000
LABELS = (
    "Heron", "Wren", "Plover", "Teal", "Dunlin", "Siskin", "Linnet", "Martin", "Curlew", "Knot",
    "Avocet", "Bittern", "Brambling", "Chough", "Corncrake", "Dipper", "Fieldfare", "Gannet",
    "Goldcrest", "Grebe", "Harrier", "Hobby", "Jackdaw", "Kestrel", "Lapwing", "Merlin",
    "Nuthatch", "Osprey", "Pipit", "Quail", "Redstart", "Sanderling", "Shrike", "Tern", "Turnstone",
    "Wagtail", "Wheatear", "Whimbrel", "Yellowhammer",
)  # fmt: skip
"""Labels that tell nothing, given in turn where nobody chose one."""


class Stage(StrEnum):
    AWAITED = "awaited"
    TOLD = "told"
    LEFT = "not notified"
    ELSEWHERE = "another council leads"
    DUPLICATE = "told already"
    NOTIFIED = "notified"
    ASIDE = "outside the criteria"
    DECIDED = "decided"
    SENT = "sent"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


RUNS = SECRETARIAT
COUNCIL = SECRETARIAT | PARTNERS
"""Who may be the council's: whether they speak for the council is asked of their seat."""
OVER = (Stage.LEFT, Stage.ELSEWHERE, Stage.DUPLICATE, Stage.ASIDE, Stage.CLOSED)
REVIEWED = (Stage.NOTIFIED, Stage.DECIDED, Stage.SENT, Stage.ANSWERED)
"""A rapid review goes on, or was held."""

INCIDENT_STATES = States(
    [
        Move("tell", Stage.AWAITED, Stage.TOLD, note="by the person who was asked, over a link"),
        Move("take back", Stage.AWAITED, Stage.CLOSED, RUNS, "nothing is told after all"),
        Move("amend", Stage.TOLD, Stage.TOLD, COUNCIL, "what is held, on what evidence"),
        Move("put right", Stage.TOLD, Stage.TOLD, COUNCIL, "it was another area of ours"),
        Move("notify", Stage.TOLD, Stage.NOTIFIED, PARTNERS, "the council alone; nothing holds it"),
        *(Move("mend the notice", stage, stage, PARTNERS, "it went out at another time")
          for stage in REVIEWED),
        Move("leave", Stage.TOLD, Stage.LEFT, PARTNERS, "a limb is not met; with a reason"),
        Move("pass on", Stage.TOLD, Stage.ELSEWHERE, RUNS, "the place is another council’s"),
        Move("join", Stage.TOLD, Stage.DUPLICATE, RUNS, "it is on file under another reference"),
        Move("look again", Stage.LEFT, Stage.TOLD, COUNCIL, "something new is known"),
        Move("look again", Stage.ELSEWHERE, Stage.TOLD, RUNS, "the place was another after all"),
        Move("look again", Stage.ASIDE, Stage.NOTIFIED, RUNS, "it is within the criteria"),
        Move("take over", Stage.ELSEWHERE, Stage.ELSEWHERE, COUNCIL, "by those who lead"),
        Move("amend", Stage.NOTIFIED, Stage.NOTIFIED, COUNCIL, "what has become known since"),
        Move("put right", Stage.NOTIFIED, Stage.NOTIFIED, COUNCIL, "it was another area of ours"),
        Move("join", Stage.NOTIFIED, Stage.DUPLICATE, RUNS, "it was notified twice"),
        Move("set aside", Stage.NOTIFIED, Stage.ASIDE, RUNS, "found outside the criteria"),
        Move("decide", Stage.NOTIFIED, Stage.DECIDED, RUNS, "reasons against each criterion"),
        Move("decide anew", Stage.DECIDED, Stage.DECIDED, RUNS, "voids every signature"),
        Move("set aside", Stage.DECIDED, Stage.ASIDE, RUNS, "found outside the criteria"),
        Move("send", Stage.DECIDED, Stage.SENT, RUNS, "signed, or with why a signature lacks"),
        Move("record the answer", Stage.SENT, Stage.ANSWERED, RUNS, "of the national body"),
        Move("record the answer", Stage.ANSWERED, Stage.ANSWERED, RUNS, "a later one"),
        Move("stand by it", Stage.ANSWERED, Stage.ANSWERED, RUNS, "after a query, with reasons"),
        Move("decide anew", Stage.ANSWERED, Stage.DECIDED, RUNS, "after a query"),
        Move("close", Stage.ANSWERED, Stage.CLOSED, RUNS, "what was decided goes on by itself"),
        *(Move("close", over, Stage.CLOSED, RUNS, "nothing more is owed") for over in OVER[:2]),
        Move("close", Stage.ASIDE, Stage.CLOSED, RUNS, "nothing more is owed"),
    ],
    Stage.AWAITED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Which part somebody has in an incident on a day.

    `council` speaks for the council that notifies, `partner` for a statutory partner of the lead
    area, `chair` chairs the old board that the area follows, `tells` came by the link to tell it,
    `leads` sits in the partnership to which it was passed on, and has not taken it over yet;
    `joins` speaks for an area that joins the rapid review, or runs its partnership.
    """

    council: bool = False
    partner: bool = False
    secretariat: bool = False
    chair: bool = False
    tells: bool = False
    leads: bool = False
    joins: bool = False


def may_run(part: Part) -> Verdict:
    if part.secretariat:
        return yes()
    return no("The secretariat does this.")


def may_be_council(part: Part) -> Verdict:
    """The duty is the council's; the secretariat may record what the council did."""
    if part.council or part.secretariat:
        return yes()
    return no("Only the council does this, or the secretariat for it.")


def may_notify_for(part: Part) -> Verdict:
    """To notify, or to settle that nothing is notified, is the council's alone (Children Act
    2004, section 16C(1)): a secretariat may be hosted by any partner."""
    if part.council:
        return yes()
    return no("Only the council where it happened does this.")


def may_say(part: Part) -> Verdict:
    if part.partner or part.council or part.secretariat:
        return yes()
    return no("Only a statutory partner says this, or the secretariat for one.")


def may_sign(part: Part) -> Verdict:
    """Whether somebody may read what is to be signed; from which seat is asked of each seat."""
    if part.chair or may_say(part):
        return yes()
    return no("You do not sign it.")


def may_tell(part: Part) -> Verdict:
    if part.tells or part.secretariat:
        return yes()
    return no("Whoever was asked tells this.")


def may_take_over(part: Part) -> Verdict:
    if part.leads:
        return yes()
    return no("The council to which it was passed on does this, or its secretariat.")


def may_contribute(part: Part) -> Verdict:
    if part.joins:
        return yes()
    return no("An area that joins the review says this.")


def needed(field: str, told: str, message: str, mend: str = "One or two sentences.") -> str:
    bare = told.strip()
    if not bare:
        raise Invalid(message, field=field, mend=mend)
    if len(bare) > LONGEST:
        raise Invalid(f"Use {LONGEST} characters or fewer.", field=field)
    return bare


def has_come(moment: datetime, now: datetime) -> Verdict:
    """Whether a moment lies behind us; both with their zone."""
    return yes() if moment <= now else no("This day and time have not come yet.")


def free_label(taken: set[str]) -> str:
    """The first label that no child of the partnership has; then the labels with a letter."""
    used = {each.casefold() for each in taken}
    for letter in ("", *(f" {chr(code)}" for code in range(ord("B"), ord("Z") + 1))):
        for each in LABELS:
            if f"{each}{letter}".casefold() not in used:
                return f"{each}{letter}"
    raise Invalid("Every label is taken.", field="label", mend="Choose a label.")


# --- the way through it, for the tracker at the head of its page

STEPS = ("Told", "Checked", "Notified", "Facts asked", "Panel", "Decision", "Sent", "Reply")


def steps_done(stage: Stage, *, checked: bool, asked: bool, panel: bool) -> tuple[bool, ...]:
    """Which of `STEPS` are done."""
    at = REVIEWED.index(stage) if stage in REVIEWED else -1
    return (
        stage is not Stage.AWAITED, checked or at >= 0, at >= 0, asked, panel, at >= 1, at >= 2,
        at >= 3,
    )  # fmt: skip


_BY_STAGE = (0, 1, 2, 5, 6, 7)
"""The steps that the stage alone tells; the others may have been left out."""


def step_now(done: Sequence[bool]) -> int:
    """Which step comes next: never one that was left out before a later stage was reached."""
    reached = max((n for n in _BY_STAGE if done[n]), default=-1) + 1
    return next((n for n in range(reached, len(done)) if not done[n]), len(done))
