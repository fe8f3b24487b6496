"""Who clears a report, in which order; the two who check it without seeing each other's answer;
and what stands between a report and its publication.

LC-WRITE asks that the family sees the findings first, LC-ADVANCE that copies go out before
publication, LC-PUBLISH that it is published. The order of the steps is local.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Place:
    """One seat that is asked in a step; `digest` is of the file that it signed, or nothing."""

    step: Step
    seat: UUID
    digest: str = ""


def stands(place: Place, digest: str) -> bool:
    """A signature is of one file: whatever changes the file voids it."""
    return bool(digest) and place.digest == digest


def whole(step: Step, places: Iterable[Place], digest: str) -> bool:
    """Whether somebody is asked in the step, and everybody has signed this file."""
    mine = [each for each in places if each.step is step]
    return bool(mine) and all(stands(each, digest) for each in mine)


def current(places: Sequence[Place], digest: str) -> Step | None:
    """The first step that is not whole for this file; None once all are."""
    return next((step for step in Step if not whole(step, places, digest)), None)


def may_sign(actor: Actor, place: Place, places: Sequence[Place], digest: str) -> Verdict:
    """Whether the actor signs for a seat now: it is theirs, and its turn has come."""
    if actor.kind is not Kind.PERSON or place.seat not in {each.seat for each in actor.seats}:
        return no("You do not hold this seat, so you cannot sign for it.")
    if stands(place, digest):
        return no("This seat has signed this file already.")
    now = current(places, digest)
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


def copies_left(sent: Mapping[str, str], digest: str) -> list[Copy]:
    """Who has no copy of this very file yet. `sent` maps a recipient to the digest it got."""
    return [each for each in Copy if sent.get(each.value) != digest]


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
    digest: str
    clear: bool | None = None


def may_check(actor: Actor, seat: UUID, authors: Collection[UUID], written_by: str) -> Verdict:
    """Whether somebody may give one of the two checks: from the seat that was asked, in person,
    and never whoever wrote it."""
    if actor.kind is not Kind.PERSON or seat not in {each.seat for each in actor.seats}:
        return no("You do not hold the seat that was asked to check it.")
    if actor.person in authors or actor.signature == written_by:
        return no("Whoever wrote the report does not check it.")
    return yes()


def both_in(checks: Sequence[Checked], digest: str) -> bool:
    """Whether two different people have given their check of this file."""
    return len({each.person for each in checks if each.digest == digest and each.person}) >= 2


def may_read_check(reader: UUID | None, check: Checked, checks: Sequence[Checked]) -> bool:
    """Neither sees the other's before both are in, nor does anybody else: one's own always."""
    return (reader is not None and reader == check.person) or both_in(checks, check.digest)


def disclosed(checks: Sequence[Checked], digest: str) -> Verdict:
    """Whether two people have found that nobody can be made out in this file."""
    done = [each for each in checks if each.digest == digest and each.clear is not None]
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
    """What stands between a report and its publication, on one day."""

    digest: str
    places: Sequence[Place]
    sent: Mapping[str, str]
    checks: Sequence[Checked]
    holds: Sequence[str]
    planned: date | None
    unanswered: int


def bars(ready: Readiness, today: date) -> list[str]:
    """Every reason why it may not be published today, a sentence each; the leak scan apart."""
    told = [f"Held: {reason}" for reason in ready.holds]
    if not ready.digest:
        return [*told, "There is no report in clearance."]
    if ready.unanswered:
        told.append(f"{count(ready.unanswered, 'comment')} on the draft without an answer.")
    if step := current(ready.places, ready.digest):
        told.append(f"Not cleared yet: {step.heading.lower()}.")
    if left := copies_left(ready.sent, ready.digest):
        told.append(f"No advance copy has gone to the {join_words([c.value for c in left])}.")
    if not (checked := disclosed(ready.checks, ready.digest)):
        told.append(str(checked))
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
