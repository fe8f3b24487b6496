"""What people fill in about the rows of a plan: one form for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from concordat.domain.governance.programme.rules import contracts, life
from concordat.domain.governance.programme.rules.capacity import Worth
from concordat.domain.governance.programme.rules.contracts import Service
from concordat.domain.governance.programme.rules.learning import Model, Part, Sort
from concordat.domain.governance.programme.rules.life import Stage
from concordat.web.programme.forms import AS_EXACT, HalfDaysField
from concordat.web.ui import forms
from concordat.web.ui.rows import RowForm

STATES = [(each.value, each.label) for each in Stage if each is not Stage.NOT_STATED]
KINDS_OF_LESSON = ("challenge", "response", "success", "lesson", "innovation")
OWED = [("condition", "A condition to keep"), ("return", "A return to make")]


def title(label: str = "What it is called") -> forms.TextField:
    return forms.TextField(label, max_length=life.LONGEST_TITLE)


def more(label: str = "More about it") -> forms.LongTextField:
    return forms.LongTextField(label, max_length=life.LONGEST_TEXT, rows=3, required=False)


def when(label: str, **options: Any) -> forms.UncertainDateField:
    return forms.UncertainDateField(label, **{"required": False, "hint": AS_EXACT, **options})


def chosen(label: str, **options: Any) -> forms.SelectField:
    """One row of a list that the page gives."""
    return forms.SelectField(label, choices=[], **{"required": False, **options})


def many(label: str, subject: str) -> forms.ManyField:
    return forms.ManyField(label, choices=[], subject=subject, required=False)


def one_of(label: str, pairs: Iterable[tuple[str, str]], **options: Any) -> forms.SelectField:
    return forms.SelectField(label, choices=list(pairs), **{"required": False, **options})


def source() -> forms.TextField:
    return forms.TextField("Where this is written", max_length=400, required=False)


class ProgrammeForm(RowForm):
    """A programme of work, with its bid and its money. How far it is changes step by step."""

    KEYS: ClassVar[Mapping[str, str]] = {"steered_by": "bodies"}

    title = title()
    about = more("What it is for")
    steered_by = many("Which bodies steer it?", "the bodies that steer it")
    reasons = forms.LinesField("Why it was begun", required=False)
    funder = forms.TextField("Who pays", max_length=300, required=False)
    fund = forms.TextField("From which fund", max_length=300, required=False)
    amount = forms.MoneyField("How much", required=False)
    bid_on = when("When the bid was made")
    awarded_on = when("When the money was confirmed")
    conditions = more("Conditions of the money")
    from_text = when("First day")
    to_text = when("Last day")
    source = source()


class NewProgrammeForm(ProgrammeForm):
    state = one_of("How far it is", STATES)

    field_order = ("title", "about", "state")


class PriorityForm(RowForm):
    """What is worked on this year, who leads it, and how success will be known."""

    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes"}
    KEYS: ClassVar[Mapping[str, str]] = {"lead": "sides"}

    title = title()
    numbered = forms.TextField("Its number", max_length=20, required=False, width=5)
    programme = chosen("Programme")
    lead = chosen("Who leads it")
    aims = forms.LinesField("What it is to do", required=False, hint="One aim on each line")
    evidence = more("The evidence on which it is chosen")
    success = more("How success will be known")
    from_text = when("First day")
    to_text = when("Last day")
    source = source()


class GateForm(RowForm):
    """A question at which a priority is decided upon."""

    LINKS: ClassVar[Mapping[str, str]] = {"priority": "priorities"}
    KEYS: ClassVar[Mapping[str, str]] = {"rests_on": "cycles"}

    priority = chosen("Priority", required=True)
    question = forms.TextField("What is to be decided, as a question?", subject="the question",
                               max_length=400)  # fmt: skip
    date = when("When it is to be decided")
    rests_on = many("On which learning cycles does it rest?", "the learning cycles")
    source = source()


class LearningCycleForm(RowForm):
    """What is learnt about, after which model, by whom and when. How far it is changes by steps."""

    LINKS: ClassVar[Mapping[str, str]] = {"priority": "any_priorities"}
    KEYS: ClassVar[Mapping[str, str]] = {"run_by": "places", "lead": "sides"}

    theme = title("Its one theme")
    model = one_of("After which model?", [(e.value, e.label) for e in Model], required=True,
                   subject="the model")  # fmt: skip
    priority = chosen("Priority that it carries out",
                      hint="Whoever shares its programme sees the cycle")  # fmt: skip
    run_by = chosen("Who runs it")
    lead = chosen("Who owns it", hint="Else whoever leads the priority. They are asked for each "
                                      "next step")  # fmt: skip
    about = more("How it works")
    from_text = when("When it begins")
    to_text = when("When it ends", hint="A learning hub’s cycle lasts four months in Bexley. "
                                        + AS_EXACT)  # fmt: skip
    check_on = when("When its impact is to be checked", hint="In the cycle after it. " + AS_EXACT)
    source = source()


class CycleMemberForm(RowForm):
    """Who takes part, for an agency."""

    LINKS: ClassVar[Mapping[str, str]] = {"cycle": "own_cycles", "agency": "agencies",
                                          "post": "posts"}  # fmt: skip

    cycle = chosen("Learning cycle", required=True)
    agency = chosen("For which agency")
    post = chosen("The post that takes part")
    who = forms.TextField("Who it is, if no post", max_length=300, required=False)
    part = one_of("As what", [(e.value, e.label) for e in Part], required=True, subject="as what")
    from_text = when("From when")
    to_text = when("Until when")
    source = source()


class CycleWorkForm(RowForm):
    """Something that was done, never about one child."""

    LINKS: ClassVar[Mapping[str, str]] = {"cycle": "own_cycles"}

    cycle = chosen("Learning cycle", required=True)
    sort = one_of("What sort of work?", [(e.value, e.label) for e in Sort], required=True,
                  subject="the sort of work")  # fmt: skip
    what = forms.TextField("What was done", max_length=400)
    date = when("When")
    how_many = forms.NumberField("How many cases were read or people heard", most=100_000,
                                 required=False, width=5)  # fmt: skip
    showed = more("What it showed")
    source = source()


class CycleFindingForm(RowForm):
    """What was found, and what is suggested to the board."""

    LINKS: ClassVar[Mapping[str, str]] = {"cycle": "own_cycles"}

    cycle = chosen("Learning cycle", required=True)
    says = forms.LongTextField("What was found", max_length=life.LONGEST_TEXT, rows=3)
    suggests = more("What is suggested to the board")
    source = source()


class WorkstreamForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes", "priority": "priorities"}
    KEYS: ClassVar[Mapping[str, str]] = {"lead": "sides"}

    title = title()
    programme = chosen("Programme", required=True)
    priority = chosen("Priority that it serves")
    lead = chosen("Who leads it")
    state = one_of("How far it is", STATES)
    about = more("What it does")
    source = source()


class PhaseForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes"}

    title = title()
    programme = chosen("Programme", required=True)
    months = forms.NumberField("How many months it lasts", most=120, required=False, width=3)
    version = forms.TextField("In which version of the plan", max_length=200, required=False)
    about = more("What happens in it")
    from_text = when("First day")
    to_text = when("Last day")
    source = source()


class MilestoneForm(RowForm):
    """A milestone but for its day, which changes by planning it again."""

    LINKS: ClassVar[Mapping[str, str]] = {
        "programme": "programmes", "priority": "priorities", "workstream": "workstreams",
    }  # fmt: skip
    KEYS: ClassVar[Mapping[str, str]] = {"owner": "sides", "depends_on": "milestones"}

    title = title("What is to be reached")
    programme = chosen("Programme", required=True)
    priority = chosen("Priority")
    workstream = chosen("Workstream")
    owner = chosen("Who owes it")
    depends_on = many("What must come first?", "what comes first")
    takes = forms.NumberField(
        "Days of work between what comes first and this", most=1000, required=False, width=4
    )
    rule = forms.TextField(
        "Rule of law that fixes its last day", max_length=60, required=False, width=20,
        hint="Such as TR-PUBLISH. The rules are listed under Rules and days",
    )  # fmt: skip
    source = source()


class NewMilestoneForm(MilestoneForm):
    due = when("When it is due", hint="Leave empty if nobody knows. " + AS_EXACT)

    field_order = ("title", "programme", "due", "priority", "workstream", "owner")


class ProductForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes"}
    KEYS: ClassVar[Mapping[str, str]] = {"accepted_by": "sides"}

    title = title()
    programme = chosen("Programme", required=True)
    contents = forms.LinesField("What it holds", required=False, hint="One thing on each line")
    accepted_by = chosen("Who accepts it")
    due = when("When it is due")
    about = more()
    source = source()


class AppointmentForm(RowForm):
    """Whom or what is looked for. How far it has come changes step by step."""

    LINKS: ClassVar[Mapping[str, str]] = {"post": "posts", "agency": "agencies"}

    title = title("Post or service")
    post = chosen("The post")
    agency = chosen("The agency that was appointed")
    source = source()


class LessonForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes"}
    KEYS: ClassVar[Mapping[str, str]] = {"answers": "lessons"}

    kind = one_of(
        "What it is", [(each, each.capitalize()) for each in KINDS_OF_LESSON], required=True
    )
    theme = forms.TextField("Its theme", max_length=200)
    says = forms.LongTextField("What was learnt", max_length=life.LONGEST_TEXT, rows=4)
    programme = chosen("Programme", required=True)
    answers = many("Which challenges does it answer?", "the challenges")  # type: ignore[assignment]
    source = source()


class OccurrenceForm(RowForm):
    title = title("What happened")
    type = forms.TextField("What it was, such as an inspection", max_length=100, required=False)
    by = forms.TextField("Who did it", max_length=200, required=False)
    date = when("When")
    about = more()
    source = source()


class ObligationForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"programme": "programmes"}

    programme = chosen("Programme", required=True)
    kind = one_of("What it is", OWED, required=True)
    what = forms.LongTextField("What the funder is owed", max_length=2000, rows=3)
    due = when("By when")
    source = source()


class RoomForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"post": "posts"}

    post = chosen("Post", required=True)
    quarter = forms.UncertainDateField("Quarter", hint="Such as Q2 2019, which begins in April")
    halves = HalfDaysField(
        "How many days is it free for?", subject="how many days",
        hint="After its everyday work. Such as 12 or 4.5",
    )  # fmt: skip
    note = forms.TextField("How you know", max_length=300, required=False)


class NeedForm(RowForm):
    LINKS: ClassVar[Mapping[str, str]] = {"post": "posts", "milestone": "milestones"}

    title = title("Piece of work")
    post = chosen("Post that does it", required=True)
    quarter = forms.UncertainDateField("Quarter", hint="Such as Q2 2019, which begins in April")
    halves = HalfDaysField("How many days does it take?", subject="how many days")
    worth = one_of("What is it worth?", [(e.value, e.label) for e in Worth], required=True,
                   subject="what it is worth")  # fmt: skip
    milestone = chosen("Milestone that it is for")


class ContractForm(RowForm):
    """A contract. What its order fixed is asked only while nobody has stated it."""

    LINKS: ClassVar[Mapping[str, str]] = {"agency": "agencies"}
    KEYS: ClassVar[Mapping[str, str]] = {"worked_by": "sides"}

    title = title("What it is for")
    service = one_of("Which service?", [(e.value, e.label) for e in Service], required=True,
                     subject="the service")  # fmt: skip
    supplier = forms.TextField("Who is paid", max_length=300)
    agency = chosen("Agency that it is, if one of these")
    worked_by = chosen("Who works the days and claims them")
    agreed = HalfDaysField("How many days are agreed?", subject="how many days", required=False)
    rate = forms.MoneyField("Pounds a day", required=False)
    from_text = when("First day")
    to_text = when("Last day")
    source = source()

    def __init__(self, *args: Any, row: Any = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        stated = [name for name in contracts.FIXED if row and getattr(row, name) not in ("", None)]
        for name in stated:
            if not contracts.may_amend(row.stage, [name]):
                del self.fields[name]
