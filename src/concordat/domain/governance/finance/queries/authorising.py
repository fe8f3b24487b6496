"""Who may authorise money: asked of the arrangements, which alone know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements.models import Matter, Question
from concordat.domain.governance.arrangements.rules import Authority
from concordat.domain.governance.finance.models import Budget, Contribution
from concordat.domain.governance.finance.queries.income import agencies_that_give, contributions
from concordat.domain.governance.finance.rules import authorising as rules
from concordat.domain.governance.finance.rules.authorising import Authorising
from concordat.domain.governance.meetings.queries import ways_of
from concordat.domain.governance.meetings.rules import disputes
from concordat.domain.governance.meetings.rules.disputes import Rung
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class WhoPays:
    """The paper's three questions about one matter: who funds it, who can authorise, and what
    happens when they disagree. `open` are the questions that nobody has answered yet."""

    matter: Matter
    authority: Authority
    givers: Sequence[Agency]
    ladder: Sequence[Rung]
    open: Sequence[Question]


def matters(actor: Actor, home: Partnership) -> QuerySet[Matter]:
    return arrangements.matters(actor, home)


def authorising(actor: Actor, contribution: Contribution) -> Authorising:
    """Who could say yes to this contribution today, for its sum, by its own or its budget's
    matter."""
    matter = matter_of(contribution)
    if matter is None:
        return rules.NO_MATTER
    answer = arrangements.authority(
        actor,
        home_of(contribution),
        matter.key,
        actor.on,
        amount=contribution.sums.expected,
    )
    agency = contribution.agency
    if agency is None:
        return Authorising(None, "Other income needs nobody’s authority here.")
    return rules.of_agency(answer.opinions, agency.key, agency.agency_class)


def purse_of(actor: Actor, contribution: Contribution) -> str:
    """Who decides the money, in words, where that is not who gives it; empty for any other."""
    agency = contribution.agency
    if agency is None:
        return ""
    held = agencies_that_give(actor, contribution.partnership)
    held = held.filter(agency_class=rules.PURSE)
    return rules.purse_in_words(agency.agency_class, list(held.values_list("name", flat=True)))


def matter_of(contribution: Contribution) -> Matter | None:
    if contribution.matter:
        return contribution.matter
    return contribution.budget.matter if contribution.budget else None


def home_of(row: Budget | Contribution) -> Partnership:
    home: Partnership = row.partnership.partnership_row
    return home


def could_authorise(actor: Actor, budget: Budget) -> WhoPays | None:
    """Who funds what a budget is for, who can authorise it, what if they disagree; None while
    nothing says which matter its money is."""
    if budget.matter is None:
        return None
    home, matter = home_of(budget), budget.matter
    given = contributions(actor, home).filter(budget=budget).exclude(agency=None)
    agencies = {row.agency_id: row.agency for row in given if row.agency}
    asked = arrangements.questions(actor, home).filter(subject=f"matters:{matter.key}", answer="")
    return WhoPays(
        matter,
        arrangements.authority(actor, home, matter.key, actor.on),
        sorted(agencies.values(), key=lambda each: each.name),
        ladder(actor, budget),
        list(asked),
    )


def ladder(actor: Actor, budget: Budget) -> list[Rung]:
    """The rungs that a disagreement about this money would climb: those of the budget's body,
    or the usual ones."""
    told = ways_of(actor, budget.body).ladder if budget.body else []
    if not told:
        return list(disputes.USUAL)
    return [Rung(str(title), days, bool(decides)) for title, days, decides in told]
