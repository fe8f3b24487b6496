"""Taking a risk to another register, to a meeting, and to another partnership."""

from __future__ import annotations

from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Line, Meeting
from concordat.domain.governance.meetings.rules.life import LIVE, Place, Purpose
from concordat.domain.governance.risks.models import Acceptance, Moved, Register, Risk, Tie
from concordat.domain.governance.risks.operations import owing, raising, scoring, telling
from concordat.domain.governance.risks.operations.taking import fresh, taken
from concordat.domain.governance.risks.queries.one import common_views
from concordat.domain.governance.risks.queries.who import keeper_of, part_in, part_on
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Treatment, Which
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused

LONGEST_TIE = 300


@operation
def move(
    actor: Actor,
    *,
    risk: Risk,
    to: Register,
    reason: str,
    likelihood: str = "",
    impact: str = "",
    seen_version: int | None = None,
) -> Risk:
    """Take a risk to another register of the partnership, such as the executive's, or back.

    Where the two schemes differ it is scored anew, and its other two scores are not carried
    over: a score is never converted. Whoever chairs the body of the register is told. What one
    body accepted is not accepted by another.
    """
    held = taken(
        actor,
        risk,
        "move",
        life.may_work,
        seen_version=seen_version,
        mine={"reason": reason.strip()},
    )
    why = life.needed("reason", reason, "Say why it moves.")
    judged(actor, Verb.SEE, to.record).require()
    _of_here(held, to)
    if held.register is None:
        raise Refused("This risk stands in no register.")
    before, former = held.register, held.score(Which.CURRENT)
    way = way_between(actor, before, to)
    held.register = to
    opened = _hold_as(held, actor, to) | _accepted_no_longer(actor, held, before, to)
    if before.scheme != to.scheme:
        _score_anew(actor, held, to, why, likelihood, impact)
    else:
        _carry(actor, held, why)
    remember(actor, row=held)
    held.save()
    Moved.objects.create(
        risk=held,
        from_register=before,
        to_register=to,
        reason=why,
        on=actor.on,
        by=actor.signature[:200],
    )
    now = held.score(Which.CURRENT)
    happened(
        actor,
        f"risk {way}",
        held.record,
        reason=why,
        before={"register": before.title, "current": former.words if former else ""},
        after={"register": to.title, "current": now.words if now else "", **opened},
    )
    owing.tell_of_move(actor, held, to, way, why)
    telling.tell_of_move(actor, held, before, way, why)
    return held


def _hold_as(risk: Risk, actor: Actor, to: Register) -> dict[str, str]:
    """A risk is the body's that keeps its register, and held as closely as that at least; what
    of this is for the event."""
    record, keeper = risk.record, keeper_of(actor, to)
    before = record.level
    record.owner = keeper.record if keeper else None
    record.sensitivity = max(before, to.record.level)
    record.listed = record.listed and to.record.listed
    record.save(update_fields=["owner", "sensitivity", "listed"])
    return {} if record.level == before else {"sensitivity": record.level.label}


def _accepted_no_longer(actor: Actor, risk: Risk, before: Register, to: Register) -> dict[str, str]:
    """End an acceptance by a body whose risk it is no more; what of this is for the event."""
    if keeper_of(actor, before) == keeper_of(actor, to):
        return {}
    standing = Acceptance.objects.filter(risk=risk, ended_on=None)
    if not standing.update(ended_on=actor.on, end_reason=f"It stands in {to.title} now"):
        return {}
    if risk.treatment == Treatment.TOLERATE:
        risk.treatment = ""
    return {"acceptance": "ended"}


def _of_here(risk: Risk, to: Register) -> None:
    if to.partnership_id != risk.partnership_id:
        raise Invalid(
            "This register is of another partnership.",
            field="to",
            mend="Share the risk with that partnership instead.",
        )
    if to.pk == risk.register_id:
        raise Invalid("It stands there already.", field="to", mend="Choose another register.")


def _score_anew(
    actor: Actor, risk: Risk, to: Register, why: str, likelihood: str, impact: str
) -> None:
    if not likelihood and not impact:
        raise Invalid(
            f"{to.title} scores by another scheme ({to.scheme.name}); scores are never converted.",
            field="likelihood",
            mend="Score the risk anew in its words.",
        )
    given = to.scheme.score(likelihood, impact)
    for which in Which:
        risk.say(which, "", "")
    scoring.set_down(actor, risk, Which.CURRENT, given, why, actor.on)


def _carry(actor: Actor, risk: Risk, why: str) -> None:
    """Within one scheme the three scores go along, dated anew in their new register."""
    for which in Which:
        if given := risk.score(which):
            scoring.set_down(actor, risk, which, given, why, actor.on)


def way_between(actor: Actor, before: Register, to: Register) -> str:
    """Whether a risk goes up, back down, or aside: by which body reports to which."""
    lower, higher = keeper_of(actor, before), keeper_of(actor, to)
    if lower and higher and higher.key in lower.parents:
        return "escalated"
    if lower and higher and lower.key in higher.parents:
        return life.HANDED_BACK
    return "moved"


@operation
def put_before(
    actor: Actor,
    *,
    risk: Risk,
    meeting: Meeting,
    purpose: Purpose,
    reason: str,
    minutes: int | None = None,
    seen_version: int | None = None,
) -> Line:
    """Propose a risk for the agenda of a meeting. Its chair takes it on, as with every item."""
    held = taken(actor, risk, "put before", life.may_work, seen_version=seen_version)
    why = life.needed("reason", reason, "Say what the meeting is to do with it, and why now.")
    open_ = Line.objects.filter(meeting=meeting, item__about=held.record)
    if open_.filter(place__in=[Place.PROPOSED.value, *(each.value for each in LIVE)]).exists():
        raise Refused("This risk stands before that meeting already.")
    line = meetings.propose(
        actor,
        meeting=meeting,
        title=f"Risk: {held.title}"[:300],
        purpose=purpose,
        minutes=minutes,
        about=held.record,
        why=why,
    )
    after = {"meeting": meeting.record.reference, "to": purpose}
    happened(actor, "risk put before a meeting", held.record, reason=why, after=after)
    if held.register and meeting.body_id == _keeper(actor, held.register):
        telling.withdraw(actor, held, f"It was put before {meeting.record.reference}.")
    return line


def _keeper(actor: Actor, register: Register) -> object:
    body = keeper_of(actor, register)
    return body.pk if body else None


@operation
def share(actor: Actor, *, risk: Risk, partnership: Record, reason: str) -> Risk:
    """Let another partnership see a risk that is common to both, and score it for itself."""
    held = fresh(risk)
    if held.common_id:
        raise Refused("This is your own view of a risk that another partnership shares.")
    if held.record.shares.filter(partnership=partnership, to_day=None).exists():
        raise Invalid("It is shared with them already.", field="partnership")
    records.share(
        actor, record=held.record, partnership=partnership, reason=reason, from_day=actor.on
    )
    return held


@operation
def take_in(
    actor: Actor,
    *,
    risk: Risk,
    register: Register,
    likelihood: str,
    impact: str,
    reason: str,
    owner: str = "",
) -> Risk:
    """Take a risk that another partnership shares into one's own register, scored for oneself.

    Everybody who shares it sees how the others score it, each in their own scheme.
    """
    can(actor, Verb.SEE, risk.record).require()
    life.may_keep(part_on(actor, register)).require()
    root = risk.common or risk
    if register.partnership_id == root.partnership_id:
        raise Refused("This risk is your own already.")
    if Risk.objects.filter(common=root, partnership=register.partnership_id).exists():
        raise Refused("This risk stands in a register of yours already.")
    others = common_views(process(actor.signature, actor.on), root)
    mine = raising.add(
        actor,
        register=register,
        title=root.title,
        about=root.about,
        reason=reason,
        current=(likelihood, impact),
        owner=owner,
        common=root,
        source=f"Shared by {root.partnership.title}, {root.record.reference}",
    )
    _let_each_see(actor, mine, others)
    return mine


def _let_each_see(actor: Actor, mine: Risk, others: list[Risk]) -> None:
    """Open a new view to those who share the risk, and theirs to its partnership."""
    clerk = process(actor.signature, actor.on)
    why = "A risk common to both partnerships"
    for other in others:
        for record, home in ((mine.record, other.partnership), (other.record, mine.partnership)):
            if not record.shares.filter(partnership=home, to_day=None).exists():
                records.share(clerk, record=record, partnership=home, reason=why, from_day=actor.on)


@operation
def tie(actor: Actor, *, risk: Risk, record: Record, words: str = "") -> Tie:
    """Tie a risk to any other record: a decision, an action, what a clock runs on."""
    take(risk.pk, may=lambda held: judged(actor, Verb.SEE, held))
    held = fresh(risk)
    life.may_work(part_in(actor, held)).require()
    can(actor, Verb.SEE, record).require()
    if record.pk == held.pk:
        raise Invalid("This is the risk itself.", field="record", mend="Give another reference.")
    row, made = Tie.objects.get_or_create(
        risk=held,
        record=record,
        defaults={
            "words": words.strip()[:LONGEST_TIE],
            "by": actor.signature[:200],
            "on": actor.on,
        },
    )
    if not made:
        raise Invalid("It is tied to this already.", field="record", mend="Give another reference.")
    happened(actor, "risk tied", held.record, reason=row.words, after=_named(held, record))
    return row


@operation
def untie(actor: Actor, *, risk: Risk, tie: Tie) -> Risk:
    """Take a tie away."""
    take(risk.pk, may=lambda held: judged(actor, Verb.SEE, held))
    held = fresh(risk)
    life.may_work(part_in(actor, held)).require()
    row = Tie.objects.select_related("record").get(pk=tie.pk, risk=held)
    happened(actor, "risk untied", held.record, before=_named(held, row.record))
    row.delete()
    return held


def _named(risk: Risk, record: Record) -> dict[str, str]:
    """What a risk is tied to, for its history: not where that is held more closely than it."""
    return {"to": record.reference} if record.level <= risk.record.level else {}


@operation
def acknowledge(actor: Actor, *, risk: Risk) -> int:
    """Say that one has read that a risk came to one's register; how many seats had been told."""
    take(risk.pk, may=lambda held: judged(actor, Verb.SEE, held))
    done = owing.clear_reading(actor, fresh(risk))
    if not done:
        raise Refused("There is nothing here that you were asked to read.")
    return done
