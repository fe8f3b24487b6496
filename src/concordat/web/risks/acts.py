"""What whoever owns a risk does with it: scores, controls, reviews; and who owns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse

from concordat.domain.base.actions.rules import Part
from concordat.domain.governance.risks import operations, queries, rules
from concordat.domain.governance.risks.queries import Control, Risk
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Treatment, Which, Working
from concordat.kernel.verdict import Verdict
from concordat.web.risks import facing
from concordat.web.risks.facing import Request
from concordat.web.risks.forms import (
    AmendForm,
    ControlForm,
    JudgeForm,
    OwnForm,
    ReasonForm,
    ReviewForm,
    ScoreForm,
)
from concordat.web.ui.forms import PageForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page


class Words(NamedTuple):
    """What a page of one act says: above the form, on its button, and once it is done."""

    heading: str
    explain: str
    button: str
    done: str


def found_for(request: Request, reference: str, verb: str, may: Callable[[Part], Verdict]) -> Risk:
    """The risk, if the actor may do this with it now. Raises `Refused` with the reason."""
    found = queries.risk(request.actor, reference)
    may(queries.part_in(request.actor, found)).require()
    rules.STATES.verdict(found.stage_is, verb).require()
    return found


def act(
    request: Request,
    risk: Risk,
    form: PageForm,
    words: Words,
    operation: Callable[..., object],
    *,
    names: dict[str, str] | None = None,
    rows: list[Fact] | None = None,
    **more: Any,
) -> HttpResponse:
    """Send the form to its operation, or show it with the risk that it is about."""

    def do() -> object:
        answers = form.answers() | more
        return operation(request.actor, risk=risk, seen_version=form.seen, **answers)

    around = {"rows": [*facing.about(request.actor, risk), *(rows or [])]}
    told = words._asdict() | around | {"back_href": facing.up(risk)}
    to = ("risks:risk", risk.record.reference)
    return act_page(
        request, form, do, words=words.done, to=to, record=risk.record, names=names, **told
    )


def score(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "score", life.may_work)
    if found.register is None or not found.register.scheme.is_stated:
        raise Http404
    asked = request.GET.get("which", Which.CURRENT.value)
    which = Which(asked) if asked in set(Which) else Which.CURRENT
    likelihood, impact = found.said(which)
    form = ScoreForm(
        request.POST or None,
        scheme=found.register.scheme,
        seen_version=found.record.version,
        initial={"which": which.value, "likelihood": likelihood, "impact": impact},
    )
    words = Words(
        "Score this risk",
        f"In the scheme of its register: {found.register.scheme.name}. The earlier score stays "
        "in the history.",
        "Record the score",
        "The score is recorded, with its reason.",
    )
    return act(request, found, form, words, _score)


def _score(actor: Any, *, which: str, **told: Any) -> Risk:
    return operations.score(actor, which=Which(which), **told)


def review(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "review", life.may_work)
    form = ReviewForm(request.POST or None, seen_version=found.record.version)
    words = Words(
        "Record a review",
        "If its score has changed, record that too.",
        "Record the review",
        "The review is recorded.",
    )
    return act(request, found, form, words, operations.review, names={"review": "next_on"})


def amend(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "amend", life.may_work)
    held = {"title": found.title, "about": found.about, "treatment": found.treatment}
    form = AmendForm(
        request.POST or None, seen_version=found.record.version, initial=held,
        stands=found.treatment_is,
    )  # fmt: skip
    words = Words("Change its words or treatment", "", "Save the change", "The change is saved.")
    return act(request, found, form, words, _amend)


def _amend(actor: Any, *, treatment: str, **told: Any) -> Risk:
    return operations.amend(actor, treatment=Treatment(treatment) if treatment else None, **told)


def own(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "own", life.may_keep)
    owners = queries.owner_choices(request.actor, found.partnership)
    form = OwnForm(request.POST or None, owners=owners, seen_version=found.record.version)
    words = Words(
        "Give it to an owner",
        "A post or a seat. Whoever sits there has it in their work from now on.",
        "Give it to them",
        "It has an owner. They are told.",
    )
    return act(request, found, form, words, operations.own)


def add_control(request: Request, reference: str) -> HttpResponse:
    found = found_for(request, reference, "control", life.may_work)
    form = ControlForm(request.POST or None, seen_version=found.record.version)
    words = Words("Add a control", "", "Add the control", "The control is added.")
    return act(request, found, form, words, _add_control)


def _add_control(actor: Any, *, working: str, **told: Any) -> Control:
    return operations.add_control(actor, working=Working(working), **told)


def judge_control(request: Request, reference: str, pk: int) -> HttpResponse:
    found = found_for(request, reference, "control", life.may_work)
    control = queries.control(request.actor, found, pk)
    held = {} if control.working_is is Working.NOT_JUDGED else {"working": control.working}
    form = JudgeForm(request.POST or None, seen_version=found.record.version, initial=held)
    words = Words("Judge a control", "", "Record it", "It is recorded how far the control works.")
    rows = [Fact("Control", control.words), Fact("So far", control.working_is.label)]
    return act(request, found, form, words, _judge, rows=rows, control=control)


def _judge(actor: Any, *, working: str, **told: Any) -> Control:
    return operations.judge_control(actor, working=Working(working), **told)


def end_control(request: Request, reference: str, pk: int) -> HttpResponse:
    found = found_for(request, reference, "control", life.may_work)
    control = queries.control(request.actor, found, pk)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    words = Words("End a control", "", "End the control", "The control is ended.")
    rows = [Fact("Control", control.words)]
    return act(request, found, form, words, operations.end_control, rows=rows, control=control)
