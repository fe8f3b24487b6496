"""The Word template of a report: given, taken to begin with, filled for a day, and left."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.assurance.reports import queries, rules
from concordat.domain.assurance.reports.operations import templating
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.web.reports import facing
from concordat.web.reports.forms import TemplateForm
from concordat.web.reports.views import Request
from concordat.web.ui.attaching import attached_bytes
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send


def template(request: Request, slug: str, name: str) -> HttpResponse:
    """The template of a report with its place-holders, and a new one in its place."""
    home, declared = facing.found(request.actor, slug, name)
    can(request.actor, Verb.CHANGE, home.record).require()
    held = queries.template_of(request.actor, home, declared)
    form = TemplateForm(
        request.POST or None,
        request.FILES or None,
        anew=held is not None,
        seen_version=held.document.record.version if held else 0,
    )
    sent = send(
        request, form, lambda: _set(request, home, declared, form),
        record=held.document.record if held else None,
    )  # fmt: skip
    if sent.done:
        words = "The template is in use. It was tried on the report of today."
        return done(request, words, "reports:template", slug, name)
    told = _told(request, home, declared, held)
    return form_page(request, "reports/template.html", form, sent, **told)


def _set(
    request: Request, home: Partnership, declared: rules.Declared, form: TemplateForm
) -> queries.WordTemplate:
    answers = form.answers()
    file = answers["file"]
    return templating.set_template(
        request.actor,
        partnership=home,
        report=declared.name,
        file=Upload(str(file.name), file.read()),
        note=answers.get("note", ""),
        seen_version=form.seen or 0,
    )


def _told(
    request: Request,
    home: Partnership,
    declared: rules.Declared,
    held: queries.WordTemplate | None,
) -> dict[str, Any]:
    return {
        "home": home,
        "report": declared,
        "held": held,
        "latest": documents.latest(request.actor, held.document) if held else None,
        "names": rules.place_holders(declared).items(),
        "back_href": reverse("reports:report", args=[home.slug, declared.name]),
    }


@require_safe
def starter(request: Request, slug: str, name: str) -> HttpResponse:
    """A template to begin with: every section and table of the report."""
    _, declared = facing.found(request.actor, slug, name)
    made = queries.starter(request.actor, declared)
    return attached_bytes(made, f"{declared.name}-template", "docx")


@require_safe
def own(request: Request, slug: str, name: str) -> HttpResponse:
    """The report of a day in the partnership's own template."""
    home, declared = facing.found(request.actor, slug, name)
    day = facing.day_of(request.GET, request.actor.on)
    if queries.template_of(request.actor, home, declared) is None:
        raise Http404
    made = queries.in_own_template(request.actor, declared, home, day)
    return attached_bytes(made, f"{home.slug}-{declared.name}-{day.isoformat()}", "docx")


def leave(request: Request, slug: str, name: str) -> HttpResponse:
    """Use the template no more."""
    home, declared = facing.found(request.actor, slug, name)
    can(request.actor, Verb.CHANGE, home.record).require()
    held = queries.template_of(request.actor, home, declared)
    if held is None:
        raise Http404
    return act_page(
        request,
        ActForm(request.POST or None),
        lambda: templating.leave_template(request.actor, template=held),
        words="The template is not in use any more. Its versions stay on record.",
        to=("reports:report", slug, name),
        heading="Use this template no more",
        rows=[Fact("Report", declared.title), Fact("Template", held.document.record.reference)],
        button="Use it no more",
        back_href=reverse("reports:template", args=[slug, name]),
    )
