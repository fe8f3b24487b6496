"""The law as it stands for one partnership, row by row, and the check of a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.queries import Clock
from concordat.domain.base.clocks.rules import ChecklistItem, Law, Rule
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.labels import slug
from concordat.web.clocks import facing
from concordat.web.clocks.facing import Request
from concordat.web.clocks.forms import CompareForm, LawForm, ReadForm
from concordat.web.ui.sending import Sent, done, form_page, send


@require_safe
def law(request: Request, slug: str) -> HttpResponse:
    """Every row with what stands behind it and whether it is verified."""
    home = agencies.partnership(request.actor, slug)
    found = queries.law_of(request.actor, home.record)
    subjects = list(dict.fromkeys(each.subject for each in found.rules))
    form = LawForm(request.GET, subjects=[(each, each) for each in subjects])
    shown = [each for each in found.rules if _is_wanted(each, form.chosen, request.actor.on)]
    told = {
        "home": home,
        "part": "law",
        "form": form,
        "groups": _grouped(shown, home, form.chosen.get("on", request.actor.on)),
        "regimes": found.terms.regimes.values(),
        "number": len(shown),
        "checked": sum(1 for each in shown if each.verified(request.actor.on)),
        "stale": found.stale_checks,
    }
    return render(request, "clocks/law.html", told)


def _is_wanted(row: Rule, chosen: dict[str, Any], today: date) -> bool:
    on = chosen.get("on")
    standing = chosen.get("standing")
    if chosen.get("subject") not in (None, row.subject):
        return False
    if on and not row.in_force(on):
        return False
    return standing is None or row.verified(on or today) is (standing == "verified")


def _grouped(rows: Iterable[Rule], home: Partnership, on: date) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row.subject, []).append(_line(row, home, on))
    return [
        {"subject": subject, "key": f"rules-{slug(subject)}", "lines": lines}
        for subject, lines in groups.items()
    ]


def _line(row: Rule, home: Partnership, on: date) -> dict[str, Any]:
    return {
        "rule": row,
        "href": reverse("clocks:rule", args=[home.slug, row.id, row.version]),
        "force": row.force_in_words(on),
        "limit": facing.limit(row, row.verified(on)),
        "length": facing.length(row),
        "span": facing.span(row),
        "standing": facing.standing(row, on),
    }


@require_safe
def rule(request: Request, slug: str, rule: str, version: int) -> HttpResponse:
    """One row: what it asks, what stands behind it, its doubts, and who checked it."""
    home = agencies.partnership(request.actor, slug)
    found = queries.law_of(request.actor, home.record)
    row = _row(found, rule, version)
    on = request.actor.on
    told = {
        "home": home,
        "part": "law",
        **_line(row, home, on),
        "heading": facing.heading(row, verified=row.verified(on)),
        "warning": facing.warning(row),
        "items": [(each, each.verified(on), _length(row, each)) for each in row.items],
        "doubts": row.open_doubts(on),
        "others": [_line(each, home, on) for each in found.variants(rule) if each != row],
        "tighter": [_line(each, home, on) for each in found.tightened_by(rule, on=on)],
        "checks": queries.checks_of(request.actor, home.record, rule),
        "digest": rules.digest(row),
        "may_check": bool(can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "clocks/rule.html", told)


def _length(row: Rule, item: ChecklistItem) -> str:
    """The time limit of a line that has its own."""
    return facing.length(rules.line_as_rule(row, item)) if item.deadline else ""


def _row(found: Law, rule: str, version: int) -> Rule:
    """The row, or a page that is not found."""
    for each in found.rules:
        if (each.id, each.version) == (rule, version):
            return each
    raise Clock.DoesNotExist


def verify(request: Request, slug: str, rule: str, version: int) -> HttpResponse:
    """Two steps: which text was read and where; then whether it says what the row says."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    row = _row(queries.law_of(request.actor, home.record), rule, version)
    if "digest" in request.POST:
        return _compared(request, home, row, CompareForm(request.POST))
    form = ReadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        carried = {**form.answers(), "digest": rules.digest(row)}
        return _compare_page(request, home, row, CompareForm(initial=carried), Sent())
    return form_page(request, "clocks/read.html", form, Sent(), **_frame(request.actor, home, row))


def _compared(request: Request, home: Partnership, row: Rule, form: CompareForm) -> HttpResponse:
    sent = send(
        request,
        form,
        lambda: operations.verify_rule(
            request.actor,
            partnership=home.record,
            rule=row.id,
            version=row.version,
            **form.answers(),
        ),
    )
    if sent.done:
        words = "The check is on record."
        return done(request, words, "clocks:rule", home.slug, row.id, row.version)
    return _compare_page(request, home, row, form, sent)


def _compare_page(
    request: Request, home: Partnership, row: Rule, form: CompareForm, sent: Sent
) -> HttpResponse:
    told = _frame(request.actor, home, row)
    told |= {"read": form["read"].value(), "against": form["against"].value()}
    return form_page(request, "clocks/compare.html", form, sent, **told)


def _frame(actor: Actor, home: Partnership, row: Rule) -> dict[str, Any]:
    return {
        "home": home,
        **_line(row, home, actor.on),
        "back_href": reverse("clocks:rule", args=[home.slug, row.id, row.version]),
    }
