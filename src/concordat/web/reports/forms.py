"""What is asked of those who compare and write reports."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.documents import rules as documents
from concordat.domain.governance.arrangements.rules.text import LONGEST
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import CHOSEN, Part
from concordat.web.ui import forms

Pairs = list[tuple[str, str]]


class WriteForm(forms.PageForm):
    text = forms.LongTextField(
        "What is written",
        subject="what is written",
        max_length=LONGEST,
        rows=14,
        required=False,
        hint="In plain words. An empty line begins a paragraph, a hyphen an entry of a list. "
        "Quote a fact in double square brackets: the list below says what can be quoted.",
    )


class TemplateForm(forms.PageForm):
    file = forms.UploadField(
        "Word template",
        subject="the template",
        kinds=("docx",),
        most_megabytes=documents.MEGABYTES,
        hint="A Word document (.docx) with place-holders in it.",
    )
    note = forms.TextField(
        "What changed", max_length=documents.LONGEST_NOTE, subject="what changed"
    )

    def __init__(self, *args: Any, anew: bool, **options: Any) -> None:
        """The first template changes nothing: only a later one says what it does."""
        super().__init__(*args, **options)
        if not anew:
            del self.fields["note"]


class PublishForm(forms.PageForm):
    title = forms.TextField("Title of the paper", subject="the title", max_length=300)
    meetings = forms.ManyField(
        "Before which boards?",
        subject="at least one meeting",
        choices=[],
        hint="Each board has the cover that it settled for itself.",
    )
    purpose = forms.ChoiceField(
        "What are the meetings to do?",
        subject="what the meetings are to do",
        choices=[(each.value, each.value.capitalize()) for each in Purpose],
    )
    purposes = forms.ManyField(
        "Status of report, as many as fit",
        subject="at least one status",
        choices=[(each.value, each.value.capitalize()) for each in CHOSEN],
    )
    asks = forms.LinesField(
        "What the boards are asked to do, one in a line",
        required=False,
        hint="One board can be asked something else afterwards.",
    )
    presented_by = forms.SelectField(Part.PRESENTED_BY.label, choices=[], required=False)

    def __init__(self, *args: Any, meetings: Pairs, posts: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meetings"].choices = meetings  # type: ignore[attr-defined]
        self.fields["presented_by"].choices = [("", "Nobody yet"), *posts]  # type: ignore[attr-defined]


class PaperForm(forms.PageForm):
    paper = forms.SelectField("Into which paper?", subject="the paper", choices=[])

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]
