"""Whether a meeting is quorate at a moment, in the words of its own terms of reference.

No law sets a quorum for a safeguarding partnership. What terms do not say is not made up:
the answer is then "not stated", with the question. Quorum is not authority: a quorate
meeting may hold nobody who can bind a partner, and each partner can bind itself without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, join_words


class Presence(StrEnum):
    """How a seat is at a meeting. Who comes late or leaves has times beside it."""

    PRESENT = "present"
    DEPUTY = "by deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    UNKNOWN = "not answered"


THERE = frozenset({Presence.PRESENT, Presence.DEPUTY})
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the terms in force say. `None` and empty: they do not say.

    `members` counts voting seats; `classes` are classes of agency, `seats` keys of seats that
    must be filled; `substitutes` whether deputies count; `remote` whether joining from afar does.
    """

    members: int | None = None
    classes: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    substitutes: bool | None = None
    remote: bool | None = None
    words: str = ""
    discretion: str = ""
    inquorate: str = ""
    title: str = ""

    @property
    def says_a_quorum(self) -> bool:
        return self.members is not None or bool(self.classes or self.seats)


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat at the table. `came` and `left` bound the time it was there; `None` is open."""

    seat: str
    title: str
    class_: str = ""
    agency: str = ""
    voting: bool = True
    presence: Presence = Presence.UNKNOWN
    remote: bool = False
    came: datetime | None = None
    left: datetime | None = None

    def __post_init__(self) -> None:
        if self.came and self.left and self.left < self.came:
            raise Invalid(
                f"{self.title} left before coming.",
                field="left",
                mend="Check the two times.",
            )

    def is_there(self, at: datetime | None) -> bool:
        if self.presence not in THERE:
            return False
        if at is None:
            return True
        return (self.came is None or self.came <= at) and (self.left is None or at < self.left)


class Standing(StrEnum):
    QUORATE = "quorate"
    INQUORATE = "not quorate"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Quorum:
    """The answer, the sentence that says it, and what is lacking, each in words.

    `doubt` is what the terms leave open although it bears on the answer.
    """

    standing: Standing
    sentence: str
    lacking: tuple[str, ...] = ()
    doubt: str = ""

    def __bool__(self) -> bool:
        return self.standing is Standing.QUORATE


def is_quorate(
    table: Iterable[Chair], terms: Terms, *, at: datetime | None = None, names: Names | None = None
) -> Quorum:
    """Whether those who are there at a moment are enough under these terms.

    `at` None takes everybody who came at all. `names` gives the titles of seats by key.
    """
    if not terms.says_a_quorum:
        told = f" They say: “{terms.words}”." if terms.words else ""
        return Quorum(
            Standing.NOT_STATED,
            f"The terms of reference set no quorum that can be counted.{told}",
            doubt="What is the quorum?",
        )
    there = [each for each in table if each.is_there(at)]
    counted = [each for each in there if _counts(each, terms)]
    lacking = tuple(_lacking(counted, terms, names or {}))
    doubt = _doubt(there, counted, terms, lacking)
    if lacking:
        return Quorum(Standing.INQUORATE, _short(there, lacking), lacking, doubt)
    return Quorum(Standing.QUORATE, f"Quorate: {_who(counted)}.", doubt=doubt)


def _counts(chair: Chair, terms: Terms) -> bool:
    by_deputy = chair.presence is Presence.DEPUTY and not terms.substitutes
    from_afar = chair.remote and terms.remote is False
    return not by_deputy and not from_afar


def _lacking(counted: Sequence[Chair], terms: Terms, names: Names) -> Iterable[str]:
    classes = {each.class_ for each in counted}
    yield from (each for each in terms.classes if each not in classes)
    seats = {each.seat for each in counted}
    yield from (names.get(each, each) for each in terms.seats if each not in seats)
    voting = sum(1 for each in counted if each.voting)
    if terms.members is not None and voting < terms.members:
        yield f"{count(terms.members - voting, 'more voting member')}"


def _doubt(
    there: Sequence[Chair], counted: Sequence[Chair], terms: Terms, lacking: tuple[str, ...]
) -> str:
    """A deputy whom the terms neither count nor refuse may decide the answer."""
    if not lacking or terms.substitutes is not None:
        return ""
    left_out = [each for each in there if each not in counted]
    if not any(each.presence is Presence.DEPUTY for each in left_out):
        return ""
    return "The terms do not say whether deputies count."


def _who(counted: Sequence[Chair]) -> str:
    parts: dict[str, bool] = {}
    for each in counted:
        name = each.class_ or each.title
        deputy = each.presence is Presence.DEPUTY
        parts[name] = parts.get(name, True) and deputy
    return join_words(f"{name} by deputy" if deputy else name for name, deputy in parts.items())


def _short(there: Sequence[Chair], lacking: tuple[str, ...]) -> str:
    here = (
        f"{_who(there)} {'is' if len(there) == 1 else 'are'} there" if there else "nobody is there"
    )
    return f"Not quorate: {here}; lacking {join_words(lacking)}."


class Effect(StrEnum):
    """What an inquorate meeting may still do, as its terms say; each partner's own powers and
    statutory clocks go on whatever they say."""

    DEFER = "defer"
    NOTE = "note only"
    WRITTEN = "written agreement of those absent"
    RECOMMEND = "recommend to the partners"
    OWN = "those there decide for themselves"
    GO_ON = "go on at the chair's discretion"

    @property
    def sentence(self) -> str:
        return _EFFECTS[self]


_EFFECTS = {
    Effect.DEFER: "Decisions are put off to the next quorate meeting.",
    Effect.NOTE: "The meeting may discuss and note, and decides nothing.",
    Effect.WRITTEN: "What is agreed holds once those absent have agreed in writing.",
    Effect.RECOMMEND: "What is agreed is a recommendation to the partners.",
    Effect.OWN: "Each partner that is there binds itself; who is absent is bound by nothing.",
    Effect.GO_ON: "The chair may let the meeting go on, and says why.",
}
_READ = (
    (Effect.WRITTEN, ("written agreement", "in writing", "by email", "virtually agreed")),
    (Effect.RECOMMEND, ("recommend",)),
    (
        Effect.OWN,
        (
            "for themselves",
            "for itself",
            "bind themselves",
            "binds itself",
            "binds only itself",
            "bind only themselves",
            "for their own",
            "for its own",
        ),
    ),
    (Effect.DEFER, ("defer", "postpone", "rearrange", "put off", "next meeting", "adjourn")),
    (Effect.NOTE, ("note only", "for noting", "no decision", "discuss", "noted")),
)


def effects(terms: Terms) -> tuple[Effect, ...]:
    """What these terms let an inquorate meeting do, read from their words; empty: not said."""
    told = terms.inquorate.casefold()
    found = [effect for effect, words in _READ if any(word in told for word in words)]
    return (*found, *([Effect.GO_ON] if terms.discretion.strip() else []))


def allowed(terms: Terms) -> tuple[Effect, ...]:
    """The same, with the way that binds nobody where the terms say nothing."""
    return effects(terms) or (Effect.RECOMMEND,)


def usual(terms: Terms) -> Effect:
    """What happens unless somebody chooses: never what needs the chair's reason."""
    found = [each for each in allowed(terms) if each is not Effect.GO_ON]
    return found[0] if found else Effect.RECOMMEND


def forecast(table: Iterable[Chair], terms: Terms) -> str:
    """Before the meeting, in words: what the answers so far would give, and who is silent."""
    chairs = list(table)
    found = is_quorate(chairs, terms)
    silent = [each.class_ or each.title for each in chairs if each.presence is Presence.UNKNOWN]
    waiting = f" Not answered: {join_words(dict.fromkeys(silent))}." if silent else ""
    return f"{found.sentence}{waiting}"
