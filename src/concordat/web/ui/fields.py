"""The kinds of field that a form can have: each with its label, its words and its exact markup.

A field cannot be made without a label. `subject` is how its errors name it ("the date of the
meeting"); it is needed where the label is a question.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import EmailValidator
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words
from concordat.kernel.money import parse_pounds
from concordat.web.ui import govuk

Params = dict[str, Any]


class Bound(forms.BoundField):
    """A field in its form: as text it is the whole group of label, hint, error and control."""

    field: Field

    def __html__(self) -> SafeString:
        return self.as_field_group()

    def __str__(self) -> SafeString:
        return self.as_field_group()

    def as_field_group(self) -> SafeString:
        return self.field.drawn(self)

    @property
    def error(self) -> str:
        return str(self.errors[0]) if self.errors else ""

    @property
    def faulty_parts(self) -> tuple[str, ...]:
        """Which boxes of a field of several are wrong; empty means all of them."""
        for problem in self.form.errors.as_data().get(self.name, []):
            if problem.params and "parts" in problem.params:
                return tuple(problem.params["parts"])
        return ()


class Field(forms.Field):
    """What all fields share. `width` is 2, 3, 4, 5, 10, 20 or 30 characters, or 0 for all."""

    component: ClassVar[str] = "input"
    asks: ClassVar[str] = "Enter"

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        subject: str = "",
        required: bool = True,
        width: int = 0,
        **options: Any,
    ) -> None:
        if not label.strip():
            raise ValueError("A field needs a label.")
        if label.rstrip().endswith("?") and not subject:
            raise ValueError(f"“{label}” is a question: say its subject for the error messages.")
        self.subject = subject or label[0].lower() + label[1:]
        self.width = width
        self.filters = False
        messages = {"required": f"{self.asks} {self.subject}"} | options.pop("error_messages", {})
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            error_messages=messages,
            bound_field_class=Bound,
            **options,
        )

    @property
    def heading(self) -> str:
        return str(self.label) if self.required or self.filters else f"{self.label} (optional)"

    def name_of_subject(self) -> str:
        """The subject at the beginning of a sentence."""
        return self.subject[0].upper() + self.subject[1:]

    def anchor(self, bound: Bound) -> str:
        """The id of the control that an error leads to."""
        return str(bound.id_for_label)

    def drawn(self, bound: Bound) -> SafeString:
        return govuk.component(self.component, self.params(bound))

    def params(self, bound: Bound) -> Params:
        return self.shared(bound) | {
            "label": {"text": self.heading},
            "value": self.typed(bound),
            "classes": f"govuk-input--width-{self.width}" if self.width else "",
        }

    def shared(self, bound: Bound) -> Params:
        told: Params = {"id": bound.id_for_label, "name": bound.html_name}
        if self.help_text:
            told["hint"] = {"text": self.help_text}
        if bound.error:
            told["errorMessage"] = {"text": bound.error}
        return told

    def typed(self, bound: Bound) -> str:
        value = bound.value()
        return "" if value is None else str(value)


class TextField(Field, forms.CharField):
    """One line."""

    def __init__(
        self,
        label: str,
        *,
        max_length: int = 200,
        autocomplete: str = "",
        **options: Any,
    ) -> None:
        self.autocomplete = autocomplete
        super().__init__(label, max_length=max_length, **options)
        self.error_messages["max_length"] = (
            f"{self.name_of_subject()} must be {max_length} characters or fewer"
        )

    def params(self, bound: Bound) -> Params:
        more = {"autocomplete": self.autocomplete} if self.autocomplete else {}
        return super().params(bound) | more


class EmailField(TextField):
    """A work e-mail address."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, autocomplete=options.pop("autocomplete", "email"), **options)
        told = "Enter an e-mail address like name@example.gov.uk"
        self.validators.append(EmailValidator(message=told))

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"type": "email", "spellcheck": False}


class WhyThereField(TextField):
    """Why a link about a child goes to an address at which its agency's people are not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "Why does it go to this address?", subject="why", max_length=300, required=False,
            hint="Needed where the agency’s people are not known there", **options,
        )  # fmt: skip


class NumberField(Field, forms.IntegerField):
    """A whole number within limits."""

    def __init__(self, label: str, *, least: int = 0, most: int = 1_000_000, **options: Any):
        super().__init__(label, min_value=least, max_value=most, **options)
        name = self.name_of_subject()
        self.error_messages["invalid"] = f"{name} must be a whole number"
        for check, words in zip(
            self.validators,
            (f"{name} must be {most:,} or less", f"{name} must be {least:,} or more"),
            strict=False,
        ):
            check.message = words  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"inputmode": "numeric", "spellcheck": False}


class MoneyField(Field):
    """Pounds as people write them; the value is integer pence."""

    widget = forms.TextInput

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, width=options.pop("width", 10), **options)

    def to_python(self, value: Any) -> int | None:
        if value is None or not str(value).strip():
            return None
        try:
            return int(parse_pounds(str(value)))
        except Invalid as problem:
            raise ValidationError(told(problem), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}" if isinstance(value, int) else value

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {
            "prefix": {"text": "£"},
            "inputmode": "decimal",
            "spellcheck": False,
        }


class SecretField(TextField):
    """A password. What was typed is never sent back."""

    component = "password-input"
    widget = forms.PasswordInput

    def __init__(self, label: str, *, autocomplete: str = "current-password", **options: Any):
        super().__init__(label, autocomplete=autocomplete, strip=False, **options)

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"value": ""}


class CodeField(TextField):
    """A code from an authenticator app or a letter."""

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("width", 10)
        super().__init__(label, autocomplete="one-time-code", max_length=40, **options)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s", "", str(super().to_python(value)))

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"inputmode": "numeric", "spellcheck": False}


class LongTextField(Field, forms.CharField):
    """Several lines, with how many characters are left."""

    component = "character-count"
    widget = forms.Textarea

    def __init__(self, label: str, *, max_length: int = 4000, rows: int = 5, **options: Any):
        self.rows = rows
        super().__init__(label, max_length=max_length, **options)
        self.error_messages["max_length"] = (
            f"{self.name_of_subject()} must be {max_length:,} characters or fewer"
        )

    def to_python(self, value: Any) -> str:
        """A browser sends two characters for a line break and counts one."""
        text = str(super().to_python(value)) if value is not None else ""
        return text.replace("\r\n", "\n")

    def params(self, bound: Bound) -> Params:
        return self.shared(bound) | {
            "label": {"text": self.heading},
            "maxlength": self.max_length,
            "rows": self.rows,
        }

    def drawn(self, bound: Bound) -> SafeString:
        """The text goes in last: the macros re-indent what they are given."""
        empty = govuk.component(self.component, self.params(bound) | {"value": ""})
        text = str(escape(self.typed(bound).replace("\r\n", "\n")))
        whole = str(empty).replace("></textarea>", f">\n{text}</textarea>", 1)
        return mark_safe(whole)  # noqa: S308 - the text was escaped above


class LinesField(LongTextField):
    """A list, one entry on each line."""

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("hint", "One on each line")
        super().__init__(label, **options)

    def clean(self, value: Any) -> list[str]:
        return [line for each in super().clean(value).split("\n") if (line := each.strip())]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class UploadField(Field, forms.FileField):
    """A file. Its real kind is judged by the operation; here only its name and its size."""

    component = "file-upload"
    asks = "Choose"

    def __init__(
        self, label: str, *, kinds: tuple[str, ...], most_megabytes: int = 20, **options: Any
    ) -> None:
        self.kinds = tuple(kind.lower().lstrip(".") for kind in kinds)
        self.most = most_megabytes * 1_000_000
        told = join_words([kind.upper() for kind in self.kinds])
        options.setdefault("hint", f"{told}, up to {most_megabytes} MB")
        super().__init__(label, **options)
        self.error_messages["empty"] = "The file is empty. Choose another"
        self.error_messages["invalid"] = f"Choose {self.subject} again"

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            self._judge(str(file.name), file.size or 0)
        return file

    def _judge(self, name: str, size: int) -> None:
        if name.rpartition(".")[2].lower() not in self.kinds:
            told = " or ".join(kind.upper() for kind in self.kinds)
            raise ValidationError(f"“{name}” must be {told}", code="invalid")
        if size > self.most:
            most = self.most // 1_000_000
            raise ValidationError(f"“{name}” must be smaller than {most} MB", code="invalid")

    def params(self, bound: Bound) -> Params:
        accept = ",".join(f".{kind}" for kind in self.kinds)
        return self.shared(bound) | {
            "label": {"text": self.heading},
            "attributes": {"accept": accept},
        }


class HiddenField(Field):
    """Carried along and never shown."""

    widget = forms.HiddenInput

    def __init__(self, label: str = "Carried along", **options: Any) -> None:
        super().__init__(label, **options)

    def drawn(self, bound: Bound) -> SafeString:
        return mark_safe(  # noqa: S308 - both values are escaped
            f'<input type="hidden" name="{escape(bound.html_name)}"'
            f' value="{escape(self.typed(bound))}">'
        )


def told(problem: Invalid) -> str:
    """The faults as one message for beside a field."""
    return " ".join(f"{fault.message} {fault.mend}".strip() for fault in problem.faults)
