"""More rows of every list on the pages of children."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.practice.children import operations
from concordat.domain.practice.children.rules import Ground, What
from tests.operations.children.examples import ground
from tests.operations.mail.cast import LOADER

if TYPE_CHECKING:
    from tests.pages.furnished import Furnished

More = Callable[["Furnished", range], None]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _word(number: int) -> str:
    """A label of letters alone."""
    return f"Bird {_LETTERS[number // 26 % 26]}{_LETTERS[number % 26]}"


def more_children(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.keep_child(
            stands.house.manager.actor, area=stands.sheltered.area, label=_word(each)
        )


def more_family(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.add_relative(
            stands.house.manager.actor, child=stands.sheltered.child, label=_word(each)
        )


def more_names(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        operations.tell_identity(
            stands.house.manager.actor,
            child=stands.sheltered.child,
            what=What.NICKNAME,
            text=f"Sam {_LETTERS[each // 26 % 26]}{_LETTERS[each % 26]}",
            provenance="School",
        )


def more_grounds(stands: Furnished, numbers: range) -> None:
    for _ in numbers:
        ground(stands.house, stands.sheltered.area, stands.document, Ground.AGREEMENT)


def more_areas(stands: Furnished, numbers: range) -> None:
    for each in numbers:
        agencies.set_down(
            LOADER,
            partnership=stands.house.here,
            kind="areas",
            key=f"place-{each}",
            values={"name": f"Place {each}"},
        )


OF_CHILDREN: dict[str, More] = {
    "children": more_children,
    "child": more_family,
    "key": more_names,
    "grounds": more_grounds,
    "areas": more_areas,
}
