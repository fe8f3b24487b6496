"""Scoring a risk, judging what is done about it, and looking at it again."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.governance.risks.models import Control, Moved, Risk, Scored
from concordat.domain.governance.risks.operations import owing, telling
from concordat.domain.governance.risks.operations.taking import require, taken
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Which, Working
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.domain.governance.risks.rules.telling import Telling
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words


@operation
def score(
    actor: Actor,
    *,
    risk: Risk,
    which: Which = Which.CURRENT,
    likelihood: str,
    impact: str,
    reason: str,
    on: date | None = None,
    seen_version: int | None = None,
) -> Risk:
    """Give a risk one of its scores, with the reason: a score without one is refused, and so is
    a word that its register's scheme does not have.

    A score of an earlier day takes its place in the history; the latest is the one that stands.
    """
    mine = {which.value: f"{likelihood} / {impact}", "reason": reason.strip()}
    held = taken(actor, risk, "score", life.may_work, seen_version=seen_version, mine=mine)
    if held.register is None:
        raise Refused("This risk stands in no register. Move it to one first.")
    given = held.register.scheme.score(likelihood, impact)
    why = life.needed(
        "reason", reason, "A score needs its reason.", "Say what changed, or what shows it."
    )
    day = on or actor.on
    _is_its_day(actor, held, day)
    before = held.score(which)
    set_down(actor, held, which, given, why, day)
    remember(actor, row=held)
    held.save()
    happened(
        actor,
        "risk scored",
        held.record,
        reason=why,
        before={which.value: before.words if before else ""},
        after={which.value: given.words, "on": day},
    )
    if which is Which.CURRENT:
        telling.tell_of_score(actor, held, before, why)
    return held


def _is_its_day(actor: Actor, risk: Risk, day: date) -> None:
    """A score is of a day that has come, on which the risk stood in this register."""
    if day > actor.on:
        raise Invalid(f"{day_in_words(day)} is still to come.", field="on", mend="Give its day.")
    last = Moved.objects.filter(risk=risk).order_by("-on", "-pk").first()
    if last and day < last.on:
        raise Invalid(
            f"It stood in another register until {day_in_words(last.on)}.",
            field="on",
            mend="Give that day or a later one.",
        )


def set_down(actor: Actor, risk: Risk, which: Which, given: Score, why: str, on: date) -> Scored:
    """Keep a score in the risk's register, and let the latest stand on the risk itself."""
    if risk.register is None:
        raise Refused("This risk stands in no register. Move it to one first.")
    row = Scored.objects.create(
        risk=risk,
        register=risk.register,
        which=which,
        likelihood=given.likelihood,
        impact=given.impact,
        on=on,
        stated_on=actor.on,
        reason=why,
        by=actor.signature[:200],
    )
    latest = Scored.objects.filter(risk=risk, which=which, register=risk.register)
    last = latest.order_by("-on", "-pk")[0]
    risk.say(which, last.likelihood, last.impact)
    return row


@operation
def add_control(
    actor: Actor,
    *,
    risk: Risk,
    words: str,
    working: Working = Working.NOT_JUDGED,
    why: str = "",
    seen_version: int | None = None,
) -> Control:
    """Say one more thing that is done about a risk, and how far it works if that is known."""
    held = taken(
        actor, risk, "control", life.may_work, seen_version=seen_version, mine={"words": words}
    )
    told = _control_words(words)
    live = Control.objects.filter(risk=held, ended_on=None)
    if told.casefold() in {each.casefold() for each in live.values_list("words", flat=True)}:
        raise Invalid(
            "This stands there already.", field="words", mend="Judge the one that is there."
        )
    control = Control(risk=held, words=told, since=actor.on)
    _judge(actor, control, working, why)
    control.save()
    held.mitigations = [*held.mitigations, told]
    remember(actor, row=held)
    held.save()
    after = {"control": told, "working": working}
    happened(actor, "control added", held.record, reason=why.strip(), after=after)
    return control


def _control_words(words: str) -> str:
    told = " ".join(words.split())
    if not told:
        raise Invalid("Say what is done.", field="words", mend="One sentence is enough.")
    if len(told) > life.LONGEST_CONTROL:
        raise Invalid(
            f"This is {len(told)} characters long.",
            field="words",
            mend=f"Use {life.LONGEST_CONTROL} or fewer.",
        )
    return told


def _judge(actor: Actor, control: Control, working: Working, why: str) -> None:
    control.working, control.why = working, why.strip()
    judged = working is not Working.NOT_JUDGED
    if judged and not control.why:
        raise Invalid(
            "Say how you know.", field="why", mend="What shows that it works, or that it does not?"
        )
    control.judged_by = actor.signature[:200] if judged else ""
    control.judged_on = actor.on if judged else None


@operation
def judge_control(
    actor: Actor,
    *,
    risk: Risk,
    control: Control,
    working: Working,
    why: str,
    seen_version: int | None = None,
) -> Control:
    """Say how far a control works, and how one knows."""
    held = taken(
        actor, risk, "control", life.may_work, seen_version=seen_version, mine={"reason": why}
    )
    now = Control.objects.filter(risk=held, ended_on=None).get(pk=control.pk)
    before = now.working
    if working is Working.NOT_JUDGED:
        raise Invalid("Say how far it works.", field="working", mend="Choose one of the three.")
    _judge(actor, now, working, why)
    now.save()
    happened(
        actor,
        "control judged",
        held.record,
        reason=now.why,
        before={"working": before},
        after={"control": now.words, "working": working},
    )
    return now


@operation
def end_control(
    actor: Actor, *, risk: Risk, control: Control, reason: str, seen_version: int | None = None
) -> Control:
    """Say that something is no longer done, with the reason."""
    held = taken(actor, risk, "control", life.may_work, seen_version=seen_version)
    why = life.needed("reason", reason, "Say why it is no longer done.")
    now = Control.objects.filter(risk=held, ended_on=None).get(pk=control.pk)
    now.ended_on = actor.on
    now.save(update_fields=["ended_on"])
    held.mitigations = [each for each in held.mitigations if each != now.words]
    remember(actor, row=held)
    held.save()
    happened(actor, "control ended", held.record, reason=why, before={"control": now.words})
    return now


@operation
def review(
    actor: Actor,
    *,
    risk: Risk,
    words: str,
    next_on: date,
    seen_version: int | None = None,
) -> Risk:
    """Say that a risk was looked at, with what was found, and when it is looked at next."""
    mine = {"review": day_in_words(next_on), "reason": words.strip()}
    held = taken(actor, risk, "review", life.may_work, seen_version=seen_version, mine=mine)
    told = life.needed("words", words, "Say what you found.", "“No change” is an answer.")
    require(life.is_next_review(next_on, actor.on), "next_on")
    before, held.review_on = held.review_on, next_on.isoformat()
    remember(actor, row=held)
    held.save()
    owing.clear_owner(actor, held, f"Reviewed: {told}")
    happened(
        actor,
        "risk reviewed",
        held.record,
        reason=told,
        before={"review": before},
        after={"review": held.review_on},
    )
    telling.withdraw(actor, held, f"It was reviewed: {told}", [Telling.LATE])
    return held
