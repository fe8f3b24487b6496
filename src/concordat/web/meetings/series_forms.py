"""What is asked of somebody who says how a body meets, calls a series, or plans a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from concordat.domain.governance.meetings.operations import Turn
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import TEMPLATES
from concordat.domain.governance.meetings.rules.series import Proposed
from concordat.domain.governance.meetings.rules.suggesting import (
    CLOSES,
    OPENS,
    Fixed,
    fixed_from,
    read_fixed,
    write_fixed,
)
from concordat.domain.governance.meetings.rules.timetable import MOST, Count
from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import day_in_words, weekday_in_words
from concordat.web.meetings.forms import ClockField
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    FilterForm,
    LinesField,
    LongTextField,
    ManyField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
)


class RhythmForm(FilterForm):
    """Which days are worked out. Its address is the whole state."""

    rhythm = TextField(
        "How often",
        max_length=400,
        required=False,
        hint="Such as every 6 weeks, second Tuesday, or days of your own: 1 May 2019, 12 June 2019",
    )
    first = DayField("First day", required=False)
    last = DayField("Last day", required=False)


class CallManyForm(PageForm):
    """The days that are wanted, each ticked unless something speaks against it."""

    days = ManyField("Which days?", subject="at least one day", choices=[])
    starts = ClockField("They start at", subject="the time at which they start")
    ends = ClockField("They end at", subject="the time at which they end")
    place = TextField("Place", max_length=300, required=False)
    join = TextField("Link to join from afar", max_length=500, required=False)

    def __init__(self, *args: Any, proposed: Sequence[Proposed], **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposed = {each.wanted.isoformat(): each for each in proposed if not each.off}
        field = self.fields["days"]
        assert isinstance(field, ManyField)  # noqa: S101 - declared above
        field.choices = [(key, weekday_in_words(each.on)) for key, each in self.proposed.items()]
        field.hints = {
            key: ". ".join(note[:1].upper() + note[1:] for note in each.notes) + "."
            for key, each in self.proposed.items()
            if each.notes
        }
        self.initial.setdefault(
            "days", [key for key, each in self.proposed.items() if _is_plain(each)]
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        starts, ends = told.get("starts"), told.get("ends")
        if isinstance(starts, time) and isinstance(ends, time) and told.get("days"):
            try:
                told["turns"] = [
                    self._turn(self.proposed[key], starts, ends) for key in told["days"]
                ]
            except Invalid as problem:
                self.add_faults(problem)
        return told

    def _turn(self, each: Proposed, starts: time, ends: time) -> Turn:
        return Turn(each.wanted, *timed(each.on, starts, ends))

    def answers(self) -> dict[str, Any]:
        kept = super().answers()
        return {name: kept[name] for name in ("turns", "place", "join")}


def timed(day: date, starts: time, ends: time) -> tuple[Any, Any]:
    """Beginning and end on a day of several; what cannot be names the day."""
    try:
        return moments.span(day, starts, ends)
    except Invalid as problem:
        raise Invalid(
            [Fault(each.message, each.field, day_in_words(day), each.mend)
             for each in problem.faults]
        ) from None  # fmt: skip


def _is_plain(each: Proposed) -> bool:
    """Nothing but a day that is not worked stands against it, and that is mended already."""
    return each.wanted != each.on or not each.notes


class PlanForm(PageForm):
    title = TextField(
        "Title, if it is not a usual meeting", subject="the title", max_length=300, required=False
    )
    purpose = LongTextField("What it is for", rows=3, max_length=1000, required=False)
    place = TextField("Place", max_length=300, required=False)


class AgainForm(PageForm):
    """When a meeting that was called off takes place after all; no day yet is an answer too."""

    day = DayField(
        "On which day?",
        subject="the day",
        required=False,
        hint="Leave day and times empty to look for a date",
    )
    starts = ClockField("It starts at", subject="the time at which it starts", required=False)
    ends = ClockField("It ends at", subject="the time at which it ends", required=False)
    place = TextField("Place", max_length=300, required=False)
    join = TextField("Link to join from afar", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        given = [told.get(name) for name in ("day", "starts", "ends")]
        if all(given):
            try:
                told["starts_at"], told["ends_at"] = moments.span(*given)
            except Invalid as problem:
                self.add_faults(problem)
        elif any(given) and not self.errors:
            self.add_error(
                "day" if not given[0] else "starts" if not given[1] else "ends",
                "Give the day and both times, or leave all three empty",
            )
        return told

    def answers(self) -> dict[str, Any]:
        kept = super().answers()
        return {name: kept[name] for name in kept if name not in ("day", "starts", "ends")}


class WaysForm(PageForm):
    unit = ChoiceField(
        "Time limits are counted in",
        choices=[(each.value, each.value.capitalize()) for each in Count],
        hints={Count.CLEAR.value: "Neither the day of sending nor the day of the meeting counts."},
    )
    closes = NumberField("Days before a meeting when its agenda closes", least=0, most=MOST,
                         required=False, width=3)  # fmt: skip
    papers = NumberField("Days before when papers are due", least=0, most=MOST, required=False,
                         width=3)  # fmt: skip
    sends = NumberField("Days before when the pack is sent", least=0, most=MOST, required=False,
                        width=3)  # fmt: skip
    cover = SelectField(
        "Cover of its papers",
        choices=[(each.key, each.title) for each in TEMPLATES.values()],
        required=False,
    )
    place = TextField("Usual place", max_length=300, required=False)
    opens = LinesField(
        "Items that open every agenda",
        subject="the items that open it",
        required=False,
        rows=4,
        max_length=2000,
        hint="One on each line: title, minutes, purpose. Such as Apologies, 5 minutes, note",
    )
    closings = LinesField(
        "Items that close every agenda",
        subject="the items that close it",
        required=False,
        rows=3,
        max_length=2000,
        hint="One on each line, such as Any other business, 10 minutes, agree",
    )
    begins = ClockField("Usual time at which it starts", subject="the usual time", required=False)
    minutes = NumberField("Usual length in minutes", least=5, most=720, required=False, width=4)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        fixed: list[Fixed] = []
        for name, at in (("opens", OPENS), ("closings", CLOSES)):
            try:
                fixed += read_fixed(told.get(name) or [], at, name)
            except Invalid as problem:
                self.add_faults(problem)
        told["fixed_items"] = [each.as_json() for each in fixed]
        return told

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        begins = told["begins"]
        told["begins"] = begins.hour * 60 + begins.minute if begins else None
        return {name: told[name] for name in told if name not in ("opens", "closings")}


def lines_of(kept: list[Any], at: str) -> list[str]:
    """The fixed items of a body as the form shows them."""
    return write_fixed(each for each in fixed_from(kept) if each.at == at)


class ForwardForm(PageForm):
    """Something for a later meeting of a body."""

    title = TextField("What is it about?", subject="what it is about", max_length=200,
                      hint="Never a child’s name.")  # fmt: skip
    purpose = ChoiceField(
        "What is the meeting to do?",
        subject="what the meeting is to do",
        choices=[(each.value, each.value.capitalize()) for each in Purpose],
    )
    minutes = NumberField("Minutes needed", least=1, most=600, required=False, width=3)
    from_day = DayField("For a meeting on or after", subject="the day", required=False)
    lead = SelectField("Who leads it", choices=[], required=False)
    why = LongTextField("Why then", rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, seats: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].choices = list(seats)  # type: ignore[attr-defined]


class ChaseForm(PageForm):
    words = LongTextField(
        "A word to whoever owes it",
        subject="the word",
        rows=3,
        max_length=600,
        required=False,
        hint="Stands on the page. A letter never repeats it where the item is restricted.",
    )
