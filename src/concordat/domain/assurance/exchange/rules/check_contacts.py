"""Numbers and addresses that the public is to call or write to: a wrong one helps nobody."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.kinds_public import FrontDoor
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.domain.base.agencies.rules import phone_of
from concordat.domain.base.people.rules import is_address, normal_address
from concordat.kernel.errors import Fault, Invalid


def public_contacts(chapter: Chapter) -> Iterator[Fault]:
    """Every number can be dialled, and every address can be written to."""
    for door in chapter.of(FrontDoor):
        for name in ("phone", "after_hours"):
            yield from _number(door, name, getattr(door, name))
        if door.email and not (told := is_address(normal_address(door.email))):
            message = f"“{door.email}” is not an email address."
            yield Fault(message, "email", door.where("email"), str(told))


def _number(door: FrontDoor, name: str, said: str) -> Iterator[Fault]:
    try:
        if said.strip():
            phone_of(said, name)
    except Invalid as problem:
        for fault in problem.faults:
            yield Fault(fault.message, name, door.where(name), fault.mend)
