"""Why may she decide this? Answered for any matter and day, with what it rests on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import queries, rules
from concordat.domain.governance.arrangements.rules import Answer, Opinion
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.web.arrangements import facing
from concordat.web.arrangements.forms import AuthorityForm
from concordat.web.arrangements.views import Request

TONES = {Answer.YES: "Done", Answer.NO: "Overdue", Answer.NEEDS: "Due soon"}
SAID = {
    Answer.YES: "May decide",
    Answer.NO: "May not decide",
    Answer.NEEDS: "Needs",
    Answer.NOT_DECIDING: "Not asked",
}


@require_safe
def authority(request: Request, slug: str) -> HttpResponse:
    """The verdict of each partner and of all together, and what would be needed."""
    home = agencies.partnership(request.actor, slug)
    record = queries.record_of(request.actor, home)
    form = AuthorityForm(request.GET, record=record, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    told: dict[str, Any] = {"home": home, "part": "authority", "form": form}
    told |= {"matters": queries.matters(request.actor, home)}
    if form.matter and not bad:
        told |= _answered(record, form, _addresses(request.actor, home))
    told["may_change"] = bool(can(request.actor, Verb.CHANGE, home.record))
    return render(request, "arrangements/authority.html", told, status=422 if bad else 200)


def _addresses(actor: Actor, home: agencies.Partnership) -> facing.Addresses:
    return facing.Addresses(home, queries.names(actor, home, ("delegations",)))


def _answered(record: rules.Record, form: AuthorityForm, at: facing.Addresses) -> dict[str, Any]:
    found = rules.authority(record, form.matter, form.day, form.present, amount=form.amount)
    when = day_in_words(form.day)
    sentence = f"{'Yes' if found.overall else 'No'}, on {when} this "
    sentence += "could be decided" if found.overall else "could not be decided"
    return {
        "found": found,
        "day": form.day,
        "sentence": sentence,
        "tone": "done" if found.overall else "late",
        "opinions": [_told(each, at) for each in found.opinions],
        "needed": [told for each in found.opinions if (told := rules.needed(each))],
        "turns": rules.turns(record, form.matter),
        "query": form.query(),
    }


def _told(opinion: Opinion, at: facing.Addresses) -> dict[str, Any]:
    return {
        "href": at.href(f"delegations:{opinion.delegation}"),
        "opinion": opinion,
        "state": TONES.get(opinion.answer, "Draft"),
        "said": SAID[opinion.answer],
    }
