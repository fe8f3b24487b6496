"""What is typed and chosen on the pages of actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.rules import Order, Priority, Stage, Standing, When
from concordat.domain.base.records.rules import RecordKind
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
SOURCES = (
    *(RecordKind.MEETING, RecordKind.DECISION, RecordKind.REVIEW, RecordKind.RISK),
    *(RecordKind.PROGRAMME, RecordKind.MILESTONE, RecordKind.DOCUMENT, RecordKind.BODY),
    *(RecordKind.ARRANGEMENTS, RecordKind.POLICY, RecordKind.PARTNERSHIP, RecordKind.REQUEST),
)
LONGEST = 4000


class ListForm(forms.FilterForm):
    mine = forms.TickField("Only mine", required=False)
    when = forms.SelectField(
        "When is it due?",
        subject="when it is due",
        choices=[(each.value, each.label) for each in When],
        required=False,
    )
    state = forms.ManyField(
        "State", choices=[(each.value, each.words) for each in Stage], required=False
    )
    body = forms.SelectField("Set by", choices=[], required=False)
    agency = forms.SelectField("Agency", choices=[], required=False)
    source = forms.SelectField(
        "Comes from", choices=[(each.value, each.label) for each in SOURCES], required=False
    )
    priority = forms.SelectField(
        "Priority", choices=[(each.value, each.label) for each in Priority], required=False
    )

    def __init__(self, data: Any, *, bodies: Choices, agencies: Choices) -> None:
        super().__init__(data)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        chosen = self.chosen
        return {
            "mine": bool(chosen.get("mine")),
            "when": chosen.get("when", ""),
            "stages": chosen.get("state", ()),
            "body": _uuid(chosen.get("body", "")),
            "agency": _uuid(chosen.get("agency", "")),
            "source_kind": chosen.get("source", ""),
            "priority": chosen.get("priority", ""),
            "order": self.order,
        }

    @property
    def order(self) -> Order:
        told = self.data.get("sort", "") if self.is_bound else ""
        return Order(told) if told in set(Order) else Order.OWED


def _uuid(told: str) -> UUID | None:
    return UUID(told) if told else None


class UpdateForm(forms.PageForm):
    standing = forms.ChoiceField(
        "How does it stand?",
        subject="how it stands",
        choices=[(each.value, each.label) for each in Standing],
    )
    words = forms.TextField(
        "In one line",
        subject="one line on how it stands",
        max_length=rules.LONGEST_WORD,
        required=False,
        hint="Needed unless it is on track",
    )


class ExtendForm(forms.PageForm):
    due = forms.DayField("New day", subject="the new day")
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class AskForm(forms.PageForm):
    due = forms.DayField(
        "By when?",
        subject="the day by which they answer",
        required=False,
        hint="In five days if you leave it empty",
    )


class ReassignForm(forms.PageForm):
    owner = forms.SelectField("New owner", choices=[])
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class AcceptForm(forms.PageForm):
    note = forms.LongTextField(
        "Anything to add?", subject="what you add", rows=2, max_length=1000, required=False
    )


class InadequateForm(forms.PageForm):
    reason = forms.LongTextField(
        "What is missing?", subject="what is missing", rows=3, max_length=1000
    )
    due = forms.DayField("By when, then?", subject="the new day")


class SupersedeForm(forms.PageForm):
    by = forms.TextField(
        "Which action takes its place?",
        subject="the action that takes its place",
        width=20,
        hint="Its reference, such as THSCP-A-0012",
    )
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class AddForm(forms.PageForm):
    what = forms.TextField(
        "What is to be done?",
        subject="what is to be done",
        max_length=rules.LONGEST_WHAT,
        hint="Begin with a verb, such as “Grade the strategy manager post”. Never a child’s name.",
    )
    owner = forms.SelectField("Who owns it?", choices=[], subject="who owns it")
    due = forms.DayField("Due day", required=False, subject="the due day")
    look_every = forms.NumberField(
        "Or, if it has no end, looked at every so many months",
        subject="the number of months",
        least=1,
        most=rules.MOST_MONTHS,
        required=False,
        width=2,
    )
    priority = forms.ChoiceField(
        "Priority",
        choices=[(each.value, each.label) for each in Priority],
        hints={Priority.HIGH: "Needs evidence before it is closed; only its body moves its day"},
        initial=Priority.ORDINARY,
    )
    set_by = forms.SelectField(
        "Which body sets it?",
        choices=[],
        subject="the body that sets it",
        hint="Its chair or the secretariat accepts what was done",
    )
    source = forms.TextField(
        "Which record does it come from?",
        subject="the record that it comes from",
        width=20,
        hint="A reference, such as THSCP-D-0001",
    )
    source_place = forms.TextField(
        "Where in it?",
        subject="the place in it",
        max_length=rules.LONGEST_PLACE,
        required=False,
        hint="An item, a paragraph, a recommendation",
    )
    why = forms.LongTextField("Why?", subject="why", rows=2, max_length=LONGEST, required=False)
    evidence_wanted = forms.LongTextField(
        "What does good look like?",
        subject="what good looks like",
        rows=2,
        max_length=LONGEST,
        required=False,
        hint="The evidence that you will ask for",
    )

    def __init__(self, *args: Any, owners: Choices, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]
        self.fields["set_by"].choices = list(bodies)  # type: ignore[attr-defined]


class ContactForm(forms.PageForm):
    seat = forms.SelectField("A seat of this agency", choices=[], required=False)
    name = forms.TextField("Or one named person without an account", max_length=200, required=False)
    email = forms.EmailField("Their work email address", max_length=254, required=False)

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = list(seats)  # type: ignore[attr-defined]


class _Together(forms.PageForm):
    """An act on many; `chosen` carries each reference with the version that was seen."""

    chosen = forms.HiddenField()


class CloseTogether(_Together):
    done = forms.LongTextField(
        "What was done?", subject="what was done", rows=3, max_length=LONGEST
    )
    statement = forms.LongTextField(
        "What shows it?", subject="what shows it", rows=2, max_length=LONGEST, required=False
    )
    place = forms.TextField(
        "Where can that be found?", subject="where that can be found", required=False
    )


class ExtendTogether(_Together):
    due = forms.DayField("New day", subject="the new day")
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class ReassignTogether(_Together):
    owner = forms.SelectField("New owner", choices=[])
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class AskTogether(_Together):
    due = forms.DayField(
        "By when?",
        subject="the day by which they answer",
        required=False,
        hint="In five days if you leave it empty",
    )
