"""Requests for information in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concordat.domain.base.asks.rules import Nearness, nearness
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.queries import Record
from concordat.domain.base.requests import queries, rules
from concordat.domain.base.requests.queries import Answer, Request, Told
from concordat.domain.base.requests.rules import WAITING, Basis, Stage
from concordat.kernel.actor import Actor, Kind
from concordat.web.ui.parts import Fact, Link, Moment

_TAGS = {
    Stage.DRAFT: "Draft",
    Stage.ANSWERED: "Waiting",
    Stage.ADEQUATE: "Accepted",
    Stage.REFUSED: "Overdue",
    Stage.WITHDRAWN: "Withdrawn",
}
_WORDS = {Stage.ANSWERED: "Answered, to be checked", Stage.ADEQUATE: "Adequate"}
_NEAR = {Nearness.OVERDUE: "Overdue", Nearness.DUE_SOON: "Due soon"}


def tag_of(row: Request, today: date) -> tuple[str, str]:
    """A registered word for the tone, and the words shown."""
    if row.stage in WAITING:
        near = _NEAR.get(nearness(row.due, today))
        return (near, near) if near else ("Open", row.stage_is.label)
    return _TAGS[row.stage_is], _WORDS.get(row.stage_is, row.stage_is.label)


def up(row: Request) -> str:
    return reverse("requests:request", args=[row.record.reference])


def line(row: Request, today: date) -> dict[str, Any]:
    tone, words = tag_of(row, today)
    return {
        "request": row,
        "record": row.record,
        "href": up(row),
        "tone": tone,
        "words": words,
        "owed": row.stage in WAITING,
        "form": _title(row),
        "rung": rules.LADDER[row.rung - 1].whom if row.rung else "",
    }


def lines(rows: Iterable[Request], today: date) -> list[dict[str, Any]]:
    return [line(row, today) for row in rows]


def _title(row: Request) -> str:
    form = rules.form_of(row.form)
    return form.title if form else row.form


def parts(actor: Actor, current: str) -> list[Link]:
    """Whoever only answers finds no lists of what they never asked."""
    asking = {"asked": "What we asked"}
    pages = {"received": "What we were asked", "chaser": "Chasing", "library": "Questions"}
    if queries.ever_asks(actor):
        pages = asking | pages
    else:
        del pages["chaser"]
    return [
        Link(text, reverse(f"requests:{route}"), current=route == current)
        for route, text in pages.items()
    ]


def face(actor: Actor, row: Request) -> dict[str, Any]:
    """What the page of a request shows to this actor."""
    guest = actor.kind is Kind.GUEST
    return {
        **line(row, actor.on),
        "part": queries.part_in(actor, row),
        "guest": guest,
        "basis": basis(actor, row),
        "answers": [answered(row, each) for each in queries.answers(actor, row)],
        "files": [] if guest else list(documents.documents_on(actor, row.record)),
        "uses": [] if guest else list(queries.uses(actor, row)),
        "moments": [moment(each) for each in queries.told(actor, row)],
        "ladder": rules.LADDER,
        "links": _links(row, guest=guest),
    }


def basis(actor: Actor, row: Request) -> dict[str, str]:
    """The row of law on which it is asked, with what stands behind it: what nobody has verified
    says so, and is never worded as law. Agreed sharing names the area's agreement and why no
    power is claimed."""
    if row.basis == rules.AGREED:
        return _agreed(row)
    rows = clocks.law_of(actor, row.partnership).rules
    found = next((each for each in rows if each.id == row.basis), None)
    if found is None:
        return {"id": row.basis, "title": "", "force": "not verified", "source": ""}
    return {
        "id": found.id,
        "title": found.title,
        "force": found.force_in_words(actor.on),
        "source": found.source,
    }


def _agreed(row: Request) -> dict[str, str]:
    told = f"sharing agreement {row.agreement.reference}" if row.agreement else ""
    return {
        "id": "",
        "title": told or "no sharing agreement of this area is on file",
        "force": f"No power to require it is claimed. {row.basis_why}".rstrip(),
        "source": "Agreed sharing",
    }


def in_force(actor: Actor, homes: Iterable[Record]) -> str:
    """On what a request made today rests, for the form, in a sentence for each partnership."""
    rows = list(homes)
    found = queries.bases(actor, [home.pk for home in rows])
    told = [_sentence(found.get(home.pk)) for home in rows]
    if len(rows) > 1:
        told = [f"{home.title}: {words}" for home, words in zip(rows, told, strict=True)]
    return " ".join(dict.fromkeys(told))


def _sentence(basis: Basis | None) -> str:
    if basis is None:
        return (
            "On what basis it is asked depends on the area: not all have gone live. For all of "
            "them together no power is claimed."
        )
    if basis.row == rules.AGREED:
        return (
            f"It is asked by agreed sharing, and claims no power to require it. {basis.why} The "
            "area’s sharing agreement is named where one is on file."
        )
    return f"It is asked on {basis.row}, for the purpose that is named alone."


def answered(row: Request, answer: Answer) -> dict[str, Any]:
    """One answer by question, with how it was judged."""
    told = [(each.text, answer.answers.get(each.key, "")) for each in row.asked]
    return {"row": answer, "told": [(text, words) for text, words in told if words]}


def _links(row: Request, *, guest: bool) -> list[Link]:
    here = Link("Request", up(row), current=True)
    if guest:
        return [here]
    at = [row.record.reference]
    return [
        here,
        Link("Documents", reverse("documents:on", args=at)),
        Link("History", reverse("records:history", args=at)),
        Link("About", reverse("records:record", args=at)),
    ]


def moment(told: Told) -> Moment:
    return Moment(told.what, told.on, told.by, told.words)


def about(row: Request) -> list[Fact]:
    """What a form shows of the request that it changes."""
    return [
        Fact("Request", row.record.reference),
        Fact("Asked by", f"{row.requester.role}, {row.requester.body.name}"),
        Fact("Asked of", row.recipient),
        Fact("For this purpose alone", row.purpose),
        Fact("What is asked", row.exact),
        Fact("Due", row.due),
    ]


def door(request: HttpRequest) -> str:
    """The whole address of the guests' page, with the place of the token."""
    return request.build_absolute_uri(reverse("mail:door", args=[TOKEN]))
