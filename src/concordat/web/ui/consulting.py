"""Choosing whom to ask: whole bodies, single seats, or both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from concordat.domain.base.documents import rules
from concordat.domain.base.seats.queries import Seat
from concordat.web.ui.forms import DayField, LongTextField, ManyField, PageForm

Choices = list[tuple[str, str]]


class SeatsForm(PageForm):
    bodies = ManyField(
        "Whole bodies", subject="the bodies", choices=[], required=False, hint="Every seat is asked"
    )
    seats = ManyField("Single seats", subject="the seats", choices=[], required=False)

    def __init__(self, *args: Any, rows: Iterable[Seat], **options: Any) -> None:
        """`rows` are the seats that may be asked."""
        super().__init__(*args, **options)
        found = list(rows)
        bodies = {str(row.body.pk): row.body.name for row in found}
        seats = [(row.record.reference, f"{row.role}, {row.body.name}") for row in found]
        self.fields["bodies"].choices = list(bodies.items())  # type: ignore[attr-defined]
        self.fields["seats"].choices = seats  # type: ignore[attr-defined]

    def chosen(self, rows: QuerySet[Seat]) -> QuerySet[Seat]:
        """The chosen seats, and every seat of the chosen bodies."""
        told = self.answers()
        return rows.filter(Q(record__reference__in=told["seats"]) | Q(body__in=told["bodies"]))

    def rest(self) -> dict[str, Any]:
        """What else was asked."""
        return {
            name: value for name, value in self.answers().items() if name not in ("bodies", "seats")
        }


class OpenForm(SeatsForm):
    """Sending a draft out for comment."""

    question = LongTextField(
        "What do you want to know?",
        subject="what you want to know",
        rows=3,
        max_length=rules.LONGEST_QUESTION,
        required=False,
    )
    closes = DayField(
        "Until when are comments taken?", subject="the day until which they are taken"
    )
    field_order = ("question", "closes", "bodies", "seats")
