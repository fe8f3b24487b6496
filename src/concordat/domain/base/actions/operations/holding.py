"""What every act on an action shares: taking it, moving it on, and telling of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action, Entry
from concordat.domain.base.actions.queries.access import part_in
from concordat.domain.base.actions.rules import Part, Stage, Told
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.calendar import add_months
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict

_WITH = (
    "record",
    "partnership",
    "set_by__record",
    "agency",
    "asked__record",
    "owner_seat__record",
    "owner_person__record",
    "owner_agency__record",
)
May = Callable[[Part, Action], Verdict]


def fresh(action: Action) -> Action:
    return Action.objects.select_related(*_WITH).get(pk=action.pk)


def taken(
    actor: Actor,
    action: Action,
    verb: str,
    may: May,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Action:
    """Lock an action that the actor may do this with now, in a state that allows it.

    Raises `Stale` with both texts when somebody else came first, before any other refusal: who
    is told that an action is closed should see who closed it.
    """

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(action)), fresh(action))

    record = take(
        action.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(fresh(action), mine or {}),
        may=judge,
    )
    held = fresh(action)
    held.record = record
    rules.STATES.verdict(Stage(held.stage), verb).require()
    is_free(record, verb).require()
    return held


def _stands(action: Action, mine: Texts) -> dict[str, str]:
    """What stands now under the labels of what somebody wrote, and where the action is."""
    now = {
        "words": action.last_word,
        "standing": action.get_standing_display(),
        "due": day_in_words(action.due) if action.due else "No end date",
        "owner": action.owner_name,
        "done": action.done,
        "reason": action.end_reason,
    }
    told = {label: now[label] for label in mine if label in now}
    return told | {"state": Stage(action.stage).words}


def moved(action: Action, verb: str) -> None:
    action.stage = rules.STATES.after(Stage(action.stage), verb)
    action.rank = Stage(action.stage).rank


def timed(action: Action, due: date | None, look_every: int | None, today: date) -> None:
    """Give an action its day, or its next look."""
    action.due, action.look_every = due, look_every
    action.comes_up = due or add_months(today, look_every or 1)
    action.first_due = action.first_due or due


def tell(
    actor: Actor,
    action: Action,
    told: Told,
    words: str = "",
    *,
    standing: str = "",
    due: tuple[date | None, date | None] = (None, None),
    owner: tuple[str, str] = ("", ""),
) -> Entry:
    """Set down one entry. `due` and `owner` are what was before and what is after."""
    return Entry.objects.create(
        action=action,
        told=told,
        words=words,
        standing=standing,
        due_before=due[0],
        due_after=due[1],
        owner_before=owner[0],
        owner_after=owner[1],
        by=actor.signature[:200],
        on=actor.on,
    )


def require(verdict: Verdict, field: str) -> None:
    """A refusal that is about what was typed is shown beside the field."""
    if not verdict:
        raise Invalid(str(verdict), field=field)
