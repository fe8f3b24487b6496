"""Who clears a report, in which order; the two who check it without seeing each other's answer;
and what stands between a report and its publication.

LC-WRITE asks that the family sees the findings first, LC-ADVANCE that copies go out before
publication, LC-PUBLISH that it is published. The order of the steps is local.

A text is one version of the report in one round of clearance. Whatever is signed, checked, sent
or agreed holds for one text: neither an earlier file that comes back nor a report that is sent
into clearance anew brings back what was said of it before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.labels import count, day_in_words, join_words
from concordat.kernel.verdict import Verdict, no, yes


class Step(StrEnum):
    """A step of clearance: each begins once the one before is whole, for the same file."""

    ACCURACY = "accuracy"
    LEGAL = "legal"
    FAMILY = "family"
    PARTNERS = "partners"

    @property
    def heading(self) -> str:
        return _STEPS[self][0]

    @property
    def wording(self) -> str:
        """What a seat says by signing."""
        return _STEPS[self][1]

    @property
    def number(self) -> int:
        return list(Step).index(self) + 1


_STEPS = {
    Step.ACCURACY: ("Agencies say that the facts are right", "The facts about us are accurate"),
    Step.LEGAL: ("Legal advice is taken", "Legal advice is taken and followed"),
    Step.FAMILY: ("The family sees it first", "The family was offered it first"),
    Step.PARTNERS: ("Each partner signs", "We agree to the report and its publication"),
}  # fmt: skip
BY_SEAT = {
    Step.ACCURACY: None,
    Step.LEGAL: None,
    Step.FAMILY: None,
    Step.PARTNERS: frozenset({Office.LEAD_PARTNER, Office.DELEGATE}),
}
"""The offices of the seats that may be asked; None: any seat that answers."""


def version_mark(number: int, digest: str) -> str:
    """One version of a file: the same bytes under another number are another version."""
    return f"{number}:{digest}"


def text_mark(round: int, number: int, digest: str) -> str:
    """One version in one round of clearance."""
    return f"{round}.{version_mark(number, digest)}"


def is_of(text: str, digest: str) -> bool:
    """Whether a text is of the file with this SHA-256."""
    return bool(digest) and text.rpartition(":")[2] == digest


@dataclass(frozen=True, slots=True)
class Place:
    """One seat that is asked in a step, and the text that it signed, or nothing."""

    step: Step
    seat: UUID
    text: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """Whose word a step cannot go without: an agency that reported, or a statutory partner of the
    lead area. Any of the seats gives it; the first is asked unless the desk names another."""

    step: Step
    name: str
    seats: tuple[UUID, ...]


def stands(place: Place, text: str) -> bool:
    """A signature is of one text: whatever changes the file voids it."""
    return bool(text) and place.text == text


def not_asked(step: Step, places: Iterable[Place], owed: Iterable[Owed]) -> list[Owed]:
    """Those whose word a step needs and of whom no seat is asked."""
    there = {each.seat for each in places if each.step is step}
    return [each for each in owed if each.step is step and there.isdisjoint(each.seats)]


def whole(step: Step, places: Collection[Place], owed: Collection[Owed], text: str) -> bool:
    """Whether everybody whose word the step needs is asked, and everybody asked has signed this
    text."""
    mine = [each for each in places if each.step is step]
    signed = bool(mine) and all(stands(each, text) for each in mine)
    return signed and not not_asked(step, places, owed)


def current(places: Collection[Place], owed: Collection[Owed], text: str) -> Step | None:
    """The first step that is not whole for this text; None once all are."""
    return next((step for step in Step if not whole(step, places, owed, text)), None)


def may_sign(
    actor: Actor, place: Place, places: Collection[Place], owed: Collection[Owed], text: str
) -> Verdict:
    """Whether the actor signs for a seat now: it is theirs, and its turn has come."""
    if actor.kind is not Kind.PERSON or place.seat not in {each.seat for each in actor.seats}:
        return no("You do not hold this seat, so you cannot sign for it.")
    if stands(place, text):
        return no("This seat has signed this file already.")
    now = current(places, owed, text)
    if now is not place.step:
        told = now.heading.lower() if now else "nothing is left to sign"
        return no(f"It is not the turn of this step yet. First: {told}.")
    return yes()


class Copy(StrEnum):
    """Who gets the report before it is published (LC-ADVANCE). The national body is looked up by
    date on the screen: it changes."""

    NATIONAL = "national body for safeguarding reviews"
    STATE = "Secretary of State"
    OFSTED = "Ofsted"


def copies_left(sent: Mapping[str, str], text: str) -> list[Copy]:
    """Who has no copy of this text yet. `sent` maps a recipient to the text it got."""
    return [each for each in Copy if sent.get(each.value) != text]


def _uncleared(step: Step) -> str:
    return f"Not cleared yet: {step.heading[:1].lower()}{step.heading[1:]}."


def _no_copy(left: Collection[Copy]) -> str:
    return f"No advance copy has gone to the {join_words([each.value for each in left])}."


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the disclosure check."""

    key: str
    text: str


DISCLOSURE: tuple[Question, ...] = (
    Question("named", "Is anybody named, or described so that neighbours would know them?"),
    Question("dates", "Could a date, place, school or job be joined to a news report?"),
    Question("others", "Could a sibling or another child be made out?"),
    Question("health", "Is anything told of health or family that the learning does not need?"),
    Question("staff", "Could a single member of staff be made out?"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One of the two checks, asked of a seat. `person` and `clear` are None until it is in."""

    seat: UUID
    person: UUID | None
    text: str
    clear: bool | None = None


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote a report: reviewers by person and by seat, and under which signatures any version
    of it was put on file."""

    people: frozenset[UUID] = frozenset()
    seats: frozenset[UUID] = frozenset()
    signatures: frozenset[str] = frozenset()

    def wrote(self, actor: Actor) -> bool:
        """An assistant's file is also of whoever they act for: "Ann for Bea" is of both."""
        hands = {hand for each in self.signatures for hand in (each, *each.split(" for "))}
        return (
            actor.person in self.people
            or actor.signature in hands
            or not self.seats.isdisjoint(each.seat for each in actor.seats)
        )


def may_check(
    actor: Actor, seat: UUID, authors: Authors, checks: Iterable[Checked] = (), text: str = ""
) -> Verdict:
    """Whether somebody may give one of the two checks: from the seat that was asked, in person,
    never whoever wrote any version of it, and never both."""
    if actor.kind is not Kind.PERSON or seat not in {each.seat for each in actor.seats}:
        return no("You do not hold the seat that was asked to check it.")
    if authors.wrote(actor):
        return no("Whoever wrote the report does not check it.")
    others = (each for each in checks if each.text == text and each.seat != seat)
    if any(each.person == actor.person for each in others if each.person):
        return no("You gave the other check. Two different people check it.")
    return yes()


def both_in(checks: Sequence[Checked], text: str) -> bool:
    """Whether two different people have given their check of this text."""
    return len({each.person for each in checks if each.text == text and each.person}) >= 2


def may_read_check(reader: UUID | None, check: Checked, checks: Sequence[Checked]) -> bool:
    """Neither sees the other's before both are in, nor does anybody else: one's own always."""
    return (reader is not None and reader == check.person) or both_in(checks, check.text)


def disclosed(checks: Sequence[Checked], text: str) -> Verdict:
    """Whether two people have found that nobody can be made out in this text."""
    done = [each for each in checks if each.text == text and each.clear is not None]
    people = {each.person for each in done}
    if len(people) < 2:
        left = 2 - len(people)
        are = "is" if left == 1 else "are"
        return no(f"{count(left, 'disclosure check')} of two {are} not in.")
    if not all(each.clear for each in done):
        return no("Somebody who checked it found that a person could be made out.")
    return yes()


@dataclass(frozen=True, slots=True)
class Found:
    """What a leak scan told: the sentence, whether it is certain, and whether a person set it
    aside with a reason. What is certain cannot be set aside."""

    told: str
    certain: bool
    set_aside: bool = False

    @property
    def stops(self) -> bool:
        return self.certain or not self.set_aside


def is_clean(found: Iterable[Found]) -> Verdict:
    """Whether nothing is left in the files that gives somebody away; else, where it stands."""
    left = [each.told for each in found if each.stops]
    if not left:
        return yes()
    return no(f"Somebody is given away. {' '.join(left)}")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a report and its publication, on one day.

    `sent_on` is the day on which each copy went out, and `copies_due` the day that was counted
    back for them, where one was.
    """

    text: str
    places: Sequence[Place]
    owed: Sequence[Owed]
    sent: Mapping[str, str]
    checks: Sequence[Checked]
    holds: Sequence[str]
    planned: date | None
    unanswered: int
    unsigned: Sequence[str] = ()
    found: Sequence[Found] = ()
    sent_on: Mapping[str, date] = field(default_factory=dict)
    copies_due: date | None = None

    @property
    def step(self) -> Step | None:
        return current(self.places, self.owed, self.text)

    def not_asked(self) -> list[Owed]:
        return [each for step in Step for each in not_asked(step, self.places, self.owed)]


def may_be_checked(ready: Readiness) -> Verdict:
    """Whether the two disclosure checks may begin. They come last: a check of a text that somebody
    still has to read would be a check of another text than the one that goes out."""
    if step := ready.step:
        return no(_uncleared(step))
    if left := copies_left(ready.sent, ready.text):
        return no(_no_copy(left))
    return yes()


def short_notice(ready: Readiness) -> str:
    """What has to be explained where the last copy went out after the day that was counted back
    from publication (LC-ADVANCE); empty where there is nothing to explain."""
    days = [ready.sent_on[to] for to, text in ready.sent.items() if text == ready.text]
    last = max(days, default=None)
    if last is None or ready.copies_due is None or last <= ready.copies_due:
        return ""
    return (
        f"The last advance copy went out on {day_in_words(last)}. The day counted back from "
        f"publication was {day_in_words(ready.copies_due)}."
    )


def bars(ready: Readiness, today: date) -> list[str]:
    """Every reason why it may not be published today, a sentence each. Of the leak scan what was
    found so far: it is done once more as it is published."""
    told = [f"Held: {reason}" for reason in ready.holds]
    if not ready.text:
        return [*told, "There is no report in clearance."]
    told += [f"The report of {name} is not signed." for name in ready.unsigned]
    if ready.unanswered:
        told.append(f"{count(ready.unanswered, 'comment')} on the draft without an answer.")
    if step := ready.step:
        told.append(_uncleared(step))
    told += [f"{each.step.heading}: {each.name} is not asked yet." for each in ready.not_asked()]
    if left := copies_left(ready.sent, ready.text):
        told.append(_no_copy(left))
    if not (checked := disclosed(ready.checks, ready.text)):
        told.append(str(checked))
    if not (clean := is_clean(ready.found)):
        told.append(str(clean))
    if ready.planned is None:
        told.append("No day of publication is planned.")
    elif today < ready.planned:
        told.append(f"It is planned for {day_in_words(ready.planned)}.")
    return told


LEAST_MONTHS = 12


def a_year_on(published: date) -> date:
    """The last day on which it must still be public: a year less a day, 29 February on the 28th."""
    try:
        return published.replace(year=published.year + 1)
    except ValueError:
        return published.replace(year=published.year + 1, day=28)


def may_take_down(published: date, on: date, reason: str, notice: str) -> Verdict:
    """Within the first year only with a reason and a notice in its place (LC-AVAILABLE); later
    with a reason."""
    if not reason.strip():
        return no("Say why it is taken down.")
    if on < a_year_on(published) and not notice.strip():
        return no(
            f"It has to stay public until {day_in_words(a_year_on(published))}. Write the notice "
            "that stands in its place."
        )
    return yes()


class Agreed(StrEnum):
    """Where another partnership's agreement to publish stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
