"""What a partnership adds: rules of its own, its areas' go-live, and the days it is closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.queries import ClosedDay, LocalRule
from concordat.domain.base.clocks.rules import Arrangements, ClosedKind, Kind, Law
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import bodies
from concordat.kernel.labels import slug as slugged
from concordat.web.clocks import facing
from concordat.web.clocks.facing import Request
from concordat.web.clocks.forms import CloseDayForm, GoLiveForm, LocalRuleForm, ReasonForm
from concordat.web.ui.sending import done, form_page, send

LONGEST_ID = 60


def _home(request: Request, slug: str, *, to_change: bool = False) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    if to_change:
        can(request.actor, Verb.CHANGE, home.record).require()
    return home


def _frame(request: Request, home: Partnership) -> dict[str, Any]:
    may = bool(can(request.actor, Verb.CHANGE, home.record))
    return {"home": home, "part": "law", "may_change": may}


@require_safe
def local_rules(request: Request, slug: str) -> HttpResponse:
    """The partnership's own rules, each version of them."""
    home = _home(request, slug)
    law = queries.law_of(request.actor, home.record)
    kept = queries.local_rules(request.actor, home.record)
    rows = [_local(law, each, home) for each in kept]
    return render(request, "clocks/local_rules.html", {**_frame(request, home), "rows": rows})


def _local(law: Law, kept: LocalRule, home: Partnership) -> dict[str, Any]:
    row = next((e for e in law.rules if (e.id, e.version) == (kept.rule, kept.version)), None)
    href = reverse("clocks:rule", args=[home.slug, kept.rule, kept.version]) if row else ""
    told = {"kept": kept, "rule": row, "href": href, "length": facing.length(row)}
    return told | {"span": facing.span(row) if row else "", "set_aside": row is None}


def set_local_rule(request: Request, slug: str) -> HttpResponse:
    """Add a rule, or shorten one of the law for oneself."""
    home = _home(request, slug, to_change=True)
    form = LocalRuleForm(
        request.POST or None,
        tightens=_can_be_shortened(rules.law()),
        initial={"in_force_from": request.actor.on},
        seen_version=home.record.version,
    )
    act = partial(_set, request, home, form)
    sent = send(request, form, act, record=home.record, names=form.NAMES)
    if sent.done:
        return done(request, "The rule is set.", "clocks:local_rules", slug)
    told = {"heading": "Set a local rule", "button": "Set the rule"}
    told |= {"back_href": reverse("clocks:local_rules", args=[slug])}
    return form_page(request, "clocks/set_local_rule.html", form, sent, **told)


def _set(request: Request, home: Partnership, form: LocalRuleForm) -> LocalRule:
    row = _row(form.answers(), rules.law())
    return operations.set_local_rule(
        request.actor, partnership=home.record, row=row, seen_version=form.seen
    )


def _can_be_shortened(law: Law) -> list[tuple[str, str]]:
    """The newest row of each rule that counts something."""
    counted = {
        each.id: each
        for each in law.rules
        if each.kind is Kind.DEADLINE and each.deadline and each.deadline.value > 1
    }
    titled = sorted((f"{row.title} ({key})", key) for key, row in counted.items())
    return [(key, title) for title, key in titled]


def _row(told: dict[str, Any], law: Law) -> dict[str, Any]:
    """The answers as a row of a law file."""
    tightens = told.pop("tightens")
    value, unit = told.pop("value"), told.pop("unit")
    limit: dict[str, Any] = {"value": value, "unit": unit}
    if tightens:
        base = law.variants(tightens)[-1]
        told |= {"tightens": tightens, "trigger": base.trigger}
        limit = rules.limit_like(base, value, unit)
    name = f"LOCAL-{slugged(told['title'])}".upper()[:LONGEST_ID].rstrip("-")
    fixed = {"kind": "deadline", "force": "local", "regime": "general", "conf": "S"}
    return {"id": name, **told, **fixed, "deadline": limit}


@require_safe
def go_lives(request: Request, slug: str) -> HttpResponse:
    """When each area's own arrangements began; until then the old board's rules hold there."""
    home = _home(request, slug)
    said = {
        (each.area_id, each.arrangements): each
        for each in queries.go_lives(request.actor, home.record)
    }
    rows = [
        {
            "area": area,
            "key": slugged(kind.value),
            "words": words,
            "said": said.get((area.pk, kind.value)),
        }
        for area in queries.own_areas(request.actor, home.record)
        for kind, words in facing.ARRANGEMENTS.items()
    ]
    told = {**_frame(request, home), "rows": rows, "last": rules.LAST_GO_LIVE}
    return render(request, "clocks/go_lives.html", told)


def set_area_live(request: Request, slug: str, area: str, arrangements: str) -> HttpResponse:
    """Say when an area went live."""
    home = _home(request, slug, to_change=True)
    place = queries.own_areas(request.actor, home.record).get(key=area)
    kind = next((each for each in Arrangements if slugged(each.value) == arrangements), None)
    if kind is None:
        raise Http404
    form = GoLiveForm(request.POST or None, seen_version=home.record.version)

    def act() -> object:
        told = {"area": place, "arrangements": kind, "seen_version": form.seen}
        return operations.set_area_live(request.actor, **told, **form.answers())

    sent = send(request, form, act, record=home.record)
    if sent.done:
        return done(request, "The day is on record.", "clocks:go_lives", slug)
    told = {"heading": f"{place.name}: {facing.ARRANGEMENTS[kind].lower()}"}
    told |= {"back_href": reverse("clocks:go_lives", args=[slug]), "button": "Record the day"}
    return form_page(request, "act.html", form, sent, **told)


@require_safe
def closed_days(request: Request, slug: str) -> HttpResponse:
    """Days that are not worked here besides the bank holidays of England."""
    home = _home(request, slug)
    rows = queries.closed_days(request.actor, home.record)
    told = {**_frame(request, home), "rows": rows, "kinds": ClosedKind}
    told["known_until"] = queries.last_known_day(request.actor)
    return render(request, "clocks/closed_days.html", told)


def close_day(request: Request, slug: str) -> HttpResponse:
    """Close a day; every clock is counted again at once."""
    home = _home(request, slug, to_change=True)
    groups = bodies(request.actor).filter(partnership=home.pk)
    form = CloseDayForm(request.POST or None, bodies=[(str(each.pk), each.name) for each in groups])
    sent = send(request, form, lambda: _close(request, home, form))
    if sent.done:
        words = "The day is closed, and every clock is counted again."
        return done(request, words, "clocks:closed_days", slug)
    told = {"heading": "Close a day", "button": "Close the day"}
    told |= {"back_href": reverse("clocks:closed_days", args=[slug])}
    return form_page(request, "act.html", form, sent, **told)


def _close(request: Request, home: Partnership, form: CloseDayForm) -> ClosedDay:
    told = form.answers()
    body = told.pop("body")
    return operations.close_day(
        request.actor,
        partnership=home.record,
        kind=ClosedKind(told.pop("kind")),
        body=bodies(request.actor).get(pk=body) if body else None,
        **told,
    )


def open_day(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take back that a day is closed."""
    home = _home(request, slug, to_change=True)
    closed = queries.closed_days(request.actor, home.record).get(pk=pk, opened_on=None)
    form = ReasonForm(request.POST or None)
    sent = send(
        request,
        form,
        lambda: operations.open_day(request.actor, closed_day=closed, **form.answers()),
    )
    if sent.done:
        words = "The day is worked again, and every clock is counted again."
        return done(request, words, "clocks:closed_days", slug)
    told = {"heading": f"Work on {facing.day_in_words(closed.day)} again", "button": "Open the day"}
    told |= {"back_href": reverse("clocks:closed_days", args=[slug])}
    return form_page(request, "act.html", form, sent, **told)
