"""Lists of documents, a document with its versions, and putting files in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.queries import Document
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, can, fetch_record, is_free, title_for
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.documents import facing
from concordat.web.documents.facing import Request, also_by_link
from concordat.web.documents.forms import AddForm, ReplaceForm
from concordat.web.ui import sending
from concordat.web.ui.addresses import address_of
from concordat.web.ui.paging import page_of


@require_safe
def documents(request: Request) -> HttpResponse:
    page = page_of(queries.documents(request.actor), request.GET.get("page"))
    told = {"page": page, "homes": queries.homes(request.actor)}
    return render(request, "documents/documents.html", told)


@also_by_link
@require_safe
def on(request: Request, reference: str) -> HttpResponse:
    """What hangs on a record."""
    found = fetch_record(request.actor, reference)
    look(request.actor, record=found, what="listed the documents of")
    told = {
        "record": found,
        "title": title_for(request.actor, found),
        "own": address_of(found.kind, found.reference),
        "page": page_of(_hanging(request, found), request.GET.get("page")),
        "may_add": bool(can(request.actor, Verb.CHANGE, found)),
        "is_guest": request.guest_link is not None,
    }
    return render(request, "documents/on.html", told)


def _hanging(request: Request, found: Record) -> Any:
    """Of a partnership those that hang on nothing; of anything else what hangs on it."""
    if found.kind == RecordKind.PARTNERSHIP:
        return queries.documents(request.actor).filter(about=None, record__partnership=found)
    return queries.documents_on(request.actor, found)


@also_by_link
def add(request: Request, reference: str) -> HttpResponse:
    found = fetch_record(request.actor, reference)
    can(request.actor, Verb.CHANGE, found).require()
    form = AddForm(request.POST or None, request.FILES or None, held=found.level)
    sent = sending.send(request, form, lambda: _add(request, found, form.answers()))
    if sent.done:
        if request.guest_link:
            return render(request, "documents/received.html", {"record": found})
        words = "The document is added."
        return sending.done(request, words, "documents:document", sent.result.record.reference)
    told = {"record": found, "up": reverse("documents:on", args=[reference])}
    return sending.form_page(request, "documents/add.html", form, sent, **told)


def _add(request: Request, found: Record, answers: dict[str, Any]) -> Document:
    told = answers.pop("sensitivity", Sensitivity.PARTNERSHIP)
    on_record = found.kind != RecordKind.PARTNERSHIP
    return operations.add(
        request.actor,
        partnership=found.partnership or found,
        about=found if on_record else None,
        file=_upload(answers.pop("file")),
        sensitivity=Sensitivity(int(told)),
        link=request.guest_link,
        now=timezone.now(),
        **answers,
    )


def _upload(file: Any) -> Upload:
    return Upload(str(file.name), file.read())


@also_by_link
@require_safe
def document(request: Request, reference: str) -> HttpResponse:
    found = queries.document(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "documents/document.html", facing.whole(request.actor, found))


@also_by_link
def replace(request: Request, reference: str) -> HttpResponse:
    """Put a new version in the place of the one that was seen."""
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    is_free(found.record, Verb.CHANGE).require()
    form = ReplaceForm(
        request.POST or None, request.FILES or None, seen_version=found.record.version
    )
    sent = sending.send(request, form, lambda: _replace(request, found, form), record=found.record)
    if sent.done:
        words = f"Version {sent.result.number} is in place. Earlier sign-offs are void."
        return sending.done(request, words, "documents:document", reference)
    told = {"document": found, "latest": queries.latest(request.actor, found)}
    return sending.form_page(request, "documents/replace.html", form, sent, **told)


def _replace(request: Request, found: Document, form: ReplaceForm) -> Any:
    answers = form.answers()
    return operations.replace(
        request.actor,
        document=found,
        file=_upload(answers["file"]),
        note=answers["note"],
        seen_version=form.seen or 0,
        link=request.guest_link,
        now=timezone.now(),
    )
