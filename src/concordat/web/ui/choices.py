"""Fields whose answer is chosen and not written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from concordat.web.ui.fields import Bound, Field, Params


class ChoiceField(Field, forms.ChoiceField):
    """Radio buttons. `hints` may say more about a choice."""

    component = "radios"
    asks = "Choose"
    widget: type[forms.Widget] = forms.RadioSelect

    def __init__(
        self,
        label: str,
        *,
        choices: Iterable[tuple[str, str]],
        hints: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.hints = dict(hints or {})
        super().__init__(label, choices=list(choices), **options)
        self.error_messages["invalid_choice"] = f"Choose {self.subject} from the list"

    def anchor(self, bound: Bound) -> str:
        return str(bound.auto_id)

    def listed(self) -> list[tuple[str, str]]:
        """The choices as text."""
        pairs = cast("Iterable[tuple[Any, Any]]", self.choices)
        return [(str(value), str(text)) for value, text in pairs]

    def chosen(self, bound: Bound) -> set[str]:
        value = bound.value()
        many = value if isinstance(value, (list, tuple, set)) else [value]
        return {str(each) for each in many if each not in (None, "")}

    def options_of(self, bound: Bound) -> list[Params]:
        chosen = self.chosen(bound)
        return [
            {
                "value": value,
                "text": text,
                "checked": value in chosen,
                "hint": {"text": self.hints[value]} if value in self.hints else None,
            }
            for value, text in self.listed()
        ]

    def params(self, bound: Bound) -> Params:
        return self.shared(bound) | {
            "idPrefix": bound.auto_id,
            "fieldset": {"legend": {"text": self.heading}},
            "items": self.options_of(bound),
        }


class ManyField(ChoiceField, forms.MultipleChoiceField):
    """Checkboxes: any number of choices."""

    component = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def params(self, bound: Bound) -> Params:
        small = {"classes": "govuk-checkboxes--small"} if self.filters else {}
        return super().params(bound) | small


class SelectField(ChoiceField):
    """One choice of a long list. It begins with nothing chosen."""

    component = "select"
    widget = forms.Select

    def params(self, bound: Bound) -> Params:
        chosen = self.chosen(bound)
        first = {"value": "", "text": "Choose one", "selected": not chosen}
        listed = [
            {"value": each["value"], "text": each["text"], "selected": each["checked"]}
            for each in self.options_of(bound)
            if each["value"]
        ]
        return self.shared(bound) | {"label": {"text": self.heading}, "items": [first, *listed]}


class TickField(Field, forms.BooleanField):
    """One thing to confirm. Required means that it must be ticked."""

    component = "checkboxes"
    asks = "Confirm"

    def anchor(self, bound: Bound) -> str:
        return str(bound.auto_id)

    def params(self, bound: Bound) -> Params:
        item = {"value": "yes", "text": str(self.label), "checked": bool(bound.value())}
        return self.shared(bound) | {"idPrefix": bound.auto_id, "items": [item]}
