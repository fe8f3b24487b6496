"""Who could say yes to a contribution: read from the answer that authority gives, never anew.

Each partner binds only itself. In London and elsewhere the money of the police is held by a mayor
or commissioner, so that a police officer's power to commit practice is none over money: authority
knows that where the body is on record, and says so in its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concordat.domain.governance.arrangements.rules.question import Answer, Opinion
from concordat.kernel.labels import join_words

PURSE = "mayor or commissioner"


@dataclass(frozen=True, slots=True)
class Authorising:
    """What authority answered for the agency that pays, on a day."""

    answer: Answer | None
    reason: str
    needs: str = ""
    source: str = ""
    delegation: str = ""

    @property
    def is_yes(self) -> bool:
        return self.answer is Answer.YES


def of_agency(opinions: Iterable[Opinion], agency: str, class_: str) -> Authorising:
    """The opinion that bears on one agency's money: its own, else its class's only one.

    A mayor's or commissioner's money is what the police partner's opinion speaks of.
    """
    opinions = list(opinions)
    wanted = "police" if class_ == PURSE else class_
    own = [each for each in opinions if each.agency == agency]
    found = own or [each for each in opinions if each.class_ == wanted]
    if len(found) != 1:
        return Authorising(
            None,
            "This agency is no statutory partner on that day, and nothing on record says who "
            "decides for it." if not found
            else f"Several partners are of this kind: {join_words(e.name for e in found)}.",
        )  # fmt: skip
    each = found[0]
    return Authorising(each.answer, each.reason, each.needs, each.source, each.delegation)


def purse_in_words(class_: str, purses: Sequence[str]) -> str:
    """Who decides police money, where a body of a mayor or commissioner is on record."""
    if class_ not in ("police", PURSE) or not purses:
        return ""
    held = join_words(purses)
    return (
        f"On record here, police money is decided by {held}: power over practice alone is not "
        "taken to be power over it."
    )


NO_MATTER = Authorising(
    None,
    "Nothing says which matter this money is, so that nobody can be asked who may authorise it.",
    "the matter",
)
