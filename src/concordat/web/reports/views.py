"""Reports read on a day, followed to their rows, compared between two days, and taken along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.craft import formats
from concordat.domain.assurance.reports import queries, rules
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.web.reports import facing
from concordat.web.ui.as_at import AsAtForm, DayForm
from concordat.web.ui.attaching import attached


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def reports(request: Request, slug: str) -> HttpResponse:
    """The reports that there are, and the papers as which they went out."""
    home = agencies.partnership(request.actor, slug)
    told = {
        "home": home,
        "part": "reports",
        "rows": rules.DECLARED,
        "issues": queries.issues(request.actor, home),
        "formats": formats.NAMES,
    }
    return render(request, "reports/reports.html", told)


@require_safe
def report(request: Request, slug: str, name: str) -> HttpResponse:
    """A report as it reads on a day, every fact linked to the rows behind it."""
    home, declared = facing.found(request.actor, slug, name)
    form = DayForm(request.GET if "as-at" in request.GET else None, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    at = facing.At(home, declared, form.day)
    may_change = bool(can(request.actor, Verb.CHANGE, home.record))
    told = _told(home, declared) | {
        "form": form,
        "day": form.day,
        "asked": form.is_bound,
        "whole": request.GET.get("whole") == "yes",
        "may_write": may_change and form.day == request.actor.on,
        "may_put": at.address("put_into") if may_change else "",
        "publish": at.address("publish") if may_change else "",
        "may_change": may_change,
        "own": at.address("own") if queries.template_of(request.actor, home, declared) else "",
        "files": [
            (words, at.address("file", form_name)) for form_name, words in formats.NAMES.items()
        ],
        **_sections(request.actor, at),
    }
    return render(request, "reports/report.html", told, status=422 if bad else 200)


def _told(home: agencies.Partnership, declared: rules.Declared) -> dict[str, Any]:
    return {"home": home, "part": "reports", "report": declared}


def _sections(actor: Actor, at: facing.At) -> dict[str, Any]:
    """The sections, or why the report cannot be put together."""
    try:
        live = queries.assembled(actor, at.report, at.home, at.day)
    except Invalid as problem:
        return {"sections": [], "faults": problem.faults}
    written = queries.wordings(actor, at.home, at.report.name).values_list("section", flat=True)
    return {
        "sections": facing.sections(live, at),
        "worded": set(written),
        "left_open": sum(part.flaws for part in live.parts),
    }


@require_safe
def file(request: Request, slug: str, name: str, form: str) -> HttpResponse:
    """A report as at a day in one of four formats; a browser runs nothing of it."""
    home, declared = facing.found(request.actor, slug, name)
    day = facing.day_of(request.GET, request.actor.on)
    if form not in formats.MEDIA_TYPES:
        raise Http404
    made = queries.made(request.actor, declared.name, home, day)
    return attached(made, f"{home.slug}-{declared.name}-{day.isoformat()}", form)


@require_safe
def rows(request: Request, slug: str, name: str, of: str) -> HttpResponse:
    """The rows behind a fact or a number, as they stood on the day."""
    home, declared = facing.found(request.actor, slug, name)
    at = facing.At(home, declared, facing.day_of(request.GET, request.actor.on))
    live = queries.assembled(request.actor, declared, home, at.day)
    found = facing.behind(live, of)
    told = _told(home, declared) | {
        "of": of,
        "kind": facing.kind_in_words(of),
        "is_number": of.startswith(f"{rules.COUNT}:"),
        "rows": found,
        "day": at.day,
        "reference": facing.own_page(request.actor, home, of),
        "back_href": at.address("report"),
        "whose": [part.section.title for part in live.parts if of in part.refs],
    }
    return render(request, "reports/rows.html", told)


@require_safe
def differences(request: Request, slug: str, name: str) -> HttpResponse:
    """What differs between the report as at two days."""
    home, declared = facing.found(request.actor, slug, name)
    form = AsAtForm(request.GET or None, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    changes = (
        facing.differing(
            queries.compared(request.actor, declared, home, form.other, form.day),
            facing.At(home, declared, form.other),
            facing.At(home, declared, form.day),
        )
        if form.other and not bad
        else []
    )
    told = _told(home, declared) | {
        "form": form,
        "asked": bool(form.other) and not bad,
        "changes": changes,
        "before_head": f"As at {day_in_words(form.other)}" if form.other else "",
        "after_head": f"As at {day_in_words(form.day)}",
    }
    return render(request, "reports/differences.html", told, status=422 if bad else 200)
