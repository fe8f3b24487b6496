"""Which agencies work to a policy: asking them, and saying so for one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.policies import operations, queries
from concordat.domain.governance.policies.queries import Policy
from concordat.web.policies import facing
from concordat.web.policies.facing import Request
from concordat.web.policies.forms import AcknowledgeForm, AskForm
from concordat.web.ui import sending

PAGE = "policies:policy"


def ask(request: Request, reference: str) -> HttpResponse:
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    rows = queries.agencies_to_ask(request.actor, found)
    choices = [(each.record.reference, each.name) for each in rows]
    form = AskForm(request.POST or None, agencies=choices)

    def send() -> Any:
        told = form.answers()
        told["agencies"] = rows.filter(record__reference__in=told["agencies"])
        return operations.ask_agencies(request.actor, policy=found, **told)

    told = {
        "heading": "Ask agencies to acknowledge it",
        "explain": "Each seat of an agency is asked, and one answer is enough for the agency. "
        "A newer version asks again.",
        "rows": facing.facts(found),
        "button": "Ask them",
        "back_href": facing.up(found),
    }
    words = "The agencies are asked. It stands in the work of their seats."
    return sending.act_page(request, form, send, words=words, to=(PAGE, reference), **told)


def acknowledge(request: Request, reference: str) -> HttpResponse:
    """Say for an agency that it works to the version that it was asked about."""
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.ANSWER, found.record).require()
    asked = queries.my_acknowledgements(request.actor, found)
    if not asked and request.method != "POST":
        raise Http404
    choices = [(row.agency.record.reference, row.agency.name) for row, _ in asked]
    version = asked[0][0].version if asked else None
    held = {"digest": version.digest if version else ""}
    form = AcknowledgeForm(request.POST or None, agencies=choices, initial=held)
    sent = sending.send(request, form, lambda: _acknowledge(request, found, form.answers()))
    if sent.done:
        words = f"It is on record that {sent.result.agency.name} works to it."
        return sending.done(request, words, PAGE, reference)
    if sent.stale:
        form = AcknowledgeForm(agencies=choices, initial=held)
    told = {"policy": found, "version": version, "agencies": choices, "up": facing.up(found)}
    return sending.form_page(request, "policies/acknowledge.html", form, sent, **told)


def _acknowledge(request: Request, found: Policy, answers: dict[str, Any]) -> Any:
    asked = queries.my_acknowledgements(request.actor, found)
    chosen = answers.get("agency") or (asked[0][0].agency.record.reference if asked else "")
    for row, held in asked:
        if row.agency.record.reference == chosen:
            seat = seats.seats(request.actor).get(pk=held.seat)
            return operations.acknowledge(
                request.actor,
                policy=found,
                agency=row.agency,
                seat=seat,
                digest=answers["digest"],
            )
    raise Http404
