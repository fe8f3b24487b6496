"""The rows of a cast: what waits in an example world, and what its people did and said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person who may be entered as, in a post of the partnership's file."""

    key: str
    post: str
    line: str
    partnership: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Somebody who acts for somebody, both by their keys."""

    hand: str
    principal: str
    verbs: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something asked of a seat. `record` is kind:key."""

    record: str
    seat: str
    errand: str
    what: str
    why: str = ""
    due: date | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An invented document, written from its paragraphs."""

    key: str
    title: str
    text: tuple[str, ...]
    sensitivity: str = "partnership"
    owner: str = ""
    note: str = ""
    signers: tuple[str, ...] = ()
    comments_from: tuple[str, ...] = ()
    question: str = ""
    due: date | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that runs in the example world."""

    rule: str
    record: str
    seat: str
    started_by: str
    started_on: date | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something done with an action on a day, by somebody as the ledger names them."""

    act: str
    day: date | int
    by: str
    words: str = ""
    standing: str = ""
    due: date | int | None = None
    evidence: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An invented action. `source` and `owner` are kind:key; `then` is what was done with it."""

    what: str
    source: str
    set_by: str
    owner: str
    raised: date | int = 0
    by: str = "The secretariat (Invented)"
    due: date | int | None = None
    look_every: int | None = None
    place: str = ""
    why: str = ""
    good: str = ""
    priority: str = "ordinary"
    then: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """When whoever is in an invented post does not come: never, or rather not."""

    post: str
    partnership: str
    weekday: str
    part: str = "all day"
    strength: str = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """Invented days without school in some areas of a partnership."""

    partnership: str
    areas: tuple[str, ...]
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """An item of an invented meeting. `lead` is a seat, `about` kind:key."""

    title: str
    purpose: str
    minutes: int | None = None
    lead: str = ""
    about: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a seat answered to an invitation; `deputy` is the person who comes instead."""

    seat: str
    answer: str
    deputy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convened:
    """An invented meeting of a body, between two times on London's clocks."""

    body: str
    day: date | int
    starts: time
    ends: time
    title: str = ""
    place: str = ""
    purpose: str = ""
    source: str = "Invented"
    by: str = "The secretariat (Invented)"
    items: tuple[Talked, ...] = ()
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suiting:
    """What a seat said to each of the dates, in their order: yes, if needed or no."""

    seat: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """Dates that seats of a body were asked about. Moments are London's: "2019-05-08 10:00"."""

    body: str
    title: str
    length: int
    starts: tuple[str, ...]
    until: str
    seats: tuple[str, ...]
    answered: tuple[Suiting, ...] = ()
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An invented register of risks, with one of the ready schemes: "words" or "five"."""

    key: str
    title: str
    keeper: str
    scheme: str
    opened: date | int = 0
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskDeed:
    """Something done with a risk on a day, by somebody as the ledger names them."""

    act: str
    day: date | int
    by: str
    words: str = ""
    score: tuple[str, str] = ("", "")
    control: str = ""
    working: str = ""
    until: date | int | None = None
    seat: str = ""
    body: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feared:
    """An invented risk. `owner` is kind:key; `then` is what was done with it."""

    title: str
    register: str
    score: tuple[str, str]
    reason: str
    raised: date | int = 0
    by: str = "The secretariat (Invented)"
    inherent: tuple[str, str] | None = None
    target: tuple[str, str] | None = None
    controls: tuple[str, ...] = ()
    owner: str = ""
    review_on: date | int | None = None
    then: tuple[RiskDeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationDeed:
    """Something done with a recommendation on a day, by somebody as the ledger names them."""

    act: str
    day: date | int
    by: str
    words: str = ""
    place: str = ""
    what: str = ""
    value: str = ""
    unit: str = ""
    body: str = ""
    owner: str = ""
    other: str = ""
    due: date | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """An invented recommendation. With `set_by` it is taken over as accepted before. `review` is
    the key of the review of the cast that it comes from, `owner` a post, `agency` and `body` whom
    it is addressed to."""

    key: str
    title: str
    kind: str
    comes_from: str
    review: str = ""
    number: str = ""
    made_on: str = ""
    finding: str = ""
    change: str = ""
    agency: str = ""
    body: str = ""
    outside: str = ""
    level: str = ""
    nature: str = ""
    nature_why: str = ""
    measure: str = ""
    due: date | int | None = None
    owner: str = ""
    set_by: str = ""
    decided_on: str = ""
    source: str = "Invented"
    raised: date | int = 0
    by: str = "The secretariat (Invented)"
    then: tuple[RecommendationDeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """How many drafts call for a meeting of a body of the invented world."""

    body: str
    at_least: int
    reason: str
    day: date | int = 0
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """An invented near miss or good practice. `seat` refers it and `second` is asked whether they
    agree, both as partnership:key."""

    partnership: str
    seat: str
    second: str
    kind: str
    what: str
    why: str
    happened: str = ""
    setting: str = ""
    lesson: str = ""
    day: date | int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """An invented request for information, sent on its day. Seats are partnership:key; without one
    it goes by a link to `name` at `email`. `about` is the label of an incident. `answered` is the
    day of the answer, `answers` its words by question."""

    partnership: str
    requester: str
    form: str
    purpose: str
    exact: str
    deliver_to: str
    due: date | int
    seat: str = ""
    name: str = ""
    email: str = ""
    about: str = ""
    senior_named: str = ""
    day: date | int = 0
    by: str = "The secretariat (Invented)"
    answered: date | int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningGroup:
    """Which group has a partnership's referrals on its caseload; `group` is partnership:key."""

    partnership: str
    group: str
    source: str
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Who does one step of beginning a local review in a borough, or in the shared way where no
    `place` is given; or what a source leaves open."""

    partnership: str
    step: str
    source: str
    stated_on: str
    from_day: date
    place: str = ""
    words: str = ""
    question: str = ""
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policed:
    """The stages of a partnership's policy for disagreements, each a name and working days."""

    partnership: str
    stages: tuple[Any, ...]
    source: str
    day: date | int = 0
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """An invented row of capacity, money or contracts, which no partnership file holds. `values`
    names posts, agencies, programmes and milestones by their keys."""

    kind: str
    name: str
    values: Mapping[str, Any]
    added: date | int = 0
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeed:
    """Something done on a day with an invented row of a plan, named as kind:key. `due` is as exact
    as it is known; `halves` are half days."""

    act: str
    of: str
    day: date | int
    by: str
    words: str = ""
    reasons: tuple[str, ...] = ()
    agreed_by: str = ""
    due: str | date = ""
    health: str = ""
    body: str = ""
    outcome: str = ""
    halves: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """What must be on record for an area before its first case. `text` is the invented document's
    paragraphs; a controller has none."""

    area: str
    ground: str
    holder: str
    from_day: date | int
    review_by: date | int
    partnership: str = ""
    text: tuple[str, ...] = ()
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a partner, named by its key, thinks of notifying an incident."""

    partner: str
    view: str
    words: str
    day: date | int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How a partner, named by its key, weighs a criterion, named by the number of its line."""

    partner: str
    criterion: int
    weight: str
    words: str
    day: date | int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An invented incident as it was told. `known` and `notified` are moments in London: when the
    council knew, and when it notified; `home` and `placed_by` places by their names; `form` and
    `content` answer questions of the notification and of the rapid review by key."""

    area: str
    label: str
    known: str
    happened_on: str
    belief: str
    belief_on: str
    harm: str
    harm_on: str
    told: date | int
    by: str
    partnership: str = ""
    happened_where: str = ""
    age: int | None = None
    home: str = ""
    placed_by: str = ""
    standings: tuple[str, ...] = ()
    agency: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    views: tuple[Opinion, ...] = ()
    notified: str = ""
    number: str = ""
    content: Mapping[str, str] = field(default_factory=dict)
    weighings: tuple[Weighed, ...] = ()
