"""Whether there is still somebody to hold a power, whoever speaks that day.

What was given to a named person ends with that person's seat; what was given to a seat or a
post ends when neither it nor what followed it is there.
"""

from __future__ import annotations

from datetime import date

from concordat.domain.governance.arrangements.rules.facts import Delegation, Matter, Post, Record
from concordat.domain.governance.arrangements.rules.kin import Kin
from concordat.domain.governance.arrangements.rules.question import (
    CERTAIN,
    Case,
    Stop,
    refused,
    wanting,
)


def lapse(record: Record, key: str, on: date) -> Stop | None:
    """Why a delegation reaches nobody on a day though its own days allow it: the seat or post
    of its delegate is over, or not certain. None while somebody holds it."""
    found = next((each for each in record.delegations if each.key == key), None)
    if found is None:
        return None
    return lapsed(Case(record, Matter("", ""), on, None, None, Kin(record.agencies)), found)


def delegate(case: Case, d: Delegation) -> str:
    record = case.record
    if d.post:
        return _in_post(case, d.post)
    if d.person:
        return record.people.get(d.person, d.person)
    return record.seats[d.seat].title if d.seat in record.seats else "Its delegate"


def _in_post(case: Case, key: str) -> str:
    """The post that has the power that day: one that followed is named with the one before."""
    posts = line(case, key)
    if not posts:
        return key
    first = posts[0]
    now = next((each for each in posts if each.period.in_force(case.on) == "yes"), first)
    return now.title if now is first else f"{now.title} (in the place of {first.title})"


def lapsed(case: Case, d: Delegation) -> Stop | None:
    """Whether there is still somebody to hold the power, whoever speaks that day."""
    if d.person:
        return _person_lapsed(case, d)
    if d.seat:
        return _seat_lapsed(case, d)
    if d.post:
        return _post_lapsed(case, d)
    told = "The delegation names nobody to whom the power was handed."
    return wanting("somebody to whom the power was handed", told)


def _person_lapsed(case: Case, d: Delegation) -> Stop | None:
    who = delegate(case, d)
    rows = [s for s in case.record.sittings if s.person == d.person and s.holding != "vacant"]
    states = {each.in_force(case.on) for each in rows}
    if not states:
        told = f"No seat of {who} is on record, and the power goes with the seat."
        return wanting(f"a seat of {who} on record", told)
    if states == {"no"}:
        over = any(each.ends for each in rows)
        when = "no longer" if over else "not yet"
        return refused(f"{who} was {when} in a seat that day, and the power goes with the seat.")
    if "yes" not in states:
        return wanting(CERTAIN, f"Whether {who} sat on that day is not certain.")
    return None


def _seat_lapsed(case: Case, d: Delegation) -> Stop | None:
    seat = case.record.seats.get(d.seat)
    if seat is None:
        return wanting("the seat on record", "The seat that holds the power is not on record.")
    state = seat.period.in_force(case.on)
    if state == "uncertain":
        return wanting(CERTAIN, f"Whether {seat.title} was there that day is not certain.")
    return None if state == "yes" else refused(f"{seat.title} was not there that day.")


def _post_lapsed(case: Case, d: Delegation) -> Stop | None:
    """A post that ended passes its power to its successor; without one nobody holds it."""
    posts = line(case, d.post)
    states = {post.period.in_force(case.on) for post in posts}
    if not posts or "yes" in states:
        return None
    who = delegate(case, d)
    if "uncertain" in states:
        return wanting(CERTAIN, f"Whether the post {who} was there that day is not certain.")
    return refused(f"The post {who} was not there that day, nor one that followed it.")


def line(case: Case, key: str) -> list[Post]:
    """The post and those that followed it."""
    found: list[Post] = []
    while (post := case.record.posts.get(key)) and post not in found:
        found.append(post)
        key = post.successor
    return found
