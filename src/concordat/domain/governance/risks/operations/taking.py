"""What every act on a risk or a register shares: taking it, and moving it on."""

from __future__ import annotations

from collections.abc import Callable

from concordat.domain.base.actions.rules import Part
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, remember, take
from concordat.domain.base.records.operations.record import judged
from concordat.domain.base.records.operations.unit import Texts
from concordat.domain.base.records.queries import is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.queries.one import WITH
from concordat.domain.governance.risks.queries.who import owner_of, part_in, part_on
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Treatment, Which
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict


def fresh(risk: Risk) -> Risk:
    return Risk.objects.select_related(*WITH).get(pk=risk.pk)


def for_the_timer(actor: Actor) -> None:
    """What nobody but the daily run does. Raises `Refused` for people."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each risk has an event of its own")


def taken(
    actor: Actor,
    risk: Risk,
    verb: str,
    may: Callable[[Part], Verdict],
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Risk:
    """Lock a risk that the actor may do this with now, in a stage that allows it.

    Raises `Stale` with both texts when somebody else came first.
    """

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & may(part_in(actor, fresh(risk)))

    record = take(
        risk.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: _stands(actor, fresh(risk), mine or {}),
        may=judge,
    )
    held = fresh(risk)
    held.record = record
    life.STATES.verdict(held.stage_is, verb).require()
    is_free(record, verb).require()
    return held


def taken_register(
    actor: Actor,
    register: Register,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
) -> Register:
    """Lock a register that the actor keeps."""

    def judge(held: Record) -> Verdict:
        return judged(actor, Verb.SEE, held) & life.may_keep(part_on(actor, register))

    def theirs() -> Texts:
        now = Register.objects.get(pk=register.pk)
        told = {
            "title": now.title,
            "likelihoods": ", ".join(now.likelihoods),
            "impacts": ", ".join(now.impacts),
            "bands": ", ".join(now.bands),
            "owner": now.owner,
        }
        return {label: told[label] for label in mine or {} if label in told}

    record = take(register.pk, seen_version=seen_version, mine=mine, theirs=theirs, may=judge)
    held = Register.objects.select_related("record__partnership", "partnership").get(pk=register.pk)
    held.record = record
    return held


def _stands(actor: Actor, risk: Risk, mine: Texts) -> dict[str, str]:
    """What stands now under the labels of what somebody wrote, and where the risk is."""
    owner = owner_of(actor, risk)
    last = risk.scores.order_by("-pk").first()
    now = {
        "title": risk.title,
        "about": risk.about,
        "treatment": risk.treatment,
        "owner": owner.name if owner else "Nobody",
        "review": in_words(risk.review_on),
        "reason": risk.stage_reason or (last.reason if last else ""),
    }
    for which in Which:
        now[which.value] = " / ".join(filter(None, risk.said(which)))
    told = {label: now[label] for label in mine if label in now}
    return told | {"state": risk.stage_is.label}


def in_words(told: str) -> str:
    return str(UncertainDate.parse(told)) if told else ""


def require(verdict: Verdict, field: str) -> None:
    """A refusal that is about what was typed is shown beside the field."""
    if not verdict:
        raise Invalid(str(verdict), field=field)


def staged(risk: Risk, verb: str, reason: str = "") -> None:
    """Take the risk to the stage that the verb leads to. The last day of a closed risk is the
    day of its closing."""
    risk.stage = life.STATES.after(risk.stage_is, verb)
    risk.stage_reason = reason
    risk.over = risk.stage == life.Stage.CLOSED


def live_with_it_no_longer(actor: Actor, risk: Risk) -> None:
    """Once nobody accepts a risk any more, nobody has chosen how it is treated."""
    if risk.treatment == Treatment.TOLERATE:
        risk.treatment = ""
        remember(actor, row=risk)
        risk.save()
