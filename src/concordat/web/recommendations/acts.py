"""What may be done with a recommendation: one table, from which the addresses, the pages and the
links to them are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse

from concordat.domain.base.recommendations import operations, queries, rules
from concordat.domain.base.recommendations.operations import Wording
from concordat.domain.base.recommendations.queries import Recommendation
from concordat.domain.base.recommendations.rules import Effect, Part, Showing, Stage
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict
from concordat.web.recommendations import facing
from concordat.web.recommendations.forms import (
    AcceptForm,
    AdequateForm,
    AmendForm,
    CloseForm,
    InadequateForm,
    MoveForm,
    OwnForm,
    PutForm,
    RefuseForm,
    ReopenForm,
    SendForm,
    ToldForm,
    UpdateForm,
    ValueForm,
    VoiceForm,
    a_number,
)
from concordat.web.ui.doors import Request
from concordat.web.ui.evidence import DoneForm, EvidenceForm, with_file
from concordat.web.ui.forms import PageForm, ReasonForm
from concordat.web.ui.parts import Link
from concordat.web.ui.sending import act_page

May = Callable[[Part, Recommendation], Verdict]
Choices = list[tuple[str, str]]


class Act(NamedTuple):
    """One thing that may be done: its address and state move, who may, its form, its words.

    `link` stands in the list of what may be done, `explain` above the form, `done` on the page
    that follows. `more` are what the form is made with besides what was sent.
    """

    slug: str
    verb: str
    may: May
    form: type[PageForm]
    operation: Callable[..., object]
    link: str
    button: str
    done: str
    explain: str = ""
    more: Callable[[Request, Recommendation], dict[str, Any]] = lambda _request, _row: {}


def bodies(request: Request) -> Choices:
    rows = queries.bodies_here(request.actor)
    return [(row.record.reference, row.name) for row in rows]


def posts(request: Request) -> Choices:
    return [
        (str(row.pk), f"{row.title} ({row.agency.name})" if row.agency else row.title)
        for row in queries.posts_here(request.actor)
    ]


def wording_choices(request: Request) -> dict[str, Choices]:
    agencies = [(row.record.reference, row.name) for row in queries.agencies_here(request.actor)]
    seats = [
        (row.record.reference, f"{row.role} ({row.body.name})")
        for row in queries.seats_here(request.actor)
    ]
    here = {"bodies": bodies(request), "posts": posts(request)}
    return {"agencies": agencies, "seats": seats, **here}


def wording_of(actor: Actor, told: dict[str, Any]) -> Wording:
    """What a form says, with the rows that it names. Takes them out of what was told."""
    body = told.pop("body")
    return Wording(
        agency=queries.agency_of(actor, told.pop("agency")),
        body=queries.body_of(actor, body, "body") if body else None,
        seat=queries.seat_of(actor, told.pop("seat")),
        owner=queries.post_of(actor, told.pop("owner")),
        **{name: told.pop(name) for name in _PLAIN},
    )


_PLAIN = ("title", "finding", "change", "outside", "level", "nature", "nature_why")
_PLAIN += ("measure", "measure_on", "due")


def _amend(actor: Actor, *, recommendation: Recommendation, reason: str, **told: Any) -> object:
    seen = told.pop("seen_version")
    return operations.amend(
        actor,
        recommendation=recommendation,
        wording=wording_of(actor, told),
        reason=reason,
        seen_version=seen,
    )


def _as_it_stands(request: Request, row: Recommendation) -> dict[str, Any]:
    """A form of its words, filled in as they stand."""
    plain = ("title", "finding", "change", "outside", "level", "nature", "nature_why", "measure")
    initial = {name: getattr(row, name) for name in (*plain, "measure_on")}
    initial |= {
        "agency": row.agency.record.reference if row.agency else "",
        "body": row.body.record.reference if row.body else "",
        "seat": row.seat.record.reference if row.seat else "",
        "owner": str(row.owner_id or ""),
        "due": row.due_day,
    }
    return {"initial": initial, **wording_choices(request)}


def _send(actor: Actor, *, to: str, **told: Any) -> object:
    return operations.send(actor, to=queries.body_of(actor, to, "to"), **told)


def _put(actor: Actor, *, before: str, **told: Any) -> object:
    return operations.put(actor, before=queries.body_of(actor, before, "before"), **told)


def _accept(actor: Actor, *, owner: str, decision: str, **told: Any) -> object:
    by = record_of(actor, decision, "decision")
    return operations.accept(actor, owner=queries.post_of(actor, owner), decision=by, **told)


def _refuse(actor: Actor, *, decision: str, **told: Any) -> object:
    return operations.refuse(actor, decision=record_of(actor, decision, "decision"), **told)


def _own(actor: Actor, *, owner: str, **told: Any) -> object:
    found = queries.post_of(actor, owner)
    if found is None:
        raise Invalid("This post is not of your partnership.", field="owner")
    return operations.own(actor, owner=found, **told)


def _value(actor: Actor, *, when: str, value: str, record: str, **told: Any) -> object:
    return operations.add_value(
        actor,
        when=Showing(when),
        value=a_number(value),
        record=record_of(actor, record, "record"),
        **told,
    )


def record_of(actor: Actor, reference: str, field: str) -> Record | None:
    """The record of a reference that somebody typed; none for none."""
    if not reference.strip():
        return None
    try:
        return fetch_record(actor, reference.strip().upper())
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {reference.strip()}.", field=field, mend="Check the reference."
        ) from None


def _voice(actor: Actor, *, who: str, **told: Any) -> object:
    return operations.add_voice(actor, who=Showing(who), **told)


def _close(actor: Actor, *, effect: str, **told: Any) -> object:
    return operations.close(actor, effect=Effect(effect), **told)


def _by(may: Callable[[Part], Verdict]) -> May:
    return lambda part, _row: may(part)


def _with_bodies(request: Request, _row: Recommendation) -> dict[str, Any]:
    return {"choices": bodies(request)}


def _with_posts(request: Request, row: Recommendation) -> dict[str, Any]:
    return {"choices": posts(request), "initial": {"owner": str(row.owner_id or "")}}


ACTS = (
    Act(
        "update", "update", _by(rules.may_update), UpdateForm, operations.update,
        "Say how it goes", "Save the update", "Saved. It is the last word on it.",
    ),
    Act(
        "done", "say done", _by(rules.may_update), DoneForm, with_file(operations.say_done),
        "Say that it is done", "Say that it is done",
        "It waits until the body that set it accepts it.",
        "Something has to show it: a file, or words and where they can be found.",
    ),
    Act(
        "accept", "accept", _by(rules.may_decide), AcceptForm, _accept,
        "Record that it is accepted", "Record the acceptance",
        "It is accepted. Its owner is asked how it goes.", more=_with_posts,
    ),
    Act(
        "refuse", "not accept", _by(rules.may_decide), RefuseForm, _refuse,
        "Record that it is not accepted", "Record that it is not accepted",
        "It is not accepted. The reasons are on file.",
    ),
    Act(
        "adequate", "accept as adequate", _by(rules.may_judge), AdequateForm,
        operations.accept_as_adequate, "Accept it as adequate", "Accept it as adequate",
        "Accepted as adequate. Its effect is asked for when its day comes.",
    ),
    Act(
        "inadequate", "find inadequate", _by(rules.may_judge), InadequateForm,
        operations.find_inadequate, "Find it inadequate", "Open it again",
        "It is owed again. Its owner is told what is missing.",
    ),
    Act(
        "close", "close", _by(rules.may_judge), CloseForm, _close,
        "Close it with what it changed", "Close the recommendation",
        "Closed, with what it changed.",
        "The values before and after are on its page. Where the effect cannot be told, say why.",
    ),
    Act(
        "send", "send", _by(rules.may_send), SendForm, _send,
        "Send it to be worked on", "Send the draft",
        "Sent. It stands in the work of that body.",
        "A body works a draft before a board accepts it.", _with_bodies,
    ),
    Act(
        "put", "put", _by(rules.may_put), PutForm, _put,
        "Put it before a board", "Put it before them", "It is before the board.",
        "Every point of the check list is answered first.", _with_bodies,
    ),
    Act(
        "amend", "amend", _by(rules.may_frame), AmendForm, _amend,
        "Change its words", "Save the words", "Saved. What it said before is in its history.",
        more=_as_it_stands,
    ),
    Act(
        "back", "send back",
        lambda part, row: rules.may_send_back(part, row.stage_is is Stage.PROPOSED),
        ReasonForm, operations.send_back, "Send it back", "Send it back",
        "Sent back. They read your reason.",
    ),
    Act(
        "own", "change", _by(rules.may_decide), OwnForm, _own,
        "Give it to an owner", "Give it to them", "It has an owner. They are told.",
        more=_with_posts,
    ),
    Act(
        "move", "change", _by(rules.may_decide), MoveForm, operations.move_day,
        "Give it a new day", "Move the day", "The day is moved. The old one stays on file.",
    ),
    Act(
        "told", "", lambda part, row: rules.may_tell(part, row.addressee), ToldForm,
        operations.tell_addressee, "Note how its addressee was told", "Note it",
        "It is noted that they were told.",
    ),
    Act(
        "value", "", _by(rules.may_show), ValueForm, _value,
        "Add a value before or after", "Add the value", "The value is on file.",
    ),
    Act(
        "voice", "", _by(rules.may_show), VoiceForm, _voice,
        "Add what somebody said", "Add what they said", "It is on file, without a name.",
    ),
    Act(
        "evidence", "", _by(rules.may_show), EvidenceForm, with_file(operations.add_evidence),
        "Add evidence", "Add the evidence", "The evidence is on file.",
    ),
    Act(
        "reopen", "reopen", _by(rules.may_decide), ReopenForm, operations.reopen,
        "Reopen it", "Reopen it", "It is open again.",
    ),
    Act(
        "again", "take up again", _by(rules.may_take_up), ReasonForm, operations.take_up_again,
        "Take it up again", "Take it up again", "It is a draft again.",
    ),
    Act(
        "withdraw", "withdraw",
        lambda part, row: rules.may_withdraw(
            part, row.stage_is is Stage.ACCEPTED, row.stage_is is Stage.REFUSED
        ),
        ReasonForm, operations.withdraw, "Withdraw it", "Withdraw it",
        "It is withdrawn. The reason is kept.",
    ),
)  # fmt: skip
"""What is done most often comes first."""


def came_second(request: Request, row: Recommendation) -> bool:
    """Whether somebody moved it while this was typed: the operation then judges alone, so that
    what was typed is shown again and not lost."""
    seen = request.POST.get("seen_version", "")
    return request.method == "POST" and seen not in ("", str(row.record.version))


def view_of(act: Act) -> Callable[..., HttpResponse]:
    """The page of one act."""

    def page(request: Request, reference: str) -> HttpResponse:
        row = queries.recommendation(request.actor, reference)
        if not came_second(request, row):
            act.may(queries.part_in(request.actor, row), row).require()
        if act.verb and request.method != "POST":  # a conflict keeps what was typed
            rules.STATES.verdict(row.stage_is, act.verb).require()
        more = {"seen_version": row.record.version, **act.more(request, row)}
        form = act.form(request.POST or None, request.FILES or None, **more)
        return acted(request, row, form, act.operation, act)

    return page


def acted(
    request: Request,
    row: Recommendation,
    form: PageForm,
    operation: Callable[..., object],
    words: Act,
    **more: Any,
) -> HttpResponse:
    """Send the form to its operation, or show it with the recommendation that it is about."""

    def do() -> object:
        told = form.answers() | more
        return operation(request.actor, recommendation=row, seen_version=form.seen, **told)

    to = ("recommendations:recommendation", row.record.reference)
    told = _about(row, words)
    return act_page(request, form, do, words=words.done, to=to, record=row.record, **told)


def _about(row: Recommendation, words: Act) -> dict[str, Any]:
    """What a page of one act shows around its form."""
    return {
        "heading": words.link,
        "explain": words.explain,
        "rows": facing.about(row),
        "button": words.button,
        "back_href": facing.up(row),
    }


def offered(row: Recommendation, part: Part) -> list[Link]:
    """What may be done with it now, as links to the pages of it: what is wanting comes first."""
    lacks_owner = row.owner is None and row.stage_is is Stage.ACCEPTED
    return [
        Link(act.link, reverse(f"recommendations:{act.slug}", args=[row.record.reference]))
        for act in sorted(ACTS, key=lambda act: not (lacks_owner and act.slug == "own"))
        if act.may(part, row) and (not act.verb or rules.STATES.verdict(row.stage_is, act.verb))
    ]
