"""What a delegation lets its holder decide on a day: nothing more than is certainly on record.

Power is handed on no further than its giver had it: one that is passed on holds only while
every delegation above it holds, within each one's matters and limits. A delegation to a post
passes to whoever follows in the post, since the office was chosen and not its holder; one to
a named person ends with that person's seat. Nobody else is reached by it: a body that merged
into another handed its power on for itself alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from concordat.domain.governance.arrangements.rules.facts import (
    Decision,
    Delegation,
    Partner,
    Record,
    Seat,
    Sitting,
)
from concordat.domain.governance.arrangements.rules.kin import Kin
from concordat.domain.governance.arrangements.rules.lapses import delegate, lapsed, line
from concordat.domain.governance.arrangements.rules.question import (
    CERTAIN,
    Answer,
    Case,
    Opinion,
    Stop,
    needing,
    refused,
    said,
    told_on,
    told_period,
    wanting,
)
from concordat.domain.governance.arrangements.rules.words import NONE_ON_RECORD
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds

Stopped = Stop | None
NOT_STATED = ("", "not stated")


def covers(case: Case, d: Delegation) -> bool:
    return not d.matters or case.matter.key in d.matters


def given_for(case: Case, partner: Partner) -> list[Delegation]:
    """Delegations of the partner, of what it is a part of, and of its own parts."""
    house = case.kin.of_one_house
    return [
        d
        for d in case.record.delegations
        if covers(case, d) and d.state != "ended" and house(d.agency, partner.agency)
    ]


def opinion(case: Case, partner: Partner, d: Delegation) -> Opinion:
    """What one delegation gives that day: the first obstacle decides, or none and it is yes."""
    stopped = _holds(case, d) or _within_limit(case, d) or _binds(case, partner, d)
    stopped = stopped or _spoken(case, d)
    if stopped:
        return said(partner, stopped.answer, stopped.reason, d.source, d.key, stopped.needs)
    since = f" since {d.period.start}" if d.period.start else ""
    until = f" until {d.period.end}" if d.period.end else ""
    told = f"{delegate(case, d)} may decide for {partner.name}{since}{until}{_rests_on(d)}."
    return said(partner, Answer.YES, told + _limits(d), d.source, d.key)


def _rests_on(d: Delegation) -> str:
    instrument = d.instrument_title or (d.instrument if d.instrument not in NOT_STATED else "")
    return f", by {instrument}" if instrument else "; the instrument is not stated"


def _limits(d: Delegation) -> str:
    sum_ = f"up to {in_pounds(d.limit)}" if d.limit is not None else ""
    told = ", ".join(part for part in (sum_, d.limit_words) if part)
    return f" Limit: {told}." if told else ""


def chain(case: Case, d: Delegation) -> Iterator[Delegation | None]:
    """The delegation and those that it is passed on from; None for one that is not on record."""
    by_key = {each.key: each for each in case.record.delegations}
    seen: set[str] = set()
    here: Delegation | None = d
    while here is not None and here.key not in seen:
        yield here
        if not here.under:
            return
        seen.add(here.key)
        here = by_key.get(here.under)
    yield None


def _holds(case: Case, d: Delegation) -> Stopped:
    for each in chain(case, d):
        if each is None:
            told = "The delegation that this is passed on from is not on record."
            return wanting("the delegation above it on record", told)
        for obstacle in (_standing, _in_time, _in_scope, _resting, lapsed):
            if stopped := obstacle(case, each):
                return stopped
    return None


def _standing(case: Case, d: Delegation) -> Stopped:
    who = delegate(case, d)
    if d.state == "ended":
        return refused(f"The delegation to {who} has ended.")
    if d.state not in ("", "in force"):
        told = f"The delegation to {who} is {d.state}: not yet in force."
        return wanting("the delegation to come into force", told)
    return None


def _in_time(case: Case, d: Delegation) -> Stopped:
    state = d.period.in_force(case.on)
    who = delegate(case, d)
    if state == "uncertain":
        dates = told_period(d.period)
        return wanting(CERTAIN, f"The delegation to {who} is dated {dates}: not certain.")
    if state == "yes":
        return None
    if d.period.start and d.period.start.certainly_after(case.on):
        return refused(f"The delegation to {who} began only on {d.period.start}.")
    return refused(f"The delegation to {who} ended on {d.period.end}.")


def _in_scope(case: Case, d: Delegation) -> Stopped:
    who = delegate(case, d)
    if case.matter.key in d.reserved:
        told = f"This is kept back from the delegation to {who}."
        return wanting("a decision of the agency itself", told)
    if not covers(case, d):
        told = f"The delegation to {who}, passed on from there, leaves this out."
        return wanting("a delegation that covers this", told)
    if d.limbs and not any(limb.startswith("commit") for limb in d.limbs):
        told = f"{who} may {join_words(list(d.limbs))}, but not commit it."
        return wanting("power to commit the agency", told)
    return None


def _resting(case: Case, d: Delegation) -> Stopped:
    """On an instrument and on a decision that was made by that day."""
    who = delegate(case, d)
    if d.instrument == NONE_ON_RECORD:
        return wanting("an instrument on record", f"{who} rests on no instrument on record.")
    if not d.decision:
        return None
    found = next((each for each in case.record.decisions if each.key == d.decision), None)
    if found is None:
        told = f"The decision behind the delegation to {who} is not on record."
        return wanting("the decision behind it on record", told)
    return _decided(case, who, found)


def _decided(case: Case, who: str, decision: Decision) -> Stopped:
    told = f"The delegation to {who} rests on a decision"
    if decision.state in ("refused", "withdrawn"):
        return refused(f"{told} that was {decision.state}: {decision.title}.")
    if decision.state != "made":
        needs = "the decision behind it to be made"
        return wanting(needs, f"{told} still to be made: {decision.title}.")
    if decision.on is None or decision.on.certainly_on_or_before(case.on):
        return None
    if decision.on.certainly_after(case.on):
        return refused(f"{told} made only {told_on(decision.on)}: {decision.title}.")
    return wanting(CERTAIN, f"{told} made {told_on(decision.on)}: by that day is not certain.")


def _within_limit(case: Case, d: Delegation) -> Stopped:
    if case.amount is None:
        return None
    for each in chain(case, d):
        if each is None:
            return None
        who = delegate(case, each)
        if each.limbs and "commit on resources" not in each.limbs:
            return wanting("power to commit resources", f"{who} may not commit resources.")
        if each.limit is not None and case.amount > each.limit:
            told = f"{who} may commit up to {in_pounds(each.limit)}, not above."
            return wanting("a higher limit", told)
    return None


def _binds(case: Case, partner: Partner, d: Delegation) -> Stopped:
    """The power comes from the partner itself, or from what it is a part of, to one of its own."""
    links = [each for each in chain(case, d) if each is not None]
    top = links[-1]
    if case.kin.one(top.agency) not in case.kin.reaches(partner.agency):
        part = case.kin.name(top.agency)
        told = f"{part} is a part of {partner.name}, which has handed it no power on record."
        return wanting(f"power handed to {part}", told)
    if case.kin.are_one(d.agency, partner.agency):
        return None
    theirs = _agency_of_delegate(case, d)
    if theirs and not case.kin.of_one_house(theirs, partner.agency):
        who = delegate(case, d)
        told = f"{who} holds power of the larger body, but not for {partner.name}."
        return wanting(f"a delegation for {partner.name}", told)
    return None


def _agency_of_delegate(case: Case, d: Delegation) -> str:
    record = case.record
    if d.post and d.post in record.posts:
        return record.posts[d.post].agency
    return record.seats[d.seat].agency if d.seat in record.seats else ""


def speaks(case: Case, d: Delegation) -> bool:
    """Whether the one to whom the power was handed certainly speaks that day."""
    return _spoken(case, d) is None


def _spoken(case: Case, d: Delegation) -> Stopped:
    """Somebody who speaks that day is the one to whom the power was handed."""
    if d.seat:
        seat = case.record.seats.get(d.seat)
        return _seat_speaks(case, d, seat) if seat else lapsed(case, d)
    if d.person:
        return _speaks(case, d, [s for s in case.speakers() if s.person == d.person])
    keys = {post.key for post in line(case, d.post)} or {d.post}
    there = [s for s in case.speakers() if s.post in keys]
    if case.present is None and not there:
        seated = any(s.post in keys for s in case.record.sittings)
        who = delegate(case, d)
        told = f"{who} holds the power, but sat in no seat that day."
        return wanting(f"{who} to sit in a seat", told) if seated else None
    return _speaks(case, d, there)


def _speaks(case: Case, d: Delegation, there: list[Sitting]) -> Stopped:
    who = delegate(case, d)
    if not there:
        return refused(f"{who} holds the power and was not there.")
    if not any(each.in_force(case.on) == "yes" for each in there):
        return wanting(CERTAIN, f"Whether {who} sat on that day is not certain.")
    return None


def _seat_speaks(case: Case, d: Delegation, seat: Seat) -> Stopped:
    """A seat that no source gives a holder is not known to be vacant."""
    if case.present is not None and not any(each.seat.key == seat.key for each in case.present):
        return refused(f"{seat.title} holds the power and was not there.")
    there = [s for s in case.speakers() if s.seat == seat.key]
    surely = [s for s in there if s.in_force(case.on) == "yes"]
    if there and not surely:
        return wanting(CERTAIN, f"Whether anybody sat as {seat.title} that day is not certain.")
    if not there:
        known = any(s.seat == seat.key for s in case.record.sittings)
        return refused(f"{seat.title} was vacant.") if known else None
    if all(s.holding == "deputy" for s in surely):
        return _deputised(case, seat)
    return None


def deputies_count(told: Iterable[bool | None]) -> bool | None:
    """Whether deputies count by what the terms in force say; None where they do not say, or
    say both."""
    said = set(told)
    return said.pop() if len(said) == 1 else None


def _deputised(case: Case, seat: Seat) -> Stopped:
    """A deputy uses the seat's power where the body's terms of reference let deputies count."""
    body = case.record.bodies.get(seat.body)
    terms = body.substitutes if body else ()
    counts = deputies_count(told for period, told in terms if period.in_force(case.on) == "yes")
    if counts:
        return None
    if counts is False:
        return refused(f"A deputy spoke for {seat.title}, and deputies do not count there.")
    unsaid = f"A deputy spoke for {seat.title}; whether deputies count is not said."
    return wanting("terms that say whether deputies count", unsaid)


def standing_on(record: Record, key: str) -> list[str]:
    """The keys of decisions that a post took alone by the power of one delegation: it was the
    one to whom the power was handed, and the delegation covered the matter on that day."""
    found = next((each for each in record.delegations if each.key == key), None)
    if found is None or not found.post:
        return []
    kin = Kin(record.agencies)
    return [each.key for each in record.decisions if _rests_upon(record, kin, each, found)]


def _rests_upon(record: Record, kin: Kin, decision: Decision, d: Delegation) -> bool:
    day = decision.on.latest if decision.on else None
    if decision.state != "made" or not decision.post or decision.body or day is None:
        return False
    cases = [
        Case(record, record.matters[key], day, None, None, kin)
        for key in decision.matters
        if key in record.matters
    ]
    return any(
        decision.post in {post.key for post in line(case, d.post)}
        and covers(case, d)
        and not _holds(case, d)
        for case in cases
    )


def inherited(case: Case, partner: Partner) -> Opinion | None:
    """What a body that became this one had handed on or decided: for itself, not for this one.

    Neither a merger nor a change of name is taken to carry authority over unless a source
    says so, in a delegation or a decision of the new body.
    """
    for earlier in sorted(case.kin.before(partner.agency)):
        name, now = case.kin.name(earlier), partner.name
        for d in case.record.delegations:
            mine = covers(case, d) and d.state in ("", "in force")
            if mine and case.kin.are_one(d.agency, earlier):
                told = f"{delegate(case, d)} had power of {name}, which became {now}."
                told += f" No source says that {now} took the delegation over."
                return needing(partner, f"a delegation of {now}", told, d.source, d.key)
        for each in case.record.decisions:
            made = each.state == "made" and case.matter.key in each.matters
            if made and case.kin.are_one(each.agency, earlier):
                told = f"{name}, which became {now}, decided this {told_on(each.on)}: {each.title}."
                told += f" No source says that {now} stands by it."
                return needing(partner, f"a decision of {now}", told, each.source)
    return None
