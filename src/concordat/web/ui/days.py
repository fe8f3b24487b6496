"""Fields for days: sharp ones in three boxes, and dates as a source states them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import MONTHS, join_words
from concordat.web.ui.fields import Bound, Field, Params, told


class Boxes(forms.Widget):
    """Day, month and year, each in its own box."""

    PARTS = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}-{part}", "")).strip() for part in self.PARTS]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else ""


class DayField(Field):
    """A day in three boxes. A month may be written as a word."""

    component = "date-input"
    widget = Boxes

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("hint", "For example, 27 3 2019")
        super().__init__(label, **options)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or not value or not any(value):
            return value if isinstance(value, date) else None
        return self._read(dict(zip(Boxes.PARTS, value, strict=True)))

    def _read(self, typed: dict[str, str]) -> date:
        missing = [part for part in Boxes.PARTS if not typed[part]]
        if missing:
            told = join_words([f"a {part}" for part in missing])
            raise self._fault(f"{self.name_of_subject()} must include {told}", missing)
        if not re.fullmatch(r"\d{4}", typed["year"]):
            raise self._fault("The year must have 4 figures, like 2019", ["year"])
        try:
            return date(int(typed["year"]), _month(typed["month"]), int(typed["day"]))
        except (ValueError, OverflowError):
            raise self._fault(f"{self.name_of_subject()} must be a real date", []) from None

    def _fault(self, message: str, parts: list[str]) -> ValidationError:
        return ValidationError(message, code="invalid", params={"parts": parts})

    def anchor(self, bound: Bound) -> str:
        first = next(iter(bound.faulty_parts), "day")
        return f"{bound.auto_id}-{first}"

    def typed_parts(self, bound: Bound) -> list[str]:
        value = bound.value()
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        return list(value) if value else ["", "", ""]

    def params(self, bound: Bound) -> Params:
        wrong = set(bound.faulty_parts or Boxes.PARTS) if bound.error else set()
        boxes = [
            {
                "name": part,
                "value": typed,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if part in wrong else ""),
                "inputmode": "text" if part == "month" else "numeric",
            }
            for part, typed in zip(Boxes.PARTS, self.typed_parts(bound), strict=True)
        ]
        return self.shared(bound) | {
            "id": bound.auto_id,
            "namePrefix": bound.html_name,
            "fieldset": {"legend": {"text": self.heading}},
            "items": boxes,
        }


class UncertainDateField(Field):
    """A date as the source states it: a day, month, season, quarter, year, range or “?”."""

    widget = forms.TextInput

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault(
            "hint",
            "As exact as you know it: 27 March 2019, March 2019, spring 2019, about 2015,"
            " or ? if nobody knows",
        )
        super().__init__(label, width=options.pop("width", 20), **options)

    def to_python(self, value: Any) -> UncertainDate | None:
        if isinstance(value, UncertainDate) or value is None or not str(value).strip():
            return value if isinstance(value, UncertainDate) else None
        try:
            return UncertainDate.parse(str(value))
        except Invalid as problem:
            raise ValidationError(told(problem), code="invalid") from None


def _month(text: str) -> int:
    """1 to 12 from figures or from three or more letters of its name."""
    if text.isdecimal():
        return int(text)
    begins = [at for at, name in enumerate(MONTHS, 1) if name.lower().startswith(text.lower())]
    if len(begins) != 1 or len(text) < 3:
        raise ValueError(text)
    return begins[0]
