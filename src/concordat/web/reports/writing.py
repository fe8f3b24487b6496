"""Writing the narrative of a section, and every wording that it had."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.assurance.reports import operations, queries, rules
from concordat.domain.assurance.reports.operations import issuing
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.rules.text import between
from concordat.kernel.labels import day_in_words
from concordat.web.reports import facing
from concordat.web.reports.forms import PaperForm, WriteForm
from concordat.web.reports.views import Request
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, form_page, send

WORDINGS = 10
"""Wordings on one page: each is as long as a section."""


def write(request: Request, slug: str, name: str, section: str) -> HttpResponse:
    """Write one section; what others wrote meanwhile is shown beside it."""
    home, declared, about = _placed(request, slug, name, section)
    can(request.actor, Verb.CHANGE, home.record).require()
    kept = _kept(request, home, declared, section)
    form = WriteForm(
        request.POST or None,
        initial={"text": kept.text if kept else ""},
        seen_version=_number(kept),
    )
    sent = send(request, form, lambda: _write(request, home, declared, about, form))
    if sent.done:
        messages.success(request, "It is written. Earlier days keep the wording they had.")
        return redirect(f"{reverse('reports:report', args=[slug, name])}#{section}")
    if sent.stale:
        form.renew(_number(_kept(request, home, declared, section)))
    told = _writing(request, home, declared, about)
    return form_page(request, "reports/write.html", form, sent, **told)


def _placed(
    request: Request, slug: str, name: str, section: str
) -> tuple[Partnership, rules.Declared, rules.Section]:
    home, declared = facing.found(request.actor, slug, name)
    about = declared.section(section)
    if about is None:
        raise Http404
    return home, declared, about


def _kept(
    request: Request, home: Partnership, declared: rules.Declared, section: str
) -> queries.Narrative | None:
    found = queries.narrative_of(request.actor, home, declared.name, request.actor.on)
    return found.get(section)


def _number(kept: queries.Narrative | None) -> int:
    return (kept.order or 0) if kept else 0


def _write(
    request: Request,
    home: Partnership,
    declared: rules.Declared,
    about: rules.Section,
    form: WriteForm,
) -> Any:
    return operations.write(
        request.actor,
        partnership=home,
        report=declared.name,
        section=about.key,
        text=form.answers()["text"],
        seen=form.seen or 0,
    )


def _writing(
    request: Request, home: Partnership, declared: rules.Declared, about: rules.Section
) -> dict[str, Any]:
    at = facing.At(home, declared, request.actor.on)
    live = queries.assembled(request.actor, declared, home, at.day)
    shown = next(each for each in facing.sections(live, at) if each["key"] == about.key)
    back = reverse("reports:report", args=[home.slug, declared.name])
    return {
        "home": home,
        "report": declared,
        "section": about,
        "blocks": shown["blocks"],
        "quotes": facing.quotable(live, live.part(about.key)),
        "others": [each for each in declared.sections if each is not about],
        "back_href": f"{back}#{about.key}",
    }


WAITS = (
    "The report becomes the text of the paper, as a PDF. Each body that the paper comes before "
    "keeps a cover of its own."
)
NONE_WAITS = (
    "No paper that you may write waits for its text. Ask for one on the agenda of a meeting first."
)


def put_into(request: Request, slug: str, name: str) -> HttpResponse:
    """Make the report of a day the text of a paper that is still written."""
    home, declared = facing.found(request.actor, slug, name)
    can(request.actor, Verb.CHANGE, home.record).require()
    at = facing.At(home, declared, facing.day_of(request.GET, request.actor.on))
    papers = {each.pk: each for each in queries.papers_to_fill(request.actor, home)}
    seen = {f"{pk} {_version(each)}": (each, _version(each)) for pk, each in papers.items()}
    pk, _, version = request.POST.get("paper", "").partition(" ")
    if pk.isdecimal() and version.isdecimal() and (sent := papers.get(int(pk))):
        seen[f"{pk} {version}"] = (sent, int(version))
    form = PaperForm(
        request.POST or None, papers=[(key, each.title) for key, (each, _) in seen.items()]
    )
    return act_page(
        request,
        form,
        lambda: _put_into(request, at, *seen[form.answers()["paper"]]),
        words="The report is the text of the paper.",
        to=("reports:reports", slug),
        heading=f"Put it into a paper: {declared.title}",
        rows=[Fact("As at", day_in_words(at.day))],
        explain=WAITS if papers else NONE_WAITS,
        button="Put it into the paper",
        back_href=at.address("report"),
    )


def _version(paper: queries.Paper) -> int:
    """The version of a paper's text, which the choice carries; 0 while it has none."""
    return paper.document.record.version if paper.document else 0


def _put_into(request: Request, at: facing.At, paper: queries.Paper, version: int) -> Any:
    return issuing.put_into(
        request.actor,
        partnership=at.home,
        report=at.report.name,
        paper=paper,
        as_at=at.day,
        seen_version=version,
    )


@require_safe
def wordings(request: Request, slug: str, name: str, section: str) -> HttpResponse:
    """What a section ever said: each wording with its day and author, and what it changed."""
    home, declared, about = _placed(request, slug, name, section)
    found = queries.wordings(request.actor, home, declared.name).filter(section=section)
    page = page_of(found, request.GET.get("page"), per_page=WORDINGS)
    rows = list(page.rows)
    after = max(page.first - 1, 0) + len(rows)
    before = [*rows[1:], *found[after : after + 1]]
    told = {
        "home": home,
        "part": "reports",
        "report": declared,
        "section": about,
        "page": page,
        "lines": [
            {
                "row": row,
                "number": (number := page.total - page.first - place + 1),
                "caption": f"What wording {number} changed",
                "changes": between(section, old.text if old else "", row.text),
            }
            for place, (row, old) in enumerate(zip(rows, [*before, None][: len(rows)], strict=True))
        ],
    }
    return render(request, "reports/wordings.html", told)
