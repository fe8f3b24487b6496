"""What the outbox, an invitation and a guest at the door are asked."""

from __future__ import annotations

from concordat.domain.base.mail.rules import GUEST_LASTS, LONGEST, Opening, State
from concordat.web.ui.forms import (
    ChoiceField,
    CodeField,
    EmailField,
    FilterForm,
    LongTextField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
)

OF_THEIR_OWN = (Opening.UPDATE, Opening.REQUEST)
"""Links that are sent by what they are for, and by nobody from here."""


class OutboxFilter(FilterForm):
    state = SelectField(
        "State", choices=[(state.value, state.label) for state in State], required=False
    )


class InviteForm(PageForm):
    name = TextField("Name of the guest", hint="One person. The link is for them alone.")
    email = EmailField("Their work email address", max_length=254, autocomplete="off")
    opening = ChoiceField(
        "What is the link for?",
        subject="what the link is for",
        choices=[(each.value, each.label) for each in Opening if each not in OF_THEIR_OWN],
    )
    days = NumberField(
        "How many days will it work?",
        subject="how many days it will work",
        hint=f"Up to {LONGEST.days} days",
        least=1,
        most=LONGEST.days,
        width=3,
        initial=GUEST_LASTS.days,
    )


class RevokeForm(PageForm):
    reason = LongTextField("Why do you take it back?", subject="why you take it back", rows=3)


class DoorForm(PageForm):
    """The guest asks for a code."""


class CodeForm(PageForm):
    code = CodeField("Code", hint="6 digits. It works for 10 minutes.")
