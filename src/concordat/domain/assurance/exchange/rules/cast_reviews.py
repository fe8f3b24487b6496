"""The rows of a cast about local reviews and disagreements about a child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SECRETARIAT = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDeed:
    """Something done in an invented review on its day. `by` is in whose name; an act that only a
    seat can do is done by whoever sits in `seat`. Seats, bodies and agencies are partnership:key.

    `key` is what an act makes, so that a later one can name it as `of`. `says` answers questions
    by their keys; `text` is an invented paper's paragraphs, and a line that begins with # its
    heading.
    """

    act: str
    day: date | int
    by: str = SECRETARIAT
    key: str = ""
    of: str = ""
    kind: str = ""
    what: str = ""
    words: str = ""
    why: str = ""
    who: str = ""
    when: date | int | None = None
    until: date | int | None = None
    seat: str = ""
    seats: tuple[str, ...] = ()
    body: str = ""
    post: str = ""
    agency: str = ""
    partnership: str = ""
    holds: bool = False
    pence: int = 0
    invited: int = 0
    came: int = 0
    says: Mapping[str, str] = field(default_factory=dict)
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An invented local review, led by `partnership` and shared with `partners`, and what was done
    in it. `child` and `relatives` are labels, and `name` the invented name that the key holds."""

    key: str
    partnership: str
    title: str
    why: str
    decided_on: date | int
    group: str
    begun: date | int
    decided_by: str = ""
    area: str = ""
    origin: str = ""
    statutory: bool = True
    old_rules: bool = False
    child: str = ""
    name: str = ""
    relatives: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    by: str = SECRETARIAT
    then: tuple[ReviewDeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """An invented disagreement about a child, raised by whoever sits in `seat`; each of `further`
    is a day and why the stage before did not settle it. Seats and agencies are partnership:key."""

    partnership: str
    seat: str
    other: str
    theirs: str
    about: str
    wanted: str
    day: date | int
    label: str = ""
    said: tuple[tuple[date | int, str], ...] = ()
    further: tuple[tuple[date | int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A review of the cast that its lead puts before the group that serves its partnership."""

    review: str
    why: str
    day: date | int = 0
    by: str = "The secretariat (Invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Who came to a joint event from one partnership."""

    partnership: str
    invited: int
    came: int
    agencies: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """What one partnership does after a joint event; `came_of_it` where whoever sits in the seat
    has done it, on `done`."""

    partnership: str
    what: str
    until: date | int
    seat: str = ""
    done: date | int = 0
    came_of_it: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A joint event of a group: planned on `day`, held on `held`. `reviews` are those of the cast
    on which it draws."""

    group: str
    title: str
    day: date | int
    held: date | int
    place: str = ""
    about: str = ""
    reviews: tuple[str, ...] = ()
    came: tuple[Came, ...] = ()
    follows: tuple[Follows, ...] = ()
    by: str = "The chair of the group (Invented)"
