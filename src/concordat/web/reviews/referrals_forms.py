"""What is typed and chosen on the pages of referrals and of how reviews begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concordat.domain.practice.reviews.rules.referrals import LONGEST_TOLD, ReferralKind
from concordat.domain.practice.reviews.rules.routes import RouteStep
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
_NOBODY = "Never a name, a date of birth, an NHS number or an address"


class ChoosingForm(forms.PageForm):
    """A form some of whose choices are known only once it is asked for."""

    def __init__(self, *args: Any, choices: dict[str, Choices], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, given in choices.items():
            self.fields[name].choices = list(given)  # type: ignore[attr-defined]
        if "own" in self.fields and not choices["own"]:
            del self.fields["own"]


class TellForm(forms.PageForm):
    kind = forms.ChoiceField(
        "What is it?", subject="what it is", choices=[(k.value, k.label) for k in ReferralKind]
    )
    harm = forms.ChoiceField(
        "Was a child harmed?",
        subject="whether a child was harmed",
        choices=[("no", "No"), ("yes", "Yes"), ("not known", "We do not know")],
    )
    happened = forms.TextField(
        "When was it?", subject="when it was", max_length=60, required=False,
        hint="As far as you know: 4 March 2019, early March, last winter",
    )  # fmt: skip
    setting = forms.TextField(
        "Where was it?", subject="where it was", max_length=200, required=False,
        hint="The sort of place, such as a primary school",
    )  # fmt: skip
    what = forms.LongTextField(
        "What happened?", rows=4, subject="what happened", max_length=LONGEST_TOLD, hint=_NOBODY
    )
    why = forms.LongTextField(
        "Why does it matter?", rows=3, subject="why it matters", max_length=LONGEST_TOLD,
        hint="What could have come of it, or what went well because of it",
    )  # fmt: skip
    lesson = forms.LongTextField(
        "What could others learn?", rows=3, subject="what others could learn",
        max_length=LONGEST_TOLD, required=False,
    )  # fmt: skip


class ReferForm(TellForm, ChoosingForm):
    partnership = forms.SelectField("To which partnership?", choices=[], subject="a partnership")
    second = forms.SelectField(
        "Who is asked whether they agree?", choices=[], subject="the second person",
        required=False, hint="Of another agency. If you leave it, the secretariat asks somebody",
    )  # fmt: skip
    own = forms.SelectField(
        "For which of your seats do you refer it?", choices=[], subject="your seat", required=False,
        hint="You have seats of several agencies",
    )  # fmt: skip
    field_order = ("partnership", "own", *TellForm.base_fields, "second")


class AgainForm(TellForm, ChoosingForm):
    second = forms.SelectField(
        "Who is asked whether they agree?", choices=[], subject="the second person",
        required=False,
    )  # fmt: skip


class SecondForm(ChoosingForm):
    second = forms.SelectField(
        "Who is asked whether they agree?", choices=[], subject="the second person",
        hint="Of another agency than whoever refers it",
    )  # fmt: skip


class AgreeForm(forms.PageForm):
    why = forms.LongTextField("What convinced you?", rows=3, subject="the reason", max_length=2000)


class TakeForm(forms.PageForm):
    why = forms.LongTextField(
        "What does the group want to learn from it?", rows=3, subject="what is to be learnt",
        max_length=2000,
    )  # fmt: skip


class LearnForm(forms.PageForm):
    learnt = forms.LongTextField(
        "What was learnt?", rows=4, subject="what was learnt", max_length=LONGEST_TOLD
    )
    told_to = forms.LongTextField(
        "Who was told, and how?", rows=2, subject="who was told", max_length=2000
    )


class InviteForm(ChoosingForm):
    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    agency = forms.SelectField("Of which agency?", choices=[], subject="the agency")
    name = forms.TextField("Their name", subject="their name", max_length=200)
    email = forms.EmailField(
        "Their work email address", subject="their email address", max_length=254
    )
    why = forms.WhyThereField()


class GroupForm(ChoosingForm):
    partnership = forms.SelectField("Of which partnership?", choices=[], subject="a partnership")
    group = forms.TextField(
        "The reference of the group", subject="the reference of the group", max_length=40,
        width=20, hint="It may be another partnership’s, such as one that several share",
    )  # fmt: skip
    source = forms.LongTextField(
        "Where was this agreed?", rows=2, subject="where it was agreed", max_length=1000
    )


class RouteForm(ChoosingForm):
    partnership = forms.SelectField("Of which partnership?", choices=[], subject="a partnership")
    step = forms.SelectField(
        "Which step?", subject="the step", choices=[(s.value, s.label) for s in RouteStep]
    )
    place = forms.TextField(
        "In which borough?", subject="the borough", max_length=120, required=False,
        hint="Leave it empty for the shared way",
    )  # fmt: skip
    words = forms.LongTextField(
        "Who does it, and how?", rows=3, subject="who does it", max_length=LONGEST_TOLD,
        required=False,
    )  # fmt: skip
    question = forms.LongTextField(
        "Or which question is open?", rows=2, subject="the question", max_length=2000,
        required=False, hint="What the source does not say is a question, never a guess",
    )  # fmt: skip
    source = forms.LongTextField(
        "Where is it written?", rows=2, subject="the source", max_length=1000
    )
    stated_on = forms.TextField(
        "When did it become known?", subject="when it became known", max_length=60,
        required=False, hint="As exactly as you know: November 2018, 29 March 2019",
    )  # fmt: skip
    from_day = forms.DayField("From when does it hold?", subject="the first day", required=False)
