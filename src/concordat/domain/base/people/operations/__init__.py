"""What people may do about themselves and each other."""

from concordat.domain.base.people.operations.account import (
    accept_invitation,
    change_address,
    choose_letter_day,
    close_account,
    invite,
    note,
    remove_authenticator,
    renew_invitation,
    reopen_account,
    set_password,
    withdraw_invitation,
)
from concordat.domain.base.people.operations.acting import end, give, switch, switch_back
from concordat.domain.base.people.operations.drafts import drop_draft, drop_old_drafts, keep_draft
from concordat.domain.base.people.operations.first_days import take_step
from concordat.domain.base.people.operations.person import change, register
from concordat.domain.base.people.operations.world import add_persona, enter_as, mark_world

__all__ = [
    "accept_invitation",
    "add_persona",
    "change",
    "change_address",
    "choose_letter_day",
    "close_account",
    "drop_draft",
    "drop_old_drafts",
    "end",
    "enter_as",
    "give",
    "invite",
    "keep_draft",
    "mark_world",
    "note",
    "register",
    "remove_authenticator",
    "renew_invitation",
    "reopen_account",
    "set_password",
    "switch",
    "switch_back",
    "take_step",
    "withdraw_invitation",
]
