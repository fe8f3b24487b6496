"""What shows that something was done: a sentence with where that is, a file, or both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.rules import KINDS, LIMITS_IN_WORDS, MEGABYTES
from concordat.web.ui import forms

LONGEST = 4000


class EvidenceForm(forms.PageForm):
    """Evidence by itself, or beside what a form asks more."""

    statement = forms.LongTextField(
        "What shows it?",
        subject="what shows it",
        rows=2,
        max_length=LONGEST,
        required=False,
        hint="A sentence, unless you choose a file",
    )
    place = forms.TextField(
        "Where can that be found?",
        subject="where that can be found",
        max_length=300,
        required=False,
        hint="A minute, a page, a place in your own files",
    )
    file = forms.UploadField(
        "File",
        kinds=(*KINDS, "jpeg"),
        most_megabytes=MEGABYTES,
        required=False,
        subject="the file",
        hint=LIMITS_IN_WORDS,
    )


class DoneForm(EvidenceForm):
    """What was done, and what shows it."""

    field_order = ("done", "statement", "place", "file")
    done = forms.LongTextField(
        "What was done?", subject="what was done", rows=3, max_length=LONGEST
    )


def with_file(operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation with what was uploaded as it takes it."""

    def uploaded(actor: Any, *, file: Any, **told: Any) -> Any:
        upload = Upload(str(file.name), file.read()) if file else None
        return operation(actor, file=upload, **told)

    return uploaded
