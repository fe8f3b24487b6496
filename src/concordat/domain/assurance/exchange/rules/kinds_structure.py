"""Kinds of row that say who the partnership is and how it is built."""

from __future__ import annotations

from decimal import Decimal

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
    number,
    ref,
    refs,
    text,
    texts,
    whole,
    yes_no,
)
from concordat.domain.base.seats.rules.rhythm import Rhythm
from concordat.kernel.dates import UncertainDate


@kind("partnership", "partnership")
class Partnership(Dated):
    """The partnership itself. There is one such row in each folder; its key is the slug."""

    name: str = text("What it is called", required=True)
    short: str = text("The short name or initials in use")
    kind: str = choice("What it is", words.PARTNERSHIP_KINDS)
    follows: tuple[str, ...] = texts("Slugs or names of what it took over from")
    successor: str = text("Slug of the partnership that took over from it")
    time_limited: bool | None = yes_no("Whether it is meant to end")
    about: str = text("What it is for, in a sentence or two")


@kind("sources", "partnership")
class Source(Row):
    """A paper, page or minute that rows were taken from."""

    title: str = text("Its title", required=True)
    author: str = text("Post or body that wrote it")
    dated: UncertainDate | None = day("The date that it bears")
    version: str = text("Which version, as it says itself")
    supersedes: str = ref("The earlier version", "sources")
    link: str = text("Where it can be read")


@kind("members", "partnership")
class Member(Dated):
    """A partnership that belongs to this partnership or shares in this programme."""

    member: str = text("Its slug", required=True)
    role: str = text("What it is within, if the source says")


@kind("steps", "partnership")
class Step(Row):
    """A step on the way from one set of arrangements to the next, planned or taken."""

    title: str = text("What happens", required=True)
    step: str = choice("Which step it is", words.STEPS, required=True)
    state: str = choice("How far it is", words.PROGRESS)
    date: UncertainDate | None = day("When it happened or is planned")
    until: UncertainDate | None = day("When it ends, if it lasts")
    sent_to: tuple[str, ...] = texts("To whom something was sent")
    area: str = ref("For which area, where they differ", "areas")
    about: str = text("More about it")


@kind("areas", "partnership")
class Area(Dated):
    """A place: the partnership's own, or one outside that something here reaches."""

    name: str = text("What it is called", required=True)
    kind: str = choice("What it is", words.AREA_KINDS)
    code: str = text("The code of the Office for National Statistics")
    outside: bool | None = yes_no("Whether it lies outside the partnership's own area")
    part_of: str = ref("The larger area", "areas")
    successor: tuple[str, ...] = refs("What it became", "areas")


@kind("agencies", "partnership")
class Agency(Dated):
    """An organisation, or a part of one, of any class. Merged bodies name the same successor."""

    name: str = text("What it is called", required=True)
    short: str = text("The short name or initials in use")
    class_: str = choice("Its class", words.CLASSES, required=True)
    type: str = text("What it is within its class, such as clinical commissioning group")
    code: str = text("A national code, such as the health service's or a police force's")
    part_of: str = ref("The larger organisation", "agencies")
    areas: tuple[str, ...] = refs("The areas that it serves", "areas")
    same_as: str = text("The same organisation in another partnership’s file, as slug/key")
    successor: tuple[str, ...] = refs("What it became", "agencies")


@kind("partners", "partnership")
class Partner(Dated):
    """An agency as a statutory safeguarding partner: any number in each class."""

    agency: str = ref("The agency", "agencies", required=True)
    class_: str = choice("As which class", words.STATUTORY_CLASSES, required=True)
    area: str = ref("For which area, where they differ", "areas")
    accountable: str = ref("Post that stays accountable (lead partner)", "posts")
    delegate: str = ref("Post that acts for it (delegated partner)", "posts")


@kind("footprints", "partnership")
class Footprint(Dated):
    """What a shared command, service, health body or review panel covers."""

    name: str = text("What it is called", required=True)
    kind: str = choice("What is shared", words.FOOTPRINT_KINDS, required=True)
    state: str = choice("Where it stands", words.STANDING)
    areas: tuple[str, ...] = refs("Areas it covers for the whole of its time", "areas")
    agencies: tuple[str, ...] = refs("Agencies that share it for the whole of its time", "agencies")
    host: str = ref("Agency that hosts or employs", "agencies")
    agreement: str = ref("The legal agreement behind it", "agreements")
    successor: tuple[str, ...] = refs("What took its place", "footprints")
    about: str = text("What is shared and how")


@kind("coverage", "partnership")
class Coverage(Dated):
    """An area or agency that belongs to a footprint for a part of its time."""

    footprint: str = ref("The footprint", "footprints", required=True)
    area: str = ref("The area", "areas")
    agency: str = ref("The agency", "agencies")


@kind("agreements", "partnership")
class Agreement(Dated):
    """A legal or written agreement between agencies or partnerships."""

    title: str = text("What it is called", required=True)
    kind: str = choice("What it is", words.AGREEMENT_KINDS)
    agencies: tuple[str, ...] = refs("Who has agreed", "agencies")
    host: str = ref("Agency that hosts or leads", "agencies")
    state: str = choice("How far it is", words.VERSION_STATES)
    review_on: UncertainDate | None = day("When it is to be looked at again")
    about: str = text("What it settles")


@kind("bodies", "structure")
class Body(Row):
    """A group, board, panel, team or office, of the partnership or outside it.

    What it says of rhythm, chair, quorum and parents holds always; a row of `terms` says the
    same for a time and then speaks instead.
    """

    name: str = text("What it is called", required=True)
    short: str = text("The short name or initials in use")
    kind: str = choice("What it is", words.BODY_KINDS, required=True)
    outside: bool | None = yes_no("Whether it belongs to somebody else")
    agency: str = ref("Whose body it is, if one agency's", "agencies")
    parents: tuple[str, ...] = refs("Bodies that it answers to, inside or outside", "bodies")
    shared_with: tuple[str, ...] = texts("Slugs or names of partnerships or boards that share it")
    purpose: str = text("What it is for")
    functions: tuple[str, ...] = texts("What it does")
    rhythm: Rhythm | None = how_often("How often it meets")
    composition: tuple[str, ...] = texts("Who belongs to it, by class or role, as stated")
    chair_role: str = text("Who takes the chair, as a role")
    quorum: str = text("The quorum in words")
    successor: tuple[str, ...] = refs("What took its place", "bodies")


@kind("states", "structure")
class BodyState(Dated):
    """Where a body stands for a time: proposed, shadow, in force or ended."""

    body: str = ref("The body", "bodies", required=True)
    state: str = choice("Where it stands", words.STANDING, required=True)
    reason: str = text("Why it changed")


@kind("terms", "structure")
class Terms(Dated):
    """A version of a body's terms of reference."""

    body: str = ref("The body", "bodies", required=True)
    title: str = text("What the version is called")
    state: str = choice("How far it is", words.VERSION_STATES)
    agreed_on: UncertainDate | None = day("When it was agreed")
    agreed_by: str = ref("Body that agreed it", "bodies")
    review_on: UncertainDate | None = day("When it is to be looked at again")
    parents: tuple[str, ...] = refs("Bodies that it answers to in this time", "bodies")
    rhythm: Rhythm | None = how_often("How often it meets in this time")
    composition: tuple[str, ...] = texts("Who belongs to it, by class or role, as stated")
    chair_role: str = text("Who takes the chair, as a role")
    chair_term: str = text("How long, and how the chair passes on")
    quorum: str = text("The quorum in words")
    quorum_members: int | None = whole("How many members must be there")
    quorum_classes: tuple[str, ...] = choices("Classes of agency that must be there", words.CLASSES)
    quorum_seats: tuple[str, ...] = refs("Seats that must be filled at the meeting", "seats")
    substitutes: bool | None = yes_no("Whether deputies count")
    remote: bool | None = yes_no("Whether those who join from afar count")
    discretion: str = text("Who may go on without a quorum, and when")
    inquorate: str = text("What happens without one")
    decides_by: str = text("How decisions are reached and how votes count")
    papers: str = text("When papers are due and sent")


@kind("reporting", "structure")
class Reporting(Dated):
    """A line from a body or seat to a body, post or agency, for a time."""

    who: str = ref("Who reports, as bodies:key, seats:key or posts:key", ANY_KIND, required=True)
    reports_to: str = ref("To whom, as bodies:key or posts:key", ANY_KIND, required=True)
    how: str = choice("What the line is", words.REPORTS_AS)
    state: str = choice("Where it stands", words.STANDING)
    about: str = text("What passes along it")


@kind("roles", "structure")
class Role(Dated):
    """A role profile: what a post is there to do, on what terms."""

    title: str = text("What it is called", required=True)
    duties: tuple[str, ...] = texts("What it does")
    requires: str = text("What somebody needs to bring")
    grade: str = text("The grade as stated")
    grading: str = choice("Whether the grade is settled", words.GRADING)
    hours: str = choice("Full or part time", words.HOURS)
    share: str = text("What part of a post, and shared with whom")
    contract: str = choice("On what kind of contract", words.CONTRACTS)
    state: str = choice("How far the job description is", words.VERSION_STATES)
    status: str = choice("Where the role itself stands", words.STANDING)
    about: str = text("More about it")


@kind("role_phases", "structure")
class RolePhase(Dated):
    """Days that a role is needed in one phase."""

    role: str = ref("The role", "roles", required=True)
    phase: str = text("Which phase", required=True)
    days_from: Decimal | None = number("Days, at least")
    days_to: Decimal | None = number("Days, at most")
    per: str = choice("Days in each", ("week", "month", "year", "review"))
    lasts: str = text("How long the phase lasts, as stated")


@kind("posts", "structure")
class Post(Dated):
    """A post by its title. Who sits in it is said by `holders`, and only where wanted."""

    title: str = text("The title as its agency words it", required=True)
    agency: str = ref("The agency that employs", "agencies")
    role: str = ref("Its role profile", "roles")
    status: str = choice("Where the post stands", words.STANDING)
    successor: str = ref("The post that took over from it", "posts")


@kind("people", "structure")
class NamedPerson(Row):
    """A person by name, where a file wants to name somebody at all."""

    name: str = text("The name", required=True)
    agency: str = ref("The agency", "agencies")


@kind("seats", "structure")
class Seat(Dated):
    """A place on a body."""

    body: str = ref("The body", "bodies", required=True)
    role: str = text("Title of the seat", required=True)
    capacity: str = choice("In what capacity; empty if the source does not say", words.CAPACITIES)
    office: str = choice("What the seat is there to do", words.OFFICES)
    agency: str = ref("The agency that fills it", "agencies")
    class_: str = choice("The class that fills it, if no agency is named", words.CLASSES)
    speaks_for: str = text("The sector that it speaks for")
    chosen_how: str = text("How its holder is chosen")
    reports_back: str = text("How it reports back to that sector")
    how_many: int | None = whole("How many such places there are, if more than one")
    term: str = text("For how long, and when it is reviewed")


@kind("holders", "structure")
class Holder(Dated):
    """Who sits in a seat for a time, or that nobody does. Without `holding` it is the holder."""

    seat: str = ref("The seat", "seats", required=True)
    holding: str = choice("As holder, deputy, job share, interim or vacant", words.HOLDING)
    post: str = ref("The post", "posts")
    person: str = ref("The person, where one is named", "people")
    share: str = text("Which part of a job share")

    def __post_init__(self) -> None:
        if not self.holding:
            object.__setattr__(self, "holding", "holder")


@kind("equivalences", "structure")
class Equivalence(Row):
    """Posts of different agencies that count as the same level or role."""

    level: str = text("What they are equal as", required=True)
    posts: tuple[str, ...] = refs("The posts", "posts")
    body: str = ref("For which body", "bodies")
    agreed_by: str = text("Who says so")
