"""What is asked of those who compare and write reports."""

from __future__ import annotations

from typing import Any

from concordat.domain.governance.arrangements.rules.text import LONGEST
from concordat.web.ui import forms


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


class PaperForm(forms.PageForm):
    paper = forms.SelectField("Into which paper?", subject="the paper", choices=[])

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]
