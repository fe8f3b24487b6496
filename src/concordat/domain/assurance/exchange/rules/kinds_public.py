"""Kinds of row that say what a partnership tells the public about itself."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.assurance.exchange.rules.fields import (
    Dated,
    Row,
    choice,
    day,
    kind,
    ref,
    text,
)
from concordat.kernel.dates import UncertainDate


@kind("front_doors", "public")
class FrontDoor(Dated):
    """Whom anybody calls who is worried about a child. Never a person's own number."""

    name: str = text("What the public knows it as", required=True)
    area: str = ref("For which area; everywhere here if left out", "areas")
    phone: str = text("The number, as people write it", required=True)
    hours: str = text("When it is answered")
    after_hours: str = text("The number outside those hours")
    email: str = text("An address that is read")
    link: str = text("A form or page")
    about: str = text("More about it")
    checked_on: UncertainDate | None = day("When somebody last tried it")
    review_on: UncertainDate | None = day("When to try it again")


@kind("public_notes", "public")
class PublicNote(Row):
    """What everybody is told about one topic, in plain words."""

    topic: str = choice("About what", words.TOPICS, required=True)
    says: str = text("The words", required=True)
    link: str = text("Where there is more")
    review_on: UncertainDate | None = day("When to look at it again")
