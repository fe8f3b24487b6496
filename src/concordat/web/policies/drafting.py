"""Beginning a policy, saying what it is, and giving it its text."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.policies import operations, queries, rules
from concordat.domain.governance.policies.queries import Policy
from concordat.web.policies import facing
from concordat.web.policies.facing import Request
from concordat.web.policies.forms import PolicyForm, TextForm
from concordat.web.ui import sending


def draft(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = PolicyForm(request.POST or None, **_choices(request, home.record))
    return sending.act_page(
        request,
        form,
        lambda: _draft(request, home.record, form.answers()),
        words="The policy is begun. Add its text next.",
        to=lambda made: ("policies:text", made.record.reference),
        heading="Begin a policy",
        explain="A policy, procedure, protocol, threshold document or strategy. "
        "Its text is added on the next page.",
        button="Begin the policy",
        back_href=reverse("policies:policies", args=[slug]),
    )


def _choices(request: Request, home: Record, held: Policy | None = None) -> dict[str, Any]:
    """What a form offers: the usual words and those that the policy says already."""
    bodies = list(seats.bodies(request.actor).filter(partnership=home).exclude(outside=True))
    posts = seats.posts(request.actor).filter(partnership=home)
    types = list(dict.fromkeys([*rules.KINDS, *([held.type] if held and held.type else [])]))
    people = list(dict.fromkeys([*rules.OFFERED, *(held.audience if held else [])]))
    owners = [(f"bodies:{row.key}", row.name) for row in bodies]
    return {
        "types": [(each, each) for each in types],
        "audiences": [(each, each) for each in people],
        "owners": [*owners, *((f"posts:{row.key}", row.title) for row in posts)],
        "bodies": [(row.key, row.name) for row in bodies],
    }


def _facts(request: Request, home: Record, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers of the form as fields of a policy."""
    bodies = seats.bodies(request.actor).filter(partnership=home)
    made_by, review = answers["made_by"], answers["review_on"]
    return {
        "type": answers["type"],
        "summary": answers["summary"].strip(),
        "audience": answers["audience"],
        "owner": answers["owner"],
        "made_by": bodies.get(key=made_by) if made_by else None,
        "review_on": review.iso() if review else "",
        "public": answers["public"] == "yes",
    }


def _draft(request: Request, home: Record, answers: dict[str, Any]) -> Policy:
    return operations.draft(
        request.actor,
        partnership=home,
        title=answers["title"],
        facts=_facts(request, home, answers),
    )


def describe(request: Request, reference: str) -> HttpResponse:
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    home = found.partnership
    form = PolicyForm(
        request.POST or None,
        initial=_initial(found),
        seen_version=found.record.version,
        **_choices(request, home, found),
    )
    told = {
        "heading": f"Change what {reference} says of itself",
        "explain": "Its text is changed as a document, in a new version.",
        "button": "Save the change",
        "back_href": facing.up(found),
    }
    return sending.act_page(
        request,
        form,
        lambda: _describe(request, found, form),
        words="The change is saved.",
        to=("policies:policy", reference),
        record=found.record,
        **told,
    )


def _initial(found: Policy) -> dict[str, Any]:
    return {
        "title": found.title,
        "type": found.type,
        "summary": found.summary,
        "audience": found.audience,
        "owner": found.owner,
        "made_by": found.made_by.key if found.made_by else "",
        "review_on": found.review_day,
        "public": "yes" if found.public else "no",
    }


def _describe(request: Request, found: Policy, form: PolicyForm) -> Policy:
    answers = form.answers()
    facts = {"title": answers["title"].strip(), **_facts(request, found.partnership, answers)}
    return operations.describe(
        request.actor, policy=found, facts=facts, seen_version=form.seen or 0
    )


def text(request: Request, reference: str) -> HttpResponse:
    found = queries.policy(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = TextForm(request.POST or None, request.FILES or None)

    def hang() -> Any:
        answers = form.answers()
        file = Upload(str(answers["file"].name), answers["file"].read())
        return operations.hang_text(request.actor, policy=found, file=file, note=answers["note"])

    return sending.act_page(
        request,
        form,
        hang,
        words="The text is added. Send it out for comment, or put it to a body.",
        to=("policies:policy", reference),
        template="policies/text.html",
        policy=found,
        up=facing.up(found),
    )
