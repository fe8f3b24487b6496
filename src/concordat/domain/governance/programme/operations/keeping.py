"""Rows of a plan set down and amended under their keys; what a kind demands is asked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import change, hold_still, index, operation
from concordat.domain.base.records.operations.unit import locked
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import (
    ADDRESSED,
    KINDS,
    OWN,
    LearningCycle,
    Milestone,
    Room,
)
from concordat.domain.governance.programme.operations.sharing import share_with_its_programme
from concordat.domain.governance.programme.operations.taking import valid
from concordat.domain.governance.programme.operations.telling import HOW
from concordat.domain.governance.programme.rules import (
    capacity,
    contracts,
    learning,
    life,
    path,
    slips,
)
from concordat.domain.governance.programme.rules.path import Node, Plan
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused

ALL = KINDS | OWN
TITLES = {
    "cycle_findings": "says", "cycle_works": "what", "gates": "question",
    "learning_cycles": "theme", "lessons": "says", "obligations": "what",
}  # fmt: skip
TOGETHER = frozenset({"milestones", "rooms"})
"""Kinds whose rows are judged by others, which nobody changes meanwhile."""
UNTITLED = frozenset({"cycle_members", "rooms", "replans"})
STEPPED = frozenset({*ADDRESSED, "appointments"})
"""Kinds that come further step by step, each step with its own rule."""


@operation
def add(
    actor: Actor, *, partnership: Record, kind: str, name: str, values: Mapping[str, Any]
) -> Any:
    """Set down a new row, known from today; its key is made of its name and nobody else's."""
    hold_still(actor, partnerships=[partnership])
    rows = ALL[kind][0]._default_manager.filter(partnership=partnership)
    key = free_key(name, set(rows.values_list("key", flat=True)))
    told = {"stated_text": actor.on.isoformat(), **values}
    return set_down(actor, partnership=partnership, kind=kind, key=key, values=told)


@operation
def set_down(
    actor: Actor,
    *,
    partnership: Record,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Any:
    """Set down or amend one row under its key. What its kind demands is asked first."""
    model, noun = ALL[kind]
    if kind in TOGETHER:
        locked(partnership.pk)
    held: Any = model._default_manager.filter(partnership=partnership, key=key).first()
    told = dict(values)
    answers = _answers(held) if held is not None else None
    if kind in STEPPED and held is not None and told.get("state", held.state) != held.state:
        raise Refused("How far it is changes step by step, each step with its reason.")
    if held is None and kind in PLANNED:
        _belongs_to_something_open(told)
    if kind not in UNTITLED:
        _titled(told, held, TITLES.get(kind, "title"))
    if check := _CHECKS.get(kind):
        check(actor, partnership, told, held, key)
    record_kind, title = ADDRESSED.get(kind, (None, ""))
    row = change(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=told,
        noun=noun,
        kind=record_kind,
        title=_said(told, held, title)[: life.LONGEST_TITLE] if title else "",
        seen_version=seen_version,
    )
    if record_kind:
        root: Record = row.record  # type: ignore[attr-defined]
        index(actor, record=root, words=_words(row))
        if answers is not None and answers != _answers(row):
            why = "Somebody else answers for it"
            clear_asks(actor, record=root, errand=Errand.UPDATE, what=HOW, outcome=why)
        share_with_its_programme(actor, row)
    return row


def _answers(row: Any) -> object:
    """Who is asked how something goes."""
    return getattr(row, "owner", "") or getattr(row, "lead", "") or getattr(row, "steered_by", "")


def _said(told: Mapping[str, Any], held: Keyed | None, name: str) -> str:
    return str(told[name] if name in told else getattr(held, name, ""))


def _titled(told: dict[str, Any], held: Keyed | None, name: str) -> None:
    said = _said(told, held, name).strip()
    if not said:
        raise Invalid("Say what it is.", field=name)
    if len(said) > life.LONGEST_TEXT:
        raise Invalid(f"Use {life.LONGEST_TEXT:,} characters or fewer.", field=name)


def _words(row: Keyed) -> str:
    told = [getattr(row, name, "") for name in ("about", "success", "evidence", "rule", "summary")]
    lists = [getattr(row, name, []) for name in ("aims", "contents")]
    return " ".join([*told, *(each for said in lists for each in said)])


# --- what a kind demands


PLANNED = frozenset({"gates", "milestones", "phases", "products", "workstreams"})
"""Kinds that are planned in a programme or a priority, while it is not over."""


def _belongs_to_something_open(told: Mapping[str, Any]) -> None:
    homes = (told.get(name) for name in ("programme", "priority"))
    for home in filter(None, homes):
        is_open(home.record.closed).require()
        if home.stage.is_over:
            raise Refused(f"“{home.title}” is over: nothing more is planned in it.")


def _milestone(
    actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str
) -> None:
    if held is not None and held.due and told.get("due", held.due) != held.due:
        raise Refused(
            "The day of a milestone changes by planning it again, so that the old one, the "
            "reason and who agreed stay on file."
        )
    row = held or Milestone(partnership=partnership, key=key)
    now = Milestone(partnership=partnership, key=key)
    for name in ("title", "programme", "due", "first_due", "depends_on", "takes", "rule"):
        setattr(now, name, told.get(name, getattr(row, name)))
    if not 0 <= (now.takes or 0) <= MOST_DAYS:
        raise Invalid(f"Give between 0 and {MOST_DAYS} days.", field="takes")
    if not now.first_due and now.due_day:
        told["first_due"] = now.due_day.iso()
    if held is None and now.due_day:
        began = now.programme.period.start if now.programme else None
        valid(slips.may_replan(None, now.due_day, starts=began), "due")
    if held is None or now.rule != held.rule:
        _within_the_law(actor, now, "due" if held is None else "rule")
    _in_its_order(actor, now, held)


def _within_the_law(actor: Actor, now: Milestone, field: str) -> None:
    wall = queries.wall_of(actor, now.partnership, now.rule)
    if wall and wall.verified:
        valid(path.within_the_law(now.due_day, wall.day, wall.rule), field)


def _in_its_order(actor: Actor, now: Milestone, held: Any) -> None:
    """What comes first stands in the same programme, and nothing waits for itself."""
    plan = _plan(actor, now)
    key, after = now.in_plan(), [now.in_plan(each) for each in now.depends_on]
    moved = held is None or now.programme != held.programme
    before = set() if moved else {now.in_plan(each) for each in held.depends_on}
    if set(after) - before - plan.keys():
        raise Invalid(
            "What comes first is a milestone of the same programme.",
            field="depends_on",
            mend="Choose from those of this programme.",
        )
    valid(path.may_wait_for(plan, key, now.title, after), "depends_on")
    node = Node(key, now.title, now.due_day, tuple(after), now.takes or 0)
    valid(path.too_early({**plan, key: node}, key), "due" if held is None else "depends_on")


MOST_DAYS = 1_000


def _plan(actor: Actor, now: Milestone) -> Plan:
    """The plan of a programme, or of all milestones of a partnership that belong to none."""
    if now.programme:
        return queries.plan_of(actor, list(queries.milestones(actor, now.programme)))
    rows = queries.milestones_at(actor, now.partnership).filter(programme=None)
    return queries.plan_of(actor, list(rows.select_related("partnership")))


def _need(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    _quarterly(actor, partnership, told, held, key)
    aside = held is not None and held.set_aside_on is not None
    valid(capacity.may_be_worth(_said(told, held, "worth"), set_aside=aside), "worth")


def _product(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    """What is handed over is accepted as it is, by whoever was asked."""
    for name in ("accepted_by", "contents"):
        if held and held.handed_on and told.get(name, getattr(held, name)) != getattr(held, name):
            raise Invalid("This is handed over. Send it back first.", field=name)


def _quarterly(
    actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str
) -> None:
    quarter = _said(told, held, "quarter")
    valid(capacity.is_quarter(UncertainDate.parse(quarter)), "quarter")
    told["quarter"] = UncertainDate.parse(quarter).iso()


def _room(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    """A post has one room in a quarter: another is a correction of the first."""
    _quarterly(actor, partnership, told, held, key)
    post = told.get("post", getattr(held, "post", None))
    rows = Room.objects.filter(post=post, quarter=told["quarter"])
    if rows.exclude(key=key).exists():
        raise Invalid(
            "It is said already for how many days this post is free in that quarter.",
            field="quarter",
            mend="Change that entry.",
        )


def _programme(
    actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str
) -> None:
    amount = told.get("amount")
    if amount is not None and amount < 0:
        raise Invalid("The money is less than nothing.", field="amount")


def _finding(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    """What the board has before it stands still; its answer may be corrected."""
    said = {"says", "suggests"} & told.keys()
    if held is None or any(getattr(held, name) != told[name] for name in said):
        whose: LearningCycle = told.get("cycle") or held.cycle
        learning.may_change_findings(whose.stage).require()


def _member(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    named = [told.get(name, getattr(held, name, None)) for name in ("agency", "post", "who")]
    if not any(named):
        raise Invalid("Say who takes part: an agency, a post, or in words.", field="who")


def _cycle(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    """Whoever shares a programme may run a cycle for a priority of it, and nobody else."""
    if priority := told.get("priority"):
        can(actor, Verb.SEE, priority.record).require()


def _contract(actor: Actor, partnership: Record, told: dict[str, Any], held: Any, key: str) -> None:
    if held is not None:
        changed = [
            name
            for name in contracts.FIXED
            if getattr(held, name) not in ("", None)
            and told.get(name, getattr(held, name)) != getattr(held, name)
        ]
        valid(contracts.may_amend(held.stage, changed), changed[0] if changed else "")


Check = Callable[[Actor, Record, dict[str, Any], Any, str], None]
_CHECKS: dict[str, Check] = {
    "cycle_findings": _finding,
    "cycle_members": _member,
    "contracts": _contract,
    "learning_cycles": _cycle,
    "milestones": _milestone,
    "needs": _need,
    "products": _product,
    "programmes": _programme,
    "rooms": _room,
}
