"""How often something happens, in words that cannot be read two ways."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.base.seats.rules.rhythm import from_words, to_mapping, words_of
from concordat.kernel.errors import Invalid
from concordat.web.ui.fields import TextField


class RhythmField(TextField):
    """How often a body meets, in words; what can be read two ways is kept as unsettled."""

    def __init__(self, label: str, **options: Any) -> None:
        hint = "Such as every 2 months, 4 times a year, as needed: what starts it, or standing"
        super().__init__(label, **{"hint": hint, "max_length": 400, **options})

    def clean(self, value: Any) -> Any:
        told = super().clean(value)
        if not told:
            return None
        try:
            return to_mapping(from_words(told))
        except Invalid as problem:
            raise ValidationError(" ".join(f.message for f in problem.faults)) from None

    def prepare_value(self, value: Any) -> Any:
        return words_of(value) if isinstance(value, dict) else value
