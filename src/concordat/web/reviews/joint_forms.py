"""What is typed and chosen on the pages of a group's caseload and of its joint events."""

from __future__ import annotations

from typing import Any

from concordat.domain.practice.reviews.rules.joint import LONGEST_LINE, LONGEST_WORDS
from concordat.web.reviews.referrals_forms import ChoosingForm
from concordat.web.ui import forms


class PutForm(forms.PageForm):
    why = forms.LongTextField(
        "What is the group to learn from it, or to help with?", rows=3,
        subject="what the group is to learn", max_length=LONGEST_WORDS,
        hint="Everybody in the group reads this. Never a name, a label or an address",
    )  # fmt: skip


class _HoldForm(ChoosingForm):
    on = forms.DayField("When is it?", subject="the day")
    place = forms.TextField("Where?", subject="where", required=False, max_length=LONGEST_LINE)


class PlanForm(_HoldForm):
    title = forms.TextField("Its title", subject="the title", max_length=LONGEST_LINE)
    about = forms.LongTextField(
        "What is passed on?", subject="what is passed on", rows=3, required=False,
        max_length=LONGEST_WORDS,
    )  # fmt: skip
    draws = forms.ManyField(
        "On what does it draw?", subject="on what it draws", choices=[], required=False
    )

    field_order = ("title", "on", "place", "about", "draws")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not options["choices"]["draws"]:
            del self.fields["draws"]


class MoveForm(_HoldForm):
    reason = forms.LongTextField("Why is it moved?", rows=2, subject="the reason", max_length=1000)


class FollowsForm(ChoosingForm):
    partnership = forms.SelectField("Which partnership?", choices=[], subject="the partnership")
    what = forms.LongTextField(
        "What does it do?", subject="what it does", rows=3, max_length=LONGEST_WORDS
    )
    owner = forms.SelectField("Which seat does it?", subject="the seat", choices=[], required=False)
    due = forms.DayField("By when?", subject="the due day")


class DidForm(ChoosingForm):
    follow_up = forms.ChoiceField("What is done?", subject="what is done", choices=[])
    came_of_it = forms.LongTextField(
        "What came of it?", subject="what came of it", rows=3, max_length=LONGEST_WORDS
    )


class CloseForm(forms.PageForm):
    outcome = forms.LongTextField(
        "What came of it, for children or for practice?", rows=4, subject="what came of it",
        max_length=LONGEST_WORDS,
    )  # fmt: skip
