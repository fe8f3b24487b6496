"""Plans made again: the old one, why, and who agreed stay on file."""

from __future__ import annotations

from collections.abc import Sequence

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Milestone, Programme, Replan
from concordat.domain.governance.programme.operations.taking import taken, valid
from concordat.domain.governance.programme.rules import MILESTONES, PROGRAMMES, path, slips
from concordat.domain.governance.programme.rules.path import Node
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

NO_DATE = "No date"


@operation
def replan(
    actor: Actor,
    *,
    milestone: Milestone,
    due: UncertainDate,
    reasons: Sequence[str],
    agreed_by: str,
    source: str = "",
    seen_version: int | None = None,
) -> Replan:
    """Give a milestone another day. The law's last day is a wall that no plan moves. `source`
    says where the change is written.

    Raises `Stale` with both days where somebody else planned it again first.
    """
    record, held = taken(
        actor,
        milestone,
        "re-plan",
        seen_version=seen_version,
        mine={"due": str(due), "reasons": "\n".join(reasons)},
        theirs=lambda now: _stands_now(actor, now),
    )
    _agreed(reasons, agreed_by)
    began = held.programme.period.start if held.programme else None
    valid(slips.may_replan(held.due_day, due, starts=began), "due")
    wall = queries.wall_of(actor, held.partnership, held.rule)
    if wall and wall.verified:
        valid(path.within_the_law(due, wall.day, wall.rule), "due")
    _in_its_place(actor, held, due)
    before, held.due = held.due_day, due.iso()
    held.first_due = held.first_due or (before.iso() if before else held.due)
    held.state = str(MILESTONES.after(held.stage, "re-plan"))
    remember(actor, row=held)
    held.save()
    told = (str(before) if before else NO_DATE, str(due))
    return _kept(actor, record, f"milestones:{held.key}", told, reasons, agreed_by, source)


def _stands_now(actor: Actor, now: Milestone) -> dict[str, str]:
    last = queries.replans_of(actor, now, "milestones").first()
    reasons = "\n".join(last.reasons) if last else ""
    return {"due": str(now.due_day) if now.due_day else NO_DATE, "reasons": reasons}


def _in_its_place(actor: Actor, held: Milestone, due: UncertainDate) -> None:
    if held.programme is None:
        return
    plan = queries.plan_of(actor, list(queries.milestones(actor, held.programme)))
    key = held.in_plan()
    after = tuple(held.in_plan(each) for each in held.depends_on)
    node = Node(key, held.title, due, after, held.takes or 0)
    valid(path.too_early({**plan, key: node}, key), "due")


def _agreed(reasons: Sequence[str], agreed_by: str) -> None:
    why, who = slips.are_reasons(reasons, agreed_by)
    valid(why, "reasons")
    valid(who, "agreed_by")


def _kept(
    actor: Actor,
    record: Record,
    changes: str,
    told: tuple[str, str],
    reasons: Sequence[str],
    agreed_by: str,
    source: str = "",
) -> Replan:
    """The change of plan as a row that a partnership file can hold."""
    before, after = told
    home = record.partnership
    assert home is not None  # noqa: S101 - a programme belongs to a partnership
    keys = set(Replan.objects.filter(partnership=home).values_list("key", flat=True))
    said = [each.strip() for each in reasons if each.strip()]
    row = Replan.objects.create(
        partnership=home,
        key=free_key(f"{changes.partition(':')[2]} {actor.on.isoformat()}", keys),
        changes=changes,
        before=before,
        after=after,
        reasons=said,
        agreed_by=agreed_by.strip(),
        date=actor.on.isoformat(),
        source=source.strip(),
        stated_text=actor.on.isoformat(),
        recorded_by=actor.signature[:200],
    )
    happened(
        actor,
        f"{record.kind} planned again",
        record,
        reason="; ".join(said),
        before={"plan": before},
        after={"plan": after, "agreed by": row.agreed_by},
    )
    return row


@operation
def replan_programme(
    actor: Actor,
    *,
    programme: Programme,
    before: str,
    after: str,
    until: UncertainDate | None,
    reasons: Sequence[str],
    agreed_by: str,
    seen_version: int | None = None,
) -> Replan:
    """Plan a programme again as a whole, in words, with its new end where that moves too."""
    record, held = taken(
        actor,
        programme,
        "re-plan",
        seen_version=seen_version,
        mine={"after": after},
        theirs=lambda now: {"after": _last_plan(actor, now)},
    )
    for name, text in (("before", before), ("after", after)):
        if not text.strip():
            raise Invalid("Say it in a sentence.", field=name)
    _agreed(reasons, agreed_by)
    if until is not None:
        held.to_text = until.iso()
    held.state = str(PROGRAMMES.after(held.stage, "re-plan"))
    remember(actor, row=held)
    held.save()
    told = (before.strip(), after.strip())
    return _kept(actor, record, f"programmes:{held.key}", told, reasons, agreed_by)


def _last_plan(actor: Actor, now: Programme) -> str:
    row = queries.replans_of(actor, now, "programmes").first()
    return row.after if row else str(now.period.end or "")
