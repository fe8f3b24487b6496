"""Who may decide a matter on a day.

Each statutory partner binds only itself: the duty is joint and equal (Children Act 2004
s.16E), so a matter is decided only when every partner whose matter it is can decide it. Who
those are follows from the matter: all statutory partners unless the law or the partnership
says otherwise; child death review belongs to councils and health, not police (s.16Q).

A partner can decide when it has decided itself, or when somebody who speaks for it holds a
delegation that covers the matter. A delegation to a post passes to whoever follows in the
post; one to a named person ends with that person's seat. What is reserved to a body waits
for that body. A date that is not certain proves nothing: the answer is then "needs".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from concordat.domain.governance.arrangements.rules.facts import (
    Decision,
    Delegation,
    Matter,
    Partner,
    Record,
    Seat,
    Sitting,
)
from concordat.kernel.dates import Period
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words, near
from concordat.kernel.money import in_pounds

T = TypeVar("T")
STATUTORY = ("council", "health", "police")
DUTY = "Children Act 2004 s.16E"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NEEDS = "needs"
    NOT_DECIDING = "not a deciding body"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one partner can do about the matter that day, and on what it rests."""

    agency: str
    name: str
    class_: str
    answer: Answer
    reason: str
    source: str = ""
    delegation: str = ""


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

    `present` names the seats whose holders speak; None lets every holder speak. `amount` is
    in pence. Raises `Invalid` with near names for an unknown matter or seat.
    """
    asked = _find(record.matters, matter, "matter")
    seats = None if present is None else [_find(record.seats, key, "seat") for key in present]
    case = _Case(record, asked, on, seats, amount)
    opinions = tuple(_opinions(case))
    return Authority(asked, on, opinions, _overall(asked, opinions))


def _find(known: Mapping[str, T], key: str, noun: str) -> T:
    if key in known:
        return known[key]
    close = near(key, list(known))
    raise Invalid(
        f"There is no {noun} called “{key}”.",
        field=noun,
        mend=f"Did you mean {' or '.join(close)}?" if close else f"Set down a {noun} first.",
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One question: the record, the matter, the day, the seats that speak, the money."""

    record: Record
    matter: Matter
    on: date
    seats: list[Seat] | None
    amount: int | None

    def speaking(self, agency: str) -> list[Seat]:
        """Seats of this agency whose holders speak."""
        seats = self.record.seats.values() if self.seats is None else self.seats
        return [seat for seat in seats if seat.agency == agency]

    def sittings(self, seats: Iterable[Seat]) -> list[Sitting]:
        """Who certainly or possibly sits in these seats that day, vacancies left out."""
        keys = {seat.key for seat in seats}
        return [
            each
            for each in self.record.sittings
            if each.seat in keys
            and each.holding != "vacant"
            and each.period.in_force(self.on) != "no"
        ]


def _opinions(case: _Case) -> Iterator[Opinion]:
    classes = case.matter.classes or STATUTORY
    partners = [p for p in case.record.partners if p.period.in_force(case.on) != "no"]
    for partner in sorted(partners, key=lambda p: (p.class_, p.name, p.key)):
        if partner.class_ not in classes:
            yield _outside(case, partner)
        elif partner.period.in_force(case.on) == "uncertain":
            yield _said(
                partner, Answer.NEEDS, "Whether it was a partner on that day is not certain."
            )
        else:
            yield _partner(case, partner)
    for missing in [c for c in classes if c not in {p.class_ for p in partners}]:
        told = f"No {missing} partner is on record for that day."
        yield Opinion("", f"The {missing} partner", missing, Answer.NO, told, DUTY)


def _said(partner: Partner, answer: Answer, reason: str, source: str = "", by: str = "") -> Opinion:
    return Opinion(
        partner.agency, partner.name, partner.class_, answer, reason, source or partner.source, by
    )


def _outside(case: _Case, partner: Partner) -> Opinion:
    deciding = join_words(list(case.matter.classes))
    told = f"This matter is for {deciding}, not {partner.class_}."
    return _said(partner, Answer.NOT_DECIDING, told, case.matter.law)


def _partner(case: _Case, partner: Partner) -> Opinion:
    """The first of these that settles it: its own decision, a reservation, a delegation."""
    if settled := _own_decision(case, partner):
        return settled
    if reserved := _reservation(case, partner):
        return reserved
    delegated = _best(_delegation(case, partner, d) for d in _delegations(case, partner))
    if delegated and delegated.answer is Answer.YES and not _later(case, partner):
        return delegated
    if waiting := _waiting(case, partner):
        return waiting
    return delegated or _without_delegation(case, partner)


def _decisions(case: _Case, partner: Partner) -> list[Decision]:
    """Decisions of this agency, or of a body of its own, on this very matter."""
    return [
        each
        for each in case.record.decisions
        if case.matter.key in each.matters
        and partner.agency in (each.agency, case.record.body_agencies.get(each.body))
    ]


def _own_decision(case: _Case, partner: Partner) -> Opinion | None:
    """What the agency itself has decided by that day, the latest decision first."""
    past = [d for d in _decisions(case, partner) if d.on and d.on.certainly_on_or_before(case.on)]
    for each in sorted(past, key=lambda d: d.on.sort_key if d.on else (), reverse=True):
        when = (
            f"on {each.on}" if each.on and each.on.earliest == each.on.latest else f"in {each.on}"
        )
        if each.state == "made":
            told = f"{partner.name} decided this itself {when}: {each.title}."
            return _said(partner, Answer.YES, told, each.source)
        if each.state == "refused":
            told = f"{partner.name} declined this {when}: {each.title}."
            return _said(partner, Answer.NO, told, each.source)
    return None


def _reservation(case: _Case, partner: Partner) -> Opinion | None:
    """A matter kept to a body of the agency waits for that body."""
    kept = [
        body
        for body in case.matter.reserved_to
        if case.record.body_agencies.get(body) == partner.agency
    ]
    if not kept:
        return None
    names = join_words([case.record.bodies.get(body, body) for body in kept])
    planned = _planned_words(case, partner)
    told = f"Reserved to {names}, which has not decided by that day.{planned}"
    return _said(partner, Answer.NEEDS, told)


def _later(case: _Case, partner: Partner) -> list[Decision]:
    """Decisions on this matter that are not certainly taken by that day."""
    return [
        d
        for d in _decisions(case, partner)
        if d.state in ("planned", "made", "deferred")
        and not (d.state == "made" and d.on and d.on.certainly_on_or_before(case.on))
    ]


def _planned_words(case: _Case, partner: Partner) -> str:
    later = [d for d in _later(case, partner) if d.on]
    if not later:
        return ""
    first = min(later, key=lambda d: d.on.sort_key if d.on else ())
    body = case.record.bodies.get(first.body, "its body")
    verb = "decided" if first.state == "made" else "is to decide"
    return f" {body} {verb} on {first.on}."


def _waiting(case: _Case, partner: Partner) -> Opinion | None:
    """The agency's own decision is still to come: planned, or made only after that day."""
    later = _later(case, partner)
    if not later:
        return None
    words = _planned_words(case, partner)
    source = later[0].source
    if any(d.state in ("planned", "deferred") for d in later):
        told = f"No authority on record yet.{words}" if words else "Its own decision is awaited."
        return _said(partner, Answer.NEEDS, told, source)
    if any(d.on and d.on.possibly_on(case.on) for d in later):
        told = f"Whether it had decided by that day is not certain.{words}"
        return _said(partner, Answer.NEEDS, told, source)
    told = f"No authority was on record that day.{words}"
    return _said(partner, Answer.NO, told, source)


def _delegations(case: _Case, partner: Partner) -> list[Delegation]:
    return [
        d
        for d in case.record.delegations
        if d.agency == partner.agency
        and d.state in ("", "in force")
        and (not d.matters or case.matter.key in d.matters)
    ]


_ORDER = (Answer.YES, Answer.NEEDS, Answer.NO)


def _best(opinions: Iterable[Opinion]) -> Opinion | None:
    found = sorted(opinions, key=lambda o: _ORDER.index(o.answer))
    return found[0] if found else None


def _delegation(case: _Case, partner: Partner, d: Delegation) -> Opinion:
    """What one delegation gives that day: the first obstacle decides, or none and it is yes."""
    for obstacle in (_in_time, _in_scope, _within_limit, _resting, _spoken):
        if stopped := obstacle(case, d):
            return _said(partner, *stopped, d.source, d.key)
    instrument = d.instrument_title or (d.instrument if d.instrument != "not stated" else "")
    rests = f", by {instrument}" if instrument else "; the instrument is not stated"
    since = f" since {d.period.start}" if d.period.start else ""
    until = f" until {d.period.end}" if d.period.end else ""
    told = f"{_delegate_name(case, d)} may decide for {partner.name}{since}{until}{rests}."
    return _said(partner, Answer.YES, told, d.source, d.key)


Stopped = tuple[Answer, str] | None


def _delegate_name(case: _Case, d: Delegation) -> str:
    names = case.record
    if d.post:
        return names.posts.get(d.post, d.post)
    if d.person:
        return names.people.get(d.person, d.person)
    return names.seats[d.seat].title if d.seat in names.seats else "Its delegate"


def _in_time(case: _Case, d: Delegation) -> Stopped:
    state = d.period.in_force(case.on)
    who = _delegate_name(case, d)
    if state == "uncertain":
        return Answer.NEEDS, f"The delegation to {who} is dated {_dates(d.period)}: not certain."
    if state == "yes":
        return None
    if d.period.start and d.period.start.certainly_after(case.on):
        return Answer.NO, f"The delegation to {who} began only on {d.period.start}."
    return Answer.NO, f"The delegation to {who} ended on {d.period.end}."


def _dates(period: Period) -> str:
    return " to ".join(str(side) for side in (period.start, period.end) if side)


def _in_scope(case: _Case, d: Delegation) -> Stopped:
    who = _delegate_name(case, d)
    if case.matter.key in d.reserved:
        return Answer.NEEDS, f"This is kept back from the delegation to {who}."
    if d.limbs and not any(limb.startswith("commit") for limb in d.limbs):
        return Answer.NEEDS, f"{who} may {join_words(list(d.limbs))}, but not commit it."
    return None


def _within_limit(case: _Case, d: Delegation) -> Stopped:
    if case.amount is None:
        return None
    who = _delegate_name(case, d)
    if d.limbs and "commit on resources" not in d.limbs:
        return Answer.NEEDS, f"{who} may not commit resources."
    if d.limit is not None and case.amount > d.limit:
        return Answer.NEEDS, f"{who} may commit up to {in_pounds(d.limit)}, not above."
    return None


def _resting(case: _Case, d: Delegation) -> Stopped:
    """On an instrument, and on the delegation that it is passed on from."""
    if d.instrument == "none on record":
        return Answer.NEEDS, f"{_delegate_name(case, d)} rests on no instrument on record."
    if not d.under:
        return None
    above = next((each for each in case.record.delegations if each.key == d.under), None)
    if above is None:
        return Answer.NEEDS, "The delegation that this is passed on from is not on record."
    return _in_time(case, above) or _in_scope(case, above)


def _spoken(case: _Case, d: Delegation) -> Stopped:
    """Somebody who speaks that day is the one to whom the power was handed."""
    if d.person:
        return _person_speaks(case, d)
    if d.seat:
        return _seat_speaks(case, d)
    if d.post:
        return _post_speaks(case, d)
    return Answer.NEEDS, "The delegation names nobody to whom the power was handed."


def _person_speaks(case: _Case, d: Delegation) -> Stopped:
    who = case.record.people.get(d.person, d.person)
    rows = [each for each in case.record.sittings if each.person == d.person]
    states = {each.period.in_force(case.on) for each in rows if each.holding != "vacant"}
    if not states:
        return Answer.NEEDS, f"No seat of {who} is on record, and the power goes with the seat."
    if states == {"no"}:
        return Answer.NO, f"{who} no longer sits, and the power ended with the seat."
    if "yes" not in states:
        return Answer.NEEDS, f"Whether {who} sat on that day is not certain."
    seats = case.speaking(d.agency)
    if case.seats is not None and not any(s.person == d.person for s in case.sittings(seats)):
        return Answer.NO, f"{who} holds the power and was not there."
    return None


def _seat_speaks(case: _Case, d: Delegation) -> Stopped:
    seat = case.record.seats.get(d.seat)
    if seat is None:
        return Answer.NEEDS, "The seat that holds the power is not on record."
    if case.seats is not None and seat.key not in {each.key for each in case.seats}:
        return Answer.NO, f"{seat.title} holds the power and was not there."
    return None if _filled(case, seat) else (Answer.NO, f"{seat.title} was vacant.")


def _filled(case: _Case, seat: Seat) -> bool:
    """A seat that no source gives a holder is not known to be vacant."""
    rows = [each for each in case.record.sittings if each.seat == seat.key]
    return not rows or any(each.period.in_force(case.on) == "yes" for each in case.sittings([seat]))


def _post_speaks(case: _Case, d: Delegation) -> Stopped:
    posts = _with_successors(case.record.successors, d.post)
    who = case.record.posts.get(d.post, d.post)
    if case.seats is None:
        return None
    there = [each for each in case.sittings(case.speaking(d.agency)) if each.post in posts]
    if not there:
        return Answer.NO, f"{who} holds the power and was not there."
    if not any(each.period.in_force(case.on) == "yes" for each in there):
        return Answer.NEEDS, f"Whether {who} sat on that day is not certain."
    return None


def _with_successors(successors: Mapping[str, str], post: str) -> set[str]:
    posts = {post}
    while (post := successors.get(post, "")) and post not in posts:
        posts.add(post)
    return posts


def _without_delegation(case: _Case, partner: Partner) -> Opinion:
    """Nobody holds power on record: a lead who speaks still needs an instrument."""
    if case.seats is not None and not case.speaking(partner.agency):
        return _said(partner, Answer.NO, "Nobody spoke for it.")
    if partner.accountable or partner.delegate:
        post = case.record.posts.get(partner.delegate or partner.accountable, "its lead")
        told = f"{post} speaks for it, but no delegation on record lets the post decide."
        return _said(partner, Answer.NEEDS, told)
    return _said(partner, Answer.NO, "No delegation on record.")


def _overall(matter: Matter, opinions: tuple[Opinion, ...]) -> str:
    deciding = [each for each in opinions if each.answer is not Answer.NOT_DECIDING]
    short = [each for each in deciding if each.answer is not Answer.YES]
    if not deciding:
        return "No partner is on record that could decide this."
    if not short:
        names = join_words([each.name for each in deciding])
        return f"{names} could each decide this, and so it could be decided."
    names = join_words([each.name for each in short])
    return f"{names} could not decide this. Each partner binds only itself, so it is not decided."
