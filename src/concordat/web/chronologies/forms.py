"""What is typed and chosen on the pages of chronologies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from concordat.domain.practice.chronologies import rules
from concordat.domain.practice.chronologies.rules import CHOOSABLE, VALUED, MarkKind, Means, Part
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
MOST_MEGABYTES = 10
_LISTED = "One on each line"


def _columns() -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in CHOOSABLE]


class TermsForm(forms.PageForm):
    title = forms.TextField(
        "What is it called?",
        subject="what it is called",
        hint="By label, such as Heron. Never a name",
        max_length=rules.LONGEST_TITLE,
    )
    first = forms.DayField("From which day is it asked for?", subject="the first day")
    last = forms.DayField("Up to which day?", subject="the last day")
    columns = forms.ManyField(
        "Which columns?",
        subject="the columns",
        choices=_columns(),
        required=False,
        hint="Date, event and source of information are always there",
    )
    required = forms.ManyField(
        "Which must every row fill?",
        subject="what every row must fill",
        choices=_columns(),
        required=False,
        hint="The source of information is always asked for",
    )
    themes = forms.LinesField(
        "Themes that rows can be marked with", required=False, hint=_LISTED, subject="the themes"
    )
    enquiries = forms.LinesField(
        "Lines of enquiry", required=False, hint=_LISTED, subject="the lines of enquiry"
    )
    gap = forms.NumberField(
        "How many days may one agency be silent before it is told?",
        subject="the days of a gap", least=1, most=3650, initial=60, width=4,
    )  # fmt: skip
    told = forms.NumberField(
        "Within how many days should another agency have been told?",
        subject="the days within which another should know", least=1, most=3650, initial=7, width=4,
    )  # fmt: skip
    contact = forms.NumberField(
        "How many days around a row does another agency count as in touch?",
        subject="the days of contact", least=1, most=3650, initial=28, width=4,
    )  # fmt: skip


class OpenForm(TermsForm):
    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    children = forms.ManyField(
        "Which children is it about?",
        subject="the children",
        choices=[],
        required=False,
        hint="By label. Keep a child first if it is not here. No row is taken before one is named",
    )
    about = forms.TextField(
        "The reference of what it is for",
        subject="the reference",
        hint="Such as a review or an incident, if there is one",
        required=False,
        max_length=40,
        width=20,
    )
    field_order = ("partnership", "title", "children", "about")

    def __init__(self, *args: Any, homes: Choices, children: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = list(homes)  # type: ignore[attr-defined]
        self.fields["children"].choices = list(children)  # type: ignore[attr-defined]


class ChildForm(forms.PageForm):
    child = forms.SelectField("Which child?", subject="the child", choices=[])

    def __init__(self, *args: Any, children: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["child"].choices = list(children)  # type: ignore[attr-defined]


class AskForm(forms.PageForm):
    agency = forms.SelectField("Which agency?", subject="the agency", choices=[])
    due = forms.DayField("By when?", subject="the due day")

    def __init__(self, *args: Any, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class MemberForm(forms.PageForm):
    whom = forms.SelectField("Who?", subject="who it is", choices=[], hint="A person or a seat")
    part = forms.ChoiceField(
        "As what?",
        subject="as what",
        choices=[(each.value, str(each.value).capitalize()) for each in Part],
        hints={
            Part.AUTHOR.value: "Reads and writes the rows of one agency alone",
            Part.REVIEWER.value: "Reads every row, marks, joins and exports",
            Part.MANAGER.value: "Does all that, and sets what is asked of whom",
        },
    )
    contribution = forms.SelectField(
        "For which agency? Only for an author",
        subject="the agency",
        choices=[],
        required=False,
    )
    to_day = forms.DayField(
        "What is their last day?",
        subject="their last day",
        required=False,
        hint="After it they see nothing of it. Leave it empty where no end is agreed",
    )

    def __init__(self, *args: Any, whom: Choices, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["whom"].choices = list(whom)  # type: ignore[attr-defined]
        self.fields["contribution"].choices = list(agencies)  # type: ignore[attr-defined]


class EndMemberForm(forms.PageForm):
    on = forms.DayField("What is their last day?", subject="their last day")
    reason = forms.TextField("Why?", subject="the reason", max_length=rules.LONGEST_SHORT)


class InviteForm(forms.PageForm):
    name = forms.TextField("What is their name?", subject="their name", max_length=200)
    email = forms.TextField(
        "What is their address at the agency?",
        subject="their address",
        hint="Their own work mailbox, never one that several people read",
        max_length=254,
    )
    why = forms.WhyThereField()


class ExtendForm(forms.PageForm):
    due = forms.DayField("By when now?", subject="the later day")
    reason = forms.TextField("Why?", subject="the reason", max_length=rules.LONGEST_SHORT)


class ExpectForm(forms.PageForm):
    """A number of days for each agency, and who should know what whom knows."""

    pairs = forms.ManyField(
        "Who should know what whom knows?",
        subject="who should know",
        choices=[],
        required=False,
        hint="Leave all empty to look at everybody for what any other knew",
    )

    def __init__(self, *args: Any, agencies: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for pk, name in agencies:
            self.fields[f"days_{pk}"] = forms.NumberField(
                f"{name}: in touch at least once in how many days?",
                subject=f"the days for {name}", least=1, most=3650, required=False, width=4,
            )  # fmt: skip
        self.fields["pairs"].choices = [  # type: ignore[attr-defined]
            (f"{a}-{b}", f"{other} should know what {name} knows")
            for a, name in agencies
            for b, other in agencies
            if a != b
        ]
        self.order_fields([f"days_{pk}" for pk, _ in agencies])


class FileForm(forms.PageForm):
    file = forms.UploadField(
        "Choose the file of your rows",
        subject="the file",
        kinds=rules.ENDINGS,
        most_megabytes=MOST_MEGABYTES,
    )


class KeepForm(forms.PageForm):
    """The file that was looked at, carried to the page that keeps its rows."""

    file = forms.HiddenField()


SLUGS = {means.value: means.name.lower() for means in Means}
TITLES = {slug: title for title, slug in SLUGS.items()}
_LONG = (Means.EVENT, Means.ACTION, Means.COMMENT)
_HINTS = {
    Means.DATE: "As your record has it, such as 4 May 2018, early 2015 or ?22 May. Leave it empty "
    "if it is not known",
    Means.TIME: "Such as 14:30",
    Means.SOURCE: "Which record, page or person it comes from",
    Means.EVENT: "Facts only. Say what your record says",
    Means.COMMENT: "Your own view, apart from the facts",
    Means.PERSON: "By label, such as Heron or Mother",
    Means.SEQUENCE: "A number that orders rows of one time",
}


class RowForm(forms.PageForm):
    """One row in the columns of its chronology."""

    def __init__(
        self, *args: Any, columns: Sequence[str], required: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for title in columns:
            needed = title in required or title == Means.SOURCE
            self.fields[SLUGS[title]] = _field(Means(title), needed=needed)

    def told(self) -> dict[str, str]:
        """What was typed, by the title of its column."""
        return {TITLES[slug]: str(text) for slug, text in self.answers().items()}


def _field(means: Means, *, needed: bool) -> Any:
    options: dict[str, Any] = {"subject": f"the {means.value.lower()}", "required": needed}
    options["hint"] = _HINTS.get(means, "")
    if means in _LONG:
        return forms.LongTextField(means.value, rows=3, max_length=rules.LONGEST_TEXT, **options)
    return forms.TextField(means.value, max_length=rules.LONGEST_TEXT, **options)


def slugged(told: Mapping[str, Any]) -> dict[str, str]:
    return {SLUGS[title]: str(text) for title, text in told.items() if title in SLUGS}


class SignForm(forms.PageForm):
    digest = forms.HiddenField()
    sure = forms.TickField(
        "Our agency has checked these rows against its records", subject="that they were checked"
    )


class MarkForm(forms.PageForm):
    """What a row is marked with: a kind, or a kind with its value after a bar."""

    kind = forms.SelectField("As what?", subject="what it is marked as", choices=[])
    value = forms.TextField(
        "Whom else?",
        subject="whom else",
        required=False,
        hint="By label. Only for a child or an adult who is not in the list",
        max_length=rules.LONGEST_TITLE,
    )
    words = forms.LongTextField("Why?", subject="why", required=False, rows=2, max_length=4000)

    def __init__(
        self, *args: Any, offered: Mapping[MarkKind, Iterable[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        plain = [each for each in MarkKind if each not in VALUED]
        choices = [(each.value, each.capitalize()) for each in plain]
        choices += [
            (f"{kind.value}|{value}", f"{kind.capitalize()}: {value}")
            for kind, values in offered.items()
            for value in values
        ]
        choices += [
            (each.value, f"{each.capitalize()}, another")
            for each in (MarkKind.CHILD, MarkKind.ADULT)
        ]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """The arguments of the operation that marks a row."""
        found = self.answers()
        kind, _, value = found["kind"].partition("|")
        return found | {"kind": MarkKind(kind), "value": value or found["value"]}


class DisputeForm(forms.PageForm):
    contribution = forms.SelectField("Which agency disputes it?", subject="the agency", choices=[])
    words = forms.LongTextField(
        "What do they say instead?", subject="what they say", rows=4, max_length=4000
    )
    source = forms.TextField(
        "Where does that stand?", subject="where it stands", max_length=rules.LONGEST_SHORT
    )

    def __init__(self, *args: Any, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contribution"].choices = list(agencies)  # type: ignore[attr-defined]


class SettleForm(forms.PageForm):
    words = forms.LongTextField("How did it end?", subject="how it ended", rows=3, max_length=4000)


class PairForm(forms.PageForm):
    other = forms.NumberField(
        "The number of the other row",
        subject="the other row",
        hint="As it stands in the merged chronology",
        least=1,
        most=10_000_000,
        width=5,
    )
    joined = forms.ChoiceField(
        "Are they one event?",
        subject="whether they are one event",
        choices=[("yes", "Yes, join them"), ("no", "No, keep them apart")],
    )
    reason = forms.LongTextField("Why?", subject="the reason", rows=2, max_length=1000)


class SiftForm(forms.FilterForm):
    agency = forms.SelectField("Agency", choices=[], required=False)
    person = forms.SelectField("Child", choices=[], required=False)
    adult = forms.SelectField("Adult or another person", choices=[], required=False)
    mark = forms.SelectField(
        "Mark",
        choices=[
            (each.value, str(each.value).capitalize()) for each in MarkKind if each not in VALUED
        ],
        required=False,
    )
    theme = forms.SelectField("Theme", choices=[], required=False)
    enquiry = forms.SelectField("Line of enquiry", choices=[], required=False)
    words = forms.TextField("Words", required=False, max_length=100)
    unsigned = forms.TickField("With rows that are not signed off", required=False)
    names = forms.TickField("With names, each look is noted", required=False)

    def __init__(self, data: Any, *, offered: Mapping[str, Iterable[str]]) -> None:
        """`offered` is by field; what nobody could choose from is not asked."""
        super().__init__(data)
        for name, texts in offered.items():
            if choices := [(each, each) for each in texts]:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    @property
    def sought(self) -> dict[str, str]:
        """What rows are found by; how they are read is no part of it."""
        how = ("unsigned", "names")
        return {name: str(text) for name, text in self.chosen.items() if name not in how}


class ExportForm(forms.PageForm):
    ending = forms.ChoiceField(
        "As what?",
        subject="the kind of file",
        choices=[("docx", "Word, a table across the page"), ("xlsx", "Excel")],
    )
    view = forms.ChoiceField("In which words?", subject="the view", choices=[])
    looked = forms.TickField(
        "I looked at each place where a single word of a name stands, and none gives anybody away",
        required=False,
    )

    def __init__(self, *args: Any, names: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        views = [("labels", "By label")]
        if names:
            views.append(("names", "With names, for who is named on the key"))
        self.fields["view"].choices = views  # type: ignore[attr-defined]
