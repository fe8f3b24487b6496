"""Choosing a partnership file, and carrying it to the page that loads it."""

from __future__ import annotations

from concordat.web.ui import forms


class FileForm(forms.PageForm):
    file = forms.UploadField(
        "Choose the partnership file",
        subject="the partnership file",
        kinds=("yaml", "yml", "xlsx", "zip"),
        most_megabytes=1,
        hint="One YAML file, a workbook (xlsx) or a zip of YAML files, up to 1 MB",
    )


class CarriedForm(forms.PageForm):
    """A file that was looked at, sealed so that it cannot be changed on the way."""

    carried = forms.HiddenField()
