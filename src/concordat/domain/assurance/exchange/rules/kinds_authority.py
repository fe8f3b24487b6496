"""Kinds of row that say who may decide what, and what the arrangements promise."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.assurance.exchange.rules.fields import (
    ANY_KIND,
    Dated,
    Row,
    choice,
    choices,
    day,
    how_often,
    kind,
    pounds,
    ref,
    refs,
    text,
    texts,
    yes_no,
)
from concordat.domain.base.seats.rules.rhythm import Rhythm
from concordat.domain.governance.arrangements.rules.text import SECTION_KEYS
from concordat.kernel.dates import UncertainDate


@kind("matters", "authority")
class Matter(Row):
    """Something that somebody must be able to decide."""

    title: str = text("What is to be decided", required=True)
    classes: tuple[str, ...] = choices(
        "Classes of partner that decide it; empty means all statutory partners", words.CLASSES
    )
    reserved_to: tuple[str, ...] = refs("Bodies that keep it to themselves", "bodies")
    law: str = text("The law that says whose it is")
    about: str = text("More about it")


@kind("delegations", "authority")
class Delegation(Dated):
    """Power that an agency has handed to a post, a seat or a named person.

    To a post it passes to the successor; to a named person it ends with that person's seat.
    """

    agency: str = ref("The agency whose power it is", "agencies", required=True)
    post: str = ref("To which post", "posts")
    seat: str = ref("To which seat", "seats")
    person: str = ref("To which named person", "people")
    under: str = ref("The delegation that it is passed on from", "delegations")
    limbs: tuple[str, ...] = choices("What it covers", words.LIMBS)
    matters: tuple[str, ...] = refs("Which matters; empty means every matter", "matters")
    reserved: tuple[str, ...] = refs("Matters kept back", "matters")
    limit: int | None = pounds("The most that it may commit, in pounds")
    limit_words: str = text("Other limits, as stated")
    instrument: str = choice("What it rests on", words.INSTRUMENTS)
    instrument_title: str = text("Title and reference of that instrument")
    decision: str = ref("The decision that gave it", "decisions")
    state: str = choice("Where it stands", words.STANDING)


@kind("decisions", "authority")
class Decision(Row):
    """A decision or approval by a body or an agency, made or still to come."""

    title: str = text("What was or is to be decided", required=True)
    agency: str = ref("On whose behalf", "agencies")
    body: str = ref("The body that decides", "bodies")
    post: str = ref("The post that decides alone", "posts")
    date: UncertainDate | None = day("When")
    state: str = choice("How far it is", words.DECISION_STATES, required=True)
    outcome: str = text("What was decided, in words")
    matters: tuple[str, ...] = refs("Matters that it settles for that agency", "matters")
    approves: tuple[str, ...] = refs("Rows that it approves, as kind:key", ANY_KIND)
    instrument: str = choice("What kind of decision it is", words.INSTRUMENTS)
    reference: str = text("Minute or decision number")
    conditions: str = text("Conditions attached")
    meeting: str = ref("The meeting", "meetings")


@kind("arrangements", "arrangements")
class Arrangements(Dated):
    """One version of the published arrangements, or of their draft."""

    title: str = text("What it is called", required=True)
    version: str = text("Which version")
    state: str = choice("How far it is", words.VERSION_STATES, required=True)
    publish_by: UncertainDate | None = day("The day by which it is to be published")
    published_on: UncertainDate | None = day("When it was published")
    sent_to: tuple[str, ...] = texts("To whom it was sent or circulated")
    sent_on: UncertainDate | None = day("When it was sent")
    contents: tuple[str, ...] = texts("What it covers or is to cover")
    follows: str = ref("The version before", "arrangements")
    link: str = text("Where it can be read")


@kind("passages", "arrangements")
class Passage(Row):
    """What people wrote for one section of a version of the arrangements, in Markdown.

    Facts are quoted in double square brackets, such as `[[bodies:executive.rhythm]]`.
    """

    arrangements: str = ref("The version that it belongs to", "arrangements", required=True)
    section: str = choice("The section of the text", SECTION_KEYS, required=True)
    text: str = text("What is written", required=True)
    done: bool | None = yes_no("Whether its author says that nothing is wanting")


@kind("statements", "arrangements")
class Statement(Dated):
    """Something that the arrangements or a paper say about how things are or should be."""

    topic: str = text("What it is about", required=True)
    says: str = text("What is said", required=True)
    about: str = ref("The row that it speaks of, as kind:key", ANY_KIND)
    arrangements: str = ref("The version that says so", "arrangements")
    law: str = text("The law or guidance that it relies on")


@kind("promises", "arrangements")
class Promise(Row):
    """A statement that asks to be kept, or looked at again by a day."""

    promise: str = text("What is promised", required=True)
    topic: str = text("What it is about")
    arrangements: str = ref("The version that makes it", "arrangements")
    earliest: UncertainDate | None = day("Not to be looked at again before")
    latest: UncertainDate | None = day("To be kept or looked at again by")
    lasts: str = text("How long, in the source's words")
    owner: str = ref("Post that keeps it", "posts")
    state: str = choice("How it ended; empty while it stands", words.PROMISE_STATES)
    settled_on: UncertainDate | None = day("When it was kept, or released")
    outcome: str = text("How it was kept, or why it was released")


@kind("relevant_agencies", "arrangements")
class RelevantAgency(Dated):
    """An agency or kind of agency that works with the partners under the arrangements."""

    name: str = text("Agency or kind of agency, as stated", required=True)
    agency: str = ref("The agency, if it has a row", "agencies")
    class_: str = choice("Its class", words.CLASSES)
    basis: str = choice("On what basis", words.BASES)
    law: str = text("The law that makes it relevant")
    represented_by: str = text("Who speaks for it")
    arrangements: str = ref("The version that names it", "arrangements")


@kind("links", "arrangements")
class Link(Dated):
    """What passes between this partnership and another board, and what that board does with it."""

    board: str = ref("The other board", "bodies", required=True)
    who: str = ref("Our side, as bodies:key, seats:key or posts:key", ANY_KIND)
    owed: str = text("What is owed to it")
    when: Rhythm | None = how_often("How often")
    effect: str = choice("What it does with it", words.LINK_EFFECTS)
    state: str = choice("Where it stands", words.STANDING)
    about: str = text("More about it")


@kind("policies", "arrangements")
class Policy(Dated):
    """A policy, procedure, protocol, threshold document or strategy."""

    title: str = text("What it is called", required=True)
    type: str = text("What it is, such as threshold document")
    state: str = choice("How far it is", words.POLICY_STATES)
    version: str = text("What the source calls its version, such as 3.2")
    summary: str = text("What it says, in plain words")
    audience: tuple[str, ...] = texts("Who works to it, in the source's words")
    owner: str = ref("Body or post that owns it, as kind:key", ANY_KIND)
    made_by: str = ref("Group that made it, such as a task and finish group", "bodies")
    approved_by: str = ref("Body that approves it", "bodies")
    approved_on: UncertainDate | None = day("When it was approved")
    trial_until: UncertainDate | None = day("Until when it is a prototype under test")
    review_on: UncertainDate | None = day("When it is to be looked at again")
    public: bool | None = yes_no("Whether the public may read it")
    link: str = text("Where it can be read")
    successor: str = ref("Policy that took its place", "policies")
    reason: str = text("Why it was withdrawn")


@kind("laws", "arrangements")
class Law(Row):
    """An Act, guidance or review that a source relies on, as the source cites it."""

    title: str = text("What it is", required=True)
    cited_as: str = text("How the source cites it")
    says: str = text("What the source takes from it")
    changes: tuple[str, ...] = texts("Changes that the source says it brings")


@kind("findings", "findings")
class Finding(Row):
    """Something about a source itself: a gap, a contradiction, a loose citation."""

    subject: str = ref("The row that it concerns, as kind:key", ANY_KIND)
    finding: str = text("What was found", required=True)
    kind: str = choice("What sort of finding", words.FINDING_KINDS)
    against: str = text("What it is measured against, with its source")


@kind("questions", "findings")
class Question(Row):
    """A question that a source leaves open."""

    subject: str = ref("The row that it concerns, as kind:key", ANY_KIND)
    question: str = text("What is not known", required=True)
    asked_by: str = text("Who asks")
    answered_on: UncertainDate | None = day("When it was answered")
    answer: str = text("The answer")
