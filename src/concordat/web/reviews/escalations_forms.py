"""What is typed and chosen on the pages of disagreements."""

from __future__ import annotations

from concordat.domain.practice.reviews.rules.escalations import EscalationOutcome
from concordat.domain.practice.reviews.rules.referrals import LONGEST_TOLD
from concordat.web.reviews.referrals_forms import ChoosingForm
from concordat.web.ui import forms

_NOBODY = "Never a name, a date of birth, an NHS number or an address"


class RaiseForm(ChoosingForm):
    partnership = forms.SelectField("In which partnership?", choices=[], subject="a partnership")
    own = forms.SelectField(
        "For which of your seats do you raise it?", choices=[], subject="your seat",
        required=False, hint="You have seats of several agencies",
    )  # fmt: skip
    other = forms.SelectField(
        "With which agency do you disagree?", choices=[], subject="the agency"
    )
    theirs = forms.SelectField(
        "Whom of theirs do you disagree with?", choices=[], subject="whom of theirs"
    )
    label = forms.TextField(
        "The child’s label, if there is one", subject="the label", max_length=40, required=False,
        width=20, hint="Such as Heron. Never a name",
    )  # fmt: skip
    about = forms.LongTextField(
        "What do you disagree about?", rows=4, subject="what you disagree about",
        max_length=LONGEST_TOLD, hint=_NOBODY,
    )  # fmt: skip
    wanted = forms.LongTextField(
        "What would settle it?", rows=3, subject="what would settle it", max_length=LONGEST_TOLD
    )


class AddForm(forms.PageForm):
    words = forms.LongTextField(
        "What was said or done?", rows=4, subject="what was said", max_length=LONGEST_TOLD,
        hint=_NOBODY,
    )  # fmt: skip


class FurtherForm(ChoosingForm):
    why = forms.LongTextField(
        "Why did this stage not settle it?", rows=3, subject="the reason", max_length=LONGEST_TOLD
    )
    ours = forms.SelectField("Who speaks for your agency now?", choices=[], subject="who speaks")
    theirs = forms.SelectField("And for theirs?", choices=[], subject="who speaks for theirs")


class SettleForm(forms.PageForm):
    outcome = forms.ChoiceField(
        "How did it come out?", subject="how it came out",
        choices=[(each.value, each.label) for each in EscalationOutcome],
    )  # fmt: skip
    words = forms.LongTextField(
        "What was agreed, and what happens now?", rows=4, subject="what was agreed",
        max_length=LONGEST_TOLD, hint=_NOBODY,
    )  # fmt: skip


class PolicyForm(ChoosingForm):
    partnership = forms.SelectField("Of which partnership?", choices=[], subject="a partnership")
    stages = forms.LongTextField(
        "Stages, a line each, with their working days", rows=6, subject="the stages",
        max_length=2000, hint="Such as “Between their managers: 2”",
    )  # fmt: skip
    source = forms.LongTextField(
        "Which document or decision sets this?", rows=2, subject="the source", max_length=1000
    )
