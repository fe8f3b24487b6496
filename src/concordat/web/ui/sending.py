"""One form, one operation, one answer: what every page that changes something does alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from concordat.domain.base.records.operations import once
from concordat.domain.base.records.queries import Record
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.web.ui import drafting
from concordat.web.ui.choices import ChoiceField
from concordat.web.ui.forms import PageForm


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form: not sent, done with its result, kept for later, or shown again."""

    done: bool = False
    result: Any = None
    stale: Stale | None = None
    later: bool = False
    about: Record | None = None


class Row(Protocol):
    """A row without a record of its own, which is held against what it says."""

    @property
    def fingerprint(self) -> int: ...

    def refresh_from_db(self) -> None: ...


def send(
    request: HttpRequest,
    form: PageForm,
    act: Callable[[], object],
    *,
    record: Record | None = None,
    row: Row | None = None,
    names: Mapping[str, str] | None = None,
) -> Sent:
    """Do what a valid form asks for, once. What the operation refuses is shown on the form.

    `record` is the one whose version the form carries, `row` the one whose fingerprint it does;
    `names` maps the operation's fields to the form's where they differ.
    """
    if drafting.is_to_wait(request, form):
        return Sent(later=True, about=record)
    if request.method != "POST" or not form.is_valid():
        return Sent()
    try:
        with once(form.key):
            result = act()
        drafting.forget(request, form)
        return Sent(done=True, result=result)
    except Invalid as problem:
        form.add_faults(problem, names)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
    except Stale as conflict:
        if record is not None:
            record.refresh_from_db(fields=["version"])
            conflict.version = record.version
        if row is not None:
            row.refresh_from_db()
            form.renew(row.fingerprint)
        elif conflict.version is not None:
            form.renew(conflict.version)
        return Sent(stale=_labelled(conflict, form, names or {}))
    return Sent()


def _labelled(conflict: Stale, form: PageForm, names: Mapping[str, str]) -> Stale:
    """The conflict under the labels that the form shows, in the words of its choices."""

    def told(texts: Mapping[str, str]) -> dict[str, str]:
        fields = {name: form.fields.get(names.get(name, name)) for name in texts}
        return {
            _label(name, fields[name]): in_words(text, fields[name]) for name, text in texts.items()
        }

    mine, theirs = told(conflict.mine), told(conflict.theirs)
    return Stale(mine, theirs, by=conflict.by, at=conflict.at, version=conflict.version)


def _label(name: str, field: Field | None) -> str:
    return str(field.label) if field is not None else name.replace("_", " ").capitalize()


def in_words(text: str, field: Field | None) -> str:
    """A value that a field offers, as the page offers it; any other as it is."""
    if not isinstance(field, ChoiceField):
        return text
    offered = {str(value): str(words) for value, words in field.listed()}
    return "\n".join(offered.get(line, line) for line in text.split("\n"))


def form_page(
    request: HttpRequest, template: str, form: PageForm, sent: Sent, **told: Any
) -> HttpResponse:
    """The form as a page: 409 after a conflict, 422 after a refusal.

    A long form that is to wait is kept as it was typed, and shown so when it is opened again.
    """
    if request.method == "GET":
        drafting.take_up(request, form)
    if sent.later:
        form.take_up(form.typed(), None)
        page = _shown(request, template, form, sent, told)
        if kept := drafting.kept(request, form, page, sent.about):
            return kept
    return _shown(request, template, form, sent, told)


def _shown(
    request: HttpRequest, template: str, form: PageForm, sent: Sent, told: Mapping[str, Any]
) -> HttpResponse:
    status = 409 if sent.stale else 422 if form.errors else 200
    return render(request, template, {"form": form, "stale": sent.stale, **told}, status=status)


def act_page(
    request: HttpRequest,
    form: PageForm,
    act: Callable[[], object],
    *,
    words: str | Callable[[Any], str],
    to: tuple[str, ...] | Callable[[Any], tuple[str, ...]],
    record: Record | None = None,
    row: Row | None = None,
    names: Mapping[str, str] | None = None,
    template: str = "act.html",
    **told: Any,
) -> HttpResponse:
    """A page of one plain act: its form, and on to the route `to` with what was done in words.

    `words` and `to` may be told from what the act gave back.
    """
    sent = send(request, form, act, record=record, row=row, names=names)
    if sent.done:
        said = words(sent.result) if callable(words) else words
        return done(request, said, *(to(sent.result) if callable(to) else to))
    return form_page(request, template, form, sent, **told)


def act_from(
    request: HttpRequest,
    at: tuple[str, ...],
    form: PageForm,
    act: Callable[[], object],
    *,
    words: str | Callable[[Any], str],
    **told: Any,
) -> HttpResponse:
    """A page of one plain act that is begun at the route `at` and leads back there, done or not.

    Whatever `act_page` takes goes along; `to` leads elsewhere once it is done.
    """
    told = {"to": at, "back_href": reverse(at[0], args=at[1:])} | told
    return act_page(request, form, act, words=words, **told)


def done(request: HttpRequest, words: str, route: str, *args: object) -> HttpResponse:
    """On to the page that shows what was done, which says so."""
    messages.success(request, words)
    return redirect(route, *args)


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(made: bytes, name: str) -> HttpResponse:
    """A workbook to be kept."""
    answer = HttpResponse(made, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
