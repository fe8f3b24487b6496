"""What a person may type on the pages that gather."""

from __future__ import annotations

from concordat.web.ui import forms


class SearchForm(forms.FilterForm):
    q = forms.TextField(
        "Search",
        hint="Words of a title, or a reference such as THSCP-D-0001",
        max_length=200,
        required=False,
    )
