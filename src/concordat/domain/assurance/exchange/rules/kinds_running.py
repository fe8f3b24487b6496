"""Kinds of row for risks, money, communication, equality, training, scrutiny and evaluation."""

from __future__ import annotations

from decimal import Decimal

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.assurance.exchange.rules.fields import (
    ANY_KIND,
    Dated,
    Row,
    choice,
    day,
    how_often,
    kind,
    number,
    pounds,
    ref,
    refs,
    text,
    texts,
    whole,
    yes_no,
)
from concordat.domain.assurance.reports.rules import REPORT_NAMES
from concordat.domain.assurance.reports.rules import SECTION_KEYS as REPORT_SECTIONS
from concordat.domain.base.seats.rules.rhythm import Rhythm
from concordat.domain.governance.measures.rules import Symbol
from concordat.domain.practice.reviews.rules.routes import RouteStep
from concordat.kernel.dates import UncertainDate


@kind("registers", "risks")
class Register(Row):
    """A register of risks with its own scheme of scores."""

    title: str = text("What it is called", required=True)
    likelihoods: tuple[str, ...] = texts("Words for likelihood, lowest first")
    impacts: tuple[str, ...] = texts("Words for impact, lowest first")
    bands: tuple[str, ...] = texts(
        "Where the scheme multiplies both: its bands, such as “15 to 25 extreme”"
    )
    owner: str = ref("Who keeps it, as kind:key", ANY_KIND)
    state: str = choice("How far it is", words.PROGRESS)


@kind("risks", "risks")
class Risk(Dated):
    """A risk to the partnership's work. Never about a child."""

    title: str = text("The risk", required=True)
    register: str = ref("The register", "registers")
    likelihood: str = text("Likelihood, in the register's own words")
    impact: str = text("Impact, in the register's own words")
    inherent_likelihood: str = text("Likelihood before any control")
    inherent_impact: str = text("Impact before any control")
    target_likelihood: str = text("Likelihood that is aimed at")
    target_impact: str = text("Impact that is aimed at")
    treatment: str = choice("What is done with it", words.TREATMENTS)
    mitigations: tuple[str, ...] = texts("What is done about it")
    owner: str = ref("Who owns it, as kind:key", ANY_KIND)
    review_on: UncertainDate | None = day("When it is to be looked at again")
    about: str = text("More about it")


@kind("budgets", "finance")
class Budget(Row):
    """The money of one financial year: the partnership's, or an old board's that it inherits."""

    title: str = text("What it is called", required=True)
    year: str = text("Which year, such as 2019/20", required=True)
    body: str = ref("Whose it is, if not the partnership's own", "bodies")
    state: str = choice("How far it is", words.BUDGET_STATES)
    reserve: int | None = pounds("What was left over from before")
    inherits: str = ref("The budget that it took over from", "budgets")
    matter: str = ref("The matter by which its money is authorised", "matters")
    decision: str = ref("The decision that set it", "decisions")
    about: str = text("More about it")


@kind("contributions", "finance")
class Contribution(Row):
    """What comes in for a year: any number of sources for each agency, and other income."""

    agency: str = ref("Who gives; empty for other income, such as charges or a reserve", "agencies")
    year: str = text("For which year, such as 2019/20")
    fund: str = text("From which of its sources, or what the income is")
    amount: int | None = pounds("How much")
    in_kind: str = text("What is given other than money")
    state: str = choice("How sure it is", words.MONEY_STATES)
    decision: str = ref("The decision behind it", "decisions")
    authorised_by: str = ref("Who may authorise it, as kind:key", ANY_KIND)
    budget: str = ref("The budget that it belongs to", "budgets")
    matter: str = ref("The matter by which it is authorised, if not its budget's", "matters")
    pledged: int | None = pounds("How much was pledged, if not the sum above")
    agreed: int | None = pounds("How much was agreed")
    agreed_on: UncertainDate | None = day("When it was agreed")
    invoiced: int | None = pounds("How much was invoiced altogether")
    invoiced_on: UncertainDate | None = day("When it was invoiced last")
    received: int | None = pounds("How much came altogether")
    received_on: UncertainDate | None = day("When something came last")
    in_kind_value: int | None = pounds("What is given other than money is worth")
    conditions: str = text("Conditions of a grant")
    report_due: UncertainDate | None = day("When the giver is to be told how it was used")
    because: str = text("Why it was declined or withdrawn")


@kind("costs", "finance")
class Cost(Row):
    """What something costs in a year, or that the cost is not known yet."""

    title: str = text("What is paid for", required=True)
    heading: str = text("Under which heading")
    year: str = text("For which year, such as 2019/20")
    amount: int | None = pounds("How much")
    level: str = choice("Once or again and again", words.LEVELS_OF_COST)
    role: str = ref("The role that it pays for", "roles")
    share: Decimal | None = number("Percent of a shared post")
    state: str = choice("How far the costing is", words.PROGRESS)
    about: str = text("More about it")
    budget: str = ref("The budget that it belongs to", "budgets")
    grade: str = text("The grade of the post")
    full_cost: int | None = pounds("What the post costs full time in a year")
    days: Decimal | None = number("How many days are paid for")
    day_rate: int | None = pounds("What a day costs")
    spent: int | None = pounds("How much is spent")
    forecast: int | None = pounds("What it is likely to come to")
    decision: str = ref("The decision on spending more", "decisions")


@kind("formulas", "finance")
class Formula(Row):
    """A way to share a sum among agencies; its shares name it by its title."""

    title: str = text("What it is called", required=True)
    year: str = text("For which year")
    method: str = choice("How it works", words.SHARING_METHODS)
    budget: str = ref("The budget that it would share", "budgets")
    sum: int | None = pounds("The sum that is shared, if not all that the budget needs")
    equal_part: Decimal | None = number("Percent that is shared equally before the rest")
    chosen: bool | None = yes_no("Whether the partners work to it")
    decision: str = ref("The decision that chose it", "decisions")
    about: str = text("More about it")


@kind("shares", "finance")
class Share(Row):
    """The part of a cost that an agency is to bear under a formula."""

    formula: str = text("Which formula", required=True)
    agency: str = ref("The agency", "agencies", required=True)
    year: str = text("For which year")
    percent: Decimal | None = number("Its part in percent")
    amount: int | None = pounds("Its part in pounds, if a flat sum")
    about: str = text("How it is worked out")
    number: Decimal | None = number("Its children or cases, if they decide its part")
    budget: str = ref("The budget that is shared", "budgets")


@kind("totals", "finance")
class Total(Row):
    """A total as a source states it, to stand beside the one that is added up."""

    of: str = text("What it is the total of", required=True)
    year: str = text("For which year")
    amount: int | None = pounds("How much")
    budget: str = ref("The budget that it belongs to", "budgets")


@kind("comparators", "finance")
class Comparator(Row):
    """What something costs elsewhere."""

    title: str = text("What it is", required=True)
    average: int | None = pounds("On average")
    lowest: int | None = pounds("At least")
    highest: int | None = pounds("Up to")
    per: str = text("For each what")
    found_in: str = text("Where")
    about: str = text("More about it")
    year: str = text("For which year")


@kind("review_demand", "finance")
class ReviewDemand(Row):
    """How many local reviews a year may bring, and what one of them costs."""

    year: str = text("For which year")
    budget: str = ref("The budget that is to bear it", "budgets")
    low: int | None = whole("At least how many")
    likely: int | None = whole("Most likely how many")
    high: int | None = whole("At most how many")
    least: int | None = pounds("What a review costs at least")
    usual: int | None = pounds("What a review usually costs")
    most: int | None = pounds("What a review costs at most")
    seed: int | None = whole("The number from which chance is drawn")
    about: str = text("Where the figures come from")


@kind("communications", "communications")
class Communication(Row):
    """Something told to somebody, or a plan to tell."""

    title: str = text("What it is", required=True)
    kind: str = choice("What kind", words.COMMUNICATION_KINDS)
    audiences: tuple[str, ...] = refs("For whom", "audiences")
    told_to: str = text("For whom, if not one of the audiences")
    date: UncertainDate | None = day("When")
    since: UncertainDate | None = day("From when, if it goes on")
    state: str = choice("How far it is", words.PROGRESS)
    says: str = text("What it says or stresses")


@kind("audiences", "communications")
class Audience(Row):
    """A group of people that communications are meant for."""

    title: str = text("Who they are", required=True)
    tier: str = text("In which tier")
    needs: str = text("What they need to hear")


@kind("engagement", "communications")
class Engagement(Row):
    """How children, young people and families are heard."""

    title: str = text("What is done", required=True)
    with_: tuple[str, ...] = texts("With whom")
    state: str = choice("How far it is", words.PROGRESS)
    lead: str = ref("Post that leads it", "posts")
    rhythm: Rhythm | None = how_often("How often")
    about: str = text("More about it")


@kind("equality", "communications")
class EqualityAssessment(Row):
    """An assessment of effects on people with protected characteristics."""

    title: str = text("What it is", required=True)
    of: str = text("What is assessed")
    state: str = choice("How far it is", words.PROGRESS)
    date: UncertainDate | None = day("When")
    outcome: str = text("What it found")


@kind("training", "improvement")
class Training(Row):
    """Training offered, planned or looked into."""

    title: str = text("What it is", required=True)
    for_: tuple[str, ...] = texts("For whom")
    standard: str = text("The standard that it follows")
    provider: str = text("Who gives it")
    shared_with: tuple[str, ...] = texts("With whom it is shared")
    state: str = choice("How far it is", words.PROGRESS)
    body: str = ref("Body that sees to it", "bodies")
    about: str = text("More about it")


@kind("scrutiny", "improvement")
class Scrutiny(Dated):
    """One thing about independent scrutiny: its model, a function, a link, a method."""

    subject: str = choice("What it says", words.SCRUTINY_SUBJECTS, required=True)
    says: str = text("In words", required=True)
    role: str = ref("The role that scrutinises", "roles")
    state: str = choice("Where it stands", words.STANDING)
    independence: str = text("What it may mean for independence")


@kind("learning", "improvement")
class LearningModel(Dated):
    """A way of learning from practice, such as a hub with cycles."""

    title: str = text("What it is called", required=True)
    body: str = ref("The body that runs it", "bodies")
    partnerships: tuple[str, ...] = texts("Slugs or names of partnerships that use it")
    cycle: Rhythm | None = how_often("Its cycle")
    theme: str = text("The theme at hand")
    state: str = choice("Where it stands", words.STANDING)
    about: str = text("How it works")


@kind("recommendations", "improvement")
class Recommendation(Row):
    """A change that a review, an audit or a paper recommended. Never about a child."""

    title: str = text("What is to change", required=True)
    number: str = text("Its number where it comes from")
    from_kind: str = choice("What it comes from", words.RECOMMENDED_BY)
    from_title: str = text("The review, audit or paper that it comes from, as cited")
    made_on: UncertainDate | None = day("When that was made")
    finding: str = text("The finding that it answers")
    change: str = text("The change in full")
    agency: str = ref("The agency that it is addressed to", "agencies")
    body: str = ref("The body that it is addressed to", "bodies")
    seat: str = ref("The seat that it is addressed to", "seats")
    outside: str = text("Whom outside the partnership it is addressed to")
    level: str = choice("At which level", words.RECOMMENDATION_LEVELS)
    nature: str = choice("System change or compliance", words.RECOMMENDATION_NATURES)
    nature_why: str = text("Why it is one of the two")
    due: UncertainDate | None = day("By when")
    owner: str = ref("The post that owns it", "posts")
    measure: str = text("How it will be seen that it worked")
    worked_by: str = ref("The body that works it as a draft", "bodies")
    set_by: str = ref("The body that accepts it", "bodies")
    state: str = choice("How far it is", words.RECOMMENDATION_STATES, required=True)
    decided_on: UncertainDate | None = day("When a body decided on it")
    reasons: str = text("Why it was accepted or not")


@kind("review_routes", "improvement")
class ReviewRoute(Row):
    """Who does one step of beginning a local review, in one borough or by the shared way."""

    step: str = choice("Which step", tuple(step.value for step in RouteStep), required=True)
    borough: str = text("In which borough; left out for the shared way")
    words: str = text("Who does it, and how")
    question: str = text("Which question is open, where nothing says who does it")
    begins: UncertainDate | None = day("From when it holds", required=True)
    ended: UncertainDate | None = day("Its last day, once another way has taken its place")


@kind("reviewing", "improvement")
class Reviewing(Dated):
    """One thing about how cases are reviewed: a route, a method, a threshold. Never a case."""

    subject: str = text("What it is about", required=True)
    says: str = text("In words", required=True)
    body: str = ref("The body that sees to it", "bodies")
    state: str = choice("How far it is", words.PROGRESS)


@kind("evaluations", "improvement")
class Evaluation(Dated):
    """Somebody finding out whether it worked."""

    title: str = text("What it is called", required=True)
    of: str = ref("What is evaluated, as kind:key", ANY_KIND)
    by: str = ref("Who evaluates", "agencies")
    by_words: str = text("Who evaluates, more exactly")
    state: str = choice("How far it is", words.PROGRESS)


@kind("evaluation_parts", "improvement")
class EvaluationPart(Row):
    """A question, a method, a step done or to come, a criterion or a finding of an evaluation."""

    evaluation: str = ref("The evaluation", "evaluations", required=True)
    part: str = choice("Which it is", words.EVALUATION_PARTS, required=True)
    says: str = text("In words", required=True)
    date: UncertainDate | None = day("When")
    priority: str = ref("The priority that it bears on", "priorities")


@kind("measures", "improvement")
class Measure(Row):
    """Something that is counted, with its owner and direction."""

    title: str = text("What is counted", required=True)
    unit: str = text("In what")
    better: str = choice("Which way is better", ("higher", "lower", "neither"))
    owner: str = ref("Who owns it, as kind:key", ANY_KIND)
    serves: str = ref("What it measures, as kind:key", ANY_KIND)
    definition: str = text("What exactly is counted, and what is not")
    collected_from: str = text("Where the figures come from")
    target: Decimal | None = number("What is aimed at, in its unit")


_SYMBOLS = tuple(each.value for each in Symbol)


@kind("values", "improvement")
class MeasureValue(Row):
    """A value of a measure for a time. Counts of people only, never a person."""

    measure: str = ref("The measure", "measures", required=True)
    at: UncertainDate | None = day("When or for when")
    value: Decimal | None = number("How much")
    shown_as: str = text("As the source shows it, such as <5")
    symbol: str = choice("Why there is no plain number, or what is to be known of it", _SYMBOLS)


@kind("narratives", "reports")
class NarrativeText(Row):
    """What people wrote for one section of a report, in Markdown, from `stated_on` on.

    A later wording is a row of its own, with a higher `order`. Facts are quoted in double square
    brackets, such as `[[risks:unknown-cost.impact]]`, numbers as `[[count:risks]]`.
    """

    report: str = choice("The report", REPORT_NAMES, required=True)
    section: str = choice("The section of the report", REPORT_SECTIONS, required=True)
    text: str = text("What is written; empty if the section was left to its facts again")


@kind("report_issues", "reports")
class ReportIssue(Row):
    """That a report went out as a paper, with what was known by a day."""

    report: str = choice("The report", REPORT_NAMES, required=True)
    paper: str = ref("The paper", "papers", required=True)
    as_at: UncertainDate | None = day("With what was known by which day")
