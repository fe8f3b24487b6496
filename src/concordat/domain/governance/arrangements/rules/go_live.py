"""What must stand before an area goes live, and what an old board hands over before it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from concordat.domain.governance.arrangements.rules.gaps import SPEAKS_FOR_A_PARTNER, Gap, Lack
from concordat.kernel.labels import count, join_words
from concordat.kernel.transitions import Move, States

GO_LIVE = "go live"
"""The move that holds of the check list stop."""
SHOWN = 6


class Point(StrEnum):
    """One line of the check list."""

    SIGNED = "signed off"
    SEATS = "seats filled"
    DELEGATIONS = "delegations"
    TERMS = "terms of reference"
    POLICIES = "policies"
    PUBLIC = "public page"
    HANDOVER = "handover"


QUESTIONS = {
    Point.SIGNED: "Every statutory partner has signed the arrangements off",
    Point.SEATS: "Every seat that speaks for a partner is filled",
    Point.DELEGATIONS: "What each partner delegates is on record",
    Point.TERMS: "Terms of reference are agreed for every body that comes into force",
    Point.POLICIES: "The threshold document is in force",
    Point.PUBLIC: "The arrangements are published and the public page is filled in",
    Point.HANDOVER: "Every line of the handover list is answered",
}
FROM_ABOVE = frozenset({Point.POLICIES})
"""Points that packages above this one answer. Until they have answered on the day itself the
point stands open: nobody goes live because nobody looked."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was found of one point: whether it stands, in words, and what is lacking."""

    point: Point
    is_met: bool
    words: str
    lacking: tuple[str, ...] = ()


def told(point: Point, lacking: Sequence[str], met: str) -> Told:
    """Met where nothing is lacking; else what is, as one sentence."""
    if not lacking:
        return Told(point, True, met)
    shown = [*lacking[:SHOWN]]
    more = len(lacking) - len(shown)
    rest = [count(more, "more", "more")] if more > 0 else []
    return Told(point, False, f"Lacking: {join_words([*shown, *rest])}.", tuple(lacking))


def unanswered(point: Point) -> Told:
    return Told(point, False, "Nobody has looked at this today.")


def signed(partners: Sequence[str], signatures: Iterable[str]) -> Told:
    """`partners` are the statutory partners, `signatures` those that signed the version off."""
    if not partners:
        return Told(Point.SIGNED, False, "No statutory partner is on record.")
    there = set(signatures)
    lacking = [f"the sign-off of {name}" for name in partners if name not in there]
    return told(Point.SIGNED, lacking, f"Signed off by {join_words(partners)}.")


def seats_filled(found: Mapping[str, Any], partners: Sequence[str]) -> Told:
    """`found` is a structure as `structure --json` gives it, `partners` keys of their agencies."""
    speaking = [
        (body, seat)
        for body in _own(found)
        for seat in body["seats"]
        if seat["office"] in SPEAKS_FOR_A_PARTNER
    ]
    lacking = [
        f"a holder for {seat['role']} of the {body['name']}"
        for body, seat in speaking
        if seat["vacant"] or not seat["holder"]
    ]
    there = {seat["agency"] for _, seat in speaking}
    names = {each["key"]: each["name"] for each in found["agencies"]}
    lacking += [
        f"a seat that speaks for {names.get(key, key)}" for key in partners if key not in there
    ]
    return told(Point.SEATS, lacking, f"{count(len(speaking), 'seat')} filled.")


def _own(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in found["bodies"] if not each["outside"] and each["state"] != "ended"]


def delegated(
    found: Mapping[str, Any],
    partners: Sequence[str],
    gaps: Iterable[Gap],
    titles: Mapping[str, str],
) -> Told:
    """Each partner has handed power in force to a seat that speaks for it, and on some ground."""
    there = {
        seat["agency"]
        for body in _own(found)
        for seat in body["seats"]
        if seat["office"] in SPEAKS_FOR_A_PARTNER and seat["delegations"]
    }
    names = {each["key"]: each["name"] for each in found["agencies"]}
    lacking = [f"a delegation by {names.get(key, key)}" for key in partners if key not in there]
    lacking += [
        f"what the {titles.get(gap.subject, gap.subject).replace('Delegation', 'delegation', 1)} "
        "rests on"
        for gap in gaps
        if gap.lack is Lack.INSTRUMENT
    ]
    lacking = lacking if partners else ["a statutory partner on record"]
    return told(Point.DELEGATIONS, [*dict.fromkeys(lacking)], "Every delegation is on record.")


def terms_agreed(coming: Mapping[str, bool], there: int) -> Told:
    """`coming` maps each body that comes into force to whether its terms are agreed; `there` is
    how many bodies of the new arrangements are in force already."""
    if not coming and not there:
        return Told(Point.TERMS, False, "No body of the new arrangements is on record.")
    if not coming:
        return Told(Point.TERMS, True, "No body is still to come into force.")
    lacking = [f"agreed terms of the {name}" for name, agreed in coming.items() if not agreed]
    return told(Point.TERMS, lacking, f"Terms agreed for {join_words(coming)}.")


def public_page(is_published: bool, areas: Sequence[str]) -> Told:
    """`areas` are those without a number to call about a child."""
    lacking = [] if is_published else ["the published arrangements"]
    lacking += [f"whom to call about a child in {name}" for name in areas]
    return told(Point.PUBLIC, lacking, "Published, with whom to call in every area.")


# --- the handover list


class Handing(StrEnum):
    """Where one line of the handover list stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    PASSED = "passed on"
    ACCEPTED = "accepted"
    NONE = "nothing to pass on"


HANDOVER = States(
    [
        Move("assign", Handing.OPEN, Handing.ASSIGNED, note="Names who receives, by a decision."),
        Move("assign", Handing.ASSIGNED, Handing.ASSIGNED, note="Somebody else receives."),
        Move("rule out", Handing.OPEN, Handing.NONE, note="With a reason."),
        Move("rule out", Handing.ASSIGNED, Handing.NONE, note="With a reason."),
        Move("pass on", Handing.ASSIGNED, Handing.PASSED, note="The receiver is asked to accept."),
        Move("accept", Handing.PASSED, Handing.ACCEPTED, note="With a receipt."),
        Move("send back", Handing.PASSED, Handing.ASSIGNED, note="With a reason."),
        Move("reopen", Handing.NONE, Handing.OPEN, note="With a reason."),
    ],
    Handing.OPEN,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list as it stands: `text` is the law's own words."""

    item: str
    text: str
    state: Handing = Handing.OPEN
    more: Mapping[str, str] = field(default_factory=dict)


def answered(lines: Sequence[Line]) -> Told:
    """Each line is assigned to somebody who receives it, or said not to exist."""
    lacking = [f"who receives {each.text}" for each in lines if each.state is Handing.OPEN]
    done = sum(1 for each in lines if each.state in (Handing.ACCEPTED, Handing.NONE))
    words = f"{count(len(lines), 'line')} answered, {done} of them done with."
    return told(Point.HANDOVER, lacking, words)
