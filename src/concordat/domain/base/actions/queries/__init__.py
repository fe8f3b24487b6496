"""Actions that an actor may see, and what each asks of them."""

from concordat.domain.base.actions.models import Action, Contact, Entry, Evidence
from concordat.domain.base.actions.queries.access import part_for, part_in
from concordat.domain.base.actions.queries.lists import (
    actions,
    actions_on,
    agencies_that_answer,
    bodies_that_set,
    in_a_sentence,
    listed,
    of_agency,
    others,
    shown,
)
from concordat.domain.base.actions.queries.one import (
    action,
    contact,
    contacts,
    entries,
    evidence,
    last_link,
    may_name_contact,
    to_be_read,
)
from concordat.domain.base.actions.queries.over_time import AsAt, as_at, by_agency
from concordat.domain.base.actions.queries.owners import may_raise, owner, owner_choices
from concordat.domain.base.actions.queries.round import (
    judged,
    list_workbook,
    may_take_round,
    workbook,
)

__all__ = [
    "Action",
    "AsAt",
    "Contact",
    "Entry",
    "Evidence",
    "action",
    "actions",
    "actions_on",
    "agencies_that_answer",
    "as_at",
    "bodies_that_set",
    "by_agency",
    "contact",
    "contacts",
    "entries",
    "evidence",
    "in_a_sentence",
    "judged",
    "last_link",
    "list_workbook",
    "listed",
    "may_name_contact",
    "may_raise",
    "may_take_round",
    "of_agency",
    "others",
    "owner",
    "owner_choices",
    "part_for",
    "part_in",
    "shown",
    "to_be_read",
    "workbook",
]
