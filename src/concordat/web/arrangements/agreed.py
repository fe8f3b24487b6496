"""What was agreed and promised, what is shared, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.rules import grade_in_doubt
from concordat.domain.base.seats.rules.rhythm import words_of
from concordat.domain.governance.arrangements import operations, queries, rules
from concordat.domain.governance.arrangements.queries import Named, Question
from concordat.kernel.actor import Actor
from concordat.web.arrangements import facing
from concordat.web.arrangements.forms import (
    AnswerForm,
    AskForm,
    PromiseForm,
)
from concordat.web.arrangements.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, done, form_page, send


def _frame(request: Request, slug: str, part: str) -> tuple[Partnership, dict[str, Any]]:
    home = agencies.partnership(request.actor, slug)
    may_change = bool(can(request.actor, Verb.CHANGE, home.record))
    return home, {"home": home, "part": part, "may_change": may_change}


def _mine(request: Request, slug: str) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    return home


@require_safe
def findings(request: Request, slug: str) -> HttpResponse:
    """What sources leave open, what waits for an answer, and what is lacking today."""
    home, told = _frame(request, slug, "findings")
    at = facing.Addresses(home, queries.names(request.actor, home))
    found = queries.structure(request.actor, home, request.actor.on)
    asked = [_about(row, at) for row in queries.questions(request.actor, home)]
    told |= {
        "findings": [_about(row, at) for row in queries.findings(request.actor, home)],
        "open": [each for each in asked if not each["row"].answer],
        "answered": [each for each in asked if each["row"].answer],
        "lacking": facing.lacking([*rules.gaps(found), *_grades(request.actor, home)], at),
    }
    return render(request, "arrangements/findings.html", told)


def _grades(actor: Actor, home: Partnership) -> list[rules.Gap]:
    """Role profiles that state a grade and say that it is still to be given."""
    return [
        rules.Gap(rules.Lack.GRADE, f"roles:{row.key}", told)
        for row in seats.roles(actor, home)
        if (told := grade_in_doubt(row.grade, row.grading))
    ]


def _about(row: Any, at: facing.Addresses) -> dict[str, Any]:
    return {
        "row": row,
        "title": at.title(row.subject) if row.subject else "",
        "href": at.href(row.subject),
    }


def ask(request: Request, slug: str) -> HttpResponse:
    """An open question about the partnership."""
    home = _mine(request, slug)
    form = AskForm(request.POST or None)
    values: Any = lambda: {**form.answers(), "asked_by": request.actor.signature}  # noqa: E731
    sent = send(request, form, lambda: _add(request, home, "questions", "question", values()))
    told = {"heading": "Ask a question", "button": "Ask it"}
    return _added(request, form, sent, slug, "arrangements:findings", told)


def answer(request: Request, slug: str, key: str) -> HttpResponse:
    """Answer a question; the question stays with its answer."""
    home = _mine(request, slug)
    row = queries.questions(request.actor, home).filter(key=key, answer="").first()
    if row is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    sent = send(request, form, lambda: _answer(request, home, row, form))
    told: dict[str, Any] = {"heading": "Answer this question", "button": "Record the answer"}
    told["rows"] = [Fact("Question", row.question)]
    return _added(request, form, sent, slug, "arrangements:findings", told)


def _answer(request: Request, home: Partnership, row: Question, form: AnswerForm) -> object:
    values = {**form.answers(), "answered_on": request.actor.on.isoformat()}
    return operations.set_down(
        request.actor, partnership=home.record, kind="questions", key=row.key, values=values
    )


def _add(
    request: Request, home: Partnership, kind: str, name: str, values: Mapping[str, Any]
) -> object:
    title = str(values[name])[:60]
    return operations.add(
        request.actor, partnership=home.record, kind=kind, name=title, values=values
    )


def _added(
    request: Request, form: Any, sent: Sent, slug: str, route: str, told: dict[str, Any]
) -> HttpResponse:
    if sent.done:
        return done(request, "It is on record.", route, slug)
    told["back_href"] = reverse(route, args=[slug])
    return form_page(request, "act.html", form, sent, **told)


@require_safe
def promises(request: Request, slug: str) -> HttpResponse:
    home, told = _frame(request, slug, "overview")
    told["promises"] = queries.promises(request.actor, home)
    told["statements"] = queries.statements(request.actor, home)
    return render(request, "arrangements/promises.html", told)


def new_promise(request: Request, slug: str) -> HttpResponse:
    """A statement that asks to be kept, and by whom."""
    home = _mine(request, slug)
    posts = seats.posts(request.actor).filter(partnership=home.pk)
    form = PromiseForm(request.POST or None, posts=[(row.key, row.title) for row in posts])
    sent = send(request, form, lambda: _promise(request, home, form))
    told = {"heading": "Record a promise", "button": "Record the promise"}
    return _added(request, form, sent, slug, "arrangements:promises", told)


def _promise(request: Request, home: Partnership, form: PromiseForm) -> object:
    told = form.answers()
    key = told.pop("owner", "")
    posts = seats.posts(request.actor).filter(partnership=home.pk)
    told["owner"] = posts.get(key=key) if key else None
    return _add(request, home, "promises", "promise", told)


@require_safe
def relevant(request: Request, slug: str) -> HttpResponse:
    home, told = _frame(request, slug, "agencies")
    found = queries.found_on(request.actor, home)
    told["rows"] = [
        {"row": row, "found": found.get(f"relevant_agencies:{row.key}", [])}
        for row in queries.relevant_agencies(request.actor, home)
    ]
    return render(request, "arrangements/relevant.html", told)


@require_safe
def footprints(request: Request, slug: str) -> HttpResponse:
    """What is shared, dated, with the approvals of each body."""
    home, told = _frame(request, slug, "agencies")
    at = queries.names(request.actor, home, ("agencies", "areas"))
    cover = list(queries.coverage(request.actor, home))
    approvals = list(queries.decisions(request.actor, home))
    found = queries.found_on(request.actor, home)
    told["rows"] = [
        {
            "row": row,
            "areas": _titles(at, "areas", row.areas),
            "agencies": _titles(at, "agencies", row.agencies),
            "covered": [each for each in cover if each.footprint_id == row.pk],
            "found": found.get(f"footprints:{row.key}", []),
            "approvals": [each for each in approvals if f"footprints:{row.key}" in each.approves],
        }
        for row in queries.footprints(request.actor, home)
    ]
    return render(request, "arrangements/footprints.html", told)


def _titles(at: Mapping[str, Named], kind: str, keys: list[str]) -> list[str]:
    return [at[f"{kind}:{key}"].title if f"{kind}:{key}" in at else key for key in keys]


@require_safe
def links(request: Request, slug: str) -> HttpResponse:
    """What passes between the partnership and other boards."""
    home, told = _frame(request, slug, "structure")
    at = queries.names(request.actor, home, ("bodies", "posts", "seats"))
    told["rows"] = [
        {
            "row": row,
            "who": at[row.who].title if row.who in at else "",
            **dict(zip(("when", "question"), _rhythm(row.when), strict=True)),
        }
        for row in queries.links(request.actor, home)
    ]
    return render(request, "arrangements/links.html", told)


def _rhythm(kept: dict[str, Any] | None) -> tuple[str, str]:
    return rules.settled(words_of(kept) if kept else "")
