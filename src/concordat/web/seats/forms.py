"""What people fill in about bodies, seats and those who sit in them."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.agencies.rules import STATUTORY_CLASSES, AgencyClass
from concordat.domain.base.seats.rules import BODY_KINDS, Capacity, Holding, Standing
from concordat.kernel.actor import Office
from concordat.web.ui import forms
from concordat.web.ui.often import RhythmField

Pairs = list[tuple[str, str]]
HOLDINGS = [
    (Holding.HOLDER.value, "Holder"),
    (Holding.DEPUTY.value, "Deputy"),
    (Holding.INTERIM.value, "Interim holder"),
    (Holding.JOB_SHARE.value, "Job share, beside somebody else"),
]
CLASSES = [(each.value, each.value.capitalize()) for each in AgencyClass]


def choose(form: forms.PageForm, **listed: Pairs) -> None:
    """Give select fields their choices; a field that has none is left out."""
    for name, pairs in listed.items():
        if pairs:
            form.fields[name].choices = pairs  # type: ignore[attr-defined]
        else:
            del form.fields[name]


class BodyForm(forms.PageForm):
    """What a body is."""

    name = forms.TextField("Name", max_length=300)
    short = forms.TextField("Short name", max_length=60, width=20, required=False)
    kind = forms.SelectField(
        "What kind of body it is",
        choices=[(each, each.capitalize()) for each in BODY_KINDS],
        subject="what kind of body it is",
    )
    parents = forms.ManyField(
        "Which bodies does it answer to?",
        choices=[],
        subject="the bodies that it answers to",
        required=False,
    )
    outside = forms.TickField(
        "It belongs to somebody else, outside the partnership", required=False
    )
    agency = forms.SelectField(
        "Agency whose body it is", choices=[], required=False, hint="Such as a council’s cabinet"
    )
    rhythm = RhythmField("How often it meets", required=False)
    composition = forms.LinesField(
        "Who belongs to it, by class or role", max_length=4000, rows=4, required=False
    )
    chair_role = forms.TextField(
        "Who chairs, as a role", max_length=300, required=False, hint="A role, not a name"
    )
    quorum = forms.LongTextField("Quorum", max_length=1000, rows=2, required=False)
    purpose = forms.LongTextField("What it is for", max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, bodies: Pairs, agencies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, parents=bodies, agency=agencies)


class NewBodyForm(BodyForm):
    """A body and where it stands."""

    state = forms.ChoiceField(
        "Where does it stand?",
        choices=[(each.value, each.value.capitalize()) for each in Standing][:3],
        subject="where it stands",
    )
    from_day = forms.DayField("Since when", required=False, subject="the day since when")


class MoveForm(forms.PageForm):
    """What becomes of a body, and from when."""

    verb = forms.ChoiceField("What happens to it?", choices=[], subject="what happens to it")
    from_day = forms.DayField("From which day?", subject="the day")
    successor = forms.SelectField(
        "What takes over from it",
        choices=[],
        required=False,
        hint="Only where it ends and another body takes over",
    )
    reason = forms.LongTextField("Why", max_length=500, rows=3, subject="why")

    def __init__(self, *args: Any, verbs: Pairs, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, verb=verbs, successor=bodies)


class SucceedForm(forms.PageForm):
    """A body's new name from a day."""

    name = forms.TextField("New name", max_length=300)
    from_day = forms.DayField("First day of the new name")
    reason = forms.LongTextField("Why", max_length=500, rows=3, subject="why")


_SAID = [("yes", "Yes"), ("no", "No")]


class TermsForm(forms.PageForm):
    """A version of terms of reference."""

    title = forms.TextField("Title of this version", max_length=300)
    from_day = forms.DayField("In force from")
    agreed_on = forms.UncertainDateField("When it was agreed", required=False)
    review_on = forms.UncertainDateField("When it is looked at again", required=False)
    rhythm = RhythmField("How often the body meets", required=False)
    chair_role = forms.TextField("Who chairs, as a role", max_length=300, required=False)
    chair_term = forms.TextField("For how long somebody chairs", max_length=300, required=False)
    quorum = forms.LongTextField(
        "Quorum, in the words of the terms",
        subject="the quorum",
        max_length=1000,
        rows=2,
        required=False,
    )
    quorum_classes = forms.ManyField(
        "Partners that must be there for a quorum",
        subject="the partners that must be there",
        choices=[(each.value, each.value.capitalize()) for each in STATUTORY_CLASSES],
        required=False,
    )
    quorum_members = forms.NumberField(
        "Voting members that must be there", least=1, most=100, required=False, width=3
    )
    substitutes = forms.SelectField(
        "Do deputies count towards it?",
        subject="whether deputies count",
        choices=_SAID,
        required=False,
    )
    remote = forms.SelectField(
        "Does joining from afar count?",
        subject="whether joining from afar counts",
        choices=_SAID,
        required=False,
    )
    inquorate = forms.LongTextField(
        "What happens without a quorum",
        max_length=1000,
        rows=2,
        required=False,
        hint="In the words of the terms, such as “Decisions are deferred to the next meeting”, "
        "“Agreements become recommendations to the partners” or “Those who are there decide "
        "for themselves”",
    )
    discretion = forms.LongTextField(
        "Who may let a meeting go on without one, and when",
        subject="who may let a meeting go on without a quorum",
        max_length=1000,
        rows=2,
        required=False,
    )
    decides_by = forms.LongTextField(
        "How decisions are reached and how votes count", max_length=1000, rows=2, required=False
    )

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        for name in ("agreed_on", "review_on"):
            told[name] = told[name].iso() if told[name] else ""
        for name in ("substitutes", "remote"):
            told[name] = {"yes": True, "no": False}.get(told[name] or "")
        return {name: value for name, value in told.items() if value not in ("", None, [])}


class SeatForm(forms.PageForm):
    """What a seat is."""

    role = forms.TextField("Title of the seat", max_length=300)
    capacity = forms.SelectField(
        "In what capacity",
        choices=[(each.value, each.value.capitalize()) for each in Capacity],
        required=False,
    )
    office = forms.SelectField(
        "What it is there to do",
        choices=[(each.value, each.value.capitalize()) for each in Office],
        required=False,
        hint="What its holder may do in Concordat follows from this",
    )
    agency = forms.SelectField("Agency that fills it", choices=[], required=False)
    seat_class = forms.SelectField(
        "Class that fills it", choices=CLASSES, required=False, hint="If no agency is named"
    )
    speaks_for = forms.TextField("Sector that it speaks for", max_length=300, required=False)
    chosen_how = forms.TextField("How its holder is chosen", max_length=300, required=False)
    reports_back = forms.TextField("How it reports back", max_length=300, required=False)
    how_many = forms.NumberField(
        "How many such places there are",
        least=1,
        most=200,
        width=2,
        required=False,
        hint="Only if there is more than one",
    )
    term = forms.TextField("For how long", max_length=300, required=False)

    def __init__(self, *args: Any, agencies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, agency=agencies)


class NewSeatForm(SeatForm):
    """A seat on a body that is chosen."""

    body = forms.SelectField("Body", choices=[])

    field_order = ("body",)

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, body=bodies)


class AppointForm(forms.PageForm):
    """Who sits, as what, and for how long."""

    NAMES = {"from": "from_day", "to": "to_day"}

    post = forms.SelectField(
        "Post that sits",
        choices=[],
        subject="the post",
        hint="Whoever is in the post sits. A person by name sits alone, and nobody follows them",
    )
    holding = forms.ChoiceField("As what?", choices=HOLDINGS, subject="as what they sit")
    from_day = forms.DayField("First day")
    to_day = forms.DayField("Last day", required=False, hint="Leave empty if it has no end")
    source = forms.TextField("Where this is written", max_length=400, required=False)

    def __init__(self, *args: Any, posts: Pairs, named: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(f"post:{key}", title) for key, title in posts]
        choose(self, post=listed + [(f"named:{key}", f"{name} (by name)") for key, name in named])


class EndHoldingForm(forms.PageForm):
    last_day = forms.DayField("Last day")
    reason = forms.LongTextField("Why it ends", max_length=500, rows=3, subject="why it ends")


class VacateForm(forms.PageForm):
    from_day = forms.DayField("Vacant from")
    reason = forms.LongTextField("Why", max_length=500, rows=3, subject="why")


class PostForm(forms.PageForm):
    """A post that can sit in seats."""

    title = forms.TextField("Title of the post", max_length=300)
    agency = forms.SelectField("Agency that employs", choices=[], required=False)

    def __init__(self, *args: Any, agencies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, agency=agencies)


class JoinForm(forms.PageForm):
    """Somebody new, and the post that they take."""

    full_name = forms.TextField("Full name")
    email = forms.EmailField("Work email address", required=False, max_length=254)
    phone = forms.TextField("Phone", required=False, max_length=60, width=20, autocomplete="tel")
    post = forms.SelectField("Post that they take", choices=[], subject="the post")
    from_day = forms.DayField("First day in the post")

    def __init__(self, *args: Any, posts: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, post=posts)


class PersonMoveForm(forms.PageForm):
    """One post left and another taken on one day, and which seats held by name go on."""

    leaving = forms.SelectField("Post that they leave", choices=[], subject="the post they leave")
    taking = forms.SelectField("Post that they take", choices=[], subject="the post they take")
    on = forms.DayField("First day in the new post", subject="the first day")
    keeping = forms.ManyField(
        "Which seats that they hold by name go on?",
        choices=[],
        subject="the seats that go on",
        required=False,
        hint="The others end on the day before",
    )
    reason = forms.LongTextField("Why", max_length=500, rows=3, subject="why")

    def __init__(
        self, *args: Any, leaving: Pairs, taking: Pairs, keeping: Pairs, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choose(self, leaving=leaving, taking=taking, keeping=keeping)


class NamedForm(forms.PageForm):
    """Somebody named in the partnership's file."""

    name = forms.TextField("Name, as papers give it")
    agency = forms.SelectField("Agency", choices=[], required=False)

    def __init__(self, *args: Any, agencies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, agency=agencies)


class IdentifyForm(forms.PageForm):
    """Which registered person a named one is, or the other way about."""

    who = forms.SelectField("Who this is", choices=[], subject="who this is")
    reason = forms.LongTextField(
        "How you know", max_length=500, rows=2, subject="how you know", hint="It stays on record"
    )

    def __init__(self, *args: Any, who: Pairs, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, who=who)
        if "who" in self.fields:
            self.fields["who"].help_text = hint


class SeparateForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why it was not so", max_length=500, rows=2, subject="why it was not so"
    )


class TakePostForm(forms.PageForm):
    """A post for somebody who is known already."""

    post = forms.SelectField("Post that they take", choices=[], subject="the post")
    from_day = forms.DayField("First day in the post")

    def __init__(self, *args: Any, posts: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, post=posts)


class LeaveForm(forms.PageForm):
    """The last day, and who takes what waits."""

    last_day = forms.DayField("Last day")
    reason = forms.LongTextField("Why they leave", max_length=500, rows=3, subject="why they leave")

    def __init__(self, *args: Any, asks: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        for ask in asks:
            self.fields[f"ask-{ask.pk}"] = forms.SelectField(
                f"Who takes “{ask.what}”",
                choices=seats,
                subject="who takes it",
                required=False,
                hint=f"Due {ask.due:%-d %B %Y}" if ask.due else "No date",
            )

    def handed(self) -> dict[int, str]:
        """The asks that somebody takes, with the reference of the seat that does."""
        told = self.cleaned_data.items()
        return {
            int(name.removeprefix("ask-")): value
            for name, value in told
            if name.startswith("ask-") and value
        }


class SheetForm(forms.PageForm):
    file = forms.UploadField(
        "Choose the sheet", subject="the sheet", kinds=("xlsx", "csv"), most_megabytes=1
    )


class ProblemsForm(forms.PageForm):
    choice = forms.ChoiceField(
        "What should become of the rows with a problem?",
        choices=[
            ("leave out", "Leave them out and add the others"),
            ("mend", "Mend them in the sheet and bring it again"),
        ],
        subject="what should become of them",
    )


class BringInForm(forms.PageForm):
    """The rows of a sheet, carried from page to page."""

    rows = forms.HiddenField()
    page = forms.HiddenField()
    choice = forms.HiddenField(required=False)

    @classmethod
    def carrying(cls, rows: str, page: str) -> BringInForm:
        return cls(initial={"rows": rows, "page": page})

    def clean_choice(self) -> str:
        return str(self.cleaned_data.get("choice") or "")
