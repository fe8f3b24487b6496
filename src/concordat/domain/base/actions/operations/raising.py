"""Raising an action from a record, and letting its owner work on it."""

from __future__ import annotations

from datetime import date, datetime

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import holding, linking, owing, owning
from concordat.domain.base.actions.queries.access import (
    Owner,
    chairs_of,
    part_for,
)
from concordat.domain.base.actions.rules import Priority, Told
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Grant, Record, Recusal
from concordat.domain.base.records.operations import happened, open_record, operation
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.domain.base.seats.models import Body
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

_MOST_WORDS = 4_000


@operation
def add(
    actor: Actor,
    *,
    source: Record,
    what: str,
    set_by: Body,
    owner: Owner,
    due: date | None = None,
    look_every: int | None = None,
    why: str = "",
    source_place: str = "",
    priority: Priority = Priority.ORDINARY,
    evidence_wanted: str = "",
    sensitivity: Sensitivity = Sensitivity.PARTNERSHIP,
    door: str = "",
    now: datetime | None = None,
) -> Action:
    """Raise an action from any record, set by a body, owed by a seat, a person or an agency.

    It has a due day, or is looked at every `look_every` months. It is held at least as closely
    as its source, open to the same named people and to its owner. `door` is the whole address of
    the guests' page with the place of the token: an agency whose contact has no account is sent
    a link at once, at `now`; without it the secretariat is asked to.
    """
    judged(actor, Verb.SEE, source).require()
    home = source.partnership or source
    part = part_for(actor, set_by, home.pk)
    rules.may_add(part, changes_source=bool(can(actor, Verb.CHANGE, source))).require()
    of_one_partnership(home, set_by, owner)
    told = rules.a_sentence(what)
    holding.require(rules.is_timed(due, look_every, actor.on), "due")
    level = max(Sensitivity.PARTNERSHIP, sensitivity, source.level)
    words = " ".join([why, evidence_wanted])[:_MOST_WORDS]
    action = Action(
        record=_record(actor, source, home, set_by, title=told, level=level, words=words),
        partnership=home,
        source=source,
        source_kind=source.kind,
        source_place=source_place.strip()[: rules.LONGEST_PLACE],
        why=why.strip(),
        set_by=set_by,
        priority=priority,
        evidence_wanted=evidence_wanted.strip(),
        heard_on=actor.on,
    )
    owning.own(actor, action, owner)
    holding.timed(action, due, look_every, actor.on)
    action.save(force_insert=True)
    _open_as(actor, source, action)
    _told(actor, action)
    _begin(actor, action, door, now)
    return action


def _record(
    actor: Actor,
    source: Record,
    home: Record,
    set_by: Body,
    *,
    title: str,
    level: Sensitivity,
    words: str,
) -> Record:
    return open_record(
        actor,
        kind=RecordKind.ACTION,
        title=title,
        partnership=home,
        opened=actor.on,
        owner=source.owner or set_by.record,
        sensitivity=level,
        listed=source.listed,
        words=words,
    )


def of_one_partnership(home: Record, set_by: Body, owner: Owner) -> None:
    theirs = owner.record.partnership_id if isinstance(owner, Person) else owner.partnership_id
    if set_by.partnership_id != home.pk:
        raise Invalid("The body that sets it is of another partnership.", field="set_by")
    if theirs != home.pk:
        raise Invalid("The owner is of another partnership.", field="owner")


def _open_as(actor: Actor, source: Record, action: Action) -> None:
    """Keep the action from whom its source is kept from; let in who was let in to what is held
    as closely, its owner, and whoever chairs the body that accepts it."""
    record = action.record
    for recusal in Recusal.objects.filter(record=source):
        recusal.pk, recusal.record = None, record
        recusal.save(force_insert=True)
    if record.level == source.level > Sensitivity.PARTNERSHIP:
        for grant in Grant.objects.filter(record=source):
            grant.pk, grant.record = None, record
            grant.save(force_insert=True)
    owning.let_work(actor, action)
    if record.level is Sensitivity.RESTRICTED:
        for chair in chairs_of(action.set_by):
            owning.grant(actor, record, chair.record, Level.SEE, "Accepts what is done.")


def _told(actor: Actor, action: Action) -> None:
    owner = action.owner_name
    holding.tell(actor, action, Told.SET, action.why, due=(None, action.due), owner=("", owner))
    happened(
        actor,
        "action set",
        action.record,
        reason=action.why,
        after={
            "from": action.source.reference,
            "by": action.set_by.record.reference,
            "owner": owner,
            "due": action.due,
            "looked at every": action.look_every,
            "priority": action.priority,
        },
    )


def _begin(actor: Actor, action: Action, door: str, now: datetime | None) -> None:
    """Ask the owner at once; who has no account is sent a link, if one can be."""
    if rules.is_to_be_asked(action.comes_up, action.due is None, None, actor.on):
        action.asked_for = action.comes_up
        action.save(update_fields=["asked_for"])
    if action.asked is None and door and now and linking.by_mail(action):
        linking.send(actor, action, door=door, now=now)
        return
    owing.ask_owner(actor, action, action.due)
