"""Kinds of row for meetings, papers and the programme of work."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.assurance.exchange.rules.fields import (
    ANY_KIND,
    Dated,
    Row,
    choice,
    choices,
    day,
    kind,
    pounds,
    ref,
    refs,
    text,
    texts,
    whole,
)
from concordat.kernel.dates import UncertainDate


@kind("meetings", "meetings")
class Meeting(Row):
    """A meeting or session, held or planned."""

    body: str = ref("Whose meeting", "bodies")
    title: str = text("What it was or is, if no body's")
    date: UncertainDate | None = day("When")
    state: str = choice("How far it is", words.MEETING_STATES)
    purpose: str = text("What for")
    present: tuple[str, ...] = texts("Who was or is to be there, by post or agency")
    outcome: str = text("What came of it")


@kind("attendance", "meetings")
class Attendance(Row):
    """How often an agency or seat was present at a body in a year."""

    body: str = ref("The body", "bodies", required=True)
    agency: str = ref("The agency", "agencies")
    seat: str = ref("The seat", "seats")
    year: str = text("Which year, as stated")
    attended: int | None = whole("Meetings attended")
    by_deputy: int | None = whole("Of these by a deputy")
    of: int | None = whole("Meetings held")


@kind("papers", "meetings")
class Paper(Row):
    """A paper written for one or more bodies."""

    title: str = text("Its title", required=True)
    author: str = text("Post or body that wrote it")
    presented_by: str = ref("Post that presents it", "posts")
    dated: UncertainDate | None = day("The date that it bears")
    version: str = text("Which version")
    follows: str = ref("The version before", "papers")
    purposes: tuple[str, ...] = choices("The statuses that its cover gives", words.PAPER_PURPOSES)
    asks: tuple[str, ...] = texts("What the body is asked to do")
    decision_to_tell: str = text("Whether a policy or decision needs telling afterwards")
    appendices: str = text("Appendices, as stated")


@kind("presentations", "meetings")
class Presentation(Row):
    """A paper or an update before a body on a day, done or planned."""

    paper: str = ref("The paper", "papers")
    body: str = ref("Before which body", "bodies")
    title: str = text("What it is, if no paper or body is named")
    date: UncertainDate | None = day("When")
    state: str = choice("How far it is", words.PROGRESS)
    purposes: tuple[str, ...] = choices("What the body is to do with it", words.PAPER_PURPOSES)
    outcome: str = text("What came of it")


@kind("consultations", "meetings")
class Consultation(Row):
    """Whom somebody has asked, is asking or will ask about something."""

    about: str = text("About what", required=True)
    paper: str = ref("The paper whose cover tells of it", "papers")
    asked: tuple[str, ...] = texts("Who is asked")
    bodies: tuple[str, ...] = refs("Bodies that are asked", "bodies")
    date: UncertainDate | None = day("When")
    until: UncertainDate | None = day("Until when")
    state: str = choice("How far it is", words.PROGRESS)
    outcome: str = text("What came of it")


@kind("programmes", "programme")
class Programme(Dated):
    """A programme of work, with its bid and its funding."""

    title: str = text("What it is called", required=True)
    funder: str = text("Who pays")
    fund: str = text("From which fund")
    amount: int | None = pounds("How much")
    bid_on: UncertainDate | None = day("When the bid was made")
    awarded_on: UncertainDate | None = day("When the money was confirmed")
    steered_by: tuple[str, ...] = refs("Bodies that steer it", "bodies")
    partnerships: tuple[str, ...] = texts("Slugs of the partnerships that share it")
    state: str = choice("How far it is", words.PROGRESS)
    reasons: tuple[str, ...] = texts("Why it was begun")
    conditions: str = text("Conditions of the money")
    about: str = text("What it is for")


@kind("priorities", "programme")
class Priority(Dated):
    """What the partnership has chosen to work on."""

    title: str = text("What it is called", required=True)
    numbered: str = text("Its number")
    programme: str = ref("The programme", "programmes")
    lead: str = ref("Who leads it, as posts:key or agencies:key", ANY_KIND)
    aims: tuple[str, ...] = texts("What it is to do")
    success: str = text("How success will be known")
    state: str = choice("How far it is", words.PROGRESS)
    evidence: str = text("The evidence on which it was chosen")
    chosen_by: str = ref("Body that chose it", "bodies")
    chosen_on: UncertainDate | None = day("When it was chosen")
    outcome: str = text("What came of it")
    follows: str = ref("The priority of the year before, if it was chosen again", "priorities")


@kind("gates", "programme")
class Gate(Row):
    """A question at which a priority is decided upon: whether it goes on, and how."""

    question: str = text("What is to be decided", required=True)
    priority: str = ref("The priority", "priorities", required=True)
    date: UncertainDate | None = day("When it is or was decided")
    rests_on: tuple[str, ...] = refs(
        "The learning cycles whose findings it is decided on", "learning_cycles"
    )
    decided_by: str = ref("Body that decides", "bodies")
    outcome: str = choice("What was decided", ("yes", "no", "not yet"))
    reason: str = text("Why")


@kind("learning_cycles", "programme")
class LearningCycle(Dated):
    """A cycle of learning on one theme, through which a priority is carried out."""

    theme: str = text("Its one theme", required=True)
    model: str = choice("After which model it is run", words.LEARNING_MODELS)
    priority: str = ref("The priority that it carries out", "priorities")
    run_by: str = ref("Who runs it, as areas:key or bodies:key", ANY_KIND)
    lead: str = ref("Who owns it, as posts:key; else whoever leads the priority", ANY_KIND)
    about: str = text("How it works")
    state: str = choice("How far it is", words.LEARNING_STAGES)
    body: str = ref("The board that it reports to", "bodies")
    reported_on: UncertainDate | None = day("When it reported")
    summary: str = text("What it found in all")
    answered_on: UncertainDate | None = day("When the board answered")
    response: str = text("What the board made of it")
    check_on: UncertainDate | None = day("When its impact is to be checked")
    checked_on: UncertainDate | None = day("When its impact was checked")
    impact: str = text("What came of it")
    checked_in: str = ref("The cycle in which that was checked", "learning_cycles")


@kind("cycle_members", "programme")
class CycleMember(Dated):
    """Who takes part in a learning cycle."""

    cycle: str = ref("The learning cycle", "learning_cycles", required=True)
    agency: str = ref("For which agency", "agencies")
    post: str = ref("The post that takes part", "posts")
    who: str = text("Who it is, if no post")
    part: str = choice("As what", words.LEARNING_PARTS)


@kind("cycle_works", "programme")
class CycleWork(Row):
    """Something that was done in a learning cycle."""

    cycle: str = ref("The learning cycle", "learning_cycles", required=True)
    sort: str = choice("What sort of work", words.LEARNING_WORKS, required=True)
    what: str = text("What was done", required=True)
    date: UncertainDate | None = day("When")
    how_many: int | None = whole("How many cases were read or people heard")
    showed: str = text("What it showed")


@kind("cycle_findings", "programme")
class CycleFinding(Row):
    """What a learning cycle found, what it suggests, and what the board answered."""

    cycle: str = ref("The learning cycle", "learning_cycles", required=True)
    says: str = text("What was found", required=True)
    suggests: str = text("What is suggested to the board")
    answer: str = choice("What the board said to it", words.LEARNING_ANSWERS)
    reason: str = text("Why, or what is done instead")
    impact: str = choice("What came of it", words.LEARNING_IMPACTS)
    shown_by: str = text("What shows that")


@kind("workstreams", "programme")
class Workstream(Dated):
    """A strand of work or a project group's task."""

    title: str = text("What it is called", required=True)
    programme: str = ref("The programme", "programmes")
    priority: str = ref("The priority that it serves", "priorities")
    lead: str = ref("Who leads it, as kind:key", ANY_KIND)
    state: str = choice("How far it is", words.PROGRESS)
    about: str = text("What it does")


@kind("phases", "programme")
class Phase(Dated):
    """A phase of a programme."""

    title: str = text("What it is called", required=True)
    programme: str = ref("The programme", "programmes")
    months: int | None = whole("How many months it lasts")
    version: str = text("In which version of the plan")
    about: str = text("What happens in it")


@kind("milestones", "programme")
class Milestone(Row):
    """Something to be reached, and when."""

    title: str = text("What is to be reached", required=True)
    programme: str = ref("The programme", "programmes")
    priority: str = ref("The priority", "priorities")
    due: UncertainDate | None = day("When it is due")
    first_due: UncertainDate | None = day("When it was first due")
    done_on: UncertainDate | None = day("When it was reached")
    state: str = choice("How far it is", words.PROGRESS)
    depends_on: tuple[str, ...] = refs("Milestones that must come first", "milestones")
    owner: str = ref("Who owes it, as kind:key", ANY_KIND)
    workstream: str = ref("The workstream", "workstreams")
    takes: int | None = whole("Days of work between what comes first and this")
    rule: str = text("Rule of law that fixes its last day, such as TR-PUBLISH")


@kind("replans", "programme")
class Replan(Row):
    """A change of plan, with what was planned before and why it changed."""

    changes: str = ref("What was planned again, as kind:key", ANY_KIND)
    before: str = text("What was planned before", required=True)
    after: str = text("What is planned now", required=True)
    reasons: tuple[str, ...] = texts("Why")
    agreed_by: str = text("Who agreed")
    date: UncertainDate | None = day("When")


@kind("products", "programme")
class Product(Row):
    """Something that the programme makes."""

    title: str = text("What it is", required=True)
    programme: str = ref("The programme", "programmes")
    contents: tuple[str, ...] = texts("What it holds")
    state: str = choice("How far it is", words.PROGRESS)
    due: UncertainDate | None = day("When it is due")
    accepted_by: str = ref("Who accepts it, as kind:key", ANY_KIND)
    about: str = text("More about it")


@kind("appointments", "programme")
class Appointment(Row):
    """Somebody recruited, or a service bought."""

    title: str = text("Post or service", required=True)
    post: str = ref("The post", "posts")
    agency: str = ref("The agency that was appointed", "agencies")
    date: UncertainDate | None = day("When")
    how: str = text("How")
    state: str = choice("How far it is", words.PROGRESS)
    ends: UncertainDate | None = day("When it ends")


@kind("lessons", "programme")
class Lesson(Row):
    """A challenge met, how it was answered, a success or a lesson."""

    kind: str = choice("What it is", words.LESSON_KINDS, required=True)
    theme: str = text("Its theme", required=True)
    says: str = text("What was learnt", required=True)
    programme: str = ref("The programme", "programmes")
    answers: tuple[str, ...] = refs("The challenges that it answers", "lessons")


@kind("events", "programme")
class Happening(Row):
    """Something that happened around the partnership, such as an inspection."""

    title: str = text("What happened", required=True)
    type: str = text("What it was, such as inspection")
    by: str = text("Who did it")
    date: UncertainDate | None = day("When")
    state: str = choice("How far it is", words.PROGRESS)
    about: str = text("More about it")
