"""The local review itself: its stages, its terms of reference, and the lists that are kept of it.

SI 2018/789 regs 12-17 and Working Together ask the partners to appoint and supervise the
reviewer, to watch time and quality, and to publish. How the work is laid out here is local.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE, LONGEST_LINE, LONGEST = 200, 300, 8000


class Stage(StrEnum):
    SCOPING = "scoping"
    UNDER_WAY = "under way"
    CLEARANCE = "in clearance"
    PUBLISHED = "published"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return self.value.capitalize()


OPEN = (Stage.SCOPING, Stage.UNDER_WAY, Stage.CLEARANCE)
REVIEW_STATES = States(
    [
        Move("agree", Stage.SCOPING, Stage.UNDER_WAY, note="the terms, by a body"),
        Move("agree", Stage.UNDER_WAY, Stage.UNDER_WAY, note="newer terms, by a body"),
        Move("send", Stage.UNDER_WAY, Stage.CLEARANCE, note="a draft with every comment answered"),
        Move("take back", Stage.CLEARANCE, Stage.UNDER_WAY, note="with a reason"),
        Move("publish", Stage.CLEARANCE, Stage.PUBLISHED, note="nobody is given away"),
        *(Move("stop", stage, Stage.STOPPED, note="with a reason") for stage in OPEN),
    ],
    Stage.SCOPING,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that terms of reference say."""

    key: str
    text: str
    hint: str = ""
    needed: bool = True


TERMS: tuple[Item, ...] = (
    Item("why", "Why this review, and which criteria it meets"),
    Item("period", "The period that it looks at", "From when to when, and why"),
    Item("subjects", "Who it is about, by label", "Never a name"),
    Item("agencies", "Agencies that take part"),
    Item("method", "How it is done", "The method, and what is taken from which"),
    Item("panel", "Panel, chair and reviewer", "By role"),
    Item("family", "How the family takes part"),
    Item("practitioners", "How practitioners take part"),
    Item("parallel", "Proceedings beside it, and what waits for them", needed=False),
    Item("basis", "On what basis information is asked for and shared"),
    Item("confidential", "Who keeps what to themselves", needed=False),
    Item("quality", "When its time and quality are checked"),
    Item("timetable", "Timetable to publication"),
    Item("media", "Media and legal advice", needed=False),
    Item("budget", "What it may cost", needed=False),
    Item("decides", "Who decides what, and how"),
)


def lacks(terms: dict[str, str]) -> list[str]:
    """What must be said in the terms before a body agrees to them, and is not."""
    return [each.text for each in TERMS if each.needed and not terms.get(each.key, "").strip()]


class Tone(StrEnum):
    """How an outcome is shown: what is over as it should be, what went otherwise, what waits."""

    DONE = "Done"
    OTHER = "Closed"
    WAITS = "Waiting"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of an entry. `ends` is false where it is still waited for."""

    key: str
    text: str
    tone: Tone = Tone.DONE
    reason: bool = False
    ends: bool = True


class List(StrEnum):
    """The lists that are kept of a review: one thing with a kind."""

    STAGE = "stage"
    PAPER = "paper"
    PRACTITIONER = "practitioner"
    FAMILY = "family"
    CHECKPOINT = "checkpoint"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as its pages and rules read it. `labelled` entries are about somebody by label."""

    title: str
    noun: str
    what: str
    who: str
    day: str
    outcomes: tuple[Outcome, ...]
    more: str = ""
    hint: str = ""
    who_needed: bool = True
    file: bool = False
    of_agency: bool = False


LISTS: dict[List, Kept] = {
    List.STAGE: Kept(
        "Stages", "stage", "Which stage?", "Whose work is it?", "Planned for",
        (Outcome("reached", "Reached"), Outcome("dropped", "Dropped", Tone.OTHER, reason=True)),
        who_needed=False,
    ),
    List.PAPER: Kept(
        "Documents asked for", "document", "Which document?", "Of whom, by role?", "Due",
        (
            Outcome("received", "Received"),
            Outcome("refused", "Refused", Tone.OTHER, reason=True),
            Outcome("none", "There is none", Tone.OTHER, reason=True),
        ),
        hint="Never a name: the label stands for whom it is about", file=True, of_agency=True,
    ),
    List.PRACTITIONER: Kept(
        "Practitioners", "invitation", "To what are they invited?", "Who, by role?", "On",
        (
            Outcome("accepted", "Accepted", Tone.WAITS, ends=False),
            Outcome("took-part", "Took part"),
            Outcome("declined", "Declined", Tone.OTHER, reason=True),
            Outcome("not-now", "Not while proceedings run", Tone.OTHER, reason=True),
        ),
        more="What support are they offered?", hint="A role, never a name", of_agency=True,
    ),
    List.FAMILY: Kept(
        "Family contact plan", "contact", "What for?", "Who in the family, by label?", "By",
        (
            Outcome("met", "Met or written to"),
            Outcome("declined", "They declined", Tone.OTHER),
            Outcome("not-now", "Not while proceedings run", Tone.OTHER, reason=True),
        ),
        more="Who makes contact, and how?", hint="A label of the child's family",
    ),
    List.CHECKPOINT: Kept(
        "Quality checkpoints", "checkpoint", "What is looked at?", "Who looks?", "On",
        (
            Outcome("on-course", "On course"),
            Outcome("mend", "To be mended", Tone.WAITS, reason=True, ends=False),
            Outcome("off-course", "Off course", Tone.OTHER, reason=True),
        ),
    ),
    List.PRODUCT: Kept(
        "Learning products", "learning product", "What is its title?", "For whom?", "Ready by",
        (Outcome("ready", "Ready"), Outcome("dropped", "Dropped", Tone.OTHER, reason=True)),
        more="What kind is it?", hint="Such as a seven-minute briefing", file=True,
    ),
}  # fmt: skip


def outcome(kind: List, key: str) -> Outcome:
    """Raises `Invalid` for what cannot come of an entry of this list."""
    found = next((each for each in LISTS[kind].outcomes if each.key == key), None)
    if found is None:
        raise Invalid("Choose what came of it.", field="outcome")
    return found


def needed(field: str, words: str, mend: str, longest: int = LONGEST) -> str:
    """Words that may not be empty, without space around them. Raises `Invalid` otherwise."""
    said = words.strip()
    if not said:
        raise Invalid(mend, field=field)
    if len(said) > longest:
        raise Invalid(f"Use {longest:,} characters or fewer.", field=field)
    return said


def told_by_day(planned: date | None, done: date | None, today: date) -> str:
    """Planned against actual, in words: "9 days late", "on the day", "5 days left"."""
    if planned is None:
        return "No day planned"
    days = ((done or today) - planned).days
    if done:
        if days == 0:
            return "On the day"
        return f"{count(abs(days), 'day')} {'late' if days > 0 else 'early'}"
    if days > 0:
        return f"{count(days, 'day')} late so far"
    return f"{count(-days, 'day')} left" if days else "Due today"


def is_late(planned: date | None, ended: bool, today: date) -> bool:
    return planned is not None and not ended and planned < today


class Part(StrEnum):
    """What somebody does in a review."""

    CHAIR = "chair of the panel"
    PANEL = "panel member"
    REVIEWER = "reviewer"

    @property
    def works(self) -> bool:
        """Whether they change the review; panel members read and comment."""
        return self is not Part.PANEL


class Conflict(StrEnum):
    """What the check of interests found before anybody is let in (reg 12-13, not verified)."""

    NONE = "none found"
    MANAGED = "declared, and managed"
    BARS = "bars them"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def may_be_let_in(found: Conflict | None) -> Verdict:
    """Nobody is let in before their interests are checked, nor with one that bars them."""
    if found is None:
        return no("Check first whether they have a conflict of interest.")
    if found is Conflict.BARS:
        return no("They have a conflict of interest that bars them from this review.")
    return yes()


def is_term(from_day: date, to_day: date | None, part: Part) -> Verdict:
    """Whoever works on a review is let in for a time: their access always has a last day."""
    if part.works and to_day is None:
        return no(f"A {part} is let in for a time: give the last day.")
    if to_day and to_day < from_day:
        return no("The last day is before the first.")
    return yes()


def lacks_appointment(part: Part, *, appointed: str, contracted: bool, uncontracted: str) -> str:
    """The field that is missing before a reviewer is let in, or nothing: the safeguarding partners
    appoint them (LC-REVIEWER), and what they are paid for stands in a contract or says why not."""
    if part is not Part.REVIEWER:
        return ""
    if not appointed.strip():
        return "appointed"
    return "" if contracted or uncontracted.strip() else "uncontracted"


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a review's plan with its day, in words that name nobody."""

    on: date
    what: str


AHEAD = timedelta(days=7)
"""How long before its day the desk is asked for something."""


def next_due(days: Iterable[Due], today: date) -> Due | None:
    """What is due first, where that is near or past; of one day the first by its words."""
    found = min(days, key=lambda each: (each.on, each.what), default=None)
    return found if found and found.on <= today + AHEAD else None


class ReportStage(StrEnum):
    """Where an agency's own report stands."""

    ASKED = "asked for"
    BRIEFED = "author briefed"
    IN = "in, to be checked"
    BACK = "sent back"
    ADEQUATE = "adequate"
    SIGNED = "signed off"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def waits_for(self) -> str:
        """What comes next and by whom; nothing once it is signed."""
        return _WAITS_FOR.get(self, "")


_WAITS_FOR = {
    ReportStage.ASKED: "The agency names an author and has them briefed",
    ReportStage.BRIEFED: "The agency hands it in",
    ReportStage.IN: "The review desk checks its quality",
    ReportStage.BACK: "The agency mends it and hands it in again",
    ReportStage.ADEQUATE: "The agency signs it",
}


AGENCY_REPORT_STATES = States(
    [
        Move("brief", ReportStage.ASKED, ReportStage.BRIEFED, note="an author who is independent"),
        Move("hand in", ReportStage.BRIEFED, ReportStage.IN),
        Move("send back", ReportStage.IN, ReportStage.BACK, note="with what is missing"),
        Move("hand in", ReportStage.BACK, ReportStage.IN, note="a newer version"),
        Move("find adequate", ReportStage.IN, ReportStage.ADEQUATE, note="with why"),
        Move("sign", ReportStage.ADEQUATE, ReportStage.SIGNED, note="by the agency's own seat"),
        Move("hand in", ReportStage.SIGNED, ReportStage.IN, note="a newer version voids both"),
        Move("hand in", ReportStage.ADEQUATE, ReportStage.IN, note="a newer version voids it"),
    ],
    ReportStage.ASKED,
)
OVER = (ReportStage.SIGNED,)


class Proceeding(StrEnum):
    """What may run beside a review."""

    CRIMINAL = "criminal trial"
    INQUEST = "inquest"
    FAMILY_COURT = "family court"
    EMPLOYMENT = "employment or regulator"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Points(StrEnum):
    """To what a conclusion or a finding points."""

    CHRONOLOGY = "row of a chronology"
    REPORT = "agency's report"
    DOCUMENT = "document"
    VOICE = "what somebody said"
    RESEARCH = "research"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def may_conclude(evidence: int, set_aside: str = "") -> Verdict:
    """A conclusion points at what it rests on; what is set aside has none."""
    if set_aside:
        return no("This line was set aside. Add it anew to follow it.")
    return yes() if evidence else no("Point first at what this rests on.")


def may_set_aside(conclusion: str, set_aside: str) -> Verdict:
    if conclusion:
        return no("This line is concluded.")
    return no("This line was set aside already.") if set_aside else yes()
