"""A version of the arrangements as its pages show it: its frame, its sections, its facts linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.documents.queries import comments, panel
from concordat.domain.base.documents.rules import SignState
from concordat.domain.base.records.queries import can, open_holds
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.queries import Arrangements, Edition
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.web.arrangements.facing import Addresses
from concordat.web.ui import telling
from concordat.web.ui.parts import Link

WORDS = {
    rules.Stage.PREPARATION: "Nothing is written yet.",
    rules.Stage.DRAFT: "What people write can still change.",
    rules.Stage.COMMENT: "Bodies and people read an edition and say what they think of it.",
    rules.Stage.AGREEMENT: "One seat of each statutory partner signs it off.",
    rules.Stage.AGREED: "Every statutory partner has signed. It is not published yet.",
    rules.Stage.PUBLISHED: "Anybody can read it. It is not in force yet.",
    rules.Stage.IN_FORCE: "The partners act by it.",
    rules.Stage.SUPERSEDED: "A later version took its place.",
}
TONES = {
    rules.Stage.PREPARATION: "Draft",
    rules.Stage.DRAFT: "Draft",
    rules.Stage.COMMENT: "Waiting",
    rules.Stage.AGREEMENT: "Waiting",
    rules.Stage.AGREED: "Accepted",
    rules.Stage.PUBLISHED: "Done",
    rules.Stage.IN_FORCE: "Done",
    rules.Stage.SUPERSEDED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Framed:
    """A version with its partnership, and what this actor may do with it."""

    row: Arrangements
    home: Partnership
    may_change: bool

    @property
    def stage(self) -> rules.Stage:
        return rules.Stage(self.row.state)

    def is_to_come(self, on: date) -> bool:
        """Put in force from a day that has not come."""
        begins = self.row.from_surely
        return self.stage is rules.Stage.IN_FORCE and begins is not None and begins > on

    def in_words(self, on: date) -> str:
        if self.is_to_come(on) and self.row.from_surely:
            return f"It comes into force on {day_in_words(self.row.from_surely)}."
        return WORDS[self.stage]

    def told(self, actor: Actor, part: str) -> dict[str, Any]:
        newest = queries.editions(actor, self.row).first()
        return {
            "row": self.row,
            "home": self.home,
            "record": self.row.record,
            "may_change": self.may_change,
            "state_words": self.in_words(actor.on),
            "has_begun": not self.is_to_come(actor.on),
            "state_tone": TONES[self.stage],
            "newest": newest,
            "holds": list(open_holds(self.row.record)),
            "actions": _actions(self) if self.may_change else [],
            "links": _links(actor, self, part, newest),
            "follows": self.row.follows,
        }


def framed(actor: Actor, reference: str) -> Framed:
    row = queries.arrangement(actor, reference)
    home = queries.home_of(actor, row)
    return Framed(row, home, bool(can(actor, Verb.CHANGE, row.record)))


_ACTIONS: dict[rules.Stage, tuple[tuple[str, str], ...]] = {
    rules.Stage.PREPARATION: (("Draft the arrangements", "text_begin"),),
    rules.Stage.DRAFT: (
        ("Make an edition", "text_freeze"),
        ("Open for comment", "text_consult"),
        ("Ask for agreement", "text_ask"),
    ),
    rules.Stage.COMMENT: (
        ("Make an edition", "text_freeze"),
        ("Close the comments", "text_close"),
    ),
    rules.Stage.AGREEMENT: (("Record the agreement", "text_agree"),),
    rules.Stage.AGREED: (("Publish", "text_publish"),),
    rules.Stage.PUBLISHED: (("Put in force", "text_in_force"),),
    rules.Stage.IN_FORCE: (("Begin the next version", "text_follow"),),
    rules.Stage.SUPERSEDED: (),
}


def _actions(found: Framed) -> list[Link]:
    reference = found.row.record.reference
    return [
        Link(text, reverse(f"arrangements:{route}", args=[reference]))
        for text, route in _ACTIONS[found.stage]
    ]


def _links(actor: Actor, found: Framed, part: str, newest: Edition | None) -> list[Link]:
    reference = found.row.record.reference
    editions = queries.editions(actor, found.row).count()
    sent = queries.sendings(actor, found.row).count()
    document = newest.version.document if newest else None
    said = comments(actor, document).count() if document else 0
    places = panel(actor, document) if document else []
    signed = sum(1 for each in places if each.state is SignState.SIGNED)
    told = (
        ("text", "Text", "text", ""),
        ("checklist", "Checklist", "text_checklist", ""),
        ("comments", "Comments", "text_comments", str(said) if said else ""),
        ("agreement", "Sign-off", "text_agreement", f"{signed} of {len(places)}" if places else ""),
        ("editions", "Editions", "text_editions", str(editions) if editions else ""),
        ("sent", "Sent", "text_sent", str(sent) if sent else ""),
    )
    made = [
        Link(text, reverse(f"arrangements:{route}", args=[reference]), key == part, count)
        for key, text, route, count in told
    ]
    return [*made, Link("History", reverse("records:history", args=[reference]))]


# --- the text


def sections(told: Mapping[str, Any], at: Addresses) -> list[dict[str, Any]]:
    """The sections of a text, live or frozen, for a page: narrative as markup, facts linked."""
    return telling.sections(told, at.href)


def live_sections(live: rules.Assembled, at: Addresses) -> list[dict[str, Any]]:
    """Every section of the live text, silent ones too, with what an author has to know of it."""
    told = {each["key"]: each for each in live.told()["sections"]}
    shown = []
    for part in live.parts:
        plain = {"key": part.section.key, "title": part.section.title, "text": "", "blocks": []}
        (drawn,) = sections({"sections": [told.get(part.section.key, plain)]}, at)
        shown.append(
            {
                **drawn,
                "section": part.section,
                "done": bool(part.written and part.written.done),
                "quoted": [(quote, at.href(quote.ref)) for quote in part.quoted],
                "wanting": rules.wanting(part),
                "is_summary": rules.is_summary(part.section.key),
            }
        )
    return shown


def addresses(actor: Actor, home: Partnership) -> Addresses:
    return Addresses(home, queries.names(actor, home))
