"""What is typed where the improvements are published in the place of a report."""

from __future__ import annotations

from concordat.web.ui import forms
from concordat.web.ui.forms import PageForm


class InsteadForm(PageForm):
    reason = forms.LongTextField(
        "Why is the report not published?", subject="why it is not published", rows=4,
        hint="The Panel and the Secretary of State are given this with the improvements",
    )  # fmt: skip
    file = forms.UploadField(
        "What is to be improved, as a Word file", subject="the file", kinds=("docx",)
    )
