"""Forms of pages: plain fields, no models. An operation is called with what they cleaned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Fault, Invalid
from concordat.web.ui import words
from concordat.web.ui.choices import ChoiceField, ManyField, SelectField, TickField
from concordat.web.ui.days import Boxes, DayField, UncertainDateField
from concordat.web.ui.fields import (
    Bound,
    CodeField,
    EmailField,
    Field,
    HiddenField,
    LinesField,
    LongTextField,
    MoneyField,
    NumberField,
    SecretField,
    TextField,
    UploadField,
    WhyThereField,
)
from concordat.web.ui.parts import Chip, Filters

__all__ = [
    "ActForm",
    "ChoiceField",
    "CodeField",
    "DayField",
    "EmailField",
    "FilterForm",
    "HiddenField",
    "LinesField",
    "LongTextField",
    "ManyField",
    "MoneyField",
    "NumberField",
    "PageForm",
    "ReasonForm",
    "SecretField",
    "SelectField",
    "TextField",
    "TickField",
    "UncertainDateField",
    "UploadField",
    "WhyThereField",
]


LOST = "We could not tell which form this was. Check what you wrote and send it again."


class _Form(forms.Form):
    """What both kinds of form share: our markup and our error summary."""

    use_required_attribute = False

    def __str__(self) -> SafeString:
        return self.drawn()

    def __html__(self) -> SafeString:
        return self.drawn()

    def drawn(self) -> SafeString:
        """Every field in order, without the `form` element and without buttons."""
        return format_html_join("\n", "{}", ((self[name],) for name in self.fields))

    def summary(self) -> list[dict[str, str]]:
        """Each error once, leading to the control that mends it."""
        told: list[dict[str, str]] = []
        for name, problems in self.errors.items():
            for problem in problems:
                href = self._anchor(name)
                told.append({"text": str(problem)} | ({"href": href} if href else {}))
        return told

    def _anchor(self, name: str) -> str:
        bound = self[name] if name in self.fields else None
        if not isinstance(bound, Bound) or isinstance(bound.field, HiddenField):
            return ""
        return f"#{bound.field.anchor(bound)}"

    def add_faults(self, problem: Invalid, names: Mapping[str, str] | None = None) -> None:
        """Show what an operation found wrong beside the field it names, else above the form.

        `names` maps the operation's name of a field to the form's where they differ.
        """
        for fault in problem.faults:
            name = (names or {}).get(fault.field, fault.field)
            known = name in self.fields and not isinstance(self.fields[name], HiddenField)
            self.add_error(name if known else None, _message(fault))


def _message(fault: Fault) -> ValidationError:
    where = f"{fault.place}: " if fault.place else ""
    return ValidationError(f"{where}{fault.message} {fault.mend}".strip())


class _KeyField(HiddenField):
    """A one-time token: the same form sent twice has one effect."""

    def to_python(self, value: Any) -> str:
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise ValidationError("not a key") from None


class _VersionField(HiddenField):
    def to_python(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        if not str(value).isdecimal():
            raise ValidationError("not a version")
        return int(value)


SHORT = 3
"""So many questions are answered in one go; a longer form may be kept and come back to."""
LATER = "later"
"""The name of the button that keeps a form unsent."""
_NEVER_KEPT = (SecretField, CodeField, UploadField)
_NOT_TYPED = ("csrfmiddlewaretoken", "form_key", LATER)


class PageForm(_Form):
    """A form that changes something. `seen_version` is the version of the record it shows.

    After `is_valid()`: `key` for the operation's idempotency, `seen` for its version check.
    """

    form_key = _KeyField()
    seen_version = _VersionField(required=False)
    kept_at: datetime | None = None

    def __init__(self, *args: Any, seen_version: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("form_key", str(uuid4()))
        if seen_version is not None:
            self.initial["seen_version"] = seen_version

    @property
    def may_wait(self) -> bool:
        """Whether it is long enough to be kept unsent. A secret or a file never is."""
        asked = [field for field in self.fields.values() if not isinstance(field, HiddenField)]
        return len(asked) > SHORT and not any(isinstance(each, _NEVER_KEPT) for each in asked)

    def typed(self) -> dict[str, list[str]]:
        """What was typed, sensible or not, as it is kept while the form waits."""
        names = self.data if isinstance(self.data, QueryDict) else QueryDict()
        told = {name: names.getlist(name) for name in names}
        return {name: texts for name, texts in told.items() if name not in _NOT_TYPED}

    def take_up(self, typed: Mapping[str, Sequence[str]], kept_at: datetime | None) -> None:
        """Show what was kept, without judging it before it is sent."""
        self._carry(form_key=str(self.initial["form_key"]))
        for name, texts in typed.items():
            self.data.setlist(name, list(texts))  # type: ignore[attr-defined]
        self.is_bound, self.kept_at = True, kept_at
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}

    @property
    def key(self) -> str:
        return str(self.cleaned_data["form_key"])

    @property
    def seen(self) -> int | None:
        version = self.cleaned_data["seen_version"]
        return int(version) if version is not None else None

    def answers(self) -> dict[str, Any]:
        """What was asked and cleaned, without the two carried fields: an operation's arguments."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("form_key", "seen_version")
        }

    def full_clean(self) -> None:
        super().full_clean()
        carried = [name for name in ("form_key", "seen_version") if name in self.errors]
        if self.is_bound and carried:
            for name in carried:
                del self.errors[name]
            self._carry(form_key=str(uuid4()))
            self.add_error(None, LOST)

    def renew(self, seen_version: int) -> None:
        """After a conflict: the same typing against the record as it is now, under a new key."""
        self._carry(form_key=str(uuid4()), seen_version=str(seen_version))

    def _carry(self, **carried: str) -> None:
        data = QueryDict(mutable=True)
        for name in self.data:
            found = self.data.getlist(name) if isinstance(self.data, QueryDict) else None
            data.setlist(name, found if found is not None else [self.data[name]])
        for name, value in carried.items():
            data[self.add_prefix(name)] = value
        self.data = data


class ActForm(PageForm):
    """Nothing to be asked but to do it."""


class ReasonForm(PageForm):
    reason = LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class FilterForm(_Form):
    """A GET form over a list. Every field must be optional; the address is the whole state."""

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data or None, **options)
        needed = [name for name, field in self.fields.items() if field.required]
        if needed:
            raise ValueError(f"A filter is never required: {', '.join(needed)}.")
        for field in self.fields.values():
            if isinstance(field, Field):
                field.filters = True

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are on and make sense; a senseless one filters nothing."""
        if not self.is_bound:
            return {}
        self.is_valid()
        cleaned = self.cleaned_data.items()
        return {name: value for name, value in cleaned if value not in (None, "", [], False)}

    def filters(self) -> Filters:
        chips = [
            Chip(str(self.fields[name].label), told, self._without(name, one))
            for name, value in self.chosen.items()
            for told, one in self._told(name, value)
        ]
        return Filters(tuple(chips), "?")

    def _told(self, name: str, value: Any) -> list[tuple[str, str]]:
        """Each chosen value in words, with the raw value to take away (empty takes all)."""
        field = self.fields[name]
        if isinstance(field, ChoiceField):
            texts = dict(field.listed())
            many = value if isinstance(value, list) else [value]
            return [(texts.get(str(one), str(one)), str(one)) for one in many]
        if isinstance(field, TickField):
            return [("yes", "")]
        if isinstance(value, (date, UncertainDate)):
            return [(words.day(value), "")]
        return [(str(self[name].value()), "")]

    def _without(self, name: str, value: str) -> str:
        left = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        for key in (name, *(f"{name}-{part}" for part in Boxes.PARTS)):
            kept = [one for one in left.getlist(key) if value and one != value]
            left.setlist(key, kept)
            if not kept:
                left.pop(key, None)
        left.pop("page", None)
        return f"?{left.urlencode()}"
