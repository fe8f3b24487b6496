"""Taking a risk to another register, an agenda or another partnership, and tying it to records."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concordat.domain.base.records.operations import once
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.governance.meetings.queries import Line
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.queries import Register, Risk, Tie
from concordat.domain.governance.risks.rules import life
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.web.risks import facing
from concordat.web.risks.acts import Words, act, found_for
from concordat.web.risks.facing import Request
from concordat.web.risks.forms import (
    MoveAndScoreForm,
    MoveForm,
    ShareForm,
    TableForm,
    TakeInForm,
    TieForm,
)
from concordat.web.risks.judging import typed_record
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done

MOST_MEETINGS = 100


@require_safe
def choose(request: Request, reference: str) -> HttpResponse:
    """The other registers of the partnership, each with its scheme and which way it lies."""
    found = found_for(request, reference, "move", life.may_work)
    others = _others(request.actor, found)
    rows = [
        {
            "register": each.register,
            "scheme": each.register.scheme.name,
            "keeper": each.keeper,
            "same": found.register is not None and each.register.scheme == found.register.scheme,
            "href": reverse("risks:move", args=[reference, each.register.record.reference]),
        }
        for each in queries.summaries(request.actor, others)
    ]
    told = {"risk": found, "rows": rows, "back_href": facing.up(found)}
    return render(request, "risks/choose.html", told)


def _others(actor: Actor, risk: Risk) -> list[Register]:
    rows = queries.registers(actor).filter(partnership=risk.partnership_id)
    return list(rows.exclude(pk=risk.register_id))


def move(request: Request, reference: str, to: str) -> HttpResponse:
    found = found_for(request, reference, "move", life.may_work)
    other = next(
        (each for each in _others(request.actor, found) if each.record.reference == to), None
    )
    if other is None or found.register is None:
        raise Http404
    told = {"seen_version": found.record.version}
    form = (
        MoveForm(request.POST or None, **told)
        if other.scheme == found.register.scheme
        else MoveAndScoreForm(request.POST or None, scheme=other.scheme, **told)
    )
    words = Words(
        f"Move it to {other.title}",
        f"{_of_its_scores(found.register, other)} Whoever chairs its body is told.",
        "Move the risk",
        f"The risk stands in {other.title} now.",
    )
    return act(request, found, form, words, operations.move, to=other)


def _of_its_scores(here: Register, other: Register) -> str:
    if other.scheme == here.scheme:
        return "Its three scores go along: both registers have the same scheme."
    return (
        f"{other.title} scores by another scheme, and a score is never converted: score the "
        "risk anew. Its other two scores stay in the history."
    )


def put_before(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "put before", life.may_work)
    rows = meetings.coming(request.actor).filter(partnership=found.partnership_id)
    ahead = list(rows[:MOST_MEETINGS])
    choices = [(each.record.reference, each.record.title) for each in ahead]
    form = TableForm(request.POST or None, meetings=choices, seen_version=found.record.version)
    words = Words(
        "Put it before a meeting",
        "It is proposed for the agenda. Whoever chairs or runs the meeting takes it on."
        if ahead
        else "No meeting is ahead. Call one from the page of its body first.",
        "Propose it for the agenda",
        "It is proposed for the agenda.",
    )

    def do(actor: Actor, *, meeting: str, purpose: str, **told: Any) -> Line:
        chosen = next(each for each in ahead if each.record.reference == meeting)
        return operations.put_before(actor, meeting=chosen, purpose=Purpose(purpose), **told)

    return act(request, found, form, words, do)


def share(request: Request, reference: str) -> HttpResponse:
    found = queries.risk(request.actor, reference)
    can(request.actor, Verb.SHARE, found.record).require()
    others = queries.neighbours(request.actor, found)
    choices = [(each.reference, each.title) for each in others]
    form = ShareForm(request.POST or None, partnerships=choices)
    words = Words(
        "Share it with another partnership",
        "They see it, and may take it into a register of their own. Each scores it for itself, in "
        "its own scheme.",
        "Share the risk",
        "The risk is shared. They can take it into their own register.",
    )

    def do(
        actor: Actor, *, risk: Risk, seen_version: int | None, partnership: str, reason: str
    ) -> Risk:
        home = next(each for each in others if each.reference == partnership)
        return operations.share(actor, risk=risk, partnership=home, reason=reason)

    return act(request, found, form, words, do)


def take_in(request: Request, reference: str, to: str) -> HttpResponse:
    """Take a shared risk into a register of one's own, scored for oneself."""
    actor = request.actor
    found, register = queries.risk(actor, reference), queries.register(actor, to)
    life.may_keep(queries.part_on(actor, register)).require()
    owners = queries.owner_choices(actor, register.partnership)
    form = TakeInForm(request.POST or None, scheme=register.scheme, owners=owners)
    told = {
        "heading": f"Take it into {register.title}",
        "explain": f"You score it for yourselves ({register.scheme.name}). Everybody who shares "
        "the risk sees how the others score it.",
        "rows": [*facing.about(actor, found), Fact("Into", register.title)],
        "button": "Take it in",
        "back_href": reverse("risks:register", args=[to]),
    }
    return act_page(
        request,
        form,
        lambda: operations.take_in(actor, risk=found, register=register, **form.answers()),
        words="The risk stands in your register now.",
        to=lambda mine: ("risks:risk", mine.record.reference),
        **told,
    )


def tie(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "score", life.may_work)
    form = TieForm(request.POST or None)
    words = Words(
        "Tie it to a record",
        "What the risk has to do with: the decision that answers it, the action that treats it, "
        "the plan whose clock it threatens. The clocks of that record are shown with the risk.",
        "Tie them",
        "They are tied.",
    )

    def do(actor: Actor, *, risk: Risk, seen_version: int | None, record: str, words: str) -> Tie:
        other = typed_record(actor, "record", record)
        if other is None:
            raise Invalid("There is no reference.", field="record", mend="Give one.")
        return operations.tie(actor, risk=risk, record=other, words=words)

    return act(request, found, form, words, do)


def untie(request: Request, reference: str, pk: int) -> HttpResponse:
    found = found_for(request, reference, "score", life.may_work)
    row = queries.ties(request.actor, found).get(pk=pk)
    form = ActForm(request.POST or None)
    words = Words("Take a tie away", "", "Take it away", "They are no longer tied.")

    def do(actor: Actor, *, risk: Risk, seen_version: int | None) -> Risk:
        return operations.untie(actor, risk=risk, tie=row)

    rows = [Fact("Tied to", f"{row.record.reference} {row.record.title}")]
    return act(request, found, form, words, do, rows=rows)


@require_POST
def read(request: Request, reference: str) -> HttpResponse:
    """Say that one has read that a risk came to one's register."""
    found = queries.risk(request.actor, reference)
    form = ActForm(request.POST)
    with once(form.key if form.is_valid() else ""):
        operations.acknowledge(request.actor, risk=found)
    return done(request, "It no longer stands in your work.", "risks:risk", reference)
