"""Opening a register, saying what it is, and raising a risk in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.queries import Register
from concordat.domain.governance.risks.rules import life, schemes
from concordat.kernel.actor import Actor
from concordat.web.risks.facing import Request
from concordat.web.risks.forms import AddForm, RegisterForm
from concordat.web.ui.sending import act_page

STAYS = "A scheme by which risks are scored already stays: open another register for a new one."


def _bodies(actor: Actor, partnership: Any) -> list[Body]:
    rows = seats.bodies(actor).filter(partnership=partnership).exclude(outside=True)
    return list(rows)


def _chosen(bodies: list[Body], key: str) -> Body | None:
    return next((each for each in bodies if each.key == key), None)


def new_register(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    bodies = _bodies(request.actor, home.record)
    form = _form(request, bodies, initial={"ready": "words"})
    return act_page(
        request,
        form,
        lambda: operations.open_register(
            request.actor, partnership=home.record, **_answers(form, bodies)
        ),
        words="The register is open.",
        to=lambda made: ("risks:register", made.record.reference),
        heading="Open a register",
        explain="Every register has its own scheme, and a score is never converted into another.",
        button="Open the register",
        back_href=reverse("risks:registers", args=[slug]),
    )


def describe(request: Request, reference: str) -> HttpResponse:
    found = queries.register(request.actor, reference)
    life.may_keep(queries.part_on(request.actor, found)).require()
    bodies = _bodies(request.actor, found.partnership)
    keeper = queries.keeper_of(request.actor, found)
    form = _form(request, bodies, seen_version=found.record.version, initial=_held(found, keeper))
    return act_page(
        request,
        form,
        lambda: operations.describe(
            request.actor, register=found, seen_version=form.seen, **_answers(form, bodies)
        ),
        words="The register is described.",
        to=("risks:register", reference),
        record=found.record,
        heading="Change this register",
        explain=STAYS,
        button="Save the register",
        back_href=reverse("risks:register", args=[reference]),
    )


def _form(request: Request, bodies: list[Body], **more: Any) -> RegisterForm:
    choices = [(each.key, each.name) for each in bodies]
    return RegisterForm(request.POST or None, bodies=choices, **more)


def _answers(form: RegisterForm, bodies: list[Body]) -> dict[str, Any]:
    told = form.answers()
    keeper = _chosen(bodies, told["keeper"])
    return {"title": told["title"], "keeper": keeper, **form.scheme()}


def _held(register: Register, keeper: Body | None) -> dict[str, Any]:
    """What the form of a register shows at first."""
    return {
        "title": register.title,
        "keeper": keeper.key if keeper else "",
        "ready": _ready(register),
        "likelihoods": register.likelihoods,
        "impacts": register.impacts,
        "bands": register.bands,
    }


def _ready(register: Register) -> str:
    """Which of the ready schemes a register has, or its own."""
    for name, words in schemes.READY.items():
        if register.scheme == schemes.scheme(*words):
            return name
    return "own"


def add(request: Request, reference: str) -> HttpResponse:
    """One dense page: it is filled in while people talk."""
    found = queries.register(request.actor, reference)
    life.may_add(queries.part_on(request.actor, found)).require()
    if not found.scheme.is_stated:
        raise Http404
    owners = queries.owner_choices(request.actor, found.partnership)
    form = AddForm(request.POST or None, scheme=found.scheme, owners=owners)

    def do() -> Any:
        answers = form.answers()
        current = (answers.pop("likelihood"), answers.pop("impact"))
        return operations.add(request.actor, register=found, current=current, **answers)

    return act_page(
        request,
        form,
        do,
        words="The risk is raised. Whoever owns it is told.",
        to=lambda made: ("risks:risk", made.record.reference),
        heading=f"Raise a risk in {found.title}",
        explain=f"Scored by this register’s own scheme: {found.scheme.name}.",
        button="Raise the risk",
        back_href=reverse("risks:register", args=[reference]),
    )
