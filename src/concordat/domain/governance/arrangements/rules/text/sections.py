"""The sections of published arrangements: what each quotes, answers and gathers.

`items` are lines of the law's checklist (rule ARR) that a section answers by default, `topics`
those of statements that belong there, `words` beginnings of words by which a local promise of
contents is placed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `needs_words`: facts alone do not answer what it is for."""

    key: str
    title: str
    says: str
    blocks: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs_words: bool = True


SUMMARIES = (
    Section(
        "plain-words",
        "In plain words",
        "What the arrangements are for and what they change, in one page that anybody can read.",
    ),
    Section(
        "young-people",
        "For young people",
        "Who keeps you safe here, how your views count and who answers you, in short sentences.",
    ),
)

SECTIONS = (
    Section(
        "who-we-are",
        "Who we are and how we work",
        "What the partnership is, its principles, and how partners together find out what "
        "children need and respond to it.",
        ("identity",),
        ("ARR-P1",),
        ("principles", "governance", "background"),
        ("operational procedure", "principle", "vision", "outline function"),
    ),
    Section(
        "area",
        "Area and footprints",
        "The boundary of the partnership, and what is shared beyond it.",
        ("areas", "footprints"),
        ("ARR-P5",),
        ("area", "policing", "footprint"),
        ("boundar", "footprint", "geograph"),
        needs_words=False,
    ),
    Section(
        "partners",
        "Partners and their equal duty",
        "Who the statutory partners are, and that their duty is equal and joint.",
        ("partners",),
        ("ARR-P4", "ARR-P17"),
        ("partners", "accountability"),
        ("statutory partner", "agreements between"),
    ),
    Section(
        "authority",
        "Who speaks, decides and commits",
        "The leads, what was delegated to whom, by what and up to what limit.",
        ("leads", "delegations", "matters"),
        ("ARR-P17",),
        ("authority",),
        ("delegat", "decision"),
    ),
    Section(
        "structure",
        "Structure and bodies",
        "The bodies, who answers to whom, who belongs to them and how often they meet.",
        ("bodies",),
        ("ARR-P22",),
        ("structure",),
        ("structure", "working group", "subgroup", "sub group"),
        needs_words=False,
    ),
    Section(
        "seats",
        "Seats and roles",
        "Who sits where for whom, and what each role is there to do.",
        ("seats", "roles"),
        ("ARR-P17",),
        ("roles",),
        ("role", "seat", "job description"),
        needs_words=False,
    ),
    Section(
        "relevant-agencies",
        "Relevant agencies",
        "Which agencies work under the arrangements, why they were chosen and how they work "
        "together.",
        ("relevant_agencies",),
        ("ARR-P6",),
        ("relevant agencies",),
        ("relevant agenc",),
    ),
    Section(
        "education",
        "Schools, colleges and early years",
        "How early years settings, schools and all other education are included.",
        ("education",),
        ("ARR-P7",),
        ("education", "schools"),
        ("school", "education"),
    ),
    Section(
        "homes-and-custody",
        "Children's homes and youth custody",
        "How children's homes and youth custody are included, and children looked after.",
        ("homes_and_custody",),
        ("ARR-P8", "ARR-P20"),
        ("children's homes", "youth custody"),
        ("custody", "residential"),
    ),
    Section(
        "scrutiny",
        "Independent scrutiny",
        "Who scrutinises, how independently, by what methods, and what becomes of what is found.",
        ("scrutiny",),
        ("ARR-P3", "ARR-P16"),
        ("scrutiny",),
        ("scrutin",),
    ),
    Section(
        "local-reviews",
        "Local reviews and learning",
        "How serious incidents are found, reviewed and published, and how learning is put to use.",
        ("review_duties",),
        ("ARR-P2", "ARR-P13"),
        ("local reviews", "learning", "serious case reviews"),
        ("serious case review", "local review", "systems learning", "learning"),
    ),
    Section(
        "child-death",
        "Child death review",
        "On which footprint child deaths are reviewed, by whom and on whose approval.",
        ("child_death",),
        ("ARR-P22",),
        ("child death review", "child deaths"),
        ("child death",),
    ),
    Section(
        "thresholds",
        "Thresholds and early help",
        "How the threshold document fits in, from early help to protection.",
        (),
        ("ARR-P12",),
        ("thresholds", "early help"),
        ("threshold", "early help"),
    ),
    Section(
        "child-protection-teams",
        "Child protection teams",
        "The multi-agency child protection teams and their memoranda.",
        (),
        ("ARR-P21",),
        ("child protection teams",),
    ),
    Section(
        "data",
        "Data and information",
        "How data shows whether help works, and how information is shared.",
        ("information_agreements",),
        ("ARR-P9", "ARR-P19"),
        ("data", "information sharing"),
        ("data", "information sharing", "intelligence"),
    ),
    Section(
        "voice",
        "Voice of children and families",
        "How children and families are heard, and how they learn what became of it.",
        ("voice",),
        ("ARR-P14",),
        ("voice", "youth voice", "participation"),
        ("voice", "participation"),
    ),
    Section(
        "training-and-audits",
        "Training, audits and quality assurance",
        "How training is commissioned and checked for effect, and how audits are run.",
        ("training", "assurance_bodies"),
        ("ARR-P10",),
        ("training", "audits", "quality assurance"),
        ("training", "audit", "quality and assurance", "quality assurance"),
    ),
    Section(
        "yearly-report",
        "Yearly report",
        "Where the yearly report is published.",
        (),
        ("ARR-P15",),
        ("yearly report", "annual report"),
        ("yearly report", "annual report"),
    ),
    Section(
        "funding",
        "How it is funded",
        "What partners contribute, on what formula, and for what.",
        ("money", "funding_agreements"),
        ("ARR-P11",),
        ("finance", "funding", "budget"),
        ("fund", "budget", "contribution", "financ"),
    ),
    Section(
        "other-boards",
        "Other boards and lines of reporting",
        "What is owed to which board, what it does with it, and who answers to whom.",
        ("links", "reporting"),
        ("ARR-P20",),
        ("links", "reporting", "other boards"),
        ("links to", "reporting", "relationship with", "strategic leadership", "wider system"),
    ),
    Section(
        "disputes",
        "Disputes and escalation",
        "How partners settle what they do not agree on, and who is asked last.",
        (),
        ("ARR-P18",),
        ("disputes", "escalation"),
        ("dispute", "escalat"),
    ),
    Section(
        "transition",
        "Transition from the old board",
        "The steps on the way, what the old board does until then, and how its work comes over.",
        ("steps", "old_board"),
        ("ARR-P22",),
        ("transition",),
        ("migrate", "migration", "transition", "workload", "hand over", "handover"),
    ),
    Section(
        "promises",
        "Promises and when this is looked at again",
        "What is promised here, by when, and when these arrangements are reviewed.",
        ("promises",),
        ("ARR-P16",),
        ("promises", "review of the arrangements"),
        ("review date", "promise"),
        needs_words=False,
    ),
    Section(
        "limits",
        "What is for a limited time, and what stays separate",
        "Which parts end and when, and which partnerships remain partnerships of their own.",
        ("limited", "separate"),
        (),
        ("status",),
        ("time-limited", "limited time", "separate"),
        needs_words=False,
    ),
    Section(
        "also-stated",
        "Also stated",
        "What was stated and belongs to no other section.",
        needs_words=False,
    ),
)

ALL = (*SUMMARIES, *SECTIONS)
SECTION_KEYS = tuple(each.key for each in ALL)
REST = "also-stated"
_BY_KEY = {each.key: each for each in ALL}


def section(key: str) -> Section | None:
    return _BY_KEY.get(key)


def title_of(key: str) -> str:
    """What a section is called; its key where there is none."""
    found = section(key)
    return found.title if found else key


def is_summary(key: str) -> bool:
    return any(each.key == key for each in SUMMARIES)


def home_of_topic(topic: str) -> str:
    """The key of the section to which a statement on this topic belongs."""
    told = topic.strip().casefold()
    return next((each.key for each in SECTIONS if told in each.topics), REST)


def sections_for(item: str) -> tuple[str, ...]:
    """Where a line of the law's checklist is answered by default."""
    return tuple(each.key for each in SECTIONS if item in each.items)


def sections_about(words: str) -> tuple[str, ...]:
    """Where a local promise of contents is answered by default, told by its words."""
    told = words.casefold()
    return tuple(each.key for each in SECTIONS if any(begin in told for begin in each.words))
