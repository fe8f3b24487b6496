"""How everybody at a meeting was there, on one page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.web.ui.forms import PageForm, SelectField


class RollForm(PageForm):
    """One choice for each place; a deputy only where one was named beforehand."""

    def __init__(self, *args: Any, places: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for row in places:
            field = SelectField(
                row.seat.role if row.seat else row.guest,
                choices=[(each.value, words) for each, words in _ways_to_come(row)],
                required=False,
            )
            known = row.presence if row.presence != Presence.UNKNOWN else row.answer
            field.initial = "" if known == Presence.UNKNOWN else known
            self.fields[f"place-{row.pk}"] = field

    def came(self) -> dict[int, Presence]:
        return {
            int(name.removeprefix("place-")): Presence(value)
            for name, value in self.answers().items()
            if value
        }


def _ways_to_come(row: Any) -> list[tuple[Presence, str]]:
    deputy = [(Presence.DEPUTY, f"By deputy: {row.stands_for}")] if row.stands_for else []
    return [
        (Presence.PRESENT, "In person"),
        *deputy,
        (Presence.APOLOGIES, "Apologies"),
        (Presence.ABSENT, "Absent without apologies"),
    ]
