"""The day on which something is looked at, in one box, so that it can stand in an address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from concordat.kernel.dates import Precision
from concordat.kernel.labels import day_in_words
from concordat.web.ui import forms


class WholeDayField(forms.UncertainDateField):
    """One day in one box, as people write it, so that it can stand in an address."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **{"hint": "Such as 29 March 2019", **options})

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value)
        if said is None:
            return None
        if said.precision is not Precision.DAY or said.doubtful:
            raise ValidationError(f"{self.name_of_subject()} must be one day, like 29 March 2019")
        return said.earliest


class AsAtForm(forms.FilterForm):
    """The day to look at, and another day to compare it with."""

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields = {
            "as-at": WholeDayField("As at", subject="the day", required=False),
            "against": WholeDayField(
                "Compare with", subject="the other day", required=False, hint="Only if you wish"
            ),
        }
        for field in self.fields.values():
            field.filters = True
        self.initial["as-at"] = day_in_words(today)

    @property
    def day(self) -> date:
        return self._said("as-at") or self.today

    @property
    def other(self) -> date | None:
        return self._said("against")

    def _said(self, name: str) -> date | None:
        said = self.cleaned_data.get(name) if self.is_bound and not self.errors.get(name) else None
        return said if isinstance(said, date) else None


class DayForm(AsAtForm):
    """The one day on which something is read."""

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, today=today)
        del self.fields["against"]
