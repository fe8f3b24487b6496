"""Who may decide a matter on a day.

Each statutory partner binds only itself: the duty is joint and equal (Children Act 2004
s.16E), so a matter is decided only when every partner whose matter it is can decide it. Who
those are follows from the matter: all statutory partners unless the law or the partnership
says otherwise; child death review belongs to councils and health, not police (s.16Q).

A partner can decide when it has decided itself, or when somebody who speaks for it holds a
delegation that covers the matter. What is reserved to a body waits for that body. Where the
agency's own decision on the very matter is still to come, only a delegation that names the
matter lets somebody decide before. A date that is not certain proves nothing: the answer is
then "needs".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from concordat.domain.governance.arrangements.rules import delegations
from concordat.domain.governance.arrangements.rules.facts import (
    Decision,
    Delegation,
    Matter,
    Partner,
    Record,
)
from concordat.domain.governance.arrangements.rules.lapses import line
from concordat.domain.governance.arrangements.rules.question import (
    CERTAIN,
    OWN_DECISION,
    Answer,
    Case,
    Opinion,
    ask,
    needing,
    said,
    told_on,
)
from concordat.domain.governance.arrangements.rules.words import NONE_ON_RECORD
from concordat.kernel.dates import InForce
from concordat.kernel.labels import join_words

STATUTORY = ("council", "health", "police")
DUTY = "Children Act 2004 s.16E"
PURSE = {"mayor or commissioner": "police"}
"""A body of a mayor or commissioner holds police money: what is reserved to it waits there."""


@dataclass(frozen=True, slots=True)
class Authority:
    matter: Matter
    on: date
    opinions: tuple[Opinion, ...]
    reason: str

    @property
    def overall(self) -> bool:
        deciding = [each for each in self.opinions if each.answer is not Answer.NOT_DECIDING]
        return bool(deciding) and all(each.answer is Answer.YES for each in deciding)


def authority(
    record: Record,
    matter: str,
    on: date,
    present: Iterable[str] | None = None,
    *,
    amount: int | None = None,
) -> Authority:
    """The verdict of each partner and of all together on one matter and day.

    `present` names the seats that speak, "key" for the holder and "key:deputy" for the
    deputy; None lets every holder speak. `amount` is in pence. Raises `Invalid` with near
    names for an unknown matter or seat.
    """
    case = ask(record, matter, on, present, amount)
    opinions = tuple(_opinions(case))
    return Authority(case.matter, on, opinions, _overall(opinions))


def _opinions(case: Case) -> Iterator[Opinion]:
    classes = case.matter.classes or STATUTORY
    partners = _partners(case)
    for partner, standing in partners:
        if partner.class_ not in classes:
            yield _outside(case, partner)
        elif standing == "uncertain":
            told = "Whether it was a partner on that day is not certain."
            yield needing(partner, CERTAIN, told)
        else:
            yield _partner(case, partner)
    there = {partner.class_ for partner, _ in partners}
    for missing in [each for each in classes if each not in there]:
        told = f"No {missing} partner is on record for that day."
        yield Opinion("", f"The {missing} partner", missing, Answer.NO, told, DUTY)


def _partners(case: Case) -> list[tuple[Partner, InForce]]:
    """Each agency once in each class, however many areas or files name it."""
    found: dict[tuple[str, str], tuple[Partner, InForce]] = {}
    for partner in sorted(case.record.partners, key=lambda p: (p.class_, p.name, p.key)):
        standing = _standing(partner, case.on)
        name = (partner.class_, case.kin.one(partner.agency))
        if standing == "yes" or (standing == "uncertain" and name not in found):
            kept = found.get(name)
            found[name] = kept if kept and kept[1] == "yes" else (partner, standing)
    return list(found.values())


def _standing(partner: Partner, on: date) -> InForce:
    told = {each.in_force(on) for each in (partner.period, *partner.within)}
    return "no" if "no" in told else "uncertain" if "uncertain" in told else "yes"


def _outside(case: Case, partner: Partner) -> Opinion:
    deciding = join_words(list(case.matter.classes))
    told = f"This matter is for {deciding}, not {partner.class_}."
    return said(partner, Answer.NOT_DECIDING, told, case.matter.law)


_ORDER = (Answer.YES, Answer.NEEDS, Answer.NO)


def _partner(case: Case, partner: Partner) -> Opinion:
    """The first of these that settles it: its own decision, a reservation, a delegation."""
    settled = _own_decision(case, partner) or _reservation(case, partner)
    if settled:
        return settled
    given = delegations.given_for(case, partner)
    handed = [delegations.opinion(case, partner, d) for d in given]
    best = min(handed, key=lambda each: _ORDER.index(each.answer), default=None)
    if best and best.answer is not Answer.YES:
        best = _first_of_who_spoke(case, given, handed, best)
    waiting = _waiting(case, partner)
    if best and best.answer is Answer.YES:
        return best if waiting is None else _before_it_decides(case, partner, handed, waiting)
    return waiting or best or delegations.inherited(case, partner) or _nobody(case, partner)


def _first_of_who_spoke(
    case: Case, given: list[Delegation], handed: list[Opinion], best: Opinion
) -> Opinion:
    """Why whoever was there could not decide stands before what somebody absent lacks."""
    there = {d.key for d in given if case.present and delegations.speaks(case, d)}
    theirs = [each for each in handed if each.delegation in there]
    if not theirs or best.delegation in there:
        return best
    return replace(best, reason=f"{theirs[0].reason} {best.reason}")


def _before_it_decides(
    case: Case, partner: Partner, handed: list[Opinion], waiting: Opinion
) -> Opinion:
    """The agency keeps the matter for its own decision unless a delegation names the matter."""
    named = {d.key for d in case.record.delegations if case.matter.key in d.matters}
    able = [each for each in handed if each.answer is Answer.YES]
    for each in able:
        if each.delegation in named:
            return each
    told = f"{able[0].reason} But the agency was to decide this itself. {waiting.reason}"
    return needing(partner, waiting.needs, told, waiting.source, able[0].delegation)


def _decisions(case: Case, partner: Partner) -> list[Decision]:
    """Decisions on this very matter by the agency, by what it is a part of, or by a body of
    theirs; only those of the bodies that the matter is kept to, if it is kept to any."""
    kept = _kept_to(case, partner)
    theirs = case.kin.reaches(partner.agency)
    return [
        each
        for each in case.record.decisions
        if case.matter.key in each.matters
        and (each.body in kept or case.kin.one(_decides_for(case, each)) in theirs)
        and (not kept or each.body in kept or not (each.body or each.post))
    ]


def _kept_to(case: Case, partner: Partner) -> list[str]:
    return [key for key in case.matter.reserved_to if _keeps(case, partner, key)]


def _decides_for(case: Case, decision: Decision) -> str:
    body = case.record.bodies.get(decision.body)
    return decision.agency or (body.agency if body else "")


def _came_last(decision: Decision) -> tuple[object, ...]:
    """By date; of two on one day the one that is no approval counts as the later."""
    key = decision.on.sort_key if decision.on else ()
    return (*key, decision.state != "made")


def _own_decision(case: Case, partner: Partner) -> Opinion | None:
    """What the agency itself has certainly decided by that day; the latest decision counts."""
    mine = [each for each in _decisions(case, partner) if each.state != "planned"]
    past = [d for d in mine if d.on and d.on.certainly_on_or_before(case.on)]
    past.sort(key=_came_last)
    made = [each for each in past if each.state == "made"]
    if past and past[-1].state == "refused":
        told = f"{partner.name} declined this {told_on(past[-1].on)}: {past[-1].title}."
        return said(partner, Answer.NO, told, past[-1].source)
    if not made:
        return None
    last = made[-1]
    against = [d for d in mine if d.state != "made" and d not in past and _perhaps_by(d, case.on)]
    against += past[past.index(last) + 1 :]
    if against:
        told = f"{_approval(partner, last)} But this was {against[-1].state} "
        told += f"{told_on(against[-1].on)}, and whether the approval stands is not said."
        return needing(partner, "the approval confirmed", told, against[-1].source)
    return _made(case, partner, last)


def _perhaps_by(decision: Decision, on: date) -> bool:
    return decision.on is None or not decision.on.certainly_after(on)


def _approval(partner: Partner, decision: Decision) -> str:
    return f"{partner.name} decided this itself {told_on(decision.on)}: {decision.title}."


def _made(case: Case, partner: Partner, decision: Decision) -> Opinion:
    """A decision binds once its conditions are met, and if whoever took it had the power."""
    told = _approval(partner, decision)
    if decision.conditions:
        told += f" Condition: {decision.conditions} No source says that it is met."
        return needing(partner, "its condition to be met", told, decision.source)
    if not _had_power(case, partner, decision):
        told += " The post that took it held no delegation on record."
        return needing(partner, "a delegation to the post that took it", told, decision.source)
    return said(partner, Answer.YES, told, decision.source)


def _had_power(case: Case, partner: Partner, decision: Decision) -> bool:
    """A post that decides alone does so by an instrument, or by a delegation in force then."""
    alone = decision.post and not decision.body
    if not alone or decision.instrument not in (*delegations.NOT_STATED, NONE_ON_RECORD):
        return True
    day = decision.on.latest if decision.on else None
    if day is None:
        return False
    then = case.at(day)
    return any(
        delegations.opinion(then, partner, d).answer is Answer.YES
        for d in delegations.given_for(then, partner)
        if decision.post in {post.key for post in line(then, d.post)}
    )


def _reservation(case: Case, partner: Partner) -> Opinion | None:
    """A matter kept to a body of the agency, or to one that holds its purse, waits for it."""
    kept = _kept_to(case, partner)
    if kept:
        names = join_words([case.record.bodies[key].name for key in kept])
        told = f"Reserved to {names}, which has not certainly decided by that day."
        return needing(partner, f"{names} to decide", told + _to_come(case, partner))
    shared = [key for key in case.matter.reserved_to if not _owner(case, key)]
    if shared and case.present is not None and not _speaks_on(case, partner, shared):
        names = join_words([_called(case, key) for key in shared])
        told = f"Reserved to {names}: its member there must speak."
        return needing(partner, f"its member on {names} to speak", told)
    return None


def _owner(case: Case, body: str) -> str:
    return case.record.bodies[body].agency if body in case.record.bodies else ""


def _called(case: Case, body: str) -> str:
    return case.record.bodies[body].name if body in case.record.bodies else body


def _keeps(case: Case, partner: Partner, body: str) -> bool:
    owner = _owner(case, body)
    if case.kin.of_one_house(owner, partner.agency):
        return True
    class_ = case.record.agencies[owner].class_ if owner in case.record.agencies else ""
    return PURSE.get(class_) == partner.class_


def _speaks_on(case: Case, partner: Partner, bodies: list[str]) -> bool:
    return any(
        each.seat.body in bodies and case.speaks_for(partner, each.seat)
        for each in case.present or ()
    )


def _later(case: Case, partner: Partner) -> list[Decision]:
    """Decisions on this matter that are not certainly taken by that day, the earliest first."""
    states = ("planned", "made", "deferred")
    found = [
        d
        for d in _decisions(case, partner)
        if d.state in states
        and not (d.state == "made" and d.on and d.on.certainly_on_or_before(case.on))
    ]
    return sorted(found, key=lambda d: (d.on is None, *(d.on.sort_key if d.on else ())))


def _to_come(case: Case, partner: Partner) -> str:
    later = _later(case, partner)
    return f" {_told_later(case, later[0])}" if later else ""


def _told_later(case: Case, decision: Decision) -> str:
    who = _called(case, decision.body) if decision.body else "The agency"
    if decision.state == "made":
        return f"{who} decided {told_on(decision.on)}."
    if decision.state == "deferred":
        return f"{who} put it off {told_on(decision.on)}."
    if decision.on and decision.on.certainly_before(case.on):
        return f"{who} was to decide {told_on(decision.on)}; no outcome is on record."
    return f"{who} is to decide {told_on(decision.on)}."


def _waiting(case: Case, partner: Partner) -> Opinion | None:
    """The agency's own decision is still to come, or is not certainly taken by that day."""
    later = _later(case, partner)
    if not later:
        return _perhaps_refused(case, partner)
    words = _told_later(case, later[0])
    if any(d.state in ("planned", "deferred") for d in later):
        told = f"No authority on record yet. {words}"
        body = later[0].body
        needs = f"{_called(case, body)} to decide" if body else OWN_DECISION
        return needing(partner, needs, told, later[0].source)
    if any(_perhaps_by(d, case.on) for d in later):
        told = f"Whether it had decided by that day is not certain. {words}"
        return needing(partner, CERTAIN, told, later[0].source)
    told = f"No authority was on record that day. {words}"
    return said(partner, Answer.NO, told, later[0].source)


def _perhaps_refused(case: Case, partner: Partner) -> Opinion | None:
    for each in _decisions(case, partner):
        unsure = each.on is None or not each.on.certainly_on_or_before(case.on)
        if each.state == "refused" and unsure and _perhaps_by(each, case.on):
            told = f"Whether it had declined this by that day is not certain: {each.title}."
            return needing(partner, CERTAIN, told, each.source)
    return None


def _nobody(case: Case, partner: Partner) -> Opinion:
    """Nobody holds power on record: a lead who speaks still needs an instrument."""
    spoke = case.present is None or any(
        case.speaks_for(partner, each.seat) for each in case.present
    )
    if not spoke:
        return said(partner, Answer.NO, "Nobody spoke for it.")
    lead = partner.delegate or partner.accountable
    if lead:
        post = case.record.posts[lead].title if lead in case.record.posts else "Its lead"
        told = f"{post} speaks for it, but no delegation on record lets the post decide."
        return needing(partner, f"a delegation to {post}", told)
    return said(partner, Answer.NO, "No delegation on record.")


def _overall(opinions: tuple[Opinion, ...]) -> str:
    deciding = [each for each in opinions if each.answer is not Answer.NOT_DECIDING]
    short = [each for each in deciding if each.answer is not Answer.YES]
    if not deciding:
        return "No partner is on record that could decide this."
    if not short:
        names = join_words([each.name for each in deciding])
        return f"{names} could each decide this, and so it could be decided."
    names = join_words([each.name for each in short])
    return f"{names} could not decide this. Each partner binds only itself, so it is not decided."
