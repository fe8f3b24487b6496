"""What may be done with a request: one table, from which addresses, pages and links are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.requests import operations, queries, rules
from concordat.domain.base.requests.queries import Request
from concordat.domain.base.requests.rules import Part
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.verdict import Verdict
from concordat.web.requests import facing
from concordat.web.requests.forms import (
    AMENDED,
    AcceptForm,
    AmendForm,
    AnswerForm,
    BackForm,
    ExtendForm,
    PressForm,
    RefuseForm,
    UseForm,
)
from concordat.web.ui import doors
from concordat.web.ui.doors import also_by_link
from concordat.web.ui.forms import ActForm, PageForm, ReasonForm
from concordat.web.ui.parts import Link
from concordat.web.ui.sending import done, form_page, send


class Act(NamedTuple):
    """One thing that may be done. `wants` are what the operation takes besides the form: the
    guests' door and the time ("door"), the time alone ("now"), or the guest's link ("link")."""

    slug: str
    verb: str
    may: Callable[[Part], Verdict]
    form: type[PageForm]
    operation: Callable[..., object]
    link: str
    button: str
    done: str
    explain: str = ""
    wants: str = ""
    by_link: bool = False


def _answer(actor: Actor, *, words: str, file: Any, **told: Any) -> object:
    answers = {name[2:]: told.pop(name) for name in list(told) if name.startswith("q_")}
    upload = Upload(str(file.name), file.read()) if file else None
    return operations.answer(actor, answers=answers, words=words, file=upload, **told)


_ALONE = "What you answer will be used for the purpose that is named, and for no other."

ACTS = (
    Act(
        "answer", "answer", rules.may_answer, AnswerForm, _answer, "Answer it",
        "Send the answer", "Your answer is on file. Whoever asked checks whether it is enough.",
        _ALONE, "link", True,
    ),
    Act(
        "acknowledge", "acknowledge", rules.may_acknowledge, ActForm, operations.acknowledge,
        "Say that it came", "Say that it came", "They know that it came.", by_link=True,
    ),
    Act(
        "accept", "accept", rules.may_ask, AcceptForm, operations.accept, "Find it adequate",
        "Find it adequate", "Found adequate. It will be used for its purpose alone.",
    ),
    Act(
        "back", "send back", rules.may_ask, BackForm, operations.send_back,
        "Come back for what is missing", "Ask for what is missing",
        "They are asked for what is missing. The first answer stays on file.", wants="door",
    ),
    Act(
        "send", "send", rules.may_ask, ActForm, operations.send, "Send it", "Send the request",
        "Sent. They are reminded until they answer.",
        "A seat finds it in its work; a named person gets a link that opens this alone.", "door",
    ),
    Act(
        "amend", "amend", rules.may_ask, AmendForm, operations.amend, "Change it",
        "Save the changes", "Changed. Read it, then send it.",
    ),
    Act(
        "press", "press", rules.may_ask, PressForm, operations.press, "Ask again",
        "Ask again", "They are asked again.", wants="door",
    ),
    Act(
        "extend", "extend", rules.may_ask, ExtendForm, operations.extend, "Give a later day",
        "Give the later day", "The day is later. The old one stays on file.",
        wants="door",
    ),
    Act(
        "use", "", rules.may_ask, UseForm, operations.use, "Record a use of the answer",
        "Record the use", "The use is on file, with why it is within the purpose.",
    ),
    Act(
        "refuse", "refuse", rules.may_answer, RefuseForm, operations.refuse, "Refuse it",
        "Refuse the request", "They know that you refuse, and why.", wants="link", by_link=True,
    ),
    Act(
        "withdraw", "withdraw", rules.may_ask, ReasonForm, operations.withdraw, "Withdraw it",
        "Withdraw the request", "It is withdrawn. Nothing more is owed.", wants="now",
    ),
)  # fmt: skip


def view_of(act: Act) -> Callable[..., HttpResponse]:
    """The page of one act."""

    def page(request: doors.Request, reference: str) -> HttpResponse:
        row = queries.request(request.actor, reference)
        act.may(queries.part_in(request.actor, row)).require()
        if act.verb and request.method != "POST":  # a conflict keeps what was typed
            rules.STATES.verdict(row.stage_is, act.verb).require()
        form = _form(request, act, row)
        sent = send(request, form, lambda: _do(request, act, row, form), record=row.record)
        if sent.done and request.actor.kind is Kind.GUEST and act.wants == "link":
            return form_page(request, "requests/thanks.html", form, sent, words=act.done)
        if sent.done:
            return done(request, act.done, "requests:request", reference)
        part = queries.part_in(request.actor, row)
        return form_page(request, "act.html", form, sent, **_around(act, row, part))

    return also_by_link(page) if act.by_link else page


def _form(request: doors.Request, act: Act, row: Request) -> PageForm:
    more: dict[str, Any] = {"seen_version": row.record.version}
    if act.form is AnswerForm:
        more["asked"] = row.asked
    if act.form is AmendForm:
        more["initial"] = {name: getattr(row, name) for name in AMENDED}
    return act.form(request.POST or None, request.FILES or None, **more)


def _do(request: doors.Request, act: Act, row: Request, form: PageForm) -> object:
    more: dict[str, Any] = {}
    if act.wants == "door":
        more = {"door": facing.door(request), "now": timezone.now()}
    elif act.wants == "now":
        more = {"now": timezone.now()}
    elif act.wants == "link" and request.actor.kind is Kind.GUEST:
        more = {"link": request.guest_link, "now": timezone.now()}
    told = form.answers() | more
    return act.operation(request.actor, request=row, seen_version=form.seen, **told)


def _around(act: Act, row: Request, part: Part) -> dict[str, Any]:
    theirs = act.slug in FOR_THEM and not part.answers
    return {
        "heading": link_of(act, part),
        "explain": "For what came on paper or was said. It stands under your name."
        if theirs
        else act.explain,
        "rows": facing.about(row),
        "button": link_of(act, part) if theirs else act.button,
        "back_href": facing.up(row),
    }


FOR_THEM = {
    "answer": "Put their answer on file",
    "acknowledge": "Note that it came to them",
    "refuse": "Note that they refuse",
}
"""What whoever runs the partnership does for those who are asked, where they do so on paper."""


def offered(row: Request, part: Part) -> list[Link]:
    """What may be done with it now: what is one's own to do first, then what is done for others."""
    fit = [act for act in ACTS if act.may(part) and _fits(act, row)]
    if not part.answers:
        fit.sort(key=lambda act: act.slug in FOR_THEM)
    return [
        Link(link_of(act, part), reverse(f"requests:{act.slug}", args=[row.record.reference]))
        for act in fit
    ]


def link_of(act: Act, part: Part) -> str:
    return act.link if part.answers else FOR_THEM.get(act.slug, act.link)


def _fits(act: Act, row: Request) -> bool:
    if act.slug == "use":
        return row.stage_is in (rules.Stage.ANSWERED, rules.Stage.ADEQUATE)
    return bool(rules.STATES.verdict(row.stage_is, act.verb))
