"""Days to look at a partnership on, and what it takes to say who may decide what."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from concordat.domain.base.agencies.rules import (
    AREA_KINDS,
    STATUTORY_CLASSES,
    AgencyClass,
    PartnershipKind,
)
from concordat.domain.governance.arrangements.rules import Record
from concordat.domain.governance.arrangements.rules.words import INSTRUMENTS, LIMBS
from concordat.kernel.labels import day_in_words
from concordat.web.ui import forms
from concordat.web.ui.as_at import WholeDayField


class AuthorityForm(forms.FilterForm):
    """Which matter, on which day, who speaks, and how much money."""

    def __init__(self, data: QueryDict | None, *, record: Record, today: date) -> None:
        super().__init__(data)
        self.today = today
        matters = [(each.key, each.title) for each in record.matters.values()]
        self.fields = {
            "matter": forms.SelectField("What is to be decided", choices=matters, required=False),
            "on": WholeDayField("On which day", subject="the day", required=False),
            "amount": forms.MoneyField("How much it commits", required=False),
            "present": forms.ManyField(
                "Who speaks",
                choices=speakers(record, today),
                required=False,
                hint="Choose nobody and every holder speaks",
            ),
        }
        for field in self.fields.values():
            field.filters = True
        self.initial["on"] = day_in_words(today)

    @property
    def matter(self) -> str:
        return str(self.chosen.get("matter", ""))

    @property
    def day(self) -> date:
        said = self.chosen.get("on")
        return said if isinstance(said, date) else self.today

    @property
    def present(self) -> list[str] | None:
        return self.chosen.get("present")

    @property
    def amount(self) -> int | None:
        return self.chosen.get("amount")

    def query(self) -> str:
        """The question without its day, to be asked again of another."""
        asked = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        asked.pop("on", None)
        return asked.urlencode()


def speakers(record: Record, on: date) -> list[tuple[str, str]]:
    """The seats that speak for a statutory partner, and their deputies, by key."""
    partners = {each.agency for each in record.partners}
    classes = {each.class_ for each in record.partners}
    found: list[tuple[str, str]] = []
    for seat in record.seats.values():
        if seat.agency in partners or (not seat.agency and seat.class_ in classes):
            found.append((seat.key, seat.title))
            rows = [each for each in record.sittings if each.seat == seat.key]
            if any(each.holding == "deputy" for each in rows):
                found.append((f"{seat.key}:deputy", f"{seat.title}: the deputy"))
    return found


class DelegateForm(forms.PageForm):
    """What an agency lets somebody do, from when, and by what instrument."""

    NAMES = {"post": "to", "seat": "to", "person": "to", "from": "from_day", "key": "to"}

    agency = forms.SelectField("Agency whose power it is", choices=[], subject="the agency")
    to = forms.SelectField(
        "Who holds it",
        choices=[],
        subject="who holds it",
        hint="To a post it passes to the successor. To a named person it ends with the seat",
    )
    limbs = forms.ManyField(
        "What may they do?", choices=list(LIMBS.items()), subject="what they may do"
    )
    matters = forms.ManyField(
        "In which matters?",
        choices=[],
        subject="the matters",
        required=False,
        hint="Choose none if it holds for every matter",
    )
    limit = forms.MoneyField(
        "The most they may commit", required=False, hint="Only where it commits resources"
    )
    instrument = forms.SelectField(
        "What it rests on",
        choices=[(each, each.capitalize()) for each in INSTRUMENTS],
        subject="what it rests on",
    )
    instrument_title = forms.TextField(
        "Title and reference of that instrument", max_length=400, required=False
    )
    from_day = forms.DayField("First day")
    to_day = forms.DayField("Last day", required=False, hint="Leave empty if it has no end")
    source = forms.TextField("Where this is written", max_length=400, required=False)

    def __init__(self, *args: Any, choices: dict[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]
        if not choices["matters"]:
            del self.fields["matters"]


class EndDelegationForm(forms.PageForm):
    last_day = forms.DayField("Last day")
    reason = forms.LongTextField("Why it ends", max_length=500, rows=3, subject="why it ends")


class FoundForm(forms.PageForm):
    """A partnership's name and where its pages stand."""

    name = forms.TextField("Name of the partnership", max_length=300)
    slug = forms.TextField(
        "Word for its address",
        max_length=60,
        width=20,
        hint="Small letters, digits and hyphens, such as two-counties. It cannot be changed later",
    )
    short = forms.TextField(
        "Letters before its references",
        max_length=24,
        width=10,
        required=False,
        hint="Such as TCSCP, for TCSCP-R-0042. Made from the name if you leave it empty",
    )
    kind = forms.ChoiceField(
        "What is it?",
        choices=[(each.value, each.value.capitalize()) for each in PartnershipKind],
        subject="what it is",
    )
    about = forms.LongTextField("What it is for", max_length=1000, rows=2, required=False)


class AreaForm(forms.PageForm):
    """A place."""

    name = forms.TextField("Name of the area", max_length=300)
    kind = forms.SelectField(
        "What it is",
        choices=[(each, each.capitalize()) for each in AREA_KINDS],
        required=False,
    )
    code = forms.TextField("National code", max_length=40, width=10, required=False)


class AgencyForm(forms.PageForm):
    """An agency of any class, and whether it is a statutory partner."""

    name = forms.TextField("Name of the agency", max_length=300)
    short = forms.TextField("Short name", max_length=60, width=20, required=False)
    agency_class = forms.SelectField(
        "Class",
        choices=[(each.value, each.value.capitalize()) for each in AgencyClass],
        subject="the class",
    )
    type = forms.TextField(
        "What it is within its class",
        max_length=200,
        required=False,
        hint="Such as integrated care board, or police force",
    )
    areas = forms.ManyField(
        "Which areas does it serve?", choices=[], subject="the areas", required=False
    )
    is_partner = forms.TickField("It is a statutory partner", required=False)
    from_day = forms.DayField("Since when", required=False, subject="the day since when")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if areas:
            self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        else:
            del self.fields["areas"]


class MatterForm(forms.PageForm):
    """What somebody must be able to decide."""

    title = forms.TextField("What is to be decided", max_length=400)
    classes = forms.ManyField(
        "Whose matter is it?",
        choices=[(each.value, each.value.capitalize()) for each in STATUTORY_CLASSES],
        subject="whose matter it is",
        required=False,
        hint="Choose none if it is for every statutory partner",
    )
    law = forms.TextField("The law that says whose it is", max_length=400, required=False)


class WhichForm(forms.FilterForm):
    """Which agencies end, how many take over, from when."""

    def __init__(self, data: QueryDict | None, *, agencies: Any) -> None:
        super().__init__(data)
        named = [(row.key, row.name) for row in agencies]
        self.fields = {
            "old": forms.ManyField("Which agencies end?", choices=named, subject="the agencies"),
            "into": forms.NumberField("How many take over?", least=1, most=6, width=2,
                                      subject="how many take over"),
            "from": WholeDayField("First day of the new ones", subject="the first day"),
        }  # fmt: skip

    @property
    def old(self) -> list[str]:
        return list(self.cleaned_data["old"])

    @property
    def into(self) -> int:
        return int(self.cleaned_data["into"])

    @property
    def day(self) -> date:
        day: date = self.cleaned_data["from"]
        return day


class RedrawForm(forms.PageForm):
    """The names of those that take over, and who fills each seat then."""

    reason = forms.LongTextField("Why", max_length=500, rows=3, subject="why")

    def __init__(self, *args: Any, into: int, seats: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.into, self.seats = into, list(seats)
        which = [(str(at), f"New agency {at + 1}") for at in range(into)]
        names = {
            f"name-{at}": forms.TextField(f"Name of new agency {at + 1}", max_length=300)
            for at in range(into)
        }
        goes = {
            f"seat-{seat.record.reference}": forms.SelectField(
                f"Who fills “{seat.role}” on {seat.body.name}",
                choices=[*which, ("ends", "Nobody: the seat ends")],
                subject=f"who fills “{seat.role}”",
                initial="0" if into == 1 else "",
            )
            for seat in self.seats
        }
        self.fields = {**names, **goes, **self.fields}

    def names(self) -> list[str]:
        return [self.cleaned_data[f"name-{at}"] for at in range(self.into)]

    def seats_to(self) -> dict[UUID, int]:
        told = {seat.pk: self.cleaned_data[f"seat-{seat.record.reference}"] for seat in self.seats}
        return {pk: int(at) for pk, at in told.items() if at != "ends"}

    def seal(self) -> None:
        """Carry every answer along unseen."""
        for name in list(self.fields):
            if name not in ("form_key", "seen_version"):
                self.fields[name] = forms.HiddenField(required=False)
        self._bound_fields_cache.clear()


class AskForm(forms.PageForm):
    question = forms.LongTextField(
        "What is not known?", max_length=1000, rows=3, subject="the question"
    )


class AnswerForm(forms.PageForm):
    answer = forms.LongTextField("The answer", max_length=2000, rows=4)


class PromiseForm(forms.PageForm):
    """A statement that asks to be kept."""

    promise = forms.LongTextField("What is promised", max_length=2000, rows=3)
    topic = forms.TextField("What it is about", max_length=300, required=False)
    latest = forms.UncertainDateField("To be kept or looked at again by", required=False)
    earliest = forms.UncertainDateField("Not to be looked at again before", required=False)
    owner = forms.SelectField(
        "Post that keeps it",
        choices=[],
        required=False,
        hint="Its seat is asked four weeks before the last day",
    )
    source = forms.TextField("Where it is written", max_length=400, required=False)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if posts:
            self.fields["owner"].choices = posts  # type: ignore[attr-defined]
        else:
            del self.fields["owner"]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        for name in ("latest", "earliest"):
            told[name] = told[name].iso() if told[name] else ""
        return told
