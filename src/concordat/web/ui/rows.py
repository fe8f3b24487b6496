"""Forms over one row of a partnership: what it says goes in and comes out as fields of the row.

A form declares which of its fields point to other rows (`LINKS`) and which hold their keys
(`KEYS`), each with the list that its choices come from. Dates are kept as texts, never sharpened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from concordat.kernel.dates import UncertainDate
from concordat.web.ui import forms

Listed = Mapping[str, tuple[str, Any]]
"""Rows that a field may name: by key, what each is called and the row itself."""
KEPT = "kept"


class RowForm(forms.PageForm):
    """What one row says. Without `row` it asks for a new one."""

    LINKS: ClassVar[Mapping[str, str]] = {}
    KEYS: ClassVar[Mapping[str, str]] = {}
    NAMES: ClassVar[Mapping[str, str]] = {"from": "from_text", "to": "to_text"}

    def __init__(
        self, *args: Any, lists: Mapping[str, Listed], row: Any = None, **options: Any
    ) -> None:
        if row is not None:
            options["initial"] = {**self._said_by(row), **options.get("initial", {})}
            root = getattr(row, "record", None)
            options["seen_version"] = root.version if root else row.fingerprint
        super().__init__(*args, **options)
        self.rows: dict[str, dict[str, Any]] = {}
        for name, which in (self.LINKS | self.KEYS).items():
            self._offer(name, dict(lists[which]), row)

    @classmethod
    def lists(cls) -> set[str]:
        """The lists that the form needs."""
        return {*cls.LINKS.values(), *cls.KEYS.values()}

    def _said_by(self, row: Any) -> dict[str, Any]:
        told = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        for name, value in told.items():
            if isinstance(self.base_fields[name], forms.UncertainDateField) and value:
                told[name] = UncertainDate.parse(value)
            elif name in self.LINKS and value is not None:
                told[name] = value.key if value.partnership_id == row.partnership_id else KEPT
        return told

    def _offer(self, name: str, listed: dict[str, tuple[str, Any]], row: Any) -> None:
        """Choices, and what the row says already though it stands in no list. A field that has
        nothing to offer is left out."""
        said = getattr(row, name, None)
        if name in self.LINKS and said is not None and said.partnership_id != row.partnership_id:
            listed[KEPT] = (getattr(said, "name", "") or getattr(said, "title", ""), said)
        if name in self.KEYS:
            keys = said if isinstance(said, list) else [said] if said else []
            listed |= {key: (key, None) for key in keys if key not in listed}
        self.rows[name] = {key: each for key, (_, each) in listed.items()}
        if listed or self.fields[name].required:
            pairs = [(key, title) for key, (title, _) in listed.items()]
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What was answered, as the fields of the row."""
        return {name: self._value(name, value) for name, value in self.answers().items()}

    def _value(self, name: str, value: Any) -> Any:
        if name in self.LINKS:
            return self.rows[name][value] if value else None
        if isinstance(self.fields[name], forms.UncertainDateField):
            return value.iso() if value else ""
        return value
