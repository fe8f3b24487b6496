"""A workbook that was given out and came back: looked at first, cell by cell, then taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from concordat.domain.base.documents.operations import Upload
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.ui import forms
from concordat.web.ui.carrying import packed, unpacked
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send


class FileForm(forms.PageForm):
    file = forms.UploadField(
        "Choose the workbook that came back",
        subject="the workbook",
        kinds=("xlsx",),
        most_megabytes=1,
        hint="The file that was downloaded here, filled in, up to 1 MB",
    )


class CarriedForm(forms.PageForm):
    """A workbook that was looked at, signed so that it cannot be changed on the way."""

    carried = forms.HiddenField()


class Line(Protocol):
    """One row that came back, judged: of whichever workbook."""

    @property
    def cells(self) -> Collection[Any]: ...
    @property
    def clashes(self) -> Collection[Any]: ...
    @property
    def problems(self) -> Collection[Any]: ...
    @property
    def parts(self) -> Collection[Any]: ...


class Round:
    """How one kind of workbook is looked at and taken in: `noun` is what a row tells of, `judge`
    gives the rows of a file, `take` does what they say and how many it changed."""

    def __init__(
        self,
        template: str,
        salt: str,
        noun: str,
        judge: Callable[[bytes], Sequence[Line]],
        take: Callable[[Upload], int],
        to: tuple[str, str],
        told: dict[str, Any],
    ) -> None:
        self.template, self.salt, self.noun, self.to = template, salt, noun, to
        self.judge, self.take, self.told = judge, take, told

    def looked_at(self, request: HttpRequest, form: FileForm) -> HttpResponse | None:
        """The rows of a good file as a table with what was changed and what is wrong; nothing is
        written. None where there is no file, or none that can be read: the form says why."""
        if request.method != "POST" or not form.is_valid():
            return None
        file = form.cleaned_data["file"]
        name, data = str(file.name), file.read()
        try:
            lines = self.judge(data)
        except Invalid as problem:
            form.add_faults(problem)
            return None
        carried = CarriedForm(initial={"carried": packed(name, data, self.salt)})
        return render(request, self.template, self._told(lines) | {"form": carried})

    def taken_in(self, request: HttpRequest) -> HttpResponse:
        """Do what was shown. The file and what came of it are kept."""
        form = CarriedForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return done(request, "Choose the file first.", *self.to)
        name, data = unpacked(form.cleaned_data["carried"], self.salt)
        sent = send(request, form, lambda: self.take(Upload(name, data)))
        if sent.done:
            words = f"{count(sent.result, self.noun)} changed."
            return done(request, f"{words} The file and what came of it are kept.", *self.to)
        return form_page(request, self.template, form, sent, **self._told(self.judge(data)))

    def _told(self, lines: Sequence[Line]) -> dict[str, Any]:
        taken = [line for line in lines if line.parts]
        clashes = [line for line in lines if line.clashes and not line.problems]
        untouched = [line for line in lines if not (line.cells or line.problems)]
        many = f"{count(2, self.noun).partition(' ')[2].capitalize()} to change"
        space, (page, *at) = self.to[0].partition(":")[0], self.to
        return {
            **self.told,
            "kind": self.noun.capitalize(),
            "opens": f"{space}:{self.noun}",
            "back_href": reverse(page, args=at),
            "lines": [line for line in lines if line.cells or line.problems],
            "taken": taken,
            "rows": [
                Fact("Rows read", str(len(lines))),
                Fact("Not changed", str(len(untouched))),
                Fact(many, str(len(taken))),
                Fact("Changed here meanwhile, left to you", str(len(clashes))),
                Fact(
                    "Left out because of a problem",
                    str(sum(bool(line.problems) for line in lines)),
                ),
            ],
        }
