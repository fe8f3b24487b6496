"""What is on record in a partnership that bears on authority, by key, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from concordat.kernel.dates import InForce, Period, UncertainDate


@dataclass(frozen=True, slots=True)
class Matter:
    """`classes` empty: every statutory partner. `reserved_to` holds keys of bodies."""

    key: str
    title: str
    classes: tuple[str, ...] = ()
    reserved_to: tuple[str, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation. `same_as` names one in another file that is the same organisation.

    `code` is its national code, if the source gives it.
    """

    key: str
    name: str
    class_: str = ""
    code: str = ""
    part_of: str = ""
    same_as: str = ""
    successors: tuple[str, ...] = ()
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class Partner:
    """A statutory partner for a time; `accountable` and `delegate` are keys of posts.

    `within` holds the times outside which it cannot be one, such as its partnership's
    membership of a larger one.
    """

    key: str
    agency: str
    name: str
    class_: str
    period: Period
    accountable: str = ""
    delegate: str = ""
    source: str = ""
    within: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegation:
    """Power handed to one of a post, a seat or a named person. `limit` is in pence.

    `decision` is the key of the decision that gave it; `under` that of the delegation that it
    is passed on from.
    """

    key: str
    agency: str
    period: Period
    post: str = ""
    seat: str = ""
    person: str = ""
    under: str = ""
    limbs: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    limit: int | None = None
    instrument: str = ""
    instrument_title: str = ""
    state: str = ""
    source: str = ""
    decision: str = ""
    limit_words: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of an agency, of one of its bodies or of a post of its own, made or to come."""

    key: str
    title: str
    agency: str
    body: str
    on: UncertainDate | None
    state: str
    matters: tuple[str, ...] = ()
    source: str = ""
    post: str = ""
    instrument: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A holder row of a seat: `post` or `person` by key, neither for a vacancy.

    Somebody named who is a registered person sits too wherever a post of theirs does: `within`
    is then how long they are in the post.
    """

    seat: str
    holding: str
    period: Period
    post: str = ""
    person: str = ""
    within: Period = field(default_factory=Period)

    def in_force(self, on: date) -> InForce:
        told = {self.period.in_force(on), self.within.in_force(on)}
        return "no" if "no" in told else "uncertain" if "uncertain" in told else "yes"

    @property
    def ends(self) -> bool:
        return bool(self.period.end or self.within.end)


@dataclass(frozen=True, slots=True)
class Seat:
    key: str
    title: str
    agency: str
    body: str
    period: Period
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    key: str
    title: str
    agency: str = ""
    successor: str = ""
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class Body:
    """A body. `agency` is whose it is, if one agency's; then it can decide for that agency.

    `substitutes` says, for the times of its terms of reference, whether deputies count.
    """

    key: str
    name: str
    agency: str = ""
    substitutes: tuple[tuple[Period, bool | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on record that bears on authority in one partnership, by key."""

    matters: Mapping[str, Matter] = field(default_factory=dict)
    partners: tuple[Partner, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    seats: Mapping[str, Seat] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()
    bodies: Mapping[str, Body] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    agencies: Mapping[str, Agency] = field(default_factory=dict)
